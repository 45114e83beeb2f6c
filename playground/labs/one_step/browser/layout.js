// Where the units, edges and numbers of one update stand: geometry without drawing. All lengths are px.

/**
 * @typedef {{ x: number, y: number, width: number, height: number }} Box
 * @typedef {Box & { l: number, j: number, rows: string[] }} Unit unit j of layer l
 * @typedef {{ x1: number, y1: number, x2: number, y2: number }} Ends
 */

const WIDE = { unit: 106, input: 62, loss: 72, gap: 62, end: 28, head: 0 };
const NARROW = { unit: 78, input: 36, loss: 66, gap: 45, end: 0, head: 18 }; // names above the boxes, the loss below
const ROW = 17; // of a box: at most, and
const LEAST_ROW = 12.5; // at least; a box with less room leaves numbers out
const ROWS = ["b", "z", "a", "δ"]; // of a unit
const FIRST = ["a", "δ", "z", "b"]; // which of them matter most
const PITCH = 122; // between units of a column, at most
const LABEL = { width: 47, height: 15 };
const STOPS = [0.26, 0.32, 0.2, 0.38, 0.44, 0.5, 0.56, 0.62]; // of a label on its edge, from the end with more room
const CROWDED = 24; // edges between two layers, from which on only those of the chosen unit carry numbers

/**
 * The look for which there is room; a graph that needs more than there is scrolls sideways.
 * @param {number[]} sizes
 * @param {number} width
 */
function look(sizes, width) {
  const gapOf = (/** @type {typeof WIDE} */ style) => {
    const boxes = style.input + (sizes.length - 1) * style.unit + (style.end ? style.loss : 0);
    return (width - 6 - boxes - style.end) / (sizes.length - 1);
  };
  const style = gapOf(WIDE) >= WIDE.gap ? WIDE : NARROW;
  return { ...style, gap: Math.max(style.gap, gapOf(style)) };
}

/**
 * units: { l, j, x, y, width, height, rows }; at(l, j) finds one. loss: its box. narrow: names stand above the boxes.
 * @param {number[]} sizes of all layers
 * @param {number} width
 * @param {number} height
 */
export function place(sizes, width, height) {
  const style = look(sizes, width);
  const narrow = style.head > 0;
  const depth = sizes.length - 1;
  /** @type {Unit[]} */
  const units = [];
  let left = 3;
  sizes.forEach((count, l) => {
    const w = l === 0 ? style.input : style.unit;
    const pitch = Math.min(height / count, l === 0 || l === depth ? 150 : PITCH);
    const room = Math.min(l === 0 ? 34 : 74, pitch - 6 - style.head);
    const rows = l === 0 ? ["="] : chosen(room);
    const h = l === 0 ? room : Math.min(room, 6 + ROW * rows.length);
    for (let j = 0; j < count; j++) {
      const y = height / 2 + (j - (count - 1) / 2) * pitch + style.head / 2;
      units.push({ l, j, x: left + w / 2, y, width: w, height: h, rows });
    }
    left += w + style.gap;
  });
  const first = sizes.map((_, l) => sizes.slice(0, l).reduce((sum, n) => sum + n, 0));
  const at = (/** @type {number} */ l, /** @type {number} */ j) => units[first[l] + j];
  const tall = 6 + ROW * (sizes[depth] + 1);
  const last = units[units.length - 1];
  const loss = narrow
    ? { x: last.x, y: last.y + last.height / 2 + 18 + tall / 2 }
    : { x: left - style.gap + style.end + style.loss / 2, y: height / 2 };
  const right = narrow ? left - style.gap : loss.x + style.loss / 2;
  return {
    width: Math.max(width, right + 3),
    height,
    units,
    at,
    narrow,
    loss: { ...loss, width: style.loss, height: tall },
  };
}

/**
 * The numbers for which a box of some height has room.
 * @param {number} height
 */
function chosen(height) {
  const kept = FIRST.slice(0, Math.max(1, Math.floor((height - 2) / LEAST_ROW)));
  return ROWS.filter((row) => kept.includes(row));
}

/**
 * How far apart the rows of a box are.
 * @param {number} height
 * @param {number} count
 */
export function rowStep(height, count) {
  return Math.min(ROW, (height - 2) / Math.max(count, 1));
}

/**
 * From the side of one box to another; from below an output to the loss beneath it.
 * @param {Box} from
 * @param {Box} to
 * @param {boolean} [below]
 * @returns {Ends}
 */
export function between(from, to, below = false) {
  if (below) return { x1: from.x, y1: from.y + from.height / 2, x2: to.x, y2: to.y - to.height / 2 };
  return { x1: from.x + from.width / 2, y1: from.y, x2: to.x - to.width / 2, y2: to.y };
}

/**
 * Gives every edge a `label`: { x, y, free }, free if it can stand there without covering another.
 * @param {(Ends & { l: number, label?: { x: number, y: number, free: boolean } })[]} edges
 * @param {number[]} sizes
 */
export function placeLabels(edges, sizes) {
  for (const l of new Set(edges.map((edge) => edge.l))) {
    const layer = edges.filter((edge) => edge.l === l);
    const late = sizes[l - 1] <= sizes[l]; // near the unit that fewer edges come together at
    /** @type {{ x: number, y: number }[]} */
    const taken = [];
    for (const edge of layer) {
      const spots = STOPS.map((share) => spot(edge, late ? 1 - share : share));
      const best = layer.length < CROWDED && spots.find((each) => taken.every((other) => apart(each, other)));
      edge.label = { ...(best || spots[5]), free: Boolean(best) };
      if (best) taken.push(best);
    }
  }
}

/**
 * Some share of the way along an edge, but clear of the boxes at its ends.
 * @param {Ends} ends
 * @param {number} share
 */
function spot({ x1, y1, x2, y2 }, share) {
  const end = Math.min(0.5, (LABEL.width / 2 + 2) / (x2 - x1));
  const part = Math.min(Math.max(share, end), 1 - end);
  return { x: x1 + part * (x2 - x1), y: y1 + part * (y2 - y1) };
}

/**
 * @param {{ x: number, y: number }} a
 * @param {{ x: number, y: number }} b
 */
function apart(a, b) {
  return Math.abs(a.x - b.x) >= LABEL.width || Math.abs(a.y - b.y) >= LABEL.height;
}
