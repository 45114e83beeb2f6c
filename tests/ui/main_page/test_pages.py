"""The pages as Streamlit runs them, without a browser: nothing raises, every control does what it says."""

import pytest

from playground.nn import OPTIMIZERS, SCHEDULES
from playground.training import Experiment, HiddenLayer
from playground.training.sections import Optimizer, Schedule
from playground.ui.controls.widgets import WIDGETS
from playground.ui.main_page import session as session_module
from playground.ui.main_page.session import PageSession
from tests.ui.app_test import AppTest, app
from tests.ui.shown_player import lab_modules_asked_for, shown_player
from tests.ui.watching import SMALL, changed

KINDS = ("selectbox", "slider", "select_slider", "number_input", "toggle", "button_group", "text_input")
BLOBS = changed(data__dataset="blobs")  # every field of the data counts


def open_page(query: dict[str, str] | None = None) -> AppTest:
    page = app()
    for name, value in (SMALL.to_query() if query is None else query).items():
        page.query_params[name] = value
    return page.run()


def session(page: AppTest) -> PageSession:
    return page.session_state["playground"]


def query(page: AppTest) -> dict[str, str]:
    """What the address now says."""
    return {
        name: values[0] if isinstance(values, list) else values for name, values in page.query_params.items()
    }


def widgets(page: AppTest) -> dict[str, object]:
    """The page's widgets by the path of their setting."""
    assert not page.exception
    found = [widget for kind in KINDS for widget in page.get(kind)]
    assert all(widget.key.startswith("playground:") for widget in found)
    paths = {widget.key.split(":")[1]: widget for widget in found if ":view:" not in widget.key}
    found = [widget for widget in found if ":view:" not in widget.key]
    assert len(paths) == len(found)
    return paths


def to_be_reached(experiment: Experiment) -> set[str]:
    """All paths a visitor must be able to set; a group of options is set by its options."""
    return {
        path for path, setting in experiment.fields().items() if setting.kind not in ("options", "points")
    }


def another_value(experiment: Experiment, path: str, widget: object) -> object:
    """A value that a control can be set to, other than the present one."""
    setting, value = experiment.fields()[path], experiment.get(path)
    if setting.kind == "choice":
        return next(name for name in setting.choices if name != value and name != "half_mse")
    if setting.kind == "subset":
        return tuple(name for name in setting.choices if name not in value)[:2]
    if setting.kind == "text":
        return "other"
    if setting.kind == "bool":
        return not value
    if setting.kind == "int":
        return int(value) + int(setting.step) if value < setting.high else int(value) - int(setting.step)
    if type(widget).__name__ == "SelectSlider":
        return next(rate for rate in reversed(offered(experiment, path)) if rate != value)
    return value + setting.step if value < setting.high else value - setting.step


def offered(experiment: Experiment, path: str) -> list[float]:
    """The values on a slider over powers of ten."""
    widget = WIDGETS["float"](experiment.fields()[path], experiment.get(path))
    return list(widget.keywords["options"])


@pytest.fixture(scope="module")
def settled() -> AppTest:
    """The page, shared by the tests that look only."""
    return open_page()


def test_the_default_page_opens() -> None:
    page = open_page({})
    assert not page.exception
    assert not page.warning
    assert not page.error
    assert session(page).experiment == Experiment()
    assert query(page) == {}


def test_the_player_is_on_the_page(settled: AppTest) -> None:
    player = shown_player(settled)
    assert session(settled).run.packet[4:] in player.SerializeToString()
    assert not lab_modules_asked_for(player), "what a lab brings along is for its own page"


@pytest.mark.parametrize("bad", [{"lr": "fast"}, {"dataset": "<b>"}, {"nonsense": "1"}, {"v": "9"}])
def test_a_bad_link_gives_one_sentence_beside_the_default_run(bad: dict[str, str]) -> None:
    page = open_page(bad)
    assert not page.exception
    assert not page.error
    (warning,) = page.warning
    assert next(iter(bad)) in warning.value
    assert session(page).experiment == Experiment()
    assert query(page) == {}
    page.run()
    assert not page.exception


def test_a_link_opens_its_run_and_stays_in_the_address(settled: AppTest) -> None:
    assert session(settled).experiment == SMALL
    assert query(settled) == SMALL.to_query()


