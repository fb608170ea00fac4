"""The extraction job: acts in, elements out, resumable at any point.

The main thread plans acts and hands their missing passages to threads that call the model; a finisher
thread merges each act once its last passage is answered. What is durable is the store of answers:
after a kill the same job plans again and asks only for what is missing.
"""

import contextlib
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from services.config import settings
from services.datasets import tokens
from services.db import SessionLocal
from services.extraction import gate as gates
from services.extraction import merge as merging
from services.extraction import plan as plans
from services.extraction import store, totals
from services.extraction.patience import patiently
from services.extraction.purse import Purse
from services.extraction.shared import Answered, Place, Shared
from services.extraction.standstill import Standstill
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob
from services.llm import client, ledger, limits
from services.llm import provider as providers
from services.llm.errors import LlmError, ProviderDownError, ProviderTimeoutError

_AHEAD = 4
_ACTS_A_COMMIT = 32
_GATHERING = 0.25  # seconds for which finished acts wait for others to be stored with
_FEWEST_IN_VAIN = 8
_FEWEST_AT_FIRST = 3
_ONE_PASSAGE = frozenset(
    {"bad_request", "provider_down", "provider_failed", "provider_timeout", "rate_limited", "reply_unusable"}
)


def run(job: RunningJob) -> dict[str, Any]:
    """Handler of kind "extraction".

    Payload: `act_ids`, `model`, and optionally `concurrency`, `budget_micro`, `again`, `batch`. Result:
    counts of acts, passages, outcomes and changes, and `stopped` ("budget") where a limit ended the run.
    """
    if job.payload.get("batch"):
        from services.extraction import batches

        return batches.run(job)
    return _Run(job).execute()


