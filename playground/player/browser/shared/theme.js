// Light or dark: follows the page's own background, so that the player never disagrees with what is around it.

/**
 * @param {Element} element
 * @returns {"light" | "dark"}
 */
export function currentMode(element) {
  const colour = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  const probe = /^#([0-9a-f]{6})$/i.exec(colour);
  if (!probe) return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const value = parseInt(probe[1], 16);
  const luminance = 0.299 * (value >> 16) + 0.587 * ((value >> 8) & 255) + 0.114 * (value & 255);
  return luminance < 128 ? "dark" : "light";
}

/**
 * A palette "rrggbbrrggbb..." as 256 pixels, ready to be written into an image.
 * @param {string} palette
 */
export function pixels(palette) {
  const table = new Uint32Array(256);
  const bytes = new Uint8Array(table.buffer);
  const count = palette.length / 6;
  for (let i = 0; i < 256; i++) {
    const k = Math.min(i, count - 1) * 6;
    for (let c = 0; c < 3; c++) bytes[4 * i + c] = parseInt(palette.substr(k + 2 * c, 2), 16);
    bytes[4 * i + 3] = 255;
  }
  return table;
}
