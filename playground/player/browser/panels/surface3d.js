// A landscape in space with paths on it. The ground is drawn once for each way it is turned; the paths in every frame.

/** @import { Page, SpaceData, Theme } from "../types.d.ts" */
/** @import { Frames } from "../core/frames.js" */

import { button } from "../shared/widgets.js";
import { fill } from "../shared/format.js";

const TURN = Math.PI / 6; // of one press of a button
const TALL = 0.75; // how high the highest ground stands, the half side of the square being 1
const START = { yaw: -0.65, pitch: 0.62 };
const STEEPEST = 1.35;
const MOST_POINTS = 600;
const LIGHT = [-0.5, -0.35, 0.8];

export class SpacePanel {
  /**
   * @param {SpaceData} panel
   * @param {HTMLElement} element
   * @param {Page} page
   */
  constructor(panel, element, page) {
    this.panel = panel;
    this.page = page;
    this.everyFrame = true;
    /** @type {HTMLElement} */
    this.body = element.querySelector(".panel-body");
    this.body.classList.add("space");
    this.canvas = document.createElement("canvas");
    this.ground = document.createElement("canvas");
    this.body.append(this.canvas);
    this.view = page.kept[`space-${panel.id}`] ??= { ...START };
    const tools = element.querySelector(".panel-tools");
    tools.append(this.turner("↺", "Turn left", TURN), this.turner("↻", "Turn right", -TURN));
    this.listen();
  }

  turner(sign, words, angle) {
    const made = button(sign, `${this.panel.title}: ${words}`, () => this.turn(angle, 0));
    made.dataset.testid = `turn-${this.panel.id}`;
    return made;
  }

  listen() {
    const { body } = this;
    body.onpointerdown = ({ clientX, clientY, pointerId }) => {
      body.setPointerCapture(pointerId);
      this.grip = { x: clientX, y: clientY };
    };
    body.onpointermove = ({ clientX, clientY }) => {
      if (!this.grip) return;
      this.turn((clientX - this.grip.x) * 0.01, (clientY - this.grip.y) * 0.006);
      this.grip = { x: clientX, y: clientY };
    };
    body.onpointerup = body.onpointercancel = () => {
      this.grip = null;
    };
  }

  turn(yaw, pitch) {
    this.view.yaw += yaw;
    this.view.pitch = Math.min(STEEPEST, Math.max(0.12, this.view.pitch + pitch));
    this.drawGround();
    this.page.redraw();
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    const palette = theme.palettes[this.panel.palette];
    this.colors = Array.from({ length: this.panel.bands }, (_, k) =>
      [0, 2, 4].map((at) => parseInt(palette.substr(6 * k + at, 2), 16)),
    );
    this.line = theme.colors.text;
    this.outline = theme.colors.background;
    this.drawGround();
  }

  resize() {
    const scale = window.devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.body;
    if (this.width === clientWidth && this.height === clientHeight) return;
    this.width = clientWidth;
    this.height = clientHeight;
    for (const canvas of [this.canvas, this.ground]) {
      canvas.width = Math.max(1, clientWidth * scale);
      canvas.height = Math.max(1, clientHeight * scale);
      canvas.getContext("2d").setTransform(scale, 0, 0, scale, 0, 0);
    }
    this.drawGround();
    if (this.frames) this.draw(this.frames, this.i);
  }

  /** How places of the box, -1 to 1 each way and 0 to 1 upwards, come onto the canvas: [right, down, away]. */
  projection() {
    const { yaw, pitch } = this.view;
    const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
    const size = Math.min(this.width / 2.95, this.height / (2.3 * sp + 2 * TALL * cp));
    const [middle, down] = [this.width / 2, this.height / 2 + size * 0.5 * TALL * cp];
    return (x, y, z) => {
      const [right, away] = [x * cy - y * sy, x * sy + y * cy];
      const up = away * sp + z * TALL * cp;
      return [middle + size * right, down - size * up, away * cp - z * TALL * sp];
    };
  }

  drawGround() {
    if (!this.colors || !(this.width > 40) || !(this.height > 40)) return;
    const pen = this.ground.getContext("2d");
    pen.clearRect(0, 0, this.width, this.height);
    const project = this.projection();
    this.drawAxes(pen, project);
    const { rows, range } = this.panel.heights;
    const last = rows.length - 1;
    const share = (z) => (z - range[0]) / (range[1] - range[0] || 1);
    const at = (row, k) => [(2 * k) / last - 1, (2 * row) / last - 1, share(rows[row][k])];
    const cells = [];
    for (let row = 0; row < last; row++)
      for (let k = 0; k < last; k++) {
        const corners = [at(row, k), at(row, k + 1), at(row + 1, k + 1), at(row + 1, k)];
        const seen = corners.map((corner) => project(...corner));
        cells.push({ corners, seen, away: seen.reduce((sum, place) => sum + place[2], 0) });
      }
    cells.sort((a, b) => b.away - a.away);
    for (const { corners, seen } of cells) this.drawCell(pen, corners, seen, last);
  }

