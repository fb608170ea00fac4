"""The readiness card: every check of a launch in words."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st

from services.datasets.checks import Check
from services.fine_tuning.views import Preflight
from ui import layout
from ui.datasets import checks as dataset_words
from ui.errors import explain_code
from ui.i18n import Text

Data = Mapping[str, Any]
Words = tuple[str, str, str]


def draw(t: Text, found: Preflight) -> None:
    """The card; what forbids the launch is said first in the line under the title."""
    with layout.card("ft_ready", t("Readiness"), _summary(t, found)):
        layout.readiness_list([remark(t, item) for item in found.items])


def await_engine(found: Preflight, ask_again: Callable[[], Preflight]) -> None:
    """While the embedded engine is starting, look every two seconds; draw the page once it is there."""
    if not _starting(found):
        return

    def body() -> None:
        if not _starting(ask_again()):
            st.rerun()

    st.fragment(body, run_every=2.0)()


def _starting(found: Preflight) -> bool:
    return any(item.code == "provider_reachable" and item.data["embedded"] for item in found.blocks)


def _summary(t: Text, found: Preflight) -> str:
    if found.blocks:
        return t.n(
            "{count} item must be fixed before you start",
            "{count} items must be fixed before you start",
            len(found.blocks),
        )
    total = len(found.items)
    if found.remarks:
        return t.n(
            "{passed} of {total} checks pass; {count} warning does not prevent the start",
            "{passed} of {total} checks pass; {count} warnings do not prevent the start",
            len(found.remarks),
            passed=total - len(found.remarks),
            total=total,
        )
    return t.n("{count} check passes", "All {count} checks pass", total)


def remark(t: Text, check: Check) -> layout.Remark:
    """One check as a line."""
    words = _WORDS.get(check.code)
    if words is None:
        return dataset_words.remark(t, check)
    kind: dict[str, layout.Kind] = {"pass": "good", "remark": "warn", "block": "bad"}
    return layout.Remark(kind[check.level], *words(t, check.level, check.data))


def _frozen(t: Text, level: str, data: Data) -> Words:
    if level == "block":
        return t("The dataset is not frozen"), t("Freeze a version to start fine-tuning."), ""
    name = t("{name}, version {number}", name=data["name"], number=str(data["number"]))
    return (
        t("Dataset “{name}” is frozen", name=name),
        t(
            "Training {train} · validation {validation} · test {test} passages",
            train=data["train"],
            validation=data["validation"],
            test=data["test"],
        ),
        t.n("{count} act", "{count} acts", data["acts"]),
    )


def _model(t: Text, level: str, data: Data) -> Words:
    model = data["model"]
    if level == "block":
        return _closed(t, data)
    if data["embedded"]:
        return (
            t("Model {model} can be fine-tuned", model=model),
            t("Rules and a statistical model on this computer, not a large language model."),
            t("available"),
        )
    if level == "pass":
        return t("Model {model} can be fine-tuned", model=model), "", t("available")
    return _ending(t, data)


def _closed(t: Text, data: Data) -> Words:
    instead = t("Choose another model, or the embedded one: it needs no key and no network.")
    if data["reason"] == "model_closed":
        day = t.date(date.fromisoformat(data["shutdown"]))
        return t("Model {model} was shut down on {date}", model=data["model"], date=day), instead, ""
    if data["reason"] == "provider_closed":
        day = t.date(date.fromisoformat(data["closes"]))
        return t("The provider ended fine-tuning on {date}", date=day), instead, ""
    if not data["model"]:
        return t("No model is selected"), t("Enter one in Setup, or choose the embedded model."), ""
    return t("Model {model} cannot be fine-tuned", model=data["model"]), instead, ""


def _ending(t: Text, data: Data) -> Words:
    """It can be trained, but not for long; or nobody has published whether it can."""
    ends = sorted((data[name], name) for name in ("closes", "shutdown") if data[name])
    if not ends:
        return (
            t("The provider does not say whether {model} can be fine-tuned", model=data["model"]),
            t("The provider will tell you when you start; a rejection costs nothing."),
            "",
        )
    first = t.date(date.fromisoformat(ends[0][0]))
    last = t.date(date.fromisoformat(ends[-1][0]))
    if ends[0][1] == "shutdown":
        return (
            t("Model {model} will be shut down on {date}", model=data["model"], date=first),
            t(
                "Models fine-tuned from it will stop working too. The dataset stays and can be "
                "used elsewhere."
            ),
            "",
        )
    return (
        t("The provider accepts fine-tuning only until {date}", date=first),
        t("New organisations are no longer accepted; the trained model will work until {date}.", date=last),
        "",
    )


def _reachable(t: Text, level: str, data: Data) -> Words:
    if level == "block":
        words = explain_code(t, data["error"], data)
        return words.title, words.next_step, ""
    if level == "remark":
        return (
            t("The provider does not list this model"),
            t("It may reject the job; a rejection costs nothing."),
            "",
        )
    if data["embedded"]:
        return t("The embedded engine is running"), "", t("connected")
    return t("The provider is responding"), "", t("connected")


def _price(t: Text, level: str, data: Data) -> Words:
    if level == "remark":
        return (
            t("This provider’s price is not known"),
            t("The job cannot be stopped at a spending limit; check the price with the provider first."),
            "",
        )
    if data["free"]:
        return t("Training is free"), t("No text leaves this computer."), t.money(0)
    return (
        t("The price is known before the start"),
        t("A job that would cost more is stopped."),
        t("up to {sum}", sum=t.money(data["high"])),
    )


def _repeated(t: Text, _level: str, data: Data) -> Words:
    return (
        t("{model} has already been trained on this dataset", model=data["label"]),
        t("Training again will not improve the model; confirm more elements first."),
        "",
    )


_WORDS: dict[str, Callable[[Text, str, Data], Words]] = {
    "dataset_frozen": _frozen,
    "model_tunable": _model,
    "provider_reachable": _reachable,
    "price_known": _price,
    "already_trained": _repeated,
}
