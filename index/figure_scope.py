"""Where and when a figure is said of: in its sentence, else as carried from what was said before."""

from __future__ import annotations

import re

from index.figure_counts import is_figure
from index.figure_home import Home
from index.figure_periods import (
    FROM_TO,
    in_parentheses,
    is_left,
    is_so_far,
    is_yearly,
    lasts,
    moved,
    nowhere,
    opened,
)
from index.figure_places import OFFICE, in_a_row, is_aside, told_places
from index.figure_sentence import Sentence, year_end
from index.places import Mention, Place
from index.towns import ABROAD
from index.types import Article, Period, Quantity
from index.units import kind_of

_SOON = 60
"""Days after publication from which a period is too far ahead to hold for what follows."""
_EVENT_LASTS = 1
"""Paragraphs behind the day of an event that are still told of it; fits the labels that were looked at."""
_LASTS = 2
"""The same for a day, month or year that was told as the time of figures; what a report sums up, months or a term, holds on."""
_STRETCHES = frozenset({"months", "half", "quarter", "years"})
_AMONG_THEM = re.compile(
    r"\W*(?:trong (?:đó|số (?:này|đó|ấy))|ngoài ra|bên cạnh đó|cũng tại đây|tại đây)(?!\w)"
)
"""A paragraph that goes on about the place of the one before."""
_BY_WHOM = re.compile(r"^\W*theo [^,;]{1,60}, ")
_LONG_AGO = 200
"""Days before publication from which a period only told by the way does not hold for what follows."""
_NOW = re.compile(
    r"(?<!\w)(?<!thực )(?<!thể )(?<!xuất )(?<!phát )(?<!tái )(?<!biểu )hiện(?: nay| tại)?(?! (?:đại|diện|tượng|hữu|trường|thực|hành|vật))(?!\w)"
)
"""What is so now is said of no stretch of time."""
_NOW_OPENS = re.compile(
    r"\W*(?:đến nay|hiện nay|hiện tại|hiện|bây giờ|giờ đây)(?! (?:đại|diện|tượng|hữu|trường|thực|vật))(?!\w)"
)
_COUNTED = re.compile(r"[^ ]+ (?:năm|tháng) (?:qua|vừa|gần|nay|trở|tới|sắp|nữa|trước)|cách (?:đây|nay)")
_SINCE = re.compile(r"(?<!\w)(?:sau|kể từ|hồi|trước)(?!\w)")
"""Behind one of these stands the time of something else."""
_NEXT = re.compile(r" ?\(?(?:(?:trong|vào|của|hồi) )?")
"""What may stand between a number and its own period right behind it, wherever another one stands before."""
_PRICED = re.compile(
    r"(?<!\w)(?:giá|đơn giá|học phí|lệ phí|cước)(?!\w)[^,;.]{0,30}$|(?<!\w)mỗi [^,;.]{1,15}$"
)
"""What asks for an amount whenever it is paid, not on the day that was told of."""
_QUOTED = re.compile(
    r"(?<!\w)(?:giá|tỷ giá|tỉ giá|chỉ số|lãi suất)(?: [^\W\d_]+){1,9} (?:tăng|giảm|đứng|dao động|lên|xuống|đạt|mất)(?!\w)"
)
"""What is quoted by the day: the day it is told of holds for the prices that follow, too."""
_HELD = re.compile(
    r"(?<!\w)(?:tổ chức|diễn ra|khai mạc|khởi công|khánh thành|trao|công bố|bắt đầu|khai trương)(?: [^\W\d_]+)?(?: vào)? (?:ngày |sáng |chiều |tối )?$"
)
"""What stands before the day of what a sentence tells, be it at its end."""
_PART = re.compile(r"[,;()]|(?<!\w)(?:thì|trong khi|nhưng)(?!\w)")
_CLOSED = re.compile(r"[;)]")
_PAIR = 2
"""Places in a row; of more of them none is the place of a figure."""
_HAPPENED = re.compile(r"(?<!\w)(?:tại|ở|thuộc|địa bàn) [^;()]{0,60}$")
"""What stands before the place of what a sentence tells, be it at its end."""
_STRONG = re.compile(r"(?:^|(?:tại|ở|địa bàn|toàn|riêng|của|cả|trong|,|:|-)\s)\W*$", re.IGNORECASE)


_OPENING = re.compile(
    r"^\W*(?:(?:trong|suốt|qua|hết|đến|tính đến|cũng|riêng|kết thúc|vào|bước vào|về|cũng trong|ngay|sang) ?){0,3}$"
)


