// The decision boundary: a figure whose surface can be seen in several ways, with marks over its points.

/** @import { BoundaryData, Note, Page, Theme } from "../types.d.ts" */
/** @import { Frames } from "../core/frames.js" */

import { Brush } from "../drawing/brush.js";
import { FigurePanel } from "./figure.js";
import { isWithin, onClick, placeAt } from "../shared/pointer.js";
import { pixels } from "../shared/theme.js";
import { TraceCard } from "./trace_card.js";
import { button, select } from "../shared/widgets.js";
import { _ } from "../shared/text.js";

const NEAR = { mouse: 10, pen: 12, touch: 18 }; // pixels from a point that still mean this point
const CROSS = `<svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="4"/><path d="M8 0v5M8 11v5M0 8h5M11 8h5"/></svg>`;

export class BoundaryPanel extends FigurePanel {
  /**
   * @param {BoundaryData} panel
   * @param {HTMLElement} element
   * @param {Page} page
   */
  constructor(panel, element, page) {
    super(panel, element, page);
    /** @type {BoundaryData} */
    this.panel = panel;
    this.element = element;
    this.points = panel.points;
    this.marks = document.createElement("canvas");
    this.marks.className = "marks";
    this.body.append(this.marks);
    this.mode = "trace"; // what a click does: other modes take the clicks themselves
    this.card = new TraceCard(element.closest(".grid"), {
      ask: (place) => this.trace(place),
      closed: () => this.closed || this.page.redraw(),
      colours: () => this.theme.colors,
      label: (k) => this.label(k),
      words: (row) => (this.points.sets[row] === "test" ? _("test point") : _("training point")),
    });
    this.stopListening = onClick(this.body, (at, pointer) => this.click(at, pointer));
    this.addTools(element.querySelector(".panel-tools"));
    this.addBrush(element);
  }

  /**
   * @param {{ x: number, y: number }} at in the window
   * @param {string} pointer
   */
  click(at, pointer) {
    if (this.mode !== "trace") return;
    const place = this.placeAt(at);
    const row = place && (this.pointUnder(place) ?? this.pointAt(place, NEAR[pointer] ?? NEAR.mouse));
    if (place) this.trace(row === null ? place : { row });
  }

  /** The place in the plane under a place of the window, with how many pixels a unit has; null beside the plane. */
  placeAt(at) {
    const { range } = this.panel.figure.layout.xaxis; // the axes are alike
    const box = this.marks.getBoundingClientRect();
    const [x, y] = placeAt(at, box, range, range);
    return isWithin([x, y], range, range) ? { x, y, scale: box.width / (range[1] - range[0]) } : null;
  }

  /** The row of the nearest point shown, if one is within so many pixels; otherwise null. */
  pointAt({ x, y, scale }, reach) {
    const { points } = this;
    let [found, least] = [null, reach];
    for (let k = 0; k < points.x.length; k++) {
      const away = Math.hypot(points.x[k] - x, points.y[k] - y) * scale;
      if (away <= least && this.isShown(k)) [found, least] = [k, away];
    }
    return found;
  }

  /** The row of the point whose words Plotly shows at this place, so that both speak of the same one. */
  pointUnder({ scale }) {
    return this.hovered ? this.pointAt({ x: this.hovered.x, y: this.hovered.y, scale }, 1) : null;
  }

  relayout() {
    super.relayout();
    this.plotly.then(() => {
      if (this.hovering || !this.plot.on) return;
      this.hovering = true;
      this.plot.on("plotly_hover", ({ points }) => {
        this.hovered = points[0];
      });
      this.plot.on("plotly_unhover", () => {
        this.hovered = null;
      });
    });
  }

  isShown(k) {
    const { points } = this.page.view;
    return points === "both" || points === this.points.sets[k];
  }

  /**
   * Asks for the way of a place { x, y }, or of a point { row }, through the network at this frame.
   * @param {{ x?: number, y?: number, row?: number | null }} place
   */
  trace({ x, y, row = null }) {
    this.page.pause();
    this.page.act("trace", { panel: this.panel.id, point: row, x, y });
  }

  /**
   * A message of the server to this panel.
   * @param {Note} note
   */
  receive({ trace, drawing }) {
    if (drawing) this.brush?.receive(drawing);
    if (!trace) return;
    if (!this.card.open) this.element.scrollIntoView({ block: "nearest" });
    this.card.show(trace);
    this.page.redraw();
  }

  /** What class k is called: where the points are the visitor's own, as they have named it. */
  label(k) {
    const { drawing } = this.page;
    return (drawing?.active && drawing.labels[k]) || String(k);
  }

