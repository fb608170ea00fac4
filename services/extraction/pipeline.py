"""The extraction job: acts in, elements out, resumable at any point.

The main thread plans acts and hands their missing passages to threads that call the model; a finisher
thread merges each act once its last passage is answered. What is durable is the store of answers:
after a kill the same job plans again and asks only for what is missing.
"""

import queue
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa

from services.config import settings
from services.db import SessionLocal
from services.db.models import Extraction, LegalAct, ModelCall
from services.extraction import merge as merging
from services.extraction import plan as plans
from services.extraction import store
from services.extraction.gate import Gate
from services.extraction.patience import patiently
from services.jobs.errors import JobCancelled
from services.jobs.running import RunningJob
from services.llm import provider as providers
from services.llm.errors import LlmError

_AHEAD = 4
_CHARACTERS_A_PASSAGE = 2500
_ACTS_A_COMMIT = 32


def run(job: RunningJob) -> dict[str, Any]:
    """Handler of kind "extraction".

    Payload: `act_ids`, `model`, and optionally `concurrency`, `budget_micro`, `again`. Result: counts of
    acts, passages, outcomes and changes, and `stopped` ("budget") where a limit ended the run.
    """
    return _Run(job).execute()


class _Run:
    def __init__(self, job: RunningJob) -> None:
        self.job = job
        self.model = str(job.payload["model"])
        self.again = bool(job.payload.get("again"))
        self.budget: int | None = job.payload.get("budget_micro")
        self.info = providers.current()
        self.at_once = int(job.payload.get("concurrency") or settings.EXTRACTION_CONCURRENCY)
        self.gate = Gate(self.at_once)
        self.lost = store.lost_in_flight(job.id)
        self.room = threading.BoundedSemaphore(self.at_once * _AHEAD)
        self.finished: queue.SimpleQueue[plans.ActPlan | None] = queue.SimpleQueue()
        self.lock = threading.Lock()
        self.answered = 0
        self.spent = _spent(job.id)
        self.expected = 0
        self.fatal: Exception | None = None
        self.over_budget = False

    def execute(self) -> dict[str, Any]:
        ended = plans.finished(self.job.id)
        lengths = {i: n for i, n in _lengths(list(self.job.payload["act_ids"])).items() if i not in ended}
        self.expected = sum(_expected(n) for n in lengths.values())
        finisher = threading.Thread(target=self._finish_acts, name="finisher", daemon=True)
        finisher.start()
        with ThreadPoolExecutor(self.at_once, thread_name_prefix="model-call") as pool:
            for plan in plans.plans(lengths, self.model, self.job.id, self.info, again=self.again):
                self._submit(plan, lengths[plan.act_id], pool)
                if self._stopping():
                    break
        self.finished.put(None)
        finisher.join()
        self.job.spent(self.spent)
        self._raise()
        self.job.progress(self.answered, self.answered, force=True)
        return self._result()

    def _submit(self, plan: plans.ActPlan, length: int, pool: ThreadPoolExecutor) -> None:
        self.expected += len(plan.passages) - _expected(length)
        missing = plan.missing()
        with self.lock:
            self.answered += len(plan.answers)
        if not missing:
            self.finished.put(plan)
        for position in missing:
            self.room.acquire()
            if self._stopping():
                self.room.release()
                return
            pool.submit(self._ask, plan, position)

    def _ask(self, plan: plans.ActPlan, position: int) -> None:
        """One passage, in a calling thread. Final errors of one passage are kept with it; those that
        would meet every passage (a rejected key, an unknown model) end the run."""
        try:
            if self._stopping():
                return
            answer = self._answer(plan, position)
            with self.lock:
                plan.answers[position] = answer
                self.spent += answer.cost_micro or 0
                self.over_budget = self.budget is not None and self.spent >= self.budget
        except LlmError as problem:
            if problem.code != "bad_request":
                self.fatal = self.fatal or problem
                return
            with self.lock:
                plan.failures[position] = problem.code
        except JobCancelled:
            return
        except Exception as problem:  # noqa: BLE001 (raised again by execute)
            self.fatal = self.fatal or problem
            return
        finally:
            self.room.release()
        self._count(plan)

    def _answer(self, plan: plans.ActPlan, position: int) -> store.PassageAnswer:
        def call() -> store.PassageAnswer:
            return store.ask_anew(
                plan.passages[position],
                self.model,
                plan.keys[position],
                purpose="extraction",
                act_id=plan.act_id,
                job_id=self.job.id,
                repeated=plan.keys[position] in self.lost,
                info=self.info,
            )

        return patiently(call, self.gate, self.job, embedded=self.info.embedded)

    def _count(self, plan: plans.ActPlan) -> None:
        with self.lock:
            self.answered += 1
            done, complete = self.answered, plan.complete
            if complete:
                self.finished.put(plan)
        self.job.progress(done, max(self.expected, done), cost_micro=self.spent)

    def _finish_acts(self) -> None:
        """Merge what is complete, as many acts in one transaction as have gathered meanwhile."""
        ended = False
        while not ended:
            batch = [self.finished.get()]
            while len(batch) < _ACTS_A_COMMIT and not self.finished.empty():
                batch.append(self.finished.get())
            ended = None in batch
            try:
                self._finish([merging.prepare(plan) for plan in batch if plan is not None])
            except Exception as problem:  # noqa: BLE001 (raised again by execute)
                self.fatal = self.fatal or problem

    def _finish(self, acts: list[merging.Finished]) -> None:
        if acts:
            with SessionLocal.begin() as session:
                for act in acts:
                    merging.merge(session, act, self.model)

    def _stopping(self) -> bool:
        return self.fatal is not None or self.over_budget or self.job.cancelled()

    def _raise(self) -> None:
        if self.fatal is not None:
            raise self.fatal
        if not self.over_budget:
            self.job.check_cancelled()

    def _result(self) -> dict[str, Any]:
        """Figures of the whole job, earlier attempts included: they are read from what is stored."""
        return {
            **_totals(self.job.id),
            "cost_micro": self.spent,
            "repeated": _repeated(self.job.id),
            "stopped": "budget" if self.over_budget else None,
        }


