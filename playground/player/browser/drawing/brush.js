// Drawing on the boundary: brushes, a rubber and a hand, by mouse, finger or keyboard. The server does what is drawn to
// the visitor's points (playground/ui/own_points/state.py); here it is seen at once.
//
// One Brush outlives the scenes: while a stroke is under way, a run of the stroke before it may arrive. Steps are
// numbered and sent until the server has noted them, so that none is lost or done twice.

/** @import { DrawStep, Drawing, Page, Place, Theme } from "../types.d.ts" */
/** @import { BoundaryPanel } from "../panels/boundary.js" */

import { BrushKeys } from "./keyboard.js";
import { BrushRow } from "./toolbar.js";
import { preview } from "./strokes.js";
import { placeAt } from "../shared/pointer.js";
import { make } from "../shared/widgets.js";

const PATIENCE = 4000; // ms until steps are sent again
const LONGEST = 1500; // corners of a stroke: a longer one goes on as another
const FINE = 0.04; // of the plane: nearer corners say nothing
const POINT = 3.5; // radius in pixels

/** @type {WeakMap<object, Brush>} */
const brushes = new WeakMap(); // of each player, by what it keeps from scene to scene

export class Brush {
  /**
   * The brush of this place, now for the panel of another scene; null where nobody may draw.
   * @param {BoundaryPanel} panel
   * @param {HTMLElement} element
   * @param {Page} page
   */
  static of(panel, element, page) {
    if (!page.drawing || page.view.hide?.includes("dataset")) {
      brushes.get(page.kept)?.leave();
      return null;
    }
    const brush = brushes.get(page.kept) ?? new Brush();
    brushes.set(page.kept, brush);
    brush.enter(panel, element, page);
    return brush;
  }

  constructor() {
    this.author = 1 + Math.floor(Math.random() * 1e9);
    this.number = 0;
    /** @type {DrawStep[]} */
    this.steps = []; // not yet noted by the server
    /** @type {{ name: string, y?: number } | null} */
    this.tool = null;
    /** @type {Place[] | null} */
    this.path = null; // of the stroke under way
    this.lastProblem = "";
    this.row = new BrushRow({
      take: (tool) => this.take(tool),
      step: (tool) => this.step({ tool }),
      colour: (y) => this.colour(y),
    });
    this.stage = make("canvas", "brush-stage");
    this.stage.dataset.testid = "brush-stage";
    this.keys = new BrushKeys(this);
    this.listen();
  }

  listen() {
    const { stage } = this;
    stage.addEventListener("pointerdown", (event) => this.begin(event));
    stage.addEventListener("pointermove", (event) => this.go(event));
    stage.addEventListener("pointerup", (event) => this.end(event));
    stage.addEventListener("pointercancel", () => this.drop());
    stage.addEventListener("pointerleave", () => this.hover(null));
  }

  /**
   * @param {BoundaryPanel} panel
   * @param {HTMLElement} element
   * @param {Page} page
   */
  enter(panel, element, page) {
    this.panel = panel;
    this.page = page;
    if (this.element !== element) {
      this.element = element;
      element.querySelector("header").after(this.row.element);
      element.append(this.stage);
    }
    const { x, y, sets } = panel.points;
    this.sets = new Map(sets.map((set, k) => [`${x[k].toFixed(3)},${y[k].toFixed(3)}`, set]));
    this.receive(page.drawing);
  }

  leave() {
    this.tool = null;
    this.path = null;
    this.element?.classList.remove("drawing", "brushing", "beside");
    this.element = null;
    this.row.element.remove();
    this.stage.remove();
  }

  /**
   * What the server knows of the points.
   * @param {Drawing} drawing
   */
  receive(drawing) {
    this.known = { ...drawing, limits: { ...drawing.limits, low: this.low, high: this.high } };
    if (drawing.author === this.author) this.steps = this.steps.filter(({ number }) => number > drawing.done);
    if (this.steps.length === 0 || drawing.author === this.author) this.settle();
    if (drawing.author === this.author && drawing.problem !== this.lastProblem) {
      this.lastProblem = drawing.problem;
      this.page.say(drawing.problem);
    }
    if ((!drawing.active && this.steps.length === 0) || (this.tool?.name === "draw" && !this.exists(this.tool.y)))
      this.take(null);
    this.refresh();
  }

  exists(y) {
    return this.known.task === "regression" || y < this.known.labels.length;
  }

  get low() {
    return this.panel.panel.figure.layout.xaxis.range[0];
  }

  get high() {
    return this.panel.panel.figure.layout.xaxis.range[1];
  }

  // ---- steps

  open() {
    this.tool = { name: "draw", y: 0 };
    this.step({ tool: "open" });
  }

  /** @param {DrawStep} step */
  step(step) {
    this.steps.push({ ...step, number: ++this.number });
    if (!this.waiting) this.send();
    this.refresh();
  }

  send() {
    this.waiting = setTimeout(() => this.send(), PATIENCE);
    this.page.act("draw", { author: this.author, steps: this.steps.slice(0, this.known.limits.steps) });
  }

  /** What was sent is noted; the rest goes now. */
  settle() {
    clearTimeout(this.waiting);
    this.waiting = null;
    if (this.steps.length > 0) this.send();
  }

  take(tool) {
    this.tool = tool;
    this.drop();
    this.refresh();
  }

