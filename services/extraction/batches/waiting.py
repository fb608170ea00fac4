"""The extraction job as batches: ask for everything that is missing, wait, store, merge.

Resumable at any point: which batches there are stands in the job's journal, which answers in the store.
"""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

from services.extraction import pipeline, totals
from services.extraction import plan as plans
from services.extraction.batches import journal, replies, wire
from services.extraction.batches.errors import BatchRefusedError
from services.extraction.batches.journal import Batch
from services.extraction.batches.sending import Sender, look_up
from services.extraction.gate import jittered
from services.extraction.standstill import Standstill
from services.jobs.running import RunningJob
from services.llm import provider as providers
from services.llm.errors import LlmError

OVER = ("completed", "failed", "expired", "cancelled")
_LOOK_FIRST, _LOOK_LAST = 0.5, 60.0
_ACTS_AT_ONCE = 16
_PATIENCE = 6 * 3600.0  # seconds for which a provider that does not answer is asked again
Result = TypeVar("Result")


def run(job: RunningJob) -> dict[str, Any]:
    """Handler of extractions with `batch` in their payload; the result is that of `pipeline.run`."""
    return _Run(job).execute()


class _Run:
    def __init__(self, job: RunningJob) -> None:
        self.job = job
        self.model = str(job.payload["model"])
        self.info = providers.current()
        self.standstill = Standstill(job)
        self.cancelling = False
        self.done: dict[str, int] = {}
        self.requests: dict[str, int] = {}
        self.refusals: list[str] = []

    def execute(self) -> dict[str, Any]:
        lengths = pipeline.unfinished(self.job)
        batches = [b for b in journal.of_job(self.job.id) if not b.stored]
        batches = [found for b in batches if (found := self._found(b))]
        batches += journal.orphans(self.job.id, self.model, self.info.url)
        sender = Sender(self.job, self.model, self.info, self._steadily)
        if not self.job.cancelled():
            batches += sender.send(self._plans(lengths), {b.job_id for b in batches})
        self.requests = {batch.batch_id: batch.requests for batch in batches}
        self._wait(batches)
        self._merge(lengths)
        self.job.spent(totals.spent(self.job.id))
        self._raise()
        result = totals.of_job(self.job.id)
        self.job.progress(result["passages"], result["passages"], force=True)
        stopped = "budget" if sender.over_budget else None
        return {**result, "cost_micro": totals.spent(self.job.id), "stopped": stopped}

    def _plans(self, lengths: dict[int, int]) -> Iterator[plans.ActPlan]:
        again = bool(self.job.payload.get("again"))
        return plans.plans(lengths, self.model, self.job.id, self.info, again=again)

    def _found(self, batch: Batch) -> Batch | None:
        """A batch with its id at the provider, also where a kill came before the id was noted."""
        if batch.batch_id:
            return batch
        known = look_up(self.info, batch, self._steadily)
        if known is None:
            journal.never_created(batch)
            return None
        return journal.created(batch, known.id, known.input_file_id)

    def _wait(self, batches: list[Batch]) -> None:
        """Look after the batches, ever more seldom, until each is over and stored."""
        waiting, pause = {b.batch_id: b for b in batches}, _LOOK_FIRST
        while waiting:
            for batch in list(waiting.values()):
                if self._look(batch):
                    del waiting[batch.batch_id]
                    pause = _LOOK_FIRST
            if waiting and self._rest(pause):
                self._cancel(waiting)
            pause = min(_LOOK_LAST, pause * 1.5)

    def _look(self, batch: Batch) -> bool:
        """Note how far a batch is; once it is over, store what it answered."""
        found = self._steadily(lambda: wire.retrieve(self.info, batch.batch_id))
        counts = found.request_counts
        self.done[batch.batch_id] = counts.completed + counts.failed if counts else 0
        self.job.progress(sum(self.done.values()), sum(self.requests.values()), force=True)
        if found.status not in OVER:
            return False
        for file_id in (found.output_file_id, found.error_file_id):
            if file_id:
                self._steadily(partial(self._store, batch, file_id))
        if found.status == "failed":
            problems = (found.errors and found.errors.data) or []
            self.refusals.append(str(problems[0].code if problems else ""))
            self.job.event("batch_refused", level="error", provider_code=self.refusals[-1])
        journal.stored(batch, found.status, f"batch_{found.status}")
        self._tidy((batch.file_id, found.output_file_id, found.error_file_id))
        return True

    def _tidy(self, file_ids: Iterable[str | None]) -> None:
        """Leave no texts behind at the provider; what cannot be removed there stays."""
        for file_id in file_ids:
            if file_id:
                with contextlib.suppress(LlmError):
                    wire.delete(self.info, file_id)

    def _store(self, batch: Batch, file_id: str) -> None:
        replies.keep(wire.lines(self.info, file_id), batch.job_id, self.model)

    def _rest(self, seconds: float) -> bool:
        """Wait; True, and at once, when the user has just asked to stop."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if not self.cancelling and self.job.cancelled():
                return True
            time.sleep(min(left, 0.5))
        return False

    def _cancel(self, waiting: dict[str, Batch]) -> None:
        """Stop the batches; what they have answered by then is paid for and is fetched as always."""
        self.cancelling = True
        for batch_id in waiting:
            self._steadily(partial(wire.cancel, self.info, batch_id))

    def _merge(self, lengths: dict[int, int]) -> None:
        gathered: list[plans.ActPlan] = []
        for plan in plans.plans(lengths, self.model, self.job.id, self.info, again=False):
            missing = plan.missing()
            failed = journal.failures(self.job.id, [plan.keys[i] for i in missing])
            plan.failures = {i: failed[plan.keys[i]] for i in missing if plan.keys[i] in failed}
            if plan.complete:
                gathered.append(plan)
            if len(gathered) >= _ACTS_AT_ONCE:
                pipeline.finish(gathered, self.model)
                gathered = []
        pipeline.finish(gathered, self.model)

    def _raise(self) -> None:
        if self.refusals and not totals.of_job(self.job.id)["outcomes"].get("ok"):
            raise BatchRefusedError(host=self.info.host, provider_code=self.refusals[0])
        self.job.check_cancelled()

    def _steadily(self, ask: Callable[[], Result]) -> Result:
        """Ask until the provider answers: a batch that is under way outlasts hours of failures."""
        began, tries = time.monotonic(), 0
        while True:
            try:
                found = ask()
            except LlmError as problem:
                tries += 1
                if not problem.retryable or time.monotonic() - began > _PATIENCE:
                    raise
                self.standstill.met(problem)
                self._rest(max(0.5, jittered(tries, most=_LOOK_LAST)))
            else:
                self.standstill.over()
                return found
