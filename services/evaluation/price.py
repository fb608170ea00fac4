"""What an evaluation would cost, before it is started: only answers that are not stored are asked for."""

from collections.abc import Sequence

from services.datasets import service as datasets
from services.datasets import tokens
from services.datasets.views import RowView
from services.extraction import store
from services.fine_tuning import targets
from services.llm import prices

# An untrained model may answer at greater length than it is taught to.
_ANSWER_MARGIN = 2.0


def most_usd(dataset_id: int, models: Sequence[str]) -> float | None:
    """The most that measuring `models` on a dataset's test acts can cost; None where a price is unknown."""
    rows = datasets.all_rows(dataset_id, "test")
    costs = [_of_model(model, rows) for model in dict.fromkeys(models)]
    return None if None in costs else sum(cost or 0.0 for cost in costs)


def _of_model(model: str, rows: Sequence[RowView]) -> float | None:
    price = prices.price(model)
    if price is None:
        return None
    if not (price.input or price.output):
        return 0.0
    target = targets.for_model(model)
    keys = [store.key_of(row, model, target) for row in rows]
    stored = store.stored(keys)
    return sum(_of_row(row, price) for row, key in zip(rows, keys, strict=True) if key not in stored)


def _of_row(row: RowView, price: prices.Price) -> float:
    answer = tokens.count_messages(row.messages[-1:])
    asked = row.tokens - answer
    return (asked * price.input + answer * _ANSWER_MARGIN * price.output) / 1e6
