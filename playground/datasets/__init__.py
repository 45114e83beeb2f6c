"""Seeded datasets in the plane and the input features computed from them."""

from playground.datasets.dataset import DOMAIN, Dataset
from playground.datasets.features import FEATURES, Feature, FeatureMap
from playground.datasets.registry import DATASETS, MAX_NOISE, Generator, Option
from playground.datasets.seedrandom import SeedRandom
from playground.datasets.tf_playground import TF_PLAYGROUND_RULES, tf_playground_points, tf_playground_shuffle

__all__ = [
    "DATASETS",
    "DOMAIN",
    "FEATURES",
    "MAX_NOISE",
    "TF_PLAYGROUND_RULES",
    "Dataset",
    "Feature",
    "FeatureMap",
    "Generator",
    "Option",
    "SeedRandom",
    "tf_playground_points",
    "tf_playground_shuffle",
]
