"""What an earlier question is about: without what it asks, its subject, its place, the person who is its answer."""

from __future__ import annotations

import re

from index.names import is_surname
from index.numbers import Grammar
from index.periods import find_periods
from index.places import Mention, mentions
from index.types import Span
from index.vietnamese import UPPER, fold, has_diacritics, is_syllable
from qa.script import written_like

_LIGHT = (
    r"(?:(?:(?:đạt|chiếm|với) (?:tỷ lệ|tỉ lệ|tỷ số|tỉ số|mức)|là|đạt|có|gồm|được|còn|hết|khoảng|tổng cộng|do|tăng|giảm|chiếm|bằng"
    r"|gấp|vượt|thêm|lên|tới"
    r"|(?:cao|thấp|nhiều|ít|lớn|nhỏ) hơn) +)*"
)
_ASKING_WORDS = (
    r"(?:bao nhiêu|bn|bao lâu|bao xa|(?:vào |từ )?(?:ngày|hôm|tháng|năm|lúc|giờ) nào|thứ mấy|mấy|là gì"
    r"|là ai|ai|gì|ở đâu|đâu(?! (?:năm|tháng|tư|quý))|khi nào|bao giờ"
    r"|vì sao|tại sao|(?:như )?thế nào|ra sao|nào)"
)
UNITS = "phần trăm|%|nghìn|ngàn|triệu|tỷ|tỉ|đồng|đô la|usd|tấn|tạ|ha|héc ta|km|mét|m2"
"""The units in which questions ask how much."""
_UNITS = rf"(?: (?:{UNITS}|tiền|lần|lượt|chiếc|cái)(?!\w))*"
_ASKING = Grammar.of(rf"(?:(?<!\w)|^){_LIGHT}(?<!\w){_ASKING_WORDS}(?!\w){_UNITS}(?: là(?!\w))?")
_MEASURED = Grammar.of(r"(?:^|(?<!\w))(?:tăng|giảm|đạt|chiếm|bằng|gấp|vượt)(?!\w)")
_COMPARED_WITH = Grammar.of(r" +(?:so|so với|kế hoạch|dự toán|chỉ tiêu|của cả|của tỉnh)(?!\w).*$")
_COUNTED = Grammar.of(r"(?:^|(?<!\w))(?:có|gồm) +(?:bao nhiêu|bn|mấy) +(?P<noun>[^?.,]+)")
_ATTRIBUTE = Grammar.of(
    r"^(?:cho (?:xin|hỏi) )?(?:số điện thoại|điện thoại|sđt|số fax|fax|email|địa chỉ|trụ sở|website"
    r"|diện tích|dân số|tổng vốn)(?: của)? +"
)
_TITLED = re.compile(
    rf"\b(?:[ÔôBb][nà]g?|[Aa]nh|[Cc]hị|[Cc]ô|[Đđ]ồng chí) [{UPPER}]\w*(?: [{UPPER}]\w*){{1,3}}"
)
_IS_WHO = Grammar.of(r"^ai là (?P<role>.+)$|^(?P<role2>.+?) (?:là ai|tên (?:là )?gì|là người nào)$")
_BY_WHO = Grammar.of(r"^(?P<what>.+?) do (?:ai|người nào) (?P<does>.+)$")
_WHO = Grammar.of(r"^(?P<before>.*?)(?:^|(?<!\w))(?:ai|người nào)(?!\w)(?P<after>.*)$")

NAME = re.compile(rf"(?<!\w)(?:[{UPPER}]-)?[{UPPER}][^\W\d_]*(?:(?: - | )[{UPPER}][^\W\d_]*)*(?!\w)")
_KIND_FIRST = re.compile(
    r"^(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|công ty|trường|tp) ", re.IGNORECASE
)
MAX_PREDICATE = 4
"""Up to so many words behind the last name or period of a subject are its predicate: "Đại hội ... An Bình bầu"."""


def scanned(text: str) -> tuple[str, bool]:
    """The text in lower case, of the same length, and whether it has diacritics."""
    lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lowered, has_diacritics(text)


def find(grammar: Grammar, text: str) -> re.Match[str] | None:
    """The first match of a grammar in a text of any case, with or without diacritics."""
    lowered, marked = scanned(text)
    return grammar.pick(marked).search(lowered)


