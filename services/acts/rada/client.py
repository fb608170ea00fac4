"""Asking the Rada's open data: politely, again after a failure, and never following a redirect."""

import hashlib
import json
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlsplit

from services.acts import files
from services.acts.rada.errors import (
    BlockedError,
    MovedError,
    NotAtRadaError,
    OfflineError,
    RadaError,
    ServiceFailedError,
    UnreachableError,
    UnreadableReplyError,
)
from services.acts.rada.pacing import Pace
from services.config import settings

if TYPE_CHECKING:
    import httpx2

USER_AGENT = "OpenData"
"""Exactly this, letter by letter: any other one is sent to the web site."""

RETRY_AFTER = (4.0, 8.0, 12.0)
"""Seconds before each further try; about one request in fifteen breaks in the TLS handshake."""

_LARGEST = 64 * 1024**2
_SECONDS = 30.0  # without a sign of life
_LONGEST = 120.0  # seconds an answer may take in all: one that only drips would hold up a whole list
_MOST_PATIENCE = 60.0


@dataclass(frozen=True)
class Reply:
    """An answer: its bytes, kept under their sha256; `fresh` is False when it was known and is unchanged."""

    digest: str
    fresh: bool

    @property
    def path(self) -> Path:
        """Where the bytes stand."""
        return files.path_of(self.digest)

    @property
    def data(self) -> bytes:
        """The bytes."""
        return self.path.read_bytes()


class Client:
    """One conversation with the service at RADA_BASE_URL; a context. `clock` and `sleep` are for tests.

    `retry_after`: seconds before each further try; shorter where somebody waits for the answer.
    """

    def __init__(
        self,
        *,
        retry_after: Sequence[float] = RETRY_AFTER,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._base = str(settings.RADA_BASE_URL)
        self._retry_after = tuple(retry_after)
        self._sleep = sleep
        self._http: httpx2.Client | None = None
        self.pace = Pace(clock, sleep)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._http is not None:
            self._http.close()

    def get(self, path: str, number: str) -> Reply:
        """Ask for `laws/…`; an answer that is here already and has not changed is not sent again.

        Raises OfflineError, UnreachableError, BlockedError, MovedError, NotAtRadaError(number),
        ServiceFailedError, UnreadableReplyError or DailyLimitError.
        """
        url = f"{self._base}/{quote(path, safe='/.')}"
        known = _Known(url)
        problem: RadaError | None = None
        for pause in (0.0, *self._retry_after):
            if pause:
                self._sleep(
                    pause if not isinstance(problem, BlockedError) else self._patience(problem, pause)
                )
            try:
                return self._ask(url, number, known)
            except (UnreachableError, ServiceFailedError) as failure:
                problem = failure
            except BlockedError as failure:
                if failure.data["status"] != 429:
                    raise
                problem = failure
        assert problem is not None  # noqa: S101
        raise problem

    @staticmethod
    def _patience(problem: BlockedError, pause: float) -> float:
        return min(max(float(problem.data.get("retry_after") or 0), pause), _MOST_PATIENCE)

    def _ask(self, url: str, number: str, known: "_Known") -> Reply:
        import httpx2

        self.pace.wait()
        headers = {"If-Modified-Since": known.modified} if known.modified else {}
        try:
            with self._session().stream("GET", url, headers=headers) as response:
                if response.status_code == 304 and known.digest:
                    return Reply(known.digest, fresh=False)
                self._check(response, number)
                body = self._body(response)
        except httpx2.TransportError as failure:
            raise self._unreached(failure) from failure
        except httpx2.HTTPError as failure:
            raise UnreadableReplyError(what="reply") from failure
        digest = files.keep_bytes(body)
        known.remember(response.headers.get("Last-Modified", ""), digest)
        return Reply(digest, fresh=True)

    def _session(self) -> "httpx2.Client":
        if self._http is None:
            import httpx2

            self._http = httpx2.Client(
                headers={"User-Agent": USER_AGENT}, timeout=_SECONDS, follow_redirects=False
            )
        return self._http

    def _body(self, response: "httpx2.Response") -> bytes:
        import httpx2

        body, until = bytearray(), time.monotonic() + _LONGEST
        for block in response.iter_bytes():
            body += block
            if time.monotonic() > until:
                raise httpx2.ReadTimeout("not done in time", request=response.request)
            if len(body) > _LARGEST:
                raise UnreadableReplyError(what="size")
        self.pace.received(len(body))
        return bytes(body)

    def _check(self, response: "httpx2.Response", number: str) -> None:
        status = response.status_code
        if status == 200:
            return
        if 300 <= status < 400:
            raise MovedError(to=urlsplit(response.headers.get("Location", "")).hostname or "")
        if status == 404:
            raise NotAtRadaError(number=number)
        if status in (401, 403, 429, 451):
            raise BlockedError(status=status, retry_after=_seconds(response.headers.get("Retry-After")))
        raise ServiceFailedError(status=status)

    def _unreached(self, failure: Exception) -> RadaError:
        host = urlsplit(self._base).hostname or ""
        cause: BaseException | None = failure
        while cause is not None:
            if isinstance(cause, socket.gaierror):
                return OfflineError(host=host)
            cause = cause.__cause__ or cause.__context__
        return UnreachableError(host=host, attempts=len(self._retry_after) + 1)


class _Known:
    """What is remembered of an address: when its answer last changed, and where that answer is kept."""

    def __init__(self, url: str) -> None:
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        self._file: Path = settings.data_dir / "rada" / "seen" / f"{name}.json"
        self.modified, self.digest = self._read()

    def remember(self, modified: str, digest: str) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(json.dumps({"modified": modified, "digest": digest}), encoding="utf-8")

    def _read(self) -> tuple[str, str]:
        try:
            seen = json.loads(self._file.read_text(encoding="utf-8"))
            modified, digest = str(seen["modified"]), str(seen["digest"])
        except (OSError, ValueError, KeyError, TypeError):
            return "", ""
        return (modified, digest) if files.path_of(digest).exists() else ("", "")


def _seconds(value: str | None) -> int:
    return int(value) if value and value.isdigit() else 0
