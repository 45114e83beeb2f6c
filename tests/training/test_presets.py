"""Every preset does what its two sentences say, on every seed that is tried.

CLAIMS translates what there is to look for into what is measured. The words of a preset's claims are together
its sentence, so whoever changes a sentence or the settings meets the measurement.
"""

import re
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from playground.datasets import DOMAIN
from playground.datasets.regression import RIDGE_ANGLE
from playground.probes.advice import advice
from playground.probes.grid import points
from playground.probes.points import wrong_labels
from playground.training import PRESETS, Trainer, unit_outputs
from tests.properties import SEEDS

MEMORY = 2**18  # bytes of snapshots for each run: nothing here goes back in one
COIN = np.log(2.0)  # the loss of a coin toss
SETTLED = 10  # epochs after which a loss is that of a run under way
SIDE = 61  # of the plane

Claim = Callable[[Trainer], bool]


@cache
def run(name: str, seed: int = 0) -> Trainer:
    """A preset's trainer at the end of its epochs, with another seed. (Do not train it on.)"""
    return again(Trainer(PRESETS[name].experiment.reseeded(seed)), PRESETS[name].epochs)


def again(trainer: Trainer, epochs: int) -> Trainer:
    """The same run, only so far."""
    trainer = Trainer(trainer.experiment, history_bytes=MEMORY)
    trainer.train(epochs=epochs)
    return trainer


def course(trainer: Trainer, metric: str) -> np.ndarray:
    return trainer.history.values(metric)


def last(trainer: Trainer, metric: str) -> float:
    """At the frame where the run ended, or to which it went back."""
    return trainer.frame.metrics[metric]


def first_epoch(trainer: Trainer, accuracy: float) -> float:
    """When so many of the training and of the test points are right for the first time."""
    least = np.minimum(course(trainer, "train_accuracy"), course(trainer, "test_accuracy"))
    reached = np.flatnonzero(least >= accuracy)
    return reached[0] if len(reached) else np.inf


def outputs(trainer: Trainer, x: np.ndarray) -> np.ndarray:
    return trainer.network.forward(trainer.task.features(x))


def classes(trainer: Trainer, x: np.ndarray) -> np.ndarray:
    return trainer.task.predictions(outputs(trainer, x)).classes


def plane(trainer: Trainer) -> np.ndarray:
    """(SIDE, SIDE) the class of each place."""
    return classes(trainer, points(SIDE)).reshape(SIDE, SIDE)


def hidden_layers(trainer: Trainer) -> int:
    return len(trainer.network.weight_layers) - 1


def gradient_spread(trainer: Trainer) -> float:
    """The first layer's gradient over the last one's, at the typical frame."""
    norms = trainer.history.values("gradient_norms")[1:]
    return float(np.median(norms[:, 0] / norms[:, -1]))


# ---- claims


def learns_within(epochs: int) -> Claim:
    return lambda trainer: first_epoch(trainer, 0.95) <= epochs


