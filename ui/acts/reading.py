"""One act: what it is, how it is built, its text with elements, and what can be done with it."""

import streamlit as st

from services.acts import elements, extractions, service
from services.acts.errors import ActNotFoundError
from services.acts.service import ActView
from services.fine_tuning import registry
from services.review import service as review
from ui import errors, layout
from ui.acts import editions, links, listing, outcomes, outline, references, run
from ui.acts.changes import changes
from ui.acts.words import act_line, edition_line
from ui.i18n import Text
from ui.review import desk, last, picked


def page(t: Text, act_id: int) -> None:
    """The whole page of one act."""
    try:
        act = service.get(act_id)
    except ActNotFoundError as problem:
        layout.page_header(t, t("Acts"), t("There is no act at this link."))
        errors.show(t, problem)
        _back(t)
        return
    _back(t)
    if act.deleted:
        _deleted(t, act)
        return
    _header(t, act)
    layout.meta_line(_facts(t, act))
    run.plan(t)
    with errors.guard(t):
        if not run.progress(t, act.id):
            _last_extraction(t, act)
    _next(t, act)
    _desk(t, act)
    _foot(t, act)


def _back(t: Text) -> None:
    if layout.press(layout.Button(t("All acts"), "all_acts", icon="arrow_back"), kind="tertiary"):
        st.query_params.clear()
        st.rerun()


def _deleted(t: Text, act: ActView) -> None:
    pressed = layout.page_header(
        t,
        act.title,
        t("This act was deleted. Its text and elements are kept."),
        primary=layout.Button(t("Restore"), "restore_act", icon="restore"),
    )
    if pressed.primary:
        with errors.guard(t):
            service.restore(act.id)
            st.rerun()


def _header(t: Text, act: ActView) -> None:
    again = t("Extract again") if act.is_processed else t("Extract elements")
    extract = layout.Button(again, "extract", icon="ink_highlighter", disabled=run.planning())
    confirm = layout.Button(t("Confirm all · {count}", count=act.suggested), "confirm_all", icon="done_all")
    pressed = layout.page_header(
        t,
        act.title,
        t("Read the act with its elements: confirm, edit or reject each of them."),
        primary=confirm if act.suggested else extract,
        secondary=extract if act.suggested else None,
    )
    confirmed = pressed.primary and bool(act.suggested)
    if confirmed:
        with errors.guard(t):
            last.remember("confirmed", review.accept_all(act.id))
            st.rerun()
    if pressed.secondary or (pressed.primary and not confirmed):
        with errors.guard(t):
            run.ask([act.id])
            st.rerun()


def _facts(t: Text, act: ActView) -> list[str | tuple[str, str]]:
    alive = sum(number for status, number in act.elements.items() if status != "rejected")
    facts: list[str | tuple[str, str]] = [act_line(t, act)]
    if act.body:
        facts.append(act.body)
    if act.edition:
        facts.append(edition_line(t, act))
    facts += [
        (t("Characters:"), t.number(act.text_length)),
        (t("Elements:"), t.number(alive)),
        (t("Confirmed:"), t.number(act.gold)),
    ]
    return facts


def _last_extraction(t: Text, act: ActView) -> None:
    """What the last extraction changed, unless its end has just been told."""
    found = extractions.last(act.id)
    if found is None or run.told(act.id):
        return
    when = t.datetime(found.finished_at) if found.finished_at else t.number(None)
    broken = outcomes.unusable(found.outcomes)
    added, rest = changes(t, found.changes, sum(broken.values()) or found.failed)
    layout.note(
        t(
            "Last extraction: {when}, model {model}. {added} {rest}",
            when=when,
            model=registry.labels().get(found.model, found.model),
            added=added,
            rest=rest,
        )
    )
    if not broken:
        return
    layout.readiness_list([layout.Remark("warn", line) for line in outcomes.told(t, broken)])
    label = t("Retry failed passages · {count}", count=sum(broken.values()))
    with errors.guard(t):
        if layout.press(layout.Button(label, "repeat_act", icon="replay")):
            run.repeat(act.id, found.model)
            st.rerun()


def _desk(t: Text, act: ActView) -> None:
    key = f"act_{act.id}"
    element = links.wanted("element")
    if element is not None:
        picked.choose(key, element)
        del st.query_params["element"]
    with layout.actions("places"):
        outline.jump(t, act.id, act.text)
        with errors.guard(t):
            editions.of_act(t, act)
        references.way_back(t)
    sheet = desk.Sheet(act.id, act.text, 0, len(act.text))
    desk.draw(t, key, sheet, elements.of_act(act.id), references.load(act), focus=links.wanted("at"))


def _next(t: Text, act: ActView) -> None:
    """Once nothing waits in an act, the way on; above the text, which is longer than the window."""
    if act.gold and act.is_processed and not act.suggested:
        build = layout.Button(t("Build a dataset"), "to_datasets", icon="dataset", page="pages/datasets.py")
        layout.next_step(
            t,
            t(
                "Everything in this act has been reviewed. You can build a dataset from the "
                "confirmed elements."
            ),
            build,
        )


def _foot(t: Text, act: ActView) -> None:
    with layout.actions("act_foot", "center"):
        if act.source:
            layout.note(t("Source: {source}", source=act.source))
        if layout.press(layout.Button(t("Delete this act"), "delete_act", icon="delete"), kind="tertiary"):
            with errors.guard(t):
                service.delete(act.id)
                listing.gone([act.id])
                st.query_params.clear()
                st.rerun()
