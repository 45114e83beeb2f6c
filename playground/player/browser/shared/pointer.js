// Presses and places under the pointer, for pictures with axes.

/** @import { Place } from "../types.d.ts" */

const STILL = 6; // pixels a press may move and still be a click

/**
 * Puts presses together that end where they began: Plotly keeps clicks to itself.
 * @param {HTMLElement} element in which they begin
 * @param {(place: { x: number, y: number }, pointer: string) => void} clicked gets where the press began, in the window
 * @returns {() => void} stops it
 */
export function onClick(element, clicked) {
  const listening = new AbortController();
  const how = { capture: true, signal: listening.signal };
  /** @type {{ x: number, y: number } | null} */
  let press = null;
  element.addEventListener(
    "pointerdown",
    ({ isPrimary, button, clientX, clientY }) => {
      press = isPrimary && button === 0 ? { x: clientX, y: clientY } : null;
    },
    how,
  );
  window.addEventListener(
    "pointerup",
    ({ clientX, clientY, pointerType }) => {
      const began = press;
      press = null;
      if (began && Math.hypot(clientX - began.x, clientY - began.y) <= STILL) clicked(began, pointerType);
    },
    how,
  );
  window.addEventListener(
    "pointercancel",
    () => {
      press = null;
    },
    how,
  );
  return () => listening.abort();
}

/**
 * The place of the axes under a place { x, y } of the window; it may lie beside the plot area.
 * @param {{ x: number, y: number }} at
 * @param {{ left: number, top: number, width: number, height: number }} box the plot area, in the window
 * @param {[number, number]} across the range of the axis to the right
 * @param {[number, number]} up the range of the axis upwards
 * @returns {Place}
 */
export function placeAt(at, { left, top, width, height }, [low, high], [bottom, above]) {
  return [low + ((at.x - left) / width) * (high - low), above - ((at.y - top) / height) * (above - bottom)];
}

/**
 * Whether a place lies within the ranges of its axes.
 * @param {Place} place
 * @param {[number, number]} across
 * @param {[number, number]} up
 */
export function isWithin([x, y], [low, high], [bottom, above]) {
  return low <= x && x <= high && bottom <= y && y <= above;
}
