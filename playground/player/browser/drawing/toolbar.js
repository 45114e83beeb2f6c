// The row of drawing tools: brushes, rubber, hand, and the way back.

/** @import { DrawStep, Drawing } from "../types.d.ts" */

import { actOnPress, button, make, select } from "../shared/widgets.js";
import { formatNumber } from "../shared/format.js";
import { _ } from "../shared/text.js";

const ROOM = 84; // px for the tools beside the square
const VALUES = [-1, -0.5, 0, 0.5, 1]; // of the brushes for a regression

/** @type {WeakMap<Element, { name: string, y?: number }>} */
const toolOf = new WeakMap(); // of each button that takes a tool

/** What the brush of a value is called. */
function ofValue(y) {
  const value = formatNumber(y);
  return _("Brush: points of the value {value}. Press and drag over the plane; press here again to put it away", {
    value,
  });
}

/** What the brush of a class is called. */
function ofClass(label) {
  return _("Brush: points of class {label}. Press and drag over the plane; press here again to put it away", { label });
}

export class BrushRow {
  /** take(tool): a tool, { name, y }, or null to put it away; step(tool): a command. */
  constructor({ take, step, colour }) {
    this.take = take;
    this.step = step;
    this.colour = colour;
    this.element = make("div", "brushes");
    this.element.dataset.testid = "brushes";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", _("Drawing tools"));
    this.brushes = make("span", "brush-set");
    this.tools = make("span", "brush-set");
    this.element.append(this.brushes, this.tools);
    this.buildTools();
  }

  buildTools() {
    const recolour = _("Recolour: press on a point to give it the next class");
    this.erase = this.tool(_("erase"), _("Rubber: press and drag over points"), { name: "erase" });
    this.move = this.tool(_("move"), _("Move a point: press on it and drag"), { name: "move" });
    this.relabel = this.tool(_("recolour"), recolour, { name: "relabel" });
    this.undo = this.command("↶", _("Undo"), "undo");
    this.redo = this.command("↷", _("Redo"), "redo");
    this.clear = this.command(_("clear"), _("Erase all points"), "clear");
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
      ? VALUES.map((y) => this.brush(y, ofValue(y)))
      : labels.map((label, y) => this.brush(y, ofClass(label)));
    if (!regression && labels.length < limits.classes) made.push(this.command("+", _("Add a class"), "class"));
    this.brushes.replaceChildren(...made);
    this.relabel.hidden = regression;
    this.menu.replaceChildren(this.startMenu(source));
  }

  brush(y, label) {
    const made = this.tool("", label, { name: "draw", y });
    made.className = "brush";
    return made;
  }

  startMenu(source) {
    /** @type {[string, string][]} */
    const options = [
      ["", _("New …")],
      ["take", _("from {source}", { source })],
      ["example", _("from an example")],
      ["classes", _("empty, with classes")],
      ["values", _("empty, with values")],
    ];
    const help = _("Start again with other points; undo leads back");
    const menu = select("brush-start", help, options, "", (name) => {
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
