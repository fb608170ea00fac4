"""`scripts/extract_acts.py`: does the work with a worker of its own, and says how it ended."""

import os
import re
import subprocess
import sys

import pytest
import sqlalchemy as sa

from services.acts import records
from services.config import ROOT
from services.db import SessionLocal
from services.db.models import Element, LegalAct
from services.jobs import slots
from tests.standins.model_service import Fault, ModelService

LAW = "ЗАКОН УКРАЇНИ\nПро випробування № {n}\nСтаття 1. Права\n1. Особа № {n} має право на захист.\n"


@pytest.fixture
def model(model: ModelService) -> ModelService:
    """The loopback model, and three acts that wait for it."""
    with SessionLocal.begin() as session:
        for n in range(3):
            records.add(session, LAW.format(n=n), f"Акт {n}")
    return model


def extract(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "scripts/extract_acts.py", "--model", "loop-1", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=120, check=False
    )


def test_acts_that_wait_are_processed_and_the_worker_ends_with_the_command(model: ModelService) -> None:
    done = extract("--limit", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert "succeeded: 2 acts" in done.stdout
    with SessionLocal.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).where(LegalAct.is_processed)) == 2
        assert session.scalar(sa.select(sa.func.count()).select_from(Element)) == 2
    assert not slots.any_held()


def numbered(number: str, edition: str) -> None:
    with SessionLocal.begin() as session:
        text = LAW.format(n=f"{number} {edition}")
        records.add(session, text, f"Закон {number}", number=number, edition=edition)


def asked(model: ModelService) -> list[str]:
    return [words for text in model.texts() for words in re.findall(r"Особа № ([\d -]+) має", text)]


def test_acts_that_are_named_are_extracted_in_their_newest_edition(model: ModelService) -> None:
    for number, edition in (("2939-17", "2011-01-13"), ("2939-17", "2020-01-01"), ("435-15", "2003-01-16")):
        numbered(number, edition)
    done = extract("--nreg", "№ 2939-VI", "2939-17")
    assert (done.returncode, done.stderr) == (0, "")
    assert "succeeded: 1 acts" in done.stdout
    assert asked(model) == ["2939-17 2020-01-01"]
    # Named again it is gone through again; what is stored is not asked for twice.
    old = "https://zakon.rada.gov.ua/laws/show/2939-17/ed20110113"
    again = extract("--nreg", "2939-VI", f"435-IV, {old}")
    assert "succeeded: 3 acts" in again.stdout
    assert sorted(asked(model)[1:]) == ["2939-17 2011-01-13", "435-15 2003-01-16"]


def test_an_act_that_is_not_here_is_named_and_the_others_are_extracted(model: ModelService) -> None:
    numbered("435-15", "2003-01-16")
    done = extract("--nreg", "2939-VI", "435-IV")
    assert done.returncode == 1
    assert "2939-17: not here" in done.stderr
    assert "succeeded: 1 acts" in done.stdout
    assert extract("--nreg", "про інформацію").returncode == 2
    assert len(model.calls) == 1


def test_a_rejected_key_is_a_code_and_exit_1(model: ModelService) -> None:
    model.fault = lambda _n: Fault(401, "invalid_api_key")
    done = extract()
    assert done.returncode == 1
    assert "key_rejected" in done.stderr
    assert "внутрішні подробиці" not in done.stdout + done.stderr


def test_a_wrong_command_is_exit_2(database: str) -> None:
    assert extract("--limit", "багато").returncode == 2
