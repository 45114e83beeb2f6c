"""The lab on optimizers: what the frames of its four views hold, its links, and tasks that can be done."""

import base64
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from playground.labs.framework.session import LabSession
from playground.labs.optimizers.entries import Entry
from playground.labs.optimizers.lab import BASE, LAB
from playground.labs.optimizers.settings import VIEWS, Optimizers
from playground.labs.optimizers.surfaces import NAMED, arrow
from playground.labs.optimizers.tasks import EPOCHS, TASKS, is_plain_sgd
from playground.limits import MAX_LAB_NETWORKS, MAX_RACERS
from playground.nn import OPTIMIZERS
from playground.player.packet import decode
from playground.player.scene import FrameContext
from playground.probes.descent import Competitor, OptimizerState, race
from playground.probes.landscape import path_plane, record
from playground.probes.passes import Passes
from playground.probes.rate_sweep import RATES, sweep
from playground.probes.slots import readings, settings_in_use
from playground.probes.surfaces import SURFACES
from playground.probes.terrain import SIDE
from playground.training import Experiment, Trainer
from playground.training.sections import Optimizer

OPENING_FRAMES = 12
SMALL = {"v": "1", "n": "40", "layers": "3-tanh"}


def opened(**query: str) -> LabSession:
    session = LabSession(LAB, query)
    assert not session.message
    return session


def seen(session: LabSession) -> tuple[dict, dict[str, np.ndarray]]:
    return decode(session.run.packet, session.run.scene.channels)


def all_frames(session: LabSession) -> dict[str, np.ndarray]:
    """The whole film."""
    columns = [seen(session)[1]]
    while True:
        after = int(columns[-1]["update"][-1])
        session.run.answer({"kind": "frames", "run": session.run.id, "id": 1, "after": after, "count": 60})
        header, more = seen(session)
        if not header["count"]:
            break
        columns.append(more)
    return {name: np.concatenate([each[name] for each in columns]) for name in columns[0]}


def done(task: str, moment: object) -> bool:
    (found,) = [each for each in TASKS if each.id == task]
    return found.done(moment)


# ---- surfaces


def test_the_race_on_arrival_is_that_of_the_probe() -> None:
    session = opened()
    columns = all_frames(session)
    ground, racers = SURFACES["ravine"], session.settings.field_racers()
    moments = list(race(ground, ground.start, racers, steps=300))
    assert columns["update"].tolist() == list(range(301))
    for k in range(4):
        stands = [moment.stands[k] for moment in moments]
        assert columns[f"x_{k}"].tolist() == [stand.position[0] for stand in stands]
        assert columns[f"gap_{k}"].tolist() == [stand.value for stand in stands]
        assert columns[f"length_{k}"].tolist() == [stand.length for stand in stands]
        told = readings(racers[k].optimizer, stands[7].step, {})
        lines = OPTIMIZERS[racers[k].optimizer].memory(settings_in_use(racers[k].optimizer, {}))
        for word in NAMED.findall(" ".join(lines)):
            np.testing.assert_array_equal(columns[f"{word}_{k}"][7], told[word])
    assert not np.isnan(columns["gap_0"]).any()
    assert not any(columns[name].any() for name in columns if name.startswith("task_"))


def test_a_path_that_diverges_is_said_and_stays_finite() -> None:
    columns = all_frames(opened(racers="sgd-0.045~adam", steps="60"))
    assert columns["state_0"][-1] == 2
    assert columns["state_1"][-1] == 0
    assert np.isfinite(columns["x_0"]).all()
    assert columns["task_ravine_0"][-1] == 1
    assert columns["task_ravine_0"][0] == 0


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_is_shown_with_every_optimizer(surface: str) -> None:
    names = list(OPTIMIZERS)
    for k in range(0, len(names), MAX_RACERS):
        session = opened(surface=surface, racers="~".join(names[k : k + MAX_RACERS]), steps="10")
        header, _ = seen(session)
        panels = {panel["id"]: panel for panel in header["scene"]["panels"]}
        assert len(base64.b64decode(panels["map"]["surface"]["still"])) == SIDE * SIDE
        assert len(panels["space"]["paths"]) == len(names[k : k + MAX_RACERS])
        assert header["count"] == 11


