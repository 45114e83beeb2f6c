// The player: shows a run's frames, plays, scrubs and pulls more. One instance for each place in the page.

import { Earlier } from "./earlier.js";
import { Frames } from "./frames.js";
import { listen } from "./keys.js";
import { Link } from "./link.js";
import { Messages } from "./messages.js";
import { readBody, readHeader } from "./packet.js";
import { receiveFile, shareOptions, take } from "./share.js";
import { Stage } from "./stage.js";
import { StatusLine } from "./status.js";
import { Toolbar } from "./toolbar.js";
import { Transport } from "./transport.js";

const AHEAD = 1.2; // seconds of play that should always be held
const MOST_FAILURES = 3; // in a row
const UNREADABLE = "Something from the server could not be read; asking for the run again …";
const BROKEN = "This run cannot be shown here. Reload the page, or choose other settings.";
const LOST = "The server does not answer. What is here stays and can be replayed; trying again …";

export class Player {
  constructor(root, send, plotly) {
    this.root = root;
    this.plotly = plotly;
    this.stage = new Stage(root, plotly, () => this.transport.at >= 0 && this.draw(this.transport.at));
    this.link = new Link(send, {
      lost: () => this.connection("lost"),
      found: () => this.connection("open"),
    });
    this.transport = new Transport({
      draw: (i) => this.draw(i),
      hungry: () => this.pull(),
      changed: () => this.mark(),
    });
    this.status = new StatusLine();
    this.earlier = new Earlier();
    this.messages = new Messages((rule) => this.act("fix", { rule }));
    this.kept = {}; // what panels keep from one scene to the next
    this.seen = -1; // the furthest frame drawn since the last cut
    this.stride = 1;
    this.failures = 0;
    this.sought = null;
    this.queue = Promise.resolve();
    this.calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.resting = this.calm; // the visitor wants nothing to move by itself
    this.actions = this.makeActions();
    this.unlisten = listen(root, this.actions, (name) => this.toolbar?.offers(name));
    root.classList.add("player");
    root.dataset.testid = "player";
    root.tabIndex = -1;
    Object.assign(root.dataset, { frame: -1, frames: 0, epoch: 0, state: "paused", connection: "open" });
  }

  makeActions() {
    const { transport } = this;
    return {
      start: () => this.move(() => transport.go(0)),
      back: () => {
        this.pause();
        transport.step(-1);
      },
      play: () => (transport.playing ? this.pause() : this.play()),
      step: () => {
        this.pause();
        transport.step(1);
        this.pull();
      },
      end: () => this.move(() => transport.go(transport.held - 1)),
      reset: () => this.reset(),
      seed: () => this.act("seed"),
      scrub: (i) => this.move(() => transport.go(i)),
      forget: () => {
        this.earlier.clear();
        this.showEarlier();
      },
      share: (format) => this.share(format),
      rate: (fps) => {
        transport.fps = fps;
      },
      stride: (epochs) => this.setStride(epochs),
    };
  }

  /** Whether a lesson leaves a control out. */
  hides(name) {
    return this.scene?.view.hide?.includes(name) ?? false;
  }

  play() {
    this.resting = false;
    this.moved = true;
    this.messages.remark = "";
    this.transport.play();
    this.pull();
  }

  /** Also while a new run is on its way: it will not play by itself then. */
  pause() {
    this.resting = true;
    this.autoplay = false;
    this.transport.pause();
  }

  move(go) {
    this.messages.remark = "";
    this.pause();
    go();
    this.mark();
  }

  /** Back to the same first weights; the frames after them are dropped and will be trained again. */
  reset() {
    this.pause();
    this.link.close();
    this.cut(1);
    this.transport.go(0);
    this.pull();
  }

  /** The update of the frame now drawn; -1 if there is none. */
  get update() {
    const { at } = this.transport;
    return at >= 0 && at < (this.frames?.length ?? 0) ? this.frames.number("update", at) : -1;
  }

  /** Something for the server to do, at the moment the visitor sees; see playground/ui/actions.py. */
  act(kind, sent = {}) {
    this.link.tell({ ...sent, kind, update: Math.max(0, this.update) });
  }

  /** The speed that a scene asks for; the visitor may choose another. */
  setRate(fps) {
    this.rate = this.transport.fps = fps;
    this.toolbar.setRate(fps);
  }

