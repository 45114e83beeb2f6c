"""The lab on vanishing gradients: what its frames hold, and tasks that can be done."""

from types import SimpleNamespace

import numpy as np
import pytest

from playground.figures.theme import CLASS_LEVELS, MAP_LEVELS
from playground.labs.framework.session import LabSession
from playground.labs.vanishing_gradients.lab import BASE, LAB, TASKS
from playground.labs.vanishing_gradients.scene import DIVERGED
from playground.labs.vanishing_gradients.settings import OPENING, DeepNetwork
from playground.panels.columns import SURFACE_SIDE, small_surface
from playground.player.packet import decode
from playground.player.scene import FrameContext
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.gradient_flow import HEALTHY, VANISHING, gradient_flow
from playground.probes.gradient_theory import predicted_flow, premise_broken
from playground.probes.grid import GridPass, points
from playground.probes.passes import Passes
from playground.training import Experiment, Trainer

OPENING_FRAMES = 4


def moment_of(network: DeepNetwork, epochs: int = 0) -> FrameContext:
    trainer = Trainer(network.experiment(BASE))
    if epochs:
        trainer.train(epochs=epochs)
    return FrameContext(trainer, trainer.frame, Passes(trainer))


def done(task: str, moment: FrameContext) -> bool:
    (found,) = [each for each in TASKS if each.id == task]
    return found.done(moment)


@pytest.fixture(scope="module")
def opened() -> tuple[LabSession, dict[str, np.ndarray]]:
    session = LabSession(LAB, {})
    return session, decode(session.run.packet, session.run.scene.channels)[1]


def test_frames_hold_what_the_probes_measure(opened) -> None:
    session, columns = opened
    assert session.run.seek(int(columns["update"][2]))
    for k, trainer in enumerate(session.run.trainers):
        flow = gradient_flow(DataPass(NetworkCopy(trainer)))
        np.testing.assert_allclose(columns[f"gradients_{k}"][2], flow.sizes)
        np.testing.assert_allclose(10.0 ** columns[f"log10_gradients_{k}"][2], flow.sizes, rtol=1e-5)
        assert columns[f"ratio_{k}"][2] == flow.ratio
        assert columns[f"factor_{k}"][2] == flow.factor
        assert columns[f"verdict_{k}"][2] == flow.verdict
        assert columns[f"test_loss_{k}"][2] == trainer.frame.metrics["test_loss"]


def test_theory_stands_beside_the_bars_where_its_premise_holds(opened) -> None:
    """Three of the opening networks have it; with batch norm there is a sentence in its place."""
    session, columns = opened
    panels = {panel.id: panel for panel in session.run.scene.panels}
    lines = panels["gradients"].figure.data[4:]
    for k, (trainer, line) in enumerate(zip(session.run.trainers, lines, strict=True)):
        said = panels["flow"].cards[k].lines[2]
        theory = predicted_flow(DataPass(NetworkCopy(Trainer(trainer.experiment))))
        if k == 3:
            assert theory is None
            assert len(line.y) == len(line.x) == 0
            assert said.endswith(premise_broken(trainer.experiment))
        else:
            np.testing.assert_allclose(line.y, theory.profile * columns[f"gradients_{k}"][0][-1], rtol=1e-3)
            assert f"theory × {theory.factor:.2f}" in said
        assert f"× {columns[f'factor_{k}'][0]:.2f}" in said


@pytest.mark.parametrize("networks", ["3x8-tanh-zeros", "10x64-sigmoid-xavier_uniform-batch_norm"])
def test_no_line_and_no_legend_for_a_theory_that_is_not_there(networks: str) -> None:
    session = LabSession(LAB, {"networks": networks})
    panels = {panel.id: panel for panel in session.run.scene.panels}
    assert all(len(line.y) == 0 for line in panels["gradients"].figure.data[1:])
    assert not any("theory" in str(number) for number in panels["gradients"].numbers)
    assert "nan" not in str(panels["flow"].cards)


def test_it_opens_with_one_that_vanishes_and_three_that_do_not(opened) -> None:
    _, columns = opened
    assert [columns[f"verdict_{k}"][0] for k in range(4)] == [VANISHING, HEALTHY, HEALTHY, HEALTHY]
    assert columns["ratio_0"][0] < 1e-6


def test_the_ones_that_do_not_learn_the_data() -> None:
    accuracies = [moment_of(network, 60).frame.metrics["train_accuracy"] for network in OPENING]
    assert accuracies[0] < 0.6
    assert min(accuracies[1:]) > 0.8


def test_no_task_is_done_on_arrival(opened) -> None:
    session, columns = opened
    names = [name for name in columns if name.startswith("task_")]
    assert len(names) == 3 * 4
    assert not any(columns[name].any() for name in names)
    assert session.run.scene.panels[-1].id == "tasks"


def done_in(task: str, network: DeepNetwork, epochs: int, base: Experiment = BASE) -> bool:
    """Whether the task is done at any frame of so many epochs."""
    trainer = Trainer(network.experiment(base))
    for _epoch in range(epochs + 1):
        if done(task, FrameContext(trainer, trainer.frame, Passes(trainer))):
            return True
        trainer.train(epochs=1)
    return False


def seeds_of(task: str, network: DeepNetwork, epochs: int) -> int:
    """On how many of ten seeds it is done."""
    return sum(done_in(task, network, epochs, BASE.replace("seed", seed)) for seed in range(10))