  drawCell(pen, corners, seen, last) {
    const height = corners.reduce((sum, corner) => sum + corner[2], 0) / 4;
    const side = 2 / last;
    const slopes = [corners[1][2] - corners[0][2], corners[3][2] - corners[0][2]].map((rise) => (-rise * TALL) / side);
    const light =
      (slopes[0] * LIGHT[0] + slopes[1] * LIGHT[1] + LIGHT[2]) / Math.hypot(...slopes, 1) / Math.hypot(...LIGHT);
    const place = Math.max(0, Math.min(1, height)) * (this.panel.bands - 1);
    const [below, above] = [this.colors[Math.floor(place)], this.colors[Math.ceil(place)]];
    const shade = 0.78 + 0.3 * Math.max(0, light);
    pen.fillStyle =
      pen.strokeStyle = `rgb(${below.map((part, k) => Math.min(255, Math.round((part + (place % 1) * (above[k] - part)) * shade))).join(",")})`;
    pen.lineWidth = 0.8; // closes the seams between cells
    pen.beginPath();
    for (const [right, down] of seen) pen.lineTo(right, down);
    pen.closePath();
    pen.fill();
    pen.stroke();
  }

  /** The square below, and what lies along its sides. */
  drawAxes(pen, project) {
    const [x, y, z] = this.panel.axes;
    const corners = [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ].map(([a, b]) => project(a, b, 0));
    pen.strokeStyle = pen.fillStyle = this.line;
    pen.globalAlpha = 0.35;
    pen.lineWidth = 1;
    pen.beginPath();
    for (const [right, down] of corners) pen.lineTo(right, down);
    pen.closePath();
    pen.stroke();
    pen.globalAlpha = 0.8;
    pen.font = "12px Source Sans, system-ui, sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const nearest = (a, b) => (project(...a, 0)[2] < project(...b, 0)[2] ? a : b);
    const write = (words, place) => pen.fillText(words, ...project(...place, 0).slice(0, 2));
    const side = (axis, words, value) => {
      const places = [-1.17, 1.17].map((edge) => (axis === "x" ? [value, edge] : [edge, value]));
      write(words, nearest(...places));
    };
    for (const [axis, name] of [
      ["x", x],
      ["y", y],
    ]) {
      const [low, high] = this.panel.range[axis];
      side(axis, name, 0);
      side(axis, short(low), -0.94);
      side(axis, short(high), 0.94);
    }
    pen.textAlign = "left";
    pen.fillText(`↑ ${z}`, 8, 12);
    pen.globalAlpha = 1;
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  draw(frames, i) {
    this.frames = frames;
    this.i = i;
    if (!this.colors || !(this.width > 40)) return;
    const pen = this.canvas.getContext("2d");
    pen.clearRect(0, 0, this.width, this.height);
    pen.drawImage(this.ground, 0, 0, this.width, this.height);
    const project = this.projection();
    const chosen = frames.sample(i, MOST_POINTS);
    for (const path of this.panel.paths) this.drawPath(pen, this.places(path, frames, chosen, project), path);
  }

  /** Where a path was at the chosen frames; null where it cannot be seen. */
  places(path, frames, chosen, project) {
    const { range, heights } = this.panel;
    const within = (value, [low, high]) => (value - low) / (high - low || 1);
    return chosen.map((k) => {
      const z = frames.number(path.z, k);
      if (!Number.isFinite(z)) return null;
      const [x, y] = ["x", "y"].map((axis) => 2 * within(frames.number(path[axis], k), range[axis]) - 1);
      return project(x, y, Math.min(1.02, within(z, heights.range)));
    });
  }

  drawPath(pen, places, { color, mark }) {
    pen.strokeStyle = color;
    pen.lineWidth = 2.2;
    pen.lineJoin = "round";
    pen.beginPath();
    let drawing = false;
    for (const place of places) {
      if (place && drawing) pen.lineTo(place[0], place[1]);
      else if (place) pen.moveTo(place[0], place[1]);
      drawing = Boolean(place);
    }
    pen.stroke();
    const head = places.at(-1);
    if (!head) return;
    pen.font = "17px system-ui, sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.lineWidth = 3;
    pen.strokeStyle = this.outline;
    pen.strokeText(mark, head[0], head[1]);
    pen.fillStyle = color;
    pen.fillText(mark, head[0], head[1]);
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  describe(frames, i) {
    this.body.setAttribute("aria-label", fill(this.panel.alt, frames, i));
  }
}

function short(value) {
  return String(Number(value.toPrecision(2))).replace("-", "−");
}