  setStride(epochs) {
    this.stride = epochs;
    this.link.close();
    this.cut(this.transport.at + 1);
    this.pull();
  }

  cut(length) {
    this.seen = Math.min(this.seen, length - 1);
    this.messages.cut(length > 0 && this.frames ? this.frames.number("update", length - 1) : -1);
    this.frames?.truncate(length);
    this.transport.truncate(length);
  }

  /** Everything that comes from the server goes through here, one packet after the other. */
  accept(bytes) {
    this.queue = this.queue.then(() => this.take(bytes)).catch((error) => this.fail(error));
  }

  async take(bytes) {
    const { header, body } = readHeader(bytes);
    if (header.packet === this.link.seen) return; // the page ran again and sent what is here already
    this.link.seen = header.packet;
    if (header.scene && header.fingerprint === this.fingerprint) return this.rejoin(header.run);
    if (header.scene) this.open(header);
    if (header.run !== this.run) return this.link.ask({ kind: "scene" });
    if (header.cut) return this.resume(header, body);
    if (header.note) {
      this.pass(header.note);
      return this.link.repeat(); // a note may have taken the place of an answer
    }
    if (this.isAnswer(header)) await this.takeFrames(header, body);
  }

  async share(format) {
    this.stage.drawAllSlow(this.frames, this.transport.at); // what is to be a picture may be out of sight
    const asked = (name) => this.act("export", { format: name, mode: this.stage.mode });
    this.say(await take(format, this.stage, await this.plotly, asked));
  }

  /** A word from the server to one panel, or a file. */
  pass(note) {
    if (note.panel === "download") {
      if (note.data) receiveFile(note);
      return this.say(note.trouble ?? "");
    }
    this.stage.find(note.panel)?.receive(note);
  }

  isAnswer(header) {
    return Boolean(header.scene) || this.link.answers(header.answer);
  }

  async takeFrames(header, body) {
    const columns = await readBody(body, this.channels, header.count);
    if (!this.isAnswer(header)) return; // the visitor has moved on meanwhile
    this.link.settle();
    this.messages.trouble = "";
    this.failures = 0;
    this.root.dataset.serverMs = header.server_ms;
    this.frames.append(columns, header.count);
    this.messages.hear(header.advice);
    this.transport.end(header.ended, this.frames.find("update", header.ended?.update));
    this.transport.extend(this.frames.length);
    if (header.scene) this.begin();
    this.openHash();
    this.seek();
    this.pull();
  }

  /** A link of TensorFlow Playground keeps its settings behind the #, which no server ever sees. */
  openHash() {
    const text = location.hash.slice(1);
    if (!text.includes("=")) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    this.act("hash", { text });
  }

  /** Goes to the moment that was shown in the scene before this one, as soon as its frame is here. */
  seek() {
    if (this.sought === null) return;
    const { frames, transport } = this;
    const reached = frames.number("update", frames.length - 1) >= this.sought || transport.ended;
    transport.go(reached ? frames.before("update", this.sought) : frames.length - 1);
    if (reached) this.sought = null;
  }

  /** Another server, the same run: the frames here stay, and more are pulled after the last of them. */
  rejoin(run) {
    this.run = run;
    this.link.settle();
    this.pull();
  }

