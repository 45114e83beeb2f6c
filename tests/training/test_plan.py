"""A plan says which settings are in force where, and what is changed on the way."""

import pytest

from playground.training import Edit, Trainer
from playground.training.plan import Change, Plan
from tests.training.common import SMALL

EDIT = Edit(0, "weight", 0, 0, 1.0)


def made(*changes):
    plan = Plan("first")
    for update, change in changes:
        plan.add(update, change)
    return plan


def test_settings_in_force():
    plan = made((0, "slow"), (5, EDIT), (5, "fast"), (9, EDIT))
    assert plan.settings == "fast"
    assert [plan.settings_before(update) for update in (0, 1, 5, 6, 99)] == [
        "first",
        "slow",
        "slow",
        "fast",
        "fast",
    ]
    assert Plan("first").settings == Plan("first").settings_before(3) == "first"


def test_settings_replace_others_at_the_same_update_and_edits_add_up():
    plan = made((5, "a"), (5, EDIT), (5, "b"), (5, EDIT))
    assert plan.changes == (Change(5, EDIT), Change(5, "b"), Change(5, EDIT))
    assert [change.is_edit for change in plan.changes] == [True, False, True]


def test_parts_of_a_plan():
    plan = made((0, "a"), (5, EDIT), (9, "b"))
    assert plan.between(1, 9) == (Change(5, EDIT), Change(9, "b"))
    assert plan.between(5, 5) == (Change(5, EDIT),)
    plan.forget_after(5)
    assert plan.changes == (Change(0, "a"), Change(5, EDIT))
    assert plan.settings == "a"


def test_changes_come_in_the_order_of_time():
    with pytest.raises(ValueError, match="at update 3 lies before the last one, at 5"):
        made((5, "a"), (3, "b"))


def test_a_trainer_notes_its_changes():
    trainer = Trainer(SMALL)
    trainer.train(updates=3)
    faster = SMALL.replace("optimizer.lr", 0.5)
    trainer.update_settings(faster)
    trainer.train(updates=2)
    trainer.edit(EDIT)
    plan = trainer.history.plan
    assert plan.first == SMALL
    assert plan.changes == (Change(3, faster), Change(5, EDIT))
    trainer.restore(trainer.history[3])
    trainer.train(updates=1)
    assert plan.changes == (Change(3, faster),)


def test_changes_to_come_are_taken_when_they_are_due():
    plan = made((2, "a"))
    plan.coming = (Change(5, "b"), Change(5, EDIT), Change(9, "c"))
    assert (plan.settings, plan.next_update()) == ("c", 5)
    assert plan.take_due(4) is None
    assert [plan.take_due(5), plan.take_due(5), plan.take_due(5)] == [Change(5, "b"), Change(5, EDIT), None]
    plan.postpone_after(1)
    assert (plan.changes, plan.coming) == ((), (Change(2, "a"), Change(9, "c")))
    plan.wanted = "d"
    assert plan.settings == "d"


def test_a_trainer_makes_the_changes_of_its_plan():
    faster = SMALL.replace("optimizer.lr", 0.5)
    by_hand = Trainer(SMALL)
    by_hand.train(updates=3)
    by_hand.update_settings(faster)
    by_hand.train(updates=2)
    by_hand.edit(EDIT)
    by_hand.train(updates=7)
    planned = Trainer(SMALL, by_hand.plan.changes)
    planned.train(updates=12)
    assert planned.plan.coming == ()
    assert planned.plan.changes == by_hand.plan.changes
    assert list(planned.history) == list(by_hand.history)


def test_a_change_at_the_start_is_made_at_once_and_a_change_by_hand_drops_those_to_come():
    faster, slower = (SMALL.replace("optimizer.lr", rate) for rate in (0.5, 0.1))
    trainer = Trainer(SMALL, [Change(0, faster), Change(4, slower)])
    assert trainer.experiment == faster
    trainer.plan.wanted = SMALL
    trainer.apply_wanted()
    assert (trainer.experiment, trainer.plan.settings, trainer.plan.coming) == (SMALL, SMALL, ())
    trainer.train(updates=6)
    assert trainer.experiment == SMALL


def test_a_run_stays_at_its_end_until_it_goes_on_otherwise():
    trainer = Trainer(SMALL.replace("stopping.max_epochs", 3))
    trainer.train(epochs=5)
    stop = trainer.stopped
    trainer.restore(trainer.history[1])
    assert (trainer.stopped, trainer.end) == (None, stop)
    trainer.return_to_end()
    assert (trainer.stopped, trainer.frame) == (stop, stop.frame)
    trainer.restore(trainer.history[1])
    trainer.edit(EDIT)
    assert trainer.end is None
