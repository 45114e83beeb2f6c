"""What a page keeps for one visitor: the Experiment that is set, the run that shows it, and how it is looked
at.

The Experiment is the truth. Controls show it and ask for changes; a changed live setting goes on in the same
run, any other change starts a new one with the same seed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from urllib.parse import parse_qsl

import numpy as np
import streamlit as st

from playground.export import from_json
from playground.limits import MAX_SAVED, MAX_SEED
from playground.player.run import Run
from playground.player.scene import Scene
from playground.probes.advice import advice
from playground.text import _
from playground.training import (
    PRESETS,
    Experiment,
    ExperimentError,
    LoadedParameters,
    TfPlaygroundView,
    Trainer,
)
from playground.training.plan import Change
from playground.training.points import OWN
from playground.ui.chrome import address
from playground.ui.chrome.streamlit_private import is_history_navigation
from playground.ui.controls.differences import differences
from playground.ui.controls.widgets import Form
from playground.ui.main_page.advice_words import preset_words
from playground.ui.main_page.compare_scene import compare_scene
from playground.ui.main_page.earlier_runs import Entry, Logbook
from playground.ui.main_page.link import read_link, write_link
from playground.ui.main_page.view import View
from playground.ui.own_points.state import OwnData

SceneOfView = Callable[[Sequence[Trainer], View], Scene]


class PageSession:
    """One page of one visitor; kept in st.session_state under the page's name. message: why something was
    refused.
    """

    def __init__(self, make_scene: SceneOfView, query: Mapping[str, str]) -> None:
        self.message = ""
        self.view = View()
        self.form = Form()
        self._make_scene = make_scene
        self.logbook = Logbook()
        self.own = OwnData()
        self.compared: list[Entry] = []
        self.run: Run | None = None
        self.open_link(query)

    @classmethod
    def of(cls, page: str, make_scene: SceneOfView) -> "PageSession":
        """The visitor's session of a page; an address that the visitor goes back to is opened."""
        query = address.query()
        session = st.session_state.get(page)
        if session is None:
            session = st.session_state[page] = cls(make_scene, query)
        elif query and query != session.to_query() and is_history_navigation():
            session.open_link(query)
        session.form.begin()
        return session

    @property
    def experiment(self) -> Experiment:
        return self.run.experiments[0]

    def to_query(self) -> dict[str, str]:
        """What the address says: the whole Experiment (of each run), and the view."""
        return write_link(self.view, self.run.experiments)

    def write_address(self) -> None:
        """Make the browser's address say what is shown."""
        address.write(self.to_query())

    def open_link(self, query: Mapping[str, str]) -> bool:
        """Run what a link describes; if it cannot be read, the present run (or the default one) and the
        reason. Whether it could.
        """
        return self._open(lambda: read_link(query))

    def _open(self, read: Callable[[], tuple[View, list[Experiment]]]) -> bool:
        self.message = ""
        try:
            view, experiments = read()
        except ExperimentError as error:
            self.message = _("This link could not be opened. {error}").format(error=error)
            if self.run is None:
                self._begin(Experiment())
            return False
        self.view = view
        return self._begin(experiments[0]) if len(experiments) == 1 else self._begin_several(experiments)

    def open_text(self, text: str) -> bool:
        """Run what a visitor pastes: a link of ours, a link of TensorFlow Playground, or an Experiment as
        JSON. Whether it could be run.
        """
        text = text.strip()
        if "playground.tensorflow.org" in text.lower() or text.startswith("#"):
            return self._open_tf_playground(text)
        if text.startswith("{"):
            return self._open(lambda: (self.view, [Experiment.from_json(text)]))
        return self.open_link(dict(parse_qsl(text.partition("?")[2] or text, keep_blank_values=True)))

    def open_saved(self, data: bytes) -> None:
        """Go on with a network from a file that was exported here: its settings, points and weights."""
        if len(data) > MAX_SAVED:
            self.message = _("The file has {size:,} bytes: a saved network has at most {most:,}.").format(
                size=len(data), most=MAX_SAVED
            )
            return
        self.message = ""
        try:
            saved = from_json(data.decode("utf-8"))
            loaded = LoadedParameters(saved.params, saved.state)
            self._begin(saved.experiment, changes=[Change(0, loaded)])
        except UnicodeDecodeError:
            self.message = _("The file is no text in UTF-8: choose a network that was saved here as JSON.")
        except ExperimentError as error:
            self.message = _("The file could not be opened. {error}").format(error=error)

    def _open_tf_playground(self, text: str) -> bool:
        ignored = []

        def read() -> tuple[View, list[Experiment]]:
            link = TfPlaygroundView.read(text)
            ignored.extend(link.ignored)
            return View.from_tf_playground(link), [Experiment.from_tf_playground(text)]

        opened = self._open(read)
        if ignored and opened:
            self.message = _("The link is open; these of its keys have no effect: {ignored}.").format(
                ignored=", ".join(ignored)
            )
        return opened

    def set(self, path: str, value: object) -> None:
        """Change one setting; what is refused is said and nothing is lost."""
        self.message = ""
        if (path, value) == ("data.dataset", OWN):
            return self.open_own()
        try:
            self.use(self.experiment.replace(path, value))
        except ExperimentError as error:
            self.message = str(error)

    def open_own(self) -> None:
        """Turn to the visitor's own points."""
        self.own.open()
        self.show_own()

    def take_points(self) -> None:
        """Make the present dataset's points the visitor's own."""
        self.own.take()
        self.show_own()

    def load_points(self, data: str | bytes) -> bool:
        """Take the points of a file or of pasted text; whether it could be read."""
        read = self.own.load(data)
        if read:
            self.show_own()
        return read

    def show_own(self) -> None:
        """Run the visitor's own points as they are now; where there is nothing to run, the player hears
        why.
        """
        self.message = ""
        before = self.run
        try:
            self.use(self.own.experiment(self.experiment))
        except ExperimentError as error:
            self.own.problem = self.own.problem or str(error)
        if self.run is before:
            self.run.note("boundary", drawing=self.own.plain(self.experiment))

    def use(self, experiment: Experiment) -> None:
        """Go on with a changed Experiment: in the same run if only live settings differ, otherwise in a new
        one.
        """
        changed = self.experiment.differences(experiment)
        fields = self.experiment.fields()
        if changed and all(path in fields and fields[path].live for path in changed):
            words = preset_words(experiment)
            self.run.change([experiment], label=self._label(experiment), words=words)
        elif changed:
            self._begin(experiment)

    def _label(self, experiment: Experiment) -> str:
        """What is about to change, seen from what was."""
        now, then = self.run and self.experiment.data, experiment.data
        if now is None or (now.dataset, now.points) != (then.dataset, then.points):
            return ""  # curves of other data are nothing to hold against
        return ", ".join(differences(self.experiment, experiment))

    def fix(self, rule: object, update: object) -> None:
        """Make the change that the advice of a rule offers, at the moment it was read."""
        if self.compared or not self.run.seek(update):
            return
        found = [item for item in advice(self.run.trainers[0]) if item.rule == rule and item.fix]
        if found:
            self.message = ""
            try:
                self.use(found[0].fix.apply(self.experiment))
            except ExperimentError as error:
                self.message = str(error)

    def new_seed(self) -> None:
        """Other data, other weights, the same settings."""
        self.use(self.experiment.reseeded(int(np.random.default_rng().integers(MAX_SEED))))

    def choose(self, name: object, value: object) -> None:
        """The visitor looks at the run in another way; only other panels or controls need another scene."""
        before = self.view
        self.view = before.with_choice(name, value)
        if (self.view.panels, self.view.hide) != (before.panels, before.hide) and not self.compared:
            self.run.show(self._scene)

    def _scene(self, trainers: Sequence[Trainer]) -> Scene:
        experiment = trainers[0].experiment
        self.own.follow(experiment)
        scene = self._make_scene(trainers, self.view)
        return replace(scene, drawing=lambda: self.own.plain(experiment))

    def open_preset(self, name: str) -> None:
        """Run one of PRESETS; its words stand in the status line until something else is set."""
        self.message = ""
        self._begin(PRESETS[name].experiment)

    def logbook_now(self) -> list[Entry]:
        """All runs of this visit, the one under way included."""
        if not self.compared:
            self.logbook.keep(self.run)
        return self.logbook.entries()

    def reopen(self, entry: Entry) -> None:
        """Run an entry of the logbook again, with the changes it saw on its way."""
        self._leave()
        self.run = Run([entry.experiment], self._scene, changes=[entry.changes])

    def compare(self, entries: Sequence[Entry]) -> None:
        """Show runs of the logbook side by side."""
        self._leave()
        self.compared = list(entries)
        self.run = self._side_by_side([e.experiment for e in entries], [e.changes for e in entries])

    def _side_by_side(
        self, experiments: Sequence[Experiment], changes: Sequence[Sequence[Change]] = ()
    ) -> Run:
        return Run(experiments, lambda trainers: compare_scene(trainers, self.view), changes=changes)

    def _leave(self) -> None:
        """Note the run that is being left."""
        if self.run is not None and not self.compared:
            self.logbook.keep(self.run)
        self.compared = []

    def _begin(self, experiment: Experiment, *, changes: Sequence[Change] = ()) -> bool:
        """Start a run. ExperimentError goes into the message, and the run that is there stays. Whether it
        could be started.
        """
        label = self._label(experiment)
        run = self._try(lambda: Run([experiment], self._scene, changes=[changes], label=label))
        if run is None:
            return False
        drawn = self.run and self.experiment.differences(experiment) == ("data.points",)
        if self.compared or not drawn:  # of the runs of one drawing only the last is one to come back to
            self._leave()
        self.run = run
        return True

    def _begin_several(self, experiments: Sequence[Experiment]) -> bool:
        """Start runs side by side, as `_begin` does one."""
        run = self._try(lambda: self._side_by_side(experiments))
        if run is None:
            return False
        self._leave()
        self.run = run
        self.compared = [self.logbook.keep(run, k) for k in range(len(experiments))]
        return True

    def _try(self, start: Callable[[], Run]) -> Run | None:
        """The run that `start` gives; where it cannot, the message says why, and some run is there."""
        try:
            return start()
        except ExperimentError as error:
            self.message = str(error)
        if self.run is None:
            self.run = Run([Experiment()], self._scene)
        return None
