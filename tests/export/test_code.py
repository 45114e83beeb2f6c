"""The exported scripts: whatever the network, they run and say what the playground says."""

import importlib
import re
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from playground.datasets import FEATURES
from playground.export import CODE, script
from playground.nn import ACTIVATIONS, LOSSES
from playground.nn.losses import OUTPUTS
from playground.training import ExperimentError, HiddenLayer, Trainer
from playground.training.layers import NORMALIZATIONS
from tests.export import keras_stub
from tests.export.common import PLACES, exported, outputs, trained
from tests.oracle import oracle
from tests.training.strategies import experiments

EXACT = 1e-9  # far below the promised 1e-6, and above what another order of additions changes


@pytest.fixture(params=list(CODE))
def framework(request, monkeypatch) -> str:
    """Each framework in turn; Keras stands in by the stub, which is as exact as the others."""
    if request.param == "pytorch":
        oracle("torch")
    if request.param == "keras":
        for name, module in keras_stub.modules().items():
            monkeypatch.setitem(sys.modules, name, module)
    return request.param


def assert_equal(trainer: Trainer, framework: str, tolerance: float = EXACT) -> None:
    """The script's outputs, classes and scores are the playground's."""
    module, expected = exported(trainer, framework), outputs(trainer)
    found = module.outputs(PLACES)
    assert found.shape == expected.shape
    np.testing.assert_allclose(found, expected, rtol=tolerance, atol=tolerance)
    if not trainer.task.n_classes:
        np.testing.assert_allclose(module.predict(PLACES), expected[:, 0], rtol=tolerance, atol=tolerance)
        return
    classes, scores = module.predict(PLACES.tolist())
    np.testing.assert_array_equal(classes, trainer.task.predictions(expected).classes)
    np.testing.assert_allclose(scores, trainer.task.scores(expected), rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("residual", [False, True], ids=["plain", "residual"])
def test_every_activation_with_every_normalization(framework, activation, residual):
    layers = [
        HiddenLayer(units, activation, normalization, dropout)
        for normalization in NORMALIZATIONS
        for units, dropout in ((4, 0.0), (4, 0.2), (3, 0.0))
    ]
    trainer = trained(network__layers=layers, network__residual=residual, optimizer__lr=0.003)
    assert_equal(trainer, framework)


@pytest.mark.parametrize(
    ("dataset", "loss"),
    [
        (dataset, name)
        for dataset, task in (
            ("xor", "classification"),
            ("rings", "classification"),
            ("reg-gauss", "regression"),
        )
        for name, loss in LOSSES.items()
        if task in loss.tasks
    ],
)
def test_every_loss_with_every_kind_of_data(framework, dataset, loss):
    trainer = trained(data__dataset=dataset, loss__name=loss, network__layers=[HiddenLayer(4)])
    assert trainer.task.loss_name == loss
    assert_equal(trainer, framework)


@pytest.mark.parametrize("output", ["linear", "tanh", "sigmoid"])
@pytest.mark.parametrize("dataset", ["xor", "rings", "reg-gauss"])
def test_every_activation_of_outputs(framework, dataset, output):
    experiment = {"data__dataset": dataset, "loss__name": "mse", "network__output": output}
    assert_equal(trained(**experiment), framework)


def test_of_outputs_beyond_the_scores_range_the_largest_wins(framework):
    trainer = trained(data__dataset="rings", loss__name="mse", network__output="linear")
    trainer.network.params[:] *= 20.0
    scores = trainer.task.scores(outputs(trainer))
    assert ((scores == 1.0).sum(axis=1) > 1).any(), "the scores alone do not tell"
    assert_equal(trainer, framework)


def test_sigmoid_outputs_that_are_all_next_to_0_name_one_class(framework):
    """Some frameworks tell 1e-20 from 1e-19 there, and others round both to 0."""
    trainer = trained(data__dataset="rings", loss__name="mse", network__output="sigmoid")
    trainer.network.weight_layers[-1].b -= 45.0
    assert outputs(trainer).max() < 1e-13
    assert_equal(trainer, framework)


def test_a_point_alone_has_the_class_that_it_has_among_others(framework):
    """Even where outputs are equal but for rounding, as those of a constant initializer are."""
    settings = {"data__dataset": "blobs", "data__classes": 5, "network__initializer": "constant"}
    trainer = trained(**settings, network__layers=[HiddenLayer(31, "relu")], epochs=0)
    module, places = exported(trainer, framework), trainer.train_data.x
    alone = [int(module.predict(place[None])[0][0]) for place in places]
    assert alone == trainer.task.winners(outputs(trainer, places)).tolist() == [0] * len(places)


@pytest.mark.parametrize("standardize", [False, True])
def test_every_input(framework, standardize):
    trainer = trained(
        features__inputs=tuple(FEATURES), features__standardize=standardize, network__layers=[HiddenLayer(3)]
    )
    assert_equal(trainer, framework)


def test_without_hidden_layers_and_before_training(framework):
    assert_equal(trained(network__layers=[], epochs=0), framework)


def test_the_largest_network(framework):
    layers = [HiddenLayer(64, "relu", "batch_norm", 0.1)] * 10
    trainer = trained(network__layers=layers, network__residual=True, epochs=1)
    assert_equal(trainer, framework)
    assert len(CODE[framework].write(trainer)) < 1_200_000


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(experiments())
def test_any_experiment_in_numpy(experiment):
    trainer = Trainer(experiment.replace("data.n", 60))
    assert_equal(trainer, "numpy", 1e-6)


def test_outputs_far_outside_the_plane_are_finite_and_equal(framework):
    far = np.array([[1e3, -1e3], [-50.0, 0.0], [0.0, 0.0]])
    trainer = trained(network__layers=[HiddenLayer(4, name) for name in ACTIVATIONS][:10])
    module = exported(trainer, framework)
    np.testing.assert_allclose(module.outputs(far), outputs(trainer, far), rtol=1e-6, atol=1e-6)


def test_every_reading_of_outputs_has_its_code():
    assert set(script.SCORE_CODE) == set(OUTPUTS) - {"distances"}


@pytest.mark.parametrize("framework", ["numpy", "pytorch"])
@pytest.mark.parametrize("dataset", ["rings", "reg-plane"])
def test_the_demonstration_runs_without_the_playground(framework, dataset, tmp_path):
    if framework == "pytorch":
        oracle("torch")
    trainer = trained(data__dataset=dataset, epochs=5)
    path = tmp_path / "network.py"
    path.write_text(CODE[framework].write(trainer), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", path], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    *said, last = done.stdout.splitlines()
    assert len(said) == script.DEMO_POINTS
    assert float(re.fullmatch(r"Largest difference .*: (.*)", last)[1]) < EXACT


@pytest.mark.parametrize("framework", list(CODE))
def test_a_script_is_readable(framework):
    text = CODE[framework].write(trained(data__dataset="rings", network__layers=[HiddenLayer(3, "relu")]))
    assert "after 2 epochs" in text
    assert "# Hidden layer 1: 2 -> 3\n" in text
    assert "# Output: 3 -> 3\n" in text
    assert "import playground" not in text
    assert all(len(line) <= 120 and line == line.rstrip() for line in text.splitlines())


def test_numbers_are_exact():
    values = np.array([[0.1, 1 / 3, -0.0], [5e-324, -1.7976931348623157e308, 12345678901234567.0]])
    text = script.literal(values)
    assert np.array(eval(text)).tobytes() == values.tobytes()
    with pytest.raises(ExperimentError, match=r"not finite, so go back a few frames\.$"):
        script.literal(np.array([1.0, np.inf]))


@pytest.mark.filterwarnings("ignore")
def test_keras_itself_agrees(monkeypatch):
    """On TensorFlow in double precision; on other backends Keras rounds to single precision within."""
    if importlib.util.find_spec("tensorflow") is None:
        monkeypatch.setenv("KERAS_BACKEND", "torch")
    keras = oracle("keras")
    double = keras.config.backend() == "tensorflow"
    for names in (list(ACTIVATIONS)[:7], list(ACTIVATIONS)[7:]):
        layers = [
            HiddenLayer(4, name, normalization, 0.1 * (k % 2))
            for k, (name, normalization) in enumerate(zip(names, [*NORMALIZATIONS] * 3, strict=False))
        ]
        trainer = trained(network__layers=layers, network__residual=True)
        assert_equal(trainer, "keras", 1e-6 if double else 1e-4)
