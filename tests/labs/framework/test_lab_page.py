"""The lab's page as Streamlit runs it, without a browser."""

from functools import partial
from urllib.parse import parse_qsl

import pytest

from playground.limits import MAX_LAB_LAYERS, MAX_LAYERS
from playground.training import Experiment, HiddenLayer
from tests.labs import opened
from tests.labs.opened import address, open_page
from tests.ui.app_test import AppTest, app

LAB = "vanishing_gradients"
session = partial(opened.session, lab=LAB)
control = partial(opened.control, lab=LAB)

LINK = {"networks": "3x4-sigmoid-xavier_uniform~2x4-relu-he_normal", "v": "1", "n": "60"}


def open_lab(query: dict[str, str] = LINK) -> AppTest:
    return open_page(LAB, query)


def test_the_page_opens_its_link() -> None:
    page = open_lab()
    assert not page.warning
    assert session(page).to_query() == LINK
    assert address(page) == LINK
    headings = [each.value for each in page.sidebar.subheader]
    assert headings == ["What you see", "Try this", "Why", "Sources"]


def test_a_bad_link_gives_one_sentence() -> None:
    page = open_lab({"networks": "99x8-tanh-zeros"})
    (warning,) = page.warning
    assert "networks" in warning.value
    assert address(page) == {}


def test_controls_change_the_chosen_network() -> None:
    page = open_lab()
    control(page, "slider", "lab.networks.0.depth").set_value(7).run()
    assert session(page).settings.networks[0].depth == 7
    page.get("button_group")[0].set_value(1).run()
    control(page, "selectbox", "lab.networks.1.initializer").set_value("normal").run()
    control(page, "toggle", "lab.networks.1.residual").set_value(True).run()
    assert address(page)["networks"] == "7x4-sigmoid-xavier_uniform~2x4-relu-normal-residual"
    assert not page.exception


def test_networks_are_added_and_removed() -> None:
    page = open_lab()
    for count, name in ((3, "add"), (4, "add"), (3, "remove"), (2, "remove"), (1, "remove")):
        page.button(f"vanishing_gradients:{name}").click().run()
        assert not page.exception
        assert len(session(page).settings.networks) == count
    assert page.button("vanishing_gradients:remove").disabled


def test_removing_the_chosen_last_network() -> None:
    page = open_lab()
    page.get("button_group")[0].set_value(1).run()
    page.button("vanishing_gradients:remove").click().run()
    assert not page.exception
    assert len(session(page).run.trainers) == 1


def test_shared_controls_change_all() -> None:
    page = open_lab()
    control(page, "selectbox", "data.dataset").set_value("moons").run()
    assert {experiment.data.dataset for experiment in session(page).run.experiments} == {"moons"}


def test_the_button_opens_the_network_on_the_main_page() -> None:
    page = open_lab()
    (link,) = page.get("link_button")
    start, _, query = link.proto.url.partition("?")
    assert start == "./"
    assert Experiment.from_query(dict(parse_qsl(query))) == session(page).run.experiments[0]


@pytest.mark.parametrize("depth", [MAX_LAYERS, MAX_LAB_LAYERS])
def test_the_main_page_opens_a_deep_network(depth: int) -> None:
    experiment = Experiment().replace("data.n", 40).replace("network.layers", (HiddenLayer(2),) * depth)
    page = app()
    for name, value in experiment.to_query().items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    assert page.session_state["playground"].experiment == experiment
    (slider,) = [each for each in page.slider if each.key.startswith("playground:network.layers:")]
    assert (slider.value, slider.max) == (depth, depth)
    slider.set_value(depth - 1).run()
    assert not page.exception
    assert len(page.session_state["playground"].experiment.network.layers) == depth - 1
