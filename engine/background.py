"""Work that goes on beside the requests, for as long as the engine lives."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

_PAUSE_SECONDS = 5
_LOG = logging.getLogger(__name__)


class Loop:
    """Does one kind of work whenever it is woken, and at the start."""

    def __init__(self, work: Callable[[], Awaitable[None]]) -> None:
        self._work = work
        self._event = asyncio.Event()
        self._loop = asyncio.get_running_loop()

    def wake(self) -> None:
        """There is something to do; from any thread."""
        self._loop.call_soon_threadsafe(self._event.set)

    async def run(self) -> None:
        """For ever; work that fails (a full disk, say) is tried again after a pause."""
        while True:
            self._event.clear()
            try:
                await self._work()
                await self._event.wait()
            except Exception:  # noqa: BLE001 - whatever went wrong, the next job is not to blame
                _LOG.exception("background work failed")
                await asyncio.sleep(_PAUSE_SECONDS)
