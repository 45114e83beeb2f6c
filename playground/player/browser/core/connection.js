// The conversation with the server: the browser pulls, one request at a time, and asks again when no answer comes.
// A request says after which update it wants more, so that asking twice gives the same frames twice. What the visitor
// does is numbered and said again with every message until it is known to be heard: see playground/player/messages.py.

const PATIENCE = 6000; // ms without an answer before the visitor is told
const RETRY = 2500;
const MOST_TOLD = 50;

/** Streamlit covers the page with a dialog when its connection breaks; the frames held here can still be played. */
function closeConnectionError() {
  for (const dialog of document.querySelectorAll('[role="dialog"]')) {
    if (/connection/i.test(dialog.textContent)) dialog.querySelector('button[aria-label="Close"]')?.click();
  }
}

export class Link {
  constructor(send, { lost, found }) {
    this.send = send;
    this.lost = lost;
    this.found = found;
    this.number = Math.floor(Math.random() * 1e9); // a reload must not take an old answer for its own
    this.name = this.number;
    this.pending = null;
    this.told = []; // what the visitor did, as long as the server may not have heard it
    this.seen = null; // the last packet that was taken in
  }

  get waiting() {
    return this.pending !== null;
  }

  ask(request) {
    clearTimeout(this.timer);
    this.pending = { ...request, id: ++this.number };
    this.timer = setTimeout(() => this.again(), PATIENCE);
    this.post();
  }

  /** Says what the visitor did. */
  tell(act) {
    this.told = [...this.told, { ...act, number: ++this.number }].slice(-MOST_TOLD);
    this.post();
  }

  post() {
    const message = { from: this.name, seen: this.seen, acts: this.told, request: this.pending };
    try {
      this.send("message", message);
    } catch {
      // the connection is gone; all that is in the message will be said again
    }
  }

  again() {
    if (!this.pending) return;
    closeConnectionError();
    this.lost();
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

  /** From here on messages go this way; what was said last may not have been heard. */
  move(send) {
    this.send = send;
    if (this.pending) this.repeat();
    else if (this.told.length > 0) this.post();
  }

  /** True if a packet answers what was asked last. */
  answers(id) {
    return this.pending?.id === id;
  }

  /** The answer has been taken in: what was told before the request was heard with it. */
  settle() {
    clearTimeout(this.timer);
    if (this.pending) this.told = this.told.filter(({ number }) => number > this.pending.id);
    this.pending = null;
    this.found();
  }

  close() {
    clearTimeout(this.timer);
    this.pending = null;
  }
}
