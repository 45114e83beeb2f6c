"""Runs by TensorFlow Playground's rules: its recordings, what a page may change about them, going back."""

import json
from pathlib import Path

import numpy as np
import pytest

from playground.datasets import TF_PLAYGROUND_RULES
from playground.nn import LOSSES, OPTIMIZERS
from playground.training import Experiment, HiddenLayer, Trainer
from playground.training.rules import tf_train_count
from tests.training.common import changed
from tests.training.tf_oracle import INPUTS, oracle_losses

RUNS = json.loads((Path(__file__).parents[1] / "data" / "tf_playground_runs.json").read_text())
IDS = [f"{run['kind']}-{run['act']}-{run['batch']}-{run['reg']}-{run['noise']}" for run in RUNS]


def link_of(run, **values):
    """The link that a recorded run was opened with."""
    regression = run["kind"].startswith("reg-")
    keys = {
        "activation": run["act"],
        "batchSize": run["batch"],
        "regDataset" if regression else "dataset": run["kind"],
        "learningRate": run["lr"],
        "regularization": run["reg"] or "none",
        "regularizationRate": run["rate"],
        "noise": run["noise"],
        "networkShape": ",".join(map(str, run["shape"])),
        "seed": run["seed"],
        "percTrainData": run["perc"],
        "problem": "regression" if regression else "classification",
        **{name: str(name in run["feats"]).lower() for name in ("x", "y", "xSquared", "sinY")},
        **values,
    }
    return "https://playground.tensorflow.org/#" + "&".join(f"{key}={value}" for key, value in keys.items())


@pytest.mark.parametrize("run", RUNS, ids=IDS)
def test_recorded_run(run):
    """Every recorded epoch, to all four decimals: the ReLU run too stays exact to its end."""
    trainer = Trainer(Experiment.from_tf_playground(link_of(run)))
    x, y, label = run["first"]
    np.testing.assert_allclose(trainer.train_data.x[0], [x, y], rtol=0.0, atol=0.51e-4)
    target = trainer.task.targets(trainer.train_data.y)[0, 0]
    assert target == pytest.approx(label, abs=0.51e-4)
    trainer.train(epochs=max(map(int, run["loss"])))
    for epoch, losses in run["loss"].items():
        metrics = trainer.history[int(epoch)].metrics
        assert [round(metrics[name], 4) for name in ("train_loss", "test_loss")] == losses


def random_keys(rng):
    """A link's keys with a value each, drawn from what the original's page offers."""
    on = rng.random(len(INPUTS)) < 0.4
    on[rng.integers(len(INPUTS))] = True
    return {
        **dict(zip(INPUTS, on.tolist(), strict=True)),
        "activation": str(rng.choice(["tanh", "relu", "sigmoid", "linear"])),
        "batchSize": int(rng.integers(1, 31)),
        "problem": str(rng.choice(["classification", "regression"])),
        "dataset": str(rng.choice(["circle", "xor", "gauss", "spiral"])),
        "regDataset": str(rng.choice(["reg-plane", "reg-gauss"])),
        "learningRate": float(rng.choice([0.001, 0.003, 0.01, 0.03])),
        "regularization": str(rng.choice(["none", "L1", "L2"])),
        "regularizationRate": float(rng.choice([0.001, 0.01, 0.1, 1.0])),
        "noise": int(rng.integers(0, 11)) * 5,
        "networkShape": rng.integers(1, 9, rng.integers(0, 4)).tolist(),
        "seed": f"{rng.random():.5f}",
        "percTrainData": int(rng.integers(1, 10)) * 10,
        "initZero": bool(rng.random() < 0.1),
    }


@pytest.mark.parametrize("number", range(20))
def test_any_link_goes_as_the_plain_engine_does(number):
    keys = random_keys(np.random.default_rng(number))
    shape = {"networkShape": ",".join(map(str, keys["networkShape"]))}
    texts = {name: str(value).lower() if isinstance(value, bool) else value for name, value in keys.items()}
    link = "#" + "&".join(f"{name}={value}" for name, value in (texts | shape).items())
    trainer = Trainer(Experiment.from_tf_playground(link))
    expected = oracle_losses(keys, epochs=2)
    trainer.train(epochs=2)
    losses = [[frame.metrics[name] for name in ("train_loss", "test_loss")] for frame in trainer.history]
    np.testing.assert_allclose(losses, expected[: len(losses)], rtol=1e-9)
    assert len(losses) == 3 or not np.isfinite(expected[len(losses)]).all()


def test_an_imported_run_travels_in_our_own_links_and_json():
    for run in RUNS:
        experiment = Experiment.from_tf_playground(link_of(run))
        query = experiment.to_query()
        assert query["rules"] == "tf_playground"
        assert Experiment.from_query(query) == experiment
        assert Experiment.from_json(experiment.to_json()) == experiment


