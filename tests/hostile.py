"""Files made to fill memory, disk or time, made cheaply: no test unpacks what it made."""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence

from tests.documents import xlsx_bytes, zip_bytes

_LOCAL, _CENTRAL, _END = "<4sHHHHHLLLHH", "<4sHHHHHHLLLHHHHHLL", "<4sHHHHLLH"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def packed(block: bytes, times: int) -> bytes:
    """Raw deflate of a block repeated: packed once, since blocks after a full flush stand alone."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    return once * times + packer.flush()


def raw_zip(entries: Sequence[tuple[str, bytes, int]], *, method: int = 8, shared: bool = False) -> bytes:
    """A zip of packed entries (name, bytes, size as listed); `shared`: all stand on the bytes of the first.

    The latter is D. Fifield's overlap, «A better zip bomb», in its plainest form.
    """
    out = listing = b""
    for name, data, size in entries:
        told = name.encode()
        place = 0 if shared else len(out)
        facts = (0x800, method, 0, 0, 0, len(data), size, len(told), 0)
        if not (shared and out):
            out += struct.pack(_LOCAL, b"PK\3\4", 20, *facts) + told + data
        listing += struct.pack(_CENTRAL, b"PK\1\2", 20, 20, *facts, 0, 0, 0, 0, place) + told
    count = len(entries)
    return out + listing + struct.pack(_END, b"PK\5\6", 0, 0, count, count, len(listing), len(out), 0)


def overlapping(first: str) -> bytes:
    """A hundred files of 15 MB on the same 150 KB, the first under a name of its own."""
    data = packed(bytes(range(256)) * 400, 150)
    return raw_zip([(name, data, 15_360_000) for name in (first, *map(str, range(99)))], shared=True)


def many_small(count: int) -> bytes:
    """Files small enough to be packed as tightly as they like, together 1.9 MB times `count`."""
    data = packed(b"a" * 1_900_000, 1)
    return raw_zip([(f"{n}.txt", data, 1_900_000) for n in range(count)])


def links() -> bytes:
    """An archive of a symbolic link and of a pipe, as Unix packs them."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, kind in (("посилання.txt", stat.S_IFLNK), ("труба.txt", stat.S_IFIFO)):
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (kind | 0o777) << 16
            archive.writestr(info, "/etc/passwd")
    return file.getvalue()


def nested(levels: int) -> bytes:
    """Archives inside each other."""
    inner = b"x"
    for level in range(levels):
        inner = zip_bytes({f"{level}.zip": inner})
    return inner


def locked(package: bytes) -> bytes:
    """A package whose every part is marked as encrypted."""
    data = bytearray(package)
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def replaced(package: bytes, name: str, data: bytes) -> bytes:
    """A package with one part exchanged or added."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    return zip_bytes(parts | {name: data})


def compound(*streams: str) -> bytes:
    """The beginning of a compound file with a list of these streams."""
    names = ("Root Entry", *streams)
    wide = [f"{name}\0".encode("utf-16-le") for name in names]
    entries = b"".join(name.ljust(64, b"\0") + struct.pack("<H", len(name)) + bytes(62) for name in wide)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + entries.ljust(512, b"\0")


def sheet(rows: str, dimension: str = "A1:B2") -> bytes:
    """A workbook with these rows, which says that it is as large as `dimension`."""
    head = f'<row r="1">{cell("A1", "Текст")}</row>'
    data = f'<dimension ref="{dimension}"/><sheetData>{head}{rows}</sheetData>'
    xml = f'<worksheet xmlns="{_SHEET}">{data}</worksheet>'
    return replaced(xlsx_bytes([["Текст"]]), "xl/worksheets/sheet1.xml", xml.encode())


def cell(place: str, text: str) -> str:
    """A cell with its text in it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def shared_string(length: int, rows: int) -> bytes:
    """A workbook in which one string stands in every row."""
    xml = f'<sst xmlns="{_SHEET}"><si><t>{"a" * length}</t></si></sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    book = sheet("".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(2, rows + 2)))
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    types = types.replace(
        "</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    )
    return replaced(
        replaced(book, "[Content_Types].xml", types.encode()), "xl/sharedStrings.xml", xml.encode()
    )