def test_a_click_places_the_start() -> None:
    session = opened(surface="beale")
    session.act({"kind": "set", "path": "lab.start", "value": [1.25, -2.5]})
    assert session.to_query() == {"surface": "beale", "start": "1.25~-2.5"}
    assert seen(session)[1]["place_0"][0].tolist() == [1.25, -2.5]
    session.act({"kind": "set", "path": "lab.start", "value": [99.0, 0.0]})
    assert "choose x from -4.5 to 4.5" in session.message
    assert session.settings.place == (1.25, -2.5)
    session.set("lab.start.1", 3.0)
    assert session.settings.start == (1.25, 3.0)
    session.set("lab.surface", "bowl")
    assert session.settings.place == SURFACES["bowl"].start


def test_another_surface_brings_its_usual_rates() -> None:
    session = opened(racers="sgd-0.01~adam-0.5-beta1:0.8")
    session.set("lab.surface", "rosenbrock")
    racers = session.settings.field_racers()
    assert [racer.lr for racer in racers] == [
        OPTIMIZERS[name].surface_lrs["rosenbrock"] for name in ("sgd", "adam")
    ]
    assert racers[1].options == {"beta1": 0.8}


def test_an_arrow_looks_equally_long_in_every_direction() -> None:
    size = np.array([0.8, 0.4])
    for direction in ((1.0, 0.0), (0.0, -1e-9), (3.0, 4.0)):
        ends = arrow(np.array([1.0, 2.0]), np.array(direction), size)
        assert ends[:, 0].tolist() == [1.0, 2.0]
        assert np.hypot(*((ends[:, 1] - ends[:, 0]) / size)) == pytest.approx(1.0)
    assert (arrow(np.ones(2), np.zeros(2), size) == 1.0).all()


# ---- the visitor's network


def test_learners_start_from_the_same_weights_and_see_the_same_batches() -> None:
    session = opened(view="network", **SMALL, batch="8")
    first, *others = session.run.trainers
    assert len(others) == 3
    starts = [trainer.history.replay_from(0)[0].learners["network"].params for trainer in (first, *others)]
    assert all((start == starts[0]).all() for start in starts)
    for _ in range(7):
        for trainer in (first, *others):
            trainer.train(updates=1)
        assert all((trainer.last_batch == first.last_batch).all() for trainer in others)
    assert all((trainer.network.params != first.network.params).any() for trainer in others)


def test_frames_of_learners_hold_losses_and_travel() -> None:
    session = opened(view="network", **SMALL)
    _, columns = seen(session)
    for k, trainer in enumerate(session.run.trainers):
        params = [trainer.history.replay_from(index)[0].learners["network"].params for index in range(4)]
        assert columns[f"train_loss_{k}"][3] == trainer.history[3].metrics["train_loss"]
        assert columns[f"distance_{k}"][3] == pytest.approx(np.linalg.norm(params[3] - params[0]))
        steps = [np.linalg.norm(b - a) for a, b in pairwise(params)]
        assert columns[f"length_{k}"][3] == pytest.approx(sum(steps))
        assert columns[f"distance_{k}"][0] == 0.0
    assert "mean_3" in columns
    assert "velocity_2" not in columns  # RMSprop without momentum


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("dataset", ["rings", "reg-plane", "blobs"])
def test_every_view_takes_every_kind_of_data(view: str, dataset: str) -> None:
    session = opened(view=view, learners="sgd~lion", updates="10", epochs="5", **SMALL, dataset=dataset)
    header, _ = seen(session)
    assert header["count"] > 1
    assert header["scene"]["panels"][-1]["id"] == "tasks"


def test_a_rate_changes_in_the_same_run() -> None:
    session = opened(view="network", **SMALL)
    run = session.run
    session.set("lab.learners.0.lr", 1.0)
    assert session.run is run
    assert run.experiments[0].optimizer.lr == 1.0
    assert session.to_query()["learners"] == "sgd-1~momentum~rmsprop~adam"
    session.set("lab.learners.0.name", "nadam")
    assert session.run is not run


# ---- rates and landscape


