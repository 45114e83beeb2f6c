"""Gradients layer by layer, measured: against finite differences and TensorFlow Playground."""

from dataclasses import replace

import numpy as np
import pytest

from playground.probes.data_pass import DataPass, NetworkCopy
from playground.probes.gradient_flow import (
    EXPLODING,
    HEALTHY,
    NONE,
    VANISHING,
    gradient_flow,
    judged,
)
from playground.training import Experiment, HiddenLayer, Trainer

TF_LINK = (
    "https://playground.tensorflow.org/#activation={}&batchSize=10&dataset=circle&learningRate=0.03"
    "&networkShape=8,8,8,8,8,8&seed={}&percTrainData=50"
)
TF_SEEDS = [f"0.{k}" for k in range(1, 9)]


def deep(
    depth: int, activation: str, init: str, *, width: int = 8, norm: str = "none", **network
) -> Experiment:
    base = Experiment().replace("data.n", 200)
    layers = (HiddenLayer(width, activation, norm),) * depth
    return replace(base, network=replace(base.network, layers=layers, initializer=init, **network))


def flow_of(experiment: Experiment):
    return gradient_flow(DataPass(NetworkCopy(Trainer(experiment))))


@pytest.mark.parametrize("norm", ["none", "batch_norm", "layer_norm"])
def test_measured_sizes_are_those_of_finite_differences_in_training_mode(norm: str) -> None:
    trainer = Trainer(deep(2, "tanh", "xavier_uniform", width=3, norm=norm))
    trainer.train(updates=3)
    data = DataPass(NetworkCopy(trainer))
    network, task = trainer.network, trainer.task
    x, targets = task.features(trainer.train_data.x), task.targets(trainer.train_data.y)

    def loss() -> float:
        return task.loss(network.forward(x, train=True), targets)[0]

    sizes = []
    for layer in network.weight_layers:
        slopes = []
        for place in np.ndindex(layer.W.shape):
            was = layer.W[place]
            layer.W[place] = was + 1e-5
            above = loss()
            layer.W[place] = was - 1e-5
            slopes.append((above - loss()) / 2e-5)
            layer.W[place] = was
        sizes.append(np.abs(slopes).mean())
    np.testing.assert_allclose(data.info(gradient_flow).sizes, sizes, rtol=1e-5)


@pytest.mark.parametrize("norm", ["none", "batch_norm"])
def test_measuring_disturbs_nothing(norm: str) -> None:
    watched, alone = (Trainer(deep(3, "sigmoid", "xavier_uniform", norm=norm)) for _ in range(2))
    bench = NetworkCopy(watched)
    for _ in range(3):
        data = DataPass(bench)
        running = bench.network.state.copy()
        gradients = [gradient.copy() for gradient in data.gradients]
        data.info(gradient_flow)
        assert (bench.network.state == running).all()
        for before, after in zip(gradients, DataPass(bench).gradients, strict=True):
            assert (before == after).all()
        watched.train(epochs=1)
        alone.train(epochs=1)
    assert watched.frame == alone.frame


@pytest.mark.parametrize(
    ("activation", "first", "last"),
    [("sigmoid", 9.4e-7, 1.1e-1), ("tanh", 6.0e-3, 1.8e-2), ("relu", 5.8e-3, 2.2e-2)],
)
def test_tensorflow_playgrounds_networks_before_training(activation: str, first: float, last: float) -> None:
    """What the original engine measures at one of its seeds lies among what ours are at other seeds."""
    flows = [flow_of(Experiment.from_tf_playground(TF_LINK.format(activation, seed))) for seed in TF_SEEDS]
    for end, wanted in ((0, first), (-1, last)):
        sizes = np.array([flow.sizes[end] for flow in flows])
        assert sizes.min() < wanted < sizes.max()
        assert wanted / 3.0 < np.exp(np.log(sizes).mean()) < wanted * 3.0
    assert {flow.verdict for flow in flows} == {VANISHING if activation == "sigmoid" else HEALTHY}
    assert len(flows[0].sizes) == 7


@pytest.mark.parametrize(
    ("sizes", "ratio", "factor", "verdict"),
    [
        ([1e-6, 1e-4, 1e-2], 1e-4, 1e-2, VANISHING),
        ([1e-4, 1e-2], 1e-2, 1e-2, HEALTHY),
        ([1.0, 1.0, 1.0], 1.0, 1.0, HEALTHY),
        ([1.0, 1e-2], 1e2, 1e2, HEALTHY),
        ([4.0, 1.0, 0.01], 400.0, 20.0, EXPLODING),
        ([1e3, 1e3], 1.0, 1.0, EXPLODING),
        ([0.0, 0.5], 0.0, 0.0, VANISHING),
        ([0.0, 0.0], None, None, NONE),
        ([0.5], 1.0, None, HEALTHY),
    ],
)
def test_verdicts_by_hand(sizes: list[float], ratio, factor, verdict: int) -> None:
    found = judged(np.array(sizes))
    for value, wanted in ((found.ratio, ratio), (found.factor, factor)):
        assert np.isnan(value) if wanted is None else value == pytest.approx(wanted)
    assert found.verdict == verdict