def asking(text: str) -> Span | None:
    """Where a question asks, its light verb and unit included.

    >>> asking("dân số tỉnh A là bao nhiêu người")
    (14, 26)
    """
    match = find(_ASKING, text)
    return match.span() if match else None


def without_asking(text: str) -> str:
    """What a question is about: without its asking words, their unit, and what they compare with.

    >>> without_asking("Năm 2015 xã A trồng bao nhiêu ha lúa?")
    'Năm 2015 xã A trồng lúa'
    >>> without_asking("thu ngân sách xã A tăng bao nhiêu phần trăm so với cùng kỳ?")
    'thu ngân sách xã A'
    """
    text = text.rstrip(" ?.!")
    span = asking(text)
    if span is None:
        return text
    after = text[span[1] :]
    if find(_MEASURED, text[span[0] : span[1]]):
        compared = find(_COMPARED_WITH, after)
        after = after[: compared.start()] if compared else after
    return " ".join(f"{text[: span[0]]} {after}".split())


def names(text: str) -> list[Span]:
    """Where the proper names of a text stand, without the word for their kind; no abbreviations, no lone first word.

    >>> [text[a:b] for text in ["Xã An Bình có UBND, ở Hòa Lộc"] for a, b in names(text)]
    ['An Bình', 'Hòa Lộc']
    """
    if not any(map(str.islower, text)):
        return []
    found: list[Span] = []
    located = placed(text)
    for match in NAME.finditer(text):
        start, end = match.span()
        kind = _KIND_FIRST.match(match.group())
        start += kind.end() if kind else _title_length(match.group())
        if find(_ORGAN, text[start:end]) or find(_COMMITTEE, text[start:]):
            continue
        if _is_name(text, start, end) or any(one.start <= start and end <= one.end for one in located):
            found.append((start, end))
    return found


def placed(text: str) -> list[Mention]:
    """Where the text names places, not only their kind."""
    return [one for one in mentions(text) if one.place.name]


def _title_length(name: str) -> int:
    """How long the title before a person's name is, which begins a sentence: "Ông " of "Ông Lê Văn Hai"."""
    title, _, rest = name.partition(" ")
    return len(title) + 1 if fold(title) in _TITLES and rest and is_surname(rest.split()[0]) else 0


_TITLES = frozenset("ong ba anh chi co".split())


def _is_name(text: str, start: int, end: int) -> bool:
    words = text[start:end].split()
    if all(word.isupper() and len(word) > 1 for word in words) or words[0] in _ROMAN:
        return False
    return len(words) > 1 or (start > 0 and (len(words[0]) == 1 or not is_syllable(words[0])))


_ROMAN = frozenset("I V X".split())
_ORGAN = Grammar.of(r"^(?:ban (?:chấp|thường|bí|tổ)|hội đồng|ủy ban|bộ chính)(?: nhân| trị)?$")
"""What names with capitals that are common nouns begin with: "Ban Chấp hành", "Ủy ban nhân dân"."""
_COMMITTEE = Grammar.of(r"^(?:thành|tỉnh|huyện|quận|thị|đảng) (?:ủy|đoàn|bộ)(?!\w)")
_ORDINAL = re.compile(
    r"^[^?]{0,12}?\b(?:lần thứ|khóa|thứ|số|kỳ|vòng|lan thu|khoa|thu|so|ky|vong) [IVXLC\d][\w/.-]*",
    re.IGNORECASE,
)
"""Behind a name, which of several is meant: "lần thứ XII"."""


def topic(text: str) -> str:
    """The noun phrase that a question opens with.

    >>> topic("Đại hội lần thứ IX Đảng bộ An Bình bầu bao nhiêu người?")
    'Đại hội lần thứ IX Đảng bộ An Bình'
    """
    text = text.rstrip(" ?.!")
    span = asking(text)
    if span is None:
        return text
    before = text[: span[0]].rstrip()
    if find(_WHICH_FIRST, text):
        return f"{before} {text[span[1] :].strip()}"
    if not before:
        return re.sub(r"^(?:là|la) ", "", text[span[1] :].strip())
    ends = [end for _, end in names(before)] + [period.end for period in find_periods(before)]
    last = max(ends, default=0)
    ordinal = _ORDINAL.match(before[last:]) if last else None
    last += ordinal.end() if ordinal else 0
    if last and len(before[last:].split()) <= MAX_PREDICATE:
        return before[:last]
    return before


