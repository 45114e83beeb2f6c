// The network as a graph: a small map in every unit, weights on the edges.
// Edges are SVG, so that each can be pointed at; the maps share one canvas below it.

import { Raster } from "./surface.js";
import { pixels } from "./theme.js";
import { fill, formatNumber } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const LARGEST_UNIT = 40;
const HEADER = 34; // px for the name of a layer
const WIDEST_EDGE = 8;

export class NetworkPanel {
  constructor(panel, element) {
    this.panel = panel;
    this.everyFrame = true;
    this.body = element.querySelector(".panel-body");
    this.canvas = document.createElement("canvas");
    this.canvas.className = "maps";
    this.svg = document.createElementNS(SVG, "svg");
    this.svg.setAttribute("aria-hidden", "true");
    this.card = document.createElement("div");
    this.card.className = "card";
    this.card.hidden = true;
    this.body.append(this.canvas, this.svg, this.card);
    this.atlas = new Raster(panel.maps.shape[1], panel.maps.shape[0] * this.unitCount());
    this.svg.addEventListener("pointermove", (event) => this.point(event));
    this.svg.addEventListener("pointerleave", () => this.point(null));
  }

  unitCount() {
    return this.panel.columns.reduce((sum, column) => sum + column.units.length, 0);
  }

  setTheme(theme) {
    this.theme = theme;
    this.table = pixels(theme.palettes[this.panel.maps.palette]);
    this.build();
  }

  resize() {
    const { clientWidth, clientHeight } = this.body;
    if (clientWidth === this.width && clientHeight === this.height) return;
    this.width = clientWidth;
    this.height = clientHeight;
    this.build();
  }

