"""Optimizers: steps by hand, convergence, weight decay, snapshots."""

import copy
import math
import pickle

import numpy as np
import pytest

from playground.nn import OPTIMIZERS, Optimizer
from tests.nn.formulas import value

W0, G1, G2 = 1.0, 0.5, -0.2


def root(value: float) -> float:
    return math.sqrt(value)


def nadam_by_hand() -> tuple[float, float]:
    mu = [0.9 * (1.0 - 0.5 * 0.96 ** (t * 4e-3)) for t in (1, 2, 3)]
    m1, v1 = 0.1 * G1, 0.001 * G1**2
    divisor = root(v1 / (1 - 0.999)) + 1e-8
    w1 = W0 - 0.1 * (mu[1] * m1 / (1 - mu[0] * mu[1]) + (1 - mu[0]) * G1 / (1 - mu[0])) / divisor
    m2, v2 = 0.9 * m1 + 0.1 * G2, 0.999 * v1 + 0.001 * G2**2
    divisor = root(v2 / (1 - 0.999**2)) + 1e-8
    product = mu[0] * mu[1]
    w2 = w1 - 0.1 * (mu[2] * m2 / (1 - product * mu[2]) + (1 - mu[1]) * G2 / (1 - product)) / divisor
    return w1, w2


def adam_by_hand(*, shrink: float = 0.0, keep_largest: bool = False) -> tuple[float, float]:
    m1, v1 = 0.1 * G1, 0.001 * G1**2
    w1 = W0 * (1 - shrink) - 0.1 * (m1 / 0.1) / (root(v1 / 0.001) + 1e-8)
    m2, v2 = 0.9 * m1 + 0.1 * G2, 0.999 * v1 + 0.001 * G2**2
    v2 = max(v1, v2) if keep_largest else v2
    w2 = w1 * (1 - shrink) - 0.1 * (m2 / (1 - 0.81)) / (root(v2 / (1 - 0.999**2)) + 1e-8)
    return w1, w2


def amsgrad_after_one_gradient(gradient: float, steps: int) -> float:
    """From 1 with the default rate 0.001: one gradient, then zeros."""
    w = 1.0
    for t in range(1, steps + 1):
        mean = 0.1 * gradient * 0.9 ** (t - 1) / (1 - 0.9**t)
        w -= 0.001 * mean / (root(0.001 * gradient**2 / (1 - 0.999**t)) + 1e-8)
    return w


def adadelta_by_hand() -> tuple[float, float]:
    s1 = 0.1 * G1**2
    d1 = G1 * root(1e-6) / root(s1 + 1e-6)
    u1 = 0.1 * d1**2
    s2 = 0.9 * s1 + 0.1 * G2**2
    d2 = G2 * root(u1 + 1e-6) / root(s2 + 1e-6)
    return W0 - 0.1 * d1, W0 - 0.1 * d1 - 0.1 * d2


def rmsprop_by_hand() -> tuple[float, float]:
    s1 = 0.01 * G1**2
    s2 = 0.99 * s1 + 0.01 * G2**2
    w1 = W0 - 0.1 * G1 / (root(s1) + 1e-8)
    return w1, w1 - 0.1 * G2 / (root(s2) + 1e-8)


def adagrad_by_hand() -> tuple[float, float]:
    w1 = W0 - 0.1 * G1 / (root(G1**2) + 1e-10)
    return w1, w1 - 0.1 * G2 / (root(G1**2 + G2**2) + 1e-10)


BY_HAND = {  # w after gradient G1, then after G2, from W0, with lr 0.1 and otherwise defaults
    "sgd": (0.95, 0.97),
    "momentum": (0.95, 0.95 - 0.1 * (0.45 - 0.2)),
    "nesterov": (1 - 0.1 * (0.5 + 0.45), 0.905 - 0.1 * (-0.2 + 0.9 * 0.25)),
    "adagrad": adagrad_by_hand(),
    "rmsprop": rmsprop_by_hand(),
    "adadelta": adadelta_by_hand(),
    "adam": adam_by_hand(),
    "adamw": adam_by_hand(shrink=0.1 * 0.01),
    "amsgrad": adam_by_hand(keep_largest=True),
    "nadam": nadam_by_hand(),
    "lion": (0.9, 1.0),  # against the signs of 0.1 G1 > 0, then of 0.9 (0.01 G1) + 0.1 G2 < 0
}


