"""Whether what is said fits what is asked: units, grain of time, periods, offices."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import lru_cache

from index.abbreviations import expand
from index.periods import compatible
from index.places import Place, mentions, name_words
from index.types import Period
from index.units import kind_of
from index.vietnamese import fold
from qa.kinds import ADDRESS
from qa.question import Question

_PEOPLE = frozenset(
    (
        "người|em|cháu|học sinh|đại biểu|đồng chí|lao động|công nhân|sinh viên|giáo viên|cán bộ|ủy viên|đảng viên|hội viên|"
        "đoàn viên|thành viên|bệnh nhân|nạn nhân|thí sinh|hành khách|du khách|khách|chiến sĩ|cử tri|nhân viên|trẻ|cụ|"
        "vận động viên|công dân|nông dân|phạm nhân|bị can|"
        "khán giả|xác|thi thể|mạng|bị cáo|tử tù|bác sĩ|nhà báo|nghệ nhân|thanh niên|nhân khẩu"
    ).split("|")
)
"""Units that count people: who asks for "người" is told any of them."""
_ANYBODY = frozenset({"người", "em", "cháu", "đồng chí"})
"""Units that count people whatever they are: who asks for "học sinh" is told "47 em"."""
_CLASSIFIERS = frozenset(
    "cái|chiếc|con|chú|bản|cuốn|quyển|tấm|bức|căn|ngôi|ca|vụ|trường hợp|đơn vị".split("|")
)
"""Words that stand for whatever is counted: who asks for boats is told "42 chiếc"."""
_MONEY = frozenset({"đồng", "usd"})
"""What a question for an amount of money without a currency asks for."""
_PER = re.compile(
    r"binh quan|trung binh|\bmoi\b|\bmot (?:nguoi|nam|thang|ngay)|dau nguoi|\bgia\b|\bmuc\b|\bluong\b|\bphi\b|\blai\b"
    r"|toc do|nang suat|don gia|thu nhap|/"
    r"|tren (?:(?:1 |mot |moi )?(?:nguoi|thang|ngay|ha|m2|hecta|sao|mau|cong))"
    r"|(?:1|mot) (?:ha|hecta|sao|mau|met vuong|m2|kg|ky|lit)\b|hang (?:nam|thang)|tien cong|\bthue\b"
    r"|tro cap|ho tro"
)
_BODIES = (
    "uy ban nhan dan", "hoi dong nhan dan", "tinh uy", "thanh uy", "huyen uy", "quan uy", "dang uy", "cong doan", "mat tran",
    "doan thanh nien", "hoi phu nu", "hoi nong dan", "cuu chien binh", "cong an", "vien kiem sat", "toa an", "cuc thue",
    "hai quan", "hoi dong quan tri",
)  # fmt: skip
"""Bodies whose head is asked for by the body's name."""


_HOUR = re.compile(r"\d ?(?:h|g|giờ|:)(?![a-zà-ỹđ])", re.IGNORECASE)


def period_fits(asked: Sequence[Period], said: Period) -> bool | None:
    """True when the period answers for one that is asked, False when for none, None when it is open."""
    values = [compatible(period, said) for period in asked]
    if any(value is True for value in values):
        return True
    return False if all(value is False for value in values) else None


def unit_fits(asked: frozenset[str], unit: str) -> bool:
    """Equal, or one is the other with more said: "lượt" and "lượt khách", "đồng" and "đồng/kg"; people are people.

    >>> [unit_fits(frozenset({noun}), "chiếc") for noun in ("thuyền", "người", "đồng")]
    [True, False, False]
    >>> [unit_fits(frozenset({noun}), "em") for noun in ("học sinh", "trẻ", "dự án")]
    [True, False, False]
    """
    if "người" in asked and unit in _PEOPLE:
        return True
    if unit in _ANYBODY and asked & (_PEOPLE | {"phụ nữ"}) - _ANYBODY - {"trẻ"}:
        return True
    if asked == _MONEY and kind_of(unit) == "money":
        return True
    if (
        unit in _CLASSIFIERS
        and asked
        and all(kind_of(noun) == "noun" and noun not in _PEOPLE for noun in asked)
    ):
        return True
    return any(
        unit == wanted
        or unit.startswith((f"{wanted} ", f"{wanted}/"))
        or (unit and wanted.startswith(f"{unit} "))
        for wanted in asked
    )


