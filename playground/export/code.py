"""CODE: name -> how the current network becomes a runnable script in one framework, with its weights."""

from collections.abc import Callable
from dataclasses import dataclass

from playground.export.keras_code import keras_code
from playground.export.numpy_code import numpy_code
from playground.export.torch_code import torch_code
from playground.training import Trainer


@dataclass(frozen=True)
class Framework:
    """label: its name as people write it. write: a trainer's present network -> the text of a script.

    A script defines `inputs(points)`, `outputs(points)` and `predict(points)` for points (n, 2); its outputs
    equal the playground's.
    """

    label: str
    write: Callable[[Trainer], str]


CODE: dict[str, Framework] = {
    "pytorch": Framework("PyTorch", torch_code),
    "keras": Framework("Keras", keras_code),
    "numpy": Framework("NumPy", numpy_code),
}
