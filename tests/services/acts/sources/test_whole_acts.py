"""Whole acts as an office program writes them have the structure of the pages they were made from."""

from pathlib import Path

import pytest

from services.acts.addresses import Addresses
from services.acts.samples import FOLDER
from services.acts.sources.readers import read_document
from services.acts.structure import parse

DATA = Path(__file__).parents[3] / "data"


def structure(text: str) -> list[tuple[str, str, str, str]]:
    """Kind, number, address and words of each unit."""
    units = parse(text)
    addresses = Addresses(units)
    return [(unit.kind, unit.number, addresses.of_unit(unit), text[unit.start : unit.end]) for unit in units]


# The law has articles with a raised index and notes in braces; the decree tables that go over pages.
@pytest.mark.parametrize(
    ("file", "act"), [("writer-3353-12.docx", "3353-12"), ("writer-83-2015.pdf", "83-2015-п")]
)
def test_an_act_of_another_program_has_the_structure_of_its_page(file: str, act: str) -> None:
    # The stored sample keeps the cells of a row on one line, parted by «|».
    wanted = (FOLDER / "acts" / f"{act}.txt").read_text(encoding="utf-8").replace(" | ", "\n")
    path = DATA / file
    text = read_document(path, path.suffix[1:]).text
    assert structure(text) == structure(wanted)
    assert text == wanted
