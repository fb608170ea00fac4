"""Tagging in processes of its own, so that the server answers while models read."""

import asyncio
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from pathlib import Path

from engine.elements import Element
from engine.errors import ApiError
from engine.processes import die_with_parent
from engine.tagging import Tagger, base_tagger, load_tagger

_MODELS_IN_MEMORY = 4
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
        self._executor.submit(_tag, None, "", "")

    def close(self) -> None:
        """Give up what waits and end the processes."""
        self._executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.kill()

    async def _run(self, folder: Path | None, text: str, context: str) -> list[Element]:
        executor = self._executor
        try:
            return await asyncio.wrap_future(executor.submit(_tag, folder, text, context))
        except BrokenProcessPool:
            if self._executor is executor:
                self._executor = _executor()
            return await asyncio.wrap_future(self._executor.submit(_tag, folder, text, context))


def _executor() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        max_workers=min(_MOST_PROCESSES, os.cpu_count() or 1),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(os.getpid(),),
    )


def _begin(parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(parent)


def _tag(folder: Path | None, text: str, context: str) -> list[Element]:
    return _tagger(folder).tag(text, context)


@lru_cache(maxsize=_MODELS_IN_MEMORY)
def _tagger(folder: Path | None) -> Tagger:
    return load_tagger(folder) if folder else base_tagger()
