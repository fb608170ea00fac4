"""Streamlit's own words, which it has in English only (streamlit#1353): shown in the reader's language.

`ui/browser.js` replaces a text of the page only when it is exactly one of these.
"""

from ui.i18n import N_, Text

WORDS = (
    N_("Upload"),
    N_("Drag and drop file here"),
    N_("Drag and drop files here"),
    N_("Press Enter to apply"),
    N_("Press Ctrl+Enter to apply"),
    N_("Press Enter to submit form"),
    N_("Press Ctrl+Enter to submit form"),
    N_("No results"),
    N_("Choose an option"),
    N_("Choose options"),
    N_("Select all"),
    N_("Connection error"),
    N_("Page not found"),
    N_("System"),
    N_("Light"),
    N_("Dark"),
    N_("Print"),
    N_("Record screen"),
)
_PER_FILE = N_("up to {size} per file{kinds}")


def words(t: Text) -> dict[str, str]:
    """English text → the reader's; empty for a reader of English."""
    return {} if t.lang == "en" else {english: t(english) for english in WORDS}


def patterns(t: Text) -> list[tuple[str, str]]:
    """Regular expressions (JavaScript) with their replacements, for texts that hold a figure."""
    if t.lang == "en":
        return []
    megabytes = t(N_("{number} MB"), number="$1")
    return [(r"^(\d+)(?:\.0)?\s?MB per file(.*)$", t(_PER_FILE, size=megabytes, kinds="$2"))]
