"""Writing batches, and bringing each to the provider once."""

import tempfile
import time
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from openai.types import Batch as ProviderBatch

from services.config import settings
from services.extraction import plan as plans
from services.extraction import prompt, store, totals
from services.extraction.batches import journal, wire
from services.extraction.batches.journal import Batch
from services.extraction.purse import at_most
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob
from services.llm import limits
from services.llm.errors import LlmError, RateLimitedError
from services.llm.prices import price
from services.llm.provider import ProviderInfo

Steadily = Callable[[Callable[[], Any]], Any]
_MOST_CREATES = 5
# A batch may be listed a little after it was created: one look is no proof that it is not there.
_LOOKS, _BETWEEN_LOOKS = 3, 1.0


class Asked(NamedTuple):
    """A passage to ask about: `line` is its request, `most` what it costs at most, in micro-USD."""

    key: str
    act_id: int
    line: bytes
    most: float


class Sender:
    """Turns missing passages into batches within the provider's limits and the run's budget."""

    def __init__(self, job: RunningJob, model: str, info: ProviderInfo, steadily: Steadily) -> None:
        self.job, self.model, self.info, self._steadily = job, model, info, steadily
        self.over_budget = False
        self._price = price(model, batch=True)
        before = journal.of_job(job.id)
        self._number = max((b.number for b in before), default=0)
        # What earlier attempts spent, and what may still be charged for their batches under way.
        gone = totals.spent(job.id) + sum(b.most for b in before if not b.stored)
        budget = job.payload.get("budget_micro")
        self._left: float | None = None if budget is None else budget - gone

    def send(self, wanted: Iterator[plans.ActPlan], others: set[str]) -> list[Batch]:
        """Create batches for all that is missing and was not asked for by this job or by `others`."""
        taken = journal.taken({self.job.id} | others)
        passages = self._affordable(wanted, taken)
        sent: list[Batch] = []
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        while True:
            with tempfile.TemporaryFile(dir=settings.data_dir) as file:
                asked = self._write(passages, file)
                if not asked or self.job.cancelled():
                    return sent
                sent.append(self._create(asked, file))

    def _affordable(self, wanted: Iterator[plans.ActPlan], taken: set[str]) -> Iterator[Asked]:
        """Each passage to ask about, as far as the budget surely reaches."""
        for plan in wanted:
            for i in plan.missing():
                key = plan.keys[i]
                if key in taken:
                    continue
                taken.add(key)
                messages = prompt.messages(plan.passages[i])
                most = at_most(self._price, messages) if self._price else 0.0
                if not self._pay(most):
                    self.over_budget = True
                    return
                body = {"model": self.model, "messages": messages, "response_format": store.response_format()}
                yield Asked(key, plan.act_id, wire.request(key, body), most)

    def _pay(self, most: float) -> bool:
        """Take what a passage costs at most off the budget; False where that is more than is left."""
        if self._left is None:
            return True
        self._left -= most
        return self._left >= 0

    def _write(self, passages: Iterator[Asked], file: IO[bytes]) -> list[Asked]:
        """Fill one file up to the provider's limits."""
        limit, written, size = limits.of(self.info), [], 0
        for asked in passages:
            file.write(asked.line)
            written.append(asked._replace(line=b""))
            size += len(asked.line)
            if len(written) >= limit.batch_requests or size + 2 * len(asked.line) > limit.batch_bytes:
                break
        return written

    def _create(self, asked: list[Asked], file: IO[bytes]) -> Batch:
        """Record the batch, upload its input, create it; after any doubt look before creating again."""
        self._number += 1
        calls, most = [(one.key, one.act_id) for one in asked], sum(one.most for one in asked)
        batch = journal.prepare(self.job.id, self._number, calls, self.model, self.info.url, most)
        try:
            name = f"norma-{batch.run_key.replace(':', '-')}.jsonl"
            file_id = self._steadily(lambda: wire.upload(self.info, name, file))
            return self._created(batch, file_id)
        except (LlmError, JobCancelled):
            journal.never_created(batch)
            raise

    def _created(self, batch: Batch, file_id: str) -> Batch:
        for attempt in range(_MOST_CREATES):
            try:
                return journal.created(batch, wire.create(self.info, file_id, batch.run_key), file_id)
            except LlmError as problem:
                self.job.event("batch_create_in_doubt", level="warn", error=problem.code)
                found = look_up(self.info, batch, self._steadily) if problem.retryable else None
                if found:
                    return journal.created(batch, found.id, file_id)
                if not problem.retryable or attempt == _MOST_CREATES - 1:
                    raise
                waited = problem.data.get("retry_after") if isinstance(problem, RateLimitedError) else None
                self.job.sleep(min(60.0, waited or 2.0**attempt / 2))
        raise AssertionError("unreachable")


def look_up(info: ProviderInfo, batch: Batch, steadily: Steadily) -> ProviderBatch | None:
    """The batch under our key, looked for several times. Raises LlmError."""
    for look in range(_LOOKS):
        if look:
            time.sleep(_BETWEEN_LOOKS)
        found: ProviderBatch | None = steadily(lambda: wire.find(info, batch))
        if found is not None:
            return found
    return None
