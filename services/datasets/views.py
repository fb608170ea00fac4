"""What pages and scripts see of datasets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.datasets.checks import Check
from services.datasets.split import SPLITS


@dataclass(frozen=True)
class SplitCounts:
    """One split: passages (rows), acts, elements; tokens of the rows, `reply` of the answers alone."""

    passages: int = 0
    acts: int = 0
    elements: int = 0
    tokens: int = 0
    reply: int = 0


@dataclass(frozen=True)
class Preview:
    """What a dataset would hold; tokens are not counted yet."""

    splits: Mapping[str, SplitCounts]
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class DatasetView:
    """A frozen version. `reused`: building found the same content and made no second version of it."""

    id: int
    name: str
    number: int
    seed: int
    row_limit: int | None
    content_hash: str
    splits: Mapping[str, SplitCounts]
    types: Mapping[str, Mapping[str, int]]
    checks: tuple[Check, ...]
    exact_tokens: bool
    left_out: int
    created_at: datetime
    deleted_at: datetime | None
    reused: bool = False

    @property
    def passages(self) -> int:
        """Rows of all splits."""
        return sum(counts.passages for counts in self.splits.values())

    @property
    def acts(self) -> int:
        """Acts of all splits; no act is in two."""
        return sum(counts.acts for counts in self.splits.values())

    @property
    def blocked(self) -> tuple[Check, ...]:
        """The checks that stop a launch."""
        return tuple(check for check in self.checks if check.level == "block")

    def check(self, code: str) -> Check | None:
        """The finding of one check."""
        return next((check for check in self.checks if check.code == code), None)


@dataclass(frozen=True)
class RowView:
    """One row as shown: `number` counts from 1 within its split, as in the downloaded file."""

    id: int
    split: str
    number: int
    act_id: int | None
    act_label: str
    place: str
    text: str
    context: str
    elements: list[dict[str, Any]]
    messages: list[dict[str, str]]
    tokens: int


@dataclass(frozen=True)
class RowPage:
    """Some rows of a split and how many there are."""

    rows: list[RowView]
    total: int


@dataclass(frozen=True)
class ActShare:
    """How many passages of an act a dataset holds, and on which side the act is."""

    act_id: int | None
    act_label: str
    split: str
    passages: int
    elements: int


@dataclass(frozen=True)
class ProviderPrice:
    """What training on a dataset costs at one base model; USD."""

    model: str
    embedded: bool
    epochs: int
    training_tokens: int
    training_usd: float
    shutdown: date | None
    as_of: date
    source: str


def counts_from(counts: Mapping[str, Any], tokens: Mapping[str, Any]) -> dict[str, SplitCounts]:
    """Stored figures as views; every split is present."""
    return {
        name: SplitCounts(**counts.get(name, {}), **tokens.get("splits", {}).get(name, {})) for name in SPLITS
    }
