"""Column types that behave alike on SQLite and PostgreSQL."""

import codecs
from datetime import UTC, datetime
from typing import Annotated, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import mapped_column


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC datetimes. SQLite drops a time zone without converting, so conversion happens here."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone is ambiguous")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_RARE = "norma-rare"


def _rare(problem: UnicodeError) -> tuple[str, int]:
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    lacking = problem.object[problem.start : problem.end]
    digits = ("".join(chr(1 + int(digit, 16)) for digit in f"{ord(char):06x}") for char in lacking)
    return "".join(f"\x1f{number}" for number in digits), problem.end


codecs.register_error(_RARE, _rare)


class OneByteText(sa.types.TypeDecorator[str]):
    """Ukrainian text at one byte a character: half as much to read through, and to compare, as in UTF-8.

    A character that Windows-1251 lacks is written as its number, in control characters that no word has,
    so that parts of words are found exactly; what is too long is cut off.
    """

    impl = sa.LargeBinary
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def process_bind_param(self, value: str | None, _dialect: sa.Dialect) -> bytes | None:
        return None if value is None else value.encode("cp1251", _RARE)[: self.length]

    def process_result_value(self, value: bytes | None, _dialect: sa.Dialect) -> str | None:
        return None if value is None else bytes(value).decode("cp1251", "replace")


JsonType = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Json = dict[str, Any]

Key = Annotated[int, mapped_column(primary_key=True)]
Code = Annotated[str, mapped_column(sa.String(64))]
Name = Annotated[str, mapped_column(sa.String(512))]
Body = Annotated[str, mapped_column(sa.Text)]
Created = Annotated[datetime, mapped_column(UtcDateTime, default=now)]
