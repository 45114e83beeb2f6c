"""Schedules: values at the marks, bounds, snapshots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.nn import SCHEDULES

AT = [
    ("constant", {}, {0: 1.0, 1000: 1.0}),
    ("step", {"period": 10, "gamma": 0.5}, {0: 1.0, 9.99: 1.0, 10: 0.5, 25: 0.25}),
    ("exponential", {"gamma": 0.9}, {0: 1.0, 1: 0.9, 2.5: 0.9**2.5}),
    ("cosine", {"horizon": 40}, {0: 1.0, 20: 0.5, 40: 0.0, 400: 0.0}),
    ("cosine", {"horizon": 40, "floor": 0.2}, {0: 1.0, 20: 0.6, 40: 0.2}),
    (
        "warmup_cosine",
        {"horizon": 25, "warmup": 5, "start": 0.2},
        {0: 0.2, 2.5: 0.6, 5: 1.0, 15: 0.5, 25: 0, 99: 0},
    ),
    ("warmup_cosine", {"horizon": 5, "warmup": 0}, {0: 1.0, 5: 0.0}),
    ("warmup_cosine", {"horizon": 5, "warmup": 9}, {0: 0.1, 9: 1.0, 10: 0.0}),
    ("one_cycle", {"horizon": 100}, {0: 1 / 25, 15: 0.52, 30: 1.0, 100: 1 / 25e4, 200: 1 / 25e4}),
    ("reduce_on_plateau", {}, {0: 1.0, 100: 1.0}),
]


@pytest.mark.parametrize(("name", "named", "values"), AT)
def test_values(name, named, values):
    schedule = SCHEDULES[name](**named)
    for epoch, value in values.items():
        assert schedule.factor(epoch) == pytest.approx(value, abs=1e-12)


def test_every_schedule_has_values_and_sound_settings():
    assert {case[0] for case in AT} == set(SCHEDULES)
    for schedule in SCHEDULES.values():
        for setting in schedule.settings.values():
            assert setting.low <= setting.default <= setting.high
            assert setting.help.endswith(".")


@pytest.mark.parametrize("name", SCHEDULES)
@given(st.floats(0.0, 1e5))
def test_factors_lie_between_0_and_1(name, epoch):
    assert 0.0 <= SCHEDULES[name]().factor(epoch) <= 1.0


def test_plateau_waits_then_drops_to_its_floor():
    schedule = SCHEDULES["reduce_on_plateau"](patience=2, gamma=0.5, floor=0.3)
    factors = []
    for loss in [1.0, 0.5, 0.5, 0.5, 0.5, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4, 0.4]:
        schedule.observe(loss)
        factors.append(schedule.factor(0))
    assert factors == [1.0, 1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.3, 0.3, 0.3, 0.3]


@pytest.mark.parametrize("name", SCHEDULES)
def test_whether_it_follows_the_loss_is_said(name):
    """A plateau long enough to make any schedule that listens move."""
    schedule, deaf = SCHEDULES[name](), SCHEDULES[name]()
    for _ in range(50):
        schedule.observe(1.0)
    assert (schedule.factor(50.0) != deaf.factor(50.0)) == schedule.follows_loss


@pytest.mark.parametrize("name", SCHEDULES)
def test_a_snapshot_brings_back_the_moment(name):
    schedule, twin = SCHEDULES[name](), SCHEDULES[name]()
    for _ in range(15):
        schedule.observe(1.0)
    snapshot = schedule.snapshot()
    twin.restore(snapshot)
    for _ in range(15):
        schedule.observe(1.0)
        twin.observe(1.0)
        assert schedule.factor(3.0) == twin.factor(3.0)
    schedule.restore(snapshot)
    assert schedule.snapshot() == snapshot


@pytest.mark.parametrize("value", [-1.0, float("nan"), "3", True, None])
def test_bad_settings_are_refused(value):
    with pytest.raises(ValueError, match=r"Step: period = .* is not a number from 1 to"):
        SCHEDULES["step"](period=value)


def test_unknown_settings_are_refused():
    with pytest.raises(ValueError, match="Cosine: setting 'warmup' is unknown; it has horizon, floor"):
        SCHEDULES["cosine"](warmup=3.0)
