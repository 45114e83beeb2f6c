"""The main page's link: view, Experiment and the runs beside it, exact both ways; else one sentence."""

from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.training import Experiment, ExperimentError
from playground.ui.main_page.compare_scene import MOST
from playground.ui.main_page.link import OTHERS, read_link, write_link
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from playground.ui.main_page.view import View
from tests.properties import often
from tests.training.strategies import experiments
from tests.ui.watching import SMALL, changed

VIEW = View(panels=("loss", "roc"), mistakes=True)
FASTER = changed(optimizer__lr=0.1)
DEFAULT = changed(data__n=Experiment().data.n)


@settings(max_examples=200)
@given(st.lists(experiments(), min_size=1, max_size=MOST))
def test_round_trips_are_exact(runs: list[Experiment]) -> None:
    query = write_link(VIEW, runs)
    travelled = dict(parse_qsl(urlencode(query), keep_blank_values=True))
    assert read_link(travelled) == (VIEW, runs)


@pytest.mark.parametrize("view", [VIEW, View()], ids=["changed", "default"])
def test_a_view_as_json(view: View) -> None:
    assert View.from_json(view.to_json()) == view


def test_one_run_has_the_link_it_always_had() -> None:
    assert write_link(View(), [SMALL]) == SMALL.to_query()
    assert write_link(View(), [Experiment()]) == {}


def test_other_runs_say_only_what_differs() -> None:
    query = write_link(View(), [SMALL, FASTER, SMALL, DEFAULT])
    assert query == {**SMALL.to_query(), "run2": "lr=0.1", "run3": "", "run4": "-n="}
    assert write_link(View(), [Experiment(), Experiment().replace("seed", 5)]) == {"v": "1", "run2": "seed=5"}


BAD = {
    "run2": ("lr=fast", "In run2: optimizer.lr cannot be 'fast': "),
    "run3": ("v=2", "In run3: The link is of version 2, "),
    "run4": ("run2=", "In run4: The link's key 'run2' is unknown: "),
    "run5": ("lr=0.1", "The link's key 'run5' is unknown: "),
}


@pytest.mark.parametrize("key", BAD)
def test_what_makes_no_sense_is_one_sentence(key: str) -> None:
    text, sentence = BAD[key]
    with pytest.raises(ExperimentError) as refused:
        read_link({**SMALL.to_query(), key: text})
    assert str(refused.value).startswith(sentence)


def test_a_text_past_its_bound_is_refused() -> None:
    with pytest.raises(ExperimentError, match="In run2: The text is too long: give at most"):
        read_link({"v": "1", "run2": "&".join(["lr=0.1"] * 1000)})


def refusal(query: dict[str, str]) -> str:
    """Why a link is refused; empty where it is read."""
    try:
        read_link(query)
    except ExperimentError as error:
        return str(error)
    return ""


@often(500)
@given(st.dictionaries(st.sampled_from([*OTHERS, "lr", "v", "panels"]), st.text(max_size=60)))
def test_any_text_opens_or_is_refused_with_a_sentence(query: dict[str, str]) -> None:
    said = refusal(query)
    assert said == "" or (said.endswith(".") and said.isprintable() and len(said) < 320)


def page(query: dict[str, str]) -> PageSession:
    return PageSession(playground_scene, query)


def test_a_link_puts_runs_side_by_side_and_lists_them() -> None:
    query = write_link(VIEW, [SMALL, FASTER])
    session = page(query)
    assert session.run.experiments == (SMALL, FASTER)
    assert [entry.experiment for entry in session.compared] == [SMALL, FASTER]
    assert session.logbook_now() == session.compared
    assert session.to_query() == query
    session.reopen(session.compared[1])
    assert session.to_query() == write_link(VIEW, [FASTER])


def test_runs_compared_in_a_visit_are_in_the_link() -> None:
    session = page(SMALL.to_query())
    session.set("optimizer.lr", 0.1)
    session.set("seed", 5)
    session.compare(session.logbook_now())
    view, runs = read_link(session.to_query())
    assert (view, tuple(runs)) == (View(), session.run.experiments)


def test_a_bad_run_in_a_link_costs_nothing() -> None:
    session = page(SMALL.to_query())
    run = session.run
    assert not session.open_link({**SMALL.to_query(), "run2": "lr=fast"})
    assert session.run is run
    assert not session.compared
    assert session.message.startswith("This link could not be opened. In run2: ")