  /**
   * A live setting or a weight has changed: what was seen after this frame stays as dotted curves, the rest is
   * dropped. With a weight the frame itself has changed, and comes along.
   */
  async resume({ fingerprint, label, words, count }, body) {
    const columns = await readBody(body, this.channels, count);
    this.earlier.keep(this.frames, this.transport.at, this.seen, label);
    this.showEarlier();
    this.fingerprint = fingerprint;
    this.scene.words = words ?? this.scene.words;
    this.link.close();
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

  showEarlier() {
    this.toolbar.setEarlier(this.earlier.branches);
    this.stage.relayout();
  }

  open({ scene, run, fingerprint, label }) {
    if (run !== this.run && this.frames && label) this.earlier.keep(this.frames, 0, this.seen, label);
    if (run !== this.run && !label) this.earlier.clear();
    if (run !== this.run) this.messages.cut(-1);
    this.seen = -1;
    // another scene of the run that is here already: it will be shown at the moment it is at
    this.sought = run === this.run ? this.frames.number("update", this.transport.at) : null;
    this.fingerprint = fingerprint;
    // a run that came to its end was not paused: the next one plays
    const playing = run === this.run ? this.transport.playing : !this.resting;
    this.run = run;
    this.scene = scene;
    this.channels = scene.channels;
    this.frames = new Frames(scene.channels);
    this.link.close();
    this.transport.at = -1;
    this.transport.truncate(0);
    Object.assign(this.root.dataset, { frame: -1, frames: 0 });
    this.autoplay = playing && !this.hides("playButton");
    this.build();
  }

  begin() {
    if (this.calm && !this.transport.playing) this.transport.go(this.frames.length - 1);
    if (this.autoplay) this.transport.play();
    this.mark();
  }

  build() {
    if (!this.toolbar) {
      this.toolbar = new Toolbar(this.actions);
      this.root.replaceChildren(this.toolbar.element, this.status.element, this.stage.element);
    }
    this.root.classList.toggle("film", Boolean(this.scene.film));
    this.stage.build(this.scene, this.makePage());
    this.toolbar.setClock(this.scene.clock);
    if (this.scene.rate !== this.rate) this.setRate(this.scene.rate);
    this.toolbar.setEarlier(this.earlier.branches);
    this.toolbar.setShare(shareOptions(this.scene, this.stage, !this.root.classList.contains("replay")));
    this.toolbar.hide(this.scene.view.hide ?? []);
  }

  /** What a panel may know and ask of the rest. */
  makePage() {
    const { view } = this.scene;
    return {
      view,
      earlier: this.earlier,
      choose: (name, value) => {
        view[name] = value;
        this.act("view", { name, value });
      },
      redraw: () => this.draw(this.transport.at),
      play: () => this.play(),
      pause: () => this.pause(),
      act: (kind, sent) => this.act(kind, sent),
      drawing: this.scene.drawing,
      kept: this.kept,
      say: (text) => this.say(text),
    };
  }

  /** What became of something the visitor asked for. */
  say(text) {
    this.messages.remark = text;
    this.mark();
  }

  draw(i) {
    this.seen = Math.max(this.seen, i);
    this.stage.draw(this.frames, i, this.transport.playing);
    this.toolbar.show(this.frames, i);
    Object.assign(this.root.dataset, { frame: i, epoch: this.frames.number("epoch", i), frames: this.frames.length });
    this.mark();
  }

  pull() {
    const { transport, link, frames } = this;
    if (!frames?.length || link.waiting || transport.ended) return;
    const ahead = transport.held - 1 - transport.at;
    const wanted = this.sought !== null ? Infinity : transport.playing ? transport.fps * AHEAD : 1;
    if (ahead >= wanted) return;
    const after = frames.number("update", frames.length - 1);
    const count = this.sought !== null ? 60 : transport.playing ? Math.ceil(transport.fps * 1.5) : 2;
    link.ask({ kind: "frames", run: this.run, after, count, stride: this.stride });
  }

  mark() {
    const { transport, toolbar } = this;
    const { state } = transport;
    this.root.dataset.frames = transport.held;
    if (this.root.dataset.state !== state) {
      this.root.dataset.state = state;
      toolbar?.setState(state);
      if (state !== "playing" && transport.at >= 0) this.stage.drawAllSlow(this.frames, transport.at);
    }
    toolbar?.setHeld(transport.held, transport.at);
    const calm = this.calm && transport.at >= 0 && !this.moved;
    this.status.show(this.messages.at(this.update, { state, ended: transport.ended, calm, words: this.scene?.words }));
    this.describe(state);
  }

  /** The text alternatives: at once when paused, about once a second while playing. */
  describe(state) {
    const now = performance.now();
    if (this.transport.at < 0 || (state === "playing" && now - (this.described ?? 0) < 1000)) return;
    this.described = now;
    this.stage.describe(this.frames, this.transport.at);
  }

  connection(state) {
    if (this.root.dataset.connection === state) return;
    this.root.dataset.connection = state;
    this.messages.trouble = state === "lost" ? LOST : "";
    this.mark();
  }

  /** Asks for the run again, but not for ever: what failed may fail each time. */
  fail(error) {
    console.error(error);
    this.failures += 1;
    this.fingerprint = null;
    this.messages.trouble = this.failures > MOST_FAILURES ? BROKEN : UNREADABLE;
    if (this.failures <= MOST_FAILURES) this.link.ask({ kind: "scene" });
    this.mark();
  }

  close() {
    this.transport.pause();
    this.link.close();
    this.unlisten();
    this.stage.close();
  }
}