class Scene:
    """What is said of place and time in an article up to where it is read; sentences are given in order."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.home = Home(article)
        self.day = article.published or year_end(article.text)
        self._period = self._title_period()
        self._since = 0
        self._event: Period | None = None
        self._event_paragraph = 0
        self._stretch: Period | None = None
        self._place: Place | None = None
        self._section: Place | None = None
        self._paragraph = -1
        self._told: list[Mention] = []
        self._last: dict[str, Place] = {}

    def enter(self, sentence: Sentence, paragraph: int) -> None:
        """Begin a sentence: a new paragraph forgets the place said in the one before."""
        if paragraph != self._paragraph:
            self._place = self._place if _AMONG_THEM.match(sentence.scan) else None
            self._paragraph = paragraph
            if paragraph - self._event_paragraph > _EVENT_LASTS:
                self._event = None
        self._told = told_places(sentence)

    def leave(self, sentence: Sentence) -> None:
        """End a sentence: what it says holds on."""
        if (
            self._period
            and self._is_over(self._period)
            and _NOW_OPENS.match(sentence.scan)
            and not sentence.periods
        ):
            self._period = self._event = None
        lasting = self._lasting(sentence)
        if lasting:
            ended = _NOW.search(sentence.scan, lasting.end)
            self._period, self._event = None if ended else moved(lasting, sentence.start), None
            self._since = self._paragraph
        else:
            days = [
                p
                for p in sentence.periods
                if not (lasts(p) or in_parentheses(sentence, p) or self._is_to_come(p))
            ]
            days = [
                p
                for p in days
                if not self._is_old(p) or _OPENING.search(_BY_WHOM.sub("", sentence.scan[: p.start]))
            ]
            if days:
                self._event, self._event_paragraph = moved(days[-1], sentence.start), self._paragraph
            if days and _QUOTED.search(sentence.scan, days[-1].end):
                self._period = self._event
        terms = [
            period
            for period in sentence.all_periods
            if period.grain == "years" and period.first and not period.text.lower().endswith(" nay")
        ]
        if terms:
            self._stretch = moved(terms[-1], sentence.start)
        self._last.update((m.place.type, m.place) for m in sentence.places if m.place.name and m.place.type)
        told = self._told
        if told and told[-1].place.name and _is_heading(sentence):
            section, self._section = self._section, self._known(told[-1].place)
            if section != self._section and not sentence.periods:
                self._period, self._event = self._title_period(), None  # another place, another story
        strong = [m for m in told if _holds_on(sentence, m)]
        if strong:
            self._place = self._known(strong[-1].place)

    def _lasting(self, sentence: Sentence) -> Period | None:
        """The period of a sentence that holds for what follows: of its figures, or one it opens with."""
        over = [
            p
            for p in sentence.periods
            if not (is_so_far(p) or self._is_ahead(p) or self._is_soon(p) or in_parentheses(sentence, p))
        ]
        counts = any(is_figure(sentence, one) for one in sentence.quantities)
        first = sentence.quantities[0].start if counts else 0
        told = [
            p
            for p in over
            if (p.end <= first and not _COUNTED.match(p.text))
            or (lasts(p) and _OPENING.search(sentence.scan[: p.start]))
        ]
        told = told or [p for p in over if p.grain == "day" and lasts(p) and FROM_TO.search(p.text)]
        if told:
            return told[-1] if sentence.quantities else told[0]
        reported = (
            p for p in over if p.grain in _STRETCHES and not _COUNTED.match(p.text) and not self._is_old(p)
        )
        return next(reported, None) if self._period is None else None

    def _is_over(self, period: Period) -> bool:
        """Whether it ended in a year before that of publication."""
        return period.last is not None and self.day is not None and period.last.year < self.day.year

    def _is_old(self, period: Period) -> bool:
        """Whether it was over long before publication, so that it tells of the past of something."""
        return period.last is not None and self.day is not None and (self.day - period.last).days > _LONG_AGO

    def _is_ahead(self, period: Period) -> bool:
        return period.first is not None and self.day is not None and (period.first - self.day).days > _SOON

    def _is_soon(self, period: Period) -> bool:
        """Whether it is a stretch counted onwards from publication: "tuần tới"."""
        return self._is_to_come(period) and period.text.lower().endswith((" tới", " nữa", " sau"))

    def _is_to_come(self, period: Period) -> bool:
        return period.first is not None and self.day is not None and period.first > self.day

    def period(self, sentence: Sentence, quantity: Quantity) -> Period | None:
        """The period of a number: the last one before it in its sentence, else the first behind it, else carried."""
        own = sentence.periods
        stop = _PART.search(sentence.text, quantity.end)
        part = stop.start() if stop else len(sentence.text)
        inside = opened(sentence.text, quantity.start)
        before = [p for p in own if p.end <= quantity.start and (inside or not in_parentheses(sentence, p))]
        if before and is_left(sentence, before[-1], quantity):
            before = []
        behind = [
            p
            for p in own
            if quantity.end <= p.start and p.end <= part and (inside or not in_parentheses(sentence, p))
        ]
        if self._stretch and is_yearly(sentence, quantity):
            return self._stretch
        if behind and _NEXT.fullmatch(sentence.scan, quantity.end, behind[0].start):
            return moved(behind[0], sentence.start)
        if _is_now(sentence, before, quantity, behind):
            return None
        if before and not (behind and _CLOSED.search(sentence.text[before[-1].end : quantity.start])):
            return moved(before[-1], sentence.start)
        told = behind or [
            p for p in own if p.start >= quantity.end and p.grain != "day" and not in_parentheses(sentence, p)
        ]
        told = (
            told
            or sentence.terms
            or [p for p in own if p.start >= quantity.end and _HELD.search(sentence.scan[: p.start])]
        )
        return moved(told[0], sentence.start) if told else self._carried(sentence, quantity)

    def is_to_come(self, sentence: Sentence, quantity: Quantity, period: Period | None) -> bool:
        """Whether a number is of a period after publication; a price or size is so now, unless its sentence says when."""
        if period is None or not self._is_to_come(period):
            return False
        return self._is_counted(sentence, quantity) or 0 <= period.start - sentence.start < len(sentence.text)

    def _is_counted(self, sentence: Sentence, quantity: Quantity) -> bool:
        counts = "/" not in quantity.unit and kind_of(quantity.unit) in ("noun", "money")
        return counts and not _PRICED.search(sentence.scan[: quantity.start])

    def _carried(self, sentence: Sentence, quantity: Quantity) -> Period | None:
        """What was said before: the day of an event for what is counted and paid in it, else a longer stretch."""
        if self._event and self._is_counted(sentence, quantity):
            return self._event
        faded = self._paragraph - self._since > _LASTS
        return self._period if self._period and not (faded and self._period.grain not in _STRETCHES) else None

    def place(self, sentence: Sentence, quantity: Quantity) -> str:
        """The place of a number, by the same order; "" when nothing tells it."""
        told = self._told
        before = [m for m in told if m.end <= quantity.start]
        stop = _PART.search(sentence.text, quantity.end)
        part = stop.start() if stop else len(sentence.text)
        behind = [m for m in told if quantity.end <= m.start < part]
        mention = before[-1] if before else (behind[0] if behind else None)
        if mention is None:
            mention = next(
                (
                    m
                    for m in told
                    if m.start >= part
                    and _HAPPENED.search(sentence.scan[part : m.start])
                    and not opened(sentence.text, m.start)
                ),
                None,
            )
        if mention is None:  # of two places in a row the last one, rather than what was said before
            listed = in_a_row(sentence.text, sentence.places)
            row = [m for m in sentence.places if m.end <= quantity.start and m.start in listed]
            if len(row) > _PAIR:
                return ""
            mention = next((m for m in reversed(row) if not is_aside(sentence, m)), None)
        found = self._known(mention.place) if mention else None
        found = found or self._place or self._section or self.home.place
        return found.text if found else ""

    def _known(self, place: Place) -> Place | None:
        """The place with its name and kind as the article tells them elsewhere."""
        if place.name and place.type:
            return place
        if not place.name:
            nearest = (self._place, self._section, self._home_of(place.type), self._last.get(place.type))
            for known in filter(None, (*nearest, *self.home.named)):
                if known.type == place.type or (
                    known in (self._place, self._section) and _can_be(known, place.type)
                ):
                    return known
            return None
        return self.home.full(place)

    def _home_of(self, kind: str) -> Place | None:
        home = self.home.place
        return home if home and home.type == kind else None

    def _title_period(self) -> Period | None:
        title = Sentence(self.article.title, 0, self.day)
        lasting = [period for period in title.periods if period.grain != "day"] or title.periods
        if not lasting:
            return None
        if self._is_to_come(lasting[0]):
            return None
        start = self.article.text.find(lasting[0].text)
        return moved(lasting[0], start - lasting[0].start) if start >= 0 else nowhere(lasting[0])


def _can_be(known: Place, kind: str) -> bool:
    """Whether a province or city named without its kind can be meant by "toàn tỉnh"."""
    return not known.type and known.name not in ABROAD and kind in ("tỉnh", "thành phố")


def _is_now(sentence: Sentence, before: list[Period], quantity: Quantity, behind: list[Period]) -> bool:
    """Whether a number is so now, whatever else the sentence tells of: "hiện 6 nhà máy chưa hoạt động sau cơn bão"."""
    now = _NOW.search(sentence.scan, before[-1].end if before else 0, quantity.start)
    if now is None or (behind and _SINCE.search(sentence.scan, quantity.end, behind[0].start) is None):
        return False
    return not (behind and _SINCE.search(sentence.scan, now.end(), quantity.start))


def _holds_on(sentence: Sentence, mention: Mention) -> bool:
    """Whether a place is told for what follows, too; "6 nhà máy của Mỹ" tells of another country by the way."""
    before = sentence.text[: mention.start]
    return (_STRONG.search(before) is not None or OFFICE.search(before) is not None) and not (
        mention.place.name in ABROAD and before.endswith("của ")
    )


_HEADING_LONGEST = 16


def _is_heading(sentence: Sentence) -> bool:
    """A short line without a full stop."""
    return sentence.text[-1] not in ".!?…;," and len(sentence.tokens) <= _HEADING_LONGEST
