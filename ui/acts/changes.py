"""What an extraction changed, in words."""

from collections import Counter
from collections.abc import Mapping

from ui.i18n import Text


def changes(t: Text, counts: Mapping[str, int], failed: int = 0) -> tuple[str, str]:
    """A sentence on what is new, and one on everything else that happened (empty if nothing)."""
    c = Counter(counts)
    # Those that are nowhere in the text are told on their own, and listed on their own.
    placed = c["added"] - c["not_found"]
    added = t.n("{count} new suggestion.", "{count} new suggestions.", placed)
    confirmed = t.n(
        "{count} confirmed element was found again and left unchanged.",
        "{count} confirmed elements were found again and left unchanged.",
        c["confirmed"],
    )
    kept = t.n("{count} earlier suggestion was kept.", "{count} earlier suggestions were kept.", c["kept"])
    stale = t.n(
        "{count} earlier suggestion was not found again and is marked as stale.",
        "{count} earlier suggestions were not found again and are marked as stale.",
        c["stale"],
    )
    lost = t.n(
        "{count} quote does not match the text word for word.",
        "{count} quotes do not match the text word for word.",
        c["not_found"],
    )
    broken = t.n("{count} passage failed.", "{count} passages failed.", failed)
    said = (
        (c["confirmed"], confirmed),
        (c["kept"], kept),
        (c["stale"], stale),
        (c["not_found"], lost),
        (failed, broken),
    )
    return added, " ".join(sentence for number, sentence in said if number)