@pytest.mark.parametrize("name", BY_HAND)
def test_two_steps_by_hand(name):
    params, optimizer = np.array([W0]), OPTIMIZERS[name](1, lr=0.1)
    for gradient, expected in zip((G1, G2), BY_HAND[name], strict=True):
        grads = np.array([gradient])
        optimizer.step(params, grads)
        assert params[0] == pytest.approx(expected, rel=1e-13)
        assert grads[0] == gradient
    assert optimizer.t == 2


@pytest.mark.parametrize("decayed", [True, False])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_steps_are_those_of_the_formula(name, decayed):
    """w and slots after each step, from those before it."""
    optimizer, params = OPTIMIZERS[name](1, lr=0.1, decay_mask=np.array([decayed])), np.array([W0])
    settings = {setting: getattr(optimizer, setting) for setting in optimizer.settings}
    rates = {"lr": 0.1, "weight_decay": optimizer.weight_decay}
    for t, gradient in enumerate((G1, G2, 0.0, 3.0), start=1):
        names = {**settings, **rates, "t": t, "g": gradient, "w": params[0]}
        names |= {slot: values[0] for slot, values in optimizer.slots.items()}
        names |= {carried: getattr(optimizer, carried) for carried in optimizer.carried}
        optimizer.step(params, np.array([gradient]))
        for changes, expression in optimizer.formula_for(settings, decayed=decayed):
            names[changes] = value(expression, **names)
        assert params[0] == pytest.approx(names["w"], rel=1e-13)
        for slot in optimizer.slots_in_use:
            assert optimizer.slots[slot][0] == pytest.approx(names[slot], rel=1e-13)


def test_amsgrad_divides_by_the_largest_square_so_far():
    optimizer, params = OPTIMIZERS["amsgrad"](1), np.ones(1)
    for gradient in (3.0, 0.0, 0.0):
        optimizer.step(params, np.array([gradient]))
    assert optimizer.slots["square"][0] == pytest.approx(0.009 * 0.999**2)
    assert optimizer.slots["largest"][0] == pytest.approx(0.009)
    assert params[0] == pytest.approx(amsgrad_after_one_gradient(3.0, 3))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_settings_are_consistent(name):
    kind = OPTIMIZERS[name]
    optimizer = kind(3)
    assert set(optimizer.slots_in_use) <= set(optimizer.slots) == set(kind.slot_words)
    for setting, (label, text, low, high, default) in kind.settings.items():
        assert getattr(optimizer, setting) == default
        assert low <= default <= high
        assert label
        assert text.endswith(".")


def parabola(w: np.ndarray) -> tuple[float, np.ndarray]:
    scale = np.array([1.0, 10.0])
    return float((scale * w * w).sum()), 2.0 * scale * w


def rosenbrock(w: np.ndarray) -> tuple[float, np.ndarray]:
    x, y = w
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2, np.array(
        [-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)]
    )


CONVERGENCE = {  # name: (rate, last value allowed) on the parabola in 300 steps, then on Rosenbrock in 3000
    "sgd": ((0.05, 1e-10), (1e-3, 0.2)),
    "momentum": ((0.02, 1e-10), (5e-4, 1e-3)),
    "nesterov": ((0.02, 1e-10), (5e-4, 1e-3)),
    "adagrad": ((1.0, 1e-10), (0.5, 0.05)),
    "rmsprop": ((0.01, 1e-2), (1e-3, 0.5)),
    "adadelta": ((2.0, 1e-10), (1.0, 0.5)),
    "adam": ((0.1, 1e-8), (0.05, 1e-10)),
    "adamw": ((0.1, 1e-4), (0.05, 1e-2)),
    "amsgrad": ((0.1, 1e-4), (0.05, 1e-2)),
    "nadam": ((0.1, 1e-10), (0.02, 1e-3)),
    "lion": ((0.01, 1e-2), (1e-3, 0.5)),
}


