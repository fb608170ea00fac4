"""Word, OpenDocument and rich text: paragraphs, cells, numbers and raised indices."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from services.acts.sources.docx import read_docx
from services.acts.sources.errors import MacrosError
from services.acts.sources.odt import read_odt
from services.acts.sources.rtf import read_rtf
from tests.documents import LAW, TEXT, docx_bytes, odt_bytes, rtf_bytes, saved, zip_bytes

Put = Callable[[bytes], Path]


def test_the_same_act_is_read_from_every_kind_of_document(put: Put) -> None:
    assert read_docx(put(docx_bytes())).text == TEXT
    assert read_odt(put(odt_bytes())).text == TEXT
    assert read_rtf(rtf_bytes()).text == TEXT


def test_word_raised_digits_are_the_index_of_the_number_before_them(put: Put) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Стаття 19")
    paragraph.add_run("1").font.superscript = True
    paragraph.add_run(". Площа понад 5 м")
    paragraph.add_run("2").font.superscript = True
    assert read_docx(put(saved(document))).text == "Стаття 19-1. Площа понад 5 м²\n"


def test_word_cells_stand_in_reading_order_and_heads_of_pages_are_left_out(put: Put) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Проєкт"
    document.add_paragraph("Перелік")
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), "абвг", strict=True):
        cell.text = f"{text} текст"
    document.add_paragraph("Кінець")
    lines = ["Перелік", "а текст", "б текст", "в текст", "г текст", "Кінець"]
    assert read_docx(put(saved(document))).text.split("\n")[:-1] == lines


def test_word_tracked_changes_are_read_as_accepted(put: Put) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Строк становить ")
    for tag, inner, text in (("del", "delText", "десять"), ("ins", "t", "п’ять")):
        paragraph._p.append(
            parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1"><w:r><w:{inner}>{text}</w:{inner}></w:r></w:{tag}>')
        )
    paragraph.add_run(" днів")
    assert read_docx(put(saved(document))).text == "Строк становить п’ять днів\n"


def test_a_numbered_paragraph_that_is_deleted_in_word_is_counted_no_more(put: Put) -> None:
    document = docx.Document()
    for text in ("перша", "друга", "третя"):
        paragraph = document.add_paragraph(text if text != "друга" else "", style="List Number")
        if text == "друга":
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="а"/></w:rPr>')
            )
            paragraph._p.append(
                parse_xml(f'<w:del {nsdecls("w")} w:id="2"><w:r><w:delText>друга</w:delText></w:r></w:del>')
            )
    assert read_docx(put(saved(document))).text == "1. перша\n2. третя\n"


def test_digits_that_word_lifts_by_a_shift_or_by_a_style_are_an_index(put: Put) -> None:
    document = docx.Document()
    style = document.styles.add_style("Індекс", 2)
    style.font.superscript = True
    first, second = document.add_paragraph("Стаття 19"), document.add_paragraph("Стаття 20")
    first.add_run("1")._r.get_or_add_rPr().append(parse_xml(f'<w:position {nsdecls("w")} w:val="6"/>'))
    second.add_run("2", style="Індекс")
    for paragraph in (first, second):
        paragraph.add_run(". Строки")
    assert read_docx(put(saved(document))).text == "Стаття 19-1. Строки\nСтаття 20-2. Строки\n"


def test_word_lists_get_the_numbers_that_word_draws(put: Put) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{shape}"/>'
        "</w:lvl>"
        for level, (kind, shape) in enumerate(
            [("decimal", "%1."), ("decimal", "%1.%2."), ("russianLower", "%3)"), ("upperRoman", "%4")]
        )
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in ((0, "Перша"), (1, "Друга"), (2, "Третя"), (2, "Четверта"), (0, "П’ята"), (1, "Шоста"),
                        (3, "Сьома")):  # fmt: skip
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="77"/></w:numPr>')
        )
    assert read_docx(put(saved(document))).text.split("\n")[:-1] == [
        "1. Перша", "1.1. Друга", "а) Третя", "б) Четверта", "2. П’ята", "2.1. Шоста", "I Сьома",
    ]  # fmt: skip


def test_word_styles_of_lists_are_numbered_too(put: Put) -> None:
    document = docx.Document()
    for text in ("Перше", "Друге"):
        document.add_paragraph(text, style="List Number")
    assert read_docx(put(saved(document))).text == "1. Перше\n2. Друге\n"


def test_word_lists_of_one_shape_begin_anew_where_word_says_so(put: Put) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1)"/></w:lvl>'
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{level}</w:abstractNum>')
    )
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    for number, more in ((77, ""), (78, anew), (79, "")):
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="77"/>{more}</w:num>')
        )
    for number in (77, 77, 78, 78, 79):
        document.add_paragraph("пункт")._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
        )
    text = read_docx(put(saved(document))).text
    assert text == "1) пункт\n2) пункт\n1) пункт\n2) пункт\n3) пункт\n"


def test_hidden_words_are_not_read(put: Put) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Право ")
    paragraph.add_run("приховане").font.hidden = True
    paragraph.add_run("на захист")
    assert read_docx(put(saved(document))).text == "Право на захист\n"
    source = rtf_bytes(["Право МІТКАна захист"]).replace(
        b"\\'cc\\'b2\\'d2\\'ca\\'c0", b"{\\f0\\deleted \\'cf\\'f0}{\\v \\'cf}"
    )
    assert b"deleted" in source
    assert read_rtf(source).text == "Право на захист\n"


def test_digits_that_writer_lifts_in_rich_text_are_an_index() -> None:
    source = rtf_bytes(["Стаття 191. Строки"]).replace(b"191", b"19{\\loch{\\*\\updnprop8000}\\up8\\loch\n1}")
    assert read_rtf(source).text == "Стаття 19-1. Строки\n"


def test_rich_text_lists_keep_their_numbers() -> None:
    source = (
        rtf_bytes(["А", "Б"])
        .replace(b"\\'c0", b"{\\listtext 1.\\tab}\\'c0")
        .replace(b"\\'c1", b"{\\pntext\\f0 2.\\tab}\\'c1")
    )
    assert read_rtf(source).text == "1. А\n2. Б\n"


def test_word_line_breaks_tabs_and_hyphens_are_kept_as_what_they_mean(put: Put) -> None:
    document = docx.Document()
    run = document.add_paragraph().add_run("Розділ I")
    run.add_break()
    run.add_text("ЗАГАЛЬНІ ПОЛОЖЕННЯ")
    last = document.add_paragraph("1.")
    last.add_run().add_tab()
    last.add_run("нормативно")
    last.runs[-1]._r.append(last._p.makeelement(qn("w:noBreakHyphen"), {}))
    last.add_run("правовий")
    assert read_docx(put(saved(document))).text == "Розділ I\nЗАГАЛЬНІ ПОЛОЖЕННЯ\n1. нормативно-правовий\n"


def test_a_document_with_programs_is_refused_whatever_its_name(put: Put) -> None:
    with pytest.raises(MacrosError):
        read_docx(put(zip_bytes({"word/document.xml": b"<x/>", "word/vbaProject.bin": b"\1"})))
    with pytest.raises(MacrosError):
        types = (
            b'<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
        )
        read_docx(put(zip_bytes({"word/document.xml": b"<x/>", "[Content_Types].xml": types})))
    with pytest.raises(MacrosError):
        read_odt(put(zip_bytes({"content.xml": b"<x/>", "Basic/Standard/Module1.xml": b"<x/>"})))


def test_opendocument_spans_lists_tables_and_changes(put: Put) -> None:
    body = (
        "<text:tracked-changes><text:p>вилучене</text:p></text:tracked-changes>"
        '<text:h>Стаття 19<text:span text:style-name="T1">1</text:span>. Строки</text:h>'
        "<text:list><text:list-item><text:number>1)</text:number><text:p>перший<text:s/>строк</text:p>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>а</text:p></table:table-cell>"
        "<table:table-cell><text:p>б</text:p></table:table-cell></table:table-row></table:table>"
        "<text:p>рядок<text:line-break/>інший<office:annotation><text:p>коментар</text:p></office:annotation>"
        " далі</text:p>"
    )
    text = read_odt(put(odt_bytes(body=body))).text
    assert text == "Стаття 19-1. Строки\n1) перший строк\nа\nб\nрядок\nінший далі\n"


def test_rich_text_raised_digits_links_and_heads() -> None:
    def win(text: str) -> str:
        return "".join(f"\\'{byte:02x}" if byte > 127 else chr(byte) for byte in text.encode("cp1251"))

    source = (
        r"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fcharset204 Arial;}}{\header\pard "
        + win("колонтитул")
        + r"\par}\f0 "
        + win("Стаття 19")
        + r"{\super 1}"
        + win(". Строки")
        + r"\par "
        + win("за ")
        + r'{\field{\*\fldinst{HYPERLINK "https://zakon.rada.gov.ua/laws/show/435-15"}}{\fldrslt{'
        + win("Кодексом")
        + r"}}}\par "
        + win("стаття 20")
        + r"\super 2\nosupersub "
        + win(" і")
        + r"\par}"
    )
    assert read_rtf(source.encode()).text == "Стаття 19-1. Строки\nза Кодексом\nстаття 20-2 і\n"


@pytest.mark.parametrize("count", [3_000])
def test_a_long_document_is_read_whole(put: Put, count: int) -> None:
    lines = [f"{number}. Пункт {LAW[5]}" for number in range(1, count)]
    assert read_odt(put(odt_bytes(lines))).text.count("\n") == count - 1


def test_writer_lists_get_the_numbers_that_writer_draws(put: Put) -> None:
    levels = "".join(
        f'<text:list-level-style-number text:level="{level}" style:num-suffix="{suffix}" '
        f'style:num-format="{kind}" text:display-levels="{shown}"/>'
        for level, (kind, suffix, shown) in enumerate(
            [("1", ".", 1), ("1", ")", 2), ("а, б, .., аа, аб, ... (uk)", ")", 1)], start=1
        )
    )
    own = '<text:list-level-style-number text:level="1" style:num-suffix=")" style:num-format="1"/>'
    styles = (
        f'<text:list-style style:name="L1">{levels}</text:list-style>'
        f'<text:list-style style:name="L2">{own}</text:list-style>'
    )

    def listed(*items: str, more: str = "") -> str:
        return f'<text:list text:style-name="L1"{more}>{"".join(items)}</text:list>'

    def item(words: str, *inner: str) -> str:
        return f"<text:list-item><text:p>{words}</text:p>{''.join(inner)}</text:list-item>"

    letters = "".join(item(f"літера {n}") for n in range(1, 6))
    nested = listed(item("перший", listed(letters)), item("другий"))
    goes_on = ' text:continue-numbering="true"'
    body = (
        listed(item("Права"), item("Обов’язки", nested))
        + "<text:p>Між списками</text:p>"
        + listed(item("Відповідальність"), item("Строки", "<text:p>Абзац</text:p>"), more=goes_on)
        + listed(item("Новий"), item("Свій").replace("list-item>", 'list-item text:style-override="L2">', 1))
    )
    assert read_odt(put(odt_bytes(body=f"{styles}{body}"))).text.split("\n")[:-1] == [
        "1. Права", "2. Обов’язки", "2.1) перший", "а) літера 1", "б) літера 2", "в) літера 3", "г) літера 4",
        "ґ) літера 5", "2.2) другий", "Між списками", "3. Відповідальність", "4. Строки", "Абзац", "1. Новий",
        "2) Свій",
    ]  # fmt: skip


def test_footnotes_of_writer_follow_their_paragraph_as_notes(put: Put) -> None:
    def note(mark: str, words: str, label: str = "") -> str:
        return (
            f"<text:note><text:note-citation{label}>{mark}</text:note-citation><text:note-body>"
            f"<text:p>{words}</text:p></text:note-body></text:note>"
        )

    own = note("*", "Див. додаток.", ' text:label="*"')
    body = (
        f"<text:p>1. Право осіб{note('1', 'Крім іноземців.')} на працю "
        f"протягом 10{note('2', 'Робочих.')} днів</text:p>"
        f"<text:p>2. Перелік{own}.</text:p>"
    )
    assert read_odt(put(odt_bytes(body=body))).text.split("\n")[:-1] == [
        "1. Право осіб¹ на працю протягом 10 днів",
        "{Виноска 1: Крім іноземців.}",
        "{Виноска 2: Робочих.}",
        "2. Перелік*.",
        "{Виноска *: Див. додаток.}",
    ]


def test_footnotes_of_rich_text_follow_their_paragraph_as_notes() -> None:
    words = rb"\'ca\'f0\'b3\'ec {\b \'ee\'f1\'b3\'e1}."
    first = rb"{\super \chftn{\*\footnote \chftn\pard\plain {\super \chftn} " + words + rb"}}"
    source = rtf_bytes(["1. ПравоМІТКА на працю", "2. Перелік*ЗНАК."])
    own = rb"{\footnote *\pard\plain  \'c4\'e8\'e2. 5\par}"
    source = source.replace(b"\\'cc\\'b2\\'d2\\'ca\\'c0", first).replace(b"\\'c7\\'cd\\'c0\\'ca", own)
    assert read_rtf(source).text.split("\n")[:-1] == [
        "1. Право¹ на працю",
        "{Виноска 1: Крім осіб.}",
        "2. Перелік*.",
        "{Виноска *: Див. 5}",
    ]


def test_text_boxes_of_rich_text_are_read_once() -> None:
    box = (
        rb"{\shp{\*\shpinst\shpleft1{\sp{\sn wzName}{\sv Frame1}}{\shptxt\pard \'c2\'e8\'f2\'ff\'e3\par}}"
        rb"{\shprslt{\*\do{\dptxbxtext\pard \'c2\'e8\'f2\'ff\'e3\par}}}}"
    )
    source = rtf_bytes(["ПОЛОЖЕННЯБОКС", "1. Дія"]).replace(b"\\'c1\\'ce\\'ca\\'d1", box)
    assert read_rtf(source).text == "ПОЛОЖЕННЯ\nВитяг\n1. Дія\n"


def test_chapters_that_writer_numbers_get_their_numbers(put: Put) -> None:
    shapes = "".join(
        f'<text:outline-level-style text:level="{level}" style:num-prefix="{prefix} " style:num-suffix="." '
        f'style:num-format="{kind}"/>'
        for level, (prefix, kind) in enumerate([("Розділ", "I"), ("Стаття", "1"), ("", "")], start=1)
    )
    headings = ((1, "Загальні", ""), (2, "Терміни", ""), (2, "Шапка", ' text:is-list-header="true"'),
                (2, "Дія", ""), (3, "Без номера", ""), (1, "Права", ""), (2, "Праця", ""))  # fmt: skip
    body = "".join(
        f'<text:h text:outline-level="{level}"{more}>{words}</text:h>' for level, words, more in headings
    )
    contents = "<text:table-of-content><text:p>Загальні 3</text:p></text:table-of-content>"
    styles = f"<text:outline-style>{shapes}</text:outline-style>"
    assert read_odt(put(odt_bytes(body=styles + contents + body))).text.split("\n")[:-1] == [
        "Розділ I. Загальні", "Стаття 1. Терміни", "Шапка", "Стаття 2. Дія", "Без номера",
        "Розділ II. Права", "Стаття 1. Праця",
    ]  # fmt: skip
