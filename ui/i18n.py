"""Words, numbers, money and dates in the reader's language.

Source strings are English and stand in the code; `locales/<lang>/LC_MESSAGES/app.po` holds the others and
is read directly, so that no compiled file can be out of date.
"""

import gettext
from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LOCALES = Path(__file__).resolve().parent.parent / "locales"
LANGUAGES = ("uk", "en")
DEFAULT_LANGUAGE = "uk"
HOME_ZONE = "Europe/Kyiv"
NBSP, MINUS, EN_DASH = "\u00a0", "\u2212", "\u2013"
ABSENT = EN_DASH

Number = int | float | Decimal
Value = str | Number
Day = date
Moment = datetime


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a module-level constant for translation; it is translated where it is shown."""
    return message


def catalogue_path(lang: str) -> Path:
    """Where the catalogue of a language lies."""
    return LOCALES / lang / "LC_MESSAGES" / "app.po"


@lru_cache(maxsize=8)
def _compiled(path: Path, _changed: int) -> gettext.NullTranslations:
    with path.open("rb") as source:
        catalogue = read_po(source)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _catalogue(lang: str) -> gettext.NullTranslations:
    path = catalogue_path(lang)
    if not path.exists():
        return gettext.NullTranslations()
    return _compiled(path, path.stat().st_mtime_ns)


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name or HOME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


class Text:
    """One reader's language and clock. Callable: `t("Page {number}", number=3)`.

    Numbers given as values of placeholders are formatted; give years and identifiers as strings.
    Absent values (None) become an en dash everywhere.
    """

    def __init__(self, lang: str = DEFAULT_LANGUAGE, zone: str | None = None) -> None:
        self.lang = lang if lang in LANGUAGES else DEFAULT_LANGUAGE
        self.zone = _zone(zone)
        self._words = _catalogue(self.lang)

    def __call__(self, message: str, /, **values: Value | None) -> str:
        """The sentence in the reader's language, with its named places filled."""
        return self._fill(self._words.gettext(message), values)

    def n(self, one: str, many: str, count: int, /, **values: Value | None) -> str:
        """The plural form for `count`; `{count}` is filled with the formatted number."""
        return self._fill(self._words.ngettext(one, many, count), {"count": count, **values})

    def _fill(self, message: str, values: dict[str, Value | None]) -> str:
        if not values:
            return message
        return message.format(**{name: self._shown(value) for name, value in values.items()})

    def _shown(self, value: Value | None) -> str:
        return value if isinstance(value, str) else self.number(value)

    def _decimal(self, value: Number, pattern: str) -> str:
        shown = format_decimal(value, format=pattern, locale=self.lang)
        below_zero = any(digit in "123456789" for digit in shown)  # «-0,00» is zero
        return shown.replace("-", MINUS if below_zero else "")

    def number(self, value: Number | None, decimals: int | None = None) -> str:
        """`1 234 567,89`: grouped; `decimals` fixes the places, else up to three are shown."""
        if value is None:
            return ABSENT
        return self._decimal(
            value, "#,##0.###" if decimals is None else f"#,##0.{'0' * decimals}".rstrip(".")
        )

    def score(self, value: Number | None) -> str:
        """A figure between 0 and 1 with two places: `0,81`."""
        return self.number(value, 2)

    def signed(self, value: Number | None, decimals: int = 2) -> str:
        """A difference with its sign: `+0,12`, `−0,03`; zero has none."""
        if value is None:
            return ABSENT
        rounded = round(float(value), decimals)
        shown = self.number(rounded, decimals)
        return f"+{shown}" if rounded > 0 else shown

    def percent(self, share: Number | None, decimals: int = 0) -> str:
        """A share (0.815) as `82 %`."""
        if share is None:
            return ABSENT
        places = f".{'0' * decimals}" if decimals else ""
        gap = NBSP if self.lang == "uk" else ""
        return format_percent(share, format=f"#,##0{places}{gap}%", locale=self.lang).replace("-", MINUS)

    def money(self, usd: Number | None) -> str:
        """US dollars: `7,90 $` (`$7.90`); below a cent four places; below the last of them `<0,0001 $`."""
        if usd is None:
            return ABSENT
        amount = abs(Decimal(str(usd)))
        if 0 < amount < Decimal("0.00005"):
            return "<" + self._dollars(self.number(0.0001, 4))
        shown = self._dollars(self.number(amount, 4 if 0 < amount < Decimal("0.01") else 2))
        return MINUS + shown if usd < 0 else shown

    def money_range(self, low: Number | None, high: Number | None) -> str:
        """`5,40–7,90 $`; one figure when both are shown alike."""
        if low is None or high is None or self.money(low) == self.money(high):
            return self.money(low if high is None else high)
        places = 4 if 0 < Decimal(str(high)) < Decimal("0.01") else 2
        return self._dollars(f"{self.number(low, places)}{EN_DASH}{self.number(high, places)}")

    def _dollars(self, figure: str) -> str:
        return f"{figure}{NBSP}$" if self.lang == "uk" else f"${figure}"

    def date(self, value: Day | Moment | None, style: Literal["short", "long"] = "short") -> str:
        """`20.11.2026`, or in prose («long») `20 листопада 2026 р.`; a moment: on the reader's clock."""
        if value is None:
            return ABSENT
        day = self._local(value).date() if isinstance(value, Moment) else value
        if style == "short" and self.lang == "uk":
            return format_date(day, format="dd.MM.yyyy", locale="uk")
        shown = format_date(day, format="long" if style == "long" else "medium", locale=self.lang)
        return shown.replace("\u202f", NBSP)  # our faces have no narrow space

    def day(self, value: Day | None) -> str:
        """Day and month for an axis: `20.11` (`Nov 20`)."""
        if value is None:
            return ABSENT
        return format_date(value, format="dd.MM" if self.lang == "uk" else "MMM d", locale=self.lang)

    def time(self, value: Moment | None) -> str:
        """`16:05` on the reader's clock."""
        if value is None:
            return ABSENT
        return format_time(self._local(value).timetz(), format="HH:mm", locale=self.lang)

    def datetime(self, value: Moment | None) -> str:
        """`20.11.2026, 16:05` on the reader's clock."""
        return ABSENT if value is None else f"{self.date(value)}, {self.time(value)}"

    def _local(self, value: Moment) -> Moment:
        known = value if value.tzinfo else value.replace(tzinfo=UTC)
        return known.astimezone(self.zone)

    def duration(self, seconds: float | None, *, rough: bool = False) -> str:
        """`0,4 с`, `41 хв`, `2 год 5 хв`, `3 дні`; what is only guessed (`rough`) has no tenths."""
        if seconds is None:
            return ABSENT
        if rough:
            seconds = max(1, round(seconds))
        if seconds < 59.95:
            digits = 1 if seconds < 9.95 and not rough else 0
            return self(N_("{seconds} s"), seconds=self.number(seconds, digits))
        minutes = round(seconds / 60)
        if minutes < 60:
            return self(N_("{minutes} min"), minutes=minutes)
        hours, rest = divmod(minutes, 60)
        if hours < 48:
            return (
                self(N_("{hours} h {minutes} min"), hours=hours, minutes=rest)
                if rest
                else self(N_("{hours} h"), hours=hours)
            )
        return self.n("{count} day", "{count} days", round(hours / 24))

    def size(self, octets: int | None) -> str:
        """Bytes in decimal units: `850 Б`, `1,7 МБ`."""
        if octets is None:
            return ABSENT
        if octets < 1000:
            return self(N_("{number} B"), number=octets)
        units: tuple[tuple[float, Callable[[str], str]], ...] = (
            (1e6, lambda number: self(N_("{number} kB"), number=number)),
            (1e9, lambda number: self(N_("{number} MB"), number=number)),
            (1e12, lambda number: self(N_("{number} GB"), number=number)),
        )
        limit, words = next((unit for unit in units if octets < unit[0]), units[-1])
        return words(self._decimal(octets / (limit / 1000), "#,##0.#"))
