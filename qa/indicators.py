"""Whether two indicators are one: "thu ngân sách", "thu NSNN" and "tổng thu ngân sách" are, thu and chi are not.

No list of indicators: words are compared (abbreviations written out, general words of reports dropped), a few closed lists
of opposites keep apart what differs in one syllable, and the encoder says how near the rest is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.vietnamese import expand, fold, syllables

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts -> unit rows."""

SAME = 0.6
"""From this fit on two indicators count as one; see docs/figures.md for precision and recall."""
_NEAR = 0.9
"""Cosine from which phrases that share half of their words say the same (multilingual-e5-small, labelled pairs)."""

_FOLDINGS = (
    ("ngan sach nha nuoc", "ngan sach"), ("binh quan dau nguoi", "binh quan"), ("binh quan nguoi", "binh quan"),
    ("dau nguoi", "binh quan"), ("tren dia ban", ""), ("gia tri san xuat", "gia_tri_san_xuat"), ("thu nhap", "thu_nhap"),
    ("thu hut", "thu_hut"), ("thu hoi", "thu_hoi"), ("thu hoach", "thu_hoach"), ("thu mua", "thu_mua"), ("doanh thu", "doanh_thu"),
    ("chi phi", "chi_phi"), ("chi nhanh", "chi_nhanh"), ("chi bo", "chi_bo"), ("chi tieu", "chi_tieu"), ("gia tri", "gia_tri"),
    ("danh gia", "danh_gia"), ("ty le", "ty_le"), ("ty trong", "ty_trong"), ("toc do", "toc_do"), ("du no", "du_no"),
    ("xuat khau", "xuat_khau"), ("nhap khau", "nhap_khau"), ("kim ngach", ""), ("so luong", ""), ("tong so", ""), ("tong muc", ""),
    ("tong san pham", "tong_san_pham"), ("can doi", "can_doi"), ("dien tich", "dien_tich"), ("san luong", "san_luong"),
    ("hoc sinh", "hoc_sinh"), ("dang ky", "dang_ky"), ("thuc hien", "thuc_hien"), ("giai ngan", "giai_ngan"),
)  # fmt: skip
"""Folded phrases -> the one token, or the nothing, that they count as. General words of reports."""
_EMPTY = frozenset(
    "tong muc so con chi ca cac nhung cua va la o tai trong tren cho tu den voi ve theo duoc co da gom khoan nguon toan dat bi moi".split()
) - {"chi"}
_RATES = frozenset(["ty_le", "ty_trong", "toc_do", "chi so", "lai", "can_doi"]) - {"can_doi"}
_OPPOSITES = (
    "thu chi", "xuat_khau nhap_khau", "tang giam", "nam nu", "trong ngoai", "mua ban", "sinh tu", "cao thap", "du thieu", "no co",
    "cong tu", "nong_nghiep cong_nghiep", "nong cong", "thanh_thi nong_thon", "lon nho", "dau cuoi", "chet thuong", "thang thua",
    "nhap xuat", "dai rong", "gui vay", "no_xau du_no",
)  # fmt: skip
_PAIRS = tuple(tuple(pair.split()) for pair in _OPPOSITES)


@lru_cache(maxsize=65536)
def content(indicator: str) -> tuple[str, ...]:
    """The folded words of an indicator that tell it from others.

    >>> content("Tổng thu NSNN trên địa bàn"), content("mức thu nhập bình quân đầu người")
    (('thu', 'ngan', 'sach'), ('thu_nhap', 'binh', 'quan'))
    """
    words: list[str] = []
    for word in syllables(fold(indicator)):
        phrases = expand(word)
        words += phrases[0].split() if phrases else [word]
    text = f" {' '.join(words)} "
    for phrase, token in _FOLDINGS:
        text = re.sub(rf"(?<= ){phrase}(?= )", token, text)
    kept = tuple(word for word in text.split() if word not in _EMPTY)
    return kept or tuple(words)


def apart(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two indicators are told apart by one word: opposites, a rate and a whole, other numbers.

    >>> apart(content("thu ngân sách"), content("chi ngân sách")), apart(content("hộ nghèo"), content("tỷ lệ hộ nghèo"))
    (True, True)
    """
    one, other = set(a), set(b)
    if (one & _RATES) != (other & _RATES):
        return True
    numbers = [{word for word in words if word[0].isdigit()} for words in (one, other)]
    if numbers[0] != numbers[1]:
        return True
    only, rest = one - other, other - one
    return any((x in only and y in rest) or (y in only and x in rest) for x, y in _PAIRS)


def word_fit(asked: str, indicator: str) -> float:
    """How well an indicator answers to the one asked for, by its words alone, in [0, 1].

    1 for the same words; what is asked must be in it, what it has besides makes it narrower and the fit less.

    >>> word_fit("thu ngân sách", "tổng thu NSNN"), word_fit("thu ngân sách", "chi ngân sách")
    (1.0, 0.0)
    """
    a, b = content(asked), content(indicator)
    if not a or not b or apart(a, b):
        return 0.0
    both = len(set(a) & set(b))
    if a[0] not in b and b[0] not in a:
        return 0.5 * both / len(set(a) | set(b))
    return round(0.7 * both / len(set(a)) + 0.3 * both / len(set(b)), 4)


def fits(asked: str, indicators: Sequence[str], embed: Embed | None = None) -> list[float]:
    """The fit of each indicator with the one asked for, in [0, 1]; ``SAME`` and above is the same thing.

    Args:
        asked: what is looked for.
        indicators: candidates.
        embed: the encoder; None goes by words alone. Only candidates that share half of the words are encoded.
    """
    fit = [word_fit(asked, indicator) for indicator in indicators]
    unsure = [place for place, value in enumerate(fit) if 0.35 <= value < SAME]
    if embed is None or not unsure:
        return fit
    rows = embed([asked, *(indicators[place] for place in unsure)])
    for place, cosine in zip(unsure, rows[1:] @ rows[0], strict=True):
        if cosine >= _NEAR:
            fit[place] = SAME
    return fit
