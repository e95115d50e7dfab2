"""Whether two indicators are one: "thu ngân sách", "thu NSNN" and "tổng thu ngân sách" are, thu and chi are not.

No list of indicators: words are compared (abbreviations written out, general words of reports dropped), a few closed lists
of opposites keep apart what differs in one syllable, and the encoder says how near the rest is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.abbreviations import expand
from index.vietnamese import fold, syllables

Embed = Callable[[Sequence[str]], NDArray[np.float32]]
"""Texts -> unit rows."""

SAME = 0.6
"""From this fit on two indicators count as one; see docs/figures.md for precision and recall."""
_HALF, _NEAR = 0.35, 0.85
"""Between these word fits the encoder is asked; from this centred cosine on two phrases say the same (labelled pairs)."""
_MOST_ENCODED, _FEWEST = 64, 8
"""How many candidates are encoded for one question; with fewer there is no common direction to take out."""

_FOLDINGS = (
    ("ti le", "ty_le"), ("ti trong", "ty_trong"), ("tri gia", "gia_tri"), ("toc do tang truong", "tang_truong"), ("muc tang truong", "tang_truong"), ("tang truong", "tang_truong"), ("ngan sach nha nuoc", "ngan sach"), ("thu trong can doi", "thu ngan sach"), ("chi trong can doi", "chi ngan sach"), ("thu can doi", "thu ngan sach"), ("chi can doi", "chi ngan sach"), ("binh quan dau nguoi", "binh quan"), ("binh quan nguoi", "binh quan"),
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


def same(a: str, b: str) -> bool:
    """Whether two indicators are one thing: each answers for the other.

    >>> same("thu ngân sách", "tổng thu NSNN"), same("thu ngân sách", "thu nhập bình quân"), same("giá dầu", "giá vàng")
    (True, False, False)
    """
    return min(word_fit(a, b), word_fit(b, a)) >= SAME


def fits(asked: str, indicators: Sequence[str], embed: Embed | None = None) -> list[float]:
    """The fit of each indicator with the one asked for, in [0, 1]; from ``SAME`` on it answers for it.

    Args:
        asked: what is looked for.
        indicators: candidates.
        embed: the encoder, for other words of the same meaning ("số người thiệt mạng"); None goes by words alone.
    """
    fit = [word_fit(asked, indicator) for indicator in indicators]
    unsure = sorted((n for n, value in enumerate(fit) if _HALF <= value < SAME), key=lambda n: -fit[n])[
        :_MOST_ENCODED
    ]
    if embed is None or len(unsure) < _FEWEST:
        return fit
    for place, cosine in zip(
        unsure, cosines(embed([asked, *(indicators[place] for place in unsure)])), strict=True
    ):
        if cosine >= _NEAR:
            fit[place] = SAME
    return fit


def cosines(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """How near each row but the first is to the first, ``(n - 1,)``, their common direction taken out.

    Short phrases of one field all lie close together in this model: thu and chi at 0.95. What differs is what counts.
    """
    centred = rows - rows.mean(axis=0)
    unit = centred / np.maximum(np.linalg.norm(centred, axis=1, keepdims=True), 1e-9)
    near: NDArray[np.float32] = unit[1:] @ unit[0]
    return near


def groups(indicators: Iterable[tuple[str, int]]) -> list[tuple[str, list[str], int]]:
    """Indicators that are one thing together: (the commonest of them, all of them, how many figures), most figures first.

    Args:
        indicators: each with the number of its figures.

    >>> groups([("thu ngân sách", 5), ("tổng thu NSNN", 1), ("chi ngân sách", 2)])
    [('thu ngân sách', ['thu ngân sách', 'tổng thu NSNN'], 6), ('chi ngân sách', ['chi ngân sách'], 2)]
    """
    found: list[tuple[str, list[str], int]] = []
    by_word: dict[str, list[int]] = {}
    for text, count in sorted(indicators, key=lambda pair: (-pair[1], pair[0])):
        near = sorted({place for word in content(text) for place in by_word.get(word, ())})
        place = next((place for place in near if same(found[place][0], text)), len(found))
        if place == len(found):
            found.append((text, [], 0))
            for word in set(content(text)):
                by_word.setdefault(word, []).append(place)
        name, members, total = found[place]
        found[place] = (name, [*members, text], total + count)
    return sorted(found, key=lambda group: (-group[2], group[0]))
