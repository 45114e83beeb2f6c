// Drawing by keyboard: with a tool taken, the plane can be reached by Tab. Arrows move the brush, Space presses it
// once, Enter begins a stroke and ends it.

/** @import { Brush } from "./brush.js" */

import { formatShort } from "../shared/format.js";
import { _ } from "../shared/text.js";

const STEP = 0.25; // of the plane
const FAR = 4; // times as far with Shift
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const help = () =>
  _("Arrows move the brush, with Shift further; Space presses it once, Enter begins and ends a stroke.");

export class BrushKeys {
  /** @param {Brush} brush */
  constructor(brush) {
    this.brush = brush;
    this.place = [0, 0];
    const { stage } = brush;
    stage.setAttribute("role", "application");
    stage.addEventListener("keydown", (event) => this.onKey(event));
    stage.addEventListener("focus", () => this.enter());
    stage.addEventListener("blur", () => brush.drop());
    stage.addEventListener("mousedown", (event) => event.preventDefault()); // the mouse needs no focus to draw
  }

  /** on: whether there is a tool to draw with. */
  offer(on) {
    this.brush.stage.tabIndex = on ? 0 : -1;
    this.describe();
  }

  enter() {
    this.go([0, 0]);
    this.brush.page.say(help());
  }

  onKey(event) {
    const { brush } = this;
    if (event.ctrlKey || event.metaKey || event.altKey || !brush.tool) return;
    if (event.key in WAYS) this.go(WAYS[event.key].map((way) => way * STEP * (event.shiftKey ? FAR : 1)));
    else if (event.key === "Escape" && brush.path) brush.drop();
    else if (event.key === " " && !event.repeat) this.press();
    else if (event.key === "Enter" && !event.repeat) brush.path ? brush.finish() : brush.start(this.place);
    else return;
    event.preventDefault();
  }

  press() {
    if (!this.brush.path) this.brush.start(this.place);
    this.brush.finish();
  }

  go([dx, dy]) {
    const { brush } = this;
    const inside = (value) => Math.min(brush.high, Math.max(brush.low, value));
    this.place = [inside(this.place[0] + dx), inside(this.place[1] + dy)];
    if (brush.path) brush.extend(this.place);
    brush.point(this.place);
    this.describe();
  }

  describe() {
    const [x, y] = this.place.map((value) => formatShort(value));
    const words = _("The plane, brush at {x}, {y}. {help}", { x, y, help: help() });
    this.brush.stage.setAttribute("aria-label", words);
  }
}