  /** Places units and edges; only for a new size or theme. */
  build() {
    if (!this.theme || !(this.width > 40) || !(this.height > 40)) return;
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = this.width * ratio;
    this.canvas.height = this.height * ratio;
    this.ratio = ratio;
    this.placeUnits();
    this.svg.replaceChildren();
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${this.height}`);
    this.edges = this.panel.edges.kind === "all" ? this.allEdges() : this.strongestEdges();
    for (const edge of this.edges) this.svg.append(edge.line);
    for (const unit of this.units) this.addUnit(unit);
    this.panel.columns.forEach((column, c) => this.addHeader(column, c));
    if (this.frames?.length) this.draw(this.frames, Math.min(this.i, this.frames.length - 1));
  }

  placeUnits() {
    const { columns } = this.panel;
    const most = Math.max(...columns.map((column) => column.units.length));
    const room = this.height - HEADER - 6;
    const pitch = Math.min(LARGEST_UNIT + 14, room / most);
    this.size = Math.max(2, Math.min(LARGEST_UNIT, pitch - (pitch > 16 ? 6 : 1), this.width / columns.length - 14));
    const [left, right] = [columns[0], columns.at(-1)].map((column) => this.size / 2 + 12 + this.widest(column.units));
    const stride = columns.length > 1 ? (this.width - left - right) / (columns.length - 1) : 0;
    this.units = [];
    this.first = []; // index of each column's first unit
    columns.forEach((column, c) => {
      this.first.push(this.units.length);
      const middle = HEADER + room / 2;
      column.units.forEach((label, k) => {
        this.units.push({
          column: c,
          place: k,
          label,
          x: left + c * stride,
          y: middle + (k - (column.units.length - 1) / 2) * pitch,
        });
      });
    });
  }

  /** Room for the longest name beside a column, in px; enough for the header above it in any case. */
  widest(names) {
    return Math.max(16, ...names.map((name) => 6.2 * name.length));
  }

  addUnit(unit) {
    const frame = document.createElementNS(SVG, "rect");
    const half = this.size / 2;
    frame.setAttribute("class", "unit");
    frame.setAttribute("x", unit.x - half);
    frame.setAttribute("y", unit.y - half);
    frame.setAttribute("width", this.size);
    frame.setAttribute("height", this.size);
    frame.setAttribute("rx", Math.min(4, this.size / 6));
    unit.frame = frame;
    this.svg.append(frame);
    if (unit.label && this.size > 14) {
      const last = unit.column > 0;
      const text = document.createElementNS(SVG, "text");
      text.setAttribute("class", "unit-label");
      text.setAttribute("x", unit.x + (last ? half + 5 : -half - 5));
      text.setAttribute("y", unit.y);
      text.setAttribute("text-anchor", last ? "start" : "end");
      text.textContent = unit.label;
      this.svg.append(text);
    }
  }

  addHeader(column, c) {
    const { x } = this.units[this.first[c]];
    const room = this.width / this.panel.columns.length;
    for (const [line, y, name] of [[column.label, 11, "layer-label"], [column.note, 25, "layer-note"]]) {
      if (!line || (room < 46 && c > 0 && c < this.panel.columns.length - 1 && c % 2 === 0)) continue;
      const text = document.createElementNS(SVG, "text");
      text.setAttribute("class", name);
      text.setAttribute("x", x);
      text.setAttribute("y", y);
      text.setAttribute("text-anchor", "middle");
      text.textContent = line;
      this.svg.append(text);
    }
  }

  edge(from, to, index) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("class", "edge");
    const made = { line, from, to, index };
    if (from) this.route(made);
    return made;
  }

  /** A soft S from the right side of one unit to the left side of the other. */
  route(edge) {
    const half = this.size / 2;
    const [x0, x1] = [edge.from.x + half, edge.to.x - half];
    const bend = (x1 - x0) / 2;
    edge.line.setAttribute(
      "d",
      `M${x0} ${edge.from.y}C${x0 + bend} ${edge.from.y} ${x1 - bend} ${edge.to.y} ${x1} ${edge.to.y}`,
    );
  }

  allEdges() {
    const edges = [];
    for (const { offset, inputs, outputs, column } of this.panel.edges.layers) {
      for (let i = 0; i < inputs; i++) {
        for (let j = 0; j < outputs; j++) {
          const from = this.units[this.first[column] + i];
          const to = this.units[this.first[column + 1] + j];
          edges.push(this.edge(from, to, offset + i * outputs + j));
        }
      }
    }
    return edges;
  }

  strongestEdges() {
    return Array.from({ length: this.panel.edges.count }, (_, k) => this.edge(null, null, k));
  }

  draw(frames, i) {
    this.frames = frames;
    this.i = i;
    if (!this.units) return;
    this.drawMaps(frames.get(this.panel.maps.channel, i));
    this.drawEdges(frames, i);
    if (!this.card.hidden) this.showCard();
  }

  drawMaps(indices) {
    const { canvas, atlas, ratio, size } = this;
    const [rows, columns] = this.panel.maps.shape;
    atlas.paint(indices, this.table);
    const context = canvas.getContext("2d");
    context.imageSmoothingEnabled = size * ratio > 10;
    const side = size * ratio;
    this.units.forEach((unit, k) => {
      const [x, y] = [unit.x * ratio - side / 2, unit.y * ratio - side / 2];
      context.drawImage(atlas.canvas, 0, k * rows, columns, rows, x, y, side, side);
    });
  }

  drawEdges(frames, i) {
    const { edges: spec } = this.panel;
    const values = frames.get(spec.channel, i);
    const ends = spec.kind === "strongest" ? frames.get(spec.ends, i) : null;
    const { positive, negative } = this.theme.colors;
    this.edges.forEach((edge, k) => {
      if (ends) this.reroute(edge, ends[2 * k], ends[2 * k + 1]);
      const value = values[edge.index];
      const size = Math.abs(value);
      const { style } = edge.line;
      style.stroke = value < 0 ? negative : positive;
      style.strokeWidth = Math.min(WIDEST_EDGE, 0.4 + 1.6 * size).toFixed(2);
      style.strokeOpacity = Math.min(0.95, 0.12 + 0.55 * size).toFixed(2);
    });
  }

  reroute(edge, from, to) {
    if (edge.from === this.units[from] && edge.to === this.units[to]) return;
    edge.from = this.units[from];
    edge.to = this.units[to];
    this.route(edge);
  }

  /** The unit or edge under the pointer, with its live numbers. */
  point(event) {
    this.pointed = event && (this.unitAt(event) ?? this.edgeAt(event));
    this.card.hidden = !this.pointed;
    if (!this.pointed) return;
    const box = this.body.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    this.card.style.left = `${Math.min(x + 14, this.width - 190)}px`;
    this.card.style.top = `${Math.min(y + 14, this.height - 60)}px`;
    this.showCard();
  }

  unitAt(event) {
    const box = this.svg.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const reach = this.size / 2 + 1;
    return this.units?.find((unit) => Math.abs(unit.x - x) <= reach && Math.abs(unit.y - y) <= reach);
  }

  edgeAt(event) {
    return this.edges?.find((edge) => edge.line === event.target);
  }

  name(unit) {
    const column = this.panel.columns[unit.column];
    return unit.label || `${column.label}, unit ${unit.place + 1}`;
  }

  showCard() {
    const { pointed, frames, i } = this;
    if (pointed.line) {
      const value = frames.get(this.panel.edges.channel, i)[pointed.index];
      this.card.textContent = `${this.name(pointed.from)} → ${this.name(pointed.to)}: weight ${formatNumber(value)}`;
      return;
    }
    const k = this.first[pointed.column] + pointed.place;
    const [low, high] = frames.get(this.panel.ranges, i).subarray(2 * k, 2 * k + 2);
    const bias = pointed.column > 0 ? frames.get(this.panel.biases, i)[k - this.first[1]] : null;
    this.card.textContent =
      `${this.name(pointed)}: ` +
      (bias === null ? "" : `bias ${formatNumber(bias)}, `) +
      `output ${formatNumber(low)} to ${formatNumber(high)} over the map`;
  }

  describe(frames, i) {
    this.body.setAttribute("aria-label", fill(this.panel.alt, frames, i));
  }

  close() {}
}
