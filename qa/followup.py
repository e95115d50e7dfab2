"""An elliptic question made whole from the earlier ones: slots are replaced, the subject is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.numbers import Grammar
from index.vietnamese import UPPER, fold, has_diacritics, to_nfc
from qa.antecedent import asking, find, names, without_asking
from qa.kinds import kind_asked
from qa.leaning import (
    OPENING,
    PART,
    TAIL,
    leans,
    own_words,
    without_chat_words,
)
from qa.pronouns import Who, by_pronoun, nobody
from qa.said import Said, of_part, said_of, subject
from qa.script import as_in, mixes, without_diacritics, written_like
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


def make_whole(text: str, history: Sequence[Turn] = (), *, written: bool = False, who: Who = nobody) -> str:
    """The question with what it leaves out taken from the questions before it.

    Args:
        text: as typed.
        history: what was asked before, oldest first.
        written: all of them have the diacritics that they can get; else the whole may lose them.
        who: names the person who answers an earlier question, when "ông ấy" stands for that answer.

    >>> make_whole("còn năm 2025 thì sao?", ["thu ngân sách năm 2020 của thành phố A là bao nhiêu"])
    'thu ngân sách năm 2025 của thành phố A là bao nhiêu'
    >>> make_whole("Dân số tỉnh B năm 2024 là bao nhiêu người?", ["thu ngân sách năm 2020"])
    'Dân số tỉnh B năm 2024 là bao nhiêu người?'
    """
    said = Said("", "")
    for turn in history:
        said = _after(said, to_nfc(asked_in(turn)), written, who)
    return _after(said, to_nfc(text), written, who).whole


def asked_in(turn: Turn) -> str:
    """The question of a turn."""
    return turn if isinstance(turn, str) else turn[0]


def _after(said: Said, text: str, written: bool, who: Who) -> Said:
    text = " ".join(text.split())
    text = _corrected(text) if said.whole else text
    bare = without_chat_words(text)
    if not said.whole or not leans(bare, said.whole):
        return Said(text, without_asking(text))
    text = bare if written else as_in(said.whole, bare)
    if not written and mixes(said.whole, text):
        said = Said(*map(without_diacritics, (said.whole, said.about, said.whom, said.part)))
    return by_pronoun(said, text, who) or _merged(said, text)


_CORRECTION = Grammar.of(
    r"^(?:(?:à|ừ|ý|ơ)[ ,]+)?(?:(?:không|ko|hông|nhầm|sai|nhầm rồi|không phải)(?: phải)?[ ,.]+)?"
    r"(?:(?:ý|í) (?:tôi|mình|em|tớ)(?: hỏi)?(?: là)?|(?:tôi|mình|em)(?: muốn)? hỏi(?: là| về)?)[ ,:]+(?=\S)"
    r"|^nhầm(?: rồi)?[ ,]+(?=\S)|^không phải(?: [^,?]{1,30})?, *(?=\S)|^không[ ,]+(?=\S+(?: \S+){0,4} cơ[ ?.!]*$)"
)
_RATHER = Grammar.of(r" cơ(?: mà)?(?= *[?.!]*$)")
_MOST_CORRECTED = 6
"""Words of a correction that only exchanges something of the earlier question."""


def _corrected(text: str) -> str:
    """A correction as the follow-up that it is: "không, ý tôi là Sông Công" asks "còn Sông Công?"."""
    correction = find(_CORRECTION, text)
    if correction is None:
        return text
    rest = text[correction.end() :]
    rather = find(_RATHER, rest)
    rest = (rest[: rather.start()] + rest[rather.end() :] if rather else rest).strip(" ?.!")
    if len(rest.split()) > _MOST_CORRECTED:
        return rest
    return f"{written_like(text, 'còn')} {rest}?"


# --- slots and measures -----------------------------------------------------------------------------------------


def _merged(said: Said, text: str) -> Said:
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
        return _of_measure(said) if asking(phrase) and not find(_CHANGE_ASKED, phrase) else said
    if find(_PLANNED, phrase):
        said = _of_measure(said)
    phrase = _with_change(phrase)
    noun = _unasked(phrase)
    another = _other_measure(said, phrase) or (_other_part(said, phrase) if opening else None)
    if another:
        return another
    if not _asks(phrase) and is_measure(phrase) and kind_asked(said.whole) != "number":
        phrase = f"{phrase} {written_like(phrase + said.whole, 'là bao nhiêu')}"
        noun = phrase if not swap_word(said.whole, noun) else noun
    swapped = "" if asking(noun) or of_part(phrase) else swap_word(said.whole, noun)
    if swapped or not _asks(phrase):
        whole = swapped or insert(said.whole, phrase)
        return Said(whole, without_asking(whole))
    part = find(PART, phrase)
    phrase = phrase[:1].lower() + phrase[1:] if part else phrase
    lead = "" if part or not opening else said.part
    about = said_of(said, phrase)
    return replace(
        said,
        whole=" ".join(f"{about} {lead} {phrase}".split()),
        part=phrase[: part.end()].strip() if part else lead,
    )


_PLANNED = Grammar.of(r"^(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu)$")
_CHANGE_ASKED = Grammar.of(r"(?:^|(?<!\w))(?:tăng|giảm|vượt|gấp|đạt (?:bao nhiêu|mấy) (?:phần trăm|%))(?!\w)")
_UP_OR_DOWN = Grammar.of(r"^(?:tăng hay giảm|giảm hay tăng)$")
_COMPARED = Grammar.of(r"^so với (?:cùng kỳ|năm)(?!\w)")


def _of_measure(said: Said) -> Said:
    """What was asked before the change was: "kế hoạch năm 2024 thì sao?" behind "tăng mấy phần trăm?" asks for the amount."""
    span = asking(said.whole)
    if span is None or not find(_CHANGE_ASKED, said.whole[slice(*span)]):
        return said
    return replace(said, whole=f"{said.about} {written_like(said.about, 'là bao nhiêu')}")


def _with_change(phrase: str) -> str:
    """How much something has changed, where only that it has or since when is said: "so với cùng kỳ?", "tăng hay giảm?"."""
    if find(_UP_OR_DOWN, phrase):
        return f"{phrase} {written_like(phrase, 'bao nhiêu')}"
    if _asks(phrase) or not find(_COMPARED, phrase):
        return phrase
    return f"{written_like(phrase, 'tăng hay giảm bao nhiêu')} {phrase}"


def _other_measure(said: Said, phrase: str) -> Said | None:
    """A measure of what is counted or has what is counted; None when the follow-up is anything else."""
    other = is_measure(phrase) and not _asks(phrase) and not swap_word(said.whole, phrase)
    of = _of_which(said) if other else ""
    whole = f"{of} {phrase} {written_like(phrase + said.whole, 'là bao nhiêu')}"
    return Said(whole, without_asking(whole)) if of else None


def _other_part(said: Said, phrase: str) -> Said | None:
    """Another part of what a part was asked of: "còn nuôi trồng?" behind "trong đó khai thác bao nhiêu?"."""
    if not said.part or _asks(phrase) or is_measure(phrase):
        return None
    how_many = written_like(phrase + said.whole, "bao nhiêu")
    return replace(said, whole=f"{said.about} {said.part} {phrase} {how_many}")


def _of_which(said: Said) -> str:
    """Of what another measure is asked: the same thing behind "bao nhiêu ha lúa", its owner behind "bao nhiêu hộ", else ""."""
    span = asking(said.whole)
    if span is None or kind_asked(said.whole) != "number" or not said.whole[span[1] :].strip():
        return ""
    return said.about if find(_IN_UNITS, said.whole[slice(*span)]) else subject(said)


_IN_UNITS = Grammar.of(r"(?:bao nhiêu|bn|mấy) \S")


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


def _fill_periods(said: Said, core: str) -> tuple[Said, str]:
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


def _fill_names(said: Said, core: str, opened: bool) -> tuple[Said, str]:
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


def _says_nothing_new(said: Said, phrase: str) -> bool:
    """Whether a follow-up only asks again what the earlier question asks."""
    own, known = own_words(phrase), set(fold(said.whole).split())
    if not set(own) <= known | _SAME or names_measure(phrase, said.whole) or of_part(phrase):
        return False
    if not _asks(phrase) and fold(phrase) not in fold(said.whole) and swap_word(said.whole, phrase):
        return False
    if _counts_another(said.whole, phrase):
        return False
    if not set(re.findall(r"\d+", phrase)) <= set(re.findall(r"\d+", said.whole)):
        return False
    return asking(phrase) is None or kind_asked(phrase) == kind_asked(said.whole)


def _counts_another(whole: str, phrase: str) -> bool:
    """Whether so many per cent are asked for and were not before, or so many of another thing."""
    if asking(phrase) and find(_PER_CENT, phrase) and not find(_PER_CENT, whole):
        return True
    counted, before = find(_COUNT, phrase), find(_COUNT, whole)
    return counted is not None and (before is None or fold(before["noun"]) != fold(counted["noun"]))


_PER_CENT = Grammar.of(r"(?<!\w)phần trăm(?!\w)|%")
_COUNT = Grammar.of(
    r"(?<!\w)(?:bao nhiêu|mấy) (?!phần trăm|%|tiền|tỷ|tỉ|triệu|năm|tháng|lần)(?P<noun>[^\W\d_]+)"
)
_HOW_MUCH = Grammar.of(
    r"^(?:là |đạt |được |còn |hết |thì |khoảng )*(?:bao nhiêu|bn|mấy|sao)(?: tiền| phần trăm| %| người)?$"
)
_SAME = frozenset("dung xep thu hang gia".split())
"""Words that ask for a rank or a price beside what the earlier question says of it."""
