"""The panels on offer: each can be chosen alone, fits its task, and changes nothing of the run."""

import json

import numpy as np
import pytest

from playground.figures.activation_view import TRACES
from playground.panels.library import LIBRARY
from playground.panels.panel_with_channels import merge_channels
from playground.probes.confusion import confusion
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.ranking import calibration, roc
from playground.training import Experiment, HiddenLayer, Trainer
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from playground.ui.main_page.view import View
from tests.ui.watching import SMALL, ask, changed, equal, open_run, seen

OPENING_FRAMES = 4
EXPERIMENTS = {
    "two classes": SMALL,
    "six classes": changed(data__dataset="blobs", data__classes=6),
    "regression": changed(data__dataset="reg-plane"),
    "no hidden layer": changed(network__layers=()),
    "two units": changed(network__layers=(HiddenLayer(3, "relu", "layer_norm"), HiddenLayer(2, "sigmoid"))),
    "one unit": changed(network__layers=(HiddenLayer(1),)),
    "ten layers": changed(network__layers=(HiddenLayer(3, "gelu", "batch_norm"),) * 10),
    "few points": changed(data__n=10, data__train_share=0.9),
}
CLASSES = {name for name, choice in LIBRARY.items() if "regression" not in choice.tasks}
HIDDEN = {name for name, choice in LIBRARY.items() if choice.hidden}
ALL = pytest.mark.parametrize("name", LIBRARY)


def ids(run) -> list[str]:
    return [panel.id for panel in run.scene.panels[2:]]


def test_words_are_there_and_short() -> None:
    for choice in LIBRARY.values():
        assert 3 <= len(choice.label) <= 30
        assert 20 <= len(choice.help) <= 130
        assert choice.help.endswith(".")
        assert "\n" not in choice.help
    labels = [choice.label for choice in LIBRARY.values()]
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_what_does_not_fit_is_left_out(experiment: Experiment) -> None:
    run = open_run(experiment, panels="~".join(LIBRARY))
    left_out = set(LIBRARY) - set(ids(run))
    wanted = CLASSES if experiment.data.dataset == "reg-plane" else set()
    assert left_out == wanted | (HIDDEN if not experiment.network.layers else set())


@ALL
def test_a_panel_stands_alone_and_is_in_the_link(name: str) -> None:
    session = PageSession(playground_scene, SMALL.to_query())
    session.choose("panels", (name,))
    assert session.to_query()["panels"] == name
    assert ids(session.run) == [name]
    again = PageSession(playground_scene, session.to_query())
    assert ids(again.run) == [name]
    panel = again.run.scene.panels[2].describe()
    assert panel["help"] == LIBRARY[name].help
    assert json.dumps(panel, allow_nan=False)


def test_only_panels_that_do_not_fit_leave_the_rest_of_the_page() -> None:
    run = open_run(EXPERIMENTS["regression"], panels="roc~confusion")
    assert ids(run) == []
    assert ask(run, 0)[0]["count"] > 0


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_channels_have_their_shapes_from_the_first_frame_on(experiment: Experiment) -> None:
    run = open_run(experiment, panels="~".join(LIBRARY))
    _, columns = seen(run)
    for entry in run.scene.measured:
        assert columns[entry.channel.name].shape == (OPENING_FRAMES + 1, *entry.channel.shape)


@ALL
def test_looking_changes_nothing(name: str) -> None:
    experiment = EXPERIMENTS["two units"]
    watched, plain = open_run(experiment, panels=name), open_run(experiment, panels="loss")
    _, found = ask(watched, 8, 6)
    _, wanted = ask(plain, 8, 6)
    shared = found.keys() & wanted.keys()
    assert {"surface", "weights", "train_loss"} <= shared
    assert equal({key: found[key] for key in shared}, {key: wanted[key] for key in shared})


@ALL
def test_the_same_request_brings_the_same_frames(name: str) -> None:
    run = open_run(EXPERIMENTS["two classes"], panels=name)
    first, again = ask(run, 8, 6), ask(run, 8, 6)
    assert equal(first[1], again[1])


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=EXPERIMENTS)
def test_parts_that_share_a_channel_measure_the_same(experiment: Experiment) -> None:
    trainer = Trainer(experiment)
    parts = [choice.part(trainer) for choice in LIBRARY.values() if choice.fits(trainer)]
    channels = {}
    for part in parts:
        for entry in part.measured:
            assert channels.setdefault(entry.channel.name, entry.channel) == entry.channel
    assert len(merge_channels(parts)) == len(channels)


def test_numbers_are_those_of_the_probes() -> None:
    run = open_run(SMALL, panels="confusion~roc~calibration")
    _, columns = seen(run)
    run.seek(4)
    data = DataPass(NetworkCopy(run.trainers[0]))
    assert columns["roc_area"][1] == pytest.approx(roc(data).areas[0])
    assert columns["calibration_error"][1] == pytest.approx(calibration(data).error)
    assert np.array_equal(columns["confusion_counts"][1], confusion(data).counts)
    assert columns["mean_f1"][1] == pytest.approx(np.nanmean(confusion(data).f1))
    assert np.diag(columns["confusion_counts"][1]).sum() == pytest.approx(
        columns["test_accuracy"][1] * len(run.trainers[0].test_data)
    )


def test_the_batch_is_told_point_by_point() -> None:
    run = open_run()
    _, columns = ask(run, 0, 4, stride=0)
    assert columns["batch_points"].sum(axis=1).tolist() == [10] * 4
    assert (columns["batch_points"].sum(axis=0) == 1).all()
    assert seen(open_run())[1]["batch_points"][0].sum() == 0


def test_activation_functions_have_a_picture_for_each_hidden_layer() -> None:
    layers = (HiddenLayer(3, "relu"), HiddenLayer(3, "tanh"))
    (panel,) = open_run(changed(network__layers=layers), panels="activation_functions").scene.panels[2:]
    assert [annotation.text for annotation in panel.figure.layout.annotations] == [
        "hidden 1 · ReLU",
        "hidden 2 · Tanh",
    ]
    assert [binding.trace for binding in panel.bindings] == [0, TRACES]


def test_the_first_three_stand_beside_the_boundary() -> None:
    run = open_run(panels="roc~loss~confusion~accuracy")
    assert [panel.slot for panel in run.scene.panels[2:]] == ["side"] * 3 + ["below"]
    assert View().panels == ("loss", "accuracy", "gradients")
