"""PyTorch as the oracle: the same numbers in float64, to 1e-10, over 50 steps."""

import numpy as np
import pytest

from playground.nn import (
    ACTIVATIONS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    Activation,
    BatchNorm,
    Dense,
    LayerNorm,
    Network,
    Residual,
)
from tests.nn.formulas import targets_for
from tests.oracle import oracle

torch = oracle("torch")
functional = torch.nn.functional

STEPS = 50
CLOSE = {"rtol": 1e-10, "atol": 1e-10}

INEXACT = {"hard_sigmoid": "functional.relu6(z + 3.0) / 6.0"}  # Hardsigmoid's slope is a float32 1/6

TORCH_LOSSES = {
    "mse": functional.mse_loss,
    "half_mse": lambda p, t: 0.5 * functional.mse_loss(p, t),
    "mae": functional.l1_loss,
    "huber": functional.huber_loss,
    "log_cosh": lambda p, t: torch.log(torch.cosh(p - t)).mean(),
    "bce": functional.binary_cross_entropy_with_logits,
    "cross_entropy": functional.cross_entropy,
    "hinge": lambda p, t: torch.clamp(1.0 - t * p, min=0.0).mean(),
    "squared_hinge": lambda p, t: (torch.clamp(1.0 - t * p, min=0.0) ** 2).mean(),
}

TORCH_OPTIMIZERS = {
    "sgd": torch.optim.SGD,
    "momentum": lambda params, **named: torch.optim.SGD(params, **{"momentum": 0.9} | named),
    "nesterov": lambda params, **named: torch.optim.SGD(params, **{"momentum": 0.9} | named, nesterov=True),
    "adagrad": torch.optim.Adagrad,
    "rmsprop": torch.optim.RMSprop,
    "adadelta": torch.optim.Adadelta,
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
    "amsgrad": lambda params, **named: torch.optim.Adam(params, amsgrad=True, **named),
    "nadam": torch.optim.NAdam,
}

OTHER_SETTINGS = {
    "sgd": {"lr": 0.1},
    "momentum": {"lr": 0.05, "momentum": 0.7},
    "nesterov": {"lr": 0.05, "momentum": 0.7},
    "adagrad": {"lr": 0.1, "lr_decay": 0.1, "eps": 1e-4},
    "rmsprop": {"lr": 0.02, "alpha": 0.8, "momentum": 0.5, "eps": 1e-4},
    "adadelta": {"lr": 3.0, "rho": 0.7, "eps": 1e-3},
    "adam": {"lr": 0.05, "beta1": 0.7, "beta2": 0.9, "eps": 1e-3},
    "adamw": {"lr": 0.05, "beta1": 0.7, "beta2": 0.9, "eps": 1e-3, "weight_decay": 0.3},
    "amsgrad": {"lr": 0.05, "beta1": 0.7, "beta2": 0.5, "eps": 1e-3},
    "nadam": {"lr": 0.05, "beta1": 0.7, "beta2": 0.9, "eps": 1e-3, "momentum_decay": 0.1},
}


@pytest.fixture(autouse=True)
def double_precision():
    """NAdam keeps its product of momenta in the default dtype, whatever the parameters' own."""
    before = torch.get_default_dtype(), torch.get_num_threads()
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    yield
    torch.set_default_dtype(before[0])
    torch.set_num_threads(before[1])


def test_nothing_that_pytorch_has_is_left_out():
    assert set(TORCH_LOSSES) <= set(LOSSES)
    assert set(TORCH_OPTIMIZERS) == set(OTHER_SETTINGS) <= set(OPTIMIZERS)
    unlike = {OPTIMIZERS[name].label.casefold() for name in OPTIMIZERS.keys() - TORCH_OPTIMIZERS}
    assert not unlike & {name.casefold() for name in dir(torch.optim)}, "PyTorch has it: compare them."


def torch_activation(name: str):
    """What the export writes for an activation, as a function of a tensor."""
    code = INEXACT.get(name, ACTIVATIONS[name].torch)
    found = eval(f"lambda z: {code}", {"torch": torch, "nn": torch.nn, "functional": functional})
    module = found(torch.zeros(1))
    return module if isinstance(module, torch.nn.Module) else found


