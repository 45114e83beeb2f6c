// What the panels of one update share: the network's names and places, what is chosen, and the numbers of a frame.

/** @import { StepModelData, StepPage } from "./types.d.ts" */
/** @import { Frames } from "../../../player/browser/core/frames.js" */

import { formatDigits } from "../../../player/browser/shared/format.js";
import { _ } from "../../../player/browser/shared/text.js";

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

export class StepModel {
  /**
   * @param {StepModelData} model
   * @param {StepPage} page
   */
  constructor(model, page) {
    this.sizes = model.sizes; // units of each layer, inputs and outputs included
    this.functions = model.functions;
    this.labels = model.labels;
    this.phases = model.phases;
    this.views = model.views;
    this.samples = model.samples;
    this.targets = model.targets;
    this.loss = model.loss;
    this.epsilon = model.epsilon;
    this.optimizer = model.optimizer;
    this.formulas = model.formulas;
    this.page = page;
    this.depth = this.sizes.length - 1; // layers with weights
    this.units = [0]; // of each layer, where its units begin among the numbers of all of them; inputs are apart
    this.places = [0]; // of each layer, where its weights begin among all parameters
    let [units, places] = [0, 0];
    for (let l = 1; l <= this.depth; l++) {
      this.units.push(units);
      this.places.push(places);
      units += this.sizes[l];
      places += (this.sizes[l - 1] + 1) * this.sizes[l];
    }
    this.count = units; // of all layers, inputs apart
    this.parameters = places;
    /** @type {(() => void)[]} */
    this.watchers = [];
    /** @type {Now | null} */
    this.now = null;
    const { pick = "", sample = 1 } = page.view;
    this.pick = this.exists(pick) ? pick : this.weight(1, 0, 0);
    this.sample = sample - 1; // among `samples`
    this.stepwise = this.phases.length > 0;
  }

  // ---- names: u, b and w with layer and places, counted from 1 as in the link

  /**
   * @param {number} l
   * @param {number} j
   */
  unit(l, j) {
    return `u${l}.${j + 1}`;
  }

  /**
   * @param {number} l
   * @param {number} j
   */
  bias(l, j) {
    return `b${l}.${j + 1}`;
  }

  /**
   * @param {number} l
   * @param {number} i
   * @param {number} j
   */
  weight(l, i, j) {
    return `w${l}.${i + 1}.${j + 1}`;
  }

  /**
   * { kind, l, i, j } of a name, all counted from 0 but the layer.
   * @param {string} pick
   */
  parse(pick) {
    const [l, ...rest] = pick.slice(1).split(".").map(Number);
    const [i, j] = pick[0] === "w" ? [rest[0] - 1, rest[1] - 1] : [-1, rest[0] - 1];
    return { kind: pick[0], l, i, j };
  }

  /** @param {string} pick */
  exists(pick) {
    const { kind, l, i, j } = this.parse(pick);
    return l <= this.depth && j < this.sizes[l] && (kind !== "w" || i < this.sizes[l - 1]);
  }

  /**
   * Such as "h1" (or "h21" for unit 1 of layer 2, where there are several), for what stands below a letter.
   * @param {number} l
   * @param {number} j
   */
  short(l, j) {
    if (l === this.depth) return this.sizes[l] > 1 ? `y${j + 1}` : "y";
    if (l === 0) return `x${j + 1}`;
    return this.depth > 2 ? `h${l}${j + 1}` : `h${j + 1}`;
  }

  /**
   * Such as "h₁", for the graph and for tables.
   * @param {number} l
   * @param {number} j
   */
  name(l, j) {
    return this.short(l, j).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]);
  }

  /**
   * What is chosen, in one line.
   * @param {string} pick
   */
  title(pick) {
    const { kind, l, gaps } = this.ends(pick);
    if (kind === "w") return _("weight {from} → {unit}", gaps);
    if (kind === "b") return _("bias of {unit}", gaps);
    if (l === 0) return _("input {unit}", gaps);
    return l === this.depth ? _("output {unit}", gaps) : _("hidden unit {unit}", gaps);
  }

  /**
   * The same as a heading.
   * @param {string} pick
   */
  heading(pick) {
    const { kind, l, gaps } = this.ends(pick);
    if (kind === "w") return _("Weight {from} → {unit}", gaps);
    if (kind === "b") return _("Bias of {unit}", gaps);
    if (l === 0) return _("Input {unit}", gaps);
    return l === this.depth ? _("Output {unit}", gaps) : _("Hidden unit {unit}", gaps);
  }

  /**
   * A parameter in a table of parameters: its row, and what the row's button does.
   * @param {string} pick
   */
  row(pick) {
    const { kind, gaps } = this.ends(pick);
    return kind === "w"
      ? { text: _("{from} → {unit}", gaps), label: _("Write out the weight {from} → {unit}", gaps) }
      : { text: _("bias {unit}", gaps), label: _("Write out the bias of {unit}", gaps) };
  }

  /**
   * The unit of a name, and the one that a weight comes from.
   * @param {string} pick
   */
  ends(pick) {
    const { kind, l, i, j } = this.parse(pick);
    return { kind, l, gaps: { unit: this.name(l, j), from: kind === "w" ? this.name(l - 1, i) : "" } };
  }

  /**
   * Where a parameter is among all of them.
   * @param {string} pick
   */
  place(pick) {
    const { kind, l, i, j } = this.parse(pick);
    return this.places[l] + (kind === "b" ? this.sizes[l - 1] : i) * this.sizes[l] + j;
  }

  /** All parameters in their order. */
  all() {
    const found = [];
    for (let l = 1; l <= this.depth; l++) {
      for (let i = 0; i < this.sizes[l - 1]; i++)
        for (let j = 0; j < this.sizes[l]; j++) found.push(this.weight(l, i, j));
      for (let j = 0; j < this.sizes[l]; j++) found.push(this.bias(l, j));
    }
    return found;
  }

  // ---- what is chosen

  /** @param {() => void} changed */
  watch(changed) {
    this.watchers.push(changed);
  }

  /** @param {string} pick */
  choose(pick) {
    if (pick === this.pick) return;
    this.pick = pick;
    this.page.view.pick = pick;
    this.page.act("look", { path: "lab.pick", value: pick });
    this.watchers.forEach((changed) => changed());
  }

  /**
   * Shows another sample of the batch; with one sample for each update, begins with it.
   * @param {number} k
   */
  chooseSample(k) {
    if (this.stepwise && this.now?.rows.length === 1) {
      this.page.act("set", { path: "lab.sample", value: k + 1 });
    } else if (k !== this.sample) {
      this.sample = k;
      this.page.view.sample = k + 1;
      this.page.act("look", { path: "lab.sample", value: k + 1 });
      this.watchers.forEach((changed) => changed());
    }
  }

  // ---- numbers

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  at(frames, i) {
    if (this.now?.frames !== frames || this.now.i !== i) this.now = new Now(this, frames, i);
    return this.now;
  }
}

