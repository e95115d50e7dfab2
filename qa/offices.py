"""Whether an article gives a person the office whose holder a question asks for.

A deputy is not the head: whoever is named with another office, and never near the one asked for, is hardly meant.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from qa.persons import lowered
from qa.question import Question
from qa.span_features import Features

_HEADS = (
    r"tổng giám đốc|giám đốc|chủ tịch|tổng bí thư|bí thư|hiệu trưởng|chủ nhiệm|thủ tướng|tổng thống|đại sứ|tổng lãnh sự|bộ trưởng|thứ trưởng|ngoại trưởng|"
    r"thị trưởng|thống đốc|huấn luyện viên|hlv|tổng biên tập|tổng thư ký|thư ký|người phát ngôn|phát ngôn viên|tổng thanh tra|chánh thanh tra|chánh văn phòng|chánh án|"
    r"kế toán trưởng|tư lệnh|thuyền trưởng|viện trưởng|tổng cục trưởng|chi cục trưởng|cục trưởng|vụ trưởng|trạm trưởng|tổ trưởng|nhóm trưởng|tiểu đội trưởng|"
    r"đội trưởng|hạt trưởng|đồn trưởng|tỉnh trưởng|quản đốc|trưởng (?:ban|phòng|khoa|thôn|ấp|bản|công an|bộ môn|tiểu ban|chi nhánh|đại diện|nhóm|trạm)"
)
_BODIES = (
    r"tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|hđqt|hội đồng quản trị|quốc hội|nước|công đoàn|"
    r"ubmttq|mttq|mặt trận|hội|liên đoàn|sở|bệnh viện|bv|trung tâm|công an|công ty|cty|điều hành|kỹ thuật|tài chính|kinh doanh"
)
_OFFICE = re.compile(
    rf"(?<!\w)(?P<deputy>phó )?(?P<head>{_HEADS})(?!\w)(?! quán)(?: thường trực)?(?: (?:ủy ban )?(?P<body>{_BODIES})(?!\w))?"
)
_SAME = {
    "hlv": "huấn luyện viên", "người phát ngôn": "phát ngôn viên", "tổng giám đốc": "giám đốc", "ngoại trưởng": "bộ trưởng",
}  # fmt: skip
"""Heads of an office that are called either way."""
_SAME_BODY = {
    "ubnd": "ủy ban nhân dân", "hđnd": "hội đồng nhân dân", "hđqt": "hội đồng quản trị", "ubmttq": "mặt trận", "mttq": "mặt trận",
    "bv": "bệnh viện", "cty": "công ty",
}  # fmt: skip
"""Bodies by their abbreviations."""
_ASKED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:(?:cho|xin) hỏi )?(?:vị |ông |bà )?(?P<office>(?:phó )?(?:{_HEADS}))(?!\w)(?:.*\b(?:là|tên)\b(?: là)? (?:ai|gì|(?:ông|bà|vị) nào)\b|[^?]*$(?<!\?))(?!.*\bnào\b)",
        rf"(?<!\w)(?P<office>(?:phó )?(?:{_HEADS}))(?: [\w.&-]+){{0,6}}? nào\b",
        rf"\bai (?:\w+ ){{0,6}}?(?:là|làm|giữ chức|giữ chức vụ) (?:người |vị )?(?P<office>(?:phó )?(?:{_HEADS}))(?!\w)",
    )
)
"""How the holder of an office is asked for, in lower-case text with diacritics."""
_AHEAD = re.compile(
    rf"(?:ông|bà|anh|chị|cô|cụ|bác sĩ|bs|ths|ts|gs|pgs|(?:phó )?(?:{_HEADS}))\.? ", re.IGNORECASE
)
NEAR = 100
"""Characters on either side of a name in which an office may be meant for it."""


class Office(NamedTuple):
    """The kind of an office: "phó giám đốc sở" is ("giám đốc", True, "sở")."""

    head: str
    deputy: bool
    body: str = ""

    def may_be(self, other: Office) -> bool:
        """Whether two kinds agree in what both tell.

        >>> Office("bí thư", False, "tỉnh ủy").may_be(Office("bí thư", False, "thành ủy"))
        False
        >>> Office("bí thư", False, "tỉnh ủy").may_be(Office("bí thư", False))
        True
        """
        bodies = {self.body, other.body} - {""}
        return (self.head, self.deputy) == (other.head, other.deputy) and len(bodies) < 2


def asked_office(question: Question) -> Office | None:
    """The office whose holder a question asks for; None when it asks for something else, or lacks its diacritics.

    >>> from qa.question import understand
    >>> asked_office(understand("Phó giám đốc Sở Y tế An Bình là ai?"))
    Office(head='giám đốc', deputy=True, body='sở')
    >>> asked_office(understand("Bí thư Trần Văn An gặp ai?")) is None
    True
    """
    if question.kind != "person":
        return None
    low = lowered(question.text)
    asked = next(filter(None, (pattern.search(low) for pattern in _ASKED)), None)
    head = _OFFICE.match(low, asked.start("office")) if asked else None
    return _office(head) if head else None


def office_features(asked: Office, article: str, name: str) -> Features:
    """What an article makes of a person whom it is asked for by an office.

    Args:
        asked: the office.
        article: NFC text.
        name: the person, as an answer would have it.

    Returns:
        Nothing when the office stands near the name anywhere in the article; else "office_other" is 1 when
        another one does, "office_untold" when none does.

    >>> article = "Giám đốc sở Lê An đi vắng. Tiếp khách là bà Vũ Hạ, phó giám đốc."
    >>> office_features(Office("giám đốc", False), article, "Vũ Hạ")
    {}
    """
    told = _near(article, _bare(name))
    return {} if any(map(asked.may_be, told)) else {"office_other" if told else "office_untold": 1.0}


@lru_cache(maxsize=4096)
def _near(article: str, name: str) -> frozenset[Office]:
    """The offices near the mentions of a name."""
    low = lowered(article)
    mentions = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", article) if name else ()
    return frozenset(
        _office(found)
        for mention in mentions
        for low_end, high_end in (
            (max(0, mention.start() - NEAR), mention.start()),
            (mention.end(), mention.end() + NEAR),
        )
        for found in _OFFICE.finditer(low, low_end, high_end)
    )


def _office(found: re.Match[str]) -> Office:
    head, body = found["head"], found["body"] or ""
    return Office(_SAME.get(head, head), found["deputy"] is not None, _SAME_BODY.get(body, body))


def _bare(name: str) -> str:
    """A name without the titles and offices in front of it."""
    start = 0
    while ahead := _AHEAD.match(name, start):
        start = ahead.end()
    return name[start:]