@pytest.mark.parametrize("network", OPENING, ids=str)
def test_no_task_is_done_by_doing_nothing(network: DeepNetwork) -> None:
    assert not any(done_in(task.id, network, 40) for task in TASKS)


@pytest.mark.parametrize("depth", [20, 30])
def test_the_first_task_can_be_done(depth: int) -> None:
    assert seeds_of("sigmoid", DeepNetwork(depth, 8, normalization="batch_norm"), 5) >= 9


@pytest.mark.parametrize(
    "network",
    [
        DeepNetwork(20, 8),
        *(
            DeepNetwork(20, 64, initializer=rule)
            for rule in ("normal", "he_normal", "orthogonal", "constant")
        ),
        DeepNetwork(30, 64, residual=True),
        DeepNetwork(20, 8, normalization="layer_norm"),
        DeepNetwork(20, 8, clip=0.1),
        DeepNetwork(10, 8, normalization="batch_norm"),  # not deep
        DeepNetwork(20, 8, "tanh"),  # not sigmoid
    ],
    ids=str,
)
def test_the_first_task_cannot_be_done_otherwise(network: DeepNetwork) -> None:
    assert not done_in("sigmoid", network, 3)


def test_the_second_task_can_be_done() -> None:
    assert seeds_of("explode", DeepNetwork(30, 64, "tanh", "normal"), 0) >= 9


@pytest.mark.parametrize(
    "network",
    [
        DeepNetwork(30, 8, "tanh"),
        DeepNetwork(30, 64, "tanh"),  # wide alone
        DeepNetwork(30, 8, "tanh", "normal"),  # blind to the width alone
        DeepNetwork(3, 64, "tanh", "normal"),
        DeepNetwork(30, 64, "relu", "he_normal"),
    ],
    ids=str,
)
def test_the_second_task_cannot_be_done_otherwise(network: DeepNetwork) -> None:
    assert not done_in("explode", network, 3)


def test_the_third_task_can_be_done() -> None:
    assert seeds_of("deep", DeepNetwork(20, 8, "tanh", residual=True), 40) >= 9


RIGHT = DeepNetwork(20, 8, "tanh", residual=True)


@pytest.mark.parametrize(
    ("network", "changes"),
    [
        (DeepNetwork(20, 8), {}),
        (DeepNetwork(20, 8, "linear", residual=True), {}),  # deep, and yet a straight line
        (DeepNetwork(19, 8, "tanh", residual=True), {}),
        (RIGHT, {"data.train_share": 0.7}),  # 90 points to test with
        (RIGHT, {"data.train_share": 0.9}),
        (RIGHT, {"data.dataset": "blobs"}),
        (RIGHT, {"data.dataset": "reg-plane"}),
    ],
    ids=str,
)
def test_the_third_task_cannot_be_done_otherwise(network: DeepNetwork, changes: dict[str, object]) -> None:
    base = BASE
    for path, value in changes.items():
        base = base.replace(path, value)
    assert not done_in("deep", network, 25, base)


@pytest.mark.parametrize("dataset", ["circle", "rings", "reg-plane"])
def test_pictures_are_those_of_the_main_page_on_a_coarser_grid(dataset: str) -> None:
    trainer = Trainer(DeepNetwork(2).experiment(BASE.replace("data.dataset", dataset)))
    trainer.train(epochs=2)
    surface = GridPass(trainer, trainer.task.features(points(SURFACE_SIDE))).surface(MAP_LEVELS, CLASS_LEVELS)
    assert (small_surface(trainer, 0).measure(SimpleNamespace(trainer=trainer)) == surface).all()


@pytest.mark.parametrize("dataset", ["rings", "reg-plane", "blobs"])
@pytest.mark.parametrize("networks", ["1x1-tanh-zeros", "30x64-relu-he_normal~1x2-sin-orthogonal-clip1"])
def test_every_kind_of_data_and_network_is_shown(dataset: str, networks: str) -> None:
    session = LabSession(LAB, {"networks": networks, "v": "1", "dataset": dataset, "n": "40"})
    assert not session.message
    header, columns = decode(session.run.packet, session.run.scene.channels)
    assert header["count"] > 1
    assert all(np.isfinite(columns["gradients_0"]).ravel())


def test_a_network_that_blows_up_ends_alone() -> None:
    """The timeline is that of the others, also when it is the first that ends."""
    session = LabSession(LAB, {"networks": "30x8-relu-he_normal-residual~2x8-tanh-xavier_uniform"})
    request = {"kind": "frames", "run": session.run.id, "id": 1, "after": 0, "count": 20, "stride": 1}
    session.run.answer(request)
    header, columns = decode(session.run.packet, session.run.scene.channels)
    assert header["ended"] is None
    assert session.run.trainers[0].stopped.kind == "diverged"
    assert columns["epoch"].tolist() == list(range(1, 21))
    assert columns["verdict_0"][-1] == DIVERGED
    assert columns["verdict_1"][-1] == HEALTHY
    assert len(set(columns["train_loss_1"])) == 20


def test_the_lesson_is_complete() -> None:
    lesson = LAB.lesson
    assert "$$" in lesson.why
    assert all(address.startswith("https://") for address in lesson.sources.values())
    assert all(task.hint for task in TASKS)
