"""Batches: many chat requests in one file, answered in the background and kept line by line."""

import asyncio
import json
import logging
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field, JsonValue

from engine.background import Loop
from engine.chat.completion import complete
from engine.errors import ApiError, internal
from engine.requests import ChatRequest, Wire, check
from engine.store import Store
from engine.store.batches import Batch
from engine.tagging_pool import TaggingPool
from engine.wire import JsonObject, new_id

MAX_REQUESTS = 50_000
_MAX_ERRORS = 20
_CONCURRENCY = 2
_LOG = logging.getLogger(__name__)


class _Line(Wire):
    custom_id: str = Field(min_length=1, max_length=512)
    method: str = Field(pattern="^POST$")
    url: str
    body: dict[str, JsonValue]


@dataclass(frozen=True, slots=True)
class _Task:
    number: int
    line: _Line


class BatchRunner:
    """One batch at a time, the oldest first; a restart goes on with the lines not yet answered."""

    def __init__(self, store: Store, pool: TaggingPool) -> None:
        self._store = store
        self._pool = pool
        self.loop = Loop(self._advance_all)

    async def _advance_all(self) -> None:
        while batch := await asyncio.to_thread(self._store.batches.next_unfinished):
            await self._advance(batch)

    async def _advance(self, batch: Batch) -> None:
        if batch.status == "validating":
            await asyncio.to_thread(self._validate, batch)
        elif batch.status == "in_progress":
            await self._answer_all(batch)
        else:
            await asyncio.to_thread(self._finish, batch)

    def _validate(self, batch: Batch) -> None:
        errors: list[JsonObject] = []
        seen: set[str] = set()
        total = 0
        for number, text in self._lines(batch):
            total += 1
            problem = _problem(text, batch.endpoint, seen)
            if problem and len(errors) < _MAX_ERRORS:
                errors.append({**problem, "line": number})
        if not total:
            errors.append(_error("empty_file", "The input file has no requests.", None))
        if total > MAX_REQUESTS:
            errors.append(_error("too_many_tasks", f"A batch holds at most {MAX_REQUESTS} requests.", None))
        if errors:
            self._store.batches.fail(batch.id, errors)
        else:
            self._store.batches.move(batch.id, ("validating",), "in_progress", total)

    def _lines(self, batch: Batch) -> Iterator[tuple[int, bytes]]:
        file = self._store.files.get(batch.input_file)
        if file is None:
            return
        with self._store.files.path(file).open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line

    async def _answer_all(self, batch: Batch) -> None:
        done = await asyncio.to_thread(self._store.batches.answered, batch.id)
        tasks = (
            _Task(number, check(_Line, json.loads(text)))
            for number, text in self._lines(batch)
            if number not in done
        )
        async with asyncio.TaskGroup() as group:
            for _ in range(_CONCURRENCY):
                group.create_task(self._work(batch, tasks))
        await asyncio.to_thread(self._store.batches.move, batch.id, ("in_progress",), "finalizing")

    async def _work(self, batch: Batch, tasks: Iterator[_Task]) -> None:
        for task in tasks:
            current = await asyncio.to_thread(self._store.batches.get, batch.id)
            if current is None or current.status != "in_progress":
                return
            status, body = await self._answer(task.line)
            reply: JsonObject = {
                "id": new_id("batch_req_"),
                "custom_id": task.line.custom_id,
                "response": {"status_code": status, "request_id": new_id("req_"), "body": body},
                "error": None,
            }
            await asyncio.to_thread(self._store.batches.answer, batch.id, task.number, reply, status != 200)

    async def _answer(self, line: _Line) -> tuple[int, JsonObject]:
        try:
            request = check(ChatRequest, line.body)
            return 200, (await complete(request, self._store.models, self._pool)).to_wire()
        except ApiError as error:
            return error.status, error.body()
        except Exception:  # noqa: BLE001 - one bad request never stops the others
            _LOG.exception("a batch request failed")
            return 500, internal().body()

    def _finish(self, batch: Batch) -> None:
        status = "cancelled" if batch.status == "cancelling" else "completed"
        output = self._write(batch, failed=False)
        self._store.batches.finish(batch.id, status, output, self._write(batch, failed=True))

    def _write(self, batch: Batch, *, failed: bool) -> str | None:
        with tempfile.TemporaryFile() as draft:
            for reply in self._store.batches.replies(batch.id, failed):
                draft.write(f"{reply}\n".encode())
            if not draft.tell():
                return None
            draft.seek(0)
            name = f"{batch.id}_{'error' if failed else 'output'}.jsonl"
            return self._store.files.add(draft, name, "batch_output").id


def _problem(text: bytes, endpoint: str, seen: set[str]) -> JsonObject | None:
    try:
        line = check(_Line, json.loads(text))
    except ApiError as error:
        return _error("invalid_request", error.message, error.param)
    except (ValueError, RecursionError):
        return _error("invalid_json_line", "This line is not JSON.", None)
    if line.url != endpoint:
        return _error("mismatched_endpoint", "The url of this line is not the endpoint of the batch.", "url")
    if line.custom_id in seen:
        return _error("duplicate_custom_id", "The custom_id of this line was used before.", "custom_id")
    seen.add(line.custom_id)
    return None


def _error(code: str, message: str, param: str | None) -> JsonObject:
    return {"code": code, "message": message, "param": param, "line": None}
