// Earlier branches: the curves of what was seen before a change, kept beside those of the run that goes on.

/** @import { FigureData } from "../types.d.ts" */
/** @import { Frames } from "./frames.js" */

import { _ } from "../shared/text.js";

const MOST = 3;
const POINTS = 300;

export class Earlier {
  constructor() {
    /** @type {{ label: string, numbers: Record<string, number[]> }[]} */
    this.branches = [];
  }

  /**
   * Keeps frames from..to of a run that is about to be left, under a label that says what was different.
   * @param {Frames} frames
   * @param {number} from
   * @param {number} to
   * @param {string} label
   */
  keep(frames, from, to, label) {
    if (to <= from) return;
    const chosen = frames.sample(to, POINTS).filter((i) => i >= from);
    /** @type {Earlier["branches"][number]} */
    const branch = { label, numbers: {} };
    for (const [name, { size }] of frames.channels) {
      if (size === 1) branch.numbers[name] = chosen.map((i) => frames.number(name, i));
    }
    this.branches = [...this.branches, branch].slice(-MOST);
  }

  clear() {
    this.branches = [];
  }

  /**
   * Traces like those of a figure's curves, faint and dotted.
   * @param {FigureData} panel
   */
  traces(panel) {
    return this.branches.flatMap(({ label, numbers }) =>
      panel.bindings
        .filter(({ takes }) => takes.y?.how === "series" && takes.x?.how === "series" && takes.y.channel in numbers)
        .map(({ trace, takes }) => {
          const like = panel.figure.data[trace];
          return {
            ...like,
            name: _("{curve} before: {change}", { curve: like.name ?? "", change: label }),
            x: numbers.progress,
            y: numbers[takes.y.channel],
            line: { ...like.line, width: 1.3, dash: "dot" },
            opacity: 0.55,
            hoverinfo: "skip",
            hovertemplate: undefined,
          };
        }),
    );
  }
}
