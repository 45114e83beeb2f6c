// What there is to say: the most pressing first, and advice only from its moment on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Messages } from "../../../playground/player/browser/core/messages.js";

const QUIET = { state: "playing", ended: null, calm: false, words: "" };
const hint = (update, text) => ({ update, messages: [{ rule: `rule ${text}`, text, kind: "warning", fix: "Try it" }] });
const texts = (found) => found.map(({ text }) => text);

test("where there is nothing to say there is a tip", () => {
  assert.deepEqual(
    new Messages(() => {}).at(0, QUIET).map(({ kind }) => kind),
    ["tip"],
  );
});

test("advice is that of the last moment before, and none before the first", () => {
  const messages = new Messages(() => {});
  messages.add(hint(10, "early"));
  messages.add(hint(50, "late"));
  messages.add(null);
  assert.deepEqual(messages.advice(9), []);
  assert.deepEqual(texts(messages.advice(10)), ["early"]);
  assert.deepEqual(texts(messages.advice(49)), ["early"]);
  assert.deepEqual(texts(messages.advice(50)), ["late"]);
  messages.cut(20);
  assert.deepEqual(texts(messages.advice(50)), ["early"]);
});

test("a fix names its rule", () => {
  const tried = [];
  const messages = new Messages((rule) => tried.push(rule));
  messages.add(hint(0, "flat"));
  const [{ fix }] = messages.advice(0);
  assert.equal(fix.label, "Try it");
  fix.run();
  assert.deepEqual(tried, ["rule flat"]);
});

test("the order: trouble, what was asked for, the end, calm, advice, the scene's words", () => {
  const messages = new Messages(() => {});
  messages.trouble = "trouble";
  messages.remark = "remark";
  messages.add(hint(0, "advice"));
  const ended = { kind: "diverged", reason: "end", update: 0 };
  const found = messages.at(0, { state: "diverged", ended, calm: true, words: "words" });
  const [calm] = texts(found).filter((text) => text.startsWith("Your system asks for less motion"));
  assert.deepEqual(texts(found), ["trouble", "remark", "end", calm, "advice", "words"]);
  assert.deepEqual(
    found.map(({ kind }) => kind),
    ["warning", "note", "warning", "note", "warning", "info"],
  );
});
