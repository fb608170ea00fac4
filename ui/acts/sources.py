"""Where acts come from: files of every format, numbers and links of the Rada, pasted text, tables."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from services.acts import import_job, importer
from services.acts.errors import FileError
from services.acts.files import on_disk
from services.acts.rada import lists, numbers
from services.acts.rada.errors import RadaError
from services.acts.sources import ENCODINGS, MAX_BYTES, Columns, Reader, kind_of
from ui import errors, layout
from ui.acts import editions, imports
from ui.i18n import N_, Text

_ROUND = "acts.sources_round"
_UPLOAD_MB = 100
_AT_ONCE_FILES, _AT_ONCE_BYTES = 10, 5_000_000
_TABLES = ("csv", "xlsx", "jsonl")
_DOCUMENTS = ("txt", "html", "htm", "docx", "odt", "rtf", "pdf", "zip")
_WAYS = {
    "files": N_("Files"),
    "rada": N_("From the Rada"),
    "paste": N_("Pasted text"),
    "table": N_("Table"),
}

_PARTS = N_(
    "The Rada keeps the Code of Administrative Offences in two parts, articles 1 to 212-24 and from 213 on. "
    "To import one of them, enter its number."
)


def draw(t: Text) -> None:
    """The ways to add acts, one shown at a time; what becomes of them `imports.progress` shows."""
    with layout.card("sources", t("Add new acts")):
        way = st.segmented_control(
            t("Source of acts"),
            list(_WAYS),
            format_func=lambda key: t(_WAYS[key]),
            default="files",
            key="acts_way",
            label_visibility="collapsed",
        )
        with errors.guard(t):
            _DRAWN[way or "files"](t)


def _files(t: Text) -> None:
    """What is dropped in is imported at once."""
    files = st.file_uploader(
        t("Files with acts"),
        type=list(_DOCUMENTS),
        accept_multiple_files=True,
        key=_key("files"),
        max_upload_size=_UPLOAD_MB,
    )
    layout.note(
        t(
            "Plain text, web pages, Word, OpenDocument, rich text and PDF with a text layer, "
            "up to {size} each; .zip archives of these, up to {archive}.",
            size=t.size(MAX_BYTES),
            archive=t.size(_UPLOAD_MB * 1_000_000),
        )
    )
    encoding = st.selectbox(
        t("Encoding of text files"),
        ["", *ENCODINGS],
        format_func=lambda name: name or t("Detect automatically"),
        key="acts_encoding",
        help=t("If letters look wrong, choose the encoding and add the file again."),
    )
    if files:
        _import(t, files, encoding or None)


def _import(t: Text, files: Sequence[Any], encoding: str | None) -> None:
    """A few small files at once; more, or an archive, in the worker."""
    is_small = len(files) <= _AT_ONCE_FILES and sum(file.size for file in files) <= _AT_ONCE_BYTES
    if is_small and not any(_is_archive(file.name, file.getvalue()) for file in files):
        with st.spinner(t("Importing")):
            imports.show(importer.import_files(((f.name, f.getvalue()) for f in files), encoding=encoding))
    else:
        imports.follow(import_job.start(((f.name, f.getvalue()) for f in files), encoding=encoding))
    _finish()


def _is_archive(name: str, data: bytes) -> bool:
    """Whatever its name says: a small archive may hold thousands of files."""
    with on_disk(data) as path:
        try:
            return kind_of(path, name) == "zip"
        except FileError:
            # Refused as it will be, at once.
            return False


def _rada(t: Text) -> None:
    typed = st.text_area(
        t("Numbers or links, separated by new lines, commas or semicolons"),
        key=_key("numbers"),
        placeholder="2939-VI\n448-2022-п\nhttps://zakon.rada.gov.ua/laws/show/435-15",
        help=t(
            "A link that includes an edition date imports that edition; otherwise the current "
            "one is imported."
        ),
    )
    wanted = lists.several(typed or "")
    unclear = [problem for number in wanted if (problem := _problem(number))]
    if set(numbers.PARTS) <= set(wanted):
        said = t("No. 8073-X will be imported as two acts: {parts}", parts=", ".join(numbers.PARTS))
        layout.remark("info", said, t(_PARTS))
    for problem in unclear:
        words = errors.explain(t, problem)
        layout.remark("bad", words.text, words.next_step)
    layout.note(
        t("The Rada’s open data portal allows up to 60 requests a minute, so ten acts take about a minute.")
    )
    # Never disabled: what was typed reaches the page only with the press itself.
    if layout.press(layout.Button(t("Import acts"), "import_rada", icon="download"), kind="primary"):
        if not wanted:
            layout.remark("info", t("Enter at least one number or link."))
        elif not unclear:
            imports.follow(import_job.start(numbers=wanted))
            _finish()
    if len(wanted) == 1 and not unclear:
        editions.choose(t, wanted[0])


def _problem(number: str) -> RadaError | None:
    try:
        numbers.wanted(number)
    except RadaError as problem:
        return problem
    return None


def _paste(t: Text) -> None:
    title = st.text_input(
        t("Title"), key=_key("title"), placeholder=t("If left empty, it is taken from the text")
    )
    text = st.text_area(t("Text of the act"), key=_key("text"), height=240)
    if layout.press(layout.Button(t("Import act"), "import_text", icon="content_paste"), kind="primary"):
        imports.show([importer.import_text(text or "", title or "")])
        _finish()


def _table(t: Text) -> None:
    file = st.file_uploader(t("Table with one act per row"), type=list(_TABLES), key=_key("table"))
    if file is None:
        layout.note(t("A .csv, .xlsx or .jsonl file. You will choose the column that contains the text."))
        return
    names = _columns(file.name, file.getvalue())
    text = st.selectbox(t("Column with the text"), names, index=_likely(names, ("текст", "text", "зміст")))
    none = ["", *names]
    title = st.selectbox(
        t("Column with the title"), none, index=_likely(none, ("назва", "title", "заголовок"))
    )
    number = st.selectbox(t("Column with the number"), none, index=_likely(none, ("номер", "number", "nreg")))
    if layout.press(layout.Button(t("Import acts"), "import_table", icon="table_rows"), kind="primary"):
        columns = Columns(text=text, title=title, number=number)
        imports.follow(import_job.start([(file.name, file.getvalue())], columns=columns))
        _finish()


@st.cache_data(max_entries=4, show_spinner=False)
def _columns(name: str, data: bytes) -> list[str]:
    with on_disk(data) as path, Reader() as reader:
        return reader.columns(path, kind_of(path, name))


def _likely(names: Sequence[str], words: Sequence[str]) -> int:
    """The place of the first column whose name holds the first of the words that any holds, else 0."""
    for word in words:
        for place, name in enumerate(names):
            if word in name.casefold():
                return place
    return 0


def _key(name: str) -> str:
    """A key that changes after each import, so that a field lets go of what was in it."""
    return f"acts_{name}_{st.session_state.setdefault(_ROUND, 0)}"


def _finish() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
    st.rerun()


_DRAWN: dict[str, Callable[[Text], None]] = {
    "files": _files,
    "rada": _rada,
    "paste": _paste,
    "table": _table,
}
