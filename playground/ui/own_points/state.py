"""OwnData: a visitor's own points on a page, from the player's drawing tools and from files.

The player numbers its steps and sends those again that were not taken note of; steps that were done already
are skipped. So no stroke is lost or drawn twice, whatever happens on the way.
"""

from collections.abc import Mapping

from playground.datasets import DATASETS, PointsError, read_csv
from playground.limits import MAX_DRAW_STEPS, MIN_OWN_POINTS
from playground.training import Experiment, ExperimentError
from playground.training.builder import build_data
from playground.training.points import OWN
from playground.ui.own_points.editor import FEW, OwnEditor, own_points


class OwnData:
    """source: the Experiment with another dataset that was shown last; its points can be taken over.

    problem: why the last step of drawing was refused. refused: why a file was. notes: what was done to the
    points of a file.
    """

    def __init__(self) -> None:
        self.editor = OwnEditor()
        self.source = Experiment()
        self.problem = self.refused = ""
        self.notes: list[str] = []
        self._author = self._done = 0

    def follow(self, experiment: Experiment) -> None:
        """A run of this Experiment is about to be shown."""
        if experiment.data.dataset == OWN:
            self.editor.follow(experiment.data.points)
        else:
            self.source = experiment

    def experiment(self, experiment: Experiment) -> Experiment:
        """The Experiment with the points as they are drawn now; ExperimentError if they are too few."""
        points = self.editor.points
        if len(points) < MIN_OWN_POINTS:
            raise ExperimentError(FEW)
        if points == experiment.data.points:  # of another dataset, too: the example waits there
            return experiment.replace("data.dataset", OWN)
        return experiment.replace("data.points", points)

    def take_steps(self, sent: Mapping) -> bool:
        """Do what the player sent: {"author": a number of this player's, "steps": [{"number", "tool", ...}]}.
        False if that makes no sense.
        """
        author, steps = sent.get("author"), sent.get("steps")
        if type(author) is not int or not isinstance(steps, list):
            return False
        if author != self._author:
            self._author, self._done = author, 0
        self.problem, self.refused, self.notes = "", "", []
        for step in steps[:MAX_DRAW_STEPS]:
            number = step.get("number") if isinstance(step, Mapping) else None
            if type(number) is int and self._done < number < 2**53:
                self._done = number
                self._step(step)
        return True

    def _step(self, step: Mapping) -> None:
        if step.get("tool") == "open":
            self.open()
        elif step.get("tool") == "take":
            self.take()
        else:
            try:
                self.editor.step(step)
            except PointsError as error:
                self.problem = str(error)

    def open(self) -> None:
        """The points drawn before, or an example."""
        if len(self.editor.points) < MIN_OWN_POINTS:
            self.editor.step({"tool": "example"})

    def take(self) -> None:
        """The points of `source`, before any labels were made wrong: that setting stays in force."""
        self.editor.use(own_points(*build_data(self.source.replace("data.label_flips", 0.0))))

    def load(self, data: str | bytes) -> bool:
        """The points of a file; False if it holds none."""
        self.problem, self.refused, self.notes = "", "", []
        try:
            points, self.notes = read_csv(data)
        except PointsError as error:
            self.refused = str(error)
            return False
        self.editor.use(points)
        return True

    def plain(self, experiment: Experiment) -> dict:
        """What the player needs to know while it shows a run of this Experiment."""
        shown = experiment.data.dataset == OWN
        return {
            **self.editor.plain(),
            "active": shown,
            "trained": shown and experiment.data.points == self.editor.points,
            "source": DATASETS[self.source.data.dataset].label,
            "author": self._author,
            "done": self._done,
            "problem": self.problem,
        }
