"""The logbook: what it says of a run."""

from playground.player.run import Run
from playground.training import Edit
from playground.ui.main_page.earlier_runs import Logbook
from tests.player.test_locks import scene_with
from tests.ui.watching import PER_EPOCH, SMALL, ask, changed


def test_an_entry_tells_how_a_run_began_how_far_it_came_and_what_was_changed() -> None:
    run, logbook = Run([SMALL], scene_with("one", lambda moment: 1.0)), Logbook()
    run.seek(3 * PER_EPOCH)
    run.change([changed(optimizer__lr=0.1)])
    ask(run, 3 * PER_EPOCH, 2)
    logbook.keep(run)
    (entry,) = logbook.entries()
    epochs = run.trainers[0].history[-1].epoch
    accuracy = run.trainers[0].history[-1].metrics["test_accuracy"]
    assert entry.title == "1. Circle: 4 tanh, Adam 0.01"
    assert entry.words == (
        f"trained for {epochs} epochs: test accuracy {accuracy:.1%}; then Learning rate 0.01 → 0.1"
    )
    run.edit(run.trainers[0].frame.update, Edit(0, "bias", 0, 0, 0.5))
    logbook.keep(run)
    assert logbook.entries()[-1].words.endswith("then Learning rate 0.01 → 0.1, 1 number set by hand")
