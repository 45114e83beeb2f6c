"""Terrain: heights as bands of equal steps with contour lines between them, as palette indices.

An index is band + BANDS * strength: strength 0 between the lines, up to LINES - 1 where a line goes through
the middle of a cell. Letters: S side of the grid. Row 0 of what comes in is the lowest y, of what goes out
the highest.
"""

import numpy as np

BANDS = 20
LINES = 4  # strengths of a contour line, none among them
WIDTH = 0.7  # of a contour line, in cells
SIDE = 220


def terrain(heights: np.ndarray) -> np.ndarray:
    """heights: (S, S); infinite ones count as the highest finite one. (S, S) palette indices."""
    finite = heights[np.isfinite(heights)]
    low, high = float(finite.min()), float(finite.max())
    filled = np.where(np.isfinite(heights), heights, high)
    levels = (filled - low) / (high - low) * BANDS if high > low else np.zeros_like(filled)
    bands = np.clip(levels.astype(int), 0, BANDS - 1)
    nearest = np.rint(levels)
    slope = np.hypot(*np.gradient(levels))
    inner = (nearest > 0) & (nearest < BANDS)
    away = np.full_like(levels, np.inf)  # in cells, from the nearest line
    np.divide(np.abs(levels - nearest), slope, out=away, where=(slope > 0.0) & inner)
    strength = np.rint(np.clip(WIDTH + 0.5 - away, 0.0, 1.0) * (LINES - 1)).astype(int)
    return (bands + BANDS * strength).astype(np.uint8)[::-1]


def refined(values: np.ndarray, side: int = SIDE) -> np.ndarray:
    """values: (R, R) on a square grid, as (side, side) by straight lines in between."""
    old, new = np.linspace(0.0, 1.0, len(values)), np.linspace(0.0, 1.0, side)
    rows = np.array([np.interp(new, old, row) for row in values])
    return np.array([np.interp(new, old, column) for column in rows.T]).T
