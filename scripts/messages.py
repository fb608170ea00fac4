"""Keep the catalogues in step with the code: extract, update; with --check, change nothing and fail."""

import argparse
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "locales" / "app.pot"
LANGUAGES = ("uk",)
KEYWORDS = {"t": None, "n": (1, 2), "N_": None}


def main() -> int:
    """Exit 1 where --check finds the catalogues behind the code."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true", help="report, do not write")
    check = arguments.parse_args().check
    template = extract()
    behind = _write(TEMPLATE, template, check)
    for language in LANGUAGES:
        path = ROOT / "locales" / language / "LC_MESSAGES" / "app.po"
        catalogue = (
            read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(language)
        )
        catalogue.update(template, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        behind |= _write(path, catalogue, check)
        untranslated = [message.id for message in catalogue if message.id and not _whole(message.string)]
        for message in untranslated:
            print(f"{language}: not translated: {message!r}", file=sys.stderr)
        behind |= check and bool(untranslated)
    if check and behind:
        print("The catalogues are behind the code: run `make messages` and translate.", file=sys.stderr)
    return int(check and behind)


def extract() -> Catalog:
    """Every message of the interface's code."""
    catalogue = Catalog(project="Norma", version="1", copyright_holder="Norma", fuzzy=False)
    for folder in ("pages", "ui"):
        for _name, _line, message, comments, context in extract_from_dir(
            ROOT / folder, keywords=KEYWORDS, method_map=[("**.py", "python")], directory_filter=_ours
        ):
            catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def _ours(path: str) -> bool:
    return not Path(path).name.startswith((".", "__"))


def _whole(text: str | tuple[str, ...] | list[str] | None) -> bool:
    return all(text or ("",)) if not isinstance(text, str) else bool(text)


def _write(path: Path, catalogue: Catalog, check: bool) -> bool:
    """Write where the messages changed; the date in the header alone is no change."""
    out = BytesIO()
    write_po(out, catalogue, sort_output=True, no_location=True, width=110)
    old = path.read_bytes() if path.exists() else b""
    changed = _body(out.getvalue()) != _body(old)
    if changed and not check:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(out.getvalue())
    return changed


def _body(raw: bytes) -> list[bytes]:
    return [line for line in raw.splitlines() if b"-Date: " not in line and b"Generated-By" not in line]


if __name__ == "__main__":
    sys.exit(main())