def unit_class(unit: str) -> str:
    """Percent, or the kind of the unit, that of what is counted for a rate."""
    return "%" if unit == "%" else kind_of(unit.split("/")[0])


def class_fits(asked: frozenset[str], unit: str) -> bool:
    """Whether a unit is of a kind that the question may mean: what is counted but no person may also be measured.

    >>> [class_fits(frozenset({noun}), "gb") for noun in ("dữ liệu", "người", "đồng")]
    [True, False, False]
    """
    said = unit_class(unit)
    things = any(unit_class(wanted) == "noun" and wanted not in _PEOPLE for wanted in asked)
    return said in map(unit_class, asked) or (things and said == "measure")


def written_out(word: str) -> list[str]:
    """The folded word, or what the unambiguous abbreviation stands for."""
    phrases = expand(fold(word))
    return phrases[0].split() if len(phrases) == 1 else [fold(word)]


def wanted_grain(question: Question) -> str:
    """The grain of the period that a question for a time names; "" for any."""
    for pattern, grain in (
        (r"may gio|gio (?:nao|may)|may h\b", "hour"),
        (r"ngay nao|ngay may|hom nao|ngay thang nam|\bngay\b", "day"),
        (r"nam nao|nam bao nhieu", "year"),
        (r"thang nao|thang may", "month"),
        (r"giai doan nao|nhiem ky nao|nien khoa nao", "years"),
        (r"quy nao|quy may", "quarter"),
    ):
        if re.search(pattern, question.folded):
            return grain
    return ""


def grain_of(period: Period) -> str:
    """The period's grain, "hour" when the time of day is told.

    >>> from index.periods import find_periods
    >>> grain_of(find_periods("ngày 30-12-2020")[0])
    'day'
    """
    return "hour" if _HOUR.search(period.text) else period.grain


def rate_unasked(question: Question, unit: str) -> bool:
    """Whether the unit is a rate ("đồng/người/năm") and the question asks for a whole.

    >>> from qa.question import understand
    >>> rate_unasked(understand("thu ngân sách là bao nhiêu"), "đồng/người/năm")
    True
    >>> rate_unasked(understand("thu nhập bình quân là bao nhiêu"), "đồng/người/năm")
    False
    """
    return "/" in unit and _PER.search(question.folded) is None


def address_wanted(question: Question) -> float:
    """How much a postal address is what is asked for: 2 when the question says so, 1 when it may be, else 0.

    >>> from qa.question import understand
    >>> [address_wanted(understand(text)) for text in ("địa chỉ UBND xã", "chợ nằm ở đâu", "ai là chủ tịch")]
    [2.0, 1.0, 0.0]
    """
    if re.search(ADDRESS + r"|\bo duong nao\b", question.folded):
        return 2.0
    return 1.0 if re.search(r"o dau|cho nao", question.folded) else 0.0


def elsewhere(asked: Sequence[Place], sentence: str, around: str) -> bool:
    """Whether a sentence is of other provinces, cities or countries than those that are asked about.

    What the sentence names decides; where it names none, what stands around it.

    >>> from index.places import Place
    >>> asked = [Place("", "Đồng Nai")]
    >>> elsewhere(asked, "Trường ở Cần Thơ có 35 học sinh.", "")
    True
    >>> elsewhere(asked, "Trường có 35 học sinh.", "Tỉnh Đồng Nai tuyển học sinh, hơn Cần Thơ")
    False
    >>> elsewhere([Place("", "Việt Nam")], "Trường ở Cần Thơ có 35 học sinh.", "")
    False
    """
    asked = [place for place in asked if fold(place.name) not in _EVERYWHERE]
    said = " ".join(re.findall(r"\w+", fold(sentence)))
    if not asked or any(" ".join(name_words(place.name)) in said for place in asked):
        return False
    for room in (sentence, around):
        told = _wide_places(room)
        if told:
            return not any(place.matches(other) for place in asked for other in told)
    return False


