// The row of drawing tools: brushes, rubber, hand, and the way back.

/** @import { DrawStep, Drawing } from "../types.d.ts" */

import { actOnPress, button, make, select } from "../shared/widgets.js";
import { formatNumber } from "../shared/format.js";

const ROOM = 84; // px for the tools beside the square
const VALUES = [-1, -0.5, 0, 0.5, 1]; // of the brushes for a regression

/** @type {WeakMap<Element, { name: string, y?: number }>} */
const toolOf = new WeakMap(); // of each button that takes a tool

export class BrushRow {
  /** take(tool): a tool, { name, y }, or null to put it away; step(tool): a command. */
  constructor({ take, step, colour }) {
    this.take = take;
    this.step = step;
    this.colour = colour;
    this.element = make("div", "brushes");
    this.element.dataset.testid = "brushes";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", "Drawing tools");
    this.brushes = make("span", "brush-set");
    this.tools = make("span", "brush-set");
    this.element.append(this.brushes, this.tools);
    this.buildTools();
  }

  buildTools() {
    const hand = "Move a point: press on it and drag";
    this.erase = this.tool("erase", "Rubber: press and drag over points", { name: "erase" });
    this.move = this.tool("move", hand, { name: "move" });
    this.relabel = this.tool("recolour", "Recolour: press on a point to give it the next class", { name: "relabel" });
    this.undo = this.command("↶", "Undo", "undo");
    this.redo = this.command("↷", "Redo", "redo");
    this.clear = this.command("clear", "Erase all points", "clear");
    this.menu = make("span", "brush-menu");
    this.tools.append(this.erase, this.move, this.relabel, this.undo, this.redo, this.clear, this.menu);
  }

  tool(text, label, tool) {
    const made = button(text, label, () => this.take(this.isTaken(tool) ? null : tool));
    made.dataset.testid = `brush-${tool.name}${tool.y ?? ""}`;
    toolOf.set(made, tool);
    return made;
  }

  command(text, label, name) {
    const made = button(text, label, null);
    actOnPress(made, () => this.step(name));
    made.dataset.testid = `brush-${name}`;
    return made;
  }

  /** @param {{ name: string, y?: number }} tool */
  isTaken({ name, y }) {
    return this.taken?.name === name && this.taken.y === y;
  }

  /** Follows the points. known: as the server has them; busy: steps are on their way. */
  show(known, taken, busy) {
    this.taken = taken;
    this.element.hidden = !known.active;
    const shape = JSON.stringify([known.task, known.labels, known.source]);
    if (shape !== this.shape) this.build(known);
    this.shape = shape;
    this.undo.disabled = !known.undo && !busy;
    this.redo.disabled = !known.redo;
    for (const each of this.element.querySelectorAll("button")) {
      const tool = toolOf.get(each);
      if (tool) each.setAttribute("aria-pressed", String(this.isTaken(tool)));
    }
    this.paint();
  }

  build({ task, labels, source, limits }) {
    const regression = task === "regression";
    const made = regression
      ? VALUES.map((y) => this.brush(y, `Brush: points of the value ${formatNumber(y)}`))
      : labels.map((label, y) => this.brush(y, `Brush: points of class ${label}`));
    if (!regression && labels.length < limits.classes) made.push(this.command("+", "Add a class", "class"));
    this.brushes.replaceChildren(...made);
    this.relabel.hidden = regression;
    this.menu.replaceChildren(this.startMenu(source));
  }

  brush(y, label) {
    const made = this.tool("", `${label}. Press and drag over the plane; press here again to put it away`, {
      name: "draw",
      y,
    });
    made.className = "brush";
    return made;
  }

  startMenu(source) {
    /** @type {[string, string][]} */
    const options = [
      ["", "New …"],
      ["take", `from ${source}`],
      ["example", "from an example"],
      ["classes", "empty, with classes"],
      ["values", "empty, with values"],
    ];
    const menu = select("brush-start", "Start again with other points; undo leads back", options, "", (name) => {
      menu.selectedIndex = 0;
      if (name) this.step(name);
    });
    return menu;
  }

  /** Where a wide panel has room beside its square, the tools stand there, so that the square can be larger. */
  stand(panel, body) {
    const beside = panel.classList.contains("beside");
    const height = body.clientHeight + (beside ? 0 : this.element.offsetHeight);
    panel.classList.toggle("beside", (body.clientWidth - height) / 2 >= ROOM);
  }

  /** The colours of the brushes; again for another theme. */
  paint() {
    for (const each of this.brushes.querySelectorAll("button")) {
      if (toolOf.has(each)) each.style.setProperty("--brush", this.colour(toolOf.get(each).y));
    }
  }
}