_WHICH_FIRST = Grammar.of(r"^(?:những |các )?(?:\S+ ){1,2}nào (?!là )")
"""A question that opens with whom or which it asks for: "Đội nào vô địch"."""


def whereabouts(text: str) -> str:
    """Where what a question asks is, when that is told behind what it asks; "" otherwise.

    >>> whereabouts("Năm 2020 có bao nhiêu trường mới ở xã An Bình?")
    'ở xã An Bình'
    """
    span = asking(text)
    if span is None or not text[: span[0]].strip():
        return ""
    after = text[span[1] :].rstrip(" ?.!")
    at = find(_AT, after)
    return after[at.start() :] if at and names(f"- {after[at.end() :]}") else ""


_AT = Grammar.of(r"(?<!\w)(?:ở|tại|trên địa bàn|thuộc) ")


def is_counted(text: str) -> bool:
    """Whether a question asks how many of something its subject has."""
    return find(_COUNTED, text) is not None


def they(text: str) -> str:
    """What "họ" and "nó" mean after a question: what it counts, who has the number it asks for, or its subject.

    >>> they("Huyện An Bình có bao nhiêu hợp tác xã?")
    'hợp tác xã Huyện An Bình'
    """
    counted = find(_COUNTED, text)
    if counted and counted.start() and not find_periods(text[counted.start() :]):
        return f"{text[slice(*counted.span('noun'))].strip()} {text[: counted.start()].strip()}"
    about = topic(text)
    attribute = find(_ATTRIBUTE, about)
    return about[attribute.end() :] if attribute else about


def person(text: str) -> str:
    """The person a question names or asks for, by the office or the deed.

    >>> person("Ai là bí thư xã A?"), person("Cuộc họp do ai chủ trì?")
    ('bí thư xã A', 'người chủ trì Cuộc họp')
    """
    text = text.rstrip(" ?.!")
    if named := titled(text):
        return named
    role = find(_IS_WHO, text)
    if role:
        return text[slice(*role.span("role" if role["role"] else "role2"))]
    somebody = written_like(text, "người")
    by = find(_BY_WHO, text)
    if by:
        return f"{somebody} {text[slice(*by.span('does'))]} {text[slice(*by.span('what'))]}"
    who = find(_WHO, text)
    if who:
        return " ".join(f"{somebody} {text[: who.end('before')]} {text[who.start('after') :]}".split())
    named = opening_person(text, personal=True) or _named_in(text)
    which = re.search(r"\bnào\b|\bnao\b", text)
    return named or (without_asking(text) if which else topic(text))


def titled(text: str) -> str:
    """The first person named with a title, "Ông Lê Văn Hai"; "" for none."""
    found = _TITLED.search(text)
    return found.group() if found else ""


def is_person(text: str) -> bool:
    """Whether a text is the name of one person, with or without title, and nothing else.

    >>> is_person("Lê Văn Hai"), is_person("Lê Văn Hai và Trần Ba"), is_person("UBND huyện")
    (True, False, False)
    """
    return opening_person(text, personal=True) == text and " và " not in text


def _named_in(text: str) -> str:
    """The last name in a text that can only be a person's: a family name with others, or of another tongue; "" for none."""
    located = placed(text)
    found = ""
    for match in NAME.finditer(text):
        start, end = match.span()
        words = match.group().split()
        personal = is_surname(words[0]) if len(words) > 1 else not is_syllable(words[0])
        other = match.group().isupper() or any(one.start < end and start < one.end for one in located)
        if personal and not other and not find(_BEHIND_AT, text[:start]):
            found = match.group()
    return found


_BEHIND_AT = Grammar.of(
    r"(?<!\w)(?:ở|tại|từ|đến|tới|sang|giải|cúp|cup|hãng|công ty|đội|clb|báo|trường|phim|tàu|xe) $"
)


