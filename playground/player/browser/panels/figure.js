// A Plotly figure that follows the frames: a surface under its plot area, and traces bound to channels.

/** @import { FigureData, Page, PlotElement, Plotly, Theme } from "../types.d.ts" */
/** @import { Frames } from "../core/frames.js" */

import { fitted, powersApart, whole } from "../shared/axes.js";
import { faint, smoothed } from "../shared/smoothing.js";
import { Raster } from "../shared/raster.js";
import { pixels } from "../shared/theme.js";
import { button } from "../shared/widgets.js";
import { fill } from "../shared/format.js";
import { _ } from "../shared/text.js";

const MOST_POINTS = 600; // of a curve: more cannot be told apart at the widths we draw
const MOST_COLUMNS = 240; // of a map over time: each costs as much as all its rows
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false };

const OVER_TIME = new Set(["series", "history"]);
const LOG = { type: "log", nticks: 3, tickformat: "~g" }; // whole numbers at 1, 2 and 5, not digits alone
const switched = new Map(); // what a visitor has switched, by panel: it stays when another run is shown

export class FigurePanel {
  /**
   * @param {FigureData} panel
   * @param {HTMLElement} element
   * @param {Page} page
   */
  constructor(panel, element, page) {
    this.page = page;
    this.panel = panel;
    this.plotly = page.plotly; // a promise: the surface is drawn before Plotly has loaded
    /** @type {HTMLElement} */
    this.body = element.querySelector(".panel-body");
    this.everyFrame = panel.bindings.length === 0;
    this.pictureTypes = ["png", "svg"]; // see share.js
    this.log = switched.get(`log-${panel.id}`) ?? panel.log?.on ?? false;
    this.smooth = switched.get(`smooth-${panel.id}`) ?? false;
    if (panel.surface) {
      this.raster = new Raster(panel.surface.shape[1], panel.surface.shape[0]);
      this.raster.canvas.className = "surface";
      this.body.append(this.raster.canvas);
      if (panel.surface.still) this.still = Uint8Array.from(atob(panel.surface.still), (byte) => byte.charCodeAt(0));
    }
    /** @type {PlotElement} */
    this.plot = document.createElement("div");
    this.plot.className = "plot";
    this.body.append(this.plot);
    this.names = [...new Set(panel.bindings.flatMap(({ takes }) => Object.keys(takes)))];
    const ways = panel.bindings.flatMap(({ takes }) => Object.values(takes).map(({ how }) => how));
    this.trails = ways.includes("trail");
    this.most = ways.includes("history") ? MOST_COLUMNS : MOST_POINTS;
    if (ways.some((how) => OVER_TIME.has(how))) {
      this.cursor = document.createElement("div");
      this.cursor.className = "cursor";
      this.cursor.hidden = true;
      this.body.append(this.cursor);
    }
    const tools = element.querySelector(".panel-tools");
    if (panel.smooth) {
      const help = _("{panel}: the mean of the last frames, what was measured faint behind", { panel: panel.title });
      this.addSwitch(tools, "smooth", _("smooth"), help);
    }
    if (panel.log) this.addSwitch(tools, "log", _("log"), _("{panel}: logarithmic axis", { panel: panel.title }));
    /** @type {HTMLElement} */
    const title = element.querySelector(".panel-title");
    title.title = panel.help ?? "";
  }

  /** A switch of the attribute of this name. */
  addSwitch(tools, name, text, help) {
    const made = button(text, help, () => {
      this[name] = !this[name];
      switched.set(`${name}-${this.panel.id}`, this[name]);
      made.setAttribute("aria-pressed", String(this[name]));
      this.relayout();
    });
    made.setAttribute("aria-pressed", String(this[name]));
    made.dataset.testid = `${name}-${this.panel.id}`;
    tools.append(made);
  }

  data() {
    const { data } = this.panel.figure;
    return [...data, ...(this.smooth ? data.map(faint) : []), ...this.page.earlier.traces(this.panel)];
  }

  layout() {
    const { figure, log } = this.panel;
    const layout = structuredClone(figure.layout);
    layout.template = this.theme.template;
    layout.width = this.width;
    layout.height = this.height;
    for (const [axis, range] of Object.entries(this.ranges ?? {})) layout[axis].range = range;
    const { decades } = this.panel;
    if (decades && this.ranges) layout[decades].dtick = powersApart(this.ranges[decades]);
    if (log) layout[log.axis] = { ...layout[log.axis], ...(this.log ? LOG : { type: "linear" }) };
    return layout;
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.theme = theme;
    if (this.raster) this.table = pixels(theme.palettes[this.panel.surface.palette]);
    if (this.still) this.raster.paint(this.still, this.table);
    this.relayout();
  }

  resize() {
    const { clientWidth, clientHeight } = this.body;
    if (clientWidth === this.boxWidth && clientHeight === this.boxHeight) return;
    this.boxWidth = clientWidth;
    this.boxHeight = clientHeight;
    const side = Math.min(clientWidth, clientHeight);
    this.width = this.panel.square ? side : clientWidth;
    this.height = this.panel.square ? side : clientHeight;
    const left = (clientWidth - this.width) / 2;
    this.plot.style.left = `${left}px`;
    if (this.raster) {
      const { l, r, t, b } = this.panel.figure.layout.margin;
      const { style } = this.raster.canvas;
      style.left = `${l + left}px`;
      style.top = `${t}px`;
      style.width = `${this.width - l - r}px`;
      style.height = `${this.height - t - b}px`;
    }
    this.relayout();
  }

