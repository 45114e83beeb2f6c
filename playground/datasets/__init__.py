"""DATASETS: name -> a generator of points, and what a network gets to see of a dataset.

Own points are edited with the functions of the modules `own` and `drawing`.
"""

from playground.datasets.classification import CLASSIFICATION
from playground.datasets.csv_points import read_csv, to_csv
from playground.datasets.dataset import DOMAIN, Dataset
from playground.datasets.features import FEATURES, Feature, FeatureMap
from playground.datasets.generator import MAX_NOISE, Generator, Option
from playground.datasets.inputs import Inputs, Pixels, Steps, Tokens
from playground.datasets.own import OWN, STARTER, OwnPoints, PointsError
from playground.datasets.regression import REGRESSION
from playground.datasets.seedrandom import SeedRandom
from playground.datasets.tf_playground import (
    TF_CLASSIFICATION,
    TF_PLAYGROUND_RULES,
    TF_REGRESSION,
    tf_playground_points,
    tf_playground_shuffle,
)
from playground.nn.entries import joined, require_complete

DATASETS: dict[str, Generator] = joined(
    "dataset",
    *(
        {generator.name: generator}
        for generator in (*TF_CLASSIFICATION, *CLASSIFICATION, *TF_REGRESSION, *REGRESSION, OWN)
    ),
    dashes=True,
)
require_complete("dataset", DATASETS, {})

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
