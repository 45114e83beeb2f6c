"""The current network as a script in PyTorch: an nn.Sequential and its state, ready for further training."""

import re
from textwrap import indent

from playground.export import script
from playground.export.script import Step
from playground.nn import ACTIVATIONS, Activation, BatchNorm, Dense, Dropout, LayerNorm
from playground.nn.normalization import EPS
from playground.training import Trainer

RESIDUAL = '''class Residual(nn.Module):
    """A shortcut around a few layers: x + block(x)."""

    def __init__(self, *layers):
        super().__init__()
        self.block = nn.Sequential(*layers)

    def forward(self, x):
        return x + self.block(x)
'''

LOADING = """network = build().double()
network.load_state_dict(
    {name: torch.tensor(values, dtype=torch.float64) for name, values in WEIGHTS.items()}
)
network.eval()  # running statistics instead of the batch's, and no dropout; train() for more training
"""

NAMES = {"gain": "weight", "shift": "bias", "W": "weight", "b": "bias"}  # PyTorch's for our parameters


def torch_code(trainer: Trainer) -> str:
    """The script. It needs PyTorch and NumPy."""
    steps = script.steps(trainer.network.layers)
    code = [_step(step) for step in steps]
    used = dict.fromkeys(step.layer.name for step in steps if isinstance(step.layer, Activation))
    return script.assemble(
        script.opening(trainer, "PyTorch", "It computes in double precision, as the playground does."),
        "import numpy as np\nimport torch\nfrom torch import nn\n",
        script.inputs(trainer),
        *(_module(name) for name in used if _is_expression(name)),
        RESIDUAL if any(step.kind == "residual" for step in steps) else "",
        _build(steps, code, len(trainer.network.weight_layers)),
        _outputs(trainer),
        script.predict(trainer),
        "# The weights, exact to the last bit; PyTorch keeps them as (outputs, inputs).\n" + _weights(steps),
        LOADING,
        script.demonstration(trainer),
    )


def _step(step: Step) -> str:
    layer = step.layer
    if isinstance(layer, Dense):
        inputs, units = layer.W.shape
        return f"nn.Linear({inputs}, {units}{'' if layer.use_bias else ', bias=False'}),"
    if isinstance(layer, Activation):
        name = layer.name
        return f"{_class_name(name)}()," if _is_expression(name) else f"{ACTIVATIONS[name].torch},"
    if isinstance(layer, BatchNorm):
        momentum = round(1.0 - layer.momentum, 12)
        return f"nn.BatchNorm1d({layer.gain.size}, eps={EPS!r}, momentum={momentum!r}),"
    if isinstance(layer, LayerNorm):
        return f"nn.LayerNorm({layer.gain.size}, eps={EPS!r}),"
    if isinstance(layer, Dropout):
        return f"nn.Dropout({layer.rate!r}),"
    if step.kind in ("residual", "add"):
        return "Residual(" if step.kind == "residual" else "),"
    raise ValueError(f"A layer of kind {step.kind!r} has no form in PyTorch; export its numbers as JSON.")


def _is_expression(name: str) -> bool:
    """Whether an activation is written as an expression in z, for want of a module of PyTorch's own."""
    return re.search(r"\bz\b", ACTIVATIONS[name].torch) is not None


def _class_name(name: str) -> str:
    """Of the module that is written for an activation: its label in one word."""
    return "".join(word[0].upper() + word[1:] for word in re.findall(r"\w+", ACTIVATIONS[name].label))


def _module(name: str) -> str:
    """The class of an activation that is an expression."""
    label = ACTIVATIONS[name].label
    spoken = label if label[1:2].isupper() else label[0].lower() + label[1:]
    return (
        f'class {_class_name(name)}(nn.Module):\n    """The {spoken} of every value."""\n\n'
        f"    def forward(self, z):\n        return {ACTIVATIONS[name].torch}\n"
    )


def _build(steps: list[Step], code: list[str], count: int) -> str:
    lines, depth = [], 2
    for step, text in zip(steps, code, strict=True):
        depth -= step.kind == "add"
        if step.kind == "dense":
            lines.append(indent(f"# {script.heading(step, count)}", "    " * depth))
        lines.append(indent(text, "    " * depth))
        depth += step.kind == "residual"
    body = "\n".join(lines)
    return (
        f'def build():\n    """The network with fresh weights."""\n    return nn.Sequential(\n{body}\n    )\n'
    )


def _outputs(trainer: Trainer) -> str:
    return (
        "def outputs(points):\n"
        f'    """The outputs (n, {trainer.task.n_outputs}) for points (n, 2): {script.meaning(trainer)}."""\n'
        "    with torch.no_grad():\n"
        "        return network(torch.from_numpy(inputs(points))).numpy()\n"
    )


def _weights(steps: list[Step]) -> str:
    """The state_dict as a literal: PyTorch numbers the entries of a Sequential from 0."""
    entries, places = [], [0]  # places: of the next entry, in each of the Sequentials that it lies in
    for step in steps:
        if step.kind == "residual":
            places.append(0)
        elif step.kind == "add":
            places.pop()
            places[-1] += 1
        else:
            path = ".block.".join(map(str, places))
            for name in (*step.layer.parameters, *step.layer.statistics):
                values = getattr(step.layer, name)
                text = script.literal(values.T if name == "W" else values)
                entries.append(f'"{path}.{NAMES.get(name, name)}": {text},')
            places[-1] += 1
    return "WEIGHTS = {\n" + indent("\n".join(entries), "    ") + "\n}\n"
