// A landscape in space, seen from where it is turned to: geometry and light without drawing.

/** @import { SpaceData } from "../types.d.ts" */

export const TALL = 0.75; // how high the highest ground stands, the half side of the square being 1
const LIGHT = [-0.5, -0.35, 0.8]; // where it comes from: right, to the back, upwards

/**
 * Where places of the square, -1 to 1 each way and 0 to 1 upwards, come onto a canvas of this size:
 * (x, y, z) -> [right, down, away].
 * @param {{ yaw: number, pitch: number }} view
 * @param {number} width
 * @param {number} height
 * @returns {(x: number, y: number, z: number) => [number, number, number]}
 */
export function projection({ yaw, pitch }, width, height) {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  const size = Math.min(width / 2.95, height / (2.3 * sp + 2 * TALL * cp));
  const [middle, down] = [width / 2, height / 2 + size * 0.5 * TALL * cp];
  return (x, y, z) => {
    const [right, away] = [x * cy - y * sy, x * sy + y * cy];
    const up = away * sp + z * TALL * cp;
    return [middle + size * right, down - size * up, away * cp - z * TALL * sp];
  };
}

/**
 * The four-cornered cells of a ground, the farthest first, so that nearer ones may be painted over them.
 * corners: [x, y, z] each, in the square; seen: the same on the canvas.
 * @param {SpaceData["heights"]} heights
 * @param {ReturnType<typeof projection>} project
 */
export function cellsOf({ rows, range }, project) {
  const last = rows.length - 1;
  const share = (/** @type {number} */ z) => (z - range[0]) / (range[1] - range[0] || 1);
  /** @type {(row: number, k: number) => [number, number, number]} */
  const at = (row, k) => [(2 * k) / last - 1, (2 * row) / last - 1, share(rows[row][k])];
  const cells = [];
  for (let row = 0; row < last; row++)
    for (let k = 0; k < last; k++) {
      const corners = [at(row, k), at(row, k + 1), at(row + 1, k + 1), at(row + 1, k)];
      const seen = corners.map(([x, y, z]) => project(x, y, z));
      cells.push({ corners, seen, away: seen.reduce((sum, place) => sum + place[2], 0) });
    }
  return cells.sort((a, b) => b.away - a.away);
}

/**
 * How bright a cell is: 0.78 in the shade, about 1.08 where it faces the light.
 * @param {number[][]} corners
 * @param {number} side of a cell
 */
export function brightness(corners, side) {
  const slopes = [corners[1][2] - corners[0][2], corners[3][2] - corners[0][2]].map((rise) => (-rise * TALL) / side);
  const light =
    (slopes[0] * LIGHT[0] + slopes[1] * LIGHT[1] + LIGHT[2]) / Math.hypot(...slopes, 1) / Math.hypot(...LIGHT);
  return 0.78 + 0.3 * Math.max(0, light);
}
