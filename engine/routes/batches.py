"""`/v1/batches`."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engine.errors import ApiError, invalid, missing
from engine.requests import BatchRequest, parse
from engine.routes.state import state_of, whole_number
from engine.store import Store
from engine.store.batches import Batch
from engine.wire import JsonObject


async def create(request: Request) -> Response:
    """Record a batch and start on it."""
    engine = state_of(request)
    body = await parse(BatchRequest, request)
    file = await run_in_threadpool(engine.store.files.get, body.input_file_id)
    if file is None or file.purpose != "batch":
        raise invalid(
            f"{body.input_file_id} is no file uploaded for batch.", "input_file_id", "invalid_input_file"
        )
    batch = await run_in_threadpool(
        engine.store.batches.create, body.endpoint, file.id, body.completion_window, body.metadata or {}
    )
    engine.batches.loop.wake()
    return JSONResponse(batch.to_wire(0, 0))


def list_batches(request: Request) -> Response:
    """Batches, newest first."""
    store = state_of(request).store
    page = store.batches.page(request.query_params.get("after"), whole_number(request, "limit", 20, 100))
    return JSONResponse(page.to_wire(lambda batch: _write(store, batch)))


def retrieve(request: Request) -> Response:
    """One batch and how far it is."""
    return JSONResponse(_write(state_of(request).store, _batch(request)))


def cancel(request: Request) -> Response:
    """Stop a batch; what is answered by then is kept in its output file."""
    engine, batch = state_of(request), _batch(request)
    if not engine.store.batches.move(batch.id, ("validating", "in_progress"), "cancelling"):
        raise ApiError(
            409, f"Batch {batch.id} is {_batch(request).status}.", param="status", code="invalid_batch_status"
        )
    engine.batches.loop.wake()
    return JSONResponse(_write(engine.store, _batch(request)))


def _batch(request: Request) -> Batch:
    batch_id = request.path_params["batch_id"]
    batch = state_of(request).store.batches.get(batch_id)
    if batch is None:
        raise missing("batch", batch_id, "batch_id")
    return batch


def _write(store: Store, batch: Batch) -> JsonObject:
    completed, failed = store.batches.counts(batch.id)
    return batch.to_wire(completed, failed)


ROUTES = [
    Route("/v1/batches", create, methods=["POST"]),
    Route("/v1/batches", list_batches, methods=["GET"]),
    Route("/v1/batches/{batch_id}", retrieve, methods=["GET"]),
    Route("/v1/batches/{batch_id}/cancel", cancel, methods=["POST"]),
]
