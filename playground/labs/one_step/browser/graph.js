// The network of one update, large: every unit with its numbers, every edge with its weight, and which way values go.

/** @import { Theme } from "../../../player/browser/types.d.ts" */
/** @import { StepData, StepPage } from "./types.d.ts" */
/** @import { Frames } from "../../../player/browser/core/frames.js" */

import { between, place, placeLabels, rowStep } from "./layout.js";
import { StepModel } from "./model.js";
import { setClass, svg } from "./svg.js";
import { button, make } from "../../../player/browser/shared/widgets.js";
import { fill, formatDigits } from "../../../player/browser/shared/format.js";
import { _ } from "../../../player/browser/shared/text.js";

const ROWS = { b: "before", z: "z", a: "a", δ: "delta" }; // of a unit, and where their numbers are
const WIDEST = 6;

export class StepGraph {
  /**
   * @param {StepData} panel
   * @param {HTMLElement} element
   * @param {StepPage} page
   */
  constructor(panel, element, page) {
    this.panel = panel;
    this.everyFrame = true;
    this.page = page;
    /** @type {HTMLElement} */
    this.body = element.querySelector(".panel-body");
    this.body.setAttribute("role", "group");
    this.model = page.step = new StepModel(panel.model, page); // the panels beside this one look for it there
    this.model.watch(() => this.paint());
    this.body.classList.add("step-graph");
    this.frame = make("div", "step-frame");
    this.svg = svg("svg");
    this.frame.append(this.svg);
    this.legend = make("div", "step-legend");
    this.samples = make("div", "step-samples");
    this.samples.setAttribute("role", "group");
    this.samples.setAttribute("aria-label", _("Samples"));
    this.body.append(this.frame, this.legend, this.samples);
    this.sizes = new ResizeObserver(() => this.resize());
    this.sizes.observe(this.frame);
    this.chips = this.model.samples.map((sample, k) => this.chip(sample, k));
    this.addTools(element.querySelector(".panel-tools"));
  }

  addTools(tools) {
    const { act } = this.page;
    const view = this.model.stepwise ? "run" : "step";
    const text = this.model.views[view];
    const other = button(text, text, () => act("set", { path: "lab.view", value: view }));
    other.dataset.testid = "step-view";
    tools.append(other);
  }

  /** A row of the table of truth. */
  chip({ x }, k) {
    const { model } = this;
    const chip = make("button", "step-chip");
    chip.type = "button";
    chip.dataset.testid = `sample-${k + 1}`;
    chip.onclick = () => model.chooseSample(k);
    this.samples.append(chip);
    return { chip, input: `(${x.join(", ")})` };
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.colors = theme.colors;
    this.build();
  }

  resize() {
    const { clientWidth, clientHeight } = this.frame;
    if (clientWidth === this.width && clientHeight === this.height) return;
    this.width = clientWidth;
    this.height = clientHeight;
    this.build();
  }

