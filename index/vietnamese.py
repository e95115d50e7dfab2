"""Vietnamese writing: Unicode forms, folding, tone placement, tokens.

Every function here is pure. ``fold`` and ``normal_tone`` keep the length of NFC text, so an offset into
their result is an offset into the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_INVISIBLE = "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff" + "".join(
    map(chr, range(0x202A, 0x202F))
)
_REPAIRS: dict[int, int | None] = {
    ord("Ð"): ord("Đ"),
    ord("ð"): ord("đ"),
    **dict.fromkeys(map(ord, _INVISIBLE)),
}


UPPER = "A-Z" + "".join(
    character for character in map(chr, (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if character.isupper()
)
"""The capital letters of Vietnamese (and of western Europe), for a regular expression's character class.

A range such as ``À-Ỹ`` will not do: it holds the small letters as well.
"""


def to_nfc(text: str) -> str:
    r"""Bring text to the one form used inside: NFC, real Đ, nothing invisible.

    Args:
        text: any text.

    Returns:
        NFC text in which Icelandic Ð/ð (a common slip, which NFC does not repair) are Đ/đ and
        zero-width characters, soft hyphens and byte order marks are gone. Applying it twice changes nothing.

    >>> to_nfc("Ðô\u0323c la\u0323\u0302p\u200b")
    'Độc lập'
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(_REPAIRS))


def _fold_char(char: str) -> str:
    """One character without case and diacritics; itself where that would not be one character."""
    base = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
    folded = {"đ": "d", "ð": "d"}.get(base.lower(), base.lower())
    if len(folded) == 1:
        return folded
    return char.lower() if len(char.lower()) == 1 else char


class _FoldTable(dict[int, str]):
    """A table for ``str.translate`` that learns each character when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_char(chr(code))
        return folded


_FOLD = _FoldTable()


def fold(text: str) -> str:
    """Lower case without diacritics, character by character.

    Args:
        text: NFC text.

    Returns:
        Text of exactly the same length: ``fold(text)[i]`` belongs to ``text[i]``.

    >>> fold("Đảng bộ TP. Hoà Bình: 459,6 tỷ")
    'dang bo tp. hoa binh: 459,6 ty'
    """
    return text.lower() if text.isascii() else text.translate(_FOLD)


def has_diacritics(text: str) -> bool:
    """Whether any letter of NFC text carries a Vietnamese (or other) diacritic.

    >>> has_diacritics("thu ngân sách"), has_diacritics("thu ngan sach 2020")
    (True, False)
    """
    return not text.isascii() and fold(text) != text.lower()


_TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+")


def tokens(text: str) -> list[tuple[str, int, int]]:
    """Words and numbers with their places.

    A token is a run of letters (in Vietnamese: a syllable) or a number; ``.``, ``,`` and ``/`` between
    digits belong to the number, a hyphen separates: "2015-2020" is two years.

    Args:
        text: NFC text.

    Returns:
        ``(token in lower case, start, end)`` in the order of the text.

    >>> tokens("Thu 459,6 tỷ")
    [('thu', 0, 3), ('459,6', 4, 9), ('tỷ', 10, 12)]
    """
    return [(match.group().lower(), *match.span()) for match in _TOKEN.finditer(text)]


def syllables(text: str) -> list[str]:
    """The tokens of a text without their places.

    >>> syllables("Chỉ thị 05-CT/TW, ngày 24/6: 13.723 tỷ đồng/1ha")
    ['chỉ', 'thị', '05', 'ct', 'tw', 'ngày', '24/6', '13.723', 'tỷ', 'đồng', '1', 'ha']
    """
    return _TOKEN.findall(text.lower())


# Tone placement. The traditional style puts the tone of an open oa, oe, uy on the first vowel.
_TONES = str.maketrans("àáảãạèéẻẽẹỳýỷỹỵ", "àáảãạàáảãạàáảãạ")
_TONED = {"o": dict(zip("àáảãạ", "òóỏõọ", strict=True)), "u": dict(zip("àáảãạ", "ùúủũụ", strict=True))}
_NEW_STYLE = re.compile(r"(?<!q)(?:o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)


@cache
def _old_style(pair: str) -> str:
    """Move the tone of a two-letter rime to its first letter, keeping each letter's case."""
    first, second = pair[0].lower(), pair[1].lower()
    toned = _TONED[first][second.translate(_TONES)]
    plain = _fold_char(second)
    return (toned.upper() if pair[0].isupper() else toned) + (plain.upper() if pair[1].isupper() else plain)


