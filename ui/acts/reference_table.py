"""The references of a text as a list: the keyboard's and the screen reader's way to follow them."""

from ui import tables
from ui.acts.references import References, target
from ui.i18n import N_, Text
from ui.tables import generic

PAGE = 100
"""Rows drawn at once."""

_LONGEST = 120
_WHERE = {"here": N_("this act"), "there": N_("another act"), "outside": N_("not in the collection")}


def draw(t: Text, key: str, refs: References, start: int, end: int, height: int) -> str | None:
    """The references that stand in a range of the act; the key of the one that was chosen in this run."""
    found = refs.inside(start, end)
    pages = max(1, -(-len(found) // PAGE))
    page = min(generic.page_of(key), pages - 1)
    event = tables.simple_table(
        t,
        key,
        [tables.Column(t("Leads to")), tables.Column(t("Where"), shrink=True)],
        [_row(t, refs, name) for name, _ in found[page * PAGE : (page + 1) * PAGE]],
        label=t("References in the text"),
        clickable=True,
        height=height,
        page=page,
        pages=pages,
    )
    return event.clicked


def _row(t: Text, refs: References, key: str) -> tables.Row:
    one = refs.get(key)
    where = refs.where(one)
    words = " ".join(refs.act.text[one.start : one.end].split())
    words = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
    said = t("{place}: {words}", place=one.place, words=words) if one.place else words
    cells: list[tables.Cell] = [tables.stack(target(t, refs, one), said), tables.muted(t(_WHERE[where]))]
    return tables.Row(key, cells, faded=where == "outside")
