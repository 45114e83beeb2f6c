// Ranges of axes that follow the frames: round numbers, so that they rarely move.

/**
 * The powers of ten around a span [low, high] of positive numbers; null if there is none.
 * @param {[number, number]} span
 * @returns {[number, number] | null}
 */
export function whole([low, high]) {
  return low <= high ? [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high) + 1e-9)] : null;
}

const MOST_POWERS = 6; // of ten that are written on an axis

/**
 * How many powers of ten apart the ticks of such an axis are.
 * @param {[number, number]} range
 */
export function powersApart([low, high]) {
  return Math.max(1, Math.ceil((high - low) / MOST_POWERS));
}

/**
 * A little more than a span [low, high], in steps of about an eighth of it; null if there is none.
 * @param {[number, number]} span
 * @returns {[number, number] | null}
 */
export function fitted([low, high]) {
  if (!(low <= high)) return null;
  const extent = high - low || Math.abs(high) || 1;
  const step = 2 ** Math.round(Math.log2(extent / 8));
  return [(Math.floor(low / step) - 0.25) * step, (Math.ceil(high / step) + 0.25) * step];
}
