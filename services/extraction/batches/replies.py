"""Lines of a batch's results become stored answers, under the same keys as answers asked for singly."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

import sqlalchemy as sa
from openai.types.chat import ChatCompletion
from sqlalchemy.orm import Session

from services.db import SessionLocal
from services.db.models import ModelCall
from services.extraction import schema, store
from services.llm import calls
from services.llm.errors import LlmError
from services.llm.prices import cost_micro

_AT_ONCE = 500
_CLOSE = (
    sa.update(ModelCall)
    .where(
        ModelCall.job_id == sa.bindparam("of_job"),
        ModelCall.key == sa.bindparam("of_key"),
        ModelCall.state == "started",
    )
    .values({name: sa.bindparam(f"new_{name}") for name in calls.ending(calls.Answer(), None)})
)


def keep(lines: Iterable[dict[str, Any]], job_id: str, model: str) -> None:
    """Store results as they come, a few hundred in a transaction; storing a line twice changes nothing."""
    rest = iter(lines)
    while chunk := list(islice(rest, _AT_ONCE)):
        with SessionLocal.begin() as session:
            _keep(session, chunk, job_id, model)


def _keep(session: Session, lines: list[dict[str, Any]], job_id: str, model: str) -> None:
    closing = []
    for key, answer, code in _read(lines, model):
        if not code:
            reply = schema.parse_reply(answer.content, answer.finish_reason, answer.refusal)
            store.keep(session, key, model, answer, reply.outcome)
        ending = {f"new_{name}": value for name, value in calls.ending(answer, code or None).items()}
        closing.append({"of_job": job_id, "of_key": key, **ending})
    if closing:
        session.connection().execute(_CLOSE, closing)


def _read(lines: list[dict[str, Any]], model: str) -> Iterator[tuple[str, calls.Answer, str]]:
    """Key, answer and error code of each line; one without a key is left out."""
    for line in lines:
        key, code, answer = line.get("custom_id"), _problem(line), calls.Answer()
        if not isinstance(key, str):
            continue
        if not code:
            try:
                answer = calls.read(ChatCompletion.model_validate(line["response"]["body"]))
            except (LlmError, ValueError, TypeError, LookupError, AttributeError):
                code = "reply_unusable"
        yield key, _priced(answer, model), code


def _priced(answer: calls.Answer, model: str) -> calls.Answer:
    used = answer.usage
    cost = cost_micro(model, used.prompt_tokens, used.completion_tokens, used.cached_tokens, batch=True)
    return replace(answer, cost_micro=cost)


def _problem(line: dict[str, Any]) -> str:
    """The code of a failed line, empty for an answered one."""
    error, response = line.get("error"), line.get("response")
    if isinstance(response, dict):
        status = response.get("status_code")
        if status == 200:
            return ""
        if status == 429:
            return "rate_limited"
        return "bad_request" if isinstance(status, int) and 400 <= status < 500 else "provider_failed"
    code = error.get("code") if isinstance(error, dict) else None
    return code if code in ("batch_expired", "batch_cancelled") else "provider_failed"
