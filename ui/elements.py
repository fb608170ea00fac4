"""The eleven element types, their states and attributes: names, icons, colours, order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ui.i18n import N_, Text

Family = Literal["norm", "part", "structure"]
Tone = Literal["good", "info", "warn", "bad", "muted", "outline", "struck", "base", "tuned"]

FAMILIES: dict[Family, str] = {
    "norm": N_("Norms"),
    "part": N_("Parts of norms"),
    "structure": N_("Structure"),
}


@dataclass(frozen=True)
class ElementType:
    """How one type is named and drawn. `named` says whether the margin names it; `layer` orders drawing."""

    code: str
    label: str
    family: Family
    icon: str
    named: bool
    layer: int


TYPES: dict[str, ElementType] = {
    kind.code: kind
    for kind in (
        ElementType("OBLIGATION", N_("Duty"), "norm", "assignment_turned_in", True, 1),
        ElementType("RIGHT", N_("Right"), "norm", "verified_user", True, 2),
        ElementType("COMPETENCE", N_("Power"), "norm", "account_balance", True, 3),
        ElementType("PROHIBITION", N_("Prohibition"), "norm", "block", True, 4),
        ElementType("SANCTION", N_("Sanction"), "norm", "gavel", True, 5),
        ElementType("ACTOR", N_("Actor"), "part", "person", False, 11),
        ElementType("CONDITION", N_("Condition"), "part", "alt_route", False, 8),
        ElementType("DEADLINE", N_("Time limit"), "part", "schedule", False, 10),
        ElementType("DEFINITION", N_("Definition"), "structure", "menu_book", True, 7),
        ElementType("REFERENCE", N_("Reference"), "structure", "link", False, 9),
        ElementType("CHANGE", N_("Amendment"), "structure", "edit_note", True, 6),
    )
}


@dataclass(frozen=True)
class Badge:
    """A state as icon, word and colour: always all three."""

    label: str
    icon: str
    tone: Tone


ELEMENT_STATUS: dict[str, Badge] = {
    "gold": Badge(N_("Confirmed"), "check_circle", "good"),
    "suggested": Badge(N_("Suggested"), "radio_button_unchecked", "info"),
    "rejected": Badge(N_("Rejected"), "close", "struck"),
    "stale": Badge(N_("Stale"), "history", "warn"),
}
JOB_STATUS: dict[str, Badge] = {
    "queued": Badge(N_("Queued"), "schedule", "muted"),
    "running": Badge(N_("Running"), "hourglass_top", "info"),
    "succeeded": Badge(N_("Succeeded"), "check_circle", "good"),
    "failed": Badge(N_("Failed"), "error", "bad"),
    "cancelled": Badge(N_("Cancelled"), "cancel", "outline"),
    "paused": Badge(N_("Paused"), "pause", "warn"),
}

ATTRIBUTES: dict[str, str] = {
    "term": N_("Term"),
    "meaning": N_("Meaning"),
    "role": N_("Role"),
    "bearer": N_("Who"),
    "action": N_("Action"),
    "form": N_("Form"),
    "penalties": N_("Penalties"),
    "kind": N_("Kind of limit"),
    "value": N_("Number"),
    "unit": N_("Unit"),
    "from_event": N_("Counted from"),
    "polarity": N_("Kind"),
    "target_act": N_("Act"),
    "article": N_("Article"),
    "part": N_("Part"),
    "point": N_("Point"),
    "subpoint": N_("Subpoint"),
    "indent": N_("Indent"),
    "op": N_("Type of change"),
    "effective": N_("Effective from"),
}
VALUES: dict[str, dict[str, str]] = {
    "role": {"bearer": N_("bearer"), "counterparty": N_("counterparty"), "authority": N_("authority")},
    "form": {"norm": N_("norm"), "offence": N_("offence")},
    "kind": {
        "latest": N_("no later than"),
        "max": N_("no longer than"),
        "until": N_("until"),
        "exact": N_("exactly"),
        "min": N_("no less than"),
    },
    "unit": {
        "calendar_day": N_("calendar days"),
        "working_day": N_("working days"),
        "hour": N_("hours"),
        "month": N_("months"),
        "year": N_("years"),
    },
    "polarity": {"if": N_("condition"), "exception": N_("exception")},
    "op": {
        "insert": N_("insert"),
        "replace": N_("replace"),
        "restate": N_("restate"),
        "renumber": N_("renumber"),
        "delete": N_("delete"),
        "repeal": N_("repeal"),
        "approve": N_("approve"),
        "enters_force": N_("enters into force"),
        "expires": N_("expires"),
    },
    "target_act": {"self": N_("this act")},
}
_UNITS = {
    "article": N_("art. {number}"),
    "part": N_("part {number}"),
    "point": N_("pt. {number}"),
    "subpoint": N_("subpt. {number}"),
    "indent": N_("indent {number}"),
}
_NORMS = frozenset({"OBLIGATION", "RIGHT", "COMPETENCE", "PROHIBITION"})


def type_label(t: Text, code: str) -> str:
    """The type's name; an unknown code is shown as it is."""
    kind = TYPES.get(code)
    return t(kind.label) if kind else code


