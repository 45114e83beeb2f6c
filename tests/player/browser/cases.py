"""Cases that Python works out and JavaScript has to agree with: packets, and strokes of the drawing tools.

They are kept as JSON in `cases/`, so that `node --test` needs no Python; `test_cases.py` sees that they are
still what Python gives. After a change on the Python side: python -m tests.player.browser.cases
"""

import json
from pathlib import Path

import numpy as np

from playground.datasets import DOMAIN, OwnPoints
from playground.player.packet import Channel, decode, encode
from playground.ui.own_points.editor import LIMITS, OwnEditor

FOLDER = Path(__file__).parent / "cases"

CHANNELS = [
    Channel("map", "u8", (3, 3)),  # 9 bytes: what follows begins at an odd address
    Channel("update", "f8"),
    Channel("ends", "i4", (4,)),
    Channel("weights", "f4", (2, 3)),
    Channel("nothing", "f4", (0,)),
    Channel("phase", "u8", words=("forward, hidden layer", "Verlust: “loss” ∂L/∂w")),
]


def packets() -> list[dict]:
    """Each: bytes in hex, the header, the channels, and the values of each channel, frame after frame."""
    rng = np.random.default_rng(7)
    cases = []
    for count in (0, 1, 5):
        frames = [
            {
                "map": rng.integers(0, 256, (3, 3)),
                "update": 2.0**53 - count + k,
                "ends": rng.integers(-(2**31), 2**31, 4),
                "weights": rng.normal(size=(2, 3)) * 10.0 ** rng.integers(-30, 30, (2, 3)),
                "nothing": np.empty(0),
                "phase": k % 2,
            }
            for k in range(count)
        ]
        header = {"packet": f"{count:08x}", "run": "r", "label": "η = 0.1 → 0.3", "ended": None}
        packet = encode(header, CHANNELS, frames)
        header, columns = decode(packet, CHANNELS)
        cases.append(
            {
                "hex": packet.hex(),
                "header": header,
                "channels": [channel.describe() for channel in CHANNELS],
                "columns": {name: values.ravel().tolist() for name, values in columns.items()},
            }
        )
    return cases


def strokes() -> list[dict]:
    """Each: points, what is allowed, and steps of drawing tools with the points after each of them alone."""
    rng = np.random.default_rng(11)
    classes = OwnPoints(
        rng.uniform(*DOMAIN, (40, 2)).round(2), rng.integers(0, 3, 40), labels=("a", "b", "c")
    )
    values = OwnPoints(
        rng.uniform(*DOMAIN, (20, 2)).round(2), rng.uniform(-1, 1, 20).round(1), task="regression"
    )
    limits = {**LIMITS, "low": DOMAIN[0], "high": DOMAIN[1]}
    cases = []
    twins = OwnPoints([(0.2, 0.0), (-0.2, 0.0)], [0, 1], labels=("a", "b", "c"))  # as far from the origin
    for points in (classes, values, OwnPoints(labels=("a", "b", "c")), twins):
        steps = [{"step": step, "after": _after(points, step)} for step in _steps(rng, points)]
        cases.append({"points": _after(points), "limits": limits, "steps": steps})
    return cases


def _after(points: OwnPoints, *steps: dict) -> dict:
    """The points after some steps, as the player gets them."""
    editor = OwnEditor()
    editor.use(points)
    for step in steps:
        editor.step(step)
    plain = editor.plain()
    return {name: list(plain[name]) for name in ("labels", "x", "y", "targets")} | {"task": plain["task"]}


def _steps(rng: np.random.Generator, points: OwnPoints) -> list[dict]:
    paths = [
        [[0.0, 0.0]],  # a click
        [[-5.0, 1.0], [5.0, 1.0]],
        [[-5.0, -5.0], [0.0, 5.5], [5.5, -5.0], [-5.0, -5.0]],
        [[4.0, 4.0], [9.0, 4.0], [4.0, 4.1]],  # out of the picture and back
        [[1.0, 1.0], [1.0, 1.0], [1.3, 1.0]],  # a rest
        *[(rng.uniform(-6, 6, (k, 2)).round(3)).tolist() for k in (2, 5, 30)],
    ]
    targets = [[2.5, -2.5], [2.504, -2.496], [9.0, -7.0]]
    chosen = [[list(place), target] for place, target in zip(points.x, targets, strict=False)]
    y = 2 if points.task == "classification" else 0.5
    steps = [{"tool": "draw", "path": path, "y": y} for path in paths]
    steps += [{"tool": "erase", "path": path} for path in paths]
    edge = [[0.604, 0.0], [1.0, 1.0]]  # in reach only on the grid
    steps += [{"tool": "move", "path": path} for path in [*paths[:2], edge, *chosen]]
    if points.task == "classification":
        steps += [{"tool": "relabel", "path": path} for path in [*paths[:2], *chosen]]
    return [*steps, {"tool": "clear"}]


CASES = {"packets": packets, "strokes": strokes}


def written(name: str) -> str:
    """The text of a file of cases."""
    return json.dumps(CASES[name](), indent=None, separators=(",", ":"), ensure_ascii=False) + "\n"


if __name__ == "__main__":
    for name in CASES:
        (FOLDER / f"{name}.json").write_text(written(name), encoding="utf-8")
