"""The page of the lab on one step as Streamlit runs it, without a browser."""

from functools import partial
from urllib.parse import parse_qsl

import pytest

from playground.training import Experiment
from playground.ui.chrome import routes
from tests.labs import opened
from tests.labs.opened import address, open_page
from tests.ui.app_test import AppTest
from tests.ui.shown_player import lab_modules_asked_for, shown_player

LAB = "one_step"
BROWSER = routes.ROOT / "labs" / LAB / "browser"
session = partial(opened.session, lab=LAB)
control = partial(opened.control, lab=LAB)


def open_lab(**query: str) -> AppTest:
    return open_page(LAB, query)


def paths(page: AppTest, kind: str) -> list[str]:
    return [each.key.split(":")[1] for each in page.get(kind)]


def test_the_page_opens_its_link() -> None:
    page = open_lab(samples="all", pick="u1.3", sample="2")
    assert not page.warning
    assert address(page) == {"samples": "all", "pick": "u1.3", "sample": "2"}


def test_the_browser_is_told_at_once_of_the_modules_that_scenes_bring() -> None:
    page = open_lab()
    asked = lab_modules_asked_for(shown_player(page))
    assert sorted(asked) == sorted(routes.served_name(path) for path in BROWSER.glob("*.js"))
    assert {routes.served_name(path) for path in session(page).run.scene.modules} <= set(asked)


def test_a_bad_link_gives_one_sentence() -> None:
    page = open_lab(pick="u7.9")
    (warning,) = page.warning
    assert "lab.pick" in warning.value
    assert address(page) == {}


def test_a_button_leads_to_the_run_and_back() -> None:
    page = open_lab()
    page.button("one_step:view").click().run()
    assert address(page) == {"view": "run"}
    assert page.button("one_step:view").label == "One step at a time"
    page.button("one_step:view").click().run()
    assert address(page) == {}
    assert page.button("one_step:view").label == "Run 1000 epochs"
    assert not page.exception


def test_controls_build_the_network() -> None:
    page = open_lab()
    control(page, "slider", "network.layers").set_value(3).run()
    control(page, "number_input", "network.layers.1.units").set_value(6).run()
    control(page, "selectbox", "network.layers.2.activation").set_value("relu").run()
    layers = session(page).base.network.layers
    assert [(layer.units, layer.activation) for layer in layers] == [
        *((4, "sigmoid"), (6, "sigmoid"), (4, "relu"))
    ]
    assert control(page, "number_input", "network.layers.1.units").max == 6
    assert control(page, "slider", "network.layers").max == 3
    assert not page.exception


def test_the_activation_of_the_output_is_offered_where_there_is_a_choice() -> None:
    page = open_lab()
    assert "network.output" in paths(page, "selectbox")
    control(page, "selectbox", "loss.name").set_value("bce").run()
    assert "network.output" not in paths(page, "selectbox")
    assert not page.warning


def test_the_first_sample_is_offered_where_updates_use_one() -> None:
    page = open_lab()
    control(page, "selectbox", "lab.sample").set_value(2).run()
    assert address(page) == {"sample": "2"}
    control(page, "selectbox", "lab.samples").set_value("all").run()
    assert "lab.sample" not in paths(page, "selectbox")
    assert address(page) == {"sample": "2", "samples": "all"}


@pytest.mark.parametrize("optimizer", ["adam", "rmsprop", "nadam"])
def test_options_of_the_optimizer_are_offered(optimizer: str) -> None:
    page = open_lab()
    control(page, "selectbox", "optimizer.name").set_value(optimizer).run()
    wanted = {path for path in session(page).fields() if path.startswith("optimizer.options.")}
    assert wanted <= {path for kind in ("slider", "select_slider") for path in paths(page, kind)}


@pytest.mark.parametrize("samples", ["one", "all"])
def test_the_button_opens_the_network_on_the_main_page(samples: str) -> None:
    page = open_lab(samples=samples)
    (link,) = page.get("link_button")
    query = link.proto.url.partition("?")[2]
    found = session(page)
    assert Experiment.from_query(dict(parse_qsl(query))) == found.settings.experiment(found.base)