def status_badge(t: Text, status: str) -> Badge:
    """Badge of an element's status or of a job's, with its word translated."""
    found = ELEMENT_STATUS.get(status) or JOB_STATUS.get(status) or Badge(status, "circle", "muted")
    return Badge(t(found.label), found.icon, found.tone)


def attribute_label(t: Text, name: str) -> str:
    """The attribute's name in words."""
    return t(ATTRIBUTES[name]) if name in ATTRIBUTES else name


def attribute_value(t: Text, name: str, value: object) -> str:
    """The attribute's value in words; None becomes an en dash."""
    if value is None:
        return t.number(None)
    if name == "penalties" and isinstance(value, list):
        return "; ".join(_penalty(t, item) for item in value if isinstance(item, Mapping))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return t.number(value)
    word = VALUES.get(name, {}).get(str(value))
    return t(word) if word else str(value)


def _limit(t: Text, attributes: Mapping[str, object]) -> str:
    kind, number = attributes.get("kind"), attributes.get("value")
    period = _period(t, number, str(attributes.get("unit") or "")) if isinstance(number, int | float) else ""
    words = attribute_value(t, "kind", kind) if kind else ""
    if words and period:
        return t("{name}: {value}", name=words, value=period)
    return period or words


def _period(t: Text, number: float, unit: str) -> str:
    count = number if isinstance(number, int) or not float(number).is_integer() else int(number)
    if not isinstance(count, int):
        return f"{t.number(count)} {attribute_value(t, 'unit', unit)}"
    forms = {
        "calendar_day": lambda: t.n("{count} calendar day", "{count} calendar days", count),
        "working_day": lambda: t.n("{count} working day", "{count} working days", count),
        "hour": lambda: t.n("{count} hour", "{count} hours", count),
        "month": lambda: t.n("{count} month", "{count} months", count),
        "year": lambda: t.n("{count} year", "{count} years", count),
    }
    return forms[unit]() if unit in forms else f"{t.number(count)} {unit}".rstrip()


def _penalty(t: Text, penalty: Mapping[str, object]) -> str:
    low, high = penalty.get("min"), penalty.get("max")
    figures = [t.number(bound) for bound in (low, high) if isinstance(bound, int | float)]
    unit = penalty.get("unit")
    words = [
        str(penalty.get("kind") or ""),
        "\u2013".join(dict.fromkeys(figures)),
        attribute_value(t, "unit", unit),
    ]
    return " ".join(word for word in words if word and word != t.number(None))


def summary(t: Text, code: str, attributes: Mapping[str, object]) -> str:
    """The one fact worth a second line: who is bound, how long, which act and unit; or empty."""
    if code == "REFERENCE":
        words = _target(t, attributes)
    elif code == "DEADLINE":
        words = _limit(t, attributes)
    elif code == "CONDITION" and attributes.get("polarity") == "if":
        words = ""  # the type's own name says it
    elif code in _NORMS and attributes.get("bearer"):
        words = t("Who: {who}", who=str(attributes["bearer"]))
    else:
        shown = (name for name in _FACTS.get(code, ()) if attributes.get(name) is not None)
        words = " ".join(attribute_value(t, name, attributes[name]) for name in shown)
    return words[:1].upper() + words[1:]


def _target(t: Text, attributes: Mapping[str, object]) -> str:
    units = [t(short, number=str(attributes[name])) for name, short in _UNITS.items() if attributes.get(name)]
    act = attribute_value(t, "target_act", attributes["target_act"]) if attributes.get("target_act") else ""
    target = ", ".join(part for part in (act, " ".join(units)) if part)
    return t("Target: {target}", target=target) if target else ""


_FACTS: dict[str, tuple[str, ...]] = {
    "ACTOR": ("role",),
    "CONDITION": ("polarity",),
    "DEFINITION": ("term",),
    "SANCTION": ("penalties",),
    "CHANGE": ("op", "effective"),
    "PROHIBITION": ("form",),
}
