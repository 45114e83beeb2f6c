"""What the lab on one step writes out: activations, losses and optimizers as formulas.

Each is an expression for `formula.tree`, and is tested against what the network computes.
"""

from collections.abc import Mapping

from playground.labs.one_step.formula_tree import Tree, tree
from playground.nn import ACTIVATIONS, LOSSES, Formula
from playground.training import Experiment

MEAN = ("mean", "beta1 * mean + (1 - beta1) * g")
SQUARE = ("square", "beta2 * square + (1 - beta2) * g ** 2")
VELOCITY = ("velocity", "momentum * velocity + g")


def _adam(divisor: str = "square", start: str = "w") -> tuple[str, str]:
    corrected = f"(sqrt({divisor} / (1 - beta2 ** t)) + eps)"
    return ("w", f"{start} - lr * (mean / (1 - beta1 ** t)) / {corrected}")


OPTIMIZER_FORMULAS = {
    "sgd": [("w", "w - lr * g")],
    "momentum": [VELOCITY, ("w", "w - lr * velocity")],
    "nesterov": [VELOCITY, ("w", "w - lr * (g + momentum * velocity)")],
    "adagrad": [
        ("square_sum", "square_sum + g ** 2"),
        ("w", "w - lr / (1 + (t - 1) * lr_decay) * g / (sqrt(square_sum) + eps)"),
    ],
    "rmsprop": [
        ("square", "alpha * square + (1 - alpha) * g ** 2"),
        ("w", "w - lr * g / (sqrt(square) + eps)"),
    ],
    "adadelta": [
        ("square", "rho * square + (1 - rho) * g ** 2"),
        ("d", "g * sqrt((step_square + eps) / (square + eps))"),
        ("step_square", "rho * step_square + (1 - rho) * d ** 2"),
        ("w", "w - lr * d"),
    ],
    "adam": [MEAN, SQUARE, _adam()],
    "adamw": [MEAN, SQUARE, ("shrunk", "w - lr * weight_decay * w"), _adam(start="shrunk")],
    "amsgrad": [MEAN, SQUARE, ("largest", "max(largest, square)"), _adam("largest")],
    "nadam": [
        MEAN,
        SQUARE,
        ("mu", "beta1 * (1 - 0.96 ** (t * momentum_decay) / 2)"),
        ("mu_next", "beta1 * (1 - 0.96 ** ((t + 1) * momentum_decay) / 2)"),
        ("mu_product", "mu_product * mu"),
        ("ahead", "mu_next * mean / (1 - mu_product * mu_next) + (1 - mu) * g / (1 - mu_product)"),
        ("w", "w - lr * ahead / (sqrt(square / (1 - beta2 ** t)) + eps)"),
    ],
    "lion": [
        ("w", "w - lr * sign(beta1 * mean + (1 - beta1) * g)"),
        ("mean", "beta2 * mean + (1 - beta2) * g"),
    ],
}
ROLLING = [  # RMSprop with momentum
    OPTIMIZER_FORMULAS["rmsprop"][0],
    ("velocity", "momentum * velocity + g / (sqrt(square) + eps)"),
    ("w", "w - lr * velocity"),
]


def optimizer_lines(experiment: Experiment, *, bias: bool) -> list[tuple[str, str]]:
    """What the optimizer makes of a parameter w with gradient g: (what changes, its formula) in order.

    In a formula everything is as the lines before it have left it: slots of the optimizer, w, and helpers
    that only later lines use. AdamW's decay leaves a bias as it is.
    """
    name = experiment.optimizer.name
    if name == "rmsprop" and experiment.get("optimizer.options.momentum"):
        return ROLLING
    return OPTIMIZER_FORMULAS["adam" if name == "adamw" and bias else name]


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


def _lines(lines: list[tuple[str, str]]) -> list[list]:
    return [[target, tree(expression)] for target, expression in lines]
