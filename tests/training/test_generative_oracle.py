"""The gradients of GAN and VAE against PyTorch's, from the same weights and the same draws."""

import numpy as np
import pytest

from playground.training.objectives.generative import LATENT
from tests.oracle import oracle
from tests.training.generative import PIXELS, RING, objective

torch = oracle("torch")


def in_torch(network):
    """The same network in PyTorch."""
    layers = []
    for dense in network.weight_layers:
        linear = torch.nn.Linear(*dense.W.shape).double()
        linear.weight.data, linear.bias.data = torch.tensor(dense.W.T), torch.tensor(dense.b)
        layers += [linear, torch.nn.LeakyReLU(0.01)]
    return torch.nn.Sequential(*layers[:-1])


def assert_same_gradients(network, model):
    for dense, linear in zip(network.weight_layers, model[::2], strict=True):
        np.testing.assert_allclose(dense.dW, linear.weight.grad.numpy().T, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(dense.db, linear.bias.grad.numpy(), rtol=1e-9, atol=1e-12)


def test_gan_gradients_as_in_pytorch():
    gan = objective("gan")
    generator, discriminator = (in_torch(learner.network) for learner in gan.learners.values())
    draws = np.random.default_rng()
    draws.bit_generator.state = gan.streams[LATENT].bit_generator.state
    bce, real = torch.nn.BCEWithLogitsLoss(), torch.tensor(RING[:20])
    z = torch.tensor(draws.standard_normal((20, 2)))
    fake = generator(z).detach()
    loss = 0.5 * bce(discriminator(real), torch.ones(20, 1).double())
    loss = loss + 0.5 * bce(discriminator(fake), torch.zeros(20, 1).double())
    loss.backward()
    assert gan._discriminator_gradient(RING[:20]) == pytest.approx(loss.item(), rel=1e-12)
    assert_same_gradients(gan.discriminator.network, discriminator)
    z = torch.tensor(draws.standard_normal((20, 2)))
    loss = bce(discriminator(generator(z)), torch.ones(20, 1).double())
    loss.backward()
    assert gan._generator_gradient(20) == pytest.approx(loss.item(), rel=1e-12)
    assert_same_gradients(gan.generator.network, generator)


def test_vae_gradients_as_in_pytorch():
    vae = objective("vae", beta=2.5)
    encoder, decoder = (in_torch(learner.network) for learner in vae.learners.values())
    draws = np.random.default_rng()
    draws.bit_generator.state = vae.streams[LATENT].bit_generator.state
    x, noise = torch.tensor(PIXELS[:20]), torch.tensor(draws.standard_normal((20, 2)))
    mean, log_variance = encoder(x).chunk(2, dim=1)
    cloud = torch.distributions.Normal(mean, (0.5 * log_variance).exp())
    logits = decoder(mean + cloud.scale * noise)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="sum") / 20
    standard = torch.distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
    loss = loss + 2.5 * torch.distributions.kl_divergence(cloud, standard).sum() / 20
    loss.backward()
    assert vae._gradient(PIXELS[:20]) == pytest.approx(loss.item(), rel=1e-12)
    assert_same_gradients(vae.encoder.network, encoder)
    assert_same_gradients(vae.decoder.network, decoder)
