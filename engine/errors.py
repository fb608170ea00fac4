"""Errors in the provider's shape: `{"error": {"message", "type", "param", "code"}}` with its HTTP codes."""

import re

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from engine.wire import JsonObject

_UNION_TAG = re.compile(r"\W|^(str|int|float|bool|dict|list|none)$")


class ApiError(Exception):
    """A refusal the caller is told about in words; its message never quotes the text of an act."""

    def __init__(
        self,
        status: int,
        message: str,
        *,
        kind: str = "invalid_request_error",
        param: str | None = None,
        code: str | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.kind = kind
        self.param = param
        self.code = code

    def body(self) -> JsonObject:
        """The JSON body of the answer."""
        return {"error": {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}}

    def response(self) -> Response:
        """The whole answer; a full queue also says when to come back."""
        headers = {"Retry-After": "1"} if self.status == 429 else None
        return JSONResponse(self.body(), self.status, headers)


def invalid(message: str, param: str | None = None, code: str | None = None) -> ApiError:
    """400: the request as sent cannot be served."""
    return ApiError(400, message, param=param, code=code)


def missing_model(model: str) -> ApiError:
    """404: no such model here."""
    return ApiError(
        404, f"The model '{model}' does not exist on this engine.", param="model", code="model_not_found"
    )


def missing(what: str, identifier: str, param: str) -> ApiError:
    """404: no such file, job or batch here."""
    return ApiError(
        404,
        f"No such {what}: {identifier}",
        param=param,
        code=f"{what.replace(' ', '_').replace('-', '_')}_not_found",
    )


def too_large(limit: int) -> ApiError:
    """413: the body is over the bound of its route, in bytes."""
    return ApiError(413, f"The request body is larger than {limit} bytes.", code="request_too_large")


def internal() -> ApiError:
    """500: the details are in the log, never in the answer."""
    return ApiError(
        500, "The engine had an error while processing the request.", kind="server_error", code="server_error"
    )


def from_validation(error: ValidationError) -> ApiError:
    """What is wrong deepest in a request, named by its path in the body.

    Of several forms a value may have, the one that got furthest is the one that was meant.
    """
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    first = max(problems, key=lambda problem: len(problem["loc"]))
    param = _path(first["loc"])
    if first["type"] == "missing":
        return invalid(f"Missing required parameter: '{param}'.", param, "missing_required_parameter")
    code = "invalid_type" if first["type"].endswith("_type") else "invalid_value"
    return invalid(f"Invalid value for '{param}': {first['msg']}.", param, code)


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif not _UNION_TAG.search(step):
            path += f".{step}" if path else step
    return path


async def answer_api_error(_request: Request, error: Exception) -> Response:
    """Starlette handler of `ApiError`."""
    return error.response() if isinstance(error, ApiError) else internal().response()


async def answer_http_error(request: Request, error: Exception) -> Response:
    """Starlette handler of its own errors: wrong paths, wrong methods, broken multipart bodies."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    where = f"({request.method} {request.url.path})"
    if status == 404:
        return ApiError(404, f"Invalid URL {where}", code="unknown_url").response()
    if status == 405:
        return ApiError(405, f"Method not allowed {where}", code="method_not_supported").response()
    detail = error.detail if isinstance(error, HTTPException) else "Invalid request."
    return ApiError(status, detail).response()
