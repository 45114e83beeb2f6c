// What the network's channels say: which unit is which, which edges there are, and their numbers in a frame.

/** @import { NetworkData } from "../types.d.ts" */
/** @import { Frames } from "../core/frames.js" */

import { distance } from "./layout.js";
import { formatNumber } from "../shared/format.js";
import { _ } from "../shared/text.js";

export const [FINE, SATURATED, DEAD] = [0, 1, 2]; // of `unit_saturation` in playground/probes

/**
 * What a mark means; "" of a unit that is fine.
 * @param {number} mark
 */
function markWords(mark) {
  if (mark === SATURATED) return _("saturated: flat at nearly all training points");
  return mark === DEAD ? _("dead: 0 at every training point, so it learns no more") : "";
}

export class NetworkModel {
  /** @param {NetworkData} panel */
  constructor(panel) {
    this.panel = panel;
    this.columns = panel.columns;
    this.sizes = panel.columns.map(({ units }) => units.length);
    this.first = this.sizes.map((_, c) => this.sizes.slice(0, c).reduce((sum, n) => sum + n, 0));
    this.count = this.sizes.reduce((sum, n) => sum + n, 0);
    this.ends = panel.edges.kind === "all" ? this.allEnds() : null;
  }

  /** Pairs of unit numbers in the order of the weights. */
  allEnds() {
    const ends = [];
    for (const { column, inputs, outputs } of this.panel.edges.layers) {
      for (let i = 0; i < inputs; i++) {
        for (let j = 0; j < outputs; j++) ends.push(this.first[column] + i, this.first[column + 1] + j);
      }
    }
    return Int32Array.from(ends);
  }

  /** The column of a unit, counted from 0, and its place there. */
  locate(k) {
    const column = this.first.findLastIndex((first) => first <= k);
    return { column, place: k - this.first[column] };
  }

  name(k) {
    const { column, place } = this.locate(k);
    const { label, units } = this.columns[column];
    return units[place] || _("{layer}, unit {n}", { layer: label, n: place + 1 });
  }

  /**
   * The numbers of frame i that edges and units are drawn with. kind: what the edges show, as they may be others.
   * @param {Frames} frames
   * @param {number} i
   * @param {string} kind
   */
  at(frames, i, kind) {
    const { panel } = this;
    const { weights, gradients, ends } = panel.edges.lists[kind];
    return {
      weights: frames.get(weights, i),
      gradients: frames.get(gradients, i),
      ends: this.ends ?? frames.get(ends, i),
      biases: frames.get(panel.biases, i),
      ranges: frames.get(panel.ranges, i),
      marks: frames.get(panel.marks, i),
      maps: frames.get(panel.maps.channel, i),
      sums: frames.get(panel.sums.channel, i),
    };
  }

  /** A unit's bias; null for an input, which has none. */
  bias({ biases }, k) {
    return k < this.first[1] ? null : biases[k - this.first[1]];
  }

  /** The place of the edge between two units in the lists of a frame; -1 if it is not among those shown. */
  edge({ ends }, from, to) {
    for (let e = 0; e < ends.length / 2; e++) if (ends[2 * e] === from && ends[2 * e + 1] === to) return e;
    return -1;
  }

  /** The edges shown that lead into a unit. */
  incoming({ ends }, k) {
    const found = [];
    for (let e = 0; e < ends.length / 2; e++) if (ends[2 * e + 1] === k) found.push({ from: ends[2 * e], edge: e });
    return found;
  }

  unitAt(units, x, y) {
    return units.findIndex((unit) => Math.max(Math.abs(unit.x - x), Math.abs(unit.y - y)) <= unit.size / 2 + 2);
  }

  /** The nearest edge to a point, as { from, to }; null if none is within reach. */
  edgeAt({ ends }, units, x, y, reach) {
    let [best, nearest] = [null, reach];
    for (let e = 0; e < ends.length; e += 2) {
      const away = distance(units[ends[e]], units[ends[e + 1]], x, y);
      if (away < nearest) [best, nearest] = [{ from: ends[e], to: ends[e + 1] }, away];
    }
    return best;
  }

  /** [label, text] pairs for a unit's card. */
  unitWords(now, k) {
    const words = [];
    const { bias, range, mark } = this.numbers(now, k);
    if (bias !== null) words.push([_("bias"), bias]);
    words.push([_("over the map"), _("{low} to {high}", range)]);
    if (mark) words.push(["", mark]);
    return words;
  }

  /** What a unit's card says: its bias, what it gives over the map, and what it is marked as. */
  numbers(now, k) {
    const bias = this.bias(now, k);
    return {
      bias: bias === null ? null : formatNumber(bias),
      range: { low: formatNumber(now.ranges[2 * k]), high: formatNumber(now.ranges[2 * k + 1]) },
      mark: markWords(now.marks[k]),
    };
  }

  edgeWords(now, { from, to }) {
    const e = this.edge(now, from, to);
    if (e < 0) return [["", _("no longer among the edges shown")]];
    return [
      [_("weight"), formatNumber(now.weights[e])],
      [_("gradient"), formatNumber(now.gradients[e])],
    ];
  }

  /** One sentence for readers of the screen. */
  say(now, k) {
    const { bias, range, mark } = this.numbers(now, k);
    const words = [_("over the map {low} to {high}", range)];
    if (bias !== null) words.unshift(_("bias {bias}", { bias }));
    if (mark) words.push(mark);
    return _("{unit}: {numbers}", { unit: this.name(k), numbers: words.join(", ") });
  }
}
