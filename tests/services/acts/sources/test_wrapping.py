"""Old texts wrapped by hand become paragraphs; everything else is left alone."""

import textwrap

import pytest

from services.acts.samples import FOLDER
from services.acts.sources import read_txt
from services.acts.sources.wrapping import unwrapped

ACTS = sorted((FOLDER / "acts").glob("*.txt"))


@pytest.mark.parametrize("path", ACTS, ids=lambda path: path.stem)
def test_an_act_with_a_paragraph_a_line_is_left_as_it_is(path: str) -> None:
    text = ACTS[ACTS.index(path)].read_text(encoding="utf-8")
    assert read_txt(text.encode()).text == text


@pytest.mark.parametrize("name", ["2939-17", "z1340-22", "2480-17", "v0050500-03", "132_94-вр"])
def test_an_act_wrapped_as_old_texts_are_comes_back_whole(name: str) -> None:
    rows = [" ".join(row.split()) for row in (FOLDER / "acts" / f"{name}.txt").read_text().split("\n") if row]
    wrapped = "\n".join(
        textwrap.fill(row, 68, initial_indent="     ", break_long_words=False, break_on_hyphens=False)
        for row in rows
    )
    got = read_txt(wrapped.encode("cp1251", "replace")).text.split("\n")[:-1]
    wanted = [row.encode("cp1251", "replace").decode("cp1251") for row in rows]
    assert got == wanted


def test_a_short_list_is_no_wrapped_text() -> None:
    text = "".join(f"  {number}) пункт переліку\n" for number in range(30))
    assert unwrapped(text) == text
