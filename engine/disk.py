"""Writing so that a crash or a power cut leaves either the old state or the new one."""

import json
import os
from pathlib import Path

from engine.wire import JsonObject


def write_json(path: Path, value: JsonObject) -> None:
    """Replace a small file in one step."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(value, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def publish_folder(draft: Path, final: Path) -> None:
    """Give a finished folder its final name: it appears there whole or not at all."""
    for path in draft.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
    draft.rename(final)
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; Windows has no such call and needs none."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
