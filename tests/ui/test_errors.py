"""Failures become words with a next step, in both languages; nothing internal reaches the reader."""

import logging
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from streamlit.testing.v1 import AppTest

import services
from services.config import ConfigError
from services.errors import AppError, NotFoundError
from ui import errors
from ui.error_words import WORDS
from ui.i18n import Text

ROOT = Path(__file__).resolve().parents[2]
UK, EN = Text("uk"), Text("en")
# Roots of families that are never raised themselves.
ABSTRACT = {"unknown"}


def codes(kind: type[AppError] = AppError) -> set[str]:
    return {kind.code}.union(*(codes(below) for below in kind.__subclasses__()))


def test_every_code_of_the_services_has_words() -> None:
    for module in walk_packages(services.__path__, "services."):
        if ".migrations" not in module.name:
            import_module(module.name)
    ours = {code for code in codes() if not code.startswith("test_")} - ABSTRACT
    assert ours - WORDS.keys() == set()


@pytest.mark.parametrize("t", [UK, EN], ids=["uk", "en"])
def test_words_are_whole_sentences_with_a_next_step(t: Text) -> None:
    for code in WORDS:
        title, text, step = errors.explain_code(t, code, {})
        assert title and not title.endswith("."), code
        assert text.endswith("."), code
        assert step and re.search(r"[.–]$", step), code
        assert "{" not in title + text + step, code


def test_facts_of_the_error_stand_in_the_sentence() -> None:
    class TooLargeError(AppError):
        code = "file_too_large"

    words = errors.explain(UK, TooLargeError(size_mb=120.5, limit_mb=100))
    assert "120,5 МБ" in words.text.replace("\u00a0", " ")
    assert "100 МБ" in words.text.replace("\u00a0", " ")


def test_a_setting_is_named_as_its_field_on_the_page() -> None:
    said = errors.explain(UK, ConfigError(field="OPENAI_BASE_URL", value="")).text
    assert said == "Значення поля «Адреса» непридатне."
    assert "DATABASE_URL" in errors.explain(UK, ConfigError(field="DATABASE_URL", value="")).text


def test_an_unexpected_failure_shows_a_number_and_logs_the_trace(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("secret detail sk-12345")
    except ValueError as problem:
        with caplog.at_level(logging.ERROR, "norma.ui"):
            words = errors.explain(UK, problem)
    number = re.search(r"\b[0-9a-f]{8}\b", words.next_step)
    assert number and number.group() in caplog.text
    assert "secret detail" in caplog.text, "the trace is for the log"
    assert "secret detail" not in " ".join(words)


def test_a_guarded_failure_leaves_the_rest_of_the_page() -> None:
    def page() -> None:
        import streamlit as st

        from services.errors import NotFoundError
        from ui import errors
        from ui.i18n import Text

        with errors.guard(Text("uk")):
            raise NotFoundError(what="act", key=7)
        st.write("далі")

    at = AppTest.from_function(page, default_timeout=60).run()
    assert not at.exception
    assert "видалено" in at.error[0].value
    assert at.markdown[-1].value == "далі"


def test_a_code_without_words_is_named() -> None:
    assert "brand_new" in errors.explain_code(UK, "brand_new").text
    assert errors.explain(EN, NotFoundError(what="act", key=1)).title == "No longer available"
