"""Tagging in processes of its own, so that the server answers while models read."""

import asyncio
import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from engine.elements import Element
from engine.errors import ApiError
from engine.tagging_worker import begin, tag

_MOST_PROCESSES = 4
_MOST_WAITING = 256


class TaggingPool:
    """As many processes as there are cores, four at most; each keeps the models it used last in memory."""

    def __init__(self) -> None:
        self._waiting = 0
        self._executor = _executor()

    async def tag(self, folder: Path | None, text: str, context: str) -> list[Element]:
        """Elements of a passage by the model in `folder`, or by the base model.

        Raises `ApiError` 429 when too many requests wait. A process that was killed costs a second try, not
        the request.
        """
        if self._waiting >= _MOST_WAITING:
            raise ApiError(
                429, "Too many requests wait for this engine.", kind="requests", code="rate_limit_exceeded"
            )
        self._waiting += 1
        try:
            return await self._run(folder, text, context)
        finally:
            self._waiting -= 1

    def warm(self) -> None:
        """Start a process and load the base model, without waiting for it."""
        self._executor.submit(tag, None, "", "")

    def close(self) -> None:
        """Give up what waits and end the processes."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.kill()

    async def _run(self, folder: Path | None, text: str, context: str) -> list[Element]:
        executor = self._executor
        try:
            return await asyncio.wrap_future(executor.submit(tag, folder, text, context))
        except BrokenProcessPool:
            if self._executor is executor:
                self._executor = _executor()
            return await asyncio.wrap_future(self._executor.submit(tag, folder, text, context))


def _executor() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=min(_MOST_PROCESSES, os.cpu_count() or 1),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=begin,
        initargs=(os.getpid(),),
    )
