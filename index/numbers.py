"""Numbers as Vietnamese writes them: "13.723", "240 tỷ 697 triệu", "hai mươi mốt nghìn", "2 tỷ rưỡi".

Everything here reads a *scan*: a copy of the text of the same length in which case, tone style and, for text
typed without diacritics, the diacritics are gone. Patterns are written once, with diacritics, and compiled
twice (``Grammar``): "năm" must not match "nam" in a text that has diacritics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from index.vietnamese import fold, normal_tone

GAP = r"[ \t\xa0\u202f]{1,3}"
MAYBE = r"[ \t\xa0\u202f]{0,3}"

_MARKED = re.compile(r"[à-öø-ÿăđĩũơưạ-ỹ]")
# A Vietnamese text marks about one letter in four; one in twenty tells a stray "é" or "ngân sach" apart.
_MARKED_SHARE = 20


@dataclass(frozen=True, slots=True)
class Grammar:
    """One pattern for text with diacritics and its folded twin."""

    marked: re.Pattern[str]
    bare: re.Pattern[str]

    @classmethod
    def of(cls, pattern: str) -> Grammar:
        """Compile a pattern written with diacritics for both kinds of text."""
        return cls(re.compile(pattern), re.compile("".join(c if c.isascii() else fold(c) for c in pattern)))

    def pick(self, marked: bool) -> re.Pattern[str]:
        """The pattern for a text with (True) or without (False) diacritics."""
        return self.marked if marked else self.bare


@lru_cache(maxsize=64)
def scan_form(text: str) -> tuple[str, bool]:
    """The same-length copy of NFC text the grammars read, and whether it has diacritics.

    >>> scan_form("Thu 459,6 TỈ đồng"), scan_form("THU 459,6 ty dong")
    (('thu 459,6 tỷ đồng', True), ('thu 459,6 ty dong', False))
    """
    if text.isascii():
        return text.lower(), False
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    if len(_MARKED.findall(lower)) * _MARKED_SHARE <= len(text):
        return fold(text), False
    toned = normal_tone(lower)
    return (toned if len(toned) == len(text) else lower), True


# --- numbers in figures -------------------------------------------------------------------------------------

DIGITS = (
    r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)"  # 1.200.000,5
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)"  # 12,418,789
    r"|[1-9]\d{0,2}(?:[ \xa0\u202f]\d{3})+(?!\d|[.,]\d)"  # 10 500
    r"|\d+(?:[.,]\d+)?"  # 459,6  99.4  2020
    r"|,\d+)"  # ,77
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:[ \xa0\u202f]\d{3})+")


def digits_value(figures: str) -> Decimal:
    """The value of a number in figures: comma decimal, dot or space thousands.

    A dot before exactly three digits separates thousands, except after a leading 0; any other dot is a
    decimal point. One comma is always decimal, two or more separate thousands.

    >>> [str(digits_value(n)) for n in ("3.517,0", "13.723", "99.4", "0.125", "12,418,789", "10 500", "02")]
    ['3517.0', '13723', '99.4', '0.125', '12418789', '10500', '2']
    """
    if _THOUSANDS.fullmatch(figures) and not figures.startswith("0"):
        if figures.count(",") > 1:
            figures = figures.replace(",", "")
        for separator in ". \xa0\u202f":
            figures = figures.replace(separator, "")
    return Decimal(figures.replace(",", "."))


def plain(value: Decimal) -> Decimal:
    """A whole number without a decimal part, any other value as it is.

    >>> str(plain(Decimal("13000.0"))), str(plain(Decimal("9.35")))
    ('13000', '9.35')
    """
    return value.to_integral_value() if value == value.to_integral_value() else value


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


# --- numbers in words ---------------------------------------------------------------------------------------

_ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_DIGIT = r"(?:một|hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín)"
_ONE = r"(?:mốt|một|hai|ba|bốn|tư|lăm|nhăm|sáu|bảy|bẩy|tám|chín)"
_TENS = rf"(?:{_DIGIT}{GAP}(?:mươi(?:{GAP}{_ONE}(?!\w))?|chục)|mười(?:{GAP}{_ONE}(?!\w))?)"
WORDS = (
    rf"(?:(?:{_DIGIT}|không){GAP}trăm(?!\w)(?:{GAP}(?:{_TENS}|(?:linh|lẻ){GAP}(?:{_DIGIT}|tư)))?"
    rf"|{_TENS}|{_DIGIT})(?!\w)"
)
_TEN_WORDS = {"mười": 10, "mươi": 10, "chục": 10, "trăm": 100}


def _both(words: dict[str, int]) -> dict[str, int]:
    return {fold(word): value for word, value in reversed(words.items())} | words


_ONES_ANY, _TEN_ANY = _both(_ONES), _both(_TEN_WORDS)


def words_value(words: str) -> int:
    """The value of a number below a thousand in words, with or without diacritics.

    >>> words_value("một trăm hai mươi"), words_value("mười lăm"), words_value("ba trăm linh tư")
    (120, 15, 304)
    """
    total, digit = 0, None
    for word in words.split():
        if word in _TEN_ANY:
            total += _TEN_ANY[word] * (1 if digit is None else digit)
            digit = None
        elif word in _ONES_ANY:
            digit = _ONES_ANY[word]
    return total + (digit or 0)


# --- amounts: terms with magnitudes, summed -----------------------------------------------------------------

MAGNITUDES = {
    "chục": 10, "trăm": 100, "nghìn": 1_000, "ngàn": 1_000, "k": 1_000, "vạn": 10_000, "triệu": 1_000_000,
    "tr": 1_000_000, "tỷ": 1_000_000_000, "tỉ": 1_000_000_000,
}  # fmt: skip
_MAGNITUDES_ANY = _both(MAGNITUDES)
# "tỷ lệ", "triệu phú", "trăm năm": the word is no magnitude there.
_NOT_MAGNITUDE = rf"(?!{GAP}(?:lệ|trọng|suất|phú|phần{GAP}trăm|họ)(?!\w))"
_MAGNITUDE = Grammar.of(
    rf"{MAYBE}(chục|trăm|nghìn|ngàn|vạn|triệu|t[ỷỉ]|tr|(?<=\d)k)(?![^\W\d_]){_NOT_MAGNITUDE}"
)
MAGNITUDE_WORDS = r"(?:chục|trăm|nghìn|ngàn|vạn|triệu|t[ỷỉ])"
_NUMBER = Grammar.of(rf"({DIGITS})|({WORDS})")
_HALF_MORE = Grammar.of(rf"{GAP}rưỡi(?!\w)")
_HALF_OF = Grammar.of(rf"nửa(?={GAP}{MAGNITUDE_WORDS}(?!\w))")
_LONE = Grammar.of(rf"(chục|trăm|nghìn|ngàn|vạn|triệu|t[ỷỉ])(?!\w){_NOT_MAGNITUDE}")
_GAP = re.compile(GAP)


class Amount(NamedTuple):
    """A number read from a scan.

    Attributes:
        end: one past its last character.
        value: with all magnitudes multiplied in.
        step: the worth of the last digit shown: 100_000_000 for "459,6 tỷ".
        factor: the magnitude of the last term, 1 when none is written.
        in_words: True when it is written out.
    """

    end: int
    value: Decimal
    step: Decimal
    factor: Decimal
    in_words: bool


def _magnitudes(scan: str, end: int, marked: bool) -> tuple[int, Decimal]:
    factor = Decimal(1)
    while match := _MAGNITUDE.pick(marked).match(scan, end):
        factor *= _MAGNITUDES_ANY[match[1]]
        end = match.end()
    return end, factor


def _term(scan: str, start: int, marked: bool) -> Amount | None:
    if half := _HALF_OF.pick(marked).match(scan, start):
        end, factor = _magnitudes(scan, half.end(), marked)
        return Amount(end, factor / 2, factor / 2, factor, True)
    match = _NUMBER.pick(marked).match(scan, start)
    if match is None:
        return None
    number = digits_value(match[1]) if match[1] else Decimal(words_value(match[2]))
    end, factor = _magnitudes(scan, match.end(), marked)
    # "50,000 người" is the English comma; "2,250 triệu" and "1,125 kg" are decimals.
    if match[1] and factor == 1 and re.fullmatch(r"[1-9]\d{0,2},\d00", match[1]):
        number *= 1000
    step = factor.scaleb(-_decimals(number))
    return Amount(end, plain(number * factor), step, factor, match[2] is not None)


def _next_term(scan: str, sofar: Amount, marked: bool) -> Amount | None:
    """The following summand: smaller, with its own magnitude unless both are in words."""
    gap = _GAP.match(scan, sofar.end)
    if sofar.factor == 1 or gap is None:
        return None
    term = _term(scan, gap.end(), marked)
    if term is None or term.value >= sofar.factor:
        return None
    return term if term.factor > 1 or (sofar.in_words and term.in_words) else None


def read_amount(scan: str, start: int, marked: bool) -> Amount | None:
    """The number that starts at a place of a scan, magnitudes and summands included.

    Args:
        scan: as ``scan_form`` gives it.
        start: where the number starts.
        marked: whether the scan has diacritics.

    Returns:
        The amount, or None when no number starts there.

    >>> str(read_amount("240 tỷ 697 triệu đồng", 0, True).value)
    '240697000000'
    """
    amount = _term(scan, start, marked)
    if amount is None:
        return None
    while term := _next_term(scan, amount, marked):
        both_words = amount.in_words and term.in_words
        amount = Amount(term.end, amount.value + term.value, term.step, term.factor, both_words)
    if amount.factor > 1 and (half := _HALF_MORE.pick(marked).match(scan, amount.end)):
        step = amount.factor / 2
        amount = amount._replace(end=half.end(), value=amount.value + step, step=step)
    return amount


def read_lone_magnitude(scan: str, start: int, marked: bool) -> Amount | None:
    """A magnitude that stands for itself, as in "hơn chục hộ".

    >>> str(read_lone_magnitude("chục hộ", 0, True).value)
    '10'
    """
    match = _LONE.pick(marked).match(scan, start)
    if match is None:
        return None
    end, factor = _magnitudes(scan, start, marked)
    return Amount(end, factor, factor, factor, True)


_LETTERS = {"k": Decimal(10**3), "m": Decimal(10**6), "g": Decimal(10**9)}
_SIGN = Grammar.of(rf"(?:-|−|âm{GAP}){MAYBE}")


def parse_number(text: str) -> Decimal | None:
    """The value of a text that is a number and nothing else.

    Args:
        text: figures ("3.517,0", "-1,2M", ",77") or words ("hai mươi mốt nghìn không trăm mười một"), with
            or without diacritics; K, M and G multiply.

    Returns:
        The value, or None when the text is anything else.

    >>> str(parse_number("240 tỷ 697 triệu")), str(parse_number("hai muoi")), parse_number("bao nhieu")
    ('240697000000', '20', None)
    """
    scan, marked = scan_form(text.strip())
    sign = _SIGN.pick(marked).match(scan)
    start = sign.end() if sign else 0
    if scan[start:] in ("không", "khong"):
        return Decimal(0)
    amount = read_amount(scan, start, marked) or read_lone_magnitude(scan, start, marked)
    if amount is None:
        return None
    value, rest = amount.value, scan[amount.end :]
    if rest in _LETTERS and amount.factor == 1 and not amount.in_words:
        value, rest = value * _LETTERS[rest], ""
    return None if rest else (-value if sign else value)
