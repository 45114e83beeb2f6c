"""The current network as a script in NumPy alone: every step of the forward pass is written out."""

from textwrap import indent

from playground.export import script
from playground.export.script import Step
from playground.nn import ACTIVATIONS, Activation, BatchNorm, Dense, Dropout, LayerNorm
from playground.nn.normalization import EPS
from playground.training import Trainer

ERF = "erf = np.vectorize(math.erf, otypes=[float])  # NumPy has no error function of its own\n"

BATCH_NORM = f'''def batch_norm(h, gain, shift, mean, variance):
    """Each unit on the scale that it had on average over the batches of training."""
    return (h - mean) / np.sqrt(variance + {EPS!r}) * gain + shift
'''

LAYER_NORM = f'''def layer_norm(h, gain, shift):
    """Each point brought to mean 0 and variance 1 over its units."""
    centred = h - h.mean(axis=1, keepdims=True)
    variance = (centred**2).mean(axis=1, keepdims=True)
    return centred / np.sqrt(variance + {EPS!r}) * gain + shift
'''


def numpy_code(trainer: Trainer) -> str:
    """The script. It needs NumPy and no other package."""
    steps = script.steps(trainer.network.layers)
    used = sorted({step.layer.name for step in steps if isinstance(step.layer, Activation)})
    needs_erf = any("erf(" in ACTIVATIONS[name].numpy for name in used)
    kinds = {step.kind for step in steps}
    return script.assemble(
        script.opening(trainer, "NumPy"),
        ("import math\n\n" if needs_erf else "") + "import numpy as np\n",
        script.inputs(trainer),
        ERF if needs_erf else "",
        *(_activation(name) for name in used),
        BATCH_NORM if "batch_norm" in kinds else "",
        LAYER_NORM if "layer_norm" in kinds else "",
        _outputs(trainer, steps),
        script.predict(trainer),
        "# The weights, exact to the last bit.\n" + "".join(_weights(step) for step in steps),
        script.demonstration(trainer),
    )


def _activation(name: str) -> str:
    """The function that an activation becomes; nothing where there is nothing to compute."""
    entry = ACTIVATIONS[name]
    if entry.numpy == "z":
        return ""
    return f'def {name}(z):\n    """{entry.label}."""\n    return {entry.numpy}\n'


def _outputs(trainer: Trainer, steps: list[Step]) -> str:
    count = len(trainer.network.weight_layers)
    lines = ["h = inputs(points)", *(line for step in steps for line in _step(step, count)), "return h"]
    return (
        "def outputs(points):\n"
        f'    """The outputs (n, {trainer.task.n_outputs}) for points (n, 2): {script.meaning(trainer)}."""\n'
        + indent("\n".join(lines), "    ")
        + "\n"
    )


def _step(step: Step, count: int) -> list[str]:
    k, layer = step.number, step.layer
    if isinstance(layer, Dense):
        bias = f" + b{k}" if layer.use_bias else ""
        return [f"# {script.heading(step, count)}", f"h = h @ W{k}{bias}"]
    if isinstance(layer, Activation):
        return [f"h = {layer.name}(h)"] if _activation(layer.name) else []
    if isinstance(layer, BatchNorm):
        return [f"h = batch_norm(h, gain{k}, shift{k}, mean{k}, variance{k})"]
    if isinstance(layer, LayerNorm):
        return [f"h = layer_norm(h, gain{k}, shift{k})"]
    if isinstance(layer, Dropout):
        return [f"# Dropout of {layer.rate!r} acts in training only."]
    if step.kind == "residual":
        return [f"skip{k} = h"]
    if step.kind == "add":
        return [f"h = skip{k} + h  # the residual connection"]
    raise ValueError(f"A layer of kind {step.kind!r} has no form in NumPy; export its numbers as JSON.")


def _weights(step: Step) -> str:
    """The assignments of a step's arrays."""
    names = {"running_mean": "mean", "running_var": "variance"}
    if step.kind in ("residual", "add"):
        return ""
    return "".join(
        f"{names.get(name, name)}{step.number} = np.array({script.literal(getattr(step.layer, name))})\n"
        for name in (*step.layer.parameters, *step.layer.statistics)
    )
