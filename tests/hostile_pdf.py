"""PDF files made to fill memory or time, or locked."""

import hashlib
import re
import struct
import zlib
from collections.abc import Sequence

from tests.documents import LAW, pdf_bytes, pdf_file, printed
from tests.hostile import packed

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_CATALOG = "<< /Type /Catalog /Pages 2 0 R >>"
_ONE_PAGE = "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"


def stream_bomb(megabytes: int, filters: int = 1) -> bytes:
    """A page whose drawing would be so large; with more filters than one, packed again and again."""
    data = b"\x78\xda" + packed(b" " * 1_000_000, megabytes)
    for _ in range(filters - 1):
        data = zlib.compress(data, 9)
    head = f"<< /Length {len(data)} /Filter [{' /FlateDecode' * filters}] >> stream\n"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    return pdf_file([_CATALOG, _ONE_PAGE, page, head + data.decode("latin-1") + "\nendstream"])


def page_loop() -> bytes:
    """Pages that hold each other."""
    child = "<< /Type /Pages /Count 10 /Parent 2 0 R /Kids [2 0 R 3 0 R] >>"
    return pdf_file([_CATALOG, "<< /Type /Pages /Count 10 /Kids [3 0 R 3 0 R] >>", child])


def page_tree(levels: int) -> bytes:
    """A tree of few objects with two to the power of `levels` pages."""
    tree = [
        f"<< /Type /Pages /Count {2 ** (levels - n)} /Kids [{n + 3} 0 R {n + 3} 0 R] >>"
        for n in range(levels)
    ]
    return pdf_file([_CATALOG, *tree, "<< /Type /Page /MediaBox [0 0 9 9] >>"])


def same_page(count: int) -> bytes:
    """One page that is listed so many times."""
    listed = f"<< /Type /Pages /Count {count} /Kids [{'3 0 R ' * count}] >>"
    return pdf_file([_CATALOG, listed, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"])


def locked_pdf(password: bytes, handler: str = "Standard") -> bytes:
    """A small act under a password, by the oldest method (ISO 32000-1, 7.6.3: RC4, 40 bits)."""
    owner, flags, name = _rc4(_digest(_padded(b"owner")), _padded(password)), -4, b"0123456789abcdef"
    key = _digest(_padded(password) + owner + struct.pack("<i", flags) + name)
    check = _rc4(key, _PADDING)
    objects = re.findall(rb"\d+ 0 obj\n(.*?)\nendobj\n", pdf_bytes([printed(LAW)]), re.DOTALL)
    drawn = [_locked_stream(key, number, content) for number, content in enumerate(objects, start=1)]
    told = f"/Filter /{handler} /V 1 /R 2 /P {flags} /O <{owner.hex()}> /U <{check.hex()}>"
    return pdf_file(drawn, f"/ID [<{name.hex()}> <{name.hex()}>] /Encrypt << {told} >>")


def _locked_stream(key: bytes, number: int, content: bytes) -> str:
    found = re.fullmatch(rb"<< /Length \d+ (.*?)>> stream\n(.*)\nendstream", content, re.DOTALL)
    if found is None:
        return content.decode("latin-1")
    own = hashlib.md5(key + struct.pack("<L", number)[:3] + b"\0\0", usedforsecurity=False).digest()[:10]
    data = _rc4(own, found[2]).decode("latin-1")
    return f"<< /Length {len(data)} {found[1].decode('latin-1')}>> stream\n{data}\nendstream"


def _padded(password: bytes) -> bytes:
    return (password + _PADDING)[:32]


def _digest(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()[:5]


def _rc4(key: Sequence[int], data: bytes) -> bytes:
    state, other = list(range(256)), 0
    for at in range(256):
        other = (other + state[at] + key[at % len(key)]) & 255
        state[at], state[other] = state[other], state[at]
    out, at, other = bytearray(), 0, 0
    for byte in data:
        at = (at + 1) & 255
        other = (other + state[at]) & 255
        state[at], state[other] = state[other], state[at]
        out.append(byte ^ state[(state[at] + state[other]) & 255])
    return bytes(out)