def test_the_sweep_is_that_of_the_probe() -> None:
    session = opened(view="rates", learners="sgd~adam", updates="20", **SMALL)
    columns = all_frames(session)
    *_, last = sweep(session.settings.experiments(session.base), updates=20)
    assert columns["updates"].tolist() == list(range(21))
    for k in range(2):
        np.testing.assert_array_equal(columns[f"best_{k}"][-1], last.best[k])
        np.testing.assert_array_equal(columns[f"edge_{k}"][-1], last.edge[k])
        assert columns[f"losses_{k}"][-1].min() == last.losses[k].min()
        assert np.isfinite(columns[f"losses_{k}"]).all()


def test_the_best_rate_is_told_as_that_of_one_seed() -> None:
    """The words say that another seed can have one ten times as large. The best of all is among these."""
    best = []
    for seed in (0, 3):
        adam = replace(BASE.replace("seed", seed), optimizer=Optimizer("adam"))
        *_, last = sweep([adam], updates=Optimizers().updates, rates=RATES[15:23])
        best.append(last.best[0])
    assert best[0] >= 10.0 * best[1]
    scene = opened(view="rates", **SMALL).run.scene
    assert "with another seed the best can be ten times as large" in scene.words
    (panel,) = [panel for panel in scene.panels if panel.id == "rates"]
    assert all(card.lines[0].startswith("Best rate with this seed") for card in panel.cards)


@pytest.mark.parametrize("plane", ["path", "random"])
def test_the_landscape_is_that_of_the_run(plane: str) -> None:
    session = opened(view="landscape", run="1", plane=plane, epochs="6", **SMALL)
    columns = all_frames(session)
    trainer = Trainer(session.settings.experiments(session.base)[1])
    every = trainer.updates_per_epoch * 6 // 150 or 1
    way = record(trainer, updates=6 * trainer.updates_per_epoch, every=every)
    assert columns["ran"].tolist() == [frame.update for frame in way.frames]
    assert columns["loss"].tolist() == [frame.metrics["train_loss"] for frame in way.frames]
    assert columns["below"][-1] == pytest.approx(columns["loss"][-1])
    if plane == "path":
        path = path_plane(way.params).place(way.params)
        np.testing.assert_allclose(columns["place_0"], path, atol=1e-9)
    assert columns["off"][-1] == pytest.approx(0.0, abs=1e-9)


def test_the_landscape_of_early_stopping_ends_where_the_run_does() -> None:
    query = {"patience": "3", "flips": "0.3", "lr": "0.1", "noise": "0.3"}
    session = opened(view="landscape", learners="adam-0.1", epochs="60", **{**SMALL, **query})
    columns = all_frames(session)
    assert columns["ran"][-1] < columns["ran"][-2]
    assert columns["below"][-1] == pytest.approx(columns["loss"][-1])
    assert columns["loss"][-1] == columns["loss"][columns["ran"].tolist().index(columns["ran"][-1])]


def test_a_landscape_of_a_learner_that_is_gone_is_that_of_the_last() -> None:
    assert Optimizers(learners=(Entry("sgd"),), chosen=3).path_of == 0


# ---- links


@pytest.mark.parametrize(
    "query",
    [
        {
            "surface": "plateau",
            "start": "1~-2.5",
            "racers": "sgd-0.5~adam-0.1-beta1:0.8~lion",
            "steps": "200",
        },
        {"view": "network", "learners": "rmsprop-0.001-alpha:0.9-eps:1e-08"},
        {"view": "rates", "updates": "50"},
        {"view": "landscape", "run": "0", "plane": "random", "epochs": "20"},
    ],
)
def test_a_link_restores_the_state(query: dict[str, str]) -> None:
    told = opened(**query).to_query()
    again = opened(**told)
    assert again.to_query() == told
    assert told.keys() == query.keys()
    assert again.settings == opened(**query).settings


