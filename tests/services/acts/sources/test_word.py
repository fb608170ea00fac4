"""Word documents as Word writes them: lists of every kind, notes, fields, boxes, changes."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from services.acts.sources.docx import read_docx
from services.acts.sources.errors import ForbiddenXmlError
from services.acts.structure import parse
from tests.documents import saved

Put = Callable[[bytes], Path]

W = nsdecls("w")
_MATHS = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


class Word:
    """A document under construction, with lists of the test's choice."""

    def __init__(self) -> None:
        self.document: Any = docx.Document()
        self._numbering: Any = self.document.part.numbering_part.element

    def shape(self, number: int, *levels: str, more: str = "") -> None:
        """An abstract list, and the list of the same number that draws it."""
        shape = f'<w:abstractNum {W} w:abstractNumId="{number}">{more}{"".join(levels)}</w:abstractNum>'
        self._numbering.insert(0, parse_xml(shape))
        self.begin(number, number)

    def begin(self, number: int, shape: int, more: str = "") -> None:
        self._numbering.append(
            parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{shape}"/>{more}</w:num>')
        )

    def item(self, text: str, number: int, level: int | None = 0) -> None:
        at = "" if level is None else f'<w:ilvl w:val="{level}"/>'
        paragraph = self.document.add_paragraph(text)._p
        paragraph.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {W}>{at}<w:numId w:val="{number}"/></w:numPr>')
        )

    def add(self, *inner: str, properties: str = "") -> None:
        """A paragraph of XML of its own."""
        xml = f"<w:p {W} {_MATHS}><w:pPr>{properties}</w:pPr>{''.join(inner)}</w:p>"
        self.document.element.body.insert_element_before(parse_xml(xml), "w:sectPr")

    def notes(self, part: str, notes: Iterable[str]) -> None:
        """The part of footnotes or endnotes, with the two rules that Word always keeps there."""
        kind = part.removesuffix("s")
        rules = "".join(
            f'<w:{kind} w:type="{name}" w:id="{at}"><w:p><w:r><w:t>риска</w:t></w:r></w:p></w:{kind}>'
            for at, name in ((-1, "separator"), (0, "continuationSeparator"))
        )
        xml = f"<w:{part} {W}>{rules}{''.join(notes)}</w:{part}>"
        name, types = PackURI(f"/word/{part}.xml"), "application/vnd.openxmlformats-officedocument"
        owner = self.document.part
        made = Part(name, f"{types}.wordprocessingml.{part}+xml", xml.encode(), owner.package)
        owner.relate_to(made, getattr(RELATIONSHIP_TYPE, part.upper()))

    def read(self, put: Put) -> list[str]:
        return read_docx(put(saved(self.document))).text.split("\n")[:-1]


def level(at: int, shape: str, kind: str = "decimal", more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText '
        f'w:val="{shape}"/></w:lvl>'
    )


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_a_whole_law_that_word_numbers_has_the_structure_of_a_typed_one(put: Put) -> None:
    word = Word()
    word.shape(
        70,
        level(0, "Розділ %1.", "upperRoman"),
        level(1, "Стаття %2.", more='<w:lvlRestart w:val="0"/>'),
        level(2, "%3."),
        level(3, "%4)"),
        level(4, "%5)", "russianLower"),
    )
    typed = (
        (0, "Розділ I. ЗАГАЛЬНІ ПОЛОЖЕННЯ"), (1, "Стаття 1. Терміни"), (2, "1. У цьому Законі:"),
        (3, "1) роботодавець - особа;"), (3, "2) працівник - особа, яка:"), (4, "а) працює;"), (4, "б) іде."),
        (0, "Розділ II. ПРАВА"), (1, "Стаття 2. Право на працю"), (2, "1. Кожен має право на працю."),
        (2, "2. Праця вільна."),
    )  # fmt: skip
    for depth, line in typed:
        word.item(line.split(" ", 1 if depth > 1 else 2)[-1], 70, depth)
    lines = word.read(put)
    assert lines == [line for _, line in typed]
    kinds = [(unit.kind, unit.number) for unit in parse("\n".join(lines)) if unit.kind in ("article", "part")]
    assert kinds == [("article", "1"), ("part", "1"), ("article", "2"), ("part", "1"), ("part", "2")]


