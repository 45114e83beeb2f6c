// The network as a graph: a map in every unit, weights or gradients on the edges, and all of it can be changed here.
// The picture is one canvas; above it lies a stage with what can be pointed at, pressed and typed into.

/** @import { NetworkData, Page, Theme } from "../types.d.ts" */
/** @import { Frames } from "../core/frames.js" */

import { Card } from "./card.js";
import { Headers, stepper, UnitButtons } from "./controls.js";
import { Editor } from "./editor.js";
import { layout } from "./layout.js";
import { NetworkModel } from "./model.js";
import { NetworkPainter } from "./painter.js";
import { make, select } from "../shared/widgets.js";
import { fill, formatNumber } from "../shared/format.js";
import { _, ngettext } from "../shared/text.js";

const TOLD = 200; // more units than these are not described one by one while nobody asks
const REACH = { mouse: 6, pen: 8, touch: 14 }; // px from an edge
const edgesHelp = () =>
  _(
    "What edges show: the weight, or the gradient of the training loss with respect to it at this moment (over all training points, without dropout and penalties; widths logarithmic, the widest is the largest of all layers)",
  );
const chartHelp = () =>
  _("solid: the function; dashed: its slope; bars: where this layer's sums are at the training points");

const focused = new WeakMap(); // panel element -> the control that had the focus when the scene was replaced

export class NetworkPanel {
  /**
   * @param {NetworkData} panel
   * @param {HTMLElement} element
   * @param {Page} page
   */
  constructor(panel, element, page) {
    this.panel = panel;
    this.element = element;
    this.page = page;
    this.everyFrame = true;
    this.pictureTypes = ["png"]; // see share.js
    /** @type {HTMLElement} */
    this.body = element.querySelector(".panel-body");
    this.model = new NetworkModel(panel);
    this.canvas = make("canvas", "maps");
    this.body.append(this.canvas);
    this.painter = new NetworkPainter(this.canvas, this.model);
    this.buildStage();
    this.addTools(element.querySelector(".panel-tools"));
    this.touchy = matchMedia("(pointer: coarse)").matches;
  }

