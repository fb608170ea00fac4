"""Answers of models, kept under the hash of (provider, model, prompt, passage): never paid for twice.

Every room that asks a model about a passage asks here.
"""

import hashlib
import json
import math
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import ModelCall, PassageResult
from services.db.types import now
from services.extraction import prompt, purse, schema
from services.llm import ledger
from services.llm import provider as providers
from services.llm.calls import Answer, Usage, complete
from services.llm.errors import ProviderTimeoutError
from services.llm.prices import price

Value = TypeVar("Value")
_IN_LIMIT = 512


@dataclass(frozen=True)
class PassageAnswer:
    """A model's answer to a passage. `outcome` as in `schema.Reply`; `reused`: read, not asked for."""

    key: str
    model: str
    outcome: str
    elements: tuple[schema.Element, ...]
    usage: Usage
    latency_ms: int
    cost_micro: int | None
    reused: bool


def key_of(passage: prompt.Passage, model: str, info: providers.ProviderInfo | None = None) -> str:
    """The identity of a question: sha256 over provider, model, messages and schema version."""
    info = info or providers.current()
    parts = [info.url, model, prompt.VERSION, schema.VERSION, prompt.messages(passage)]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def ask(
    passage: prompt.Passage,
    model: str,
    *,
    purpose: str,
    act_id: int | None = None,
    job_id: str | None = None,
    again: bool = False,
    repeated: bool = False,
    info: providers.ProviderInfo | None = None,
) -> PassageAnswer:
    """The stored answer, or the model's, stored before it is returned. Raises LlmError.

    `again` asks anew where the stored answer could not be used; a usable one is always kept.
    """
    info = info or providers.current()
    key = key_of(passage, model, info)
    known = stored([key]).get(key)
    if known is not None and (known.outcome == "ok" or not again):
        return known
    answer, written = ask_anew(
        passage, model, key, purpose=purpose, act_id=act_id, job_id=job_id, repeated=repeated, info=info
    )
    written.wait()
    return answer


def ask_anew(
    passage: prompt.Passage,
    model: str,
    key: str,
    *,
    purpose: str,
    info: providers.ProviderInfo,
    act_id: int | None = None,
    job_id: str | None = None,
    repeated: bool = False,
) -> tuple[PassageAnswer, ledger.Entry]:
    """The model's answer, for a caller who has just looked and found none. Raises LlmError.

    The answer is durable once the entry's `wait()` returns, and before the same thread's next question
    is sent: writes are committed in their order, and a question is recorded before it is asked.
    """
    replies: list[schema.Reply] = []

    def storing(answer: Answer) -> ledger.Work:
        replies.append(schema.parse_reply(answer.content, answer.finish_reason, answer.refusal))
        return lambda session: keep(session, key, model, answer, replies[0].outcome)

    done = complete(
        model,
        list(prompt.messages(passage)),
        purpose=purpose,
        response_format=response_format(),
        act_id=act_id,
        job_id=job_id,
        key=key,
        repeated=repeated,
        info=info,
        keep=storing,
        at_most=lambda: at_most(passage, model),
    )
    (reply,) = replies
    usage, cost = done.usage, done.cost_micro
    answer = PassageAnswer(key, model, reply.outcome, reply.elements, usage, done.latency_ms, cost, False)
    return answer, done.written


def at_most(passage: prompt.Passage, model: str) -> int | None:
    """What asking about a passage costs at most, in micro-USD; None where the price is not known."""
    rate = price(model)
    return None if rate is None else math.ceil(purse.at_most(rate, prompt.messages(passage)))


def padded(values: Collection[Value]) -> list[Value]:
    """The values for an IN, filled up to a power of two with the last one.

    Each length is a statement of its own to SQLite, which keeps a hundred of them for each connection.
    """
    filled = list(values)
    return filled + filled[-1:] * ((1 << (len(filled) - 1).bit_length()) - len(filled)) if filled else filled


def stored(keys: Collection[str]) -> dict[str, PassageAnswer]:
    """Those of the answers that are kept, by key."""
    wanted, found = list(keys), {}
    with SessionLocal.reading() as session:
        for i in range(0, len(wanted), _IN_LIMIT):
            query = sa.select(PassageResult).where(PassageResult.key.in_(padded(wanted[i : i + _IN_LIMIT])))
            found.update({row.key: _read(row) for row in session.scalars(query)})
    return found


def lost_in_flight(job_id: str) -> set[str]:
    """Keys of a job's calls that kills cut off; they are marked lost, so that a repeat is told as one.

    Those of earlier kills are among them: the attempt in between may not have come to repeat them. So are
    those of calls that were given up waiting for.
    """
    of_job = ModelCall.job_id == job_id
    unfinished = sa.update(ModelCall).where(of_job, ModelCall.state == "started")
    with SessionLocal.begin() as session:
        session.execute(unfinished.values(state="lost"))
        lost = sa.or_(ModelCall.state == "lost", ModelCall.error_code == ProviderTimeoutError.code)
        return set(session.scalars(sa.select(ModelCall.key).where(of_job, lost)))


def answered_for(job_id: str) -> set[str]:
    """Keys of the answers that came for a job, usable or not."""
    with SessionLocal.reading() as session:
        done = (ModelCall.job_id == job_id, ModelCall.state == "done")
        return set(session.scalars(sa.select(ModelCall.key).where(*done)))


def keep(session: Session, key: str, model: str, answer: Answer, outcome: str) -> None:
    """Store an answer under its key in the caller's transaction, in place of an earlier one."""
    row = {
        "key": key,
        "model": model,
        "outcome": outcome,
        "reply": answer.content or answer.refusal or "",
        "prompt_tokens": answer.usage.prompt_tokens,
        "completion_tokens": answer.usage.completion_tokens,
        "cost_micro": answer.cost_micro,
        "latency_ms": answer.latency_ms,
        "created_at": now(),
    }
    db = session.connection()
    db.execute(_upsert_into(db.dialect.name), row)


@cache
def _upsert_into(dialect: str) -> postgresql.Insert | sqlite.Insert:
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(PassageResult)
    changes = {c.name: statement.excluded[c.name] for c in statement.table.c if c.name != "key"}
    return statement.on_conflict_do_update(index_elements=["key"], set_=changes)


@cache
def response_format() -> dict[str, object]:
    """What providers are held to, made once: do not change it."""
    return schema.response_format()


def _read(row: PassageResult) -> PassageAnswer:
    reply = schema.parse_reply(row.reply)
    usage = Usage(row.prompt_tokens, row.completion_tokens)
    elements = reply.elements if row.outcome not in ("refusal", "wrong_schema") else ()
    return PassageAnswer(
        row.key, row.model, row.outcome, elements, usage, row.latency_ms, row.cost_micro, True
    )
