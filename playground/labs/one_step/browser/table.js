// All weights and biases of one update in a table: value, gradient and its check, the optimizer's slots, the step.

/** @import { StepData, StepPage } from "./types.d.ts" */
/** @import { Frames } from "../../../player/browser/core/frames.js" */
/** @import { Now } from "./model.js" */

import { slotSymbol, slotWords } from "./symbols.js";
import { make } from "../../../player/browser/shared/widgets.js";
import { fill, formatDigits } from "../../../player/browser/shared/format.js";
import { _ } from "../../../player/browser/shared/text.js";

export class StepTable {
  /**
   * @param {StepData} panel
   * @param {HTMLElement} element
   * @param {StepPage} page
   */
  constructor(panel, element, page) {
    this.panel = panel;
    this.everyFrame = true;
    this.model = page.step;
    /** @type {HTMLElement} */
    this.body = element.querySelector(".panel-body");
    this.body.setAttribute("role", "group");
    this.body.classList.add("step-table");
    this.columns = this.makeColumns();
    const table = make("table");
    this.makeHead(table);
    const rows = table.createTBody();
    this.rows = this.model.all().map((pick) => this.makeRow(rows, pick));
    this.body.append(table);
    this.model.watch(() => this.mark(true));
  }

  /**
   * What stands in each column: a head, the phase that brings it, its number, and how many digits of it; a slot's name.
   * @returns {{ head: string, phase: (pick: string) => [string, number] | null, number: (now: Now, pick: string) => number,
   *   count?: number, slot?: string }[]}
   */
  makeColumns() {
    const { slots } = this.model.optimizer;
    /** @type {(pick: string) => [string, number]} */
    const backward = (pick) => ["backward", this.model.parse(pick).l];
    /** @type {() => [string, number]} */
    const update = () => ["update", 0];
    const plain = (channel) => (now, pick) => now.parameter(channel, pick);
    return [
      { head: _("value"), phase: () => null, number: plain("before") },
      { head: _("gradient"), phase: backward, number: plain("gradient") },
      { head: _("finite difference"), phase: backward, number: plain("difference") },
      {
        head: _("|difference|"),
        phase: backward,
        number: (now, pick) => Math.abs(now.parameter("gradient", pick) - now.parameter("difference", pick)),
        count: 2,
      },
      ...slots.map((slot) => ({ slot, head: slotWords(slot), phase: update, number: plain(`${slot}_after`) })),
      {
        head: _("step"),
        phase: update,
        number: (now, pick) => now.parameter("after", pick) - now.parameter("before", pick),
      },
      { head: _("new value"), phase: update, number: plain("after") },
    ];
  }

  makeHead(table) {
    const head = table.createTHead().insertRow();
    for (const { head: text, slot } of [{ head: "", slot: "" }, ...this.columns]) {
      const cell = make("th");
      cell.scope = "col";
      cell.append(text);
      if (slot) cell.append(" ", slotSymbol(slot));
      head.append(cell);
    }
  }

  makeRow(rows, pick) {
    const row = rows.insertRow();
    row.dataset.testid = `row-${pick}`;
    const [first, chosen] = [make("th"), make("button", "step-link")];
    first.scope = "row";
    chosen.type = "button";
    const { text, label } = this.model.row(pick);
    chosen.textContent = text;
    chosen.setAttribute("aria-label", label);
    chosen.onclick = () => this.model.choose(pick);
    first.append(chosen);
    row.append(first);
    return { pick, row, cells: this.columns.map(() => row.insertCell()) };
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  draw(frames, i) {
    this.now = this.model.at(frames, i);
    for (const { pick, cells } of this.rows) {
      this.columns.forEach(({ phase, number, count }, k) => {
        const when = phase(pick);
        const text = when === null || this.now.known(...when) ? formatDigits(number(this.now, pick), count) : "";
        if (cells[k].textContent !== text) cells[k].textContent = text;
      });
    }
    this.mark(false);
  }

  mark(moved) {
    const { pick: picked } = this.model;
    for (const { pick, row } of this.rows) {
      const on = pick === picked;
      if (row.classList.contains("picked") !== on) row.classList.toggle("picked", on);
      if (on && moved) this.bring(row);
    }
  }

  /** Scrolls the table, and nothing else, until a row can be seen. */
  bring(row) {
    const head = this.body.querySelector("thead").offsetHeight;
    const { offsetTop, offsetHeight } = row;
    if (offsetTop - head < this.body.scrollTop) this.body.scrollTop = offsetTop - head;
    const bottom = offsetTop + offsetHeight - this.body.clientHeight;
    if (bottom > this.body.scrollTop) this.body.scrollTop = bottom;
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  describe(frames, i) {
    this.body.setAttribute("aria-label", fill(this.panel.alt, frames, i));
  }
}
