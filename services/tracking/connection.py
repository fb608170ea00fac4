"""The Test button of Setup: does W&B know this key?

The client is asked in a process of its own: `python -m services.tracking.connection`.
"""

import json
import os
import sys
from typing import Any

from services.config import settings
from services.llm.provider import host_of
from services.tracking.environment import ask
from services.tracking.errors import (
    BY_CODE,
    WandbKeyMissingError,
    WandbUnreachableError,
    code_of,
)

PUBLIC = "https://api.wandb.ai"
_CLIENT_SECONDS = 5
_TIMEOUT = 9.0
_SILENT = ("did not respond", "timed out", "connection", "deadline", "giving up")


def test_connection(api_key: str | None = None, base_url: str | None = None) -> str:
    """Ask W&B, through its own client and within 10 s, whose key this is; None means the settings' values.

    The stored key is never shown to another address than its own. Returns the entity runs go to. Raises
    WandbKeyMissingError, WandbKeyRejectedError, WandbUnreachableError, each with the `host`.
    """
    own = settings.WANDB_BASE_URL or PUBLIC
    address = own if base_url is None else base_url.rstrip("/") or PUBLIC
    stored = settings.WANDB_API_KEY if address == own else ""
    key = stored if api_key is None else api_key
    host = host_of(address)
    if not key:
        raise WandbKeyMissingError(host=host)
    answers, _ended = ask(__name__, [{"key": key, "address": address}], _TIMEOUT)
    answer = answers[0] if answers else {"code": WandbUnreachableError.code}
    if "entity" in answer:
        return str(answer["entity"])
    raise BY_CODE.get(answer["code"], WandbUnreachableError)(host=host)


# Not a test, whatever its name says to pytest.
test_connection.__test__ = False  # type: ignore[attr-defined]


def look(key: str, address: str) -> dict[str, Any]:
    """Ask in this process: `{"entity": ...}` or `{"code": ...}`."""
    import wandb

    try:
        api = wandb.Api(api_key=key, overrides={"base_url": address}, timeout=_CLIENT_SECONDS)
        return {"entity": settings.WANDB_ENTITY or api.default_entity or ""}
    except Exception as problem:  # noqa: BLE001 (its answer is a code)
        return {"code": _code(problem)}


def _code(problem: Exception) -> str:
    """This client calls every failure an authentication error, a silent server included."""
    words = str(problem).lower()
    silent = any(sign in words for sign in _SILENT)
    refused = type(problem).__name__ == "AuthenticationError" and not silent
    return "wandb_key_rejected" if refused else code_of(problem)


if __name__ == "__main__":
    print(json.dumps(look(**json.loads(sys.stdin.readline()))), flush=True)  # noqa: T201 (the answer)
    os._exit(0)
