"""An elliptic question made whole from the earlier ones: slots are replaced, the subject is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.numbers import Grammar
from index.vietnamese import UPPER, fold, has_diacritics, to_nfc
from qa import antecedent
from qa.antecedent import asking, find, names, without_asking
from qa.kinds import kind_asked
from qa.leaning import (
    ADVERB,
    HERE,
    OPENING,
    PART,
    PREDICATE,
    TAIL,
    THIS,
    TITLE,
    leans,
    own_words,
    pronoun_of,
    without_chat_words,
)
from qa.script import as_in, mixes, without_diacritics
from qa.slots import (
    fill_name,
    fill_period,
    insert,
    is_measure,
    names_measure,
    span_of,
    split_preposition,
    swap_word,
    told_periods,
    without_years,
)

Turn = str | tuple[str, str]
"""An earlier question, or the question with the answer that was given."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known after a question.

    Attributes:
        whole: the question made whole.
        about: the same without what it asks; a new measure is added to it.
        whom: whom a pronoun meant; "" when none was used.
        part: "trong đó" when the question asked for a part of what it is about.
    """

    whole: str
    about: str
    whom: str = ""
    part: str = ""


def make_whole(text: str, history: Sequence[Turn] = (), *, written: bool = False) -> str:
    """The question with what it leaves out taken from the questions before it.

    ``written`` says that all of them have the diacritics that they can get; else the whole may lose them.

    >>> make_whole("còn năm 2025 thì sao?", ["thu ngân sách năm 2020 của thành phố A là bao nhiêu"])
    'thu ngân sách năm 2025 của thành phố A là bao nhiêu'
    >>> make_whole("Dân số tỉnh B năm 2024 là bao nhiêu người?", ["thu ngân sách năm 2020"])
    'Dân số tỉnh B năm 2024 là bao nhiêu người?'
    """
    said = _Said("", "")
    for turn in history:
        said = _after(said, to_nfc(asked_in(turn)), written)
    return _after(said, to_nfc(text), written).whole


def asked_in(turn: Turn) -> str:
    """The question of a turn."""
    return turn if isinstance(turn, str) else turn[0]


def _after(said: _Said, text: str, written: bool) -> _Said:
    text = " ".join(text.split())
    bare = without_chat_words(text)
    if not said.whole or not leans(bare, said.whole):
        return _Said(text, without_asking(text))
    text = bare if written else as_in(said.whole, bare)
    if not written and mixes(said.whole, text):
        said = _Said(*map(without_diacritics, (said.whole, said.about, said.whom, said.part)))
    return _by_pronoun(said, text) or _merged(said, text)


# --- pronouns ---------------------------------------------------------------------------------------------------


def _by_pronoun(said: _Said, text: str) -> _Said | None:
    """The question with what its pronoun stands for; None when it has none."""
    opening = find(OPENING, text)
    text = text[opening.end() :] if opening else text
    here, this, pronoun = (
        find(HERE, text),
        find(THIS, text),
        pronoun_of(text, said.whole) or _title(said, text),
    )
    if here:
        where, at = antecedent.place(said.whole), "ở" if has_diacritics(text) else "o"
        return _put(said, text, here, f"{at} {where}" if where else "", "")
    if this:
        return _by_this(said, text, this)
    if pronoun is None:
        return None
    they = fold(pronoun.group()) in ("ho", "no", "chung")
    whom = said.whom or (antecedent.they if they else antecedent.person)(said.whole)
    return _put(said, text, pronoun, f"{whom} " if pronoun.group().endswith(" ") else whom, whom)


def _title(said: _Said, text: str) -> re.Match[str] | None:
    return TITLE.match(text) if said.whom else None


def _put(said: _Said, text: str, match: re.Match[str], by: str, whom: str) -> _Said:
    whole = " ".join(f"{text[: match.start()]}{by}{text[match.end() :]}".split())
    return _Said(whole, without_asking(whole), whom)


def _by_this(said: _Said, text: str, this: re.Match[str]) -> _Said:
    phrase = _noun_phrase(said, this["noun"])
    if phrase:
        return _put(said, text, this, phrase, "")
    whole = f"{said.about} {text[: this.end('noun')]}{text[this.end() :]}"
    return _Said(whole, without_asking(whole))


def _noun_phrase(said: _Said, noun: str) -> str:
    """What "cuộc họp ấy" is: the phrase of that noun in the earlier question, or whom it is of; "" when it has none."""
    area = antecedent.place(said.whole, noun) if noun in _AREAS else ""
    if area:
        return area
    about = antecedent.topic(said.whole)
    at = re.search(rf"(?<!\w){noun}(?!\w)", about.lower())
    return about[at.start() :] if at else said.whom


_AREAS = frozenset(
    "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|nước|tinh|thanh pho|huyen|quan|thi xa|xa|phuong|nuoc".split(
        "|"
    )
)


# --- slots and measures -----------------------------------------------------------------------------------------


def _merged(said: _Said, text: str) -> _Said:
    """The earlier question with the slots filled anew that the new one fills, and with what it asks beyond."""
    opening = find(OPENING, text)
    core = text[opening.end() :].rstrip(" ?.!") if opening else text.rstrip(" ?.!")
    said = replace(said, whole=said.whole.rstrip(" ?.!"))
    if find(_OF_YEARS, core):
        said = replace(said, whole=without_years(said.whole), about=without_years(said.about))
    said, core = _fill_periods(said, core)
    said, core = _fill_names(said, core, opening is not None)
    then = find(_THEN, core)
    core = core[then.end() :] if then else core
    phrase = core[: tail.start()] if (tail := find(TAIL, core)) else core
    if _says_nothing_new(said, phrase):
        return said
    noun = _unasked(phrase)
    if not _asks(phrase) and is_measure(phrase) and kind_asked(said.whole) != "number":
        phrase = f"{phrase} {'là bao nhiêu' if has_diacritics(phrase + said.whole) else 'la bao nhieu'}"
        noun = phrase if not swap_word(said.whole, noun) else noun
    swapped = "" if asking(noun) or _of_part(phrase) else swap_word(said.whole, noun)
    if swapped or not _asks(phrase):
        whole = swapped or insert(said.whole, phrase)
        return _Said(whole, without_asking(whole))
    part = find(PART, phrase)
    phrase = phrase[:1].lower() + phrase[1:] if part else phrase
    lead = "" if part or not opening else said.part
    about = _about(said, phrase)
    return replace(
        said,
        whole=" ".join(f"{about} {lead} {phrase}".split()),
        part=phrase[: part.end()].strip() if part else lead,
    )


def _asks(phrase: str) -> bool:
    """Whether a phrase asks something, whether or not included."""
    return asking(phrase) is not None or find(_WHETHER, phrase) is not None


_WHETHER = Grammar.of(r"(?<=\S) (?:không|ko|hông|chưa|chăng|hay không)$")


def _unasked(phrase: str) -> str:
    """A phrase that only asks how much of it there is, without that; as it is when it asks more."""
    span = asking(phrase)
    bare = span is not None and (find(_HOW_MUCH, phrase[span[0] :]) or find(_WHO, phrase[span[0] :]))
    if not (span and bare):
        return phrase
    noun = phrase[: span[0]].strip()
    as_for = find(_AS_FOR, noun)
    return noun[: as_for.start()] if as_for else noun


_WHO = Grammar.of(r"^là ai$")
_AS_FOR = Grammar.of(r" +thì$")
_THEN = Grammar.of(r"^ *(?:thì|đó|ấy)(?: +|$)")


def _fill_periods(said: _Said, core: str) -> tuple[_Said, str]:
    found = told_periods(core)
    if not found or find(PART, core):
        return said, core
    start, end = span_of(core, found[-1])
    new = core[start:end]
    filled = replace(said, whole=fill_period(said.whole, new), about=fill_period(said.about, new))
    return filled, " ".join(_without_that(core[:start], core[end:]).split())


def _without_that(before: str, after: str) -> str:
    that = find(_THEN, after)
    return f"{before} {after[that.end() :] if that else after}"


def _fill_names(said: _Said, core: str, opened: bool) -> tuple[_Said, str]:
    new, typed, rest = _named(core, opened, said.whole)
    if not new:
        return said, core
    return replace(
        said, whole=fill_name(said.whole, new, typed), about=fill_name(said.about, new, typed)
    ), rest


_OF_YEARS = Grammar.of(
    r"(?<!\w)(?:(?:mỗi|hàng|hằng|bình quân|trung bình|bình quân một|trung bình một) năm|(?:tổng cộng|tính chung|cả|gộp)(?: cả)? (?:\d+|hai|ba|bốn|mấy) năm)(?!\w)"
)
"""What is asked of several years."""


def _named(core: str, opened: bool, previous: str) -> tuple[str, str, str]:
    """The name a follow-up begins with as said, the name when it has no capitals, and what is left."""
    if find(PART, core):
        return "", "", core
    if _ABBREVIATION.fullmatch(core) and opened:
        return core, core, ""
    if not any(map(str.isupper, core)):
        return _typed_name(core, opened, previous)
    spans = names(f"- {core}")
    if not spans:
        return "", "", core
    start, end = (place - 2 for place in spans[0])
    before = split_preposition(core[:start])[1] if start else ""
    if len(before.split()) > 3 or asking(before):
        return "", "", core
    rest = core[end:].strip()
    if own_words(before) and not _is_head(before):
        return "", "", core
    return core[:end], "", rest


_ABBREVIATION = re.compile(rf"[{UPPER}][{UPPER}\d.&-]+")
"""A name in capitals, which is all that is said: "còn HAGL?"."""


def _is_head(before: str) -> bool:
    return find(_HEAD, before) is not None


_HEAD = Grammar.of(
    r"^(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|thôn|nước|công ty|tập đoàn|ngân hàng|trường|đại học|bệnh viện|nhà máy|dự án"
    r"|cầu|cảng|sân bay|khu công nghiệp|chợ|hồ|sông|ông|bà|anh|chị|cô|đồng chí|đội|câu lạc bộ|hãng|báo|đài|sở|tuyến|vùng|khu vực|bộ|cục|hội) *$"
)


def _typed_name(core: str, opened: bool, previous: str) -> tuple[str, str, str]:
    """The same of a name without capitals, which has two syllables and is all that is said."""
    phrase = core[: tail.start()] if (tail := find(TAIL, core)) else core
    bare = split_preposition(phrase)[1]
    head = find(_TYPED_KIND, bare)
    name = bare[head.end() :] if head else bare
    lowercase = not names(previous) or not has_diacritics(phrase)
    if not opened or asking(phrase) or len(name.split()) != 2 or not (lowercase or head):
        return "", "", core
    if swap_word(previous, bare) or fold(name).split()[0] in _COMMON:
        return "", "", core
    return phrase, name, ""


_TYPED_KIND = Grammar.of(r"^(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn) ")
_COMMON = frozenset(
    "he so ty ti cap loai nhom khoi lop nganh phan muc thu chi nu nam linh cong nong dich xuat nhap tong dien san nang".split()
)
"""First words of what is no name: "ngành dịch vụ"."""


def _says_nothing_new(said: _Said, phrase: str) -> bool:
    """Whether a follow-up only asks again what the earlier question asks."""
    own, known = own_words(phrase), set(fold(said.whole).split())
    if not set(own) <= known | _SAME or names_measure(phrase, said.whole) or _of_part(phrase):
        return False
    if not set(re.findall(r"\d+", phrase)) <= set(re.findall(r"\d+", said.whole)):
        return False
    return asking(phrase) is None or kind_asked(phrase) == kind_asked(said.whole)


_HOW_MUCH = Grammar.of(
    r"^(?:là |đạt |được |còn |hết |thì |khoảng )*(?:bao nhiêu|bn|mấy|sao)(?: tiền| phần trăm| %| người)?$"
)
_SAME = frozenset("dung xep thu hang gia".split())
"""Words that ask for a rank or a price beside what the earlier question says of it."""


def _of_part(phrase: str) -> bool:
    """Whether it asks for a part, or for a comparison."""
    return find(PART, phrase) is not None or find(_COMPARES, phrase) is not None


_COMPARES = Grammar.of(r"(?<!\w)so (?:với|cùng)(?!\w)")


def _about(said: _Said, phrase: str) -> str:
    """What is asked anew is said of: all that was told, or only the subject when that had something counted."""
    change = _of_part(phrase) or find(PREDICATE, phrase) or find(ADVERB, phrase)
    other = kind_asked(said.whole) in ("date", "place", "person") and said.about == without_asking(said.whole)
    if find(_BARE, phrase) and (last := _what_was_asked(said, phrase)):
        return last
    counted = antecedent.is_counted(said.whole)
    if change or not (other or counted) or (counted and _of_counted(said.whole, phrase)):
        return said.about
    by = find(_BY_WHICH, said.whole)
    subject = said.whole[: by.start()] if by else antecedent.topic(said.whole)
    where = antecedent.whereabouts(said.whole)
    told = f"{subject} {where}".strip() if where not in subject else subject
    periods = [one.text for one in told_periods(said.whole) if one.text not in told]
    return " ".join([told, *periods])


_BARE = Grammar.of(
    r"^(?:vào |từ |lúc |là )?(?:phút |giây |giờ |ngày |tháng |năm |lần |hôm )?(?:thứ )?"
    r"(?:mấy|nào|khi nào|bao giờ|bao lâu|ở đâu|vì sao|tại sao|do đâu|sao lại vậy)(?: tháng mấy)?$"
)
"""Only when, where or why: it asks of what was asked last."""
_BY_WHICH = Grammar.of(r"(?<=\S) do (?:\S+ ){0,3}nào(?!\w).*$")
"""Which one did it, of what is asked about: "do công ty nào thiết kế"."""
_CHANGED = Grammar.of(
    r"(?<!\w)(?P<change>tăng|giảm) (?:được |thêm )?(?:bao nhiêu|bn|mấy)(?: phần trăm| %)?(?!\w)"
)


def _what_was_asked(said: _Said, phrase: str) -> str:
    """The earlier question with the predicate of which a bare "khi nào" or "vì sao" asks; "" when it has none."""
    whole = said.whole
    changed = find(_CHANGED, whole) if kind_asked(phrase) == "reason" else None
    if changed:
        return f"{whole[: changed.end('change')]}{whole[changed.end() :]}".strip()
    last = without_asking(whole)
    return last if last != said.about else ""


def _of_counted(whole: str, phrase: str) -> bool:
    """Whether a follow-up asks of what was counted: its capital, or where and who they are when nothing meets there."""
    return is_measure(phrase) or (find(_WHERE, phrase) is not None and find(_MEETS, whole) is None)


_WHERE = Grammar.of(r"^(?:nằm |là )?(?:ở (?:những )?đâu|những ai|là ai|là gì|những gì)$")
_MEETS = Grammar.of(
    r"^(?:đại hội|hội nghị|hội thảo|cuộc|buổi|lễ|trận|giải|kỳ|phiên|chương trình|sự kiện)(?!\w)"
)
