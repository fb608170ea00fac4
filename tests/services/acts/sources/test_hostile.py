"""Files made to do harm: each is refused in words, or read as the text it is; none costs the process."""

import random
from collections.abc import Iterator

import pytest

from services.acts import importer, service
from services.acts.sources.pdf import MOST_PAGES
from tests.documents import (
    LAW,
    docx_bytes,
    odt_bytes,
    pdf_bytes,
    printed,
    rtf_bytes,
    xlsx_bytes,
    zip_bytes,
)
from tests.hostile import replaced
from ui.error_words import WORDS

pytestmark = pytest.mark.usefixtures("database", "nothing_left")

File = tuple[str, bytes]
GOOD = ("ціла.txt", "Стаття 1. Ціла".encode())
SECRET = "root:x:0:0"
_ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    b"<w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
)


def laughs(root: bytes) -> bytes:
    """XML that would grow to gigabytes."""
    entities = b"".join(
        b'<!ENTITY l%d "%s">' % (level, (b"&l%d;" % (level - 1) if level else b"lol") * 10)
        for level in range(10)
    )
    return b"<?xml version='1.0'?><!DOCTYPE d [" + entities + b"]><" + root + b">&l9;</" + root + b">"


def crafted() -> Iterator[tuple[str, bytes, set[str]]]:
    """Files with the codes that may answer them."""
    word, table, odt = docx_bytes(), xlsx_bytes([["Текст"], ["Право"]]), odt_bytes()
    xml = {"xml_forbidden"}
    yield "зовнішня сутність.docx", replaced(word, "word/document.xml", _ENTITY), xml
    yield "сміх.docx", replaced(word, "word/document.xml", laughs(b"d")), xml
    yield "сміх у стилях.docx", replaced(word, "word/styles.xml", laughs(b"d")), xml
    yield "сутність.odt", replaced(odt, "content.xml", _ENTITY), xml
    yield "сміх.odt", replaced(odt, "content.xml", laughs(b"d")), xml
    yield "сміх.xlsx", replaced(table, "xl/worksheets/sheet1.xml", laughs(b"worksheet")), {
        "table_damaged", "table_column_needed", "xml_forbidden", "table_empty",
    }  # fmt: skip
    yield "макроси.docm", word, {"macros_refused"}
    yield "макроси.docx", replaced(word, "word/vbaProject.bin", b"\1\2"), {"macros_refused"}
    yield "нулі.docx", replaced(word, "word/media/image1.png", bytes(40 * 1024**2)), {"archive_bomb"}
    yield "нулі.odt", replaced(odt, "Pictures/a.png", bytes(40 * 1024**2)), {"archive_bomb"}
    yield "глибоко.odt", odt_bytes(body="<text:span>" * 40_000 + "</text:span>" * 40_000), {
        "document_damaged", "document_too_deep", "document_too_complex",
    }  # fmt: skip
    deep = "<div>" * 60_000 + "право" + "</div>" * 60_000
    yield "глибоко.html", deep.encode(), {"document_too_deep"}
    yield "глибоко.rtf", b"{\\rtf1" + b"{" * 200_000, {"empty_file", "document_damaged"}
    yield "двійкове.rtf", b"{\\rtf1{\\pict\\bin99999999 " + bytes(2000), {"empty_file", "document_damaged"}
    yield "сторінки.pdf", pdf_bytes([[] for _ in range(MOST_PAGES + 5)]), {"too_many_pages"}
    yield "скан.pdf", pdf_bytes([[], []]), {"no_text_layer"}
    yield "неправда.pdf", pdf_bytes([printed(LAW)], declared_pages=2_000_000_000), {
        "", "document_damaged", "too_many_pages", "no_text_layer", "document_too_complex",
    }  # fmt: skip
    yield "порожній.pdf", b"%PDF-1.7\n%%EOF", {"document_damaged"}
    yield "нулі.txt", bytes(5 * 1024**2), {"binary_file", "empty_file"}
    yield "великий.txt", b"x" * (21 * 1024**2), {"file_too_large"}
    yield "кодування.txt", "Стаття".encode() * 50 + b"\xd0" + "Стаття".encode() * 50, {"file_damaged"}
    yield "шифр.txt", random.Random(1).randbytes(3000), {"binary_file", "encoding_unknown"}
    yield (
        "таблиця.csv",
        b'"' + "а".encode() * 3_000_000,
        {"table_column_needed", "table_damaged", "table_empty"},
    )
    yield "таблиця.jsonl", b"[" * 500_000, {"table_damaged"}
    yield "стиснуте.txt", b"\x1f\x8b\x08" + bytes(90), {"binary_file"}
    yield (
        "вкладені.zip",
        zip_bytes({"а.zip": zip_bytes({"б.zip": zip_bytes({"в.txt": b"x"})})}),
        {"archive_nested"},
    )
    yield "обрізаний.zip", zip_bytes({"а.txt": b"x" * 500})[:-40], {"archive_damaged"}
    yield "невідомий.dat", b"\x7fELF\2\1\1" + bytes(300), {"binary_file"}


