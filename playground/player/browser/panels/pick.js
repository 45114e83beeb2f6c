// A figure in which a click picks a place: it sets a pair of numbers on the server, and what depends on it plays.

/** @import { Page, PickData } from "../types.d.ts" */

import { FigurePanel } from "./figure.js";

const STILL = 6; // pixels a press may move and still be a click

export class PickPanel extends FigurePanel {
  /**
   * @param {PickData} panel
   * @param {HTMLElement} element
   * @param {Page} page
   */
  constructor(panel, element, page) {
    super(panel, element, page);
    /** @type {PickData} */
    this.panel = panel;
    this.body.classList.add("pick");
    this.listening = new AbortController();
    const how = { capture: true, signal: this.listening.signal };
    this.body.addEventListener("pointerdown", (event) => this.begin(event), how);
    window.addEventListener("pointerup", (event) => this.end(event), how);
    window.addEventListener("pointercancel", () => this.drop(), how);
  }

  begin({ isPrimary, button, clientX, clientY }) {
    this.press = isPrimary && button === 0 ? { x: clientX, y: clientY } : null;
  }

  end({ clientX, clientY }) {
    const { press } = this;
    this.drop();
    if (!press || Math.hypot(clientX - press.x, clientY - press.y) > STILL) return;
    const place = this.placeAt(press.x, press.y);
    if (!place) return;
    this.page.play(); // also what takes the place of this film
    this.page.act("set", { path: this.panel.sets, value: place });
  }

  drop() {
    this.press = null;
  }

  /** The place [x, y] of the axes under a place of the window; null beside the plane. */
  placeAt(clientX, clientY) {
    const { xaxis, yaxis, margin } = this.panel.figure.layout;
    const { left, top } = this.plot.getBoundingClientRect();
    const across = (clientX - left - margin.l) / (this.width - margin.l - margin.r);
    const up = 1 - (clientY - top - margin.t) / (this.height - margin.t - margin.b);
    if (!(across >= 0 && across <= 1 && up >= 0 && up <= 1)) return null;
    const at = ([low, high], share) => low + share * (high - low);
    return [at(xaxis.range, across), at(yaxis.range, up)];
  }

  close() {
    this.listening.abort();
    super.close();
  }
}