def torch_optimizer(name: str, params: list, settings: dict[str, float]):
    """PyTorch's optimizer with our setting names; beta1 and beta2 are a pair there."""
    named = dict(settings)
    if "beta1" in named:
        named["betas"] = (named.pop("beta1"), named.pop("beta2"))
    return TORCH_OPTIMIZERS[name](params, **named)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_activations(name):
    z = np.concatenate([np.linspace(-30.0, 30.0, 2001), [-3.0, -1.0, 0.0, 1.0, 3.0]])
    x = torch.tensor(z, requires_grad=True)
    expected = torch_activation(name)(x)
    expected.sum().backward()
    y = ACTIVATIONS[name].value(z)
    np.testing.assert_allclose(y, expected.detach().numpy(), **CLOSE)
    np.testing.assert_allclose(ACTIVATIONS[name].derivative(z, y), x.grad.numpy(), **CLOSE)


@pytest.mark.parametrize("name", TORCH_LOSSES)
def test_losses(name):
    rng = np.random.default_rng(0)
    for shape in ((1, 1), (10, 1), (16, 5)):
        p, t = rng.normal(0.0, 3.0, shape), targets_for(name, rng, shape)
        prediction = torch.tensor(p, requires_grad=True)
        expected = TORCH_LOSSES[name](prediction, torch.tensor(t))
        expected.backward()
        value, d = LOSSES[name](p, t)
        assert value == pytest.approx(expected.item(), rel=1e-12)
        np.testing.assert_allclose(d, prediction.grad.numpy(), rtol=1e-12, atol=1e-15)


def test_label_smoothing_is_pytorchs():
    rng = np.random.default_rng(0)
    p, classes = rng.normal(0.0, 3.0, (16, 5)), rng.integers(0, 5, 16)
    for t in (classes, np.eye(5)[classes]):
        expected = functional.cross_entropy(torch.tensor(p), torch.tensor(t), label_smoothing=0.2)
        assert LOSSES["cross_entropy"](p, t, label_smoothing=0.2)[0] == pytest.approx(
            expected.item(), rel=1e-12
        )


@pytest.mark.parametrize("weight_decay", [None, 0.1])
@pytest.mark.parametrize("other", [False, True])
@pytest.mark.parametrize("name", TORCH_OPTIMIZERS)
def test_optimizers(name, other, weight_decay):
    """50 steps on noisy gradients that depend on the parameters, so that any difference grows."""
    settings = dict(OTHER_SETTINGS[name]) if other else {}
    if weight_decay is not None:
        settings["weight_decay"] = weight_decay
    rng = np.random.default_rng(1)
    ours = rng.standard_normal(20)
    theirs = torch.tensor(ours.copy(), requires_grad=True)
    optimizer, reference = OPTIMIZERS[name](20, **settings), torch_optimizer(name, [theirs], settings)
    for _ in range(STEPS):
        noise = rng.standard_normal(20)
        theirs.grad = torch.tensor(np.sin(3.0 * theirs.detach().numpy()) + noise)
        optimizer.step(ours, np.sin(3.0 * ours) + noise)
        reference.step()
        np.testing.assert_allclose(ours, theirs.detach().numpy(), **CLOSE)


def layer_pair(ours: Dense, theirs) -> None:
    """Give PyTorch's layer our parameters."""
    with torch.no_grad():
        theirs.weight.copy_(torch.tensor(ours.W.T.copy()))
        theirs.bias.copy_(torch.tensor(ours.b.copy()))


def linear_layers(model) -> list:
    return [module for module in model.modules() if isinstance(module, torch.nn.Linear)]


def check_trajectory(
    network: Network, model, *, loss: str, optimizer: str, x: np.ndarray, t: np.ndarray
) -> None:
    """Train both for 50 mini-batches of 10 and compare losses and weights after every step."""
    for ours, theirs in zip(network.weight_layers, linear_layers(model), strict=True):
        layer_pair(ours, theirs)
    our_optimizer = OPTIMIZERS[optimizer](network.params.size, lr=0.01)
    their_optimizer = torch_optimizer(optimizer, list(model.parameters()), {"lr": 0.01})
    for step in range(STEPS):
        rows = np.arange(10 * step, 10 * step + 10) % len(x)
        value, d = LOSSES[loss](network.forward(x[rows], True), t[rows])
        network.backward_parameters(d)
        our_optimizer.step(network.params, network.grads)
        their_optimizer.zero_grad()
        expected = TORCH_LOSSES[loss](model(torch.tensor(x[rows])), torch.tensor(t[rows]))
        expected.backward()
        their_optimizer.step()
        assert value == pytest.approx(expected.item(), rel=1e-10, abs=1e-10)
        for ours, theirs in zip(network.weight_layers, linear_layers(model), strict=True):
            np.testing.assert_allclose(ours.W, theirs.weight.detach().numpy().T, **CLOSE)
            np.testing.assert_allclose(ours.b, theirs.bias.detach().numpy(), **CLOSE)


