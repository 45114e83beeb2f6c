"""One truth for each number: whatever panels, cards, labs and files say of one thing, they say the same.

The runs are drawn at random (`one_truth.draw`): at night 50 of them, otherwise one of each kind.
"""

from itertools import pairwise

import numpy as np
import pytest

from playground.export import boundary_gif
from playground.figures.theme import CLASS_LEVELS, MAP_LEVELS
from playground.player.packet import DTYPES, decode
from playground.probes.grid import prediction_levels
from playground.ui.main_page.recording import record
from tests.export.gif_reader import read_gif
from tests.one_truth import CELLS, KINDS, Moment, Told, told
from tests.oracle import oracle
from tests.player.steady import steady_and_brief  # noqa: F401 (a fixture of the whole module)
from tests.properties import PROFILE

NIGHT = PROFILE == "nightly"
SEEDS = range(50 if NIGHT else len(KINDS))
ROUNDING = 1e-9  # what another order of additions changes, times the size of the outputs
SINGLE = 1e-6  # what is sent as float32
CLOSE = {"rtol": 1e-7, "atol": 1e-12}


@pytest.fixture(params=SEEDS)
def said(request: pytest.FixtureRequest) -> Told:
    if NIGHT:
        oracle("torch")
    return told(request.param, ("numpy", "pytorch") if NIGHT else ("numpy",))


def classified(said: Told) -> list[Moment]:
    return [moment for moment in said.moments if moment.classes]