/** The numbers of one frame; s: the row of the batch whose numbers are shown. */
export class Now {
  /**
   * @param {StepModel} model
   * @param {Frames} frames
   * @param {number} i
   */
  constructor(model, frames, i) {
    this.model = model;
    this.frames = frames;
    this.i = i;
    this.at = model.stepwise ? frames.number("phase", i) : Infinity;
    this.phase = model.phases[this.at] ?? { kind: "", layer: 0, words: "" };
    this.order = new Map(model.phases.map(({ kind, layer }, k) => [`${kind}${layer}`, k]));
    this.rows = Array.from(frames.get("rows", i));
  }

  get s() {
    return this.rows.length === 1 ? 0 : Math.max(0, this.rows.indexOf(this.model.samples[this.model.sample].row));
  }

  /** The sample shown, as its place in the table of truth. */
  get shown() {
    return this.model.samples.findIndex(({ row }) => row === this.rows[this.s]);
  }

  /**
   * Whether the update has come as far as a phase.
   * @param {string} kind
   * @param {number} [layer]
   */
  known(kind, layer = 0) {
    return !this.model.stepwise || this.at >= (this.order.get(`${kind}${layer}`) ?? Infinity);
  }

  /**
   * @param {string} kind
   * @param {number} [layer]
   */
  active(kind, layer = 0) {
    return this.phase.kind === kind && this.phase.layer === layer;
  }

  /** @param {string} channel */
  number(channel) {
    return this.frames.number(channel, this.i);
  }

  /**
   * A number of unit j of layer l: "z", "a", "slope", "da" or "delta"; of an input its value.
   * @param {string} what
   * @param {number} l
   * @param {number} j
   * @param {number} [s] the row
   */
  of(what, l, j, s = this.s) {
    const { model } = this;
    if (l === 0) return this.frames.get("x", this.i)[s * model.sizes[0] + j];
    return this.frames.get(what, this.i)[s * model.count + model.units[l] + j];
  }

  /**
   * @param {number} k
   * @param {number} [s] the row
   */
  target(k, s = this.s) {
    return this.model.targets[this.rows[s]][k];
  }

  /** @param {number} [s] the row */
  loss(s = this.s) {
    return this.frames.get("losses", this.i)[s];
  }

  /**
   * @param {number} row
   * @param {number} k
   */
  output(row, k) {
    return this.frames.get("outputs", this.i)[row * this.model.sizes[this.model.depth] + k];
  }

  /**
   * A number of a parameter: "before", "gradient", "difference", "above", "below", "after" or a slot's.
   * @param {string} channel
   * @param {string} pick
   */
  parameter(channel, pick) {
    return this.frames.get(channel, this.i)[this.model.place(pick)];
  }

  /** What the colours of the graph mean in this phase, and what it does. */
  get words() {
    const { functions, labels } = this.model;
    const batch = this.rows.length > 1;
    if (this.phase.kind === "update") {
      const [before, after] = [this.number("loss"), this.number("loss_after")];
      const gaps = { before: formatDigits(before), after: formatDigits(after) };
      if (batch)
        return after > before
          ? _("In colour: new weights and biases. The loss of the batch goes up from {before} to {after}.", gaps)
          : _("In colour: new weights and biases. The loss of the batch goes down from {before} to {after}.", gaps);
      return after > before
        ? _("In colour: new weights and biases. The loss of this sample goes up from {before} to {after}.", gaps)
        : _("In colour: new weights and biases. The loss of this sample goes down from {before} to {after}.", gaps);
    }
    const hidden = [...new Set(functions.slice(0, -1))].map((name) => labels[name]).join(", ");
    const output = labels[functions[functions.length - 1]];
    const units = _("Hidden units: {hidden}. Output: {output}.", { hidden, output });
    if (this.phase.kind !== "backward") return _("On the edges: weights. {units}", { units });
    return batch
      ? _("In colour: gradients of weights and biases, mean of the batch. {units}", { units })
      : _("In colour: gradients of weights and biases. {units}", { units });
  }
}
