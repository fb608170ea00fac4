"""Passages: whole norms, nothing twice, nothing lost, notes left out, context above."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.acts.notes import find_notes
from services.datasets.tokens import count
from services.extraction.chunking import Passage, split
from services.extraction.place import to_act
from tests.services.acts.excerpts import excerpt, sample

ORPHAN = re.compile(r"(?:^|\n|[.;:]\s+)\s*(?:\d{1,3}(?:-\d+)?[.)]|[а-яіїєґ]\)|Стаття\s+\d+(?:-\d+)?\.?)\s*$")
LIMIT = 1200


def test_an_article_is_a_passage_with_its_heading_and_the_headings_above_as_context() -> None:
    passage = next(p for p in split(sample("2939-17"), LIMIT) if p.text.startswith("Стаття 2."))
    assert passage.text.startswith("Стаття 2. Мета і сфера дії Закону\n1. Метою цього Закону")
    assert passage.context == "Про доступ до публічної інформації\nРозділ I ЗАГАЛЬНІ ПОЛОЖЕННЯ"


def test_points_of_a_decree_share_a_passage_and_the_approved_document_has_its_own() -> None:
    first, second = split(sample("31-2026-п"), LIMIT)
    assert first.text.startswith("Кабінет Міністрів України постановляє:\nВнести до Порядку")
    assert first.text.endswith("зміни, що додаються.")
    assert second.text.startswith("1. Пункти 45 і 46 викласти в такій редакції:\n“45. Результати")
    assert "ЗМІНИ, що вносяться до Порядку" in second.context


def test_notes_are_left_out_and_every_offset_leads_back_to_the_act() -> None:
    text = "Стаття 5. Назва\n1. Норма {стара} перша.\n{Частина перша в редакції}\n2. Норма друга.\n{Кінець}"
    (passage,) = split(text, LIMIT)
    assert passage.text == "Стаття 5. Назва\n1. Норма  перша.\n2. Норма друга."
    for offset, char in enumerate(passage.text):
        assert text[to_act(passage, offset)] == char


def test_an_article_that_is_too_long_is_cut_between_points_under_its_lead_in() -> None:
    passages = [p for p in split(sample("922-19"), LIMIT) if p.context.startswith("Стаття 1.")]
    assert len(passages) >= 3
    assert passages[0].text.startswith("8) електронний каталог")
    for passage in passages:
        assert re.match(r"\d+(?:-\d+)?\) ", passage.text)
        assert passage.context == (
            "Стаття 1. Визначення основних термінів\n"
            "1. У цьому Законі нижченаведені терміни вживаються в такому значенні:"
        )


def test_no_heading_is_a_passage_of_its_own() -> None:
    text = "Стаття 1. Назва\n1. " + "Довга норма права. " * 60 + "\n2. Коротка."
    passages = split(text, 150)
    assert passages[0].text.startswith("Стаття 1. Назва\n1. Довга")
    assert split("Розділ I\nНАЗВА\nСтаття 1. Назва\n{Статтю 1 виключено}", LIMIT) == []


def test_what_stands_between_paragraphs_counts_too() -> None:
    text = "Стаття 1. Назва\n" + "\n\n        ".join(f"{n}) норма права;" for n in range(1, 300))
    passages = split(text, 200)
    assert len(passages) > 10
    assert max(count(passage.text) for passage in passages) <= 200


def test_an_act_without_line_ends_is_cut_between_sentences() -> None:
    text = "ЗАКОН УКРАЇНИ Про щось " + "Кожен має право на захист. " * 400
    passages = split(text, 200)
    assert "".join(passage.text for passage in passages).count("право") == 400
    assert all(passage.text.endswith("захист.") for passage in passages)


def test_the_heading_line_of_an_article_may_be_all_of_it() -> None:
    text = "Стаття 7. " + "Кожен має право на захист " * 100
    assert " ".join(passage.text for passage in split(text, 200)).count("право") == 100


def test_law_on_the_line_of_another_heading_is_not_lost() -> None:
    law = "§ 53. Кожен має право на освіту, а повна загальна середня освіта є обов'язковою."
    assert [passage.text for passage in split(f"§ 52. Назва\nНорма.\n{law}", LIMIT)] == ["Норма.", law]


def test_a_norm_below_a_heading_is_no_title_though_it_ends_in_no_stop() -> None:
    law = "Споживач має право на захист"
    for above in ("Розділ II", "Додаток 1", "ЗАТВЕРДЖЕНО\nНаказ № 5\nПРАВИЛА"):
        assert [passage.text for passage in split(f"{above}\n{law}\n1. Норма.", LIMIT)] == [
            f"{law}\n1. Норма."
        ]


def test_a_part_of_an_act_without_its_head_begins_with_its_norm() -> None:
    text = "Виконавець зобов'язаний повідомити споживача\n2. Норма друга."
    assert [passage.text for passage in split(text, LIMIT)] == [text]


def test_a_passage_that_ends_in_a_reference_is_not_joined_beyond_the_limit() -> None:
    text = "\n".join(f"{n}. " + "Орган діє так. " * 9 + f"Згідно зі ст. {n}." for n in range(1, 40))
    passages = split(text, 60)
    assert max(count(passage.text) for passage in passages) <= 60
    assert not any(ORPHAN.search(passage.text) for passage in passages)


def test_a_number_on_its_own_line_stays_with_its_norm() -> None:
    text = "Стаття 1. Назва\n" + "\n".join(f"{n}.\n" + f"Норма номер {n}. " * 12 for n in range(1, 9))
    passages = split(text, 160)
    assert len(passages) > 2
    for passage in passages:
        assert not ORPHAN.search(passage.text.rstrip())


def test_a_norm_that_ends_in_a_reference_does_not_look_like_a_lost_number() -> None:
    (passage,) = split(
        "Стаття 1. Назва\nОрган діє згідно зі ст. 15.\nСтаття 2. Назва\n{Статтю 2 виключено}", LIMIT
    )
    assert passage.text == "Стаття 1. Назва\nОрган діє згідно зі ст. 15"


def test_one_paragraph_that_is_too_long_is_cut_at_sentences() -> None:
    sentence = "Орган приймає рішення відповідно до ст. 5 Закону від 5 травня 2020 р. № 7 і п. 3 Порядку. "
    passages = split(f"Стаття 1. Назва\n{sentence * 30}", 120)
    assert len(passages) > 5
    assert all(passage.text.rstrip().endswith("Порядку.") for passage in passages)


def test_a_note_inside_a_long_paragraph_is_never_cut_through() -> None:
    note = "{Довга нота. Вона має речення. І ще одне речення. І ще одне, останнє.}"
    text = f"Стаття 1. Назва\n{'Орган діє за законом. ' * 20}{note} {'Орган звітує щороку. ' * 20}"
    passages = split(text, 40)
    assert len(passages) > 5
    assert "нота" not in "".join(passage.text for passage in passages)
    for passage in passages:
        assert "{" in text[passage.start : passage.end] or passage.text == text[passage.start : passage.end]


def test_the_lead_in_of_an_amending_law_is_text_not_only_a_heading() -> None:
    passages = split(excerpt("amending"), LIMIT)
    assert [p.text.split("\n")[0] for p in passages] == [
        "Верховна Рада України постановляє:",
        "I. Внести зміни до таких законодавчих актів України:",
        "1. Цей Закон набирає чинності з дня, наступного за днем його опублікування.",
    ]
    assert passages[-1].text.endswith("забезпечити перегляд актів міністерств.")


def test_text_without_structure_is_a_passage() -> None:
    (passage,) = split("Продавець зобов'язаний передати товар", LIMIT)
    assert passage == Passage(0, 37, "Продавець зобов'язаний передати товар", "", ((0, 37),))
    assert split("", LIMIT) == []
    assert split(" \n ", LIMIT) == []


@pytest.mark.parametrize("act", ["1236-2020-п", "2121-14", "80731-10", "995_153", "83-2015-п", "v0050500-03"])
def test_real_acts_lose_no_norm_and_leave_no_number_alone(act: str) -> None:
    text = sample(act)
    passages = split(text, LIMIT)
    seen = 0
    for passage in passages:
        assert passage.start >= seen
        assert not ORPHAN.search(text[passage.start : passage.end].rstrip())
        assert "{" not in passage.text
        assert count(passage.text) <= LIMIT + len(passage.text.split("\n"))
        seen = passage.end
    law = re.sub(r"\{[^{}]*\}", "", text)
    for line in law.split("\n"):
        if re.search(r"має право|зобов.язан|повинен|забороняється", line) and line.strip().endswith("."):
            assert any(line.strip()[:60] in passage.text for passage in passages), line[:80]


PIECES = [
    "Стаття 5. Назва\n",
    "Стаття 6\n",
    "Розділ II\n",
    "1. Орган зобов'язаний діяти.\n",
    "2. Орган має право:\n",
    "1) вимагати пояснень;\n",
    "7)\n",
    "{нота}\n",
    "{незакрита\n",
    "текст {нота} текст\n",
    "Довге речення про все на світі без кінця, яке триває і триває. " * 6 + "\n",
    "слово" * 90 + "\n",
    "ЗАТВЕРДЖЕНО\n",
    "Голова І. ІВАНОВ\n",
    "😀" * 20 + "\n",
    "\n",
]


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=80), st.integers(20, 200)
)
def test_passages_are_slices_of_the_act_in_order(text: str, limit: int) -> None:
    end = 0
    for passage in split(text, limit):
        assert end <= passage.start < passage.end <= len(text)
        assert passage.text == "".join(text[a:b] for a, b in passage.kept)
        assert passage.text.strip()
        assert count(passage.text) <= 2 * limit  # twice only where a number had to stay with its norm
        position = passage.start
        for start, stop in passage.kept:
            assert position <= start < stop <= passage.end
            position = stop
        end = passage.end


@settings(max_examples=120, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.integers(20, 200))
def test_every_norm_outside_notes_is_in_exactly_one_passage(text: str, limit: int) -> None:
    passages, notes = split(text, limit), find_notes(text)
    for norm in re.finditer(r"Орган зобов'язаний діяти|вимагати пояснень|Довге речення", text):
        if not any(start <= norm.start() < end for start, end in notes):
            assert sum(passage.start <= norm.start() < passage.end for passage in passages) == 1


def test_a_text_without_line_ends_is_never_cut_behind_a_number() -> None:
    article = "Стаття {0}. Основні вимоги {0}. Особа має право на захист. а) Подати скаргу."
    text = " ".join(article.format(number) for number in range(1, 60))
    for size in range(20, 60, 4):
        for passage in split(text, size):
            assert not re.search(r"(?:Стаття|вимоги|\s)\s*(?:\d+\.|а\))$", passage.text), passage.text[-40:]


def test_a_title_above_a_group_of_articles_ends_no_passage() -> None:
    text = """Стаття 1. Загальні положення
1.1. Терміни мають значення, надане їм визначеннями.
СЕКЦІЯ 1
ТЕХНІЧНІ РЕГЛАМЕНТИ ТА СТАНДАРТИ
Стаття 2. Розробка
2.1. ЧЛЕНИ ЗОБОВ'ЯЗАНІ ЗАБЕЗПЕЧИТИ РЕЖИМ.
ЗАБОРОНЯЄТЬСЯ ПОРУШУВАТИ РЕЖИМ.
Стаття 3. Місцеві органи
3.1. Члени виконують зобов'язання."""
    first, second, _ = split(text, 200)
    assert first.text.endswith("визначеннями.")
    assert second.text.endswith("ЗАБОРОНЯЄТЬСЯ ПОРУШУВАТИ РЕЖИМ.")
