"""What the lab on one step says: the text, and where to look."""

from playground.labs.framework.lab import Lesson
from playground.labs.one_step.settings import EPOCHS
from playground.text import _

STEP_WORDS = _(
    "Values go forward, left to right; the error comes back, right to left. Click a unit or a weight: its "
    "formulas stand beside the graph."
)


RUN_WORDS = _(
    "The same network from the same weights: what the first updates begin, {epochs} epochs finish."
).format(epochs=EPOCHS)


LESSON = Lesson(
    see=_(
        "A network of sigmoid units learns **XOR**: the output should be 1 if exactly one input is. Each "
        "update goes through its phases: **forward**, layer by layer, the sums $z$ and activations $a$; the "
        "**loss**; **backward**, from the output to the inputs, the errors $\\delta$ and the gradients; and "
        "the **new weights**. Beside every gradient stands a finite difference: the loss worked out twice "
        "more, with that weight a little larger and a little smaller."
    ),
    try_this=_(
        "- Click $w_{{x_1 \\to h_1}}$ and multiply its chain rule yourself.\n"
        "- Begin with the sample $(0, 0)$: which weights get no gradient, and why?\n"
        "- **All four samples**: the gradient becomes a mean, and the samples pull in different directions.\n"
        "- **Adam** instead of SGD: look at its first step. It is the learning rate, however large the "
        "gradient, unless that is 0.\n"
        "- **Run {epochs} epochs**, and step through the result.\n\n"
        "Three tasks stand below the pictures; the page checks them from what it measures."
    ).format(epochs=EPOCHS),
    why=_(r"""Forward, every unit adds up and bends:

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
does not agree: the slope is another on each side."""),
    sources={
        "Rumelhart, Hinton and Williams 1986": "https://doi.org/10.1038/323533a0",
        _("Werbos 1974 (thesis, reprinted)"): "https://www.wiley.com/en-us/p/9780471598978",
        _("Nielsen 2015, chapter 2"): "http://neuralnetworksanddeeplearning.com/chap2.html",
        _(
            "LeCun, Bottou, Orr and Müller 1998 (Efficient BackProp)"
        ): "https://doi.org/10.1007/3-540-49430-8_2",
    },
)
