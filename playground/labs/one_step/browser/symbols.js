// Reads the names of equations.js: what each looks like, and what it is in a frame.

/** @import { Now, StepModel } from "./model.js" */

import { evaluate, fraction, italic, symbol } from "./formula.js";
import { formatDigits } from "../../../player/browser/shared/format.js";
import { _ } from "../../../player/browser/shared/text.js";

const LETTERS = { z: "z", delta: "δ", b: "b" };
const OPTIMIZER = {
  velocity: ["v"],
  mean: ["m"],
  square: ["s"],
  square_sum: ["s"],
  step_square: ["u"],
  largest: ["ŝ"],
  mu: ["μ", "t"],
  mu_next: ["μ", "t+1"],
  mu_product: ["P"],
  beta1: ["β", "1"],
  beta2: ["β", "2"],
  lr: ["η"],
  eps: ["ε"],
  momentum: ["μ"],
  alpha: ["α"],
  rho: ["ρ"],
  lr_decay: ["κ"],
  momentum_decay: ["ψ"],
  weight_decay: ["λ"],
};

/** What a slot of the optimizer is called in formulas. */
export function slotSymbol(slot) {
  if (slot === "shrunk") return symbol("w", _("shrunk"));
  if (slot === "ahead") return symbol("m", _("ahead"));
  return symbol(...(OPTIMIZER[slot] ?? [slot]));
}

/** The same in words. */
export function slotWords(slot) {
  const words = {
    velocity: _("velocity"),
    mean: _("mean"),
    square: _("square"),
    square_sum: _("square sum"),
    step_square: _("step square"),
    largest: _("largest"),
  };
  return words[slot] ?? slot;
}

export class Book {
  /** @param {StepModel} model */
  constructor(model) {
    this.model = model;
    this.sample = ""; // of a batch, which sample's own loss L is meant
  }

  /** Of which frame the symbols are. */
  open(now) {
    this.sample = now.rows.length > 1 ? `(${now.s + 1})` : "";
  }

  symbol(named) {
    const [plain, row] = named.split("@");
    const { model } = this;
    const [what, ...places] = plain.split(":");
    const [l, i, j] = places.map(Number);
    const unit = places.length > 1 ? model.short(l, i) : "";
    const marked = (letter, below) => symbol(letter, row === undefined ? below : `${below} (${Number(row) + 1})`);
    if (LETTERS[what]) return marked(LETTERS[what], unit);
    if (what === "a") return l === 0 || l === model.depth ? marked(unit[0], `${unit.slice(1)}`) : marked("a", unit);
    if (what === "t" && places.length) return symbol("t", model.sizes.at(-1) > 1 ? String(l + 1) : "");
    if (what === "loss") return symbol("L", this.sample);
    if (what === "w" && places.length) return this.weight(l, i, j);
    if (what === "slope") return this.joined(italic("f ′("), symbol("z", unit), ")");
    if (what === "da") return this.partial(this.symbol(`a:${l}:${i}`));
    if (what === "dz") return this.partial(symbol("z", unit));
    const whole = places.at(-1) === "batch"; // the loss of the whole batch
    if (what === "dw") return this.partial(this.weight(l, i, j), whole);
    if (what === "db") return this.partial(symbol("b", unit), whole);
    if (what === "dzdw")
      return fraction([italic("∂"), symbol("z", model.short(l, j))], [italic("∂"), this.weight(l, i, j)]);
    if (what === "dzdb") return fraction([italic("∂"), symbol("z", unit)], [italic("∂"), symbol("b", unit)]);
    return slotSymbol(what);
  }

  weight(l, i, j) {
    return symbol("w", `${this.model.short(l - 1, i)}→${this.model.short(l, j)}`);
  }

  partial(below, whole = false) {
    return fraction([italic("∂"), symbol("L", whole ? "" : this.sample)], [italic("∂"), below]);
  }

  joined(...parts) {
    const box = document.createElement("span");
    box.append(...parts);
    return box;
  }

  /** The number of a name in a frame. */
  value(now, named) {
    const [plain, row] = named.split("@");
    const s = row === undefined ? now.s : Number(row);
    const [what, ...places] = plain.split(":");
    const [l, i, j] = places.map(Number);
    const { model } = this;
    if (what === "loss") return now.loss(s);
    if (what === "t") return now.target(l, s);
    if (what === "w") return now.parameter("before", model.weight(l, i, j));
    if (what === "b") return now.parameter("before", model.bias(l, i));
    if (what === "one") return this.oneGradient(now, places);
    if (what === "whole") return now.parameter("gradient", this.pickOf(places));
    return now.of(what, l, i, s);
  }

  /** The weight or bias of a gradient's name. */
  pickOf([which, ...places]) {
    const [l, i, j] = places.map(Number);
    return which === "dw" ? this.model.weight(l, i, j) : this.model.bias(l, i);
  }

  /** What the sample shown adds to a gradient; the whole of it where there is no other. */
  oneGradient(now, [which, ...places]) {
    if (now.rows.length === 1) return now.parameter("gradient", this.pickOf([which, ...places]));
    const [l, i, j] = places.map(Number);
    return which === "dw" ? now.of("delta", l, j) * now.of("a", l - 1, i) : now.of("delta", l, i);
  }

  /** A number as a formula shows it. */
  number(value) {
    return { node: document.createTextNode(formatDigits(value)), negative: value < 0 };
  }

  /** The optimizer's rule for a parameter: [{ target, formula, before: values by name, result }], line by line. */
  rule(now, pick) {
    const { optimizer, formulas } = this.model;
    /** @type {Record<string, number>} */
    const values = { ...optimizer.options, lr: now.number("lr"), t: now.number("t") };
    values.w = now.parameter("before", pick);
    values.g = now.parameter("gradient", pick);
    for (const slot of optimizer.slots) values[slot] = now.parameter(`${slot}_before`, pick);
    for (const carried of optimizer.carried) values[carried] = now.number(`${carried}_before`);
    return formulas[pick[0] === "w" ? "weight" : "bias"].map(([target, formula]) => {
      const before = { ...values };
      if (target === "w") values.w = now.parameter("after", pick);
      else if (optimizer.slots.includes(target)) values[target] = now.parameter(`${target}_after`, pick);
      else values[target] = evaluate(formula, (named) => before[named]);
      return { target, formula, before, result: values[target] };
    });
  }
}
