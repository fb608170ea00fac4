"""Lost indices of article numbers: found where they were lost, left alone where nothing was."""

import random
import re

import pytest

from services.acts.article_numbers import Number, likeliest, recover
from services.acts.samples import FOLDER

ACTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted((FOLDER / "acts").glob("*.txt"))}
_INDEXED = re.compile(r"^([СC]таття \d+)-(\d+)(?:-(\d+))?", re.MULTILINE)


def headings(text: str) -> list[Number]:
    found = re.findall(r"^[СC]таття (\d+)(?:-(\d+))?(?:-(\d+))?(?=\.|$| )", text, re.MULTILINE)
    return [Number(*(int(part or 0) for part in parts)) for parts in found]


def flat(text: str) -> str:
    """The text as it prints without raised indices."""
    return _INDEXED.sub(lambda match: "".join(filter(None, match.groups())), text)


def law(*numbers: str) -> str:
    return "ЗАКОН УКРАЇНИ\nПро строки\n" + "".join(f"Стаття {number}. Назва\nНорма.\n" for number in numbers)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_lost_nothing_is_left_as_it_is(name: str) -> None:
    assert recover(ACTS[name]) == ACTS[name]


def test_every_lost_index_of_the_sample_acts_is_found_again() -> None:
    wrong: dict[str, list[tuple[Number, Number]]] = {}
    for name, text in ACTS.items():
        pairs = zip(headings(text), headings(recover(flat(text))), strict=True)
        wrong[name] = [pair for pair in pairs if pair[0] != pair[1]]
    assert {name: pairs for name, pairs in wrong.items() if pairs} == {}


def test_parts_of_acts_with_articles_left_out_are_right_in_99_of_100() -> None:
    chance, total, right, lost, found = random.Random(11), 0, 0, 0, 0
    for text in ACTS.values():
        truth = headings(text)
        if len(truth) < 30:
            continue
        for _ in range(12):
            start = chance.randrange(len(truth) - 20)
            part = [n for n in truth[start : start + chance.randrange(20, 200)] if chance.random() > 0.05]
            got = likeliest([(str(number).replace("-", ""),) for number in part])
            total += len(part)
            right += sum(a == b for a, b in zip(part, got, strict=True))
            lost += sum(n.sub > 0 for n in part)
            found += sum(a == b for a, b in zip(part, got, strict=True) if a.sub)
    assert total > 5_000
    assert right / total > 0.993
    assert found / lost > 0.976


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (["1", "2", "21", "22", "3", "4"], ["1", "2", "2-1", "2-2", "3", "4"]),
        (["18", "19", "191", "20"], ["18", "19", "19-1", "20"]),
        (["189", "190", "191", "192"], ["189", "190", "191", "192"]),
        (["9", "10", "11", "12"], ["9", "10", "11", "12"]),
        (["10", "101", "102", "103", "11"], ["10", "10-1", "10-2", "10-3", "11"]),
        (["1", "2", "3", "11", "12"], ["1", "2", "3", "11", "12"]),
        (["211", "212", "2121", "2122", "213"], ["211", "212", "212-1", "212-2", "213"]),
        (["1", "2", "1", "2", "3"], ["1", "2", "1", "2", "3"]),
        (["7", "8", "81", "9", "10"], ["7", "8", "8-1", "9", "10"]),
        (["80", "81", "82"], ["80", "81", "82"]),
        (
            ["172", "1721", "1728", "17281", "1729", "173"],
            ["172", "172-1", "172-8", "172-8-1", "172-9", "173"],
        ),
    ],
)
def test_the_sequence_tells_which_number_is_meant(written: list[str], meant: list[str]) -> None:
    assert [str(number) for number in likeliest([(digits,) for digits in written])] == meant


def test_headings_in_capitals_are_headings() -> None:
    text = law("19", "191", "192", "20", "21").replace("Стаття", "СТАТТЯ")
    assert re.findall(r"СТАТТЯ (\S+)\.", recover(text)) == ["19", "19-1", "19-2", "20", "21"]


def test_an_index_that_was_kept_is_never_changed() -> None:
    text = law("18", "19", "19-1", "191", "192")
    assert recover(text) == text


def test_notes_and_own_references_follow_their_article() -> None:
    text = law("8", "81", "9") + (
        "{Статтю 81 виключено на підставі Закону № 1-IX від 01.01.2020}\n"
        "відповідно до статті 81 цього Закону\n"
        "відповідно до статті 81 Конституції України\n"
    )
    mended = recover(text)
    assert "Стаття 8-1. Назва" in mended
    assert "{Статтю 8-1 виключено" in mended
    assert "статті 8-1 цього Закону" in mended
    assert "статті 81 Конституції" in mended


def test_articles_that_an_amending_act_quotes_do_not_disturb_its_own() -> None:
    text = (
        "ЗАКОН УКРАЇНИ\nПро внесення змін\nСтаття 1. Зміни\nДоповнити статтями такого змісту:\n"
        '"Стаття 191. Нова\nНорма.\nСтаття 192. Ще нова\nНорма.\nСтаття 20. Стара".\nСтаття 2. Прикінцеві\n'
        "Стаття 21. Строки\nСтаття 3. Набрання чинності\n"
    )
    mended = recover(text)
    assert "Стаття 2-1. Строки" in mended
    assert "Стаття 191. Нова\nНорма.\nСтаття 192. Ще" in mended


def test_a_reference_to_a_number_that_is_an_article_too_is_left() -> None:
    numbers = [str(n) for n in range(1, 83)]
    numbers.insert(8, "81")
    text = law(*numbers) + "відповідно до статті 81 цього Закону\n"
    assert recover(text).endswith("статті 81 цього Закону\n")


@pytest.mark.parametrize("text", ["", "Стаття 191. Одна", "Текст без статей\n", law("99999999999")])
def test_what_has_no_sequence_is_left(text: str) -> None:
    assert recover(text) == text


def test_a_hundred_thousand_headings_take_no_longer_than_they_are_many() -> None:
    text = law(*[str(n) for n in range(1, 20_000)])
    assert recover(text) == text
