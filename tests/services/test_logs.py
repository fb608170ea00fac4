"""Logs: no key gets through, and a setting that cannot be read silences nothing."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from services import logs
from services.config import env_file, save


@pytest.fixture
def log(data_dir: Path) -> Iterator[Path]:
    logs.setup("test")
    yield data_dir / "logs" / "test.log"
    root = logging.getLogger("norma")
    for handler in list(root.handlers):
        handler.close()
        root.removeHandler(handler)
    root.propagate = True


def test_keys_are_masked_even_while_a_setting_cannot_be_read(log: Path) -> None:
    save({"OPENAI_API_KEY": "sk-secret-123456"})
    logging.getLogger("norma.x").info("перший sk-secret-123456")
    with env_file().open("a", encoding="utf-8") as file:
        file.write("EXTRACTION_CONCURRENCY=багато\n")
    logging.getLogger("norma.x").error("другий sk-secret-123456")
    lines = log.read_text(encoding="utf-8").splitlines()
    assert [line.split(": ", 1)[1] for line in lines] == ["перший ***", "другий ***"]
