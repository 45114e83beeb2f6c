"""A bitmap font just large enough to write an epoch into a picture.

Each glyph is five pixels wide and nine rows high, a row a number whose five bits are its pixels, left to
right; the last two rows are for what hangs below the line.
"""

import numpy as np

WIDTH, HEIGHT = 5, 9

GLYPHS = {
    " ": (0, 0, 0, 0, 0, 0, 0, 0, 0),
    ",": (0, 0, 0, 0, 0, 0b01100, 0b00100, 0b01000, 0),
    "0": (0b01110, 0b10001, 0b10011, 0b10101, 0b11001, 0b10001, 0b01110, 0, 0),
    "1": (0b00100, 0b01100, 0b00100, 0b00100, 0b00100, 0b00100, 0b01110, 0, 0),
    "2": (0b01110, 0b10001, 0b00001, 0b00010, 0b00100, 0b01000, 0b11111, 0, 0),
    "3": (0b11111, 0b00010, 0b00100, 0b00010, 0b00001, 0b10001, 0b01110, 0, 0),
    "4": (0b00010, 0b00110, 0b01010, 0b10010, 0b11111, 0b00010, 0b00010, 0, 0),
    "5": (0b11111, 0b10000, 0b11110, 0b00001, 0b00001, 0b10001, 0b01110, 0, 0),
    "6": (0b00110, 0b01000, 0b10000, 0b11110, 0b10001, 0b10001, 0b01110, 0, 0),
    "7": (0b11111, 0b00001, 0b00010, 0b00100, 0b01000, 0b01000, 0b01000, 0, 0),
    "8": (0b01110, 0b10001, 0b10001, 0b01110, 0b10001, 0b10001, 0b01110, 0, 0),
    "9": (0b01110, 0b10001, 0b10001, 0b01111, 0b00001, 0b00010, 0b01100, 0, 0),
    "E": (0b11111, 0b10000, 0b10000, 0b11110, 0b10000, 0b10000, 0b11111, 0, 0),
    "c": (0, 0, 0b01110, 0b10000, 0b10000, 0b10001, 0b01110, 0, 0),
    "h": (0b10000, 0b10000, 0b10110, 0b11001, 0b10001, 0b10001, 0b10001, 0, 0),
    "o": (0, 0, 0b01110, 0b10001, 0b10001, 0b10001, 0b01110, 0, 0),
    "p": (0, 0, 0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000),
}


def written(text: str, scale: int = 1) -> np.ndarray:
    """A text as bool (HEIGHT * scale, 6 * len(text) * scale): True where there is ink."""
    rows = np.array([GLYPHS[character] for character in text]).T  # (HEIGHT, characters)
    bits = rows[:, :, None] >> np.arange(WIDTH - 1, -1, -1) & 1
    spaced = np.pad(bits, ((0, 0), (0, 0), (0, 1))).reshape(HEIGHT, -1)
    return spaced.astype(bool).repeat(scale, axis=0).repeat(scale, axis=1)
