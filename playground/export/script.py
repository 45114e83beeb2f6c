"""What the exported scripts share: inputs, the meaning of the outputs, exact numbers, and a demonstration.

A script is one file that needs nothing of the playground. It reads from top to bottom: inputs, network,
`outputs(points)`, `predict(points)`; the weights come last, because they are long. Inputs and scores are
NumPy in every script, so each framework is asked for the network alone.

Letters: n points, k inputs, K outputs, C classes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import indent

import numpy as np

from playground.datasets import FEATURES
from playground.nn import Dropout, Layer, Residual
from playground.training import Task, Trainer
from playground.training.settings import ExperimentError
from playground.training.task import TIE

WIDTH = 100  # columns of a line of numbers
DEMO_POINTS = 5

SIGMOID = "0.5 * (1.0 + np.tanh(0.5 * z))"
MARGIN = "0.5 * (1.0 + np.tanh(z))"

# By what a loss takes the outputs z: (n, K) for: what they are called, and the scores as an expression.
SCORE_CODE = {
    "logits": ("logits", SIGMOID),
    "shares": ("logits", "softmax(z)"),
    "margins": ("margins: below 0 for one side, above 0 for the other", MARGIN),
}
DISTANCE_SCORE = (
    "numbers from -1 (not this class) to 1 (this class)",
    "np.clip(0.5 * (1.0 + z), 0.0, 1.0)",
)
SIGMOID_SCORE = ("numbers from 0 (not this class) to 1 (this class)", "np.clip(z, 0.0, 1.0)")

SOFTMAX = '''
def softmax(z):
    """Shares (n, C) that sum to 1."""
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

'''


@dataclass(frozen=True)
class Step:
    """One step of the network: kind is a key of LAYERS; number counts the weight matrices, from 1.

    A residual block is two steps with its layers between them: "residual" opens it (layer is the block), and
    "add" closes it.
    """

    kind: str
    layer: Layer
    number: int


def steps(layers: Sequence[Layer], number: int = 0) -> list[Step]:
    """The steps of a stack of layers, in the order of computation; dropout at rate 0 is left out."""
    found: list[Step] = []
    for layer in layers:
        kind = layer.kind
        number += kind == "dense"
        if isinstance(layer, Residual):
            inner = steps(layer.layers, number)
            found += [Step(kind, layer, number + 1), *inner, Step("add", layer, number + 1)]
            number = inner[-1].number
        elif not isinstance(layer, Dropout) or layer.rate:
            found.append(Step(kind, layer, number))
    return found


def heading(step: Step, count: int) -> str:
    """What a comment calls a dense layer, the output being the last of `count`."""
    name = "Output" if step.number == count else f"Hidden layer {step.number}"
    (inputs,), (units,) = step.layer.in_shape, step.layer.out_shape
    return f"{name}: {inputs} -> {units}"


def literal(values: np.ndarray) -> str:
    """An array as nested Python lists, exact to the last bit, in lines of about WIDTH columns."""
    if not np.isfinite(values).all():
        raise ExperimentError(
            "The network cannot be exported: some of its numbers are not finite, so go back a few frames."
        )
    if values.ndim > 1:
        rows = ",\n".join(literal(row) for row in values)
        return f"[\n{indent(rows, '    ')},\n]"
    lines, line = [], ""
    for text in map(repr, values.tolist()):
        if line and len(line) + len(text) > WIDTH:
            lines.append(line.rstrip())
            line = ""
        line += f"{text}, "
    body = "\n".join([*lines, line.removesuffix(", ")])
    return f"[\n{indent(body, '    ')},\n]" if lines else f"[{body}]"


def opening(trainer: Trainer, framework: str, note: str = "") -> str:
    """The script's docstring: what the network is, and how it is used."""
    task, experiment, frame = trainer.task, trainer.experiment, trainer.frame
    hidden = ", ".join(f"{layer.units} {layer.activation}" for layer in experiment.network.layers)
    goal = "a value" if not task.n_classes else f"one of {task.n_classes} classes"
    numbers = ", ".join(f"{name.replace('_', ' ')} {value:.4g}" for name, value in frame.metrics.items())
    paragraphs = [
        f"A network of the Neural Network Playground, in {framework}, with its weights after {frame.epoch} "
        "epochs.",
        f"It gives each point (x, y) of the plane {goal}; it learnt from the data set "
        f"{experiment.data.dataset}.",
        f"Hidden layers: {hidden or 'none'}. Loss: {task.loss_name}. Then: {numbers}.",
        "Use it as a module, `from network import predict`, or run it to see it at work.",
        note,
    ]
    text = "\n".join(filter(None, (_wrapped(paragraph) for paragraph in paragraphs)))
    return f'"""{text}\n"""\n'


