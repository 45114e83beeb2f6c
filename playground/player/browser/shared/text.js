// The seam for translation: every text that these modules write passes `_`, or `ngettext` where it counts.
//
// A sentence is one text with named gaps, never glued from pieces, so that a translator can order its parts. The first
// argument (of ngettext the first two) is a plain string in double quotes, and no call stands within another: so Babel
// finds it for the catalogue, and playground/player/texts.py for what a scene brings along. Nothing may pass before
// there is a scene: texts are asked for where they are shown, not when a module is loaded.

/** @import { Texts } from "../types.d.ts" */

/** @type {Texts} */
const ENGLISH = { texts: {}, plurals: {} };

let spoken = ENGLISH;

/**
 * From now on texts are those of a catalogue; without one they are English.
 * @param {Texts | undefined} catalogue
 */
export function speak(catalogue) {
  spoken = catalogue ?? ENGLISH;
}

/**
 * The text in the language spoken, with its gaps {name} filled. A gap that is not given stays as it is.
 * @param {string} text
 * @param {Record<string, string | number>} gaps
 */
export function _(text, gaps = {}) {
  return filled(Object.hasOwn(spoken.texts, text) ? spoken.texts[text] : text, gaps);
}

/**
 * The same of a text for one and a text for several, of which n (a whole number, not below 0) decides.
 * @param {string} one
 * @param {string} many
 * @param {number} n
 * @param {Record<string, string | number>} gaps
 */
export function ngettext(one, many, n, gaps = {}) {
  if (!Object.hasOwn(spoken.plurals, one)) return filled(n === 1 ? one : many, gaps);
  const { forms, of } = spoken.plurals[one];
  return filled(forms[Number(of[n < of.length ? n : 100 + (n % 100)])], gaps);
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} gaps
 */
function filled(text, gaps) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(gaps, name) ? String(gaps[name]) : whole));
}

/**
 * The text cut at its gaps, with what stands in each of them: for gaps that are more than text.
 * @template T
 * @param {string} text whose gaps are all open yet
 * @param {Record<string, T[]>} gaps
 * @returns {(string | T)[]}
 */
export function around(text, gaps) {
  /** @type {(string | T)[]} */
  const parts = [];
  text.split(/\{(\w+)\}/).forEach((part, k) => {
    if (k % 2) parts.push(...gaps[part]);
    else if (part) parts.push(part);
  });
  return parts;
}
