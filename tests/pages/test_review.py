"""The review as a reader meets it: the queue, passage by passage, the register of all elements."""

import pytest

from services.acts import elements, importer, service
from services.db import SessionLocal
from services.db.models import Element
from services.review import gold
from tests.pages.shown import leaks, open_page, press, texts
from ui.review import picked

LAW = """ЗАКОН УКРАЇНИ
Про перевірку об’єктів

Стаття 1. Права виконавця
1. Виконавець має право оскаржити рішення протягом п’яти робочих днів.

Стаття 2. Обов’язки замовника
1. Замовник зобов’язаний прийняти роботу протягом п’яти робочих днів.

Стаття 3. Набрання чинності
1. Цей Закон набирає чинності з дня його опублікування.
"""


@pytest.fixture
def act(database: str) -> int:
    act_id = importer.import_files([("закон.txt", LAW.encode())])[0].act_id
    assert act_id is not None
    for kind, quote in (
        ("ACTOR", "Виконавець"),
        ("ACTOR", "Замовник"),
        ("OBLIGATION", "Замовник зобов’язаний"),
    ):
        start = LAW.index(quote)
        with SessionLocal.begin() as session:
            session.add(Element(act_id=act_id, type=kind, quote=quote, start=start, end=start + len(quote)))
    return act_id


@pytest.mark.usefixtures("database")
def test_with_nothing_to_decide_the_page_says_where_suggestions_come_from() -> None:
    page = open_page("review")
    assert "Нових пропозицій немає" in texts(page)
    assert page.button(key="choose_act").label == "Обрати акт"
    assert not [button for button in page.button if button.key == "to_datasets"]
    assert leaks(page) == []


@pytest.mark.usefixtures("loaded")
def test_once_everything_is_decided_the_next_step_is_a_dataset() -> None:
    assert open_page("review").button(key="to_datasets").label == "Скласти набір даних"


@pytest.mark.usefixtures("database")
def test_an_empty_queue_leads_to_what_was_not_found_in_the_text() -> None:
    act_id = importer.import_files([("закон.txt", LAW.encode())])[0].act_id
    with SessionLocal.begin() as session:
        session.add(Element(act_id=act_id, type="RIGHT", quote="Підрядник може оскаржити", model="loop-1"))
    page = open_page("review")
    assert "Залишився 1 елемент, цитати якого немає в тексті" in texts(page)
    press(page, "show_lost")
    assert "Підрядник може оскаржити" in texts(page)
    assert leaks(page) == []


def test_the_queue_opens_the_first_unfinished_passage(act: int) -> None:
    page = open_page("review")
    assert "Про перевірку об’єктів" in texts(page)
    press(page, "start_review")
    shown = texts(page)
    assert page.query_params["act"] == str(act)
    assert "Уривок 1 із 3" in shown
    assert "Виконавець має право оскаржити" in shown
    assert "Замовник зобов’язаний прийняти роботу" not in shown
    assert leaks(page) == []


def test_confirming_a_passage_goes_on_to_the_next_unfinished_one(act: int) -> None:
    page = open_page("review", act=str(act))
    assert page.button(key="confirm_passage").label == "Підтвердити уривок · 1"
    press(page, "confirm_passage")
    assert elements.totals(act)["gold"] == 1
    assert "Уривок 2 із 3" in texts(page)
    assert "Підтверджено 1 елемент." in texts(page)
    press(page, "confirm_passage")
    assert elements.totals(act) == {"suggested": 0, "gold": 3, "rejected": 0, "stale": 0}
    assert page.button(key="to_datasets").label == "Скласти набір даних"
    assert [passage.place for passage in gold.passages()] == ["ст. 1", "ст. 2"]
    assert leaks(page) == []


def test_confirming_the_whole_act_can_be_undone(act: int) -> None:
    page = press(open_page("review", act=str(act)), "confirm_all")
    assert elements.totals(act)["gold"] == 3
    press(page, "undo")
    assert elements.totals(act)["suggested"] == 3


def test_one_goes_through_passages_in_order_or_jumps_to_one(act: int) -> None:
    page = open_page("review", act=str(act))
    press(page, "following")
    press(page, "following")
    assert "Уривок 3 із 3" in texts(page)
    assert page.button(key="following").disabled
    press(page, "next_unfinished")
    assert "Уривок 1 із 3" in texts(page)
    assert page.selectbox(key=f"review_jump_{act}_0").options == [
        "ст. 1 · 1 пропозиція",
        "ст. 2 · 2 пропозиції",
        "ст. 3",
    ]
    page.selectbox(key=f"review_jump_{act}_0").set_value(1).run()
    assert "Уривок 2 із 3" in texts(page)


