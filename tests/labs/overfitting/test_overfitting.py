"""The lab on overfitting, remedies side by side: what its frames hold, that the remedies help, and tasks that
can be done.
"""

import numpy as np
import pytest

from playground.labs.framework.session import LabSession
from playground.labs.overfitting.lab import BASE, LAB, TASKS
from playground.labs.overfitting.settings import REMEDIES, Overfitting, remedied
from playground.labs.overfitting.tasks import has_a_remedy, has_l2_alone, without_remedy
from playground.player.packet import decode
from playground.player.scene import FrameContext
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.dropout_masks import last_masks
from playground.probes.margin import Plane
from playground.probes.overfitting import FITS_NOISE, LEARNING, STOPPED, fit, weight_norm
from playground.probes.passes import Passes
from playground.training import Experiment, ExperimentError, HiddenLayer, Trainer
from tests.ui.watching import ask, seen

EPOCHS = 200
SMALL = {"v": "1", "layers": "6-tanh~5-tanh", "n": "80", "train": "0.3", "flips": "0.2", "batch": "10"}


def trained(experiment: Experiment, epochs: int) -> Trainer:
    trainer = Trainer(experiment)
    if epochs:
        trainer.train(epochs=epochs)
    return trainer


def moment_of(experiment: Experiment, epochs: int) -> FrameContext:
    trainer = trained(experiment, epochs)
    return FrameContext(trainer, trainer.frame, Passes(trainer))


def done(task: str, moment: FrameContext) -> bool:
    (found,) = [each for each in TASKS if each.id == task]
    return found.done(moment)


def one(remedy: str, base: Experiment = BASE, **settings) -> Experiment:
    (experiment,) = remedied(base, Overfitting(remedies=(remedy,), **settings))
    return experiment


@pytest.fixture(scope="module")
def after() -> dict[str, Trainer]:
    """Every remedy at its first strength, after EPOCHS."""
    return {name: trained(one(name), EPOCHS) for name in REMEDIES}


def test_without_a_remedy_the_network_learns_all_by_heart(after: dict[str, Trainer]) -> None:
    found = fit(DataPass(NetworkCopy(after["none"])))
    metrics = after["none"].frame.metrics
    assert found.verdict == FITS_NOISE
    assert metrics["train_accuracy"] == 1.0
    assert found.noise == 1.0
    assert found.best_epoch < 30
    assert found.rise > 5.0


@pytest.mark.parametrize("remedy", [name for name in REMEDIES if name != "none"])
def test_every_remedy_helps(remedy: str, after: dict[str, Trainer]) -> None:
    """Less test loss, a smaller gap, and no fewer test points right."""
    plain, better = after["none"].frame.metrics, after[remedy].frame.metrics
    assert better["test_loss"] < 0.5 * plain["test_loss"]
    assert better["test_loss"] - better["train_loss"] < 0.5 * (plain["test_loss"] - plain["train_loss"])
    assert better["test_accuracy"] >= plain["test_accuracy"]


@pytest.mark.parametrize("remedy", REMEDIES)
def test_a_remedy_changes_nothing_else(remedy: str) -> None:
    """The same points, first weights and seed; more data keeps the points there are."""
    plain, other = Trainer(one("none")), Trainer(one(remedy))
    shared = len(plain.train_data)
    np.testing.assert_array_equal(other.train_data.x[:shared], plain.train_data.x)
    kept = len(other.test_data)
    np.testing.assert_array_equal(other.test_data.x, plain.test_data.x[-kept:])
    np.testing.assert_array_equal(other.test_data.y, plain.test_data.y[-kept:])
    if remedy == "more_data":
        assert (len(other.train_data), kept) == (160, 340)
    else:
        np.testing.assert_array_equal(other.train_data.y, plain.train_data.y)
        assert kept == 460
    if remedy not in ("smaller", "batch_norm"):
        np.testing.assert_array_equal(other.network.params, plain.network.params)


def test_strengths_reach_the_experiment() -> None:
    assert one("l2", l2_rate=0.3).regularization.l2 == 0.3
    assert one("l1", l1_rate=0.2).regularization.l1 == 0.2
    assert {layer.dropout for layer in one("dropout", dropout_rate=0.5).network.layers} == {0.5}
    assert {layer.normalization for layer in one("batch_norm").network.layers} == {"batch_norm"}
    assert one("early_stopping", patience=7).stopping.patience == 7
    assert one("more_data", data_factor=2).data.train_share == 0.16
    assert one("more_data", data_factor=20).data.train_share == 0.9
    assert one("smaller", small_units=3).network.layers == (HiddenLayer(3, "relu"),)
    assert one("label_smoothing", smoothing=0.4).loss.label_smoothing == 0.4
    assert one("none") == BASE


