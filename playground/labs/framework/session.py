"""What a lab keeps for one visitor: its settings, the run or film that shows them, and what was refused."""

from collections.abc import Callable, Mapping
from contextlib import suppress

import numpy as np
import streamlit as st

from playground.labs.framework.lab import Lab
from playground.labs.framework.settings import LabSettings
from playground.limits import MAX_SEED
from playground.player.film import Film
from playground.player.run import Run
from playground.text import _
from playground.training import Experiment, ExperimentError, Setting
from playground.ui.chrome import address
from playground.ui.chrome.streamlit_private import is_history_navigation
from playground.ui.controls.widgets import Controls, Form

Settings = tuple[Experiment, LabSettings]


class LabSession:
    """One lab of one visitor; kept in st.session_state under the lab's name.

    base: the Experiment that the networks share. settings: the lab's own. A path that begins with "lab." is
    one of the latter.
    """

    def __init__(self, lab: Lab, query: Mapping[str, str]) -> None:
        self.lab = lab
        self.message = ""
        self.form = Form()
        self.base, self.settings = lab.base, lab.settings()
        self.run: Run | Film | None = None
        self._look: object = None
        self.open_link(query)

    @classmethod
    def of(cls, lab: Lab) -> "LabSession":
        """The visitor's session of a lab; an address that the visitor goes back to is opened."""
        query = address.query()
        session = st.session_state.get(lab.name)
        if session is None:
            session = st.session_state[lab.name] = cls(lab, query)
        elif query and query != session.to_query() and is_history_navigation():
            session.open_link(query)
        session.form.begin()
        return session

    def fields(self) -> dict[str, Setting]:
        """{path: Setting} of all that can be set now."""
        return {**self.base.fields(), **self.settings.fields()}

    def get(self, path: str) -> object:
        return (self.settings if path.startswith("lab.") else self.base).get(path)

    def set(self, path: str, value: object) -> None:
        """Change one setting; what is refused is said and nothing is lost."""

        def change() -> Settings:
            if path.startswith("lab."):
                return self.base, self.settings.replace(path, value)
            return self.base.replace(path, value), self.settings

        self._try(change)

    def new_seed(self) -> None:
        """Other data, other weights, the same settings."""
        seed = int(np.random.default_rng().integers(MAX_SEED))
        self._try(lambda: (self.base.reseeded(seed), self.settings))

    def controls(self) -> Controls:
        """Widgets for any of the settings."""
        return Controls(self.form, self.fields(), get=self.get, change=self.set, prefix=self.lab.name)

    def act(self, sent: object) -> None:
        """Do what the player sent, as far as a lab knows it: "seed", or with the path and value of a setting
        "set", or "look" for one that changes nothing but what a panel shows of the frames it has.
        """
        if not isinstance(sent, Mapping):
            return
        if sent.get("kind") == "seed":
            self.new_seed()
        elif sent.get("kind") == "set" and sent.get("path") in list(self.fields()):
            self.set(sent["path"], sent.get("value"))
        elif sent.get("kind") == "look" and sent.get("path") in self.settings.fields():
            self.look(sent["path"], sent.get("value"))

    def look(self, path: str, value: object) -> None:
        """Remember what the visitor looks at, one of the scene's `view`: for the address, and for a player
        that opens the scene anew.
        """
        view, name = self.run.scene.view, path.removeprefix("lab.")
        if name in view:
            with suppress(ExperimentError):  # a panel of ours sends what there is
                self.settings = self.settings.replace(path, value)
                view[name] = value

    def to_query(self) -> dict[str, str]:
        """What the address says: the lab's own settings, and the whole shared Experiment if it is another
        than the lab's. An Experiment without a word to say is written as its version alone.
        """
        shared = {} if self.base == self.lab.base else self.base.to_query() or {"v": "1"}
        return {**shared, **self.settings.to_query()}

    def write_address(self) -> None:
        """Make the browser's address say what is shown."""
        address.write(self.to_query())

    def open_link(self, query: Mapping[str, str]) -> None:
        """Run what a link describes; if it cannot be read, the present run (or the lab's own) and the
        reason.
        """

        def read() -> Settings:
            settings, shared = self.lab.settings.take(query)
            return type(self.lab.base).from_query(shared) if shared else self.lab.base, settings

        self._try(read, refused=_("This link could not be opened. {error}"))

    def _try(self, change: Callable[[], Settings], *, refused: str = "{error}") -> None:
        """Run other settings. If they cannot be, the run and its settings stay, and the visitor is
        told with the sentence `refused`.
        """
        self.message = ""
        try:
            base, settings = change()
            self._show(base, settings)
        except ExperimentError as error:
            self.message = refused.format(error=error)
            if self.run is None:
                self._show(self.base, self.settings)
        else:
            self.base, self.settings = base, settings

    def _show(self, base: Experiment, settings: LabSettings) -> None:
        """Begin what there is to see; where only live settings or the look differ, go on in the same run."""
        shown = self.lab.build(base, settings)
        if isinstance(shown, Film):
            shown.begin(f"{base.to_json()} {settings}")
            self.run, self._look = shown, None
            return
        run, same_look = self.run, shown.look == self._look
        self._look = shown.look
        experiments = tuple(shown.experiments)
        if isinstance(run, Run) and experiments == run.experiments:
            if not same_look:
                run.show(shown.scene)
        elif isinstance(run, Run) and same_look and _live(run.experiments, experiments):
            run.change(experiments)
        else:
            self.run = Run(experiments, shown.scene)


def _live(before: tuple[Experiment, ...], after: tuple[Experiment, ...]) -> bool:
    """Whether a run can change into another while it is under way."""
    if len(before) != len(after):
        return False
    for old, new in zip(before, after, strict=True):
        fields = old.fields()
        if not all(path in fields and fields[path].live for path in old.differences(new)):
            return False
    return True