def test_a_list_may_draw_a_level_its_own_way_and_begin_where_it_likes(put: Put) -> None:
    word = Word()
    word.shape(71, level(0, "%1."), level(1, "%1.%2."))
    own = f'<w:startOverride w:val="5"/>{level(0, "%1)")}'
    word.begin(72, 71, f'<w:lvlOverride w:ilvl="0">{own}</w:lvlOverride>')
    for number, depth in ((71, 0), (71, 1), (72, 0), (72, 0), (72, 1), (71, 0)):
        word.item("пункт", number, depth)
    assert [line.split(" ")[0] for line in word.read(put)] == ["1.", "1.1.", "5)", "6)", "6.1.", "7."]


def test_a_list_that_names_a_style_of_lists_is_numbered_as_that_style(put: Put) -> None:
    word = Word()
    levels = (level(0, "Глава %1.", "upperRoman"), level(1, "%1.%2.", more="<w:isLgl/>"))
    word.shape(75, *levels, more='<w:styleLink w:val="Акт"/>')
    word.shape(76, more='<w:numStyleLink w:val="Акт"/>')
    word.document.styles.element.append(
        parse_xml(
            f'<w:style {W} w:type="numbering" w:styleId="Акт"><w:name w:val="Акт"/><w:pPr><w:numPr>'
            '<w:numId w:val="75"/></w:numPr></w:pPr></w:style>'
        )
    )
    word.item("Права", 76)
    word.item("перше", 76, 1)
    assert word.read(put) == ["Глава I. Права", "1.1. перше"]


def test_headings_are_numbered_by_the_level_that_names_their_style(put: Put) -> None:
    word = Word()
    word.shape(
        77,
        level(0, "Розділ %1.", "upperRoman", '<w:pStyle w:val="Heading1"/>'),
        level(1, "Стаття %2.", more='<w:pStyle w:val="Heading2"/>'),
    )
    for name in ("Heading 1", "Heading 2"):
        style = word.document.styles[name].element.get_or_add_pPr()
        style.append(parse_xml(f'<w:numPr {W}><w:numId w:val="77"/></w:numPr>'))
    for text, name in (("Загальні", "1"), ("Терміни", "2"), ("Дія", "2"), ("Права", "1")):
        word.document.add_paragraph(text, style=f"Heading {name}")
    assert word.read(put) == ["Розділ I. Загальні", "Стаття 1. Терміни", "Стаття 2. Дія", "Розділ II. Права"]


def test_footnotes_and_endnotes_follow_their_paragraph_as_notes(put: Put) -> None:
    word = Word()
    word.notes(
        "footnotes",
        (
            f'<w:footnote w:id="{at}"><w:p><w:r><w:footnoteRef/></w:r>{run(" " + text)}</w:p></w:footnote>'
            for at, text in (
                (2, "Крім {осіб} без громадянства."),
                (3, "За погодженням."),
                (4, "Див. додаток."),
            )
        ),
    )
    word.notes("endnotes", [f'<w:endnote w:id="2"><w:p>{run("Кінцева.")}</w:p></w:endnote>'])
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    word.add(run("Стаття 5. Право осіб"), reference.format(2), run(" на працю"))
    word.add(run("1. Строк становить 10"), reference.format(3), run(" днів"))
    own = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="4"/><w:t>*</w:t></w:r>'
    word.add(run("2. Перелік"), own, '<w:r><w:endnoteReference w:id="2"/></w:r>', run("."))
    lines = word.read(put)
    assert lines == [
        "Стаття 5. Право осіб¹ на працю",
        "{Виноска 1: Крім (осіб) без громадянства.}",
        "1. Строк становить 10 днів",
        "{Виноска 2: За погодженням.}",
        "2. Перелік*.",
        "{Виноска *: Див. додаток.}",
        "{Виноска i: Кінцева.}",
    ]
    assert [(unit.kind, unit.number) for unit in parse("\n".join(lines))] == [
        ("article", "5"), ("part", "1"), ("part", "2"),
    ]  # fmt: skip


