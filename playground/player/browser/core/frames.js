// The frames the browser holds: everything play, step, scrub and replay need, without the server.

/** @import { Channel, Columns, Take } from "../types.d.ts" */

import { formatPercent } from "../shared/format.js";

const MAX_BYTES = 96 * 2 ** 20;

export class Frames {
  /** @param {Channel[]} channels */
  constructor(channels) {
    this.channels = new Map(channels.map((channel) => [channel.name, channel]));
    this.bytesPerFrame = channels.reduce((sum, c) => sum + c.size * (c.type === "u8" ? 1 : c.type === "f8" ? 8 : 4), 0);
    this.cuts = 0; // how often later frames were dropped
    /** @type {{ columns: Columns, k: number }[]} */
    this.places = []; // for each frame: the block that holds it, and its place in there
  }

  get length() {
    return this.places.length;
  }

  /** @param {string} name */
  channel(name) {
    const channel = this.channels.get(name);
    if (!channel) throw new Error(`The scene has no channel "${name}".`);
    return channel;
  }

  /**
   * Where frames had to go to make room: tells where a frame, or the one before it, is now.
   * @param {Columns} columns
   * @param {number} count
   * @returns {((before: number) => number) | null}
   */
  append(columns, count) {
    for (let k = 0; k < count; k++) this.places.push({ columns, k });
    return this.length * this.bytesPerFrame > MAX_BYTES ? this.thin() : null;
  }

  /** Forgets every second frame of the older half; the numbers of what stays are untouched. */
  thin() {
    const half = this.length >> 1;
    const stay = Array.from(this.places.keys()).filter((i) => i === 0 || i >= half || i % 2 === 1);
    this.places = stay.map((i) => this.alone(this.places[i].columns, this.places[i].k));
    this.cuts += 1;
    return (/** @type {number} */ before) => stay.findLastIndex((i) => i <= before);
  }

  /**
   * A frame in arrays of its own, so that the block it came in can be freed.
   * @param {Columns} columns
   * @param {number} k
   */
  alone(columns, k) {
    /** @type {Columns} */
    const own = {};
    for (const [name, { size }] of this.channels) own[name] = columns[name].slice(k * size, (k + 1) * size);
    return { columns: own, k: 0 };
  }

  /** @param {number} length */
  truncate(length) {
    if (length >= this.length) return;
    this.places.length = length;
    this.cuts += 1;
  }

  /**
   * Another frame in the place of the last one.
   * @param {Columns} columns
   */
  replaceLast(columns) {
    this.places[this.length - 1] = { columns, k: 0 };
    this.cuts += 1;
  }

  /**
   * The values of a channel at frame i: a view, not a copy.
   * @param {string} name
   * @param {number} i
   */
  get(name, i) {
    const { columns, k } = this.places[i];
    const { size } = this.channel(name);
    return columns[name].subarray(k * size, (k + 1) * size);
  }

  /**
   * A number channel at frame i; NaN if there is no such channel.
   * @param {string} name
   * @param {number} i
   */
  number(name, i) {
    const { columns, k } = this.places[i];
    const column = columns[name];
    return column === undefined ? NaN : column[k * this.channel(name).size];
  }

  /**
   * The last frame in which a number channel has this value; -1 if there is none.
   * @param {string} name
   * @param {number | undefined} value
   */
  find(name, value) {
    for (let i = this.length - 1; i >= 0; i--) if (this.number(name, i) === value) return i;
    return -1;
  }

  /**
   * The last frame in which a growing number channel is not past this value.
   * @param {string} name
   * @param {number} value
   */
  before(name, value) {
    let i = this.length - 1;
    while (i > 0 && this.number(name, i) > value) i--;
    return i;
  }

  /**
   * At most `most` frames of 0..last; the first and the last are always among them.
   * @param {number} last
   * @param {number} most
   */
  sample(last, most) {
    const step = Math.max(1, Math.ceil((last + 1) / most));
    const chosen = [];
    for (let i = 0; i < last; i += step) chosen.push(i);
    chosen.push(last);
    return chosen;
  }

  /**
   * What a figure's attribute takes from a channel; `chosen` are the frames of its curves.
   * @param {Take} take
   * @param {number} i
   * @param {number[]} chosen
   * @returns {number[] | number[][] | string[][]}
   */
  take({ channel, how }, i, chosen) {
    if (how === "series" || how === "trail") return chosen.map((k) => this.number(channel, k));
    if (how === "vector") return Array.from(this.get(channel, i));
    const [rows, columns] = this.channel(channel).shape;
    if (how === "history") {
      const columns = chosen.map((k) => this.get(channel, k));
      return Array.from({ length: rows }, (_, row) => columns.map((column) => column[row]));
    }
    const values = this.get(channel, i);
    const matrix = Array.from({ length: rows }, (_, row) =>
      Array.from(values.subarray(row * columns, (row + 1) * columns)),
    );
    return how === "percents" ? matrix.map((row) => row.map((value) => formatPercent(value, 0))) : matrix;
  }
}
