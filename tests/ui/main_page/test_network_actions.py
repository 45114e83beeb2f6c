"""What a visitor can do on the network's graph: units, layers, and numbers set by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.limits import MAX_LAYERS, MAX_UNITS
from playground.training import HiddenLayer
from playground.ui.main_page.actions import act
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from tests.properties import often
from tests.ui.watching import PER_EPOCH, ask, changed, equal, seen

OPENING_FRAMES = 6
TWO = changed(network__layers=(HiddenLayer(3, "relu"), HiddenLayer(5, "tanh")))
WEIGHT = {"kind": "edit", "layer": 1, "parameter": "weight", "i": 2, "j": 4, "value": 1.25}


def session_of(experiment=TWO) -> PageSession:
    return PageSession(playground_scene, experiment.to_query())


def units(session: PageSession) -> list[int]:
    return [layer.units for layer in session.experiment.network.layers]


def edited(session: PageSession, update: int, **changes: object) -> tuple[dict, dict]:
    act(session, {**WEIGHT, "update": update, **changes})
    return seen(session.run)


def test_units_are_added_and_removed() -> None:
    session = session_of()
    act(session, {"kind": "units", "layer": 0, "by": 1})
    act(session, {"kind": "units", "layer": 1, "by": -1})
    assert units(session) == [4, 4]
    assert session.message == ""
    assert [layer.activation for layer in session.experiment.network.layers] == ["relu", "tanh"]


@pytest.mark.parametrize(("count", "by"), [(1, -1), (MAX_UNITS, 1)])
def test_a_bound_of_units_is_one_sentence(count: int, by: int) -> None:
    session = session_of(changed(network__layers=(HiddenLayer(count),)))
    run = session.run
    act(session, {"kind": "units", "layer": 0, "by": by})
    assert session.run is run
    assert str(MAX_UNITS) in session.message
    assert session.message.endswith(".")


def test_layers_are_put_in_anywhere_like_the_one_before_them() -> None:
    for at, expected in {0: [3, 3, 5], 1: [3, 3, 5], 2: [3, 5, 5]}.items():
        session = session_of()
        act(session, {"kind": "layers", "at": at, "by": 1})
        assert units(session) == expected
    empty = session_of(changed(network__layers=()))
    act(empty, {"kind": "layers", "at": 0, "by": 1})
    assert empty.experiment.network.layers == (HiddenLayer(),)


def test_any_layer_is_taken_out() -> None:
    for at, expected in {0: [5], 1: [3]}.items():
        session = session_of()
        act(session, {"kind": "layers", "at": at, "by": -1})
        assert units(session) == expected
    act(session, {"kind": "layers", "at": 0, "by": -1})
    assert units(session) == []
    assert session.message == ""


@pytest.mark.parametrize(("depth", "at", "by"), [(0, -1, -1), (MAX_LAYERS, MAX_LAYERS, 1)])
def test_a_bound_of_layers_is_one_sentence(depth: int, at: int, by: int) -> None:
    session = session_of(changed(network__layers=(HiddenLayer(2),) * depth))
    run = session.run
    act(session, {"kind": "layers", "at": at, "by": by})
    assert session.run is run
    assert session.message.endswith(".")


def test_an_edit_brings_the_frame_as_it_is_now() -> None:
    session = session_of()
    _, opening = seen(session.run)
    fingerprint = seen(session.run)[0]["fingerprint"]
    header, columns = edited(session, 3 * PER_EPOCH)
    assert header["cut"]
    assert header["count"] == 1
    assert header["fingerprint"] != fingerprint
    assert columns["update"].tolist() == [3 * PER_EPOCH]
    old = {name: values[3:4] for name, values in opening.items()}
    place = 2 * 3 + 2 * 5 + 4
    assert columns["weights"][0, place] == 1.25
    assert np.count_nonzero(columns["weights"] != old["weights"]) == 1
    for name in ("train_loss", "test_loss", "surface", "unit_maps", "edge_gradients"):
        assert not np.array_equal(columns[name], old[name]), name


def test_training_goes_on_from_the_edited_frame_and_can_be_replayed() -> None:
    session = session_of()
    _, opening = seen(session.run)
    edited(session, 3 * PER_EPOCH)
    _, after = ask(session.run, 3 * PER_EPOCH, 4)
    assert not np.array_equal(after["weights"][0], opening["weights"][4])
    assert abs(after["weights"][0, 20] - 1.25) < 0.2
    again = ask(session.run, 0, 7)[1]
    assert again["weights"][2, 20] == 1.25
    assert equal({name: values[3:] for name, values in again.items()}, after)


def test_an_edit_is_made_again_where_the_frames_before_it_are_trained_again() -> None:
    """The player steps by single updates through what it saw by epochs."""
    session = session_of()
    _, frame = edited(session, 3 * PER_EPOCH)
    _, after = ask(session.run, 3 * PER_EPOCH, 2)
    _, single = ask(session.run, PER_EPOCH + 1, 2 * PER_EPOCH - 1, stride=0)
    assert single["update"][-1] == 3 * PER_EPOCH
    for name in ("weights", "biases", "train_loss", "test_loss", "surface", "edge_gradients"):
        np.testing.assert_array_equal(single[name][-1:], frame[name])
    assert equal(ask(session.run, 3 * PER_EPOCH, 2)[1], after)


def test_the_first_frame_can_be_edited_and_the_run_opened_again() -> None:
    session = session_of()
    _, frame = edited(session, 0, layer=0, parameter="bias", i=0, j=1, value=-2)
    assert frame["biases"][0, 1] == -2.0
    (entry,) = session.logbook_now()
    session.reopen(entry)
    _, again = seen(session.run)
    assert again["biases"][0, 1] == -2.0


def test_a_refused_edit_is_one_sentence_and_loses_nothing() -> None:
    session = session_of()
    run, packet = session.run, session.run.packet
    act(session, {**WEIGHT, "update": PER_EPOCH, "value": 1e9})
    assert "1000000000" in session.message
    assert session.message.endswith(".")
    assert session.run is run
    assert run.packet == packet
    assert run.trainers[0].history[-1].update == 6 * PER_EPOCH


@pytest.mark.parametrize("update", [-1, 10**6, None, "3", 1.0, True])
def test_an_edit_at_a_moment_that_is_not_held_changes_nothing(update: object) -> None:
    session = session_of()
    packet = session.run.packet
    act(session, {**WEIGHT, "update": update})
    assert session.run.packet == packet
    assert session.message == ""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=5,
)
NAMES = ("layer", "at", "by", "parameter", "i", "j", "value", "update")
SESSION = session_of(changed(network__layers=(HiddenLayer(2),), data__n=10, batch_size=10))


@often(400)
@given(st.sampled_from(["units", "layers", "edit"]), st.dictionaries(st.sampled_from(NAMES), JSON))
def test_nothing_a_player_sends_raises(kind: str, sent: dict) -> None:
    act(SESSION, {**sent, "kind": kind})
    assert len(SESSION.message) < 300
