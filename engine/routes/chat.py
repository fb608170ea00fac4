"""`/v1/chat/completions`."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from engine.chat.completion import complete
from engine.chat.stream import events
from engine.requests import ChatRequest, parse
from engine.routes.state import state_of


async def create(request: Request) -> Response:
    """Elements of the last user message, as one reply or as a stream."""
    engine = state_of(request)
    body = await parse(ChatRequest, request)
    completion = await complete(body, engine.store.models, engine.pool)
    if not body.stream:
        return JSONResponse(completion.to_wire())
    include_usage = bool(body.stream_options and body.stream_options.include_usage)
    return StreamingResponse(events(completion, include_usage), media_type="text/event-stream")


ROUTES = [Route("/v1/chat/completions", create, methods=["POST"])]
