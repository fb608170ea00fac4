"""Files of the reader's own: the uploader and what became of each file."""

from collections.abc import Sequence

import streamlit as st

from services.acts import importer
from services.acts.importer import FileReport
from services.acts.sources import MAX_BYTES
from ui import errors, layout
from ui.i18n import Text

_ROUND, _REPORTS = "acts.upload_round", "acts.reports"


def draw(t: Text) -> None:
    """The uploader. What is dropped in is imported at once, then the uploader lets go of its memory."""
    with layout.card(
        "upload",
        t("Import your own files"),
        t("Text files (.txt) in UTF-8, Windows-1251 or UTF-16, up to {size} each.", size=t.size(MAX_BYTES)),
    ):
        turn = st.session_state.setdefault(_ROUND, 0)
        files = st.file_uploader(
            t("Files with acts"),
            accept_multiple_files=True,
            key=f"acts_files_{turn}",
            label_visibility="collapsed",
        )
        if files:
            with errors.guard(t), st.spinner(t("Importing")):
                st.session_state[_REPORTS] = importer.import_files((f.name, f.getvalue()) for f in files)
                # A new key drops the old uploader with its bytes; else they stay in memory.
                st.session_state[_ROUND] = turn + 1
                st.rerun()


def reports(t: Text) -> None:
    """What became of the files imported last, each in a line of its own, until the reader lets it go."""
    found: Sequence[FileReport] = st.session_state.get(_REPORTS, ())
    if not found:
        return
    with layout.card("reports", t("Import")):
        layout.readiness_list([_remark(t, report) for report in found])
        if layout.press(layout.Button(t("Close"), "close_reports", icon="close"), kind="tertiary"):
            del st.session_state[_REPORTS]
            st.rerun()


def _remark(t: Text, report: FileReport) -> layout.Remark:
    match report.outcome:
        case "imported":
            return layout.Remark("good", t("{file}: imported", file=report.name), report.title)
        case "restored":
            return layout.Remark(
                "good", t("{file}: a deleted act was restored", file=report.name), report.title
            )
        case "already_there":
            return layout.Remark(
                "info", t("{file}: this text is here already", file=report.name), report.title
            )
    words = errors.explain_code(t, report.code, report.data)
    headline = t("{file}: {problem}", file=report.name, problem=words.title)
    return layout.Remark("bad", headline, t("{what} {next}", what=words.text, next=words.next_step))
