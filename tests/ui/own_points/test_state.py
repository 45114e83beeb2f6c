"""Own points on a page: steps from the player, files, and the run that shows them."""

from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.datasets import STARTER, OwnPoints, to_csv
from playground.limits import MAX_DRAW_STEPS
from playground.ui.main_page.actions import act
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from tests.ui.own_points.test_editor import JUNK, LINE, STEP
from tests.ui.watching import SMALL, changed, seen

FOUR = OwnPoints([(0, 0), (1, 1), (2, 2), (3, 3)], [0, 1, 0, 1])
NASTY = OwnPoints(FOUR.x, FOUR.y, labels=("<b>a</b>", "%{x}"))


def session_of(experiment=SMALL) -> PageSession:
    return PageSession(playground_scene, experiment.to_query())


def own(points: OwnPoints = FOUR):
    return changed(data__points=points)


def send(session: PageSession, *steps: dict, author: int = 5, start: int = 1) -> None:
    numbered = [{"number": k, **step} for k, step in enumerate(steps, start)]
    act(session, {"kind": "draw", "author": author, "steps": numbered, "update": 0})


def told(session: PageSession) -> dict:
    """What the player was told about the points last."""
    header = seen(session.run)[0]
    return header["scene"]["drawing"] if "scene" in header else header["note"]["drawing"]


def test_drawing_begins_with_an_example() -> None:
    session = session_of()
    assert told(session)["active"] is False
    send(session, {"tool": "open"})
    assert session.experiment == SMALL.replace("data.dataset", "own")
    assert session.experiment.data.points == STARTER
    assert (told(session)["active"], told(session)["trained"], told(session)["done"]) == (True, True, 1)
    assert session.message == ""


def test_a_stroke_is_a_new_run_with_the_same_seed() -> None:
    session = session_of(own())
    id = session.run.id
    send(session, {"tool": "draw", "path": LINE, "y": 1})
    assert session.run.id != id
    assert session.experiment.seed == SMALL.seed
    assert len(session.experiment.data.points) == len(FOUR) + 16
    assert told(session)["x"] == [x for x, _ in session.experiment.data.points.x]
    assert seen(session.run)[0]["label"] == ""  # no curves of other points beside the new ones


def test_a_step_sent_twice_is_done_once() -> None:
    session = session_of(own())
    for _ in range(2):
        send(session, {"tool": "draw", "path": LINE, "y": 1})
    assert len(session.experiment.data.points) == 20
    assert told(session)["done"] == 1
    send(session, {"tool": "undo"}, author=6)  # after a reload the numbers begin anew
    assert session.experiment.data.points == FOUR


def test_steps_that_belong_together_are_one_run() -> None:
    session = session_of(own())
    steps = [{"tool": "draw", "path": [[x, -5]], "y": 0} for x in range(3)]
    send(session, *steps, {"tool": "undo"})
    assert len(session.experiment.data.points) == len(FOUR) + 2
    many = [{"tool": "class"}] * (MAX_DRAW_STEPS + 5)
    send(session, *many, start=10)
    assert told(session)["done"] == 10 + MAX_DRAW_STEPS - 1


def test_too_few_points_leave_the_run_and_say_so() -> None:
    session = session_of(own())
    run, experiment = session.run, session.experiment
    send(session, {"tool": "clear"})
    assert (session.run, session.experiment) == (run, experiment)
    assert "at least 2 points" in told(session)["problem"]
    assert (told(session)["trained"], told(session)["x"]) == (False, [])
    session.set("data.train_share", 0.4)
    assert (session.experiment.data.points, told(session)["x"]) == (FOUR, [])
    send(session, {"tool": "draw", "path": LINE, "y": 1}, start=2)
    assert len(session.experiment.data.points) == 16
    assert (told(session)["trained"], told(session)["problem"]) == (True, "")


def test_another_dataset_keeps_the_drawing() -> None:
    session = session_of(own())
    session.set("data.dataset", "xor")
    assert told(session)["active"] is False
    session.set("data.dataset", "own")
    assert session.experiment.data.points == FOUR
    session.set("data.dataset", "xor")
    send(session, {"tool": "clear"}, {"tool": "open"})
    assert session.experiment.data.points == STARTER


@pytest.mark.parametrize("dataset", ["circle", "blobs", "reg-gauss"])
def test_the_points_of_a_dataset_can_be_taken_over(dataset: str) -> None:
    session = session_of(changed(data__dataset=dataset, data__label_flips=0.2))
    task, classes = session.experiment.task, session.experiment.n_classes
    session.take_points()
    assert (session.experiment.data.dataset, len(session.experiment.data.points)) == ("own", 80)
    assert (session.experiment.task, session.experiment.n_classes) == (task, classes)
    taken = session.experiment.data.points
    send(session, {"tool": "example"}, {"tool": "take"})
    assert session.experiment.data.points == taken


def test_a_file_becomes_the_points_and_undo_leads_back() -> None:
    session = session_of(own())
    session.load_points(to_csv(NASTY).encode())
    assert session.experiment.data.points == NASTY
    send(session, {"tool": "undo"})
    assert session.experiment.data.points == FOUR


def test_a_bad_file_gets_one_sentence_and_nothing_is_lost() -> None:
    session = session_of(own())
    run, packet = session.run, session.run.packet
    session.load_points("1,2,0\n1,x,1\n")
    assert (session.run, session.run.packet) == (run, packet)
    assert session.own.refused.startswith("Line 2, column 2: ")
    session.load_points("1,2,0\n100,3,1\n")
    assert session.own.refused == ""
    assert "scaled" in session.own.notes[0]


def test_of_one_drawing_only_the_last_run_is_listed() -> None:
    session = session_of(own())
    for k in range(5):
        send(session, {"tool": "draw", "path": [[k, -5]], "y": 0}, start=k + 1)
    (entry,) = session.logbook_now()
    assert len(entry.experiment.data.points) == len(FOUR) + 5
    session.set("data.dataset", "xor")
    assert len(session.logbook_now()) == 2


def test_nobody_draws_while_runs_are_compared() -> None:
    session = session_of(own())
    session.set("data.dataset", "xor")
    session.compare(session.logbook_now())
    packet = session.run.packet
    send(session, {"tool": "open"})
    assert session.run.packet == packet


def test_labels_are_shown_as_they_are() -> None:
    session = session_of(own(NASTY))
    figure = seen(session.run)[0]["scene"]["panels"][0]["figure"]
    hovers = [trace["hovertemplate"].partition("<br>")[0] for trace in figure["data"]]
    assert not any("<" in hover or "%{" in hover for hover in hovers)
    assert {unescape(hover).partition("class ")[2] for hover in hovers} == set(NASTY.labels)


DRAWING = session_of(own())  # goes on from one example to the next, as a visitor does


@settings(max_examples=100)
@given(
    st.fixed_dictionaries(
        {
            "kind": st.just("draw"),
            "author": st.integers() | JUNK,
            "steps": st.lists(STEP | JUNK, max_size=4) | JUNK,
        }
    ),
    st.lists(st.integers(-2, 9) | JUNK, min_size=4, max_size=4),
)
def test_whatever_a_visitor_sends_leaves_a_run(sent: dict, numbers: list) -> None:
    session = DRAWING
    if isinstance(sent["steps"], list):
        for step, number in zip(sent["steps"], numbers, strict=False):
            if isinstance(step, dict):
                step["number"] = number
    act(session, sent)
    assert session.experiment.data.dataset == "own"
    assert len(session.experiment.data.points) >= 2
