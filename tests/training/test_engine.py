"""What an engine promises to any objective: every moment again bit for bit, whatever it draws and keeps."""

import numpy as np
import pytest

from playground.training.batches import Batches
from playground.training.engine import Engine
from playground.training.objective import SHUFFLE
from playground.training.objectives.gan import Gan, GanSettings
from playground.training.objectives.generative import LATENT
from playground.training.objectives.vae import Vae, VaeSettings
from playground.training.streams import Streams
from tests.training.generative import PIXELS, RING

SETTINGS = GanSettings(batch_size=30)
PER_EPOCH = 4


class Restless(Gan):
    """A GAN that shifts its points at the beginning of each epoch, and counts what it has been asked for."""

    def __init__(self) -> None:
        super().__init__(RING, SETTINGS)
        self.streams = Streams(0, (SHUFFLE, LATENT, "shift"))
        self.asked = np.zeros(2)

    def begin_epoch(self, order):
        super().begin_epoch(order)
        self._epoch = self._epoch + self.streams["shift"].normal(scale=0.1, size=self._epoch.shape)
        self.asked[0] += 1

    def gradients(self):
        super().gradients()
        self.asked[1] += 1

    def memory(self):
        return {"asked": self.asked}


def state(engine):
    """Everything that decides how it goes on."""
    snapshot = engine.snapshot()
    params = [each.params.tolist() for each in snapshot.learners.values()]
    memory = {name: array.tolist() for name, array in snapshot.memory.items()}
    return params, snapshot.streams, snapshot.epoch_streams, memory, engine.last_batch.tolist()


@pytest.mark.parametrize("start", range(2 * PER_EPOCH + 1))
def test_what_the_beginning_of_an_epoch_draws_is_drawn_again(start):
    engine = Engine(Restless())
    engine.run(start)
    snapshot, states = engine.snapshot(), []
    for update in range(start, 3 * PER_EPOCH):
        engine.run(update)
        states.append(state(engine))
    for other in (engine, Engine(Restless())):
        other.load(snapshot, SETTINGS)
        for update, seen in enumerate(states, start):
            other.run(update)
            assert state(other) == seen


def test_the_first_gradients_leave_the_run_as_it_was():
    engine = Engine(Restless())
    before = state(engine)
    assert (engine.first_gradient_norms() > 0.0).all()
    assert state(engine) == before


@pytest.mark.parametrize(
    "make",
    [
        lambda: Batches(10, 0),
        lambda: Batches(10, -3),
        lambda: Batches(0, 5),
        lambda: Gan(RING, GanSettings(latent=0)),
        lambda: Gan(RING, GanSettings(batch_size=-3)),
        lambda: Vae(PIXELS, PIXELS[:0], VaeSettings()),
        lambda: Vae(PIXELS, PIXELS[:, :3], VaeSettings()),
        lambda: Vae(PIXELS * 2.0, PIXELS, VaeSettings()),
        lambda: Vae(PIXELS, PIXELS - 1.0, VaeSettings()),
    ],
)
def test_what_cannot_be_trained_on_is_refused_in_a_sentence(make):
    with pytest.raises(ValueError, match=r": give |; give ") as caught:
        make()
    assert str(caught.value).endswith(".")
