"""Footnotes and endnotes of Word documents."""

from collections.abc import Callable
from typing import Any

from lxml import etree

from services.acts.sources.numbering import roman
from services.acts.sources.packages import check_xml

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARTS = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}


class Notes:
    """The notes of one document (python-docx's), numbered in the order in which the text refers to them.

    `words` tells what a reader sees of a paragraph.
    """

    def __init__(self, document: Any, words: Callable[[Any], str]) -> None:
        self._words = words
        self._found: dict[tuple[str, str], Any] = {}
        self._counts = {"footnotes": 0, "endnotes": 0}
        for relation in document.part.rels.values():
            name = str(relation.reltype).rsplit("/", 1)[-1]
            if name in self._counts and not relation.is_external:
                self._read(name, relation.target_part.blob)

    def _read(self, part: str, data: bytes) -> None:
        check_xml(data, "docx")
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
        for note in root:
            if note.get(f"{W}type") in (None, "normal"):
                self._found[part, str(note.get(f"{W}id"))] = note

    def of(self, reference: Any) -> tuple[str, str] | None:
        """The mark and the text of the note that a node of the text refers to; None for any other node.

        A mark of its own («*») stands in the text, after the reference.
        """
        if reference.tag not in _PARTS:
            return None
        part = _PARTS[reference.tag]
        note = self._found.get((part, str(reference.get(f"{W}id"))))
        if note is None:
            return None
        return self._mark(part, reference), " ".join(map(self._words, note.iter(f"{W}p"))).strip()

    def _mark(self, part: str, reference: Any) -> str:
        if reference.get(f"{W}customMarkFollows") in ("1", "true", "on"):
            return "".join(node.text or "" for node in reference.itersiblings(f"{W}t"))[:10]
        self._counts[part] += 1
        number = self._counts[part]
        return str(number) if part == "footnotes" else roman(number).lower()
