"""Runs: what one is (Experiment), what runs it (Trainer), and what it leaves behind (History, Frame)."""

from playground.training.builder import unit_outputs
from playground.training.edit import Edit, LoadedParameters, NetworkEdit
from playground.training.experiment import Experiment
from playground.training.frame import Frame
from playground.training.history import History
from playground.training.layers import HiddenLayer
from playground.training.presets import PRESETS, Preset
from playground.training.settings import ExperimentError, Setting
from playground.training.stopping import Stop
from playground.training.task import Predictions, Task
from playground.training.tf_links import TfPlaygroundView
from playground.training.trainer import Trainer

__all__ = [
    "PRESETS",
    "Edit",
    "Experiment",
    "ExperimentError",
    "Frame",
    "HiddenLayer",
    "History",
    "LoadedParameters",
    "NetworkEdit",
    "Predictions",
    "Preset",
    "Setting",
    "Stop",
    "Task",
    "TfPlaygroundView",
    "Trainer",
    "unit_outputs",
]
