"""Seeded datasets in the plane, points of the visitor's own, and what a network gets to see of a dataset.

Own points are edited with the functions of the modules `own` and `drawing`.
"""

from playground.datasets.csv_points import read_csv, to_csv
from playground.datasets.dataset import DOMAIN, Dataset
from playground.datasets.features import FEATURES, Feature, FeatureMap
from playground.datasets.inputs import Inputs, Pixels, Steps, Tokens
from playground.datasets.own import STARTER, OwnPoints, PointsError
from playground.datasets.registry import DATASETS, MAX_NOISE, Generator, Option
from playground.datasets.seedrandom import SeedRandom
from playground.datasets.tf_playground import TF_PLAYGROUND_RULES, tf_playground_points, tf_playground_shuffle

__all__ = [
    "DATASETS",
    "DOMAIN",
    "FEATURES",
    "MAX_NOISE",
    "STARTER",
    "TF_PLAYGROUND_RULES",
    "Dataset",
    "Feature",
    "FeatureMap",
    "Generator",
    "Inputs",
    "Option",
    "OwnPoints",
    "Pixels",
    "PointsError",
    "SeedRandom",
    "Steps",
    "Tokens",
    "read_csv",
    "tf_playground_points",
    "tf_playground_shuffle",
    "to_csv",
]