def test_titles_name_the_strength() -> None:
    settings = Overfitting(l2_rate=0.0003, dropout_rate=0.5, small_units=9)
    titles = [settings.title(name) for name in ("none", "l2", "dropout", "smaller", "early_stopping")]
    assert titles == ["No remedy", "L2, rate 0.0003", "Dropout 50%", "1 layer of 9", "Early stopping"]
    headings = [settings.heading(name) for name in ("none", "l2", "dropout", "smaller", "early_stopping")]
    assert headings == ["No remedy", "L2", "Dropout", "1 layer of 9", "Early stopping"]


def test_frames_hold_what_the_probes_measure() -> None:
    session = LabSession(LAB, {**SMALL, "remedies": "none~l2~dropout"})
    _, columns = ask(session.run, 0, 12)
    assert session.run.seek(int(columns["update"][4]))
    for k, trainer in enumerate(session.run.trainers):
        data = DataPass(NetworkCopy(trainer))
        found = fit(data)
        for name in ("best_epoch", "best_loss", "gap", "noise", "verdict"):
            assert columns[f"{name}_{k}"][4] == getattr(found, name)
        for name, value in trainer.frame.metrics.items():
            assert columns[f"{name}_{k}"][4] == value
        assert columns[f"weight_norm_{k}"][4] == weight_norm(data)
        plane = Plane(trainer)
        assert columns[f"margin_{k}"][4] == plane.margins(data).median
        np.testing.assert_array_equal(columns[f"surface_{k}"][4], plane.over(data).surface(61, 40))
    masks = last_masks(session.run.trainers[2])
    for i, mask in enumerate(masks):
        rows = columns[f"mask_{i}"][4]
        known = ~np.isnan(rows[:, 0])
        np.testing.assert_array_equal(rows[known], mask[: known.sum()])


def test_it_opens_with_four_networks_that_learn() -> None:
    session = LabSession(LAB, {})
    _, columns = seen(session.run)
    assert [columns[f"verdict_{k}"][0] for k in range(4)] == [LEARNING] * 4
    assert "masks" in [panel.id for panel in session.run.scene.panels]
    assert session.run.scene.panels[-1].id == "tasks"
    assert not any(columns[name].any() for name in columns if name.startswith("task_"))


def test_early_stopping_rests_at_its_best_epoch_while_the_others_go_on() -> None:
    session = LabSession(
        LAB, {**SMALL, "remedies": "none~early_stopping", "patience_epochs": "3", "lr": "0.1"}
    )
    for _ in range(4):
        _, columns = seen(session.run)
        ask(session.run, int(columns["update"][-1]), 60)
    header, columns = seen(session.run)
    stopped = session.run.trainers[1]
    assert header["ended"] is None
    assert stopped.stopped.kind == "early_stopping"
    assert columns["verdict_1"][-1] == STOPPED
    losses = stopped.history.values("test_loss")
    assert columns["test_loss_1"][-1] == losses.min()
    assert columns["best_epoch_1"][-1] == losses.argmin()
    assert len(set(columns["test_loss_0"])) > 10


STRENGTHS = {
    "l2": ("lab.l2_rate", 0.25),
    "l1": ("lab.l1_rate", 0.25),
    "dropout": ("lab.dropout_rate", 0.5),
    "label_smoothing": ("lab.smoothing", 0.5),
}


@pytest.mark.parametrize("remedy", STRENGTHS)
def test_another_strength_goes_on_in_the_same_run(remedy: str) -> None:
    path, value = STRENGTHS[remedy]
    session = LabSession(LAB, {**SMALL, "remedies": f"none~{remedy}"})
    run, first = session.run, session.get(path)
    session.set(path, value)
    assert session.run is run
    assert seen(run)[0]["cut"]
    _, columns = ask(run, 30, 3)
    assert columns["strength_1"].tolist() == [value] * 3
    assert run.experiments == tuple(remedied(session.base, session.settings))
    _, columns = ask(run, 0, 3)
    assert columns["strength_1"].tolist() == [first] * 3


