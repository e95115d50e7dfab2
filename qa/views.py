"""A reply as its rivals see it: what it is said of, the words that tell what it is, plan or result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from index.names import is_surname
from index.vietnamese import fold, has_diacritics, normal_tone, syllables
from qa.offices import asked_office
from qa.question import Question
from qa.read import Reply
from qa.scope import scope_of
from qa.spans import Candidate, candidates
from qa.surroundings import Around, around, folded_words, with_neighbours
from qa.words import FUNCTION_FOLDED, FUNCTION_WORDS

REPORTING = frozenset(
    (
        "đạt ước tăng giảm nhanh mạnh dần hơn gần khoảng xấp xỉ chừng bằng mức so với cùng kỳ hiện nay "
        "đến cuối đầu năm tháng quý tổng cộng ghi nhận thực toàn địa bàn trên cũng của còn được hằng hàng "
        "giá trị liên tục cao lần lũy kế báo cáo theo khi người chính thức riêng vẫn đã nâng lên duy trì "
        "tỉnh thành phố huyện xã phường quận thị trấn trường công ty bệnh viện nơi đây này tại ở trong "
        "lượng số là có"
    ).split()
)
"""Words that may stand between a subject and its figure without changing the subject: with others it is another
thing ("thu ngân sách từ tiền đất đạt")."""
_BY_WHICH_MEASURE = frozenset("gấp bình quân gap binh quan".split())
"""Words that tell how a change is counted: "tăng 1,3 lần", "gấp 1,7 lần"; "giảm bình quân 2%"."""
REPORTING_FOLDED = frozenset(map(fold, REPORTING))
_INTENT = re.compile(
    r"phan dau|muc tieu|du kien|huong toi|\bse\b|du tinh|giao chi tieu|(?:de|dat) ra (?:chi tieu|ke hoach|muc)"
)
_DONE = re.compile(r"\bden nay\b|\bda (?:dat|co|thuc hien|hoan thanh)\b|\bhien (?:co|nay)\b|\bdat va vuot\b")
"""After what is intended these tell what came of it."""
_PLAN_BESIDE = re.compile(r"ke hoach|du toan|chi tieu|muc tieu|phan dau|du kien")
_MET = re.compile(r"(?:dat|bang|vuot|hoan thanh|so voi|tren)\s[^,;]{0,30}$")
_SHARE_OF = re.compile(
    r"(?:(?! va )[^,;()]){0,12}?\b(?:ke hoach|du toan|chi tieu|nghi quyet|so voi|cung ky|toan tinh|tong)\b"
)
_OPENS = re.compile(r"\s*\(\s*")
_PART = re.compile(r"[,;:(]")
_CLASSIFIERS = frozenset({"", "chiếc", "cái", "con"})
_APPOSITION = 80
"""Characters behind a name that may tell who it is."""
_MOST_NAMES = 5


class View:
    """A reply with what it is said of and the words around it.

    Attributes:
        asked: the question.
        reply: the reply.
        reading: its sentence.
        span: the candidate in it.
        article: where it stands.
        scope: the place and the time it is said of.
    """

    def __init__(self, asked: Question, reply: Reply) -> None:
        self.asked = asked
        self.reply = reply
        self.reading = reply.scored.reading
        self.span = reply.scored.candidate
        self.article = self.reading.hit.article
        self.scope = scope_of(reply.scored)

    @cached_property
    def _spans(self) -> list[Candidate]:
        return candidates(self.asked, self.reading.text, self.article.published)

    @cached_property
    def _lead(self) -> Candidate:
        """The span; for one in brackets the figure that it explains: "vượt 38 tỷ đồng (25,5%)"."""
        text = self.reading.text
        before = (one for one in self._spans if one.end <= self.span.start)
        return next((one for one in before if _OPENS.fullmatch(text, one.end, self.span.start)), self.span)

    @cached_property
    def _around(self) -> Around:
        return around(self.reading, self._lead, self._spans)

    @cached_property
    def words(self) -> frozenset[str]:
        """The folded words, with pairs, that tell what the span is: beside a figure or a name, around a date."""
        near = self._around
        if self.span.form == "period":
            return near.clause
        text = self.reading.folded
        if self.span.form == "name":
            stop = min([span.start for span in self._spans if span.start >= self.span.end], default=len(text))
            tail = text[self.span.end : min(stop, self.span.end + _APPOSITION)]
            return near.left | with_neighbours(folded_words(tail))
        tail = text[self.span.start : self.span.end]
        if self._lead is not self.span:
            tail += re.split(r"[,;]", text[self.span.end :].lstrip(") "))[0]
        return self._left() | near.right | with_neighbours(folded_words(tail))

    @cached_property
    def wide(self) -> frozenset[str]:
        """The words of the whole clause, and those of ``words``."""
        return self._around.clause | self.words

    def _left(self) -> frozenset[str]:
        """The words on the left; where they only report, those before the comma too: "thu nhập tăng, năm 2020 đạt"."""
        text = self._dated()[: self._lead.start]
        edges = [0, *(mark.end() for mark in re.finditer(r"[;:]\s|[.!?]\s", text))]
        parts = text[edges[-1] :].split(",")
        while len(parts) > 1 and not self._telling(parts[-1]):
            parts = [*parts[:-2], f"{parts[-2]} {parts[-1]}"]
            if self._telling(parts[-1]):
                return self._around.left | with_neighbours(folded_words(parts[-1]))
        return self._around.left

    def _dated(self) -> str:
        """The sentence with blanks for its periods."""
        text = normal_tone(self.reading.text)
        for period in self.reading.periods:
            text = text[: period.start] + " " * (period.end - period.start) + text[period.end :]
        return text

    def _telling(self, text: str) -> bool:
        """Whether a stretch holds a word that tells what is reported."""
        return any(word not in self._reporting and not word[0].isdigit() for word in syllables(text))

    @cached_property
    def _reporting(self) -> frozenset[str]:
        accented = has_diacritics(self.reading.text)
        return REPORTING | FUNCTION_WORDS if accented else REPORTING_FOLDED | FUNCTION_FOLDED

    def between(self, subject: Mapping[str, float]) -> frozenset[str]:
        """The words between the last word of the subject and the span, without periods and places."""
        if self.span.form == "period":
            return frozenset()
        words = syllables(re.split(r"[;:]", self._dated()[: self._lead.start])[-1])
        last = max((at for at, word in enumerate(words) if fold(word) in subject), default=len(words))
        place = folded_words(self.scope.place.text) if self.scope.place else []
        return frozenset(
            word
            for word in words[last + 1 :]
            if word not in self._reporting | _BY_WHICH_MEASURE
            and fold(word) not in place
            and not word[0].isdigit()
        )

    def says(self, word: str, accented: Mapping[str, frozenset[str]], *, wide: bool) -> bool:
        """Whether a folded word of the question stands around the span, with its diacritics where both have them."""
        if word not in (self.wide if wide else self.words):
            return False
        written = self._written.get(word)
        return not (written and word in accented) or bool(written & accented[word])

    @cached_property
    def _written(self) -> dict[str, frozenset[str]]:
        return spellings(self.reading.text)

    @cached_property
    def unit(self) -> str:
        """The figure's unit; of "số hố là 16" and "16 chiếc hố" the noun that the question counts."""
        quantity, noun = self.span.quantity, self.asked.noun
        if quantity is None or not noun or quantity.unit not in _CLASSIFIERS:
            return quantity.unit if quantity else ""
        before = re.search(rf"\bso {re.escape(noun)}\b[^,;]*$", self.reading.folded[: self.span.start])
        behind = re.match(rf"\s*{re.escape(noun)}\b", self.reading.folded[self.span.end :])
        counted = next((unit for unit in self.asked.units if fold(unit) == noun), noun)
        return counted if before or behind else quantity.unit

    @cached_property
    def beside_office(self) -> bool:
        """Whether a name is of a deputy, an acting or a former holder of the office asked for, or of any."""
        around_it = self.reading.text[max(0, self.span.start - _APPOSITION) : self.span.end + _APPOSITION]
        office = asked_office(self.asked)
        head = re.escape(office.head) if office else ""
        told = re.search(rf"\b(?:phó|nguyên|cựu|quyền) {head}", around_it, re.IGNORECASE)
        return self.span.form == "name" and told is not None

    @cached_property
    def names_person(self) -> bool:
        """Whether the span begins with the family name of somebody, also where a given name is in lower case."""
        words = self.span.text.split()
        return (
            2 <= len(words) <= _MOST_NAMES
            and words[0][0].isupper()
            and is_surname(words[0])
            and words[-1][0].isupper()
        )

    @cached_property
    def names_place(self) -> bool:
        """Whether a name is that of the place it is said of, which is nobody."""
        place = self.scope.place
        return self.span.form == "name" and place is not None and fold(self.span.text) == fold(place.name)

    @cached_property
    def planned(self) -> bool:
        """Whether the figure is a plan, by the words before it and right behind it, or of a time after its article."""
        period, day = self.scope.period, self.article.published or self.reading.day
        if self.span.quantity and period and period.first and day and period.first > day:
            return True
        left = self.reading.folded[: self.span.start].rsplit(";", 1)[-1]
        intents = list(_INTENT.finditer(left))
        if intents and not _DONE.search(left, intents[-1].end()):
            return True
        if self.span.quantity and self.span.quantity.unit == "chỉ tiêu":
            return False  # targets are what is counted
        part = _PART.split(left)[-1]
        beside = _PLAN_BESIDE.search(part)
        after = re.match(
            r"[^,;]{0,15}\b(?:theo|trong) (?:ke hoach|du toan)", self.reading.folded[self.span.end :]
        )
        return (beside is not None and not _MET.search(part[: beside.start()])) or after is not None

    @cached_property
    def sense(self) -> tuple[bool, bool]:
        """Change or amount; share of a plan or not."""
        has = self.reply.scored.features.get
        changed = has("change_fits", 0.0) + has("change_unasked", 0.0) > 0
        share = has("share_fits", 0.0) + has("share_unasked", 0.0) > 0
        return changed, share and _SHARE_OF.match(self.reading.folded, self.span.end) is not None


def spellings(text: str) -> dict[str, frozenset[str]]:
    """The syllables of a text with diacritics by their folded forms; none of a text without.

    >>> spellings("đất đạt")["dat"] == {"đất", "đạt"}, spellings("dat")
    (True, {})
    """
    if not has_diacritics(text):
        return {}
    written: dict[str, set[str]] = {}
    for word in syllables(normal_tone(text)):
        written.setdefault(fold(word), set()).add(word)
    return {folded: frozenset(words) for folded, words in written.items()}
