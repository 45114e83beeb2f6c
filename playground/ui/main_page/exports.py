"""EXPORTS: what a visitor can take away from the moment that is on the screen."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

from playground.export import CODE, boundary_gif, history_csv, to_json
from playground.figures.theme import MODES
from playground.player.run import Run
from playground.text import _
from playground.training import Trainer
from playground.ui.main_page.recording import recording_html

Maker = Callable[[Run, str], str | bytes]


@dataclass(frozen=True)
class Export:
    """A file on offer. make: from a run, standing at the moment to take, and the page's mode."""

    label: str
    file: str
    mime: str
    make: Maker

    def package(self, run: Run, mode: str) -> dict:
        """The file as the player takes it: {"file", "mime", "data": base64}."""
        made = self.make(run, mode)
        data = made.encode() if isinstance(made, str) else made
        return {"file": self.file, "mime": self.mime, "data": base64.b64encode(data).decode()}


def _of_trainer(write: Callable[[Trainer], str]) -> Maker:
    return lambda run, mode: write(run.trainers[0])


def _gif(run: Run, mode: str) -> bytes:
    return boundary_gif(run.trainers[0], mode=next((m for m in MODES if m.name == mode), MODES[0]))


def _page(run: Run, mode: str) -> str:
    return recording_html(run, title=_("Neural Network Playground"))


EXPORTS: dict[str, Export] = {
    **{
        name: Export(
            _("{framework} code").format(framework=code.label),
            f"network_{name}.py",
            "text/x-python",
            _of_trainer(code.write),
        )
        for name, code in CODE.items()
    },
    "json": Export(
        _("Weights and settings (JSON)"), "network.json", "application/json", _of_trainer(to_json)
    ),
    "csv": Export(
        _("History (CSV)"),
        "history.csv",
        "text/csv",
        _of_trainer(lambda trainer: history_csv(trainer.history)),
    ),
    "gif": Export(_("Animation (GIF)"), "boundary.gif", "image/gif", _gif),
    "html": Export(_("Animation (offline page)"), "training.html", "text/html", _page),
}
