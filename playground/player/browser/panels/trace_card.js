// The prediction trace: one point's way through the network in numbers, in a card beside the boundary.

import { make } from "../shared/widgets.js";
import { formatCount, formatNumber, formatPercent } from "../shared/format.js";
import { _, ngettext } from "../shared/text.js";

const MANY = 12; // units of a layer from which on it is folded up at first
const DELAY = 250; // ms without another frame or key after which the numbers are asked for again

const number = (value) => formatNumber(value ?? NaN);

export class TraceCard {
  /**
   * ask(place): wants the trace of { x, y } or { row } at the frame on the screen. closed(): the card is gone.
   * label(k): what class k is called.
   */
  constructor(host, { ask, closed, colours, label, words }) {
    this.host = host;
    this.ask = ask;
    this.closed = closed;
    this.colours = colours;
    this.label = label;
    this.words = words;
    this.folded = new Map(); // what the visitor has opened and shut, by layer
    this.onKey = (event) => {
      if (event.key !== "Escape" || !this.element) return;
      event.stopPropagation();
      this.close();
    };
  }

  get open() {
    return Boolean(this.element);
  }

  /** Shows a trace; the first one takes the focus into the card. */
  show(trace) {
    const first = !this.open;
    if (first) this.build();
    this.trace = trace;
    this.fill(trace);
    this.element.classList.remove("stale");
    if (first) this.element.focus({ preventScroll: true });
  }

  build() {
    this.before = document.activeElement;
    this.element = make("section", "trace");
    this.element.tabIndex = -1;
    this.element.dataset.testid = "trace-card";
    this.element.setAttribute("role", "dialog");
    this.element.setAttribute("aria-label", _("Prediction trace"));
    const shut = make("button", "switch");
    shut.type = "button";
    shut.textContent = "✕";
    shut.title = _("Close (Esc)");
    shut.setAttribute("aria-label", _("Close"));
    shut.onclick = () => this.close();
    this.title = make("h3");
    const head = make("header");
    head.append(this.title, shut);
    this.fields = { x: this.field("x"), y: this.field("y") };
    const place = make("div", "trace-place");
    place.append(_("Point"), " ", this.fields.x.box, this.fields.y.box);
    this.content = make("div", "trace-content");
    this.element.append(head, place, this.content);
    this.host.append(this.element);
    document.addEventListener("keydown", this.onKey, true);
  }

  /** A number of the place, which can be changed: the way to any point without a mouse. */
  field(name) {
    const box = make("label", "trace-field");
    const input = make("input");
    Object.assign(input, { type: "number", min: -6, max: 6, step: 0.1 });
    input.dataset.testid = `trace-${name}`;
    input.oninput = () => {
      const { x, y } = this.fields;
      const place = { x: x.input.valueAsNumber, y: y.input.valueAsNumber };
      if (!x.input.validity.rangeOverflow && Number.isFinite(place.x + place.y)) this.later(place);
    };
    box.append(name, input);
    return { box, input };
  }

  later(place) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open && this.ask(place), DELAY);
  }

  /** Another frame is on the screen than the one the numbers belong to. */
  moved(update) {
    if (!this.open || update === this.trace.update) return;
    this.element.classList.add("stale");
    this.later(this.trace.row === null ? { x: this.trace.point[0], y: this.trace.point[1] } : { row: this.trace.row });
  }

  fill(trace) {
    const { x, y } = this.fields;
    const { epoch } = trace;
    this.title.textContent = ngettext("Prediction after {epochs} epochs", "Prediction after {epochs} epochs", epoch, {
      epochs: formatCount(epoch),
    });
    [x.input, y.input].forEach((input, k) => {
      if (input !== document.activeElement) input.value = String(Number(trace.point[k].toFixed(4)));
    });
    const scroll = this.element.scrollTop;
    this.content.replaceChildren(
      this.verdict(trace),
      this.inputs(trace),
      ...trace.layers.map((layer) => this.layer(layer)),
    );
    this.element.scrollTop = scroll;
  }

  /** What the network says of the point, and what would have been right. */
  verdict({ scores, predicted, target, loss, row }) {
    const box = make("dl", "trace-verdict");
    const say = (name, ...content) => {
      const [term, value] = [make("dt"), make("dd")];
      term.textContent = name;
      value.append(...content);
      box.append(term, value);
    };
    if (scores) {
      say(_("predicted"), ...this.classed(predicted));
      if (target !== null)
        say(this.words(row), ...this.classed(target), " ", target === predicted ? "✓" : _("✗ wrong"));
      scores.forEach((score, k) =>
        say(_("class {label}", { label: this.label(k) }), this.bar(score, k), formatPercent(score ?? NaN)),
      );
    } else {
      say(_("predicted"), number(predicted));
      if (target !== null) say(this.words(row), number(target));
    }
    if (loss !== null) say(_("loss"), number(loss));
    return box;
  }

  classed(k) {
    const dot = make("i", "trace-dot");
    dot.style.background = this.colours().classes[k];
    return [dot, _("class {label}", { label: this.label(k) })];
  }

  bar(score, k) {
    const bar = make("i", "trace-bar");
    bar.style.setProperty("--share", score ?? 0);
    bar.style.setProperty("--colour", this.colours().classes[k]);
    return bar;
  }

  inputs({ inputs }) {
    const rows = inputs.map(({ name, value }) => [name, value]);
    return this.section("inputs", _("Inputs"), ["", _("value")], rows);
  }

  layer({ label, activation, steps }) {
    const rows = steps[0].values.map((_value, k) => [`${k + 1}`, ...steps.map(({ values }) => values[k])]);
    const name = `${label[0].toUpperCase()}${label.slice(1)}`;
    const title = activation ? _("{layer} · f = {activation}", { layer: name, activation }) : name;
    return this.section(label, title, [_("unit"), ...steps.map((step) => step.name)], rows);
  }

  /** A table that folds up; the first column names the rows, the last is what goes on to the next layer. */
  section(id, title, heads, rows) {
    const [box, summary, table] = [make("details", "trace-layer"), make("summary"), make("table")];
    summary.textContent = title;
    box.open = this.folded.get(id) ?? rows.length <= MANY;
    box.ontoggle = () => this.folded.set(id, box.open);
    const largest = Math.max(...rows.map((row) => Math.abs(row.at(-1) ?? 0))) || 1;
    const head = table.createTHead().insertRow();
    for (const text of heads) {
      const cell = make("th");
      cell.scope = "col";
      cell.textContent = text;
      head.append(cell);
    }
    const body = table.createTBody();
    for (const [name, ...values] of rows) {
      const row = body.insertRow();
      const first = make("th");
      first.scope = "row";
      first.textContent = name;
      row.append(first);
      values.forEach((value, k) => {
        const cell = row.insertCell();
        cell.textContent = number(value);
        if (k === values.length - 1) this.tint(cell, (value ?? 0) / largest);
      });
    }
    box.append(summary, table);
    return box;
  }

  tint(cell, share) {
    const { positive, negative } = this.colours();
    const percent = (55 * Math.min(Math.abs(share), 1)).toFixed(0);
    cell.style.background = `color-mix(in srgb, ${share < 0 ? negative : positive} ${percent}%, transparent)`;
  }

  close() {
    if (!this.open) return;
    clearTimeout(this.timer);
    document.removeEventListener("keydown", this.onKey, true);
    this.element.remove();
    this.element = this.trace = null;
    if (this.before instanceof HTMLElement && this.before.isConnected) this.before.focus({ preventScroll: true });
    this.closed();
  }
}
