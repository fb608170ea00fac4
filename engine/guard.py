"""What every request passes first: who may ask, how much may be sent, and what is told of a failure."""

import ipaddress
import logging
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engine.errors import ApiError, internal, too_large
from engine.wire import new_id

MAX_JSON_BYTES = 4 << 20
MAX_UPLOAD_BYTES = 512 << 20
_UPLOADS = "/v1/files"
_LOG = logging.getLogger(__name__)


class Guard:
    """Outermost layer of the application.

    A page of another site could reach a loopback server through the reader's browser, by a name that resolves
    to 127.0.0.1 or by a form; requests with a foreign Host or Origin are refused, and no CORS header is sent.
    """

    def __init__(self, app: ASGIApp, own_names: Collection[str]) -> None:
        self._app = app
        self._own_names = own_names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, request_id = 0, new_id("req_")

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            limit = MAX_UPLOAD_BYTES if scope["path"] == _UPLOADS else MAX_JSON_BYTES
            self._admit(Headers(scope=scope), limit)
            await self._app(scope, _bounded(receive, limit), noting)
        except ApiError as error:
            await error.response()(scope, receive, noting)
        except ClientDisconnect:
            return
        except Exception:  # the last place that can answer in the provider's shape
            _LOG.exception("%s: %s %s failed", request_id, scope["method"], scope["path"])
            if status:
                raise
            await internal().response()(scope, receive, noting)
        if scope["method"] != "GET" or status >= 400:
            _LOG.info("%s: %s %s %s", request_id, scope["method"], scope["path"], status)

    def _admit(self, headers: Headers, limit: int) -> None:
        for name, address in (("Host", f"//{headers.get('host', '')}"), ("Origin", headers.get("origin"))):
            if address is not None and not self._is_own(address):
                raise ApiError(403, f"Requests with this {name} are not served.", code="foreign_request")
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > limit:
            raise too_large(limit)

    def _is_own(self, address: str) -> bool:
        try:
            name = urlsplit(address).hostname
        except ValueError:
            return False
        return name is not None and (name in self._own_names or _is_loopback(name))


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _bounded(receive: Receive, limit: int) -> Receive:
    received = 0

    async def counting() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise too_large(limit)
        return message

    return counting
