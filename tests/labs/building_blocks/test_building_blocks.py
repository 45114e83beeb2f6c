"""The lab on building blocks: what its frames hold, topic by topic, and tasks that can be done."""

import numpy as np
import pytest

from playground.labs.building_blocks import activations, losses, schedules, symmetry
from playground.labs.building_blocks.controls import OFFERED
from playground.labs.building_blocks.lab import BASE, LAB, TOPIC_MODULES, lesson
from playground.labs.building_blocks.settings import TOPICS, Blocks
from playground.labs.building_blocks.tasks import TASKS
from playground.labs.framework.session import LabSession
from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, SCHEDULES
from playground.player.film import Film
from playground.player.packet import decode
from playground.player.run import Run
from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.loss_view import DISTANCES, FARTHEST, REACH, fit, loss_at
from playground.probes.one_batch import KINDS, UNITS
from playground.probes.signal import FADES, KEPT, Draws, expected
from playground.probes.units import distinct_units, places
from playground.training import Trainer


def opened(frames: int = 1, **query: str) -> tuple[LabSession, dict[str, np.ndarray]]:
    """A lab at a link, and at least so many frames of it."""
    session = LabSession(LAB, query)
    assert not session.message
    columns = decode(session.run.packet, session.run.scene.channels)[1]
    while len(columns["update"]) < frames:
        later = more(session, int(columns["update"][-1]))
        columns = {name: np.concatenate([column, later[name]]) for name, column in columns.items()}
    return session, columns


def more(session: LabSession, after: int, count: int = 60) -> dict[str, np.ndarray]:
    """The frames after a moment, as the player asks for them."""
    request = {"kind": "frames", "run": session.run.id, "id": 1, "after": after, "count": count, "stride": 1}
    session.run.answer(request)
    return decode(session.run.packet, session.run.scene.channels)[1]


def done(columns: dict[str, np.ndarray], task: str) -> bool:
    return any(column.any() for name, column in columns.items() if name.startswith(f"task_{task}_"))


# ---- all topics


def test_topics_modules_and_menus_agree() -> None:
    assert list(TOPIC_MODULES) == list(OFFERED) == list(TOPICS)
    names = set(Blocks().fields())
    for offered in OFFERED.values():
        for view in ("signal", "symmetry"):
            assert {f"lab.{name}" for name in offered(Blocks(view=view))} <= names


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_opens_moving_with_no_task_done(topic: str) -> None:
    session, columns = opened(activations.ENOUGH + 2, topic=topic)
    assert isinstance(session.run, Film | Run)
    assert not any(done(columns, task.id) for task in TASKS)
    assert session.run.scene.panels[-1].id == "tasks"
    assert all(panel.describe() for panel in session.run.scene.panels)
    expected_query = {} if topic == "activations" else {"topic": topic}
    assert session.to_query() == expected_query


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("view", ["signal", "symmetry"])
def test_lessons_are_complete(topic: str, view: str) -> None:
    found = lesson(Blocks(topic=topic, view=view))
    assert "$$" in found.why
    assert all(address.startswith("https://") for address in found.sources.values())
    assert found.see
    assert found.try_this
    assert all(task.hint for task in TASKS)


def test_from_topic_to_topic_and_back_nothing_is_lost() -> None:
    session, _ = opened(activation="tanh", rule="lecun_normal")
    for topic in (*TOPICS, "activations"):
        session.set("lab.topic", topic)
        assert not session.message
    assert session.settings.activation == "tanh"
    assert session.to_query() == {"activation": "tanh", "rule": "lecun_normal"}


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ({"topic": "nothing"}, "lab.topic"),
        ({"activation": "step"}, "lab.activation"),
        ({"depth": "31"}, "lab.depth"),
        ({"schedules": "~".join(SCHEDULES), "topic": "schedules"}, "lab.schedules"),
        ({"schedules": "constant~constant"}, "lab.schedules"),
    ],
)
def test_a_bad_link_gives_one_sentence(query: dict[str, str], word: str) -> None:
    session = LabSession(LAB, query)
    assert word in session.message
    assert session.settings == Blocks()


