"""TensorFlow Playground's engine from its facts alone: link by link and point by point, with no array.

Slow and plain, to compare the real thing with. Only the points and their order come from playground.datasets,
whose own tests hold them against the original.
"""

import math

from playground.datasets import SeedRandom, tf_playground_points, tf_playground_shuffle

FUNCTIONS = {
    "tanh": (math.tanh, lambda z: 1.0 - math.tanh(z) ** 2),
    "relu": (lambda z: max(0.0, z), lambda z: 1.0 if z > 0.0 else 0.0),
    "sigmoid": (lambda z: 1.0 / (1.0 + math.exp(-z)), lambda z: math.exp(-z) / (1.0 + math.exp(-z)) ** 2),
    "linear": (lambda z: z, lambda z: 1.0),
}
INPUTS = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "xSquared": lambda x, y: x * x,
    "ySquared": lambda x, y: y * y,
    "xTimesY": lambda x, y: x * y,
    "sinX": lambda x, y: math.sin(x),
    "sinY": lambda x, y: math.sin(y),
}


class Unit:
    def __init__(self, n_in, function, draws, zero):
        self.weights = [0.0 if zero else draws.random() - 0.5 for _ in range(n_in)]
        self.bias = 0.0 if zero else 0.1
        self.dead = [False] * n_in
        self.value, self.slope = FUNCTIONS[function]
        self.clear()

    def clear(self):
        self.sums, self.bias_sum, self.count = [0.0] * len(self.weights), 0.0, 0


def oracle_losses(keys, epochs):
    """[train, test] losses before training and after each epoch; keys: a link's, each with its value."""
    regression = keys["problem"] == "regression"
    draws = SeedRandom(keys["seed"])
    name = keys["regDataset" if regression else "dataset"]
    n = 1200 if regression else 500
    x, y = tf_playground_shuffle(*tf_playground_points(name, n, keys["noise"] / 100, draws), draws)
    inputs = [function for key, function in INPUTS.items() if keys[key]]
    points = [
        ([function(*point) for function in inputs], label)
        for point, label in zip(x.tolist(), y.tolist(), strict=True)
    ]
    cut = math.floor(n * keys["percTrainData"] / 100)
    layers, width = [], len(inputs)
    output = "linear" if regression else "tanh"
    for size, function in [*((size, keys["activation"]) for size in keys["networkShape"]), (1, output)]:
        layers.append([Unit(width, function, draws, keys["initZero"]) for _ in range(size)])
        width = size
    found = [[loss(layers, points[:cut]), loss(layers, points[cut:])]]
    for _ in range(epochs):
        for i in range(cut):
            accumulate(layers, *points[i])
            if (i + 1) % keys["batchSize"] == 0:
                update(layers, keys)
        found.append([loss(layers, points[:cut]), loss(layers, points[cut:])])
    return found


def forward(layers, values):
    """The inputs and all layers' outputs; each unit keeps its sum."""
    outputs = [values]
    for layer in layers:
        for unit in layer:
            unit.sum = unit.bias + sum(w * v for w, v in zip(unit.weights, outputs[-1], strict=True))
        outputs.append([unit.value(unit.sum) for unit in layer])
    return outputs


def loss(layers, points):
    return sum(0.5 * (forward(layers, values)[-1][0] - label) ** 2 for values, label in points) / len(points)


def accumulate(layers, values, label):
    outputs = forward(layers, values)
    errors = [outputs[-1][0] - label]
    for layer, below in zip(reversed(layers), reversed(outputs[:-1]), strict=True):
        deltas = [error * unit.slope(unit.sum) for error, unit in zip(errors, layer, strict=True)]
        errors = [
            sum(unit.weights[j] * delta for unit, delta in zip(layer, deltas, strict=True))
            for j in range(len(below))
        ]
        for unit, delta in zip(layer, deltas, strict=True):
            unit.count += 1
            unit.bias_sum += delta
            unit.sums = [total + delta * value for total, value in zip(unit.sums, below, strict=True)]


def update(layers, keys):
    lr, kind, rate = keys["learningRate"], keys["regularization"], keys["regularizationRate"]
    for unit in (unit for layer in layers for unit in layer):
        unit.bias -= lr * unit.bias_sum / unit.count
        for j, w in enumerate(unit.weights):
            if unit.dead[j]:
                continue
            pull = {"none": 0.0, "L2": w, "L1": (w > 0.0) - (w < 0.0)}[kind]
            stepped = w - lr * unit.sums[j] / unit.count
            unit.weights[j] = stepped - lr * rate * pull
            if kind == "L1" and stepped * unit.weights[j] < 0.0:
                unit.weights[j], unit.dead[j] = 0.0, True
        unit.clear()
