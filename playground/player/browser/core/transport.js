// Which frame is drawn when. Knows time and the number of frames, but neither panels nor server.

/** @import { Ended } from "../types.d.ts" */

export class Transport {
  /**
   * `draw(i)` shows a frame. `canDraw()` says whether another may be shown while playing. `needsFrames()` is called after
   * every screen frame of play, so that more can be asked for in time. `onChange()` follows every change of state.
   * @param {{ draw: (i: number) => void, canDraw: () => boolean, needsFrames: () => void, onChange: () => void }} calls
   */
  constructor({ draw, canDraw, needsFrames, onChange }) {
    this.draw = draw;
    this.canDraw = canDraw;
    this.needsFrames = needsFrames;
    this.onChange = onChange;
    this.at = -1; // the frame now drawn
    this.held = 0;
    this.playing = false;
    this.fps = 30;
    /** @type {Ended | null} */
    this.ended = null; // why no frame will follow the last one
    this.wanted = false; // whether a step waits for a frame that is not here yet
    this.due = 0; // when the next frame is to be drawn, in ms
    this.handle = 0; // of the screen frame that was asked for
    this.rest = -1; // the frame to show at the end: the last one, or the best one after early stopping
  }

  /**
   * No frame will follow the last one, or (null) further ones may.
   * @param {Ended | null} ended
   * @param {number} rest
   */
  end(ended, rest) {
    this.ended = ended;
    this.rest = rest;
  }

  get state() {
    if (this.playing) return "playing";
    if (this.ended === null || !this.atEnd) return "paused";
    return this.ended.kind === "diverged" ? "diverged" : "stopped";
  }

  get atEnd() {
    return this.ended !== null && (this.at === this.held - 1 || this.at === this.rest);
  }

  play() {
    if (this.playing) return;
    if (this.atEnd) this.go(0);
    this.playing = true;
    this.due = performance.now();
    this.onChange();
    this.loop();
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    cancelAnimationFrame(this.handle);
    this.onChange();
  }

  loop() {
    this.handle = requestAnimationFrame((now) => {
      if (!this.playing) return;
      this.tick(now);
      if (this.playing) this.loop();
    });
  }

  /** @param {number} now in ms, of the screen frame */
  tick(now) {
    const interval = 1000 / this.fps;
    // half a screen frame early is nearer to the wanted moment than half a screen frame late
    if (now >= this.due - 8 && this.canDraw()) {
      if (this.at + 1 < this.held) {
        this.go(this.at + 1);
        this.due = Math.max(this.due + interval, now - interval);
      } else if (this.ended) {
        this.go(this.rest);
        this.pause();
      } else {
        this.due = now;
      }
    }
    this.needsFrames();
  }

  /** @param {number} i */
  go(i) {
    const target = Math.min(Math.max(0, i), this.held - 1);
    if (target < 0) return;
    this.at = target;
    this.draw(target);
  }

  /**
   * Pauses and moves; past the last frame held, one more is asked for and shown when it comes.
   * @param {1 | -1} by
   */
  step(by) {
    this.pause();
    if (this.at + by < this.held) this.go(this.at + by);
    else if (!this.ended) this.wanted = true;
    this.onChange();
  }

  /**
   * New frames have come.
   * @param {number} held
   */
  extend(held) {
    this.held = held;
    if (this.at < 0 && held > 0) this.go(0);
    if (this.wanted) {
      this.wanted = false;
      this.go(this.at + 1);
    }
    if (this.ended && !this.playing && this.at === held - 1 && this.rest >= 0) this.go(this.rest);
    this.onChange();
  }

  /**
   * Frames after `held` are gone.
   * @param {number} held
   */
  truncate(held) {
    this.held = Math.min(this.held, held);
    this.ended = null;
    if (this.at >= this.held) this.go(this.held - 1);
    this.onChange();
  }
}
