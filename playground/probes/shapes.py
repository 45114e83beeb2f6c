"""Which way curves over the values of a knob go, as far as a few seeds let one tell.

A seed gives one curve over all values. Its points, first weights and batches are the same at each value, so
what is chance at one value is much the same at the next, and it is larger at some values than at others: only
the seeds are independent. So a curve is judged by its slopes, one number from each seed, with the t-test of
Student (1908, "The probable error of a mean"), which lets the values of one seed depend on each other in any
way. It wants numbers that stray about equally to both sides: give the logarithm of a loss.

1. Is there more than chance? The slope and the bend of the whole curve are tested, each twice as strictly as
   one alone (Bonferroni), and curves that are read together by the rule of Hochberg (1988, "A sharper
   Bonferroni procedure for multiple tests of significance"). Where all is chance, anything at all is claimed
   of any of the curves in at most 5 % of cases.
2. If so, turns are claimed where every arm has a clear slope (Berger 1982, "Multiparameter hypothesis testing
   and acceptance sampling"), by one-sided tests at 5 %, divided by the number of places to turn at.

Letters: Q curves that are read together, S seeds, V values of the knob.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from math import pi

import numpy as np

from playground.text import _, ngettext

FLAT, UNCERTAIN, FALLS, RISES, U_CURVE, HUMP, DOUBLE_DESCENT, UNEVEN = range(8)
LEVEL = 0.05  # how often chance alone may be taken for more
HINT = 0.2  # how often for something that may be there
LEAST = 0.01  # an error is counted on a few hundred points: no seed tells finer differences
TURNED = {(1, -1): U_CURVE, (1, 1): HUMP, (2, -1): DOUBLE_DESCENT, (2, 1): UNEVEN}  # (turns, first arm's way)


def shape_words(seeds: int) -> tuple[str, ...]:
    """What each shape is called, of so many seeds."""
    uncertain = ngettext("not certain with {seeds} seed", "not certain with {seeds} seeds", seeds)
    return (
        _("no clear difference"),
        uncertain.format(seeds=seeds),
        _("falls on the whole"),
        _("rises on the whole"),
        _("falls, then rises: a U"),
        _("rises, then falls"),
        _("falls, rises and falls again: double descent"),
        _("rises, falls and rises again"),
    )


def shapes(values: np.ndarray, steps: np.ndarray) -> np.ndarray:
    """The shape of each curve: (..., Q), of values: (..., Q, S, V) with V of at least 3. The more curves are
    read together, the less is claimed of each; of one seed, or of values that are not finite, nothing is.

    steps: (Q, V) how fine each is measured: 1 / n for a part of n points, 0 for a loss.
    """
    seeds, count = values.shape[-2:]
    finite = np.isfinite(values).all(axis=(-2, -1))
    values = np.where(finite[..., None, None], values, 0.0)
    if seeds == 1:
        return np.where(finite & (np.ptp(values[..., 0, :], axis=-1) <= LEAST), FLAT, UNCERTAIN)
    slopes = slope_contrasts(count).reshape(-1, count)
    t = t_values(values, steps, slopes).reshape(*values.shape[:-2], count, count)
    bend = t_values(values, steps, bend_contrast(count)[None])[..., 0]
    chances = chance(np.stack([t[..., 0, -1], bend]), seeds - 1)
    least = chances.min(axis=0)
    claims = np.where(chances[0] > LEVEL, UNCERTAIN, np.where(t[..., 0, -1] < 0.0, FALLS, RISES))
    for (turns, way), name in TURNED.items():
        claims = np.where(turns_clearly(t, turns, way, seeds - 1), name, claims)
    hints = np.where(finite & (least > HINT), FLAT, UNCERTAIN)
    return np.where(more_than_chance(np.minimum(len(chances) * least, 1.0)), claims, hints)


@lru_cache
def slope_contrasts(count: int) -> np.ndarray:
    """(V, V, V): [i, j] weighs the values, which count as evenly spaced, so that their sum is the slope from
    value i to j > i; of length 1. Elsewhere 0.
    """
    found = np.zeros((count, count, count))
    for i, j in combinations(range(count), 2):
        places = np.arange(j - i + 1) - (j - i) / 2.0
        found[i, j, i : j + 1] = places / np.linalg.norm(places)
    return found


@lru_cache
def bend_contrast(count: int) -> np.ndarray:
    """(V,) weights of the values whose sum is the bend of the curve, positive for a U: the quadratic that is
    orthogonal to every line; of length 1.
    """
    places = np.linspace(-1.0, 1.0, count)
    bend = places**2 - np.mean(places**2)
    return bend / np.linalg.norm(bend)


def t_values(values: np.ndarray, steps: np.ndarray, contrasts: np.ndarray) -> np.ndarray:
    """(..., Q, C) Student's t of contrasts: (C, V) over the seeds of values: (..., Q, S, V), S of at least 2.
    Seeds that agree since what is counted is coarse are not certain for that: the deviation is taken to be at
    least that of rounding, step / sqrt(12) (Sheppard 1898), of steps: (Q, V), and at least LEAST.
    """
    scores = values @ contrasts.T  # (..., Q, S, C)
    rounding = np.sqrt(steps**2 @ (contrasts**2).T / 12.0)  # (Q, C)
    deviation = np.maximum(scores.std(axis=-2, ddof=1), np.maximum(rounding, LEAST))
    return scores.mean(axis=-2) / (deviation / np.sqrt(values.shape[-2]))


def chance(t: np.ndarray, freedom: int) -> np.ndarray:
    """How often chance alone gives a t at least as far from 0, in closed form for any whole number of degrees
    of freedom, at least 1 (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
    """
    angle = np.arctan(np.abs(t) / np.sqrt(freedom))
    sine, cosine = np.sin(angle), np.cos(angle)
    term = np.ones_like(angle) if freedom % 2 == 0 else cosine
    total = np.zeros_like(angle)
    for power in range(freedom % 2, freedom - 1, 2):
        total, term = total + term, term * cosine**2 * (power + 1) / (power + 2)
    within = sine * total
    return 1.0 - (within if freedom % 2 == 0 else 2.0 / pi * (angle + within))


def more_than_chance(chances: np.ndarray) -> np.ndarray:
    """(..., Q) bool: the largest of Q is compared with LEVEL, the next with LEVEL / 2 ...; the first that is
    small enough counts, and with it all smaller ones (Hochberg 1988).
    """
    count = chances.shape[-1]
    ordered = np.sort(chances, axis=-1)
    passed = np.where(ordered <= LEVEL / np.arange(count, 0, -1), ordered, -1.0)
    return chances <= passed.max(axis=-1, keepdims=True)


def turns_clearly(t: np.ndarray, turns: int, way: int, freedom: int) -> np.ndarray:
    """Whether curves turn so often, once or twice, by the t: (..., V, V) of `slope_contrasts`. way: 1 if they
    rise first, -1 if they fall.
    """
    ways_to_turn = arms(t.shape[-1], turns)
    weakest = np.zeros(t.shape[:-2])
    for each in ways_to_turn:
        signed = [way * (-1) ** k * t[..., i, j] for k, (i, j) in enumerate(each)]
        weakest = np.maximum(weakest, np.min(signed, axis=0))
    return chance(weakest, freedom) / 2.0 <= LEVEL / max(len(ways_to_turn), 1)


@lru_cache
def arms(count: int, turns: int) -> Sequence[Sequence[tuple[int, int]]]:
    """Where the arms of a curve over `count` values may begin and end. A U and its reverse are looked for in
    the two halves alone, as each further place would make the test of all of them stricter; the peak of
    double descent may lie anywhere.
    """
    last = count - 1
    if turns == 1:
        return [((0, count // 2), (last // 2, last))]
    return [tuple(pairwise((0, *places, last))) for places in combinations(range(1, last), turns)]
