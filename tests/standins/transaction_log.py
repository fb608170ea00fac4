"""Reads a `.wandb` transaction log with the installed client's own protobufs.

The file is a LevelDB log: a 7-byte header, then 32 KiB blocks of chunks (crc, length, type).
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_HEADER = struct.Struct("<4sHB")
_CHUNK = struct.Struct("<IHB")
_BLOCK = 32768
_FULL, _FIRST, _MIDDLE, _LAST = 1, 2, 3, 4


@dataclass
class LoggedRun:
    """What an offline run holds."""

    id: str = ""
    project: str = ""
    name: str = ""
    notes: str = ""
    group: str = ""
    job_type: str = ""
    tags: list[str] = field(default_factory=list)
    config: dict[str, Any] = field(default_factory=dict)
    history: list[dict[str, Any]] = field(default_factory=list)
    summary: dict[str, Any] = field(default_factory=dict)
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    exit_code: int | None = None


def read(path: Path) -> LoggedRun:
    """The run of a `.wandb` file, or of the one in a run directory."""
    from wandb.proto import wandb_internal_pb2 as records

    file = next(path.glob("*.wandb")) if path.is_dir() else path
    run = LoggedRun()
    for raw in _records(file.read_bytes()):
        record = records.Record()
        record.ParseFromString(raw)
        _take(run, record)
    return run


def _records(data: bytes) -> Iterator[bytes]:
    ident, magic, _version = _HEADER.unpack_from(data)
    assert (ident, magic) == (b":W&B", 0xBEE1)
    position, gathered = _HEADER.size, b""
    while position + _CHUNK.size <= len(data):
        left = _BLOCK - position % _BLOCK
        if left < _CHUNK.size:
            position += left
            continue
        _crc, length, kind = _CHUNK.unpack_from(data, position)
        position += _CHUNK.size
        chunk, position = data[position : position + length], position + length
        gathered = chunk if kind in (_FULL, _FIRST) else gathered + chunk
        if kind in (_FULL, _LAST):
            yield gathered


def _take(run: LoggedRun, record: Any) -> None:
    kind = record.WhichOneof("record_type")
    if kind == "run":
        head = record.run
        run.id, run.project, run.name, run.notes = head.run_id, head.project, head.display_name, head.notes
        run.group, run.job_type, run.tags = head.run_group, head.job_type, list(head.tags)
        run.config.update(_items(head.config.update))
    elif kind == "config":
        run.config.update(_items(record.config.update))
    elif kind == "history":
        run.history.append(_items(record.history.item))
    elif kind == "summary":
        run.summary.update(_items(record.summary.update))
    elif kind == "artifact":
        run.artifacts.append(_artifact(record.artifact))
    elif kind == "request" and record.request.WhichOneof("request_type") == "log_artifact":
        run.artifacts.append(_artifact(record.request.log_artifact.artifact))
    elif kind == "exit":
        run.exit_code = record.exit.exit_code


def _artifact(artifact: Any) -> dict[str, Any]:
    metadata = json.loads(artifact.metadata) if artifact.metadata else {}
    return {"name": artifact.name, "type": artifact.type, "metadata": metadata}


def _items(items: Any) -> dict[str, Any]:
    return {".".join(item.nested_key) or item.key: json.loads(item.value_json) for item in items}
