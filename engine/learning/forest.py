"""Boosted trees over yes/no features: LightGBM grows them, plain Python walks them.

A grown tree needs no library to be read, so a model is JSON and tagging loads nothing heavy.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.elements import JsonValue
from engine.learning.matrix import columns, sparse

TREES, GROWN = 60, 2
_DIGITS = 5
_PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.1,
    "num_leaves": 15,
    "min_data_in_leaf": 8,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 2.0,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


@dataclass(frozen=True, slots=True)
class Forest:
    """Several boosted models, averaged. A node is [feature, without, with], a leaf a number."""

    boosted: Sequence[Sequence[Any]]

    def probability(self, features: frozenset[str]) -> float:
        """Mean probability of yes, 0 to 1; 0.5 without a tree."""
        if not self.boosted:
            return 0.5
        scores = [sum(_leaf(tree, features) for tree in trees) for trees in self.boosted]
        return sum(1.0 / (1.0 + math.exp(-score)) for score in scores) / len(scores)

    def to_json(self) -> list[JsonValue]:
        """The trees as JSON."""
        return [list(trees) for trees in self.boosted]

    @classmethod
    def from_json(cls, data: JsonValue) -> "Forest":
        """The trees `to_json` wrote; TypeError when it is no list of lists."""
        if not isinstance(data, list) or not all(isinstance(trees, list) for trees in data):
            raise TypeError("forest")
        return cls([trees for trees in data if isinstance(trees, list)])


def _leaf(node: Any, features: frozenset[str]) -> float:
    while isinstance(node, list):
        node = node[2] if node[0] in features else node[1]
    return float(node)


def fit_forest(rows: Sequence[Sequence[str]], labels: Sequence[bool], seed: int) -> Forest:
    """Grow trees on rows of features. The same rows, labels and seed grow the same trees."""
    names = columns(rows)
    if not names or sum(labels) in (0, len(labels)):
        return Forest([])
    import lightgbm
    import numpy as np

    matrix = sparse(rows, names).astype(np.float32)
    truth = np.array(labels, dtype=np.float32)
    boosted = []
    for offset in range(GROWN):
        data = lightgbm.Dataset(matrix, truth, params={"verbose": -1})
        booster = lightgbm.train({**_PARAMETERS, "seed": seed + offset}, data, TREES)
        grown = booster.dump_model()["tree_info"]
        boosted.append([_simplified(tree["tree_structure"], names) for tree in grown])
    return Forest(boosted)


def _simplified(node: Mapping[str, Any], names: Sequence[str]) -> Any:
    if "leaf_value" in node:
        return round(float(node["leaf_value"]), _DIGITS)
    left, right = _simplified(node["left_child"], names), _simplified(node["right_child"], names)
    return [names[node["split_feature"]], left, right]
