"""What a loss curve says."""

import pytest

from services.fine_tuning import curve
from services.fine_tuning.views import Point


def _points(*validation: float | None) -> list[Point]:
    return [Point(i + 1, len(validation), 1.0, None, loss, None) for i, loss in enumerate(validation)]


@pytest.mark.parametrize(
    ("validation", "code", "best"),
    [
        ((), "nothing_yet", None),
        ((None, None), "training_only", None),
        ((1.0, 0.8, 0.6), "still_falling", 3),
        ((1.0, 0.6, 0.61), "still_falling", 2),
        ((1.0, 0.6, 0.603, 0.602), "levelled_off", 2),
        ((1.0, 0.6, 0.7, 0.8), "rising", 2),
    ],
)
def test_readings(validation: tuple[float, ...], code: str, best: int | None) -> None:
    assert curve.read(_points(*validation)) == (code, best)
