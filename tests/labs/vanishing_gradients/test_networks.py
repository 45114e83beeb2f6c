"""Networks side by side as settings: their form in a link, what is refused, what they become."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground import limits
from playground.labs.vanishing_gradients.settings import OPENING, DeepNetwork, Networks
from playground.nn import ACTIVATIONS, INITIALIZERS
from playground.training import Experiment, ExperimentError
from playground.training.layers import NORMALIZATIONS

NETWORKS = st.builds(
    DeepNetwork,
    depth=st.integers(1, limits.MAX_LAB_LAYERS),
    width=st.integers(1, limits.MAX_UNITS),
    activation=st.sampled_from(list(ACTIVATIONS)),
    initializer=st.sampled_from(list(INITIALIZERS)),
    normalization=st.sampled_from(list(NORMALIZATIONS)),
    residual=st.booleans(),
    clip=st.floats(0.0, 100.0),
)


@given(st.lists(NETWORKS, min_size=1, max_size=limits.MAX_LAB_NETWORKS))
def test_every_link_opens_what_it_was_made_from(networks: list[DeepNetwork]) -> None:
    made = Networks(tuple(networks))
    found, rest = Networks.take({**made.to_query(), "lr": "0.1"})
    assert found == made
    assert rest == {"lr": "0.1"}


def test_a_link_can_be_read_by_people() -> None:
    network = DeepNetwork(12, 16, "relu", "he_normal", "batch_norm", True, 1.5)
    assert Networks((network,)).to_query() == {"networks": "12x16-relu-he_normal-batch_norm-residual-clip1.5"}
    assert Networks().to_query() == {}


@pytest.mark.parametrize(
    "text",
    [
        *("", "none", "10", "10x8", "10x8-sigmoid", "31x8-tanh-he_normal", "0x8-tanh-he_normal"),
        *("10x65-tanh-he_normal", "10x8-swoosh-he_normal", "10x8-tanh-lucky", "10x8-tanh-he_normal-clip-1"),
        *("10x8-tanh-he_normal-clip1e9", "10x8-tanh-he_normal-dropout", "10x8-tanh-he_normal~"),
        "~".join(["1x1-tanh-zeros"] * 5),
    ],
)
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ExperimentError) as refused:
        Networks.take({"networks": text})
    assert "networks" in str(refused.value)
    assert str(refused.value).endswith(".")


@settings(max_examples=300)
@given(st.text(alphabet="0123456789x-~.abcdehilmnorstuz_", max_size=60))
def test_no_text_does_more_than_that(text: str) -> None:
    try:
        found, _ = Networks.take({"networks": text})
    except ExperimentError:
        return
    assert Networks.take(found.to_query())[0] == found


def test_a_path_leads_to_each_setting() -> None:
    networks = Networks()
    for path, setting in networks.fields().items():
        assert setting.path == path
        assert networks.replace(path, networks.get(path)) == networks
    changed = networks.replace("lab.networks.2.depth", 30)
    assert changed.get("lab.networks.2.depth") == 30
    assert changed.networks[:2] == OPENING[:2]
    with pytest.raises(ExperimentError):
        networks.replace("lab.networks.2.depth", 31)


def test_a_network_becomes_an_experiment_on_the_shared_data() -> None:
    base = Experiment().replace("data.noise", 0.3).replace("seed", 9)
    network = DeepNetwork(30, 5, "relu", "he_normal", "layer_norm", True, 2.0)
    made = network.experiment(base)
    assert (made.data, made.seed, made.optimizer) == (base.data, 9, base.optimizer)
    assert len(made.network.layers) == 30
    assert {(e.units, e.activation, e.normalization) for e in made.network.layers} == {
        (5, "relu", "layer_norm")
    }
    assert (made.network.initializer, made.network.residual) == ("he_normal", True)
    assert made.regularization.clip_norm == 2.0
    assert Experiment.from_query(made.to_query()) == made


def test_titles() -> None:
    assert [network.title for network in OPENING] == [
        "Sigmoid",
        "Tanh",
        "ReLU + He normal",
        "Sigmoid + batch norm",
    ]
    assert DeepNetwork(1, 4, "tanh", residual=True).title == "Tanh + residual"
    assert DeepNetwork(1, 4).words == "1 layer of 4, Xavier uniform"
