// What can be operated on the network's graph: headers with − and +, and a button for each unit.

/** @import { NetworkColumn } from "../types.d.ts" */
/** @import { NetworkModel } from "./model.js" */

import { actOnPress, make } from "../shared/widgets.js";
import { _, ngettext } from "../shared/text.js";

const ROOM_TO_INSERT = 108; // px between columns: with less, layers are added at the end

/** A round button with one sign. */
function sign(text, label, testid, pressed) {
  const button = make("button", "sign");
  button.type = "button";
  button.textContent = text;
  button.title = label;
  button.setAttribute("aria-label", label);
  button.dataset.testid = testid;
  actOnPress(button, pressed);
  return button;
}

/** − and + around a number. words: what the number is, and what − and + do to it. */
export function stepper({ words, testid, value, less, more }) {
  const box = make("span", "stepper");
  const number = make("span", "stepper-value");
  number.textContent = value;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", words.value);
  box.append(sign("−", words.less, `${testid}-less`, less), number, sign("+", words.more, `${testid}-more`, more));
  return box;
}

/** The headers above the columns. fixed: a lesson leaves the number of layers alone. act: says what to change. */
export class Headers {
  /**
   * @param {HTMLElement} stage
   * @param {NetworkColumn[]} columns
   * @param {boolean} fixed
   * @param {(kind: string, sent: object) => void} act
   */
  constructor(stage, columns, fixed, act) {
    this.stage = stage;
    this.columns = columns;
    this.fixed = fixed;
    this.act = act;
    this.element = make("div", "graph-headers");
    stage.append(this.element);
  }

  setLayout(layout, width) {
    const { header, columns, stride } = layout;
    this.element.className = `graph-headers ${header.mode}`;
    this.element.style.setProperty("--sign", `${header.button}px`);
    this.element.replaceChildren();
    this.columns.forEach((column, c) => {
      const box = column.activation ? this.hidden(column, c, header.mode) : this.end(column, c, stride);
      const beside = layout.charts === "beside" && column.activation;
      box.style.left = `${columns[c].x - (beside ? 26 : 0)}px`;
      if (column.activation) box.style.maxWidth = `${stride - (beside ? 54 : 2)}px`;
      this.element.append(box);
    });
    this.keepInside(width);
    if (stride >= ROOM_TO_INSERT && !this.fixed) this.addInserters(columns);
  }

  end({ label }, c, stride) {
    const box = make("div", "graph-header");
    const short = c === 0 ? _("In") : _("Out");
    box.append(this.line("layer-label", stride < 36 ? short : label));
    return box;
  }

  hidden({ label, note, units }, c, mode) {
    const box = make("div", "graph-header");
    const names = { full: [label, note], short: [`${c} · ${note}`], compact: [`${c} ${note}`] }[mode] ?? [`${c}`];
    const n = units.length;
    box.title = ngettext("{layer}, {activation}, {n} units", "{layer}, {activation}, {n} units", n, {
      layer: label,
      activation: note,
      n,
    });
    names.forEach((name, k) => box.append(this.line(k ? "layer-note" : "layer-label", name)));
    box.append(
      stepper({
        words: {
          value: _("Units of hidden layer {layer}: {n}", { layer: c, n }),
          less: _("Units of hidden layer {layer}: one less", { layer: c }),
          more: _("Units of hidden layer {layer}: one more", { layer: c }),
        },
        testid: `units-${c}`,
        value: n,
        less: () => this.act("units", { layer: c - 1, by: -1 }),
        more: () => this.act("units", { layer: c - 1, by: 1 }),
      }),
    );
    if (!this.fixed && (mode === "full" || mode === "short")) box.append(this.remover(c));
    return box;
  }

  line(name, text) {
    const line = make("div", name);
    line.textContent = text;
    return line;
  }

