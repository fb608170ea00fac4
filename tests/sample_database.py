"""A database with the sample pack in it, loaded once a session and copied for each test."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from services.acts import samples
from services.db import engine

_template: list[Path] = []


@pytest.fixture
def loaded(database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database that holds the sample pack."""
    path = Path(database.removeprefix("sqlite:///"))
    if not _template:
        samples.load()
        copy = tmp_path_factory.mktemp("samples") / "norma.db"
        with closing(sqlite3.connect(path)) as source:
            source.execute("VACUUM INTO ?", (str(copy),))
        _template.append(copy)
        return database
    engine.dispose()
    for part in path.parent.glob("norma.db*"):
        part.unlink()
    shutil.copyfile(_template[0], path)
    return database
