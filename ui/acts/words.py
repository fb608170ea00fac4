"""Acts in words."""

from datetime import date as Day  # noqa: N812 (beside columns named date)

from services.acts.service import ActRow
from ui.i18n import N_, Text

# Types as acts name them; a type that is not here is shown as the act has it.
_TYPES = {
    "Конституція": N_("Constitution"),
    "Кодекс": N_("Code"),
    "Закон": N_("Law"),
    "Постанова": N_("Resolution"),
    "Розпорядження": N_("Directive"),
    "Наказ": N_("Order"),
    "Указ": N_("Decree"),
    "Декрет": N_("Decree of the Cabinet"),
    "Рішення": N_("Decision"),
    "Конвенція": N_("Convention"),
    "Пакт": N_("Covenant"),
    "Декларація": N_("Declaration"),
    "Угода": N_("Agreement"),
    "Протокол": N_("Protocol"),
    "Меморандум": N_("Memorandum"),
    "Договір": N_("Treaty"),
    "Хартія": N_("Charter"),
}


def act_line(t: Text, act: ActRow) -> str:
    """What identifies an act under its title: «Закон від 1 червня 2010 р. № 2297-VI»."""
    kind = t(_TYPES.get(act.act_type, act.act_type)) if act.act_type else t("Act")
    date = t.date(act.date, style="long") if act.date else ""
    number = act.printed
    if date and number:
        return t("{kind} of {date}, No. {number}", kind=kind, date=date, number=number)
    if date:
        return t("{kind} of {date}", kind=kind, date=date)
    return t("{kind} No. {number}", kind=kind, number=number) if number else kind


def listed_line(t: Text, act: ActRow) -> str:
    """The same with the edition, by which two texts of one act are told apart in a list."""
    try:
        date = t.date(Day.fromisoformat(act.edition))
    except ValueError:
        return act_line(t, act)
    return t("{act}\u00a0· edition of {date}", act=act_line(t, act), date=date)


def edition_line(t: Text, act: ActRow) -> str:
    """Which edition the text is, or nothing."""
    try:
        day = Day.fromisoformat(act.edition)
    except ValueError:
        return act.edition
    return t("Edition of {date}", date=t.date(day))
