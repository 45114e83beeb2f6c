"""Margins by hand: straight boundaries, whose distance is known, and a search through every cell."""

from math import hypot, inf

import numpy as np
import pytest

from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.grid import points
from playground.probes.margin import PLANE_SIDE, Plane
from playground.training import Experiment, HiddenLayer, Trainer

HALF_DIAGONAL = hypot(0.5, 0.5) * 12.0 / PLANE_SIDE


def straight(weights: tuple[float, float], bias: float) -> Trainer:
    """A network whose output is w . x + b, so its boundary is a line."""
    base = Experiment().replace("data.n", 80).replace("data.dataset", "xor")
    trainer = Trainer(base.replace("network.layers", ()).replace("features.standardize", False))
    trainer.network.params[:] = (*weights, bias)
    return trainer


def margins_of(trainer: Trainer, **plane):
    return Plane(trainer, **plane).margins(DataPass(NetworkCopy(trainer)))


@pytest.mark.parametrize(("weights", "bias"), [((1.0, 0.0), 0.0), ((0.6, -0.8), 0.5), ((-3.0, 4.0), 2.0)])
def test_of_a_line_it_is_the_distance_to_it(weights: tuple[float, float], bias: float) -> None:
    trainer = straight(weights, bias)
    x, y = trainer.train_data.x, trainer.train_data.y
    outputs = x @ np.array(weights) + bias
    exact = np.where(y == 1, outputs, -outputs) / np.hypot(*weights)
    found = margins_of(trainer)
    np.testing.assert_allclose(found.each, exact, atol=HALF_DIAGONAL)
    assert found.median == np.median(found.each)
    assert (found.each < 0).any()  # xor: a line gets half of it wrong
    np.testing.assert_array_equal(found.each > 0, exact > 0)


def test_where_the_network_never_changes_its_mind_it_is_infinite() -> None:
    trainer = straight((0.0, 0.0), 1.0)
    each = margins_of(trainer).each
    assert (each[trainer.train_data.y == 1] == inf).all()
    assert (each[trainer.train_data.y == 0] == -inf).all()


def test_of_several_classes_it_is_what_a_search_finds() -> None:
    base = Experiment().replace("data.dataset", "blobs").replace("data.classes", 4).replace("data.n", 60)
    trainer = Trainer(base.replace("network.layers", (HiddenLayer(6),)))
    trainer.train(epochs=6)
    side = 20
    task, x, y = trainer.task, trainer.train_data.x, trainer.train_data.y
    places = points(side)
    there = task.predictions(trainer.network.forward(task.features(places))).classes
    here = task.predictions(trainer.network.forward(task.features(x))).classes
    for i, found in enumerate(margins_of(trainer, side=side).each):
        right = here[i] == y[i]
        sought = [
            float(np.hypot(*(place - x[i])))
            for place, answer in zip(places, there, strict=True)
            if (answer != y[i]) == right
        ]
        distance = min(sought, default=inf)
        assert found == pytest.approx(distance if right else -distance, rel=1e-6)


def test_a_pass_is_made_once_a_frame() -> None:
    trainer = straight((1.0, 0.0), 0.0)
    plane, bench = Plane(trainer), NetworkCopy(trainer)
    first = DataPass(bench)
    assert plane.over(first) is plane.over(first)
    before = plane.over(first).surface(61, 40)
    assert before.shape == (PLANE_SIDE, PLANE_SIDE)
    trainer.network.params[:] = (-1.0, 0.0, 0.0)
    assert (plane.over(DataPass(bench)).surface(61, 40) != before).any()
