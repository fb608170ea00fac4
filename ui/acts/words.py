"""Acts in words."""

from datetime import date as Day  # noqa: N812 (beside columns named date)

from services.acts.service import ActRow
from ui.i18n import Text


def act_line(t: Text, act: ActRow) -> str:
    """What identifies an act under its title: «Закон від 1 червня 2010 р. № 2297-VI»."""
    kind = act.act_type or t("Act")
    date = t.date(act.date, style="long") if act.date else ""
    number = act.printed
    if date and number:
        return t("{kind} of {date} No. {number}", kind=kind, date=date, number=number)
    if date:
        return t("{kind} of {date}", kind=kind, date=date)
    return t("{kind} No. {number}", kind=kind, number=number) if number else kind


def edition_line(t: Text, act: ActRow) -> str:
    """Which edition the text is, or nothing."""
    try:
        day = Day.fromisoformat(act.edition)
    except ValueError:
        return act.edition
    return t("Edition of {date}", date=t.date(day))
