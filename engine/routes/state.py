"""What the routes share, and how they read a request."""

from dataclasses import dataclass
from typing import cast

from starlette.requests import Request

from engine.batches import BatchRunner
from engine.errors import invalid
from engine.store import Store
from engine.tagging_pool import TaggingPool
from engine.training.runner import JobRunner


@dataclass(frozen=True)
class State:
    """The parts of a running engine."""

    store: Store
    pool: TaggingPool
    jobs: JobRunner
    batches: BatchRunner


def state_of(request: Request) -> State:
    """The engine that serves a request."""
    return cast(State, request.app.state.engine)


def whole_number(request: Request, name: str, default: int, most: int) -> int:
    """A query parameter from 1 to `most`."""
    value = request.query_params.get(name, str(default))
    if not (value.isascii() and value.isdigit() and len(value) < 10 and 1 <= int(value) <= most):
        raise invalid(f"'{name}' must be a whole number from 1 to {most}.", name, "invalid_value")
    return int(value)
