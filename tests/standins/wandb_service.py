"""W&B as its client sees it: GraphQL by operation name, the file stream of a run, uploads."""

import base64
import json
import re
from dataclasses import dataclass, field
from typing import Any

from tests.standins.http_server import Reply, Request

ENTITY = "legal-department"


@dataclass
class StoredRun:
    """A run as the server keeps it: history lines by their offset, so a line sent again replaces itself."""

    name: str
    fields: dict[str, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    lines: dict[int, dict[str, Any]] = field(default_factory=dict)
    summary: dict[str, Any] = field(default_factory=dict)
    exit_code: int | None = None

    @property
    def history(self) -> list[dict[str, Any]]:
        return [self.lines[offset] for offset in sorted(self.lines)]


class WandbService:
    """State and routes. `keys`, when not empty, are the only ones let in."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.runs: dict[str, StoredRun] = {}
        self.uploads: dict[str, bytes] = {}
        self.artifacts: list[dict[str, Any]] = []

    def route(self, request: Request) -> Reply | None:
        if request.path.startswith("/storage/"):  # the address itself is the permission, as with S3
            self.uploads[request.path.removeprefix("/storage/")] = request.body
            return Reply()
        if self.keys and _key(request) not in self.keys:
            return Reply({"errors": [{"message": "user is not logged in"}]}, 401)
        if request.path == "/graphql":
            return self._graphql(request)
        if stream := re.fullmatch(r"/files/[^/]+/[^/]+/([^/]+)/file_stream", request.path):
            return self._stream(stream[1], request.json)
        return None

    def _graphql(self, request: Request) -> Reply:
        body = request.json
        named = re.search(r"(?:query|mutation)\s+(\w+)", body["query"])
        name = body.get("operationName") or (named[1] if named else "")
        method = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
        answer = getattr(self, f"_op_{method}", lambda _variables, _url: {})
        return Reply({"data": answer(body.get("variables") or {}, request.base_url)})

    def _stream(self, name: str, body: dict[str, Any]) -> Reply:
        run = self.runs.setdefault(name, StoredRun(name))
        files = body.get("files") or {}
        history = files.get("wandb-history.jsonl")
        if history:
            for shift, line in enumerate(history["content"]):
                run.lines[history["offset"] + shift] = json.loads(line)
        for line in files.get("wandb-summary.json", {}).get("content", []):
            run.summary = json.loads(line)
        if body.get("complete"):
            run.exit_code = body.get("exitcode")
        return Reply({"exitcode": None, "limits": {}})

    def _op_viewer(self, _variables: dict[str, Any], _url: str) -> dict[str, Any]:
        return {
            "viewer": {
                "id": "VXNlcg==", "flags": "{}", "entity": ENTITY, "username": "analyst", "name": "Analyst",
                "email": "analyst@example.org", "admin": False, "apiKeys": {"edges": []},
                "teams": {"edges": []}, "defaultEntity": {"name": ENTITY},
            }
        }  # fmt: skip

    _op_default_entity = _op_get_default_entity = _op_viewer

    def _op_server_features_query(self, _variables: dict[str, Any], _url: str) -> dict[str, Any]:
        return {"serverInfo": {"features": []}}

    def _op_project(self, variables: dict[str, Any], _url: str) -> dict[str, Any]:
        return {"project": {"name": variables["name"]}}

    def _op_upsert_model(self, variables: dict[str, Any], _url: str) -> dict[str, Any]:
        return {"upsertModel": {"model": {"name": variables["name"], "description": None}}}

    def _op_upsert_bucket(self, variables: dict[str, Any], _url: str) -> dict[str, Any]:
        name = variables["name"]
        run = self.runs.setdefault(name, StoredRun(name))
        run.fields.update({key: value for key, value in variables.items() if value is not None})
        run.config = {k: v["value"] for k, v in json.loads(variables.get("config") or "{}").items()}
        project = {
            "id": "P", "name": variables.get("project") or "uncategorized",
            "entity": {"id": "E", "name": variables.get("entity") or ENTITY},
        }  # fmt: skip
        bucket = {
            "id": f"run-{name}", "name": name, "displayName": variables.get("displayName") or name,
            "description": None, "config": variables.get("config") or "{}", "sweepName": None,
            "historyLineCount": len(run.lines), "project": project,
        }  # fmt: skip
        return {"upsertBucket": {"bucket": bucket, "inserted": not run.lines}}

    def _op_run_resume_status(self, variables: dict[str, Any], _url: str) -> dict[str, Any]:
        run = self.runs.get(variables["name"])
        model = {"id": "P", "name": variables["project"], "entity": {"id": "E", "name": ENTITY}}
        return {"model": {**model, "bucket": _resume_status(run) if run else None}}

    def _op_create_run_files(self, variables: dict[str, Any], url: str) -> dict[str, Any]:
        files = [{"name": name, "uploadUrl": f"{url}/storage/{name}"} for name in variables["files"]]
        return {"createRunFiles": {"runID": "R", "uploadHeaders": [], "files": files}}

    def _op_artifact_type(self, _variables: dict[str, Any], _url: str) -> dict[str, Any]:
        return {"project": None}

    def _op_create_artifact(self, variables: dict[str, Any], _url: str) -> dict[str, Any]:
        self.artifacts.append(variables.get("input") or variables)
        sequence = {"id": "S", "latestArtifact": None}
        made = {"id": f"artifact-{len(self.artifacts)}", "state": "PENDING", "artifactSequence": sequence}
        return {"createArtifact": {"artifact": made}}

    def _op_create_artifact_manifest(self, variables: dict[str, Any], url: str) -> dict[str, Any]:
        return {"createArtifactManifest": {"artifactManifest": _manifest(variables, url)}}

    def _op_update_artifact_manifest(self, variables: dict[str, Any], url: str) -> dict[str, Any]:
        return {"updateArtifactManifest": {"artifactManifest": _manifest(variables, url)}}

    def _op_create_artifact_files(self, variables: dict[str, Any], url: str) -> dict[str, Any]:
        files = (variables.get("input") or variables)["artifactFiles"]
        edges = [{"node": _artifact_file(f, url)} for f in files]
        return {"createArtifactFiles": {"files": {"edges": edges}}}

    def _op_commit_artifact(self, variables: dict[str, Any], _url: str) -> dict[str, Any]:
        return {"commitArtifact": {"artifact": {"id": variables["artifactID"], "digest": "x"}}}


def _key(request: Request) -> str:
    _, _, coded = request.headers.get("Authorization", "").partition(" ")
    return base64.b64decode(coded or "").decode("utf-8", "replace").removeprefix("api:")


def _resume_status(run: StoredRun) -> dict[str, Any]:
    config = {name: {"value": value} for name, value in run.config.items()}
    return {
        "id": f"run-{run.name}", "name": run.name, "summaryMetrics": json.dumps(run.summary),
        "displayName": run.fields.get("displayName"), "logLineCount": 0, "eventsLineCount": 0,
        "historyLineCount": len(run.lines), "eventsTail": "[]",
        "historyTail": json.dumps([json.dumps(line) for line in run.history[-1:]]),
        "config": json.dumps(config), "tags": run.fields.get("tags") or [], "notes": None,
        "wandbConfig": json.dumps({"t": 1}),
    }  # fmt: skip


def _manifest(variables: dict[str, Any], url: str) -> dict[str, Any]:
    upload = f"{url}/storage/manifest-{variables.get('artifactID')}"
    file = {"id": "F1", "name": "manifest", "displayName": "manifest", "uploadUrl": upload}
    return {"id": "M1", "file": {**file, "uploadHeaders": []}}


def _artifact_file(file: dict[str, Any], url: str) -> dict[str, Any]:
    name = file["name"]
    return {
        "id": f"file-{name}", "name": name, "displayName": name, "uploadHeaders": [],
        "uploadUrl": f"{url}/storage/artifacts/{name}", "uploadMultipartUrls": None,
        "storagePath": f"artifacts/{name}", "artifact": {"id": file["artifactID"]},
    }  # fmt: skip
