"""Descriptions of any kind of run: paths, links, JSON, items of several kinds, clashes of keys."""

import json
import pickle
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.training import Experiment, ExperimentError
from playground.training.description import Description, refuse_clashes
from playground.training.fields import flag, integer, text
from playground.training.lists import ListSetting
from playground.training.sections import Network, Optimizer
from playground.training.settings import Section, settings_of
from tests.training.strategies import values
from tests.training.toy_descriptions import (
    ABOUT,
    KINDS,
    Conv,
    Dense,
    Discriminator,
    GanExperiment,
    Lstm,
    Player,
    Rule,
)


def items(kinds):
    """Any items of these kinds; of an optimizer's options one that most have."""
    return st.one_of(
        st.builds(kind, **{name: values(s) for name, s in settings_of(kind).items() if s.kind != "options"})
        for kind in kinds
    )


LAYERS = st.lists(items(KINDS.values()), max_size=4)
LINKS = {
    "g_layers": "12-relu~conv-16-5x5-tanh-padded-by2~lstm-32",
    "g_optimizer": "rmsprop",
    "g_optimizer.alpha": "0.8",
    "d_layers": "conv-8-3x3~conv-8-3x3-padded",
    "d_lr": "0.5",
    "rules": "sgd-0.03~adam-beta1:0.8-beta2:0.5",
    "latent": "3",
}


def test_a_link_names_both_networks_and_every_kind_of_layer():
    described = GanExperiment.from_query({"v": "1", **LINKS})
    generator = (Dense(12, "relu"), Conv(16, 5, "tanh", True, 2), Lstm(32))
    assert described == GanExperiment(
        generator=Player(generator, "rmsprop", options={"alpha": 0.8}),
        discriminator=Discriminator((Conv(), Conv(padded=True)), lr=0.5),
        rules=(Rule("sgd", 0.03), Rule("adam", options={"beta1": 0.8, "beta2": 0.5})),
        latent=3,
    )
    assert described.to_query() == {"v": "1", **LINKS}


@given(LAYERS, LAYERS, st.lists(items([Rule]), min_size=1, max_size=3), st.integers(1, 32))
def test_round_trips_are_exact(generator, discriminator, rules, latent):
    described = GanExperiment(
        generator=Player(generator), discriminator=Discriminator(discriminator), rules=rules, latent=latent
    )
    assert GanExperiment.from_query(described.to_query()) == described
    assert GanExperiment.from_json(described.to_json()) == described
    assert pickle.loads(pickle.dumps(described)) == described


@given(LAYERS)
def test_every_path_leads_to_a_value_that_can_be_set(layers):
    described = GanExperiment(discriminator=Discriminator(layers))
    assert described.replace("rules.0.options.beta1", 0.25).get("rules.0.options.beta1") == 0.25
    for path, setting in described.fields().items():
        assert setting.path == path
        assert described.replace(path, described.get(path)) == described
    for k, layer in enumerate(layers):
        for name in settings_of(type(layer)):
            assert described.get(f"discriminator.layers.{k}.{name}") == getattr(layer, name)


def test_replace_changes_one_field_and_what_no_longer_fits():
    start = GanExperiment.from_query({"v": "1", **LINKS})
    changed = start.replace("discriminator.layers.1.filters", 3)
    assert changed.discriminator.layers == (Conv(), Conv(3, padded=True))
    assert start.differences(changed) == ("discriminator.layers.1.filters",)
    other = start.replace("generator.name", "sgd").replace("rules.1.name", "sgd")
    assert dict(other.generator.options) == dict(other.rules[1].options) == {}
    assert other.generator.layers == start.generator.layers


def test_a_list_with_items_of_another_kind_differs_as_a_whole():
    start = GanExperiment()
    other = start.replace("generator.layers", (Dense(), Lstm()))
    assert start.differences(other) == ("generator.layers",)
    assert start.differences(start.replace("generator.layers", (Dense(),))) == ("generator.layers",)