_EVERYWHERE = frozenset(["viet nam", "ca nuoc", "the gioi"])
"""Names that an article about the country need not say."""


def places_absent(question: str, said: frozenset[str]) -> float:
    """The share of the places named in a question that an article names nowhere, in [0, 1]; 0 when it names none.

    Args:
        question: NFC text.
        said: the folded words of the article, and the pairs of neighbours "a_b".

    >>> said = frozenset("thanh pho an hoa an_hoa cu tri".split())
    >>> [places_absent(text, said) for text in ("cử tri thành phố An Lạc", "cử tri thành phố An Hòa", "cử tri đi bầu")]
    [1.0, 0.0, 0.0]
    """
    names = {one.place.name for one in mentions(question) if fold(one.place.name) not in _EVERYWHERE}
    asked = [name_words(name) for name in sorted(names) if name]
    absent = [name for name in asked if not _named(name, said)]
    return len(absent) / len(asked) if asked else 0.0


def _named(name: Sequence[str], said: frozenset[str]) -> bool:
    pairs = [f"{a}_{b}" for a, b in itertools.pairwise(name)]
    return all(word in said for word in pairs or name)


_WIDE = ("", "tỉnh", "thành phố")


@lru_cache(maxsize=1024)
def _wide_places(text: str) -> tuple[Place, ...]:
    """The provinces, cities and countries that a text names."""
    return tuple(one.place for one in mentions(text) if one.place.name and one.place.type in _WIDE)


def bodies_absent(question: Question, words: Sequence[str]) -> bool:
    """Whether a body whose head the question asks for is not named among the folded words.

    >>> from qa.question import understand
    >>> asked = understand("chủ tịch UBND tỉnh là ai")
    >>> bodies_absent(asked, "chu tich cong doan tinh".split())
    True
    >>> bodies_absent(asked, "chu tich uy ban nhan dan tinh".split())
    False
    """
    asked, said = _asked_text(question), " ".join(words)
    return any(body in asked and body not in said for body in _BODIES)


def other_body(question: Question, before: Sequence[str]) -> bool:
    """Whether the folded words before a name end with a body, with its place, that is none of those asked about.

    >>> from qa.question import understand
    >>> asked = understand("bí thư thành ủy là ai")
    >>> [other_body(asked, text.split()) for text in ("bi thu tinh uy an binh", "bi thu thanh uy", "tinh uy vua hop do ong")]
    [True, False, False]
    """
    asked, said = _asked_text(question), " ".join(before)
    if not any(body in asked for body in _BODIES):
        return False
    found = [(said.rfind(body) + len(body), body) for body in _BODIES if body in said]
    end, body = max(found, default=(0, ""))
    return bool(body) and body not in asked and len(said[end:].split()) <= MOST_PLACE_WORDS


def takes_office(question: Question, after: Sequence[str]) -> bool:
    """Whether the folded words behind a name give its bearer the office, of the body, that the question asks for.

    >>> from qa.question import understand
    >>> asked = understand("chủ tịch UBND tỉnh là ai")
    >>> texts = ("duoc bau lam chu tich uy ban nhan dan tinh", "tiep chu tich uy ban nhan dan tinh")
    >>> [takes_office(asked, text.split()) for text in texts]
    [True, False]
    """
    asked, said = _asked_text(question), " ".join(after)
    heads = [f"{' '.join(asked.split(body)[0].split()[-2:])} {body}" for body in _BODIES if body in asked]
    return any(
        re.search(rf"\b(?:lam|giu|chuc|vu|danh|cu|nhan|nhiem) {re.escape(head)}\b", said) for head in heads
    )


MOST_PLACE_WORDS = 3
"""Words of a place's name between a body and the name of its head."""


def _asked_text(question: Question) -> str:
    return " ".join(part for word in re.findall(r"\w+", question.folded) for part in written_out(word))
