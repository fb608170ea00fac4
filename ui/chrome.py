"""Streamlit's own words, which it has in English only (streamlit#1353): shown in the reader's language.

`ui/browser.js` replaces a text of the page, or a name that a screen reader says, only when it is exactly one
of these.
"""

import re

from ui.i18n import N_, Text

# Above a table that is edited; their names also say which table, after a colon.
_TOOLS = (
    N_("Add row"),
    N_("Delete row(s)"),
    N_("Search"),
    N_("Fullscreen"),
    N_("Close fullscreen"),
    N_("Download as CSV"),
    N_("Show/hide columns"),
)
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
    N_("The page that you have requested does not seem to exist. Running the app's main page."),
    N_(
        "This app has encountered an error. The original error message is redacted to prevent data leaks. "
        "Full error details have been recorded in the logs (if you're on Streamlit Cloud, click on "
        "'Manage app' in the lower right of your app)."
    ),
    N_("System"),
    N_("Light"),
    N_("Dark"),
    N_("Print"),
    N_("Record screen"),
    N_("Stop"),
    N_("Skip to main content"),
    N_("Main menu"),
    N_("Theme"),
    N_("App pages"),
    N_("Sidebar"),
    N_("Collapse sidebar"),
    N_("Expand sidebar"),
    N_("Navigate to home page"),
    N_("Pagination"),
    N_("Next page"),
    N_("Previous page"),
    N_("Open"),
    N_("Increment"),
    N_("Decrement"),
    N_("Show password"),
    N_("Hide password"),
    N_("Copy to clipboard"),
    N_("file upload"),
    N_("Logo"),
    *_TOOLS,
)
_PER_FILE = N_("up to {size} per file{kinds}")
_TOO_LARGE = N_("The file is larger than {size}. It was not imported.")


def words(t: Text) -> dict[str, str]:
    """English text → the reader's; empty for a reader of English."""
    return {} if t.lang == "en" else {english: t(english) for english in WORDS}


def patterns(t: Text) -> list[tuple[str, str]]:
    """Regular expressions (JavaScript) with their replacements, for texts that hold a figure or a name."""
    if t.lang == "en":
        return []
    sizes = {
        "KB": t("{number} kB", number="$1"),
        "MB": t("{number} MB", number="$1"),
        "GB": t("{number} GB", number="$1"),
    }
    figure = {unit: rf"(\d+)(?:\.0)?\s?{unit}" for unit in sizes}
    tools = ((re.escape(word), t(word)) for word in _TOOLS)
    return [
        (r"^Page (\d+)$", t("Page {number}", number="$1")),
        (r"^Help for (.+)$", t("Help: {name}", name="$1")),
        *((rf"^{english}: (.+)$", f"{shown}: $1") for english, shown in tools),
        *((rf"^{figure[u]} per file(.*)$", t(_PER_FILE, size=size, kinds="$2")) for u, size in sizes.items()),
        *(
            (rf"^File must be {figure[u]} or smaller\.$", t(_TOO_LARGE, size=size))
            for u, size in sizes.items()
        ),
    ]
