"""What a lab keeps for a visitor: links, live and other changes, refusals."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from playground.labs.framework.lab import Lab, Lesson, Training
from playground.labs.framework.session import LabSession
from playground.labs.framework.settings import LabSettings
from playground.labs.vanishing_gradients.lab import LAB
from playground.labs.vanishing_gradients.settings import DeepNetwork
from playground.panels.timeline import timeline
from playground.player.film import Film, film_clock
from playground.player.packet import decode
from playground.player.scene import Scene
from playground.training import Experiment, Trainer
from playground.training.fields import choice, integer

OPENING_FRAMES = 3
SMALL = {"networks": "3x4-sigmoid-xavier_uniform~2x4-relu-he_normal", "v": "1", "n": "60", "lr": "0.3"}


@pytest.fixture
def session() -> LabSession:
    return LabSession(LAB, SMALL)


def seen(session: LabSession) -> tuple[dict, dict[str, np.ndarray]]:
    return decode(session.run.packet, session.run.scene.channels)


def test_a_link_restores_the_exact_state(session: LabSession) -> None:
    assert session.to_query() == SMALL
    other = LabSession(LAB, session.to_query())
    assert other.run.experiments == session.run.experiments
    ours, theirs = seen(session)[1], seen(other)[1]
    assert all(ours[name].tobytes() == theirs[name].tobytes() for name in ours)


def test_the_lab_as_it_opens_has_an_empty_link() -> None:
    session = LabSession(LAB, {})
    assert session.to_query() == {}
    assert session.base == LAB.base
    assert len(session.run.trainers) == 4


def test_the_default_experiment_has_a_link_too() -> None:
    """The lab shares another one, so that of the main page must be told apart from none."""
    session = LabSession(LAB, {**SMALL, "v": "1"})
    session.base = Experiment()
    assert session.to_query() == {"v": "1", "networks": SMALL["networks"]}
    assert LabSession(LAB, session.to_query()).base == Experiment()


@pytest.mark.parametrize("bad", [{"networks": "1000x8-tanh-zeros"}, {"lr": "fast"}, {"v": "7"}])
def test_a_bad_link_is_said_and_the_lab_opens(bad: dict[str, str]) -> None:
    session = LabSession(LAB, bad)
    assert session.message.startswith("This link could not be opened. ")
    assert session.base == LAB.base
    assert session.run is not None


def test_a_live_setting_goes_on_in_the_same_run(session: LabSession) -> None:
    run = session.run
    session.set("optimizer.lr", 0.01)
    assert session.run is run
    assert {experiment.optimizer.lr for experiment in run.experiments} == {0.01}
    session.set("lab.networks.1.clip", 2.0)
    assert session.run is run
    assert [experiment.regularization.clip_norm for experiment in run.experiments] == [0.0, 2.0]
    assert decode(run.packet)[0]["cut"]


@pytest.mark.parametrize(
    ("path", "value"),
    [("lab.networks.0.depth", 5), ("lab.networks.1.activation", "tanh"), ("data.dataset", "moons")],
)
def test_any_other_setting_starts_a_new_run(session: LabSession, path: str, value: object) -> None:
    run = session.run
    session.set(path, value)
    assert session.run is not run
    assert session.get(path) == value
    assert LabSession(LAB, session.to_query()).get(path) == value


def test_networks_come_and_go(session: LabSession) -> None:
    networks = session.get("lab.networks")
    session.set("lab.networks", networks[:1])
    assert len(session.run.trainers) == 1
    session.set("lab.networks", networks * 2)
    assert len(session.run.trainers) == 4
    session.set("lab.networks", networks * 3)
    assert session.message
    assert len(session.run.trainers) == 4


def test_what_is_refused_is_said_and_changes_nothing(session: LabSession) -> None:
    run, link = session.run, session.to_query()
    for path, value in (("lab.networks.0.depth", 31), ("data.n", 1), ("no.such", 1)):
        session.set(path, value)
        assert session.message
        assert session.run is run
        assert session.to_query() == link
    session.set("optimizer.lr", 0.2)
    assert not session.message


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        {"kind": "export"},
        {"kind": "units", "layer": 0},
        "seed",
        5,
        {"kind": "set"},
        {"kind": "set", "path": ["data.n"], "value": 50},
        {"kind": "set", "path": "lab.nothing", "value": 50},
        {"kind": "set", "path": "data.n", "value": "many"},
        {"kind": "set", "path": "lab.networks", "value": "all"},
    ],
)
def test_what_the_player_sends_is_a_visitors_word(session: LabSession, sent: object) -> None:
    run = session.run
    session.act(sent)
    assert session.run is run


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [("data.n", 1010, "data.n"), ("lab.networks", (DeepNetwork(30, 64),) * 3, "weights")],
)
def test_too_much_for_one_visitor_is_refused(session: LabSession, path: str, value, word: str) -> None:
    run = session.run
    session.set(path, value)
    assert word in session.message
    assert session.run is run
    session.set("lab.networks", (DeepNetwork(30, 64),))
    assert not session.message


def test_a_new_seed_is_shared(session: LabSession) -> None:
    session.act({"kind": "seed"})
    seeds = {experiment.seed for experiment in session.run.experiments}
    assert len(seeds) == 1
    assert session.to_query()["seed"] == str(seeds.pop())


def test_a_panel_can_change_a_setting(session: LabSession) -> None:
    session.act({"kind": "set", "path": "lab.networks.0.depth", "value": 5})
    assert session.settings.networks[0].depth == 5
    session.act({"kind": "set", "path": "data.n", "value": 5})
    assert "data.n" in session.message
    assert session.base.data.n == 60


@dataclass(frozen=True)
class Looks(LabSettings, path="lab"):
    """Two ways to look at one network, and a film."""

    view: str = choice(
        "near", {"near": "Near", "far": "Far", "film": "Film"}, label="View", key="view", help="How to look."
    )


@dataclass(frozen=True)
class Still:
    index: int


def build(base: Experiment, settings: Looks) -> Training | Film:
    def scene(trainers: Sequence[Trainer]) -> Scene:
        return Scene("lab", [], timeline(trainers[0]), {}, words=settings.view)

    if settings.view == "film":
        return Film(Scene("lab", [], film_clock(), {}), (Still(k) for k in range(3)))
    return Training([base], scene, look=settings.view)


def test_another_look_shows_the_same_run_and_a_film_stands_where_it_stood() -> None:
    lab = Lab("looks", Lesson("", "", "", {}), Experiment(), Looks, build)
    session = LabSession(lab, {})
    run, trainer = session.run, session.run.trainers[0]
    held = len(trainer.history)
    assert held > 1
    session.set("lab.view", "far")
    assert session.run is run
    assert seen(session)[0]["scene"]["words"] == "far"
    assert (run.trainers[0], len(trainer.history)) == (trainer, held)
    session.set("optimizer.lr", 0.5)
    assert session.run is run
    assert seen(session)[0]["cut"] is True
    session.set("seed", 3)
    assert session.run is not run
    session.set("lab.view", "film")
    assert seen(session)[1]["update"].tolist() == [0, 1, 2]
    assert session.run.experiments == ()
    session.set("lab.view", "near")
    assert seen(session)[0]["scene"]["words"] == "near"


@dataclass(frozen=True)
class Seeded(LabSettings, path="lab"):
    """With the Experiment's key for its seed."""

    seed: int = integer(0, low=0, high=9, label="Seed", key="seed", help="Another chance.")


def test_a_lab_that_takes_a_key_of_its_experiments_is_refused() -> None:
    with pytest.raises(TypeError) as caught:
        Lab("seeds", Lesson("", "", "", {}), Experiment(), Seeded, build)
    assert str(caught.value) == (
        "The lab seeds: seed and lab.seed cannot both have the key 'seed' in a link, so give one of them "
        "another key, or its section a prefix."
    )
