"""The lab on one step: what a single update of a small network does, number by number."""

from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from playground.limits import MAX_STEP_LAYERS, MAX_STEP_UNITS
from playground.player.film import Film
from playground.player.scene import Moment
from playground.training import Experiment, Trainer
from playground.training.task import READINGS
from playground.ui.labs.lab import Lab, Lesson, Task, Training
from playground.ui.labs.one_step_run import run_scene
from playground.ui.labs.one_step_scene import UPDATES, Phase, film, step_scene
from playground.ui.labs.one_step_settings import BASE, EPOCHS, StepSettings, same_layers
from playground.ui.labs.page import open_on_main_page
from playground.ui.labs.session import LabSession

NAME = "one_step"
STEP_WORDS = (
    "Values go forward, left to right; the error comes back, right to left. Click a unit or a weight: its "
    "formulas stand beside the graph."
)
RUN_WORDS = f"The same network from the same weights: what the first updates begin, {EPOCHS} epochs finish."
TINY = 1e-3

LESSON = Lesson(
    see="A network of sigmoid units learns **XOR**: the output should be 1 if exactly one input is. Each "
    "update goes through its phases: **forward**, layer by layer, the sums $z$ and activations $a$; the "
    "**loss**; **backward**, from the output to the inputs, the errors $\\delta$ and the gradients; and the "
    "**new weights**. Beside every gradient stands a finite difference: the loss worked out twice more, "
    "with that weight a little larger and a little smaller.",
    attempt="- Click $w_{x_1 \\to h_1}$ and multiply its chain rule yourself.\n"
    "- Begin with the sample $(0, 0)$: which weights get no gradient, and why?\n"
    "- **All four samples**: the gradient becomes a mean, and the samples pull in different directions.\n"
    "- **Adam** instead of SGD: look at its first step. It is the learning rate, whatever the gradient.\n"
    f"- **Run {EPOCHS} epochs**, and step through the result.\n\n"
    "Three tasks stand below the pictures; the page checks them from what it measures.",
    why=r"""Forward, every unit adds up and bends:

$$
a_j = f(z_j), \qquad z_j = \sum_i w_{ij}\, x_i + b_j
$$

The loss says how wrong the outputs $y_k$ are, and its slope where to go:

$$
\delta_k = \frac{\partial L}{\partial y_k}\, f'(z_k)
$$

Backward, the chain rule carries this slope through the same weights:

$$
\delta_j = f'(z_j) \sum_k w_{jk}\, \delta_k
$$

What a weight is to blame for is the error behind it times the value in front of it, and gradient descent
takes a step against it:

$$
\frac{\partial L}{\partial w_{ij}} = \delta_j\, x_i, \qquad w_{ij} \leftarrow w_{ij} - \eta\, \delta_j\, x_i
$$

One backward pass gives all gradients for about the price of two forward passes. Finite differences need two
forward passes **for each weight**: good to check with, hopeless to train with.

A finite difference $\frac{L(w + \varepsilon) - L(w - \varepsilon)}{2 \varepsilon}$ with
$\varepsilon = 10^{-5}$ is itself off by about $10^{-11}$. At a kink of $f$, such as ReLU's at $z = 0$, it
does not agree: the slope is another on each side.""",
    sources={
        "Rumelhart, Hinton and Williams 1986": "https://doi.org/10.1038/323533a0",
        "Werbos 1974 (thesis, reprinted)": "https://www.wiley.com/en-us/p/9780471598978",
        "Nielsen 2015, chapter 2": "http://neuralnetworksanddeeplearning.com/chap2.html",
        "LeCun, Bottou, Orr and Müller 1998 (Efficient BackProp)": "https://doi.org/10.1007/3-540-49430-8_2",
    },
)


def has_tiny_error(moment: Moment | Phase) -> bool:
    """Some hidden unit's error is next to nothing beside that of the output, in the update just shown."""
    if not (isinstance(moment, Phase) and moment.done):
        return False
    *hidden, output = (np.abs(layer.delta).max(axis=0) for layer in moment.step.layers)
    return min(delta.min() for delta in hidden) < TINY * output.max()


def goes_up(moment: Moment | Phase) -> bool:
    return isinstance(moment, Phase) and moment.done and moment.step.loss_after > moment.step.loss