class _Run:
    def __init__(self, job: RunningJob) -> None:
        self.job = job
        self.model = str(job.payload["model"])
        self.again = bool(job.payload.get("again"))
        self.info = providers.current()
        asked_for = int(job.payload.get("concurrency") or settings.EXTRACTION_CONCURRENCY)
        self.at_once = min(asked_for, limits.of(self.info).at_once)
        self.standstill = Standstill(job)
        self.gate = gates.of_model(self.at_once, self.info, self.model)
        self.lost = store.lost_in_flight(job.id)
        self.fresh = store.answered_for(job.id) if self.again else frozenset()
        self.room = threading.BoundedSemaphore(self.at_once * _AHEAD)
        self.finished: queue.SimpleQueue[plans.ActPlan | None] = queue.SimpleQueue()
        self.shared = Shared()
        self.lock = threading.Lock()
        self.answered = self.expected = totals.passages(job.id)
        self.in_vain = self.sent = 0
        self.purse = Purse(job.payload.get("budget_micro"), totals.spent(job.id), self.model)
        self.fatal: Exception | None = None

    def execute(self) -> dict[str, Any]:
        lengths = unfinished(self.job)
        self.expected += sum(plans.expected_passages(n) for n in lengths.values())
        self._warm(lengths.values())
        finisher = threading.Thread(target=self._finish_acts, name="finisher", daemon=True)
        finisher.start()
        with ThreadPoolExecutor(self.at_once, thread_name_prefix="model-call") as pool:
            for plan in self._plans(lengths):
                self._submit(plan, lengths[plan.act_id], pool)
                if self._stopping():
                    break
        self.finished.put(None)
        finisher.join()
        ledger.ledger.write(lambda _session: None).wait()
        self.job.spent(self.purse.spent)
        if self.fatal is not None and not isinstance(self.fatal, LlmError):
            raise self.fatal
        result = self._result()
        self.job.keep(result)
        self._raise()
        expected = self.expected if self.purse.empty else self.answered
        self.job.progress(self.answered, max(self.answered, expected), force=True)
        return result

    def _warm(self, lengths: Iterable[int]) -> None:
        """Load what is slow to load before calls are under way."""
        if any(length > plans.MAX_TOKENS for length in lengths):
            tokens.is_exact()
        with contextlib.suppress(ProviderDownError):
            _ = client.connect(self.info).chat.completions.with_raw_response

    def _plans(self, lengths: dict[int, int]) -> Iterator[plans.ActPlan]:
        return plans.plans(lengths, self.model, self.job.id, self.info, again=self.again, fresh=self.fresh)

    def _submit(self, plan: plans.ActPlan, length: int, pool: ThreadPoolExecutor) -> None:
        self.expected += len(plan.passages) - plans.expected_passages(length)
        missing = plan.missing()
        with self.lock:
            self.answered += len(plan.answers)
        if not missing:
            self.finished.put(plan)
        for position in missing:
            claimed = self.shared.claim(plan, position)
            if claimed is False:
                continue
            if claimed is not True:
                self._take([(plan, position)], claimed)
                continue
            self.room.acquire()
            if self._stopping():
                self.room.release()
                return
            pool.submit(self._ask, plan, position)

    def _ask(self, plan: plans.ActPlan, position: int) -> None:
        """One passage, in a calling thread. What fails for one passage is kept with it; what would meet
        every passage (a rejected key, an unknown model, a provider that fails all of them) ends the run."""
        key = plan.keys[position]
        held = None if self._stopping() else self.purse.take(plan.passages[position])
        try:
            if held is None or self._stopping():
                return
            answered = self._answer(plan, position)
            self._paid(answered[0])
            self._take(self.shared.settle(key, answered), answered)
        except LlmError as problem:
            self._failed(self.shared.settle(key, None), problem)
        except JobCancelled:
            return
        except Exception as problem:  # noqa: BLE001 (raised again by execute)
            self.fatal = self.fatal or problem
        finally:
            self.purse.put_back(held or 0)
            self.room.release()

    def _paid(self, answer: store.PassageAnswer) -> None:
        with self.lock:
            self.in_vain = 0
        self.purse.pay(answer.cost_micro or 0)

    def _take(self, places: list[Place], answered: Answered) -> None:
        """Give an answer to every passage that waited for it."""
        for plan, position in places:
            with self.lock:
                plan.answers[position] = answered[0]
                plan.written.append(answered[1])
                self._count(plan)
        self._tell()

    def _failed(self, places: list[Place], problem: LlmError) -> None:
        """Keep a failure with its passages, or end the run."""
        with self.lock:
            self.in_vain += self._weight(problem)
            if problem.code not in _ONE_PASSAGE or self.in_vain >= self._most_in_vain():
                self.fatal = self.fatal or problem
                self.job.give_up()
            if problem.code in _ONE_PASSAGE:
                for plan, position in places:
                    plan.failures[position] = problem.code
                    self._count(plan)
        self._tell()

    def _weight(self, problem: LlmError) -> int:
        """For how many passages in vain a failure counts: where nothing ever answered, all that were sent
        stand for as long without an answer as the one that is given up first."""
        if not isinstance(problem, ProviderTimeoutError):
            return int(problem.code != "bad_request")
        return 2 if self.standstill.heard else 1 + self.sent

    def _most_in_vain(self) -> int:
        """So many passages without an answer in a row are not the passages' fault.

        A provider that was never heard of in this run gets one round of calls, one that answered gets two.
        """
        if not self.standstill.heard:
            return max(_FEWEST_AT_FIRST, self.at_once)
        return max(_FEWEST_IN_VAIN, 2 * self.at_once)

    def _answer(self, plan: plans.ActPlan, position: int) -> Answered:
        silence: ProviderTimeoutError | None = None

        def call() -> Answered:
            nonlocal silence
            if silence is not None and not self.purse.reaches():
                raise silence
            try:
                return self._ask_model(plan, position, repeated=silence is not None)
            except ProviderTimeoutError as problem:
                # It may have been charged all the same: the limit has to count it.
                silence = problem
                self.purse.pay(store.at_most(plan.passages[position], self.model) or 0)
                raise

        return patiently(call, self.gate, self.standstill, self.job, embedded=self.info.embedded)

    def _ask_model(self, plan: plans.ActPlan, position: int, *, repeated: bool) -> Answered:
        with self.lock:
            self.sent += 1
        key = plan.keys[position]
        return store.ask_anew(
            plan.passages[position],
            self.model,
            key,
            purpose="extraction",
            act_id=plan.act_id,
            job_id=self.job.id,
            repeated=repeated or key in self.lost,
            info=self.info,
        )

    def _count(self, plan: plans.ActPlan) -> None:
        """Under the lock: each passage is counted once, so that its act is handed in once."""
        self.answered += 1
        if plan.complete:
            self.finished.put(plan)

    def _tell(self) -> None:
        done = self.answered
        self.job.progress(done, max(self.expected, done), cost_micro=self.purse.spent)

    def _finish_acts(self) -> None:
        """Merge what is complete, as many acts in one transaction as have gathered meanwhile."""
        ended = False
        while not ended:
            batch = self._gathered()
            ended = None in batch
            try:
                acts = [plan for plan in batch if plan is not None]
                for plan in acts:
                    plan.settle()
                finish(acts, self.model)
            except Exception as problem:  # noqa: BLE001 (raised again by execute)
                self.fatal = self.fatal or problem

    def _gathered(self) -> list[plans.ActPlan | None]:
        batch = [self.finished.get()]
        until = time.monotonic() + _GATHERING
        while batch[-1] is not None and len(batch) < _ACTS_A_COMMIT:
            try:
                batch.append(self.finished.get(timeout=max(0.0, until - time.monotonic())))
            except queue.Empty:
                break
        return batch

    def _stopping(self) -> bool:
        return self.fatal is not None or self.purse.empty or self.job.cancelled()

    def _raise(self) -> None:
        if self.fatal is not None:
            raise self.fatal
        if not self.purse.empty:
            self.job.check_cancelled()

    def _result(self) -> dict[str, Any]:
        """Figures of the whole job, earlier attempts included: they are read from what is stored."""
        stopped = "budget" if self.purse.empty else None
        return {**totals.of_job(self.job.id), "cost_micro": self.purse.spent, "stopped": stopped}


def finish(acts: list[plans.ActPlan], model: str) -> None:
    """Place, address and store the elements of acts whose passages are all answered or named as failed."""
    prepared = [merging.prepare(plan) for plan in acts]
    if prepared:
        with SessionLocal.begin() as session:
            merging.merge(session, prepared, model)


def unfinished(job: RunningJob) -> dict[int, int]:
    """Lengths in characters, by id, of the job's acts that no earlier attempt brought to an end."""
    ended = plans.finished(job.id)
    found = plans.lengths(job.payload["act_ids"])
    return {act_id: length for act_id, length in found.items() if act_id not in ended}
