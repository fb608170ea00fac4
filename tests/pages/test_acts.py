"""The page of acts as a reader meets it: from nothing to an act with confirmed elements."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from services.acts import citations, elements, importer, samples, service
from services.db import SessionLocal
from services.db.models import Element, Extraction, Job, LegalAct, ModelCall
from services.db.types import now
from services.extraction import pipeline
from services.extraction import service as extraction
from services.jobs import service as jobs
from services.jobs.running import RunningJob
from services.setup import service as setup
from tests.pages.shown import leaks, open_page, press, texts
from tests.standins import model_service
from tests.standins.model_service import Fault, ModelService

LAW = """ЗАКОН УКРАЇНИ
Про перевірку об’єктів

Стаття 1. Права виконавця
1. Виконавець має право оскаржити рішення протягом п’яти робочих днів.
{Частина перша в редакції Закону № 1-IX від 01.01.2020}

Стаття 2. Обов’язки замовника
1. Замовник зобов’язаний прийняти роботу.
"""


@pytest.fixture
def paid(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelService]:
    """A provider that takes money: 100 USD a million tokens either way."""
    with model_service.serve() as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("OPENAI_API_KEY", "sk-loopback")
        monkeypatch.setenv("OPENAI_MODEL", "loop-1")
        setup.override_price("loop-1", {"input": 100.0, "cached": 100.0, "output": 100.0})
        yield running


def run(job_id: str) -> None:
    """What the worker does with a job."""
    job = jobs.get(job_id)
    assert job is not None
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).where(Job.id == job_id).values(status="running", started_at=now()))
    result = pipeline.run(RunningJob(job_id, "extraction", jobs.payload(job_id), 1))
    with SessionLocal.begin() as session:
        ended = {"status": "succeeded", "result": result, "finished_at": now()}
        session.execute(sa.update(Job).where(Job.id == job_id).values(**ended))


def imported() -> int:
    act_id = importer.import_files([("закон.txt", LAW.encode())])[0].act_id
    assert act_id is not None
    return act_id


def suggest(act_id: int, kind: str, quote: str) -> int:
    start = LAW.index(quote)
    with SessionLocal.begin() as session:
        row = Element(act_id=act_id, type=kind, quote=quote, start=start, end=start + len(quote))
        session.add(row)
        session.flush()
        return row.id


@pytest.mark.usefixtures("database")
def test_whoever_began_with_an_own_act_can_still_open_the_samples() -> None:
    importer.import_files([("закон.txt", LAW.encode())])
    page = press(open_page("acts"), "add_acts")
    press(page, "more_samples")
    assert service.counts().total == 45
    press(page, "add_acts")
    assert not [button for button in page.button if button.key == "more_samples"]


@pytest.mark.usefixtures("database")
def test_with_no_act_the_page_says_what_to_do_and_one_press_opens_the_samples() -> None:
    page = open_page("acts")
    assert "Актів ще немає" in texts(page)
    assert leaks(page) == []
    press(page, "samples")
    assert service.counts().total == 44
    assert "Цивільний кодекс України" in texts(page)
    assert "Актів ще немає" not in texts(page)


@pytest.mark.usefixtures("database")
def test_every_uploaded_file_is_answered_and_the_uploader_lets_go_of_them() -> None:
    page = open_page("acts")
    page.file_uploader[0].set_value(
        [
            ("закон.txt", LAW.encode("cp1251"), "text/plain"),
            ("порожній.txt", b"", "text/plain"),
            ("скан.pdf", b"%PDF-1.7 \x00", "application/pdf"),
        ]
    ).run()
    shown = texts(page)
    assert "закон.txt: імпортовано" in shown
    assert "порожній.txt: Файл порожній" in shown
    assert "скан.pdf:" in shown
    assert leaks(page) == []
    assert service.search("перевірку об'єктів").total == 1
    press(page, "close_reports")
    assert "порожній.txt" not in texts(page)
    press(page, "add_acts")
    assert page.file_uploader[0].value in (None, [])


@pytest.mark.usefixtures("loaded")
def test_the_list_is_searched_filtered_and_paged_in_the_database() -> None:
    page = open_page("acts")
    assert "Постанова від 15 квітня 2022 р. № 448" in texts(page)
    assert "Про землі енергетики" not in texts(page)
    page.text_input(key="acts_query").input("землі ЕНЕРГЕТИКИ").run()
    assert "Про землі енергетики" in texts(page)
    assert "Постанова від 15 квітня" not in texts(page)
    page.text_input(key="acts_query").input("такого акта немає").run()
    assert "Нічого не знайдено" in texts(page)
    assert leaks(page) == []


@pytest.mark.usefixtures("loaded")
def test_an_act_is_read_with_its_facts_structure_and_elements() -> None:
    act = service.search("435-15").rows[0]
    page = open_page("acts", act=str(act.id))
    shown = texts(page)
    assert page.title[0].value == "Цивільний кодекс України"
    for fact in ("Кодекс від 16 січня 2003 р. № 435-IV", "Редакція від 01.08.2022", "921 373"):
        assert fact in shown
    options = page.selectbox(key=f"outline_{act.id}").options
    assert "Стаття 625. Відповідальність за порушення грошового зобов'язання" in options
    assert elements.of_act(act.id)[0].quote[:40] in shown
    assert leaks(page) == []


@pytest.mark.usefixtures("database")
def test_confirming_all_makes_gold_offers_the_way_back_and_then_the_next_step() -> None:
    act_id = imported()
    ids = [suggest(act_id, "ACTOR", word) for word in ("Виконавець", "Замовник")]
    with SessionLocal.begin() as session:
        session.execute(sa.update(LegalAct).values(is_processed=True))
    page = open_page("acts", act=str(act_id))
    assert page.button(key="confirm_all").label == "Підтвердити всі · 2"
    press(page, "confirm_all")
    assert elements.totals(act_id)["gold"] == 2
    assert "Підтверджено 2 елементи." in texts(page)
    assert page.button(key="to_datasets").label == "Скласти набір даних"
    press(page, "undo")
    assert {e.id for e in elements.of_act(act_id, statuses=["suggested"])} == set(ids)
    assert "Скасовано 2 рішення." in texts(page)
    assert leaks(page) == []


@pytest.mark.usefixtures("database")
def test_extracting_from_one_act_starts_at_once_and_only_once() -> None:
    act_id = imported()
    page = press(open_page("acts", act=str(act_id)), "extract")
    (job,) = jobs.live("extraction")
    assert job.payload["act_id"] == act_id
    assert "Виділення чекає на свою чергу." in texts(page)
    press(page, "extract")
    assert len(jobs.live("extraction")) == 1
    press(page, f"stop_{job.id}")
    assert jobs.live("extraction") == []
    assert leaks(page) == []


@pytest.mark.usefixtures("loaded")
def test_a_large_run_is_shown_with_passages_price_time_and_place_before_it_starts() -> None:
    page = press(open_page("acts"), "extract")
    assert jobs.live("extraction") == []
    shown = texts(page)
    for word in ("Уривки", "безкоштовно", "приблизно", "norma-base-1", "текст нікуди не надсилається"):
        assert word in shown, word
    assert leaks(page) == []
    press(page, "cancel_plan")
    assert "безкоштовно" not in texts(page)
    press(press(page, "extract"), "start_plan")
    (job,) = jobs.live("extraction")
    assert job.payload["acts"] == 44


@pytest.mark.usefixtures("database")
def test_a_run_over_thousands_of_acts_carries_none_of_their_ids() -> None:
    with SessionLocal.begin() as session:
        acts = [
            {"title": "т", "text_hash": str(n), "text_length": 1000, "is_processed": n < 5}
            for n in range(1205)
        ]
        session.execute(sa.insert(LegalAct), acts)
    page = press(open_page("acts"), "extract")
    assert "1 200" in texts(page)
    press(page, "cancel_plan")
    assert page.button(key="extract")
    press(press(page, "extract"), "start_plan")
    (job,) = jobs.live("extraction")
    assert len(jobs.payload(job.id)["act_ids"]) == job.payload["acts"] == 1200
    assert "1 200 актів" in texts(page)


@pytest.mark.usefixtures("database")
def test_what_the_last_extraction_changed_is_told_on_the_act() -> None:
    act_id = imported()
    changed = {"added": 5, "confirmed": 2, "stale": 1, "kept": 21, "not_found": 3}
    with SessionLocal.begin() as session:
        session.add(
            Extraction(
                act_id=act_id, model="norma-base-1", prompt_version="1", changes=changed, finished_at=now()
            )
        )
    shown = texts(open_page("acts", act=str(act_id)))
    for told in (
        "2 нові пропозиції.",
        "2 підтверджені елементи знайдено знову, їх не змінено.",
        "1 попередня пропозиція не повторилася, її позначено застарілою.",
        "21 попередня пропозиція лишається.",
        "3 цитати не знайдено в тексті дослівно.",
    ):
        assert told in shown


@pytest.mark.usefixtures("database")
def test_an_act_of_which_nothing_was_placed_is_not_said_to_hold_nothing_new() -> None:
    act_id = imported()
    changed = {"added": 4, "not_found": 4}
    with SessionLocal.begin() as session:
        session.add(
            Extraction(act_id=act_id, model="m", prompt_version="1", changes=changed, finished_at=now())
        )
    shown = texts(open_page("acts", act=str(act_id)))
    assert "Модель назвала 4 елементи, але їхніх слів у тексті немає. Див. «Не знайдено в тексті»" in shown
    assert "0 нових пропозицій" not in shown


@pytest.mark.usefixtures("database")
def test_a_deleted_act_can_be_brought_back_at_once_or_later() -> None:
    act_id = imported()
    suggest(act_id, "ACTOR", "Замовник")
    page = press(open_page("acts", act=str(act_id)), "delete_act")
    assert "Видалено 1 акт." in texts(page)
    assert service.counts().deleted == 1
    press(page, "undo_delete")
    assert service.counts().total == 1
    service.delete(act_id)
    page = open_page("acts", act=str(act_id))
    assert "Цей акт видалено." in texts(page)
    press(page, "restore_act")
    assert service.search().rows[0].suggested == 1


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("act", ["999", "99999999999999999999999"])
def test_a_link_to_an_act_that_is_not_there_is_answered_in_words(act: str) -> None:
    page = open_page("acts", act=act)
    assert "Цього акта тут уже немає" in texts(page)
    press(page, "all_acts")
    assert page.title[0].value == "Акти"


@pytest.mark.usefixtures("loaded")
def test_the_page_speaks_english_too() -> None:
    page = open_page("acts", lang="en")
    assert page.title[0].value == "Acts"
    assert page.button(key="extract").label == "Extract elements from unprocessed acts"
    assert "Code of January 16, 2003, No. 435-IV" in texts(page)
    act = service.search("435-15").rows[0]
    assert "Confirmed:" in texts(open_page("acts", lang="en", act=str(act.id)))


def test_the_pack_that_the_page_promises_is_the_pack_there_is() -> None:
    assert len(list((samples.FOLDER / "acts").glob("*.txt"))) == 44
    with (samples.FOLDER / "gold_passages.jsonl").open(encoding="utf-8") as file:
        assert sum(1 for _ in file) == 170


@pytest.mark.usefixtures("database")
def test_an_element_that_was_already_decided_elsewhere_is_not_overwritten() -> None:
    """A tab left open shows an old version; its press must not undo what another tab decided."""
    act_id = imported()
    element_id = suggest(act_id, "ACTOR", "Замовник")
    with SessionLocal.begin() as session:
        session.execute(sa.update(Element).where(Element.id == element_id).values(version=7))
    from services.errors import StaleError
    from ui.review import picked

    with pytest.raises(StaleError):
        picked.decide("act", element_id, "confirm", 1)
    assert elements.totals(act_id)["suggested"] == 1


@pytest.mark.usefixtures("database")
def test_a_run_that_failed_is_told_in_words_until_the_reader_lets_it_go() -> None:
    act_id = imported()
    page = press(open_page("acts", act=str(act_id)), "extract")
    (job,) = jobs.live("extraction")
    waiting = {"waiting": {"code": "provider_down", "data": {"host": "127.0.0.1", "embedded": True}}}
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).where(Job.id == job.id).values(status="running", result=waiting))
    assert "Вбудована модель ще не готова. Norma повторює спроби" in texts(page.run())
    found = {"acts": 3, "changes": {"added": 4}, "failed": 2, "outcomes": {"ok": 7, "provider_down": 2}}
    failed = {"status": "failed", "error_code": "provider_down", "finished_at": now(), "result": found}
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).where(Job.id == job.id).values(**failed))
    page.run()
    shown = texts(page)
    assert "provider_down" not in shown
    assert page.error[0].value
    assert "4 нові пропозиції." in shown
    assert "2 уривки: постачальник не відповідає" in shown
    assert page.button(key="repeat_failed").label == "Опрацювати решту"
    assert leaks(page) == []
    press(page, "close_run")
    assert not page.error


@pytest.mark.usefixtures("database")
def test_a_model_that_is_silent_is_told_before_it_is_given_up() -> None:
    act_id = imported()
    page = press(open_page("acts", act=str(act_id)), "extract")
    (job,) = jobs.live("extraction")
    call = {"purpose": "extraction", "model": "m", "job_id": job.id}
    with SessionLocal.begin() as session:
        session.execute(sa.update(Job).where(Job.id == job.id).values(status="running"))
        session.add(ModelCall(**call, state="done", created_at=now() - timedelta(seconds=90)))
        session.add(ModelCall(**call, created_at=now() - timedelta(seconds=60)))
    assert "Модель не відповідає вже 1 хв." in texts(page.run())
    assert leaks(page) == []
    with SessionLocal.begin() as session:
        session.add(ModelCall(**call, state="done", created_at=now() - timedelta(seconds=5)))
    assert "не відповідає" not in texts(page.run())


@pytest.mark.usefixtures("loaded")
def test_references_of_an_act_are_listed_with_what_they_lead_to() -> None:
    act = service.search("2073-20").rows[0]
    page = open_page("acts", act=str(act.id))
    shown = texts(page)
    assert f"Посилання {len(citations.of_act(service.get(act.id)))}" in shown
    page.segmented_control(key=f"act_{act.id}_listed").set_value("references").run()
    shown = texts(page)
    for told in (
        "ст. 24 ч. 1: статтею 23 цього Закону",
        "Цивільний кодекс України",
        "немає в зібранні",
        "ст. 23 ч. 1",
    ):
        assert told in shown, told
    assert leaks(page) == []


@pytest.mark.usefixtures("database")
def test_a_reference_names_its_target_not_the_words_it_is_made_in() -> None:
    quote = "статті 625 Цивільного кодексу України"
    law = LAW.replace("прийняти роботу", f"сплатити за роботу згідно з вимогами {quote}")
    act_id = importer.import_files([("закон.txt", law.encode())])[0].act_id
    start = law.index(quote)
    attributes = {"target_act": "Цивільного кодексу України", "article": "625"}
    with SessionLocal.begin() as session:
        place = {"start": start, "end": start + len(quote)}
        session.add(Element(act_id=act_id, type="REFERENCE", quote=quote, attributes=attributes, **place))
    assert "Вказує на: Цивільний кодекс України, ст. 625" in texts(open_page("acts", act=str(act_id)))


@pytest.mark.usefixtures("loaded")
def test_a_link_with_a_place_opens_the_part_of_the_code_that_holds_it() -> None:
    act = service.search("435-15").rows[0]
    at = service.text(act.id).index("Стаття 625. Відповідальність")
    page = open_page("acts", act=str(act.id), at=str(at))
    assert "Стаття 625. Відповідальність за порушення грошового зобов'язання\n1. Боржник" in texts(page)


def test_a_paid_run_names_its_limit_and_its_choices_are_remembered(paid: ModelService) -> None:
    act_id = imported()
    page = press(open_page("acts", act=str(act_id)), "extract")
    assert jobs.live("extraction") == []
    page.number_input(key="plan_budget").set_value(0.05).run()
    page.number_input(key="plan_at_once").set_value(9).run()
    page.checkbox(key="plan_batch").check().run()
    shown = texts(page)
    assert "до 24 годин" in shown
    assert "Виділення може зупинитися до кінця." in shown
    assert page.button(key="start_plan").label.startswith("Почати виділення · до 0,05")
    assert leaks(page) == []
    press(page, "start_plan")
    (job,) = jobs.live("extraction")
    assert (job.payload["budget_micro"], job.payload["batch"]) == (50_000, True)
    assert job.payload["concurrency"] == 9
    jobs.cancel(job.id)
    page = press(open_page("acts", act=str(act_id)), "extract")
    assert page.number_input(key="plan_budget").value == 0.05
    assert page.number_input(key="plan_at_once").value == 9
    assert page.number_input(key="plan_at_once").disabled
    assert page.checkbox(key="plan_batch").value
    assert paid.calls == []


def test_what_failed_is_named_counted_and_repeated_alone(paid: ModelService) -> None:
    act_id = imported()
    paid.fault = lambda n: Fault(200, change={"finish_reason": "length"}) if n == 1 else None
    page = press(press(open_page("acts", act=str(act_id)), "extract"), "start_plan")
    (first,) = jobs.live("extraction")
    run(first.id)
    asked = len(paid.calls)

    # A page opened anew tells it too.
    page = open_page("acts", act=str(act_id))
    shown = texts(page)
    assert "1 уривок: відповідь обірвано" in shown
    assert "Частково" in texts(open_page("acts"))
    assert page.button(key="repeat_failed").label == "Повторити лише невдалі · 1"
    assert leaks(page) == []
    press(page, "close_run")
    assert "1 уривок: відповідь обірвано" in texts(page), "it stays with the act"
    press(page, "repeat_act")
    (again,) = jobs.live("extraction")
    run(again.id)
    assert len(paid.calls) == asked + 1
    shown = texts(page.run())
    assert "обірвано" not in shown
    assert not [button for button in page.button if str(button.key).startswith("repeat")]


def test_an_act_without_one_usable_answer_is_not_called_processed(paid: ModelService) -> None:
    imported()
    paid.fault = lambda _n: "не JSON"
    run(extraction.start(None).job_id)
    shown = texts(open_page("acts"))
    assert "не вдалося опрацювати." in shown
    assert "Помилка" in shown
    assert "0 нових пропозицій" not in shown


def test_many_failed_passages_are_listed_in_pages_with_their_number(paid: ModelService) -> None:
    points = "".join(f"Стаття {n}. Права\nОсоба {n} має право на захист.\n\n" for n in range(1, 61))
    importer.import_files([("закон.txt", f"ЗАКОН УКРАЇНИ\nПро захист\n\n{points}".encode())])
    paid.fault = lambda _n: Fault(200, change={"finish_reason": "length"})
    started = extraction.start(None).job_id
    run(started)
    page = open_page("acts")
    shown = texts(page)
    assert "Уривки 1–50 із 60" in shown
    assert "60 уривків не вдалося опрацювати." in shown
    page.session_state[f"nm.page.failed_{started}"] = 1
    page.run()
    shown = texts(page)
    assert "Уривки 51–60 із 60" in shown
    assert "ст. 60" in shown
    assert leaks(page) == []


def test_a_run_that_reached_its_limit_says_so_and_can_be_gone_on_with(paid: ModelService) -> None:
    imported()
    importer.import_files([("інший.txt", LAW.replace("об’єктів", "суб’єктів").encode())])
    page = press(open_page("acts"), "extract")
    cost = extraction.estimate(None).cost_micro
    assert cost is not None
    # Enough for two of the four passages: a call costs 0.032, and the most it may cost is set aside.
    page.number_input(key="plan_budget").set_value(round(cost[1] / 4 / 1_000_000 + 0.05, 2)).run()
    press(page, "start_plan")
    (first,) = jobs.live("extraction")
    with SessionLocal.begin() as session:
        session.execute(
            sa.update(Job).where(Job.id == first.id).values(payload={**first.payload, "concurrency": 1})
        )
    run(first.id)
    shown = texts(page.run())
    assert "Виділення зупинено, щоб витрати не перевищили межі." in shown
    assert "Опрацьовано актів: 1 з 2." in shown, "what is left is told"
    assert page.button(key="repeat_failed").label == "Опрацювати решту"
    assert leaks(page) == []
    press(page, "repeat_failed")
    assert len(jobs.live("extraction")) == 1


def test_runs_side_by_side_are_told_apart_with_their_money_and_the_time_left(paid: ModelService) -> None:
    one = imported()
    other = importer.import_files([("інший.txt", LAW.replace("об’єктів", "суб’єктів").encode())])[0].act_id
    assert other is not None
    for act_id, title in ((one, "loop-1"), (other, "norma-base-1")):
        extraction.start([act_id], title, budget_usd=2.0)
    moment = now()
    with SessionLocal.begin() as session:
        first = jobs.live("extraction")[0].id
        values = {"status": "running", "total": 40, "done": 10, "started_at": moment - timedelta(minutes=1)}
        session.execute(sa.update(Job).where(Job.id == first).values(**values, cost_micro=500_000))
        session.add_all(
            ModelCall(
                key=str(n),
                purpose="extraction",
                model="loop-1",
                job_id=first,
                state="done",
                created_at=moment - timedelta(seconds=60 - n),
            )
            for n in range(10)
        )
    shown = texts(open_page("acts"))
    for told in ("Про перевірку об’єктів", "Про перевірку суб’єктів", "loop-1", "norma-base-1"):
        assert told in shown, told
    assert "витрачено 0,50 $ з 2,00 $" in shown
    assert "10 з 40, ще приблизно 3 хв" in shown
