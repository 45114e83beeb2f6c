// The decision boundary: a figure whose surface can be seen in several ways, with marks over its points.

import { FigurePanel } from "./figure_panel.js";
import { pixels } from "./theme.js";
import { button, select } from "./widgets.js";

export class BoundaryPanel extends FigurePanel {
  constructor(panel, element, plotly, page) {
    super(panel, element, plotly, page);
    this.points = panel.points;
    this.marks = document.createElement("canvas");
    this.marks.className = "marks";
    this.body.append(this.marks);
    this.addTools(element.querySelector(".panel-tools"));
  }

  addTools(tools) {
    const { view, choose } = this.page;
    const { choices } = this.panel;
    if (!choices) return;
    const { surfaces, pointSets } = choices;
    const hidden = view.hide ?? [];
    if (surfaces.length > 1 && !hidden.includes("discretize")) {
      tools.append(
        select("view-surface", "What the colours of the plane show", surfaces, view.surface, (name) => {
          choose("surface", name);
          this.setTheme(this.theme);
          this.page.redraw();
        }),
      );
    }
    if (!hidden.includes("showTestData")) tools.append(
      select("view-points", "Points shown", pointSets, view.points, (name) => {
        choose("points", name);
        this.relayout();
        this.page.redraw();
      }),
    );
    if (this.panel.mistakes) {
      const mistakes = button("mistakes", "Mark the points that are classified wrongly now", () => {
        choose("mistakes", !view.mistakes);
        mistakes.setAttribute("aria-pressed", String(view.mistakes));
        this.page.redraw();
      });
      mistakes.dataset.testid = "view-mistakes";
      mistakes.setAttribute("aria-pressed", String(view.mistakes));
      tools.append(mistakes);
    }
  }

  setTheme(theme) {
    super.setTheme(theme);
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
  }

  draw(frames, i) {
    super.draw(frames, i);
    this.drawMarks(frames, i);
  }

  /** Rings around points: mistakes, and after a single update the points of its batch. */
  drawMarks(frames, i) {
    const context = this.marks.getContext("2d");
    context.clearRect(0, 0, this.marks.width, this.marks.height);
    if (this.page.view.mistakes && this.panel.mistakes) {
      this.ring(context, frames.get(this.panel.mistakes, i), this.theme.colors.text, 7);
    }
  }

  ring(context, flags, colour, radius) {
    const ratio = window.devicePixelRatio || 1;
    const { x, y, sets } = this.points;
    const shown = this.page.view.points;
    const [low, high] = this.panel.figure.layout.xaxis.range;
    const scale = this.marks.width / (high - low);
    context.strokeStyle = colour;
    context.lineWidth = 1.8 * ratio;
    context.beginPath();
    for (let k = 0; k < flags.length; k++) {
      if (!flags[k] || (shown !== "both" && shown !== sets[k])) continue;
      const [px, py] = [(x[k] - low) * scale, (high - y[k]) * scale];
      context.moveTo(px + radius * ratio, py);
      context.arc(px, py, radius * ratio, 0, 2 * Math.PI);
    }
    context.stroke();
  }
}