  /** Draws the whole figure again; only for a new size, theme or axis, never for a frame. */
  relayout() {
    if (!this.theme || !(this.width > 40) || !(this.height > 40)) return;
    this.stale = true;
    this.plotly.then((Plotly) => {
      if (!this.stale || this.closed) return;
      this.stale = false;
      this.drawn = Plotly.react(this.plot, this.data(), this.layout(), CONFIG);
      if (this.frames?.length) this.update(Plotly);
    });
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  draw(frames, i) {
    if (this.raster && !this.still) this.raster.paint(frames.get(this.panel.surface.channel, i), this.table);
  }

  /**
   * The slow part of a frame: the traces. Curves reach as far as the run was seen; a cursor marks the frame.
   * @param {Frames} frames
   * @param {number} i
   */
  drawTraces(frames, i) {
    const fresh = frames !== this.frames || frames.cuts !== this.cuts;
    this.frames = frames;
    this.cuts = frames.cuts;
    this.i = i;
    this.seen = fresh ? i : Math.max(this.seen, i);
    if (!this.drawn) return;
    if (this.cursor && this.seen === this.curvesTo && !fresh) this.moveCursor();
    else this.plotly.then((Plotly) => this.closed || this.update(Plotly));
  }

  /** @param {Plotly} Plotly */
  update(Plotly) {
    const { bindings } = this.panel;
    if (bindings.length === 0) return;
    const { frames } = this;
    const last = Math.min(this.cursor ? this.seen : this.i, frames.length - 1);
    const chosen = this.cursor || this.trails ? frames.sample(last, this.most) : [];
    // one call for all traces: an attribute that a trace does not take is undefined, and stays as it is
    const take = (way) => (way ? frames.take(way, last, chosen) : undefined);
    const values = {};
    for (const name of this.names) values[name] = bindings.map(({ takes }) => take(takes[name]));
    const traces = bindings.map(({ trace }) => trace);
    if (this.smooth) this.addSmoothed(values, traces, chosen);
    const moved = this.moveAxes();
    if (moved) Plotly.update(this.plot, values, moved, traces);
    else Plotly.restyle(this.plot, values, traces);
    this.curvesTo = last;
    if (this.cursor) this.moveCursor();
  }

  /** A line at the frame now drawn, where that is not the end of the curves; one in each column of axes. */
  moveCursor() {
    const { frames, cursor } = this;
    const i = Math.min(this.i, frames.length - 1);
    cursor.hidden = i >= this.curvesTo;
    const layout = this.plot.layout;
    if (cursor.hidden || !layout?.xaxis?.range) return;
    const { l, r, t, b } = this.panel.figure.layout.margin;
    const axes = Object.keys(layout).filter((name) => /^xaxis\d*$/.test(name));
    const width = this.width - l - r;
    const stops = axes.map((name) => {
      const { range, domain = [0, 1] } = layout[name];
      const share = (frames.number("progress", i) - range[0]) / (range[1] - range[0]);
      return l + width * (domain[0] + share * (domain[1] - domain[0]));
    });
    while (cursor.childElementCount < stops.length) cursor.append(document.createElement("i"));
    const lines = cursor.querySelectorAll("i");
    stops.forEach((left, k) => {
      const line = lines[k];
      line.style.transform = `translate(${left.toFixed(1)}px, ${t}px)`;
      line.style.height = `${this.height - t - b}px`;
    });
  }

  /** The curves as measured move to the faint traces behind, smooth ones take their place. */
  addSmoothed(values, traces, chosen) {
    const count = this.panel.figure.data.length;
    traces.push(...traces.map((trace) => count + trace));
    for (const name of Object.keys(values)) values[name].push(...values[name]);
    this.panel.bindings.forEach(({ takes }, k) => {
      values.y[k] = smoothed(this.frames, takes.y.channel, chosen);
    });
  }

  /** New ranges for axes that follow the frames, if these have left the old ones; null if they stay. */
  moveAxes() {
    const { decades, fitted: fits } = this.panel;
    if (!decades && !fits) return null;
    if (this.spans?.frames !== this.frames) this.spans = { frames: this.frames, next: 0, x: null, y: null };
    this.extend();
    const { x, y } = this.spans;
    const ranges = decades ? { [decades]: whole(y) } : { xaxis: fitted(x), yaxis: fitted(y) };
    if (Object.values(ranges).some((range) => !range) || JSON.stringify(ranges) === JSON.stringify(this.ranges))
      return null;
    this.ranges = ranges;
    const moved = Object.fromEntries(Object.entries(ranges).map(([axis, range]) => [`${axis}.range`, range]));
    return decades ? { ...moved, [`${decades}.dtick`]: powersApart(ranges[decades]) } : moved;
  }

  /** Takes the frames up to this one into the spans of their values: axes grow and never shrink. */
  extend() {
    const { frames, spans, panel } = this;
    const last = Math.min(this.i, frames.length - 1);
    for (; spans.next <= last; spans.next++) {
      for (const { takes } of panel.bindings) {
        for (const side of panel.decades ? ["y"] : ["x", "y"]) {
          spans[side] ??= panel.span ? [...panel.span] : [Infinity, -Infinity];
          const span = spans[side];
          for (const value of frames.get(takes[side].channel, spans.next)) {
            if (!Number.isFinite(value) || (panel.decades && value <= 0)) continue;
            if (value < span[0]) span[0] = value;
            if (value > span[1]) span[1] = value;
          }
        }
      }
    }
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  describe(frames, i) {
    this.body.setAttribute("aria-label", fill(this.panel.alt, frames, i));
  }

  close() {
    this.closed = true;
    // Plotly may still be in the middle of a drawing that it finishes later
    setTimeout(() => this.plotly.then((Plotly) => Plotly.purge(this.plot)), 1000);
  }
}
