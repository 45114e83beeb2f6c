"""Entries as a newcomer would write them: what is added to one file each, as the README says."""

ADDED = {
    "playground/nn/activations/bounded.py": """

def isru(z: Array) -> Array:
    return z / np.sqrt(1.0 + z * z)


def d_isru(z: Array, y: Array) -> Array:
    return (1.0 + z * z) ** -1.5


BOUNDED["isru"] = ActivationFunction(
    "ISRU",
    isru,
    d_isru,
    source="Carlile et al. 2017, alpha 1",
    text="An S from -1 to 1 that needs a square root alone.",
    latex=r"f(z) = \\frac{z}{\\sqrt{1 + z^2}}",
    formula=Formula("z / sqrt(1 + z ** 2)", "1 / (1 + z ** 2) ** 1.5"),
    torch="z / torch.sqrt(1.0 + z * z)",
    keras="z / keras.ops.sqrt(1.0 + z * z)",
    numpy="z / np.sqrt(1.0 + z * z)",
    saturates=True,
)
""",
    "playground/nn/optimizers/signs.py": '''

class Signum(Optimizer):
    """m = momentum m + g; w -= lr sign(m) (Bernstein et al. 2018)."""

    label = "Signum"
    source = "Bernstein et al. 2018"
    text = "Steps of one size for every weight, by the sign of a velocity."
    latex = r"w \\leftarrow w - \\eta\\,\\mathrm{sign}(v)"
    formula = (("velocity", "momentum * velocity + g"), ("w", "w - lr * sign(velocity)"))
    settings: ClassVar = {"momentum": memory_setting("Momentum", "steps", 0.9)}
    slot_words: ClassVar = {"velocity": "Velocity v"}
    network_lr = 0.003
    surface_lrs: ClassVar = {
        "bowl": 0.03,
        "ravine": 0.02,
        "rosenbrock": 0.01,
        "beale": 0.01,
        "himmelblau": 0.02,
        "saddle": 0.02,
        "plateau": 0.03,
    }

    momentum: float

    def update(self, params: np.ndarray, grads: np.ndarray) -> None:
        velocity = self.slots["velocity"]
        velocity *= self.momentum
        velocity += grads
        step = np.sign(velocity, self._scratch)
        step *= self.lr
        params -= step


SIGNS["signum"] = Signum
''',
    "playground/datasets/classification.py": '''

def stripes(n: int, noise: float, rng: np.random.Generator) -> Points:
    """Four upright stripes, neighbours of different classes."""
    y = np.arange(n) % 2
    left = 2.5 * (2 * (np.arange(n) // 2 % 2) + y) - 5.0
    x = np.column_stack([left + rng.uniform(0.15, 2.35, n), rng.uniform(-5.0, 5.0, n)])
    return _moved(x, noise, rng), y


CLASSIFICATION += (
    Generator(
        "stripes",
        "Stripes",
        source="Ours",
        text="Four upright stripes of alternating class. Noise blurs their borders.",
        task="classification",
        n_classes=2,
        rule=stripes,
    ),
)
''',
    "playground/nn/losses/distances.py": '''

def quartic(prediction: Array, target: Array) -> Result:
    """Mean of (p - t)^4."""
    e = _difference(prediction, target)
    return float((e**4).mean()), 4.0 * e**3 / e.size


DISTANCES["quartic"] = Loss(
    "Quartic",
    quartic,
    _BOTH,
    source="Gauss 1809, squared once more",
    text="The mean of the errors to the power of four. It hardly sees small ones.",
    latex=r"\\frac{1}{n} \\sum (p - t)^4",
    formula=Formula("(y - t) ** 4", "4 * (y - t) ** 3"),
)
''',
}
