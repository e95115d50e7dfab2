"""Which places named in a sentence tell where its figures belong, and which are only mentioned by the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.figure_sentence import Sentence
from index.gazetteer import BARE_NAMES
from index.places import CITY_OF_A_PERSON, Mention
from index.towns import ABROAD, CITIES_ABROAD, TOWNS
from index.vietnamese import UPPER

_ASIDE = re.compile(
    r"(?<!\w)(?:(?:so với|hơn|bằng|của toàn|chiếm|do|chi nhánh|kế hoạch|với|thứ \d+|giáp|giáp ranh|giáp ranh với|cách|về|hướng|đi|ubnd|hđnd|đảng bộ tỉnh|công an|sở|ban|ủy ban nhân dân"
    r"|hội đồng nhân dân|mặt trận) (?:[^,;]{0,12} )?|cấp )$"
)
"""What stands before a place that a figure is not said of: it is compared with, or names an office."""
_MOST = re.compile(
    r"(?<!\w)(?:nhất|đầu tiên|duy nhất)(?:(?: [^\W\d_]+){0,4} (?:ở|tại|của|trên|thuộc)(?: [^\W\d_]+){0,2})? $"
)
"""Before this country: of all there something is the largest or first, wherever its figures are counted."""
_BELONGS = re.compile(
    r"(?:thuộc|của|từ) (?:[^\W\d_]+ ){0,3}?(?:Đại học|ĐH|Trường|Viện|Học viện|Bệnh viện|BV|Tập đoàn|Công ty|Cty|Hãng|Quỹ)(?: [^\s,;.:]+){1,7} (?:ở|tại) $"
)
"""Before the place of the university or firm that somebody is of."""
_MORE = r"(?: (?!(?:tại|ở|giữa|trên|trong|của|từ|đến|tới|sang|về|vào|cho|là|và|thuộc) )[^\s,;.:]+)"
"""Another word of the same name."""
ORGANISATION = re.compile(
    r"(?<!\w)(?:(?:Hiệp hội|Ủy ban|Uỷ ban|Tổng|Công ty|Cty|Ngân hàng|NH|Bộ|Hội|Liên đoàn|Đoàn|MTTQ|Tập đoàn|CLB|đội tuyển|tuyển|ĐH|Đại học"
    r"|Viện|Cơ quan|Trường|[Bb]áo(?! (?:động|cáo|hiệu|chí))|Thủ tướng|Tổng thống|đại sứ|Đại sứ|ông|bà|Thị trường chứng khoán|Chứng khoán"
    r"|Liên hiệp|Trung tâm|Hãng|hãng|Nhà xuất bản|NXB|Quỹ|Học viện|đô la|đôla|cầu|đường|phố|quán|chùa|sông|hồ|tàu|khách sạn|nhà hàng|công viên)"
    rf"{_MORE}{{0,4}}"
    rf"|(?<!\w)(?:phim|tiếng|người(?! (?:dân|nghèo|bệnh))|món|hàng){_MORE}?"
    rf"|(?<=[a-zà-ỹ] )[{UPPER}][a-zà-ỹđ]+) $"
)
"""What makes the name of a place behind it part of another name: "Hiệp hội Thép Việt Nam"."""
OFFICE = re.compile(
    r"(?:UBND|HĐND|TAND|VKSND|Tòa án nhân dân|Toà án nhân dân|Tòa án Nhân dân|Viện Kiểm sát nhân dân|Công an|công an|CA|LĐLĐ|Ban [Qq]uản lý|Thành ủy|Tỉnh ủy|Cục|Chi cục|Sở|sở)"
    r"(?: [^\s,;.:()]+){0,4} $"
)
"""An office that works for the place named behind it, and nowhere else."""
STATE_OFFICE = re.compile(
    r"(?:Thủ tướng|Tổng thống|Chính phủ|chính phủ|Quốc hội|quốc hội|Thượng viện|Hạ viện|Nghị viện|Ngoại trưởng|Nội các|nội các|Bộ trưởng(?: [^\s,;.:()]+){1,3}) $"
)
"""Who governs the country named behind it."""
ADDRESS = re.compile(rf"(?<![\w/-])\d+[A-Z]?(?:/\d+)* [{UPPER}][^().;:\d]{{2,40}}$")
"""The house and street before the place of an address."""
_HOUSE = re.compile(r"(?<![\w/,.-])\d+[A-Z]?(?:/\d+)* $")
"""The number of a house before a street that is named after a place: "48/10 Điện Biên Phủ"."""
NEAR = 60
"""Characters before a place that tell what is meant by it."""
LIVES = re.compile(
    r"(?<!\w)(?:ngụ|trú|tạm trú|cư trú|thường trú|quê|quê quán|nguyên quán|sinh|đến từ|quốc tịch|gốc|hộ khẩu)(?: tại| ở| [^\W\d_]+ tại)? $"
)
"""What stands before the place that a person comes from."""
LOCATIVE = re.compile(r"(?:(?<!\w)(?:tại|ở|địa bàn|tỉnh|đến|thuộc) |^|[(\n–-] ?)$")
_COMPARING = (
    "so với",
    "hơn",
    "bằng",
    "của toàn",
    "chiếm",
    "chi nhánh",
    "thứ",
    "giáp",
    "cách",
    "về",
    "hướng",
    "đi",
)
_SPEAKER = re.compile(
    r"(?<!\w)theo (?:lời )?(?:(?:một số|các|nhiều|những|một|vài|giới|tờ|đài) )?(?:chuyên gia|nhà phân tích|nhà nghiên cứu|nhà khoa học"
    r"|nhà kinh tế|nghiên cứu|tờ|báo|đài|hãng|hãng tin|giáo sư|tiến sĩ|phóng viên|truyền thông|luật|tiêu chuẩn)(?!\w)[^,;:]*$"
)
"""Behind one of these a place tells where the one who says it is from: "theo một số chuyên gia ở London"."""
_OF_THERE = re.compile(
    r"(?<!\w)(?:chuyên gia|khách|du khách|cầu thủ|huấn luyện viên|hlv|nhà đầu tư|diễn viên|ca sĩ|nhà khoa học|nhà nghiên cứu|nhà sản xuất"
    r"|đội|đội bóng|clb|thương hiệu|việt kiều|kiều bào|cô dâu|ngôi sao|đối tác|bạn bè|bác sĩ|nhà thiết kế|xe|hàng hóa|luật sư|sinh viên) $"
)
"""What is of another country, wherever it is: "sáu chuyên gia Hàn Quốc"."""
_COORDINATED = re.compile(r"(?:,| và| hoặc| hay| cũng như| lẫn|, và)(?: (?:tại|ở))? ?|/|\.\.\. ?")
_NESTED = re.compile(r",? ?\(?|,| ?[-–] ?| thuộc ")
_HERE = frozenset(["Việt Nam", "cả nước"])
_LEVELS = {
    "thôn": 1, "ấp": 1, "bản": 1, "xã": 2, "phường": 2, "thị trấn": 2, "huyện": 3, "quận": 3, "thị xã": 3, "thành phố": 4,
}  # fmt: skip
_STATE = re.compile(
    r"(?:^|[.:;!?\n“\"(–-] ?|(?<!\w)(?:tại|ở|sang|vào|đến|tới|từ|về|trong|khắp|toàn|nước|của|bang|miền|bắc|nam|đông|tây|thủ đô"
    r"|chính phủ|tổng thống|thủ tướng|quốc hội|nghị viện|cảnh sát|quân đội|chính quyền|người dân|dân|giới chức|công an|lãnh thổ"
    r"|nhà chức trách|kinh tế|tòa án|công tố viên|ngoại trưởng|bộ trưởng|bộ [^,.;()]{3,25}) )$",
    re.IGNORECASE,
)
"""What stands before a country that is told of, rather than where a thing or a person is from."""
_TOWNS = {
    "Nha Trang": "Khánh Hòa", "Đà Lạt": "Lâm Đồng", "Huế": "Thừa Thiên", "Vũng Tàu": "Bà Rịa",
}  # fmt: skip
"""Cities known without their kind, and how the name of their province begins."""


def is_aside(sentence: Sentence, mention: Mention) -> bool:
    """Whether a place does not say where: it is compared with, part of a name, where somebody is from, or who tells.

    >>> s = Sentence("Theo một số chuyên gia ở London, sáu chuyên gia Hàn Quốc đến Hà Nội.", 0, None)
    >>> [is_aside(s, mention) for mention in s.places]
    [True, True, False]
    """
    near = slice(max(0, mention.start - NEAR), mention.start)
    named = mention.place.name and ORGANISATION.search(sentence.text[near])
    if mention.body or named or LIVES.search(sentence.scan[near]):
        return True
    country = mention.place.name in _HERE or mention.place.name in ABROAD
    if country and _BELONGS.search(sentence.text[near]):
        return True
    if mention.place.name in _HERE and _MOST.search(sentence.scan[near]):
        return True
    if not mention.place.type and _HOUSE.search(sentence.text[near]):
        return True
    if mention.place.name in ABROAD and _OF_THERE.search(sentence.scan[near]):
        return True
    if mention.place.name and _SPEAKER.search(sentence.scan[: mention.start]):
        return True
    before = _ASIDE.search(sentence.scan[near])
    return before is not None and (not mention.place.name or before.group().startswith(_COMPARING))


def told_places(sentence: Sentence) -> list[Mention]:
    """The places that can say where a figure of the sentence belongs; none of those listed in a row or only around another.

    >>> [m.place.text for m in told_places(Sentence("Ở Hà Nội, Huế và Đà Nẵng có 9 ca, tỉnh An Lạc 3 ca.", 0, None))]
    ['tỉnh An Lạc']
    >>> [m.place.text for m in told_places(Sentence("Tại huyện An Bình, tỉnh An Lạc có 3 ca.", 0, None))]
    ['huyện An Bình']
    """
    if not sentence.places:
        return []
    left_out = in_a_row(sentence.text, sentence.places) | around(sentence.text, sentence.places)
    return [m for m in sentence.places if m.start not in left_out and not is_aside(sentence, m)]


def around(text: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Where the places stand that only tell in which larger one the place before them lies: "huyện An Bình (tỉnh An Lạc)"."""
    found: set[int] = set()
    for first, second in pairwise(mentions):
        between = _NESTED.fullmatch(text, first.end, second.start) is not None
        if between and first.place.name and second.place.name and _is_around(second, first):
            found.add(second.start)
    return frozenset(found)


