"""DBOS: the durable queue under the jobs. Its tables live beside the product's own."""

import logging
import threading
from functools import lru_cache
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig
from sqlalchemy.engine import make_url

from services.config import settings

QUEUE = "jobs"
WORKFLOW = "norma.run_job"
APP_VERSION = "jobs-1"
_prepared: set[str] = set()
_lock = threading.Lock()


def system_url() -> str:
    """Where DBOS keeps its tables: a file of its own on SQLite, the same server on PostgreSQL."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return f"sqlite:///{settings.data_dir / 'jobs.db'}"
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def config(executor: str) -> DBOSConfig:
    """DBOS as this product uses it. Recovery asks for the same executor and version, so both are fixed."""
    return {
        "name": "norma",
        "system_database_url": system_url(),
        "executor_id": executor,
        "application_version": APP_VERSION,
        "run_admin_server": False,
        "console_log_level": "WARNING",
        "log_level": "WARNING",
        "notification_listener_polling_interval_sec": 0.5,
    }


def prepare() -> None:
    """Create DBOS's tables where they are missing: a page may enqueue before any worker ran."""
    url = system_url()
    with _lock:
        if url in _prepared:
            return
        logging.getLogger("dbos").setLevel(logging.WARNING)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        DBOS.migrate(system_database_url=url)
        _prepared.add(url)


def forget() -> None:
    """Close the queue's connections, for instance before its file is replaced."""
    with _lock:
        if _client.cache_info().currsize:
            _client(system_url()).destroy()
        _prepared.clear()
        _client.cache_clear()


def enqueue(job_id: str) -> None:
    """Hand a job to the queue; handing it in twice starts it once."""
    prepare()
    options: Any = {
        "queue_name": QUEUE,
        "workflow_name": WORKFLOW,
        "workflow_id": job_id,
        "app_version": APP_VERSION,
    }
    _client(system_url()).enqueue(options, job_id)


def state(job_id: str) -> str | None:
    """DBOS's word on a job (ENQUEUED, PENDING, SUCCESS, ERROR, …) or None if it never heard of it."""
    prepare()
    found = _client(system_url()).list_workflows(workflow_ids=[job_id], load_input=False, load_output=False)
    return found[0].status if found else None


@lru_cache(maxsize=4)
def _client(url: str) -> DBOSClient:
    return DBOSClient(system_database_url=url)
