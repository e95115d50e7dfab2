"""A sentence as the ledger reads it: words, numbers, periods and places in one row of tokens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from index.figure_numbers import with_more
from index.figure_words import COMPOUNDS
from index.period_stretches import find_stretches
from index.periods import find_periods
from index.places import Mention, any_of
from index.quantities import find_quantities
from index.split import sentences
from index.towns import all_mentions
from index.types import Article, Period, Quantity, Span
from index.vietnamese import UPPER, fold, normal_tone

_TOKEN = re.compile(rf"(?:{any_of(COMPOUNDS)})(?!\w)|\w+(?:[-’']\w+)*|[^\w\s]")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/])")
_OPEN = re.compile(r"cung ky|(?<!\d )(?:den|toi) nay|^(?:hom|sang|chieu|toi|trua) nay$")
_COMPARED = re.compile(
    r"(?:so (?:voi )?|cung ky |hon |truoc |gap |bang )(?:cung ky |muc |thoi diem |cuoi |dau )?(?:cua )?(?:nam |thang |quy |nhiem ky )?$"
    r"|(?<!\w)so voi (?:(?!thi |da |la |dat |len |\d)[a-z]+ ){1,5}(?:cua )?$"
)
_NAMED = re.compile(
    r"(?<!\w)(?:chao don|chao mung|don chao|mung|don|chuan bi cho|nhan dip|ky niem) (?:ngay |le |tet |mua )?$|(?:sn|sinh|sinh nam|giao|nghi quyet|ke hoach|chi thi|quyet dinh|chuyen de|phap lenh|luat|bo luat|nghi dinh|du toan|chi tieu|khoa [ivxl]+|lan thu [ivxl\d]+"
    r"|world cup|cup|seagames|sea games|euro|mua he xanh|giai|tam nhin|cong dan|hoa hau)(?: (?:cua|cho|tinh|giao))*,? (?:trong )?$"
)


_OF_A_PLAN = re.compile(r"(?<!\w)(?:ke hoach|du toan|chi tieu)(?: (?:cua|cho))? $")
_MEASURED_BY = re.compile(r"\d|(?<!\w)(?:so|vuot|dat|hoan thanh|thuc hien|theo|nghi quyet)(?!\w)")
"""The year of a plan is when, unless something is measured by that plan: "đạt 95% kế hoạch năm 2020"."""
_LENGTH = re.compile(r"\d+ thang")
_HELD_UP = re.compile(r" ?\d")
_AS_A_TIME = re.compile(
    r"^\W*\||(?:trong|suot|qua) \||\|(?:,| (?:qua|dau|cuoi|vua qua|thu|dat|tong|gia tri)\b)"
)
"""A bare "9 tháng" is a time at the head of a sentence or a clause, else a length ("miễn phí 3 tháng thuê bao")."""


_SAME_DAY = re.compile(r"(?:,| ?\() ?(?:tức )?(?:ngày )?$")
"""What stands between a day told from publication and the same day in figures."""


_NAME = re.compile(rf"(?<=[\w,] )[{UPPER}][\w-]*[a-zà-ỹ][\w-]* $")


class Token(NamedTuple):
    """A word, or a number, period or place as one; ``sort``: "word", "mark", "number", "period", "place"."""

    word: str
    start: int
    end: int
    sort: str


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article. Offsets are into ``text``; ``start`` is its place in the article."""

    text: str
    start: int
    day: date | None

    @cached_property
    def quantities(self) -> list[Quantity]:
        """Every number with its unit, those that only the ledger reads included."""
        return with_more(self.text, self.scan, find_quantities(self.text))

    @cached_property
    def all_periods(self) -> list[Period]:
        """Every stretch of time, those only compared with included; "hôm qua (6-2)" is one, the day it prints."""
        found: list[Period] = []
        for period in find_periods(self.text, self.day):
            same = bool(found) and _SAME_DAY.match(self.text, found[-1].end, period.start) is not None
            if same and period.first and found[-1].grain == period.grain == "day":
                found[-1] = _joined(self.text, found[-1], period)
            else:
                found.append(period)
        told = find_stretches(self.scan, self.text, self.day)
        free = [
            one for one in told if all(_is_apart(one, other) or _is_within(other, one) for other in found)
        ]
        kept = [one for one in found if not any(_is_within(one, other) for other in free)] if free else found
        return sorted((*kept, *free), key=lambda one: one.start) if free else found

    @cached_property
    def periods(self) -> list[Period]:
        """The stretches the sentence is about: not "so với năm 2015", "cùng kỳ", "Nghị quyết năm 2021"."""
        folded = fold(self.text)
        return [
            period
            for period in self.all_periods
            if _is_own(folded, period) and not self._is_of_a_name(period)
        ]

    def _is_of_a_name(self, period: Period) -> bool:
        """Whether a bare year ends a name: "V-League 2006", "Mùa hè xanh 2005"."""
        return period.text.isdigit() and _NAME.search(self.text[: period.start]) is not None

    @cached_property
    def terms(self) -> list[Period]:
        """The terms of office that name a body or an election of the sentence, when it names no other time."""
        if self.periods:
            return []
        return [p for p in self.all_periods if p.first and p.text.lower().startswith("nhiệm kỳ")]

    @cached_property
    def places(self) -> list[Mention]:
        """The administrative places, those of which only the kind is said included."""
        return all_mentions(self.text, self.scan)

    @cached_property
    def scan(self) -> str:
        """Lower case, one style of tones, same length."""
        lower = self.text.lower()
        plain = normal_tone(lower if len(lower) == len(self.text) else fold(self.text))
        return plain if len(plain) == len(self.text) else lower

    @cached_property
    def blanked(self) -> str:
        """The scan with its periods as NUL characters."""
        scan = self.scan
        for period in self.all_periods:
            scan = scan[: period.start] + "\0" * (period.end - period.start) + scan[period.end :]
        return scan

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens in order; a span of a number covers its unit."""
        spans = [(q.start, q.end, "number") for q in self.quantities]
        spans += [(p.start, p.end, "period") for p in self.all_periods]
        spans += [(m.start, m.end, "place") for m in self.places]
        spans.sort(key=lambda span: (span[0], -span[1]))
        found: list[Token] = []
        at = 0
        for start, end, sort in spans:
            if start >= at:
                found.extend(self._words(at, start))
                found.append(Token(self.scan[start:end], start, end, sort))
                at = end
        found.extend(self._words(at, len(self.text)))
        return found

    def _words(self, start: int, end: int) -> list[Token]:
        return [
            Token(m.group(), m.start(), m.end(), "word" if m.group()[0].isalnum() else "mark")
            for m in _TOKEN.finditer(self.scan, start, end)
        ]


def _is_apart(one: Period, other: Period) -> bool:
    return one.end <= other.start or other.end <= one.start


def _is_within(one: Period, other: Period) -> bool:
    """Whether a period is only a part of another one: "năm ngoái" of "mùa thu năm ngoái"."""
    return other.start <= one.start and one.end <= other.end and other.end - other.start > one.end - one.start


def _joined(text: str, told: Period, printed: Period) -> Period:
    end = printed.end + (text[told.end :].lstrip()[:1] == "(" and text[printed.end : printed.end + 1] == ")")
    return Period(told.start, end, text[told.start : end], printed.first, printed.last, "day")


def _is_own(folded: str, period: Period) -> bool:
    before = folded[max(0, period.start - 40) : period.start]
    if _LENGTH.fullmatch(folded, period.start, period.end) and not _AS_A_TIME.search(
        before + "|" + folded[period.end :]
    ):
        return False
    if period.first is None or _OPEN.search(folded[period.start : period.end]) or _COMPARED.search(before):
        return False
    if _OF_A_PLAN.search(before) and not _MEASURED_BY.search(folded[: period.start]):
        return True
    return not _NAMED.search(before) and not _is_term_of_a_body(folded, period, before)


def _is_term_of_a_body(folded: str, period: Period, before: str) -> bool:
    """Whether "nhiệm kỳ 2020-2025" only names a body or an election."""
    term = folded.startswith(("nhiem ky", "nien khoa"), period.start)
    return term and re.search(r"(?:^|trong |cho |cua |suot |dau |cuoi |, )$", before) is None


def year_end(text: str) -> date | None:
    """Without a day of publication, the end of the year that a text names most often."""
    years = Counter(_YEAR.findall(text))
    if not years:
        return None
    most = max(years.values())
    return date(max(int(year) for year, count in years.items() if count == most), 12, 31)


def read_sentences(article: Article, day: date | None) -> Iterator[tuple[int, Sentence]]:
    """The sentences of an article with the number of their paragraph; none of its page furniture."""
    for start, end in _joined_at_dots(article.text, sentences(article.text)):
        if not any(a <= start < b for a, b in article.furniture):
            yield article.text.count("\n", 0, start), Sentence(article.text[start:end], start, day)


def _joined_at_dots(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Sentences, with what three dots only hold up in one: "lương chỉ có... 1 USD"."""
    held: Span | None = None
    for start, end in spans:
        if held and text.endswith(("...", "…"), 0, held[1]) and _HELD_UP.fullmatch(text, held[1], start + 1):
            held = held[0], end
            continue
        if held:
            yield held
        held = start, end
    if held:
        yield held
