"""Which encoding a Ukrainian text is in.

Statistical detectors take short cp1251 texts for Bulgarian or Serbian ones; here only encodings in which
Ukrainian was ever written compete, and the one whose letters look most like Ukrainian wins.
"""

import codecs
import re

from services.acts.errors import BinaryFileError, DamagedFileError, UnknownEncodingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ONE_BYTE = ("cp1251", "koi8-u", "cp1125", "iso8859-5", "mac-cyrillic")
_FREQUENT = "оаниівртеслкудмпязьбг"
_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_SIGNS = "№«»“”„’‘—–…§°\u00a0"
_SAMPLE = 200_000
_LEAST_SCORE = 0.5
_MOST_DAMAGE = 0.01

_TURNED_CASE = re.compile(r"[а-яіїєґ][А-ЯІЇЄҐ]")
_WORDLIKE = re.compile(r"[^\W\d_]")
_FREQUENT_LETTER = re.compile(f"[{_FREQUENT}{_FREQUENT.upper()}]")
_UKRAINIAN_LETTER = re.compile(f"[{_LETTERS}{_LETTERS.upper()}]")


ENCODINGS = ("utf-8", "utf-16", *_ONE_BYTE)
"""What a reader may choose where the encoding was not recognised."""


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """Return the text and the name of its encoding; `encoding` forces one.

    Raises BinaryFileError, DamagedFileError (bytes that are broken in their encoding) or
    UnknownEncodingError.
    """
    if encoding:
        return _forced(data, encoding), encoding
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding), encoding
    if wide := _wide(data):
        return _strict(data, wide), wide
    if b"\0" in data:
        raise BinaryFileError(kind="other")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as problem:
        if _nearly_utf8(data):
            raise DamagedFileError(position=problem.start) from problem
    return _one_byte(data)


def _forced(data: bytes, encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        raise UnknownEncodingError(encoding=encoding) from None
    if name == "utf-16" and data[:2] not in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        name = _wide(data) or "utf-16-le"
    return _strict(data, name).removeprefix("\ufeff")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as problem:
        raise DamagedFileError(position=problem.start) from problem


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte says "Cyrillic" (04) or "Latin" (00), the others do not."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or len(sample) < 4:
        return ""
    rows = (sample[side::2] for side in (0, 1))
    shares = [(row.count(0) + row.count(4)) / (len(sample) // 2) for row in rows]
    if shares[1] > 0.8 and shares[0] < 0.5:
        return "utf-16-le"
    return "utf-16-be" if shares[0] > 0.8 and shares[1] < 0.5 else ""


def _nearly_utf8(data: bytes) -> bool:
    """Cyrillic UTF-8 stays mostly readable around a broken byte; one-byte text read as UTF-8 does not."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    return (
        text.count("\ufffd") <= max(1, _MOST_DAMAGE * len(text)) and len(_UKRAINIAN_LETTER.findall(text)) > 8
    )


def _one_byte(data: bytes) -> tuple[str, str]:
    sample = data[:_SAMPLE]
    scores = {name: _score(sample.decode(name, "replace")) for name in _ONE_BYTE}
    best = max(_ONE_BYTE, key=lambda name: scores[name])
    if scores[best] < _LEAST_SCORE:
        raise UnknownEncodingError()
    return data.decode(best, "replace"), best


def _score(text: str) -> float:
    """1 for plain Ukrainian prose, far below for other alphabets, turned case and drawing characters."""
    strange = sum(
        ord(char) > 127 and not char.isalpha() and char not in "№«»“”„’‘—–…§°\u00a0" for char in text
    )
    letters = len(_WORDLIKE.findall(text)) + strange
    if not letters:
        return 0.0
    known, frequent = len(_UKRAINIAN_LETTER.findall(text)), len(_FREQUENT_LETTER.findall(text))
    turned = len(_TURNED_CASE.findall(text))
    return (0.5 * known + 0.6 * frequent - 2 * turned - strange) / letters
