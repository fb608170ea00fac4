"""The page of fine-tuning: readiness and price before the press, one job from it, the job after a reload."""

from pathlib import Path

import pytest

from services.datasets import service as datasets
from services.fine_tuning import registry
from services.fine_tuning.service import FineTuningService
from services.jobs import service as jobs
from services.jobs.running import run_job
from tests import engine_process, sample_data
from tests.pages.drawn import draw, healthy, text
from tests.pages.shown import texts
from tests.services.fine_tuning.conftest import remote
from tests.standins.fine_tuning_service import MODEL, FineTuningProvider
from ui.errors import explain_code
from ui.i18n import Text
from ui.markup import md

__all__ = ["remote"]
service = FineTuningService()


@pytest.fixture
def dataset(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A frozen dataset and a running engine; the dataset's id."""
    monkeypatch.setenv("WANDB_ENABLED", "false")
    sample_data.copy_into(data_dir)
    engine_process.announce_in(data_dir)
    return datasets.list_versions()[0].id


@pytest.mark.parametrize(
    ("lang", "said"), [("uk", "Набору даних для навчання ще немає"), ("en", "No dataset to train on")]
)
def test_without_a_dataset_the_page_leads_to_datasets(database: str, lang: str, said: str) -> None:
    app = draw("fine_tuning", lang)
    assert said in text(app)
    assert app.button(key="launch").disabled


@pytest.mark.parametrize(
    ("lang", "button", "honest"),
    [
        (
            "uk",
            "Запустити донавчання · безкоштовно",
            "Правила й статистична модель на цьому комп’ютері, а не велика мовна модель.",
        ),
        (
            "en",
            "Start fine-tuning · free",
            "Rules and a statistical model on this computer, not a large language model.",
        ),
    ],
)
def test_the_embedded_model_is_free_and_named_honestly(
    dataset: int, lang: str, button: str, honest: str
) -> None:
    shown = text(draw("fine_tuning", lang))
    assert button in shown
    assert honest in shown


def test_a_paid_model_names_its_ceiling_on_the_button(dataset: int, remote: FineTuningProvider) -> None:
    shown = text(draw("fine_tuning"))
    price = service.preflight(dataset, MODEL).estimate
    assert price is not None
    most = f"{price.high:.2f}".replace(".", ",")
    assert f"Запустити донавчання · до {most}\xa0$".replace("\xa0", " ") in shown
    assert "Модель gpt-4.1-mini-2025-04-14 буде вимкнено 14.01.2027" in shown


def test_the_chosen_dataset_is_still_chosen_after_a_reload(dataset: int) -> None:
    other = datasets.build("Інший", limit=20).id
    first, second = sorted((dataset, other), reverse=True)
    app = draw("fine_tuning")
    assert app.selectbox(key="ft_dataset").value == first
    app.selectbox(key="ft_dataset").set_value(second).run()
    again = draw("fine_tuning", dataset=app.query_params["dataset"][0])
    assert again.selectbox(key="ft_dataset").value == second


def test_one_press_starts_one_job_and_the_button_waits(dataset: int) -> None:
    app = draw("fine_tuning")
    app.button(key="launch").click().run()
    healthy(app)
    (job,) = service.list()
    assert app.query_params["job"] in (job.id, [job.id])
    assert app.button(key="launch").disabled
    assert app.button(key="launch").label == "Донавчання триває"
    other = draw("fine_tuning")
    assert other.button(key="launch").disabled
    assert len(jobs.live("fine_tuning")) == 1


def test_a_running_job_can_be_stopped(dataset: int) -> None:
    job = service.launch(dataset, "norma-base-1")
    app = draw("fine_tuning")
    app.button(key="ft_stop").click().run()
    healthy(app)
    assert service.get_fine_tune_status(job.id).status == "cancelled"
    assert "Скасовано" in text(app)


def test_a_start_whose_answer_is_lost_is_told_plainly_and_goes_on_by_itself(
    dataset: int, remote: FineTuningProvider
) -> None:
    remote.lose_replies, remote.dies_for = 1, 4
    job = service.launch(dataset, MODEL, evaluate=False)
    run_job(job.id)
    shown = texts(draw("fine_tuning", job=job.id))
    for words in (
        "Запуск не підтверджено (Постачальник не відповідає)",
        "Завдання знайдено в постачальника; другого не запущено.",
        "Завершено",
    ):
        assert words in shown
    assert len(remote.jobs) == 1


def test_after_a_reload_the_job_is_still_there_and_its_model_can_be_used(
    dataset: int, remote: FineTuningProvider
) -> None:
    job = service.launch(dataset, MODEL, evaluate=False)
    run_job(job.id)
    app = draw("fine_tuning", job=job.id)
    shown = text(app)
    assert "Завершено" in shown
    assert "Крок 4 з 4" in shown
    assert "Зробити активною: Norma v1" in shown
    app.button(key="ft_use").click().run()
    healthy(app)
    assert registry.active().label == "Norma v1"
    app.button(key="ft_back").click().run()
    assert registry.active().name == MODEL


@pytest.mark.parametrize(
    ("code", "shown"), [("invalid_n_examples", "too_few_examples"), ("x", "training_failed")]
)
def test_a_failed_job_says_why_in_words(
    dataset: int, remote: FineTuningProvider, code: str, shown: str
) -> None:
    remote.fails_with = code
    run_job(service.launch(dataset, MODEL, evaluate=False).id)
    app = draw("fine_tuning")
    words = explain_code(Text("uk"), shown, {"provider_code": code})
    assert [error.proto.title for error in app.error] == [md(words.title)]
    assert words.next_step in text(app)
    assert "because" not in text(app)


def test_a_closed_provider_leads_to_the_embedded_model(dataset: int, remote: FineTuningProvider) -> None:
    remote.refuse = (403, "training_not_available")
    run_job(service.launch(dataset, MODEL, evaluate=False).id)
    app = draw("fine_tuning")
    assert "norma-base-1 (вбудована)" in app.selectbox(key="ft_model").options
    app.selectbox(key="ft_model").set_value("norma-base-1").run()
    assert "Запустити донавчання · безкоштовно" in text(app)


def test_too_small_a_dataset_cannot_be_launched(dataset: int) -> None:
    small = datasets.build("Мало", limit=7)
    app = draw("fine_tuning", dataset=str(small.id))
    assert app.button(key="launch").disabled
    assert "Замало навчальних прикладів" in text(app)