  // ---- strokes

  at({ clientX, clientY }) {
    /** @type {[number, number]} */
    const range = [this.low, this.high];
    const place = placeAt({ x: clientX, y: clientY }, this.stage.getBoundingClientRect(), range, range);
    return place.map((value) => Math.round(value * 1e3) / 1e3);
  }

  begin(event) {
    if (!event.isPrimary || event.button !== 0 || !this.tool || !this.known.active) return;
    event.preventDefault();
    this.stage.setPointerCapture(event.pointerId);
    this.start(this.at(event));
  }

  start(place) {
    this.path = [place];
    this.point(place);
  }

  go(event) {
    if (!event.isPrimary) return;
    if (this.path && event.buttons === 0) this.finish(); // let go where nobody saw it
    if (this.path) {
      const events = event.getCoalescedEvents?.() ?? [];
      for (const each of events.length > 0 ? events : [event]) this.extend(this.at(each));
    }
    this.hover(event);
  }

  extend(place) {
    const last = this.path[this.path.length - 1];
    if (Math.hypot(place[0] - last[0], place[1] - last[1]) < FINE) return;
    if (this.tool.name === "move") this.path = [this.path[0], place];
    else this.path.push(place);
    if (this.path.length < LONGEST) return;
    this.finish();
    this.path = [place];
  }

  end(event) {
    if (!event.isPrimary || !this.path) return;
    this.extend(this.at(event));
    this.finish();
    if (event.pointerType === "touch") this.hover(null);
  }

  finish() {
    const { path, tool } = this;
    this.path = null;
    this.step({ tool: tool.name, path, ...(tool.name === "draw" && { y: tool.y }) });
  }

  drop() {
    this.path = null;
    this.hover(null);
  }

  hover(event) {
    this.point(event && this.at(event));
  }

  /** Shows the tool at a place; null: nowhere. */
  point(place) {
    this.pointer = place;
    this.paintSoon();
  }

  // ---- pictures

  /** @param {Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    this.row.paint();
    this.paintSoon();
  }

  /** Over the plot area, where another canvas of the panel's body lies already. */
  place(body, canvas) {
    const { style } = this.stage;
    style.left = `${body.offsetLeft + parseFloat(canvas.style.left)}px`;
    style.top = `${body.offsetTop + parseFloat(canvas.style.top)}px`;
    [style.width, style.height] = [canvas.style.width, canvas.style.height];
    [this.stage.width, this.stage.height] = [canvas.width, canvas.height];
    this.row.stand(this.element, body);
    this.paint();
  }

  /** The points as they will be, as far as that can be told here. */
  points() {
    const strokes = this.path ? [{ tool: this.tool.name, path: this.path, y: this.tool.y }] : [];
    return [...this.steps, ...strokes].reduce((points, step) => preview(points, step, this.known.limits), this.known);
  }

  refresh() {
    this.row.show(this.known, this.tool, this.steps.length > 0);
    // the points of the figure are those of the run: while they are being drawn, they are shown here
    this.element.classList.toggle("drawing", this.isDrawn());
    const ready = Boolean(this.tool) && this.known.active;
    this.element.classList.toggle("brushing", ready);
    this.keys.offer(ready);
    this.panel.mode = this.tool ? "draw" : "trace";
    this.paintSoon();
  }

  isDrawn() {
    return this.known.active && (Boolean(this.tool) || !this.known.trained || this.steps.length > 0);
  }

  paintSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.paint();
    });
  }

  paint() {
    const context = this.stage.getContext("2d");
    context.clearRect(0, 0, this.stage.width, this.stage.height);
    if (!this.theme || !this.isDrawn()) return;
    const ratio = window.devicePixelRatio || 1;
    const scale = this.stage.width / (this.high - this.low);
    const pixel = (x, y) => [(x - this.low) * scale, (this.high - y) * scale];
    const { x, y, targets } = this.points();
    for (let k = 0; k < x.length; k++) {
      const test = this.sets.get(`${x[k].toFixed(3)},${y[k].toFixed(3)}`) === "test";
      this.dot(context, pixel(x[k], y[k]), this.colour(targets[k]), test, ratio);
    }
    if (this.pointer && this.tool) {
      const reach = this.tool.name === "draw" ? POINT * ratio : this.known.limits.reach * scale;
      const colour = this.tool.name === "draw" ? this.colour(this.tool.y) : this.theme.colors.text;
      this.circle(context, pixel(...this.pointer), reach, colour, 1.5 * ratio);
    }
  }

  /** Filled for training, a ring for testing; a new point is not either yet. */
  dot(context, at, colour, test, ratio) {
    this.circle(context, at, (POINT + 0.5) * ratio, this.theme.colors.background, ratio);
    if (test) return this.circle(context, at, POINT * ratio, colour, ratio);
    context.beginPath();
    context.arc(...at, POINT * ratio, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
  }

  circle(context, at, radius, colour, width) {
    context.beginPath();
    context.arc(...at, radius, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  /** Of a class, or of a value from -1 to 1. */
  colour(y) {
    if (!this.theme) return "";
    const { classes, negative, middle, positive } = this.theme.colors;
    if (this.known.task === "classification") return classes[y];
    return `color-mix(in srgb, ${y < 0 ? negative : positive} ${Math.round(100 * Math.abs(y))}%, ${middle})`;
  }
}
