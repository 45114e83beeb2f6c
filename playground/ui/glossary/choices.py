"""Texts of the glossary for the optimizers: name -> (one or two plain sentences, LaTeX).

In the formulas g is the gradient, w a weight, η the learning rate.
"""

Texts = dict[str, tuple[str, str]]

OPTIMIZER_TEXTS: Texts = {
    "sgd": ("A step against the gradient of each batch, and no more.", r"w \leftarrow w - \eta\,g"),
    "momentum": (
        "Keeps part of the last step, like a ball with weight: faster along valleys, calmer across them.",
        r"v \leftarrow \mu v + g, \quad w \leftarrow w - \eta\,v",
    ),
    "nesterov": (
        "Momentum that looks ahead: it steps as if it had already rolled on.",
        r"v \leftarrow \mu v + g, \quad w \leftarrow w - \eta\,(g + \mu v)",
    ),
    "adagrad": (
        "Gives each weight a rate of its own that shrinks with all the gradients it has seen.",
        r"s \leftarrow s + g^2, \quad w \leftarrow w - \eta\,\frac{g}{\sqrt{s} + \epsilon}",
    ),
    "rmsprop": (
        "Divides each weight's gradient by its usual size of late, so that all weights move alike.",
        r"s \leftarrow \alpha s + (1 - \alpha)\,g^2, \quad "
        r"w \leftarrow w - \eta\,\frac{g}{\sqrt{s} + \epsilon}",
    ),
    "adadelta": (
        "RMSprop that sets the size of its steps from the size of its past steps.",
        r"w \leftarrow w - \eta\,\frac{\sqrt{u + \epsilon}}{\sqrt{s + \epsilon}}\,g",
    ),
    "adam": (
        "Momentum and RMSprop together: a good first choice for most tasks.",
        r"w \leftarrow w - \eta\,\frac{\hat m}{\sqrt{\hat v} + \epsilon}",
    ),
    "adamw": (
        "Adam with the weight decay kept out of the gradient, so that it shrinks all weights alike.",
        r"w \leftarrow (1 - \eta\lambda)\,w - \eta\,\frac{\hat m}{\sqrt{\hat v} + \epsilon}",
    ),
    "amsgrad": (
        "Adam that divides by the largest size of gradient so far, so that its steps never grow again.",
        r"\hat v \leftarrow \max(\hat v, v)",
    ),
    "nadam": (
        "Adam with the look ahead of Nesterov momentum.",
        r"w \leftarrow w - \eta\,\frac{\beta_1 \hat m + (1 - \beta_1)\,\hat g}{\sqrt{\hat v} + \epsilon}",
    ),
    "lion": (
        "Steps of the same size for every weight: only the sign of a running mean counts. "
        "It wants a smaller learning rate than Adam.",
        r"w \leftarrow w - \eta\,\mathrm{sign}(\beta_1 m + (1 - \beta_1)\,g)",
    ),
}
