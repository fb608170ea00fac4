"""What an extraction finds when nothing happens: to compare with one that met kills or faults."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from services.acts import records
from services.db import SessionLocal, engine, migrate
from services.db.models import Element, Job, LegalAct
from services.extraction import pipeline
from services.jobs.running import RunningJob
from tests.standins.model_service import serve

Found = list[tuple[Any, ...]]


def add(texts: list[str]) -> list[int]:
    """Keep acts with these texts; their ids."""
    with SessionLocal.begin() as session:
        return [records.add(session, text, f"Про договори № {n}").id for n, text in enumerate(texts)]


def elements() -> Found:
    """Every element of this installation, with its act, place and address, in a fixed order."""
    of_element = (Element.type, Element.start, Element.end, Element.quote, Element.address, Element.status)
    query = sa.select(LegalAct.title, *of_element).join(LegalAct, LegalAct.id == Element.act_id)
    with SessionLocal.reading() as session:
        return sorted(tuple(row) for row in session.execute(query))


def run(texts: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch) -> Found:
    """The elements of the same acts in an installation of its own, in `folder`."""
    folder.mkdir()
    with monkeypatch.context() as elsewhere, serve() as calm:
        elsewhere.setenv("DATA_DIR", str(folder))
        elsewhere.setenv("OPENAI_BASE_URL", calm.url)
        migrate.upgrade()
        payload = {"act_ids": add(texts), "model": "loop-1", "concurrency": 8}
        row = {"kind": "extraction", "dedupe_key": "calm", "status": "running"}
        with SessionLocal.begin() as session:
            session.add(Job(id="calm", **row, payload=payload))
        pipeline.run(RunningJob("calm", "extraction", payload, 1))
        found = elements()
        engine.dispose()
    return found
