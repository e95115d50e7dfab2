"""Figures in Vietnamese text: "240 tỷ 697 triệu đồng", "25/34 trường", "trên 1.440 hộ", "5-7%".

A number is a quantity when it is read with a unit of ``index.units`` (or the lower-case word after it), or
when it stands where only a figure can stand ("đạt 13.000"). Dates, years, document and telephone numbers,
ordinals ("lần thứ 7", "quận 10", "khóa 13"), clock times and codes ("U23", "Covid-19") are left out: what
``index.periods`` reads is blanked before anything else is read.

* A bare "tỷ" is money: đồng; so is "51 triệu/ha/năm". A bare "triệu" has no unit.
* "từ 15 đến 20%" and "2-3 triệu đồng" are two quantities; the first has only its number as text, and the unit
  and magnitude of the second.
* A qualifier is given with diacritics even where the text has none.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from index.numbers import (
    GAP,
    MAYBE,
    WORDS,
    Amount,
    Grammar,
    parse_number,
    plain,
    read_amount,
    read_lone_magnitude,
    scan_form,
)
from index.periods import period_spans
from index.quantity_compare import approximately, same_value
from index.quantity_lists import with_listed
from index.quantity_skips import run_end, skipped
from index.quantity_words import (
    QUALIFIERS,
    STOP_WORDS,
    VAGUE,
    VERBS,
    Page,
    is_label,
    qualifier_of,
    words_before,
)
from index.types import Quantity
from index.units import HEADCOUNTS, PREFIXES, Unit, kind_of, next_words, read_unit

__all__ = ["approximately", "find_quantities", "parse_number", "same_value"]


class _Figure(NamedTuple):
    """An amount with its unit before it becomes a ``Quantity``; ``unit`` None when none was found."""

    start: int
    amount: Amount
    end: int
    unit: str | None
    listed: bool
    total: Decimal | None = None


_PREFIX = "|".join(re.escape(prefix) for prefix in sorted(PREFIXES, key=len, reverse=True))
_CANDIDATE = Grammar.of(
    rf"(?<!\w)(?:(?:{_PREFIX}){MAYBE}(?=\d)|\d|(?=[bcđhklmnstv]){WORDS}"
    r"|(?:nửa|chục|trăm|nghìn|ngàn|vạn|triệu)(?!\w))"
)
_POUNDS = Grammar.of(rf"{GAP}bảng(?!\w|{GAP}(?:điểm|đấu|xếp|vàng|[a-h](?!\w)))")
"""Behind thousands and millions: "10 triệu bảng"."""
_PREFIXED = Grammar.of(rf"({_PREFIX}){MAYBE}(?=\d)")
_RANGE = Grammar.of(rf"(?:{MAYBE}[-–—]{MAYBE}|{GAP}(đến|tới|lên|xuống|và){GAP})")
_FROM = Grammar.of(rf"(?<!\w)(từ|giữa){GAP}$")
_HALF_MORE = Grammar.of(rf"{GAP}rưỡi(?!\w)")
_FALLBACK = re.compile(r"[^\W\d_]{2,}")


# --- units --------------------------------------------------------------------------------------------------


def _is_name(page: Page, start: int, unit: Unit) -> bool:
    """Whether a one-word noun is written as a name: "Hồ", "Ấp"."""
    word = page.text[start : unit.end].strip()
    return unit.kind == "noun" and " " not in word and word[0].isupper() and not word.isupper()


def _fallback(page: Page, end: int) -> Unit | None:
    """The next word as a unit, if it is in lower case and can be a noun."""
    words = next_words(page.scan, end, 1)
    if not words or not _FALLBACK.fullmatch(words[0][0]) or words[0][0] in STOP_WORDS.pick(page.marked):
        return None
    word, stop = words[0]
    return Unit(stop, word, "noun") if page.text[stop - len(word) : stop].islower() else None


_TAEL = Unit(4, "chỉ", "measure")  # of gold, after "/" only: elsewhere "chỉ" means "only"


def _denominators(page: Page, end: int) -> tuple[int, str]:
    """What stands after the unit with "/": "/người/năm"; where it ends, and the canonical text."""
    suffix = ""
    while page.scan.startswith("/", end) or page.scan.startswith(" /", end):
        slash = page.scan.index("/", end) + 1
        tail = page.scan[slash : slash + 40].lstrip(" ")
        tail = tail[2:] if tail.startswith("1 ") else tail
        skipped = min(len(page.scan), slash + 40) - slash - len(tail) - 1
        unit = read_unit(" " + tail, 0, page.marked) or (_TAEL if tail.startswith("chỉ") else None)
        hour = page.scan[slash : slash + 1] == "h" and not page.scan[slash + 1 : slash + 2].isalnum()
        if unit is None and not hour:
            break
        end, name = (slash + 1, "giờ") if unit is None or hour else (slash + skipped + unit.end, unit.name)
        suffix += "/" + name
    return end, suffix


def _with_unit(page: Page, start: int, amount: Amount, prefix: str | None) -> _Figure:
    """The amount with the unit around it."""
    end, name, listed = amount.end, prefix, prefix is not None
    unit = read_unit(page.scan, amount.end, page.marked)
    if unit and not _is_name(page, amount.end, unit) and (prefix is None or unit.name == prefix):
        end, name, listed = unit.end, unit.name, True
    pounds = _POUNDS.pick(page.marked).match(page.scan, amount.end) if amount.value >= 1000 else None
    if pounds and (unit is None or unit.name == "bảng"):
        end, name, listed = pounds.end(), "gbp", True
    money = amount.factor >= 10**9 or page.scan.endswith("tr", start, amount.end)
    stop, suffix = _denominators(page, end)
    if name is None and (money or (suffix and amount.factor > 1)):
        name, listed = "đồng", True
    if name is None and not amount.in_words and amount.factor == 1:
        other = _fallback(page, end)
        end, name = (other.end, other.name) if other else (end, None)
        stop, suffix = _denominators(page, end) if other else (end, "")
    if name is None:
        return _Figure(start, amount, amount.end, None, False)
    return _half_unit(page, _Figure(start, amount, stop if suffix else end, name + suffix, listed))


def _half_unit(page: Page, figure: _Figure) -> _Figure:
    """Add the half of "3 năm rưỡi"."""
    match = _HALF_MORE.pick(page.marked).match(page.scan, figure.end)
    if match is None or figure.amount.factor != 1:
        return figure
    half = Decimal("0.5")
    amount = figure.amount._replace(value=figure.amount.value + half, step=half)
    return figure._replace(amount=amount, end=match.end())


def _percent_fixed(figure: _Figure, figures: str) -> _Figure:
    """Read "12.345%" as 12,345%: more than 2000 per cent is no thousands."""
    amount = figure.amount
    if figure.unit != "%" or amount.value < 2000 or figures.count(".") != 1:
        return figure
    return figure._replace(amount=amount._replace(value=Decimal(figures), step=Decimal("0.001")))


# --- one figure ---------------------------------------------------------------------------------------------


def _figure(page: Page, start: int) -> _Figure | None:
    """The figure that starts at a place, ratio included; None when no number can be read."""
    prefixed = _PREFIXED.pick(page.marked).match(page.scan, start)
    number = prefixed.end() if prefixed else start
    amount = read_amount(page.scan, number, page.marked) or read_lone_magnitude(
        page.scan, number, page.marked
    )
    if amount is None:
        return None
    if page.scan.startswith(",%", amount.end):  # "41,%"
        amount = amount._replace(end=amount.end + 1)
    ratio = _ratio(page, start, amount)
    if ratio:
        return ratio
    prefix = PREFIXES[prefixed[1]] if prefixed else None
    figure = _with_unit(page, start, amount, prefix)
    return _percent_fixed(figure, page.scan[number : amount.end])


def _ratio(page: Page, start: int, part: Amount) -> _Figure | None:
    """A part and its whole: 25 of 34 in "25/34 trường". A magnitude after the total holds for both."""
    if not re.match(r"/\d", page.scan[part.end : part.end + 2]) or part.in_words:
        return None
    whole = read_amount(page.scan, part.end + 1, page.marked)
    if whole is None or whole.value == 0:
        return None
    figure = _with_unit(page, start, whole, None)
    value = part.value * whole.factor if part.factor == 1 else part.value
    if figure.unit is None and value > whole.value:
        return None
    return figure._replace(amount=part._replace(value=value, end=whole.end), total=whole.value)


def _glued(page: Page, figure: _Figure) -> bool:
    """Whether the number runs into something that is no unit: "5G", "05-CT/TW", "11/NQ-CP", "3-2", "7:30"."""
    rest = page.text[figure.end : figure.end + 2]
    if rest[:1].isalnum() or rest[:1] in ("_", "@"):
        return True
    if rest[:1] == "-" and _PREFIXED.pick(page.marked).match(page.scan, figure.end + 1):
        return False  # "VND1000-VND2000"
    return (
        len(rest) == 2
        and rest[0] in "-–/.,:"
        and (rest[1].isdigit() or (rest[0] in "-/" and rest[1].isupper()))
    )


def _stands_alone(page: Page, figure: _Figure) -> bool:
    """Whether a number without a unit is a figure by the way it is written or placed."""
    if figure.amount.in_words or page.scan[figure.start - 1 : figure.start] in ("-", "–"):
        return False
    if page.text.strip() == page.text[figure.start : figure.end]:
        return True
    written = page.scan[figure.start : figure.end]
    words = words_before(page, figure.start)
    if "," in written or "." in written or figure.amount.factor > 1:
        return not (words and words[-1][0].isdigit())
    after_colon = page.scan[max(0, figure.start - 2) : figure.start].strip() == ":"
    return (bool(words) and words[-1] in VERBS.pick(page.marked)) or (
        after_colon and not next_words(page.scan, figure.end, 1)
    )


def _words_count(page: Page, figure: _Figure, magnitude: bool) -> bool:
    """Whether a number in words is meant as one: "hai nhóm", "hơn chục hộ"; not "một trong", "bà Ba"."""
    if not figure.listed or figure.unit is None:
        return figure.amount.factor > 1 and not magnitude
    words = words_before(page, figure.start)
    both = words[-1:] in (["cả"], ["ca"]) and not magnitude
    if words and words[-1] in VAGUE.pick(page.marked) and not both:
        return False
    written = page.scan[figure.start : figure.amount.end]
    if magnitude:
        return bool(qualifier_of(page, figure.start, figure.end, figure.amount)) or written.startswith(
            ("nửa", "nua")
        )
    kind = kind_of(figure.unit.split("/")[0])
    if written in ("một", "mot"):
        return (kind in ("money", "measure") and figure.unit != "lần") or figure.unit in HEADCOUNTS
    if written in ("năm", "nam"):
        countable = figure.unit in HEADCOUNTS and figure.unit != "học sinh"  # "năm học" comes first
        return countable and (not words or words[-1] in QUALIFIERS) and page.marked
    return page.marked or written not in ("sau", "tam", "bay", "ba")


def _accepted(page: Page, figure: _Figure) -> bool:
    first = page.scan[figure.start]
    if figure.amount.in_words:
        half = page.scan.startswith(("nửa", "nua"), figure.start)
        lone = half or read_lone_magnitude(page.scan, figure.start, page.marked) is not None
        return not _is_ordinal_word(page, figure) and _words_count(page, figure, lone)
    if first.isdigit() and is_label(page, figure.start, figure.amount.end, figure.listed):
        return False
    if _glued(page, figure):
        return False
    return figure.unit is not None or figure.total is not None or _stands_alone(page, figure)


def _is_ordinal_word(page: Page, figure: _Figure) -> bool:
    words = words_before(page, figure.start)
    return bool(words) and (
        words[-1] in ("thứ", "thu", "lần", "tháng", "bà", "ông") or words[-1] in ("lan", "thang")
    )


# --- ranges -------------------------------------------------------------------------------------------------


def _range(page: Page, first: _Figure) -> tuple[_Figure, _Figure] | None:
    """Both ends of "từ 15 đến 20%", "2-3 triệu đồng", when the second holds the unit of both, or of "6.000đ-7.000đ"."""
    if first.listed or first.total is not None:
        return _adjoined(page, first) or _neighbours(page, first)
    link = _RANGE.pick(page.marked).match(page.scan, first.amount.end)
    if link is None or not (page.scan[link.end() : link.end() + 1].isdigit() or first.amount.in_words):
        return None
    opened = _FROM.pick(page.marked).search(page.scan, max(0, first.start - 8), first.start)
    if link[1] in ("và", "va", "lên", "len", "xuống", "xuong") and not opened:
        return None
    last = _figure(page, link.end())
    if last is None or last.total is not None or not (last.listed or opened):
        return None
    if last.unit is None and last.amount.factor == 1:
        return None
    amount, shared = first.amount, last.amount.factor
    if amount.factor == 1 and amount.value * shared <= last.amount.value:
        amount = amount._replace(value=amount.value * shared, step=amount.step * shared)
    return first._replace(amount=amount, end=amount.end, unit=last.unit, listed=last.listed), last


def _adjoined(page: Page, first: _Figure) -> tuple[_Figure, _Figure] | None:
    """Both ends of "6.000đ-7.000đ/kg", each with its unit."""
    mark = page.scan[first.end : first.end + 1]
    if mark not in ("-", "–") or first.total is not None or first.end == first.amount.end:
        return None
    last = _figure(page, first.end + 1) if page.scan[first.end + 1 : first.end + 2].isdigit() else None
    return (first, last) if last and last.listed and last.total is None else None


def _neighbours(page: Page, first: _Figure) -> tuple[_Figure, _Figure] | None:
    """Four and five in "4,5 người": of people there are no parts."""
    written = page.scan[first.start : first.amount.end]
    if first.unit not in HEADCOUNTS or len(written) != 3 or not re.fullmatch(r"\d,\d", written):
        return None
    low, high = int(written[0]), int(written[2])
    if high != low + 1:
        return None
    few = first.amount._replace(value=Decimal(low), step=Decimal(1), end=first.start + 1)
    many = first.amount._replace(value=Decimal(high), step=Decimal(1))
    return first._replace(amount=few, end=few.end), first._replace(start=first.start + 2, amount=many)


# --- the text -----------------------------------------------------------------------------------------------


def _quantity(page: Page, figure: _Figure) -> Quantity:
    sign, start = 1, figure.start
    before = page.scan[max(0, start - 2) : start]
    if (
        figure.unit in ("%", "°c", "độ")
        and before[-1:] in ("-", "−")
        and (len(before) == 1 or before[0] in " (")
    ):
        sign, start = -1, start - 1
    elif figure.unit in ("°c", "độ") and words_before(page, start)[-1:] in (["âm"], ["am"]):
        sign = -1
    return Quantity(
        start=start,
        end=figure.end,
        text=page.text[start : figure.end],
        value=plain(sign * figure.amount.value),
        unit=figure.unit or "",
        qualifier=qualifier_of(page, start, figure.end, figure.amount),
        total=None if figure.total is None else plain(figure.total),
    )


def _read(page: Page, start: int) -> tuple[list[_Figure], int]:
    """The figures that start at a candidate (none, one, or two of a range), and where to go on."""
    behind = skipped(page, start)
    if behind is not None:
        return [], behind
    figure = _figure(page, start)
    if figure is None:
        return [], start + 1
    both = _range(page, figure)
    if both and not is_label(page, start, figure.amount.end, True) and not _glued(page, both[1]):
        return list(both), both[1].end
    if _accepted(page, figure):
        return [figure], figure.end
    return [], figure.amount.end if figure.amount.in_words else max(run_end(page, start), start + 1)


def _blanked(scan: str, marked: bool) -> str:
    """The scan with its periods replaced by NUL characters."""
    for start, end in period_spans(scan, marked):
        scan = scan[:start] + "\0" * (end - start) + scan[end:]
    return scan


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of a text, as they stand in it.

    Args:
        text: NFC text, with or without diacritics, in any case.

    Returns:
        Quantities in the order of the text, disjoint; ``text[q.start:q.end] == q.text``.

    >>> found = find_quantities("hơn 1.440 hộ nghèo vay 240 tỷ 697 triệu đồng")
    >>> [(q.text, str(q.value), q.unit, q.qualifier) for q in found]
    [('1.440 hộ', '1440', 'hộ', 'hơn'), ('240 tỷ 697 triệu đồng', '240697000000', 'đồng', '')]
    """
    scan, marked = scan_form(text)
    page = Page(text, _blanked(scan, marked), marked)
    found: list[Quantity] = []
    place, candidate = 0, _CANDIDATE.pick(marked)
    while match := candidate.search(page.scan, place):
        figures, place = _read(page, match.start())
        found.extend(_quantity(page, figure) for figure in figures)
    return with_listed(text, found) if "(" in text and found else found