@pytest.mark.parametrize(
    "query",
    [
        {"view": "everything"},
        {"surface": "cliff"},
        {"start": "1"},
        {"start": "nan~1"},
        {"start": "100~1"},
        {"racers": "sgd-fast"},
        {"racers": "descent"},
        {"racers": "sgd-1e999"},
        {"racers": "sgd-0"},
        {"racers": "sgd-1.2.3"},
        {"racers": "sgd-0.1-beta1:0.5"},
        {"racers": "adam-0.1-beta1:7"},
        {"racers": "~".join(["sgd"] * (MAX_RACERS + 1))},
        {"view": "network", "learners": "sgd-50"},
        {"learners": "~".join(["sgd"] * (MAX_LAB_NETWORKS + 1))},
        {"steps": "1000000"},
        {"view": "network", "v": "1", "n": "4000"},
        {"view": "rates", "v": "1", "n": "900"},
        {"view": "rates", "v": "1", "layers": "64-tanh~64-tanh"},
        {"view": "landscape", "v": "1", "layers": "64-tanh~64-tanh~64-tanh"},
        {"view": "landscape", "epochs": "200", "v": "1", "n": "1000", "batch": "1"},
    ],
    ids=str,
)
def test_a_bad_link_gives_one_sentence_and_the_lab_opens(query: dict[str, str]) -> None:
    session = LabSession(LAB, query)
    assert session.message.startswith("This link could not be opened. ")
    assert session.message.endswith(".")
    assert len(session.message) < 400
    assert seen(session)[0]["count"] > 1


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("lab.racers", [{"name": "sgd"}]),
        ("lab.racers", "sgd"),
        ("lab.racers.0.name", ["sgd"]),
        ("lab.racers.0.name", None),
        ("lab.racers.0.lr", "fast"),
        ("lab.racers.1.options.momentum", []),
        ("lab.start", {"x": 1}),
        ("lab.start", [1e400, 0.0]),
        ("lab.start", [True, 0]),
        ("lab.start.0", "left"),
        ("lab.view", ["surfaces"]),
        ("lab.chosen", 1.5),
    ],
)
def test_what_a_browser_sends_is_a_visitors_word(path: str, value: object) -> None:
    session = opened()
    run = session.run
    session.act({"kind": "set", "path": path, "value": value})
    assert session.message
    assert session.run is run


def test_usual_rates_are_those_the_optimizers_carry() -> None:
    for name, optimizer in OPTIMIZERS.items():
        assert Optimizers(view="network").rate(Entry(name)) == optimizer.network_lr
        assert Optimizers(surface="beale").rate(Entry(name)) == optimizer.surface_lrs["beale"]


# ---- tasks


def last_moment(surface: str, racer: Competitor, *, steps: int, start=None):
    ground = SURFACES[surface]
    *_, last = race(ground, start or ground.start, [racer], steps=steps)
    return last


def test_the_first_task_can_be_done() -> None:
    assert done("ravine", last_moment("ravine", Competitor("sgd", 0.045), steps=60))
    assert not done("ravine", last_moment("ravine", Competitor("sgd", 0.039), steps=60))
    assert not done("ravine", last_moment("ravine", Competitor("sgd", 1.0), steps=60))
    assert not done(
        "ravine", last_moment("ravine", Competitor("momentum", 0.05, {"momentum": 0.99}), steps=60)
    )
    assert not done("ravine", last_moment("rosenbrock", Competitor("sgd", 0.045), steps=60))


def test_the_second_task_can_be_done() -> None:
    assert done("rosenbrock", last_moment("rosenbrock", Competitor("momentum", 0.003), steps=300))
    usual = OPTIMIZERS["momentum"].surface_lrs["rosenbrock"]
    assert not done("rosenbrock", last_moment("rosenbrock", Competitor("momentum", usual), steps=1000))
    near = last_moment("rosenbrock", Competitor("momentum", 0.003), steps=300, start=(1.0, 0.9))
    assert not done("rosenbrock", near)
    assert not done("rosenbrock", last_moment("rosenbrock", Competitor("adam", 0.5), steps=300))


def moment_of(experiment: Experiment, epochs: int) -> FrameContext:
    trainer = Trainer(experiment)
    trainer.train(epochs=epochs)
    return FrameContext(trainer, trainer.frame, Passes(trainer))


def test_the_third_task_can_be_done() -> None:
    sgd, _, _, adam = Optimizers(view="network").experiments(BASE)
    good = sgd.replace("optimizer.lr", 1.0)
    assert done("sgd", moment_of(good, 30))
    assert not done("sgd", moment_of(good, 5))
    assert not done("sgd", moment_of(good, 60))  # too late
    assert not any(done("sgd", moment_of(sgd, epochs)) for epochs in (10, 20, 30, 40))
    assert not done("sgd", moment_of(replace(good, optimizer=adam.optimizer), 30))


