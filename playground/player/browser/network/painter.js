// The picture of the network on one canvas: edges, maps, outlines, marks, shortcuts, and the drawings of activations.

/** @import { Theme } from "../types.d.ts" */
/** @import { NetworkModel } from "./model.js" */

import { ends as endsOf } from "./layout.js";
import { DEAD, SATURATED } from "./model.js";
import { Raster } from "../shared/raster.js";
import { pixels } from "../shared/theme.js";

const WIDEST = 8;
const SMALL = 10; // maps smaller than this carry thinner marks
const DECADES = 4; // of gradients: a weight whose gradient is 10^-4 of the largest is drawn thinnest
const LOW = -1.25; // the drawings of activations reach from LOW to HIGH
const HIGH = 1.5;

export class NetworkPainter {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {NetworkModel} model
   */
  constructor(canvas, model) {
    this.canvas = canvas;
    this.model = model;
    const [rows, columns] = model.panel.maps.shape;
    this.atlas = new Raster(columns, rows * model.count);
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.colors = theme.colors;
    this.table = pixels(theme.palettes[this.model.panel.maps.palette]);
  }

  setLayout(layout, width, height) {
    this.layout = layout;
    this.ratio = window.devicePixelRatio || 1;
    this.canvas.width = width * this.ratio;
    this.canvas.height = height * this.ratio;
    this.routes = []; // the path of each edge, kept while it joins the same units
    this.curves = layout.columns.map(({ chart }, c) => chart && this.curvesIn(chart, this.model.columns[c].activation));
  }

  /** now: numbers of a frame, see NetworkModel.at; kind: "weights" or "gradients"; pointed: { unit } or { from, to }. */
  paint(now, kind, pointed) {
    const context = this.canvas.getContext("2d");
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.paintShortcuts(context);
    this.paintEdges(context, now, kind, pointed);
    this.atlas.paint(now.maps, this.table);
    this.paintMaps(context);
    this.paintMarks(context, now.marks);
    this.paintBiases(context, now.biases);
    this.paintCharts(context, now.sums);
    if (pointed?.unit >= 0) this.outline(context, this.layout.units[pointed.unit], 2);
    context.globalAlpha = 1;
  }

