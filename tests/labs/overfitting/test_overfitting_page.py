"""The page of the lab on overfitting as Streamlit runs it, without a browser."""

from functools import partial
from urllib.parse import parse_qsl

import pytest

from playground.training import Experiment
from tests.labs import opened
from tests.labs.opened import address, open_page
from tests.ui.app_test import AppTest

LAB = "overfitting"
session = partial(opened.session, lab=LAB)
control = partial(opened.control, lab=LAB)

LINK = {"v": "1", "layers": "6-tanh~6-tanh", "n": "200", "train": "0.2", "remedies": "none~dropout"}


def open_lab(query: dict[str, str] = LINK) -> AppTest:
    return open_page(LAB, query)


def test_the_page_opens_its_link() -> None:
    page = open_lab()
    assert not page.warning
    assert address(page) == LINK
    headings = [each.value for each in page.sidebar.subheader]
    assert headings == ["What you see", "Try this", "Why", "Sources"]


def test_only_the_strengths_of_what_is_compared_can_be_set() -> None:
    page = open_lab()
    sliders = [each.key for each in page.slider]
    assert any("lab.dropout_rate" in key for key in sliders)
    assert not any("lab.l2_rate" in each.key for each in page.select_slider)
    control(page, "button_group", "lab.remedies").set_value(["none", "l2"]).run()
    assert not page.exception
    control(page, "select_slider", "lab.l2_rate").set_value(0.1).run()
    assert address(page) == {**LINK, "remedies": "none~l2", "l2_rate": "0.1"}


def test_a_fifth_remedy_is_refused_in_one_sentence() -> None:
    page = open_lab()
    chosen = ["none", "l2", "l1", "dropout", "smaller"]
    control(page, "button_group", "lab.remedies").set_value(chosen).run()
    assert not page.exception
    (warning,) = page.warning
    assert "at most 4" in warning.value
    assert address(page) == LINK


def test_the_sweep_has_controls_of_its_own() -> None:
    page = open_lab()
    control(page, "button_group", "lab.view").set_value("sweep").run()
    control(page, "selectbox", "lab.knob").set_value("noise").run()
    control(page, "slider", "lab.seeds").set_value(2).run()
    assert not page.exception
    assert address(page) == {**LINK, "view": "sweep", "knob": "noise", "seeds": "2"}
    assert len(session(page).run.trainers) == 12


def test_points_and_network_change_for_all() -> None:
    page = open_lab()
    control(page, "slider", "data.train_share").set_value(60).run()
    control(page, "slider", "network.layers").set_value(3).run()
    control(page, "number_input", "shape.units").set_value(9).run()
    control(page, "selectbox", "shape.activation").set_value("relu").run()
    assert not page.exception
    first, second = session(page).run.experiments
    assert first.network.layers == session(page).base.network.layers
    assert [(each.units, each.activation) for each in second.network.layers] == [(9, "relu")] * 3
    assert len(session(page).run.trainers[0].train_data) == 60
    assert address(page)["train"] == "0.3"


def test_only_data_with_classes_is_offered() -> None:
    page = open_lab()
    offered = control(page, "selectbox", "data.dataset").options
    assert "Circle" in offered
    assert not {"Saddle", "Your own points"} & set(offered)


def test_points_of_ones_own_come_by_link() -> None:
    experiment = Experiment().replace("data.dataset", "own").replace("data.train_share", 0.5)
    page = open_lab(experiment.to_query())
    assert not page.warning
    assert "Your own points" in control(page, "selectbox", "data.dataset").options
    assert not any("data.noise" in each.key for each in page.slider)


@pytest.mark.parametrize("query", [LINK, {"view": "sweep", "seeds": "1", **LINK}])
def test_the_button_opens_the_chosen_network_on_the_main_page(query: dict[str, str]) -> None:
    page = open_lab(query)
    (choice,) = [each for each in page.selectbox if each.key == "overfitting:chosen"]
    choice.set_value(1).run()
    (link,) = page.get("link_button")
    opened = Experiment.from_query(dict(parse_qsl(link.proto.url.partition("?")[2])))
    assert opened == session(page).run.experiments[1]


def test_a_bad_link_gives_one_sentence() -> None:
    page = open_lab({"remedies": "hope"})
    (warning,) = page.warning
    assert "remedies" in warning.value
    assert address(page) == {}
