"""Periods and measures of penalties in words: «5 років», «1,5 місяця», «не більше ніж 2 роки»."""

from collections.abc import Callable, Mapping

from ui.i18n import EN_DASH, N_, Text

# Units of time as the schema names them; measures of money as acts, the engine and reviewers name them.
UNITS: dict[str, str] = {
    "calendar_day": N_("calendar days"),
    "working_day": N_("working days"),
    "hour": N_("hours"),
    "month": N_("months"),
    "year": N_("years"),
    "неоподатковуваний мінімум доходів громадян": N_("non-taxable minimum incomes"),
    "мінімальна заробітна плата": N_("minimum wages"),
    "прожитковий мінімум": N_("subsistence minimums"),
    "гривня": N_("hryvnias"),
    "відсоток": N_("per cent"),
}
# A fraction takes a form of its own in Ukrainian: «5 днів», but «1,5 дня».
_FRACTIONS: dict[str, str] = {
    "calendar_day": N_("{number} calendar days"),
    "working_day": N_("{number} working days"),
    "hour": N_("{number} hours"),
    "month": N_("{number} months"),
    "year": N_("{number} years"),
    "неоподатковуваний мінімум доходів громадян": N_("{number} non-taxable minimum incomes"),
    "мінімальна заробітна плата": N_("{number} minimum wages"),
    "прожитковий мінімум": N_("{number} subsistence minimums"),
    "гривня": N_("{number} hryvnias"),
    "відсоток": N_("{number} per cent"),
}


def unit_label(t: Text, unit: str) -> str:
    """A unit on its own, as a list offers it; an unknown one is shown as it is written."""
    return t(UNITS[unit]) if unit in UNITS else unit


def amount(t: Text, number: float, unit: str) -> str:
    """A number with its unit in the right form; an unknown unit follows as it is written."""
    if unit not in UNITS:
        return f"{t.number(number)} {unit}".rstrip()
    if float(number).is_integer():
        return _whole(t, int(number))[unit]()
    return t(_FRACTIONS[unit], number=number)


def _whole(t: Text, count: int) -> dict[str, Callable[[], str]]:
    return {
        "calendar_day": lambda: t.n("{count} calendar day", "{count} calendar days", count),
        "working_day": lambda: t.n("{count} working day", "{count} working days", count),
        "hour": lambda: t.n("{count} hour", "{count} hours", count),
        "month": lambda: t.n("{count} month", "{count} months", count),
        "year": lambda: t.n("{count} year", "{count} years", count),
        "неоподатковуваний мінімум доходів громадян": lambda: t.n(
            "{count} non-taxable minimum income", "{count} non-taxable minimum incomes", count
        ),
        "мінімальна заробітна плата": lambda: t.n("{count} minimum wage", "{count} minimum wages", count),
        "прожитковий мінімум": lambda: t.n(
            "{count} subsistence minimum", "{count} subsistence minimums", count
        ),
        "гривня": lambda: t.n("{count} hryvnia", "{count} hryvnias", count),
        "відсоток": lambda: t.n("{count} per cent", "{count} per cent", count),
    }


def penalty(t: Text, record: Mapping[str, object]) -> str:
    """One penalty: its kind, and its least and greatest measure where they are stated."""
    words = str(record.get("kind") or ""), _measure(t, record)
    return " ".join(word for word in words if word)


def _measure(t: Text, record: Mapping[str, object]) -> str:
    low, high = _number(record.get("min")), _number(record.get("max"))
    unit = str(record.get("unit") or "")
    if high is None:
        return "" if low is None else t("no less than {amount}", amount=amount(t, low, unit))
    if low is None:
        return t("no more than {amount}", amount=amount(t, high, unit))
    most = amount(t, high, unit)
    return most if low == high else f"{t.number(low)}{EN_DASH}{most}"


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None
