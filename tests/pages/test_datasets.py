"""The page of datasets: one press freezes, figures and checks are shown, a wrong press is undone."""

import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from services.datasets import freezing
from services.datasets import service as datasets
from services.db import SessionLocal
from services.db.models import Element, GoldPassage, Job
from services.jobs import running
from services.jobs import service as jobs
from tests.pages.drawn import draw, healthy, text


def freeze(app: AppTest) -> None:
    """Press the button and let the job run, as the worker does."""
    app.button(key="freeze").click().run()
    healthy(app)
    assert "Фіксування чекає на свою чергу." in progress(app)
    (job,) = jobs.live()
    running.run_job(job.id)
    app.run()
    healthy(app)


def progress(app: AppTest) -> list[str]:
    """The words at the progress bars."""
    return [bar.proto.text for bar in app.get("progress")]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("uk", "Підтвердьте елементи щонайменше в трьох актах"),
        ("en", "Confirm elements in at least three acts"),
    ],
)
def test_with_nothing_confirmed_the_page_says_how_to_begin(database: str, lang: str, said: str) -> None:
    app = draw("datasets", lang)
    assert said in text(app)
    assert app.button(key="freeze").disabled


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "uk",
            [
                "131 уривок для навчання 33 акти",
                "Тестові акти не перетинаються",
                "«Санкція» (10), «Зміна» (15)",
            ],
        ),
        (
            "en",
            [
                "131 training passages 33 acts",
                "Test acts do not overlap",
                "“Sanction” (10), “Amendment” (15)",
            ],
        ),
    ],
)
def test_a_version_shows_its_counts_and_checks(samples: int, lang: str, said: list[str]) -> None:
    shown = text(draw("datasets", lang))
    for words in said:
        assert words in shown


def test_one_press_freezes_a_version(samples: int) -> None:
    datasets.delete(samples)
    app = draw("datasets")
    app.number_input(key="ds_limit").set_value(60).run()
    freeze(app)
    (made,) = datasets.list_versions()
    assert (made.passages, made.row_limit, made.seed) == (60, 60, 7)
    assert f"Зафіксовано: {made.name}, версія 1" in text(app)
    assert app.selectbox(key="ds_version").value == made.id


def test_pressing_again_says_that_these_rows_are_frozen(samples: int) -> None:
    app = draw("datasets")
    freeze(app)
    assert "вже зафіксовано раніше: Зразки, версія 1" in text(app)
    assert len(datasets.list_versions()) == 1


def test_a_freezing_under_way_shows_its_share_and_can_be_stopped(samples: int) -> None:
    job_id = freezing.start("Договори", 60).job_id
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).where(Job.id == job_id).values(status="running", done=35, total=100))
    app = draw("datasets")
    assert progress(app) == ["Фіксування: 35\u00a0%"]
    app.button(key=f"stop_{job_id}").click().run()
    assert progress(app) == ["Фіксування зупиняється."]
    running.run_job(job_id)
    app.run()
    assert progress(app) == []
    assert "Фіксування зупинено; версію не створено." in text(app)
    assert len(datasets.list_versions()) == 1


def test_a_freezing_that_failed_says_why(samples: int) -> None:
    app = draw("datasets")
    app.button(key="freeze").click().run()
    (job,) = jobs.live()
    with SessionLocal.begin() as session:
        session.execute(sa.delete(GoldPassage))
        session.execute(sa.update(Element).values(status="rejected"))
    running.run_job(job.id)
    app.run()
    healthy(app)
    assert len(app.error) == 1
    assert len(datasets.list_versions()) == 1


def test_a_deleted_version_can_be_brought_back(samples: int) -> None:
    app = draw("datasets")
    app.button(key="ds_delete").click().run()
    assert datasets.list_versions() == []
    assert "Видалено: Зразки, версія 1" in text(app)
    app.button(key="ds_restore").click().run()
    healthy(app)
    assert [dataset.id for dataset in datasets.list_versions()] == [samples]
    assert "Видалено" not in text(app)


def test_versions_deleted_long_ago_can_be_brought_back_too(samples: int) -> None:
    datasets.delete(samples)
    app = draw("datasets")
    assert "1 видалена версія" in text(app)
    app.button(key=f"ds_restore_{samples}").click().run()
    healthy(app)
    assert app.selectbox(key="ds_version").value == samples


def test_shares_that_cannot_be_used_are_said_in_words_and_freeze_nothing(samples: int) -> None:
    app = draw("datasets")
    app.number_input(key="ds_train").set_value(0).run()
    app.button(key="freeze").click().run()
    assert len(app.error) == 1
    assert len(datasets.list_versions()) == 1


def test_rows_can_be_read_before_anything_is_sent(samples: int) -> None:
    app = draw("datasets", dataset=str(samples))
    first = datasets.all_rows(samples, "train")[0]
    assert first.text in [element.value for element in app.get("text")]
    assert first.messages[-1]["content"] in [element.value for element in app.code]


def test_counts_are_shown_before_freezing(samples: int) -> None:
    app = draw("datasets")
    app.number_input(key="ds_limit").set_value(7).run()
    app.button(key="ds_count").click().run()
    assert progress(app) == ["Підрахунок уривків: 0\u00a0%"]
    (job,) = jobs.live()
    running.run_job(job.id)
    app.run()
    healthy(app)
    assert "Замало навчальних прикладів" in text(app)
    assert len(datasets.list_versions()) == 1
    # What was counted is not what other choices would hold.
    app.number_input(key="ds_limit").set_value(8).run()
    assert "Замало навчальних прикладів" not in text(app)
