"""What the lab on vanishing gradients says: the text, and where to look."""

from playground.labs.framework.lab import Lesson
from playground.text import _

WORDS = _(
    "Compare the bars from right to left: that is the way the gradient goes back. Where they shrink at every "
    "layer, the first layers learn nothing."
)


LESSON = Lesson(
    see=_(
        "Four networks learn the **same points** from the same seed; their titles say how they differ. Plain "
        "sigmoid layers keep about a sixth of the gradient each: ten of them leave less than a millionth for "
        "the first layer, and the picture stays blank. Tanh, ReLU with He weights, and batch norm keep the "
        "bars level, and these networks learn."
    ),
    try_this=_(
        "- Set network 2 to **30 hidden layers**: it learns no more. Turn on its **residual connections**: "
        "it learns.\n"
        "- Give all four **sigmoid** without normalization, and different initial weights: none learns.\n"
        "- Tanh, **64 units, Normal** weights, 30 layers: now the bars grow instead.\n"
        "- Choose **Adam** with rate **0.01** (Shared), and **2 hidden layers** for network 1: it learns. "
        "With **12** it does not.\n\n"
        "Three tasks stand below the pictures; the page checks them from what it measures."
    ),
    why=_(r"""On the way back, the chain rule multiplies one factor for each layer:

$$
\delta_l = f'(z_l) \odot \left(\delta_{l+1} W_{l+1}^\top\right)
$$

$$
\frac{\partial E}{\partial W_l} = a_{l-1}^\top\, \delta_l
$$

For random weights and wide layers the size of $\delta$ changes by

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

The dotted line follows this theory layer by layer, for the first weights and this data, and counts how the
gradients of different points cancel. It is right for **very wide layers with weights drawn at random**: with
64 units it is mostly within a factor of 2, with 8 within one of 10. There is none for fewer units, for equal
weights, and with **batch norm**, which ties the points of a batch together."""),
    sources={
        "Hochreiter 1991; Bengio, Simard and Frasconi 1994": "https://doi.org/10.1109/72.279181",
        "Glorot and Bengio 2010": "https://proceedings.mlr.press/v9/glorot10a.html",
        _("He et al. 2015 (initial weights)"): "https://arxiv.org/abs/1502.01852",
        _("He et al. 2016 (residual)"): "https://arxiv.org/abs/1512.03385",
        _("Ioffe and Szegedy 2015 (batch norm)"): "https://arxiv.org/abs/1502.03167",
        _("Schoenholz et al. 2017 (theory)"): "https://arxiv.org/abs/1611.01232",
        _("Jacot, Gabriel and Hongler 2018 (theory, all points)"): "https://arxiv.org/abs/1806.07572",
        _("Yang et al. 2019 (why batch norm needs another)"): "https://arxiv.org/abs/1902.08129",
        _("Pascanu, Mikolov and Bengio 2013 (clipping)"): "https://arxiv.org/abs/1211.5063",
    },
)