def low(experiment: Experiment) -> bool:
    """Whether the third task is done within its epochs."""
    trainer = Trainer(experiment, history_bytes=2**18)
    passes, found = Passes(trainer), False
    while trainer.frame.epoch < EPOCHS and not found:
        trainer.train(epochs=1)
        found = done("sgd", FrameContext(trainer, trainer.frame, passes))
    return found


@pytest.mark.parametrize(
    ("seed", "rate"), [*((0, 1.0), (2, 1.0), (4, 1.0), (5, 1.0), (6, 1.0), (8, 1.0), (3, 2.0))]
)
def test_a_high_rate_brings_sgd_down(seed: int, rate: float) -> None:
    sgd = Optimizers(view="network").experiments(BASE)[0].replace("seed", seed)
    assert low(sgd.replace("optimizer.lr", rate))


@pytest.mark.parametrize("seed", range(10))
def test_doing_nothing_does_not_bring_sgd_down(seed: int) -> None:
    assert not low(Optimizers(view="network").experiments(BASE)[0].replace("seed", seed))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        *(("data.dataset", "gauss"), ("data.dataset", "reg-plane"), ("loss.name", "mse")),
        *(("network.initializer", "he_normal"), ("batch_size", 1), ("schedule.name", "cosine")),
    ],
)
def test_other_points_networks_and_losses_do_not_count(path: str, value: object) -> None:
    sgd = Optimizers(view="network").experiments(BASE)[0].replace("optimizer.lr", 1.0)
    assert is_plain_sgd(sgd)
    assert not is_plain_sgd(sgd.replace(path, value))


def test_easy_points_would_have_been_low_without_a_better_rate() -> None:
    easy = Optimizers(view="network").experiments(BASE.replace("data.dataset", "reg-plane"))[0]
    moment = moment_of(easy, 30)
    assert moment.frame.metrics["train_loss"] < 0.05
    assert not done("sgd", moment)


# ---- what the lesson says


def race_to_the_end(surface: str, start: tuple[float, float] | None = None) -> dict[str, OptimizerState]:
    settings, ground = Optimizers(surface=surface), SURFACES[surface]
    *_, last = race(ground, start or ground.start, settings.field_racers(), steps=settings.steps)
    return {racer.optimizer: stand for racer, stand in zip(last.racers, last.stands, strict=True)}


def test_nobody_gets_away_from_the_ridge() -> None:
    assert "start exactly on the ridge (y = 0): who gets away?" in LAB.lesson.try_this
    for stand in race_to_the_end("saddle", (-1.6, 0.0)).values():
        assert stand.position[1] == 0.0
        assert stand.reached < 0
    assert all(stand.reached > 0 for stand in race_to_the_end("saddle").values())


@pytest.mark.parametrize("corner", [(3.5, 3.5), (-3.5, 3.5), (3.2, -3.2), (-3.0, -3.0)])
def test_who_divides_by_the_gradient_does_not_mind_a_tiny_one(corner: tuple[float, float]) -> None:
    assert "click near a corner: who does not mind tiny gradients?" in LAB.lesson.try_this
    stands = race_to_the_end("plateau", corner)
    assert {name for name, stand in stands.items() if stand.reached > 0} == {"rmsprop", "adam"}
    assert all(stands[name].length < 0.1 for name in ("sgd", "momentum"))


def test_sgd_swings_from_wall_to_wall_and_creeps_along_the_floor() -> None:
    assert "plain SGD swings from wall to wall and creeps along the floor" in LAB.lesson.see
    ground = SURFACES["ravine"]
    moments = list(race(ground, ground.start, Optimizers().field_racers(), steps=12))
    x, y = np.array([moment.stands[0].position for moment in moments]).T
    assert (y[1:] * y[:-1] < 0.0).all()
    assert (np.abs(np.diff(x)) < 0.05 * np.abs(x[0])).all()


def test_the_lesson_is_complete() -> None:
    assert "$$" in LAB.lesson.why
    assert len(TASKS) == 3
    assert all(task.hint for task in TASKS)
    assert all(address.startswith("https://") for address in LAB.lesson.sources.values())
