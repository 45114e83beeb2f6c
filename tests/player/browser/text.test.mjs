// The seam for translation: what stands for a text, how its gaps are filled, and where it is cut.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { Frames } from "../../../playground/player/browser/core/frames.js";
import { fill } from "../../../playground/player/browser/shared/format.js";
import { _, around, ngettext, speak } from "../../../playground/player/browser/shared/text.js";

afterEach(() => speak(undefined));

test("without a catalogue texts are English", () => {
  assert.equal(_("Play"), "Play");
  assert.equal(ngettext("{n} update", "{n} updates", 1, { n: 1 }), "1 update");
  assert.equal(ngettext("{n} update", "{n} updates", 0, { n: 0 }), "0 updates");
});

test("with a catalogue what it holds is translated, and English again without it", () => {
  speak({ texts: { Play: "Abspielen", "Edit {unit}": "{unit} ändern" }, plurals: {} });
  assert.equal(_("Play"), "Abspielen");
  assert.equal(_("Edit {unit}", { unit: "h₁" }), "h₁ ändern");
  assert.equal(_("Pause"), "Pause");
  assert.equal(_("toString"), "toString");
  speak(undefined);
  assert.equal(_("Play"), "Play");
});

test("gaps are filled once, and one that is not given stays", () => {
  assert.equal(_("{a} and {b}, {a}", { a: "{b}", b: 0 }), "{b} and 0, {b}");
  assert.equal(_("{constructor} {a}", {}), "{constructor} {a}");
});

test("what Python has to say of channels is left alone", () => {
  const text = "Epoch {epoch:count}, {loss} of {run}";
  assert.equal(_(text, { run: "A", epoch: 7 }), "Epoch {epoch:count}, {loss} of A");
  const frames = new Frames([
    { name: "epoch", type: "f8", shape: [], size: 1 },
    { name: "loss", type: "f8", shape: [], size: 1 },
  ]);
  frames.append({ epoch: Float64Array.of(1200), loss: Float64Array.of(0.5) }, 1);
  assert.equal(fill(_(text, { run: "A" }), frames, 0), "Epoch 1,200, 0.5000 of A");
});

test("a language has as many forms as it wants", () => {
  const form = (n) => (n % 10 === 1 && n % 100 !== 11 ? 0 : n % 10 > 1 && n % 10 < 5 && (n % 100) >> 3 !== 1 ? 1 : 2);
  const of = Array.from({ length: 200 }, (_n, n) => form(n)).join("");
  speak({ texts: {}, plurals: { "{n} epoch": { forms: ["{n} эпоха", "{n} эпохи", "{n} эпох"], of } } });
  const said = (n) => ngettext("{n} epoch", "{n} epochs", n, { n });
  assert.deepEqual([1, 3, 5, 11, 21, 101].map(said), [
    "1 эпоха",
    "3 эпохи",
    "5 эпох",
    "11 эпох",
    "21 эпоха",
    "101 эпоха",
  ]);
  assert.deepEqual([1001, 1011, 1234567].map(said), ["1001 эпоха", "1011 эпох", "1234567 эпох"]);
});

test("a text is cut around gaps that are more than text", () => {
  assert.deepEqual(around(_("{yes} if {condition}, else {no}"), { yes: [1, 2], condition: [3], no: [] }), [
    1,
    2,
    " if ",
    3,
    ", else ",
  ]);
});