  buildStage() {
    const { model, panel } = this;
    this.stage = make("div", "graph");
    this.stage.setAttribute("role", "group");
    this.stage.setAttribute("aria-label", _("Units: arrow up and down to go through them, Enter to edit"));
    const fixed = this.page.view.hide?.includes("numHiddenLayers") ?? false;
    this.headers = new Headers(this.stage, panel.columns, fixed, (kind, sent) => this.page.act(kind, sent));
    this.buttons = new UnitButtons(this.stage, model, {
      focused: (k) => this.setPointed({ unit: k, byKey: true }),
      left: () => this.pointed?.byKey && this.setPointed(null),
    });
    this.card = new Card(this.stage, () => this.openEditor());
    this.editor = new Editor(this.stage, panel.largest, {
      picked: ({ from }) => {
        this.pointed = from === undefined ? { unit: this.edited } : { from, to: this.edited };
        this.paint();
      },
      done: (target, value) => this.page.act("edit", { ...target.place, value }),
      closed: () => this.afterEditor(),
    });
    this.stage.addEventListener("pointermove", (event) => this.move(event));
    this.stage.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && this.setPointed(null));
    this.stage.addEventListener("pointerdown", (event) => (this.pointer = event.pointerType));
    this.stage.addEventListener("click", (event) => this.click(event));
    this.element.append(this.stage);
  }

  addTools(tools) {
    const { view, choose } = this.page;
    const choices = this.panel.choices.edges;
    const menu = select("view-edges", edgesHelp(), choices, view.edges, (kind) => {
      choose("edges", kind);
      this.nameEdges();
      this.page.redraw();
    });
    menu.setAttribute("aria-label", _("What edges show"));
    const depth = this.panel.columns.length - 2;
    const layers = stepper({
      words: {
        value: ngettext("Hidden layers: {n} layer", "Hidden layers: {n} layers", depth, { n: depth }),
        less: _("Hidden layers: one less"),
        more: _("Hidden layers: one more"),
      },
      testid: "layers",
      value: ngettext("{n} layer", "{n} layers", depth, { n: depth }),
      less: () => this.page.act("layers", { at: depth - 1, by: -1 }),
      more: () => this.page.act("layers", { at: depth, by: 1 }),
    });
    this.scale = make("span", "edge-scale");
    tools.append(this.scale, menu, ...(this.headers.fixed ? [] : [layers]));
    this.nameEdges();
  }

  /** The title says which edges there are, where there are too many for all. */
  nameEdges() {
    const [, kind] = this.panel.choices.edges.find(([name]) => name === this.page.view.edges);
    /** @type {HTMLElement} */
    const title = this.element.querySelector(".panel-title");
    title.textContent = title.title = this.panel.title.replace("{edges}", kind.toLowerCase());
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.painter.setTheme(theme);
    this.build();
  }

  resize() {
    const { clientWidth, clientHeight, offsetLeft, offsetTop } = this.body;
    const { style } = this.stage;
    [style.left, style.top] = [`${offsetLeft}px`, `${offsetTop}px`];
    [style.width, style.height] = [`${clientWidth}px`, `${clientHeight}px`];
    if (clientWidth === this.width && clientHeight === this.height) return;
    this.width = clientWidth;
    this.height = clientHeight;
    this.build();
  }

  /** Places everything; only for a new size or theme. */
  build() {
    if (!this.theme || !(this.width > 40) || !(this.height > 40)) return;
    this.layout = layout(this.panel, this.width, this.height, this.touchy);
    this.painter.setLayout(this.layout, this.width, this.height);
    this.headers.setLayout(this.layout, this.width);
    this.buttons.setLayout(this.layout, this.width);
    this.editor.close();
    this.restoreFocus();
    if (this.frames?.length) this.draw(this.frames, Math.min(this.i, this.frames.length - 1));
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  draw(frames, i) {
    if (this.editor.open && (frames !== this.frames || i !== this.i)) this.editor.close();
    this.frames = frames;
    this.i = i;
    if (!this.layout) return;
    this.now = this.model.at(frames, i, this.page.view.edges);
    this.paint();
    this.buttons.mark(this.now.marks);
    if (this.pointed) this.card.fill(this.cardWords());
  }

  paint() {
    const kind = this.page.view.edges;
    this.painter.paint(this.now, kind, this.pointed);
    const scale = kind === "gradients" ? this.scaleWords() : "";
    if (this.scale.textContent !== scale) this.scale.textContent = scale;
  }

  scaleWords() {
    return _("widest {gradient}", { gradient: formatNumber(this.painter.largest) });
  }

  // ---- pointing

  /** What is at a place of the stage: { unit }, { from, to }, { chart } or null. */
  at(event) {
    const box = this.stage.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const unit = this.model.unitAt(this.layout.units, x, y);
    if (unit >= 0) return { unit };
    const inside = ({ chart: c }) => c && x >= c.x && x <= c.x + c.width && y >= c.y && y <= c.y + c.height;
    const chart = this.layout.columns.findIndex(inside);
    if (chart >= 0) return { chart };
    const edge = this.model.edgeAt(this.now, this.layout.units, x, y, REACH[event.pointerType] ?? REACH.mouse);
    return edge && { ...edge, x, y };
  }

  move(event) {
    if (event.pointerType === "touch" || this.editor.open || !this.now) return;
    const over = event.target.closest(".graph-header, .sign, .card");
    this.setPointed(over ? null : this.at(event));
  }

  click(event) {
    if (!this.now || event.target.closest(".card, .editor, .sign")) return;
    const byKey = event.detail === 0;
    const found = byKey ? { unit: this.buttons.buttons.indexOf(event.target) } : this.at(event);
    if (!found) this.editor.close();
    this.setPointed(found);
    if (found && (byKey || this.pointer !== "touch")) this.openEditor(found);
  }

  setPointed(pointed) {
    if (this.editor.open || !this.now) return;
    this.pointed = pointed;
    this.stage.classList.toggle("over", Boolean(pointed) && pointed.chart === undefined);
    if (!pointed) this.card.hide();
    else {
      if (pointed.unit >= 0) this.buttons.describe(this.now, pointed.unit);
      const touch = this.pointer === "touch";
      this.card.show({ ...this.cardWords(), at: this.place(pointed), touch, editable: this.editable(pointed) });
    }
    if (!this.drawing) this.drawSoon();
  }

  /** At most once for each picture of the screen, however often the pointer moves. */
  drawSoon() {
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      this.paint();
    });
  }

  place(pointed) {
    if (pointed.unit >= 0) return this.layout.units[pointed.unit];
    if (pointed.chart === undefined) return pointed;
    const { x, y, width, height } = this.layout.columns[pointed.chart].chart;
    return { x: x + width / 2, y: y + height / 2, size: width };
  }

  cardWords() {
    const { model, now, pointed } = this;
    if (pointed.unit >= 0) {
      const map = (canvas) => this.painter.enlarge(pointed.unit, canvas);
      return { title: model.name(pointed.unit), words: model.unitWords(now, pointed.unit), map };
    }
    if (pointed.chart !== undefined) {
      const { label, note } = model.columns[pointed.chart];
      const title = _("{layer}: {activation}", { layer: label, activation: note });
      return { title, words: [["", chartHelp()]], map: null };
    }
    const title = `${model.name(pointed.from)} → ${model.name(pointed.to)}`;
    return { title, words: model.edgeWords(now, pointed), map: null };
  }

  // ---- editing

  editable(pointed) {
    return pointed.chart === undefined && !(pointed.unit < this.model.first[1]);
  }

  openEditor(pointed = this.pointed) {
    if (!pointed || !this.editable(pointed)) return;
    this.page.pause();
    const unit = pointed.to ?? pointed.unit;
    const targets = this.targets(unit);
    const chosen = Math.max(
      0,
      targets.findIndex(({ from }) => from === pointed.from),
    );
    const at = this.place(pointed);
    this.card.hide();
    this.edited = unit;
    this.editor.show({ title: this.model.name(unit), targets, chosen, at });
  }

  /** All that can be edited at a unit: its bias, and the weights that lead into it as far as they are shown. */
  targets(unit) {
    const { model, now } = this;
    const { column, place: j } = model.locate(unit);
    const layer = column - 1;
    const bias = { text: _("Bias"), value: model.bias(now, unit), place: { layer, parameter: "bias", i: 0, j } };
    const weights = model.incoming(now, unit).map(({ from, edge }) => ({
      from,
      text: _("Weight from {unit}", { unit: model.name(from) }),
      value: now.weights[edge],
      place: { layer, parameter: "weight", i: model.locate(from).place, j },
    }));
    return [bias, ...weights];
  }

  afterEditor() {
    this.pointed = null;
    if (this.editor.element.contains(document.activeElement)) this.buttons.focus(this.edited);
    if (this.now) this.paint();
  }

  // ---- for everybody

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  describe(frames, i) {
    this.body.setAttribute("aria-label", fill(this.panel.alt, frames, i));
    if (this.now && this.model.count <= TOLD) this.buttons.describe(this.now);
  }

  restoreFocus() {
    const testid = focused.get(this.element);
    if (!testid) return;
    focused.delete(this.element);
    /** @type {HTMLElement | null} */
    const control = this.element.querySelector(`[data-testid="${testid}"]`);
    control?.focus();
  }

  close() {
    cancelAnimationFrame(this.drawing);
    const active = document.activeElement;
    if (active instanceof HTMLElement && this.element.contains(active) && active.dataset.testid)
      focused.set(this.element, active.dataset.testid);
    this.stage.remove();
  }
}