def cell_classes(moment: Moment) -> np.ndarray:
    """(R * R,) what is painted where the surface shows classes only."""
    surface = moment.values["surface"].ravel().astype(int)
    return (surface >= MAP_LEVELS // 2).astype(int) if moment.classes == 2 else surface // CLASS_LEVELS


def test_a_point_has_one_predicted_class(said: Told) -> None:
    """Marks, trace, exported code."""
    for moment in classified(said):
        wrong = moment.values["mistakes"].astype(bool)
        traced = np.array([trace.predicted for trace in moment.traces])
        np.testing.assert_array_equal(traced != moment.y, wrong, moment.name)
        for code in moment.codes.values():
            np.testing.assert_array_equal(code.points, traced, moment.name)


def test_accuracies_and_the_confusion_matrix_count_these_classes(said: Told) -> None:
    for moment in classified(said):
        values, train = moment.values, moment.train
        right = values["mistakes"] == 0
        assert moment.frame.metrics["train_accuracy"] == pytest.approx(right[:train].mean()), moment.name
        assert moment.frame.metrics["test_accuracy"] == pytest.approx(right[train:].mean()), moment.name
        counts = np.zeros((moment.classes, moment.classes), int)
        traced = [trace.predicted for trace in moment.traces]
        np.add.at(counts, (moment.y[train:], np.array(traced[train:], int)), 1)
        np.testing.assert_array_equal(values["confusion_counts"], counts, moment.name)
        given = counts.sum(axis=1, keepdims=True)
        shares = np.divide(counts, given, out=np.full(counts.shape, np.nan), where=given > 0)
        np.testing.assert_allclose(values["confusion_shares"], shares)
        np.testing.assert_array_equal(values["test_accuracy"], moment.frame.metrics["test_accuracy"])


def test_a_cell_of_the_plane_has_one_class_and_one_shade(said: Told) -> None:
    """Surface, trace, exported code."""
    for moment in said.moments:
        outputs = np.array([trace.outputs for trace in moment.cells])
        levels = prediction_levels(moment.trainer.task, outputs, MAP_LEVELS, CLASS_LEVELS).astype(int)
        surface = moment.values["surface"].ravel().astype(int)[CELLS]
        assert np.abs(surface - levels).max() <= 1, moment.name  # a level's edge may lie within rounding
        if moment.classes:
            painted = cell_classes(moment)
            traced = [trace.predicted for trace in moment.cells]
            np.testing.assert_array_equal(painted[CELLS], traced, moment.name)
            for code in moment.codes.values():
                np.testing.assert_array_equal(code.cells, painted, moment.name)


def test_scores_and_values_of_a_point_are_one(said: Told) -> None:
    for moment in said.moments:
        scale = max(1.0, np.abs(moment.outputs).max())
        traced = np.array([trace.outputs for trace in moment.traces])
        np.testing.assert_allclose(traced, moment.outputs, rtol=1e-7, atol=ROUNDING * scale)
        for code in moment.codes.values():
            if moment.classes:
                scores = np.array([trace.scores for trace in moment.traces])
                np.testing.assert_allclose(code.scores, scores, rtol=1e-7, atol=ROUNDING * scale)
            else:
                np.testing.assert_allclose(code.points, traced[:, 0], rtol=1e-7, atol=ROUNDING * scale)


def test_points_are_ranked_by_what_the_network_gives_out(said: Told) -> None:
    """The area under the ROC curve, of pairs of outputs: of two points, which one is more of a class?"""
    for moment in classified(said):
        y, outputs = moment.y[moment.train :], moment.outputs[moment.train :]
        if outputs.shape[1] > 1 and moment.trainer.task.loss.outputs == "shares":
            outputs = np.column_stack([_odds(outputs, k) for k in range(outputs.shape[1])])
        for place, k in enumerate([1] if moment.classes == 2 else range(moment.classes)):
            column = outputs[:, min(k, outputs.shape[1] - 1)]
            apart = column[y == k][:, None] - column[y != k]
            near = np.abs(apart) <= ROUNDING * max(1.0, np.abs(column).max())
            low, high = np.mean(apart * ~near > 0.0), np.mean((apart > 0.0) | near) if apart.size else np.nan
            if apart.size:
                area = moment.values["roc_areas"][place]
                assert low - SINGLE <= area <= high + SINGLE, (moment.name, k)
            else:
                assert np.isnan(moment.values["roc_areas"][place])


def _odds(logits: np.ndarray, k: int) -> np.ndarray:
    """(n,) the logarithm of p / (1 - p), p the softmax of (n, C)."""
    others = np.delete(logits, k, axis=1)
    return logits[:, k] - np.logaddexp.reduce(others, axis=1)


def test_the_loss_is_the_mean_of_those_of_the_points(said: Told) -> None:
    for moment in said.moments:
        losses = np.array([trace.loss for trace in moment.traces])
        for name, of in (("train_loss", losses[: moment.train]), ("test_loss", losses[moment.train :])):
            assert moment.frame.metrics[name] == pytest.approx(of.mean(), rel=1e-7, abs=1e-12), moment.name
            assert moment.values[name] == moment.frame.metrics[name]
        if moment.now is not None:
            np.testing.assert_allclose(moment.now.losses, losses[: moment.train], rtol=1e-7, atol=1e-12)


def test_weights_are_those_of_the_file(said: Told) -> None:
    for moment in said.moments:
        network, values = moment.trainer.network, moment.values
        sizes = [np.linalg.norm(moment.saved[part]) for part in network.weight_slices]
        np.testing.assert_allclose(moment.frame.weight_norms, sizes, **CLOSE)
        weights = np.concatenate(
            [
                moment.saved[part][: layer.W.size]
                for part, layer in zip(network.weight_slices, network.weight_layers, strict=True)
            ]
        )
        if "weights" in values:
            np.testing.assert_array_equal(values["weights"], weights)
        assert values["weight_largest"] == pytest.approx(np.abs(weights).max())
        assert values["weight_median"] == pytest.approx(np.median(np.abs(weights)))


def test_gradients_now_are_one(said: Told) -> None:
    """Panels of gradients, the graph's edges, the lab on one step: of the training loss as it is drawn."""
    for moment in said.moments:
        values, now = moment.values, moment.now
        if now is None:
            continue
        steps = [step.x.T @ step.delta / len(step.x) for step in now.layers]
        gradient = np.concatenate([each.ravel() for each in steps])
        size = max(float(np.abs(gradient).max()), 1e-12)
        assert values["weight_gradient_largest"] == pytest.approx(np.abs(gradient).max(), abs=1e-12)
        assert values["weight_gradient_median"] == pytest.approx(
            np.median(np.abs(gradient)), rel=SINGLE, abs=ROUNDING * size
        )
        edges = values.get("edge_gradients")
        if edges is not None:
            np.testing.assert_allclose(edges, gradient, rtol=1e-3, atol=ROUNDING * size)
        if moment.frame.update == 0:
            squares = [(each**2).sum() + _bias(step) for each, step in zip(steps, now.layers, strict=True)]
            np.testing.assert_allclose(
                moment.frame.gradient_norms, np.sqrt(squares), rtol=1e-7, atol=ROUNDING * size
            )


def _bias(step) -> float:
    """The square of the length of the biases' gradient."""
    return float((step.delta.mean(axis=0) ** 2).sum())


def test_gradient_norms_are_those_of_the_frame(said: Told) -> None:
    for moment in said.moments:
        norms = np.array(moment.frame.gradient_norms)
        np.testing.assert_array_equal(moment.values["gradient_norms"], norms)
        shown = 10.0 ** moment.values["log10_gradient_norms"].astype(float)
        np.testing.assert_allclose(shown, np.maximum(norms, 1e-12), rtol=1e-6)
        assert moment.card["rate_0"] == moment.frame.learning_rate
        assert moment.card["train_loss_0"] == moment.frame.metrics["train_loss"]


def test_a_step_is_what_the_parameters_do(said: Told) -> None:
    """Update ratios, gradient norms, the lab on one step, the rate: of the first update."""
    for step in said.steps:
        moved, frame, rules = step.after - step.before, step.frame, step.trainer.experiment.regularization
        sizes = [(np.linalg.norm(moved[part]), np.linalg.norm(step.after[part])) for part in step.slices]
        ratios = [part / whole if whole else 0.0 for part, whole in sizes]
        np.testing.assert_allclose(frame.update_ratios, ratios, **CLOSE)
        if step.taken is None:
            continue
        np.testing.assert_array_equal(step.taken.before, step.before)
        np.testing.assert_array_equal(step.taken.after, step.after)
        norms = [np.linalg.norm(step.taken.gradient[part]) for part in step.slices]
        np.testing.assert_allclose(frame.gradient_norms, norms, **CLOSE)
        assert frame.learning_rate == step.taken.lr
        pulls = (rules.l1, rules.l2, rules.weight_decay, rules.clip_norm, rules.clip_value, rules.max_norm)
        if step.trainer.experiment.optimizer.name == "sgd" and not any(pulls):
            np.testing.assert_allclose(moved, -frame.learning_rate * step.taken.gradient, **CLOSE)


def test_the_way_from_the_start_is_what_the_parameters_do(said: Told) -> None:
    """The cards of the lab on optimizers."""
    first = said.moments[0].saved
    for moment in said.moments:
        assert moment.card["distance_0"] == pytest.approx(np.linalg.norm(moment.saved - first), abs=1e-12)
    for before, moment in pairwise(said.moments):
        assert moment.card["length_0"] >= before.card["length_0"] - 1e-12


def test_the_table_holds_what_the_frames_say(said: Told) -> None:
    assert len(said.table) == len(said.run.trainers[0].history)
    for moment in said.moments:
        frame, row = moment.frame, said.table[moment.frame.index]
        layers = [*(f"hidden_{k}" for k in range(1, len(frame.weight_norms))), "output"]
        numbers = {**frame.metrics, "learning_rate": frame.learning_rate, "update": frame.update}
        for name in ("gradient_norm", "weight_norm", "update_ratio"):
            numbers |= {
                f"{name}_{layer}": v for layer, v in zip(layers, getattr(frame, f"{name}s"), strict=True)
            }
        if (
            moment is said.moments[-1] or frame.index != said.moments[-1].frame.index
        ):  # edited: one frame, twice
            assert {name: float(row[name]) for name in numbers} == numbers, moment.name


def test_recording_and_animation_show_the_frames(said: Told) -> None:
    moment, run = said.moments[-1], said.run
    _header, columns = decode(record(run), run.scene.channels)
    place = columns["update"].tolist().index(moment.frame.update)
    for channel in run.scene.channels:
        if not channel.name.startswith("hidden_"):  # its axes turn with the frames that were looked at
            sent = np.asarray(moment.values[channel.name]).astype(DTYPES[channel.type])
            np.testing.assert_array_equal(columns[channel.name][place], sent, channel.name)
    gif = read_gif(boundary_gif(moment.trainer, most=2))
    middles = gif.frames[-1][10:310, 10:310][1::3, 1::3]  # of each cell of 3 x 3 pixels within the margin
    colours = moment.classes * CLASS_LEVELS if moment.classes > 2 else MAP_LEVELS
    free = middles < colours  # where no point lies
    assert free.mean() > 0.5
    np.testing.assert_array_equal(middles[free], moment.values["surface"][free])