# ---- activations


def test_units_on_the_curve_are_those_of_the_run() -> None:
    session, columns = opened(4)
    assert session.run.seek(int(columns["update"][2]))
    for k, trainer in enumerate(session.run.trainers):
        found = places(DataPass(NetworkCopy(trainer)))
        np.testing.assert_allclose(columns[f"sums_{k}"][2], found.sums, rtol=1e-6)
        np.testing.assert_allclose(columns[f"outputs_{k}"][2], found.outputs, rtol=1e-6)
        assert columns[f"slope_{k}"][2] == found.slope
        assert columns[f"train_loss_{k}"][2] == trainer.frame.metrics["train_loss"]
    moved = np.abs(np.diff(columns["sums_1"], axis=0)).max(axis=1)
    assert (moved > 0.0).all()


def test_ten_layers_are_pooled_draw_after_draw() -> None:
    session, columns = opened(4)
    stack = activations.stack_of(session.run.experiments[1])
    draws, theory = Draws(stack, 0, activations.MOST_DRAWS), expected(stack)
    for frame in (0, 3):
        pooled = draws.pooled(frame)
        np.testing.assert_allclose(columns["spread_1"][frame], pooled.spread)
        np.testing.assert_allclose(columns["back_1"][frame], np.sqrt(pooled.gradient))
        assert columns["draws"][frame] == frame + 1
    assert columns["verdict_0"][-1] == FADES
    assert columns["kept_theory_1"][0] == theory.spread[-1]


@pytest.mark.parametrize(
    ("activation", "rule", "kept"),
    [
        ("selu", "lecun_normal", True),
        ("tanh", "he_normal", True),
        ("relu", "he_normal", False),
        ("sigmoid", "xavier_normal", False),
        ("linear", "orthogonal", False),  # keeps everything, but does not bend
        ("selu", "normal", False),
    ],
)
def test_the_first_task_asks_for_both_ways(activation: str, rule: str, kept: bool) -> None:
    _, columns = opened(
        activations.ENOUGH + 1, activation=activation, compared="sigmoid", rule=rule, v="1", n="40"
    )
    assert done(columns, "signal") == kept
    early = {name: column[: activations.ENOUGH - 1] for name, column in columns.items()}
    assert not done(early, "signal")
    if kept:
        assert columns["verdict_0"][-1] == KEPT


def test_the_second_network_counts_too_and_equal_ones_are_fine() -> None:
    link = {"compared": "selu", "rule": "lecun_normal", "v": "1", "n": "40"}
    assert done(opened(activations.ENOUGH, **link)[1], "signal")
    assert done(opened(activations.ENOUGH, activation="selu", **link)[1], "signal")


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_is_shown(activation: str) -> None:
    _, columns = opened(activation=activation, compared="linear", v="1", n="40")
    assert np.isfinite(columns["spread_0"]).all()
    assert np.isfinite(columns["sums_0"]).all()


# ---- losses


def test_the_prediction_goes_there_and_back_while_the_outlier_leaves() -> None:
    session, columns = opened(losses.LENGTH, topic="losses")
    way, outlier = columns["prediction"], columns["progress"]
    assert len(way) == losses.LENGTH
    assert not more(session, losses.LENGTH - 1)  # the end
    assert way[[0, 120, 240]] == pytest.approx([-REACH, REACH, -REACH])
    assert outlier[[0, -1]] == pytest.approx([0.0, FARTHEST])


def test_values_gradients_and_fits_are_those_of_the_probe() -> None:
    _, columns = opened(
        topic="losses", first_loss="huber", second_loss="bce", delta="2", softness="0.1", frames=18
    )
    k = 17
    at = [columns["prediction"][k]]
    high, low = (loss_at("huber", at, target, {"delta": 2.0})[:, 0] for target in (1.0, -1.0))
    assert [columns[f"{n}_high_0"][k] for n in ("value", "gradient")] == pytest.approx(high)
    assert [columns[f"{n}_low_0"][k] for n in ("value", "gradient")] == pytest.approx(low)
    smooth = loss_at("bce", at, 1.0, {"label_smoothing": 0.1})[:, 0]
    assert [columns[f"{n}_high_1"][k] for n in ("value", "gradient")] == pytest.approx(smooth)
    found = fit("huber", columns["outlier"][k], {"delta": 2.0})
    assert columns["fit_huber"][k] == pytest.approx(found.center)
    assert columns["paid_huber"][k] == pytest.approx(found.loss)
    assert columns["centers"].shape[1] == len(DISTANCES)


