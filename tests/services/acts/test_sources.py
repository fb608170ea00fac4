"""Bytes of files become clean texts, or an answer in words why not."""

import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.acts.errors import (
    BinaryFileError,
    DamagedFileError,
    EmptyFileError,
    FileTooLargeError,
    UnknownEncodingError,
)
from services.acts.samples import FOLDER
from services.acts.sources import MAX_BYTES, read_txt
from services.acts.sources.cleaning import clean

ORDER = (FOLDER / "acts" / "31-2026-п.txt").read_text(encoding="utf-8")
SHORT = "Суб’єкт має право на об’єкт.\nЇжак і ґава — не сторони договору."


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("cp1251", b""),
    ],
)
def test_the_same_act_is_read_from_every_encoding_it_is_saved_in(encoding: str, mark: bytes) -> None:
    assert read_txt(mark + ORDER.encode(encoding)).text == ORDER


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_lines_end_as_any_system_ends_them(encoding: str, end: str) -> None:
    assert read_txt(ORDER.replace("\n", end).encode(encoding)).text == ORDER


@pytest.mark.parametrize("encoding", ["koi8-u", "cp1125", "iso8859-5", "mac-cyrillic"])
def test_rare_encodings_of_old_archives_are_recognised(encoding: str) -> None:
    text = "ЗАКОН УКРАЇНИ\nПро охорону праці\nРоботодавець зобов'язаний створити належні умови праці.\n"
    assert read_txt(text.encode(encoding, "ignore")).text.startswith(
        text.encode(encoding, "ignore").decode(encoding)[:40]
    )


def test_a_short_cp1251_text_is_not_taken_for_another_alphabet() -> None:
    assert read_txt("Право є. Обов'язок є.".encode("cp1251")).text == "Право є. Обов'язок є.\n"


def test_every_sample_act_survives_cp1251_wherever_that_encoding_can_hold_it() -> None:
    acts = random.Random(5).sample(sorted((FOLDER / "acts").glob("*.txt")), 8)
    for path in acts:
        text = path.read_text(encoding="utf-8")[:30_000]
        data = text.encode("cp1251", "ignore")
        assert read_txt(data).text == clean(data.decode("cp1251")), path.name


def test_what_cannot_be_seen_is_cleaned_and_what_can_be_seen_stays() -> None:
    raw = (
        "\ufeffСтаття\u00a01.\r\nПе\u00adреробка\u200b об’єкта “А” — 5\u202f%  \r\n"
        "\r\n\r\n\r\nКінець\rі\u0301\n"
    )
    assert clean(raw) == "Стаття 1.\nПереробка об’єкта “А” — 5 %\n\nКінець\nі\u0301\n"


def test_composed_letters_become_one_character_so_that_offsets_count_letters() -> None:
    assert clean("і\u0308жак и\u0306ого") == "їжак його\n"


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=150, deadline=None)
def test_cleaning_a_clean_text_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", codecs.BOM_UTF8, "…—\u00a0\u200b".encode()])
def test_a_file_without_a_word_is_called_empty(data: bytes) -> None:
    with pytest.raises(EmptyFileError):
        read_txt(data)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 " + bytes(range(256)), "pdf"),
        (b"PK\x03\x04" + bytes(200), "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "doc"),
        (b"{\\rtf1\\ansi\\ansicpg1251 \\'c7}", "rtf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "image"),
        (random.Random(3).randbytes(4000), "other"),
        (b"\x01\x02\x03" * 100, "other"),
    ],
)
def test_a_binary_file_is_named_by_its_kind(data: bytes, kind: str) -> None:
    with pytest.raises(BinaryFileError) as caught:
        read_txt(data)
    assert caught.value.data == {"kind": kind}


def test_fifty_megabytes_are_refused_with_the_limit_named() -> None:
    with pytest.raises(FileTooLargeError) as caught:
        read_txt(b"a" * (50_000_000))
    assert caught.value.data == {"limit_mb": MAX_BYTES // 10**6, "size_mb": 50.0}


def test_broken_utf8_is_refused_rather_than_guessed() -> None:
    data = ORDER.encode()
    with pytest.raises(DamagedFileError) as caught:
        read_txt(data[:501] + b"\xff" + data[501:])
    assert 499 <= caught.value.data["position"] <= 501


def test_text_in_another_alphabet_is_refused_in_words() -> None:
    with pytest.raises(UnknownEncodingError):
        read_txt("これは日本語の法律の文章です。".encode("shift_jis") * 20)


def test_a_text_in_latin_letters_is_a_text() -> None:
    assert read_txt(b"Article 1. Scope").text == "Article 1. Scope\n"
