"""The engine as an ASGI application."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from engine.batches import BatchRunner
from engine.errors import ApiError, answer_api_error, answer_http_error
from engine.guard import Guard
from engine.routes import batches, chat, files, jobs, models
from engine.routes.state import State
from engine.store import Store
from engine.tagging_pool import TaggingPool
from engine.training.runner import JobRunner


def build(store: Store, own_names: Collection[str]) -> Starlette:
    """The application over a store; `own_names` are host names it answers to beside loopback."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        pool = TaggingPool()
        state = State(store, pool, JobRunner(store), BatchRunner(store, pool))
        app.state.engine = state
        state.jobs.recover()
        store.files.sweep()
        pool.warm()
        loops = [*state.jobs.loops(), state.batches.loop]
        tasks = [asyncio.create_task(loop.run()) for loop in loops]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            state.jobs.close()
            pool.close()

    return Starlette(
        routes=[*models.ROUTES, *chat.ROUTES, *files.ROUTES, *jobs.ROUTES, *batches.ROUTES],
        middleware=[Middleware(Guard, own_names=own_names)],
        exception_handlers={ApiError: answer_api_error, HTTPException: answer_http_error},
        lifespan=lifespan,
    )
