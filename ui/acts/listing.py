"""The list of acts: found, filtered, paged in the database; chosen, extracted, deleted and restored."""

from collections.abc import Mapping, Sequence

import streamlit as st

from services.acts import extractions, samples, service
from services.acts.service import ActCounts, ActRow
from ui import errors, layout, tables
from ui.acts import imports, outcomes, references, run, sources
from ui.acts.words import listed_line
from ui.elements import Badge
from ui.i18n import Text

SIZE = 20
_PAGER = 340  # pixels: in the width of its content it measures too little and hides pages
_MOST_NAMED = 1000
_ADDING, _ROUND, _GONE = "acts.adding", "acts.round", "acts.gone"
_FILTERS = ("all", "waiting", "processed", "deleted")


def page(t: Text) -> None:
    """The whole page of the list."""
    references.forget_trail()
    counts = service.counts()
    if not counts.total and not counts.deleted:
        _empty(t)
        return
    chosen = [int(key) for key in tables.checked(_table_key())]
    _header(t, counts, chosen)
    run.plan(t)
    with errors.guard(t):
        run.progress(t)
    _gone(t)
    if st.session_state.get(_ADDING):
        _offer_samples(t)
        sources.draw(t)
    imports.progress(t)
    if run.finished_well():
        review = layout.Button(t("Open Review"), "to_review", icon="rate_review", page="pages/review.py")
        layout.next_step(t, t("Confirm what was found: models learn only from what you confirm."), review)
    _list(t, counts, chosen)


def _empty(t: Text) -> None:
    pressed = layout.page_header(
        t,
        t("Acts"),
        t("Import acts, see their structure, and let a model mark the elements in them."),
        primary=layout.Button(t("Open the samples"), "samples", icon="library_books"),
    )
    if pressed.primary:
        _load_samples(t)
    layout.empty_state(
        t,
        t("No acts yet"),
        t("Open the samples (44 real acts, 170 confirmed passages) or import your own files below."),
    )
    sources.draw(t)
    imports.progress(t)


def _offer_samples(t: Text) -> None:
    """Whoever began with acts of their own may still want the samples."""
    if not samples.loaded() and layout.press(
        layout.Button(t("Open the samples"), "more_samples", icon="library_books")
    ):
        _load_samples(t)


def _load_samples(t: Text) -> None:
    with errors.guard(t), st.spinner(t("Loading the samples")):
        samples.load()
        st.session_state.pop(_ADDING, None)
        st.rerun()


def _header(t: Text, counts: ActCounts, chosen: Sequence[int]) -> None:
    label = t("Extract elements from unprocessed acts")
    if chosen:
        label = t.n("Extract elements from {count} act", "Extract elements from {count} acts", len(chosen))
    nothing = not chosen and not counts.not_processed
    help_ = t("All acts have been processed. Select acts in the list to extract from them again.")
    primary = layout.Button(
        label, "extract", icon="ink_highlighter", disabled=nothing, help=help_ if nothing else None
    )
    pressed = layout.page_header(
        t,
        t("Acts"),
        t("Import acts, see their structure, and let a model mark the elements in them."),
        primary=None if run.planning() else primary,
        secondary=layout.Button(t("Add acts"), "add_acts", icon="upload_file"),
    )
    if pressed.primary:
        with errors.guard(t):
            run.ask(chosen or _waiting(counts))
            st.rerun()
    if pressed.secondary:
        st.session_state[_ADDING] = not st.session_state.get(_ADDING)
        st.rerun()


def _waiting(counts: ActCounts) -> list[int] | None:
    """The acts no model has gone through, None where they are too many to be carried about by name."""
    return service.ids(processed=False) if counts.not_processed <= _MOST_NAMED else None


