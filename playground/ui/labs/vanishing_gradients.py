"""The lab on vanishing gradients: why deep networks did not learn, and what changed that."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from playground.limits import MAX_LAB_NETWORKS
from playground.player.scene import Moment, Scene
from playground.probes.gradient_flow import EXPLODING, STRONG, gradient_flow
from playground.training import Experiment, Trainer
from playground.ui.controls import Controls
from playground.ui.labs.lab import Lab, Lesson, Task, Training
from playground.ui.labs.networks import DeepNetwork, Networks
from playground.ui.labs.page import open_on_main_page
from playground.ui.labs.panels import tasks_part
from playground.ui.labs.session import LabSession
from playground.ui.labs.vanishing_scene import vanishing_scene

NAME = "vanishing_gradients"
WORDS = (
    "Compare the bars from right to left: that is the way the gradient goes back. Where they shrink at every "
    "layer, the first layers learn nothing."
)
BASE = (
    Experiment()
    .replace("data.n", 300)
    .replace("data.noise", 0.1)
    .replace("optimizer.name", "sgd")
    .replace("optimizer.lr", 0.1)
)
CLOSE = 10.0  # the first layer's gradient and the last one's, as a factor
DEEP = 20

LESSON = Lesson(
    see="Four networks learn the **same points** from the same seed; their titles say how they differ. "
    "Plain sigmoid layers keep about a sixth of the gradient each: ten of them leave less than a millionth "
    "for the first layer, and the picture stays blank. Tanh, ReLU with He weights, and batch norm keep the "
    "bars level, and these networks learn.",
    attempt="- Set network 1 to **3 hidden layers**: it learns. Add layers until it stops.\n"
    "- Give all four **sigmoid** and change only the initial weights.\n"
    "- Turn on **residual connections** in a deep tanh network.\n"
    "- Tanh, **64 units, Normal** weights, 30 layers: now the bars grow instead.\n\n"
    "Three tasks stand below the pictures; the page checks them from what it measures.",
    why=r"""On the way back, the chain rule multiplies one factor for each layer:

$$
\delta_l = f'(z_l) \odot \left(\delta_{l+1} W_{l+1}^\top\right)
$$

$$
\frac{\partial E}{\partial W_l} = a_{l-1}^\top\, \delta_l
$$

For random weights the size of $\delta$ changes by

