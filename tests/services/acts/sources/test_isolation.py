"""The reading process may be made to die, to hang or to swell; the reader of the file is told, no more."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from services.acts.errors import EmptyFileError
from services.acts.sources import Columns, Reader
from services.acts.sources.errors import TooComplexError
from services.config import ROOT
from tests.documents import TEXT, docx_bytes, xlsx_bytes


def children() -> list[psutil.Process]:
    return [
        child
        for child in psutil.Process().children(recursive=True)
        if "services.acts.sources.child" in child.cmdline()
    ]


def test_one_process_reads_many_files_and_ends_with_its_reader(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(docx_bytes())
    with Reader() as reader:
        assert [reader.document(path, "docx").text for _ in range(3)] == [TEXT] * 3
        assert len(children()) == 1
    assert children() == []


def test_plain_text_needs_no_process(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("Право", encoding="utf-8")
    with Reader() as reader:
        assert reader.document(path, "txt").text == "Право\n"
        assert children() == []


def test_an_error_of_the_process_arrives_as_the_error_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(docx_bytes([]))
    with Reader() as reader, pytest.raises(EmptyFileError):
        reader.document(path, "docx")


def test_rows_of_a_table_come_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(xlsx_bytes([["Текст"], *[[f"Акт {n}"] for n in range(500)]]))
    with Reader() as reader:
        found = reader.rows(path, "xlsx", Columns(text="Текст"))
        assert next(found).text == "Акт 0"
        assert sum(1 for _ in found) == 499


def test_a_killed_process_costs_one_file_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(docx_bytes())
    with Reader() as reader:
        reader.document(path, "docx")
        os.kill(children()[0].pid, signal.SIGKILL)
        with suppress(TooComplexError):
            reader.document(path, "docx")
        assert reader.document(path, "docx").text == TEXT


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    pipe = tmp_path / "never"
    os.mkfifo(pipe)
    began = time.monotonic()
    with Reader(seconds=1.0) as reader, pytest.raises(TooComplexError) as caught:
        reader.document(pipe, "rtf")
    assert time.monotonic() - began < 20
    assert caught.value.data["seconds"] == 1
    assert children() == []


def test_the_process_may_not_take_more_memory_than_it_is_given() -> None:
    code = (
        "from services.acts.sources import child\nchild._bound()\n"
        "try:\n    x = bytearray(child.MEMORY)\nexcept MemoryError:\n    print('bounded')"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "bounded"
