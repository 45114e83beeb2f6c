// The player: shows a run's frames, plays, scrubs, and does what the visitor presses. One for each place in the page.

/** @import { Header, Load, Note, Page, Plotly, Send } from "../types.d.ts" */

import { Earlier } from "./earlier_curves.js";
import { Receiver } from "./receiver.js";
import { listen } from "./keyboard.js";
import { Connection } from "./connection.js";
import { Messages } from "./messages.js";
import { receiveFile, shareOptions, take } from "./share.js";
import { Stage } from "./stage.js";
import { StatusLine } from "./status_line.js";
import { Toolbar } from "./toolbar.js";
import { Transport } from "./transport.js";
import { _ } from "../shared/text.js";

export class Player {
  /**
   * @param {HTMLElement} root
   * @param {Send} send
   * @param {Promise<Plotly>} plotly
   * @param {Load} load
   */
  constructor(root, send, plotly, load) {
    this.root = root;
    this.plotly = plotly;
    this.stage = new Stage(root, plotly, load, () => this.redraw());
    this.connection = new Connection(send, {
      onLost: () => this.setConnection("lost"),
      onRestored: () => this.setConnection("open"),
    });
    this.transport = new Transport({
      draw: (i) => this.draw(i),
      canDraw: () => this.stage.ready,
      needsFrames: () => this.receiver.pull(),
      onChange: () => this.mark(),
    });
    this.receiver = new Receiver(this.connection, this.transport, this);
    this.status = new StatusLine();
    this.earlier = new Earlier();
    this.messages = new Messages((rule) => this.act("fix", { rule }));
    /** @type {Page["kept"]} */
    this.kept = {}; // what panels keep from one scene to the next
    this.closing = 0; // the timer of a player that has lost its place, see main.js
    this.seen = -1; // the furthest frame drawn since the last cut
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
        this.receiver.pull();
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
    this.receiver.pull();
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
    this.receiver.restart(1);
    this.transport.go(0);
    this.receiver.pull();
  }

  get scene() {
    return this.receiver.scene;
  }

  get frames() {
    return this.receiver.frames;
  }

  /**
   * Something for the server to do, at the moment the visitor sees; see playground/ui/main_page/actions.py.
   * @param {string} kind
   * @param {object} sent
   */
  act(kind, sent = {}) {
    this.connection.sendAction({ ...sent, kind, update: Math.max(0, this.receiver.update) });
  }

  /** The speed that a scene asks for; the visitor may choose another. */
  setRate(fps) {
    this.rate = this.transport.fps = fps;
    this.toolbar.setRate(fps);
  }

  setStride(epochs) {
    this.receiver.stride = epochs;
    this.receiver.restart(this.transport.at + 1);
    this.receiver.pull();
  }

  // ---- what the receiver reports

  /** @param {{ same: boolean, label?: string }} change */
  leaving({ same, label }) {
    if (!same) this.messages.cut(-1);
    if (!same && this.frames && label) this.earlier.keep(this.frames, 0, this.seen, label);
    if (!same && !label) this.earlier.clear();
    this.seen = -1;
    // a run that came to its end was not paused: the next one plays
    this.autoplay = same ? this.transport.playing : !this.resting;
  }

  /** @param {string[]} modules */
  learn(modules) {
    return this.stage.learn(modules);
  }

  opened() {
    Object.assign(this.root.dataset, { frame: -1, frames: 0 });
    this.autoplay &&= !this.hides("playButton");
    this.build();
  }

  /** @param {Header} header */
  taken({ server_ms, advice }) {
    this.messages.trouble = "";
    this.root.dataset.serverMs = String(server_ms);
    this.messages.add(advice);
    this.openHash();
  }

  begun() {
    if (this.calm && !this.transport.playing) this.transport.go(this.frames.length - 1);
    if (this.autoplay) this.transport.play();
    this.mark();
  }

  /** @param {string} label */
  branching(label) {
    this.earlier.keep(this.frames, this.transport.at, this.seen, label);
    this.showEarlier();
  }