LINK = "#seed=0.59704&dataset=circle&networkShape=3"
CHANGES = {
    "data.noise": (0.25, "&noise=25"),
    "data.train_share": (0.3, "&percTrainData=30"),
    "data.dataset": ("spiral", "&dataset=spiral"),
    "data.dataset ": ("reg-gauss", "&problem=regression&regDataset=reg-gauss"),
    "features.inputs": (("x", "x_squared"), "&y=false&xSquared=true"),
    "network.layers": ((HiddenLayer(3, "tanh"),) * 2, "&networkShape=3,3"),
    "network.layers.0.units": (5, "&networkShape=5"),
    "network.layers.0.activation": ("relu", "&activation=relu"),
    "network.initializer": ("zeros", "&initZero=true"),
    "optimizer.lr": (0.1, "&learningRate=0.1"),
    "regularization.l1": (0.01, "&regularization=L1&regularizationRate=0.01"),
    "regularization.l2": (0.01, "&regularization=L2&regularizationRate=0.01"),
    "batch_size": (30, "&batchSize=30"),
    "rules.seed": ("0.1", "&seed=0.1"),
}


@pytest.mark.parametrize("path", CHANGES)
def test_a_control_changes_an_imported_run_as_the_original_would(path):
    value, more = CHANGES[path]
    experiment = Experiment.from_tf_playground(LINK)
    assert experiment.replace(path.strip(), value) == Experiment.from_tf_playground(LINK + more)


def test_the_number_of_points_goes_with_the_kind_of_data_unless_it_was_set():
    there = Experiment.from_tf_playground(LINK).replace("data.dataset", "reg-plane")
    assert there.data.n == 1200
    assert there.replace("data.dataset", "xor").data.n == 500
    mine = there.replace("data.n", 300)
    assert mine.replace("data.dataset", "xor").data.n == 300
    assert Experiment().replace("data.dataset", "reg-plane").data.n == 500


def test_every_share_cuts_where_the_original_cuts():
    for n in (500, 1200):
        for tenths in range(100, 901):
            percent = float(f"{tenths / 10}")
            assert tf_train_count(n, percent / 100.0) == int(n * percent / 100.0)
    assert tf_train_count(3, 0.1) == 1
    assert tf_train_count(2, 0.9) == 1


def test_points_split_and_weights_follow_their_own_seed_alone():
    experiment = Experiment.from_tf_playground(LINK)
    first, same = Trainer(experiment), Trainer(experiment.replace("seed", 5))
    np.testing.assert_array_equal(first.network.params, same.network.params)
    np.testing.assert_array_equal(first.train_data.x, same.train_data.x)
    other = Trainer(experiment.reseeded(5))
    assert not np.array_equal(first.network.params, other.network.params)
    assert not np.array_equal(first.train_data.x, other.train_data.x)


def test_reseeding():
    experiment = Experiment.from_tf_playground(LINK)
    again = experiment.reseeded(1_234_567_890)
    assert again.differences(experiment) == ("seed", "rules.seed")
    assert again.rules.seed == "0.57489"
    assert Experiment().reseeded(7) == Experiment().replace("seed", 7)


def test_points_left_over_join_the_next_epochs_first_update():
    """Against the original's own bookkeeping: gradients added up point by point, applied every 7 points."""
    experiment = changed(Experiment.from_tf_playground(LINK), data__n=50, batch_size=7)
    trainer = Trainer(experiment)
    assert trainer.updates_per_epoch == 3
    inputs, targets = trainer.task.features(trainer.train_data.x), trainer.task.targets(trainer.train_data.y)
    network = Trainer(experiment).network
    total, count = 0.0, 0
    for epoch in range(1, 5):
        for i in range(25):
            network.backward(LOSSES["half_mse"](network.forward(inputs[[i]]), targets[[i]])[1])
            total, count = total + network.grads, count + 1
            if (i + 1) % 7 == 0:
                network.params[:] -= 0.03 * total / count
                total, count = 0.0, 0
        assert trainer.train(epochs=1).epoch == epoch
        np.testing.assert_allclose(trainer.network.params, network.params, rtol=0.0, atol=1e-14)


def test_a_shuffled_run_sees_every_point_once_an_epoch():
    experiment = changed(Experiment.from_tf_playground(LINK), data__n=50, batch_size=7, shuffle=True)
    trainer = Trainer(experiment)
    seen, loss = [], trainer.objective._loss
    trainer.objective._loss = lambda outputs, targets: (seen.append(len(targets)), loss(outputs, targets))[1]
    trainer.train(epochs=3)
    assert seen == [7, 7, 7, 11, 7, 7, 11, 7, 7]


