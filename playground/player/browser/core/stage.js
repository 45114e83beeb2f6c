// The stage: the panels of a scene, where they stand, and when each of them is drawn.

/** @import { Kind, Load, Page, Panel, PanelData, Plotly, Scene } from "../types.d.ts" */
/** @import { Frames } from "./frames.js" */

import { BoundaryPanel } from "../panels/boundary.js";
import { CardsPanel } from "../panels/cards.js";
import { FigurePanel } from "../panels/figure.js";
import { NetworkPanel } from "../network/panel.js";
import { PickPanel } from "../panels/pick.js";
import { SpacePanel } from "../panels/surface3d.js";
import { TasksPanel } from "../panels/tasks.js";
import { currentMode } from "../shared/theme.js";
import { fill, formatCount } from "../shared/format.js";
import { _ } from "../shared/text.js";

/** @type {Record<string, Kind>} */
const PANELS = {
  boundary: BoundaryPanel,
  cards: CardsPanel,
  figure: FigurePanel,
  network: NetworkPanel,
  pick: PickPanel,
  space: SpacePanel,
  tasks: TasksPanel,
};
const PANEL = `<header><h3 class="panel-title"></h3><div class="panel-numbers"></div><div class="panel-tools"></div><output class="panel-moment" aria-live="off" hidden></output></header>
<div class="panel-body" role="img"></div>`;
const REST = 2; // times as long as a figure took to draw, the figures rest while a run plays
const FILM_REST = 0.5; // times as long as all figures of a film took, it rests before its next moment

/**
 * Whether all that a panel shows waits for its turn while a run plays: neither its picture nor its axis tells the time.
 * @param {Panel} panel
 */
const turns = ({ everyFrame, raster, still, cursor }) => !everyFrame && (!raster || !!still) && !cursor;

/**
 * @param {Frames} frames
 * @param {number} i
 */
function momentWords(frames, i) {
  return _("epoch {epoch}", { epoch: formatCount(frames.number("epoch", i)) });
}

