// A landscape in space with paths on it. The ground is drawn once for each way it is turned; the paths in every frame.

/** @import { Page, SpaceData, Theme } from "../types.d.ts" */
/** @import { Frames } from "../core/frames.js" */

import { brightness, cellsOf, projection } from "./projection.js";
import { button } from "../shared/widgets.js";
import { fill, formatShort } from "../shared/format.js";
import { _ } from "../shared/text.js";

const TURN = Math.PI / 6; // of one press of a button
const START = { yaw: -0.65, pitch: 0.62 };
const STEEPEST = 1.35;
const MOST_POINTS = 600;

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
    const [left, right] = [
      _("{panel}: Turn left", { panel: panel.title }),
      _("{panel}: Turn right", { panel: panel.title }),
    ];
    tools.append(this.turner("↺", left, TURN), this.turner("↻", right, -TURN));
    this.listen();
  }

  turner(sign, label, angle) {
    const made = button(sign, label, () => this.turn(angle, 0));
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

  drawGround() {
    if (!this.colors || !(this.width > 40) || !(this.height > 40)) return;
    const pen = this.ground.getContext("2d");
    pen.clearRect(0, 0, this.width, this.height);
    const project = projection(this.view, this.width, this.height);
    this.drawAxes(pen, project);
    const { heights } = this.panel;
    const side = 2 / (heights.rows.length - 1);
    for (const { corners, seen } of cellsOf(heights, project)) this.drawCell(pen, corners, seen, side);
  }

  drawCell(pen, corners, seen, side) {
    const height = corners.reduce((sum, corner) => sum + corner[2], 0) / 4;
    const place = Math.max(0, Math.min(1, height)) * (this.panel.bands - 1);
    const [below, above] = [this.colors[Math.floor(place)], this.colors[Math.ceil(place)]];
    const shade = brightness(corners, side);
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
      side(axis, formatShort(low, 2), -0.94);
      side(axis, formatShort(high, 2), 0.94);
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
    const project = projection(this.view, this.width, this.height);
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