def _wrapped(text: str) -> str:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= WIDTH:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def inputs(trainer: Trainer) -> str:
    """`inputs(points)`: features, and their standardisation with the training points' mean and spread."""
    features = trainer.task.features
    columns = ", ".join(FEATURES[name].numpy for name in features.names)
    text, result = "", "columns"
    if features.standardize:
        result = "(columns - MEAN) / STD"
        text = (
            "# Mean and standard deviation of each input over the training points.\n"
            f"MEAN = np.array({literal(features.mean)})\n"
            f"STD = np.array({literal(features.std)})\n\n\n"
        )
    return (
        f"{text}def inputs(points):\n"
        f'    """What the network sees of points (n, 2): {", ".join(features.labels)}."""\n'
        "    x, y = np.asarray(points, dtype=np.float64).T\n"
        f"    columns = np.column_stack([{columns}])\n"
        f"    return {result}\n"
    )


def meaning(trainer: Trainer) -> str:
    """What the outputs are called in `outputs`' docstring."""
    task = trainer.task
    return _score_code(task)[0] if task.n_classes else "values"


def _score_code(task: Task) -> tuple[str, str]:
    of_distance = SIGMOID_SCORE if task.output_activation == "sigmoid" else DISTANCE_SCORE
    return SCORE_CODE.get(task.loss.outputs, of_distance)


def predict(trainer: Trainer) -> str:
    """`predict(points)`: classes and scores, or values."""
    task = trainer.task
    if not task.n_classes:
        return (
            "def predict(points):\n"
            '    """The value (n,) of each of the points (n, 2)."""\n'
            "    return outputs(points)[:, 0]\n"
        )
    expression = _score_code(task)[1]
    lines = ["z = outputs(points)", f"scores = {expression}"]
    if task.n_outputs == 1:
        lines += ["scores = np.hstack([1.0 - scores, scores])  # the one output stands for class 1"]
        lines += [f"return (z[:, 0] >= {task.decision_threshold}).astype(int), scores"]
    else:
        nearly = f"np.minimum(largest * (1.0 - {TIE!r}), largest * (1.0 + {TIE!r}))"
        least = f"largest - {TIE!r}" if task.output_activation == "sigmoid" else nearly
        lines += [
            "largest = z.max(axis=1, keepdims=True)",
            f"least = {least}",
            "return (z >= least).argmax(axis=1), scores  # of outputs equal but for rounding, the first",
        ]
    helper = SOFTMAX.lstrip() + "\n" if "softmax" in expression else ""
    return (
        f"{helper}def predict(points):\n"
        f'    """The class (n,) of each of the points (n, 2), and the scores (n, {task.n_classes}), '
        'from 0 to 1."""\n' + indent("\n".join(lines), "    ") + "\n"
    )


def demonstration(trainer: Trainer) -> str:
    """The part under __main__: a few training points, and whether the script agrees with the playground."""
    data, task = trainer.train_data, trainer.task
    points, targets = data.x[:DEMO_POINTS], data.y[:DEMO_POINTS]
    expected = trainer.network.activations(task.features(points))[-1]
    if task.n_classes:
        loop = (
            "for point, target, label, score in zip(points, targets, *predict(points)):\n"
            '    print(f"{point}: class {label} (scores {score.round(3)}), the data say {target}")\n'
        )
    else:
        loop = (
            "for point, target, value in zip(points, targets, predict(points)):\n"
            '    print(f"{point}: {value:.4f}, the data say {target:.4f}")\n'
        )
    body = (
        "# A few training points, and what the playground's own network says of them.\n"
        f"points = {literal(points)}\n"
        f"targets = {targets.tolist()!r}\n"
        f"expected = {literal(expected)}\n"
        f"{loop}"
        "difference = np.abs(outputs(points) - np.array(expected)).max()\n"
        'print(f"Largest difference from the playground\'s outputs: {difference:.1e}")\n'
    )
    return 'if __name__ == "__main__":\n' + indent(body, "    ")


def assemble(*parts: str) -> str:
    """The parts as one file, two empty lines between them."""
    return "\n\n".join(part.strip("\n") + "\n" for part in parts if part)