def opening_person(text: str, *, personal: bool = False) -> str:
    """The person, or the two, with whom a question opens, with title and office; "" when it opens with anything else.

    A name of another tongue without a title may be a team's or a company's: it counts when what is asked is ``personal``.

    >>> opening_person("Bị cáo Lê Văn Hai bị phạt mấy năm"), opening_person("Xã An Bình thu bao nhiêu?")
    ('Bị cáo Lê Văn Hai', '')
    """
    opens = _OPENING_NAME.match(text)
    if opens is None or any(one.start < opens.end() for one in placed(text)):
        return ""
    first = opens["name"].split()[0]
    foreign = personal and not is_syllable(first.rstrip("."))
    family = is_surname(first) and " " in opens["name"] and has_diacritics(text)  # "Xa" may be "Xã"
    named = opens["title"] or family or foreign
    return opens.group() if named and not opens["name"].isupper() else ""


_TITLE_WORDS = (
    "ông|bà|anh|chị|cô|em|cháu|cụ|thầy|bác|đồng chí|bị cáo|bị can|nghi phạm|nghi can|đối tượng|hung thủ|nạn nhân"
    "|cầu thủ|hlv|huấn luyện viên|thủ môn|tiền đạo|tiền vệ|hậu vệ|danh thủ|tay vợt|võ sĩ|kỳ thủ|vđv|vận động viên"
    "|ca sĩ|nhạc sĩ|nghệ sĩ|nsưt|nsnd|diễn viên|đạo diễn|người mẫu|siêu mẫu|hoa hậu|á hậu|nhà thiết kế|nhà văn"
    "|nhà thơ|nhà báo|họa sĩ|giáo sư|gs|phó giáo sư|pgs|tiến sĩ|ts|ths|thạc sĩ|bác sĩ|bs|luật sư|ls|kỹ sư|đại tá"
    "|thượng tá|trung tá|thiếu tá|đại tướng|thủ tướng|tổng thống|ngoại trưởng|bộ trưởng|thứ trưởng|chủ tịch"
    "|giám đốc|tổng giám đốc|hiệu trưởng|thị trưởng|vua|hoàng tử|công chúa|linh mục|giáo hoàng"
)
_NAMED = rf"[{UPPER}][\w.]*(?:[ -][{UPPER}][\w.]*)*"
_OPENING_NAME = re.compile(
    rf"(?P<title>(?:(?i:{_TITLE_WORDS})\.? (?:(?i:thời trang|trẻ) )?)*)(?P<name>{_NAMED})(?: và {_NAMED})?"
)


def place(text: str, kind: str = "") -> str:
    """The place a question names, with the word for its kind: the one of a kind, or the first; "" for none.

    >>> place("Ai là bí thư xã An Bình huyện Hòa Lộc?"), place("Dân số Hà Nội", "huyện")
    ('xã An Bình', 'Hà Nội')
    """
    named = placed(text)
    same = [one for one in named if fold(one.place.type) == fold(kind)]
    if named:
        return (same or named)[0].place.text
    found = names(text)
    if found:
        return text[slice(*found[-1])]
    of = find(_AFTER_OF, text)
    return text[slice(*of.span("name"))] if of else ""


_AFTER_OF = Grammar.of(
    r"(?<!\w)(?:của|ở|tại|trên địa bàn|tp\.?|thành phố|tỉnh|huyện|quận|xã|phường|thị xã) +(?P<name>.+?)"
    r"(?= +(?:năm|tháng|quý|trong|là|đạt|có|còn|bao|mấy|được|\d|nhiệm|giai|đầu|cuối)(?!\w)| *[?,.]| *$)"
)


def typed_place(text: str) -> Span:
    """Where the name of a place stands in a text without capitals; (0, 0) for none.

    >>> typed_place("dan so xa an binh nam 2020")
    (10, 17)
    """
    spans = [match.span("name") for match in _nested(text)]
    return min(spans, key=lambda span: span[1] - span[0], default=(0, 0))


def _nested(text: str) -> list[re.Match[str]]:
    """Every "of" with what follows, also one inside another: "của thành phố X"."""
    lowered, marked = scanned(text)
    pattern, found, at = _AFTER_OF.pick(marked), [], 0
    while match := pattern.search(lowered, at):
        found.append(match)
        at = match.start("name")
    return found
