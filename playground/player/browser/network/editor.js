// The small form in which a weight or a bias is set by hand.

import { make } from "../shared/widgets.js";
import { _ } from "../shared/text.js";

const LEAST_REACH = 3; // of the slider, to both sides

/**
 * What can be set: a weight or a bias. from: the unit that a weight comes from.
 * @typedef {{ text: string, value: number, place: object, from?: number }} Target
 */

export class Editor {
  /**
   * picked(target) when another number is chosen; done(target, value) when one is applied; closed() in any case,
   * before the form goes.
   * @param {HTMLElement} stage
   * @param {number} largest
   * @param {{ picked: (target: Target) => void, done: (target: Target, value: number) => void, closed: () => void }} calls
   */
  constructor(stage, largest, { picked, done, closed }) {
    this.stage = stage;
    this.largest = largest;
    this.picked = picked;
    this.done = done;
    this.closed = closed;
    this.element = make("form", "editor");
    this.element.dataset.testid = "network-editor";
    this.element.setAttribute("role", "dialog");
    this.element.noValidate = true;
    this.element.hidden = true;
    this.build();
    stage.append(this.element);
    this.element.onsubmit = (event) => {
      event.preventDefault();
      this.apply();
    };
    this.element.onkeydown = (event) => this.key(event);
  }

  build() {
    this.title = make("strong");
    this.choice = make("select", "choice");
    this.choice.setAttribute("aria-label", _("Number to change"));
    this.choice.onchange = () => this.pick(Number(this.choice.value));
    this.number = make("input", "number");
    Object.assign(this.number, { type: "text", inputMode: "decimal", autocomplete: "off" });
    this.number.setAttribute("aria-label", _("Value"));
    this.number.dataset.testid = "network-editor-value";
    this.slider = make("input");
    Object.assign(this.slider, { type: "range", step: "any" });
    this.slider.setAttribute("aria-label", _("Value, by slider"));
    this.number.oninput = () => this.check();
    this.slider.oninput = () => {
      this.number.value = Number(this.slider.value).toFixed(2);
      this.check();
    };
    this.problem = make("output", "problem");
    const buttons = make("div", "editor-buttons");
    this.applyButton = this.button(_("Apply"), "submit", "apply");
    this.cancel = this.button(_("Cancel"), "button", "cancel");
    this.cancel.onclick = () => this.close();
    buttons.append(this.applyButton, this.cancel);
    this.element.append(this.title, this.choice, this.number, this.slider, this.problem, buttons);
  }

  button(text, type, name) {
    const button = make("button", "switch");
    button.type = type;
    button.textContent = text;
    button.dataset.testid = `network-editor-${name}`;
    return button;
  }

  get open() {
    return !this.element.hidden;
  }

  /** targets: [{ text, value, ... }], of which the one at `chosen` is shown; at: where on the stage. */
  show({ title, targets, chosen, at }) {
    this.targets = targets;
    this.title.textContent = title;
    this.element.setAttribute("aria-label", _("Edit {unit}", { unit: title }));
    this.choice.replaceChildren(
      ...targets.map(({ text }, k) => new Option(text, String(k), k === chosen, k === chosen)),
    );
    this.choice.hidden = targets.length < 2;
    this.element.hidden = false;
    this.pick(chosen);
    const { offsetWidth, offsetHeight } = this.element;
    const { clientWidth, clientHeight } = this.stage;
    const left = Math.min(Math.max(0, at.x + 12), Math.max(0, clientWidth - offsetWidth));
    const top = Math.min(Math.max(-28, at.y - offsetHeight / 2), Math.max(-28, clientHeight - offsetHeight));
    this.element.style.transform = `translate(${left.toFixed(0)}px, ${top.toFixed(0)}px)`;
    this.number.focus();
    this.number.select();
  }

  pick(k) {
    this.target = this.targets[k];
    const reach = Math.min(this.largest, Math.max(LEAST_REACH, Math.ceil(2 * Math.abs(this.target.value))));
    [this.slider.min, this.slider.max, this.slider.value] = [-reach, reach, this.target.value].map(String);
    this.shown = String(Number(this.target.value.toPrecision(6)));
    this.number.value = this.shown;
    this.picked(this.target);
    this.check();
  }

  /** The number that is typed; NaN if it is none that may be set. */
  get value() {
    const text = this.number.value.trim().replace("−", "-").replace(",", ".");
    const value = text === "" ? NaN : Number(text);
    return Math.abs(value) <= this.largest ? value : NaN;
  }

  check() {
    const fine = Number.isFinite(this.value);
    this.problem.textContent = fine ? "" : _("Give a number from −{largest} to {largest}.", { largest: this.largest });
    this.applyButton.disabled = !fine;
    if (fine && document.activeElement !== this.slider) this.slider.value = String(this.value);
  }

  apply() {
    if (!Number.isFinite(this.value)) return;
    const [target, value, changed] = [this.target, this.value, this.number.value !== this.shown];
    this.close();
    if (changed) this.done(target, value);
  }

  key(event) {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }

  close() {
    if (!this.open) return;
    this.closed();
    this.element.hidden = true;
  }
}
