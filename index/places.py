"""The one grammar of place mentions: "tỉnh X" and "thành phố X" are two places of one name.

Three ways of reading, for three needs:

* ``places``: names with the word for their kind before them, in text with capitals ("huyện An Bình");
* ``typed_names``: the same in text whose capitals mean nothing, as in questions (two syllables a name);
* ``mentions``: administrative places only, names of the gazetteer without a kind included, with offsets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.gazetteer import BARE_NAMES
from index.names import is_surname
from index.vietnamese import UPPER, fold, has_diacritics, normal_tone

LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "thôn", "ấp", "bản")
"""The kinds of administrative places, and of what lies below them."""
_SHORT = {"tp": "thành phố", "tx": "thị xã"}
_COMMITTEES = {
    "tỉnh ủy": "tỉnh", "tỉnh đoàn": "tỉnh", "thành ủy": "thành phố", "thành đoàn": "thành phố", "huyện ủy": "huyện",
    "huyện đoàn": "huyện", "quận ủy": "quận", "thị ủy": "thị xã", "đảng ủy xã": "xã", "đảng ủy phường": "phường",
}  # fmt: skip
"""Committees that are named after the kind of place."""
_KINDS = {level: level for level in LEVELS[:8]} | _SHORT | _COMMITTEES
_FOLDED_KINDS = {fold(word): kind for word, kind in _KINDS.items()}
_BODIES = (
    "trường tiểu học", "trường thcs", "trường thpt", "trường mầm non", "trường đại học", "trường đh",
    "trường cao đẳng", "trường cđ", "trường", "bệnh viện", "công ty", "hợp tác xã", "khu công nghiệp",
    "cụm công nghiệp", "nhà máy", "dự án", "cầu", "hồ", "cảng", "chợ", "sân bay", "câu lạc bộ",
    "bảo tàng", "thư viện", "vườn quốc gia", "làng",
)  # fmt: skip


CITY_OF_A_PERSON = "Hồ Chí Minh"
"""The one city that bears a person's whole name."""
_OTHER_NAMES = {"sai gon": ["ho", "chi", "minh"]}
"""What a place is called beside its usual name, folded."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place or body: its type ("huyện", "" when not told) and its name ("" for "the district")."""

    type: str
    name: str

    @property
    def text(self) -> str:
        """For people: "huyện An Bình"."""
        return f"{self.type} {self.name}".strip()

    def matches(self, other: Place) -> bool:
        """Whether the two can be one place: equal types, and the one name begins with the other.

        >>> Place("huyện", "An Bình").matches(Place("huyện", "An Bình Lê"))
        True
        >>> Place("tỉnh", "An Bình").matches(Place("thành phố", "An Bình"))
        False
        >>> Place("", "Sài Gòn").matches(Place("thành phố", "Hồ Chí Minh"))
        True
        """
        if self.type and other.type and self.type.lower() != other.type.lower():
            return False
        pairs = zip(name_words(self.name), name_words(other.name), strict=False)
        return all(a == b for a, b in pairs)


def name_words(name: str) -> list[str]:
    """The folded words of a name, those of the usual name where it has another, whatever marks stand between them.

    >>> name_words("Thừa Thiên- Huế"), name_words("Sài Gòn")
    (['thua', 'thien', 'hue'], ['ho', 'chi', 'minh'])
    """
    words = re.findall(r"\w+", fold(name))
    return _OTHER_NAMES.get(" ".join(words), words)


# --- names in text whose capitals can be trusted --------------------------------------------------------------

_CAP = rf"[{UPPER}][a-zà-ỹđ’'-]+"
_NAME = rf"(?P<name>{_CAP}(?:(?:[ ]|[ ]?-[ ]?){_CAP}){{0,3}})"


