"""Whether a question leans on the ones before it, and the words that show it."""

from __future__ import annotations

import re

from index.numbers import Grammar
from index.places import names_known_place, typed_names
from index.vietnamese import UPPER, fold, has_diacritics
from qa.antecedent import asking, find, names
from qa.kinds import kind_asked
from qa.slots import is_measure, told_periods

OPENING = Grammar.of(
    r"^(?:(?:thế|vậy|à|ừ|ừm|ờ|ok|oke|okay|rồi|dạ|vâng|ủa)[ ,]+)*"
    r"(?:còn|thế thì|vậy thì|thế|vậy|rồi|ok|oke|okay|à|ừ|ừm|ờ|dạ|vâng|ủa)"
    r"(?: riêng)?(?:[ ,]+(?=\S)|$)"
)
_CHAT_TAIL = Grammar.of(
    r"(?<=\S)(?: (?:rồi|vậy|bạn|bạn ơi|ad|ad ơi|em|em ơi|nhỉ|nhé|nha|hả|hở|ạ|đấy|á|ta))+(?= *[?.!]*$)|(?<=\S) nữa(?= *[?.!]*$)"
)
PART = Grammar.of(r"^(?:trong đó|trong số đó|trong số này)(?: +|$)")
ADVERB = Grammar.of(r"^(?:(?:riêng|lúc đó|khi đó|năm đó|bình quân|trung bình|mỗi năm|hàng năm|hằng năm) +)+")
PREDICATE = Grammar.of(
    r"^(?:so với|so cùng|(?:cao|thấp|nhiều|ít|lớn|nhỏ|đông|kém) hơn(?!\w)|(?:tăng|giảm|đạt|chiếm|bằng|gấp|vượt|hoàn thành)"
    r"(?= (?:\w+ ){0,2}?(?:bao nhiêu|bn|mấy|thế nào|ra sao)(?!\w)|$)|tăng hay giảm(?!\w)|giảm hay tăng(?!\w))"
)
TAIL = Grammar.of(r" *(?:thì sao|thì thế nào|thì|(?<!vì )(?<!tại )(?<!ra )sao|nhỉ|vậy|hả|ạ)? *[?.!]* *$")
_SO_WHAT = Grammar.of(r"^nếu .*(?:sao|thế nào) *\?*$|^(?:\S+ ){1,4}thì (?:sao|thế nào) *\?*$")
_AS_FOR = Grammar.of(
    r"^(?:\S+ ){1,3}thì (?:\S+ ){0,2}(?:bao nhiêu|bn|mấy|ai|gì|ở đâu|khi nào|bao giờ)(?: \S+){0,2} *\?*$"
)
"""A short phrase set before what it asks: "cấp xã thì mấy người?"."""
_OF_THEM = Grammar.of(
    r"^(?:có )?(?:mấy|bao nhiêu) (?:cái|chiếc|con|người|đứa|vụ|trường hợp) (?:là|thuộc|của|bị|được|có)(?!\w)"
)
"""So many of what was counted before: "mấy cái là FDI?"."""
_VERB_FIRST = Grammar.of(
    r"^(?:bắt đầu|diễn ra|kéo dài|kết thúc|hoàn thành|được|bị|do|có|mất|hết|tốn"
    r"|cần|phải|dự kiến|định|bầu|trao|nhận|ký|tổ chức|thành lập"
    r"|ra đời|khai mạc|bế mạc|khởi công|khánh thành|gồm|bao gồm|trị giá|rút|nằm|sinh năm|sinh ở|tốt nghiệp|thực hiện|xảy ra) "
)
"""Predicates without a subject."""
_GENERIC = Grammar.of(
    r"(?<!\w)(?:các|những|mấy|nhiều|cấp|toàn|mỗi|từng|một số|bao nhiêu) "
    r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?!\w)"
)
"""Places of a kind, which are not named: "các tỉnh"."""
_THANKS = Grammar.of(r"^(?:cảm ơn|cám ơn|xin chào|chào|tạm biệt|hay quá|tốt quá|được rồi)(?!\w)")
_PLACED = re.compile(
    rf"^(?i:đi từ|từ|bên|ở|tại|với|sang|đi|riêng|của) "
    rf"(?:(?:tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|nước) )?[{UPPER}][a-zà-ỹđ]"
)
_THEY = Grammar.of(r"(?<!\w)(?:họ|nó|chúng)(?!\w)")
_THEY_PLAIN = re.compile(r"(?:(?<=cua )|^)(?:ho|no)(?= (?:la|co|bao|o|dai|sinh|tang|giam)\b|[ ?]*$)")
_SOMEBODY = Grammar.of(
    r"(?<!\w)(?:(?:ông|bà|anh|chị|cô|bác|cụ|thầy) (?:ấy|ta|này|đó)|hắn(?: ta)?|ổng|bả"
    r"|(?:người|vị|đồng chí|gã|tên|bị cáo|bị can|nghi phạm|đối tượng|cầu thủ|hlv|ca sĩ|diễn viên) (?:đó|này|ấy))(?!\w)"
)
TITLE = re.compile(
    r"^(?i:ông|bà|anh|chị|cô|vị) (?!(?:con|ngoại|nội|cụ|đỡ|hùng|em|chủ|giáo|trùm|trời|dâu|bầu|nào|mấy|bao)\b)(?=[a-zà-ỹđ])"
)
_PERSON = Grammar.of(r"^(?:người|ông|bà|ai) ")
HERE = Grammar.of(r"(?<!\w)(?:ở đó|ở đây|tại đó|tại đây|nơi đó|nơi này|nơi đây|chỗ đó)(?!\w)")
THIS = Grammar.of(
    r"(?<!\w)(?P<noun>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|nước|nhà máy|công ty|doanh nghiệp|dự án|chương trình"
    r"|vụ|vụ việc|cuộc họp|hội nghị|đại hội|kỳ họp|lễ|lễ hội|giải|cuộc thi|trường|bệnh viện|cầu|đường"
    r"|tuyến đường|công trình|khu|chợ|cảng|sân bay|nghị quyết|quyết định|văn bản|nghị định|luật|đề án|kế hoạch"
    r"|ngân hàng|tổ chức|đơn vị|cơ quan|sở|đội|loài|giống|sản phẩm|tàu|xe|máy|đợt|chuyến|bài|cuốn sách|bộ phim"
    r"|quỹ|mô hình|hợp tác xã|vụ án|vụ tai nạn|vụ cháy|trận|trận đấu|cơn bão|bão|phim|bài hát|ca khúc|hãng|tờ báo"
    r"|căn bệnh|bệnh|dịch|thuốc"
    r"|máy bay|hội thảo|sự kiện|chiến dịch|học bổng|cuộc khảo sát|nghiên cứu|mức|khoản|ngày|hôm"
    r") (?:đó|này|ấy|kia|nói trên|trên)(?!\w)"
)
_FILLER = frozenset(
    "la cua o tai thi sao con the vay bao nhieu may gi ai nao dau co dat duoc phan tram % tien so voi nam thang den tinh"
    " ve ra den khoang tong cong het khi vi tai bn ty ti trieu dong nguoi quy ngay rieng ben".split()
)
_MOST_WORDS = 9
"""From this many words of its own a question stands for itself even when it begins like a follow-up."""
_MOST_AS_FOR = 4
_MOST_NAMELESS = 6
"""Up to so many words of its own a question without a name is of what was asked about before."""


