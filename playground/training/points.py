"""The setting that holds the visitor's own points; they belong to the dataset "own"."""

from typing import ClassVar, Unpack

from playground.datasets import STARTER, OwnPoints, PointsError
from playground.datasets.own_text import from_text, to_link, to_text
from playground.limits import MIN_OWN_POINTS
from playground.text import _
from playground.training.fields import Described, declare
from playground.training.settings import ExperimentError, Setting, Value

OWN = "own"  # in DATASETS


class PointsSetting(Setting):
    """Own points, with the default wherever the dataset is another. In a link and in JSON they are a text
    (see `own_text`); a link holds few of them, and of more it tells only how many there are.
    """

    kind = "points"
    beside: ClassVar[str] = "dataset"  # the field of the same section that says whether they are used

    def check(self, value: object, owner: object = None) -> OwnPoints:
        if not isinstance(value, OwnPoints) or len(value) < MIN_OWN_POINTS:
            raise self.error(value, _("give at least {least} points").format(least=MIN_OWN_POINTS))
        dataset = OWN if owner is None else getattr(owner, self.beside)
        if dataset != OWN and value != self.default:
            raise self.error(
                value,
                _("the dataset is {dataset}, so choose {own} to use other points").format(
                    dataset=dataset, own=OWN
                ),
            )
        return value

    def write(self, value: OwnPoints) -> str:
        return to_link(value)

    def read(self, text: str) -> OwnPoints:
        try:
            return from_text(text)
        except PointsError as error:
            raise ExperimentError(str(error)) from error

    def to_plain(self, value: OwnPoints) -> str:
        return to_text(value)

    def from_plain(self, value: Value) -> OwnPoints:
        return self.read(value)


def own_points(**described: Unpack[Described]) -> OwnPoints:
    """A field that holds the visitor's own points."""
    field: OwnPoints = declare(PointsSetting(default=STARTER, **described))
    return field
