"""The spans of a sentence that name a person: by family name, by title, or by nothing but capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.gazetteer import BARE_NAMES
from index.names import is_surname
from index.types import Span
from index.vietnamese import UPPER, is_syllable

_CAP = rf"[{UPPER}](?:[\w’'.]|-(?! ))*"
_RUN = re.compile(
    rf"(?<![\w.])({_CAP}(?:[ ](?:{_CAP}|(?:de|da|van|von|di|del|der|la|el|bin|al)(?=[ ](?:{_CAP}|la\b|der\b)))){{0,11}})"
)
"""A run of capitalised words, with the particles of foreign names between them."""
_TITLES = re.compile(
    r"(?:\b(?:ông|bà|anh|chị|cô|chú|bác|em|cụ|đồng chí|đ/c|đc|bác sĩ|bs|ths|ts|tiến sĩ|thạc sĩ|giáo sư|gs|pgs|kỹ sư|luật sư|nhà báo|nhà văn|nhà thơ|ca sĩ|nghệ nhân|nghệ sĩ|"
    r"chủ tịch|bí thư|giám đốc|hiệu trưởng|trưởng \w+|cục trưởng|đại tá|thượng tá|trung tá|thiếu tá|đại úy|thượng úy|trung úy|thiếu tướng|trung tướng|đại tướng|vua|hoàng hậu|tướng|"
    r"thủ tướng|bộ trưởng|thứ trưởng|đại sứ|huấn luyện viên|hlv|tài xế|học sinh|sinh viên|cầu thủ|vận động viên|tác giả|kiến trúc sư|viện trưởng|nhân viên|phó \w+|người)"
    r"|[a-zà-ỹđ]+ (?:ủy|huyện|tỉnh|xã|phường|thành phố|sở|ban|khoa|phòng|trường|công ty|đoàn|hội|nước))[\s,:–-]*$",
    re.IGNORECASE,
)
_BEFORE_NAMES = frozenset(
    (
        "phó bí chủ giám trưởng uv btv bch ubnd hđnd đ/c tp tỉnh thành huyện xã phường ban bộ sở cục phòng hội theo tại với để do "
        "từ khi sau trước ngoài bên cùng nếu tuy nhưng và các những đây đó sáng chiều tối đêm hôm ngày năm tháng trong gồm về "
        "ông bà anh chị cô chú bác em cụ thầy sư nàng chàng vua hlv gs pgs ts ths bs ks"
    ).split()
)
"""Words that stand with a capital before a name and are no part of it."""
_MIDDLE = frozenset({"văn", "ông"})
"""Family names that are middle names or titles far more often."""
_PLACE_BEFORE = re.compile(
    r"(?<!\w)(?:xã|huyện|tỉnh|phường|quận|thành phố|tp|thị xã|thị trấn|thôn|bản|làng|ấp)\.?\s+$",
    re.IGNORECASE,
)
_NATION, _OF_NATION = "Việt", re.compile(r"(?<!\w)(?:gốc|người) $")
"""Somebody's nation right before his name: "đạo diễn gốc Việt Othello Khanh"."""
_MOST_WORDS = 5


def find_names(sentence: str) -> list[Span]:
    """The spans that may name a person, in reading order.

    >>> text = "Phó Bí thư Tỉnh đoàn Quàng Thị Én và Anh A Brôl"
    >>> [text[start:end] for start, end in find_names(text)]
    ['Quàng Thị Én', 'A Brôl']
    """
    found = (
        span for match in _RUN.finditer(sentence) for span in _names(sentence, match.start(), match.group())
    )
    return list(dict.fromkeys(found))


def _names(sentence: str, start: int, run: str) -> Iterator[Span]:
    """The names in a run of capitalised words ("Tỉnh ủy Lê Văn A" holds one)."""
    words = run.rstrip(".-’'").split(" ")
    at = [start + sum(len(word) + 1 for word in words[:place]) for place in range(len(words) + 1)]
    low = next((place for place in range(len(words)) if not _only_before(words[place:])), len(words))
    titled = low > 0 or follows_title(sentence[:start])
    low = _behind_place(words, low)
    if low == 0 and words[0] == _NATION and _OF_NATION.search(sentence[:start]):
        low = 1
    rest = words[low:]
    if len(rest) >= 4 and not is_surname(rest[0]) and _PLACE_BEFORE.search(sentence, 0, at[low]):
        # "xã Tân Lập Đình Nam": the place's syllables first
        low, titled = low + (1 if is_surname(rest[1]) else 2), False
    begun = -3
    for place in range(low, len(words)):
        rest = words[place : place + _MOST_WORDS]
        whole = place == low and (len(rest) >= 2 or titled)
        named = words[place].lower() not in _MIDDLE and is_surname(words[place])
        if named and place - begun >= 3 and not _only_before(words[place:]):  # else a middle name
            begun = place
        if whole or (len(rest) >= 2 and begun == place):
            yield at[place], at[place + len(rest)] - 1


_MOST_PLACE = 3
"""Words of the longest place before a name that is looked for."""
_HOUSES = frozenset({"Nhà Trắng", "Liên Hợp Quốc", "Lầu Năm Góc"})


def _behind_place(words: Sequence[str], low: int) -> int:
    """Where the name begins behind what somebody is of: "Trung Quốc Zhang Xiaoyan", "VĐV Cheng Ka Ho".

    >>> [_behind_place(text.split(), 0) for text in ("Pháp Dominique Perben", "VĐV Cheng Ka Ho", "Đức Minh Châu", "Lý Quốc Kỳ")]
    [1, 1, 0, 0]
    """
    at = low
    while (begins := _next_behind_place(words, at)) > at:
        at = begins
    return at


def _next_behind_place(words: Sequence[str], low: int) -> int:
    for size in range(_MOST_PLACE, 0, -1):
        place, rest = " ".join(words[low : low + size]), words[low + size :]
        person = len(rest) >= 2 and (is_surname(rest[0]) or not is_syllable(rest[0]))
        if person and (place in BARE_NAMES or place in _HOUSES):
            return low + size
    rest = words[low + 1 :]
    short = low < len(words) and 2 <= len(words[low]) <= 4 and words[low].isalpha() and words[low].isupper()
    return low + 1 if short and len(rest) >= 2 and not any(map(str.isupper, rest)) else low


def _only_before(words: Sequence[str]) -> bool:
    """Whether the first word belongs to a title or an opening: "Phó", "Ông", but not that of "Từ Công Phước"."""
    word = words[0].lower()
    return word in _BEFORE_NAMES and not (len(words) >= 3 and is_surname(word) and word not in _MIDDLE)


def follows_title(before: str) -> bool:
    """Whether the text before a name ends in a title or a role."""
    return _TITLES.search(before[-60:]) is not None