def all_right(moment: Moment | Phase) -> bool:
    if isinstance(moment, Phase):
        return moment.done and moment.step.right_after == 1.0
    return moment.frame.metrics["train_accuracy"] == 1.0


TASKS = (
    Task(
        "tiny",
        "Find a hidden unit whose δ is less than a thousandth of the output's.",
        "Every layer on the way back multiplies by a weight and by f′, which is at most ¼ for sigmoid: give "
        "the network more layers.",
        has_tiny_error,
    ),
    Task(
        "up",
        "Choose a learning rate at which one update makes the loss of its own samples go up.",
        "The gradient holds for small steps only. Take all four samples and a large rate, and watch the loss "
        "after each update.",
        goes_up,
    ),
    Task(
        "right",
        "Get all four samples right.",
        f"{UPDATES} updates are too few: run {EPOCHS} epochs.",
        all_right,
    ),
)


def shows(base: Experiment, settings: StepSettings) -> Training | Film:
    experiment = settings.experiment(base)
    if settings.view == "run":
        stopping = replace(experiment.stopping, max_epochs=EPOCHS)
        run = replace(experiment, stopping=stopping)
        return Training(
            [run], lambda trainers: run_scene(trainers[0], settings, NAME, TASKS, RUN_WORDS), look="run"
        )
    trainer = Trainer(experiment)
    return Film(step_scene(trainer, settings, NAME, TASKS, STEP_WORDS), film(trainer), end=_end(experiment))


def _end(experiment: Experiment) -> str:
    """What is said after the last update."""
    ahead = Trainer(experiment)
    ahead.train(updates=UPDATES)
    if ahead.stopped is not None:
        return f"{ahead.stopped.reason} No update follows."
    return f"These were {UPDATES} updates: run {EPOCHS} epochs to see where they lead."


def view_button(session: LabSession) -> None:
    """From the steps to the run and back."""
    other = {"step": "run", "run": "step"}[session.settings.view]
    label = session.fields()["lab.view"].choices[other]
    st.button(
        label,
        key=f"{NAME}:view",
        icon=":material/fast_forward:" if other == "run" else ":material/calculate:",
        on_click=session.set,
        args=("lab.view", other),
        type="primary",
        width="stretch",
    )


def network_tab(session: LabSession) -> None:
    controls = session.controls()
    layers = session.base.network.layers
    slider = partial(st.slider, min_value=1, max_value=MAX_STEP_LAYERS, value=len(layers))
    controls.widget(
        slider,
        "network.layers",
        layers,
        label="Hidden layers",
        read=lambda depth: same_layers(layers, depth),
    )
    for k, layer in enumerate(layers):
        units, activation = st.columns(2, gap="small", vertical_alignment="bottom")
        with units:
            path = f"network.layers.{k}.units"
            number = partial(
                st.number_input, min_value=1, max_value=MAX_STEP_UNITS, value=layer.units, step=1
            )
            controls.widget(number, path, layer.units, label=f"Units, layer {k + 1}")
        with activation:
            controls.control(f"network.layers.{k}.activation")
    if session.base.loss_name not in READINGS:
        controls.show(["network.output"])
    controls.show(["network.initializer"])
    open_on_main_page(session.settings.experiment(session.base), key=f"{NAME}:open")


def training_tab(session: LabSession) -> None:
    controls = session.controls()
    controls.show(["lab.samples"])
    sample = session.settings.sample
    if session.settings.samples == "one":  # of a batch, any can be looked at below the graph
        names = ["(0, 0)", "(0, 1)", "(1, 0)", "(1, 1)"]
        menu = partial(
            st.selectbox,
            options=range(1, 5),
            index=sample - 1,
            format_func=lambda k: names[k - 1],
            help=controls.fields["lab.sample"].help,
        )
        controls.widget(menu, "lab.sample", sample, label="First sample")
    controls.show(["loss.name", "optimizer.name", "optimizer.lr"])
    controls.options("optimizer")
    controls.show(["seed"])


LAB = Lab(
    name=NAME,
    lesson=LESSON,
    base=BASE,
    settings=StepSettings,
    shows=shows,
    controls={"Network": network_tab, "Training": training_tab},
    above=view_button,
)
