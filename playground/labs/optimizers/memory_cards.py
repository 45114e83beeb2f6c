"""What optimizers remember, in words: lines of a card, each with the numbers of the moment in it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from playground.probes.slots import settings_in_use, window

Options = Mapping[str, float]


class Memory(NamedTuple):
    """lines: with {name} for the readings of `playground.probes.slots` that they tell."""

    lines: list[str]
    names: list[str]


def memory(optimizer: str, options: Options) -> Memory:
    """What there is to say of an optimizer with these options."""
    lines = LINES[optimizer](settings_in_use(optimizer, options))
    return Memory(lines, NAMES[LINES[optimizer]])


def steps(beta: float) -> str:
    """Such as "about 10 steps"."""
    return f"about {window(beta):,.0f} steps"


def _nothing(settings: Options) -> list[str]:
    return ["It remembers nothing:", "step = rate × gradient."]


def _velocity(settings: Options) -> list[str]:
    beta = settings["momentum"]
    return [
        "Velocity v: **{velocity}**",
        f"v is **{{gain}}** × as long as the last gradient; β = {beta:g} lets it grow to "
        f"{window(beta):,.0f} × where gradients agree.",
        "It points along that gradient: **{agreement}** (1 with it, −1 against it)",
    ]


def _square_sum(settings: Options) -> list[str]:
    return [
        "Sum s of all g²: **{square_sum}**",
        "Rate × 1/√s: × **{factor}**",
        "s only grows, so steps only shrink.",
    ]


def _square(settings: Options) -> list[str]:
    alpha = settings["alpha"]
    return [
        f"Mean s of g² over {steps(alpha)} (α = {alpha:g}): **{{square}}**",
        "Rate × 1/√s: × **{factor}**",
    ]


def _step_square(settings: Options) -> list[str]:
    rho = settings["rho"]
    return [
        f"Mean of g² over {steps(rho)} (ρ = {rho:g}): **{{square}}**",
        "Mean of squared steps: **{step_square}**",
        "Root of their ratio: × **{factor}**",
    ]


def _moments(settings: Options) -> list[str]:
    beta1, beta2 = settings["beta1"], settings["beta2"]
    return [
        f"Mean m̂ of g over {steps(beta1)} (β₁ = {beta1:g}): **{{mean_hat}}**",
        f"Root √v̂ of the mean g² over {steps(beta2)} (β₂ = {beta2:g}): **{{root}}**",
        "Rate × m̂ / √v̂: × **{step}**",
        "Still from the start at 0, and corrected for: **{zeros1:percent}** of m, **{zeros2:percent}** of v",
    ]


def _signs(settings: Options) -> list[str]:
    beta2 = settings["beta2"]
    return [
        f"Mean m of g over {steps(beta2)} (β₂ = {beta2:g}): **{{mean}}**",
        "Only signs count: **{sign}**, so every step is as long as the rate in each direction.",
    ]


LINES: dict[str, Callable[[Options], list[str]]] = {
    "sgd": _nothing,
    "momentum": _velocity,
    "nesterov": _velocity,
    "adagrad": _square_sum,
    "rmsprop": _square,
    "adadelta": _step_square,
    "adam": _moments,
    "adamw": _moments,
    "amsgrad": _moments,
    "nadam": _moments,
    "lion": _signs,
}
NAMES = {
    _nothing: [],
    _velocity: ["velocity", "gain", "agreement"],
    _square_sum: ["square_sum", "factor"],
    _square: ["square", "factor"],
    _step_square: ["square", "step_square", "factor"],
    _moments: ["mean_hat", "root", "step", "zeros1", "zeros2"],
    _signs: ["mean", "sign"],
}
VECTORS = {
    "velocity",
    "square_sum",
    "factor",
    "square",
    "step_square",
    "mean_hat",
    "root",
    "step",
    "mean",
    "sign",
}