$$
\frac{|\delta_l|}{|\delta_{l+1}|} \approx \sqrt{n\,\mathrm{Var}[w]\;\mathbb{E}[f'(z)^2]}
$$

- **Sigmoid** has $f' \le \frac14$. With Xavier's $n\,\mathrm{Var}[w] = 1$ each layer leaves at most
  $\frac14$, and ten leave $4^{-10} \approx 10^{-6}$.
- **Tanh** has $f'(0) = 1$: near 0 nothing is lost.
- **ReLU** halves the mean square, which He's $\mathrm{Var}[w] = 2/n$ makes up for.
- **Batch norm** divides by the spread of the sums, so that small sums no longer mean small gradients.
- A **residual** layer $h + f(h)$ has the derivative $1 + f'$: the gradient gets past it.
- **Clipping** shortens a gradient that is too long. It cannot lengthen one that has vanished.

The dotted line follows this theory layer by layer. It is exact for very wide layers, and leaves out that the
gradients of different points partly cancel.""",
    sources={
        "Hochreiter 1991; Bengio, Simard and Frasconi 1994": "https://doi.org/10.1109/72.279181",
        "Glorot and Bengio 2010": "https://proceedings.mlr.press/v9/glorot10a.html",
        "He et al. 2015 (initial weights)": "https://arxiv.org/abs/1502.01852",
        "He et al. 2016 (residual)": "https://arxiv.org/abs/1512.03385",
        "Ioffe and Szegedy 2015 (batch norm)": "https://arxiv.org/abs/1502.03167",
        "Schoenholz et al. 2017 (theory)": "https://arxiv.org/abs/1611.01232",
        "Yang et al. 2019 (theory, batch norm)": "https://arxiv.org/abs/1902.08129",
        "Pascanu, Mikolov and Bengio 2013 (clipping)": "https://arxiv.org/abs/1211.5063",
    },
)


def level_sigmoid(moment: Moment) -> bool:
    """A very deep sigmoid network whose first layer is not starved."""
    layers = moment.trainer.experiment.network.layers
    deep = len(layers) >= DEEP and all(layer.activation == "sigmoid" for layer in layers)
    return deep and 1.0 / CLOSE <= moment.data.info(gradient_flow).ratio <= CLOSE


def explodes(moment: Moment) -> bool:
    flow = moment.data.info(gradient_flow)
    return flow.verdict == EXPLODING and flow.ratio >= STRONG


def deep_and_right(moment: Moment) -> bool:
    """A very deep network that has learnt its task."""
    deep = len(moment.trainer.experiment.network.layers) >= DEEP
    return deep and moment.frame.metrics.get("test_accuracy", 0.0) >= 0.95


TASKS = (
    Task(
        "sigmoid",
        f"{DEEP} or more hidden layers of sigmoid: bring the first layer's gradient within {CLOSE:g}× of the "
        "last.",
        "No initial weights can do it. Something must bring the sums of every layer back to the same spread.",
        level_sigmoid,
    ),
    Task(
        "explode",
        f"Make a gradient explode: the first layer's at least {STRONG:g}× the last's.",
        "Many wide layers, and weights that do not care about the width: a factor above 1 in each.",
        explodes,
    ),
    Task(
        "deep",
        f"Train {DEEP} or more hidden layers to 95 % test accuracy.",
        "Start with a factor close to 1 for each layer, and keep it there: tanh with a way past the layers.",
        deep_and_right,
    ),
)


def scene(trainers: Sequence[Trainer]) -> Scene:
    """The networks' titles come from what runs, so that a scene needs nothing but its trainers."""
    titles = [_network(trainer.experiment).title for trainer in trainers]
    return vanishing_scene(trainers, titles, WORDS, [tasks_part(NAME, TASKS, trainers)])


def _network(experiment: Experiment) -> DeepNetwork:
    """The settings that an Experiment was made from."""
    layers, network = experiment.network.layers, experiment.network
    return DeepNetwork(
        depth=len(layers),
        width=layers[0].units,
        activation=layers[0].activation,
        initializer=network.initializer,
        normalization=layers[0].normalization,
        residual=network.residual,
        clip=min(experiment.regularization.clip_norm, 100.0),
    )


def networks_tab(session: LabSession) -> None:
    """One network at a time."""
    networks: tuple[DeepNetwork, ...] = session.settings.networks
    key = f"{NAME}:chosen"
    if st.session_state.get(key, 0) not in range(len(networks)):
        del st.session_state[key]
    names = [str(k + 1) for k in range(len(networks))]
    chosen = st.segmented_control(
        "Network", range(len(networks)), format_func=names.__getitem__, key=key, default=0, required=True
    )
    st.markdown(f"**{networks[chosen].title}**  \n{networks[chosen].words}")
    controls = session.controls()
    for name in ("depth", "width"):
        _slider(controls, f"lab.networks.{chosen}.{name}")
    controls.show(
        f"lab.networks.{chosen}.{name}"
        for name in ("activation", "initializer", "normalization", "residual", "clip")
    )
    open_on_main_page(session.run.experiments[chosen], key=f"{NAME}:open")
    _add_or_remove(session, chosen)


def _slider(controls: Controls, path: str) -> None:
    """A whole number that is worth dragging."""
    setting, value = controls.fields[path], controls.get(path)
    widget = partial(
        st.slider, min_value=int(setting.low), max_value=int(setting.high), value=value, help=setting.help
    )
    controls.widget(widget, path, value, label=setting.label)


def _add_or_remove(session: LabSession, chosen: int) -> None:
    networks = session.settings.networks
    left, right = st.columns(2)
    left.button(
        "Add a copy",
        key=f"{NAME}:add",
        disabled=len(networks) >= MAX_LAB_NETWORKS,
        on_click=session.set,
        args=("lab.networks", (*networks, networks[chosen])),
        width="stretch",
    )
    right.button(
        "Remove",
        key=f"{NAME}:remove",
        disabled=len(networks) == 1,
        on_click=session.set,
        args=("lab.networks", networks[:chosen] + networks[chosen + 1 :]),
        width="stretch",
    )


def shared_tab(session: LabSession) -> None:
    """What all networks share."""
    st.caption("The same for all networks.")
    session.controls().show(
        ["data.dataset", "data.noise", "data.n", "optimizer.name", "optimizer.lr", "batch_size", "seed"]
    )


LAB = Lab(
    name=NAME,
    lesson=LESSON,
    base=BASE,
    settings=Networks,
    shows=lambda base, settings: Training(settings.experiments(base), scene),
    controls={"Networks": networks_tab, "Shared": shared_tab},
)
