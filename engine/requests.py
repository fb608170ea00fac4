"""Bodies the engine accepts, as the official client sends them; what it does not know it ignores."""

import json
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, ValidationError
from starlette.requests import Request

from engine.errors import from_validation, invalid

Body = TypeVar("Body", bound="Wire")
Auto = Literal["auto"]
MetadataKey = Annotated[str, StringConstraints(max_length=64)]
MetadataValue = Annotated[str, StringConstraints(max_length=512)]
Metadata = Annotated[dict[MetadataKey, MetadataValue], Field(max_length=16)]


class Wire(BaseModel):
    """JSON types as they are: a number is never taken for a string, nor the other way round."""

    model_config = ConfigDict(strict=True, extra="ignore")


class TextPart(Wire):
    """A part of a message's content; other kinds of part are refused."""

    type: Literal["text"]
    text: str


class Message(Wire):
    """One chat message."""

    role: Literal["system", "developer", "user", "assistant", "tool"]
    content: str | list[TextPart] | None = None
    weight: Literal[0, 1] | None = None

    def text(self) -> str:
        """The content as one string."""
        if isinstance(self.content, list):
            return "".join(part.text for part in self.content)
        return self.content or ""


class JsonSchemaFormat(Wire):
    """A named schema of the reply."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9_-]{1,64}$")]
    schema_: dict[str, JsonValue] = Field(alias="schema")
    strict: bool | None = None


class ResponseFormat(Wire):
    """What the reply must look like."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: JsonSchemaFormat | None = None


class StreamOptions(Wire):
    """Options of a streamed reply."""

    include_usage: bool | None = None


class ChatRequest(Wire):
    """Body of `/v1/chat/completions`."""

    model: str
    messages: Annotated[list[Message], Field(min_length=1)]
    response_format: ResponseFormat | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = None
    max_tokens: Annotated[int, Field(ge=1)] | None = None
    max_completion_tokens: Annotated[int, Field(ge=1)] | None = None
    logprobs: bool | None = None
    tools: list[dict[str, JsonValue]] | None = None


class Hyperparameters(Wire):
    """Hyperparameters of supervised fine-tuning; only `n_epochs` means something to the engine's learners."""

    n_epochs: Annotated[int, Field(ge=1, le=50)] | Auto = "auto"
    batch_size: Annotated[int, Field(ge=1)] | Auto = "auto"
    learning_rate_multiplier: Annotated[float, Field(gt=0)] | Auto = "auto"


class Supervised(Wire):
    """Supervised fine-tuning."""

    hyperparameters: Hyperparameters = Hyperparameters()


class Method(Wire):
    """How to train; the engine knows one way."""

    type: Literal["supervised"]
    supervised: Supervised = Supervised()


class JobRequest(Wire):
    """Body of `POST /v1/fine_tuning/jobs`."""

    model: str
    training_file: str
    validation_file: str | None = None
    suffix: Annotated[str, StringConstraints(max_length=64, pattern=r"^[\w-]*$")] | None = None
    seed: Annotated[int, Field(ge=0, le=2147483647)] | None = None
    hyperparameters: Hyperparameters | None = None
    method: Method | None = None
    metadata: Metadata | None = None
    integrations: Annotated[list[dict[str, JsonValue]], Field(max_length=0)] | None = None

    def asked_hyperparameters(self) -> Hyperparameters:
        """From `method`, or from the older place beside it."""
        if self.method:
            return self.method.supervised.hyperparameters
        return self.hyperparameters or Hyperparameters()


class BatchRequest(Wire):
    """Body of `POST /v1/batches`."""

    input_file_id: str
    endpoint: Literal["/v1/chat/completions"]
    completion_window: Literal["24h"]
    metadata: Metadata | None = None


def check(kind: type[Body], value: object) -> Body:
    """A body of that kind, or the error that says what is wrong with it."""
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        raise from_validation(error) from None


async def parse(kind: type[Body], request: Request) -> Body:
    """The JSON body of a request."""
    try:
        value = json.loads(await request.body())
    except (ValueError, RecursionError):
        raise invalid("The JSON body of the request could not be parsed.", code="invalid_json") from None
    return check(kind, value)
