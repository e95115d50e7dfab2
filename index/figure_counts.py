"""Which numbers are figures: not lengths of time that only say when, not the "per" of a rate, not ages of persons."""

from __future__ import annotations

import re

from index.figure_sentence import Sentence
from index.types import Quantity
from index.units import kind_of
from index.vietnamese import fold

_SURE_BEFORE = re.compile(
    r"(?:trong(?: suot| vong)?|sau|qua|suot|tu|cach day|cach nay|ky niem|mung|truoc|trai qua|vong|nhan|luc|vao)"
    r"(?: (?:hon|gan|khoang|tron|dung|chung|it nhat|them|toi))? $"
)
_WHEN_AFTER = re.compile(
    r" (?:qua|nay|truoc|sau|toi|tro lai|gan day|lien|nua|dau|cuoi|vua qua|ke tiep|tiep theo|ngay|lien tiep|lien tuc|tai lap|thanh lap"
    r"|giai phong|ngay thanh)(?!\w)|, giai doan"
)
_DURATION = re.compile(r" (?:lam viec|tu|tu giam|nghi|su dung|bao hanh|hoc|dao tao)(?!\w)")
_AGES = re.compile(r" (?:tuoi|den \d+ tuoi)(?!\w)")
_UPPER = re.compile(r" ?[-–] ?\d")
"""Behind "từ 1": the lower end of "từ 1 - 2 năm"."""
_TAKES = re.compile(r"(?<!\w)(?:phai|mat|ton|keo dai)(?: (?:khoang|hon|gan|them|it nhat|toi|den|tron))? $")
"""What takes a length of time: "phải 45 năm nữa"."""
_CLOCK_AFTER = re.compile(r" (?:sang|trua|chieu|toi|dem|kem|ngay|hom|\d)")
_AGED = re.compile(r"(?:[,(] ?|[A-ZĐ]\S* )$")
_BARE_BEFORE = re.compile(
    r"(?<!\w)(?:là|đạt|còn|được|lên|xuống|tới|đến|bằng|khoảng|hơn|gần|trên|dưới|có|tổng cộng|chỉ|từ|thêm|ở mức|mức|ước|thu|hết|mất"
    r"|giảm|tăng|và|với|gồm|chiếm|:|cả) ?$"
)
_PER_BEFORE = re.compile(r"(?:mỗi|từng|một lần|cứ|bình quân|tính trên|/) ?$|(?<!\w)trên $")
_SCORE = re.compile(r"\d\s?[-–]\s?$")
_EVENT = re.compile(r"(?:19|20)\d\d [^\W\d_]")
_NAME_BEFORE = re.compile(r"[A-ZĐ][A-Za-z-]+ $")
"""Before the year of an event: "Olympic 2008 khu vực châu Á"."""
_VERSION = re.compile(r"\d{1,2}\.\d{1,2}")
"""Behind a name: "WAP 2.0"; a decimal of this language has a comma."""
_CODE = re.compile(
    r"(?<!\w)(?:mã|số hiệu|nhắn tin|tin nhắn|ký hiệu|mã số|số điện thoại|điện thoại|đt|tài khoản)(?: [^\W\d_]+){0,3} ?:? ?$"
)
_TIMES_ORDINAL = re.compile(
    r"(?:lần|thứ|kỳ|tuổi|(?<!trong )(?<!tổng )số|tập|chương|bài|câu|điều|khoản|mục|áo số|phút) $"
)


def is_figure(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number counts or measures something, rather than saying when, which one, or "per what".

    >>> s = Sentence("Trong 5 năm, thành phố có 44 hộ nghèo.", 0, None)
    >>> [is_figure(s, q) for q in s.quantities]
    [False, True]
    """
    before = sentence.scan[max(0, quantity.start - 40) : quantity.start]
    after = sentence.scan[quantity.end : quantity.end + 30]
    if quantity.text.startswith(("24/24", "7/7 ")):
        return False
    if _EVENT.match(quantity.text) and _NAME_BEFORE.search(sentence.text[: quantity.start]):
        return False
    if _is_per(quantity, before) or _TIMES_ORDINAL.search(before):
        return False
    if quantity.text == "một lượng":
        return False  # "một lượng nước": some water
    if quantity.unit == "":
        if _VERSION.fullmatch(quantity.text) and _NAME_BEFORE.search(sentence.text[: quantity.start]):
            return False
        if _CODE.search(before):
            return False
        return _is_bare_figure(quantity, before)
    if quantity.unit in ("tuổi", "tháng tuổi"):
        written = sentence.text[max(0, quantity.start - 40) : quantity.start]
        return _AGED.search(written) is None
    if kind_of(quantity.unit) == "time":
        return not _says_when(quantity, fold(before), fold(after))
    return not _is_article_word(quantity, before, after)


def _is_per(quantity: Quantity, before: str) -> bool:
    """The "1 ha" of "trên 1 ha đất đạt 203 triệu đồng", the "100 người" of "mỗi 100 người"."""
    if quantity.total is not None or not _PER_BEFORE.search(before):
        return False
    return quantity.value == 1 or re.search(r"(?:mỗi|cứ) $", before) is not None


def _is_bare_figure(quantity: Quantity, before: str) -> bool:
    if quantity.text.isdigit() and _SCORE.search(before):
        return False
    written = (
        "," in quantity.text or "." in quantity.text or not quantity.text.isdigit() or len(quantity.text) > 2
    )
    return written or quantity.total is not None or _BARE_BEFORE.search(before) is not None


def _says_when(quantity: Quantity, before: str, after: str) -> bool:
    if before.endswith(("“", '"')):
        return True
    if (
        _TAKES.search(before)
        or _DURATION.match(after)
        or _AGES.match(after)
        or (before.endswith("tu ") and _UPPER.match(after))
    ):
        return False
    if quantity.unit == "giờ" and (_CLOCK_AFTER.match(after) or re.search(r"(?:luc|vao|toi|den) $", before)):
        return True
    return bool(_SURE_BEFORE.search(before) or _WHEN_AFTER.match(after))


def _is_article_word(quantity: Quantity, before: str, after: str) -> bool:
    """Whether "một" is an article, or "hai" only says "both"."""
    word = quantity.text.split()[0].lower()
    if word == "một" and kind_of(quantity.unit.split("/")[0]) == "noun":
        return not quantity.qualifier
    return word in ("hai", "ba", "một") and before.endswith("là ") and not quantity.qualifier