def any_of(*lists: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first, by first letters: so few alternatives are tried at a place.

    >>> any_of(["Huế", "Lào", "Hà"])
    'H(?:uế|à)|L(?:ào)'
    """
    tails: dict[str, list[str]] = {}
    for word in sorted({word for words in lists for word in words}, key=lambda word: (-len(word), word)):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in tails.items())


_OTHER_WORDS = (*_SHORT, *(f"{word}." for word in _SHORT), *_COMMITTEES)
_PLACE = re.compile(rf"(?<!\w)(?P<type>(?i:{any_of(LEVELS, _BODIES, _OTHER_WORDS)}))[ ]+{_NAME}")


def places(text: str) -> list[tuple[int, Place]]:
    """The places and bodies that a text names with their type, each with its start.

    >>> [(start, place.text) for start, place in places("Xã Tân Lập, huyện An Bình Lê Văn Sơn")]
    [(0, 'xã Tân Lập'), (12, 'huyện An Bình')]
    """
    if text.isupper():  # a headline in capitals does not show where a name ends
        return []
    return [(match.start(), _place(match)) for match in _PLACE.finditer(text)]


def _place(match: re.Match[str]) -> Place:
    kind = match["type"][0].lower() + match["type"][1:]
    name = _without_person(match["name"])
    if kind.endswith("ủy") and (is_surname(name.split()[0]) or " " not in name):
        name = ""  # "Bí thư Tỉnh ủy Lê Văn Sơn"
    if _is_holder(match, name):
        name = ""
    return Place(_KINDS.get(kind.lower().rstrip("."), kind), name)


_OFFICE = re.compile(
    r"(?:chủ tịch|bí thư|trưởng|phó)(?: (?:ubnd|hđnd|ubmttq|mttq|ủy ban|hội|đoàn|ban|công an|đảng ủy)\S*)*(?: \w+){0,2} $",
    re.IGNORECASE,
)
_MIDDLE = frozenset(
    "thị văn đình hữu đức công quốc bá viết trọng ngọc hoàng thanh xuân minh kim thế duy anh".split()
)
_ACTS = re.compile(
    r",? (?:cho|nói|phát|khẳng|chủ|báo|trình|nhấn|đề|yêu|thông|đã|khai|trao|kết|tặng|làm|đến|dự)\b"
)


def _is_holder(match: re.Match[str], name: str) -> bool:
    """Whether the name behind a kind of place is that of who holds an office there: "Chủ tịch UBND xã Lâm Văn An"."""
    words = name.split()
    if len(words) < 3 or not is_surname(words[0]):
        return False
    office = _OFFICE.search(match.string[max(0, match.start() - 60) : match.start()])
    acts = words[1].lower() in _MIDDLE or _ACTS.match(match.string, match.end("name"))
    return office is not None and bool(acts)


def _without_person(name: str) -> str:
    """The name without the name of a person right behind it."""
    words = name.split()
    cut = next((i for i in range(2, len(words) - 1) if is_surname(words[i])), len(words))
    return " ".join(words[:cut])


# --- names in text whose capitals mean nothing ----------------------------------------------------------------


def _typed(words: dict[str, str]) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<kind>{any_of(tuple(words))})\.?\s+(?P<name>(?!(?:nào|nao)\s)[^\W\d_]+\s[^\W\d_]+)"
    )


_ACCENTED, _FOLDED = _typed(_KINDS), _typed(_FOLDED_KINDS)


@lru_cache(maxsize=2048)
def typed_names(text: str) -> tuple[tuple[str, str], ...]:
    """The two-syllable names that follow the word for a kind of place: (folded name, kind), in order.

    >>> typed_names("dân số tỉnh Hà Nam năm 2020, cuc hai quan Hai Phong")
    (('ha nam', 'tỉnh'),)
    >>> typed_names("bi thu tinh uy ha nam")
    (('ha nam', 'tỉnh'),)
    """
    plain = normal_tone(text.lower())
    pattern, kinds = (_ACCENTED, _KINDS) if has_diacritics(text) else (_FOLDED, _FOLDED_KINDS)
    found, at = [], 0
    while match := pattern.search(plain, at):
        found.append((" ".join(fold(match.group("name")).split()), kinds[match.group("kind")]))
        at = match.start("name")
    return tuple(found)


def names_known_place(text: str) -> bool:
    """Whether a text names a place of the gazetteer, in any case, with or without diacritics.

    >>> names_known_place("thu ngan sach ha noi"), names_known_place("số dân cả nước"), names_known_place("hà mã nội")
    (True, True, False)
    """
    lowered = normal_tone(text.lower())
    return (_KNOWN_ACCENTED if has_diacritics(text) else _KNOWN_PLAIN).search(lowered) is not None


_LONG_NAMES = tuple(name.lower() for name in BARE_NAMES if len(name) > 4)  # "My", "Anh", "Hue" are words too
_KNOWN_ACCENTED = re.compile(rf"(?<!\w)(?:{any_of(tuple(map(normal_tone, _LONG_NAMES)))})(?!\w)")
_KNOWN_PLAIN = re.compile(rf"(?<!\w)(?:{any_of(tuple(map(fold, _LONG_NAMES)))})(?!\w)")


def said_kinds(names: Sequence[tuple[str, str]], name: str) -> Counter[str]:
    """How often a folded name is said to be of which kind, among ``typed_names`` of a text.

    >>> sorted(said_kinds(typed_names("UBND tỉnh Hà Nam và thành phố Hà Nam"), "ha nam"))
    ['thành phố', 'tỉnh']
    """
    return Counter(kind for said, kind in names if said == name)


def says_bare(text: str, kind: str) -> bool:
    """Whether a text says a kind of place without a name behind it.

    >>> says_bare("Chủ tịch HĐND tỉnh, trưởng đoàn", "tỉnh"), says_bare("tỉnh Hà Nam", "tỉnh")
    (True, False)
    """
    plain = normal_tone(text.lower())
    words = "|".join(word for word, said in _KINDS.items() if said == kind)
    return any(
        not text[match.end() :].lstrip()[:1].isupper() for match in re.finditer(rf"\b(?:{words})\b", plain)
    )


# --- administrative places with their offsets -----------------------------------------------------------------


class Mention(NamedTuple):
    """A place named in a text; ``place.name`` is "" where only the kind is said ("toàn tỉnh").

    ``body`` is True for a committee named after the place ("Tỉnh ủy X").
    """

    start: int
    end: int
    place: Place
    body: bool = False


_BARE = rf"(?P<bare>{any_of(tuple(BARE_NAMES))})(?![\w-]|[ ]{_CAP})"
_NUMBERED = r"(?<!\d )(?P<number>(?i:phường|quận)[ ]\d{1,2})(?![\w.,/]\d)"
_ALONE = (
    rf"(?<!cấp )(?<!các )(?<!mỗi )(?<!những )(?<![\d%] )(?P<alone>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|TP|Tỉnh|Thành phố|Huyện"
    rf"|Quận|Thị xã|Xã|Phường)(?![.-]?\w|[ ](?:{_CAP}|\d|giao|ủy|đoàn|hội|viên|lỵ|lộ|trưởng|trực|thành|nhà|bạn|đội))"
)
_LAST_LETTER = r"(?:[ ][A-Z](?!\w))?"
# Where a mention can begin, so that the alternatives are not tried at every word.
_FIRST = re.escape(
    "".join(
        sorted(
            {letter for word in (*_KINDS, *LEVELS) for letter in (word[0], word[0].upper())}
            | {name[0] for name in BARE_NAMES}
        )
    )
)
_MENTION = re.compile(
    rf"(?<![\w.])(?=[{_FIRST}])(?:(?P<type>(?i:{any_of(LEVELS, _OTHER_WORDS)}))[ ]?(?:(?<=\.)|(?<= ))(?P<whole>{_NAME}{_LAST_LETTER})|{_NUMBERED}|{_BARE}|{_ALONE})"
)


def mentions(text: str) -> list[Mention]:
    """The administrative places of a text in its order, disjoint.

    >>> [(m.start, m.end, m.place.text) for m in mentions("Thu của TP. An Bình gấp đôi Hà Nội, toàn tỉnh giảm.")]
    [(8, 19, 'thành phố An Bình'), (28, 34, 'Hà Nội'), (41, 45, 'tỉnh')]
    """
    if text.isupper():
        return []
    return [_mention(text, match) for match in _MENTION.finditer(text) if not _is_pronoun(text, match)]


_HE = re.compile(r" (?:văn|ngữ|ấy|ta|em|chị|trai|cả|hai|ba|tư|năm|là|cho|nói|kể|bảo|nhớ)(?!\w)")


def _is_pronoun(text: str, match: re.Match[str]) -> bool:
    """Whether "Anh" is he, or the beginning of a word ("Anh văn"), rather than the country."""
    if match["bare"] != "Anh":
        return False
    before = text[: match.start()].rstrip()
    return not before or before[-1] in '.!?:\n"“-–…' or _HE.match(text, match.end()) is not None


def _mention(text: str, match: re.Match[str]) -> Mention:
    if match["bare"]:
        return Mention(*match.span(), read_place(BARE_NAMES[match["bare"]]))
    if match["number"]:
        return Mention(*match.span(), read_place(match["number"][0].lower() + match["number"][1:]))
    if match["alone"]:
        word = match["alone"].lower()
        return Mention(*match.span(), Place(_KINDS.get(word, word), ""))
    body, place = match["type"].lower() in _COMMITTEES, _place(match)
    if not place.name:  # a person stands there
        return Mention(match.start(), match.start() + len(match["type"]), place, True)
    if (
        place.type in ("tỉnh", "thành phố")
        and is_surname(place.name.split(" ")[0])
        and place.name.count(" ") > 1
        and place.name != CITY_OF_A_PERSON
    ):
        return Mention(match.start(), match.start() + len(match["type"]), Place(place.type, ""), True)
    small = _SMALL.match(text, match.end()) if " " not in place.name else None
    if small and f"{place.name}{small[0]}".title() in BARE_NAMES:  # "tỉnh Vĩnh phúc"
        return Mention(match.start(), small.end(), Place(place.type, f"{place.name}{small[0]}".title()), body)
    if place.name == match["name"]:
        return Mention(match.start(), match.end(), Place(place.type, match["whole"]), body)
    return Mention(match.start(), match.end() - len(match["whole"]) + len(place.name), place, body)


_SMALL = re.compile(r" [^\W\d_]+")
_KIND = re.compile(rf"({any_of(tuple(_KINDS))})\.?\s+(?=\S)")


def read_place(text: str) -> Place:
    """A place as a person writes it: "tỉnh X" with its kind, "X" without.

    >>> read_place("thành phố Hồ Chí Minh"), read_place("Hà Nội")
    (Place(type='thành phố', name='Hồ Chí Minh'), Place(type='', name='Hà Nội'))
    """
    text = BARE_NAMES.get(text, text).strip()
    match = _KIND.match(normal_tone(text.lower()))
    return Place(_KINDS[match[1]], text[match.end() :]) if match else Place("", text)