def test_a_strength_that_cannot_change_in_mid_run_begins_anew() -> None:
    session = LabSession(LAB, {**SMALL, "remedies": "none~more_data~smaller"})
    run = session.run
    session.set("optimizer.lr", 0.03)
    assert session.run is run
    session.set("lab.data_factor", 3)
    assert session.run is not run
    assert session.run.scene.panels[1].title == "2. Data × 3"


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({"remedies": "none~l2~l1~dropout~batch_norm"}, "at most 4"),
        ({"remedies": "prayer"}, "remedies"),
        ({"view": "both"}, "view"),
        ({"l2_rate": "-1"}, "l2_rate"),
        ({"seeds": "99"}, "seeds"),
        ({"v": "1", "dataset": "reg-plane"}, "classes"),
        ({"v": "1", "n": "5000"}, "at most 1000"),
        ({"v": "1", "layers": "~".join(["64-relu"] * 30)}, "weights"),
        ({"v": "1", "loss": "hinge", "remedies": "label_smoothing"}, "label_smoothing"),
        ({"view": "sweep", "knob": "width", "v": "1", "layers": "none"}, "knob"),
        ({"view": "sweep", "knob": "points", "v": "1", "n": "20"}, "knob"),
    ],
)
def test_what_cannot_be_is_one_sentence(query: dict[str, str], word: str) -> None:
    session = LabSession(LAB, query)
    assert word in session.message
    assert session.message.count("\n") == 0
    assert session.settings == Overfitting()


@pytest.mark.parametrize("dataset", ["blobs", "rings", "spiral", "xor", "random_labels"])
@pytest.mark.parametrize("remedies", ["none~batch_norm~smaller~label_smoothing", "dropout~l1~more_data"])
def test_every_kind_of_classes_is_shown(dataset: str, remedies: str) -> None:
    session = LabSession(LAB, {**SMALL, "dataset": dataset, "remedies": remedies})
    assert not session.message
    header, columns = ask(session.run, 0, 3)
    assert header["count"] == 3
    assert np.isfinite(columns["test_loss_0"]).all()


def test_a_link_holds_all_settings() -> None:
    query = {"view": "sweep", "knob": "noise", "seeds": "2", "l2_rate": "0.5", "remedies": "l1~none", **SMALL}
    session = LabSession(LAB, query)
    assert not session.message
    assert session.to_query() == query
    assert LabSession(LAB, {}).to_query() == {}


def test_no_task_is_done_on_arrival_however_long_one_waits(after: dict[str, Trainer]) -> None:
    for name in Overfitting().remedies:
        trainer = after[name]
        for epoch in range(0, trainer.frame.epoch, 10):
            trainer.restore(trainer.history[epoch])
            moment = FrameContext(trainer, trainer.frame, Passes(trainer))
            assert not any(task.done(moment) for task in TASKS)
        trainer.restore(trainer.history[len(trainer.history) - 1])


# ---- tasks: a right way does them, doing nothing and the wrong ways do not


FEW_POINTS = BASE.replace("data.train_share", 0.06)
NEXT_TO_NONE = 1e-5  # the least L2 that can be set
TAMPERED = {
    "slow": {"optimizer.lr": 0.0005},
    "another optimizer": {"optimizer.name": "sgd"},
    "a rate that ends": {"schedule.name": "cosine"},
    "clipped": {"regularization.clip_norm": 0.01},
    "no noise": {"data.noise": 0.0},
    "no wrong labels": {"data.label_flips": 0.0},
    "easy data": {"data.dataset": "gauss"},
    "straight lines": {"network.layers": (HiddenLayer(32, "linear"),) * 3},
    "few test points": {"data.n": 50, "data.train_share": 0.6},
    "large batches": {"batch_size": 40},
}


def ways(experiment: Experiment, epochs: int, first: int = 0) -> set[str]:
    """The tasks that are done at one of these epochs."""
    trainer, found = Trainer(experiment, history_bytes=2**18), set()
    trainer.train(epochs=first)
    passes = Passes(trainer)
    while trainer.frame.epoch < epochs and trainer.stopped is None:
        trainer.train(epochs=1)
        moment = FrameContext(trainer, trainer.frame, passes)
        found |= {task.id for task in TASKS if task.id not in found and task.done(moment)}
    return found


@pytest.mark.parametrize("seed", [0, 2, 7, 8])
def test_l2_holds_the_test_loss(seed: int) -> None:
    experiment = one("l2", BASE.replace("seed", seed), l2_rate=0.03)
    assert not ways(experiment, 199)  # too early to tell
    assert ways(experiment, 240, 199) == {"hold"}


@pytest.mark.parametrize(("flips", "seed"), [(0.3, 0), (0.3, 2), (0.3, 5), (0.4, 1)])
def test_wrong_labels_overfit_badly(flips: float, seed: int) -> None:
    noisy = BASE.replace("data.label_flips", flips).replace("seed", seed)
    assert ways(noisy, 160) == {"by_heart"}


