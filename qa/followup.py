"""An elliptic question made whole from the earlier ones: slots are replaced, the subject is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.gazetteer import BARE_NAMES
from index.periods import find_periods
from index.places import mentions
from index.types import Span
from index.vietnamese import UPPER, fold, has_diacritics, to_nfc

Turn = str | tuple[str, str]
"""An earlier question, or the question with the answer that was given."""

_OPENING = re.compile(
    r"^(?:còn|thế còn|vậy còn|thế|vậy|thế thì|vậy thì|rồi|con|the con|vay con|the|vay|ok|à|ừ)\s+(?=\S)",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"^(?:con|the|vay|trong do|rieng|ca nam|trong so do|so voi|so|bang|tang|giam|dat|moi|luc do|khi do)\b"
)
_PRONOUN = re.compile(
    r"\b(?:ong (?:ay|ta|do|nay)|ba (?:ay|ta|do|nay)|anh (?:ay|ta)|chi (?:ay|ta)|co ay|nguoi (?:do|nay|ay)|ho|no|vi nay|vi do)\b"
)
_THERE = re.compile(
    r"\b(?:o do|o day|tai do|noi do|noi nay|cho do|tinh nay|tinh do|huyen nay|thanh pho nay|thanh pho do|xa nay|nha may nay|du an nay|du an do|chuong trinh nay|vu nay|vu do|cuoc hop do|dai hoi do|dai hoi nay)\b"
)
_TAIL = re.compile(r"\s*(?:thì sao|thì|thi sao|thi|sao|nhỉ|vậy|hả|ạ)?\s*[?.!]*\s*$", re.IGNORECASE)
_ASKING = re.compile(
    r"\s*(?:\b(?:là|la|đạt|dat|có|co|được|duoc|còn|con|hết|het|khoảng|tổng cộng)\s+)*\b(?:bao nhiêu|bao nhieu|mấy|may|bn|là gì|la gì|gì|gi|là ai|la ai|ai|ở đâu|o dau|đâu|dau|khi nào|khi nao|bao giờ|bao gio|nào|nao)\b(?:\s+(?:tiền|tien|phần trăm|phan tram|%|tỷ đồng|ty dong|triệu đồng|trieu dong|tỷ|ty|triệu|người|nguoi|usd|USD|dự án|du an|đại biểu|dai bieu|hộ|ho))?(?:\s+(?:là|la)\b)?",
    re.IGNORECASE,
)
_BARE_ASK = re.compile(r"^(?:thi )?(?:la )?(?:dat )?(?:duoc )?(?:bao nhieu|may|bn|sao|thi sao|ai|gi|dau)?$")
_NAME = re.compile(rf"(?<=[\w,] )[{UPPER}]\w*(?:[ ](?:- )?[{UPPER}]\w*)*")
_AFTER_OF = re.compile(
    r"\b(?:cua|o|tai|tren dia ban|tp\.?|thanh pho|tinh|huyen|quan|xa|phuong|thi xa|cho)\s+(?P<name>.+?)(?=\s+(?:nam|thang|quy|trong|la|dat|co|con|bao|may|duoc|\d|6|9|nhiem|giai|dau|cuoi)\b|\s*[?,.]|$)"
)
_FILLER = frozenset(
    "la cua o tai thi sao con the vay bao nhieu may gi ai nao dau co dat duoc phan tram % tien so voi nam thang".split()
)
_MANY_WORDS = 5
"""From this many words of its own a question without a leaning word stands for itself."""


_THEY = re.compile(r"\b(?:họ|nó)\b", re.IGNORECASE)


def _folded_pronouns(text: str) -> str:
    """Folded text, where only the pronouns are "ho" and "no": not "hộ", "hồ", "nợ"."""
    folded = fold(text)
    if not has_diacritics(text):
        return folded
    for match in re.finditer(r"\b(?:ho|no)\b", folded):
        if not _THEY.match(text, match.start()):
            folded = folded[: match.start()] + "__" + folded[match.end() :]
    return folded


def make_whole(text: str, history: Sequence[Turn] = ()) -> str:
    """The question with what it leaves out taken from the questions before it.

    >>> make_whole("còn năm 2025 thì sao?", ["thu ngân sách năm 2020 của thành phố A là bao nhiêu"])
    'thu ngân sách của thành phố A là bao nhiêu năm 2025'
    >>> make_whole("Dân số tỉnh B năm 2024 là bao nhiêu người?", ["thu ngân sách năm 2020"])
    'Dân số tỉnh B năm 2024 là bao nhiêu người?'
    """
    whole, answer = "", ""
    for turn in history:
        asked, said = (turn, "") if isinstance(turn, str) else turn
        whole, answer = _join(whole, answer, to_nfc(asked)), said
    return _join(whole, answer, to_nfc(text))


def _join(previous: str, answer: str, text: str) -> str:
    text = " ".join(text.split())
    if not previous or not _is_elliptic(text):
        return text
    core = _TAIL.sub("", _OPENING.sub("", text))
    folded = _folded_pronouns(core)
    there, pronoun = _THERE.search(folded), _PRONOUN.search(folded)
    if there and len(_own_words(folded)) >= 2:
        return _replace(text, _folded_pronouns(text), _THERE, _place_of(previous))
    if pronoun:
        return _replace(text, _folded_pronouns(text), _PRONOUN, _subject_of(previous))
    return _merge(previous, core, folded)


def _is_elliptic(text: str) -> bool:
    folded = _folded_pronouns(text)
    if _LEANING.search(folded) or _PRONOUN.search(folded) or _THERE.search(folded):
        return len(_own_words(folded)) < 9
    return len(_own_words(folded)) < _MANY_WORDS - 2 and len(folded.split()) < 8


def _own_words(folded: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d]\w*|%", folded) if word not in _FILLER]


def _merge(previous: str, core: str, folded: str) -> str:
    """Replace the slots of the previous question that the new one fills, and add what is new."""
    kept = previous.rstrip(" ?.!")
    rest = core
    periods = find_periods(core)
    if periods:
        kept = _without_periods(kept)
    for period in reversed(periods):
        rest = rest[: period.start] + rest[period.end :]
    swapped = _swap_pair(kept, rest)
    name = "" if swapped else _bare_name(rest) or _asking_name(rest)
    if name and _is_name(name):
        swapped = _swap_name(kept, name)
    if swapped:
        return f"{swapped} {' '.join(period.text for period in periods)}".strip()
    if not _BARE_ASK.match(" ".join(fold(rest).split())):
        kept = _ASKING.sub("", kept).strip() if _ASKING.search(rest) else kept
    else:
        core = " ".join(period.text for period in periods)
    return " ".join(f"{kept} {core}".split())


def _without_periods(text: str) -> str:
    for period in reversed(find_periods(text)):
        text = text[: period.start] + text[period.end :]
    return " ".join(re.sub(r"\b(?:trong|vào|tính đến|đến|trong vào)\s*$", "", text).split())


def _bare_name(rest: str) -> str:
    """The new question's only content, when that is a name: "còn Sông Công?"."""
    stripped = re.sub(
        r"^(?:ở|tại|của|o|tai|cua|tp|TP|thành phố|tỉnh|huyện|riêng)\s+", "", _TAIL.sub("", rest).strip()
    )
    words = stripped.split()
    if not 1 <= len(words) <= 4 or _ASKING.search(f" {stripped}"):
        return ""
    return _TAIL.sub("", rest).strip()


