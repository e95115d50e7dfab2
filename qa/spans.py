"""The spans of a sentence that can be the answer itself, by kind: figures, dates, names, places, contacts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.names import is_surname
from index.periods import find_periods
from index.quantities import find_quantities
from index.types import Period, Quantity
from index.vietnamese import UPPER, fold
from qa.question import Question


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of a sentence that may be the answer.

    Attributes:
        start: first character, offset into the sentence.
        end: one past the last character.
        text: the span, verbatim.
        form: what it is: "quantity", "ordinal", "period", "name", "place", "phone", "mail", "role", "sentence".
        quantity: the number, when it is one.
        period: the period, when it is one.
    """

    start: int
    end: int
    text: str
    form: str
    quantity: Quantity | None = None
    period: Period | None = None


_CAP = rf"[{UPPER}][\w’'.-]*"
_NAME = re.compile(rf"(?<![\w.])({_CAP}(?:[ ](?:{_CAP}|[a-zà-ỹđ]{{2,5}}(?=[ ]{_CAP}))){{0,11}})")
_ONLY_CAPS = re.compile(rf"(?<![\w.])({_CAP}(?:[ ]{_CAP}){{0,6}})")
_PHONE = re.compile(r"(?<![\d.,/])(?:\(?\+?84\)?[ .-]?|\(?0)\d{1,4}\)?(?:[ .-]?\d{2,4}){2,4}(?![\d/%])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ORDINAL = re.compile(r"(?:vị trí |hạng |lần |khóa |khoá |xếp |đứng )?(?:thứ (?:\d+|nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|[IVXL]+)\b|(?:vị trí|hạng|khóa|khoá) (?:\d+|[IVXL]+)\b)", re.IGNORECASE)  # fmt: skip
_AT = re.compile(r"\b(?:tại|ở|thuộc|đặt ở|đặt tại|về|vào|đến|trên|từ)\s+([^,;:.()“”\"]{3,80})", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:địa chỉ|trụ sở)\s*:?\s*(?:tại |ở )?(?=[\d“\"]|[" + UPPER + r"])(?P<address>[^;\n]{5,120}?)(?:\.?\s*$|(?= - (?:Điện thoại|ĐT|Tel|Email|Fax)))", re.IGNORECASE)  # fmt: skip
_CLAUSE_VERB = re.compile(
    r"\s+(?:là|đã|đang|sẽ|được|bị|có|và được|để|nhằm|với|vào ngày|vào lúc|từ ngày|trong|do|khi|vì|cho|nên|mà|cùng|theo|diễn ra|tổ chức)\s+.*$"
)
_PLACE_TYPES = (
    "xã đảo|xã|huyện đảo|huyện|tỉnh|thành phố|tp|tp.|quận|phường|thị xã|thị trấn|thôn|ấp|bản|làng|buôn|khu phố|tổ dân phố|đường|phố|cầu|chợ|nhà ga|ga|"
    "cảng|bến|sân bay|sân vận động|sân|quần đảo|đảo|hòn|nước|vùng|khu vực|khu công nghiệp|khu kinh tế|khu du lịch|khu dân cư|khu đô thị|khu|cụm công nghiệp|kcn|"
    "công ty cổ phần|công ty tnhh|công ty|tổng công ty|tập đoàn|doanh nghiệp|xí nghiệp|hợp tác xã|htx|ngân hàng|tổ chức|quỹ|trường|trường thpt|trường thcs|trường tiểu học|"
    "trường đại học|đại học|đh|học viện|viện|bệnh viện|nhà máy|công viên|trung tâm|sở|bộ|cục|chi cục|ban|ubnd|hđnd|trụ sở|hội trường|nhà văn hóa|sông|hồ|suối|núi|đồi|đèo|"
    "rừng|vườn quốc gia|đền|chùa|đình|nhà thờ|hang|động|vịnh|biển|bãi|cồn|cao tốc|quốc lộ|tỉnh lộ|tuyến|nông trường|lâm trường|thủy điện|dự án|liên đoàn|hiệp hội|hội"
)
_PLACE_HEAD = re.compile(rf"(?:{_PLACE_TYPES})\b", re.IGNORECASE)
_TYPED_PLACE = re.compile(rf"(?<!\w)((?:{_PLACE_TYPES})(?:\s(?:mẹ|mới|cũ|số \d+))?)\s({_CAP}(?:(?:[ ]|, | - |-)(?:{_CAP}|\d+[A-Z]?)){{0,6}}|\d+[A-Z]?\b)", re.IGNORECASE)  # fmt: skip
_TITLES = re.compile(
    r"(?:\b(?:ông|bà|anh|chị|cô|chú|bác|em|cụ|đồng chí|đ/c|đc|bác sĩ|bs|ths|ts|tiến sĩ|thạc sĩ|giáo sư|gs|pgs|kỹ sư|luật sư|nhà báo|nhà văn|nhà thơ|ca sĩ|nghệ nhân|nghệ sĩ|"
    r"chủ tịch|bí thư|giám đốc|hiệu trưởng|trưởng \w+|cục trưởng|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy|trung úy|thiếu tướng|trung tướng|đại tướng|vua|hoàng hậu|tướng|"
    r"thủ tướng|bộ trưởng|thứ trưởng|đại sứ|huấn luyện viên|hlv|tài xế|học sinh|sinh viên|cầu thủ|vận động viên|tác giả|kiến trúc sư|viện trưởng|nhân viên|phó \w+|người)"
    r"|[a-zà-ỹđ]+ (?:ủy|huyện|tỉnh|xã|phường|thành phố|sở|ban|khoa|phòng|trường|công ty|đoàn|hội|nước))[\s,:–-]*$",
    re.IGNORECASE,
)
_NOT_NAMES = frozenset(
    (
        "đồng chí bí chủ trưởng phó giám uv btv bch thường đ/c đảng nhà thành tỉnh huyện ủy ban hội trung ương bộ sở "
        "phòng cục quốc khu công nghị quyết luật chương đề dự năm tháng ngày quý theo trong tại với để do từ khi sau "
        "trước ngoài bên cùng nếu tuy nhưng và các những một hai ba đây đó đại kỳ ảnh tin báo trường bệnh ngân hàng "
        "tp ubnd hđnd việt mặt trận đoàn quân chính văn cổng tổng kết hiện trên"
    ).split()
)


def candidates(question: Question, sentence: str, published: date | None) -> list[Candidate]:
    """The spans of the sentence that fit the kind of question, in reading order."""
    return list(_FINDERS[question.kind](question, sentence, published))


def _numbers(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    if re.search(r"thu may|hang may|khoa may|vi tri", question.folded):
        yield from (Candidate(m.start(), m.end(), m.group(), "ordinal") for m in _ORDINAL.finditer(sentence))
    found = find_quantities(sentence)
    for quantity, following in zip(found, [*found[1:], None], strict=False):
        single = _quantity(sentence, quantity)
        yield single
        if (
            following
            and sentence[quantity.end : following.start].strip() in ("và", "cùng")
            and _two_currencies(quantity, following)
        ):
            yield Candidate(
                single.start, following.end, sentence[single.start : following.end], "quantity", quantity
            )


def _quantity(sentence: str, quantity: Quantity) -> Candidate:
    """The quantity with the qualifier before it ("gần 4.600 tỷ đồng") as one span."""
    start = quantity.start
    before = sentence[:start].rstrip()
    if quantity.qualifier and before.lower().endswith(quantity.qualifier) and quantity.qualifier != "ước":
        start = len(before) - len(quantity.qualifier)
    return Candidate(start, quantity.end, sentence[start : quantity.end], "quantity", quantity)


def _two_currencies(a: Quantity, b: Quantity) -> bool:
    return a.unit != b.unit and {a.unit, b.unit} <= {"đồng", "usd", "euro"}


def _dates(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    for period in find_periods(sentence, published):
        yield Candidate(period.start, period.end, period.text, "period", period=period)


def _people(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    for match in _NAME.finditer(sentence):
        yield from _name_parts(sentence, match.start(), match.group().rstrip(".-’'"))


def _name_parts(sentence: str, start: int, text: str) -> Iterator[Candidate]:
    """The personal names in a run of capitalised syllables ("Bí thư Tỉnh ủy Lê Văn A" holds one).

    A name begins with a Vietnamese family name, or follows a title, or is foreign: no diacritics in it.
    """
    words = text.split(" ")
    at = start
    for position, word in enumerate(words):
        rest = words[position:]
        surname = is_surname(word) and len(rest) >= 2
        if surname and word.lower() == "ông" and is_surname(rest[1]):
            surname = False  # the title, not the family name
        titled = position == 0 and word.lower() not in _NOT_NAMES and follows_title(sentence[:at])
        foreign = position == 0 and len(rest) >= 2 and text.isascii() and not text.isupper()
        if surname or titled or foreign:
            name = " ".join(rest[:5])
            yield Candidate(at, at + len(name), name, "name")
            return
        at += len(word) + 1


def follows_title(before: str) -> bool:
    """Whether the text before a name ends in a title or a role."""
    return _TITLES.search(before[-60:]) is not None


def _places(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    seen: set[tuple[int, int]] = set()
    for candidate in (
        *_addresses(sentence),
        *_typed_places(sentence),
        *_at_phrases(sentence),
        *_bare_names(sentence),
    ):
        span = (candidate.start, candidate.end)
        if span not in seen:
            seen.add(span)
            yield candidate


def _addresses(sentence: str) -> Iterator[Candidate]:
    for match in _ADDRESS.finditer(sentence):
        start, end = match.span("address")
        text = sentence[start:end].rstrip(" .")
        yield Candidate(start, start + len(text), text, "address")


def _typed_places(sentence: str) -> Iterator[Candidate]:
    for match in _TYPED_PLACE.finditer(sentence):
        if match.group(2)[0].isupper() or match.group(2)[0].isdigit():
            text = match.group().rstrip(" ,-.")
            yield Candidate(match.start(), match.start() + len(text), text, "place")


def _at_phrases(sentence: str) -> Iterator[Candidate]:
    for match in _AT.finditer(sentence):
        text = _CLAUSE_VERB.sub("", match.group(1)).strip()
        if 1 <= len(text.split()) <= 12 and (_ONLY_CAPS.search(text) or _PLACE_HEAD.match(text)):
            yield Candidate(match.start(1), match.start(1) + len(text), text, "at")


def _bare_names(sentence: str) -> Iterator[Candidate]:
    for match in _ONLY_CAPS.finditer(sentence):
        text = match.group().rstrip(".-’'")
        if match.start() > 0 or len(text.split()) > 1:
            yield Candidate(match.start(), match.start() + len(text), text, "name")


def _contacts(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    wants_mail = re.search(r"mail|hop thu", question.folded) is not None
    pattern, form = (_MAIL, "mail") if wants_mail else (_PHONE, "phone")
    for match in pattern.finditer(sentence):
        yield Candidate(match.start(), match.end(), match.group(), form)


_ROLE_AFTER = re.compile(r"^\s*(?:[,(–-]|là|làm|giữ chức(?: vụ)?)\s*(?P<role>[^.;:()]{4,140}?)(?=\s+(?:cho biết|cho hay|nói|phát biểu|khẳng định|đánh giá|chủ trì|đã|vừa|trưởng đoàn|tại|nhấn mạnh|chia sẻ|thông tin)\b|[.;:()]|,\s*(?:cho|nói|đã)|$)")  # fmt: skip
_ROLE_BEFORE = re.compile(
    rf"(?P<role>(?:{_CAP}|[a-zà-ỹđ]+)(?:[ ](?:[\w/]+)){{0,9}}?)[\s:,–-]*(?:(?:ông|bà|đồng chí|đ/c|anh|chị)\s+)?$"
)
_ROLE_WORD = re.compile(r"(?:phó |nguyên |quyền )?(?:chủ tịch|bí thư|giám đốc|tổng giám đốc|hiệu trưởng|trưởng|phó|ủy viên|cục trưởng|viện trưởng|bộ trưởng|thứ trưởng|thủ tướng|chủ nhiệm|đại biểu|thư ký|chỉ huy|tỉnh ủy viên|thành ủy viên)\b", re.IGNORECASE)  # fmt: skip


def _roles(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    """What stands beside the person the question names."""
    folded = fold(sentence)
    for name in _asked_names(question, folded):
        at = folded.find(name)
        after = _ROLE_AFTER.match(sentence[at + len(name) :])
        if after and _ROLE_WORD.search(after.group("role")):
            start = at + len(name) + after.start("role")
            yield Candidate(start, start + len(after.group("role")), after.group("role"), "role")
        before = list(_ROLE_WORD.finditer(sentence[:at]))
        if before:
            last = before[-1]
            text = re.sub(r"[\s:,–-]*(?:ông|bà|đồng chí|đ/c|anh|chị)?\s*$", "", sentence[last.start() : at])
            if text and len(text.split()) <= 14:
                yield Candidate(last.start(), last.start() + len(text), text, "role")


def _asked_names(question: Question, folded_sentence: str) -> list[str]:
    """The longest runs of the question's words (2 to 4 syllables) that stand in the sentence."""
    words = [fold(word) for word, weight in question.words if weight == 1.0]
    for size in (4, 3, 2):
        runs = [" ".join(words[i : i + size]) for i in range(len(words) - size + 1)]
        found = [
            run
            for run in runs
            if re.search(rf"\b{re.escape(run)}\b", folded_sentence) and "chuc vu" not in run
        ]
        if found:
            return found[:1]
    return []


def _sentence(question: Question, sentence: str, published: date | None) -> Iterator[Candidate]:
    yield Candidate(0, len(sentence), sentence, "sentence")


_FINDERS = {
    "number": _numbers,
    "date": _dates,
    "person": _people,
    "place": _places,
    "contact": _contacts,
    "role": _roles,
    "comparison": _numbers,
    "list": _sentence,
    "reason": _sentence,
    "text": _sentence,
}
