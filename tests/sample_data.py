"""A database with the sample pack and a dataset frozen of it, made once and copied for each test."""

import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path

from services.datasets import service as datasets
from services.db import engine, migrate
from services.jobs import backend
from services.review import gold


@lru_cache(maxsize=1)
def template() -> Path:
    """A folder with the databases: 44 acts, 170 confirmed passages, one dataset named «Зразки»."""
    from services.acts import samples

    folder = Path(tempfile.mkdtemp(prefix="norma-samples-"))
    before = os.environ.get("DATA_DIR")
    os.environ["DATA_DIR"] = str(folder)
    try:
        migrate.upgrade()
        backend.prepare()
        samples.load()
        datasets.build("Зразки")
        engine.dispose()
    finally:
        if before is None:
            del os.environ["DATA_DIR"]
        else:
            os.environ["DATA_DIR"] = before
    return folder


def copy_into(data_dir: Path) -> int:
    """Put the template's database into a test's own folder; returns the id of its dataset."""
    source = template()
    engine.dispose()
    for path in source.glob("*.db"):
        shutil.copy(path, data_dir / path.name)
    return datasets.list_versions()[0].id


def gold_text(act: str, number: int, text: str) -> gold.GoldText:
    """The passage `number` of an act; all of it from «зобов'язаний» on is one confirmed duty."""
    at = text.find("зобов'язаний")
    duty = gold.GoldElement("OBLIGATION", at, len(text), text[at:], {"bearer": None, "action": None})
    place, start = f"ст. {number}", number * 1000
    elements = (duty,) if at >= 0 else ()
    return gold.GoldText(len(act), act, start, start + len(text), place, text, "", elements)