def test_a_passage_without_elements_is_marked_complete_and_may_be_learned_from(act: int) -> None:
    page = open_page("review", act=str(act))
    page.selectbox(key=f"review_jump_{act}_0").set_value(2).run()
    press(page, "complete")
    (passage,) = gold.passages()
    assert (passage.place, passage.elements) == ("ст. 3", ())
    assert not [button for button in page.button if button.key == "complete"]


@pytest.mark.usefixtures("loaded")
def test_the_register_searches_all_acts_and_offers_what_is_found_as_files() -> None:
    page = open_page("review")
    page.segmented_control(key="review_view").set_value("elements").run()
    assert "1 387 елементів" in texts(page)
    page.text_input(key="register_query").input("суб’єкт персональних").run()
    found = elements.search(elements.ElementFilter("суб’єкт персональних"))
    assert found.rows[0].quote[:30] in texts(page)
    page.multiselect(key="register_types").set_value(["RIGHT"]).run()
    page.text_input(key="register_act").input("2297-17").run()
    only = elements.search(elements.ElementFilter("суб’єкт персональних", "2297-17", ("RIGHT",)))
    assert 0 < only.total < found.total
    assert all(row.quote[:30] in texts(page) for row in only.rows)
    assert f">{only.total} елемент" in texts(page)
    assert leaks(page) == []
    page.text_input(key="register_query").input("такого немає").run()
    assert "Нічого не знайдено" in texts(page)


@pytest.mark.usefixtures("database")
def test_a_link_to_an_act_that_is_not_there_is_answered_in_words() -> None:
    page = open_page("review", act="404")
    assert "Цього акта тут уже немає" in texts(page)
    press(page, "to_queue")
    assert page.title[0].value == "Перевірка"


def test_a_deleted_act_leaves_the_queue(act: int) -> None:
    service.delete(act)
    assert "Нових пропозицій немає" in texts(open_page("review"))


def test_the_page_speaks_english_too(act: int) -> None:
    page = open_page("review", lang="en", act=str(act))
    assert page.button(key="confirm_passage").label == "Confirm the passage · 1"
    assert "Passage 1 of 3" in texts(page)


def test_what_was_decided_in_one_act_is_not_told_on_the_page_of_another(act: int) -> None:
    other = importer.import_files([("інший.txt", "Інший акт\nПро щось інше".encode())])[0].act_id
    page = press(open_page("review", act=str(act)), "confirm_all")
    assert "Підтверджено 3 елементи." in texts(page)
    page.query_params["act"] = str(other)
    page.run()
    assert "Підтверджено 3 елементи." not in texts(page)


def test_one_decision_on_all_that_the_filter_finds_can_be_undone(act: int) -> None:
    page = open_page("review")
    page.segmented_control(key="review_view").set_value("elements").run()
    page.multiselect(key="register_types").set_value(["ACTOR"]).run()
    assert page.button(key="confirm_found").label == "Підтвердити всі знайдені · 2"
    press(page, "confirm_found")
    assert {e.type for e in elements.of_act(act, statuses=["gold"])} == {"ACTOR"}
    assert not [button for button in page.button if button.key == "confirm_found"]
    press(page, "undo")
    press(page, "reject_found")
    assert elements.totals(act) == {"suggested": 1, "gold": 0, "rejected": 2, "stale": 0}
    assert leaks(page) == []


def test_quotes_that_are_nowhere_have_a_list_and_are_placed_by_selecting_or_rejected(act: int) -> None:
    with SessionLocal.begin() as session:
        lost = Element(act_id=act, type="RIGHT", quote="Підрядник може оскаржити", model="loop-1")
        session.add(lost)
        session.flush()
        lost_id = lost.id
    page = open_page("review")
    page.segmented_control(key="review_view").set_value("lost").run()
    shown = texts(page)
    assert "Не знайдено в тексті 1" in shown
    assert "Підрядник може оскаржити" in shown
    assert "Виконавець" not in shown
    assert leaks(page) == []

    page = open_page("acts", act=str(act))
    page.pills(key=f"act_{act}_status").set_value("not_found").run()
    assert "Виділіть у тексті потрібні слова" in texts(page)
    page.session_state[picked.name(f"act_{act}", "editing")] = lost_id
    page.run()
    assert "Виділіть слова елемента в тексті" in texts(page)
    assert next(b for b in page.button if b.label == "Зберегти й підтвердити").disabled
    assert leaks(page) == []
    assert "Підрядник" in texts(open_page("review", act=str(act)))
