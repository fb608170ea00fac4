"""What a fine-tuning job will cost, as a range known before the button is pressed.

Low: every token counted once at the published price. High: our counts may differ from the provider's
(its chat template), answers of an untrained model may be longer than those taught, and a provider may
charge for validation. The high end is the ceiling the button names and the job keeps.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from services.datasets import epochs as epoch_rule
from services.datasets.views import DatasetView
from services.llm import prices

_COUNT_MARGIN = 1.1
_ANSWER_MARGIN = 2.0


@dataclass(frozen=True)
class Line:
    """One part of the price: `code` is training, validation or evaluation; USD, tokens of all epochs."""

    code: str
    tokens: int
    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """The price of a job in USD; `lines` is empty where a price is unknown, all zero where it is free."""

    epochs: int
    lines: tuple[Line, ...]
    as_of: date | None
    source: str

    @property
    def known(self) -> bool:
        """Whether there is a published price."""
        return bool(self.lines)

    @property
    def low(self) -> float:
        """The least it can cost."""
        return sum(line.low for line in self.lines)

    @property
    def high(self) -> float:
        """The most it may cost."""
        return sum(line.high for line in self.lines)

    @property
    def free(self) -> bool:
        """Known to cost nothing."""
        return self.known and self.high == 0

    def as_dict(self) -> dict[str, Any]:
        """As stored with the job."""
        stored = asdict(self)
        stored["as_of"] = self.as_of.isoformat() if self.as_of else None
        return stored


def make(dataset: DatasetView, base_model: str, epochs: int | None = None) -> Estimate:
    """The price of training `base_model` on `dataset` and of evaluating both models on its test acts."""
    passes = epochs or epoch_rule.default(dataset.splits["train"].passages)
    base, tuned = prices.price(base_model), prices.price(f"ft:{base_model}:norma::x")
    if base is None or tuned is None or base.training is None:
        return Estimate(passes, (), None, "")
    training = dataset.splits["train"].tokens * passes
    validation = dataset.splits["validation"].tokens * passes
    lines = (
        _line("training", training, training * base.training, _COUNT_MARGIN),
        Line("validation", validation, 0.0, validation * base.training / 1e6 * _COUNT_MARGIN),
        _evaluation(dataset, base, tuned),
    )
    return Estimate(passes, lines, base.as_of, base.source)


def _line(code: str, tokens: int, micro_usd: float, margin: float) -> Line:
    return Line(code, tokens, micro_usd / 1e6, micro_usd / 1e6 * margin)


def _evaluation(dataset: DatasetView, base: prices.Price, tuned: prices.Price) -> Line:
    test = dataset.splits["test"]
    asked = test.tokens - test.reply
    sent = asked * (base.input + tuned.input)
    answered = test.reply * (base.output + tuned.output)
    return Line(
        "evaluation",
        test.tokens * 2,
        (sent + answered) / 1e6,
        (sent * _COUNT_MARGIN + answered * _ANSWER_MARGIN) / 1e6,
    )


def from_dict(stored: dict[str, Any]) -> Estimate:
    """As it was stored with a job."""
    lines = tuple(Line(**line) for line in stored.get("lines", ()))
    day = date.fromisoformat(stored["as_of"]) if stored.get("as_of") else None
    return Estimate(int(stored.get("epochs", 0)), lines, day, str(stored.get("source", "")))
