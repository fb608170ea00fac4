"""The worker process: runs durable jobs, takes over those of dead workers, empties the outbox."""

import argparse
import logging
import os
import signal
import threading
import time

import psutil
import sqlalchemy as sa
from dbos import DBOS

from services.config import settings
from services.db import SessionLocal, migrate
from services.db.models import Job
from services.jobs import backend, memory, slots
from services.jobs.running import run_job
from services.logs import setup as setup_logs
from services.tracking import outbox

log = logging.getLogger("norma.worker")
_ROUND = 3.0
_AT_ONCE = 16


def main() -> None:
    """Run until SIGTERM, or until the process that started it (`--parent PID`) is gone."""
    arguments = argparse.ArgumentParser(prog="services.worker")
    arguments.add_argument("--parent", type=int, default=0, help="end when this process ends")
    options = arguments.parse_args()
    memory.few_arenas()
    setup_logs("worker")
    migrate.upgrade()
    backend.prepare()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    outbox.begin()
    slot = slots.take()
    (settings.data_dir / "run" / "worker.pid").write_text(str(os.getpid()), encoding="utf-8")
    _launch(slot.executor)
    log.info("worker %s ready", slot.executor)
    _serve(stop, options.parent, slot)
    os._exit(0)  # running handlers are durable: another worker, or the next start, goes on with them


def _launch(executor: str) -> None:
    DBOS(config=backend.config(executor))
    DBOS.workflow(name=backend.WORKFLOW, max_recovery_attempts=1000)(run_job)
    DBOS.launch()
    DBOS.register_queue(backend.QUEUE, worker_concurrency=_AT_ONCE, polling_interval_sec=0.15)


def _serve(stop: threading.Event, parent: int, slot: slots.Slot) -> None:
    """Small duties between the jobs; none of them may end the worker."""
    threading.Thread(target=_pump, args=(stop,), name="outbox", daemon=True).start()
    started = time.monotonic()
    while not stop.wait(_ROUND if time.monotonic() - started > 5 else 0.5):
        if parent and not psutil.pid_exists(parent):
            return
        for duty in (_queue_forgotten, lambda: _take_over(slot), memory.give_back):
            try:
                duty()
            except Exception:
                log.exception("a duty of the worker failed")


def _queue_forgotten() -> None:
    """A kill between recording a job and queueing it leaves a job that nobody runs."""
    with SessionLocal.reading() as session:
        waiting = list(session.scalars(sa.select(Job.id).where(Job.status == "queued").limit(50)))
    for job_id in waiting:
        if backend.state(job_id) is None:
            backend.enqueue(job_id)


def _take_over(mine: slots.Slot) -> None:
    """Give the unfinished work of dead workers back to the queue."""
    dead = [executor for executor in slots.abandoned() if executor != mine.executor]
    if dead:
        DBOS._recover_pending_workflows(dead)


def _pump(stop: threading.Event) -> None:
    """Send what tracking has gathered; in its own thread, since a tracking server may hang."""
    while not stop.wait(_ROUND):
        try:
            outbox.pump()
        except Exception:
            log.exception("the outbox could not be emptied")


def pid() -> int | None:
    """The process id of the worker that started last."""
    try:
        return int((settings.data_dir / "run" / "worker.pid").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def alive() -> bool:
    """Does any worker of this installation run?"""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return slots.any_held()
