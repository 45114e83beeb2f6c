"""Where several trainers on one timeline are: where the one is that has come furthest, as others may have
ended. Updates are those of the first trainer, as everywhere on the wire.
"""

from playground.player.packet import Channel
from playground.player.scene import Measured, Moment
from playground.training import Trainer


def timeline(first: Trainer) -> list[Measured]:
    """The channels that the player itself needs."""
    per_epoch = first.updates_per_epoch

    def update(moment: Moment) -> int:
        return -(-moment.frame.update * per_epoch // moment.trainer.updates_per_epoch)

    return [
        Measured(Channel("epoch", "i4"), lambda moment: update(moment) // per_epoch, run=None),
        Measured(Channel("batch", "i4"), lambda moment: update(moment) % per_epoch, run=None),
        Measured(Channel("update", "i4"), update, run=None),
        Measured(Channel("progress", "f8"), lambda moment: update(moment) / per_epoch, run=None),
    ]
