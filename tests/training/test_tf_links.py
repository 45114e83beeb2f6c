"""Links of playground.tensorflow.org: every key, every form of a link, and one sentence for what is bad."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.limits import MAX_LINK_VALUE
from playground.training import Experiment, ExperimentError, HiddenLayer, TfPlaygroundView
from playground.training.rules import Rules
from playground.training.tf_links import HIDABLE, INPUTS, KEYS
from tests.properties import often

HOME = "https://playground.tensorflow.org/"
FULL = (
    HOME
    + "#activation=relu&regularization=L1&batchSize=7&dataset=xor&regDataset=reg-gauss&learningRate=0.1"
    + "&regularizationRate=0.003&noise=15&networkShape=8,3&seed=0.59704&showTestData=true&discretize=true"
    + "&percTrainData=70&x=true&y=false&xTimesY=true&xSquared=false&ySquared=true&cosX=false&sinX=true"
    + "&cosY=false&sinY=true&collectStats=true&tutorial=basics&problem=classification&initZero=true"
    + "&hideText=true&playButton_hide=true&noise_hide=false&activation_hide=true"
)


def test_every_key_is_read():
    experiment = Experiment.from_tf_playground(FULL)
    assert experiment.data.dataset == "xor"
    assert (experiment.data.n, experiment.data.noise, experiment.data.train_share) == (500, 0.15, 0.7)
    assert experiment.features.inputs == ("x", "y_squared", "xy", "sin_x", "sin_y")
    assert experiment.features.standardize is False
    assert experiment.network.layers == (HiddenLayer(8, "relu"), HiddenLayer(3, "relu"))
    assert experiment.network.initializer == "zeros"
    assert experiment.loss.name == "half_mse"
    assert (experiment.optimizer.name, experiment.optimizer.lr) == ("sgd", 0.1)
    assert (experiment.regularization.l1, experiment.regularization.l2) == (0.003, 0.0)
    assert (experiment.batch_size, experiment.shuffle) == (7, False)
    assert experiment.rules == Rules("tf_playground", "0.59704")
    assert TfPlaygroundView.read(FULL) == TfPlaygroundView(
        show_test_data=True,
        discretize=True,
        hide_text=True,
        collect_stats=True,
        tutorial="basics",
        hidden=("player.play", "network.layers.*.activation"),
        ignored=(),
    )


def test_the_defaults_are_the_originals():
    experiment = Experiment.from_tf_playground(HOME)
    assert experiment.data.dataset == "circle"
    assert (experiment.data.noise, experiment.data.train_share) == (0.0, 0.5)
    assert experiment.features.inputs == ("x", "y")
    assert experiment.network.layers == (HiddenLayer(4), HiddenLayer(2))
    assert experiment.network.initializer == "tf_playground"
    assert experiment.optimizer.lr == 0.03
    assert experiment.regularization == Experiment().regularization
    assert experiment.batch_size == 10
    assert experiment.rules == Rules("tf_playground")
    regression = Experiment.from_tf_playground(HOME + "#problem=regression")
    assert (regression.data.dataset, regression.data.n) == ("reg-plane", 1200)
    view = TfPlaygroundView.read(HOME)
    assert view == TfPlaygroundView(False, False, False, False, tutorial="", hidden=(), ignored=())


@pytest.mark.parametrize(
    "link",
    [
        "https://playground.tensorflow.org/#noise=10",
        "http://playground.tensorflow.org#noise=10",
        "HTTPS://Playground.TensorFlow.org/#noise=10",
        "//playground.tensorflow.org/#noise=10",
        "playground.tensorflow.org/#noise=10",
        "https://playground.tensorflow.org:443/index.html?utm_source=a#noise=10",
        "https://playground.tensorflow.org/?#noise=10",
        "  #noise=10\n",
        "noise=10",
        "&noise=10&",
        "noise=30&noise=10",
        "noise= 10 &batchSize=",
        "noise=%31%30",
        "noise=10=30",
        "noise=10&regularization=none&regularizationRate=3",
        "noise=10&cosX=true&seed",
        "colour=red&noise=10",
    ],
)
def test_forms_of_one_link(link):
    expected = Experiment.from_tf_playground(HOME).replace("data.noise", 0.1)
    assert Experiment.from_tf_playground(link) == expected


@pytest.mark.parametrize(("text", "sizes"), [("", ()), (" ", ()), ("1", (1,)), ("4, 2", (4, 2))])
def test_network_shapes(text, sizes):
    layers = Experiment.from_tf_playground(f"#networkShape={text}").network.layers
    assert tuple(layer.units for layer in layers) == sizes


def test_the_seed_is_what_the_address_holds():
    for text, seed in (
        ("0.5", "0.5"),
        ("a%20b", "a%20b"),
        ("a b", "a%20b"),
        ("ä", "%C3%A4"),
        ("<'>", "%3C'%3E"),
    ):
        assert Experiment.from_tf_playground(f"#seed={text}").rules.seed == seed


def test_hidden_controls():
    assert len(HIDABLE) == 15
    fields = Experiment().fields()
    for name, paths in HIDABLE.items():
        view = TfPlaygroundView.read(f"#{name}_hide=true")
        assert view.hidden == paths
        for path in paths:
            setting = path.replace("*", "1")
            assert view.hides(setting)
            assert setting in fields or path.startswith(("view.", "player."))
        assert TfPlaygroundView.read(f"#{name}_hide=false").hidden == ()
    everything = "&".join(f"{name}_hide=true" for name in HIDABLE)
    assert len(set(TfPlaygroundView.read(everything).hidden)) == 15
    assert not TfPlaygroundView.read("#numHiddenLayers_hide=true").hides("network.layers.0.units")


def test_a_hidden_input_is_no_input():
    assert Experiment.from_tf_playground("#sinX=true&x_hide=true").features.inputs == ("y", "sin_x")
    assert set(INPUTS) <= set(KEYS)


def test_what_means_nothing_is_ignored_and_named():
    view = TfPlaygroundView.read("#Activation=relu&cosX=true&gclid=1&gclid=2&seed_hide=true&noise=1")
    assert view.ignored == ("Activation", "gclid", "seed_hide", "cosX")


BAD = {
    "activation=Relu": "activation cannot be 'Relu': choose one of tanh, relu, sigmoid, linear.",
    "activation= relu": "activation cannot be ' relu': choose one of tanh, relu, sigmoid, linear.",
    "regularization=l1": "regularization cannot be 'l1': choose one of none, L1, L2.",
    "batchSize=0": "batchSize cannot be 0: choose a whole number from 1 to 1200.",
    "batchSize=2.5": "batchSize cannot be '2.5': choose a whole number from 1 to 1200.",
    "batchSize=300": "batchSize cannot be 300: of 250 training points the original would never learn, so",
    "dataset=reg-plane": "dataset cannot be 'reg-plane': choose one of circle, xor, gauss, spiral.",
    "regDataset=circle": "regDataset cannot be 'circle': choose one of reg-plane, reg-gauss.",
    "learningRate=0": "learningRate cannot be 0.0: choose a number from 1e-05 to 10.",
    "learningRate=Infinity": "learningRate cannot be 'Infinity': choose a number from 1e-05 to 10.",
    "regularizationRate=-1": "regularizationRate cannot be -1.0: choose a number from 0 to 10.",
    "noise=51": "noise cannot be 51.0: choose a number from 0 to 50.",
    "networkShape=4,": "networkShape cannot be '4,': give up to 10 layers of 1 to 64 units, such as 4,2.",
    "networkShape=4,0": "networkShape cannot be (4, 0): give up to 10 layers",
    "networkShape=65": "networkShape cannot be (65,): give up to 10 layers",
    "networkShape=1,1,1,1,1,1,1,1,1,1,1": "networkShape cannot be (1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1): ",
    "percTrainData=95": "percTrainData cannot be 95.0: choose a number from 10 to 90.",
    "problem=clustering": "problem cannot be 'clustering': choose one of classification, regression.",
    "x=0": "x cannot be '0': choose true or false.",
    "x=false&y=false": "x cannot be False: no input is left, so switch one on, such as x=true.",
    "x=true&x_hide=true&y=false": "x cannot be True: no input is left",
    "hideText=True": "hideText cannot be 'True': choose true or false.",
    "noise_hide=1": "noise_hide cannot be '1': choose true or false.",
    "seed=" + "1" * 101: "seed cannot be '111",
    "": "The link cannot be '': give one of playground.tensorflow.org, or its part from # on.",
    "#": "The link cannot be '#': give one of playground.tensorflow.org",
    "hello": "The link cannot be 'hello': give one of playground.tensorflow.org",
    "https://example.org/#noise=10": "The link cannot be 'https://example.org/#noise=10': give one of",
    "https://playground.tensorflow.org.example.org/#noise=10": "The link cannot be 'https://playground.",
    "noise=10&" * 1000: f"The link is too long: give at most {MAX_LINK_VALUE} characters.",
    None: "A link cannot be None: give text.",
}


@pytest.mark.parametrize("link", BAD, ids=lambda link: str(link)[:40])
def test_bad_links_get_one_sentence(link):
    for read in (Experiment.from_tf_playground, TfPlaygroundView.read):
        with pytest.raises(ExperimentError) as caught:
            read(link)
        assert str(caught.value).startswith(BAD[link])
        assert str(caught.value).endswith(".")


PIECES = [
    "",
    "0",
    "1",
    "true",
    "false",
    "10",
    "-1",
    "1e5",
    "4,2",
    "relu",
    "L1",
    "xor",
    "%",
    "%C3",
    "%2C",
    "=",
    "١",
]
VALUES = st.text(max_size=8) | st.sampled_from(PIECES) | st.floats().map(str)
PAIRS = st.tuples(st.sampled_from(sorted(KEYS)) | st.text(max_size=4), VALUES).map("=".join)
TEXTS = st.lists(PAIRS, max_size=4).map("&".join)
STARTS = st.sampled_from(
    [HOME + "#", HOME + "?", HOME, "http://playground.tensorflow.org/a/b#", "#", "", "//"]
)


def outcome(read, link):
    try:
        return read(link)
    except ExperimentError as error:
        return str(error)


def assert_a_run_or_a_sentence(link):
    experiment, view = outcome(Experiment.from_tf_playground, link), outcome(TfPlaygroundView.read, link)
    if isinstance(experiment, str):
        assert view == experiment
        assert experiment.endswith(".")
        assert experiment.isprintable()
        assert len(experiment) < 300
    else:
        assert isinstance(view, TfPlaygroundView)
        assert Experiment.from_query(experiment.to_query()) == experiment
        assert Experiment.from_json(experiment.to_json()) == experiment


@often(500)
@given(st.builds("".join, st.tuples(STARTS, TEXTS)))
def test_any_link_gives_a_run_or_a_sentence(link):
    assert_a_run_or_a_sentence(link)


@settings(max_examples=200)
@given(st.none() | st.integers() | st.binary() | st.lists(st.text(), max_size=2) | st.text())
def test_anything_else_gives_a_run_or_a_sentence(link):
    assert_a_run_or_a_sentence(link)


def test_thousands_of_damaged_links_give_a_run_or_a_sentence():
    """A full link with up to three places overwritten, and pairs of a known key and any value."""
    rng = np.random.default_rng(0)
    pieces = [*PIECES, "&", "#", "_hide", "e", ".", "9" * 20, " ", "\x00", "\ud800", "🙂"]
    for i in range(4000):
        link = FULL
        for _ in range(rng.integers(1, 4)):
            at = int(rng.integers(len(link)))
            link = link[:at] + str(rng.choice(pieces)) + link[at + int(rng.integers(8)) :]
        if i % 2:
            link = f"#{rng.choice(list(KEYS))}={rng.choice(pieces)}{rng.choice(pieces)}"
        assert_a_run_or_a_sentence(link)
