"""Bytes to text: Unicode by its marks, else the old Vietnamese encodings, known by the syllables they give.

The old encodings (TCVN3, VNI, VISCII, windows-1258) carry no mark, and each reads as nonsense in the others.
So every reading is tried on the whole document, and one is taken only when nearly all of its accented words
are well-formed Vietnamese syllables. A single word is never converted. Only this file imports viparse.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable

import viparse

from index.errors import UnreadableFile
from index.vietnamese import is_syllable

_BINARY = "không phải văn bản (dữ liệu nhị phân)"
# UTF-32 first: its little-endian mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Letters that Latin-1 lacks, and tone marks of decomposed text: with any of them the text is Unicode already.
_VIETNAMESE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f]")
_WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~“”‘’…–—•]+")
_MIN_WORDS = 8  # accented words needed to judge a document at all
_MIN_SHARE = (
    0.8  # of them well-formed; right readings of real articles give 0.93 and more, wrong ones under 0.5
)
_SAMPLE = 100_000  # bytes that decide which encoding a document is in


def decode(data: bytes) -> str:
    """Turn the bytes of a text file into text.

    In this order: a byte order mark; UTF-8; UTF-16 without a mark; the old Vietnamese encodings; UTF-8 with a
    few broken bytes; windows-1252. Text saved as UTF-8 after it was misread is repaired as well.

    Args:
        data: the whole file.

    Returns:
        The text as it stands in the file (not normalised).

    Raises:
        UnreadableFile: binary data, or a broken UTF-16 or UTF-32 file.
    """
    marked = _by_mark(data)
    if marked is not None:
        return marked
    if b"\0" in data:
        return _unmarked_utf16(data)
    try:
        return repair(_checked(data.decode("utf-8")))
    except UnicodeDecodeError:
        return _old_encoding(data) or _damaged_utf8(data) or _checked(_western(data))


def repair(text: str) -> str:
    """Undo a wrong decoding, when the whole document shows it; any other text comes back unchanged.

    Args:
        text: text of one document, perhaps TCVN3, VNI, VISCII, windows-1258 or UTF-8 read as windows-1252.

    Returns:
        The Vietnamese text, or ``text`` itself.
    """
    if text.isascii() or _VIETNAMESE.search(text):
        return text
    try:
        data = text.translate(_TO_LATIN1).encode("latin-1")
    except UnicodeEncodeError:
        return text
    return _old_encoding(data) or text


def _by_mark(data: bytes) -> str | None:
    """The text of a file with a byte order mark, None without one."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return _checked(data.decode(encoding))
            except UnicodeDecodeError as error:
                raise UnreadableFile(f"không đọc được: tệp {encoding.upper()} bị hỏng") from error
    return None


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 without a mark: zero bytes in every second place only."""
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = data[first::2].count(0)
        if zeros == data.count(0) and zeros > len(data) / 10:
            try:
                return _checked(data.decode(encoding))
            except UnicodeDecodeError:
                break
    raise UnreadableFile(_BINARY)


def _checked(text: str) -> str:
    """The text, unless control characters show that it is none."""
    if len(_CONTROLS.findall(text)) > len(text) / 200:
        raise UnreadableFile(_BINARY)
    return text


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes (a cut file); they stay visible as U+FFFD."""
    text = data.decode("utf-8", errors="replace")
    few = text.count("\ufffd") <= max(1, len(text) // 500)
    return text if few and _VIETNAMESE.search(text) else None


def _western_char(byte: int) -> str:
    return bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)


# windows-1252 with its five holes filled as browsers do it.
_FROM_LATIN1 = {byte: _western_char(byte) for byte in range(0x80, 0xA0)}
# Back again; the last two stand for TCVN3's ư and ã in the text layer of a PDF.
_TO_LATIN1 = {ord(char): chr(byte) for byte, char in _FROM_LATIN1.items()} | {0x2212: "\xad", 0x2219: "\xb7"}


def _western(data: bytes) -> str:
    return data.decode("latin-1").translate(_FROM_LATIN1)


def _windows_1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258"))


def _misread_utf8(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("utf-8"))


def _converted(text: str, encoding: str) -> str:
    fixed: str = viparse.fix(text, encoding=encoding)
    return fixed


def _tcvn3(data: bytes) -> str:
    return _converted(_western(data), "tcvn3")


def _vni(data: bytes) -> str:
    return _converted(_western(data), "vni")


def _viscii(data: bytes) -> str:
    return _converted(data.decode("latin-1"), "viscii")


_READINGS: tuple[Callable[[bytes], str], ...] = (_misread_utf8, _windows_1258, _tcvn3, _vni, _viscii)


def _old_encoding(data: bytes) -> str | None:
    """The document in the old encoding that fits best, None when none fits well."""
    sample = data[:_SAMPLE]
    share, reading = max(
        ((_share(reading, sample), reading) for reading in _READINGS), key=lambda pair: pair[0]
    )
    try:
        return reading(data) if share >= _MIN_SHARE else None
    except UnicodeDecodeError:  # behind the sample
        return None


def _share(reading: Callable[[bytes], str], data: bytes) -> float:
    """The share of well-formed syllables among the accented words of a reading; 0.0 when too few."""
    try:
        text = reading(data)
    except UnicodeDecodeError:
        return 0.0
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    if len(words) < _MIN_WORDS or not _VIETNAMESE.search(text):
        return 0.0
    return sum(map(is_syllable, words)) / len(words)
