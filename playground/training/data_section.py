"""Data: the section of an Experiment that says which points there are."""

from dataclasses import dataclass
from typing import Any

from playground import limits
from playground.datasets import DATASETS, STARTER, OwnPoints
from playground.datasets.own import LABELS
from playground.text import _
from playground.training.fields import choice, integer, number
from playground.training.points import OWN, own_points
from playground.training.settings import Section


@dataclass(frozen=True)
class Data(Section, path="data"):
    """Which points, how many, and how they are shared out."""

    dataset: str = choice(
        "circle",
        DATASETS,
        label=_("Dataset"),
        key="dataset",
        help=_("The pattern of points the network has to learn."),
    )
    n: int = integer(
        500,
        low=limits.MIN_SAMPLES,
        high=limits.MAX_SAMPLES,
        step=10,
        label=_("Points"),
        key="n",
        help=_(
            "How many points there are in all. More points make the pattern clearer and each epoch longer."
        ),
    )
    noise: float = number(
        0.0,
        low=0.0,
        high=0.5,
        step=0.05,
        label=_("Noise"),
        key="noise",
        help=_("How much the pattern is blurred. More noise makes overfitting easier to see."),
    )
    classes: int = integer(
        3,
        low=2,
        high=limits.MAX_CLASSES,
        label=_("Classes"),
        key="classes",
        help=_("How many clouds the blobs dataset has. More classes mean more borders to find."),
    )
    train_share: float = number(
        0.5,
        low=0.01,
        high=1.0,
        step=0.01,
        label=_("Training share"),
        key="train",
        help=_("The part of the points to learn from; the others test. With 1, all of them do both."),
    )
    label_flips: float = number(
        0.0,
        low=0.0,
        high=0.5,
        step=0.01,
        label=_("Wrong labels"),
        key="flips",
        help=_("The part of the training labels that is wrong. More of it tempts the network to memorise."),
    )
    points: OwnPoints = own_points(  # noqa: RUF009 - a field, as above
        label=_("Your points"),
        key="own",
        help=_("Points that you draw or load, for the dataset of your own."),
    )

    @property
    def taken(self) -> dict[str, Any]:
        """What the dataset's generator is called with, besides the seed: each argument is of its own type."""
        return {name: getattr(self, name) for name in DATASETS[self.dataset].takes}

    @property
    def labels(self) -> tuple[str, ...]:
        """The names of the classes, which of own points are a visitor's words; none for regression."""
        return self.points.labels if self.dataset == OWN else LABELS[: self.kind[1]]

    @property
    def kind(self) -> tuple[str, int]:
        """The task, and the number of classes (0 for regression)."""
        return DATASETS[self.dataset].kind(**self.taken)

    def following(self, name: str, value: object) -> dict[str, object]:
        """Another dataset has no use for own points, and other points are those of the dataset "own"."""
        if name == "dataset" and value != OWN:
            return {"points": STARTER}
        if name == "points" and value != self.points:
            return {"dataset": OWN}
        return {}
