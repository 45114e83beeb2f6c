// The conversation with the server: the browser pulls, one request at a time, and asks again when no answer comes.
// A request says after which update it wants more, so that asking twice gives the same frames twice.

const PATIENCE = 6000; // ms without an answer before the visitor is told
const RETRY = 2500;

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
    this.pending = null;
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

  /** Says something that needs no answer. */
  tell(value) {
    try {
      this.send("act", value);
    } catch {
      // the connection is gone; what was told changes only how the page looks when it is opened again
    }
  }

  post() {
    try {
      this.send("request", this.pending);
    } catch {
      // the connection is gone; the timer asks again
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

  /** True if a packet answers what was asked last. */
  answers(id) {
    return this.pending?.id === id;
  }

  /** The answer has been taken in, or something newer has come. */
  settle() {
    clearTimeout(this.timer);
    this.pending = null;
    this.found();
  }

  close() {
    clearTimeout(this.timer);
    this.pending = null;
  }
}
