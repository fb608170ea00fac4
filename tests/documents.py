"""Documents of every format with a text of the test's choice, made as their programs make them."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import docx
import openpyxl

LAW = (
    "ЗАКОН УКРАЇНИ",
    "Про охорону праці на об’єктах “А”",
    "Розділ I",
    "ЗАГАЛЬНІ ПОЛОЖЕННЯ",
    "Стаття 1. Поняття і терміни",
    "Охорона праці - це система правових, соціально-економічних та організаційних заходів.",
    "Стаття 2. Сфера дії",
    "1. Дія цього Закону поширюється на всіх юридичних та фізичних осіб.",
    "2. Роботодавець зобов’язаний протягом 10 днів повідомити працівника.",
)
"""Lines of a small act."""

TEXT = "\n".join(LAW) + "\n"

_ODT_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<style:style style:name="T1" style:family="text"><style:text-properties '
    'style:text-position="super 58%"/></style:style></office:automatic-styles><office:body><office:text>'
)
_ODT_TAIL = "</office:text></office:body></office:document-content>"


def docx_bytes(lines: Iterable[str] = LAW) -> bytes:
    """A Word document, one paragraph a line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    return saved(document)


def saved(document: Any) -> bytes:
    """The bytes of a python-docx document or an openpyxl workbook."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def odt_bytes(lines: Iterable[str] = LAW, *, body: str = "") -> bytes:
    """An OpenDocument text; `body` is XML of its own instead of lines."""
    paragraphs = body or "".join(f"<text:p>{line}</text:p>" for line in lines)
    content = f"{_ODT_HEAD}{paragraphs}{_ODT_TAIL}"
    return zip_bytes(
        {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()}
    )


def rtf_bytes(lines: Iterable[str] = LAW) -> bytes:
    """A rich text file in Windows-1251, other letters as \\u."""
    return (r"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0\fcharset204 Times;}}\f0 " + "".join(
        rf"{_rtf(line)}\par " for line in lines
    ) + "}").encode("ascii")  # fmt: skip


def _rtf(line: str) -> str:
    """Letters as Word writes them."""
    out = []
    for char in line:
        if char.isascii():
            out.append(char)
            continue
        try:
            out.append(f"\\'{char.encode('cp1251').hex()}")
        except UnicodeEncodeError:
            out.append(f"\\u{ord(char)}?")
    return "".join(out)


def xlsx_bytes(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def zip_bytes(parts: dict[str, bytes], *, stored: bool = False) -> bytes:
    """An archive of named parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def pdf_bytes(
    pages: Sequence[Sequence["Row"]],
    *,
    declared_pages: int | None = None,
    drawn: str = "",
    direction: str = "1 0 0 1",
) -> bytes:
    """A PDF with a text layer: rows of (x, y, size, text) a page, in points.

    One font whose letters are told by a ToUnicode table, as word processors write it; no glyphs are in it.
    `drawn`: what else every page draws, in operators of PDF; `direction`: the matrix that turns the letters.
    """
    letters = sorted({char for page in pages for row in page for char in row[3]})
    code = {char: index for index, char in enumerate(letters, start=33)}  # codes of visible glyphs
    table = "".join(f"<{code[char]:02X}> <{ord(char):04X}>\n" for char in letters)
    cmap = (
        "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(letters)} beginbfchar\n{table}endbfchar endcmap end"
    )
    widths = " ".join(["500"] * 256)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {declared_pages or len(pages)} /Kids "
        f"[{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /TrueType /BaseFont /Norma /FirstChar 0 /LastChar 255 "
        f"/Widths [{widths}] /ToUnicode 4 0 R /FontDescriptor << /Type /FontDescriptor /FontName /Norma "
        "/Flags 32 /FontBBox [0 -200 1000 800] /Ascent 800 /Descent -200 /CapHeight 700 /ItalicAngle 0 "
        "/StemV 80 >> >>",
        _stream(cmap.encode()),
    ]
    for number, page in enumerate(pages):
        rows = "".join(
            f"BT /F1 {size} Tf {direction} {x} {y} Tm <{''.join(f'{code[c]:02X}' for c in text)}> Tj ET\n"
            for x, y, size, text in page
        )
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            _stream(f"{drawn}\n{rows}".encode()),
        ]
    return pdf_file(objects)


Row = tuple[float, float, float, str]


def _stream(data: bytes) -> str:
    packed = zlib.compress(data).hex().upper()
    return (
        f"<< /Length {len(packed) + 1} /Filter [/ASCIIHexDecode /FlateDecode] >> stream\n{packed}>\nendstream"
    )


def pdf_file(objects: Sequence[str], trailer: str = "") -> bytes:
    """A PDF of these objects, the first its catalogue; `trailer` is added to its trailer."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + head.encode() + tail.encode()


def printed(lines: Sequence[str], *, size: float = 10, width: int = 80, top: float = 800) -> list[Row]:
    """Rows of a page set as word processors set it: paragraphs indented, wrapped at `width` letters."""
    rows: list[Row] = []
    y = top
    for line in lines:
        left, text = 70 + 2 * size, ""
        for word in line.split(" "):
            if len(text) + len(word) + 1 > width - (4 if left > 70 else 0):
                rows.append((left, y, size, text))
                left, text, y = 70.0, "", y - 1.2 * size
            text = f"{text} {word}" if text else word
        rows.append((left, y, size, text))
        y -= 1.2 * size
    return rows
