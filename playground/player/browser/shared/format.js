// Numbers in words: one way to write a number everywhere, and texts with named numbers in them.

/** @import { Frames } from "../core/frames.js" */

const MOST_PLACES = 3; // of a percentage
const LEAST_PERCENT = 0.001; // that these can say

/**
 * Four decimals where that says something, otherwise an exponent.
 * @param {number} value
 */
export function formatNumber(value) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 100000)) return value.toExponential(2).replaceAll("-", "−");
  return value.toFixed(size >= 1000 ? 1 : 4).replaceAll("-", "−");
}

/**
 * Three digits at most: for rates and other numbers of which no more is said.
 * @param {number} value
 * @param {number} [count] of digits
 */
export function formatShort(value, count = 3) {
  return Number.isFinite(value) ? String(Number(value.toPrecision(count))).replaceAll("-", "−") : formatNumber(value);
}

/**
 * Four significant digits; whole numbers as they are.
 * @param {number} value
 * @param {number} count
 */
export function formatDigits(value, count = 4) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
  if (Number.isInteger(value) && Math.abs(value) < 1e4) return String(value).replaceAll("-", "−");
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e5) return value.toPrecision(count).replaceAll("-", "−");
  const [mantissa, exponent] = value.toExponential(count - 1).split("e");
  const small = exponent
    .replace("+", "")
    .replace("-", "⁻")
    .replace(/\d/g, (digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);
  return `${mantissa.replaceAll("-", "−")}·10${small}`;
}

/**
 * A part of 1: with more decimals where fewer would say "none" or "all" of one that is neither. Its spaces do not
 * break, so that no line begins with the sign.
 * @param {number} value
 * @param {number} [decimals]
 */
export function formatPercent(value, decimals = 1) {
  if (!Number.isFinite(value)) return "–";
  const saysAnEnd = (/** @type {string} */ text) => value > 0 && value < 1 && [0, 100].includes(Number(text));
  let text = (100 * value).toFixed(decimals);
  for (let places = decimals + 1; saysAnEnd(text) && places <= MOST_PLACES; places++) {
    text = (100 * value).toFixed(places);
  }
  if (saysAnEnd(text)) text = value < 0.5 ? `<\u00a0${LEAST_PERCENT}` : `>\u00a0${100 - LEAST_PERCENT}`;
  return `${text.replaceAll("-", "−")}\u00a0%`;
}

/** @param {number} value */
export function formatCount(value) {
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en-US") : formatNumber(value);
}

/** @type {Record<string, (value: number) => string>} */
const STYLES = {
  number: formatNumber,
  short: (value) => formatShort(value),
  percent: formatPercent,
  count: formatCount,
};

/**
 * @param {number} value
 * @param {string} [style] a key of STYLES
 */
export function format(value, style) {
  return (STYLES[style ?? "number"] ?? formatNumber)(value);
}

/**
 * Fills `{channel}`, `{channel:percent}` and `{channel:count}` with the numbers of frame i, and `{channel:word}` with
 * what the channel says that its number stands for. A channel of several values becomes a list.
 * @param {string} text
 * @param {Frames} frames
 * @param {number} i
 */
export function fill(text, frames, i) {
  return text.replace(/\{(\w+)(?::(\w+))?\}/g, (whole, name, style) => {
    const channel = frames.channels.get(name);
    if (!channel) return whole;
    const write = (/** @type {number} */ value) =>
      style === "word" ? (channel.words?.[value] ?? "") : format(value, style);
    return Array.from(frames.get(name, i), write).join(", ");
  });
}
