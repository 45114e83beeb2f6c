// The conversation with the server: the browser pulls, one request at a time, and asks again when no answer comes.
// A request says after which update it wants more, so that asking twice gives the same frames twice. What the visitor
// does is numbered and sent again with every message until it is acknowledged: see playground/player/messages.py.

import { closeConnectionError } from "./host.js";

/** @import { Action, NumberedAction, Request, Send } from "../types.d.ts" */

const PATIENCE = 6000; // ms without an answer before the visitor is informed
const RETRY = 2500;
const MAX_UNACKNOWLEDGED = 50;

export class Connection {
  /**
   * @param {Send} send
   * @param {{ onLost: () => void, onRestored: () => void }} calls
   */
  constructor(send, { onLost, onRestored }) {
    this.send = send;
    this.onLost = onLost;
    this.onRestored = onRestored;
    this.number = Math.floor(Math.random() * 1e9); // a reload must not take an old answer for its own
    this.name = this.number;
    /** @type {(Request & { id: number }) | null} */
    this.pending = null;
    /** @type {NumberedAction[]} */
    this.unacknowledged = []; // what the visitor did, as long as the server may not have received it
    /** @type {string | null} */
    this.seen = null; // the last packet that was taken in
  }

  get waiting() {
    return this.pending !== null;
  }

  /** @param {Request} request */
  ask(request) {
    clearTimeout(this.timer);
    this.pending = { ...request, id: ++this.number };
    this.timer = setTimeout(() => this.again(), PATIENCE);
    this.post();
  }

  /**
   * Sends what the visitor did.
   * @param {Action} action
   */
  sendAction(action) {
    this.unacknowledged = [...this.unacknowledged, { ...action, number: ++this.number }].slice(-MAX_UNACKNOWLEDGED);
    this.post();
  }

  post() {
    const message = { from: this.name, seen: this.seen, actions: this.unacknowledged, request: this.pending };
    try {
      this.send("message", message);
    } catch {
      // the connection is gone; all that is in the message will be sent again
    }
  }

  again() {
    if (!this.pending) return;
    closeConnectionError();
    this.onLost();
    this.pending = { ...this.pending, id: ++this.number };
    this.timer = setTimeout(() => this.again(), RETRY);
    this.post();
  }

  /** Asks once more: something else has taken the place of the answer. */
  repeat() {
    if (!this.pending) return;
    this.pending = { ...this.pending, id: ++this.number };
    this.post();
  }

  /**
   * From here on messages go this way; what was sent last may not have been received.
   * @param {Send} send
   */
  move(send) {
    this.send = send;
    if (this.pending) this.repeat();
    else if (this.unacknowledged.length > 0) this.post();
  }

  /**
   * True if a packet answers what was asked last.
   * @param {number | undefined} id
   */
  answers(id) {
    return this.pending?.id === id;
  }

  /** The answer has been taken in: what was sent before the request was received with it. */
  acknowledge() {
    clearTimeout(this.timer);
    const { pending } = this;
    if (pending) this.unacknowledged = this.unacknowledged.filter(({ number }) => number > pending.id);
    this.pending = null;
    this.onRestored();
  }

  close() {
    clearTimeout(this.timer);
    this.pending = null;
  }
}
