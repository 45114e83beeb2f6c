// Where everything of the network's graph stands: geometry without drawing. All lengths are px of the stage.

/** @import { NetworkColumn } from "../types.d.ts" */

const LARGEST = 40; // side of a map
const CLEAR = 14; // a map smaller than this is hard to read
const MIDDLING = 22;
const MOST_LANES = 4;
const LETTER = 6.6; // width of a label's letter
const CHART = { width: 42, height: 32 };
const ARC = 16; // room for the arcs of shortcuts

/**
 * How a column's units stand: in so many lanes, `pitch` apart with a gap between maps of a size.
 * @typedef {{ lanes: number, pitch: number, gap: number, size: number }} Lanes
 * @typedef {{ mode: "stacked" | "pair" | "compact" | "short" | "full", button: number, height: number }} Header
 * @typedef {{ column: number, place: number, label: string, size: number, x: number, y: number }} Unit
 * @typedef {{ x: number, y: number, size: number }} Square
 */

/**
 * The lanes a column's units stand in, side by side and staggered: as few as keep the maps clear, or else the
 * number that makes them largest.
 * @param {number} count
 * @param {number} room
 * @param {number} stride
 * @param {number} [most]
 * @returns {Lanes}
 */
function lanesFor(count, room, stride, most = MOST_LANES) {
  let best = { lanes: 0, pitch: 0, gap: 0, size: 0 };
  for (let lanes = 1; lanes <= Math.min(most, count); lanes++) {
    const rows = Math.ceil(count / lanes) + (lanes - 1) / lanes;
    const pitch = Math.min(LARGEST + 14, room / rows);
    const gap = pitch > 26 ? 6 : pitch > 12 ? 3 : 1;
    const wide = ((lanes > 1 ? 0.62 : 0.7) * stride) / lanes - (lanes > 1 ? gap : 0);
    const size = Math.max(2, Math.min(LARGEST, pitch - gap, wide));
    if (!best.lanes || size > best.size + 0.5) best = { lanes, pitch, gap, size };
    if (best.size >= CLEAR) break;
  }
  return best;
}

/**
 * How the headers of hidden layers look: the less room between columns, the less they say.
 * @param {number} stride
 * @param {number} height
 * @param {boolean} touch
 * @returns {Header}
 */
function headerFor(stride, height, touch) {
  const button = touch ? 26 : 19;
  if (stride < 46) return { mode: "stacked", button, height: 15 + 2 * button };
  if (stride < 84) return { mode: stride < (touch ? 78 : 62) ? "pair" : "compact", button, height: 17 + button };
  if (height < 240) return { mode: "short", button, height: 17 + button };
  return { mode: "full", button, height: 32 + button };
}

/**
 * Names beside the units of the first and the last column; a single output needs none where it is narrow.
 * @param {NetworkColumn} column
 * @param {boolean} last
 * @param {number} width
 */
function labelRoom(column, last, width) {
  if (column.units.length === 1 && last && width < 560) return 0;
  return Math.max(0, ...column.units.map((name) => LETTER * name.length + 7));
}

/**
 * The units of a column.
 * @param {NetworkColumn} column
 * @param {number} c
 * @param {number} x
 * @param {number} top
 * @param {number} room
 * @param {Lanes} lanes
 * @returns {Unit[]}
 */
function place(column, c, x, top, room, lanes) {
  const { lanes: count, pitch, gap, size } = lanes;
  const n = column.units.length;
  const tall = (Math.ceil(n / count) - 1 + (count - 1) / count) * pitch;
  const start = top + (room - tall) / 2;
  const step = size + Math.max(2, gap);
  return column.units.map((label, k) => ({
    column: c,
    place: k,
    label,
    size,
    x: x + ((k % count) - (count - 1) / 2) * step,
    y: n <= count ? start + tall / 2 : start + (Math.floor(k / count) + (k % count) / count) * pitch,
  }));
}

/**
 * Hidden columns with maps of nearly one size get the same size; inputs and outputs may be larger.
 * @param {Lanes[]} lanes
 */
function alike(lanes) {
  const hidden = lanes.slice(1, -1);
  const most = Math.max(MIDDLING, Math.min(...hidden.map(({ size }) => size)));
  return lanes.map((each) => (hidden.includes(each) ? { ...each, size: Math.min(each.size, most) } : each));
}

/**
 * Whether every hidden column's maps stay clear with so much room.
 * @param {NetworkColumn[]} columns
 * @param {number} room
 * @param {number} stride
 */