FOREIGN = {
    "старий.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "знімок.png": b"\x89PNG\r\n\x1a\n",
    "знімок.jpg": b"\xff\xd8\xff\xe0",
    "знімок.gif": b"GIF89a",
    "знімок.tiff": b"II*\0",
    "архів.rar": b"Rar!\x1a\x07",
    "архів.7z": b"7z\xbc\xaf\x27\x1c",
    "архів.gz": b"\x1f\x8b\x08",
    "програма.exe": b"MZ\x90\0\3\0\0\0",
    "звук.mp3": b"ID3\4\0\0\0\0",
}
"""How files begin that no reader is there for."""


def forbidden() -> Iterator[File]:
    """Entities and document types in each part that is read, in two encodings."""
    packages = {
        "docx": (docx_bytes(), ("word/document.xml", "word/styles.xml", "[Content_Types].xml")),
        "odt": (odt_bytes(), ("content.xml",)),
        "xlsx": (
            xlsx_bytes([["Текст"], ["Право"]]),
            ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"),
        ),
    }
    for kind, (package, parts) in packages.items():
        for number, part in enumerate(parts):
            for attack, xml in (("сутність", _ENTITY), ("сміх", laughs(b"d")), ("тип", b"<!DOCTYPE d><d/>")):
                yield f"{attack}-{number}.{kind}", replaced(package, part, xml)
                wide = xml.replace(b"?>", b" encoding='UTF-16'?>", 1).decode().encode("utf-16")
                yield f"{attack}-{number}-утф16.{kind}", replaced(package, part, wide)


