"""A completion as server-sent events."""

import json
import re
from collections.abc import Iterator

from engine.chat.completion import Completion
from engine.wire import JsonObject

_PIECE = re.compile(r"(?s).{1,200}")


def events(completion: Completion, include_usage: bool) -> Iterator[str]:
    """Chunks of the provider's stream: role, content, finish reason, usage when asked for, `[DONE]`."""
    header = completion.header("chat.completion.chunk")
    extra: JsonObject = {"usage": None} if include_usage else {}
    yield _event({**header, "choices": [_choice({"role": "assistant", "content": ""})], **extra})
    for piece in _PIECE.findall(completion.content):
        yield _event({**header, "choices": [_choice({"content": piece})], **extra})
    yield _event({**header, "choices": [_choice({}, completion.finish_reason)], **extra})
    if include_usage:
        yield _event({**header, "choices": [], "usage": completion.usage()})
    yield "data: [DONE]\n\n"


def _choice(delta: JsonObject, finish_reason: str | None = None) -> JsonObject:
    return {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}


def _event(chunk: JsonObject) -> str:
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"
