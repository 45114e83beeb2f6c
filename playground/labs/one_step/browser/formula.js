// Formulas as nested lists (playground/nn/formula.py says which), drawn with symbols or numbers, or worked out.

/** @import { Formula } from "./types.d.ts" */

import { formatShort } from "../../../player/browser/shared/format.js";
import { make } from "../../../player/browser/shared/widgets.js";
import { _, around } from "../../../player/browser/shared/text.js";

const [SUM, PRODUCT, POWER, ATOM] = [1, 2, 3, 4]; // how strongly a formula's outermost operation binds
const SIGNS = { "+": " + ", "-": " − ", "*": " · ", "<": " < ", "<=": " ≤ ", ">": " > " };
const FUNCTIONS = {
  abs: Math.abs,
  clip: (x, low, high) => Math.min(Math.max(x, low), high),
  cos: Math.cos,
  cosh: Math.cosh,
  exp: Math.exp,
  log: Math.log,
  max: Math.max,
  min: Math.min,
  sign: Math.sign,
  sin: Math.sin,
  sqrt: Math.sqrt,
  tanh: Math.tanh,
};
const WORDS = { log: "ln", sigma: "σ", Phi: "Φ", phi: "φ" };
const OPERATIONS = {
  "+": (x, y) => x + y,
  "-": (x, y) => x - y,
  "*": (x, y) => x * y,
  "/": (x, y) => x / y,
  "^": (x, y) => x ** y,
};

/**
 * The number a formula stands for; values(name) tells the names. Only for formulas without σ, Φ, φ and cases.
 * @param {Formula} node
 * @param {(name: string) => number} values
 * @returns {number}
 */
export function evaluate(node, values) {
  if (typeof node === "number") return node;
  const [kind, ...parts] = node;
  if (kind === "v") return values(String(parts[0]));
  if (kind === "neg") return -evaluate(parts[0], values);
  const inside = kind === "call" ? parts.slice(1) : parts;
  const numbers = inside.map((part) => evaluate(part, values));
  return (kind === "call" ? FUNCTIONS[String(parts[0])] : OPERATIONS[String(kind)])(...numbers);
}

/**
 * The formula with other names.
 * @param {Formula} node
 * @param {Record<string, string>} names
 * @returns {Formula}
 */
export function renamed(node, names) {
  if (!Array.isArray(node)) return node;
  if (node[0] === "v") return ["v", names[String(node[1])] ?? node[1]];
  return node.map((part) => renamed(part, names));
}

/** @type {(text: string) => Formula} */
export const name = (text) => ["v", text];
/** @type {(terms: Formula[]) => Formula} */
export const sum = (terms) => terms.reduce((left, right) => ["+", left, right]);
/** @type {(factors: Formula[]) => Formula} */
export const product = (factors) => factors.reduce((left, right) => ["*", left, right]);

/**
 * The formula as nodes of the page. `leaf(name)` gives what stands for a name: a node, or { node, negative } with a
 * number, which below 0 gets brackets where they are needed.
 */
export function draw(node, leaf, needed = 0) {
  const { content, binds } = drawn(node, leaf);
  return binds < needed ? ["(", ...content, ")"] : content;
}

function drawn(node, leaf) {
  if (typeof node === "number") return number(node);
  const [kind, ...parts] = node;
  if (kind === "v") {
    const made = leaf(parts[0]);
    const node = made.node ?? made;
    return { content: [node], binds: made.negative ? SUM : node.className === "fraction" ? POWER : ATOM };
  }
  if (kind === "neg") return { content: ["−", ...draw(parts[0], leaf, PRODUCT)], binds: SUM };
  if (kind === "/") return { content: [fraction(draw(parts[0], leaf), draw(parts[1], leaf))], binds: POWER };
  if (kind === "^") return { content: [...draw(parts[0], leaf, ATOM), raised(draw(parts[1], leaf))], binds: POWER };
  if (kind === "call") return called(parts, leaf);
  if (kind === "if") return cases(parts, leaf);
  const own = kind === "*" ? PRODUCT : kind === "+" || kind === "-" ? SUM : 0;
  const right = draw(parts[1], leaf, own === SUM ? PRODUCT : own && POWER);
  return { content: [...draw(parts[0], leaf, own), SIGNS[kind], ...right], binds: own };
}

function number(value) {
  return { content: [formatShort(value, 5)], binds: value < 0 ? SUM : ATOM };
}

function called([which, ...inside], leaf) {
  const [first, ...others] = inside.map((each) => draw(each, leaf));
  if (which === "exp") return { content: [italic("e"), raised(first)], binds: POWER };
  if (which === "abs") return { content: ["|", ...first, "|"], binds: ATOM };
  if (which === "sqrt") {
    const root = make("span", "root");
    root.append(...first);
    return { content: ["√", root], binds: ATOM };
  }
  const rest = others.flatMap((each) => [", ", ...each]);
  return { content: [WORDS[which] ?? which, "(", ...first, ...rest, ")"], binds: ATOM };
}

function cases([condition, yes, no], leaf) {
  const gaps = { yes: draw(yes, leaf), condition: draw(condition, leaf), no: draw(no, leaf) };
  return { content: around(_("{yes} if {condition}, else {no}"), gaps), binds: 0 };
}

function raised(content) {
  const element = make("sup");
  element.append(...content);
  return element;
}

export function fraction(above, below) {
  const [box, top, bottom] = [make("span", "fraction"), make("span"), make("span")];
  top.append(...above);
  bottom.append(...below);
  box.append(top, bottom);
  return box;
}

export function italic(text) {
  const element = make("i");
  element.textContent = text;
  return element;
}

/** A letter with what stands below it, such as w with x₁→h₁. */
export function symbol(letter, below = "") {
  const element = make("span", "symbol");
  element.append(italic(letter));
  if (below) {
    const small = make("sub");
    small.textContent = below;
    element.append(small);
  }
  return element;
}