def test_json_names_the_kind_of_a_layer_unless_it_is_the_usual_one():
    tree = json.loads(GanExperiment().to_json())
    dense, conv = tree["generator"]["layers"]
    assert dense == {"units": 8, "activation": "tanh", "dropout": 0.0}
    assert conv == {
        "kind": "conv",
        "filters": 8,
        "size": 3,
        "activation": "relu",
        "padded": False,
        "stride": 1,
    }
    assert tree["rules"] == [{"name": "adam", "lr": 0.01, "options": {}}]


SUCH = "give 0 to 4 layers such as 8-tanh, conv-8-3x3 or lstm-16."
BAD_LINKS = {
    "conv-8": f"generator.layers (g_layers) cannot be 'conv-8': {SUCH}",
    "conv-8-3x5": f"generator.layers (g_layers) cannot be 'conv-8-3x5': {SUCH}",
    "8-tanh~gru-4": f"generator.layers (g_layers) cannot be '8-tanh~gru-4': {SUCH}",
    "~".join(["lstm-1"] * 5): "generator.layers (g_layers) cannot be (Lstm(units=1), Lstm(units=1), ",
    "8-tanh~conv-65-3x3": "In layer 2, generator.layers.filters cannot be 65: choose a whole number from 1",
    "conv-8-3x3-swoosh": "In layer 1, generator.layers.activation cannot be 'swoosh': choose one of ",
    "8-tanh-drop2": "In layer 1, generator.layers.dropout cannot be 2.0: choose a number from 0 to 0.9.",
}


@pytest.mark.parametrize(("link", "message"), BAD_LINKS.items())
def test_a_bad_layer_in_a_link_gets_one_sentence(link, message):
    with pytest.raises(ExperimentError) as caught:
        GanExperiment.from_query({"g_layers": link})
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith(".")


BAD_JSON = {
    '{"kind": "gru"}': "In layer 1, generator.layers.kind cannot be 'gru': choose one of dense, conv, lstm.",
    '{"kind": null}': "In layer 1, generator.layers.kind cannot be None: choose one of dense, conv, lstm.",
    '{"kind": ["conv"]}': "In layer 1, generator.layers.kind cannot be ['conv']: choose one of dense, conv,",
    '{"kind": "lstm", "size": 3}': "In layer 1, generator.layers has no 'size': use units.",
    '{"kind": "conv", "size": 0}': "In layer 1, generator.layers.size cannot be 0: choose a whole number",
    "3": "generator.layers (g_layers) cannot be [3]: give a list with an object for each layer.",
}


@pytest.mark.parametrize(("layer", "message"), BAD_JSON.items())
def test_a_bad_layer_in_json_gets_one_sentence(layer, message):
    with pytest.raises(ExperimentError) as caught:
        GanExperiment.from_json(f'{{"version": 1, "generator": {{"layers": [{layer}]}}}}')
    assert str(caught.value).startswith(message)


def described_or_sentence(query):
    try:
        return GanExperiment.from_query(query)
    except ExperimentError as error:
        return str(error)


@given(
    st.text("0123456789-~.ex:acdhlmnorstuvy_ ", max_size=40)
    | st.lists(
        st.sampled_from(["8", "tanh", "conv", "lstm", "3x3", "drop0.5", "padded", "by2", "relu", "~"])
    ).map("-".join)
)
def test_any_text_is_a_list_or_a_sentence(link):
    for key in ("g_layers", "rules"):
        outcome = described_or_sentence({key: link})
        if isinstance(outcome, str):
            assert outcome.endswith(".")
        else:
            assert GanExperiment.from_query(outcome.to_query()) == outcome


def test_an_unknown_path_gets_one_sentence():
    for path in ("generator", "generator.layers.2.units", "generator.layers.0.size", "latent.0", 3, ""):
        for act in (GanExperiment().get, lambda path: GanExperiment().replace(path, 1)):
            with pytest.raises(ExperimentError, match="There is no setting"):
                act(path)


def test_a_section_of_another_class_is_refused():
    with pytest.raises(
        ExperimentError, match=r"^discriminator cannot be Player\(.*: give a Discriminator\.$"
    ):
        GanExperiment(discriminator=Player())


