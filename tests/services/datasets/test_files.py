"""Training files from outside."""

import json
from pathlib import Path

import pytest

from services.datasets import files
from services.datasets import service as datasets
from services.datasets.errors import FileRowsError
from tests import sample_data

TEXT = "Власник зобов'язаний подати заяву до суду протягом десяти днів."


def _line(quote: str = "протягом десяти днів", text: str = TEXT, **changes: object) -> str:
    answer = json.dumps({"elements": [{"type": "DEADLINE", "quote": quote, "attributes": {}}]})
    messages = [
        {"role": "system", "content": "Знайди елементи"},
        {"role": "user", "content": text},
        {"role": "assistant", "content": answer},
    ]
    return json.dumps({"messages": messages, **changes}, ensure_ascii=False)


def _file(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def test_files_are_kept_with_their_elements_placed(database: str) -> None:
    found = files.import_jsonl(
        "з файлу", _file(_line(), _line(text=f"1. {TEXT}")), _file(_line(text=f"2. {TEXT}"))
    )
    assert {split: counts.passages for split, counts in found.splits.items()} == {
        "train": 2,
        "validation": 1,
        "test": 0,
    }
    (element,) = datasets.all_rows(found.id, "validation")[0].elements
    assert (element["type"], element["start"], element["quote"]) == ("DEADLINE", 45, "протягом десяти днів")


def test_a_file_of_ours_is_recognised_with_its_test_acts(data_dir: Path) -> None:
    sample_data.copy_into(data_dir)
    own = datasets.list_versions()[0]
    training, validation = (datasets.jsonl(own.id, split) for split in ("train", "validation"))
    found = files.import_jsonl("training", training, validation)
    assert (found.id, found.reused, found.splits["test"].passages) == (
        own.id,
        True,
        own.splits["test"].passages,
    )


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not_json"),
        ('{"prompt": "x"}', "no_messages"),
        ('{"messages": [{"role": "user", "content": 5}]}', "no_messages"),
        ('{"messages": [{"role": "user", "content": "x"}]}', "no_answer"),
        ('{"messages": [{"role": "assistant", "content": "{}"}]}', "no_user_message"),
        (_line().replace("DEADLINE", "LIMIT"), "answer_not_elements"),
        (_line(quote="протягом року з дня реєстрації статуту"), "quote_not_found"),
    ],
)
def test_a_faulty_line_is_named_and_nothing_is_kept(database: str, line: str, reason: str) -> None:
    with pytest.raises(FileRowsError) as raised:
        files.import_jsonl("з файлу", _file(_line(), line))
    assert raised.value.data["rows"] == [{"file": "train", "row": 2, "reason": reason}]
    assert datasets.list_versions() == []


def test_bytes_that_are_not_utf8_are_named(database: str) -> None:
    with pytest.raises(FileRowsError) as raised:
        files.import_jsonl("з файлу", _line().encode("cp1251"))
    assert raised.value.data["rows"][0]["reason"] == "not_utf8"


def test_an_empty_file_is_refused(database: str) -> None:
    with pytest.raises(FileRowsError):
        files.import_jsonl("порожній", b"\n\n")
