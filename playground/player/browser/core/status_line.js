// One line below the toolbar, always as tall: what has happened, why, and what could be tried.

/** @import { StatusMessage } from "../types.d.ts" */

import { button, make } from "../shared/widgets.js";
import { _, ngettext } from "../shared/text.js";

export class StatusLine {
  constructor() {
    this.element = make("div", "status");
    this.element.dataset.testid = "player-message";
    this.element.setAttribute("role", "status");
    this.text = make("span", "status-text");
    this.tools = make("span", "status-tools");
    this.more = make("ul", "status-more");
    this.more.hidden = true;
    this.element.append(this.text, this.tools, this.more);
  }

  /**
   * Shows the first of `messages` ({text, kind, fix: {label, run}}), and the others behind a button.
   * The same messages again change nothing, so that an open list stays open.
   * @param {StatusMessage[]} messages
   */
  show(messages) {
    const key = JSON.stringify(messages.map(({ text, kind }) => [text, kind]));
    if (key === this.key) return;
    this.key = key;
    const [first, ...rest] = messages;
    this.element.className = `status ${first?.kind ?? ""}`;
    this.text.textContent = first?.text ?? "";
    this.text.title = first?.text ?? "";
    this.tools.replaceChildren(...this.fixes(first));
    this.more.hidden = true;
    this.more.replaceChildren(...messages.map((message) => this.entry(message)));
    const room = matchMedia("(max-width: 760px)").matches ? 80 : 150; // characters
    if (rest.length > 0 || (first?.text.length ?? 0) > room) this.tools.append(this.opener(rest.length));
  }

  fixes(message) {
    if (!message?.fix) return [];
    const fix = button(message.fix.label, message.fix.label, message.fix.run);
    fix.classList.add("fix");
    fix.dataset.testid = "player-fix";
    return [fix];
  }

  entry(message) {
    const item = make("li", message.kind);
    item.append(message.text, " ", ...this.fixes(message));
    return item;
  }

  opener(count) {
    const text = count > 0 ? ngettext("{n} more", "{n} more", count, { n: count }) : _("all");
    const opener = button(text, _("Show everything there is to say"), () => {
      this.more.hidden = !this.more.hidden;
      opener.setAttribute("aria-expanded", String(!this.more.hidden));
    });
    opener.setAttribute("aria-expanded", "false");
    return opener;
  }
}
