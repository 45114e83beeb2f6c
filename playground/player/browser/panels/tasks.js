// Tasks that check themselves: each is done as soon as a frame is drawn that says so, and stays done.

/** @import { TasksData } from "../types.d.ts" */
/** @import { Frames } from "../core/frames.js" */

import { make } from "../shared/widgets.js";
import { _ } from "../shared/text.js";

const KEY = "task-done-";

export class TasksPanel {
  /**
   * @param {TasksData} panel
   * @param {HTMLElement} element
   */
  constructor(panel, element) {
    this.panel = panel;
    this.everyFrame = true;
    /** @type {HTMLElement} */
    this.body = element.querySelector(".panel-body");
    this.body.setAttribute("role", "group");
    this.list = make("ol", "task-list");
    this.body.append(this.list);
    this.tasks = panel.tasks.map((task) => this.makeTask(task));
  }

  makeTask(task) {
    const element = make("li", "task");
    element.dataset.testid = `task-${task.id}`;
    const mark = make("span", "task-mark");
    const text = make("div", "task-text");
    const hint = make("details", "task-hint");
    const summary = make("summary");
    summary.append(_("Hint"));
    hint.append(summary, task.hint);
    text.append(task.text, hint);
    element.append(mark, text);
    this.list.append(element);
    const made = { ...task, element, mark };
    this.set(made, sessionStorage.getItem(KEY + task.id) === "yes");
    return made;
  }

  set(task, done) {
    task.done = done;
    task.element.dataset.done = String(done);
    task.mark.textContent = done ? "✓" : "○";
    task.mark.setAttribute("aria-label", done ? _("done") : _("not done yet"));
    task.mark.setAttribute("role", "img");
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  draw(frames, i) {
    for (const task of this.tasks) {
      if (task.done || !task.channels.some((name) => frames.number(name, i) === 1)) continue;
      sessionStorage.setItem(KEY + task.id, "yes");
      this.set(task, true);
    }
  }

  describe() {
    const done = this.tasks.filter((task) => task.done).length;
    const words = _("{panel}: {done} of {all} done", { panel: this.panel.title, done, all: this.tasks.length });
    this.body.setAttribute("aria-label", words);
  }
}
