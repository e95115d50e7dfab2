"""What is known after a question of a conversation, and what the next one is said of."""

from __future__ import annotations

from dataclasses import dataclass

from index.numbers import Grammar
from qa import antecedent
from qa.antecedent import asking, find, without_asking
from qa.kinds import kind_asked
from qa.leaning import ADVERB, PART, PREDICATE
from qa.slots import is_measure, told_periods


@dataclass(frozen=True, slots=True)
class Said:
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


def said_of(said: Said, phrase: str) -> str:
    """What a follow-up is said of: what was asked last, all that was told, whom it was about, or its subject alone."""
    counted = antecedent.is_counted(said.whole)
    if find(_BARE, phrase):
        last = _what_was_asked(said, phrase)
        if last != said.about or not counted:
            return last
    if of_part(phrase) or find(PREDICATE, phrase) or find(ADVERB, phrase):
        return said.about
    if find(_OWN_SUBJECT, phrase):
        return _place_and_time(said)
    if not _is_attribute(phrase):
        somebody = said.whom or antecedent.opening_person(said.about, personal=bool(find(_PERSONAL, phrase)))
        if somebody:
            return somebody
        if find(_OWN_CLAUSE, phrase) and not _has_object(said.whole):
            return subject(said)
    if counted:
        return said.about if _of_counted(said.whole, phrase) else subject(said)
    other = kind_asked(said.whole) in ("date", "place", "person") and said.about == without_asking(said.whole)
    return subject(said) if other else said.about


def subject(said: Said) -> str:
    """What the earlier question is about, with its place and time."""
    by = find(_BY_WHICH, said.whole)
    about = said.whole[: by.start()] if by else antecedent.topic(said.whole)
    where = antecedent.whereabouts(said.whole)
    told = f"{about} {where}".strip() if where not in about else about
    periods = [one.text for one in told_periods(said.whole) if one.text not in told]
    return " ".join([told, *periods])


def _place_and_time(said: Said) -> str:
    """The place and the time that the earlier question names."""
    places = [one.place.text for one in antecedent.placed(said.whole)][:1]
    return " ".join([*places, *(one.text for one in told_periods(said.whole))])


_OWN_SUBJECT = Grammar.of(
    r"^(?:(?:cuộc|buổi|phiên) họp|hội nghị|đại hội|kỳ họp|buổi lễ"
    r"|(?:toàn|cả) (?:đảng bộ|tỉnh|thành phố|huyện|quận|thị xã|xã|phường))"
    r" (?:\S+ ){0,3}?(?:có|bầu|diễn ra|khai mạc|bế mạc|do|họp|được|thu|chi|trồng)(?!\w)"
)
"""A gathering or a whole with a verb of its own: not what was asked about, though in the same place."""
_BARE = Grammar.of(
    r"^(?:vào |từ |lúc |là )?(?:phút |giây |giờ |ngày |tháng |năm |lần |hôm )?(?:thứ )?"
    r"(?:mấy|nào|khi nào|bao giờ|bao lâu|ở đâu|vì sao|tại sao|do đâu|sao lại vậy)(?: tháng mấy)?$"
    r"|^(?:về|với|cho|bằng|vì|từ|vào|tại|ở|do) (?:\S+ ){0,2}(?:gì|nào|ai|đâu|mấy)$"
    r"|^(?:do )?ai (?:nói|công bố|cho biết|khẳng định|kết luận|xác nhận|thông báo|phê duyệt)(?: (?:thế|vậy|điều)(?: đó| này)?)?$"
)
"""Only when, where, why, of what or by whom: it asks of what was asked last."""
_BY_WHICH = Grammar.of(r"(?<=\S) do (?:\S+ ){0,3}nào(?!\w).*$")
"""Which one did it, of what is asked about: "do công ty nào thiết kế"."""
_CHANGED = Grammar.of(
    r"(?<!\w)(?P<change>tăng|giảm) (?:được |thêm )?(?:bao nhiêu|bn|mấy)(?: phần trăm| %)?(?!\w)"
)


def _what_was_asked(said: Said, phrase: str) -> str:
    """The earlier question with the predicate of which a bare "khi nào" or "vì sao" asks."""
    whole = said.whole
    changed = find(_CHANGED, whole) if kind_asked(phrase) in ("reason", "date") else None
    if changed:
        return f"{whole[: changed.end('change')]}{whole[changed.end() :]}".strip()
    last = without_asking(whole)
    hanging = find(_HANGING, last)
    return last[: hanging.start()] if hanging else last


_HANGING = Grammar.of(r"(?: (?:đến|tới|từ|vào|lúc|do|ở|tại|với|cho|riêng|vì))+$")
"""What led to the words that asked."""
_PERSONAL = Grammar.of(
    r"^(?:bị|phải|lãnh|lừa|sống|quê|sinh|học|làm nghề|nặng|cao|cưới|lấy (?:vợ|chồng)|chia tay|ly hôn|qua đời|mất năm"
    r"|(?:bao nhiêu|mấy) tuổi|có (?:vợ|chồng|con))(?!\w)"
)
"""What only a person does or is."""
_OWN_CLAUSE = Grammar.of(
    r"^(?:(?:có )?(?:bao nhiêu|mấy) \S+ \S+ |.+ là ai$"
    r"|(?:được|bị|do|phải|chiếu|phát sóng|bán ra|tuyển|rơi|hoạt động|áp dụng)(?!\w))"
)
"""What has a subject or a verb of its own, so that the verb of the earlier question is not meant."""


def _has_object(whole: str) -> bool:
    """Whether a question asks how much of something, which the next may be about: "trồng bao nhiêu ha lúa"."""
    span = asking(whole)
    after = whole[span[1] :].strip(" ?.!") if span else ""
    return bool(after) and find(_PEOPLE, after) is None


_PEOPLE = Grammar.of(r"^(?:người|em|trẻ em|nạn nhân|học sinh|tiền|đồng|lần|tuổi|năm|tháng|ngày|vàng)(?!\w)")


def _is_attribute(phrase: str) -> bool:
    """Whether a follow-up asks of the thing that was asked about, not of who does something with it: its worth."""
    return is_measure(phrase) or find(_WORTH, phrase) is not None


_WORTH = Grammar.of(
    r"^(?:trị giá|giá|gồm|bao gồm|loại|thuộc|của|về|với|cho|từ|bằng|vì|do|ở|tại|trong|vào)(?!\w)"
)


def _of_counted(whole: str, phrase: str) -> bool:
    """Whether it asks of what was counted: its capital, who has most, where and who they are when nothing meets there."""
    most = find(_MOST, phrase)
    return (
        is_measure(phrase)
        or most is not None
        or (find(_WHERE, phrase) is not None and find(_MEETS, whole) is None)
    )


_MOST = Grammar.of(r"(?<!\w)(?:nhiều|ít|cao|thấp|lớn|nhỏ|đông|dài|xa|gần) nhất(?!\w)")
_WHERE = Grammar.of(r"^(?:nằm |là )?(?:ở (?:những )?đâu|những ai|là ai|là gì|những gì)$")
_MEETS = Grammar.of(
    r"^(?:đại hội|hội nghị|hội thảo|cuộc|buổi|lễ|trận|giải|kỳ|phiên|chương trình|sự kiện)(?!\w)"
)


def of_part(phrase: str) -> bool:
    """Whether it asks for a part, or for a comparison."""
    return find(PART, phrase) is not None or find(_COMPARES, phrase) is not None


_COMPARES = Grammar.of(r"(?<!\w)so (?:với|cùng)(?!\w)")
