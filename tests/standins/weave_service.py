"""Weave's trace server as its client sees it, under `/traces` beside W&B, as on a self-managed host."""

import base64
import hashlib
import json
import re
from typing import Any

from tests.standins.http_server import Reply, Request


class WeaveService:
    """State and routes. A call sent again under the same id replaces itself, as the real server does.

    `refused`: models it cannot take calls of; `lose_replies`: it stores and then seems to fail;
    `lose_ends`: it fails to store the end of a long call.
    """

    def __init__(self) -> None:
        self.calls: dict[str, dict[str, Any]] = {}
        self.objects: list[dict[str, Any]] = []
        self.arrivals = 0
        self.refused: set[str] = set()
        self.lose_replies = False
        self.lose_ends = False

    def route(self, request: Request) -> Reply | None:
        if not request.path.startswith("/traces/"):
            return None
        path = request.path.removeprefix("/traces")
        if re.fullmatch(r"/v2/[^/]+/[^/]+/calls/complete", path):
            return self._complete(request.json["batch"])
        if part := re.fullmatch(r"/v2/[^/]+/[^/]+/call/(start|end)", path):
            if part[1] == "end" and self.lose_ends:
                return Reply({"detail": "lost"}, 503)
            call = request.json[part[1]]
            self.calls.setdefault(call["id"], {}).update(call)
            return Reply({"id": call["id"], "trace_id": call.get("trace_id", "")})
        answer = _ANSWERS.get(path)
        return answer(self, request) if answer else None

    def _complete(self, batch: list[dict[str, Any]]) -> Reply:
        if any(call["inputs"].get("model") in self.refused for call in batch):
            return Reply({"detail": "a value the server cannot take"}, 422)
        self.arrivals += len(batch)
        self.calls.update({call["id"]: call for call in batch})
        return Reply({"detail": "lost on the way back"}, 503) if self.lose_replies else Reply()

    def server_info(self, _request: Request) -> Reply:
        return Reply({"min_required_weave_python_version": "0.0.1", "trace_server_version": "99.0.0"})

    def create_object(self, request: Request) -> Reply:
        made = request.json["obj"]
        digest = _digest(json.dumps(made["val"], sort_keys=True).encode())
        self.objects.append({**made, "digest": digest})
        return Reply({"digest": digest, "object_id": made["object_id"]})

    def create_table(self, request: Request) -> Reply:
        rows = [_digest(json.dumps(row, sort_keys=True).encode()) for row in request.json["table"]["rows"]]
        return Reply({"digest": _digest("".join(rows).encode()), "row_digests": rows})

    def create_file(self, request: Request) -> Reply:
        return Reply({"digest": _digest(request.body)})

    def query_calls(self, request: Request) -> Reply:
        literal = re.search(r'"\$literal":\s*"([^"]+)"', request.body.decode())
        found = [
            json.dumps(call)
            for call in self.calls.values()
            if not literal or call.get("attributes", {}).get("norma_event") == literal[1]
        ]
        return Reply("".join(f"{line}\n" for line in found).encode(), content_type="application/jsonl")

    def delete_calls(self, request: Request) -> Reply:
        for call_id in request.json["call_ids"]:
            self.calls.pop(call_id, None)
        return Reply({"num_deleted": len(request.json["call_ids"])})


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


_ANSWERS = {
    "/server_info": WeaveService.server_info,
    "/obj/create": WeaveService.create_object,
    "/table/create": WeaveService.create_table,
    "/file/create": WeaveService.create_file,
    "/files/create": WeaveService.create_file,
    "/calls/stream_query": WeaveService.query_calls,
    "/calls/delete": WeaveService.delete_calls,
}