  /** Places everything; only for a new size or theme. */
  build() {
    if (!this.colors || !(this.width > 40) || !(this.height > 40)) return;
    const { model } = this;
    this.layout = place(model.sizes, this.width, this.height);
    const { width, height } = this.layout;
    this.svg.replaceChildren();
    for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height })) {
      this.svg.setAttribute(name, String(value));
    }
    this.edges = [];
    for (let l = 1; l <= model.depth; l++) {
      for (let i = 0; i < model.sizes[l - 1]; i++) {
        for (let j = 0; j < model.sizes[l]; j++) this.edges.push(this.makeEdge(l, i, j));
      }
    }
    this.toLoss = Array.from({ length: model.sizes.at(-1) }, (_unit, k) => this.lossEdge(k));
    this.labels = svg("g");
    this.svg.append(this.labels);
    placeLabels(this.edges, model.sizes);
    for (const edge of this.edges) {
      Object.assign(edge, { text: svg("text", { class: "step-weight", x: edge.label.x, y: edge.label.y }) });
      edge.text.onclick = () => model.choose(edge.pick);
      this.labels.append(edge.text);
    }
    this.boxes = this.layout.units.map((unit) => this.makeUnit(unit));
    this.lossBox = this.makeLoss();
    if (this.now) this.paint();
  }

  makeEdge(l, i, j) {
    const ends = between(this.layout.at(l - 1, i), this.layout.at(l, j));
    const [line, flow, reach] = ["step-edge", "step-flow", "step-reach"].map((name) =>
      svg("line", { ...ends, class: name }),
    );
    const pick = this.model.weight(l, i, j);
    reach.onclick = () => this.model.choose(pick);
    reach.dataset.testid = `edge-${pick}`;
    this.svg.append(line, flow, reach);
    return { l, i, j, pick, ...ends, line, flow };
  }

  lossEdge(k) {
    const ends = between(this.layout.at(this.model.depth, k), this.layout.loss, this.layout.narrow);
    const [line, flow] = ["step-edge loss", "step-flow"].map((name) => svg("line", { ...ends, class: name }));
    this.svg.append(line, flow);
    return { line, flow };
  }

  /** A box that is pressed like a button, with a name and rows of numbers. */
  makeBox(unit, name, rows, extra) {
    const { x, y, width, height } = unit;
    const group = svg("g", { class: `step-unit ${extra}` });
    group.append(svg("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: 8 }));
    const { narrow } = this.layout;
    const left = x - width / 2;
    const spot = narrow ? { x: left + 1, y: y - height / 2 - 10 } : { x: left + 7, y };
    const label = svg("text", { class: "step-name", ...spot });
    label.textContent = name;
    group.append(label);
    const step = rowStep(height, rows.length);
    group.style.fontSize = `${Math.min(narrow ? 12 : 12.5, 0.85 * step).toFixed(1)}px`;
    const values = rows.map((row, k) => {
      const top = y + (k - (rows.length - 1) / 2) * step;
      const key = svg("text", { class: "step-key", x: left + (name && !narrow ? 30 : 5), y: top });
      key.textContent = narrow && row === "=" ? "" : row;
      const value = svg("text", { class: "step-value", x: x + width / 2 - 6, y: top });
      if (row === "b") value.onclick = key.onclick = (event) => this.chooseBias(event, unit);
      group.append(key, value);
      return { key, value, row };
    });
    this.svg.append(group);
    return { group, values };
  }

  /** The row of the bias within its unit. */
  chooseBias(event, { l, j }) {
    event.stopPropagation();
    this.model.choose(this.model.bias(l, j));
  }

  makeUnit(unit) {
    const { l, j } = unit;
    const { model } = this;
    const box = this.makeBox(unit, model.name(l, j), unit.rows, l === 0 ? "input" : "");
    const pick = model.unit(l, j);
    const { group } = box;
    group.setAttribute("role", "button");
    group.setAttribute("tabindex", "0");
    group.dataset.testid = `unit-${pick}`;
    const choose = () => model.choose(pick);
    group.onclick = choose;
    group.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      choose();
    };
    return { ...box, unit, pick };
  }

  makeLoss() {
    const rows = [
      ...Array.from({ length: this.model.sizes.at(-1) }, (_unit, k) => `t${this.model.sizes.at(-1) > 1 ? k + 1 : ""}`),
      "L",
    ];
    return this.makeBox(this.layout.loss, "", rows, "loss");
  }

  // ---- a frame

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  draw(frames, i) {
    this.now = this.model.at(frames, i);
    this.paint();
  }

  paint() {
    if (!this.layout || !this.now) return;
    this.boxes.forEach((box) => this.paintUnit(box));
    this.edges.forEach((edge) => this.paintEdge(edge));
    this.paintLoss();
    this.paintSamples();
    this.paintLegend();
  }

  paintUnit({ group, values, unit: { l, j }, pick }) {
    const { now, model } = this;
    const described = [];
    for (const { value, row } of values) {
      const [kind, number] = this.unitNumber(row, l, j);
      const text = formatDigits(number, this.layout.narrow ? 3 : 4);
      const shown = kind === null ? "" : text;
      if (value.textContent !== shown) value.textContent = shown;
      value.setAttribute("class", `step-value ${kind ?? ""}`);
      if (shown) described.push(`${row} ${shown}`);
    }
    const forward = now.active("forward", l) || (l === 0 && now.active("forward", 1));
    setClass(group, "forward", forward);
    setClass(group, "backward", now.active("backward", l));
    const parsed = model.parse(model.pick);
    setClass(group, "picked", model.pick === pick || (parsed.kind === "b" && parsed.l === l && parsed.j === j));
    const gaps = { unit: model.title(pick), numbers: described.join(", ") };
    group.setAttribute("aria-label", _("{unit}: {numbers}", gaps));
    group.setAttribute("aria-pressed", String(model.pick === pick));
  }

  /**
   * A row of a unit: how it looks, null while it is not known, and its number.
   * @returns {[string | null, number]}
   */
  unitNumber(row, l, j) {
    const { now, model } = this;
    if (l === 0) return ["", now.of("x", l, j)];
    if (row === "b") return this.parameterNumber(l, model.bias(l, j));
    return [now.known(row === "δ" ? "backward" : "forward", l) ? "" : null, now.of(ROWS[row], l, j)];
  }

  paintEdge({ l, j, pick, line, flow, text, label }) {
    const { now, model } = this;
    const weight = now.parameter("before", pick);
    const [kind, value] = this.parameterNumber(l, pick);
    const picked = pick === model.pick;
    line.style.stroke = weight < 0 ? this.colors.negative : this.colors.positive;
    line.style.strokeWidth = Math.min(WIDEST, 0.8 + 1.6 * Math.abs(weight)) + (picked ? 1.5 : 0);
    setClass(line, "picked", picked);
    const forward = now.active("forward", l);
    const backward = now.active("backward", l - 1) && l > 1;
    setClass(flow, "forward", forward);
    setClass(flow, "backward", backward);
    const parsed = model.parse(model.pick);
    const near = parsed.kind !== "w" && parsed.l > 0 && parsed.l === l && parsed.j === j;
    text.setAttribute("class", `step-weight ${kind}${picked ? " picked" : ""}`);
    text.style.display = label.free || picked || near ? "" : "none";
    const shown = formatDigits(value, 3);
    if (text.textContent !== shown) text.textContent = shown;
  }

  /**
   * What stands for a weight or bias: its value; while its gradient or its new value is worked out, that.
   * @returns {[string, number]}
   */
  parameterNumber(l, pick) {
    const { now } = this;
    if (now.active("backward", l)) return ["backward", now.parameter("gradient", pick)];
    if (now.active("update")) return ["update", now.parameter("after", pick)];
    return ["", now.parameter("before", pick)];
  }

  paintLoss() {
    const { now } = this;
    const { group, values } = this.lossBox;
    const active = now.active("loss");
    values.forEach(({ value, row }, k) => {
      const text = row === "L" ? (now.known("loss") ? formatDigits(now.loss()) : "") : formatDigits(now.target(k));
      if (value.textContent !== text) value.textContent = text;
    });
    setClass(group, "forward", active);
    for (const { flow } of this.toLoss) {
      setClass(flow, "forward", active);
      setClass(flow, "backward", now.active("backward", this.model.depth));
    }
  }

  paintSamples() {
    const { now, model } = this;
    const shown = now.shown;
    this.chips.forEach(({ chip, input }, k) => {
      const { row } = model.samples[k];
      const outputs = Array.from({ length: model.sizes.at(-1) }, (_unit, o) =>
        formatDigits(now.output(row, o), 3),
      ).join(", ");
      const text = `${input} → ${model.samples[k].class}   y ${outputs}`;
      if (chip.textContent !== text) chip.textContent = text;
      setClass(chip, "used", now.rows.includes(row) && now.rows.length > 1);
      chip.setAttribute("aria-pressed", String(k === shown));
      chip.title =
        this.model.stepwise && now.rows.length === 1
          ? _("Begin with this sample")
          : _("Show the numbers of this sample");
    });
  }

  paintLegend() {
    const { now } = this;
    if (this.legend.textContent !== now.words) this.legend.textContent = now.words;
    this.legend.className = `step-legend ${now.phase.kind}`;
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  describe(frames, i) {
    this.body.setAttribute("aria-label", fill(this.panel.alt, frames, i));
  }

  close() {
    this.sizes.disconnect();
  }
}
