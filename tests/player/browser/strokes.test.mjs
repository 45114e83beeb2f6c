// What is drawn is seen at once as the server (playground/datasets/drawing.py) will answer.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { preview } from "../../../playground/player/browser/drawing/strokes.js";

const cases = JSON.parse(readFileSync(new URL("cases/strokes.json", import.meta.url), "utf8"));

for (const { points, limits, steps } of cases) {
  steps.forEach(({ step, after }, k) => {
    const { task } = points;
    test(`${step.tool} along ${step.path?.length ?? 0} places, ${task} of ${points.x.length}, step ${k}`, () => {
      const before = structuredClone(points);
      const found = preview(points, step, limits);
      assert.deepEqual(points, before, "the points given are left alone");
      assert.deepEqual(found.targets, after.targets);
      assert.deepEqual(found.x, after.x);
      assert.deepEqual(found.y, after.y);
    });
  });
}

test("there are never more points than allowed", () => {
  const { points, limits } = cases[0];
  const path = [
    [-6, -6],
    [6, 6],
  ];
  const found = preview(points, { tool: "draw", path, y: 0 }, { ...limits, points: points.x.length + 2 });
  assert.equal(found.x.length, points.x.length + 2);
});

test("what only the server can tell changes nothing here", () => {
  const { points, limits } = cases[0];
  for (const tool of ["undo", "redo", "example"]) assert.equal(preview(points, { tool }, limits), points);
});
