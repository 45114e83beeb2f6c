"""ACTIONS: what a visitor can do inside the player, by name. Each takes the session and what the player sent.

What the player sends is a visitor's word: every action checks it, and does nothing where it makes no sense.
An action that reads or changes the network does so at the frame the visitor sees: `update` says which.
"""

from collections.abc import Callable, Mapping

from playground.limits import MAX_LAYERS, MAX_UNITS
from playground.text import _
from playground.training import Edit, ExperimentError, HiddenLayer
from playground.ui.main_page.exports import EXPORTS
from playground.ui.main_page.prediction_trace import trace_point
from playground.ui.main_page.session import PageSession

Action = Callable[[PageSession, Mapping], None]


def new_seed(session: PageSession, sent: Mapping) -> None:
    """Other data, other weights, the same settings."""
    session.new_seed()


def choose_view(session: PageSession, sent: Mapping) -> None:
    """Look at the run in another way: {"name", "value"} of a field of the view."""
    session.choose(sent.get("name"), sent.get("value"))


def try_fix(session: PageSession, sent: Mapping) -> None:
    """Make the change that a message offers: {"rule", "update": where the visitor read it}."""
    session.fix(sent.get("rule"), sent.get("update"))


def open_hash(session: PageSession, sent: Mapping) -> None:
    """Open what stood behind the # of the address, as in a link of TensorFlow Playground: {"text"}."""
    if isinstance(sent.get("text"), str):
        session.open_text(f"#{sent['text']}")


def set_units(session: PageSession, sent: Mapping) -> None:
    """Give a hidden layer more or fewer units: {"layer": counted from 0, "by"}."""
    layers, k, by = session.experiment.network.layers, sent.get("layer"), sent.get("by")
    if session.compared or not (_is_whole(k, len(layers)) and by in (-1, 1)):
        return
    if not 1 <= layers[k].units + by <= MAX_UNITS:
        session.message = _("A hidden layer has 1 to {most} units; this one has {units}.").format(
            most=MAX_UNITS, units=layers[k].units
        )
    else:
        session.set(f"network.layers.{k}.units", layers[k].units + by)


def set_layers(session: PageSession, sent: Mapping) -> None:
    """Put in a hidden layer or take one out: {"at": before which one, "by": 1 or -1}. A new one is like the
    one before it, or else like the one after it.
    """
    layers, at, by = session.experiment.network.layers, sent.get("at"), sent.get("by")
    if session.compared or not (type(at) is int and by in (-1, 1)):
        return
    if by == 1 and len(layers) >= MAX_LAYERS:
        session.message = _("A network has at most {most} hidden layers: remove one to add another.").format(
            most=MAX_LAYERS
        )
    elif by == 1 and 0 <= at <= len(layers):
        model = [*layers[:at][-1:], *layers[at:], HiddenLayer()][0]
        session.set("network.layers", (*layers[:at], model, *layers[at:]))
    elif by == -1 and not layers:
        session.message = _("There is no hidden layer left to remove.")
    elif by == -1 and 0 <= at < len(layers):
        session.set("network.layers", (*layers[:at], *layers[at + 1 :]))


def edit_parameter(session: PageSession, sent: Mapping) -> None:
    """Set a weight or bias by hand, at the frame the visitor sees: {"layer", "parameter", "i", "j", "value",
    "update"}; see Edit.
    """
    if session.compared:
        return
    edit = Edit(*(sent.get(name) for name in ("layer", "parameter", "i", "j", "value")))
    try:
        edit.check(session.run.trainers[0].network)
        label = _("a bias set to {value:g}") if edit.parameter == "bias" else _("a weight set to {value:g}")
        session.run.edit(sent.get("update"), edit, label=label.format(value=edit.value))
    except ExperimentError as error:
        session.message = str(error)


def _is_whole(value: object, count: int) -> bool:
    """Whether a value is a whole number from 0 to count - 1."""
    return type(value) is int and 0 <= value < count


def take_away(session: PageSession, sent: Mapping) -> None:
    """Make a file of the moment on the screen: {"format": of EXPORTS, "mode": light or dark, "update"}."""
    export = EXPORTS.get(str(sent.get("format")))
    if export is None or not session.run.seek(sent.get("update")):
        return
    try:
        session.run.note("download", **export.package(session.run, str(sent.get("mode"))))
    except ExperimentError as error:
        session.run.note("download", trouble=str(error))


def draw(session: PageSession, sent: Mapping) -> None:
    """Draw points of the visitor's own: see `OwnData.take_steps`."""
    if not session.compared and session.own.take_steps(sent):
        session.show_own()


def trace(session: PageSession, sent: Mapping) -> None:
    """Show a point's way through the network at the frame the visitor sees; see `tracing.trace_point`."""
    trace_point(session.run, sent)


ACTIONS: dict[str, Action] = {
    "draw": draw,
    "export": take_away,
    "edit": edit_parameter,
    "fix": try_fix,
    "hash": open_hash,
    "layers": set_layers,
    "seed": new_seed,
    "trace": trace,
    "units": set_units,
    "view": choose_view,
}


def act(session: PageSession, sent: object) -> None:
    """Do what the player sent, if it is one of ACTIONS."""
    if isinstance(sent, Mapping) and isinstance(sent.get("kind"), str) and sent["kind"] in ACTIONS:
        ACTIONS[sent["kind"]](session, sent)
