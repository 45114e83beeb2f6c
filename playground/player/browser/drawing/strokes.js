// What strokes do to points, as the server does it: so that they are seen before its answer.
// Points are { task, labels, x, y, targets }; a path is a list of [x, y]. Every function leaves its points alone.

/** @import { PlaneLimits, DrawStep, Place, Points } from "../types.d.ts" */

/**
 * The points after a step, as far as that can be told here. limits: as the server gives them.
 * @template {Points} P
 * @param {P} points
 * @param {DrawStep} step
 * @param {PlaneLimits} limits
 * @returns {P}
 */
export function preview(points, step, limits) {
  const { tool, path, y } = step;
  if (tool === "clear") return keep(points, () => false);
  if (!path) return points;
  if (tool === "draw" && y !== undefined) return draw(points, path, y, limits);
  if (tool === "erase") return keep(points, (k) => distance(points.x[k], points.y[k], path) > limits.reach);
  if (tool === "move") return move(points, path, limits);
  if (tool === "relabel") return relabel(points, path, limits);
  return points;
}

/**
 * A row of points along the path, none too near to another of its kind.
 * @template {Points} P
 * @param {P} points
 * @param {Place[]} path
 * @param {number} y
 * @param {PlaneLimits} limits
 * @returns {P}
 */
function draw(points, path, y, { spacing, points: most, low, high }) {
  /** @type {Place[]} */
  const near = [];
  points.targets.forEach((target, k) => target === y && near.push([points.x[k], points.y[k]]));
  /** @type {Place[]} */
  const fresh = [];
  for (const [px, py] of along(path, spacing).map(snapped)) {
    if (points.x.length + fresh.length >= most) break;
    if (Math.min(px, py) < low || Math.max(px, py) > high) continue;
    if (near.some(([x, z]) => Math.hypot(x - px, z - py) < spacing / 2)) continue;
    fresh.push([px, py]);
    near.push([px, py]);
  }
  return {
    ...points,
    x: [...points.x, ...fresh.map(([px]) => px)],
    y: [...points.y, ...fresh.map(([, py]) => py)],
    targets: [...points.targets, ...fresh.map(() => y)],
  };
}

/**
 * A place on the grid where drawn points lie: SNAP of playground/datasets/own.py.
 * @param {Place} place
 * @returns {Place}
 */
function snapped([x, y]) {
  return [nearestEven(x * 100) / 100, nearestEven(y * 100) / 100];
}

/**
 * The same, with a place beside the plane drawn into it.
 * @param {Place} place
 * @param {PlaneLimits} limits
 * @returns {Place}
 */
function inPlane(place, { low, high }) {
  const [x, y] = snapped(place);
  return [Math.min(high, Math.max(low, x)), Math.min(high, Math.max(low, y))];
}

/**
 * The nearest whole number, as NumPy rounds: a half goes to the even one, and there is no -0.
 * @param {number} value
 */
function nearestEven(value) {
  const up = Math.round(value) + 0;
  return up - value === 0.5 && up % 2 !== 0 ? up - 1 : up;
}

/**
 * Places on a path, one every `spacing`.
 * @param {Place[]} path
 * @param {number} spacing
 * @returns {Place[]}
 */
function along(path, spacing) {
  /** @type {Place[]} */
  const places = [path[0]];
  let left = spacing;
  for (let k = 1; k < path.length; k++) {
    const [[ax, ay], [bx, by]] = [path[k - 1], path[k]];
    const length = Math.hypot(bx - ax, by - ay);
    let gone = 0;
    while (length - gone >= left - 1e-9) {
      gone += left;
      left = spacing;
      places.push([ax + ((bx - ax) * gone) / length, ay + ((by - ay) * gone) / length]);
    }
    left -= length - gone;
  }
  return places;
}

/**
 * @template {Points} P
 * @param {P} points
 * @param {Place[]} path
 * @param {PlaneLimits} limits
 * @returns {P}
 */
function move(points, path, limits) {
  const k = nearest(points, path[0], limits);
  if (k < 0) return points;
  const [x, y] = inPlane(path[path.length - 1], limits);
  /** @type {(values: number[], value: number) => number[]} */
  const put = (values, value) => values.map((each, at) => (at === k ? value : each));
  return { ...points, x: put(points.x, x), y: put(points.y, y) };
}

/**
 * The point where the path begins gets the next class.
 * @template {Points} P
 * @param {P} points
 * @param {Place[]} path
 * @param {PlaneLimits} limits
 * @returns {P}
 */
function relabel(points, path, limits) {
  const k = nearest(points, path[0], limits);
  const next = (/** @type {number} */ target) => (target + 1) % points.labels.length;
  return { ...points, targets: points.targets.map((target, at) => (at === k ? next(target) : target)) };
}

/**
 * The point nearest to a place, the last of several; -1 if none is within reach.
 * @param {Points} points
 * @param {Place} place
 * @param {PlaneLimits} limits
 */
function nearest({ x, y }, place, limits) {
  const [px, py] = inPlane(place, limits);
  let [found, least] = [-1, limits.reach];
  for (let k = 0; k < x.length; k++) {
    const away = Math.hypot(x[k] - px, y[k] - py);
    if (away <= least) [found, least] = [k, away];
  }
  return found;
}

/**
 * @template {Points} P
 * @param {P} points
 * @param {(k: number) => boolean} wanted
 * @returns {P}
 */
function keep(points, wanted) {
  const chosen = points.x.map((_, k) => k).filter(wanted);
  const of = (/** @type {number[]} */ values) => chosen.map((k) => values[k]);
  return { ...points, x: of(points.x), y: of(points.y), targets: of(points.targets) };
}

/**
 * How far a place is from a path.
 * @param {number} x
 * @param {number} y
 * @param {Place[]} path
 */
function distance(x, y, path) {
  let least = Infinity;
  for (let k = 0; k < path.length; k++) {
    const [[ax, ay], [bx, by]] = [path[k], path[Math.min(k + 1, path.length - 1)]];
    const [dx, dy] = [bx - ax, by - ay];
    const part = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / Math.max(dx * dx + dy * dy, 1e-12)));
    least = Math.min(least, Math.hypot(x - ax - part * dx, y - ay - part * dy));
  }
  return least;
}
