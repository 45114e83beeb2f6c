// What there is to say below the controls, the most pressing first.

/** @import { Advice, Ended, StatusMessage } from "../types.d.ts" */

/** What is said to a visitor who wants less motion. */
import { _ } from "../shared/text.js";

const calmWords = () =>
  _("Your system asks for less motion, so nothing moves by itself. Press play, or step with the arrow keys.");
const tip = () =>
  _("Drag the timeline back and change the learning rate there: the run branches, and both ways stay visible.");

export class Messages {
  /**
   * fix(rule): tries what a piece of advice offers.
   * @param {(rule: string) => void} fix
   */
  constructor(fix) {
    this.fix = fix;
    this.trouble = ""; // with the server
    this.remark = ""; // what became of the last thing the visitor asked for
    /** @type {Advice[]} */
    this.hints = []; // what the server had to say, and from which update on
  }

  /** @param {Advice | null | undefined} hint */
  add(hint) {
    if (hint) this.hints.push(hint);
  }

  /**
   * Forgets what was said of moments after an update.
   * @param {number} last
   */
  cut(last) {
    this.hints = this.hints.filter(({ update }) => update <= last);
  }

  /**
   * What the server had to say when the run was at an update.
   * @param {number} at
   * @returns {StatusMessage[]}
   */
  advice(at) {
    const hint = this.hints.findLast(({ update }) => update <= at);
    return (hint?.messages ?? []).map(({ rule, text, kind, fix }) => ({
      text,
      kind,
      fix: fix ? { label: fix, run: () => this.fix(rule) } : null,
    }));
  }

  /**
   * state, ended: of the transport. calm: whether to explain that nothing moves. words: of the scene.
   * @param {number} update
   * @param {{ state: string, ended: Ended | null, calm: boolean, words?: string }} now
   * @returns {StatusMessage[]}
   */
  at(update, { state, ended, calm, words }) {
    /** @type {StatusMessage[]} */
    const found = [];
    if (this.trouble) found.push({ text: this.trouble, kind: "warning" });
    if (this.remark) found.push({ text: this.remark, kind: "note" });
    if (state === "diverged" && ended) found.push({ text: ended.reason, kind: "warning" });
    if (state === "stopped" && ended) found.push({ text: ended.reason, kind: "note" });
    if (calm) found.push({ text: calmWords(), kind: "note" });
    found.push(...this.advice(update));
    if (words) found.push({ text: words, kind: "info" });
    return found.length > 0 ? found : [{ text: tip(), kind: "tip" }];
  }
}
