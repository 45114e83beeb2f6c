// What is written out for a unit, a weight or a bias: sections of equations, as formulas of named numbers. Names are
// such as "z:1:0" (of layer 1, unit 0) or "w:1:0:2" (into layer 1, from unit 0 to unit 2); symbols.js reads them.

/** @import { StepModel } from "./model.js" */

import { name, product, renamed, sum } from "./formula.js";
import { _ } from "../../../player/browser/shared/text.js";

/**
 * The sections for what is chosen, each { title, phase: [kind, layer], lines }. A line: { left, right, result } with
 * formulas left and right and the name of the result, or a { note } in words.
 * @param {StepModel} model
 * @param {string} pick
 * @param {number} rows
 */
export function sections(model, pick, rows) {
  const { kind, l, i, j } = model.parse(pick);
  if (l === 0) return [inputSection(model, j)];
  const forward = { title: _("Forward"), phase: ["forward", l], lines: forwardLines(model, l, j) };
  const loss = l === model.depth ? [lossSection(model, j)] : [];
  const errors = errorLines(model, l, j);
  if (kind === "u") return [forward, ...loss, { title: _("Backward"), phase: ["backward", l], lines: errors }];
  const output = l < model.depth && model.sizes.at(-1) === 1 ? outputSections(model) : [];
  const optimizer = model.optimizer.label;
  const chain = kind === "w" ? weightLines(model, l, i, j, rows) : biasLines(l, j, rows);
  return [
    { title: _("Forward"), phase: ["forward", l], lines: forward.lines.slice(0, kind === "w" ? 2 : 1) },
    ...output,
    { title: _("Backward: the error of {unit}", { unit: model.name(l, j) }), phase: ["backward", l], lines: errors },
    { title: _("The chain rule"), phase: ["backward", l], lines: chain },
    { title: _("Finite difference"), phase: ["backward", l], check: pick },
    {
      title: kind === "w" ? _("New weight: {optimizer}", { optimizer }) : _("New bias: {optimizer}", { optimizer }),
      phase: ["update", 0],
      update: pick,
    },
  ];
}

function inputSection(model, j) {
  const unit = model.name(0, j);
  const note = _("{unit} is given by the sample. It has no weights of its own and no error.", { unit });
  return { title: _("Input"), phase: ["forward", 1], lines: [{ note }] };
}

function forwardLines(model, l, j) {
  const from = Array.from({ length: model.sizes[l - 1] }, (_unit, i) => i);
  const terms = from.map((i) => product([name(`w:${l}:${i}:${j}`), name(`a:${l - 1}:${i}`)]));
  const f = model.formulas.activations[model.functions[l - 1]].value;
  return [
    { left: name(`z:${l}:${j}`), right: sum([...terms, name(`b:${l}:${j}`)]), result: `z:${l}:${j}` },
    {
      left: name(`a:${l}:${j}`),
      right: renamed(f, own(l, j)),
      result: `a:${l}:${j}`,
      of: model.labels[model.functions[l - 1]],
    },
  ];
}

const own = (l, j) => ({ z: `z:${l}:${j}`, a: `a:${l}:${j}` });

/** The names that a loss's formula uses, for output k. */
function ofLoss(model, k) {
  const l = model.depth;
  const [y, t] = [(o) => `a:${l}:${o}`, (o) => `t:${o}`];
  return { y: y(k), t: t(k), y1: y(0), y2: y(1), t1: t(0), t2: t(1) };
}

function lossSection(model, k) {
  const right = renamed(model.formulas.loss.value, ofLoss(model, k));
  return {
    title: _("Loss"),
    phase: ["loss", 0],
    lines: [{ left: name("loss"), right, result: "loss", of: model.loss.label }],
  };
}

/** Where the error starts: the loss, and the error of the only output. */
function outputSections(model) {
  const l = model.depth;
  return [
    lossSection(model, 0),
    {
      title: _("Backward: the error of {unit}", { unit: model.name(l, 0) }),
      phase: ["backward", l],
      lines: errorLines(model, l, 0),
    },
  ];
}

/** How the error of a unit comes about. */
function errorLines(model, l, j) {
  const bend = renamed(model.formulas.activations[model.functions[l - 1]].slope, own(l, j));
  const slope = { left: name(`slope:${l}:${j}`), right: bend, result: `slope:${l}:${j}` };
  const error = { left: name(`delta:${l}:${j}`), result: `delta:${l}:${j}` };
  if (l === model.depth) {
    const right = renamed(model.formulas.loss.slope, ofLoss(model, j));
    const first = { left: name(`da:${l}:${j}`), right, result: `da:${l}:${j}` };
    return [first, slope, { ...error, right: product([name(`da:${l}:${j}`), name(`slope:${l}:${j}`)]) }];
  }
  const behind = Array.from({ length: model.sizes[l + 1] }, (_unit, k) =>
    product([name(`w:${l + 1}:${j}:${k}`), name(`delta:${l + 1}:${k}`)]),
  );
  return [slope, { ...error, right: product([name(`slope:${l}:${j}`), sum(behind)]) }];
}

/** The gradient with respect to a weight as the product of all that lies between it and the loss. */
function weightLines(model, l, i, j, rows) {
  const gradient = `dw:${l}:${i}:${j}`;
  const parts = [name(`delta:${l}:${j}`), name(`a:${l - 1}:${i}`)];
  const links = chainLinks(model, l, j);
  const lines = [
    { left: name(gradient), right: product([`dz:${l}:${j}`, `dzdw:${l}:${i}:${j}`].map(name)), symbols: true },
    { left: name(gradient), right: product(parts), result: `one:${gradient}` },
  ];
  if (links)
    lines.push({
      left: name(gradient),
      right: product([...links, name(`a:${l - 1}:${i}`)]),
      result: `one:${gradient}`,
    });
  return rows > 1 ? [...lines, batchLine(gradient, rows, `delta:${l}:${j}`, `a:${l - 1}:${i}`)] : lines;
}

function biasLines(l, j, rows) {
  const gradient = `db:${l}:${j}`;
  const lines = [
    { left: name(gradient), right: product([`dz:${l}:${j}`, `dzdb:${l}:${j}`].map(name)), symbols: true },
    { left: name(gradient), right: product([name(`delta:${l}:${j}`), 1]), result: `one:${gradient}` },
  ];
  return rows > 1 ? [...lines, batchLine(gradient, rows, `delta:${l}:${j}`, "")] : lines;
}

/** The factors from the loss back to z of a unit, where only one way leads there; else null. */
function chainLinks(model, l, j) {
  const back = [name(`slope:${l}:${j}`)];
  for (let k = l; k < model.depth; k++) {
    if (model.sizes[k + 1] > 1) return null;
    back.unshift(name(`slope:${k + 1}:0`), name(`w:${k + 1}:${k === l ? j : 0}:0`));
  }
  return [name(`da:${model.depth}:${l === model.depth ? j : 0}`), ...back];
}

/** The mean over the batch; names with @s are those of row s. */
function batchLine(gradient, rows, error, value) {
  const terms = Array.from({ length: rows }, (_row, s) =>
    value ? product([name(`${error}@${s}`), name(`${value}@${s}`)]) : name(`${error}@${s}`),
  );
  return {
    left: name(`${gradient}:batch`),
    right: ["*", ["/", 1, rows], sum(terms)],
    result: `whole:${gradient}`,
    batch: true,
  };
}
