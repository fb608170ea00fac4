"""Checks of rows: each fault is found in its row."""

from dataclasses import replace

import pytest

from services.datasets import checks, duplicates
from services.datasets.rows import Row, make
from tests.sample_data import gold_text
from tests.services.datasets.test_duplicates import DUTY, OTHER

TEXT = "Власник зобов'язаний подати заяву до суду."


def _row(text: str = TEXT, act: str = "Закон", split: str = "train") -> Row:
    return make(gold_text(act, 1, text), split)  # type: ignore[arg-type]


def _found(code: str, rows: list[Row], tokens: tuple[int, ...] = ()) -> checks.Check:
    twins = list(duplicates.twins([row.text for row in rows]))
    return next(check for check in checks.run(rows, tokens, twins) if check.code == code)


@pytest.mark.parametrize(("count", "level"), [(9, "block"), (10, "remark"), (49, "remark"), (50, "pass")])
def test_ten_examples_are_needed_and_fifty_advised(count: int, level: str) -> None:
    assert _found("examples", [_row()] * count).level == level


def test_a_quote_that_is_not_its_text_is_named_with_its_row() -> None:
    good, bad = _row(), _row()
    bad.elements[0]["quote"] = "подати скаргу до Антимонопольного комітету"
    found = _found("rows_valid", [good, replace(good, split="test"), bad])
    assert found.level == "block"
    assert {(fault["split"], fault["row"]) for fault in found.data["rows"]} == {("train", 2)}
    assert {fault["reason"] for fault in found.data["rows"]} == {"quote_differs", "quote_not_found"}


def test_an_act_on_two_sides_blocks() -> None:
    found = _found("split_disjoint", [_row(), _row(OTHER, split="test")])
    assert (found.level, found.data["acts"]) == ("block", 1)


def test_a_text_of_two_acts_on_two_sides_blocks_when_it_is_tested_on() -> None:
    rows = [_row(DUTY, "Закон А"), _row(DUTY, "Закон Б", "test")]
    assert (_found("split_disjoint", rows).level, _found("split_disjoint", rows).data["texts"]) == (
        "block",
        1,
    )
    rows[1] = replace(rows[1], split="validation")
    assert _found("split_disjoint", rows).level == "remark"


def test_the_same_text_with_two_answers_is_remarked() -> None:
    other = _row()
    other.messages[-1] = {"role": "assistant", "content": '{"elements":[]}'}
    assert _found("answers_agree", [_row(), other]).data == {"texts": 1}


def test_a_row_that_is_too_long_is_named() -> None:
    found = _found("row_length", [_row(), _row()], (100, 70_000))
    assert found.data["rows"] == [{"split": "train", "row": 2, "tokens": 70_000}]
    assert found.level == "remark"


def test_an_empty_side_is_remarked() -> None:
    assert _found("splits_filled", [_row()]).data == {"empty": ["validation", "test"]}
