"""The core: networks of NumPy arrays, with every choice a registry from name to thing."""

from playground.nn.activation import Activation
from playground.nn.activations import ACTIVATIONS, ActivationFunction
from playground.nn.dense import Dense
from playground.nn.dropout import Dropout
from playground.nn.formula import Formula
from playground.nn.initializers import INITIALIZERS, Initializer
from playground.nn.layer import Layer, LayerPass
from playground.nn.losses import LOSSES, Loss
from playground.nn.network import Network
from playground.nn.normalization import BatchNorm, LayerNorm
from playground.nn.optimizer import Optimizer, OptimizerSnapshot
from playground.nn.optimizers import OPTIMIZERS
from playground.nn.residual import Concat, Residual
from playground.nn.schedules import SCHEDULES, Schedule
from playground.nn.setting import Setting
from playground.nn.shaping import Flatten, Reshape

LAYERS: dict[str, type[Layer]] = {
    layer.kind: layer
    for layer in (Dense, Activation, Dropout, BatchNorm, LayerNorm, Flatten, Reshape, Residual, Concat)
}

__all__ = [
    "ACTIVATIONS",
    "INITIALIZERS",
    "LAYERS",
    "LOSSES",
    "OPTIMIZERS",
    "SCHEDULES",
    "Activation",
    "ActivationFunction",
    "BatchNorm",
    "Concat",
    "Dense",
    "Dropout",
    "Flatten",
    "Formula",
    "Initializer",
    "Layer",
    "LayerNorm",
    "LayerPass",
    "Loss",
    "Network",
    "Optimizer",
    "OptimizerSnapshot",
    "Reshape",
    "Residual",
    "Schedule",
    "Setting",
]
