// A Plotly figure that follows the frames: a surface under its plot area, and traces bound to channels.

import { Raster } from "./surface.js";
import { pixels } from "./theme.js";
import { button } from "./widgets.js";
import { fill } from "./words.js";

const MOST_POINTS = 600; // of a curve: more cannot be told apart at the widths we draw
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: "reset", showTips: false };

const OVER_TIME = new Set(["series", "history"]);

/** Bindings by the attributes they set: each group is one call to Plotly. */
function alike(bindings) {
  const groups = new Map();
  for (const binding of bindings) {
    const names = Object.keys(binding.takes);
    const key = names.join();
    if (!groups.has(key)) groups.set(key, { names, members: [] });
    groups.get(key).members.push(binding);
  }
  return [...groups.values()];
}

export class FigurePanel {
  constructor(panel, element, plotly, page) {
    this.page = page;
    this.panel = panel;
    this.plotly = plotly; // a promise: the surface is drawn before Plotly has loaded
    this.body = element.querySelector(".panel-body");
    this.everyFrame = panel.bindings.length === 0;
    this.log = panel.log?.on ?? false;
    if (panel.surface) {
      this.raster = new Raster(panel.surface.shape[1], panel.surface.shape[0]);
      this.raster.canvas.className = "surface";
      this.body.append(this.raster.canvas);
    }
    this.plot = document.createElement("div");
    this.plot.className = "plot";
    this.body.append(this.plot);
    this.groups = alike(panel.bindings);
    if (this.groups.some(({ members }) => Object.values(members[0].takes).some(({ how }) => OVER_TIME.has(how)))) {
      this.cursor = document.createElement("div");
      this.cursor.className = "cursor";
      this.cursor.hidden = true;
      this.body.append(this.cursor);
    }
    if (panel.log) this.addLogSwitch(element.querySelector(".panel-tools"));
  }

  addLogSwitch(tools) {
    const log = button("log", `${this.panel.title}: logarithmic axis`, () => {
      this.log = !this.log;
      log.setAttribute("aria-pressed", String(this.log));
      this.relayout();
    });
    log.setAttribute("aria-pressed", String(this.log));
    log.dataset.testid = `log-${this.panel.id}`;
    tools.append(log);
  }

  data() {
    return [...this.panel.figure.data, ...this.page.earlier.traces(this.panel)];
  }

  layout() {
    const { figure, log } = this.panel;
    const layout = structuredClone(figure.layout);
    layout.template = this.theme.template;
    layout.width = this.width;
    layout.height = this.height;
    if (this.range) layout[this.panel.decades].range = this.range;
    if (log) layout[log.axis] = { ...layout[log.axis], type: this.log ? "log" : "linear" };
    return layout;
  }

  setTheme(theme) {
    this.theme = theme;
    if (this.raster) this.table = pixels(theme.palettes[this.panel.surface.palette]);
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

  draw(frames, i) {
    if (this.raster) this.raster.paint(frames.get(this.panel.surface.channel, i), this.table);
  }

  /** The slow part of a frame: the traces. Curves reach as far as the run was seen; a cursor marks the frame. */
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

  update(Plotly) {
    if (this.groups.length === 0) return;
    const { frames } = this;
    const last = Math.min(this.cursor ? this.seen : this.i, frames.length - 1);
    const chosen = this.cursor ? frames.sample(last, MOST_POINTS) : [];
    const range = this.panel.decades && this.spanDecades();
    for (const { names, members } of this.groups) {
      const values = {};
      for (const name of names) values[name] = members.map(({ takes }) => frames.take(takes[name], last, chosen));
      const traces = members.map(({ trace }) => trace);
      if (range) Plotly.update(this.plot, values, { [`${this.panel.decades}.range`]: range }, traces);
      else Plotly.restyle(this.plot, values, traces);
    }
    this.curvesTo = last;
    if (this.cursor) this.moveCursor();
  }

  /** A line at the frame now drawn, where that is not the end of the curves. */
  moveCursor() {
    const { frames, cursor } = this;
    const i = Math.min(this.i, frames.length - 1);
    cursor.hidden = i >= this.curvesTo;
    const range = this.plot.layout?.xaxis?.range;
    if (cursor.hidden || !range) return;
    const { l, r, t, b } = this.panel.figure.layout.margin;
    const share = (frames.number("progress", i) - range[0]) / (range[1] - range[0]);
    cursor.style.transform = `translate(${(l + share * (this.width - l - r)).toFixed(1)}px, ${t}px)`;
    cursor.style.height = `${this.height - t - b}px`;
  }

  /** A new range for the logarithmic axis, if the frames have left the old one: whole decades, so that it rarely moves. */
  spanDecades() {
    const { frames } = this;
    const known = this.spanned?.frames === frames ? this.spanned : { frames, next: 0, low: Infinity, high: 0 };
    for (; known.next <= this.i; known.next++) {
      for (const { takes } of this.panel.bindings) {
        for (const value of frames.get(takes.y.channel, known.next)) {
          if (value > 0) [known.low, known.high] = [Math.min(known.low, value), Math.max(known.high, value)];
        }
      }
    }
    this.spanned = known;
    if (known.high === 0) return null;
    const range = [Math.floor(Math.log10(known.low)), Math.ceil(Math.log10(known.high) + 1e-9)];
    if (String(range) === String(this.range)) return null;
    this.range = range;
    return range;
  }

  describe(frames, i) {
    this.body.setAttribute("aria-label", fill(this.panel.alt, frames, i));
  }

  close() {
    this.closed = true;
    // Plotly may still be in the middle of a drawing that it finishes later
    setTimeout(() => this.plotly.then((Plotly) => Plotly.purge(this.plot)), 1000);
  }
}
