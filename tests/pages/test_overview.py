"""The overview: the state of the journey, one next step, and the work that runs."""

from pathlib import Path

import pytest

from services.jobs import service as jobs
from tests import sample_data
from tests.pages.drawn import draw, healthy, text


def test_an_empty_house_offers_the_samples_and_they_load_with_one_press(database: str) -> None:
    app = draw("overview")
    assert "Завантажити акти" in text(app)
    app.button(key="samples").click().run(timeout=60)
    healthy(app)
    assert "44 акти" in text(app)
    assert "1 387 підтверджених елементів" in text(app)
    assert app.button(key="next").label == "Обрати акт"


@pytest.mark.parametrize(
    ("lang", "said"), [("uk", "Від актів до точнішої моделі"), ("en", "From acts to a better model")]
)
def test_the_journey_is_told_in_both_languages(data_dir: Path, lang: str, said: str) -> None:
    sample_data.copy_into(data_dir)
    app = draw("overview", lang)
    assert said in text(app)
    healthy(app)


def test_running_work_is_shown_and_can_be_stopped(data_dir: Path) -> None:
    sample_data.copy_into(data_dir)
    job_id = jobs.submit("extraction", {"act_ids": [1], "model": "m"}, dedupe_key="x").job_id
    app = draw("overview")
    (shown,) = app.get("progress")
    assert shown.proto.text == "Виділення елементів: очікує черги"
    app.button(key=f"stop_{job_id}").click().run()
    job = jobs.get(job_id)
    assert job is not None
    assert job.status == "cancelled"
