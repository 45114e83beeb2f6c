"""Races: paths against the optimizers themselves and against what is known of quadratics."""

import numpy as np
import pytest

from playground.nn import OPTIMIZERS
from playground.probes.descent import FAR, NEAR, Competitor, RaceMoment, race
from playground.probes.surfaces import RAVINE, SURFACES


def run(surface: str, *racers: Competitor, steps: int = 100, start=None) -> list[RaceMoment]:
    ground = SURFACES[surface]
    return list(race(ground, start or ground.start, racers, steps=steps))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_path_is_that_of_the_optimizer_itself(name: str) -> None:
    ground = SURFACES["rosenbrock"]
    lr = OPTIMIZERS[name].surface_lrs["rosenbrock"]
    moments = run("rosenbrock", Competitor("sgd", 1e-4), Competitor(name, lr), steps=30)
    optimizer, place = OPTIMIZERS[name](2, lr=lr), np.array(ground.start)
    length = 0.0
    for moment in moments:
        stand = moment.stands[1]
        assert stand.position.tobytes() == place.tobytes()
        assert stand.value == ground.value(place)
        assert stand.length == pytest.approx(length)
        assert all((stand.step.after[slot] == optimizer.slots[slot]).all() for slot in optimizer.slots)
        before = place.copy()
        optimizer.step(place, ground.slope(place))
        np.testing.assert_allclose(stand.ahead, place - before, atol=1e-15)
        length += float(np.linalg.norm(place - before))
    assert [moment.index for moment in moments] == list(range(31))


def test_plain_sgd_on_a_quadratic_by_hand() -> None:
    """Each step multiplies x by 1 - lr and y by 1 - lr times the steepness."""
    lr = 0.03
    moments = run("ravine", Competitor("sgd", lr), steps=20)
    start = np.array(SURFACES["ravine"].start)
    factors = np.array([1.0 - lr, 1.0 - lr * RAVINE])
    for moment in moments:
        np.testing.assert_allclose(moment.stands[0].position, start * factors**moment.index)


@pytest.mark.parametrize(("times", "diverges"), [(0.98, False), (1.02, True)])
def test_the_edge_is_two_over_the_largest_curvature(times: float, diverges: bool) -> None:
    stand = run("ravine", Competitor("sgd", times * 2.0 / RAVINE), steps=300)[-1].stands[0]
    assert stand.diverged == diverges
    assert SURFACES["ravine"].contains(stand.position, times=FAR)
    assert np.isfinite(stand.position).all()


def test_a_path_that_has_diverged_ends_and_the_others_go_on() -> None:
    moments = run("rosenbrock", Competitor("sgd", 1.0), Competitor("adam", 0.1), steps=20)
    ended, other = moments[-1].stands
    assert ended.diverged
    assert not other.diverged
    assert ended.t < 20 == other.t
    assert (ended.ahead == 0.0).all()
    assert not moments[0].stands[0].diverged


def test_reached_is_the_first_step_close_to_the_minimum() -> None:
    moments = run("bowl", Competitor("momentum", 0.02), steps=200)
    gaps = [moment.stands[0].value for moment in moments]
    first = next(k for k, gap in enumerate(gaps) if gap <= NEAR)
    assert max(gaps[first:]) > NEAR  # it overshoots, and has still been there
    assert [moment.stands[0].reached for moment in moments[:first]] == [-1] * first
    assert {moment.stands[0].reached for moment in moments[first:]} == {first}


def test_a_start_at_the_minimum_is_there_at_once() -> None:
    stand = run("bowl", Competitor("adam", 0.1), steps=1, start=(0.0, 0.0))[0].stands[0]
    assert stand.reached == 0
    assert stand.length == 0.0


def test_on_the_ridge_of_the_saddle_nobody_without_a_push_gets_away() -> None:
    stand = run("saddle", Competitor("sgd", 0.1), steps=300, start=(-1.6, 0.0))[-1].stands[0]
    np.testing.assert_allclose(stand.position, 0.0, atol=1e-6)
    assert stand.reached < 0
    assert run("saddle", Competitor("sgd", 0.1), steps=300)[-1].stands[0].reached > 0


def test_options_reach_the_optimizer() -> None:
    still, rolling = (
        run("ravine", Competitor("momentum", 0.01, {"momentum": beta}), steps=5)[-1].stands[0]
        for beta in (0.0, 0.9)
    )
    plain = run("ravine", Competitor("sgd", 0.01), steps=5)[-1].stands[0]
    np.testing.assert_allclose(still.position, plain.position)
    assert (rolling.position != plain.position).any()


@pytest.mark.parametrize("surface", SURFACES)
def test_with_the_usual_rates_everybody_gets_somewhere(surface: str) -> None:
    racers = [Competitor(name, kind.surface_lrs[surface]) for name, kind in OPTIMIZERS.items()]
    moments = run(surface, *racers, steps=300)
    for stand in moments[-1].stands:
        assert not stand.diverged
        assert stand.value < moments[0].stands[0].value
