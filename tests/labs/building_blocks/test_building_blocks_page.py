"""The page of the lab on building blocks as Streamlit runs it, without a browser."""

from functools import partial
from urllib.parse import parse_qsl

import pytest

from playground.labs.building_blocks.settings import TOPICS
from playground.training import Experiment
from tests.labs import opened
from tests.labs.opened import address, open_page
from tests.ui.app_test import AppTest

LAB = "building_blocks"
session = partial(opened.session, lab=LAB)
control = partial(opened.control, lab=LAB)


def open_lab(**query: str) -> AppTest:
    return open_page(LAB, query)


def choose_topic(page: AppTest, topic: str) -> None:
    control(page, "button_group", "lab.topic").set_value(topic).run()
    assert not page.exception


def test_from_topic_to_topic_with_text_and_controls_of_its_own() -> None:
    page = open_lab()
    texts = set()
    for topic in [*list(TOPICS)[1:], "activations"]:
        choose_topic(page, topic)
        assert session(page).settings.topic == topic
        assert address(page) == ({} if topic == "activations" else {"topic": topic})
        assert [each.value for each in page.sidebar.subheader][:3] == ["What you see", "Try this", "Why"]
        texts.add(page.sidebar.markdown[0].value)
    assert len(texts) == len(TOPICS)


def test_controls_change_what_is_shown() -> None:
    page = open_lab()
    control(page, "selectbox", "lab.activation").set_value("tanh").run()
    control(page, "selectbox", "lab.rule").set_value("lecun_normal").run()
    assert [e.network.layers[0].activation for e in session(page).run.experiments] == ["tanh", "relu"]
    assert address(page) == {"activation": "tanh", "rule": "lecun_normal"}
    choose_topic(page, "batches")
    control(page, "button_group", "lab.layer").set_value("dropout").run()
    control(page, "slider", "lab.rate").set_value(0.25).run()
    assert address(page)["rate"] == "0.25"
    assert not page.exception
    choose_topic(page, "weights")
    control(page, "slider", "lab.depth").set_value(3).run()
    control(page, "button_group", "lab.view").set_value("symmetry").run()
    assert len(session(page).run.trainers) == 3
    assert not page.exception


@pytest.mark.parametrize("query", [{}, {"topic": "weights", "view": "symmetry"}, {"topic": "schedules"}])
def test_every_network_opens_on_the_main_page(query: dict[str, str]) -> None:
    page = open_lab(**query)
    links = page.get("link_button")
    experiments = session(page).run.experiments
    assert len(links) == len(experiments)
    for link, experiment in zip(links, experiments, strict=True):
        _, _, text = link.proto.url.partition("?")
        assert Experiment.from_query(dict(parse_qsl(text))) == experiment


@pytest.mark.parametrize("topic", ["losses", "batches", "weights"])
def test_where_nothing_trains_no_network_is_offered(topic: str) -> None:
    assert not open_lab(topic=topic).get("link_button")


def test_a_bad_link_gives_one_sentence() -> None:
    page = open_lab(topic="nothing")
    (warning,) = page.warning
    assert "lab.topic cannot be 'nothing'" in warning.value
    assert address(page) == {}
