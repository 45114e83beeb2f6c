"""Watching a run as a player does: requests go in, packets come out."""

import numpy as np

from playground.player.packet import decode
from playground.player.run import Run
from playground.training import Experiment, HiddenLayer
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession

SMALL = (
    Experiment()
    .replace("data.n", 80)
    .replace("batch_size", 10)
    .replace("data.noise", 0.2)
    .replace("network.layers", (HiddenLayer(4),))
)
PER_EPOCH = 4  # updates


def changed(experiment: Experiment = SMALL, **settings: object) -> Experiment:
    """settings: paths with "__" for the dot."""
    for path, value in settings.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    return experiment


def open_run(experiment: Experiment = SMALL, **view: str) -> Run:
    """The run that a page shows on arrival. view: what else the link says."""
    return PageSession(playground_scene, {**experiment.to_query(), **view}).run


def seen(run: Run) -> tuple[dict, dict[str, np.ndarray]]:
    """Header and columns of what the player is given now."""
    return decode(run.packet, run.scene.channels)


def ask(
    run: Run, after: int, count: int = 5, *, stride: int = 1, id: int = 1
) -> tuple[dict, dict[str, np.ndarray]]:
    run.answer({"kind": "frames", "run": run.id, "id": id, "after": after, "count": count, "stride": stride})
    return seen(run)


def equal(columns: dict[str, np.ndarray], others: dict[str, np.ndarray]) -> bool:
    """Whether two chunks hold the same frames, bit for bit."""
    return columns.keys() == others.keys() and all(
        columns[name].tobytes() == others[name].tobytes() for name in columns
    )


def part(columns: dict[str, np.ndarray], frames: slice) -> dict[str, np.ndarray]:
    return {name: values[frames] for name, values in columns.items()}


def joined(*chunks: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: np.concatenate([chunk[name] for chunk in chunks]) for name in chunks[0]}
