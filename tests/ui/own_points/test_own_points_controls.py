"""The sidebar's part for own points: in by pasting and from a file, out to a file, and one sentence for what
is bad.
"""

import pytest

from playground.datasets import STARTER, OwnPoints
from playground.training import Experiment
from tests.ui.main_page.test_pages import open_page, query, session, widgets
from tests.ui.own_points.test_state import NASTY, own

MANY = OwnPoints([(k % 10 / 2, k // 10) for k in range(-30, 31)], [0, 1] * 30 + [0])


def labels(page) -> list[str]:
    return [button.label for button in page.button]


def paste(page, text: str):
    page.text_area("playground:own:paste").set_value(text)
    (submit,) = [button for button in page.button if button.label == "Use these points"]
    return submit.click().run()


def test_controls_are_those_that_matter() -> None:
    assert {"data.n", "data.noise"} <= set(widgets(open_page({})))
    found = set(widgets(open_page({"dataset": "own"})))
    assert "data.dataset" in found
    assert not found & {"data.n", "data.noise", "data.classes"}


def test_the_menu_turns_to_own_points_and_back() -> None:
    page = open_page({})
    assert "Edit these points" in labels(page)
    widgets(page)["data.dataset"].set_value("own").run()
    assert session(page).experiment == Experiment().replace("data.dataset", "own")
    assert query(page) == {"v": "1", "dataset": "own"}
    assert "Edit these points" not in labels(page)
    assert any(str(STARTER) in caption.value for caption in page.caption)
    widgets(page)["data.dataset"].set_value("xor").run()
    assert query(page) == {"v": "1", "dataset": "xor"}


def test_points_of_a_dataset_are_made_ones_own() -> None:
    page = open_page({"dataset": "moons", "n": "40"})
    next(button for button in page.button if button.label == "Edit these points").click().run()
    points = session(page).experiment.data.points
    assert len(points) == 40
    assert query(page)["own"].startswith("2.")
    again = open_page(query(page))
    assert session(again).experiment == session(page).experiment


def test_pasted_points_are_run() -> None:
    page = paste(open_page({}), "x,y,label\n1,2,cat\n3,4,dog\n-1,0,cat\n")
    assert session(page).experiment.data.points == OwnPoints(
        [(1, 2), (3, 4), (-1, 0)], [0, 1, 0], labels=("cat", "dog")
    )
    assert not page.exception
    assert not page.warning
    assert not page.info


def test_what_was_done_to_pasted_points_is_said() -> None:
    page = paste(open_page({}), "100,200,0.5\n300,400,2.5\n")
    assert [note.value.split()[0] for note in page.info] == ["Some", "The"]


@pytest.mark.parametrize("text", ["1,2,0\nfoo,2,1\n", "nothing", "1 2", "a" * 1000, "<b>,![x](http://y),**"])
def test_bad_points_are_one_sentence_and_nothing_is_lost(text: str) -> None:
    page = open_page({"dataset": "own"})
    run = session(page).run
    paste(page, text)
    (warning,) = page.warning
    assert "\n" not in warning.value
    assert "](" not in warning.value.replace(r"\]", "")
    assert session(page).run is run
    assert not page.exception


def test_no_text_changes_nothing() -> None:
    page = open_page({})
    run = session(page).run
    paste(page, "  \n")
    assert session(page).run is run
    assert not page.warning


def test_more_points_than_a_link_holds_come_with_a_sentence() -> None:
    few = open_page(own().to_query())
    assert not any("link" in caption.value for caption in few.caption)
    page = open_page({})
    paste(page, "\n".join(f"{x},{y},{c}" for (x, y), c in zip(MANY.x, MANY.y, strict=True)))
    assert session(page).experiment.data.points.x == MANY.x
    assert any("at most 60 points" in caption.value for caption in page.caption)
    assert query(page)["own"] == "file-61"
    (warning,) = open_page(query(page)).warning
    assert "61 own points" in warning.value
    assert "load them from their file" in warning.value


def test_labels_of_a_visitor_break_nothing() -> None:
    page = open_page({**own(NASTY).to_query(), "panels": "confusion~roc~hidden_space"})
    assert not page.exception
    assert session(page).experiment.data.labels == NASTY.labels


def test_a_lesson_that_hides_the_dataset_hides_own_points() -> None:
    page = open_page({"hide": "dataset"})
    assert "Edit these points" not in labels(page)
