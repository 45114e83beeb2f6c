"""Where several trainers on one timeline are: where the one is that has come furthest, as others may have
ended. Updates are those of the first trainer, as everywhere on the wire.
"""

from playground.player.packet import Channel
from playground.player.scene import ChannelSource, FrameContext
from playground.training import Trainer


def timeline(first: Trainer) -> list[ChannelSource]:
    """The channels that the player itself needs."""
    per_epoch = first.updates_per_epoch

    def update(moment: FrameContext) -> int:
        return -(-moment.frame.update * per_epoch // moment.trainer.updates_per_epoch)

    return [
        ChannelSource(Channel("epoch", "i4"), lambda moment: update(moment) // per_epoch, run=None),
        ChannelSource(Channel("batch", "i4"), lambda moment: update(moment) % per_epoch, run=None),
        ChannelSource(Channel("update", "i4"), update, run=None),
        ChannelSource(Channel("progress", "f8"), lambda moment: update(moment) / per_epoch, run=None),
    ]
