// One update in formulas: names, and what formulas stand for.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sections } from "../../../playground/labs/one_step/browser/equations.js";
import { evaluate, name, product, renamed, sum } from "../../../playground/labs/one_step/browser/formula.js";
import { StepModel } from "../../../playground/labs/one_step/browser/model.js";

const MODEL = {
  sizes: [2, 3, 1],
  functions: ["tanh", "sigmoid"],
  labels: { tanh: "tanh", sigmoid: "Sigmoid" },
  phases: [],
  views: {},
  samples: [{ row: 0, x: [0, 1], class: 1 }],
  targets: [[1]],
  loss: { name: "bce", label: "Cross-entropy" },
  optimizer: { label: "SGD", options: {}, slots: [], carried: [] },
  formulas: {
    activations: {
      tanh: { value: ["call", "tanh", ["v", "z"]], slope: ["-", 1, ["^", ["v", "a"], 2]] },
      sigmoid: { value: ["call", "sigma", ["v", "z"]], slope: ["v", "a"] },
    },
    loss: { value: ["-", ["v", "y"], ["v", "t"]], slope: ["v", "y"] },
    weight: [],
    bias: [],
  },
};

function made(pick = "w1.1.1") {
  const sent = [];
  const page = { view: { pick, sample: 1 }, act: (kind, message) => sent.push([kind, message]) };
  return { model: new StepModel(MODEL, page), page, sent };
}

test("every parameter has a name, a place, and is found again by its name", () => {
  const { model } = made();
  const all = model.all();
  assert.equal(all.length, model.parameters);
  assert.equal(model.parameters, 2 * 3 + 3 + 3 + 1);
  assert.deepEqual(
    all.map((pick) => model.place(pick)),
    all.map((_, k) => k),
  );
  assert.deepEqual(model.parse("w1.2.3"), { kind: "w", l: 1, i: 1, j: 2 });
  assert.deepEqual(model.parse("b2.1"), { kind: "b", l: 2, i: -1, j: 0 });
  assert.ok(all.every((pick) => model.exists(pick)));
  for (const pick of ["w1.3.1", "w1.1.4", "b3.1", "w3.1.1"]) assert.ok(!model.exists(pick), pick);
});

test("a link that names what this network does not have shows the first weight", () => {
  assert.equal(made("w7.7.7").model.pick, "w1.1.1");
  assert.equal(made("b2.1").model.pick, "b2.1");
});

test("names for people", () => {
  const { model } = made();
  assert.equal(model.title("w1.2.3"), "weight x₂ → h₃");
  assert.equal(model.title("b2.1"), "bias of y");
  assert.equal(model.title("u0.1"), "input x₁");
  assert.equal(model.title("u1.1"), "hidden unit h₁");
});

test("a choice is told to all panels and to the server, once", () => {
  const { model, page, sent } = made();
  let told = 0;
  model.watch(() => told++);
  model.choose("b1.2");
  model.choose("b1.2");
  assert.deepEqual([told, page.view.pick], [1, "b1.2"]);
  assert.deepEqual(sent, [["look", { path: "lab.pick", value: "b1.2" }]]);
});

test("formulas give numbers", () => {
  const values = { x: 3, y: -2 };
  const of = (formula) => evaluate(formula, (named) => values[named]);
  assert.equal(of(sum([name("x"), name("y"), 10])), 11);
  assert.equal(of(product([name("x"), name("y"), 2])), -12);
  assert.equal(of(["/", ["-", ["v", "x"], 1], ["^", 2, 3]]), 0.25);
  assert.equal(of(["neg", ["call", "abs", ["v", "y"]]]), -2);
  assert.equal(of(["call", "clip", 9, -1, 1]), 1);
  assert.equal(of(["call", "max", ["v", "x"], ["v", "y"]]), 3);
});

test("other names change nothing but the names", () => {
  const formula = ["*", ["v", "z"], ["call", "exp", ["neg", ["v", "a"]]]];
  assert.deepEqual(renamed(formula, { z: "z:1:0" }), ["*", ["v", "z:1:0"], ["call", "exp", ["neg", ["v", "a"]]]]);
  assert.deepEqual(formula[1], ["v", "z"]);
});

test("what is written out of a weight goes from forward to its new value", () => {
  const { model } = made();
  const titles = sections(model, "w1.2.3", 1).map(({ title }) => title);
  assert.deepEqual(titles, [
    "Forward",
    "Loss",
    "Backward: the error of y",
    "Backward: the error of h₃",
    "The chain rule",
    "Finite difference",
    "New weight: SGD",
  ]);
  assert.deepEqual(
    sections(model, "u0.1", 1).map(({ title }) => title),
    ["Input"],
  );
});

test("the factors of the chain rule are those on the only way from the loss to the weight", () => {
  const { model } = made();
  const chain = sections(model, "w1.2.3", 1)
    .find(({ title }) => title === "The chain rule")
    .lines.at(-1).right;
  const names = JSON.stringify(chain).match(/\w+:\d[\d:]*/g);
  assert.deepEqual(names, ["da:2:0", "slope:2:0", "w:2:2:0", "slope:1:2", "a:0:1"]);
});

test("of a batch the gradient is the mean", () => {
  const { model } = made();
  const { right } = sections(model, "w1.2.3", 4)
    .find(({ title }) => title === "The chain rule")
    .lines.at(-1);
  const value = evaluate(right, (named) => (named.startsWith("delta") ? Number(named.at(-1)) : 2));
  assert.equal(value, (2 * (0 + 1 + 2 + 3)) / 4);
});
