"""Findings of checks in words, for datasets and for the readiness of a fine-tuning."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from services.datasets.checks import Check
from ui.elements import type_label
from ui.i18n import N_, Text
from ui.layout import Kind, Remark

Data = Mapping[str, Any]

_KINDS: dict[str, Kind] = {"pass": "good", "remark": "warn", "block": "bad"}
SPLITS = {"train": N_("Training set"), "validation": N_("Validation set"), "test": N_("Test set")}
_FAULTS = {
    "quote_differs": N_("a quote differs from the text"),
    "quote_not_found": N_("a quote is not in the text"),
    "empty_text": N_("the text is empty"),
}
_ROWS_SHOWN = 5


def remark(t: Text, check: Check) -> Remark:
    """One finding as a line: what holds or does not, what follows, its figure."""
    text, second, value = WORDS[check.code](t, check.level, check.data)
    return Remark(_KINDS[check.level], text, second, value)


def remarks(t: Text, found: Iterable[Check]) -> list[Remark]:
    """Findings as lines, in their order."""
    return [remark(t, check) for check in found if check.code in WORDS]


Words = tuple[str, str, str]


def _examples(t: Text, level: str, data: Data) -> Words:
    value = t.number(data["have"])
    if level == "block":
        return (
            t("Too few training examples: {have}, and at least {least} are needed", **_numbers(data)),
            t("Confirm elements in more passages and freeze a new version."),
            value,
        )
    if level == "remark":
        return (
            t("Few training examples: {have}", **_numbers(data)),
            t("You can start; at least {advised} are recommended.", **_numbers(data)),
            value,
        )
    return (
        t("There are enough training examples"),
        t("At least {advised} are recommended.", **_numbers(data)),
        value,
    )


def _numbers(data: Data) -> dict[str, int]:
    return {name: int(data[name]) for name in ("have", "least", "advised")}


def _disjoint(t: Text, level: str, data: Data) -> Words:
    total = int(data["acts"]) + int(data["texts"])
    matches = t.n("{count} match", "{count} matches", total)
    if level != "pass":
        return (
            t("Test acts overlap with training acts"),
            t("Scores on such a dataset would be too high. Freeze a new version."),
            matches,
        )
    second = t("Split by act; identical passages stay in the same set.")
    if data["left_out"]:
        second = t.n(
            "Split by act; {count} passage was left out because it repeats another.",
            "Split by act; {count} passages were left out because they repeat others.",
            int(data["left_out"]),
        )
    return t("Test acts do not overlap with training acts"), second, matches


def _filled(t: Text, level: str, data: Data) -> Words:
    if level == "pass":
        return t("There are passages for training, validation and testing"), "", ""
    empty = ", ".join(t(SPLITS[name]).lower() for name in data["empty"])
    return (
        t("Empty: {splits}", splits=empty),
        t("Confirm elements in at least three acts; without test acts a model cannot be evaluated."),
        "",
    )


def _valid(t: Text, level: str, data: Data) -> Words:
    if level == "pass":
        return t("Every quote is found in its text"), "", ""
    shown = "; ".join(_fault(t, fault) for fault in data["rows"][:_ROWS_SHOWN])
    faults = int(data["faults"])
    return t.n("{count} row error", "{count} row errors", faults), shown, t.number(faults)


def _fault(t: Text, fault: Data) -> str:
    split = SPLITS[fault["split"]]
    reason = _FAULTS.get(fault["reason"], N_("the row is not valid"))
    return t("{split}, row {row}: {reason}", split=t(split), row=str(fault["row"]), reason=t(reason))


def _agree(t: Text, level: str, data: Data) -> Words:
    if level == "pass":
        return t("No text has conflicting answers"), "", ""
    return (
        t("Some texts have conflicting answers"),
        t("Open them in Review and make the elements consistent."),
        t.n("{count} text", "{count} texts", int(data["texts"])),
    )


def _types(t: Text, level: str, data: Data) -> Words:
    advised = int(data["advised"])
    if level == "pass":
        return t("Every type has at least {advised} examples", advised=advised), "", ""
    few: Mapping[str, int] = data["few"]
    listed = ", ".join(
        t("“{type}” ({count})", type=type_label(t, code), count=count)
        for code, count in sorted(few.items(), key=lambda item: item[1])
    )
    return (
        t("Few examples: {types}", types=listed),
        t("You can start. A reliable evaluation needs at least {advised} of each type.", advised=advised),
        t.n("{count} type", "{count} types", len(few)),
    )


def _length(t: Text, level: str, data: Data) -> Words:
    if level == "pass":
        longest = t.n("{count} token", "{count} tokens", int(data["longest"]))
        return t("No row is too long"), t("The longest row has {tokens}.", tokens=longest), ""
    return (
        t("Some rows are too long and will be cut off"),
        t(
            "The limit is {limit} tokens per row; the longest row has {longest}.",
            limit=data["limit"],
            longest=data["longest"],
        ),
        t.n("{count} row", "{count} rows", int(data["count"])),
    )


WORDS: dict[str, Callable[[Text, str, Data], Words]] = {
    "examples": _examples,
    "split_disjoint": _disjoint,
    "splits_filled": _filled,
    "rows_valid": _valid,
    "answers_agree": _agree,
    "types_covered": _types,
    "row_length": _length,
}
