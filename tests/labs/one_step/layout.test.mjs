// Where the parts of the graph of one update stand.

import assert from "node:assert/strict";
import { test } from "node:test";
import { between, place, placeLabels, rowStep } from "../../../playground/labs/one_step/browser/layout.js";
import { overlap, pairs } from "../../player/browser/boxes.mjs";

for (const sizes of [
  [2, 2, 1],
  [2, 3, 3, 1],
  [2, 4, 2],
]) {
  for (const [width, height] of [
    [900, 480],
    [420, 420],
  ]) {
    test(`one update of ${sizes.join("-")} on ${width} x ${height}`, () => {
      const found = place(sizes, width, height);
      const boxes = [...found.units, found.loss];
      for (const [a, b] of pairs(boxes)) assert.ok(!overlap(a, b));
      for (const box of boxes) {
        assert.ok(box.x - box.width / 2 >= 0 && box.x + box.width / 2 <= found.width);
      }
      assert.ok(found.width >= width);
      assert.deepEqual([found.at(1, 1).l, found.at(1, 1).j], [1, 1]);
      for (const { rows, height: tall } of found.units) {
        assert.ok(rows.length >= 1 && rowStep(tall, rows.length) * rows.length <= tall);
      }
      const edges = [];
      for (let l = 1; l < sizes.length; l++)
        for (let i = 0; i < sizes[l - 1]; i++)
          for (let j = 0; j < sizes[l]; j++) edges.push({ l, i, j, ...between(found.at(l - 1, i), found.at(l, j)) });
      placeLabels(edges, sizes);
      for (const { x1, x2, label } of edges) assert.ok(x1 <= label.x && label.x <= x2);
      const free = edges.filter(({ label }) => label.free);
      assert.ok(free.length > 0);
      for (const [a, b] of pairs(free)) {
        if (a.l === b.l) assert.ok(Math.abs(a.label.x - b.label.x) >= 47 || Math.abs(a.label.y - b.label.y) >= 15);
      }
    });
  }
}