DYING = changed(
    Experiment.from_tf_playground(LINK),
    data__n=60,
    batch_size=7,
    regularization__l1=0.03,
    optimizer__lr=0.3,
)


def dead(trainer):
    return int(trainer.objective.memory()["dead"].sum())


def test_a_weight_that_l1_takes_across_0_is_dead_for_good():
    trainer = Trainer(DYING)
    trainer.train(epochs=30)
    gone = trainer.objective.memory()["dead"].copy()
    assert 0 < gone.sum() < trainer.network.decay_mask.sum()
    assert not gone[~trainer.network.decay_mask].any()
    trainer.update_settings(changed(DYING, regularization__l1=0.0, regularization__l2=0.01))
    trainer.train(epochs=5)
    np.testing.assert_array_equal(trainer.network.params[gone], 0.0)
    assert dead(trainer) == gone.sum()


def test_penalties_are_not_part_of_the_measured_gradient():
    plain = DYING.replace("regularization.l1", 0.0)
    for experiment in (DYING, plain.replace("regularization.l2", 1.0)):
        run, free = Trainer(experiment), Trainer(plain)
        assert run.frame.gradient_norms == free.frame.gradient_norms
        assert run.train(updates=1).gradient_norms == free.train(updates=1).gradient_norms
        assert not np.array_equal(run.network.params, free.network.params)


def test_l2_by_hand():
    before = Trainer(DYING).network.params.copy()
    free = Trainer(DYING.replace("regularization.l1", 0.0))
    pulled = Trainer(changed(DYING, regularization__l1=0.0, regularization__l2=0.5))
    for run in (free, pulled):
        run.train(updates=1)
    pull = 0.3 * 0.5 * before * free.network.decay_mask
    np.testing.assert_allclose(pulled.network.params, free.network.params - pull, rtol=0.0, atol=1e-15)


RESTORED = {
    "l1": DYING,
    "l2": changed(DYING, regularization__l1=0.0, regularization__l2=0.1),
    "both, shuffled, adam": changed(
        DYING,
        regularization__l1=1.0,
        regularization__l2=0.1,
        shuffle=True,
        optimizer__name="adam",
        optimizer__lr=0.05,
    ),
    "dropout and noise": changed(
        DYING, network__layers__0__dropout=0.3, regularization__input_noise=0.1, data__label_flips=0.1
    ),
}


@pytest.mark.parametrize("budget", [2**25, 1], ids=["all snapshots", "two snapshots"])
@pytest.mark.parametrize("every", [1, 3, 5])
@pytest.mark.parametrize("name", RESTORED)
def test_restore_replay_and_branch_are_identical(name, every, budget):
    trainer = Trainer(RESTORED[name], history_bytes=budget)
    live = trainer.experiment.replace("regularization.l1", 0.0)
    moments = []
    for experiment in (trainer.experiment, live, trainer.experiment):
        if experiment != trainer.experiment:
            trainer.update_settings(experiment)
        for frame in trainer.advance(30, every=every):
            moments.append((frame, trainer.network.params.copy(), dead(trainer)))
    if name != "l2":
        assert moments[-1][2] > 0
    for i in np.random.default_rng(0).permutation(len(moments))[:12]:
        frame, params, count = moments[i]
        trainer.restore(frame)
        np.testing.assert_array_equal(trainer.network.params, params)
        assert dead(trainer) == count
    start = len(moments) // 6
    trainer.restore(moments[start][0])
    until = 30 - moments[start][0].update
    again = [(frame, trainer.network.params.copy()) for frame in trainer.advance(until, every=every)]
    assert len(again) > 1
    for (frame, params), (old, old_params, _) in zip(again, moments[start + 1 :], strict=False):
        assert frame == old
        np.testing.assert_array_equal(params, old_params)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        *(("data.dataset", name) for name in ("moons", "blobs", "rings", "sine_ridge", *TF_PLAYGROUND_RULES)),
        *(("optimizer.name", name) for name in OPTIMIZERS),
        ("network.initializer", "he_normal"),
        ("network.residual", True),
        ("network.layers", ()),
        ("network.layers.0.normalization", "batch_norm"),
        ("features.standardize", True),
        ("schedule.name", "cosine"),
        ("loss.name", "auto"),
        ("batch_size", 5000),
        ("data.train_share", 0.1),
    ],
)
def test_every_other_setting_works_under_its_rules(path, value):
    experiment = (
        Experiment.from_tf_playground(LINK + "&batchSize=7").replace("data.n", 60).replace(path, value)
    )
    runs = [Trainer(experiment) for _ in range(2)]
    for run in runs:
        run.train(epochs=2)
    assert runs[0].stopped is None
    assert runs[0].frame == runs[1].frame
    assert runs[0].frame.epoch == 2
