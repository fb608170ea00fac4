"""Acts from the command line: what is stored, what is refused, and the exit code of each."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from services.acts import samples, service
from services.config import ROOT
from tests.documents import docx_bytes, zip_bytes
from tests.standins import rada_service

ACTS = samples.FOLDER / "acts"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/import_acts.py", *map(str, arguments)]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        stdin=subprocess.DEVNULL,
    )


def test_files_and_folders_are_imported_into_a_fresh_data_directory(data_dir: Path, tmp_path: Path) -> None:
    data_dir.rmdir()
    folder = tmp_path / "акти" / "накази"
    folder.mkdir(parents=True)
    (folder / "наказ.txt").write_bytes((ACTS / "z0281-25.txt").read_bytes())
    first = run(folder.parent, ACTS / "64_2022.txt")
    assert (first.returncode, first.stderr) == (0, "")
    assert "2 imported" in first.stdout
    again = run(folder)
    assert again.returncode == 0
    assert "1 already there" in again.stdout
    assert service.counts().total == 2


def test_a_refused_file_is_named_with_its_reason_and_the_others_are_stored(tmp_path: Path) -> None:
    empty = tmp_path / "порожній.txt"
    empty.write_bytes(b"")
    result = run(empty, ACTS / "64_2022.txt")
    assert result.returncode == 1
    assert "порожній.txt" in result.stderr
    assert "empty_file" in result.stderr
    assert service.counts().total == 1


def test_the_samples_are_loaded_on_request() -> None:
    result = run("--samples")
    assert result.returncode == 0
    assert "44 acts, 170 confirmed passages, 1387 elements" in result.stdout


@pytest.mark.parametrize("arguments", [(), ("немає-такого.txt",), ("--unknown",)])
def test_a_command_that_makes_no_sense_stores_nothing(arguments: tuple[str, ...], data_dir: Path) -> None:
    result = run(*arguments)
    assert result.returncode == 2
    assert "usage" in result.stderr
    assert list(data_dir.iterdir()) == []


def test_every_format_of_a_folder_a_table_and_numbers_of_the_rada(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "акти"
    folder.mkdir()
    (folder / "закон.docx").write_bytes(docx_bytes())
    (folder / "архів.zip").write_bytes(zip_bytes({"наказ.txt": "Наказ про строки".encode(), "б.txt": b""}))
    (folder / "знімок.png").write_bytes(b"\x89PNG")
    table = tmp_path / "акти.csv"
    table.write_text("Зміст;Назва\nТекст акта;Про таблицю\n", encoding="utf-8")
    with rada_service.serve() as rada:
        monkeypatch.setenv("RADA_BASE_URL", rada.url)
        result = run(folder, table, "--text-column", "Зміст", "--title-column", "Назва", "--nreg", "№ 1103-V")
    assert result.returncode == 1
    assert result.stderr.strip() == "архів.zip/б.txt: refused (empty_file)"
    assert "4 imported" in result.stdout
    assert "№ 1103-V: imported as act" in result.stdout
    assert {row.number for row in service.search("біобезпеки").rows} == {"1103-16"}
    assert service.search("Про таблицю").total == 1
