"""Amounts that are given: who gets them is not what they measure, what they are for is."""

from __future__ import annotations

import re

from index.figure_sentence import Sentence
from index.types import Quantity, Span
from index.units import kind_of

SPENT = re.compile(
    r"(?<!\w)(?:trích|dành|bỏ ra|bỏ|đóng góp|hỗ trợ|tài trợ|tặng|trao tặng|trao|quyên góp|ủng hộ)(?: [^\W\d_]+)? $"
)
"""Verbs whose money is measured by what it is for: "trích 1,8 tỷ đồng góp vốn"."""
PERSON = re.compile(r"(?:ông|bà|anh|chị|cô|em|chú|bác) [A-ZĐÀ-Ỹ]")
WHOM = re.compile(
    r" (?:dành )?cho (?:các |những |mỗi |từng |một |gia đình )?(?:bạn|em|cháu|trẻ|học sinh|sinh viên|gia đình|hộ|nạn nhân|người|đồng bào|bà con"
    r"|bệnh nhân|công nhân|đội|clb|ông|bà|anh|chị|cô|con|mẹ|cha|vợ|chồng)(?!\w)"
)
"""Behind an amount: who gets it."""
_SHARED_OUT = re.compile(r" (?:dành )?cho (?!(?:mỗi|một|từng)(?!\w))")


def _among(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a sum is shared out: "trong đó 70.000 USD cho giải thưởng và 80.000 USD cho công tác tổ chức"."""
    before = sentence.scan[: quantity.start]
    if re.search(r"trong đó,?(?: [^\W\d_]+){0,2} $", before):
        return True
    earlier = [one for one in sentence.quantities if one.end <= quantity.start]
    return bool(earlier) and _SHARED_OUT.match(sentence.scan, earlier[-1].end) is not None


def is_given_to(sentence: Sentence, span: Span) -> bool:
    """Whether somebody is named who gets or has an amount: "tài trợ cho hội 3 triệu USD", "Tuấn nhận 3 triệu"."""
    given = re.search(r"(?<!\w)(?:cho|tặng) $", sentence.scan[: span[0]]) is not None
    words = sentence.text[slice(*span)].removeprefix("đó ").split()  # "trong đó Tuấn được 3 triệu"
    return given or (span[0] > 0 and all(word[0].isupper() and not word.isupper() for word in words))


def is_shared_out(sentence: Sentence, quantity: Quantity) -> bool:
    """Whether a number is a share of a sum with its purpose behind it.

    >>> s = Sentence("Chi 9 tỷ đồng, trong đó 7 tỷ đồng cho giải thưởng và 2 tỷ đồng cho công tác tổ chức.", 0, None)
    >>> [is_shared_out(s, quantity) for quantity in s.quantities]
    [False, True, True]
    """
    purpose = kind_of(quantity.unit) == "money" and _SHARED_OUT.match(sentence.scan, quantity.end) is not None
    return purpose and _among(sentence, quantity)