def _is_around(larger: Mention, smaller: Mention) -> bool:
    abroad = larger.place.name in ABROAD
    if abroad and (smaller.place.name in BARE_NAMES) != (smaller.place.name in ABROAD):
        return False  # "Tây Ninh, Campuchia": side by side
    return _level(larger) > _level(smaller) > 0 and not (abroad and smaller.place.name in TOWNS)


def _level(mention: Mention) -> int:
    """How large a place is: 1 for a village, 6 for a country; 0 of the world."""
    name, kind = mention.place.name, mention.place.type
    if name in ABROAD or name in _HERE:
        return 5 if name in CITIES_ABROAD else 6
    if kind == "tỉnh" or (name in BARE_NAMES and kind in ("", "thành phố")) or name == CITY_OF_A_PERSON:
        return 5 if name not in _TOWNS else 4
    return _LEVELS.get(kind, 4 if name in TOWNS else 0)


_NUMBERED = re.compile(r", ?\d{1,2}(?=,| và )")
"""More districts of a row: behind "quận 1" in "quận 1, 3, 4 và 6"."""


def in_a_row(text: str, mentions: Sequence[Mention]) -> frozenset[int]:
    """Where the places stand that are listed beside others of their rank: "Hà Nội, Huế và Đà Nẵng"."""
    found: set[int] = set()
    for first, second in pairwise(mentions):
        between = _COORDINATED.fullmatch(text, first.end, second.start) is not None
        if between and first.place.name and second.place.name and _beside(first, second):
            found |= {first.start, second.start}
    found |= {m.start for m in mentions if m.place.name.isdigit() and _NUMBERED.match(text, m.end)}
    return frozenset(found)


def _beside(first: Mention, second: Mention) -> bool:
    if first.place.name == second.place.name or second.place.name.startswith(
        _TOWNS.get(first.place.name, "\0")
    ):
        return False
    return _rank(first) == _rank(second)


def _rank(mention: Mention) -> str:
    name, kind = mention.place.name, mention.place.type
    if name in ABROAD or name == "Việt Nam":
        return "city abroad" if name in CITIES_ABROAD else "country"
    if name in BARE_NAMES or name == CITY_OF_A_PERSON:
        return "province"
    return kind


def is_state(text: str, start: int) -> bool:
    """Whether the country named there is told of, rather than where something is from: "tại Nga", not "xe Nga"."""
    return _STATE.search(text[max(0, start - NEAR) : start]) is not None
