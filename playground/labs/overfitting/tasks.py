"""The tasks of the lab on overfitting. The first and the last are for the points and the network with which
the lab opens, so that what happens without a remedy is known: it overfits, whatever the seed.
"""

from dataclasses import replace

from playground.labs.framework.lab import Task
from playground.labs.framework.tasks import settings_so_far
from playground.labs.overfitting.settings import BASE
from playground.player.scene import FrameContext
from playground.probes.overfitting import fit
from playground.text import _, percent
from playground.training import Experiment

LATE, CLOSE = 200, 1.05  # an epoch, and the test loss over its lowest then
FEW, ENOUGH = 30, 0.9  # training points, and the part of the test points to get right
WRONG, MOST_RIGHT = 4, 0.7  # labels to be learnt by heart, and the part of the test points that is too much
TESTED = 100  # test points, below which a share of them says little


def holds(moment: FrameContext) -> bool:
    """L2 alone keeps the lab's network from overfitting."""
    metrics = moment.frame.metrics
    if moment.frame.epoch < LATE or not all(has_l2_alone(each) for each in settings_so_far(moment)):
        return False
    return metrics["train_accuracy"] >= 0.85 and moment.data.info(fit).rise <= CLOSE


def has_l2_alone(experiment: Experiment) -> bool:
    """Whether L2 is all that differs from what the lab opens with."""
    opening = BASE.replace("seed", experiment.seed)
    return experiment.regularization.l2 > 0.0 and experiment.replace("regularization.l2", 0.0) == opening


def overfits_badly(moment: FrameContext) -> bool:
    """Everything is learnt by heart, and little of it holds elsewhere."""
    metrics = moment.frame.metrics
    by_heart = metrics["train_accuracy"] == 1.0 and metrics["test_accuracy"] < MOST_RIGHT
    tested = len(moment.trainer.test_data) >= TESTED
    return by_heart and tested and moment.data.bench.wrong_labels.sum() >= WRONG


def learns_from_few(moment: FrameContext) -> bool:
    """The lab's network gets most of the test points right, with a remedy and few points to learn from."""
    late = moment.frame.epoch >= LATE and len(moment.trainer.train_data) == FEW
    if not (late and all(has_a_remedy(each) for each in settings_so_far(moment))):
        return False
    return moment.frame.metrics["test_accuracy"] >= ENOUGH


def has_a_remedy(experiment: Experiment) -> bool:
    """Whether remedies are all that differs from what the lab opens with, but for the number of points."""
    share = experiment.data.train_share
    opening = BASE.replace("seed", experiment.seed).replace("data.train_share", share)
    return experiment != opening == without_remedy(experiment)


def without_remedy(experiment: Experiment) -> Experiment:
    """The same without those of REMEDIES that leave the points alone; of a smaller network, the lab's own."""
    layers = tuple(replace(layer, dropout=0.0, normalization="none") for layer in experiment.network.layers)
    if len(layers) == 1 and replace(layers[0], units=BASE.network.layers[0].units) == BASE.network.layers[0]:
        layers = BASE.network.layers
    return replace(
        experiment,
        network=replace(experiment.network, layers=layers),
        regularization=replace(experiment.regularization, l1=0.0, l2=0.0),
        loss=replace(experiment.loss, label_smoothing=0.0),
        stopping=BASE.stopping,
    )


TASKS = (
    Task(
        "hold",
        _(
            "With L2 alone, hold the test loss within 5 % of its lowest at epoch {late} or later, with at "
            "least 85 % of the training points right. (All else but the seed as the lab opens.)"
        ).format(late=LATE),
        _(
            "Too weak, and the test loss creeps up; too strong, and the training points are not learnt. Look "
            "at the sweep over L2 first."
        ),
        holds,
    ),
    Task(
        "by_heart",
        _(
            "Overfit on purpose: all training points right, at least {wrong} wrong labels among them, and "
            "fewer than {most} of the test points right. ({tested} test points or more.)"
        ).format(wrong=WRONG, most=percent(MOST_RIGHT), tested=TESTED),
        _("No remedy, and more labels that are wrong: the network learns each of them."),
        overfits_badly,
    ),
    Task(
        "few",
        _(
            "With {few} training points and a remedy, get {enough} of the test points right at epoch {late} "
            "or later. (All else but the seed as the lab opens.)"
        ).format(few=FEW, enough=percent(ENOUGH), late=LATE),
        _(
            "So few points need a stronger remedy than is set. Some are harder to learn from than others: "
            "try other seeds, too."
        ),
        learns_from_few,
    ),
)
