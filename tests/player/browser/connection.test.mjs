// The connection: whatever gets lost is sent again, and nothing after it has been acknowledged.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Connection } from "../../../playground/player/browser/core/connection.js";

let sent;
let lost;
let restored;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.document = { querySelectorAll: () => [] };
  [sent, lost, restored] = [[], 0, 0];
});

function made() {
  const send = (name, message) => {
    assert.equal(name, "message");
    sent.push(structuredClone(message));
  };
  return new Connection(send, { onLost: () => lost++, onRestored: () => restored++ });
}

test("an action is sent with every message until an answer to a later request has come", () => {
  const connection = made();
  connection.sendAction({ kind: "seed", update: 3 });
  connection.ask({ kind: "scene" });
  connection.sendAction({ kind: "fix", update: 4 });
  assert.deepEqual(
    sent.map(({ actions }) => actions.map(({ kind }) => kind)),
    [["seed"], ["seed"], ["seed", "fix"]],
  );
  assert.ok(connection.answers(sent[1].request.id));
  connection.acknowledge();
  assert.equal(restored, 1);
  connection.ask({ kind: "scene" });
  assert.deepEqual(
    sent.at(-1).actions.map(({ kind }) => kind),
    ["fix"],
    "it was sent after that request",
  );
  connection.acknowledge();
  connection.ask({ kind: "scene" });
  assert.deepEqual(sent.at(-1).actions, []);
});

test("numbers grow, and actions and requests share them", () => {
  const connection = made();
  connection.sendAction({ kind: "seed", update: 0 });
  connection.ask({ kind: "scene" });
  connection.sendAction({ kind: "seed", update: 0 });
  const [first, second] = sent.at(-1).actions;
  assert.ok(first.number < sent.at(-1).request.id && sent.at(-1).request.id < second.number);
});

test("a request without an answer is asked again under another number", () => {
  const connection = made();
  connection.ask({ kind: "scene" });
  const { id } = sent[0].request;
  mock.timers.tick(5999);
  assert.equal(sent.length, 1);
  mock.timers.tick(1);
  assert.deepEqual([sent.length, lost], [2, 1]);
  assert.ok(sent[1].request.id > id);
  assert.ok(!connection.answers(id), "a late answer to the first is none to the second");
  mock.timers.tick(2500);
  assert.deepEqual([sent.length, lost], [3, 2]);
  connection.acknowledge();
  mock.timers.tick(60000);
  assert.equal(sent.length, 3);
});

test("a send that fails loses nothing", () => {
  const connection = made();
  const { send } = connection;
  connection.send = () => {
    throw new Error("no connection");
  };
  connection.sendAction({ kind: "seed", update: 0 });
  connection.move(send);
  assert.deepEqual(
    sent.map(({ actions }) => actions[0].kind),
    ["seed"],
  );
});

test("of too many actions the last fifty stay, as many as the server takes", () => {
  const connection = made();
  for (let update = 0; update < 60; update++) connection.sendAction({ kind: "draw", update });
  assert.deepEqual(
    sent.at(-1).actions.map(({ update }) => update),
    Array.from({ length: 50 }, (_, k) => k + 10),
  );
});
