"""The environment both clients run in, and the processes they run in."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from services.config import FIELDS, ROOT, settings

Mode = Literal["online", "offline", "off"]

# Set before either library is imported. Weave must not start by itself with W&B: without a key it asks
# for one on the terminal. Its own environment variables are the only settings that hold in every thread.
_FIXED = {
    "WANDB_DISABLE_WEAVE": "true",
    "WANDB_ERROR_REPORTING": "false",
    "WANDB_SILENT": "true",
    "WANDB_CONSOLE": "off",
    "WEAVE_PRINT_CALL_LINK": "false",
    "WEAVE_LOG_LEVEL": "ERROR",
    "WEAVE_CAPTURE_CODE": "false",
    "WEAVE_CAPTURE_CLIENT_INFO": "false",
    "WEAVE_CAPTURE_SYSTEM_INFO": "false",
    "WEAVE_IMPLICITLY_PATCH_INTEGRATIONS": "false",
    "WEAVE_ALLOW_UNSAFE_CUSTOM_OBJ_DECODE": "false",
    "WEAVE_USE_SERVER_CACHE": "false",
    "WEAVE_ENABLE_DISK_FALLBACK": "false",
    "WEAVE_ENABLE_WAL": "false",
    "WEAVE_RETRY_MAX_ATTEMPTS": "1",
    "WEAVE_HTTP_TIMEOUT": "8",
}


def prepare() -> None:
    """Set what both libraries read at import, for this process and its children. Imports neither."""
    os.environ.update(_variables())


def mode() -> Mode:
    """Where tracking goes now: to the server, to this computer only, or nowhere."""
    asked = os.environ.get("WANDB_MODE", "")
    if not settings.WANDB_ENABLED or asked == "disabled":
        return "off"
    return "online" if settings.WANDB_API_KEY and asked not in ("offline", "dryrun") else "offline"


def folder() -> Path:
    """Where offline runs lie; W&B adds the last part of the path itself."""
    return Path(settings.DATA_DIR) / "wandb"


def spawn(module: str, *args: str, **options: Any) -> subprocess.Popen[str]:
    """Start `python -m module` with what the clients need and no other secret.

    A session of its own: Ctrl-C in the terminal reaches only the parent, whose end the child sees
    as the end of its input.
    """
    command = [sys.executable, "-m", module, *args]
    streams: dict[str, Any] = {"stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, **options}
    return subprocess.Popen(
        command, cwd=ROOT, env=_child(), start_new_session=True, text=True, encoding="utf-8", **streams
    )


def ask(module: str, lines: Iterable[Any], timeout: float) -> tuple[list[dict[str, Any]], bool]:
    """Run a child on lines of JSON; returns what it answered, and whether it ended within `timeout` s."""
    child = spawn(module, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    given = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    try:
        answers, ended = child.communicate(given, timeout)[0], True
    except subprocess.TimeoutExpired:
        child.kill()
        answers, ended = child.communicate()[0], False
    return [json.loads(line) for line in answers.splitlines() if line.endswith("}")], ended


def without_secrets(value: Any) -> Any:
    """The JSON value with every key and password of the settings replaced by ***."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    for field in FIELDS:
        secret = str(getattr(settings, field.name)) if field.secret else ""
        if secret:
            text = text.replace(json.dumps(secret)[1:-1], "***")
    return json.loads(text)


def _variables() -> dict[str, str]:
    home = folder()
    places = {
        "WANDB_DIR": home.parent,
        "WANDB_CACHE_DIR": home / "cache",
        "WANDB_DATA_DIR": home / "data",
        "WANDB_ARTIFACT_DIR": home / "artifacts",
        "WANDB_CONFIG_DIR": home / "config",
    }
    return _FIXED | {name: str(path) for name, path in places.items()}


def _child() -> dict[str, str]:
    secrets = {field.name for field in FIELDS if field.secret}
    inherited = {name: value for name, value in os.environ.items() if name not in secrets}
    own = {name: str(getattr(settings, name)) for name in _PASSED if getattr(settings, name)}
    return inherited | _variables() | own | {"DATA_DIR": str(settings.DATA_DIR)}


_PASSED = ("WANDB_API_KEY", "WANDB_BASE_URL", "WANDB_PROJECT", "WANDB_ENTITY")