  addTools(tools) {
    const { view, choose } = this.page;
    const { choices } = this.panel;
    if (!choices) return;
    const { surfaces, pointSets } = choices;
    const hidden = view.hide ?? [];
    if (surfaces.length > 1 && !hidden.includes("discretize")) {
      tools.append(
        select("view-surface", _("What the colours of the plane show"), surfaces, view.surface, (name) => {
          choose("surface", name);
          this.setTheme(this.theme);
          this.page.redraw();
        }),
      );
    }
    if (!hidden.includes("showTestData"))
      tools.append(
        select("view-points", _("Points shown"), pointSets, view.points, (name) => {
          choose("points", name);
          this.relayout();
          this.page.redraw();
        }),
      );
    if (this.panel.mistakes) {
      const mistakes = button(_("mistakes"), _("Mark the points that are classified wrongly now"), () => {
        choose("mistakes", !view.mistakes);
        mistakes.setAttribute("aria-pressed", String(view.mistakes));
        this.page.redraw();
      });
      mistakes.dataset.testid = "view-mistakes";
      mistakes.setAttribute("aria-pressed", String(view.mistakes));
      tools.append(mistakes);
    }
    const trace = button("", _("Show the numbers of one point on its way through the network"), () =>
      this.trace({ x: 0, y: 0 }),
    );
    trace.dataset.testid = "view-trace";
    trace.innerHTML = CROSS;
    tools.append(trace);
  }

  /** Drawing points: the tools stand in a row of their own once the points are the visitor's. */
  addBrush(element) {
    this.brush = Brush.of(this, element, this.page);
    if (!this.brush || this.page.drawing.active) return;
    const draw = button(_("draw"), _("Draw points of your own"), () => this.brush.open());
    draw.dataset.testid = "brush-open";
    element.querySelector(".panel-tools").append(draw);
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    super.setTheme(theme);
    this.brush?.setTheme(theme);
    this.table = pixels(theme.palettes[`${this.panel.palette}surface-${this.page.view.surface}`]);
  }

  /** Traces carry the set they belong to as their `meta`. */
  data() {
    const { points } = this.page.view;
    return super.data().map((trace) => ({ ...trace, visible: points === "both" || trace.meta === points }));
  }

  resize() {
    super.resize();
    const ratio = window.devicePixelRatio || 1;
    const { l, r, t, b } = this.panel.figure.layout.margin;
    const { style } = this.marks;
    [style.left, style.top] = [this.raster.canvas.style.left, `${t}px`];
    [style.width, style.height] = [`${this.width - l - r}px`, `${this.height - t - b}px`];
    this.marks.width = (this.width - l - r) * ratio;
    this.marks.height = (this.height - t - b) * ratio;
    this.brush?.place(this.body, this.marks);
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  draw(frames, i) {
    super.draw(frames, i);
    this.drawMarks(frames, i);
    this.card.moved(frames.number("update", i));
  }

  close() {
    super.close();
    this.stopListening();
    this.card.close();
  }

  /** Rings around points: mistakes, and after a single update the points of its batch. */
  drawMarks(frames, i) {
    const context = this.marks.getContext("2d");
    context.clearRect(0, 0, this.marks.width, this.marks.height);
    if (this.page.view.mistakes && this.panel.mistakes) {
      this.ring(context, frames.get(this.panel.mistakes, i), this.theme.colors.text, 7);
    }
    if (this.isInsideEpoch(frames, i)) {
      this.ring(context, frames.get(this.panel.batch, i), this.theme.colors.batch, 5.5);
    }
    if (this.card.open) this.drawCross(context, this.card.trace.point);
  }

  /** Whether the frame shows one update of several in an epoch: it is inside the epoch, or its last update. */
  isInsideEpoch(frames, i) {
    return frames.number("batch", i) > 0 || (i > 0 && frames.number("batch", i - 1) > 0);
  }

  /** The point whose trace is shown: a ring with four strokes. */
  drawCross(context, [x, y]) {
    const ratio = window.devicePixelRatio || 1;
    const [low, high] = this.panel.figure.layout.xaxis.range;
    const scale = this.marks.width / (high - low);
    const [px, py] = [(x - low) * scale, (high - y) * scale];
    const { background, text } = this.theme.colors;
    for (const { colour, width } of [
      { colour: background, width: 5 },
      { colour: text, width: 2 },
    ]) {
      context.strokeStyle = colour;
      context.lineWidth = width * ratio;
      context.beginPath();
      context.arc(px, py, 8 * ratio, 0, 2 * Math.PI);
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ]) {
        context.moveTo(px + 8 * dx * ratio, py + 8 * dy * ratio);
        context.lineTo(px + 15 * dx * ratio, py + 15 * dy * ratio);
      }
      context.stroke();
    }
  }

  ring(context, flags, colour, radius) {
    const ratio = window.devicePixelRatio || 1;
    const { x, y } = this.points;
    const [low, high] = this.panel.figure.layout.xaxis.range;
    const scale = this.marks.width / (high - low);
    context.strokeStyle = colour;
    context.lineWidth = 1.8 * ratio;
    context.beginPath();
    for (let k = 0; k < flags.length; k++) {
      if (!flags[k] || !this.isShown(k)) continue;
      const [px, py] = [(x[k] - low) * scale, (high - y[k]) * scale];
      context.moveTo(px + radius * ratio, py);
      context.arc(px, py, radius * ratio, 0, 2 * Math.PI);
    }
    context.stroke();
  }
}