# Words written with i or y. A closed list: elsewhere the two letters tell words apart (tai / tay).
_I_OR_Y = re.compile(
    r"(?=[hklmqst][iìíỉĩịuỹ])"  # how all begin: so the rest is not tried at every letter
    r"(?:(?<!\w)(?:k[ĩìíỉị]|lí|mĩ|qu[iíìỉĩị]"
    r"|hi(?=\s(?:vọng|sinh))"
    r"|(?<=công\s)ti"
    r"|tỉ(?=\s(?:đồng|usd|đô|euro|eur|bảng|yên|lệ|trọng|suất|giá|phú|số)\b)"
    r"|(?<=\d\s)tỉ|(?<=nghìn\s)tỉ|(?<=ngàn\s)tỉ|(?<=chục\s)tỉ|(?<=trăm\s)tỉ|(?<=mấy\s)tỉ"
    r"|sỹ)(?!\w)|(?<=\d)tỉ(?!\w))",
    re.IGNORECASE,
)
_SWAP_I_Y = str.maketrans("iìíỉĩịIÌÍỈĨỊỹỸ", "yỳýỷỹỵYỲÝỶỸỴĩĨ")


def _swap_last(match: re.Match[str]) -> str:
    word = match.group()
    return word[:-1] + word[-1].translate(_SWAP_I_Y)


def normal_tone(text: str) -> str:
    """One spelling where two are in use; for matching, never for display.

    The tone of open oa, oe, uy goes to the first vowel (hoà -> hòa, uỷ -> ủy; hoàn and quý stay), and a
    closed list of i/y words takes one form (tỉ đồng -> tỷ đồng, kĩ -> kỹ, lí -> lý, quí -> quý, sỹ -> sĩ).

    Args:
        text: NFC text.

    Returns:
        Text of exactly the same length.

    >>> normal_tone("Uỷ ban hoà giải: 5 tỉ, kĩ sư khoẻ, hoàn toàn quý giá")
    'Ủy ban hòa giải: 5 tỷ, kỹ sư khỏe, hoàn toàn quý giá'
    """
    text = _NEW_STYLE.sub(lambda match: _old_style(match.group()), text)
    return _I_OR_Y.sub(_swap_last, text)


# The syllable: an onset and a rime without its tone. Closed lists of the written language.
_ONSET = re.compile("ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x")
_RIME_LIST = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu "
    "iêc iêm iên iêng iêp iêt iêu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt "
    "oc oe oen oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt "
    "u ua uân uâng uât uây uc uê uêch uênh uêu ui um un ung uơ uôc uôi uôm uôn uông uôt up ut uy uya uych "
    "uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu "
    "y yêm yên yêng yêt yêu ych ynh yt"
)
_RIMES = frozenset(_RIME_LIST.split())
_TONE_MARKS = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


@cache
def is_syllable(word: str) -> bool:
    """Whether a word is a well-formed Vietnamese syllable: onset, rime and at most one tone.

    >>> [is_syllable(word) for word in ("nghiệp", "Thuở", "quý", "gì", "thµnh", "Zürich")]
    [True, True, True, True, False, False]
    """
    bare, tones = _TONE_MARKS.subn("", unicodedata.normalize("NFD", word.lower()))
    bare = unicodedata.normalize("NFC", bare)
    if tones > 1:
        return False
    onset = _ONSET.match(bare)
    return bare in _RIMES or (
        onset is not None and (bare[onset.end() :] in _RIMES or bare == "gi" or bare[1:] in _RIMES)
    )