  paintEdges(context, { ends, weights, gradients }, kind, pointed) {
    const values = kind === "gradients" ? gradients : weights;
    const largest = kind === "gradients" ? values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) : 1;
    this.largest = largest;
    context.lineCap = "butt";
    for (let e = 0; e < values.length; e++) {
      const [from, to] = [ends[2 * e], ends[2 * e + 1]];
      const chosen = pointed?.from === from && pointed?.to === to;
      this.setStroke(context, values[e], kind, largest, chosen);
      context.stroke(this.route(e, from, to));
    }
  }

  setStroke(context, value, kind, largest, chosen) {
    const size = Math.abs(value);
    const share = this.logShare(size, largest);
    const gradient = kind === "gradients";
    const width = gradient ? 0.3 + 4.7 * share * share : Math.min(WIDEST, 0.4 + 1.6 * size);
    context.strokeStyle = value < 0 ? this.colors.negative : this.colors.positive;
    context.lineWidth = width + (chosen ? 2 : 0);
    context.globalAlpha = chosen ? 1 : Math.min(0.95, gradient ? 0.1 + 0.75 * share * share : 0.12 + 0.55 * size);
  }

  /** 1 for the largest gradient, 0 for one that is DECADES smaller. */
  logShare(size, largest) {
    return size > 0 ? Math.min(1, Math.max(0, 1 + Math.log10(size / largest) / DECADES)) : 0;
  }

  route(e, from, to) {
    const known = this.routes[e];
    if (known?.from === from && known.to === to) return known.path;
    const { x0, y0, x1, y1 } = endsOf(this.layout.units[from], this.layout.units[to]);
    const path = new Path2D();
    const middle = (x0 + x1) / 2;
    path.moveTo(x0, y0);
    path.bezierCurveTo(middle, y0, middle, y1, x1, y1);
    this.routes[e] = { from, to, path };
    return path;
  }

  paintMaps(context) {
    const [rows, columns] = this.model.panel.maps.shape;
    context.globalAlpha = 1;
    this.layout.units.forEach(({ x, y, size }, k) => {
      context.imageSmoothingEnabled = size * this.ratio > 10;
      context.drawImage(this.atlas.canvas, 0, k * rows, columns, rows, x - size / 2, y - size / 2, size, size);
    });
  }

  /** The map of one unit on another canvas. */
  enlarge(k, canvas) {
    const [rows, columns] = this.model.panel.maps.shape;
    const context = canvas.getContext("2d");
    context.drawImage(this.atlas.canvas, 0, k * rows, columns, rows, 0, 0, canvas.width, canvas.height);
  }

  /** Outlines: plain, dashed where a unit is saturated; a dead one is grey and crossed out. */
  paintMarks(context, marks) {
    const { units } = this.layout;
    const small = units[this.model.first[1]].size < SMALL;
    const dead = units.filter((_, k) => marks[k] === DEAD);
    const saturated = units.filter((_, k) => marks[k] === SATURATED);
    context.strokeStyle = this.colors.text;
    context.lineWidth = 1;
    context.globalAlpha = 0.5;
    const plain = units.filter((_, k) => !marks[k]);
    this.strokeBoxes(
      context,
      plain.filter(({ size }) => size >= SMALL),
    );
    context.globalAlpha = 0.3;
    context.lineWidth = 0.6;
    this.strokeBoxes(
      context,
      plain.filter(({ size }) => size < SMALL),
    );
    context.globalAlpha = small ? 0.75 : 1;
    context.lineWidth = small ? 0.8 : 1.6;
    context.setLineDash(small ? [2, 1.5] : [3, 2.5]);
    this.strokeBoxes(context, saturated);
    context.setLineDash([]);
    if (dead.length) this.paintDead(context, dead, small);
  }

  paintDead(context, units, small) {
    context.beginPath();
    for (const { x, y, size } of units) context.rect(x - size / 2, y - size / 2, size, size);
    context.fillStyle = this.colors.dead;
    context.globalAlpha = 0.8;
    context.fill();
    context.globalAlpha = small ? 0.6 : 0.9;
    context.lineWidth = small ? 0.7 : 1.2;
    if (!small) context.stroke();
    context.beginPath();
    for (const { x, y, size } of units) {
      const half = size / 2 - Math.min(3, size / 6);
      context.moveTo(x - half, y - half);
      context.lineTo(x + half, y + half);
      context.moveTo(x + half, y - half);
      context.lineTo(x - half, y + half);
    }
    context.stroke();
  }

  strokeBoxes(context, units) {
    if (!units.length) return;
    context.beginPath();
    for (const { x, y, size } of units)
      context.roundRect(x - size / 2, y - size / 2, size, size, Math.min(3, size / 6));
    context.stroke();
  }

  outline(context, unit, width) {
    context.globalAlpha = 1;
    context.strokeStyle = this.colors.text;
    context.lineWidth = width;
    this.strokeBoxes(context, [unit]);
  }

  /** A small square at a unit's lower left corner, coloured by its bias. */
  paintBiases(context, biases) {
    const start = this.model.first[1];
    context.lineWidth = 0.7;
    context.strokeStyle = this.colors.text;
    biases.forEach((bias, n) => {
      const { x, y, size } = this.layout.units[start + n];
      if (size < 16) return;
      const side = size < 24 ? 4 : 5.5;
      const [left, top] = [x - size / 2 - side / 2, y + size / 2 - side / 2];
      context.globalAlpha = Math.min(1, 0.15 + 0.85 * Math.abs(bias));
      context.fillStyle = bias < 0 ? this.colors.negative : this.colors.positive;
      context.fillRect(left, top, side, side);
      context.globalAlpha = 0.45;
      context.strokeRect(left, top, side, side);
    });
  }

  /** A shortcut is an arc over the top, from a column to the one after it, which adds what comes in by it. */
  paintShortcuts(context) {
    const { columns, units, first } = this.layout;
    context.strokeStyle = context.fillStyle = this.colors.text;
    context.lineWidth = 1.6;
    context.globalAlpha = 0.55;
    for (const c of this.model.panel.shortcuts) {
      const [from, to] = [units[first[c - 1]], units[first[c]]];
      const [x0, x1] = [columns[c - 1].x + 3, columns[c].x - 3];
      const [y0, y1] = [from.y - from.size / 2 - 2, to.y - to.size / 2 - 2];
      const top = Math.max(this.layout.top - 15, Math.min(y0, y1) - 22);
      context.beginPath();
      context.moveTo(x0, y0);
      context.bezierCurveTo(x0 + 4, top, x1 - 4, top, x1, y1);
      context.stroke();
      context.beginPath();
      context.moveTo(x1 + 1, y1 + 1);
      context.lineTo(x1 - 5, y1 - 4);
      context.lineTo(x1 + 2, y1 - 6);
      context.fill();
    }
  }

  /** f and f' of an activation in a box, as paths. */
  curvesIn({ x, y, width, height }, name) {
    const { value, slope } = this.model.panel.curves[name];
    const path = (values) => {
      const made = new Path2D();
      values.forEach((each, k) => {
        const level = (Math.min(HIGH, Math.max(LOW, each)) - LOW) / (HIGH - LOW);
        made.lineTo(x + (k / (values.length - 1)) * width, y + (1 - level) * height);
      });
      return made;
    };
    return { value: path(value), slope: path(slope) };
  }

  paintCharts(context, sums) {
    const { bins, levels } = this.model.panel.sums;
    this.layout.columns.forEach(({ chart }, c) => {
      if (!chart) return;
      const { x, y, width, height } = chart;
      context.fillStyle = context.strokeStyle = this.colors.text;
      context.globalAlpha = 0.06;
      context.fillRect(x, y, width, height);
      context.globalAlpha = 0.28;
      for (let k = 0; k < bins; k++) {
        const tall = (sums[(c - 1) * bins + k] / levels) * height;
        context.fillRect(x + (k / bins) * width, y + height - tall, width / bins, tall);
      }
      context.globalAlpha = 0.25;
      context.lineWidth = 0.8;
      context.strokeRect(x, y + (HIGH / (HIGH - LOW)) * height, width, 0);
      context.globalAlpha = 0.95;
      context.lineWidth = 1.6;
      context.stroke(this.curves[c].value);
      context.setLineDash([3, 2]);
      context.lineWidth = 1.2;
      context.strokeStyle = this.colors.positive;
      context.stroke(this.curves[c].slope);
      context.setLineDash([]);
    });
  }
}
