"""What the lab on one step writes out: activations, losses and optimizers as formulas.

Each is an expression for `formula.tree`, and is tested against what the network computes.
"""

from collections.abc import Mapping

from playground.nn import ACTIVATIONS, LOSSES, OPTIMIZERS, Formula
from playground.nn.formula import Tree, tree
from playground.nn.optimizer import Lines
from playground.probes.slots import settings_in_use
from playground.training import Experiment


def optimizer_lines(experiment: Experiment, *, bias: bool) -> Lines:
    """What the optimizer makes of a parameter w with gradient g: (what changes, its formula) in order.

    In a formula everything is as the lines before it have left it: slots of the optimizer, w, and helpers
    that only later lines use. Weight decay leaves a bias as it is.
    """
    name = experiment.optimizer.name
    settings = settings_in_use(name, experiment.optimizer.options)
    return OPTIMIZERS[name].formula_for(settings, decayed=not bias)


def formulas(experiment: Experiment, activations: list[str]) -> Mapping[str, object]:
    """All that the panels write out, as plain values. activations: those in use."""
    return {
        "activations": {name: _trees(ACTIVATIONS[name].formula) for name in dict.fromkeys(activations)},
        "loss": _trees(LOSSES[experiment.loss_name].formula),
        "weight": _lines(optimizer_lines(experiment, bias=False)),
        "bias": _lines(optimizer_lines(experiment, bias=True)),
    }


def _trees(formula: Formula) -> dict[str, Tree]:
    return {"value": tree(formula.value), "slope": tree(formula.slope)}


def _lines(lines: Lines) -> list[list]:
    return [[target, tree(expression)] for target, expression in lines]