def _expected(length: int) -> int:
    return length // _CHARACTERS_A_PASSAGE + 1


def _lengths(act_ids: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    with SessionLocal.reading() as session:
        for i in range(0, len(act_ids), 500):
            query = sa.select(LegalAct.id, LegalAct.text_length).where(
                LegalAct.id.in_(act_ids[i : i + 500]), LegalAct.deleted_at.is_(None)
            )
            found.update(session.execute(query).all())
    return found


def _spent(job_id: str) -> int:
    with SessionLocal.reading() as session:
        query = sa.select(sa.func.coalesce(sa.func.sum(ModelCall.cost_micro), 0))
        return int(session.scalar(query.where(ModelCall.job_id == job_id)) or 0)


def _totals(job_id: str) -> dict[str, Any]:
    """Sums over a job's extractions; `reused` passages were answered without a call of this job."""
    acts = passages = failed = 0
    changes: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    over = Extraction.status.in_(("completed", "failed"))
    with SessionLocal.reading() as session:
        for row in session.scalars(sa.select(Extraction).where(Extraction.job_id == job_id, over)):
            acts, passages = acts + 1, passages + row.passages_total
            failed += row.passages_failed
            changes.update(row.changes)
            outcomes.update(row.outcomes)
        asked = session.scalar(
            sa.select(sa.func.count(sa.distinct(ModelCall.key))).where(
                ModelCall.job_id == job_id, ModelCall.state == "done"
            )
        )
    return {
        "acts": acts,
        "passages": passages,
        "failed": failed,
        "reused": max(0, passages - failed - (asked or 0)),
        "changes": dict(changes),
        "outcomes": dict(outcomes),
    }


def _repeated(job_id: str) -> int:
    with SessionLocal.reading() as session:
        query = sa.select(sa.func.count()).where(ModelCall.job_id == job_id, ModelCall.repeated)
        return session.scalar(query) or 0