def _swap_pair(previous: str, rest: str) -> str:
    """The previous question with its "thu" made "chi", when that is all the new one says; "" otherwise."""
    said = _TAIL.sub("", rest).strip().lower()
    for pair in _PAIRS:
        for old, new in (pair, pair[::-1]):
            found = re.search(rf"\b{old}\b", previous, re.IGNORECASE)
            if said == new and found:
                return previous[: found.start()] + new + previous[found.end() :]
    return ""


_PAIRS = (
    ("thu", "chi"), ("xuất khẩu", "nhập khẩu"), ("nam", "nữ"), ("đỗ", "trượt"), ("thành thị", "nông thôn"),
    ("tăng", "giảm"), ("sinh", "tử"), ("cao nhất", "thấp nhất"), ("nhiều nhất", "ít nhất"), ("lớn nhất", "nhỏ nhất"),
    ("xuat khau", "nhap khau"), ("cao nhat", "thap nhat"), ("nhieu nhat", "it nhat"),
)  # fmt: skip
"""Words of which a follow-up puts one in the place of the other."""


def _asking_name(rest: str) -> str:
    """The name that opens a question of nothing else but asking words: "TPHCM đứng thứ mấy"."""
    found = _OPENING_NAME.match(rest)
    if found is None or not all(word in _FILLER | _PREDICATES for word in fold(rest[found.end() :]).split()):
        return ""
    return found.group()


_OPENING_NAME = re.compile(rf"[{UPPER}][\w.]*(?:[ ][{UPPER}]\w*)*")
_PREDICATES = frozenset("dung xep thu hang tong cong khoang het duoi tren".split())


def _is_name(text: str) -> bool:
    """Whether a follow-up's only words can be a name: not when they begin with a common noun."""
    return any(map(str.isupper, text)) or fold(text).split()[0] not in _COMMON


_COMMON = frozenset(
    "he so ty ti cap loai nhom khoi lop nganh phan muc thu chi nu nam linh cong nong dich xuat nhap".split()
)


def _swap_name(previous: str, name: str) -> str:
    bare = re.sub(r"^(?:ở|tại|của|o|tai|cua)\s+", "", name)
    start, end = _replaced(previous, bare)
    return previous[:start] + bare + previous[end:] if end else f"{previous} {name}"


def _replaced(previous: str, name: str) -> Span:
    """Where the name stands that a new one replaces: a place's for a place; (0, 0) when there is none."""
    if name in BARE_NAMES or mentions(name):
        for mention in reversed(mentions(previous)):
            if mention.place.name:
                named = previous[: mention.end].endswith(mention.place.name)
                return (mention.end - len(mention.place.name) if named else mention.start), mention.end
    found = list(_NAME.finditer(previous))
    if found:
        return found[-1].span()
    place = _AFTER_OF.search(fold(previous))
    return place.span("name") if place else (0, 0)


def _place_of(previous: str) -> str:
    names = list(_NAME.finditer(previous))
    if names:
        return "ở " + names[-1].group()
    place = _AFTER_OF.search(fold(previous))
    return "ở " + previous[place.start("name") : place.end("name")] if place else ""


def _subject_of(previous: str) -> str:
    subject = _ASKING.sub("", previous.rstrip(" ?.!")).strip()
    return re.sub(r"^(?:là|la)\s+|\s+(?:là|la)$", "", subject)


def _replace(text: str, folded: str, pattern: re.Pattern[str], by: str) -> str:
    match = pattern.search(folded)
    if match is None:
        return text
    return " ".join((text[: match.start()] + by + text[match.end() :]).split())