@pytest.mark.parametrize("name", CONVERGENCE)
@pytest.mark.parametrize(
    ("problem", "start", "steps"), [(parabola, (1.0, 1.0), 300), (rosenbrock, (-1.0, 1.5), 3000)]
)
def test_converges(name, problem, start, steps):
    lr, allowed = CONVERGENCE[name][problem is rosenbrock]
    w, optimizer = np.array(start), OPTIMIZERS[name](2, lr=lr)
    for _ in range(steps):
        optimizer.step(w, problem(w)[1])
    assert problem(w)[0] <= allowed


def run(optimizer: Optimizer, params: np.ndarray, steps: int, *, seed: int = 0) -> None:
    rng = np.random.default_rng(seed)
    for _ in range(steps):
        optimizer.step(params, rng.standard_normal(params.shape))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_snapshot_is_a_copy_and_brings_everything_back(name):
    optimizer, params = OPTIMIZERS[name](4, lr=0.1), np.ones(4)
    run(optimizer, params, 3)
    snapshot, at = optimizer.snapshot(), params.copy()
    run(optimizer, params, 5, seed=1)
    optimizer.lr = 7.0
    optimizer.restore(snapshot)
    again = at.copy()
    run(optimizer, again, 5, seed=1)
    np.testing.assert_array_equal(again, params)
    optimizer.restore(snapshot)
    twin = OPTIMIZERS[name](4)
    twin.restore(snapshot)
    assert (twin.t, twin.lr) == (3, 0.1)
    for slot in optimizer.slots:
        assert not np.shares_memory(optimizer.slots[slot], snapshot.slots[slot])
    run(twin, at, 5, seed=1)
    np.testing.assert_array_equal(at, params)


@pytest.mark.parametrize("how", [copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_copies_go_on_alike(name, how):
    optimizer, params = OPTIMIZERS[name](4, weight_decay=0.1), np.ones(4)
    run(optimizer, params, 3)
    twin, at = how(optimizer), params.copy()
    run(twin, at, 5, seed=1)
    run(optimizer, params, 5, seed=1)
    np.testing.assert_array_equal(at, params)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_weight_decay_touches_what_the_mask_marks(name):
    mask = np.array([True, False])
    plain, masked, everywhere = np.full(2, 3.0), np.full(2, 3.0), np.full(2, 3.0)
    grads = np.array([0.5, 0.5])
    OPTIMIZERS[name](2, lr=0.1, weight_decay=0.0).step(plain, grads)
    optimizers = [OPTIMIZERS[name](2, lr=0.1, weight_decay=0.2, decay_mask=m) for m in (mask, None)]
    for _ in range(2):  # a first step of adagrad and its kind sees the gradient's sign only
        for optimizer, params in zip(optimizers, (masked, everywhere), strict=True):
            optimizer.step(params, grads)
    assert masked[0] == everywhere[0]
    untouched = np.full(2, 3.0)
    reference = OPTIMIZERS[name](2, lr=0.1, weight_decay=0.0)
    for _ in range(2):
        reference.step(untouched, grads)
    assert masked[1] == untouched[1]
    if OPTIMIZERS[name].decoupled:
        assert masked[0] < untouched[0]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_settings_may_change_in_mid_run(name):
    """Changing the rate to 0 stops the parameters; changing it back goes on."""
    optimizer, params = OPTIMIZERS[name](3, lr=0.1), np.ones(3)
    run(optimizer, params, 2)
    held = params.copy()
    optimizer.lr = 0.0
    run(optimizer, params, 2)
    np.testing.assert_array_equal(params, held)
    optimizer.lr = 0.1
    run(optimizer, params, 1)
    assert (params != held).all()


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("adam", {"beta1": 1.0}, "Adam: beta1 = 1.0 is not a number from 0 to 0.9999"),
        ("adam", {"momentum": 0.5}, "Adam: setting 'momentum' is unknown; it has beta1, beta2, eps"),
        ("sgd", {"momentum": 0.5}, "it has none"),
        ("sgd", {"lr": -1.0}, "SGD: lr = -1.0"),
        ("sgd", {"lr": float("nan")}, "SGD: lr = nan"),
        ("adamw", {"weight_decay": float("inf")}, "AdamW: weight_decay = inf"),
        ("sgd", {"decay_mask": np.ones(2, bool)}, r"decay_mask has shape \(2,\)"),
    ],
)
def test_errors_are_one_sentence(name, options, message):
    with pytest.raises(ValueError, match=message):
        OPTIMIZERS[name](3, **options)
