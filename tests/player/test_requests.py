"""Requests that make no sense come over the wire from anywhere: they neither raise nor change anything."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.player.run import Run
from tests.ui.watching import ask, changed, equal, open_run, seen

TINY = changed(data__n=10, batch_size=10)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
NO_NUMBER = JSON.filter(lambda value: type(value) is not int or value < 0)
NUMBERS = ("id", "after", "count", "stride")
RUN = open_run(TINY)  # one for all examples: what each must leave alone


def state(run: Run) -> tuple:
    trainer = run.trainers[0]
    return run.packet, run.id, trainer.frame, len(trainer.history), trainer.network.params.tobytes()


@settings(max_examples=100)
@given(JSON)
def test_anything_at_all_changes_nothing(request: object) -> None:
    before = state(RUN)
    RUN.answer(request)
    assert state(RUN) == before


@settings(max_examples=100)
@given(
    JSON.filter(lambda value: value not in ("scene", "frames")),
    st.dictionaries(st.sampled_from(NUMBERS), JSON),
)
def test_other_kinds_change_nothing(kind: object, rest: dict) -> None:
    before = state(RUN)
    RUN.answer({**rest, "run": RUN.id, "kind": kind})
    assert state(RUN) == before


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(NUMBERS), NO_NUMBER, min_size=1), st.sets(st.sampled_from(NUMBERS)))
def test_numbers_that_are_none_change_nothing(bad: dict, missing: set) -> None:
    request = {"kind": "frames", "run": RUN.id, "id": 1, "after": 0, "count": 3, "stride": 1}
    request |= bad
    for name in missing - set(bad):
        del request[name]
    before = state(RUN)
    RUN.answer(request)
    assert state(RUN) == before


@settings(max_examples=50)
@given(JSON)
def test_requests_for_another_run_change_nothing(other: object) -> None:
    before = state(RUN)
    RUN.answer({"kind": "frames", "run": other, "id": 1, "after": 0, "count": 3, "stride": 1})
    assert state(RUN) == before


@pytest.mark.parametrize("huge", [10**9, 2**53, 2**64, 10**400])
@pytest.mark.parametrize("name", NUMBERS)
def test_huge_numbers_are_bounded_or_ignored(name: str, huge: int) -> None:
    run = open_run(TINY)
    request = {"kind": "frames", "run": run.id, "id": 1, "after": 0, "count": 3, "stride": 1}
    run.answer(request | {name: huge})
    header, _ = seen(run)
    assert header["count"] <= 60
    assert equal(ask(run, 0, 3)[1], ask(open_run(TINY), 0, 3)[1])


@settings(max_examples=40)
@given(st.integers(0, 60), st.integers(0, 4), st.integers(0, 12))
def test_any_request_that_makes_sense_is_answered_with_the_frames_that_follow(
    after: int, count: int, stride: int
) -> None:
    header, columns = ask(RUN, after, count, stride=stride, id=5)
    assert header["answer"] == 5
    assert header["count"] == count
    if count:
        step = stride or 1
        first = (after // step + 1) * step
        assert columns["update"].tolist() == [first + k * step for k in range(count)]
