"""The declarations themselves: complete, distinct, and enough to build controls and Experiments from."""

import pytest

from playground.nn import OPTIMIZERS, SCHEDULES
from playground.training import Experiment, ExperimentError, HiddenLayer
from playground.training.links import VERSION
from playground.training.options import OptionsSetting
from playground.training.settings import settings_of

FIELDS = Experiment().fields()
NUMBERS = [path for path, setting in FIELDS.items() if setting.kind in ("int", "float")]


@pytest.mark.parametrize("path", FIELDS)
def test_every_field_says_what_it_is(path):
    setting = FIELDS[path]
    assert setting.path == path
    assert setting.label
    assert setting.help.endswith(".")
    assert len(setting.help) <= 110
    if setting.kind in ("choice", "subset"):
        assert len(setting.choices) > 1
        assert all(setting.choices.values())
    if setting.kind in ("int", "float"):
        assert setting.low < setting.high
        assert 0 < setting.step <= setting.high - setting.low


@pytest.mark.parametrize("path", FIELDS)
def test_the_default_passes_its_own_check(path):
    experiment = Experiment()
    if FIELDS[path].kind != "options":
        assert experiment.replace(path, FIELDS[path].default) == experiment
        assert experiment.get(path) == FIELDS[path].default


def test_link_keys_are_distinct():
    plain = [s for path, s in FIELDS.items() if ".layers." not in path and not isinstance(s, OptionsSetting)]
    keys = [setting.key for setting in plain]
    assert len(set(keys)) == len(keys)
    assert "v" not in keys
    assert VERSION == 1


@pytest.mark.parametrize("path", NUMBERS)
def test_bounds_are_inside_and_beyond_is_out(path):
    setting = FIELDS[path]
    for bound in (setting.low, setting.high):
        assert Experiment().replace(path, bound).get(path) == bound
    for value in (
        setting.low - 1,
        setting.high + 1,
        float("nan"),
        float("inf"),
        True,
        "1",
        None,
        [1],
        10**400,
    ):
        with pytest.raises(ExperimentError) as caught:
            Experiment().replace(path, value)
        assert path.rsplit(".", 1)[-1] in str(caught.value)


@pytest.mark.parametrize(("section", "registry"), [("optimizer", OPTIMIZERS), ("schedule", SCHEDULES)])
def test_every_option_of_every_entry_can_be_set(section, registry):
    for name, entry in registry.items():
        experiment = Experiment().replace(f"{section}.name", name)
        for option in entry.settings:
            path = f"{section}.options.{option}"
            setting = experiment.fields()[path]
            changed = experiment.replace(path, setting.low)
            assert changed.get(path) == setting.low
            assert changed.replace(path, setting.default) == experiment
            assert experiment.get(path) == setting.default


def test_one_field_of_one_layer_can_be_replaced():
    experiment = Experiment().replace("network.layers.1.units", 3)
    assert experiment.network.layers == (HiddenLayer(), HiddenLayer(3))
    assert experiment.differences(Experiment()) == ("network.layers.1.units",)
    fewer = experiment.replace("network.layers", [HiddenLayer()])
    assert fewer.differences(experiment) == ("network.layers",)


def test_replacing_a_choice_drops_what_no_longer_fits():
    tuned = Experiment().replace("optimizer.options.beta1", 0.5)
    assert tuned.replace("optimizer.name", "sgd").optimizer.options == {}
    smooth = Experiment().replace("loss.name", "bce").replace("loss.label_smoothing", 0.1)
    assert smooth.replace("loss.name", "mse").loss.label_smoothing == 0.0
    assert smooth.replace("data.dataset", "saddle").loss.name == "auto"
    assert smooth.replace("data.dataset", "xor").loss == smooth.loss


def test_a_loss_that_does_not_fit_is_refused():
    with pytest.raises(ExperimentError, match=r"loss\.name cannot be 'hinge': saddle is regression"):
        Experiment().replace("data.dataset", "saddle").replace("loss.name", "hinge")
    with pytest.raises(ExperimentError, match=r"loss\.label_smoothing cannot be 0\.1: mse has no"):
        Experiment().replace("loss.name", "mse").replace("loss.label_smoothing", 0.1)


def test_unknown_paths_are_refused():
    for path in ("optimizer", "network.layers.2.units", "optimizer.options.momentum", "", "data.dataset.x"):
        for act in (Experiment().get, lambda path: Experiment().replace(path, 1)):
            with pytest.raises(ExperimentError, match="There is no setting"):
                act(path)


def test_sections_are_checked_when_built():
    with pytest.raises(ExperimentError, match="data cannot be"):
        Experiment(data=3)
    with pytest.raises(ExperimentError, match=r"network\.layers\.units cannot be 0: choose a whole number"):
        HiddenLayer(0)
    with pytest.raises(ExperimentError, match="each once"):
        Experiment().replace("features.inputs", ["x", "x"])


def test_equal_experiments_hash_alike():
    pair = [Experiment().replace("optimizer.options.beta1", 0.8) for _ in range(2)]
    assert hash(pair[0]) == hash(pair[1])
    assert pair[0] == pair[1]
    assert settings_of(Experiment)["seed"].default == 0
