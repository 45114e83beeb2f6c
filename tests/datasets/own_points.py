"""Shared by the tests of own points: random ones, and the one sentence of an error."""

import numpy as np
import pytest
from hypothesis import strategies as st

from playground.datasets import OwnPoints, PointsError
from playground.limits import MAX_CLASSES, MAX_LABEL, MAX_LINK_POINTS

LABEL_LETTERS = st.characters(exclude_categories=["C", "Z"]) | st.just(" ")
LABELS = (
    st.text(LABEL_LETTERS, min_size=1, max_size=MAX_LABEL).map(lambda text: " ".join(text.split()))
    | st.sampled_from(["0", "1", "-1", "1.0", "1,5", "07", "value", '"', "a,b", "a;b", "#", "=1+1", "nan"])
).filter(bool)


@st.composite
def own_points(draw, min_size=0, max_size=MAX_LINK_POINTS):
    """Points of any task; some have few decimals, so that they lie on the drawing grid."""
    n, decimals = draw(st.integers(min_size, max_size)), draw(st.sampled_from([0, 2, 4, 9]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    places = rng.uniform(-6, 6, (n, 2)).round(decimals)
    kind = draw(st.sampled_from(["values", "numbered classes", "named classes"]))
    if kind == "values":
        return OwnPoints(places, rng.uniform(-1, 1, n).round(decimals), task="regression")
    labels = draw(st.lists(LABELS, min_size=2, max_size=MAX_CLASSES, unique=True))
    if kind == "numbered classes":
        labels = [str(c) for c in range(len(labels))]
    return OwnPoints(places, rng.integers(0, len(labels), n), labels=labels)


def sentence(act):
    """The message of the PointsError that `act` must raise: one printable sentence of readable length."""
    with pytest.raises(PointsError) as caught:
        act()
    message = str(caught.value)
    assert message.endswith(".")
    assert message.isprintable()
    assert len(message) < 300
    return message
