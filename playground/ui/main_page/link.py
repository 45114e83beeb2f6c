"""The main page's link: how the run is looked at, its Experiment, and the runs it stands side by side with.

The link's keys describe the first run. Each other run has one key, "run2" and so on, whose text is again keys
and values: those in which this run's own link would differ, and "-key" for one that it would not have.
"""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

from playground.limits import MAX_LINK_VALUE
from playground.text import _
from playground.training import Experiment, ExperimentError
from playground.training.description import refuse_clashes
from playground.training.links import VERSION
from playground.ui.main_page.compare_scene import MOST
from playground.ui.main_page.view import View

OTHERS = tuple(f"run{k}" for k in range(2, MOST + 1))

refuse_clashes(_("The main page"), Experiment, View)


def write_link(view: View, experiments: Sequence[Experiment]) -> dict[str, str]:
    """The keys and texts of a link. experiments: one, or up to MOST side by side."""
    first, *others = (experiment.to_query() for experiment in experiments)
    if others:
        first = {"v": str(VERSION), **first}
    runs = zip(OTHERS, (urlencode(_changes(first, other)) for other in others), strict=False)
    return {**first, **dict(runs), **view.to_query()}


def read_link(query: Mapping[str, str]) -> tuple[View, list[Experiment]]:
    """What a link shows. ExperimentError for anything it should not hold."""
    view, rest = View.take(query)
    others = [key for key in OTHERS if key in rest]
    first = {key: text for key, text in rest.items() if key not in others}
    experiments = [Experiment.from_query(first)]
    for key in others:
        try:
            experiments.append(Experiment.from_query(_changed(first, rest[key])))
        except ExperimentError as error:
            raise ExperimentError(_("In {key}: {error}").format(key=key, error=error)) from error
    return view, experiments


def _changes(first: Mapping[str, str], other: Mapping[str, str]) -> dict[str, str]:
    """What makes the query `first` the query `other`, but for the version that both share."""
    new = {key: text for key, text in other.items() if first.get(key) != text}
    return new | {f"-{key}": "" for key in first if key not in other and key != "v"}


def _changed(first: Mapping[str, str], changes: str) -> dict[str, str]:
    """The query `first` with changes as `_changes` gives them, in the text of a link."""
    if len(changes) > MAX_LINK_VALUE:
        raise ExperimentError(
            _("The text is too long: give at most {most} characters.").format(most=MAX_LINK_VALUE)
        )
    pairs = dict(parse_qsl(changes, keep_blank_values=True))
    dropped = {key.removeprefix("-") for key in pairs if key.startswith("-")}
    kept = {key: text for key, text in first.items() if key not in dropped}
    return kept | {key: text for key, text in pairs.items() if not key.startswith("-")}