@pytest.mark.parametrize(
    ("remedy", "strength", "seed"),
    [
        *(("l2", {"l2_rate": 0.05}, 0), ("l2", {"l2_rate": 0.05}, 4), ("batch_norm", {}, 4)),
        *(("batch_norm", {}, 5), ("batch_norm", {}, 9), ("l1", {"l1_rate": 0.01}, 4)),
    ],
)
def test_few_points_are_enough_with_a_remedy(remedy: str, strength: dict, seed: int) -> None:
    assert ways(one(remedy, FEW_POINTS.replace("seed", seed), **strength), 260, 190) == {"few"}


@pytest.mark.parametrize("seed", range(10))
def test_doing_nothing_does_no_task(seed: int) -> None:
    for points in (BASE, FEW_POINTS):
        assert not ways(one("l2", points.replace("seed", seed), l2_rate=NEXT_TO_NONE), 300)


def test_learning_slowly_is_no_way_to_hold_the_test_loss() -> None:
    """Nothing is learnt that could overfit: without the L2 the test loss would be held as well."""
    slow = one("l2", l2_rate=NEXT_TO_NONE).replace("optimizer.lr", 0.0003)
    trainer = trained(slow, 205)
    assert fit(DataPass(NetworkCopy(trainer))).rise <= 1.05
    assert trainer.frame.metrics["train_accuracy"] >= 0.85
    assert not ways(slow, 205, 199)
    trainer.update_settings(one("l2", l2_rate=NEXT_TO_NONE))  # what was set on the way counts, too
    trainer.train(epochs=1)
    moment = FrameContext(trainer, trainer.frame, Passes(trainer))
    assert moment.data.info(fit).rise <= 1.05
    assert not done("hold", moment)


@pytest.mark.parametrize("how", TAMPERED)
def test_other_points_and_networks_do_not_count(how: str) -> None:
    holding, few = one("l2", l2_rate=0.03), one("l2", FEW_POINTS, l2_rate=0.05)
    assert has_l2_alone(holding)
    assert has_a_remedy(few)
    for path, value in TAMPERED[how].items():
        holding, few = holding.replace(path, value), few.replace(path, value)
    assert not has_l2_alone(holding)
    assert not has_a_remedy(few)


def test_other_remedies_do_not_count_as_holding_and_too_strong_ones_do_not_hold() -> None:
    assert not has_l2_alone(one("none"))
    assert not has_l2_alone(one("dropout", one("l2", l2_rate=0.03)))
    assert not ways(one("l2", l2_rate=0.3), 210, 199)


def test_a_handful_of_test_points_tells_nothing() -> None:
    few = {"data.label_flips": 0.3, "data.n": 50, "data.train_share": 0.8, "seed": 1}
    experiment = BASE
    for path, value in few.items():
        experiment = experiment.replace(path, value)
    trainer = trained(experiment, 160)
    right = [trainer.history.values(f"{part}_accuracy") for part in ("train", "test")]
    assert ((right[0] == 1.0) & (right[1] < 0.7)).any()
    assert not ways(experiment, 160)


def test_remedies_are_taken_off_again() -> None:
    for name in REMEDIES:
        if name != "more_data":
            assert without_remedy(one(name)) == BASE
            assert has_a_remedy(one(name)) == (name != "none")
    other = BASE.replace("network.layers", (HiddenLayer(8, "tanh"),))
    assert without_remedy(other) == other


def test_the_lesson_is_complete_and_true() -> None:
    lesson = LAB.lesson
    assert "$$" in lesson.why
    assert all(address.startswith("https://") for address in lesson.sources.values())
    assert all(task.hint for task in TASKS)
    assert len(TASKS) == 3
    trainer = Trainer(BASE)
    assert round(trainer.network.params.size, -2) == 2200
    assert len(trainer.train_data) == 40
    assert DataPass(NetworkCopy(trainer)).bench.wrong_labels.sum() == 4


def test_an_experiment_that_cannot_be_raises() -> None:
    with pytest.raises(ExperimentError, match="classes"):
        remedied(BASE.replace("data.dataset", "saddle"), Overfitting())


def test_the_packet_of_a_link_is_the_same_twice() -> None:
    first, second = (LabSession(LAB, {**SMALL, "remedies": "dropout~more_data"}).run for _ in range(2))
    one_, two = (decode(run.packet, run.scene.channels)[1] for run in (first, second))
    assert all(one_[name].tobytes() == two[name].tobytes() for name in one_)
