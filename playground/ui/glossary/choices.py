"""Texts of the glossary for what the menus offer: name -> (one or two plain sentences, LaTeX).

In the formulas z is what enters an activation, p a prediction and t its target, g the gradient, w a weight,
η the learning rate, e the epoch.
"""

Texts = dict[str, tuple[str, str]]

LOSS_TEXTS: Texts = {
    "mse": (
        "The mean of the squared errors. One large error counts more than many small ones.",
        r"\frac{1}{n} \sum (p - t)^2",
    ),
    "half_mse": (
        "Half of the mean squared error, so that its slope is simply the error.",
        r"\frac{1}{2n} \sum (p - t)^2",
    ),
    "mae": (
        "The mean of the errors without their sign. Points far off count no more than their distance.",
        r"\frac{1}{n} \sum |p - t|",
    ),
    "huber": (
        "Squares small errors and counts large ones in proportion, so that points far off do not rule.",
        r"\begin{cases} \frac{1}{2} (p - t)^2 & |p - t| \le \delta \\ "
        r"\delta\,(|p - t| - \frac{\delta}{2}) & \text{else} \end{cases}",
    ),
    "log_cosh": (
        "Like Huber without a seam: round near 0, straight far away.",
        r"\frac{1}{n} \sum \ln \cosh(p - t)",
    ),
    "bce": (
        "How surprised a network is by the right one of two answers. To be sure and wrong costs most.",
        r"-t \ln \hat p - (1 - t) \ln(1 - \hat p), \quad \hat p = \frac{1}{1 + e^{-p}}",
    ),
    "cross_entropy": (
        "How surprised a network is by the right one of several answers, given its shares from softmax.",
        r"-\sum_k t_k \ln \hat p_k, \quad \hat p = \mathrm{softmax}(p)",
    ),
    "hinge": (
        "Costs nothing once an answer is right by a margin of 1, and grows in proportion before.",
        r"\max(0, 1 - t\,p), \quad t = \pm 1",
    ),
    "squared_hinge": (
        "The hinge loss squared: small misses cost less, large ones more.",
        r"\max(0, 1 - t\,p)^2",
    ),
}

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

INITIALIZER_TEXTS: Texts = {
    "zeros": ("All weights are 0. The units of a layer then stay copies of one another.", r"w = 0"),
    "constant": ("All weights are equal. The units of a layer then stay copies of one another.", r"w = 0.1"),
    "uniform": (
        "Every number between -0.5 and 0.5 is equally likely, however wide the layer.",
        r"w \sim U(-0.5, 0.5)",
    ),
    "normal": ("Numbers around 0 with a spread of 0.5, however wide the layer.", r"w \sim N(0, 0.5^2)"),
    "xavier_uniform": (
        "Evenly spread weights, smaller in wider layers, so that signals keep their size. Made for tanh.",
        r"w \sim U(-a, a), \quad a = \sqrt{\frac{6}{n_{in} + n_{out}}}",
    ),
    "xavier_normal": (
        "Weights around 0, smaller in wider layers, so that signals keep their size. Made for tanh.",
        r"w \sim N\left(0, \frac{2}{n_{in} + n_{out}}\right)",
    ),
    "he_uniform": (
        "Evenly spread weights, a little larger than Xavier's because a ReLU blocks half of what arrives.",
        r"w \sim U(-a, a), \quad a = \sqrt{\frac{6}{n_{in}}}",
    ),
    "he_normal": (
        "Weights around 0, a little larger than Xavier's because a ReLU blocks half of what arrives.",
        r"w \sim N\left(0, \frac{2}{n_{in}}\right)",
    ),
    "lecun_normal": (
        "Weights around 0 that keep the size of a signal in a layer without bends. Goes with SELU.",
        r"w \sim N\left(0, \frac{1}{n_{in}}\right)",
    ),
    "orthogonal": (
        "Weights that turn the inputs without stretching them, so that nothing shrinks or grows.",
        r"W^\top W = I",
    ),
    "tf_playground": (
        "What TensorFlow Playground does: weights between -0.5 and 0.5, and every bias 0.1.",
        r"w \sim U(-0.5, 0.5), \quad b = 0.1",
    ),
}

SCHEDULE_TEXTS: Texts = {
    "constant": ("The learning rate stays as it is.", r"\eta_e = \eta"),
    "step": (
        "The learning rate drops to a part of itself every so many epochs.",
        r"\eta_e = \eta\,\gamma^{\lfloor e / T \rfloor}",
    ),
    "exponential": ("The learning rate shrinks by the same factor every epoch.", r"\eta_e = \eta\,\gamma^e"),
    "cosine": (
        "The learning rate glides down along half a wave: slowly, then fast, then slowly.",
        r"\eta_e = \frac{\eta}{2} \left(1 + \cos \frac{\pi e}{T}\right)",
    ),
    "warmup_cosine": (
        "The learning rate rises for some epochs, then glides down along half a wave. "
        "The gentle start spares the first weights.",
        "",
    ),
    "one_cycle": (
        "The learning rate swings up to its peak and down to almost nothing, once in the run.",
        "",
    ),
    "reduce_on_plateau": (
        "The learning rate drops whenever the loss has stopped falling for some epochs.",
        "",
    ),
}
