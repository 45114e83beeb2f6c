"""What the lab on optimizers can be told: which view, which surface, who races, and who trains."""

from dataclasses import dataclass, replace
from itertools import pairwise

from playground import limits
from playground.labs.framework.settings import LabSettings
from playground.labs.optimizers.entries import USUAL, Entry, PlaceSetting, entries
from playground.nn import OPTIMIZERS
from playground.probes.descent import Competitor
from playground.probes.surfaces import SURFACES, Surface
from playground.text import _
from playground.training import Experiment
from playground.training.fields import choice, declare, integer
from playground.training.sections import Optimizer
from playground.training.settings import ExperimentError, settings_of

VIEWS = {
    "surfaces": _("Surfaces"),
    "network": _("Your network"),
    "rates": _("Learning rates"),
    "landscape": _("Loss landscape"),
}
# What the networks share when the lab is opened.
BASE = Experiment().replace("data.dataset", "moons").replace("data.n", 200).replace("data.noise", 0.1)
PLANES = {"path": _("Its own path (PCA)"), "random": _("Two random directions")}


@dataclass(frozen=True)
class Optimizers(LabSettings, path="lab"):
    """racers: on the surfaces. learners: on the visitor's own network, in all other views; chosen: whose
    landscape.
    """

    view: str = choice(
        "surfaces",
        VIEWS,
        label=_("What to watch"),
        key="view",
        help=_("Four ways to look at the same optimizers."),
    )
    surface: str = choice(
        "ravine", SURFACES, label=_("Surface"), key="surface", help=_("The function to go down on.")
    )
    start: tuple[float, ...] = declare(
        PlaceSetting(
            default=(),
            label=_("Start"),
            key="start",
            help=_("Where all of them begin. A click on the map places it, too."),
        )
    )
    racers: tuple[Entry, ...] = entries(
        ("sgd", "momentum", "rmsprop", "adam"),
        limits.MAX_RACERS,
        label=_("Optimizers"),
        key="racers",
        help=_("Who races on the surface."),
    )
    steps: int = integer(
        300,
        low=10,
        high=limits.MAX_RACE_STEPS,
        step=10,
        label=_("Steps"),
        key="steps",
        help=_("How many steps each of them takes."),
    )
    learners: tuple[Entry, ...] = entries(
        ("sgd", "momentum", "rmsprop", "adam"),
        limits.MAX_LAB_NETWORKS,
        label=_("Optimizers"),
        key="learners",
        help=_("Who trains your network."),
    )
    updates: int = integer(
        100,
        low=10,
        high=limits.MAX_SWEEP_UPDATES,
        step=10,
        label=_("Updates"),
        key="updates",
        help=_("After how many updates the losses are compared in the end."),
    )
    chosen: int = integer(
        3,
        low=0,
        high=limits.MAX_LAB_NETWORKS - 1,
        label=_("Run of"),
        key="run",
        help=_("Which optimizer's run is laid on its loss landscape."),
    )
    epochs: int = integer(
        60,
        low=5,
        high=limits.MAX_LANDSCAPE_EPOCHS,
        step=5,
        label=_("Epochs"),
        key="epochs",
        help=_("How long the run is."),
    )
    plane: str = choice(
        "path",
        PLANES,
        label=_("Plane"),
        key="plane",
        help=_("The plane in the space of all weights on which the loss is drawn."),
    )

    def __post_init__(self):
        super().__post_init__()
        if self.start and not self.ground.contains(self.start):
            x_from, x_to, y_from, y_to = self.ground.bounds
            remedy = _("choose x from {x_from:g} to {x_to:g} and y from {y_from:g} to {y_to:g}").format(
                x_from=x_from, x_to=x_to, y_from=y_from, y_to=y_to
            )
            raise settings_of(Optimizers)["start"].error(self.start, remedy)

    @property
    def ground(self) -> Surface:
        return SURFACES[self.surface]

    @property
    def place(self) -> tuple[float, float]:
        """Where the race begins."""
        return self.start or self.ground.start

    @property
    def on_surface(self) -> bool:
        return self.view == "surfaces"

    @property
    def present(self) -> tuple[Entry, ...]:
        """Those of the present view."""
        return self.racers if self.on_surface else self.learners

    @property
    def path_of(self) -> int:
        """Whose landscape: the chosen learner, or the last one if there are fewer."""
        return min(self.chosen, len(self.learners) - 1)

    def rate(self, entry: Entry) -> float:
        """The learning rate with which an entry of the present view runs."""
        if entry.lr is not USUAL:
            return entry.lr
        if self.on_surface:
            return OPTIMIZERS[entry.name].surface_lrs[self.surface]
        return OPTIMIZERS[entry.name].network_lr

    def field_racers(self) -> list[Competitor]:
        return [Competitor(entry.name, self.rate(entry), dict(entry.options)) for entry in self.racers]

    def experiments(self, base: Experiment) -> list[Experiment]:
        """One for each learner: equal but for the optimizer, so with the same weights and batches."""
        if base.data.n > limits.MAX_LAB_SAMPLES:
            raise ExperimentError(
                _("data.n cannot be {n} for several networks: choose at most {most}.").format(
                    n=base.data.n, most=limits.MAX_LAB_SAMPLES
                )
            )
        made = []
        for entry in self.learners:
            optimizer = Optimizer(entry.name, self.rate(entry), entry.options)
            made.append(replace(base, optimizer=optimizer))
        return made

    def get(self, path: str) -> object:
        """The value at a path; of a usual rate the number that it stands for."""
        value = super().get(path)
        if value is not USUAL:
            return value
        _, name, k, _ = path.split(".")
        return self.rate(getattr(self, name)[int(k)])

    def following(self, name: str, value: object) -> dict[str, object]:
        """With another surface the start and the rates are those usual there."""
        if name == "surface" and value != self.surface:
            return {"start": (), "racers": tuple(replace(entry, lr=USUAL) for entry in self.racers)}
        return super().following(name, value)


def weight_count(experiment: Experiment) -> int:
    """How many weights there are between units, about."""
    widths = [len(experiment.features.inputs), *(layer.units for layer in experiment.network.layers)]
    widths.append(max(experiment.n_classes, 1))
    return sum(before * after for before, after in pairwise(widths))