@pytest.mark.parametrize("name", LOSSES)
def test_every_loss_is_shown_with_its_kind(name: str) -> None:
    _, columns = opened(topic="losses", first_loss=name)
    fitted = {n.removeprefix("fit_") for n in columns if n.startswith("fit_")}
    assert name in fitted
    assert fitted in (set(DISTANCES), set(LOSSES) - set(DISTANCES))
    assert done(columns, "loss") == (name in ("huber", "log_cosh"))


def test_a_wide_huber_is_not_robust() -> None:
    assert not losses.robust("huber", {"delta": 5.0})
    assert losses.robust("huber", {"delta": 0.5})
    assert not losses.robust("mae", {})  # it pulls as hard at the smallest error


def test_errors_are_distances_or_lie_on_the_wrong_side() -> None:
    assert losses.off_by(10.0, "mse", {}) == pytest.approx([100.0, -20.0])
    assert losses.off_by(10.0, "hinge", {}) == pytest.approx([11.0, -1.0])
    assert losses.off_by(0.0, "bce", {}) == pytest.approx([np.log(2.0), -0.5])


# ---- initial weights


def test_the_stack_grows_and_is_then_drawn_again() -> None:
    _, later = opened(11, topic="weights", depth="3", width="8")
    later = {name: column[1:11] for name, column in later.items()}
    assert later["depth"].tolist() == [2, 3, 3, 3, 3, 3, 3, 3, 3, 3]
    assert later["draw"].tolist() == [1, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert np.isnan(later["there"][0][2])
    assert np.isfinite(later["there"][1]).all()
    assert not later["outputs_heights"][0][2].any()
    np.testing.assert_allclose(later["there"][0][:2], later["there"][1][:2])  # the same first layers


def test_all_rules_are_measured_and_the_chosen_one_in_full() -> None:
    link = {"rule": "normal", "layer_activation": "tanh", "depth": "2", "width": "16"}
    _, columns = opened(2, topic="weights", **link)
    columns = {name: column[1:2] for name, column in columns.items()}
    rules = list(INITIALIZERS)
    assert columns["measured_there"].shape == (1, len(rules))
    k = rules.index("normal")
    assert columns["measured_there"][0][k] == pytest.approx(columns["there"][0][-1])
    assert columns["measured_back"][0][k] == pytest.approx(columns["back"][0][0])
    assert columns["theory_there"][0][k] == pytest.approx(columns["theory_last"][0])
    assert np.isnan(columns["theory_there"][0][rules.index("constant")])


@pytest.mark.parametrize("rule", INITIALIZERS)
def test_every_rule_is_shown(rule: str) -> None:
    _, columns = opened(4, topic="weights", rule=rule, depth="2", width="4")
    assert columns["depth"][:4].tolist() == [1, 2, 2, 2]
    assert not opened(topic="weights", view="symmetry", rule=rule)[0].message


def test_equal_units_stay_equal_until_dropout_tells_them_apart() -> None:
    session, columns = opened(topic="weights", view="symmetry")
    assert len(session.run.trainers) == 3
    assert (columns["distinct_0"] == 1).all()
    assert (columns["distinct_1"] == 1).all()
    assert (columns["distinct_2"] == symmetry.UNITS).all()
    update = int(columns["update"][-1])
    session.set("lab.dropout", 0.3)  # live: the run goes on
    later = more(session, update, 40)
    assert done(later, "symmetry")
    assert (later["distinct_1"][-1] == symmetry.UNITS).all()
    assert session.run.seek(int(later["update"][-1]))
    np.testing.assert_array_equal(
        later["distinct_1"][-1], distinct_units(DataPass(NetworkCopy(session.run.trainers[1])))
    )


def test_random_weights_do_not_count_for_the_symmetry() -> None:
    _, columns = opened(topic="weights", view="symmetry", rule="constant")
    assert "distinct_2" not in columns
    assert not done(columns, "symmetry")


def test_the_largest_stack_is_within_bounds() -> None:
    _, columns = opened(2, topic="weights", depth="30", width="64")
    assert columns["outputs_heights"].shape[1] == 30


# ---- normalization and dropout


@pytest.mark.parametrize("kind", KINDS)
def test_tables_hold_the_same_batch_in_both_modes(kind: str) -> None:
    _, columns = opened(46, topic="batches", layer=kind, rows="5")
    x, trained, evaluated = (columns[f"{stage}_values"] for stage in ("x", "trained", "evaluated"))
    assert x.shape[1:] == (5, UNITS)
    np.testing.assert_allclose(columns["x_means"][4], x[4].mean(axis=0))
    np.testing.assert_allclose(columns["trained_stds"][4], trained[4].std(axis=0))
    np.testing.assert_allclose(columns["mean_evaluated"][4], evaluated[4].mean(), atol=1e-11)
    if kind == "batch_norm":
        np.testing.assert_allclose(columns["trained_columns"][:, 0], 0.0, atol=1e-9)
        np.testing.assert_allclose(columns["trained_columns"][:, 1], 1.0, atol=0.01)
        assert np.abs(columns["evaluated_columns"][0, 0]).max() > 0.5
        later = columns["running_mean"][-1]
        assert np.abs(later - columns["running_mean"][0]).max() > 0.5
    elif kind == "layer_norm":
        np.testing.assert_array_equal(trained, evaluated)
        assert columns["difference"].tolist() == [0.0] * len(x)
        np.testing.assert_allclose(columns["row_stds"], 1.0, atol=0.01)
    else:
        np.testing.assert_array_equal(evaluated, x)
        assert columns["silent"][-1] == pytest.approx(0.5, abs=0.05)
        assert columns["kept"][-1] == pytest.approx(1.0, abs=0.1)


# ---- schedules


@pytest.mark.parametrize("length", [10, 80, 400])
@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_is_stretched_to_the_run(name: str, length: int) -> None:
    experiment = schedules.experiment(BASE, name, Blocks(length=length))
    schedule = SCHEDULES[name](**experiment.schedule.options)
    factors = [schedule.factor(epoch) for epoch in np.linspace(0.0, length, 200)]
    assert max(factors) <= 1.0
    if name not in ("constant", "reduce_on_plateau"):
        assert factors[-2] < 0.2
        assert max(factors) > 0.9


def test_networks_differ_in_nothing_but_their_schedule() -> None:
    session, columns = opened(6, topic="schedules")
    first = session.run.experiments[0]
    for other in session.run.experiments[1:]:
        assert all(path.startswith("schedule.") for path in first.differences(other))
    assert len({columns[f"train_loss_{k}"][0] for k in range(4)}) == 1
    trainer = Trainer(session.run.experiments[2])
    trainer.train(epochs=5)
    assert columns["rate_2"][5] == trainer.frame.learning_rate
    assert columns["train_loss_2"][5] == trainer.frame.metrics["train_loss"]


def test_a_falling_rate_settles_and_a_constant_one_shakes() -> None:
    shakes = {}
    for name in ("constant", "cosine"):
        trainer = Trainer(schedules.experiment(BASE, name, Blocks()))
        trainer.train(epochs=Blocks().length)
        shakes[name] = np.std(np.diff(trainer.history.values("train_loss")[-15:]))
    assert shakes["cosine"] < 0.2 * shakes["constant"]


def test_other_schedules_begin_a_run_of_their_own() -> None:
    session, _ = opened(topic="schedules", schedules="constant~step")
    before = session.run
    session.set("lab.schedules", ("constant", "cosine"))
    assert session.run is not before
    titles = [panel.title for panel in session.run.scene.panels if panel.id.startswith("boundary")]
    assert titles == ["Constant", "Cosine"]