def leans(text: str, previous: str) -> bool:
    """Whether a question cannot be understood without the one before it.

    >>> leans("tiền thưởng là bao nhiêu?", "Giải A có mấy chặng?"), leans("Dân số xã Hòa Lộc?", "Giải A có mấy chặng?")
    (True, False)
    """
    if find(PART, text) or pronoun_of(text, previous) or find(HERE, text) or find(THIS, text):
        return len(own_words(text)) < _MOST_WORDS + 3
    if find(_THANKS, text):
        return False
    opening = find(OPENING, text)
    core = text[opening.end() :] if opening else text
    own = own_words(_nameless(core))
    if opening and (has_diacritics(text) or len(own) <= _MOST_NAMELESS - 1):
        return len(own) < (_MOST_WORDS - 3 if _is_placed(core) else _MOST_WORDS + 3)
    if find(_SO_WHAT, text) or find(_OF_THEM, core) or (find(_AS_FOR, text) and len(own) <= _MOST_AS_FOR):
        return True
    adverb = find(ADVERB, core)
    core = core[adverb.end() :] if adverb else core
    if find(PREDICATE, core):
        return len(own_words(core)) < _MOST_WORDS
    return _is_bare(core, own, previous)


def _is_bare(core: str, own: list[str], previous: str) -> bool:
    """Whether a question without a word that leans says too little to stand for itself."""
    if names(core):
        return not own or (_PLACED.match(core) is not None and len(own) <= 3 and len(names(core)) == 1)
    if own and set(own) <= set(fold(previous).split()):
        return not _is_placed(core)
    if own and (_is_placed(core) or _CODE.search(_nameless(core)) or (told_periods(core) and len(own) > 2)):
        return False
    if find(_VERB_FIRST, core):
        return len(own) < _MOST_WORDS
    if is_measure(core, whole=True):
        return True
    if not has_diacritics(core):
        return len(own) <= 3
    return len(own) <= (_MOST_NAMELESS if asking(core) else 2)


_CODE = re.compile(r"\d|\b[A-ZĐ]{2,}\b")
"""A number or an abbreviation: what a question with one is about needs nothing from before."""


def _is_placed(text: str) -> bool:
    """Whether a question names a place or somebody, with or without capitals."""
    named = find(_GENERIC, text)
    text = f"{text[: named.start()]}{text[named.end() :]}" if named else text
    return bool(names(text) or typed_names(text) or names_known_place(text))


def _nameless(text: str) -> str:
    """The text without its names, their kinds and its periods."""
    for start, end in reversed(names(text)):
        kind = re.search(
            r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|tp\.?) $", text[:start], re.IGNORECASE
        )
        text = text[: kind.start() if kind else start] + text[end:]
    for period in reversed(told_periods(text)):
        text = text[: period.start] + text[period.end :]
    return text


def without_chat_words(text: str) -> str:
    """A question without the words that only speak to somebody at its end.

    >>> without_chat_words("còn An Bình vậy bạn?"), without_chat_words("Tân Lễ nữa?")
    ('còn An Bình?', 'Tân Lễ?')
    """
    tail = find(_CHAT_TAIL, text)
    return f"{text[: tail.start()]}{text[tail.end() :]}" if tail else text


def own_words(text: str) -> list[str]:
    """The folded words of a question that say what it is about.

    >>> own_words("còn thu ngân sách là bao nhiêu?")
    ['thu', 'ngan', 'sach']
    """
    return [word for word in re.findall(r"[^\W\d]\w*|%", fold(text)) if word not in _FILLER]


def pronoun_of(text: str, previous: str) -> re.Match[str] | None:
    """A word that stands for somebody or something of the question before."""
    they = find(_THEY, text) if has_diacritics(text) else _THEY_PLAIN.search(text.lower())
    somebody = kind_asked(previous) in ("person", "role") or find(_PERSON, previous)
    title = TITLE.match(text) if somebody else None
    return find(_SOMEBODY, text) or they or title
