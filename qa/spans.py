"""The spans of a sentence that can be the answer itself, by kind: figures, dates, names, places, contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from index.periods import find_periods
from index.places import mentions
from index.quantities import find_quantities
from index.types import Period, Quantity, Span
from index.units import kind_of
from index.vietnamese import fold
from qa.fits import wanted_grain
from qa.name_spans import find_names
from qa.place_spans import find_places
from qa.question import Question
from qa.role_spans import find_roles


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a sentence that may be the answer.

    Attributes:
        start: first character, offset into the sentence.
        end: one past the last character.
        text: the span, verbatim.
        form: what it is: "quantity", "counted", "ordinal", "period", "name", "place", "at", "address", "phone", "mail",
            "role", "sentence", and "phrase" for words that only the second reading picks out.
        quantity: the number, when it is one.
        period: the period, when it is one.
    """

    start: int
    end: int
    text: str
    form: str
    quantity: Quantity | None = None
    period: Period | None = None


_SPOT = re.compile(r"\bo dau|\btai dau|\bdau\b|\b(?:cho|noi) nao|^noi\b")
"""Questions that a spot without a name may answer."""
_TIME_OF_DAY = (
    r"(?:[01]?\d|2[0-4])(?:h(?:[0-5]\d)?|g[0-5]\d|:[0-5]\d|[ ]?giờ(?:[ ]?(?:[0-5]?\d|rưỡi)(?:[ ]phút)?)?)"
)
_CLOCK = re.compile(
    rf"(?<![\d.,/:])(?:từ )?{_TIME_OF_DAY}(?: (?:sáng|trưa|chiều|tối|đêm)(?: hôm sau)?)?(?: đến {_TIME_OF_DAY})?(?![\w/])"
)
_BEFORE_DAY = re.compile(
    rf"(?:(?<![\d.,/:]){_TIME_OF_DAY},?\s+|(?<!\w)(?:trước|sau|dịp)\s+|(?<![\d.,/-])(?:ngày )?(?:[12]?\d|3[01])(?:,| và| đến)\s+(?=\d))$"
)
"""What is told with a day right before it: the time of day, another day, "trước"."""
_DAY = re.compile(
    r"(?<![\d.,/-])(?:[12]?\d|3[01])[-/](?:1[0-2]|0?[1-9])(?![\d/%-]|[.,]\d|[ ](?:người|hộ|xã|huyện|đại biểu))"
)
"""A day and a month that no word announces."""
_YEAR_LAST = re.compile(r"(?:năm )?\b(?:1\d|20)\d\d$")
_UNDER_TEN = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín"
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:hàng (?:chục|trăm|nghìn|ngàn|vạn|triệu|tỷ)|mười(?: (?:{_UNDER_TEN}|lăm|mốt))?|(?:{_UNDER_TEN}|mấy) (?:mươi|chục|trăm|nghìn|ngàn)"
    rf"(?: (?:{_UNDER_TEN}|tư|lăm|mốt))?|{_UNDER_TEN}) (?:(?:chiếc|con|cái|ngôi|ngọn|bộ|vị|căn|quả|cây|bức|tòa|loại|loài) )?(?P<noun>\w+)",
    re.IGNORECASE,
)
"""A number in words; with the noun behind it that a question asks for it is a count."""
_PHONE = re.compile(r"(?<![\d.,/])(?:\(?\+?84\)?[ .-]?|\(?0)\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}(?![\d/%])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
ORDINAL = re.compile(r"(?:vị trí |hạng |lần |khóa |khoá |xếp |đứng )?(?:thứ (?:\d+(?:/\d+)?|nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|[IVXL]+)\b|(?:vị trí|hạng|khóa|khoá) (?:\d+|[IVXL]+)\b)", re.IGNORECASE)  # fmt: skip


ASKS_ORDER = re.compile(r"\b(?:thu|hang|khoa) may\b(?! (?:trong tuan|hang tuan))")
"""Questions for a place in an order, folded, which no sum, length or share answers."""
_NUMBERED = re.compile(
    r"\b(?P<noun>phut|giay|vong|tang|loai|cap|bac|khoa|lop|giai|phuong|quan|khu|ap|to|so|dot|ky|nhom|hang|tap|dieu|khoan|lan) (?:thu )?(?:may|bao nhieu)\b(?! (?:tien|nguoi|phan|trieu|ty|ti|dong|ha|tan))"
)
"""What a question wants the number of: "đô thị loại mấy", "phút bao nhiêu"."""
_ASKS_CODE = re.compile(
    r"\b(?:giay phep|quyet dinh|nghi quyet|cong van|van ban|chi thi|nghi dinh|thong tu|ke hoach|thong bao)\b.*\bso (?:may|bao nhieu|nao|hieu)|\bso (?:hieu|giay phep|quyet dinh|nghi quyet|cong van|nghi dinh|thong tu|chi thi)\b"
)
_CODE = re.compile(r"(?<![\w/-])\d{1,5}(?:[/-]\d{4})?[/-](?=[\w&-]*[A-ZĐ]{2})[\w&-]+")
"""The number of a document, with the letters of who issued it."""


def candidates(question: Question, sentence: str, published: date | None) -> list[Candidate]:
    """The spans of the sentence that fit the kind of question, in reading order."""
    found = list(_FINDERS[question.kind](question, sentence, published))
    told = PHRASED.get(question.kind)
    if not found and told and told.search(sentence):
        return list(_sentence(question, sentence, published))
    return found


_NUMERAL = re.compile(
    r"\d|\b(?:một|hai|ba|bốn|năm(?! (?:ngoái|nay|qua|tới|sau|trước|học|nào)\b)|sáu|bảy|tám|chín|mười|chục|trăm|nghìn|ngàn|"
    r"triệu|tỷ|tỉ|vài|nửa|đôi)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d|\b(?:giờ|phút|sáng|trưa|chiều|tối|đêm|khuya|ngày|hôm|tuần|tháng|quý|mùa|vụ|năm|thập niên|thập kỷ|thế kỷ|đời|thời|lúc|"
    r"khi|dịp|đợt|lễ|tết|rằm|giáng sinh|thứ (?:hai|ba|tư|năm|sáu|bảy)|chủ nhật|"
    r"trước|sau|giữa|đầu|cuối|nay|qua|mai|xưa|hồi|lần)\b",
    re.IGNORECASE,
)
PHRASED = {"person": re.compile(""), "place": re.compile(""), "number": _NUMERAL, "date": _TIME}
"""Kinds whose answer may be another phrase than the patterns know ("các thủy thủ", "dọc theo bờ sông", "2-1", "mồng 4 Tết"),
and what it holds: a sentence without a span of the kind that holds it is a candidate as a whole, and the second reading
picks the words."""


def carries(question: Question, candidate: Candidate) -> bool:
    """Whether a candidate is there only for the second reading to find a figure or a time in it."""
    return candidate.form == "sentence" and question.kind in ("number", "date")


def _numbers(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    yield from _ordinals(question, sentence)
    found = find_quantities(sentence)
    if ASKS_ORDER.search(question.folded):
        found = [quantity for quantity in found if not quantity.unit]
    for quantity, following in zip(found, [*found[1:], None], strict=False):
        start = _with_qualifier(sentence, quantity)
        yield Candidate(start, quantity.end, sentence[start : quantity.end], "quantity", quantity)
        if following and _one_answer(quantity, sentence[quantity.end : following.start], following):
            yield Candidate(start, following.end, sentence[start : following.end], "quantity", quantity)
    yield from _counted(question, sentence, [(quantity.start, quantity.end) for quantity in found])


def _ordinals(question: Question, sentence: str) -> Iterator[Candidate]:
    """Places in an order ("lần thứ IX") and numbers that are names ("loại II", "phường 4", "01/GP-STTTT")."""
    if ASKS_ORDER.search(question.folded) or "vi tri" in question.folded:
        yield from (Candidate(m.start(), m.end(), m.group(), "ordinal") for m in ORDINAL.finditer(sentence))
    if _ASKS_CODE.search(question.folded):
        yield from (Candidate(m.start(), m.end(), m.group(), "code") for m in _CODE.finditer(sentence))
    noun = _NUMBERED.search(question.folded)
    if noun:
        for match in re.finditer(r"(?<!\w)(\w+) (?:thứ )?(?:\d+|[IVXL]+|nhất|nhì)(?![\w/]|[.,]\d)", sentence):
            if fold(match.group(1)) == noun.group("noun"):
                yield Candidate(match.start(), match.end(), match.group(), "ordinal")


def _counted(question: Question, sentence: str, taken: Sequence[Span]) -> Iterator[Candidate]:
    """A number in words before the noun that is asked for: "sáu ngọn tháp", "hàng vạn cư dân"."""
    noun = question.noun.split()
    for match in _IN_WORDS.finditer(sentence):
        following = re.findall(r"\w+|\W+", sentence[match.start("noun") :])[: 2 * len(noun) : 2]
        shared = sum(
            1 for _ in takewhile(lambda pair: fold(pair[0]) == pair[1], zip(following, noun, strict=False))
        )
        start, end = match.start(), match.start("noun") + len(" ".join(following[:shared]))
        if shared and all(end <= first or start >= last for first, last in taken):
            yield Candidate(start, end, sentence[start:end], "counted")


def _with_qualifier(sentence: str, quantity: Quantity) -> int:
    """Where the quantity starts with the qualifier before it: "gần 4.600 tỷ đồng"."""
    before = sentence[: quantity.start].rstrip()
    if before.lower().endswith("trên dưới"):
        return len(before) - len("trên dưới")
    if quantity.qualifier and before.lower().endswith(quantity.qualifier) and quantity.qualifier != "ước":
        return len(before) - len(quantity.qualifier)
    return quantity.start


def _one_answer(first: Quantity, between: str, second: Quantity) -> bool:
    """Two quantities that answer as one: in two currencies, a range, or a length of time in two units."""
    between = between.strip()
    if between in ("và", "cùng"):
        return first.unit != second.unit and {first.unit, second.unit} <= {"đồng", "usd", "euro"}
    if between in ("đến", "tới", "đến dưới", "-", "–"):
        return first.unit in ("", second.unit)
    return not between and kind_of(first.unit) == kind_of(second.unit) == "time"


def _dates(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    """Periods with the time of day before them, times of day alone, and days without the word ("nộp trước 20-7")."""
    taken: list[Span] = []
    wants_year = wanted_grain(question) == "year"
    for period in find_periods(sentence, published):
        before = _BEFORE_DAY.search(sentence, 0, period.start)
        start = before.start() if before else period.start
        taken.append((start, period.end))
        year = _YEAR_LAST.search(period.text) if wants_year else None
        if year and period.grain != "year":  # "năm nào" is not asking for the day
            start = period.end - len(year.group())
            period = replace(period, grain="year")
        text = sentence[start : period.end]
        yield Candidate(start, period.end, text, "period", period=replace(period, start=start, text=text))
    for match in (*_CLOCK.finditer(sentence), *_DAY.finditer(sentence)):
        if all(match.end() <= start or match.start() >= end for start, end in taken):
            period = Period(
                match.start(), match.end(), match.group(), None, None, "day" if match.re is _DAY else "hour"
            )
            yield Candidate(*match.span(), match.group(), "period", period=period)


_NAMED_AFTER = re.compile(
    r"(?<!\w)(?:đường|phố|đại lộ|ngõ|thpt|thcs|tiểu học|mầm non|đại học|sân vận động|rạp|cầu|chợ)\s+$",
    re.IGNORECASE,
)
"""Before the name of somebody after whom a street, a school or a bridge is called."""


def is_named_after(question: Question, sentence: str, start: int) -> bool:
    """Whether a name is that of a street or a school, and who bears it is not asked for."""
    return _NAMED_AFTER.search(sentence, 0, start) is not None and "mang ten" not in question.folded


def _people(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    # the place of "Thành ủy An Bình" is nobody
    areas = [(one.start, one.end) for one in mentions(sentence) if one.place.type and one.place.name]
    for start, end in find_names(sentence):
        if is_named_after(question, sentence, start):
            continue
        begins = max([start, *(last + 1 for first, last in areas if first <= start < last)])
        if begins < end:
            yield Candidate(begins, end, sentence[begins:end], "name")


def _places(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    for start, end, form in find_places(sentence, _SPOT.search(question.folded) is not None):
        yield Candidate(start, end, sentence[start:end], form)


def _contacts(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    wants_mail = re.search(r"mail|hop thu", question.folded) is not None
    pattern, form = (_MAIL, "mail") if wants_mail else (_PHONE, "phone")
    for match in pattern.finditer(sentence):
        yield Candidate(match.start(), match.end(), match.group(), form)


def _role_spans(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    for start, end in find_roles(question, sentence):
        yield Candidate(start, end, sentence[start:end], "role")


def _sentence(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    yield Candidate(0, len(sentence), sentence, "sentence")


_FINDERS = {
    "number": _numbers,
    "date": _dates,
    "person": _people,
    "place": _places,
    "contact": _contacts,
    "role": _role_spans,
    "comparison": _numbers,
    "list": _sentence,
    "reason": _sentence,
    "text": _sentence,
}


_STOPS = " \t\n\xa0.,;:"
_WHOLE = re.compile(r"\d+(?:[.,/:-]\d+)*|\w+")


def whole_words(text: str, start: int, end: int) -> Span:
    """The span without space and stops at its ends, grown to whole words and numbers; empty without a word.

    >>> whole_words("đạt 120,5 tỷ đồng.", 3, 7)
    (4, 9)
    >>> whole_words("đạt 98 ha.", 4, 10)
    (4, 9)
    >>> whole_words("một, hai", 3, 5)
    (3, 3)
    """
    words = [match.span() for match in _WHOLE.finditer(text) if match.start() < end and match.end() > start]
    if not words:
        return start, start
    start += len(text[start:end]) - len(text[start:end].lstrip(_STOPS))
    end = start + len(text[start:end].rstrip(_STOPS))
    return min(start, words[0][0]), max(end, words[-1][1])
