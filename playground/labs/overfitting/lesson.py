"""The text of the lab on overfitting."""

from playground.labs.framework.lab import Lesson
from playground.text import _

REMEDIES_WORDS = _(
    "Watch the first picture bend around single points, the crossed ones too, whose labels are wrong. From "
    "the diamond on it gets better at its own points and worse at all others."
)
SWEEP_WORDS = _(
    "Pictures of the first seed from left to right; below, how often all seeds are wrong on training and on "
    "test points."
)

LESSON = Lesson(
    see=_(
        "A network with some 2,200 numbers to set gets **40 points** to learn from, and 4 of the labels "
        "are wrong (the crosses). It learns nearly all of them by heart: its **training loss** goes "
        "towards 0 while its **test loss** rises. The gap is shaded, and the diamond marks the epoch "
        "where the test loss was lowest. Above each picture stands the part of the test points that is on "
        "the right side. The other networks have the same points, first weights and seed, and one remedy "
        "each."
    ),
    try_this=_(
        "- Look at **Sweep**: one knob over its whole range. L2 makes a U, more points help.\n"
        "- Swap remedies: up to four at a time.\n"
        "- Set **wrong labels** to 0, then raise the **training points** to 320 instead: which of the two "
        "closes the gap?\n"
        "- Make the network **small**, one layer of 4 units: it learns half of the wrong labels at most, and "
        "perhaps not all of the pattern.\n\n"
        "Three tasks stand below the pictures; the page checks them from what it measures."
    ),
    why=_(r"""What is learnt makes the loss on the training points small. What is wanted is a small loss on
*all* points:

$$
\underbrace{L_\text{test}}_{\text{wanted}} = \underbrace{L_\text{train}}_{\text{learnt}} +
\underbrace{(L_\text{test} - L_\text{train})}_{\text{the gap}}
$$

- **L2** and **L1** add a price for weights, so that the boundary bends only where it pays:

$$
L_\text{train} + \tfrac{\lambda_2}{2} \sum_i w_i^2 + \lambda_1 \sum_i |w_i|
$$

- **Dropout** switches each unit off with probability $p$ and scales the others by $\tfrac{1}{1-p}$: no unit
  can rely on one other.
- **Batch norm** sees each point among those of its batch, which change: a noise that helps a little.
- **Early stopping** goes back to the epoch with the lowest test loss. (It looks at the test points to do so,
  so its test loss flatters it a little. In earnest one keeps a third set for this.)
- **More data** leaves less to chance. The first points are the same as everyone's; the others come from the
  test points, so its test set is the rest of theirs.
- A **smaller network** cannot bend as far.
- **Label smoothing** asks for $\tfrac{s}{2}$ and $1 - \tfrac{s}{2}$ instead of 0 and 1, so that nothing is
  won by ever larger outputs.

The **margin** of a point is its distance to the nearest place where the network answers differently, negative
where the point is on the wrong side. A boundary that bends around single points comes close to them.

**Width.** Classical theory expects a U: too small misses the pattern, too big learns the noise. Very large
networks often defy it, and their test error falls again: *double descent*. With points as few and inputs as
simple as here the error mostly levels off instead, and a second fall that a few seeds show is often gone with
others.

**Certain or not.** The words below the curve name a shape only where the seeds tell it from chance, by
t-tests of its slopes: one from each seed, on the logarithm of the loss. Where all is chance they still name
one in about one of twenty sweeps, at the epoch shown. One seed never tells, five tell more than three."""),
    sources={
        _(
            "Geman, Bienenstock and Doursat 1992 (bias and variance)"
        ): "https://doi.org/10.1162/neco.1992.4.1.1",
        _("Prechelt 1998 (early stopping)"): "https://doi.org/10.1007/3-540-49430-8_3",
        _("Krogh and Hertz 1991 (weight decay)"): "https://proceedings.neurips.cc/paper/1991/hash/"
        "8eefcfdf5990e441f0fb6f3fad709e21-Abstract.html",
        _("Srivastava et al. 2014 (dropout)"): "https://jmlr.org/papers/v15/srivastava14a.html",
        _("Ioffe and Szegedy 2015 (batch norm)"): "https://arxiv.org/abs/1502.03167",
        _("Szegedy et al. 2016 (label smoothing)"): "https://arxiv.org/abs/1512.00567",
        _("Zhang et al. 2017 (learning random labels)"): "https://arxiv.org/abs/1611.03530",
        _("Boser, Guyon and Vapnik 1992 (margin)"): "https://doi.org/10.1145/130385.130401",
        _("Student 1908 (t-test)"): "https://doi.org/10.1093/biomet/6.1.1",
        _("Hochberg 1988 (several tests at once)"): "https://doi.org/10.1093/biomet/75.4.800",
        _("Belkin et al. 2019 (double descent)"): "https://arxiv.org/abs/1812.11118",
        _("Nakkiran et al. 2020 (double descent)"): "https://arxiv.org/abs/1912.02292",
    },
)
