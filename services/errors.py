"""The root of every error a service raises: a code and data, never a sentence.

The sentence an analyst reads is made in `ui/errors.py` from the code, in the analyst's language.
"""

from typing import Any, ClassVar


class AppError(Exception):
    """An expected failure. `code` names it, `data` holds what the sentence needs (no secrets, no texts)."""

    code: ClassVar[str] = "unknown"

    def __init__(self, **data: Any) -> None:
        self.data: dict[str, Any] = data
        super().__init__(self.code)

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.data.items())
        return f"{self.code}({facts})"


class NotFoundError(AppError):
    """A row that is gone or was never there. `what` names its kind, `key` its identifier."""

    code = "not_found"


class StaleError(AppError):
    """Somebody else changed the row since it was read; nothing was written."""

    code = "stale"
