"""The lab on one step: what its frames hold, steps and run of the same network, tasks that can be done."""

from dataclasses import replace

import numpy as np
import pytest

from playground.labs.framework.session import LabSession
from playground.labs.one_step.lab import LAB, TASKS
from playground.labs.one_step.settings import BASE, EPOCHS, XOR, StepSettings, same_layers
from playground.labs.one_step.steps_scene import UPDATES, Phase, film, phases
from playground.nn import ACTIVATIONS, LOSSES, OPTIMIZERS
from playground.player.film import Film
from playground.player.packet import decode
from playground.player.run import Run
from playground.probes.one_step import one_step_at_a_time
from playground.training import Experiment, HiddenLayer, Trainer

CLASS_LOSSES = [name for name, loss in LOSSES.items() if "classification" in loss.tasks]
ALL = {"samples": "all"}
RUN = {"view": "run"}
SEEDS = range(10)


def link(base: Experiment = BASE, **lab: str) -> dict[str, str]:
    return {**({} if base == BASE else base.to_query()), **lab}


def based(**changes: object) -> Experiment:
    experiment = BASE
    for path, value in changes.items():
        experiment = experiment.replace(path.replace("__", "."), value)
    return experiment


def opened(query: dict[str, str]) -> LabSession:
    session = LabSession(LAB, query)
    assert not session.message
    return session


def whole(session: LabSession) -> tuple[dict, dict[str, np.ndarray]]:
    """The last header, and all frames there are."""
    header, columns = decode(session.run.packet, session.run.scene.channels)
    chunks = [columns]
    while header["ended"] is None:
        after = int(chunks[-1]["update"][-1])
        request = {"kind": "frames", "run": session.run.id, "id": 1, "after": after, "count": 60, "stride": 1}
        session.run.answer(request)
        header, columns = decode(session.run.packet, session.run.scene.channels)
        chunks += [columns] if columns else []
    return header, {name: np.concatenate([chunk[name] for chunk in chunks]) for name in chunks[0]}


def done(task: str, moment: object) -> bool:
    (found,) = [each for each in TASKS if each.id == task]
    return found.done(moment)


def ever_done(task: str, experiment: Experiment, samples: str = "one") -> bool:
    trainer = Trainer(StepSettings(samples=samples).experiment(experiment))
    return any(done(task, phase) for phase in film(trainer))


# ---- what it opens with


def test_it_opens_with_xor_in_sigmoid_units_and_squared_errors() -> None:
    assert [layer.units for layer in BASE.network.layers] == [4]
    trainer = Trainer(StepSettings().experiment(BASE))
    assert [type(layer).__name__ for layer in trainer.network.layers] == [
        *("Dense", "Activation", "Dropout", "Dense", "Activation")
    ]
    assert [trainer.network.layers[k].name for k in (1, 4)] == ["sigmoid", "sigmoid"]
    assert trainer.task.loss_name == "mse"
    data = dict(zip(map(tuple, trainer.train_data.x.tolist()), trainer.train_data.y.tolist(), strict=True))
    assert data == {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 0}


def test_frames_go_through_the_phases_of_every_update() -> None:
    session = opened({})
    assert isinstance(session.run, Film)
    header, columns = whole(session)
    assert len(columns["phase"]) == 6 * UPDATES
    assert columns["phase"].tolist() == [0, 1, 2, 3, 4, 5] * UPDATES
    assert columns["number"].tolist() == np.repeat(np.arange(1, UPDATES + 1), 6).tolist()
    (channel,) = [each for each in session.run.scene.channels if each.name == "phase"]
    assert channel.words == (
        *("forward, hidden layer", "forward, output", "loss"),
        *("backward, output", "backward, hidden layer", "new weights"),
    )
    assert f"{EPOCHS} epochs" in header["ended"]["reason"]
    assert session.run.scene.rate == 2


def test_phases_of_a_deep_network() -> None:
    found = [(each["kind"], each["layer"]) for each in phases(3)]
    assert found == [
        *(("forward", 1), ("forward", 2), ("forward", 3), ("loss", 0)),
        *(("backward", 3), ("backward", 2), ("backward", 1), ("update", 0)),
    ]


@pytest.mark.parametrize("query", [{}, ALL, {"sample": "2"}])
def test_frames_hold_what_the_probe_measures(query: dict[str, str]) -> None:
    session = opened(query)
    _, columns = whole(session)
    trainer = Trainer(session.settings.experiment(session.base))
    for k, step in enumerate(one_step_at_a_time(trainer, UPDATES)):
        frame = 6 * k + 5
        for name in ("before", "gradient", "after"):
            np.testing.assert_array_equal(columns[name][frame], getattr(step, name))
        np.testing.assert_array_equal(columns["difference"][frame], step.differences.slope)
        np.testing.assert_array_equal(columns["z"][frame], np.hstack([layer.z for layer in step.layers]))
        np.testing.assert_array_equal(columns["delta"][frame, :, 4:], step.layers[1].delta)
        np.testing.assert_array_equal(columns["x"][frame], step.layers[0].x)
        assert (columns["loss"][frame], columns["loss_after"][frame]) == (step.loss, step.loss_after)
        assert columns["largest_difference"][frame] < 1e-9
        assert columns["lr"][frame] == 2.0


