"""Moves jobs along: validates files, then trains one job at a time in a process of its own."""

import asyncio
import logging
import os
import sys
from asyncio.subprocess import DEVNULL

from engine.background import Loop
from engine.logs import ENGINE_LOG, TRAINER_LOG
from engine.processes import kill_marked, kill_tree
from engine.store import Store
from engine.store.jobs import Job
from engine.training.dataset import examine
from engine.wire import JsonObject

MAX_CRASHES = 3
_LOG = logging.getLogger(__name__)
_INTERNAL: JsonObject = {
    "code": "server_error",
    "message": f"The job failed due to an internal error of the engine; {ENGINE_LOG} says where.",
    "param": None,
}


class JobRunner:
    """The queue of one engine; what it does stands in the store, so a new one goes on where it was killed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._validation = Loop(self._validate_all)
        self._queue = Loop(self._train_all)
        self._training: tuple[str, asyncio.subprocess.Process] | None = None

    def recover(self) -> None:
        """Queue again what is marked as running but is not: the engine was killed, or could not write."""
        while job := self._store.jobs.oldest("running"):
            if job.trainer_pid:
                kill_marked(job.trainer_pid, job.id)
            self._store.jobs.requeue(
                job.id,
                "Fine-tuning job restarted: it was interrupted. Training starts again.",
                crashed=False,
            )

    def loops(self) -> list[Loop]:
        """What has to run for jobs to go on."""
        return [self._validation, self._queue]

    def wake(self) -> None:
        """Look at the queues again; from any thread."""
        self._validation.wake()
        self._queue.wake()

    def stop(self, job_id: str) -> None:
        """End the trainer of a job that may not run any more; from any thread."""
        training = self._training
        if training and training[0] == job_id and training[1].returncode is None:
            kill_tree(training[1].pid)

    def close(self) -> None:
        """End the trainer, after `train` was cancelled; its job is taken up again by the next start."""
        if self._training:
            self.stop(self._training[0])

    async def _validate_all(self) -> None:
        while job := await asyncio.to_thread(self._store.jobs.oldest, "validating_files"):
            try:
                await asyncio.to_thread(self._validate, job)
            except Exception:  # noqa: BLE001 - ends this job, not the queue
                _LOG.exception("validation of %s failed", job.id)
                await asyncio.to_thread(self._store.jobs.fail, job.id, ("validating_files",), _INTERNAL)
            self._queue.wake()

    async def _train_all(self) -> None:
        await asyncio.to_thread(self.recover)
        while job := await asyncio.to_thread(self._store.jobs.oldest, "queued"):
            await self._train(job)

    def _validate(self, job: Job) -> None:
        waiting = ("validating_files",)
        for param, file_id in (
            ("training_file", job.training_file),
            ("validation_file", job.validation_file),
        ):
            error = self._problem(job.id, param, file_id) if file_id else None
            if error:
                self._store.jobs.fail(job.id, waiting, error)
                return
        for name in ("batch_size", "learning_rate_multiplier"):
            if job.hyperparameters.get(name) != "auto":
                self._store.jobs.note(job.id, f"{name} means nothing to this model and is not used.")
        self._store.jobs.move(job.id, waiting, "queued", "Files validated, moving job to queued state")

    def _problem(self, job_id: str, param: str, file_id: str) -> JsonObject | None:
        file = self._store.files.get(file_id)
        if file is None:
            message = f"The file {file_id} does not exist any more."
            return {"code": f"invalid_{param}", "message": message, "param": param}
        report = examine(self._store.files.path(file))
        if report.unplaced:
            self._store.jobs.note(
                job_id,
                f"{report.unplaced} of {report.quotes} quotes in {file_id} do not stand in their text and are"
                " not learned.",
            )
        return report.error(param)

    async def _train(self, queued: Job) -> None:
        job = await asyncio.to_thread(self._store.jobs.begin, queued.id)
        if job is None:
            return
        await asyncio.to_thread(self._store.models.drop_attempts, job.id)
        try:
            process = await self._spawn(job)
        except OSError:
            _LOG.exception("no trainer could be started for %s", job.id)
            await asyncio.to_thread(self._store.jobs.fail, job.id, ("running",), _INTERNAL)
            return
        self._training = (job.id, process)
        if not await asyncio.to_thread(self._store.jobs.set_trainer, job, process.pid):
            kill_tree(process.pid)
        await process.wait()
        self._training = None
        await asyncio.to_thread(self._after_exit, job, process.returncode)

    async def _spawn(self, job: Job) -> asyncio.subprocess.Process:
        command = [
            sys.executable,
            "-m",
            "engine.training.trainer",
            str(self._store.root),
            job.id,
            str(job.attempt),
        ]
        with (self._store.root / TRAINER_LOG).open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *command, str(os.getpid()), stdin=DEVNULL, stdout=DEVNULL, stderr=log
            )

    def _after_exit(self, job: Job, code: int | None) -> None:
        now = self._store.jobs.get(job.id)
        if now is None or now.status != "running" or now.attempt != job.attempt:
            return
        _LOG.warning("trainer of %s ended with code %s", job.id, code)
        if now.crashes + 1 >= MAX_CRASHES:
            message = f"The job failed: its training process ended {MAX_CRASHES} times without finishing."
            error: JsonObject = {"code": "server_error", "message": message, "param": None}
            self._store.jobs.fail(job.id, ("running",), error)
            return
        self._store.jobs.requeue(
            job.id,
            "Fine-tuning job restarted: its training process ended. Training starts again.",
            crashed=True,
        )