  /** @param {number} length */
  cut(length) {
    this.seen = Math.min(this.seen, length - 1);
    this.messages.cut(length > 0 && this.frames ? this.frames.number("update", length - 1) : -1);
  }

  /** @param {(before: number) => number} moved */
  thinned(moved) {
    this.seen = moved(this.seen);
  }

  /**
   * A message of the server to one panel, or a file.
   * @param {Note} note
   */
  noted(note) {
    if (note.panel === "download") {
      if (note.data) receiveFile(note);
      return this.say(note.trouble ?? "");
    }
    this.stage.find(note.panel)?.receive(note);
  }

  /** @param {string} text */
  troubled(text) {
    this.messages.trouble = text;
    this.mark();
  }

  // ---- what the visitor asks for

  async share(format) {
    this.stage.drawAllSlow(this.frames, this.transport.at); // what is to be a picture may be out of sight
    const asked = (name) => this.act("export", { format: name, mode: this.stage.mode });
    this.say(await take(format, this.stage, await this.plotly, asked));
  }

  /** A link of TensorFlow Playground keeps its settings behind the #, which no server ever sees. */
  openHash() {
    const text = location.hash.slice(1);
    if (!text.includes("=")) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    this.act("hash", { text });
  }

  showEarlier() {
    this.toolbar.setEarlier(this.earlier.branches);
    this.stage.relayout();
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

  /**
   * What a panel may know and ask of the rest.
   * @returns {Page}
   */
  makePage() {
    const { view } = this.scene;
    return {
      view,
      plotly: this.plotly,
      earlier: this.earlier,
      choose: (name, value) => {
        view[name] = value;
        this.act("view", { name, value });
      },
      redraw: () => this.redraw(),
      play: () => this.play(),
      pause: () => this.pause(),
      act: (kind, sent) => this.act(kind, sent),
      drawing: this.scene.drawing,
      kept: this.kept,
      say: (text) => this.say(text),
    };
  }

  /**
   * What became of something the visitor asked for.
   * @param {string} text
   */
  say(text) {
    this.messages.remark = text;
    this.mark();
  }

  /** @param {number} i */
  draw(i) {
    this.seen = Math.max(this.seen, i);
    this.stage.draw(this.frames, i, this.transport.playing);
    this.toolbar.show(this.frames, i);
    Object.assign(this.root.dataset, { frame: i, epoch: this.frames.number("epoch", i), frames: this.frames.length });
    this.mark();
  }

  redraw() {
    if (this.transport.at >= 0) this.draw(this.transport.at);
  }

  mark() {
    const { transport, toolbar } = this;
    const { state } = transport;
    this.root.dataset.frames = String(transport.held);
    const fingerprint = this.receiver.fingerprint ?? "";
    if (this.root.dataset.fingerprint !== fingerprint) this.root.dataset.fingerprint = fingerprint;
    if (this.root.dataset.state !== state) {
      this.root.dataset.state = state;
      toolbar?.setState(state);
      if (state !== "playing" && transport.at >= 0) this.stage.drawAllSlow(this.frames, transport.at);
    }
    toolbar?.setHeld(transport.held, transport.at);
    const calm = this.calm && transport.at >= 0 && !this.moved;
    const now = { state, ended: transport.ended, calm, words: this.scene?.words };
    this.status.show(this.messages.at(this.receiver.update, now));
    this.describe(state);
  }

  /** The text alternatives: at once when paused, about once a second while playing. */
  describe(state) {
    const now = performance.now();
    if (this.transport.at < 0 || (state === "playing" && now - (this.described ?? 0) < 1000)) return;
    this.described = now;
    this.stage.describe(this.frames, this.transport.at);
  }

  /** @param {"open" | "lost"} state */
  setConnection(state) {
    if (this.root.dataset.connection === state) return;
    this.root.dataset.connection = state;
    this.messages.trouble =
      state === "lost" ? _("The server does not answer. What is here stays and can be replayed; trying again …") : "";
    this.mark();
  }

  close() {
    this.transport.pause();
    this.connection.close();
    this.unlisten();
    this.stage.close();
  }
}
