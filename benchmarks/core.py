"""Speed of the NumPy core beside PyTorch eager and scikit-learn: `python -m benchmarks.core`.

The same task for everybody: a 2-8-8-1 tanh network, Adam, batches of 10 points in the same order,
float64, one thread. Repeats are interleaved, so that a busy moment of the machine falls on all; ratios
are of medians. PyTorch starts from our weights, and the table says how far the two losses are apart
after one repeat.
"""

import os

os.environ.update(
    OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", MKL_NUM_THREADS="1"
)  # before NumPy is loaded

import importlib.metadata
import importlib.util
import platform
import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np

from playground.datasets import DATASETS
from playground.nn import LOSSES, OPTIMIZERS, Activation, Dense, Network
from playground.training import Experiment, Trainer

REPEATS = 15
BATCH = 10
LEARNING_RATE = 0.01
POINTS = 1000  # 100 updates an epoch
EPOCHS = 2  # of one repeat
GRID = 100
FORWARDS = 20  # of one repeat

Contenders = dict[
    str, Callable[[], float | None]
]  # name -> one repeat; a training repeat returns its last loss


def data() -> tuple[np.ndarray, np.ndarray]:
    """The task: x (POINTS, 2) and y (POINTS,) of 0 and 1, from the page's default dataset."""
    circle = DATASETS["circle"](POINTS, seed=0)
    return circle.x.copy(), circle.y.astype(float)  # a Dataset's arrays are read-only


def grid() -> np.ndarray:
    """(GRID * GRID, 2) points of the square that the boundary is drawn on."""
    side = np.linspace(-6.0, 6.0, GRID)
    return np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)


def network() -> Network:
    """Our 2-8-8-1 tanh network; the loss takes its output as a logit."""
    layers = [Dense(8), Activation("tanh"), Dense(8), Activation("tanh"), Dense(1)]
    return Network(layers, 2, seed=0)


def ours() -> tuple[Contenders, Contenders]:
    """(training, forward) of the core."""
    model = network()
    optimizer = OPTIMIZERS["adam"](model.params.size, lr=LEARNING_RATE)
    loss = LOSSES["bce"]
    x, y = data()
    batches = [(x[i : i + BATCH], y[i : i + BATCH, None]) for i in range(0, POINTS, BATCH)]
    points = grid()

    def train() -> float:
        for _ in range(EPOCHS):
            for inputs, targets in batches:
                value, gradient = loss(model.forward(inputs, train=True), targets)
                model.backward_parameters(gradient)
                optimizer.step(model.params, model.grads)
        return float(value)

    return {"playground.nn": train}, {"playground.nn": lambda: repeat(lambda: model.forward(points))}


def pytorch() -> tuple[Contenders, Contenders]:
    """(training, forward) of PyTorch eager from our weights, with its plain and its fused Adam."""
    import torch

    torch.set_num_threads(1)
    x, y = (torch.from_numpy(array) for array in data())
    batches = [(x[i : i + BATCH], y[i : i + BATCH, None]) for i in range(0, POINTS, BATCH)]
    points = torch.from_numpy(grid())

    def model() -> torch.nn.Sequential:
        nn = torch.nn
        made = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1)).double()
        linears = [layer for layer in made if isinstance(layer, nn.Linear)]
        for linear, dense in zip(linears, network().weight_layers, strict=True):
            linear.weight.data = torch.from_numpy(dense.W.T.copy())
            linear.bias.data = torch.from_numpy(dense.b.copy())
        return made

    def trainer(fused: bool) -> Callable[[], float]:
        trained = model()
        optimizer = torch.optim.Adam(trained.parameters(), lr=LEARNING_RATE, fused=fused)
        loss = torch.nn.BCEWithLogitsLoss()

        def train() -> float:
            for _ in range(EPOCHS):
                for inputs, targets in batches:
                    optimizer.zero_grad()
                    value = loss(trained(inputs), targets)
                    value.backward()
                    optimizer.step()
            return value.item()

        return train

    drawn = model()

    def forward() -> None:
        with torch.no_grad():
            repeat(lambda: drawn(points))

    training = {"PyTorch eager": trainer(fused=False), "PyTorch eager, fused Adam": trainer(fused=True)}
    return training, {"PyTorch eager": forward}


