"""What a page keeps for one visitor: the Experiment that is set, the run that shows it, and a sentence if
something was refused.

The Experiment is the truth. Controls show it and ask for changes; a changed live setting goes on in the same
run, any other change starts a new one with the same seed.
"""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from playground.limits import MAX_SEED
from playground.training import Experiment, ExperimentError
from playground.ui.run import Run, SceneMaker


class PageSession:
    """One page of one visitor; kept in st.session_state under the page's name."""

    def __init__(self, make_scene: SceneMaker, query: Mapping[str, str]) -> None:
        self.message = ""
        self._make_scene = make_scene
        self.run: Run | None = None
        self.open_link(query)

    @classmethod
    def of(cls, page: str, make_scene: SceneMaker) -> "PageSession":
        """The visitor's session of a page; on arrival it opens what the address asks for."""
        query = st.query_params.to_dict()
        session = st.session_state.get(page)
        if session is None:
            session = st.session_state[page] = cls(make_scene, query)
        elif query != session.experiment.to_query() and query:
            session.open_link(query)
        return session

    @property
    def experiment(self) -> Experiment:
        return self.run.experiments[0]

    def open_link(self, query: Mapping[str, str]) -> None:
        """Run what a link describes; if it cannot be read, the default run (or the present one) with the
        reason.
        """
        try:
            experiment = Experiment.from_query(query)
        except ExperimentError as error:
            self.message = f"This link could not be opened. {error}"
            experiment = Experiment() if self.run is None else None
        if experiment is not None:
            self._begin(experiment)

    def set(self, path: str, value: object) -> None:
        """Change one setting; what is refused is said and nothing is lost."""
        self.message = ""
        try:
            self.use(self.experiment.replace(path, value))
        except ExperimentError as error:
            self.message = str(error)

    def use(self, experiment: Experiment) -> None:
        """Go on with a changed Experiment: in the same run if only live settings differ, otherwise in a new
        one.
        """
        changed = self.experiment.differences(experiment)
        fields = self.experiment.fields()
        if changed and all(path in fields and fields[path].live for path in changed):
            self.run.change([experiment])
        elif changed:
            self._begin(experiment)

    def new_seed(self) -> None:
        """Other data, other weights, the same settings."""
        self.set("seed", int(np.random.default_rng().integers(MAX_SEED)))

    def _begin(self, experiment: Experiment) -> None:
        try:
            self.run = Run([experiment], self._make_scene)
        except ExperimentError as error:
            self.message = str(error)
            if self.run is None:
                self.run = Run([Experiment()], self._make_scene)
