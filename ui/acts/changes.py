"""What an extraction changed, in words."""

from collections import Counter
from collections.abc import Mapping

from ui.i18n import Text


def none_placed(counts: Mapping[str, int]) -> bool:
    """Has the model marked something, and nothing of it that stands in the text?"""
    return 0 < counts.get("not_found", 0) >= counts.get("added", 0)


def to_review(counts: Mapping[str, int]) -> bool:
    """Is there anything in the text that waits for a decision now?"""
    return counts.get("added", 0) > counts.get("not_found", 0) or bool(counts.get("kept"))


def changes(t: Text, counts: Mapping[str, int], failed: int = 0) -> tuple[str, str]:
    """A sentence on what is new, and one on everything else that happened (empty if nothing)."""
    c = Counter(counts)
    # Those that are nowhere in the text are told on their own, and listed on their own.
    added = t.n("{count} new suggestion.", "{count} new suggestions.", c["added"] - c["not_found"])
    lost = t.n(
        "{count} quote does not match the text word for word.",
        "{count} quotes do not match the text word for word.",
        c["not_found"],
    )
    broken = t.n("{count} passage failed.", "{count} passages failed.", failed)
    if failed and not c["added"]:
        added, broken = broken, ""
    if none_placed(counts):
        # «0 нових пропозицій» would say that the model found nothing.
        added, lost = _nowhere(t, c["not_found"]), t("See “Not found in the text” in Review.")
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
    said = (
        (c["not_found"], lost),
        (c["confirmed"], confirmed),
        (c["kept"], kept),
        (c["stale"], stale),
        (failed, broken),
    )
    return added, " ".join(sentence for number, sentence in said if number and sentence)


def _nowhere(t: Text, count: int) -> str:
    return t.n(
        "The model named {count} element, but its words are not in the text.",
        "The model named {count} elements, but their words are not in the text.",
        count,
    )
