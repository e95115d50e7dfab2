"""The words of a comparison: comparing words, and the names and periods that can be its sides.

A name is found beside a place of the question (a connecting word, mostly), going away from it word by word: over
capitalised words where the question has capitals, otherwise over words until one that belongs to no name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from index.numbers import Grammar, scan_form
from index.periods import find_periods
from index.types import Period
from index.vietnamese import UPPER, fold

ASKING = r"(?:bao nhiêu|bao nhiu|mấy|bn|bnhiêu)"
"""How a figure is asked for; part of patterns."""

_MORE = "cao|lớn|nhiều|đông|nhanh|mạnh|dài|rộng|tốt|đắt|nặng|sâu|giàu"
_LESS = "thấp|ít|nhỏ|bé|kém|chậm|ngắn|hẹp|rẻ|nhẹ|vắng|yếu"
_ADJECTIVES = {fold(word): word for word in f"{_MORE}|{_LESS}".split("|")}
_SMALLER = frozenset(fold(word) for word in _LESS.split("|"))
_DEGREE = Grammar.of(
    rf"(?<!\w)(?:(?P<change>tăng|giảm)\s+)?(?P<degree>(?:(?P<adjective>{_MORE}|{_LESS})"
    r"|(?P<counted>nhiều|ít|đông)\s+(?P<noun>[^\W\d]+(?:\s+\w+){0,3}?))\s+(?P<end>hơn|nhất))(?!\w)"
)
_KINDS = (
    r"tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|thôn|ấp|làng|nước|đảng bộ|huyện ủy|thành ủy|tỉnh ủy"
    r"|khu công nghiệp|kcn|dự án"
)
_LANDMARKS = r"cầu|sông|hồ(?! chí minh)|đảo|cảng|sân bay|chợ"
_ORGANISATIONS = (
    r"công ty|doanh nghiệp|ngân hàng|trường|bệnh viện|nhà máy|sở|hội|đoàn|đội|câu lạc bộ|tập đoàn|hợp tác xã"
    r"|liên đoàn"
)
_KIND = Grammar.of(
    rf"(?<!\w)(?P<kind>{_KINDS}|(?P<landmark>{_LANDMARKS})|(?P<organisation>{_ORGANISATIONS}))\s+(?=\w)"
)
"""Type words of names."""
_TWO_CAPITALS = re.compile(rf"[{UPPER}]\w*\s+[{UPPER}]")
PICK = Grammar.of(
    r"(?<!\w)(?:đâu là (?:nơi|bên)"
    r"|(?P<time>năm|kỳ|quý|tháng|giai đoạn|nhiệm kỳ|thời điểm|thời kỳ|thời gian|lúc|lần|dịp|đợt) nào"
    r"|(?:môn|khối|loại|ngành|lớp|giống|vụ|mùa|nhóm|giới|mặt hàng) nào"
    rf"|(?:nơi|bên|chỗ|đâu|địa phương|đơn vị|vùng|cái|{_KINDS}|{_LANDMARKS}|{_ORGANISATIONS}) nào)(?:\s+thì)?(?!\w)"
)
"""What is to be chosen: "nơi nào", "năm nào" (then the group ``time`` matches)."""
_TOPIC = Grammar.of(
    r"(?<!\w)(?:tỷ lệ|tỉ lệ|hộ nghèo|dân số|diện tích|sản lượng|kim ngạch|thu ngân sách|chi ngân sách|ngân sách|thu nhập"
    r"|bình quân|đầu người|giá trị|xuất khẩu|số lượng|số hộ|tổng|doanh thu|thu hút|tốc độ|tăng trưởng|nông thôn mới)(?!\w)"
)
"""What is often compared: a name typed without capitals ends where one of these begins."""
_SOFT = Grammar.of(
    r"(?<!\w)(?:có|là|thì|nơi|bên|của|ở|tại|trong|giữa|về|được|so|bao nhiêu|chênh|hay|hoặc|và|với|hai|hơn|nhất)(?!\w)"
)
_SOFT_ACCENTED = re.compile(
    r"(?<!\w)(?:đạt|thu|chi|bị|đã|đang|sẽ|mà|cho|tăng|giảm|gấp|bán|xuất|nhập|giá|vốn|từ|khi|nào)(?!\w)"
)
"""Words that end a name, but are parts of names once their diacritics are gone ("Đà", "Thủ", "Gia")."""
_ASKED = Grammar.of(rf"(?<!\w)(?:gấp\s+)?{ASKING}(?!\w)")
_RELATIVE = Grammar.of(r"(?<!\w)(?:cùng kỳ|trước|ngoái|nay|này|sau|tới|qua)(?!\w)")
"""Periods that only another one, or the day of publication, gives days to."""
_NO_NAME = Grammar.of(
    r"(?<!\w)(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|nghị quyết|cùng kỳ|bình quân|trung bình|quy định|mức|trước|nay|ngoái"
    r"|dự kiến|số|các|những|ai|gì|nào|đó|này|lần|yêu cầu|thực tế|hôm qua|mọi|cả nước|toàn quốc|nhau|phần)(?!\w)"
)
"""A run with one of these is no place and no organisation."""
_TO_ITEM = Grammar.of(r"\s*(?:(?:của|ở|tại|trong)\s+)?")
_BETWEEN_YEARS = Grammar.of(r"(?P<between>giữa\s+)(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?=\s+(?:và|với)\s)")
_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d/-]|[.,]\d)")
_WORD = re.compile(r"[\w/%][\w/%.'’-]*(?<!\.)|-")
_LEADING = frozenset("giua so o tai trong cua nam hai theo grdp gdp fdi cpi tnbq voi".split())
"""Capitalised words that open a question before a name."""
_MOST_WORDS = 5
_PLAIN_WORDS = 4
_FIRM_WORDS = 3
"""More words than these at the start of a question hold some of what is compared, not only a name."""


class Item(NamedTuple):
    """A name or period where it stands in the question; ``kind`` is its type word ("huyện"), "" for none.

    An organisation's type word is part of its name. ``thing``: it is no name: "môn toán".
    """

    start: int
    end: int
    name: str
    kind: str
    period: Period | None
    organisation: bool = False
    thing: bool = False


class Degree(NamedTuple):
    """Comparing words: "nhanh hơn", "nhiều trường học hơn"; ``said`` has diacritics and "tăng" or "giảm" before."""

    start: int
    end: int
    adjective: str
    noun: str
    more: bool
    said: str


class _Word(NamedTuple):
    """A word of the question; ``soft`` and ``hard``: it ends a name, it cannot be part of one."""

    start: int
    end: int
    capital: bool
    soft: bool
    hard: bool
    apart: bool


_END = _Word(0, 0, False, False, False, True)


class Page:
    """A question being taken apart; its spaces are single."""

    def __init__(self, text: str) -> None:
        self.text = text.rstrip(" ?.!…")
        self.scan, self.marked = scan_form(self.text)
        inner = [match.group() for match in re.finditer(r"[^\W\d_]+", self.text)][1:]
        self.capitals = any(word[0].isupper() for word in inner) and not self.text.isupper()

    def find(self, grammar: Grammar, start: int = 0) -> re.Match[str] | None:
        """The first match from ``start`` on."""
        return grammar.pick(self.marked).search(self.scan, start)

    def at(self, grammar: Grammar, start: int) -> re.Match[str] | None:
        """A match that begins at ``start``."""
        return grammar.pick(self.marked).match(self.scan, start)

    def before(self, grammar: Grammar, end: int) -> re.Match[str] | None:
        """A match that ends at ``end``; its pattern has "$"."""
        return grammar.pick(self.marked).search(self.scan, 0, end)

    def all(self, grammar: Grammar) -> Iterator[re.Match[str]]:
        """Every match."""
        return grammar.pick(self.marked).finditer(self.scan)

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """The periods, "giữa" before two years left out, and years that stand alone behind "hơn"."""
        found = [self._without_between(period) for period in find_periods(self.text)]
        for match in _YEAR.finditer(self.text):
            if not any(period.start < match.end() and match.start() < period.end for period in found):
                found.append(_year(match.group(), match.start(), match.end(), match.group()))
        return tuple(sorted(found, key=lambda period: period.start))

    @cached_property
    def named_periods(self) -> tuple[Period, ...]:
        """The periods that say themselves which days they are; these can be sides."""
        relative = [match.start() for match in self.all(_RELATIVE)]
        return tuple(
            period for period in self.periods if not any(period.start <= at < period.end for at in relative)
        )

    def _without_between(self, period: Period) -> Period:
        match = self.at(_BETWEEN_YEARS, period.start)
        if match is None:
            return period
        start = match.end("between")
        return _year(match["year"], start, period.end, self.text[start : period.end])

    @cached_property
    def degrees(self) -> list[Degree]:
        """The comparing words, in order."""
        return [self._degree(match) for match in self.all(_DEGREE)]

    def _degree(self, match: re.Match[str]) -> Degree:
        adjective = fold(match["adjective"] or match["counted"])
        noun = self.text[match.start("noun") : match.end("noun")] if match["noun"] else ""
        change = {"tang": "tăng ", "giam": "giảm "}.get(fold(match["change"] or ""), "")
        shown = f" {noun.lower() if noun.isupper() else noun}" if self.marked and noun else ""
        end = "nhất" if fold(match["end"]) == "nhat" else "hơn"
        said = f"{change}{_ADJECTIVES[adjective]}{shown} {end}"
        return Degree(match.start("degree"), match.end(), adjective, noun, adjective not in _SMALLER, said)

    @cached_property
    def words(self) -> list[_Word]:
        """The words, each with whether a name can hold it."""
        hard = _covered(self.all(PICK), self.all(_TOPIC), self.all(_ASKED))
        spans = [(degree.start, degree.end) for degree in self.degrees]
        for start, end in spans + [(period.start, period.end) for period in self.periods]:
            hard.update(range(start, end))
        soft = _covered(self.all(_SOFT))
        if self.marked:
            soft |= _covered(_SOFT_ACCENTED.finditer(self.scan))
        found, end = [], 0
        for match in _WORD.finditer(self.text):
            start = match.start()
            capital = match.group()[0].isupper() or match.group() == "-"
            apart = start == 0 or any(mark in self.text[end:start] for mark in ",;:(")
            found.append(_Word(*match.span(), capital, start in soft | hard, start in hard, apart))
            end = match.end()
        return found

    def item_after(self, place: int) -> Item | None:
        """The period or name that begins at a place; "của" or "ở" before it is passed over."""
        skipped = self.at(_TO_ITEM, place)
        place = skipped.end() if skipped else place
        period = next((period for period in self.named_periods if period.start == place), None)
        if period:
            return Item(period.start, period.end, period.text, "", period)
        kind = next((kind for kind in self._kinds() if kind.start() == place), None)
        first = self._index(kind.end() if kind else place)
        if first is None or (kind is None and self._is_number(first)):
            return None
        last = self._run_end(first, bool(kind and kind["organisation"]))
        return None if last is None else self._name(place, self.words[last].end, kind)

    def pair(self, left: int, right: int, either: bool) -> list[Item]:
        """Two things without a name around a connecting word: "môn toán hay môn lý", "trồng lúa hay ngô".

        As many words on either side: those that begin with the same word, else those up to a word that ends a
        name. Empty when a word belongs to what is asked, and for "và" between things without a common word.
        """
        first, last = self._index(right), self._last_before(left)
        if first is None or last is None:
            return []
        head = self._text(first).lower()
        again = [size for size in range(2, _MOST_WORDS) if self._starts(last + 1 - size, head)]
        size = again[0] if again else (self._plain_words(first) if either else 0)
        things = [range(last + 1 - size, last + 1), range(first, first + size)]
        whole = size > 0 and all(self._is_thing(thing, not again) for thing in things)
        return [self._thing(thing) for thing in things] if whole else []

    def _last_before(self, place: int) -> int | None:
        """The last word that ends at a place or before."""
        return next((at for at in range(len(self.words) - 1, -1, -1) if self.words[at].end <= place), None)

    def _starts(self, index: int, head: str) -> bool:
        return index >= 0 and self._text(index).lower() == head

    def _plain_words(self, first: int) -> int:
        """How many words from one on, three at most, come before one that ends a name."""
        words = itertools.takewhile(
            lambda at: not self.words[at].soft and (at == first or not self.words[at].apart),
            range(first, len(self.words)),
        )
        size = len(list(words))
        return size if size < _PLAIN_WORDS else 0

    def _is_thing(self, thing: range, plain: bool) -> bool:
        """Whether words of the question can be a thing: they stand together, and none asks or is a period's."""
        if thing.start < 0 or thing.stop > len(self.words):
            return False
        words = [self.words[at] for at in thing]
        return not any(word.hard or (plain and (word.soft or word.capital)) for word in words) and not any(
            word.apart for word in words[1:]
        )

    def _thing(self, thing: range) -> Item:
        start, end = self.words[thing.start].start, self.words[thing.stop - 1].end
        name = self.text[start:end]
        return Item(start, end, name[:1].lower() + name[1:] if start == 0 else name, "", None, thing=True)

    def capital_ends(self) -> list[int]:
        """Where runs of capitalised words end; the question's first word alone is none unless a verb follows."""
        found = []
        for word, following in itertools.pairwise([*self.words, _END]):
            ends = following.apart or not following.capital
            if word.capital and ends and (word.start > 0 or following.soft):
                found.append(word.end)
        return found

    def _index(self, start: int) -> int | None:
        return next((index for index, word in enumerate(self.words) if word.start == start), None)

    def _run_end(self, first: int, organisation: bool) -> int | None:
        """The last word of a name that begins with a word."""
        words, last = self.words, first
        if words[first].hard or (self.marked and words[first].soft):
            return None
        if self.capitals and not words[first].capital and not self._is_number(first):
            return None
        only_capitals = self.capitals and not organisation
        while last + 1 < len(words) and not words[last + 1].apart and last - first < _MOST_WORDS:
            following = words[last + 1]
            if only_capitals and not (following.capital or self._is_number(last + 1)):
                break
            if not only_capitals and following.soft:
                break
            last += 1
        return last

    def _is_number(self, index: int) -> bool:
        """Whether a word is the number of a name: "quận 10"; not a year or a figure with a unit."""
        word = self.words[index]
        return re.fullmatch(r"\d{1,2}", self.text[word.start : word.end]) is not None and not word.soft

    def item_before(self, place: int, words: int | None) -> Item | None:
        """The period or name that ends at a place; of ``words`` words when nothing tells where it begins."""
        last = self._last_before(place)
        if last is None:
            return None
        end = self.words[last].end
        period = next((period for period in self.named_periods if period.end == end), None)
        if period:
            return Item(period.start, period.end, period.text, "", period)
        first = self._run_start(last, words)
        if first is None:
            return None
        kinds = [kind for kind in self._kinds() if self.words[first].start <= kind.end() <= end]
        start = kinds[-1].start() if kinds else self.words[first].start
        return self._name(start, end, kinds[-1] if kinds else None)

    def _kinds(self) -> list[re.Match[str]]:
        """The type words; a capitalised one inside the question is part of a name, unless it is an organisation's."""
        hard = {word.start for word in self.words if word.hard}
        found = [kind for kind in self.all(_KIND) if kind.start() not in hard]
        return [kind for kind in found if kind["organisation"] or self._is_kind(kind)]

    def _is_kind(self, kind: re.Match[str]) -> bool:
        """Whether a word is a type, not the first word of a name: "Cầu An Bình" is a bridge, "Cầu Giấy" a name."""
        written = self.text[kind.start() : kind.end("kind")].rstrip(".")
        lower = not written[0].isupper()
        if kind["landmark"]:
            named = _TWO_CAPITALS.match(self.text, kind.end()) is not None
            return self.capitals and (lower or (kind.start() == 0 and named))
        return kind.start() == 0 or lower or (len(written) > 1 and written.isupper())

    def _kind_text(self, kind: re.Match[str] | None) -> str:
        """A type word as it is written inside a sentence; "" for none."""
        typed = self.text[kind.start() : kind.end("kind")] if kind else ""
        return typed if typed.isupper() else typed.lower()

    def _run_start(self, last: int, words: int | None) -> int | None:
        """The first word of a name that ends with a word."""
        if self.words[last].hard:
            return None
        capital = self.capitals and (self.words[last].capital or self._is_number(last))
        first = last
        while first > 0 and not self.words[first].apart and last - first + 1 < _MOST_WORDS:
            before = self.words[first - 1]
            if not before.capital if capital else before.soft:
                break
            first -= 1
        if capital:
            return self._after_leading(first, last)
        if self.capitals:
            return self._organisation_in(first, last)
        loose = first == 0 and last + 1 > _FIRM_WORDS and words is not None
        return max(first, last + 1 - words) if loose and words else first

    def _after_leading(self, first: int, last: int) -> int | None:
        """The first word of a run of capitalised words that is part of the name."""
        names = (i for i in range(first, last + 1) if fold(self._text(i)) not in _LEADING)
        return next(names, None)

    def _organisation_in(self, first: int, last: int) -> int | None:
        """Where an organisation's name with lower-case words begins: "Hội Phụ nữ"."""
        starts = {kind.start() for kind in self.all(_KIND) if kind["organisation"]}
        return next((i for i in range(first, last) if self.words[i].start in starts), None)

    def _text(self, index: int) -> str:
        return self.text[self.words[index].start : self.words[index].end]

    def _name(self, start: int, end: int, kind: re.Match[str] | None) -> Item | None:
        """The stretch as a side; None when its words name nothing."""
        name = self.text[start:end]
        if any(match.start() < end and match.end() > start for match in self.all(_NO_NAME)):
            return None
        return Item(start, end, name, self._kind_text(kind), None, bool(kind and kind["organisation"]))


def _covered(*matches: Iterator[re.Match[str]]) -> set[int]:
    return {place for found in matches for match in found for place in range(*match.span())}


def _year(year: str, start: int, end: int, text: str) -> Period:
    [period] = find_periods(f"năm {year}")
    return Period(start, end, text, period.first, period.last, period.grain)