def scikit_learn() -> tuple[Contenders, Contenders]:
    """(training, forward) of scikit-learn's MLPClassifier, from weights of its own."""
    from sklearn.neural_network import MLPClassifier

    x, y = data()
    points = grid()
    model = MLPClassifier(
        (8, 8),
        activation="tanh",
        alpha=0.0,
        batch_size=BATCH,
        learning_rate_init=LEARNING_RATE,
        shuffle=False,
    )
    model.partial_fit(x, y, classes=[0.0, 1.0])  # makes the weights

    def train() -> None:
        for _ in range(EPOCHS):
            model.partial_fit(x, y)  # one epoch; its checks of the input are spread over 100 updates

    return {"scikit-learn": train}, {"scikit-learn": lambda: repeat(lambda: model.predict_proba(points))}


def repeat(call: Callable[[], object]) -> None:
    """Call it FORWARDS times."""
    for _ in range(FORWARDS):
        call()


def measure(contenders: Contenders) -> tuple[dict[str, list[float]], dict[str, float | None]]:
    """Seconds of every repeat and the loss after the first, by name; the contenders take turns."""
    losses = {name: run() for name, run in contenders.items()}  # the first repeat also warms everything up
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(REPEATS):
        for name, run in contenders.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    return seconds, losses


def table(title: str, seconds: dict[str, list[float]], calls: int) -> Iterator[str]:
    """Lines of a table: microseconds of one call, and how many times as long as ours."""
    yield f"{title:<48}{'median us':>10}{'best us':>10}{'x ours':>8}"
    ours = 1e6 * statistics.median(seconds["playground.nn"]) / calls
    for name, taken in seconds.items():
        median, best = 1e6 * statistics.median(taken) / calls, 1e6 * min(taken) / calls
        yield f"  {name:<46}{median:>10.1f}{best:>10.1f}{median / ours:>8.1f}"


def default_run() -> str:
    """How fast the page's default Experiment trains, its frames and snapshots included."""
    epochs = 100
    rates = []
    for _ in range(3):
        trainer = Trainer(Experiment())
        start = time.perf_counter()
        frame = trainer.train(epochs=epochs)
        rates.append(frame.update / (time.perf_counter() - start))
    best, updates = max(rates), frame.update // epochs
    return (
        f"The default run, {epochs} epochs with their frames, best of 3: {1e6 / best:.0f} us an update, "
        f"{best:,.0f} updates/s, {best / updates:,.0f} epochs/s (an epoch is {updates} updates)"
    )


def main() -> None:
    """Print the tables; a peer that is not installed is named."""
    print(
        f"Python {platform.python_version()}, NumPy {np.__version__}, {os.cpu_count()} cores, one thread used"
    )
    training, forward = ours()
    for package, module, peer in (("torch", "torch", pytorch), ("scikit-learn", "sklearn", scikit_learn)):
        if importlib.util.find_spec(module) is None:
            print(f"{package} is not installed: no comparison with it.")
            continue
        print(f"{package} {importlib.metadata.version(package)}")
        peer_training, peer_forward = peer()
        training |= peer_training
        forward |= peer_forward

    seconds, losses = measure(training)
    updates = EPOCHS * POINTS // BATCH
    print("", *table("One Adam step, 2-8-8-1, batch 10, float64", seconds, updates), sep="\n")
    if "PyTorch eager" in losses:
        apart = abs(losses["PyTorch eager"] - losses["playground.nn"])
        print(
            f"  losses of PyTorch and ours after {updates} updates from the same weights: {apart:.1e} apart"
        )
    seconds, _ = measure(forward)
    print(
        "",
        *table(f"Forward, 2-8-8-1, a grid of {GRID}x{GRID}", seconds, FORWARDS),
        "",
        default_run(),
        sep="\n",
    )


if __name__ == "__main__":
    main()
