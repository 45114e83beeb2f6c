// Transport: which frame is drawn when, with the screen's frames and the clock in the test's hands.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Transport } from "../../../playground/player/browser/core/transport.js";

let screen; // the callback of the next screen frame
let clock;

beforeEach(() => {
  screen = null;
  clock = 1000;
  globalThis.requestAnimationFrame = (call) => {
    screen = call;
    return 1;
  };
  globalThis.cancelAnimationFrame = () => {
    screen = null;
  };
  globalThis.performance = { now: () => clock };
});

/** A transport, the frames it drew, and pass(ms): time goes by, with 60 screen frames a second. */
function made({ canDraw = () => true } = {}) {
  const drawn = [];
  const calls = { frames: 0, change: 0 };
  const transport = new Transport({
    draw: (i) => drawn.push(i),
    canDraw,
    needsFrames: () => calls.frames++,
    onChange: () => calls.change++,
  });
  const pass = (ms) => {
    for (const end = clock + ms; clock < end; ) {
      clock += 1000 / 60;
      const call = screen;
      screen = null;
      call?.(clock);
    }
  };
  return { transport, drawn, calls, pass };
}

test("the first frames are shown at once, and nothing moves by itself", () => {
  const { transport, drawn, pass } = made();
  transport.extend(50);
  pass(500);
  assert.deepEqual(drawn, [0]);
  assert.equal(transport.state, "paused");
});

test("play draws so many frames a second, each once, and asks for more", () => {
  for (const fps of [1, 10, 30, 60]) {
    const { transport, drawn, calls, pass } = made();
    transport.fps = fps;
    transport.extend(1000);
    transport.play();
    assert.equal(transport.state, "playing");
    pass(3000);
    assert.ok(Math.abs(drawn.length - 1 - 3 * fps) <= 2, `${drawn.length} at ${fps}`);
    assert.deepEqual(
      drawn,
      drawn.map((_, i) => i),
    );
    assert.ok(calls.frames >= 150);
  }
});

test("a pause holds the frame", () => {
  const { transport, drawn, pass } = made();
  transport.extend(100);
  transport.play();
  pass(300);
  transport.pause();
  const { at } = transport;
  pass(500);
  assert.equal(transport.at, at);
  assert.equal(drawn.at(-1), at);
});

test("after a wait for frames play goes on at its speed and makes up for nothing", () => {
  const { transport, drawn, pass } = made();
  transport.fps = 10;
  transport.extend(3);
  transport.play();
  pass(5000);
  assert.deepEqual(drawn, [0, 1, 2]);
  transport.extend(100);
  pass(1000);
  assert.ok(drawn.length <= 3 + 11 && drawn.length >= 3 + 9, `${drawn.length}`);
});

test("nothing is drawn while the panels are not ready", () => {
  let ready = false;
  const { transport, drawn, pass } = made({ canDraw: () => ready });
  transport.extend(100);
  transport.play();
  pass(1000);
  assert.deepEqual(drawn, [0]);
  ready = true;
  pass(1000);
  assert.ok(drawn.length > 20 && drawn.length <= 34, `${drawn.length}: at its speed, and nothing is made up for`);
});

test("the end: play stops at the frame to rest at, and begins again from the start", () => {
  const { transport, drawn, pass } = made();
  transport.extend(10);
  transport.end({ kind: "early", reason: "it got worse", update: 4 }, 4);
  transport.play();
  pass(2000);
  assert.deepEqual([transport.at, transport.state, drawn.at(-2)], [4, "stopped", 9]);
  transport.play();
  assert.equal(transport.at, 0);
});

test("a run that diverged says so", () => {
  const { transport } = made();
  transport.extend(3);
  transport.end({ kind: "diverged", reason: "not finite", update: 2 }, 2);
  transport.go(2);
  assert.equal(transport.state, "diverged");
});

test("a step past the last frame shows the next one when it comes", () => {
  const { transport, drawn } = made();
  transport.extend(2);
  transport.step(1);
  transport.step(1);
  assert.deepEqual(drawn, [0, 1]);
  transport.extend(5);
  assert.deepEqual(drawn, [0, 1, 2]);
  transport.extend(6);
  assert.equal(transport.at, 2);
});

test("steps and jumps stay within what is held", () => {
  const { transport } = made();
  transport.step(-1);
  assert.equal(transport.at, -1);
  transport.extend(5);
  transport.step(-1);
  assert.equal(transport.at, 0);
  transport.go(99);
  assert.equal(transport.at, 4);
});

test("what is cut is not shown any longer, and the run may go on", () => {
  const { transport, calls } = made();
  transport.extend(10);
  transport.end({ kind: "epochs", reason: "all done", update: 9 }, 9);
  transport.go(9);
  const before = calls.change;
  transport.truncate(4);
  assert.deepEqual([transport.at, transport.held, transport.state], [3, 4, "paused"]);
  assert.ok(calls.change > before);
});
