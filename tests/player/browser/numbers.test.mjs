// Numbers in words, ranges of axes, and smooth curves.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Frames } from "../../../playground/player/browser/core/frames.js";
import { fitted, powersApart, whole } from "../../../playground/player/browser/shared/axes.js";
import {
  fill,
  format,
  formatCount,
  formatDigits,
  formatNumber,
  formatPercent,
  formatShort,
} from "../../../playground/player/browser/shared/format.js";
import { faint, smoothed } from "../../../playground/player/browser/shared/smoothing.js";
import { pixels } from "../../../playground/player/browser/shared/theme.js";

const TABLE = [
  // value, number, short, percent, count, four digits
  [0, "0.0000", "0", "0.0\u00a0%", "0", "0"],
  [0.12345, "0.1235", "0.123", "12.3\u00a0%", "0", "0.1235"],
  [0.005, "0.0050", "0.005", "0.5\u00a0%", "0", "0.005000"],
  [0.00012345, "1.23e−4", "0.000123", "0.01\u00a0%", "0", "1.234·10⁻⁴"],
  [1234.56, "1234.6", "1230", "123456.0\u00a0%", "1,235", "1235"],
  [123456, "1.23e+5", "123000", "12345600.0\u00a0%", "123,456", "1.235·10⁵"],
  [NaN, "–", "–", "–", "–", "–"],
  [Infinity, "∞", "∞", "–", "∞", "∞"],
  [-Infinity, "−∞", "−∞", "–", "−∞", "−∞"],
];

for (const [value, number, short, percent, count, four] of TABLE) {
  test(`${value} in words`, () => {
    assert.equal(formatNumber(value), number);
    assert.equal(formatShort(value), short);
    assert.equal(formatPercent(value), percent);
    assert.equal(formatCount(value), count);
    assert.equal(formatDigits(value), four);
  });
}

test("a part is never called none or all of it", () => {
  assert.equal(formatPercent(1), "100.0\u00a0%");
  assert.equal(formatPercent(2499 / 2500), "99.96\u00a0%");
  assert.equal(formatPercent(2499 / 2500, 0), "99.96\u00a0%");
  assert.equal(formatPercent(0.996, 0), "99.6\u00a0%");
  assert.equal(formatPercent(0.5, 0), "50\u00a0%");
  assert.equal(formatPercent(1 / 5000), "0.02\u00a0%");
  assert.equal(formatPercent(1e-9), "<\u00a00.001\u00a0%");
  assert.equal(formatPercent(1 - 1e-9), ">\u00a099.999\u00a0%");
  assert.equal(formatPercent(1.0004), "100.0\u00a0%");
});

test("a matrix of parts in words", () => {
  const frames = new Frames([{ name: "scores", type: "f8", shape: [2, 2], size: 4, words: [] }]);
  frames.append({ scores: Float64Array.of(1, 0.996, NaN, 0.25) }, 1);
  const taken = frames.take({ channel: "scores", how: "percents" }, 0, []);
  assert.deepEqual(taken, [
    ["100\u00a0%", "99.6\u00a0%"],
    ["–", "25\u00a0%"],
  ]);
});

test("a minus is a minus, and no hyphen", () => {
  for (const write of [formatNumber, formatShort, formatDigits]) {
    for (const value of [-0.5, -2, -1e-7, -1e7]) assert.match(write(value), /^−[^-]*$/);
  }
});

test("a style that is not known is the plain one", () => {
  assert.equal(format(0.25, "percent"), "25.0\u00a0%");
  assert.equal(format(0.25, undefined), "0.2500");
  assert.equal(format(0.25, "no such style"), "0.2500");
});

test("texts are filled with the numbers of a frame", () => {
  const channel = (name, size, words = []) => ({ name, type: "f8", shape: [size], size, words });
  const frames = new Frames([channel("loss", 1), channel("phase", 1, ["forward", "loss"]), channel("place", 2)]);
  frames.append(
    { loss: Float64Array.of(0.5, 0.25), phase: Float64Array.of(0, 1), place: Float64Array.of(1, 2, 3, 4) },
    2,
  );
  assert.equal(fill("{loss} in {phase:word}: {loss:percent}", frames, 1), "0.2500 in loss: 25.0\u00a0%");
  assert.equal(fill("at {place:count}", frames, 1), "at 3, 4");
  assert.equal(fill("{unknown} and {}", frames, 0), "{unknown} and {}");
});

test("logarithmic axes show whole powers of ten", () => {
  assert.deepEqual(whole([0.002, 30]), [-3, 2]);
  assert.deepEqual(whole([1, 1]), [0, 1]);
  assert.equal(whole([Infinity, -Infinity]), null);
  assert.equal(powersApart([-3, 2]), 1);
  assert.equal(powersApart([-12, 1]), 3);
});

test("linear axes hold the span and move in steps", () => {
  for (const [low, high] of [
    [0, 1],
    [-3, 5],
    [2, 2],
    [0, 0],
    [1e-6, 1.1e-6],
    [-1e5, 1e5],
  ]) {
    const [from, to] = fitted([low, high]);
    assert.ok(from < low && high < to, `${low} ${high}`);
    assert.ok(to - from <= 2 * (high - low || Math.abs(high) || 1), "not much more than the span");
  }
  assert.deepEqual(fitted([0.1, 0.9]), fitted([0.11, 0.91]));
  assert.equal(fitted([1, 0]), null);
  assert.equal(fitted([NaN, 1]), null);
});

test("the mean of a constant is the constant from the first frame on", () => {
  const frames = { number: () => 3 };
  assert.ok(smoothed(frames, "loss", [0, 1, 5, 50]).every((value) => Math.abs(value - 3) < 1e-12));
});

test("a mean over all frames before, those that are not drawn included", () => {
  const frames = { number: (_, i) => i };
  const all = smoothed(
    frames,
    "loss",
    Array.from({ length: 21 }, (_, i) => i),
  );
  assert.deepEqual(smoothed(frames, "loss", [0, 7, 20]), [all[0], all[7], all[20]]);
  assert.ok(Math.abs(all[1] - (0.9 * 0.1 * 0 + 0.1 * 1) / (0.09 + 0.1)) < 1e-12);
});

test("a faint trace is the same behind it", () => {
  const trace = { name: "loss", line: { color: "red", width: 2 } };
  assert.deepEqual(faint(trace).line, { color: "red", width: 1 });
  assert.equal(faint(trace).zorder, -1);
  assert.equal(trace.line.width, 2);
});

test("a palette as pixels: red, green, blue, opaque; the last colour fills the rest", () => {
  const bytes = new Uint8Array(pixels("010203fffefd").buffer);
  assert.deepEqual(Array.from(bytes.subarray(0, 12)), [1, 2, 3, 255, 255, 254, 253, 255, 255, 254, 253, 255]);
  assert.equal(bytes.length, 1024);
});
