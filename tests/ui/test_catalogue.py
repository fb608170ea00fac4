"""No sentence of the interface without its translation, and no translation that lost a fact."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from ui.i18n import LANGUAGES, LOCALES, catalogue_path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "ui").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]
KEYWORDS: dict[str, tuple[int, ...] | None] = {"t": None, "N_": None, "n": (1, 2)}
PLACE = re.compile(r"\{(\w+)\}")


def key(message: object) -> str:
    return message[0] if isinstance(message, tuple) else str(message)


def extracted() -> set[str]:
    """What the extraction of `make messages` finds."""
    found = set()
    for folder in ("ui", "pages"):
        for _, _, message, *_ in extract_from_dir(ROOT / folder, keywords=KEYWORDS):
            found.add(key(message))
    return found


def written() -> Iterator[tuple[Path, int, str, bool]]:
    """Every first argument of t, N_ and n as the parser sees it, also inside an f-string."""
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            first = node.args[0]
            if name in KEYWORDS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield source.relative_to(ROOT), node.lineno, first.value, True


def catalogue(lang: str) -> Catalog:
    with catalogue_path(lang).open("rb") as file:
        return read_po(file, locale=lang)


@pytest.fixture(scope="module")
def ukrainian() -> list[Message]:
    return [message for message in catalogue("uk") if message.id]


def test_every_sentence_is_in_the_catalogue(ukrainian: list[Message]) -> None:
    known = {key(message.id) for message in ukrainian}
    missing = [f"{path}:{line}: {text}" for path, line, text, _ in written() if text not in known]
    assert missing == [], "run `make messages`, translate, and keep t() out of f-strings"


def test_the_template_and_the_catalogue_are_those_of_the_code(ukrainian: list[Message]) -> None:
    with (LOCALES / "app.pot").open("rb") as file:
        template = {key(message.id) for message in read_po(file) if message.id}
    assert template == extracted()
    assert {key(message.id) for message in ukrainian} == template


def test_every_sentence_is_translated_in_all_its_forms(ukrainian: list[Message]) -> None:
    for message in ukrainian:
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), message.id
        assert len(forms) == (3 if isinstance(message.id, tuple) else 1), message.id
        assert not message.fuzzy, message.id


def test_translations_keep_the_named_places(ukrainian: list[Message]) -> None:
    for message in ukrainian:
        places = set(PLACE.findall(message.id[-1] if isinstance(message.id, tuple) else message.id))
        for form in message.string if isinstance(message.string, tuple) else (message.string,):
            assert set(PLACE.findall(form)) == places, (message.id, form)


def test_ukrainian_wording_keeps_to_its_rules(ukrainian: list[Message]) -> None:
    banned = re.compile(
        r"датасет|промпт|пайплайн|файнтюн|фідбек|співпадінн|на протязі|приймати участь"
        r"|даний документ|упс|щось пішло",
        re.IGNORECASE,
    )
    for message in ukrainian:
        for form in message.string if isinstance(message.string, tuple) else (message.string,):
            assert not banned.search(form), form
            assert "!" not in form, form
            assert not re.search(r"[а-яіїєґ]'[а-яіїєґ]", form, re.IGNORECASE), f"’ is the apostrophe: {form}"
            assert not re.search(r'[«"].*"', form), f"quotation marks are « »: {form}"


def test_only_known_languages_have_catalogues() -> None:
    assert {path.name for path in LOCALES.iterdir() if path.is_dir()} <= set(LANGUAGES)
