"""One chat completion: the request checked, the passage tagged, the reply written."""

import json
from dataclasses import dataclass

from engine import BASE_MODEL, VERSION, usage
from engine.chat.context import context_of, passage_of
from engine.chat.schema import ReplyShape, shape_of
from engine.elements import Element
from engine.errors import invalid, missing_model
from engine.requests import ChatRequest, ResponseFormat
from engine.store.models import ModelStore
from engine.tagging_pool import TaggingPool
from engine.wire import JsonObject, new_id, now

MAX_CONTEXT_TOKENS = 65_536


@dataclass(frozen=True, slots=True)
class Completion:
    """A finished reply with its accounts."""

    id: str
    created: int
    model: str
    content: str
    finish_reason: str
    prompt_tokens: int
    completion_tokens: int

    def usage(self) -> JsonObject:
        """Token counts as `engine.usage` counts them."""
        return {
            "prompt_tokens": self.prompt_tokens,
            "completion_tokens": self.completion_tokens,
            "total_tokens": self.prompt_tokens + self.completion_tokens,
        }

    def header(self, kind: str) -> JsonObject:
        """What a whole reply and each of its chunks have in common."""
        return {
            "id": self.id,
            "object": kind,
            "created": self.created,
            "model": self.model,
            "system_fingerprint": f"norma-engine-{VERSION}",
        }

    def to_wire(self) -> JsonObject:
        """The provider's completion object."""
        choice: JsonObject = {
            "index": 0,
            "message": {"role": "assistant", "content": self.content, "refusal": None},
            "logprobs": None,
            "finish_reason": self.finish_reason,
        }
        return {**self.header("chat.completion"), "choices": [choice], "usage": self.usage()}


async def complete(request: ChatRequest, models: ModelStore, pool: TaggingPool) -> Completion:
    """Answer a request, or raise the `ApiError` that says why not."""
    _check_options(request)
    shape = _shape(request.response_format)
    model = None
    if request.model != BASE_MODEL:
        model = models.get(request.model)
        if model is None:
            raise missing_model(request.model)
    text = passage_of(request.messages)
    prompt_tokens = sum(usage.count(message.text()) for message in request.messages)
    if prompt_tokens > MAX_CONTEXT_TOKENS:
        raise invalid(
            f"The messages hold {prompt_tokens} tokens; this model reads at most {MAX_CONTEXT_TOKENS}.",
            "messages",
            "context_length_exceeded",
        )
    elements = await pool.tag(models.path(model) if model else None, text, context_of(request.messages))
    reply: JsonObject = {"elements": [_element(element) for element in elements]}
    content = json.dumps(shape.apply(reply) if shape else reply, ensure_ascii=False)
    return _finish(request, content, prompt_tokens)


def _element(element: Element) -> JsonObject:
    return {"type": element["type"], "quote": element["quote"], "attributes": element["attributes"]}


def _finish(request: ChatRequest, content: str, prompt_tokens: int) -> Completion:
    limit = request.max_completion_tokens or request.max_tokens
    cut_off = False
    if limit:
        content, cut_off = usage.cut(content, limit)
    return Completion(
        id=new_id("chatcmpl-"),
        created=now(),
        model=request.model,
        content=content,
        finish_reason="length" if cut_off else "stop",
        prompt_tokens=prompt_tokens,
        completion_tokens=usage.count(content),
    )


def _check_options(request: ChatRequest) -> None:
    unsupported = {
        "n": (request.n or 1) != 1,
        "logprobs": bool(request.logprobs),
        "tools": bool(request.tools),
    }
    for name, asked in unsupported.items():
        if asked:
            raise invalid(f"This model does not support '{name}'.", name, "unsupported_parameter")
    if request.stream_options and not request.stream:
        raise invalid("'stream_options' is only allowed with 'stream'.", "stream_options")


def _shape(asked: ResponseFormat | None) -> ReplyShape | None:
    if asked is None or asked.type != "json_schema":
        return None
    if asked.json_schema is None:
        raise invalid(
            "Missing required parameter: 'response_format.json_schema'.",
            "response_format.json_schema",
            "missing_required_parameter",
        )
    text = json.dumps(asked.json_schema.schema_, ensure_ascii=False)
    return shape_of(asked.json_schema.name, text, bool(asked.json_schema.strict))
