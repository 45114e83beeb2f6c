"""The current network as a script in Keras 3: a functional model that runs on any of Keras' backends."""

import re
from textwrap import indent

from playground.export import script
from playground.export.script import Step
from playground.nn import ACTIVATIONS, Activation, BatchNorm, Dense, Dropout, LayerNorm
from playground.nn.normalization import EPS
from playground.training import Trainer

NOTE = (
    "It runs on TensorFlow, JAX or PyTorch, whichever the environment variable KERAS_BACKEND names. On "
    "TensorFlow it computes in double precision, as the playground does; Keras rounds to single precision on "
    "the others, and the outputs agree to about six digits."
)

LOADING = """network = build()
for name, arrays in WEIGHTS.items():
    network.get_layer(name).set_weights([np.array(array) for array in arrays])
"""


def keras_code(trainer: Trainer) -> str:
    """The script. It needs Keras 3 with one of its backends, and NumPy."""
    steps = script.steps(trainer.network.layers)
    return script.assemble(
        script.opening(trainer, "Keras 3", NOTE),
        'import keras\nimport numpy as np\nfrom keras import layers\n\nkeras.config.set_floatx("float64")\n',
        script.inputs(trainer),
        _build(trainer, steps),
        _outputs(trainer),
        script.predict(trainer),
        "# The weights, exact to the last bit, by the names of the layers.\n" + _weights(steps),
        LOADING,
        script.demonstration(trainer),
    )


def _step(step: Step) -> str:
    """The line of code for a step: x is what has been computed so far."""
    k, layer = step.number, step.layer
    if isinstance(layer, Dense):
        bias = "" if layer.use_bias else "use_bias=False, "
        return f'x = layers.Dense({layer.units}, {bias}name="dense_{k}")(x)'
    if isinstance(layer, Activation):
        code = re.sub(r"\bz\b", "x", ACTIVATIONS[layer.name].keras)
        return f"x = {code}" if code != "x" else ""
    if isinstance(layer, BatchNorm):
        options = f'epsilon={EPS!r}, momentum={layer.momentum!r}, name="batch_norm_{k}"'
        return f"x = layers.BatchNormalization({options})(x)"
    if isinstance(layer, LayerNorm):
        return f'x = layers.LayerNormalization(epsilon={EPS!r}, name="layer_norm_{k}")(x)'
    if isinstance(layer, Dropout):
        return f"x = layers.Dropout({layer.rate!r})(x)"
    if step.kind == "residual":
        return f"skip_{k} = x"
    if step.kind == "add":
        return f"x = layers.Add()([skip_{k}, x])"
    raise ValueError(f"A layer of kind {step.kind!r} has no form in Keras; export its numbers as JSON.")


def _build(trainer: Trainer, steps: list[Step]) -> str:
    count = len(trainer.network.weight_layers)
    lines = []
    for step in steps:
        if step.kind == "dense":
            lines.append(f"# {script.heading(step, count)}")
        lines.append(_step(step))
    body = indent("\n".join(filter(None, lines)), "    ")
    return (
        'def build():\n    """The network with fresh weights."""\n'
        f"    start = x = keras.Input(shape=({len(trainer.task.features)},))\n"
        f"{body}\n    return keras.Model(start, x)\n"
    )


def _outputs(trainer: Trainer) -> str:
    return (
        "def outputs(points):\n"
        f'    """The outputs (n, {trainer.task.n_outputs}) for points (n, 2): {script.meaning(trainer)}."""\n'
        "    return keras.ops.convert_to_numpy(network(inputs(points), training=False))\n"
    )


def _weights(steps: list[Step]) -> str:
    """Each layer's arrays in the order that set_weights takes: trained ones first."""
    entries = []
    for step in steps:
        if step.kind in ("dense", "batch_norm", "layer_norm"):
            names = (*step.layer.parameters, *step.layer.statistics)
            arrays = ",\n".join(script.literal(getattr(step.layer, name)) for name in names)
            entries.append(f'"{step.kind}_{step.number}": [\n{indent(arrays, "    ")},\n],')
    return "WEIGHTS = {\n" + indent("\n".join(entries), "    ") + "\n}\n"
