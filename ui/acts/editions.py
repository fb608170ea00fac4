"""Editions of an act: those that are here, those the Rada has, and the one to import."""

from datetime import date as Day  # noqa: N812 (beside fields named date)

import streamlit as st

from services.acts import editions, import_job
from services.acts.numbers import printed
from services.acts.rada import numbers
from services.acts.rada import service as rada
from services.acts.rada.cards import Card, Edition
from services.acts.rada.client import Client
from services.acts.rada.errors import RadaError
from services.acts.service import ActView
from ui import layout
from ui.acts import imports
from ui.i18n import Text

_CARDS = "acts.rada_cards"
_PATIENCE = (2.0,)  # a reader waits: one more try, the import itself tries longer


def choose(t: Text, number: str) -> None:
    """Folded away: the editions of the one act that was asked for, and the import of a chosen one."""
    with st.expander(t("Choose an edition")):
        if layout.press(layout.Button(t("Show its editions"), "show_editions", icon="history")):
            _ask(t, number)
        card = _card(number)
        if card is not None:
            layout.note(card.title)
            _pick(t, card, {})


def of_act(t: Text, act: ActView) -> None:
    """Behind a button on an act's page: the way to its other editions, and whether a newer one is out."""
    stored = editions.listed(act.id)
    number = act.number or ""
    if len(stored) < 2 and not _at_rada(number):
        return
    with st.popover(t("Editions"), icon=":material/history:"):
        if len(stored) > 1:
            _switch(t, act, stored)
        if not _at_rada(number):
            return
        label = t("Check for a newer edition")
        if layout.press(layout.Button(label, "check_editions", icon="history")):
            _ask(t, number)
        card = _card(number)
        if card is not None:
            _newer(t, card, stored)
            _pick(t, card, {edition.edition: edition.act_id for edition in stored})


def _switch(t: Text, act: ActView, stored: list[editions.Stored]) -> None:
    days = {edition.act_id: edition.edition for edition in reversed(stored)}
    chosen = st.selectbox(
        t("Editions stored here"),
        list(days),
        index=list(days).index(act.id),
        format_func=lambda act_id: _day(t, days[act_id]),
        key=f"edition_of_{act.id}",
        width=360,
    )
    if chosen != act.id:
        st.query_params.from_dict({"act": str(chosen)})
        st.rerun()


def _newer(t: Text, card: Card, stored: list[editions.Stored]) -> None:
    if card.current is None:
        return
    days, date = [edition.edition for edition in stored], t.date(card.current)
    if card.current.isoformat() in days:
        layout.remark("good", t("The edition in force is stored here."))
    elif all(days) and card.current.isoformat() > max(days):
        layout.remark("warn", t("A newer edition is out: {date}.", date=date))
    else:
        layout.remark("info", t("The edition in force, {date}, is not stored here.", date=date))


def _pick(t: Text, card: Card, stored: dict[str, int]) -> None:
    offered = {e.day.isoformat(): e for e in reversed(card.editions) if e.day.isoformat() not in stored}
    if not offered:
        layout.note(t("The Rada has no other edition of this act."))
        return
    now = card.current.isoformat() if card.current else ""
    days = list(offered)
    day = st.selectbox(
        t("Editions at the Rada"),
        days,
        index=days.index(now) if now in days else 0,
        format_func=lambda key: _told(t, card, offered[key]),
        key=f"edition_at_rada_{card.number}",
    )
    if layout.press(layout.Button(t("Import this edition"), "import_edition", icon="download")):
        imports.follow(import_job.start(numbers=[rada.link_of(card, offered[day])]))
        st.rerun()


def _told(t: Text, card: Card, edition: Edition) -> str:
    """«02.03.2026 · чинна · змінено актами № 4718-IX», «набирає чинності 01.01.2027 · …»."""
    date = t.date(edition.day)
    said = [t("takes effect on {date}", date=date) if card.is_future(edition) else date]
    if edition.day == card.current:
        said.append(t("current edition"))
    acts = ", ".join(f"№\u00a0{printed(number)}" for number in edition.amended_by)
    if acts:
        said.append(t("amended by {acts}", acts=acts))
    return " · ".join(said)


def _day(t: Text, edition: str) -> str:
    try:
        return t("Edition of {date}", date=t.date(Day.fromisoformat(edition)))
    except ValueError:
        return edition or t("Edition date unknown")


def _ask(t: Text, number: str) -> None:
    st.session_state.pop(_CARDS, None)
    with st.spinner(t("Asking the Rada")), Client(retry_after=_PATIENCE) as client:
        st.session_state[_CARDS] = (number, rada.card_of(number, client))


def _card(number: str) -> Card | None:
    """The card that was asked for last, if it is this act's."""
    kept: tuple[str, Card] | None = st.session_state.get(_CARDS)
    return kept[1] if kept is not None and kept[0] == number else None


def _at_rada(number: str) -> bool:
    """Can the Rada be asked for this number?"""
    try:
        return numbers.wanted(number).number == number
    except RadaError:
        return False
