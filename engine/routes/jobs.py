"""`/v1/fine_tuning/jobs`."""

import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engine import BASE_MODEL
from engine.errors import ApiError, invalid, missing
from engine.requests import JobRequest, parse
from engine.routes.state import state_of, whole_number
from engine.store import Store
from engine.store.events import Event
from engine.store.jobs import WAITING, Job, NewJob
from engine.store.models import Model

_PREFIX = "/v1/fine_tuning/jobs"


async def create(request: Request) -> Response:
    """Record a job and start looking at its files."""
    engine = state_of(request)
    body = await parse(JobRequest, request)
    if body.model != BASE_MODEL:
        raise invalid(
            f"Model {body.model} is not available for fine-tuning or does not exist.",
            "model",
            "model_not_available",
        )
    await run_in_threadpool(_check_files, engine.store, body)
    job = await run_in_threadpool(engine.store.jobs.create, _new_job(body))
    engine.jobs.wake()
    return JSONResponse(job.to_wire())


def list_jobs(request: Request) -> Response:
    """Jobs newest first, those with given metadata when `metadata[key]=value` is asked for."""
    query = request.query_params
    wanted = {
        name[len("metadata[") : -1]: value
        for name, value in query.items()
        if name.startswith("metadata[") and name.endswith("]")
    }
    page = state_of(request).store.jobs.page(
        query.get("after"), whole_number(request, "limit", 20, 100), wanted
    )
    return JSONResponse(page.to_wire(Job.to_wire))


def retrieve(request: Request) -> Response:
    """One job."""
    return JSONResponse(_job(request).to_wire())


def cancel(request: Request) -> Response:
    """End a job that is not finished; its trainer is gone when this returns."""
    return _move(request, WAITING, "cancelled", "The job has been cancelled")


def pause(request: Request) -> Response:
    """Take a job out of the queue, or off its trainer, until it is resumed."""
    return _move(request, ("queued", "running"), "paused", "The job has been paused")


def resume(request: Request) -> Response:
    """Queue a paused job again."""
    return _move(
        request, ("paused",), "queued", "The job has been resumed. Training starts from the beginning."
    )


def events(request: Request) -> Response:
    """A job's history, newest first."""
    job, limit = _job(request), whole_number(request, "limit", 20, 10000)
    page = state_of(request).store.events.page(job.id, request.query_params.get("after"), limit)
    return JSONResponse(page.to_wire(Event.to_wire))


def checkpoints(request: Request) -> Response:
    """A job's checkpoints, newest first."""
    job, limit = _job(request), whole_number(request, "limit", 10, 100)
    page = state_of(request).store.models.checkpoints(job.id, request.query_params.get("after"), limit)
    return JSONResponse(page.to_wire(Model.checkpoint_to_wire))


def _job(request: Request) -> Job:
    job_id = request.path_params["job_id"]
    job = state_of(request).store.jobs.get(job_id)
    if job is None:
        raise missing("fine-tuning job", job_id, "fine_tuning_job_id")
    return job


def _move(request: Request, allowed: tuple[str, ...], status: str, message: str) -> Response:
    engine, job = state_of(request), _job(request)
    if not engine.store.jobs.move(job.id, allowed, status, message):
        raise ApiError(
            400, f"Job {job.id} is {_job(request).status}.", param="status", code="invalid_job_status"
        )
    engine.jobs.stop(job.id)
    engine.jobs.wake()
    return JSONResponse(_job(request).to_wire())


def _check_files(store: Store, body: JobRequest) -> None:
    for param, file_id in (("training_file", body.training_file), ("validation_file", body.validation_file)):
        if file_id is None:
            continue
        file = store.files.get(file_id)
        if file is None:
            raise invalid(f"The file {file_id} does not exist.", param, f"invalid_{param}")
        if file.purpose != "fine-tune":
            raise invalid(
                f"The file {file_id} was uploaded for {file.purpose}, not for fine-tune.",
                param,
                f"invalid_{param}",
            )


def _new_job(body: JobRequest) -> NewJob:
    return NewJob(
        model=body.model,
        training_file=body.training_file,
        validation_file=body.validation_file,
        suffix=body.suffix or None,
        seed=secrets.randbelow(1 << 31) if body.seed is None else body.seed,
        hyperparameters=body.asked_hyperparameters().model_dump(),
        metadata=body.metadata or {},
    )


ROUTES = [
    Route(_PREFIX, create, methods=["POST"]),
    Route(_PREFIX, list_jobs, methods=["GET"]),
    Route(f"{_PREFIX}/{{job_id}}", retrieve, methods=["GET"]),
    Route(f"{_PREFIX}/{{job_id}}/cancel", cancel, methods=["POST"]),
    Route(f"{_PREFIX}/{{job_id}}/pause", pause, methods=["POST"]),
    Route(f"{_PREFIX}/{{job_id}}/resume", resume, methods=["POST"]),
    Route(f"{_PREFIX}/{{job_id}}/events", events, methods=["GET"]),
    Route(f"{_PREFIX}/{{job_id}}/checkpoints", checkpoints, methods=["GET"]),
]