def cut() -> Iterator[File]:
    """Documents that end too early; a text that is cut is still a text."""
    whole = {
        "docx": docx_bytes(),
        "odt": odt_bytes(),
        "xlsx": xlsx_bytes([["Текст"], ["Право"]]),
        "zip": zip_bytes({"а.txt": b"x" * 500}),
    }
    for kind, data in whole.items():
        for share in (10, 40, 70, 95):
            yield f"обрізано-{share}.{kind}", data[: len(data) * share // 100]


def worthless() -> Iterator[File]:
    """Files without a text of an act in them."""
    yield "порожній.txt", b""
    yield "пробіли.txt", b" \n\t\r\n" * 500
    yield "знаки.txt", b"... --- ***\n" * 50
    yield "сценарій.html", b"<html><body><script>alert(document.cookie)</script></body></html>"
    yield "стиль.html", b"<html><style>p{}</style><body onload='x()'></body></html>"
    yield "нуль усередині.txt", "Стаття 1.".encode() + bytes(200) + "Право".encode()
    yield "порожній.csv", b""
    yield "порожній.jsonl", b"\n\n"
    yield "числа.jsonl", b"1\n2\n3\n"
    yield "порожній.xlsx", xlsx_bytes([[]])
    yield "порожній.docx", docx_bytes([])
    yield "порожній.zip", zip_bytes({})
    yield "презентація.zip", zip_bytes({"ppt/presentation.xml": b"<p/>"})


def mutated(count: int) -> Iterator[File]:
    """Honest documents with bytes changed, lost, doubled or cut."""
    chance = random.Random(7)
    sources = [
        ("a.docx", docx_bytes()),
        ("a.odt", odt_bytes()),
        ("a.rtf", rtf_bytes()),
        ("a.pdf", pdf_bytes([printed(LAW)] * 3)),
        ("a.zip", zip_bytes({f"{n}.txt": "Стаття 1. Право".encode() for n in range(3)})),
        ("a.xlsx", xlsx_bytes([["Текст"], ["Право"]])),
    ]
    for number in range(count):
        name, data = sources[number % len(sources)]
        harmed = bytearray(data)
        for _ in range(chance.choice([1, 5, 60])):
            place = chance.randrange(8, len(harmed) - 1)
            match chance.randrange(4):
                case 0:
                    harmed[place] = chance.randrange(256)
                case 1:
                    del harmed[place : place + chance.randrange(1, 40)]
                case 2:
                    harmed[place:place] = harmed[place : place + 200]
                case _:
                    harmed[place : place + 4] = b"\xff\xff\xff\x7f"
        yield f"{number}-{name}", bytes(harmed)


def test_files_made_to_do_harm_are_refused_with_the_reason() -> None:
    files = list(crafted())
    reports = importer.import_files([*((name, data) for name, data, _ in files), GOOD])
    allowed = {name: codes for name, _, codes in files} | {GOOD[0]: {""}}
    for report in reports:
        codes = allowed.pop(report.name.split("/")[0], set())
        assert report.code in codes, report
        assert report.outcome == "refused" or "" in codes, report
        assert not report.code or report.code in WORDS, report.code
        # Found by looking, not by waiting, and the reading process lived.
        assert "seconds" not in report.data, report
    assert allowed == {}
    listed = service.search(size=100).rows
    assert not any(SECRET in service.text(act.id) for act in listed)


def test_what_holds_no_act_is_refused_in_words() -> None:
    foreign = [(name, head + bytes(range(256)) * 4) for name, head in FOREIGN.items()]
    files = [*foreign, *forbidden(), *cut(), *worthless()]
    reports = importer.import_files(files)
    assert [report.name for report in reports if report.outcome != "refused"] == []
    assert {report.code for report in reports} <= WORDS.keys()
    assert len({report.name for report in reports}) == len(files) > 70
    assert service.counts().total == 0


def test_a_hundred_damaged_documents_cost_only_themselves() -> None:
    files = list(mutated(100))
    reports = importer.import_files([*files, GOOD])
    assert reports[-1].outcome == "imported"
    assert len(reports) > 100
    assert all(report.outcome != "refused" or report.code in WORDS for report in reports)
    assert sum(report.outcome == "refused" for report in reports) > 50
    assert all(report.code != "file_refused" for report in reports)


LONG = 300_000


@pytest.mark.parametrize(
    "text",
    [
        "а" + " " * LONG + "б",
        "а" + "\n" * LONG + "б",
        "стат" * LONG,
        "1" * LONG,
        "{" * LONG + "а",
        "Стаття 1" * LONG,
        "Стаття 1. А\n" * (LONG // 10),
        "а" + "\u0301" * LONG,
        "1 -" * LONG,
        'такого змісту:\n"Стаття 1. А\n' * (LONG // 30),
        "Про " * LONG,
        "[" * LONG + "а",
    ],
    ids=range(12),
)
def test_long_runs_of_anything_take_no_longer_than_they_are_long(text: str) -> None:
    page = f"<p>{text}</p>".encode()
    reports = importer.import_files([("а.txt", text.encode()), ("а.html", page)])
    assert all(report.outcome != "refused" or report.code in WORDS for report in reports)