def test_slots_are_shown_before_and_after() -> None:
    _, columns = whole(opened(link(based(optimizer__name="adam"))))
    first, second = 5, 11
    assert not columns["mean_before"][first].any()
    np.testing.assert_allclose(columns["mean_after"][first], 0.1 * columns["gradient"][first])
    np.testing.assert_array_equal(columns["square_before"][second], columns["square_after"][first])


# ---- samples


def test_the_chosen_sample_comes_first_and_the_others_follow() -> None:
    columns = whole(opened({"sample": "2"}))[1]
    assert columns["x"][::6, 0].tolist()[:5] == [[0, 1], [1, 0], [1, 1], [0, 0], [0, 1]]
    panel = opened({"sample": "2"}).run.scene.panels[0].describe()
    assert [sample["x"] for sample in panel["model"]["samples"]] == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert [sample["row"] for sample in panel["model"]["samples"]] == [3, 0, 1, 2]


def test_a_batch_holds_all_samples() -> None:
    columns = whole(opened(ALL))[1]
    assert columns["rows"][0].tolist() == [0, 1, 2, 3]
    np.testing.assert_allclose(columns["loss"][0], columns["losses"][0].mean())


# ---- the same network, run to the end


@pytest.mark.parametrize("lab", [{}, ALL])
def test_the_run_is_the_same_network(lab: dict[str, str]) -> None:
    """The run's parameters after update 1, 2 ... are those of the steps, bit for bit."""
    steps = whole(opened(lab))[1]
    run = opened({**lab, **RUN}).run
    assert isinstance(run, Run)
    for update in (0, 1, 2, UPDATES - 1):
        trainer = Trainer(run.first_experiments[0])
        trainer.train(updates=update)
        np.testing.assert_array_equal(trainer.network.params, steps["before"][6 * update])
    per_epoch = run.trainers[0].updates_per_epoch
    first = decode(run.packet, run.scene.channels)[1]
    np.testing.assert_array_equal(first["before"][1], steps["before"][6 * per_epoch])


def test_the_run_ends_after_1000_epochs_with_all_samples_right() -> None:
    trainer = Trainer(opened(RUN).run.first_experiments[0])
    trainer.train(epochs=2 * EPOCHS)
    assert trainer.stopped.kind == "max_epochs"
    assert trainer.frame.epoch == EPOCHS
    assert trainer.frame.metrics["train_accuracy"] == 1.0
    assert trainer.frame.metrics["train_loss"] < 0.001


def test_frames_of_the_run_hold_what_the_network_says() -> None:
    session = opened(RUN)
    columns = whole(session)[1]
    trainer = Trainer(session.run.first_experiments[0])
    trainer.train(epochs=3)
    np.testing.assert_array_equal(columns["before"][3], trainer.network.params)
    outputs = trainer.network.activations(trainer.train_data.x)[-1]
    np.testing.assert_allclose(columns["outputs"][3], outputs)
    np.testing.assert_allclose(columns["a"][3, :, -1:], outputs)
    assert columns["train_loss"][3] == pytest.approx(columns["losses"][3].mean())


# ---- everything that can be chosen


@pytest.mark.parametrize("loss", CLASS_LOSSES)
@pytest.mark.parametrize("samples", ["one", "all"])
def test_every_loss(loss: str, samples: str) -> None:
    base = based(loss__name=loss, optimizer__lr=0.1)
    _, columns = whole(opened(link(base, samples=samples)))
    np.testing.assert_allclose(columns["gradient"], columns["difference"], atol=1e-6)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer(optimizer: str) -> None:
    _, columns = whole(opened(link(based(optimizer__name=optimizer, optimizer__lr=0.01))))
    assert np.isfinite(columns["after"]).all()
    assert (columns["before"][6:] == columns["after"][:-6]).all()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_in_three_layers_of_six(activation: str) -> None:
    base = based(network__layers=(HiddenLayer(6, activation),) * 3, optimizer__lr=0.1)
    _, columns = whole(opened(link(base, samples="all", pick="w4.6.1")))
    assert columns["phase"].max() == 9
    assert columns["gradient"].shape[1] == 2 * 6 + 6 + 2 * (36 + 6) + 6 + 1


def test_a_run_that_blows_up_ends_with_the_reason() -> None:
    layers = (HiddenLayer(6, "linear"),) * 3
    base = based(network__layers=layers, network__output="linear", optimizer__lr=10.0)
    header, columns = whole(opened(link(base, samples="all")))
    assert columns["number"][-1] < UPDATES
    assert "No update follows." in header["ended"]["reason"]
    assert np.isfinite(columns["after"]).all()


