"""What became of an import: each file and number, the acts they are now, and what is left to do."""

from collections.abc import Sequence
from datetime import date as Day  # noqa: N812 (beside fields named date)
from typing import Literal

import streamlit as st

from services.acts.import_journal import NotDone
from services.acts.importer import FileReport
from services.acts.numbers import printed
from services.acts.rada import numbers
from services.acts.rada.errors import RadaError
from ui import errors, layout, tables
from ui.i18n import N_, Text

SHOWN = 50
"""Reports drawn at once."""

_NAMED = 200
_NOTHING = NotDone([], [])
_KINDS = {
    "txt": N_("plain text"),
    "html": N_("web page"),
    "docx": N_("Word"),
    "odt": N_("OpenDocument"),
    "rtf": N_("rich text"),
    "pdf": N_("PDF"),
    "csv": N_("table"),
    "xlsx": N_("table"),
    "jsonl": N_("table"),
}


def draw(
    t: Text, reports: Sequence[FileReport], counts: dict[str, int] | None = None, left: NotDone = _NOTHING
) -> Literal["close", "rest"] | None:
    """The card with all reports; a line of an act opens it. What the reader pressed below them."""
    with layout.card("import_reports", t("Import")):
        if counts:
            layout.meta_line(_counts(t, counts))
        if left.names:
            _left(t, left)
        refused = [report for report in reports if report.outcome == "refused"]
        if refused:
            layout.readiness_list([_refusal(t, report) for report in refused])
        _acts(t, [report for report in reports if report.act_id is not None])
        if counts and sum(counts.values()) > SHOWN:
            layout.note(t("The first {count} are shown, refused ones first.", count=SHOWN))
        return _pressed(t, left)


def line(t: Text, report: FileReport) -> str:
    """What became of one file or number."""
    name = named(t, report.name)
    match report.outcome:
        case "imported":
            return t("{file}: imported", file=name)
        case "restored":
            return t("{file}: a deleted act was restored", file=name)
        case "already_there" if "edition" in report.data:
            return t("{file}: this edition is already stored", file=name)
        case "already_there":
            return t("{file}: this text is already stored", file=name)
    problem = errors.explain_code(t, report.code, report.data).title
    return t("{file}: {problem}", file=name, problem=problem)


def named(t: Text, name: str) -> str:
    """A link in words, «№ 1103-V · редакція від 23.02.2012»; anything else as it is."""
    if "/" not in name or "rada" not in name:
        return name
    try:
        asked = numbers.wanted(name)
    except RadaError:
        return name
    act = t("No. {number}", number=printed(asked.number))
    return _with_edition(t, act, asked.edition)


def _with_edition(t: Text, act: str, edition: str) -> str:
    if not edition:
        return act
    return t("{act}\u00a0· edition of {date}", act=act, date=t.date(Day.fromisoformat(edition)))


def _counts(t: Text, counts: dict[str, int]) -> list[str]:
    said = {
        "imported": t.n("{count} act imported", "{count} acts imported", counts.get("imported", 0)),
        "restored": t.n("{count} act restored", "{count} acts restored", counts.get("restored", 0)),
        "already_there": t.n(
            "{count} act was already stored",
            "{count} acts were already stored",
            counts.get("already_there", 0),
        ),
        "refused": t("Refused: {count}", count=counts.get("refused", 0)),
    }
    return [words for outcome, words in said.items() if counts.get(outcome)]


def _refusal(t: Text, report: FileReport) -> layout.Remark:
    words = errors.explain_code(t, report.code, report.data)
    return layout.Remark("bad", line(t, report), t("{what} {next}", what=words.text, next=words.next_step))


def _acts(t: Text, reports: Sequence[FileReport]) -> None:
    if not reports:
        return
    rows = [
        tables.Row(f"{report.act_id} {place}", [tables.stack(line(t, report), _source(t, report))])
        for place, report in enumerate(reports)
    ]
    event = tables.simple_table(
        t, "import_reports", [tables.Column(t("Act"))], rows, label=t("Imported acts"), clickable=True
    )
    if event.clicked:
        st.query_params.from_dict({"act": event.clicked.partition(" ")[0]})
        st.rerun()


def _source(t: Text, report: FileReport) -> str:
    """The title, and what the file was: «Про доступ … · звичайний текст, cp1251»; or which edition it is."""
    if report.data.get("edition"):
        return _with_edition(t, report.title, report.data["edition"])
    if report.kind not in _KINDS:
        return report.title
    format_ = t(_KINDS[report.kind])
    if not report.encoding:
        return t("{title} · {format}", title=report.title, format=format_)
    return t("{title} · {format}, {encoding}", title=report.title, format=format_, encoding=report.encoding)


def _left(t: Text, left: NotDone) -> None:
    said = ", ".join(named(t, name) for name in left.names[:_NAMED])
    said = f"{said}…" if len(left.names) > _NAMED else f"{said}."
    again = t("Add the files again to import them.") if set(left.names) - set(left.numbers) else ""
    layout.remark("warn", t("Not imported: {count}", count=len(left.names)), f"{said} {again}".strip())


def _pressed(t: Text, left: NotDone) -> Literal["close", "rest"] | None:
    with layout.actions("import_reports"):
        label = t("Import the rest ({count})", count=len(left.numbers))
        if left.numbers and layout.press(layout.Button(label, "import_rest", icon="download")):
            return "rest"
        if layout.press(layout.Button(t("Close"), "close_reports", icon="close"), kind="tertiary"):
            return "close"
    return None