def test_notes_that_declare_entities_are_refused_as_any_other_part(put: Put) -> None:
    word = Word()
    word.document.add_paragraph("Право")
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
        word.document.part.package,
    )
    word.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    with pytest.raises(ForbiddenXmlError):
        word.read(put)


def test_a_text_box_is_read_once_and_its_older_twin_left_out(put: Put) -> None:
    box = f"<w:txbxContent><w:p>{run('ЗАТВЕРДЖЕНО')}</w:p></w:txbxContent>"
    twins = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    word = Word()
    word.add(run("ПОЛОЖЕННЯ"), twins)
    word.add(run("1. Дія"))
    assert word.read(put) == ["ПОЛОЖЕННЯ", "ЗАТВЕРДЖЕНО", "1. Дія"]


def test_controls_fields_and_links_show_what_they_show_in_word(put: Put) -> None:
    word = Word()
    word.add(
        run("№ "),
        f"<w:sdt><w:sdtPr><w:alias w:val='н'/></w:sdtPr><w:sdtContent>{run('14-од')}</w:sdtContent></w:sdt>",
        f"<w:fldSimple w:instr=' DATE '>{run(' від 1 січня')}</w:fldSimple>",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>',
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(" 2026 року")}',
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        f"<w:hyperlink w:anchor='a'>{run(' за Законом')}</w:hyperlink>",
    )
    assert word.read(put) == ["№ 14-од від 1 січня 2026 року за Законом"]


def test_signs_and_formulas_are_not_lost(put: Put) -> None:
    word = Word()
    symbol = '<w:r><w:sym w:font="Symbol" w:char="{}"/></w:r>'
    word.add(
        run("понад 5 "),
        symbol.format("F0B0"),
        run("С і "),
        symbol.format("F0A3"),
        run(" 10"),
        symbol.format("F061"),
    )
    word.add(run("поле "), '<w:r><w:sym w:font="Wingdings" w:char="F06E"/></w:r>', run("так"))
    fraction = "<m:f><m:num><m:r><m:t>А</m:t></m:r></m:num><m:den><m:r><m:t>Б</m:t></m:r></m:den></m:f>"
    word.add(run("С = "), f"<m:oMath>{fraction}</m:oMath>")
    hyphens = (
        "<w:r><w:t>нормативно</w:t><w:noBreakHyphen/><w:t>право</w:t><w:softHyphen/><w:t>вий</w:t></w:r>"
    )
    word.add(hyphens)
    assert word.read(put) == ["понад 5 °С і ≤ 10α", "поле так", "С = А/Б", "нормативно-правовий"]


def test_a_table_of_contents_is_no_text_of_the_act(put: Put) -> None:
    word = Word()
    word.document.styles.add_style("toc 1", 1)
    word.document.add_paragraph("Стаття 1. Терміни\t3", style="toc 1")
    word.document.add_paragraph("Стаття 1. Терміни")
    assert word.read(put) == ["Стаття 1. Терміни"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next_one(put: Put) -> None:
    word = Word()
    word.add(run("1. Строк становить"), properties='<w:rPr><w:del w:id="1" w:author="а"/></w:rPr>')
    word.add(run(" десять днів."))
    word.add(run("2. Дія"))
    assert word.read(put) == ["1. Строк становить десять днів.", "2. Дія"]


def test_tables_inside_cells_are_read_where_they_stand(put: Put) -> None:
    document = docx.Document()
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text = "перша"
    inner = outer.cell(0, 0).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "друга", "третя"
    outer.cell(0, 1).text = "четверта"
    assert read_docx(put(saved(document))).text == "перша\nдруга\nтретя\nчетверта\n"
