"""Opening a network that was saved here."""

import numpy as np

from playground.export import to_json
from playground.training import Trainer
from playground.ui.main_page.scene import playground_scene
from playground.ui.main_page.session import PageSession
from tests.ui.watching import SMALL, seen


def saved() -> tuple[Trainer, bytes]:
    trainer = Trainer(SMALL)
    trainer.train(epochs=4)
    return trainer, to_json(trainer).encode()


def test_training_goes_on_with_the_saved_weights():
    source, data = saved()
    session = PageSession(playground_scene, {})
    session.open_saved(data)
    assert session.message == ""
    assert session.experiment == SMALL
    trainer = session.run.trainers[0]
    trainer.restore(trainer.history[0])
    assert np.array_equal(trainer.network.params, source.network.params)
    assert trainer.frame.metrics == source.frame.metrics


def test_a_player_does_not_take_the_loaded_run_for_the_one_it_holds():
    _, data = saved()
    session = PageSession(playground_scene, SMALL.to_query())
    before = seen(session.run)[0]["fingerprint"]
    session.open_saved(data)
    assert session.experiment == SMALL
    assert seen(session.run)[0]["fingerprint"] != before


def test_a_bad_file_gets_a_sentence_and_the_run_stays():
    session = PageSession(playground_scene, {})
    run = session.run
    for data in (b"", b"{}", b"\xff\xfe\x00", b"[1]", saved()[1][:-40], b"x" * 5_000_000):
        session.open_saved(data)
        assert session.message.endswith(".")
        assert session.run is run
