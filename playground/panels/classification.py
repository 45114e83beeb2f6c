"""How well the test points are told apart: confusion matrix, ROC curves, calibration."""

import numpy as np

from playground.figures import ranking as drawn
from playground.figures.confusion import confusion as confusion_figure
from playground.panels.panel_with_channels import PanelWithChannels
from playground.player.packet import Channel
from playground.player.scene import ChannelRef, ChannelSource, FigurePanel, FrameContext, TraceBinding
from playground.probes import ranking
from playground.probes.confusion import confusion
from playground.text import _
from playground.training import Trainer


def confusion_part(trainer: Trainer) -> PanelWithChannels:
    classes = trainer.task.n_classes
    panel = FigurePanel(
        id="confusion",
        slot="side",
        title=_("Confusion matrix"),
        figure=confusion_figure(trainer.experiment.data.labels),
        alt=_(
            "Confusion matrix of the test points after {epoch:count} epochs, row by row the true class: "
            "{confusion_counts:count}. Precision, recall and F1 class by class: {confusion_scores:percent}."
        ),
        bindings=[
            TraceBinding(
                0,
                {
                    "z": ChannelRef("confusion_shares", "matrix"),
                    "text": ChannelRef("confusion_counts", "matrix"),
                },
            ),
            TraceBinding(
                1,
                {
                    "z": ChannelRef("confusion_scores", "matrix"),
                    "text": ChannelRef("confusion_scores", "percents"),
                },
            ),
        ],
        numbers=[
            {"label": _("accuracy"), "text": "{test_accuracy:percent}", "role": "test"},
            {"label": _("mean F1"), "text": "{mean_f1:percent}", "role": "plain"},
        ],
    )
    square = (classes, classes)
    return PanelWithChannels(
        panel,
        [
            ChannelSource(Channel("confusion_counts", "i4", square), lambda m: m.data.info(confusion).counts),
            ChannelSource(Channel("confusion_shares", "f4", square), lambda m: m.data.info(confusion).shares),
            ChannelSource(
                Channel("confusion_scores", "f4", (classes, 3)), lambda m: m.data.info(confusion).scores
            ),
            ChannelSource(Channel("mean_f1", "f4"), lambda m: _mean(m.data.info(confusion).f1)),
        ],
    )


def roc_part(trainer: Trainer) -> PanelWithChannels:
    classes = ranking.roc_classes(trainer.task)
    label = _("AUC") if len(classes) == 1 else _("mean AUC")
    panel = FigurePanel(
        id="roc",
        slot="side",
        title=_("ROC"),
        figure=drawn.roc(classes, labels=trainer.experiment.data.labels),
        alt=_(
            "ROC curves of the test points after {{epoch:count}} epochs; area under the curve, class "
            "{classes}: {{roc_areas}}."
        ).format(classes=", ".join(map(str, classes))),
        bindings=[TraceBinding(place, {"y": ChannelRef(f"roc_{k}")}) for place, k in enumerate(classes)],
        numbers=[{"label": label, "text": "{roc_area}", "role": "test"}],
    )
    samples = len(ranking.FALSE_RATES)

    def rates(place: int, k: int) -> ChannelSource:
        channel = Channel(f"roc_{k}", "f4", (samples,))
        return ChannelSource(channel, lambda moment: moment.data.info(ranking.roc).true_rates[place])

    def areas(moment: FrameContext) -> np.ndarray:
        return moment.data.info(ranking.roc).areas

    return PanelWithChannels(
        panel,
        [
            *(rates(place, k) for place, k in enumerate(classes)),
            ChannelSource(Channel("roc_areas", "f4", (len(classes),)), areas),
            ChannelSource(Channel("roc_area", "f4"), lambda moment: _mean(areas(moment))),
        ],
    )


def calibration_part(trainer: Trainer) -> PanelWithChannels:
    panel = FigurePanel(
        id="calibration",
        slot="side",
        title=_("Calibration"),
        figure=drawn.calibration(),
        alt=_(
            "How often the test points are right at each confidence, after {epoch:count} epochs; the "
            "expected calibration error is {calibration_error:percent}."
        ),
        bindings=[
            TraceBinding(0, {"y": ChannelRef("calibration_share")}),
            TraceBinding(
                1, {"x": ChannelRef("calibration_confidence"), "y": ChannelRef("calibration_accuracy")}
            ),
        ],
        numbers=[{"label": _("error (ECE)"), "text": "{calibration_error:percent}", "role": "test"}],
    )

    def measured(name: str, shape: tuple[int, ...] = (ranking.CALIBRATION_BINS,)) -> ChannelSource:
        channel = Channel(f"calibration_{name}", "f4", shape)
        return ChannelSource(channel, lambda moment: getattr(moment.data.info(ranking.calibration), name))

    return PanelWithChannels(
        panel, [measured("share"), measured("confidence"), measured("accuracy"), measured("error", ())]
    )


def _mean(values: np.ndarray) -> float:
    """The mean of those that are numbers; NaN if none is."""
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")
