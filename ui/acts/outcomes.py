"""What became of passages, in words."""

from collections.abc import Mapping

from services.extraction.totals import USABLE
from ui import errors
from ui.i18n import N_, Text

_WORDS = {
    "malformed": N_("the answer was in the wrong format"),
    "cut_off": N_("the answer was cut off"),
    "wrong_schema": N_("the answer was not a list of elements"),
    "partly_usable": N_("a part of the answer could not be used"),
    "refusal": N_("the model refused to answer"),
    "quotes_not_found": N_("some quotes are not in the text"),
}


def outcome_words(t: Text, outcome: str) -> str:
    """What became of a passage: «відповідь обірвано»; of a call that failed, the title of its error."""
    if outcome in _WORDS:
        return t(_WORDS[outcome])
    title = errors.explain_code(t, outcome).title
    return title[:1].lower() + title[1:]


def unusable(counts: Mapping[str, int]) -> dict[str, int]:
    """The outcomes that left a passage without a usable answer."""
    return {name: n for name, n in counts.items() if name not in USABLE}


def told(t: Text, counts: Mapping[str, int]) -> list[str]:
    """How many passages had each outcome, the commonest first: «3 уривки: відповідь обірвано»."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [
        t.n("{count} passage: {outcome}", "{count} passages: {outcome}", n, outcome=outcome_words(t, name))
        for name, n in ordered
        if n
    ]
