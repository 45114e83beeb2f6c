"""The current network as a script in NumPy alone: every step of the forward pass is written out."""

from textwrap import indent

from playground.export import script
from playground.export.script import Step
from playground.nn.normalization import EPS
from playground.training import Trainer

# Each of ACTIVATIONS as an expression in z; None: there is nothing to compute.
ACTIVATION_CODE = {
    "linear": None,
    "relu": "np.maximum(z, 0.0)",
    "leaky_relu": "np.maximum(z, 0.01 * z)",
    "elu": "np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))",
    "selu": "1.0507009873554805 * np.where(z > 0.0, z, 1.6732632423543772 * np.expm1(np.minimum(z, 0.0)))",
    "gelu": "0.5 * z * (1.0 + erf(z / np.sqrt(2.0)))",
    "silu": "0.5 * z * (1.0 + np.tanh(0.5 * z))",
    "softplus": "np.logaddexp(0.0, z)",
    "softsign": "z / (1.0 + np.abs(z))",
    "tanh": "np.tanh(z)",
    "sigmoid": "0.5 * (1.0 + np.tanh(0.5 * z))",
    "hard_tanh": "np.clip(z, -1.0, 1.0)",
    "hard_sigmoid": "np.clip(z / 6.0 + 0.5, 0.0, 1.0)",
    "sin": "np.sin(z)",
}

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
    used = {step.layer.name for step in steps if step.kind == "activation"}
    kinds = {step.kind for step in steps}
    return script.assemble(
        script.opening(trainer, "NumPy"),
        ("import math\n\n" if "gelu" in used else "") + "import numpy as np\n",
        script.inputs(trainer),
        ERF if "gelu" in used else "",
        *(_activation(name) for name in sorted(used)),
        BATCH_NORM if "batch_norm" in kinds else "",
        LAYER_NORM if "layer_norm" in kinds else "",
        _outputs(trainer, steps),
        script.predict(trainer),
        "# The weights, exact to the last bit.\n" + "".join(_weights(step) for step in steps),
        script.demonstration(trainer),
    )


def _activation(name: str) -> str:
    expression = ACTIVATION_CODE[name]
    if expression is None:
        return ""
    return f'def {name}(z):\n    """{script.activation_label(name)}."""\n    return {expression}\n'


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
    if step.kind == "dense":
        bias = f" + b{k}" if layer.use_bias else ""
        return [f"# {script.heading(step, count)}", f"h = h @ W{k}{bias}"]
    if step.kind == "activation":
        return [f"h = {layer.name}(h)"] if ACTIVATION_CODE[layer.name] else []
    if step.kind == "batch_norm":
        return [f"h = batch_norm(h, gain{k}, shift{k}, mean{k}, variance{k})"]
    if step.kind == "layer_norm":
        return [f"h = layer_norm(h, gain{k}, shift{k})"]
    if step.kind == "dropout":
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
