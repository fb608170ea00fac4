"""`/v1/files`."""

from pathlib import PurePath

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from engine.errors import ApiError, invalid, missing
from engine.routes.state import state_of, whole_number
from engine.store import Store
from engine.store.files import StoredFile

_PURPOSES = ("assistants", "batch", "fine-tune", "vision", "user_data", "evals")
_JSONL_PURPOSES = ("batch", "fine-tune")
_SHORTEST_LIFE, _LONGEST_LIFE = 3600, 2592000
_MAX_NAME = 255


async def create(request: Request) -> Response:
    """Store an upload."""
    async with request.form(max_files=1, max_fields=8) as form:
        upload, purpose = form.get("file"), form.get("purpose")
        if not isinstance(upload, UploadFile):
            raise invalid("Missing required parameter: 'file'.", "file", "missing_required_parameter")
        if purpose not in _PURPOSES:
            raise invalid(f"'purpose' must be one of {', '.join(_PURPOSES)}.", "purpose", "invalid_value")
        name = _name(upload, str(purpose))
        lifetime = _lifetime(form)
        store = state_of(request).store
        stored = await run_in_threadpool(store.files.add, upload.file, name, str(purpose), lifetime)
    return JSONResponse(stored.to_wire())


def list_files(request: Request) -> Response:
    """Files, newest first unless asked otherwise."""
    query = request.query_params
    order = query.get("order", "desc")
    if order not in ("asc", "desc"):
        raise invalid("'order' must be asc or desc.", "order", "invalid_value")
    limit = whole_number(request, "limit", 10000, 10000)
    page = state_of(request).store.files.page(
        query.get("after"), limit, order == "desc", query.get("purpose")
    )
    return JSONResponse(page.to_wire(StoredFile.to_wire))


def retrieve(request: Request) -> Response:
    """One file's entry."""
    return JSONResponse(_file(request).to_wire())


def content(request: Request) -> Response:
    """The bytes as uploaded."""
    file = _file(request)
    path = state_of(request).store.files.path(file)
    return FileResponse(path, media_type="application/octet-stream", filename=file.filename)


def delete(request: Request) -> Response:
    """Remove a file no unfinished job or batch needs."""
    file, store = _file(request), state_of(request).store
    if _in_use(store, file.id):
        raise ApiError(
            409, f"{file.id} is used by a job that is not finished.", param="file_id", code="file_in_use"
        )
    store.files.delete(file.id)
    return JSONResponse({"id": file.id, "object": "file", "deleted": True})


def _file(request: Request) -> StoredFile:
    file_id = request.path_params["file_id"]
    file = state_of(request).store.files.get(file_id)
    if file is None:
        raise missing("file", file_id, "file_id")
    return file


def _in_use(store: Store, file_id: str) -> bool:
    return store.jobs.uses_file(file_id) or store.batches.uses_file(file_id)


def _name(upload: UploadFile, purpose: str) -> str:
    name = PurePath((upload.filename or "").replace("\\", "/")).name[-_MAX_NAME:]
    if purpose in _JSONL_PURPOSES and not name.lower().endswith(".jsonl"):
        raise invalid(
            f"A file for {purpose} must be JSON Lines: its name ends in .jsonl.", "file", "invalid_extension"
        )
    if not upload.size:
        raise invalid("The file is empty.", "file", "empty_file")
    return name


def _lifetime(form: FormData) -> int | None:
    seconds = form.get("expires_after[seconds]")
    if seconds is None:
        return None
    if form.get("expires_after[anchor]") != "created_at":
        raise invalid("'expires_after[anchor]' must be created_at.", "expires_after", "invalid_value")
    if not (isinstance(seconds, str) and seconds.isascii() and seconds.isdigit() and len(seconds) < 10):
        raise invalid("'expires_after[seconds]' must be a whole number.", "expires_after", "invalid_value")
    if not _SHORTEST_LIFE <= int(seconds) <= _LONGEST_LIFE:
        raise invalid(
            f"'expires_after[seconds]' must be from {_SHORTEST_LIFE} to {_LONGEST_LIFE}.",
            "expires_after",
            "invalid_value",
        )
    return int(seconds)


ROUTES = [
    Route("/v1/files", create, methods=["POST"]),
    Route("/v1/files", list_files, methods=["GET"]),
    Route("/v1/files/{file_id}", retrieve, methods=["GET"]),
    Route("/v1/files/{file_id}", delete, methods=["DELETE"]),
    Route("/v1/files/{file_id}/content", content, methods=["GET"]),
]
