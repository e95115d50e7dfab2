"""The spans of a sentence that name a place, a body or a spot: addresses, typed names, phrases behind "ở", bare names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.types import Span
from index.vietnamese import UPPER

Found = tuple[int, int, str]
"""Start, end and form of a span: "address", "place", "at" or "name"."""

_CAP = rf"[{UPPER}][\w’'.-]*"
_ONLY_CAPS = re.compile(rf"(?<![\w.])({_CAP}(?:[ ]{_CAP}){{0,6}})")
_AT = re.compile(
    r"\b(?:tại|ở|thuộc|đặt ở|đặt tại|về|vào|đến|tới|sang|trên|từ|khỏi|là)\s+(?=([^;:.()“”\"]{3,110}))",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:địa chỉ|trụ sở)\s*:?\s*(?:tại |ở )?(?=[\d“\"]|[" + UPPER + r"])(?P<address>[^;\n]{5,120}?)(?:\.?\s*$|(?= - (?:Điện thoại|ĐT|Tel|Email|Fax)))", re.IGNORECASE)  # fmt: skip
_PHRASE_END = re.compile(
    r"[,;:.()“”\"]|\s[–-]\s|\s(?:là|đã|đang|sẽ|được|bị|có|và(?! [A-ZĐ])|hay|hoặc|để|nhằm|với|vào|lúc|từ|đến|tới|trong|ngoài|do|khi|vì|bởi|cho|nên|"
    r"mà|cùng|theo|diễn ra|tổ chức|này|đó|ấy|kia|vừa|còn|cũng|phải|không|chưa|gồm|như|tại|ở|thuộc|của|qua|rồi|thì|sau|trước|giữa|"
    r"trên|dưới|đầu tư|tài trợ|nhất|cao|dài|rộng|ngày|sáng|chiều|tối|đêm|năm|tháng|hôm)(?=[\s,;:.()]|$)"
)
"""What ends a noun phrase that names a place or a body."""
_DOES = re.compile(
    rf"(?<=[ ])({_CAP})\s(?:phát hành|sản xuất|thực hiện|thiết kế|công bố|phối hợp|chủ trì|phát động|xây dựng|thi công|quản lý|cung cấp)"
    rf"(?!\s{_CAP})(?!\w)"
)
"""A name and what it does: "do Công ty An Bình phát hành"."""
_PLACE_TYPES = (
    "xã đảo|xã|huyện đảo|huyện|tỉnh|thành phố|tp|tp.|quận|phường|thị xã|thị trấn|thôn|ấp|bản|làng|buôn|khu phố|tổ dân phố|đường|phố|cầu|chợ|nhà ga|ga|"
    "cảng|bến|sân bay|sân vận động|sân|quần đảo|đảo|hòn|nước|vùng|khu vực|khu công nghiệp|khu kinh tế|khu du lịch|khu dân cư|khu đô thị|khu|cụm công nghiệp|kcn|"
    "công ty cổ phần|công ty tnhh|công ty|tổng công ty|tập đoàn|doanh nghiệp|xí nghiệp|hợp tác xã|htx|ngân hàng|tổ chức|quỹ|trường|trường thpt|trường thcs|trường tiểu học|"
    "trường đại học|đại học|đh|học viện|viện|bệnh viện|nhà máy|công viên|trung tâm|sở|bộ|cục|chi cục|ban|ubnd|hđnd|trụ sở|hội trường|nhà văn hóa|sông|hồ|suối|núi|đồi|đèo|"
    "hãng phim|hãng|ngã ba|ngã tư|ngã năm|ngã sáu|ngã bảy|vòng xoay|rừng|vườn quốc gia|đền|chùa|đình|nhà thờ|hang|động|vịnh|biển|bãi|cồn|cao tốc|quốc lộ|tỉnh lộ|tuyến|nông trường|lâm trường|thủy điện|dự án|liên đoàn|hiệp hội|hội"
)
_PLACE_HEAD = re.compile(rf"(?:{_PLACE_TYPES})\b", re.IGNORECASE)
_NUMERAL = r"\d+[A-Z]?|[IVX]+"
_TYPED_PLACE = re.compile(
    rf"(?<!\w)(?i:{_PLACE_TYPES})(?:\s(?:mẹ|mới|cũ|số \d+|(?i:{_PLACE_TYPES})))?"
    rf"\s(?:{_CAP}(?:(?:\s|\s?[–-]\s?)(?:{_CAP}|{_NUMERAL})){{0,6}}(?:, (?:[IVX]+\b))*|(?:{_NUMERAL})\b)"
)
"""A word for a place or a body with its name or number: "xã Tân Lập", "khu công nghiệp Bắc Hải I, II", "phường 6"."""
_CHAINED = re.compile(r", ?| - | – ")
_BODY = re.compile(rf"(?<!\w)(?i:{_PLACE_TYPES})(?=\s)")


def find_places(sentence: str, spot: bool = False) -> list[Found]:
    """The spans that may name a place or a body, each once.

    Args:
        sentence: as written.
        spot: also phrases without a name ("tại nhà văn hóa cũ"), for questions that ask for a spot.

    >>> text = "Buổi lễ diễn ra tại phường 6, thành phố Tuy An."
    >>> [text[start:end] for start, end, form in find_places(text) if form == "place"]
    ['phường 6', 'thành phố Tuy An', 'phường 6, thành phố Tuy An']
    """
    typed = list(_typed_places(sentence))
    phrases = [
        one
        for one in (*_at_phrases(sentence, spot), *_bodies(sentence))
        if not any(start <= one[0] and one[1] < end for start, end, _ in typed)
    ]
    joined = [
        (start, last, form)
        for start, end, form in phrases
        for first, last, _ in typed
        if end < first and _CHAINED.fullmatch(sentence[end:first])
    ]
    found: dict[Span, Found] = {}
    for one in (*_addresses(sentence), *typed, *phrases, *joined, *_bare_names(sentence)):
        found.setdefault(one[:2], one)
    return list(found.values())


def _addresses(sentence: str) -> Iterator[Found]:
    for match in _ADDRESS.finditer(sentence):
        start, end = match.span("address")
        yield start, start + len(sentence[start:end].rstrip(" .")), "address"


def _typed_places(sentence: str) -> Iterator[Found]:
    """Each typed place, and the run of those that follow each other: "phường 6, thành phố Tuy An"."""
    spans = [
        (match.start(), match.start() + len(match.group().rstrip(" ,-.")))
        for match in _TYPED_PLACE.finditer(sentence)
    ]
    run = 0
    for place, (start, end) in enumerate(spans):
        yield start, end, "place"
        if place and not _CHAINED.fullmatch(sentence[spans[place - 1][1] : start]):
            run = place
        if run < place:
            yield spans[run][0], end, "place"


def _at_phrases(sentence: str, spot: bool) -> Iterator[Found]:
    """The phrases behind "tại", "ở" and the like; such without a name only where the question asks for a spot."""
    for match in _AT.finditer(sentence):
        text = _until_end(match.group(1))
        if 1 <= len(text.split()) <= 12 and (spot or _ONLY_CAPS.search(text) or _PLACE_HEAD.match(text)):
            yield match.start(1), match.start(1) + len(text), "at"


def _until_end(text: str) -> str:
    """The text up to where its noun phrase ends."""
    stop = _PHRASE_END.search(text)
    text = text[: stop.start()] if stop else text
    does = _DOES.search(text)
    return (text[: does.end(1)] if does else text).strip()


def _bodies(sentence: str) -> Iterator[Found]:
    """A word for a body or a place with all of its phrase: "Trung tâm Kỹ thuật đo lường tỉnh"."""
    for match in _BODY.finditer(sentence):
        text = _until_end(sentence[match.start() :])
        if 2 <= len(text.split()) <= 12 and len(text) > len(match.group()):
            yield match.start(), match.start() + len(text), "place"


def _bare_names(sentence: str) -> Iterator[Found]:
    for match in _ONLY_CAPS.finditer(sentence):
        yield match.start(), match.start() + len(match.group().rstrip(".-’'")), "name"
