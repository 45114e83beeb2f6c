"""What slots say: against the steps that the optimizers really take, and against sums by hand."""

import re
from math import isnan
from typing import ClassVar

import numpy as np
import pytest

from playground.nn import OPTIMIZERS, Optimizer
from playground.nn.optimizer import LastStep
from playground.nn.optimizers.shared import window
from playground.probes.slots import readings, settings_in_use, slot_sizes

GRADIENTS = np.random.default_rng(0).standard_normal((12, 3))


def after(name: str, gradients: np.ndarray = GRADIENTS, **options: float):
    """The optimizer after these gradients, its readings, and its last step."""
    optimizer, params = OPTIMIZERS[name](3, lr=0.1, weight_decay=0.0, **options), np.zeros(3)
    for gradient in gradients:
        before, slots = params.copy(), {slot: values.copy() for slot, values in optimizer.slots.items()}
        optimizer.step(params, gradient)
    told = readings(name, LastStep(optimizer.t, gradients[-1], slots, optimizer.slots), options)
    return optimizer, told, params - before


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_it_remembers_is_told_with_what_can_be_read(name: str) -> None:
    _, told, _ = after(name)
    text = " ".join(OPTIMIZERS[name].memory(settings_in_use(name, {})))
    words = re.findall(r"\{(\w+)", text)
    assert set(words) <= set(told)
    assert len(set(words)) == len(words) == text.count("{")


def test_an_optimizer_that_says_nothing_of_its_own_tells_its_slots() -> None:
    class Plain(Optimizer):
        slot_words: ClassVar = {"mean": "Mean g"}

    slots = {"mean": np.ones(2)}
    assert Plain.memory({}) == ["Mean g: **{mean}**"]
    assert Plain.readings(LastStep(1, np.ones(2), {}, slots), {}) == slots
    assert Optimizer.memory({}) == ["It remembers nothing."]


@pytest.mark.parametrize("steps", [1, 2, 12])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_multiplies_the_rate_is_the_step_that_was_taken(name: str, steps: int) -> None:
    """Whatever a card says the rate is multiplied by: a step, a sign, or a factor of the gradient."""
    _, told, step = after(name, GRADIENTS[:steps])
    for word, times in (("step", 1.0), ("sign", 1.0), ("factor", GRADIENTS[steps - 1])):
        if word in told:
            np.testing.assert_allclose(-0.1 * told[word] * times, step, rtol=1e-6)


def test_the_rate_of_adagrad_decays_in_what_is_read() -> None:
    _, told, step = after("adagrad", lr_decay=0.5)
    np.testing.assert_allclose(-0.1 * told["factor"] * GRADIENTS[-1], step)


@pytest.mark.parametrize("name", ["adam", "adamw", "amsgrad"])
def test_the_step_of_adam_is_its_mean_over_its_root(name: str) -> None:
    _, told, _ = after(name)
    np.testing.assert_allclose(told["mean_hat"] / (told["root"] + 1e-8), told["step"])
    assert told["zeros1"] == pytest.approx(0.9**12)
    assert told["zeros2"] == pytest.approx(0.999**12)


def test_a_constant_gradient_is_what_the_corrected_means_say() -> None:
    _, told, _ = after("adam", np.tile([2.0, -3.0, 0.5], (4, 1)))
    np.testing.assert_allclose(told["mean_hat"], [2.0, -3.0, 0.5])
    np.testing.assert_allclose(told["root"], [2.0, 3.0, 0.5])
    np.testing.assert_allclose(told["step"], [1.0, -1.0, 1.0], rtol=1e-6)


def test_the_sum_of_squares_by_hand() -> None:
    _, told, _ = after("adagrad")
    np.testing.assert_allclose(told["square_sum"], np.square(GRADIENTS).sum(axis=0))


def test_a_velocity_grows_to_its_window_where_gradients_agree() -> None:
    _, told, _ = after("momentum", np.tile([3.0, 4.0, 0.0], (200, 1)), momentum=0.8)
    assert told["gain"] == pytest.approx(window(0.8)) == pytest.approx(5.0)
    assert told["agreement"] == pytest.approx(1.0)
    _, told, _ = after("nesterov", np.array([[10.0, 0.0, 0.0], [-1.0, 0.0, 0.0]]))
    assert told["agreement"] == pytest.approx(-1.0)
    assert told["gain"] == pytest.approx(8.0)


def test_lion_follows_the_last_gradient_and_the_mean_before_it() -> None:
    _, told, _ = after("lion", np.array([[1.0, -2.0, 0.0]]))
    assert told["sign"].tolist() == [1.0, -1.0, 0.0]
    # the mean after a gradient of 1 is 0.01: one of -0.05 then leaves 0.009 - 0.005, one of -0.2 0.009 - 0.02
    for second, sign in ((-0.05, 1.0), (-0.2, -1.0)):
        _, told, _ = after("lion", np.array([[1.0] * 3, [second] * 3]))
        assert told["sign"].tolist() == [sign] * 3
        assert (told["mean"] > 0.0).all()


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_before_the_first_step_nothing_is_known_and_nothing_warns(name: str) -> None:
    optimizer = OPTIMIZERS[name](2)
    told = readings(name, LastStep(0, np.zeros(2), optimizer.slots, optimizer.slots), {})
    assert all(np.isnan(told[word]).all() for word in ("step", "sign", "factor") if word in told)
    assert all(isnan(told[word]) for word in ("gain", "agreement") if word in told)
    if "mean_hat" in told:
        assert np.isnan(told["mean_hat"]).all()
        assert told["zeros1"] == 1.0


def test_settings_in_use_are_the_defaults_and_what_was_asked_for() -> None:
    assert settings_in_use("adam", {"beta1": 0.5})["beta1"] == 0.5
    assert settings_in_use("adam", {"beta1": 0.5})["beta2"] == 0.999


def test_the_size_of_a_slot_is_that_of_a_typical_entry() -> None:
    assert slot_sizes({"mean": np.array([3.0, -3.0, 3.0, 3.0])}) == {"mean": pytest.approx(3.0)}
    assert slot_sizes({"square": np.array([0.0, 2.0])})["square"] == pytest.approx(2.0**0.5)
