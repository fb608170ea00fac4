"""`/health` and `/v1/models`."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from engine import BASE_MODEL, VERSION
from engine.errors import ApiError, missing_model
from engine.routes.state import state_of
from engine.store.models import model_object
from engine.wire import JsonObject

_BASE_RELEASED = 1795478400  # 24 November 2026, when its rules were written
_OWNER = "norma"


def health(request: Request) -> Response:
    """Alive, and what it is busy with."""
    jobs = state_of(request).store.jobs
    return JSONResponse(
        {
            "status": "ok",
            "version": VERSION,
            "running_jobs": jobs.count("running"),
            "queued_jobs": jobs.count("queued"),
        }
    )


def list_models(request: Request) -> Response:
    """The base model first, then fine-tuned models and checkpoints, oldest first."""
    models = state_of(request).store.models.all()
    return JSONResponse({"object": "list", "data": [_base(), *(model.to_wire() for model in models)]})


def retrieve(request: Request) -> Response:
    """One model by name."""
    name = request.path_params["model"]
    if name == BASE_MODEL:
        return JSONResponse(_base())
    model = state_of(request).store.models.get(name)
    if model is None:
        raise missing_model(name)
    return JSONResponse(model.to_wire())


def delete(request: Request) -> Response:
    """Remove a fine-tuned model or a checkpoint; the base model is part of the engine."""
    name = request.path_params["model"]
    if name == BASE_MODEL:
        raise ApiError(403, "The base model cannot be deleted.", param="model", code="base_model")
    if not state_of(request).store.models.delete(name):
        raise missing_model(name)
    return JSONResponse({"id": name, "object": "model", "deleted": True})


def _base() -> JsonObject:
    return model_object(BASE_MODEL, _BASE_RELEASED, _OWNER)


ROUTES = [
    Route("/health", health),
    Route("/v1/models", list_models),
    Route("/v1/models/{model}", retrieve, methods=["GET"]),
    Route("/v1/models/{model}", delete, methods=["DELETE"]),
]