def _list(t: Text, counts: ActCounts, chosen: Sequence[int]) -> None:
    which, query = _filters(t, counts, chosen)
    processed, deleted = {"waiting": False, "processed": True}.get(which), which == "deleted"
    number = int(st.session_state.get("acts_page", 1))
    found = service.search(query, processed=processed, deleted=deleted, page=number, size=SIZE)
    pages = max(1, -(-found.total // SIZE))
    if not found.rows and number > 1:
        st.session_state["acts_page"] = pages
        st.rerun()
    if not found.rows:
        layout.note(t("No acts found. Change the search or the filter."))
        return
    became = extractions.outcomes([act.id for act in found.rows])
    event = tables.simple_table(
        t,
        _table_key(),
        _columns(t),
        [_row(t, act, became.get(act.id, {})) for act in found.rows],
        label=t("Acts"),
        clickable=True,
        checkable=True,
    )
    with layout.actions("list_foot", "center"):
        layout.note(t.n("{count} act", "{count} acts", found.total))
        if pages > 1:
            st.pagination(pages, key="acts_page", width=_PAGER)
    if event.clicked:
        st.query_params["act"] = event.clicked
        st.rerun()


def _filters(t: Text, counts: ActCounts, chosen: Sequence[int]) -> tuple[str, str]:
    names = {
        "all": t("All {count}", count=counts.total),
        "waiting": t("Not processed {count}", count=counts.not_processed),
        "processed": t("Processed {count}", count=counts.processed),
        "deleted": t("Deleted {count}", count=counts.deleted),
    }
    with layout.actions("filters"):
        query = st.text_input(
            t("Search"),
            key="acts_query",
            placeholder=t("Title or number"),
            label_visibility="collapsed",
            icon=":material/search:",
            width=340,
            on_change=_first_page,
        )
        which = st.segmented_control(
            t("Which acts"),
            [name for name in _FILTERS if name != "deleted" or counts.deleted],
            default="all",
            required=True,
            format_func=names.__getitem__,
            key="acts_filter",
            label_visibility="collapsed",
            on_change=_first_page,
        )
        if chosen:
            _with_chosen(t, chosen, deleted=which == "deleted")
    return which or "all", query or ""


def _first_page() -> None:
    st.session_state["acts_page"] = 1


def _columns(t: Text) -> list[tables.Column]:
    return [
        tables.Column(t("Act")),
        tables.Column(t("Characters"), align="right", secondary=True, shrink=True),
        tables.Column(t("Confirmed"), align="right", secondary=True, shrink=True),
        tables.Column(t("Suggestions"), align="right", shrink=True),
        tables.Column(t("Status"), shrink=True),
    ]


def _state(t: Text, act: ActRow, became: Mapping[str, int]) -> Badge:
    """Whether a model has gone through the act, wholly or not."""
    if act.deleted:
        return Badge(t("Deleted"), "cancel", "outline")
    if broken := outcomes.unusable(became):
        partly = bool(act.suggested) or len(broken) < len(became)
        return Badge(t("In part"), "warning", "warn") if partly else Badge(t("Failed"), "error", "bad")
    if act.is_processed:
        return Badge(t("Processed"), "check_circle", "good")
    return Badge(t("Not processed"), "radio_button_unchecked", "muted")


def _row(t: Text, act: ActRow, became: Mapping[str, int]) -> tables.Row:
    return tables.Row(
        str(act.id),
        [
            tables.stack(act.title, listed_line(t, act)),
            t.number(act.text_length),
            t.number(act.gold or None),
            t.number(act.suggested or None),
            _state(t, act, became),
        ],
        faded=act.deleted,
    )


def _with_chosen(t: Text, chosen: Sequence[int], *, deleted: bool) -> None:
    """What can be done with the acts that are ticked, beside extracting from them."""
    if deleted:
        label = t.n("Restore {count} act", "Restore {count} acts", len(chosen))
        button = layout.Button(label, "restore", icon="restore")
    else:
        label = t.n("Delete {count} act", "Delete {count} acts", len(chosen))
        button = layout.Button(label, "delete", icon="delete")
    if layout.press(button):
        _each(t, chosen, delete=not deleted)


def _each(t: Text, ids: Sequence[int], *, delete: bool) -> None:
    with errors.guard(t):
        for act_id in ids:
            (service.delete if delete else service.restore)(act_id)
        gone(ids if delete else ())
        st.rerun()


def gone(ids: Sequence[int]) -> None:
    """Remember what was just deleted, so that the list offers to bring it back; nothing stays chosen."""
    st.session_state[_GONE] = list(ids)
    st.session_state[_ROUND] = int(st.session_state.get(_ROUND, 0)) + 1


def _gone(t: Text) -> None:
    ids: list[int] = st.session_state.get(_GONE) or []
    if not ids:
        return
    with layout.actions("gone", "center"):
        layout.remark(
            "info",
            t.n("{count} act was deleted.", "{count} acts were deleted.", len(ids)),
            t("Elements are kept and will be restored together with the act."),
        )
        if layout.press(layout.Button(t("Undo"), "undo_delete", icon="undo")):
            _each(t, ids, delete=False)


def _table_key() -> str:
    return f"acts_{st.session_state.get(_ROUND, 0)}_{st.session_state.get('acts_filter') or 'all'}"
