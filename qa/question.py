"""What is asked: the kind of answer, its unit, the periods and the intent, by rules over folded text.

The rules read text without diacritics, so a question typed either way is understood the same; where folding
makes two words one ("mấy" and "máy"), the accented form decides whenever the question has diacritics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.periods import find_periods
from index.quantities import find_quantities
from index.types import Period, Quantity
from index.vietnamese import UPPER, fold, has_diacritics, to_nfc
from qa.kinds import HOW_MANY, Kind, disambiguated, kind_asked
from qa.shorthand import write_out
from qa.words import content_words, in_compound


@dataclass(frozen=True, slots=True)
class Question:
    """A question, understood.

    Attributes:
        text: NFC, made whole from the history.
        folded: the same without diacritics, of the same length.
        kind: what the answer is.
        words: the content words with their weight, see ``content_words``.
        topic: of these, the ones that neither name a period nor a unit of money or percent; those of a
            follow-up count more.
        units: the units the number may have, canonical; empty for any.
        noun: folded words that name what is counted or asked for: "dai bieu", "huyen"; "" for none.
        periods: the periods that are named.
        quantities: the numbers that are named, which are no answer.
        nature: "plan" or "actual" when the question says which; "" otherwise.
        change: asks by how much something rose or fell.
        share: asks what part of a plan or a whole it is.
    """

    text: str
    folded: str
    kind: Kind
    words: tuple[tuple[str, float], ...]
    topic: tuple[tuple[str, float], ...]
    units: frozenset[str]
    noun: str
    periods: tuple[Period, ...]
    quantities: tuple[Quantity, ...]
    nature: str
    change: bool
    share: bool


_UNITS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"\blai suat (?:la |bang |den |toi )?(?:bao nhieu|may)\b(?! tien)", frozenset({"%"})),
    (r"\b(?:can )?nang (?:bao nhieu|may)(?=\s*(?:\?|$|vay|the))", frozenset({"kg", "g", "gam", "tấn", "tạ", "lạng", "pound"})),
    (r"(?<!muc )(?<!thuong )(?<!luong )(?<!gia )\bcao (?:bao nhieu|may)(?=\s*(?:\?|$|vay|the|met))", frozenset({"m", "cm", "km", "mm", "feet", "ft", "tầng"})),
    (r"phan tram|\bpt\b|(?:bao nhieu|bn|may|nhiu) ?%", frozenset({"%"})),
    (r"\busd\b|\bdo la\b|\bdo\b (?:la )?my|bao nhieu do\b", frozenset({"usd"})),
    (r"bao nhieu (?:nghin |trieu )?(?:ty|ti)\b|(?:may|bn|nhiu) (?:nghin )?(?:ty|ti)\b|bao nhieu (?:dong|tien|trieu|nghin)\b|\b(?:may|bn|nhiu|bao nhiu) (?:trieu|tien|dong)\b|het bao nhieu tien", frozenset({"đồng", "usd"})),
    (r"^(?:thanh pho|tp|tinh|huyen|xa|phuong|thi xa|quan|dang bo|\w+ uy|ban \w+)\b.{0,40}\b(?:dat|hoan thanh|thuc hien|xong)\b.{0,12}\bbao nhieu chi tieu", frozenset({"chỉ tiêu"})),
    (r"\b(?:dat|hoan thanh|thuc hien|bang|xong)\b.{0,40}\bbao nhieu (?:phan )?(?:ke hoach|du toan|chi tieu|nghi quyet)", frozenset({"%", "chỉ tiêu"})),
    (r"(?:bao nhieu|may|bn) (?:hom|bua)\b", frozenset({"ngày"})),
    (r"\bbao lau\b", frozenset({"giây", "phút", "giờ", "tiếng", "ngày", "đêm", "tuần", "tháng", "quý", "năm", "thế kỷ"})),
    (r"(?:bao nhieu|may|bn) lan\b|\bgap (?:bao nhieu|may)", frozenset({"lần"})),
    (r"\bbao xa|bao nhieu (?:km|cay so|kilomet)|dai (?:bao nhieu|may) (?:km|met|m)\b|bao nhieu met", frozenset({"km", "m", "mét"})),
)  # fmt: skip
_MEASURED: tuple[tuple[str, frozenset[str]], ...] = (
    (r"^(?:chieu|do) (?:cao|dai|rong|sau)\b|^duong kinh\b", frozenset({"m", "cm", "km", "mm"})),
    (r"^(?:can nang|trong luong)\b", frozenset({"kg", "g", "gam", "tấn", "tạ"})),
)
"""What a question that begins with the name of a measure wants."""
_UNIT_WORDS = frozenset("phan tram dong tien ty ti trieu nghin usd do vnd % bn".split()) - {"dong", "do"}
_PERCENT_TOPIC = re.compile(
    r"^(?:hoi |cho biet |xin )?(?:ty le|ti le|toc do tang|ti suat)\b|\b(?:ty le|ti le)\b.{0,80}(?:la |dat |con |chiem )?(?:bao nhieu|may|bn)\s*\??$"
)
_MONEY_NOUNS = (
    r"vốn|kinh phí|thu ngân sách|chi ngân sách|ngân sách|doanh thu|kim ngạch|giá trị|dư nợ|tiền(?! (?:đạo|vệ|thân|tuyến|lệ|nhiệm|sử) )(?! (?:giang|hải)\b)|nợ|chi phí|thu nhập|tnbq|lương|lợi nhuận|"
    "mức đầu tư|tổng đầu tư|xuất khẩu|nhập khẩu|thiệt hại|tổng mức|giá|lãi|phạt"
)
_MONEY_TOPIC = {
    accented: re.compile(rf"\b(?:{_MONEY_NOUNS if accented else fold(_MONEY_NOUNS)})\b")
    for accented in (True, False)
}
"""Whether a text with diacritics, or one without, speaks of money."""
PLAN = re.compile(
    r"chi tieu|muc tieu|phan dau|du toan|ke hoach|\bdu kien|dat (?:ra )?muc|huong toi|\bse\b|du tinh"
)
_CHANGE = re.compile(
    r"\b(?:tang|giam|cao hon|thap hon|nhieu hon|it hon|chenh|hut|vuot|them|bot|keo giam)\b(?!.{0,12}truong kinh te)"
)
_SHARE = re.compile(
    r"(?:so voi|dat|bang|hoan thanh|vuot)\b.{0,40}(?:ke hoach|du toan|chi tieu|nghi quyet|muc tieu|muc giao)|chiem"
)
_NOUN_AFTER = re.compile(r"(?:" + HOW_MANY + r")\s+((?:[^\W\d_]+\s*){1,4})")
_MONEY_NOUN = re.compile(r"(?:von|kinh phi|lai|no|luong|ngan sach|doanh thu|hoc phi)\b")
_NUMBER_OF = re.compile(r"(?:tong )?so (?:luong )?(?!tien|von|no\b|thu\b|lieu|dien|du)(.+)")
_NOUN_BEFORE = re.compile(r"((?:[^\W\d_]+\s+){1,3})(?:nao|gi)\b")


FRESH = 2.0
"""What a word of the follow-up itself weighs next to one that is taken over from the questions before."""


def understand(text: str, follow_up: str = "") -> Question:
    """Understand a whole question (see ``qa.followup`` for one that leans on earlier ones).

    Args:
        text: the question, made whole.
        follow_up: what was typed, when that is less: its words tell the answer from the earlier ones.

    >>> question = understand("thu ngân sách 2020 là bao nhiêu")
    >>> question.kind, question.periods[0].text
    ('number', '2020')
    """
    text = write_out(to_nfc(text))
    folded = disambiguated(text)
    kind = kind_asked(text)
    fresh = {fold(word) for word, _ in content_words(write_out(to_nfc(follow_up)))}
    periods = tuple(period for period in find_periods(text) if _tells(folded, period))
    masked = _masked(folded, periods)
    return Question(
        text=text,
        folded=folded,
        kind=kind,
        words=tuple(content_words(text)),
        topic=tuple(
            (word, weight * FRESH if fold(word) in fresh else weight)
            for word, weight in _topic(text, periods)
        ),
        units=_units(text, masked, kind),
        noun=fold(_noun(text, masked, kind)),
        periods=periods,
        quantities=tuple(find_quantities(text)),
        nature=_nature(folded),
        change=_CHANGE.search(folded) is not None,
        share=_SHARE.search(folded) is not None,
    )


def _tells(folded: str, period: Period) -> bool:
    """Whether a period says when: not "cùng kỳ", not what is counted ("bao nhiêu năm sau"), no number to call ("1900 5454")."""
    if _CALLED.match(folded, period.end):
        return False
    counted = _COUNTED.search(folded, 0, period.start) and not re.search(r"\d", period.text)
    return not counted and not folded.startswith("cung ky", period.start)


_CALLED = re.compile(r"[ .]\d{3,}")
_COUNTED = re.compile(r"\b(?:bao nhieu|may|bn) $")


def _masked(folded: str, periods: tuple[Period, ...]) -> str:
    """The text with its periods struck out, so that "bao nhiêu năm 2025" counts no years."""
    for period in periods:
        folded = folded[: period.start] + "|" * (period.end - period.start) + folded[period.end :]
    return folded


def _topic(text: str, periods: tuple[Period, ...]) -> list[tuple[str, float]]:
    for period in reversed(periods):
        text = f"{text[: period.start]} {text[period.end :]}"
    words = content_words(text)
    typed = [word for word, _ in words]
    named = {word.lower() for run in _names(text) for word in run.split()}
    return [
        (word, weight)
        for at, (word, weight) in enumerate(words)
        if fold(word) not in _UNIT_WORDS or in_compound(typed, at) or word in named
    ]


_NAME = re.compile(rf"(?<=\S )[{UPPER}]\w*(?: [{UPPER}]\w*)+")


def _names(text: str) -> list[str]:
    """Two capitalised words or more that stand together, not at the beginning: "Tiền Giang" is no money.

    >>> _names("lúa ở Tiền Giang"), _names("Thu Ngân Sách Tiền Giang")
    (['Tiền Giang'], [])
    """
    lower = any(word[0].islower() for word in text.split())
    return _NAME.findall(text) if lower else []


def _units(text: str, folded: str, kind: Kind) -> frozenset[str]:
    if kind not in ("number", "comparison"):
        return frozenset()
    for pattern, units in _UNITS:
        if re.search(pattern, folded):
            return units
    of_number = _NUMBER_OF.match(folded)
    noun = text[of_number.start(1) :] if of_number else _noun(text, folded, "number")
    if _MONEY_NOUN.match(fold(noun)):
        return frozenset({"đồng", "usd"})
    counted = find_quantities(f"5 {noun}")
    if counted and counted[0].unit:
        return frozenset({counted[0].unit})
    measured = next((units for pattern, units in _MEASURED if re.search(pattern, folded)), None)
    if measured:
        return measured
    if _PERCENT_TOPIC.search(folded):
        return frozenset({"%"})
    if _speaks_of_money(text) and not _CHANGE.search(folded) and not _SHARE.search(folded):
        return frozenset({"đồng", "usd"})
    return frozenset()


def _speaks_of_money(text: str) -> bool:
    for name in _names(text):
        text = text.replace(name, " ")
    accented = has_diacritics(text)
    return _MONEY_TOPIC[accented].search(text.lower() if accented else fold(text)) is not None


def _noun(text: str, folded: str, kind: Kind) -> str:
    """What is counted ("bao nhiêu đại biểu") or picked ("huyện nào"), as typed; "" for money and percent."""
    if kind in ("number", "comparison") and any(re.search(pattern, folded) for pattern, _ in _UNITS):
        return ""
    pattern = _NOUN_AFTER if kind in ("number", "comparison") else _NOUN_BEFORE
    found = pattern.search(folded)
    return " ".join(text[found.start(1) : found.end(1)].split()) if found else ""


def _nature(folded: str) -> str:
    if PLAN.search(folded) and not _SHARE.search(folded):
        return "plan"
    return "actual" if re.search(r"thuc hien|thuc te|da dat|ket qua|uoc dat", folded) else ""