# ---- what is refused


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (link(based(network__layers=(HiddenLayer(7, "tanh"),))), "choose 1 to 6 units here"),
        (link(based(network__layers=(HiddenLayer(2, "tanh"),) * 4)), "choose 1 to 3"),
        (link(based(network__layers=())), "choose 1 to 3"),
        (link(based(network__layers=(HiddenLayer(2, "tanh", "batch_norm"),))), "choose none in this lab"),
        (link(based(network__layers=(HiddenLayer(2, "tanh", dropout=0.5),))), "choose 0.0 in this lab"),
        (link(based(batch_size=3)), "batch_size cannot be 3"),
        (link(based(data__dataset="moons")), "data.dataset cannot be 'moons'"),
        (link(based(regularization__l2=0.1)), "regularization.l2 cannot be 0.1"),
        (link(based(schedule__name="cosine")), "schedule.name cannot be 'cosine'"),
        (link(based(features__standardize=True)), "features.standardize cannot be True"),
        ({"pick": "w9.1.1"}, "name a unit such as u1.2"),
        ({"sample": "5"}, "whole number from 1 to 4"),
        ({"view": "film"}, "choose one of step, run"),
    ],
)
def test_what_it_cannot_explain_is_refused_in_one_sentence(query: dict[str, str], words: str) -> None:
    session = LabSession(LAB, query)
    assert words in session.message
    assert session.message.startswith("This link could not be opened. ")
    assert len(session.message) < 250
    assert isinstance(session.run, Film)
    assert session.to_query() == {}


def test_looking_elsewhere_changes_the_address_and_nothing_else() -> None:
    session = opened(ALL)
    run, packet = session.run, session.run.packet
    session.act({"kind": "look", "path": "lab.pick", "value": "u1.2"})
    session.act({"kind": "look", "path": "lab.sample", "value": 1})
    assert (session.run, session.run.packet) == (run, packet)
    assert session.to_query() == {**ALL, "pick": "u1.2", "sample": "1"}
    assert session.run.scene.describe()["view"] == {"pick": "u1.2", "sample": 1}
    for path, value in (("lab.pick", "nonsense"), ("lab.pick", 3), ("lab.view", "run"), ("data.n", 10)):
        session.act({"kind": "look", "path": path, "value": value})
    assert session.to_query() == {**ALL, "pick": "u1.2", "sample": "1"}
    assert not session.message


def test_a_link_brings_back_everything() -> None:
    base = based(optimizer__name="momentum", network__layers=(HiddenLayer(3, "tanh"), HiddenLayer(2, "relu")))
    query = link(base, samples="all", sample="1", pick="b2.1", view="run")
    session = opened(query)
    assert session.to_query() == query
    assert LabSession(LAB, session.to_query()).settings == session.settings


def test_the_main_page_gets_the_same_experiment() -> None:
    session = opened({})
    experiment = session.settings.experiment(session.base)
    assert Experiment.from_query(experiment.to_query()) == experiment
    stopping = session.lab.build(session.base, replace(session.settings, view="run")).experiments[0].stopping
    assert stopping.max_epochs == EPOCHS


def test_more_layers_are_like_the_last() -> None:
    layers = (HiddenLayer(3, "tanh"), HiddenLayer(2, "relu"))
    assert same_layers(layers, 3) == (*layers, HiddenLayer(2, "relu"))
    assert same_layers(layers, 1) == layers[:1]


# ---- tasks


def test_no_task_is_done_on_arrival() -> None:
    _, columns = whole(opened({}))
    names = [name for name in columns if name.startswith("task_")]
    assert len(names) == 3
    assert not any(columns[name].any() for name in names)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_task_can_be_done_with_more_layers(seed: int) -> None:
    assert ever_done("tiny", based(seed=seed, network__layers=(HiddenLayer(4, "sigmoid"),) * 3))


def test_the_first_task_asks_for_a_whole_layer() -> None:
    (step,) = one_step_at_a_time(Trainer(StepSettings().experiment(BASE)), 1)
    assert not done("tiny", Phase(0, 4, step))
    output = step.layers[1]
    for deltas, tiny in (([0.009, 0.0], True), ([0.011, 0.0], False), ([0.0, 1.0], False)):
        small = step.layers[0]._replace(delta=output.delta * np.array([deltas]))
        assert done("tiny", Phase(0, 5, step._replace(layers=(small, output)))) == tiny


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("samples", ["one", "all"])
def test_doing_nothing_does_no_task(samples: str, seed: int) -> None:
    trainer = Trainer(StepSettings(samples=samples).experiment(based(seed=seed)))
    shown = list(film(trainer))
    assert not [task.id for task in TASKS if any(task.done(phase) for phase in shown)]


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 6])
def test_the_second_task_can_be_done_with_a_large_rate(seed: int) -> None:
    assert ever_done("up", based(seed=seed, optimizer__lr=10.0), "all")


def test_the_third_task_can_be_done_by_the_run() -> None:
    _, columns = whole(opened(RUN))
    right = columns["task_right_0"] == 1
    np.testing.assert_array_equal(right, columns["train_accuracy"] == 1.0)
    assert right[-1]
    assert not right[0]
    assert not columns["task_tiny_0"].any()


def test_the_lesson_is_complete() -> None:
    lesson = LAB.lesson
    assert "$$" in lesson.why
    assert all(address.startswith("http") for address in lesson.sources.values())
    assert all(task.hint for task in TASKS)
    assert len(XOR) == 4
