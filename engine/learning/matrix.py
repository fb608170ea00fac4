"""Rows of yes/no features as a sparse matrix, for the libraries that learn from them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

_LEAST_COUNT = 2


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The features that come in at least two rows, sorted: the matrix's columns."""
    counts = Counter(feature for row in rows for feature in set(row))
    return sorted(name for name, count in counts.items() if count >= _LEAST_COUNT)


def sparse(rows: Sequence[Sequence[str]], names: Sequence[str]) -> Any:
    """A scipy CSR matrix of ones, one row for each row of features."""
    from scipy.sparse import csr_matrix

    column = {name: number for number, name in enumerate(names)}
    indices: list[int] = []
    pointers = [0]
    for row in rows:
        indices.extend(sorted({column[feature] for feature in row if feature in column}))
        pointers.append(len(indices))
    return csr_matrix(([1.0] * len(indices), indices, pointers), shape=(len(rows), len(names)))
