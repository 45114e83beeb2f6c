"""What a page keeps: changes go on in the run or begin a new one, and what is refused costs nothing."""

import pytest

from playground.training import Experiment, HiddenLayer
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from tests.ui.watching import SMALL, seen

BAD_LINKS = [
    {"lr": "fast"},
    {"dataset": "<script>"},
    {"noise": "9"},
    {"layers": "8-tanh~~"},
    {"nonsense": "1"},
    {"v": "2"},
    {"seed": "9" * 3000},
]


def session_of(query: dict[str, str] | None = None) -> PageSession:
    return PageSession(playground_scene, SMALL.to_query() if query is None else query)


def cut(session: PageSession) -> bool:
    return bool(seen(session.run)[0].get("cut"))


def test_a_link_opens_what_it_describes() -> None:
    session = session_of()
    assert session.experiment == SMALL
    assert session.message == ""
    assert session_of({}).experiment == Experiment()


@pytest.mark.parametrize("query", BAD_LINKS, ids=lambda query: next(iter(query)))
def test_a_bad_link_opens_the_default_run_with_a_sentence(query: dict[str, str]) -> None:
    session = session_of(query)
    assert session.experiment == Experiment()
    assert next(iter(query)) in session.message
    assert len(session.message) < 400
    assert "\n" not in session.message
    assert session.message.endswith(".")


def test_a_bad_link_later_leaves_the_run_as_it_is() -> None:
    session = session_of()
    run, packet = session.run, session.run.packet
    session.open_link({"lr": "fast"})
    assert session.run is run
    assert session.run.packet == packet
    assert "lr" in session.message


def test_a_good_link_after_a_bad_one_leaves_no_sentence() -> None:
    session = session_of({"lr": "fast"})
    session.open_link({"noise": "0.1", "v": "1"})
    assert session.experiment.data.noise == 0.1
    assert session.message == ""


LIVE = {
    "optimizer.lr": 0.1,
    "schedule.name": "cosine",
    "loss.label_smoothing": 0.1,
    "network.layers.0.dropout": 0.5,
    "stopping.max_epochs": 90,
    **{f"regularization.{name}": 0.1 for name in ("l1", "l2", "weight_decay", "max_norm", "clip_norm")},
    **{f"regularization.{name}": 0.1 for name in ("clip_value", "input_noise")},
}
FIXED = {
    "seed": 5,
    "batch_size": 20,
    "shuffle": False,
    "data.dataset": "xor",
    "data.n": 60,
    "features.inputs": ("x", "xy"),
    "network.layers": (HiddenLayer(3),) * 3,
    "network.layers.0.units": 5,
    "network.layers.0.activation": "relu",
    "network.initializer": "he_normal",
    "optimizer.name": "sgd",
    "optimizer.options.beta1": 0.8,
    "loss.name": "hinge",
}


@pytest.mark.parametrize("path", LIVE)
def test_a_live_setting_goes_on_in_the_same_run(path: str) -> None:
    session = session_of()
    run, id = session.run, session.run.id
    session.set(path, LIVE[path])
    assert session.message == ""
    assert session.run is run
    assert session.run.id == id
    assert cut(session)
    assert session.experiment.get(path) == LIVE[path]
    section = path.split(".")[0]  # a schedule brings its own options
    assert all(changed.startswith(section) for changed in session.experiment.differences(SMALL))


def test_options_of_a_schedule_are_live() -> None:
    session = session_of()
    run = session.run
    session.set("schedule.name", "step")
    session.set("schedule.options.gamma", 0.25)
    session.set("schedule.name", "constant")
    assert session.run is run
    assert session.experiment == SMALL


@pytest.mark.parametrize("path", FIXED)
def test_any_other_setting_begins_a_new_run_with_the_same_seed(path: str) -> None:
    session = session_of()
    id = session.run.id
    session.set(path, FIXED[path])
    assert session.message == ""
    assert session.run.id != id
    assert "scene" in seen(session.run)[0]
    assert session.experiment.get(path) == FIXED[path]
    assert session.experiment.seed == (5 if path == "seed" else SMALL.seed)


def test_the_same_value_changes_nothing() -> None:
    session = session_of()
    run, packet = session.run, session.run.packet
    for path in (*LIVE, *FIXED):
        if path != "network.layers":
            session.set(path, session.experiment.get(path))
    assert session.run is run
    assert session.run.packet == packet


def test_a_live_and_another_change_together_begin_a_new_run() -> None:
    session = session_of()
    id = session.run.id
    session.use(SMALL.replace("optimizer.lr", 0.3).replace("seed", 3))
    assert session.run.id != id


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("optimizer.lr", 1e9),
        ("data.n", 10**9),
        ("features.inputs", ()),
        ("loss.name", "mystery"),
        ("no.such", 1),
    ],
)
def test_what_is_refused_is_said_and_nothing_is_lost(path: str, value: object) -> None:
    session = session_of()
    run, packet = session.run, session.run.packet
    session.set(path, value)
    assert path.split(".")[-1] in session.message
    assert session.message.endswith(".")
    assert session.run is run
    assert session.run.packet == packet
    session.set("optimizer.lr", 0.02)
    assert session.message == ""


def test_a_run_that_cannot_begin_leaves_the_present_one(monkeypatch: pytest.MonkeyPatch) -> None:
    session = session_of()
    run = session.run
    deep = tuple(HiddenLayer(64, "linear") for _ in range(10))
    session.set("network.layers", deep)
    assert session.message == ""
    run = session.run
    monkeypatch.setattr(
        "playground.training.trainer._is_finite", lambda frame: False
    )  # as with weights that overflow at once
    session.set("seed", 7)
    assert "initializer" in session.message
    assert session.run is run
    assert session.experiment.seed == SMALL.seed


def test_a_new_seed_is_another_run_of_the_same_settings() -> None:
    session = session_of()
    seeds = set()
    for _ in range(3):
        session.new_seed()
        seeds.add(session.experiment.seed)
        assert session.experiment.replace("seed", SMALL.seed) == SMALL
        assert session.message == ""
    assert len(seeds) == 3


def test_a_live_change_outlives_other_changes() -> None:
    """The visitor watches an early frame, changes a rate, starts over, and then changes the data."""
    session = session_of()
    session.set("optimizer.lr", 0.3)
    run = session.run
    run.answer({"kind": "frames", "run": run.id, "id": 1, "after": 0, "count": 2, "stride": 1})
    session.set("data.noise", 0.1)
    assert session.experiment.optimizer.lr == 0.3
