"""Answers of models, kept under the hash of (provider, model, prompt, passage): never paid for twice.

Every room that asks a model about a passage asks here.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import ModelCall, PassageResult
from services.db.types import now
from services.extraction import prompt, schema
from services.llm import ledger
from services.llm import provider as providers
from services.llm.calls import Completion, Usage, complete

_IN_LIMIT = 500


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
    return ask_anew(
        passage, model, key, purpose=purpose, act_id=act_id, job_id=job_id, repeated=repeated, info=info
    )


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
) -> PassageAnswer:
    """The model's answer, stored under `key` before it is returned, for a caller who has just looked and
    found none. Raises LlmError."""
    done = complete(
        model,
        list(prompt.messages(passage)),
        purpose=purpose,
        response_format=schema.response_format(),
        act_id=act_id,
        job_id=job_id,
        key=key,
        repeated=repeated,
        info=info,
    )
    return _keep(key, model, done)


def stored(keys: Collection[str]) -> dict[str, PassageAnswer]:
    """Those of the answers that are kept, by key."""
    wanted, found = list(keys), {}
    with SessionLocal.reading() as session:
        for i in range(0, len(wanted), _IN_LIMIT):
            query = sa.select(PassageResult).where(PassageResult.key.in_(wanted[i : i + _IN_LIMIT]))
            found.update({row.key: _read(row) for row in session.scalars(query)})
    return found


def lost_in_flight(job_id: str) -> set[str]:
    """Keys of a job's calls that a kill cut off; they are marked lost, so that a repeat is told as one."""
    unfinished = (ModelCall.job_id == job_id, ModelCall.state == "started")
    with SessionLocal.begin() as session:
        keys = set(session.scalars(sa.select(ModelCall.key).where(*unfinished)))
        session.execute(sa.update(ModelCall).where(*unfinished).values(state="lost"))
    return keys


def _keep(key: str, model: str, done: Completion) -> PassageAnswer:
    reply = schema.parse_reply(done.content, done.finish_reason, done.refusal)
    row = {
        "key": key,
        "model": model,
        "outcome": reply.outcome,
        "reply": done.content or done.refusal or "",
        "prompt_tokens": done.usage.prompt_tokens,
        "completion_tokens": done.usage.completion_tokens,
        "cost_micro": done.cost_micro,
        "latency_ms": done.latency_ms,
        "created_at": now(),
    }
    ledger.ledger.write(lambda session: _upsert(session, row)).wait()
    usage, cost = done.usage, done.cost_micro
    return PassageAnswer(key, model, reply.outcome, reply.elements, usage, done.latency_ms, cost, False)


def _upsert(session: Session, row: dict[str, object]) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(PassageResult).values(**row)
    changes = {name: statement.excluded[name] for name in row if name != "key"}
    session.execute(statement.on_conflict_do_update(index_elements=["key"], set_=changes))


def _read(row: PassageResult) -> PassageAnswer:
    reply = schema.parse_reply(row.reply)
    usage = Usage(row.prompt_tokens, row.completion_tokens)
    elements = reply.elements if row.outcome not in ("refusal", "wrong_schema") else ()
    return PassageAnswer(
        row.key, row.model, row.outcome, elements, usage, row.latency_ms, row.cost_micro, True
    )
