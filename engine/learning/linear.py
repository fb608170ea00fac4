"""Logistic regression over sparse yes/no features; scikit-learn learns it, a table of weights applies it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.elements import JsonValue
from engine.learning.matrix import columns, sparse

_DIGITS = 5


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights by feature; a feature the model never saw weighs nothing."""

    weights: Mapping[str, float]
    intercept: float

    def probability(self, features: Sequence[str]) -> float:
        """Probability of yes, 0 to 1."""
        score = self.intercept + sum(self.weights.get(feature, 0.0) for feature in features)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))

    def to_json(self) -> dict[str, JsonValue]:
        """The model as JSON."""
        return {"intercept": self.intercept, "weights": dict(self.weights)}

    @classmethod
    def from_json(cls, data: Mapping[str, JsonValue]) -> "LinearModel":
        """The model `to_json` wrote; KeyError, TypeError or ValueError when it is none."""
        weights, intercept = data["weights"], data["intercept"]
        if not isinstance(weights, dict) or not isinstance(intercept, int | float):
            raise TypeError("weights")
        return cls(
            {name: float(value) for name, value in weights.items() if isinstance(value, int | float)},
            intercept,
        )


def fit_linear(rows: Sequence[Sequence[str]], labels: Sequence[bool], strength: float) -> LinearModel:
    """Learn from rows of features; `strength` is the inverse of the L2 penalty. Deterministic."""
    positive = sum(labels)
    if positive == 0 or positive == len(labels):
        return LinearModel({}, 10.0 if positive else -10.0)
    from sklearn.linear_model import LogisticRegression

    names = columns(rows)
    matrix = sparse(rows, names)
    model = LogisticRegression(C=strength, solver="lbfgs", max_iter=500).fit(matrix, list(labels))
    weights = {name: round(float(w), _DIGITS) for name, w in zip(names, model.coef_[0], strict=True)}
    return LinearModel(
        {name: w for name, w in weights.items() if w}, round(float(model.intercept_[0]), _DIGITS)
    )
