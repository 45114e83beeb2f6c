// What the server sends: taken in one packet after the other. Holds the run's frames, and pulls more before play
// comes to their end.

/** @import { Header, Scene } from "../types.d.ts" */
/** @import { Connection } from "./connection.js" */
/** @import { Player } from "./player.js" */
/** @import { Transport } from "./transport.js" */

import { Frames } from "./frames.js";
import { readBody, readHeader } from "./packet.js";
import { _, speak } from "../shared/text.js";

const AHEAD = 1.2; // seconds of play that should always be held
const MOST_FAILURES = 3; // in a row

export class Receiver {
  /**
   * listener: whose methods are called.
   * learn(modules): a scene is about to open whose panels these bring.
   * leaving({ same, label }): another scene is about to open, of the same run or another.
   * opened(): it is there, without frames yet. begun(): with its first ones. taken(header): frames have come.
   * branching(label): a change has come, and what follows the frame drawn will go.
   * cut(length): only so many frames stay. thinned(moved): some had to go, and moved(i) is where frame i is now.
   * noted(note): a message to one panel. troubled(text): a packet could not be read.
   * @param {Connection} connection
   * @param {Transport} transport
   * @param {Player} listener
   */
  constructor(connection, transport, listener) {
    this.connection = connection;
    this.transport = transport;
    this.listener = listener;
    this.stride = 1; // epochs between two frames
    this.failures = 0;
    /** @type {number | null} */
    this.pendingUpdate = null; // the update to go to as soon as its frame is here
    /** @type {Scene | null} */
    this.scene = null;
    /** @type {Frames | null} */
    this.frames = null;
    this.run = ""; // its name
    /** @type {string | null} */
    this.fingerprint = null; // equal for runs with the same frames
    this.queue = Promise.resolve();
  }

  /**
   * Everything that comes from the server goes through here.
   * @param {Uint8Array<ArrayBuffer>} bytes
   */
  accept(bytes) {
    this.queue = this.queue.then(() => this.take(bytes)).catch((error) => this.fail(error));
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes */
  async take(bytes) {
    const { header, body } = readHeader(bytes);
    if (header.packet === this.connection.seen) return; // the page ran again and sent what is here already
    this.connection.seen = header.packet;
    if (header.scene && header.fingerprint === this.fingerprint) return this.rejoin(header.run);
    if (header.scene?.modules) await this.listener.learn(header.scene.modules);
    if (header.scene) this.open(header);
    if (header.run !== this.run) return this.connection.ask({ kind: "scene" });
    if (header.cut) return this.resume(header, body);
    if (header.note) {
      this.listener.noted(header.note);
      return this.connection.repeat(); // a note may have taken the place of an answer
    }
    if (this.isAnswer(header)) await this.takeFrames(header, body);
  }

  /** @param {Header} header */
  isAnswer(header) {
    return Boolean(header.scene) || this.connection.answers(header.answer);
  }

  /**
   * @param {Header} header
   * @param {Uint8Array<ArrayBuffer>} body
   */
  async takeFrames(header, body) {
    const columns = await readBody(body, this.scene.channels, header.count);
    if (!this.isAnswer(header)) return; // the visitor has moved on meanwhile
    this.connection.acknowledge();
    this.failures = 0;
    const moved = this.frames.append(columns, header.count);
    if (moved) {
      this.transport.at = moved(this.transport.at);
      this.listener.thinned(moved);
    }
    this.listener.taken(header);
    this.transport.end(header.ended, this.frames.find("update", header.ended?.update));
    this.transport.extend(this.frames.length);
    if (header.scene) this.listener.begun();
    this.seek();
    this.pull();
  }

  /** Goes to the moment that was shown in the scene before this one, as soon as its frame is here. */
  seek() {
    if (this.pendingUpdate === null) return;
    const { frames, transport } = this;
    const reached = frames.number("update", frames.length - 1) >= this.pendingUpdate || transport.ended;
    transport.go(reached ? frames.before("update", this.pendingUpdate) : frames.length - 1);
    if (reached) this.pendingUpdate = null;
  }

  /**
   * Another server, the same run: the frames here stay, and more are pulled after the last of them.
   * @param {string} run
   */
  rejoin(run) {
    this.run = run;
    this.connection.acknowledge();
    this.pull();
  }

  /**
   * A live setting or a weight has changed: what was seen after this frame stays as dotted curves, the rest is
   * dropped. With a weight the frame itself has changed, and comes along.
   * @param {Header} header
   * @param {Uint8Array<ArrayBuffer>} body
   */
  async resume({ fingerprint, label, words, count }, body) {
    const columns = await readBody(body, this.scene.channels, count);
    this.listener.branching(label);
    this.fingerprint = fingerprint;
    this.scene.words = words ?? this.scene.words;
    this.connection.close();
    if (count) this.replaceFrame(columns);
    else this.cut(this.transport.at + 1);
    this.pull();
  }

  /** The frame of the same moment gives way to this one, and all after it go. */
  replaceFrame(columns) {
    const at = this.frames.before("update", columns.update[0]);
    this.cut(at + 1);
    this.frames.replaceLast(columns);
    this.transport.go(at);
  }

  /** @param {number} length */
  cut(length) {
    this.listener.cut(length);
    this.frames?.truncate(length);
    this.transport.truncate(length);
  }

  /**
   * From here on other frames are wanted than those that are held.
   * @param {number} length
   */
  restart(length) {
    this.connection.close();
    this.cut(length);
  }

  /** @param {Header} header */
  open({ scene, run, fingerprint, label }) {
    const same = run === this.run;
    speak(scene.texts);
    this.listener.leaving({ same, label });
    // another scene of the run that is here already: it will be shown at the moment it is at
    if (!same) this.pendingUpdate = null;
    else if (this.update >= 0) this.pendingUpdate ??= this.update; // unless it is on its way to one already
    this.scene = scene;
    this.run = run;
    this.fingerprint = fingerprint;
    this.frames = new Frames(scene.channels);
    this.connection.close();
    this.transport.at = -1;
    this.transport.truncate(0);
    this.listener.opened();
  }

  /** The update of the frame now drawn; -1 if there is none. */
  get update() {
    const { at } = this.transport;
    return at >= 0 && at < (this.frames?.length ?? 0) ? this.frames.number("update", at) : -1;
  }

  pull() {
    const { transport, connection, frames } = this;
    if (!frames?.length || connection.waiting || transport.ended) return;
    const ahead = transport.held - 1 - transport.at;
    const wanted = this.pendingUpdate !== null ? Infinity : transport.playing ? transport.fps * AHEAD : 1;
    if (ahead >= wanted) return;
    const after = frames.number("update", frames.length - 1);
    const count = this.pendingUpdate !== null ? 60 : transport.playing ? Math.ceil(transport.fps * 1.5) : 2;
    connection.ask({ kind: "frames", run: this.run, after, count, stride: this.stride });
  }

  /**
   * Asks for the run again, but not for ever: what failed may fail each time.
   * @param {unknown} error
   */
  fail(error) {
    console.error(error);
    this.failures += 1;
    this.fingerprint = null;
    const again = this.failures <= MOST_FAILURES;
    if (again) this.connection.ask({ kind: "scene" });
    this.listener.troubled(
      again
        ? _("Something from the server could not be read; asking for the run again …")
        : _("This run cannot be shown here. Reload the page, or choose other settings."),
    );
  }
}