export class Stage {
  /**
   * plotly: a promise. load: brings a module by its name. onChange: called when the page has turned light or dark.
   * @param {HTMLElement} root
   * @param {Promise<Plotly>} plotly
   * @param {Load} load
   * @param {() => void} onChange
   */
  constructor(root, plotly, load, onChange) {
    this.root = root;
    this.plotly = plotly;
    this.load = load;
    this.onChange = onChange;
    /** @type {Panel[]} */
    this.panels = [];
    /** @type {Record<string, Kind>} */
    this.kinds = { ...PANELS }; // and those that scenes have brought along
    this.loaded = false; // whether Plotly is there
    plotly.then(() => (this.loaded = true)).catch(() => {});
    this.rested = 0; // when the next figure may be drawn
    this.element = document.createElement("div");
    this.themeWatch = setInterval(() => this.followTheme(), 500);
    this.sizes = new ResizeObserver(() => this.panels.forEach((panel) => panel.resize?.()));
    this.inView = new WeakMap(); // of each panel's element, whether any of it can be seen
    this.views = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.inView.set(target, isIntersecting);
    });
  }

  /**
   * Learns the kinds of panels that a scene brings along.
   * @param {string[]} modules
   */
  async learn(modules) {
    const loaded = await Promise.all(modules.map((name) => this.load(name)));
    for (const { PANELS: kinds } of loaded) Object.assign(this.kinds, kinds);
  }

  /**
   * Puts up the panels of a scene. Their places stay where the scene before it had the same.
   * @param {Scene} scene
   * @param {Page} page
   */
  build(scene, page) {
    this.scene = scene;
    const shape = JSON.stringify(scene.panels.map((panel) => [panel.id, panel.kind, panel.slot]));
    if (shape !== this.shape) this.buildPlaces();
    this.shape = shape;
    this.panels.forEach((panel) => panel.close?.());
    /** @type {Map<string, { value: HTMLElement, text: string }[]>} */
    this.numbers = new Map(); // by panel
    this.panels = scene.panels.map((panel) => {
      const element = this.places.get(panel.id);
      element.querySelector(".panel-body").replaceChildren();
      element.querySelector(".panel-tools").replaceChildren();
      element.querySelector(".panel-title").textContent = panel.title;
      this.numbers.set(panel.id, this.addNumbers(panel, element.querySelector(".panel-numbers")));
      return new this.kinds[panel.kind](panel, element, page);
    });
    this.mode = null;
    this.followTheme();
    this.panels.forEach((panel) => panel.resize?.());
    this.slow = this.panels.filter((panel) => !panel.everyFrame);
  }

  /**
   * The live numbers beside a panel's title.
   * @param {PanelData} panel
   * @param {Element} place
   */
  addNumbers(panel, place) {
    place.replaceChildren();
    return panel.numbers.map(({ label, text, role }) => {
      const cell = document.createElement("span");
      const words = document.createElement("span");
      const value = document.createElement("b");
      cell.className = `number ${role}`;
      words.textContent = `${label} `;
      cell.append(words, value);
      place.append(cell);
      return { value, text };
    });
  }

  buildPlaces() {
    /** @type {Map<string, HTMLElement>} */
    this.places = new Map();
    this.element.replaceChildren();
    this.element.className = `grid ${this.scene.layout}`;
    /** @type {Map<string, HTMLElement>} */
    const slots = new Map();
    for (const { id, slot } of this.scene.panels) {
      if (!slots.has(slot)) {
        slots.set(slot, document.createElement("div"));
        slots.get(slot).className = `slot ${slot}`;
        this.element.append(slots.get(slot));
      }
      const element = document.createElement("section");
      element.className = `panel panel-${id}`;
      element.dataset.testid = `panel-${id}`;
      element.innerHTML = PANEL;
      this.places.set(id, element);
      slots.get(slot).append(element);
      this.sizes.observe(element.querySelector(".panel-body"));
      this.views.observe(element);
    }
  }

  followTheme() {
    if (!this.scene) return;
    const mode = currentMode(this.root);
    if (mode === this.mode) return;
    this.mode = mode;
    this.root.dataset.mode = mode;
    const theme = this.scene.themes[mode];
    theme.colors.runs.forEach((color, k) => this.root.style.setProperty(`--run${k}`, color)); // for style sheets
    this.panels.forEach((panel) => panel.setTheme?.(theme));
    this.onChange();
  }

  /**
   * Shows a frame: at once what is quick, in turns what is slow while playing.
   * @param {Frames} frames
   * @param {number} i
   * @param {boolean} playing
   */
  draw(frames, i, playing) {
    for (const panel of this.panels) {
      if (panel.everyFrame || panel.raster) panel.draw?.(frames, i);
      if (!turns(panel)) this.fillNumbers(panel, frames, i);
    }
    if (!playing) return this.drawAllSlow(frames, i);
    const seen = this.slow.filter(({ panel }) => this.inView.get(this.places.get(panel.id)) !== false);
    if (this.scene.film) this.drawAndRest(seen, FILM_REST, frames, i);
    else this.takeTurns(seen, frames, i);
  }

  /** Whether the next frame may be shown while playing: the figures of a film show the same moment. */
  get ready() {
    return !this.scene?.film || performance.now() >= this.rested;
  }

  /**
   * While a run plays, figures take turns: at most one in each frame, and then a rest, so that none of them holds the
   * picture up, on a slow machine either. Each says of which moment it is.
   * @param {Panel[]} panels
   * @param {Frames} frames
   * @param {number} i
   */
  takeTurns([panel], frames, i) {
    for (const each of this.slow) this.moment(each).hidden = !turns(each);
    if (!panel || performance.now() < this.rested) return;
    this.slow.push(...this.slow.splice(this.slow.indexOf(panel), 1));
    this.drawAndRest([panel], REST, frames, i);
  }

  /**
   * Draws figures; until others may be drawn, it takes `rest` times as long as these have taken.
   * @param {Panel[]} panels
   * @param {number} rest
   * @param {Frames} frames
   * @param {number} i
   */
  drawAndRest(panels, rest, frames, i) {
    const asked = performance.now();
    this.drawTraces(panels, frames, i);
    if (!this.loaded) return; // until there are figures, what else there is need not wait
    this.rested = Infinity;
    this.plotly.then(() => {
      const now = performance.now();
      this.rested = now + rest * (now - asked);
    });
  }

  /**
   * @param {Frames} frames
   * @param {number} i
   */
  drawAllSlow(frames, i) {
    for (const panel of this.slow) this.moment(panel).hidden = true;
    this.drawTraces(this.slow, frames, i);
  }

  /**
   * Draws figures, with the numbers beside their titles. One that shows a single moment says of which it is.
   * @param {Panel[]} panels
   * @param {Frames} frames
   * @param {number} i
   */
  drawTraces(panels, frames, i) {
    for (const panel of panels) {
      panel.drawTraces?.(frames, i);
      this.fillNumbers(panel, frames, i);
      if (turns(panel)) this.moment(panel).textContent = momentWords(frames, i);
    }
  }

  /**
   * @param {Panel} panel
   * @param {Frames} frames
   * @param {number} i
   */
  fillNumbers({ panel }, frames, i) {
    for (const { value, text } of this.numbers.get(panel.id)) value.textContent = fill(text, frames, i);
  }

  /**
   * Where a panel says of which moment it is.
   * @param {Panel} panel
   * @returns {HTMLElement}
   */
  moment({ panel }) {
    return this.places.get(panel.id).querySelector(".panel-moment");
  }

  /**
   * The text alternatives, with the numbers of a frame.
   * @param {Frames} frames
   * @param {number} i
   */
  describe(frames, i) {
    for (const panel of this.panels) panel.describe(frames, i);
  }

  /**
   * The panel of a name, if it is on the stage.
   * @param {string} id
   */
  find(id) {
    return this.panels.find(({ panel }) => panel.id === id);
  }

  /** The panels that can be saved as pictures. */
  get pictures() {
    return this.panels.filter(({ pictureTypes }) => pictureTypes);
  }

  relayout() {
    this.panels.forEach((panel) => panel.relayout?.());
  }

  close() {
    clearInterval(this.themeWatch);
    this.sizes.disconnect();
    this.views.disconnect();
    this.panels.forEach((panel) => panel.close?.());
  }
}
