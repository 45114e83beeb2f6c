"""A GAN in the player: two networks and no plane, on the same timeline as any run."""

import numpy as np
import pytest

from playground.panels.timeline import timeline
from playground.player.packet import Channel
from playground.player.run import Run
from playground.player.scene import ChannelSource, FrameContext, Scene
from playground.training import Trainer
from tests.training.toy_descriptions import Dense, Discriminator, GanExperiment, Player
from tests.ui.watching import ask, equal, part, seen

OPENING_FRAMES = 6
RATE = "generator.lr"
SMALL = GanExperiment(generator=Player((Dense(6),)), discriminator=Discriminator((Dense(6),)))
PER_EPOCH = 7  # updates: 100 points in batches of 16
SAMPLES = np.random.default_rng(3).normal(size=(5, SMALL.latent))


def generated(moment: FrameContext) -> np.ndarray:
    """(5, 2) where the generator puts five samples of the latent space."""
    return moment.trainer.objective.learners["generator"].network.activations(SAMPLES)[-1]


def scene(trainers: list[Trainer]) -> Scene:
    names = [metric.name for metric in trainers[0].objective.metrics]
    return Scene(
        layout="lab",
        panels=[],
        measured=[
            *timeline(trainers[0]),
            ChannelSource(Channel("generated", "f8", (5, 2)), generated),
            *(
                ChannelSource(Channel(name, "f8"), lambda moment, name=name: moment.frame.metrics[name])
                for name in names
            ),
        ],
        themes={},
    )


def opened(described: GanExperiment = SMALL, **other: object) -> Run:
    return Run([described], scene, **other)


def test_it_opens_and_goes_on_as_its_trainer_does() -> None:
    run = opened()
    header, first = seen(run)
    assert header["ended"] is None
    assert first["epoch"].tolist() == list(range(OPENING_FRAMES + 1))
    _, more = ask(run, OPENING_FRAMES * PER_EPOCH, 4)
    trainer = Trainer(SMALL)
    frames = [trainer.frame, *trainer.advance(PER_EPOCH * (OPENING_FRAMES + 4))]
    for name, values in frames[0].metrics.items():
        assert first[name][0] == values
        assert more[name].tolist() == [frame.metrics[name] for frame in frames[-4:]]
    network = trainer.objective.learners["generator"].network
    assert (more["generated"][-1] == network.activations(SAMPLES)[-1]).all()


def test_the_same_request_brings_the_same_frames() -> None:
    run = opened()
    _, first = ask(run, 0, 12)
    ask(run, 30, 20, stride=3)
    assert equal(ask(run, 0, 12)[1], first)
    assert equal(ask(opened(), 0, 12)[1], first)


def test_a_live_setting_of_one_network_branches_the_run() -> None:
    run = opened()
    before = ask(run, 0, 12)[1]
    run.seek(4 * PER_EPOCH)
    run.change([SMALL.replace(RATE, 0.3)])
    after = ask(run, 4 * PER_EPOCH, 4)[1]
    assert not (after["generated"] == part(before, slice(4, 8))["generated"]).any()
    again = ask(run, 0, 8)[1]
    assert equal(part(again, slice(0, 4)), part(before, slice(0, 4)))
    assert not equal(part(again, slice(4, 8)), part(before, slice(4, 8)))


def test_it_ends_by_its_own_rules() -> None:
    run = opened(SMALL.replace("stopping.max_epochs", 5))
    header, columns = seen(run)
    assert columns["epoch"].tolist() == [0, 1, 2, 3, 4, 5]
    assert header["ended"]["kind"] == "max_epochs"


def test_it_has_no_plane_and_says_so() -> None:
    moment = opened().tracks[0].moment()
    for name in ("grid", "data"):
        with pytest.raises(TypeError, match="has no one network"):
            getattr(moment, name)
