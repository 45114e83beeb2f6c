// The player's controls: buttons, timeline, speed, the epoch now drawn.

/** @import { Frames } from "./frames.js" */

import { button, make, select } from "../shared/widgets.js";
import { fill, formatCount } from "../shared/format.js";
import { _, ngettext } from "../shared/text.js";

const ICONS = {
  start: "M6 5h2v14H6zM20 5v14L9 12z",
  back: "M11 5v14L2 12zM14 5h3v14h-3z",
  play: "M7 4.5v15l13-7.5z",
  pause: "M6 5h4v14H6zM14 5h4v14h-4z",
  step: "M13 5v14l9-7zM7 5h3v14H7z",
  end: "M16 5h2v14h-2zM4 5v14l11-7z",
  reset: "M12 5V1L6.5 6.5 12 12V8a5 5 0 1 1-5 5H4.5A7.5 7.5 0 1 0 12 5z",
  seed: "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm3 3.5A1.5 1.5 0 1 0 8 9.500 1.500 1.500 0 0 0 8 6.500zm4 4a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3zm4 4a1.500 1.500 0 1 0 0 3 1.500 1.500 0 0 0 0-3z",
};
/** Of each button its action, what it does, and the same with the key for it. */
const buttons = () => [
  ["start", _("To the start"), _("To the start (Home)")],
  ["back", _("One step back"), _("One step back (←)")],
  ["play", _("Play"), _("Play (Space)")],
  ["step", _("One step"), _("One step (→)")],
  ["end", _("To the end"), _("To the end (End)")],
  ["reset", _("Start again with the same weights"), _("Start again with the same weights (R)")],
  ["seed", _("New seed: other data and weights"), _("New seed: other data and weights (N)")],
];
const RATES = [1, 2, 5, 10, 20, 30, 60];
const STRIDES = [0, 1, 2, 5, 10, 25]; // epochs; 0: a single update

export class Toolbar {
  constructor(actions) {
    this.element = make("div", "toolbar");
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", _("Player"));
    const box = make("div", "buttons");
    this.buttons = {};
    for (const [name, label, title] of buttons()) box.append(this.control(name, label, title, actions[name]));
    this.timeline = this.slider(actions.scrub);
    this.epoch = make("output", "epoch");
    this.epoch.dataset.testid = "player-epoch";
    this.epoch.setAttribute("aria-live", "off");
    this.earlier = button("", _("Forget the dotted curves of earlier runs"), actions.forget);
    this.earlier.classList.add("earlier");
    this.earlier.dataset.testid = "player-earlier";
    this.earlier.hidden = true;
    this.element.append(box, this.epoch, this.timeline, this.earlier, this.speeds(actions));
  }

  control(name, label, title, action) {
    const made = make("button", `button ${name}`);
    made.type = "button";
    made.dataset.testid = `player-${name}`;
    made.title = title;
    made.setAttribute("aria-label", label);
    made.append(icon(name));
    made.onclick = action;
    this.buttons[name] = made;
    return made;
  }

  slider(scrub) {
    const slider = make("input", "timeline");
    slider.type = "range";
    slider.min = slider.max = slider.value = "0";
    slider.dataset.testid = "player-timeline";
    slider.setAttribute("aria-label", _("Timeline: every frame drawn so far"));
    slider.oninput = () => scrub(Number(slider.value));
    return slider;
  }

  speeds({ rate, stride, share }) {
    const box = make("div", "speeds");
    /** @type {[number, string][]} */
    const strides = STRIDES.map((n) => [n, n ? ngettext("{n} epoch", "{n} epochs", n, { n }) : _("1 update")]);
    this.stride = select("player-stride", _("Training between two frames"), strides, 1, stride);
    /** @type {[number, string][]} */
    const rates = RATES.map((n) => [n, ngettext("{n} frames/s", "{n} frames/s", n, { n })]);
    this.rate = select("player-speed", _("Frames per second"), rates, 30, rate);
    this.share = make("select", "choice share");
    this.share.dataset.testid = "player-share";
    this.share.setAttribute("aria-label", _("Share and export"));
    this.share.onchange = () => {
      const { value } = this.share;
      this.share.value = "";
      share(value);
    };
    box.append(this.stride, this.rate, this.share);
    return box;
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  show(frames, i) {
    this.epoch.textContent = this.clock ? fill(this.clock, frames, i) : epochWords(frames, i);
    this.timeline.value = String(i);
    this.timeline.setAttribute("aria-valuetext", this.epoch.textContent);
  }

  /**
   * @param {number} count
   * @param {number} at
   */
  setHeld(count, at) {
    this.timeline.max = String(Math.max(0, count - 1));
    this.timeline.value = String(at);
  }

  /** @param {string} state */
  setState(state) {
    const playing = state === "playing";
    const { play } = this.buttons;
    play.replaceChildren(icon(playing ? "pause" : "play"));
    play.setAttribute("aria-label", playing ? _("Pause") : _("Play"));
    play.title = playing ? _("Pause (Space)") : _("Play (Space)");
  }

  /**
   * clock: a text with {channel} of where the player is; "" for the epoch.
   * @param {string} clock
   */
  setClock(clock) {
    this.clock = clock;
  }

  /** @param {number} fps */
  setRate(fps) {
    this.rate.selectedIndex = RATES.indexOf(fps);
  }

  /**
   * Leaves out what a lesson hides.
   * @param {string[]} names
   */
  hide(names) {
    this.buttons.play.hidden = names.includes("playButton");
    this.buttons.step.hidden = this.buttons.back.hidden = names.includes("stepButton");
    this.buttons.reset.hidden = names.includes("resetButton");
  }

  /**
   * Whether an action has a button that is to be seen.
   * @param {string} name
   */
  offers(name) {
    return !this.buttons[name].hidden;
  }

  /**
   * options: [value, text] pairs, the first one the menu's own name.
   * @param {[string, string][]} options
   */
  setShare(options) {
    this.share.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  }

  /**
   * Says how many earlier runs are drawn, and what they were.
   * @param {{ label: string }[]} branches
   */
  setEarlier(branches) {
    this.earlier.hidden = branches.length === 0;
    const n = branches.length;
    this.earlier.textContent = ngettext("┄ {n} earlier ✕", "┄ {n} earlier ✕", n, { n });
    const changes = branches.map(({ label }) => label).join("; ");
    this.earlier.title = _("Dotted: before {changes}. Click to forget.", { changes });
  }
}

function epochWords(frames, i) {
  const epoch = formatCount(frames.number("epoch", i));
  const n = frames.number("batch", i);
  if (!(n > 0)) return _("Epoch {epoch}", { epoch });
  return ngettext("Epoch {epoch} + {n} update", "Epoch {epoch} + {n} updates", n, { epoch, n });
}

function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
