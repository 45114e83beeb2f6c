"""GAN and VAE as proof of the contracts: the same engine and history train two networks of either kind."""

import numpy as np
import pytest

from playground.training import History
from playground.training.engine import Engine
from playground.training.objective import ROLES
from playground.training.objectives.generative import LATENT
from playground.training.sections import Stopping
from playground.training.stopping import StopRules
from tests.training.generative import PIXELS, RING, SETTINGS, SLOWER, objective

KINDS = pytest.mark.parametrize("kind", SETTINGS)


class Run:
    """An engine and the history of what it did."""

    def __init__(self, kind, budget=2**25):
        self.engine = Engine(objective(kind))
        learners = self.engine.objective.learners.values()
        self.history = History(
            SETTINGS[kind],
            metrics=[metric.name for metric in self.engine.objective.metrics],
            n_layers=sum(len(learner.network.weight_layers) for learner in learners),
            budget=budget,
        )
        self.record(self.engine.first_gradient_norms())

    def record(self, norms):
        self.history.record(self.engine.frame(len(self.history), norms), self.engine.snapshot())

    def train(self, frames, every):
        for _ in range(frames):
            until = self.engine.update + every
            assert self.engine.run(until - 1)
            self.engine.remember_parameters()
            assert self.engine.run(until)
            self.record(self.engine.gradient_norms())

    def go_to(self, index):
        snapshot, settings, changes = self.history.replay_from(index)
        self.engine.load(snapshot, settings)
        for update, changed in changes:
            self.engine.run(update)
            self.engine.apply(changed)
        self.engine.run(self.history[index].update)
        self.engine.gradient_norms()

    def params(self):
        learners = self.engine.objective.learners.values()
        return np.concatenate([learner.network.params for learner in learners])


@pytest.mark.parametrize("budget", [2**25, 60_000, 1], ids=["all", "thinned", "two"])
@pytest.mark.parametrize("every", [1, 3, 7], ids=["each update", "inside epochs", "whole epochs"])
@KINDS
def test_every_moment_is_reached_again_bit_for_bit(kind, every, budget):
    run = Run(kind, budget)
    assert run.engine.updates_per_epoch == 7
    seen = [run.params()]
    for index in range(24):
        if index == 9:
            run.history.change(SLOWER[kind])
            run.engine.apply(SLOWER[kind])
        run.train(1, every)
        seen.append(run.params())
    frames = list(run.history)
    for index in (24, 3, 17, 9, 10, 0, 22):
        run.go_to(index)
        np.testing.assert_array_equal(run.params(), seen[index])
        assert run.engine.metrics() == frames[index].metrics
    run.go_to(12)
    run.history.truncate(12)
    run.train(12, every)
    assert list(run.history) == frames
    np.testing.assert_array_equal(run.params(), seen[24])


@KINDS
def test_a_snapshot_holds_every_learner_and_stream(kind):
    engine = Engine(objective(kind))
    engine.run(5)
    snapshot = engine.snapshot()
    assert set(snapshot.learners) == set(engine.objective.learners)
    assert set(snapshot.streams) == {"shuffle", "latent"}
    for name, learner in engine.objective.learners.items():
        np.testing.assert_array_equal(snapshot.learners[name].params, learner.network.params)
        assert snapshot.learners[name].optimizer.t == 5
    assert snapshot.nbytes > sum(learner.nbytes for learner in snapshot.learners.values())


@KINDS
def test_measuring_disturbs_nothing(kind):
    quiet, watched = Engine(objective(kind)), Engine(objective(kind))
    watched.first_gradient_norms()
    for update in range(1, 15):
        quiet.run(update)
        watched.run(update)
        watched.metrics()
    assert quiet.metrics() == watched.metrics()
    assert quiet.objective.streams.state() == watched.objective.streams.state()


@KINDS
def test_drawing_latents_leaves_the_order_of_the_points_alone(kind):
    one, other = Engine(objective(kind)), Engine(objective(kind))
    other.objective.streams[LATENT].random(1000)
    for update in range(1, 16):
        one.run(update)
        other.run(update)
        np.testing.assert_array_equal(one.last_batch, other.last_batch)
    assert one.metrics() != other.metrics()


@KINDS
def test_metrics_have_known_roles_and_are_what_is_measured(kind):
    made = objective(kind)
    assert {metric.role for metric in made.metrics} <= set(ROLES)
    assert tuple(made.measure()) == tuple(metric.name for metric in made.metrics)


def test_stop_rules_watch_what_an_objective_has():
    """A VAE has a test loss to watch; a GAN has none, and no rule ends it."""
    rules = Stopping(patience=2, target_loss=100.0, plateau=1, target_accuracy=0.1)
    stops = {}
    for kind in SETTINGS:
        run = Run(kind)
        watch = StopRules(rules, run.engine.objective.metrics, run.history)
        run.train(1, 7)
        stops[kind] = watch.check(run.history[1])
    assert stops["gan"] is None
    assert stops["vae"].kind == "target_loss"


def test_a_loss_that_is_not_finite_ends_the_run():
    for kind in SETTINGS:
        engine = Engine(objective(kind))
        next(iter(engine.objective.learners.values())).network.params[:] = np.nan
        assert not engine.run(1)
        assert engine.update == 0


# ---- gradients


@pytest.mark.parametrize("name", ["generator", "discriminator"])
def test_gan_gradients_in_a_random_direction(check_gradient, name):
    gan = objective("gan")
    latents = gan.streams.state()

    def value():
        gan.streams.load(latents)
        return gan._generator_gradient(20) if name == "generator" else gan._discriminator_gradient(RING[:20])

    value()
    network = gan.learners[name].network
    check_gradient(value, network.params, network.grads.copy())


@pytest.mark.parametrize("name", ["encoder", "decoder"])
def test_vae_gradients_in_a_random_direction(check_gradient, name):
    vae = objective("vae", beta=2.5)
    latents = vae.streams.state()

    def value():
        vae.streams.load(latents)
        return vae._gradient(PIXELS[:20])

    value()
    network = vae.learners[name].network
    check_gradient(value, network.params, network.grads.copy())


# ---- that they learn


def test_a_gan_learns_the_radius_of_a_ring():
    gan = objective("gan", hidden=(32, 32))
    engine = Engine(gan)
    first = np.linalg.norm(gan.generate(gan.shown), axis=1)
    assert engine.run(2000)
    last = np.linalg.norm(gan.generate(gan.shown), axis=1)
    assert np.abs(last - 1.0).mean() < 0.5 * np.abs(first - 1.0).mean()


def test_a_vae_learns_how_often_a_pixel_is_set():
    vae = objective("vae")
    engine = Engine(vae)
    first = engine.metrics()["test_loss"]
    assert engine.run(1000)
    chances = PIXELS[:100].mean(axis=0)
    entropy = -(chances * np.log(chances) + (1 - chances) * np.log(1 - chances)).sum()
    assert first > engine.metrics()["test_loss"]
    assert engine.metrics()["test_loss"] < 1.15 * entropy
