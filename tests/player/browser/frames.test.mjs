// Frames: what was appended is found again, whatever was dropped or thinned meanwhile.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Earlier } from "../../../playground/player/browser/core/earlier_curves.js";
import { Frames } from "../../../playground/player/browser/core/frames.js";

const channel = (name, type, shape) => ({ name, type, shape, size: shape.reduce((size, n) => size * n, 1) });

/** Frames start..start+count-1: an update, a vector of three, a matrix of 2 x 2. */
function chunk(start, count) {
  const of = (size, value) =>
    Float64Array.from({ length: count * size }, (_, n) => value(start + Math.floor(n / size), n % size));
  return { update: of(1, (i) => 10 * i), vector: of(3, (i, k) => i + k / 10), matrix: of(4, (i, k) => 100 * i + k) };
}

function filled(count) {
  const frames = new Frames([
    channel("update", "f8", []),
    channel("vector", "f8", [3]),
    channel("matrix", "f8", [2, 2]),
  ]);
  frames.append(chunk(0, 4), 4);
  frames.append(chunk(4, count - 4), count - 4);
  return frames;
}

test("a frame is found in the block that it came in", () => {
  const frames = filled(7);
  assert.equal(frames.length, 7);
  assert.deepEqual(
    Array.from({ length: 7 }, (_, i) => frames.number("update", i)),
    [0, 10, 20, 30, 40, 50, 60],
  );
  assert.deepEqual(Array.from(frames.get("vector", 5)), [5, 5.1, 5.2]);
  assert.ok(Number.isNaN(frames.number("no such channel", 0)));
});

test("each way of taking from a channel", () => {
  const frames = filled(6);
  const take = (name, how) => frames.take({ channel: name, how }, 4, [0, 2, 4]);
  assert.deepEqual(take("update", "series"), [0, 20, 40]);
  assert.deepEqual(take("update", "trail"), [0, 20, 40]);
  assert.deepEqual(take("vector", "vector"), [4, 4.1, 4.2]);
  assert.deepEqual(take("matrix", "matrix"), [
    [400, 401],
    [402, 403],
  ]);
  assert.deepEqual(take("vector", "history"), [
    [0, 2, 4],
    [0.1, 2.1, 4.1],
    [0.2, 2.2, 4.2],
  ]);
});

test("the last frame of a value, and the last that is not past it", () => {
  const frames = filled(6);
  assert.equal(frames.find("update", 30), 3);
  assert.equal(frames.find("update", 35), -1);
  assert.equal(frames.before("update", 35), 3);
  assert.equal(frames.before("update", 30), 3);
  assert.equal(frames.before("update", 1000), 5);
  assert.equal(frames.before("update", -1), 0);
});

test("a sample has the first and the last frame, and not more than asked for between them", () => {
  const frames = filled(6);
  for (const last of [0, 1, 7, 100, 599, 600, 12345]) {
    const chosen = frames.sample(last, 100);
    assert.equal(chosen.at(-1), last);
    assert.equal(chosen[0], 0);
    assert.ok(chosen.length <= 101);
    assert.deepEqual(
      chosen,
      [...new Set(chosen)].sort((a, b) => a - b),
    );
  }
  assert.deepEqual(frames.sample(4, 100), [0, 1, 2, 3, 4]);
});

test("what is cut is gone, and everybody can tell", () => {
  const frames = filled(6);
  frames.truncate(9);
  assert.deepEqual([frames.length, frames.cuts], [6, 0]);
  frames.truncate(3);
  assert.deepEqual([frames.length, frames.cuts], [3, 1]);
  frames.replaceLast(chunk(7, 1));
  assert.deepEqual([frames.length, frames.cuts, frames.number("update", 2)], [3, 2, 70]);
  assert.equal(frames.number("update", 1), 10);
});

test("where there is no room for all, every second older frame goes, and each is found again", () => {
  // of 1 MiB each, as far as their sizes tell: more than there is room for
  const frames = new Frames([channel("update", "f8", []), channel("map", "u8", [2 ** 20])]);
  const updates = (start) => Float64Array.from({ length: 60 }, (_, k) => start + k);
  const large = (start) => ({ update: updates(start), map: new Uint8Array(0) });
  assert.equal(frames.append(large(0), 60), null);
  const moved = frames.append(large(60), 60);
  assert.deepEqual([frames.length, frames.cuts, moved(-1)], [91, 1, -1]);
  const now = Array.from({ length: 120 }, (_, i) => frames.number("update", moved(i)));
  now.forEach((update, i) => assert.equal(update, i >= 60 || i % 2 ? i : Math.max(i - 1, 0)));
});

test("earlier curves: what was seen after a change stays, of the last three changes", () => {
  const frames = filled(6);
  const earlier = new Earlier();
  earlier.keep(frames, 4, 4, "nothing seen after it");
  assert.equal(earlier.branches.length, 0);
  for (const label of ["a", "b", "c", "d"]) earlier.keep(frames, 2, 5, label);
  assert.deepEqual(
    earlier.branches.map(({ label }) => label),
    ["b", "c", "d"],
  );
  assert.deepEqual(earlier.branches[0].numbers, { update: [20, 30, 40, 50] }, "numbers, and no vectors");
  const takes = { x: { channel: "progress", how: "series" }, y: { channel: "update", how: "series" } };
  const bindings = [
    { trace: 0, takes },
    { trace: 0, takes: { ...takes, y: { channel: "gone", how: "series" } } },
  ];
  const traces = earlier.traces({ figure: { data: [{ name: "loss", line: { color: "red", width: 2 } }] }, bindings });
  assert.deepEqual(
    traces.map(({ name, y }) => [name, y]),
    [
      ["loss before: b", [20, 30, 40, 50]],
      ["loss before: c", [20, 30, 40, 50]],
      ["loss before: d", [20, 30, 40, 50]],
    ],
  );
  assert.deepEqual(traces[0].line, { color: "red", width: 1.3, dash: "dot" });
});
