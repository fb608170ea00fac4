"""The eleven element types and their states: names, icons, colours, order."""

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


def type_label(t: Text, code: str) -> str:
    """The type's name; an unknown code is shown as it is."""
    kind = TYPES.get(code)
    return t(kind.label) if kind else code


def status_badge(t: Text, status: str) -> Badge:
    """Badge of an element's status or of a job's, with its word translated."""
    found = ELEMENT_STATUS.get(status) or JOB_STATUS.get(status) or Badge(status, "circle", "muted")
    return Badge(t(found.label), found.icon, found.tone)