def closes_within(epochs: int) -> Claim:
    def closed(trainer: Trainer) -> bool:
        """Nothing of the middle's class at the rim of the plane, and the points are told apart."""
        found = plane(again(trainer, epochs))
        rim = np.concatenate([found[0], found[-1], found[:, 0], found[:, -1]])
        return not (rim == found[SIDE // 2, SIDE // 2]).any() and first_epoch(trainer, 0.95) <= epochs

    return closed


def right(share: float, *metrics: str) -> Claim:
    return lambda trainer: all(last(trainer, metric) > share for metric in metrics)


def is_straight(trainer: Trainer) -> bool:
    """Outputs grow evenly along every straight line, so the border is one."""
    ends = np.random.default_rng(0).uniform(*DOMAIN, (2, 50, 2))
    values = [outputs(trainer, x) for x in (ends[0], ends.mean(axis=0), ends[1])]
    return bool(np.allclose(values[1], (values[0] + values[2]) / 2))


def no_line_reaches(share: float) -> Claim:
    def holds(trainer: Trainer) -> bool:
        """Not this network, and no line at all: the best one over all directions and places."""
        for data, of in ((trainer.train_data, "train"), (trainer.test_data, "test")):
            signs = np.where(data.y == 1, 1, -1)
            for angle in np.linspace(0.0, np.pi, 180, endpoint=False):
                ordered = signs[np.argsort(data.x @ [np.cos(angle), np.sin(angle)])]
                best = np.abs(2 * np.cumsum(ordered) - ordered.sum()).max()
                if (1.0 + best / len(signs)) / 2 >= share:
                    return False
            if course(trainer, f"{of}_accuracy").max() >= share:
                return False
        return True

    return holds


def waits(trainer: Trainer) -> bool:
    accuracy = course(trainer, "test_accuracy")
    return abs(np.median(accuracy[3:16]) - 0.65) < 0.08 and first_epoch(trainer, 0.75) > 15


def finds_the_inner_first(trainer: Trainer) -> bool:
    """When most is right, more of the inner half is than of the outer."""
    passing = int(np.flatnonzero(course(trainer, "test_accuracy") > 0.8)[0])
    data = trainer.test_data
    correct = classes(again(trainer, passing), data.x) == data.y
    radius = np.hypot(*data.x.T)
    inner = radius < np.median(radius)
    return correct[inner].mean() > correct[~inner].mean()


def rests_above(loss: float) -> Claim:
    def rests(trainer: Trainer) -> bool:
        losses = course(trainer, "train_loss")[-20:]
        return losses.min() > loss and losses[0] - losses[-1] < 0.03

    return rests


def three_share_the_plane(trainer: Trainer) -> bool:
    return np.bincount(plane(trainer).ravel(), minlength=3).min() > 0.15 * SIDE**2


def waves(trainer: Trainer) -> int:
    """How often the surface passes 0 along the way that the waves run."""
    way = np.linspace(*DOMAIN, 241)[:, None] * [np.cos(RIDGE_ANGLE), np.sin(RIDGE_ANGLE)]
    return int((np.diff(np.sign(outputs(trainer, way)[:, 0])) != 0).sum())


def takes_on_waves(trainer: Trainer) -> bool:
    return min(waves(again(trainer, epochs)) for epochs in (0, 10)) <= 1 and waves(trainer) >= 3


def falls_to(part: float) -> Claim:
    losses = ("train_loss", "test_loss")
    return lambda trainer: all(last(trainer, name) < part * course(trainer, name)[0] for name in losses)


def is_round(trainer: Trainer) -> bool:
    """Inside within 10 epochs, and as wide as it is high to a fifth."""
    weights = again(trainer, 10).network.weight_layers[0].W[:, 0]
    return first_epoch(trainer, 0.95) <= 10 and 1 / 1.44 < weights[0] / weights[1] < 1.44


def product_weighs_most(trainer: Trainer) -> bool:
    sizes = np.abs(trainer.network.weight_layers[0].W[:, 0])
    return sizes[2] > 5.0 * sizes[:2].max()


def begins_starved(trainer: Trainer) -> bool:
    first, *_, final = trainer.history.values("gradient_norms")[0]
    return first < 0.01 * final


def learns_nothing(trainer: Trainer) -> bool:
    return trainer.frame.epoch == 60 and course(trainer, "train_loss")[5:].min() > COIN - 0.02


def blows_up(trainer: Trainer) -> bool:
    return trainer.stopped.kind == "diverged" and int(re.search(r"\d+", trainer.stopped.reason)[0]) <= 10


def one_colour(trainer: Trainer) -> bool:
    return np.ptp(outputs(trainer, points(SIDE))) == 0.0


def units_alike(trainer: Trainer) -> bool:
    return all(np.ptp(layer.W, axis=1).max() == 0.0 for layer in trainer.network.weight_layers[:-1])


def a_layer_is_dark(trainer: Trainer) -> bool:
    early = again(trainer, 10)
    found = early.network.activations(early.task.features(early.train_data.x))
    return any((found[end] == 0.0).all() for end in unit_outputs(early.experiment, early.network)[:-1])


def growth(trainer: Trainer) -> np.ndarray:
    """Powers of ten, from epoch to epoch."""
    return np.diff(np.log10(course(trainer, "train_loss")))


def keeps_falling(trainer: Trainer) -> bool:
    losses = course(trainer, "train_loss")
    return losses[-1] < 0.5 * losses[course(trainer, "test_loss").argmin()]


def border_length(trainer: Trainer) -> int:
    found = plane(trainer)
    return int((found[1:] != found[:-1]).sum() + (found[:, 1:] != found[:, :-1]).sum())


def is_smooth(trainer: Trainer) -> bool:
    """Its border is much shorter than that of the same network without a remedy."""
    return border_length(trainer) < 0.65 * border_length(run("overfitting", trainer.experiment.seed))


def stays_below(loss: float) -> Claim:
    return lambda trainer: course(trainer, "test_loss")[SETTLED:].max() < loss


CLAIMS: dict[str, dict[str, Claim]] = {
    "default": {"The border closes around the inner disc within some 20 epochs.": closes_within(20)},
    "xor": {"A single hidden layer joins opposite quadrants within 30 epochs.": learns_within(30)},
    "gauss": {
        "The border is a straight line from the first epoch on,": is_straight,
        " and more than 95 % come out right.": right(0.95, "train_accuracy", "test_accuracy"),
    },
    "spiral": {
        "Accuracy waits near 65 % for 15 epochs or more,": waits,
        " finds the inner windings first,": finds_the_inner_first,
        " and passes 95 % within 60.": learns_within(60),
    },
    "spiral_too_small": {
        "The training loss comes to rest above 0.58,": rests_above(0.58),
        " not far below the 0.69 of a coin toss.": lambda t: course(t, "train_loss")[-20:].max() < COIN,
    },
    "three_spirals": {
        "Three colours share the plane,": three_share_the_plane,
        " and more than 95 % of the test points come out right.": right(0.95, "test_accuracy"),
    },
    "ridge": {
        "The surface takes on one wave after another,": takes_on_waves,
        " and the loss falls by more than 90 %.": falls_to(0.1),
    },
    "circle_features": {
        "A round border appears within 10 epochs": is_round,
        " although there is no hidden layer.": lambda t: hidden_layers(t) == 0,
    },
    "xor_product": {
        "The quadrants are separated": right(0.95, "train_accuracy", "test_accuracy"),
        " without a hidden layer,": lambda t: hidden_layers(t) == 0,
        " and x·y has by far the largest weight.": product_weighs_most,
    },
    "linear_xor": {
        "The border stays a straight line": is_straight,
        " and the accuracy stays below 80 %, however long it runs.": no_line_reaches(0.8),
    },
    "vanishing": {
        "The first layer's gradient begins over a hundred times smaller than the last one's:": begins_starved,
        " for 60 epochs nothing is learnt.": learns_nothing,
    },
    "vanishing_relu": {
        "The same six layers now learn the circle within 50 epochs,": learns_within(50),
        " with gradients about as large in the first layer as in the last.": (
            lambda t: 0.2 < gradient_spread(t) < 5.0
        ),
    },
    "vanishing_batch_norm": {
        "The same six sigmoid layers now learn the circle,": right(0.95, "train_accuracy", "test_accuracy"),
        " with gradients no smaller in the first layer than in the last.": lambda t: (
            gradient_spread(t) >= 1.0
        ),
    },
    "exploding": {
        "The loss is above 20 before training,": lambda t: course(t, "train_loss")[0] > 20.0,
        " and the run blows up within 10 updates.": blows_up,
    },
    "exploding_he": {
        "The same ten layers start at a loss below 3": lambda t: course(t, "train_loss")[0] < 3.0,
        " and reach 95 % within 15 epochs.": learns_within(15),
    },
    "zero_weights": {
        "The whole plane keeps one colour": one_colour,
        " and all units of a layer look the same for ever.": units_alike,
    },
    "dead_relus": {
        "A whole layer goes dark within 10 epochs,": a_layer_is_dark,
        " and the accuracy ends up near 50 %.": lambda t: abs(last(t, "test_accuracy") - 0.5) < 0.05,
    },
    "rate_too_high": {
        "The loss grows more than tenfold in every epoch,": lambda t: growth(t).min() > 1.0,
        " in most over ten-thousandfold,": lambda t: np.median(growth(t)) > 4.0,
        " until the run stops.": lambda t: t.stopped.kind == "diverged",
    },
    "rate_too_low": {
        "The loss falls all the time,": lambda t: (np.diff(course(t, "train_loss")) < 0.0).all(),
        " and after 60 epochs it is still near the 0.69 of a coin toss.": (
            lambda t: t.frame.epoch == 60 and abs(last(t, "train_loss") - COIN) < 0.05
        ),
    },
    "overfitting": {
        "The training loss keeps falling": keeps_falling,
        " while the test loss turns around and rises to more than twice its lowest.": (
            lambda t: last(t, "test_loss") > 2.0 * course(t, "test_loss").min()
        ),
    },
    "overfitting_l2": {
        "The border stays smooth": is_smooth,
        " and the test loss stays below 0.5.": stays_below(0.5),
    },
    "overfitting_dropout": {
        "The training loss stays far above 0,": lambda t: course(t, "train_loss").min() > 0.15,
        " and the test loss stays below 0.6.": stays_below(0.6),
    },
    "overfitting_stopped": {
        "The run ends by itself": lambda t: t.stopped.kind == "early_stopping",
        " and goes back to the epoch with the lowest test loss.": (
            lambda t: t.frame.index == course(t, "test_loss").argmin() < len(t.history) - 1
        ),
    },
    "random_labels": {
        "More than 80 % of the training points come out right,": right(0.8, "train_accuracy"),
        " and about half of the test points.": lambda t: abs(last(t, "test_accuracy") - 0.5) < 0.12,
    },
}


@pytest.mark.parametrize("name", PRESETS)
def test_the_claims_are_the_sentence(name: str) -> None:
    assert "".join(CLAIMS[name]) == PRESETS[name].look_for


@pytest.mark.parametrize("name", PRESETS)
def test_what_there_is_to_look_for_is_there_on_every_seed(name: str) -> None:
    failed = [
        (seed, words) for seed in SEEDS for words, holds in CLAIMS[name].items() if not holds(run(name, seed))
    ]
    assert failed == []


@pytest.mark.parametrize("name", PRESETS)
def test_a_visitor_watches_long_enough(name: str) -> None:
    assert 1 <= PRESETS[name].epochs <= 150
    assert all(
        int(epochs) <= PRESETS[name].epochs for epochs in re.findall(r"(\d+) epochs", PRESETS[name].look_for)
    )


# ---- the claims can fail: what an ill run does, its cure does not


@pytest.mark.parametrize(
    ("claims", "other"),
    [
        *(("default", "linear_xor"), ("xor", "linear_xor"), ("gauss", "xor"), ("spiral", "default")),
        *(("spiral_too_small", "spiral"), ("vanishing", "vanishing_relu"), ("vanishing_relu", "vanishing")),
        *(("exploding", "exploding_he"), ("zero_weights", "default"), ("dead_relus", "vanishing_relu")),
        *(
            ("rate_too_low", "default"),
            ("overfitting", "overfitting_l2"),
            ("random_labels", "overfitting_l2"),
        ),
        *(("overfitting_l2", "overfitting"), ("overfitting_dropout", "overfitting"), ("linear_xor", "xor")),
    ],
)
def test_other_runs_fail_the_claims(claims: str, other: str) -> None:
    assert not all(holds(run(other)) for holds in CLAIMS[claims].values())


# ---- sentences, and why


@pytest.mark.parametrize("name", PRESETS)
def test_two_sentences_in_plain_words(name: str) -> None:
    preset = PRESETS[name]
    for sentence in (preset.look_for, preset.why):
        assert re.fullmatch(r"[A-Z].+\.", sentence)
        assert not re.search(r"[.!?] ", sentence)
        assert len(sentence) <= 130
    assert preset.label


def test_labels_and_experiments_are_all_different() -> None:
    assert len({preset.label for preset in PRESETS.values()}) == len(PRESETS)
    assert len({preset.experiment for preset in PRESETS.values()}) == len(PRESETS)
    assert sum(preset.good for preset in PRESETS.values()) >= 7
    assert sum(not preset.good for preset in PRESETS.values()) >= 7


@pytest.mark.parametrize("name", [name for name, p in PRESETS.items() if p.good and p.experiment.n_classes])
def test_good_presets_get_new_points_right(name: str) -> None:
    noisy = PRESETS[name].experiment.data.label_flips > 0.0
    assert min(last(run(name, seed), "test_accuracy") for seed in SEEDS) >= (0.84 if noisy else 0.95)


@pytest.mark.parametrize("name", PRESETS)
def test_bad_presets_end_with_advice_and_good_ones_without(name: str) -> None:
    advised = [bool(advice(run(name, seed))) for seed in SEEDS]
    assert advised == [not PRESETS[name].good] * len(SEEDS)


def test_three_spirals_have_an_output_for_each_class() -> None:
    trainer = run("three_spirals")
    assert trainer.network.out_shape == (3,)
    scores = trainer.task.scores(outputs(trainer, trainer.test_data.x))
    np.testing.assert_allclose(scores.sum(axis=1), 1.0)
    assert run("ridge").task.kind == "regression"


@pytest.mark.parametrize("seed", SEEDS)
def test_large_weights_double_what_passes_all_layers_but_the_first(seed: int) -> None:
    trainer = Trainer(PRESETS["exploding"].experiment.reseeded(seed))
    x = trainer.task.features(trainer.train_data.x)
    found = trainer.network.activations(x)
    ends = unit_outputs(trainer.experiment, trainer.network)[:-1]
    sizes = np.array([np.sqrt(np.mean(each**2)) for each in (x, *(found[end] for end in ends))])
    factors = sizes[1:] / sizes[:-1]
    assert factors[0] < 1.0
    assert np.exp(np.log(factors[1:]).mean()) == pytest.approx(2.0, rel=0.25)


@pytest.mark.parametrize("seed", SEEDS)
def test_too_high_a_rate_leaps_over_the_bottom_and_lands_higher_up(seed: int) -> None:
    trainer = Trainer(PRESETS["rate_too_high"].experiment.reseeded(seed))
    x = np.column_stack([trainer.task.features(trainer.train_data.x), np.ones(len(trainer.train_data))])
    bottom = np.linalg.lstsq(x, trainer.task.targets(trainer.train_data.y), rcond=None)[0].ravel()
    places = [trainer.network.params - bottom]
    for _ in range(60):
        trainer.train(updates=1)
        places.append(trainer.network.params - bottom)
    before, after = np.array(places[:-1]), np.array(places[1:])
    assert ((before * after).sum(axis=1) < 0.0).all()
    assert (np.linalg.norm(after, axis=1) > np.linalg.norm(before, axis=1)).mean() > 0.9


def test_too_low_a_rate_is_a_hundredth_of_one_that_takes_20_epochs() -> None:
    rates = [PRESETS[name].experiment.optimizer.lr for name in ("rate_too_low", "default")]
    assert rates[0] == rates[1] / 100
    assert max(first_epoch(run("default", seed), 0.95) for seed in SEEDS) <= 20


@pytest.mark.parametrize("seed", SEEDS)
def test_1300_weights_learn_60_points_by_heart_and_some_are_wrong(seed: int) -> None:
    trainer = run("overfitting", seed)
    assert (len(trainer.train_data), trainer.network.params.size) == (60, 1297)
    assert wrong_labels(trainer).sum() == 7


@pytest.mark.parametrize("name", ["overfitting_l2", "overfitting_dropout", "overfitting_stopped"])
def test_restraints_do_better_on_new_points(name: str) -> None:
    pairs = [(run(name, seed), run("overfitting", seed)) for seed in SEEDS]
    assert all(last(cured, "test_loss") < 0.8 * last(ill, "test_loss") for cured, ill in pairs)
    gains = [last(cured, "test_accuracy") - last(ill, "test_accuracy") for cured, ill in pairs]
    assert np.mean(gains) > 0.0


def test_cures_change_one_thing() -> None:
    """What a cure changes, so that the comparison is fair."""
    pairs = {
        "vanishing_relu": ("vanishing", {"activation", "initializer"}),
        "vanishing_batch_norm": ("vanishing", {"normalization"}),
        "exploding_he": ("exploding", {"initializer"}),
        "overfitting_l2": ("overfitting", {"l2"}),
        "overfitting_dropout": ("overfitting", {"dropout"}),
        "overfitting_stopped": ("overfitting", {"patience"}),
    }
    for cure, (ill, names) in pairs.items():
        paths = PRESETS[ill].experiment.differences(PRESETS[cure].experiment)
        assert {path.split(".")[-1] for path in paths} == names
    deep, dead = (PRESETS[name].experiment for name in ("vanishing_relu", "dead_relus"))
    assert set(deep.differences(dead)) == {"optimizer.lr"}


def test_the_default_preset_is_the_default_and_nothing_else_is() -> None:
    assert [name for name, preset in PRESETS.items() if not preset.experiment.to_query()] == ["default"]
