// The card beside what is pointed at: its live numbers, and for a unit its map, enlarged.

import { make } from "../shared/widgets.js";
import { _ } from "../shared/text.js";

const SIDE = 120; // px of the enlarged map
const GAP = 12;

export class Card {
  /**
   * edit: opens the editor for what the card shows; only a touch needs the button for it.
   * @param {HTMLElement} stage
   * @param {() => void} edit
   */
  constructor(stage, edit) {
    this.element = make("div", "card");
    this.element.dataset.testid = "network-card";
    this.element.hidden = true;
    this.title = make("strong");
    this.map = make("canvas");
    this.map.width = this.map.height = SIDE;
    this.words = make("dl");
    this.button = make("button", "switch");
    this.button.type = "button";
    this.button.textContent = _("Edit");
    this.button.onclick = (event) => {
      event.stopPropagation();
      edit();
    };
    this.element.append(this.title, this.map, this.words, this.button);
    stage.append(this.element);
    this.stage = stage;
  }

  /** at: { x, y, size } of what the card is about; map: a function that draws into a canvas, or null. */
  show({ title, words, map, at, touch, editable }) {
    this.fill({ title, words, map });
    this.button.hidden = !(touch && editable);
    this.element.classList.toggle("held", touch);
    this.element.hidden = false;
    const { offsetWidth, offsetHeight } = this.element;
    const { clientWidth, clientHeight } = this.stage;
    const away = (at.size ?? 0) / 2 + GAP;
    const right = at.x + away + offsetWidth <= clientWidth;
    const left = right ? at.x + away : Math.max(0, at.x - away - offsetWidth);
    // above or below what it is about where there is no room beside it, and rather over the panel's edge than cut
    const top = Math.min(Math.max(at.y - offsetHeight / 2, -28), Math.max(clientHeight - offsetHeight, -28));
    this.element.style.transform = `translate(${left.toFixed(0)}px, ${top.toFixed(0)}px)`;
  }

  fill({ title, words, map }) {
    if (this.title.textContent !== title) this.title.textContent = title;
    this.map.hidden = !map;
    map?.(this.map);
    const cells = words.flat();
    if (this.words.children.length !== cells.length) {
      this.words.replaceChildren(...cells.map((_cell, k) => make(k % 2 ? "dd" : "dt")));
    }
    cells.forEach((text, k) => {
      const cell = this.words.children[k];
      if (cell.textContent !== text) cell.textContent = text;
    });
  }

  hide() {
    this.element.hidden = true;
  }
}