def test_a_second_network_without_a_prefix_is_refused_when_the_class_is_made():
    class Second(Player, path="second"):
        pass

    with pytest.raises(TypeError) as caught:

        class Twice(Description):
            generator: Player = field(default_factory=Player)
            second: Second = field(default_factory=Second)

    assert str(caught.value) == (
        "Twice: generator.layers and second.layers cannot both have the key 'g_layers' in a link, so give "
        "one of them another key, or its section a prefix."
    )


def number_of(key):
    return integer(0, low=0, high=9, key=key, **ABOUT)


@pytest.mark.parametrize("key", ["lr", "optimizer", "optimizer.beta1", "optimizer.anything", "v"])
def test_a_key_that_is_taken_is_refused_when_the_class_is_made(key):
    with pytest.raises(TypeError, match=f"cannot both have the key '{key}' in a link"):

        class Clash(Description):
            optimizer: Optimizer = field(default_factory=Optimizer)
            own: int = number_of(key)


def test_a_key_may_begin_like_another():
    @dataclass(frozen=True)
    class Fine(Description):
        optimizer: Optimizer = field(default_factory=Optimizer)
        own: int = number_of("optimizers")

    assert Fine.from_query({"optimizers": "3", "optimizer": "sgd"}) == Fine(Optimizer("sgd"), 3)


def test_a_subclass_is_checked_with_what_it_inherits():
    with pytest.raises(TypeError, match="seed and more cannot both have the key 'seed'"):

        class More(Experiment):
            more: int = number_of("seed")


def test_descriptions_that_share_a_link_are_refused_if_they_share_a_key():
    class Beside(Description, path="lab"):
        versioned = False
        own: int = number_of("seed")

    with pytest.raises(
        TypeError, match=r"^Lab: seed and lab.own cannot both have the key 'seed' in a link, "
    ):
        refuse_clashes("Lab", Experiment, dataclass(frozen=True)(Beside))


def test_a_section_that_lies_elsewhere_is_refused_when_the_class_is_made():
    with pytest.raises(TypeError) as caught:

        class Misplaced(Description):
            generator: Network = field(default_factory=Network)

    assert str(caught.value) == (
        "Misplaced.generator cannot be a Network, which lies at 'network': give it a subclass with "
        "path='generator'."
    )


def listing(**kinds):
    return ListSetting(
        kinds=kinds, item="item", items="items", default=(), low=0, high=3, key="items", **ABOUT
    )


def test_kinds_that_a_link_could_not_tell_apart_are_refused():
    @dataclass(frozen=True)
    class Gru(Section, path="layers", form="lstm-{units}"):
        units: int = number_of("units")

    with pytest.raises(TypeError, match="A link cannot tell gru from lstm: the form of both fits 'lstm-0'"):
        listing(gru=Gru, lstm=Lstm)


def test_a_form_that_is_not_exact_is_refused():
    @dataclass(frozen=True)
    class Forgetful(Section, path="layers", form="{units}"):
        units: int = number_of("units")
        more: int = number_of("more")

    @dataclass(frozen=True)
    class Wordy(Section, path="layers", form="{words}"):
        words: str = text("a~b", high=9, key="words", **ABOUT)

    @dataclass(frozen=True)
    class Waving(Section, path="layers", form="a-{waved}"):
        waved: bool = flag(False, key="waved", **ABOUT)

    @dataclass(frozen=True)
    class Signed(Section, path="layers", form="{shift}"):
        shift: int = integer(0, low=-9, high=9, key="shift", **ABOUT)

    for kind, message in {
        Signed: "A form cannot hold shift: a whole number in it has no sign.",
        Forgetful: "The form '{units}' of Forgetful must name each of its fields: units, more.",
        Wordy: "A form cannot hold words: no value of the kind text stands there.",
        Waving: "The flag waved must stand in brackets in a form, and be off by default.",
    }.items():
        with pytest.raises(TypeError) as caught:
            listing(kind=kind)
        assert str(caught.value) == message