def test_running_the_page_again_keeps_the_run() -> None:
    page = open_page()
    run, packet = session(page).run, session(page).run.packet
    page.run()
    assert session(page).run is run
    assert session(page).run.packet == packet


def test_going_back_in_the_browser_opens_the_run_of_that_address(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page()
    monkeypatch.setattr(session_module, "is_history_navigation", lambda: True)
    page.query_params.clear()
    page.query_params.update({"noise": "0.3", "v": "1"})
    page.run()
    assert session(page).experiment == Experiment().replace("data.noise", 0.3)


def test_an_address_from_before_a_change_does_not_undo_it() -> None:
    page = open_page()
    before = query(page)
    changed = session(page).experiment.replace("data.noise", 0.3)
    session(page).set("data.noise", 0.3)
    page.query_params.clear()
    page.query_params.update(before)  # of a message that was on its way
    page.run()
    assert session(page).experiment == changed
    assert query(page) == changed.to_query()


EXPERIMENTS = {
    "small": SMALL,
    "blobs": BLOBS,
    "tf playground": changed(rules__name="tf_playground"),
    "regression": changed(data__dataset="reg-plane"),
    "ten layers": changed(network__layers=(HiddenLayer(),) * 10),
    "no layers": changed(network__layers=()),
    **{f"optimizer {name}": changed(optimizer__name=name) for name in OPTIMIZERS},
    **{f"schedule {name}": changed(schedule__name=name) for name in SCHEDULES},
}


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_controls_show_the_experiment(name: str) -> None:
    experiment = EXPERIMENTS[name]
    found = widgets(open_page(experiment.to_query()))
    for path in to_be_reached(experiment) & set(found):
        widget, value = found[path], experiment.get(path)
        if path == "network.layers":
            value = len(value)
        assert widget.value == (list(value) if isinstance(value, tuple) else value), path
        assert widget.label.partition(", layer ")[0] == experiment.fields()[path].label
    options = {path for path in to_be_reached(experiment) if ".options." in path}
    assert options <= set(found)


def test_every_setting_has_a_control() -> None:
    """A setting that nobody can reach, not even where it matters, would be a setting forgotten."""
    wanted, found = set(), set()
    for name in ("small", "blobs", "tf playground", "regression", "ten layers", "no layers"):
        wanted |= to_be_reached(EXPERIMENTS[name])
        found |= set(widgets(open_page(EXPERIMENTS[name].to_query())))
    assert wanted - found == set()


def test_options_of_every_optimizer_and_schedule_are_fields() -> None:
    for name, optimizer in OPTIMIZERS.items():
        fields = changed(optimizer__name=name).fields()
        assert {f"optimizer.options.{option}" for option in optimizer.settings} <= set(fields)
        assert fields["optimizer.options"].path == f"{Optimizer.path}.options"
    for name, schedule in SCHEDULES.items():
        fields = changed(schedule__name=name).fields()
        assert {f"schedule.options.{option}" for option in schedule.settings} <= set(fields)
        assert fields["schedule.options"].path == f"{Schedule.path}.options"


ELSEWHERE = {
    "network.layers",
    "network.output",
    "loss.label_smoothing",
    "rules.seed",
}  # have tests of their own


@pytest.mark.parametrize("path", sorted(to_be_reached(BLOBS) - ELSEWHERE))
def test_a_control_changes_its_setting(path: str) -> None:
    page = open_page(BLOBS.to_query())
    run, id = session(page).run, session(page).run.id
    widget = widgets(page)[path]
    value = another_value(BLOBS, path, widget)
    widget.set_value(list(value) if isinstance(value, tuple) else value).run()
    assert not page.exception
    assert not page.warning
    experiment = session(page).experiment
    assert experiment.get(path) == value
    assert path in experiment.differences(BLOBS)
    assert query(page) == experiment.to_query()
    assert (session(page).run is run and session(page).run.id == id) == BLOBS.fields()[path].live
    kept = widgets(page)[path].value
    assert (tuple(kept) if isinstance(kept, list) else kept) == value


def test_the_text_seed_under_the_rules_that_have_one() -> None:
    page = open_page(changed(rules__name="tf_playground").to_query())
    widgets(page)["rules.seed"].set_value("0.59704").run()
    assert session(page).experiment.rules.seed == "0.59704"


def test_the_activation_of_outputs_where_the_loss_leaves_a_choice() -> None:
    page = open_page(BLOBS.to_query())
    assert "network.output" not in widgets(page)
    widgets(page)["loss.name"].set_value("mse").run()
    widgets(page)["network.output"].set_value("sigmoid").run()
    assert session(page).experiment.network.output == "sigmoid"
    widgets(page)["loss.name"].set_value("bce").run()
    assert not page.warning
    assert "network.output" not in widgets(page)


def test_label_smoothing_where_the_loss_has_it() -> None:
    page = open_page(changed(loss__name="bce").to_query())
    widgets(page)["loss.label_smoothing"].set_value(0.1).run()
    assert session(page).experiment.loss.label_smoothing == 0.1


def test_a_refused_value_gives_one_sentence_and_the_control_goes_back() -> None:
    page = open_page(changed(loss__name="hinge").to_query())
    id = session(page).run.id
    widgets(page)["loss.label_smoothing"].set_value(0.1).run()
    (warning,) = page.warning
    assert "label_smoothing" in warning.value
    assert widgets(page)["loss.label_smoothing"].value == 0.0
    assert session(page).run.id == id
    widgets(page)["features.inputs"].set_value([]).run()
    (warning,) = page.warning
    assert "inputs" in warning.value
    assert widgets(page)["features.inputs"].value == ["x", "y"]
    widgets(page)["data.noise"].set_value(0.1).run()
    assert not page.warning


@pytest.mark.parametrize("depth", [0, 1, 3, 10])
def test_the_number_of_layers(depth: int) -> None:
    start = changed(network__layers=(HiddenLayer(5, "relu"), HiddenLayer(3, "sin", "layer_norm", 0.1)))
    page = open_page(start.to_query())
    widgets(page)["network.layers"].set_value(depth).run()
    layers = session(page).experiment.network.layers
    assert len(layers) == depth
    assert layers == ((*start.network.layers, *(start.network.layers[-1:] * 10)))[:depth]
    assert {path for path in widgets(page) if path.endswith(".units")} == {
        f"network.layers.{k}.units" for k in range(depth)
    }


def test_layers_come_back_after_none() -> None:
    page = open_page(changed(network__layers=()).to_query())
    widgets(page)["network.layers"].set_value(2).run()
    assert session(page).experiment.network.layers == (HiddenLayer(), HiddenLayer())


@pytest.mark.parametrize("path", ["optimizer.lr", "regularization.l2", "stopping.target_loss"])
def test_offered_rates_are_round_numbers_each_with_its_own_label(path: str) -> None:
    for value in (BLOBS.get(path), 0.3, 0.0003):
        options = offered(BLOBS.replace(path, value), path)
        labels = [f"{rate:g}" for rate in options]
        assert len(set(labels)) == len(labels)
        assert [float(label) for label in labels] == options
        assert options == sorted(options)
        assert value in options


def test_every_kind_of_setting_has_a_widget() -> None:
    kinds = {setting.kind for setting in Experiment().fields().values()}
    assert kinds - {"options", "list", "points"} == set(WIDGETS)


def started(widget: object) -> object:
    """What the browser is told that a widget shows at first, as a person would read it."""
    default = widget.proto.default
    match type(widget).__name__:
        case "Selectbox":
            return widget.options[default]
        case "ButtonGroup":
            return [widget.proto.options[k].content for k in default]
        case "Slider":
            return default[0]
        case "SelectSlider":
            return float(widget.proto.options[int(default[0])])
    return default


def test_every_run_tells_the_browser_what_its_widgets_start_with() -> None:
    """The run before may never have reached it; then a layer had 1 unit, now and then."""
    page = open_page(changed(network__layers=(HiddenLayer(7, "relu"), HiddenLayer(5, "relu"))).to_query())
    page.run()
    fields = session(page).experiment.fields()
    for path, widget in widgets(page).items():
        choices, value = fields[path].choices if path in fields else {}, widget.value
        if isinstance(value, str):
            value = choices[value]
        elif isinstance(value, list):
            value = [choices[name] for name in value]
        assert started(widget) == value, path