def perceptron(activation: str, outputs: int) -> tuple[Network, object]:
    """A 2-8-8-K network of ours and one of PyTorch's."""
    layers = [Dense(8), Activation(activation), Dense(8), Activation(activation), Dense(outputs)]
    function = torch_activation(activation)

    class Model(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.linear = torch.nn.ModuleList(
                [torch.nn.Linear(*sizes, dtype=torch.float64) for sizes in ((2, 8), (8, 8), (8, outputs))]
            )

        def forward(self, x):
            for layer in self.linear[:-1]:
                x = function(layer(x))
            return self.linear[-1](x)

    return Network(layers, 2, seed=3), Model()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_network_with_every_activation(activation):
    rng = np.random.default_rng(2)
    x = rng.standard_normal((70, 2))
    network, model = perceptron(activation, 1)
    check_trajectory(network, model, loss="bce", optimizer="adam", x=x, t=(x[:, :1] * x[:, 1:] > 0) * 1.0)


@pytest.mark.parametrize("loss", TORCH_LOSSES)
def test_network_with_every_loss(loss):
    rng = np.random.default_rng(2)
    network, model = perceptron("tanh", 3)
    x = rng.standard_normal((70, 2))
    check_trajectory(network, model, loss=loss, optimizer="adam", x=x, t=targets_for(loss, rng, (70, 3)))


@pytest.mark.parametrize("optimizer", TORCH_OPTIMIZERS)
def test_network_with_every_optimizer(optimizer):
    rng = np.random.default_rng(2)
    network, model = perceptron("tanh", 3)
    x = rng.standard_normal((70, 2))
    check_trajectory(network, model, loss="cross_entropy", optimizer=optimizer, x=x, t=rng.integers(0, 3, 70))


class Skip(torch.nn.Module):
    """x + f(x)."""

    def __init__(self, *inner) -> None:
        super().__init__()
        self.inner = torch.nn.Sequential(*inner)

    def forward(self, x):
        return x + self.inner(x)


def test_network_with_normalization_and_skip():
    nn, rng = torch.nn, np.random.default_rng(2)
    inner = [Dense(6), LayerNorm(), Activation("silu")]
    network = Network([Dense(6), BatchNorm(), Activation("gelu"), Residual(inner), Dense(2)], 2, seed=3)
    skip = Skip(nn.Linear(6, 6), nn.LayerNorm(6), nn.SiLU())
    model = nn.Sequential(nn.Linear(2, 6), nn.BatchNorm1d(6), nn.GELU(), skip, nn.Linear(6, 2)).double()
    x = rng.standard_normal((70, 2))
    check_trajectory(network, model, loss="mse", optimizer="momentum", x=x, t=rng.standard_normal((70, 2)))
    norm = network.layers[1]
    np.testing.assert_allclose(norm.running_mean, model[1].running_mean.numpy(), **CLOSE)
    np.testing.assert_allclose(norm.running_var, model[1].running_var.numpy(), **CLOSE)
    model.eval()
    np.testing.assert_allclose(network.forward(x), model(torch.tensor(x)).detach().numpy(), **CLOSE)


def torch_factors(make, epochs: int) -> list[float]:
    """The learning rates of a PyTorch schedule with base rate 1, before each epoch."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule, factors = make(optimizer), []
    for _ in range(epochs):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return factors


def test_schedules():
    kinds = torch.optim.lr_scheduler
    cases = {
        "step": ({"period": 7, "gamma": 0.3}, lambda o: kinds.StepLR(o, 7, 0.3)),
        "exponential": ({"gamma": 0.9}, lambda o: kinds.ExponentialLR(o, 0.9)),
        "cosine": ({"horizon": 40, "floor": 0.1}, lambda o: kinds.CosineAnnealingLR(o, 40, 0.1)),
        "one_cycle": ({"horizon": 39}, lambda o: kinds.OneCycleLR(o, 1.0, 40, pct_start=(0.3 * 39 + 1) / 40)),
    }
    for name, (named, make) in cases.items():
        factors = [SCHEDULES[name](**named).factor(epoch) for epoch in range(39)]
        np.testing.assert_allclose(factors, torch_factors(make, 39), **CLOSE)


def test_reduce_on_plateau():
    losses = np.random.default_rng(0).random(60)
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    reference = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.5, patience=3, min_lr=0.01)
    schedule = SCHEDULES["reduce_on_plateau"](gamma=0.5, patience=3, floor=0.01)
    for loss in losses:
        schedule.observe(loss)
        reference.step(loss)
        assert schedule.factor(0.0) == pytest.approx(optimizer.param_groups[0]["lr"], rel=1e-12)
