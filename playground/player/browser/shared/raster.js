// A grid of palette indices, painted: decision surfaces, and the small map in every unit.

export class Raster {
  /**
   * `width` x `height` cells, row 0 at the top.
   * @param {number} width
   * @param {number} height
   */
  constructor(width, height) {
    this.canvas = document.createElement("canvas");
    this.canvas.width = width;
    this.canvas.height = height;
    this.context = this.canvas.getContext("2d");
    this.image = this.context.createImageData(width, height);
    this.words = new Uint32Array(this.image.data.buffer);
  }

  /**
   * @param {ArrayLike<number>} indices
   * @param {Uint32Array} table see pixels() in theme.js
   */
  paint(indices, table) {
    const { words } = this;
    for (let i = 0; i < words.length; i++) words[i] = table[indices[i]];
    this.context.putImageData(this.image, 0, 0);
  }
}
