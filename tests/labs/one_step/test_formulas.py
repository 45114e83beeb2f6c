"""The formulas of the lab on one step give what the network computes."""

import numpy as np
import pytest

from playground.labs.one_step.formulas import formulas, optimizer_lines
from playground.nn import ACTIVATIONS, OPTIMIZERS
from playground.nn.formula import FUNCTIONS, tree
from playground.probes.one_step import one_step_at_a_time
from playground.training import Trainer
from tests.nn.formulas import MEANING, value
from tests.probes.test_one_step import CLASS_LOSSES, SIGMOID
from tests.training.common import changed


def test_every_function_has_a_meaning() -> None:
    assert set(MEANING) == set(FUNCTIONS)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations(name: str) -> None:
    function = ACTIVATIONS[name]
    for z in (-4.0, -1.5, -0.3, 0.2, 0.9, 2.5):
        a = function.value(np.array([z]))
        slope = function.derivative(np.array([z]), a)[0]
        assert value(function.formula.value, z=z) == pytest.approx(a[0], abs=1e-12)
        assert value(function.formula.slope, z=z, a=a[0]) == pytest.approx(slope, abs=1e-12)


@pytest.mark.parametrize(
    ("optimizer", "options"),
    [*((name, {}) for name in OPTIMIZERS), ("rmsprop", {"momentum": 0.8}), ("adagrad", {"lr_decay": 0.1})],
)
def test_optimizers(optimizer: str, options: dict) -> None:
    """From w, gradient and slots before every update to w and slots after it, weight and bias."""
    experiment = changed(SIGMOID, optimizer__name=optimizer, optimizer__lr=0.05, optimizer__options=options)
    trainer = Trainer(experiment)
    fixed = {name: experiment.get(f"optimizer.options.{name}") for name in trainer.optimizer.settings}
    fixed["weight_decay"] = trainer.optimizer.weight_decay
    for step in one_step_at_a_time(trainer, 4):
        for k, bias in ((0, False), (8, True), (13, False), (16, True)):
            names = {**fixed, **step.carried, "lr": step.lr, "t": step.t}
            names |= {"w": step.before[k], "g": step.gradient[k]}
            names |= {name: slot[k] for name, slot in step.slots_before.items()}
            for target, expression in optimizer_lines(experiment, bias=bias):
                names[target] = value(expression, **names)
            assert names["w"] == pytest.approx(step.after[k], rel=1e-12, abs=1e-15)
            for name, slot in step.slots_after.items():
                assert names[name] == pytest.approx(slot[k], rel=1e-12, abs=1e-300)


def test_everything_can_be_written() -> None:
    for name in CLASS_LOSSES:
        for optimizer in OPTIMIZERS:
            found = formulas(changed(SIGMOID, loss__name=name, optimizer__name=optimizer), list(ACTIVATIONS))
            assert set(found["activations"]) == set(ACTIVATIONS)


def test_a_formula_as_nested_lists() -> None:
    assert tree("a * (1 - a)") == ["*", ["v", "a"], ["-", 1, ["v", "a"]]]
    assert tree("1 / (1 + exp(-z))") == ["/", 1, ["+", 1, ["call", "exp", ["neg", ["v", "z"]]]]]
    assert tree("z if z > 0 else 0.1 ** 2") == ["if", [">", ["v", "z"], 0], ["v", "z"], ["^", 0.1, 2]]


@pytest.mark.parametrize("expression", ["open('x')", "a.b", "'text'", "[1]", "a if 1 < b < 2 else 0", "~a"])
def test_what_is_no_formula_is_refused(expression: str) -> None:
    with pytest.raises(ValueError, match="is no formula"):
        tree(expression)
