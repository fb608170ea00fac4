"""Why a running job does not go on just now."""

from collections.abc import Mapping
from typing import Any

from services.extraction.standstill import WAITING
from ui import errors, layout
from ui.i18n import Text


def note(t: Text, result: Mapping[str, Any]) -> None:
    """Say what a job waits for, from its `result` so far; nothing while answers come."""
    met = result.get(WAITING)
    if met:
        problem = errors.explain_code(t, met["code"], met["data"]).title
        layout.note(t("{problem}. Norma keeps trying; nothing is lost.", problem=problem))
