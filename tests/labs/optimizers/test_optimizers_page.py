"""The page of the lab on optimizers as Streamlit runs it, without a browser."""

from functools import partial
from urllib.parse import parse_qsl

import pytest

from playground.limits import MAX_LAB_NETWORKS, MAX_RACERS
from playground.training import Experiment
from tests.labs import opened
from tests.labs.opened import address, open_page
from tests.ui.app_test import AppTest

LAB = "optimizers"
session = partial(opened.session, lab=LAB)
control = partial(opened.control, lab=LAB)


def open_lab(**query: str) -> AppTest:
    return open_page(LAB, query)


@pytest.mark.parametrize("view", ["surfaces", "network", "rates", "landscape"])
def test_every_view_has_its_controls(view: str) -> None:
    page = open_lab(view=view)
    assert not page.warning
    assert [tab.label for tab in page.tabs][:3] == ["Read", "Optimizers", "Setup"]
    assert address(page) == ({} if view == "surfaces" else {"view": view})


def test_the_view_and_the_surface_are_chosen_above_the_picture() -> None:
    page = open_lab()
    control(page, "selectbox", "lab.surface").set_value("beale").run()
    assert address(page) == {"surface": "beale"}
    control(page, "button_group", "lab.view").set_value("rates").run()
    assert address(page) == {"surface": "beale", "view": "rates"}
    assert not page.exception


def test_optimizers_are_set_one_by_one() -> None:
    page = open_lab()
    page.selectbox(f"{LAB}:racers").set_value(1).run()
    control(page, "selectbox", "lab.racers.1.name").set_value("nesterov").run()
    control(page, "select_slider", "lab.racers.1.lr").set_value(0.03).run()
    assert address(page)["racers"] == "sgd~nesterov-0.03~rmsprop~adam"
    assert not page.exception


@pytest.mark.parametrize(("view", "most"), [("surfaces", MAX_RACERS), ("network", MAX_LAB_NETWORKS)])
def test_optimizers_are_added_and_removed(view: str, most: int) -> None:
    page = open_lab(view=view)
    while len(session(page).settings.present) < most:
        page.button(f"{LAB}:add").click().run()
    assert page.button(f"{LAB}:add").disabled
    assert len({entry.name for entry in session(page).settings.present}) == most
    while len(session(page).settings.present) > 1:
        page.button(f"{LAB}:remove").click().run()
        assert not page.exception
    assert page.button(f"{LAB}:remove").disabled


def test_the_start_can_be_typed() -> None:
    page = open_lab(surface="bowl")
    control(page, "number_input", "lab.start.0").set_value(1.5).run()
    assert address(page) == {"surface": "bowl", "start": "1.5~2.4"}


def test_the_button_opens_the_network_on_the_main_page() -> None:
    page = open_lab(view="network", v="1", n="60")
    page.selectbox(f"{LAB}:learners").set_value(3).run()
    (link,) = page.get("link_button")
    _, _, query = link.proto.url.partition("?")
    opened = Experiment.from_query(dict(parse_qsl(query)))
    assert opened == session(page).run.experiments[3]
    assert opened.optimizer.name == "adam"


def test_a_bad_link_gives_one_sentence() -> None:
    page = open_lab(racers="sgd-fast")
    (warning,) = page.warning
    assert "racers" in warning.value
    assert address(page) == {}


def test_a_landscape_follows_its_plane_and_run() -> None:
    page = open_lab(view="landscape")
    control(page, "button_group", "lab.plane").set_value("random").run()
    control(page, "selectbox", "lab.chosen").set_value(0).run()
    assert address(page) == {"view": "landscape", "plane": "random", "run": "0"}
    assert not page.exception
