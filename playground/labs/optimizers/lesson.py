"""The text of the lab on optimizers."""

from playground.labs.framework.lab import Lesson
from playground.text import _

LESSON = Lesson(
    see=_(
        "Optimizers start at the **same place** and take their steps together. A coloured arrow is the next "
        "step, the grey one points straight downhill: what lies between them is what the optimizer "
        "remembers. In a ravine, plain SGD swings from wall to wall and creeps along the floor; momentum "
        "adds up what all gradients agree on; Adam divides each direction by how large its gradients have "
        "been.\n\n"
        "The same optimizers then train **your network**, are swept over **all learning rates**, and leave "
        "their path on the **loss landscape**."
    ),
    try_this=_(
        "- **Click** another start on the map.\n"
        "- On the **saddle**, start exactly on the ridge (y = 0): who gets away?\n"
        "- On the **plateau**, click near a corner: who does not mind tiny gradients?\n"
        "- Set momentum's β to 0, then to 0.99.\n"
        "- **Learning rates**: whose good rates reach over the most powers of ten?\n"
        "- **Loss landscape**: change the plane from the run's own path to random directions.\n\n"
        "Three tasks stand below the pictures; the page checks them from what it measures."
    ),
    why=_(r"""With the gradient $g$ and the rate $\eta$:

**SGD** steps straight downhill:
$$
w \leftarrow w - \eta\, g
$$
On a quadratic with curvature $\lambda$ each step multiplies the error by $1 - \eta\lambda$. It diverges above
the edge $\eta = 2/\lambda_{\max}$, and along the flat directions it hardly moves.

**Momentum** keeps a velocity:
$$
v \leftarrow \beta v + g, \qquad w \leftarrow w - \eta\, v
$$
Gradients that agree add up to $\frac{1}{1-\beta}$ of one, those that change sign cancel. Nesterov takes the
gradient's effect on $v$ one step ahead.

**Adagrad, RMSprop** divide each direction by the size of its gradients: by the root of the sum of their
squares, which only grows, or of a mean that forgets:
$$
s \leftarrow \alpha s + (1 - \alpha)\, g^2, \qquad w \leftarrow w - \eta\, \frac{g}{\sqrt{s} + \epsilon}
$$

**Adam** does both:
$$
\begin{aligned}
m &\leftarrow \beta_1 m + (1 - \beta_1)\, g \\
v &\leftarrow \beta_2 v + (1 - \beta_2)\, g^2 \\
w &\leftarrow w - \eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}
\end{aligned}
$$
A memory $\beta$ is a mean over about $\frac{1}{1-\beta}$ steps. $m$ and $v$ begin at 0, and
$\hat m = m/(1-\beta_1^t)$, $\hat v = v/(1-\beta_2^t)$ take that out again. Where gradients agree,
$|\hat m|/\sqrt{\hat v} \approx 1$: the step is about as long as the rate, however small the gradient.

**Edge of divergence** in the sweep: the smallest rate above the best one that leaves the loss higher than
before training, or not finite.

**Landscape**: the plane of the path is spanned by the first two principal components of all weights the run
has had. For random directions each unit's incoming weights are as long as the trained ones (filter
normalisation)."""),
    sources={
        _("Robbins and Monro 1951 (SGD)"): "https://doi.org/10.1214/aoms/1177729586",
        _("Polyak 1964 (momentum)"): "https://doi.org/10.1016/0041-5553(64)90137-5",
        "Nesterov 1983; Sutskever et al. 2013": "https://proceedings.mlr.press/v28/sutskever13.html",
        _("Duchi, Hazan and Singer 2011 (Adagrad)"): "https://jmlr.org/papers/v12/duchi11a.html",
        _(
            "Tieleman and Hinton 2012 (RMSprop)"
        ): "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
        _("Zeiler 2012 (Adadelta)"): "https://arxiv.org/abs/1212.5701",
        _("Kingma and Ba 2015 (Adam)"): "https://arxiv.org/abs/1412.6980",
        _("Loshchilov and Hutter 2019 (AdamW)"): "https://arxiv.org/abs/1711.05101",
        _("Chen et al. 2023 (Lion)"): "https://arxiv.org/abs/2302.06675",
        _("Goh 2017 (Why momentum really works)"): "https://distill.pub/2017/momentum/",
        _("Li et al. 2018 (loss landscape)"): "https://arxiv.org/abs/1712.09913",
        "Rosenbrock 1960": "https://doi.org/10.1093/comjnl/3.3.175",
    },
)