function allClear(columns, room, stride) {
  return columns.slice(1, -1).every(({ units }) => lanesFor(units.length, room, stride).size >= CLEAR);
}

/**
 * The side, or the foot of each hidden column, as room for the drawing of its activation; null for neither.
 * @param {NetworkColumn[]} columns
 * @param {Header} header
 * @param {number} room
 * @param {number} stride
 */
function chartPlace(columns, header, room, stride) {
  if (columns.length < 3) return null;
  if (stride >= 132 && (header.mode === "full" || header.mode === "short")) return "beside";
  return stride >= 34 && allClear(columns, room - CHART.height - 6, stride) ? "below" : null;
}

/**
 * units: of all columns, first to last, each { column, place, label, size, x, y }. first: the number of each
 * column's first unit. columns: { x, width, chart } with the box of the activation's drawing or null.
 * @param {{ columns: NetworkColumn[], shortcuts: number[] }} network
 * @param {number} width
 * @param {number} height
 * @param {boolean} touch
 */
export function layout({ columns, shortcuts }, width, height, touch) {
  const gaps = columns.length - 1;
  const [left, right] = [labelRoom(columns[0], false, width), labelRoom(columns[gaps], true, width)];
  const rough = (width - left - right - 50) / gaps;
  const header = headerFor(rough, height, touch);
  const top = header.height + 4 + (shortcuts.length ? ARC : 0);
  const charts = chartPlace(columns, header, height - top - 4, rough);
  const room = height - top - 4 - (charts === "below" ? CHART.height + 6 : 0);
  const lanes = alike(columns.map(({ units }) => lanesFor(units.length, room, rough, units[0] ? 1 : MOST_LANES)));
  const spread = lanes.map(({ lanes: n, size, gap }) => n * size + (n - 1) * Math.max(2, gap));
  /** @type {(room: number, wide: number) => number} */
  const margin = (room, wide) => Math.max(24, room + wide / 2 + 3);
  const [from, to] = [margin(left, spread[0]), width - margin(right, spread[spread.length - 1])];
  const stride = (to - from) / gaps;
  /** @type {Unit[]} */
  const units = [];
  /** @type {number[]} */
  const first = [];
  const placed = columns.map((column, c) => {
    const x = from + c * stride;
    first.push(units.length);
    units.push(...place(column, c, x, top, room, lanes[c]));
    return { x, width: spread[c], chart: column.activation ? chartBox(charts, x, stride, header, height) : null };
  });
  return { units, first, columns: placed, stride, header, charts, top, bottom: top + room };
}

/**
 * @param {string | null} where
 * @param {number} x
 * @param {number} stride
 * @param {Header} header
 * @param {number} height
 */
function chartBox(where, x, stride, header, height) {
  if (where === "beside") return { x: x + 18, y: 2, width: CHART.width, height: header.height - 3 };
  if (where !== "below") return null;
  const width = Math.min(60, stride - 8);
  return { x: x - width / 2, y: height - CHART.height - 2, width, height: CHART.height };
}

// An edge is an S from the right side of one unit to the left side of another; this is its shape in a unit square.
const STEPS = 48;
const CURVE = Array.from({ length: STEPS + 1 }, (_, k) => {
  let [low, high] = [0, 1];
  for (let n = 0; n < 24; n++) {
    const t = (low + high) / 2;
    if (1.5 * t - 1.5 * t * t + t ** 3 < k / STEPS) low = t;
    else high = t;
  }
  return low * low * (3 - 2 * low);
});

/**
 * @param {Square} from
 * @param {Square} to
 */
export function ends(from, to) {
  return { x0: from.x + from.size / 2, y0: from.y, x1: to.x - to.size / 2, y1: to.y };
}

/**
 * How far a point is from the edge between two units.
 * @param {Square} from
 * @param {Square} to
 * @param {number} x
 * @param {number} y
 */
export function distance(from, to, x, y) {
  const { x0, y0, x1, y1 } = ends(from, to);
  const share = ((x - x0) / (x1 - x0)) * STEPS;
  if (!(share >= 0 && share <= STEPS)) return Infinity;
  const k = Math.min(STEPS - 1, Math.floor(share));
  const rise = CURVE[k + 1] - CURVE[k];
  const slope = (rise * STEPS * (y1 - y0)) / (x1 - x0);
  return Math.abs(y0 + (CURVE[k] + (share - k) * rise) * (y1 - y0) - y) / Math.hypot(1, slope);
}
