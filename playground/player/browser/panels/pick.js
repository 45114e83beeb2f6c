// A figure in which a click picks a place: it sets a pair of numbers on the server, and what depends on it plays.

/** @import { Page, PickData } from "../types.d.ts" */

import { FigurePanel } from "./figure.js";
import { isWithin, onClick, placeAt } from "../shared/pointer.js";

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
    this.stopListening = onClick(this.body, (at) => this.click(at));
  }

  /** @param {{ x: number, y: number }} at in the window */
  click(at) {
    const place = this.placeAt(at);
    if (!place) return;
    this.page.play(); // also what takes the place of this film
    this.page.act("set", { path: this.panel.sets, value: place });
  }

  /** The place [x, y] of the axes under a place of the window; null beside the plane. */
  placeAt(at) {
    const { xaxis, yaxis, margin } = this.panel.figure.layout;
    const { left, top } = this.plot.getBoundingClientRect();
    const [width, height] = [this.width - margin.l - margin.r, this.height - margin.t - margin.b];
    const box = { left: left + margin.l, top: top + margin.t, width, height };
    const place = placeAt(at, box, xaxis.range, yaxis.range);
    return isWithin(place, xaxis.range, yaxis.range) ? place : null;
  }

  close() {
    this.stopListening();
    super.close();
  }
}
