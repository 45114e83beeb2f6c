// Beside the graph: what is chosen, in formulas; below each formula the same with the numbers of the frame.

/** @import { StepData, StepPage } from "./types.d.ts" */
/** @import { Frames } from "../../../player/browser/core/frames.js" */

import { draw, italic } from "./formula.js";
import { Book, slotSymbol } from "./symbols.js";
import { sections } from "./equations.js";
import { make } from "../../../player/browser/shared/widgets.js";
import { fill, formatDigits } from "../../../player/browser/shared/format.js";
import { _ } from "../../../player/browser/shared/text.js";

const KINK = 1e-6; // a finite difference further than this from the gradient is at a kink

export class StepFormula {
  /**
   * @param {StepData} panel
   * @param {HTMLElement} element
   * @param {StepPage} page
   */
  constructor(panel, element, page) {
    this.panel = panel;
    this.everyFrame = true;
    this.model = page.step;
    this.book = new Book(this.model);
    this.title = element.querySelector(".panel-title");
    /** @type {HTMLElement} */
    this.body = element.querySelector(".panel-body");
    this.body.setAttribute("role", "group");
    this.body.tabIndex = 0; // it scrolls
    this.body.classList.add("step-formula");
    this.model.watch(() => this.fill());
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  draw(frames, i) {
    this.now = this.model.at(frames, i);
    this.fill();
  }

  fill() {
    const { model, now } = this;
    if (!now) return;
    this.title.textContent = model.heading(model.pick);
    const top = this.body.scrollTop;
    this.book.open(now);
    const written = sections(model, model.pick, now.rows.length).map((section) => this.section(section));
    this.body.replaceChildren(this.sample(), ...written);
    this.body.scrollTop = top;
    this.bring([...this.body.querySelectorAll(".active")]);
  }

  /** Scrolls to what is worked out now, when that has changed and nobody is reading here. */
  bring(sections) {
    const { phase } = this.now;
    if (phase === this.brought || this.body.matches(":hover, :focus-within")) return;
    this.brought = phase;
    if (sections.length === 0) return;
    const [first, last] = [sections[0], sections.at(-1)];
    const end = last.offsetTop + last.offsetHeight - this.body.clientHeight;
    if (first.offsetTop < this.body.scrollTop || end > this.body.scrollTop) {
      this.body.scrollTop = Math.min(first.offsetTop, Math.max(0, end));
    }
  }

  /** Whose numbers these are. */
  sample() {
    const { now, model } = this;
    const { x } = model.samples[now.shown];
    const line = make("p", "step-sample");
    const targets = Array.from({ length: model.sizes.at(-1) }, (_unit, k) => formatDigits(now.target(k)));
    const gaps = { x: x.join(", "), targets: targets.join(", "), n: now.s + 1, all: now.rows.length };
    line.textContent =
      now.rows.length > 1
        ? _("Sample ({x}), target {targets}: number {n} of {all} in the batch", gaps)
        : _("Sample ({x}), target {targets}", gaps);
    return line;
  }

  section({ title, phase: [kind, layer], lines, check, update }) {
    const { now } = this;
    const known = now.known(kind, layer);
    const box = make("section", `step-section ${kind}`);
    box.classList.toggle("active", now.active(kind, layer));
    box.classList.toggle("waiting", !known);
    const heading = make("h4");
    heading.textContent = title;
    box.append(heading);
    if (check) box.append(...this.check(check, known));
    else if (update) for (const entry of this.book.rule(now, update)) box.append(this.step(entry, known));
    else for (const line of lines) box.append(this.line(line, known));
    return box;
  }

  /** left = formula with symbols, and below it = the same with numbers = the result. */
  line({ left, right, result, symbols, note, of, batch }, known) {
    if (note) {
      const words = make("p", "step-note");
      words.textContent = note;
      return words;
    }
    const symbol = (named) => this.book.symbol(named);
    const value = (named) => this.book.number(this.book.value(this.now, named));
    const equation = make("div", "equation");
    const head = make("span", "left");
    head.append(...draw(left, symbol));
    const first = make("span", "right");
    first.append("= ", ...draw(right, symbol));
    if (of) first.append(this.remark(of));
    if (batch) first.append(this.remark(_("mean of the batch")));
    equation.append(head, first);
    if (symbols) return equation;
    equation.append(this.numbers(known ? draw(right, value) : null, known ? this.book.value(this.now, result) : 0));
    return equation;
  }

  remark(text) {
    const words = make("span", "remark");
    words.textContent = ` (${text})`;
    return words;
  }

  numbers(content, result) {
    const row = make("span", "numbers");
    if (!content) {
      row.textContent = "= …";
      return row;
    }
    const outcome = make("b");
    outcome.textContent = formatDigits(result);
    row.append("= ", ...content, " = ", outcome);
    return row;
  }

  /** A line of the optimizer's rule. */
  step({ target, formula, before, result }, known) {
    const { book, model } = this;
    const { kind, l, i, j } = model.parse(model.pick);
    const own = kind === "w" ? `w:${l}:${i}:${j}` : `b:${l}:${j}`;
    const gradient = kind === "w" ? `dw:${l}:${i}:${j}:batch` : `db:${l}:${j}:batch`;
    const symbol = (named) => {
      if (named === "w") return book.symbol(own);
      return named === "g" ? book.symbol(gradient) : named === "t" ? italic("t") : slotSymbol(named);
    };
    const equation = make("div", "equation");
    const [head, first] = [make("span", "left"), make("span", "right")];
    head.append(symbol(target));
    first.append("← ", ...draw(formula, symbol));
    equation.append(head, first);
    const content = known ? draw(formula, (named) => book.number(before[named])) : null;
    equation.append(this.numbers(content, result));
    return equation;
  }

  /** The gradient again, from two more forward passes. */
  check(pick, known) {
    const { now } = this;
    const equation = make("div", "equation");
    const [head, first] = [make("span", "left"), make("span", "right")];
    head.append("≈");
    const letter = pick[0];
    first.append(
      ...draw(
        ["/", ["-", ["v", "above"], ["v", "below"]], ["*", 2, ["v", "eps"]]],
        (named) => ({ above: `L(${letter} + ε)`, below: `L(${letter} − ε)`, eps: "ε" })[named],
      ),
    );
    equation.append(head, first);
    if (!known) {
      equation.append(this.numbers(null));
      return [equation];
    }
    const values = { above: now.parameter("above", pick), below: now.parameter("below", pick) };
    const content = draw(["/", ["-", ["v", "above"], ["v", "below"]], ["v", "two"]], (named) =>
      named === "two" ? formatDigits(2 * this.model.epsilon, 1) : values[named].toFixed(10),
    );
    const [found, gradient] = [now.parameter("difference", pick), now.parameter("gradient", pick)];
    equation.append(this.numbers(content, found));
    const apart = Math.abs(found - gradient);
    const gap = { apart: formatDigits(apart, 2) };
    const words = make("p", "step-note");
    words.textContent =
      apart > KINK
        ? _("Differs from the gradient by {apart}: here is a kink, with another slope on each side.", gap)
        : _("Differs from the gradient by {apart}.", gap);
    return [equation, words];
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  describe(frames, i) {
    const gaps = { title: this.title.textContent, description: fill(this.panel.alt, frames, i) };
    this.body.setAttribute("aria-label", _("{title}. {description}", gaps));
  }
}
