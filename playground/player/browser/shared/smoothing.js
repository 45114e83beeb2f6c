// Smooth curves: an exponential moving average over the frames, and the curve as measured faint behind it.

/** @import { Trace2D } from "../types.d.ts" */
/** @import { Frames } from "../core/frames.js" */

import { _ } from "./text.js";

const KEEP = 0.9; // of the mean before, at each frame: about the last ten frames count

/**
 * The averages of a number channel at the chosen frames, over all frames up to each of them. The first frames count
 * in full: a mean of few values is divided by what their weights sum to (Kingma and Ba 2015).
 * @param {Frames} frames
 * @param {string} channel
 * @param {number[]} chosen
 */
export function smoothed(frames, channel, chosen) {
  const found = [];
  let [sum, weight, next] = [0, 0, 0];
  for (const last of chosen) {
    for (; next <= last; next++) {
      sum = KEEP * sum + (1 - KEEP) * frames.number(channel, next);
      weight = KEEP * weight + (1 - KEEP);
    }
    found.push(sum / weight);
  }
  return found;
}

/**
 * A trace like this one for the values as they were measured.
 * @param {Trace2D} trace
 */
export function faint(trace) {
  return {
    ...trace,
    name: _("{curve}, raw", { curve: trace.name ?? "" }),
    zorder: -1,
    opacity: 0.35,
    line: { ...trace.line, width: 1 },
  };
}
