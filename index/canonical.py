"""The canonical form of an indicator: lower case, abbreviations written out, no place and no time."""

from __future__ import annotations

import re

from index.figure_sentence import Sentence, Token
from index.quantities import find_quantities
from index.types import Span

_LETTER = re.compile(r"[^\W\d_]")
_SHORT = {
    "nsnn": "ngân sách nhà nước", "nsđp": "ngân sách địa phương", "bhyt": "bảo hiểm y tế", "bhxh": "bảo hiểm xã hội",
    "bhtn": "bảo hiểm thất nghiệp", "grdp": "tổng sản phẩm trên địa bàn", "gdp": "tổng sản phẩm trong nước",
    "ttcn": "tiểu thủ công nghiệp", "cn": "công nghiệp", "xdcb": "xây dựng cơ bản", "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân", "htx": "hợp tác xã", "dn": "doanh nghiệp", "hs": "học sinh", "sv": "sinh viên",
    "ts": "thí sinh", "gv": "giáo viên", "thpt": "trung học phổ thông", "thcs": "trung học cơ sở", "đh": "đại học",
    "cđ": "cao đẳng", "sxcn": "sản xuất công nghiệp", "xk": "xuất khẩu", "nk": "nhập khẩu", "bq": "bình quân",
    "tnbq": "thu nhập bình quân", "csgt": "cảnh sát giao thông", "tngt": "tai nạn giao thông", "ntm": "nông thôn mới",
    "kcn": "khu công nghiệp", "đtnn": "đầu tư nước ngoài", "vđt": "vốn đầu tư", "tp": "thành phố", "đb": "đại biểu",
}  # fmt: skip
"""Abbreviations of reports, written out."""
_OUTER = frozenset(
    "của trên tại ở trong toàn cả năm tháng quý ngày hàng hằng địa bàn và các cho là mức chỉ tiêu con số".split()
)


def canonical(sentence: Sentence, span: Span) -> str:
    """An indicator in lower case, abbreviations written out, without the places and times inside it.

    >>> s = Sentence("Tổng thu NSNN trên địa bàn tỉnh Hà Nam năm 2020 đạt 5 tỷ đồng", 0, None)
    >>> canonical(s, (0, 48))
    'tổng thu ngân sách nhà nước'
    """
    words: list[str] = []
    for token in sentence.tokens:
        if token.end > span[0] and token.start < span[1]:
            words += _canonical_words(token, span)
    while words and words[-1] in _OUTER:
        words.pop()
    while words and words[0] in ("mức", "con", "khoản", "và", "của"):
        words.pop(0)
    return " ".join(words)


def _canonical_words(token: Token, span: Span) -> list[str]:
    if token.sort == "number":  # the counted noun inside a number's text
        inside = token.word[max(0, span[0] - token.start) : span[1] - token.start]
        words = [part for word in inside.split() for part in _SHORT.get(word, word).split()]
        return words if _LETTER.search(inside) and not find_quantities(inside) else []
    if token.sort in ("period", "mark"):
        return []
    if token.sort == "place":
        return [] if token.word not in _SHORT else [_SHORT[token.word]]
    return _SHORT.get(token.word, token.word).split()
