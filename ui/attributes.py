"""What elements say beside their words: attributes, their values and the second line, for people."""

from collections.abc import Mapping

from services.acts import citations
from ui import amounts
from ui.i18n import N_, Text

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
# Fields of records whose names mean something else elsewhere.
FIELDS: dict[str, dict[str, str]] = {
    "penalties": {"kind": N_("Penalty"), "min": N_("From"), "max": N_("To"), "unit": N_("Measure")},
}
_UNITS = {
    "article": N_("art. {number}"),
    "part": N_("part {number}"),
    "point": N_("pt. {number}"),
    "subpoint": N_("subpt. {number}"),
    "indent": N_("indent {number}"),
}
_NORMS = frozenset({"OBLIGATION", "RIGHT", "COMPETENCE", "PROHIBITION"})


def attribute_label(t: Text, name: str) -> str:
    """The attribute's name in words."""
    return t(ATTRIBUTES[name]) if name in ATTRIBUTES else name


def field_label(t: Text, attribute: str, name: str) -> str:
    """The name of a field of an attribute that is a list of records: a penalty's «Від»."""
    words = FIELDS.get(attribute, {}).get(name)
    return t(words) if words else attribute_label(t, name)


def attribute_value(t: Text, name: str, value: object) -> str:
    """The attribute's value in words; None becomes an en dash."""
    if value is None:
        return t.number(None)
    if name == "penalties" and isinstance(value, list):
        return "; ".join(amounts.penalty(t, item) for item in value if isinstance(item, Mapping))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return t.number(value)
    if name == "unit":
        return amounts.unit_label(t, str(value))
    word = VALUES.get(name, {}).get(str(value))
    return t(word) if word else str(value)


def _limit(t: Text, attributes: Mapping[str, object]) -> str:
    kind, number, unit = attributes.get("kind"), attributes.get("value"), str(attributes.get("unit") or "")
    period = amounts.amount(t, number, unit) if isinstance(number, int | float) else ""
    words = attribute_value(t, "kind", kind) if kind else ""
    if words and period:
        return t("{name}: {value}", name=words, value=period)
    return period or words


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
    told = str(attributes.get("target_act") or "")
    act = (citations.named(told) or attribute_value(t, "target_act", told)) if told else ""
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
