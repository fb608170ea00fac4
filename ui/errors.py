"""What a failure means to the reader: a title, a sentence and the next step. Never a provider's own words."""

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

import streamlit as st

from services.errors import AppError
from ui.error_words import WORDS
from ui.fields import field_name
from ui.i18n import ABSENT, N_, Text
from ui.markup import md

log = logging.getLogger("norma.ui")

_UNKNOWN_TITLE = N_("The action was not completed")


class Words(NamedTuple):
    """A failure in words; `next_step` may be empty."""

    title: str
    text: str
    next_step: str


def explain(t: Text, error: BaseException) -> Words:
    """The words for an error. An unexpected one gets an incident number, and its trace goes to the log."""
    if isinstance(error, AppError) and error.code in WORDS:
        return explain_code(t, error.code, error.data)
    incident = secrets.token_hex(4)
    log.error("incident %s", incident, exc_info=error)
    return Words(
        t(_UNKNOWN_TITLE),
        t("An unexpected error occurred. Nothing that was saved is lost."),
        t("Try again; if it happens again, report incident number {number}.", number=incident),
    )


def explain_code(t: Text, code: str, data: Mapping[str, Any] | None = None) -> Words:
    """The words for a stored code and its data; without words the code itself."""
    facts = dict(data or {})
    if "field" in facts:
        facts["field"] = field_name(t, str(facts["field"]))
    variants = (f"{code}.{facts.get('kind')}", f"{code}.embedded" if facts.get("embedded") else code, code)
    known = next((variant for variant in variants if variant in WORDS), None)
    if known is None:
        return Words(t(_UNKNOWN_TITLE), t("Error code: {code}.", code=code), "")
    return Words(*(_fill(t, t(part), facts) for part in WORDS[known]))


class _Facts(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ABSENT


def _fill(t: Text, sentence: str, data: Mapping[str, Any]) -> str:
    facts = {
        name: t.number(v) if isinstance(v, int | float) and not isinstance(v, bool) else str(v) or ABSENT
        for name, v in data.items()
    }
    return sentence.format_map(_Facts(facts))


def show(t: Text, error: BaseException) -> None:
    """Draw the failure where the reader is: title, what happened, what to do."""
    _draw(explain(t, error))


def show_code(t: Text, code: str, data: Mapping[str, Any] | None = None) -> None:
    """The same for a failure that is stored, by its code and its data."""
    _draw(explain_code(t, code, data))


def _draw(words: Words) -> None:
    body = " ".join(part for part in (words.text, words.next_step) if part)
    st.error(md(body), title=md(words.title), icon=":material/error:")


@contextmanager
def guard(t: Text, after: Callable[[], None] | None = None) -> Iterator[None]:
    """Show any failure of the enclosed block in words instead of a trace; `after` runs when one was shown."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - the last place before the reader
        show(t, error)
        if after:
            after()
