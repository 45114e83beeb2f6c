// Cards of words side by side: what was measured, with a verdict, at the frame that is drawn.

/** @import { CardsData } from "../types.d.ts" */
/** @import { Frames } from "../core/frames.js" */

import { fill } from "../shared/format.js";
import { make } from "../shared/widgets.js";

const STRONG = /\*\*(.+?)\*\*/;

export class CardsPanel {
  /**
   * @param {CardsData} panel
   * @param {HTMLElement} element
   */
  constructor(panel, element) {
    this.panel = panel;
    this.everyFrame = true;
    /** @type {HTMLElement} */
    this.body = element.querySelector(".panel-body");
    this.body.setAttribute("role", "group");
    this.body.classList.add("cards");
    this.cards = panel.cards.map((card) => this.makeCard(card));
  }

  makeCard(card) {
    const element = make("div", `words-card ${card.role}`);
    const verdict = make("b", "verdict");
    const title = make("div", "words-title");
    title.append(card.title);
    const head = make("div", "words-head");
    head.append(title, verdict);
    element.append(head);
    const values = [];
    for (const line of card.lines) {
      const row = make("div", "words-line");
      line.split(STRONG).forEach((text, k) => {
        const part = make(k % 2 ? "b" : "span");
        values.push({ part, text });
        row.append(part);
      });
      element.append(row);
    }
    this.body.append(element);
    return { ...card, element: verdict, values };
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  draw(frames, i) {
    for (const { verdict, verdicts, element, values } of this.cards) {
      const [word, tone] = verdicts[frames.number(verdict, i)] ?? ["", ""];
      if (element.textContent !== word) {
        element.textContent = word;
        element.className = `verdict ${tone}`;
      }
      for (const { part, text } of values) {
        const filled = fill(text, frames, i);
        if (part.textContent !== filled) part.textContent = filled;
      }
    }
  }

  describe() {
    this.body.setAttribute("aria-label", this.panel.title);
  }
}