  remover(c) {
    const button = sign("×", _("Remove hidden layer {layer}", { layer: c }), `layer-remove-${c}`, () =>
      this.act("layers", { at: c - 1, by: -1 }),
    );
    button.classList.add("quiet", "remove");
    return button;
  }

  /** A + between each two columns. */
  addInserters(columns) {
    for (let c = 0; c + 1 < columns.length; c++) {
      const label = _("Add a hidden layer here, as number {layer}", { layer: c + 1 });
      const button = sign("+", label, `layer-insert-${c}`, () => this.act("layers", { at: c, by: 1 }));
      button.classList.add("quiet", "insert");
      button.style.left = `${(columns[c].x + columns[c + 1].x) / 2}px`;
      this.element.append(button);
    }
  }

  /** The outer headers are shifted where they would be cut. */
  keepInside(width) {
    /** @type {NodeListOf<HTMLElement>} */
    const boxes = this.element.querySelectorAll(".graph-header");
    for (const box of boxes) {
      const [x, half] = [parseFloat(box.style.left), box.offsetWidth / 2];
      box.style.left = `${Math.min(Math.max(x, half), width - half)}px`;
    }
  }
}

/** A button over each unit: one Tab stop for all, the arrow keys up and down go from one to the next. */
export class UnitButtons {
  /**
   * @param {HTMLElement} stage
   * @param {NetworkModel} model
   * @param {{ focused: (k: number) => void, left: () => void }} calls
   */
  constructor(stage, model, { focused, left }) {
    this.model = model;
    this.element = make("div", "graph-units");
    this.buttons = Array.from({ length: model.count }, (_, k) => {
      const button = make("button", "unit");
      button.type = "button";
      button.tabIndex = k === 0 ? 0 : -1;
      button.dataset.testid = `unit-${k}`;
      button.setAttribute("aria-label", model.name(k));
      button.onfocus = () => button.matches(":focus-visible") && focused(k);
      button.onblur = left;
      button.onkeydown = (event) => this.key(event, k);
      return button;
    });
    this.labels = this.buttons.map(() => null);
    this.element.append(...this.buttons);
    stage.append(this.element);
  }

  setLayout({ units }, width) {
    for (const label of this.labels) label?.remove();
    units.forEach(({ x, y, size }, k) => {
      const { style } = this.buttons[k];
      [style.left, style.top] = [`${x - size / 2}px`, `${y - size / 2}px`];
      [style.width, style.height] = [`${size}px`, `${size}px`];
    });
    this.labels = units.map((unit) => this.labelFor(unit, width));
  }

  /** The name beside an input or output. */
  labelFor({ column, label, x, y, size }, width) {
    const last = column > 0;
    if (!label || size < 9 || (last && width < 560 && this.model.sizes.at(-1) === 1)) return null;
    const text = make("span", "unit-label");
    text.textContent = label;
    text.setAttribute("aria-hidden", "true");
    text.style.top = `${y}px`;
    if (last) text.style.left = `${x + size / 2 + 5}px`;
    else text.style.right = `${width - x + size / 2 + 5}px`;
    this.element.append(text);
    return text;
  }

  key(event, k) {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.focus((k + by + this.model.count) % this.model.count);
  }

  focus(k) {
    for (const button of this.buttons) button.tabIndex = -1;
    this.buttons[k].tabIndex = 0;
    this.buttons[k].focus();
  }

  /** The numbers of a frame in the names of units, as far as they are few enough to be read one by one. */
  describe(now, only = null) {
    this.buttons.forEach((button, k) => {
      if (only !== null && only !== k) return;
      button.setAttribute("aria-label", this.model.say(now, k));
    });
  }

  /** What a unit is marked as, for the style sheet and for tests. */
  mark(marks) {
    marks.forEach((mark, k) => {
      const name = ["", "saturated", "dead"][mark];
      if (this.buttons[k].dataset.mark !== name) this.buttons[k].dataset.mark = name;
    });
  }
}
