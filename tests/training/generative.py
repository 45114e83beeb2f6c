"""Shared by the tests of GAN and VAE: small data, settings, and objectives."""

from dataclasses import replace

import numpy as np

from playground.training.objectives.gan import Gan, GanSettings
from playground.training.objectives.vae import Vae, VaeSettings

_angles = np.random.default_rng(0).uniform(0.0, 2.0 * np.pi, 100)
RING = np.column_stack([np.cos(_angles), np.sin(_angles)])
PIXELS = (np.random.default_rng(1).random((150, 12)) < np.linspace(0.1, 0.9, 12)).astype(float)

SETTINGS = {"gan": GanSettings(batch_size=16), "vae": VaeSettings(batch_size=16, hidden=(8,))}
SLOWER = {
    "gan": replace(SETTINGS["gan"], generator_lr=1e-4),
    "vae": replace(SETTINGS["vae"], lr=1e-4, beta=3.0),
}


def objective(kind, **changes):
    settings = replace(SETTINGS[kind], **changes)
    return Gan(RING, settings) if kind == "gan" else Vae(PIXELS[:100], PIXELS[100:], settings)
