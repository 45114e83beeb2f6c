"""The history as CSV: every frame, every number, exact, in the form of RFC 4180."""

import csv
import io

import pytest

from playground.export import history_csv
from playground.training import Trainer
from tests.export.common import trained


def rows(trainer: Trainer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(history_csv(trainer.history), newline=""), strict=True))


def test_every_number_of_every_frame_is_exact():
    trainer = trained(epochs=7, optimizer__lr=0.1)
    found = rows(trainer)
    assert len(found) == len(trainer.history) == 8
    for row, frame in zip(found, trainer.history, strict=True):
        assert (int(row["frame"]), int(row["epoch"]), int(row["update"])) == (
            frame.index,
            frame.epoch,
            frame.update,
        )
        assert float(row["learning_rate"]) == frame.learning_rate
        assert {name: float(row[name]) for name in frame.metrics} == frame.metrics
        for column in ("gradient_norm", "weight_norm", "update_ratio"):
            layers = [float(row[f"{column}_{layer}"]) for layer in ("hidden_1", "hidden_2", "output")]
            assert tuple(layers) == getattr(frame, f"{column}s")


@pytest.mark.parametrize(
    ("settings", "layers", "metrics"),
    [({"data__dataset": "reg-plane"}, 3, 2), ({"network__layers": ()}, 1, 4), ({}, 3, 4)],
)
def test_columns(settings, layers, metrics):
    found = rows(trained(epochs=0, **settings))
    assert len(found) == 1
    assert len(found[0]) == 4 + metrics + 3 * layers


def test_the_form_is_that_of_the_standard():
    text = history_csv(trained(epochs=3).history)
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert len(lines) == 5
    assert "\n" not in text.replace("\r\n", "")
    assert len({line.count(",") for line in lines}) == 1
    assert '"' not in text
