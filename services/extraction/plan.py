"""What one extraction of one act consists of: its passages, and which of their answers are known."""

from dataclasses import dataclass, field

import sqlalchemy as sa

from services.db import SessionLocal
from services.db.models import ActText, Extraction, ExtractionPassage, LegalAct
from services.extraction import chunking, prompt, store
from services.extraction.chunking import Passage
from services.llm import provider as providers

MAX_TOKENS = 1200


@dataclass
class ActPlan:
    """An act to extract: `answers` fills up by passage position; `failures` holds codes of failed ones."""

    act_id: int
    extraction_id: int
    text: str
    passages: list[Passage]
    keys: list[str]
    answers: dict[int, store.PassageAnswer] = field(default_factory=dict)
    failures: dict[int, str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Every passage has an answer or a failure."""
        return len(self.answers) + len(self.failures) >= len(self.passages)

    def missing(self) -> list[int]:
        """Positions that must still be asked for."""
        return [i for i in range(len(self.passages)) if i not in self.answers]


def make(
    act_id: int, model: str, job_id: str, info: providers.ProviderInfo, *, again: bool
) -> ActPlan | None:
    """Plan an act for a job, or None where the act is gone or this job has already finished it."""
    with SessionLocal.reading() as session:
        text = session.scalar(
            sa.select(ActText.text)
            .join(LegalAct, LegalAct.id == ActText.act_id)
            .where(ActText.act_id == act_id, LegalAct.deleted_at.is_(None))
        )
        found = session.execute(
            sa.select(Extraction.id, Extraction.status).where(
                Extraction.job_id == job_id, Extraction.act_id == act_id
            )
        ).first()
    if text is None or (found is not None and found.status != "running"):
        return None
    passages = chunking.split(text, MAX_TOKENS)
    keys = [store.key_of(passage, model, info) for passage in passages]
    extraction_id = found.id if found else _record(act_id, model, job_id, passages, keys)
    known = store.stored(keys)
    usable = {
        i: known[key]
        for i, key in enumerate(keys)
        if key in known and (not again or known[key].outcome == "ok")
    }
    return ActPlan(act_id, extraction_id, text, passages, keys, usable)


def _record(act_id: int, model: str, job_id: str, passages: list[Passage], keys: list[str]) -> int:
    with SessionLocal.begin() as session:
        extraction = Extraction(
            act_id=act_id,
            job_id=job_id,
            model=model,
            prompt_version=prompt.VERSION,
            passages_total=len(passages),
        )
        session.add(extraction)
        session.flush()
        rows = [
            {"extraction_id": extraction.id, "position": i, "start": p.start, "end": p.end, "result_key": key,
             "outcome": "waiting"}
            for i, (p, key) in enumerate(zip(passages, keys, strict=True))
        ]  # fmt: skip
        if rows:
            session.execute(sa.insert(ExtractionPassage), rows)
        return extraction.id
