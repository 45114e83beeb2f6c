// Where things stand: the network's graph, a landscape in space, places under the pointer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { overlap, pairs } from "./boxes.mjs";
import { distance, ends, layout } from "../../../playground/player/browser/network/layout.js";
import { brightness, cellsOf, projection } from "../../../playground/player/browser/panels/projection.js";
import { isWithin, placeAt } from "../../../playground/player/browser/shared/pointer.js";

const near = (a, b, reach = 1e-9) => assert.ok(Math.abs(a - b) <= reach, `${a} is not ${b}`);

/** The network's description of so many units: inputs, hidden layers, outputs. */
function network(...sizes) {
  const columns = sizes.map((count, c) => {
    const hidden = c > 0 && c < sizes.length - 1;
    const name = c === 0 ? "x₁" : "output";
    const label = c === 0 ? "Inputs" : hidden ? `Hidden ${c}` : "Output";
    return { label, note: "tanh", units: Array(count).fill(hidden ? "" : name), activation: hidden ? "tanh" : "" };
  });
  return { columns, shortcuts: [] };
}

const NETWORKS = [
  [2, 1],
  [2, 4, 2, 1],
  [7, 8, 8, 8, 3],
  [2, 64, 64, 1],
  [2, ...Array(10).fill(64), 5],
  [2, ...Array(10).fill(3), 1],
];
const STAGES = [
  [900, 420, false],
  [560, 300, false],
  [340, 240, true],
];

for (const sizes of NETWORKS) {
  for (const [width, height, touch] of STAGES) {
    test(`the graph of ${sizes.join("-")} on ${width} x ${height}`, () => {
      const found = layout(network(...sizes), width, height, touch);
      assert.equal(
        found.units.length,
        sizes.reduce((sum, n) => sum + n),
      );
      assert.deepEqual(
        found.first,
        sizes.map((_, c) => sizes.slice(0, c).reduce((sum, n) => sum + n, 0)),
      );
      for (const unit of found.units) {
        assert.ok(unit.size >= 2);
        assert.ok(unit.x - unit.size / 2 >= 0 && unit.x + unit.size / 2 <= width, "it stands within the stage");
        assert.ok(
          unit.y - unit.size / 2 >= found.header.height && unit.y + unit.size / 2 <= height,
          "below its header",
        );
      }
      for (const [a, b] of pairs(found.units))
        assert.ok(!overlap(a, b), `${a.column}.${a.place} ${b.column}.${b.place}`);
      for (let c = 1; c < sizes.length; c++) near(found.columns[c].x - found.columns[c - 1].x, found.stride, 1e-6);
      for (const { chart } of found.columns) assert.ok(!chart || (chart.x >= 0 && chart.x + chart.width <= width));
    });
  }
}

test("an edge is found on its curve, and nowhere beside its ends", () => {
  const [from, to] = [
    { x: 100, y: 50, size: 20 },
    { x: 300, y: 250, size: 40 },
  ];
  assert.deepEqual(ends(from, to), { x0: 110, y0: 50, x1: 280, y1: 250 });
  near(distance(from, to, 110, 50), 0);
  near(distance(from, to, 280, 250), 0);
  near(distance(from, to, 195, 150), 0, 1e-4);
  near(distance(from, to, 110, 57), 7, 0.1);
  assert.ok(distance(from, to, 195, 130) > 5);
  assert.equal(distance(from, to, 100, 50), Infinity);
  assert.equal(distance(from, to, 281, 250), Infinity);
});

test("a landscape from the front: right is right, back is up, high is up", () => {
  const project = projection({ yaw: 0, pitch: 0.6 }, 600, 400);
  const [right, down, away] = project(0, 0, 0);
  near(right, 300);
  assert.ok(project(1, 0, 0)[0] > right);
  near(project(1, 0, 0)[1], down);
  assert.ok(project(0, 1, 0)[1] < down && project(0, 1, 0)[2] > away);
  assert.ok(project(0, 0, 1)[1] < down && project(0, 0, 1)[2] < away, "what is high is nearer to an eye above");
});

test("a landscape stays on its canvas, whichever way it is turned", () => {
  for (let yaw = -3; yaw <= 3; yaw += 0.3) {
    for (const pitch of [0.12, 0.62, 1.35]) {
      const project = projection({ yaw, pitch }, 600, 400);
      for (const x of [-1, 1])
        for (const y of [-1, 1])
          for (const z of [0, 1]) {
            const [right, down] = project(x, y, z);
            assert.ok(right >= 0 && right <= 600 && down >= -40 && down <= 440, `${yaw} ${pitch}: ${right}, ${down}`);
          }
    }
  }
});

test("a turn by a quarter takes one side to the other", () => {
  const [front, turned] = [0, Math.PI / 2].map((yaw) => projection({ yaw, pitch: 0.5 }, 600, 400));
  front(1, 0, 0.3).forEach((value, k) => near(value, turned(0, -1, 0.3)[k]));
});

test("the cells of a ground are painted from the farthest to the nearest", () => {
  const rows = [
    [0, 1, 2],
    [1, 2, 3],
    [2, 3, 4],
  ];
  const cells = cellsOf({ rows, range: [0, 4] }, projection({ yaw: 0, pitch: 0.6 }, 600, 400));
  assert.equal(cells.length, 4);
  for (let k = 1; k < 4; k++) assert.ok(cells[k - 1].away >= cells[k].away);
  assert.ok(cells[0].corners[0][1] === 0 && cells[3].corners[0][1] === -1, "the back row comes first");
  assert.deepEqual(cells.find(({ corners }) => corners[0][0] === -1 && corners[0][1] === -1).corners[2], [0, 0, 0.5]);
  assert.ok(
    cellsOf(
      {
        rows: [
          [5, 5],
          [5, 5],
        ],
        range: [5, 5],
      },
      () => [0, 0, 0],
    )[0].corners.every(([, , z]) => z === 0),
  );
});

test("a slope towards the light is brighter than one away from it", () => {
  const slope = (rise) => [
    [0, 0, 0],
    [1, 0, rise],
    [1, 1, rise],
    [0, 1, 0],
  ];
  const [towards, level, away] = [0.3, 0, -0.9].map((rise) => brightness(slope(rise), 1));
  assert.ok(towards > level && level > away);
  assert.equal(brightness(slope(-50), 1), 0.78, "in the shade");
});

test("places of the axes under the pointer", () => {
  const box = { left: 100, top: 50, width: 200, height: 400 };
  const at = (x, y) => placeAt({ x, y }, box, [-6, 6], [0, 10]);
  assert.deepEqual(at(100, 450), [-6, 0]);
  assert.deepEqual(at(300, 50), [6, 10]);
  assert.deepEqual(at(200, 250), [0, 5]);
  assert.ok(isWithin(at(300, 50), [-6, 6], [0, 10]) && !isWithin(at(301, 50), [-6, 6], [0, 10]));
  assert.ok(!isWithin([Number.NaN, 0], [-6, 6], [0, 10]));
});
