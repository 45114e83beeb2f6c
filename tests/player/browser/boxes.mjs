// Parts of a picture: each with its middle, and a width and height or the size of a square.

/** Whether two of them cover each other. */
export const overlap = (a, b) =>
  Math.abs(a.x - b.x) < ((a.width ?? a.size) + (b.width ?? b.size)) / 2 - 1e-9 &&
  Math.abs(a.y - b.y) < ((a.height ?? a.size) + (b.height ?? b.size)) / 2 - 1e-9;

/** Each two of them. */
export const pairs = (all) => all.flatMap((a, k) => all.slice(k + 1).map((b) => [a, b]));
