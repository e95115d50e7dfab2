"""Article -> sentences and passages, both as offsets into the article's text.

A line of the text is a paragraph, a heading or a list item; no sentence and no line is ever cut by a
passage's edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.types import Article, Passage, Span

SPLITTER_VERSION = 1
"""Part of the manifest: raise it when the same text would be split otherwise."""


@dataclass(frozen=True, slots=True)
class SplitSettings:
    """How long passages get, in syllables.

    Attributes:
        enough: a passage of this length may end at the end of a paragraph.
        most: a passage grows past this length only to finish a sentence that is longer itself,
            or to take in a short rest.
        rest: what is left at the end of an article joins the passage before it below this length.
    """

    enough: int = 80
    most: int = 150
    rest: int = 40


_ABBREVIATIONS = frozenset(
    "tp tx tt ths ts pgs gs bs ks ls cn st dr mr mrs ms prof tr q p h f no nxb đ/c tel jr vs uv btv".split()
)
_STOP = re.compile(r"(?:\.{2,}|…|[.!?])+[\"'”’»)\]]*")
_OPENING = re.compile(r"\s*[\"'“‘«(\[\-–•* ]*")
_WORD_BEFORE = re.compile(r"[^\s(\[“\"'‘]+$")
_LONGEST_WORD = 60
"""Characters before a full stop that are looked at: a text of one line must not be read again from its start at each stop."""
_LIST_NUMBER = re.compile(r"(?:\d{1,2}|[a-zđ]|[IVX]{1,5})$")
_LIST_ITEM = re.compile(r"\s*(?:[-–•*+]|\d{1,2}[.)]|[a-zđ]\))\s")
_SYLLABLE = re.compile(r"\w+")


def count_syllables(text: str) -> int:
    """Number of syllables and numbers in a text.

    >>> count_syllables("Thu ngân sách 2020.")
    4
    """
    return sum(1 for _ in _SYLLABLE.finditer(text))


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, ascending, without the blanks around them.

    >>> [("Đạt 3.250 tỷ. Còn 44 hộ nghèo.Công tác của TP. Sóc Trăng tốt.")[a:b] for a, b in
    ...  sentences("Đạt 3.250 tỷ. Còn 44 hộ nghèo.Công tác của TP. Sóc Trăng tốt.")]
    ['Đạt 3.250 tỷ.', 'Còn 44 hộ nghèo.', 'Công tác của TP. Sóc Trăng tốt.']
    """
    found: list[Span] = []
    for line_start, line_end in _lines(text, start, len(text) if end is None else end):
        found.extend(_sentences_of_line(text, line_start, line_end))
    return found


def passages(article: Article, settings: SplitSettings | None = None) -> list[Passage]:
    """The passages of an article in reading order; page furniture forms passages of its own."""
    settings = settings or SplitSettings()
    spans: list[tuple[Span, bool]] = []
    for region, furniture in _regions(article):
        units = _units(article.text, region)
        spans.extend((span, furniture) for span in _pack(article.text, units, settings))
    return [
        Passage(
            f"{article.article_id}-{number}",
            article.article_id,
            start,
            end,
            article.text[start:end],
            furniture,
        )
        for number, ((start, end), furniture) in enumerate(spans, 1)
    ]


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """The non-blank lines, without blanks at their ends."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        span = _strip(text, start, stop)
        if span[0] < span[1]:
            yield span
        start = stop + 1


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _sentences_of_line(text: str, start: int, end: int) -> Iterator[Span]:
    first = start
    for mark in _STOP.finditer(text, start, end):
        if mark.end() < end and _ends_sentence(text, first, mark.start(), mark.end(), end):
            span = _strip(text, first, mark.end())
            yield span
            first = _strip(text, mark.end(), end)[0]
    if first < end:
        yield first, end


def _ends_sentence(text: str, first: int, mark: int, after: int, end: int) -> bool:
    """Whether the mark at ``text[mark:after]`` closes the sentence that began at ``first``."""
    if not text[after].isspace():
        return _is_glued(text, mark, after, end)
    opening = _OPENING.match(text, after, end)
    first_letter = text[opening.end() : opening.end() + 1] if opening and opening.end() < end else ""
    if not (first_letter.isupper() or first_letter.isdigit()):
        return False
    if text[mark:after] != ".":
        return True
    word = _WORD_BEFORE.search(text, max(first, mark - _LONGEST_WORD), mark)
    if word is None:
        return False
    return not _is_abbreviation(word.group(), starts_sentence=word.start() == first)


def _is_abbreviation(word: str, starts_sentence: bool) -> bool:
    last = word.rsplit(".", 1)[-1]
    if last.lower() in _ABBREVIATIONS and not last.islower():
        return True
    if len(last) == 1 and last.isupper():
        return True
    return starts_sentence and _LIST_NUMBER.match(word) is not None


def _is_glued(text: str, mark: int, after: int, end: int) -> bool:
    """A full stop with the blank behind it forgotten: "hộ nghèo.Công tác", "năm 2015.Tỷ lệ"."""
    if text[mark] not in ".!?…" or mark == 0 or after + 1 >= end:
        return False
    before, first, second = text[mark - 1], text[after], text[after + 1]
    if not (first.isupper() and second.islower()):
        return False
    word = _WORD_BEFORE.search(text, max(0, mark - 20), mark)
    long_word = word is not None and len(word.group()) > 1 and "." not in word.group()
    if before.islower():
        return long_word and word is not None and not _is_abbreviation(word.group(), False)
    return before in '0123456789%)”"' and "@" not in text[max(0, mark - 20) : after + 20]


def _regions(article: Article) -> Iterator[tuple[Span, bool]]:
    """The article's text cut at its furniture: (span, is furniture), ascending."""
    at = 0
    for start, end in _merged(article.text, article.furniture):
        if article.text[at:start].strip():
            yield (at, start), False
        yield (start, end), True
        at = end
    if article.text[at:].strip():
        yield (at, len(article.text)), False


def _merged(text: str, spans: tuple[Span, ...]) -> list[Span]:
    """Neighbouring furniture lines as one span."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, with what decides where a passage may end."""

    span: Span
    syllables: int
    ends_line: bool
    wants_next: bool  # a heading or the head of a list
    is_item: bool


def _units(text: str, region: Span) -> list[_Unit]:
    units: list[_Unit] = []
    for line in _lines(text, *region):
        spans = list(_sentences_of_line(text, *line))
        for position, span in enumerate(spans):
            sentence = text[span[0] : span[1]]
            last = position == len(spans) - 1
            units.append(
                _Unit(
                    span,
                    count_syllables(sentence),
                    last,
                    last and _wants_next(sentence, alone=len(spans) == 1),
                    position == 0 and _LIST_ITEM.match(sentence) is not None,
                )
            )
    return units


def _wants_next(sentence: str, alone: bool) -> bool:
    """A head of a list ends in a colon; a heading is a short line without a full stop."""
    if sentence.endswith(":"):
        return True
    return alone and sentence[-1] not in '.!?…;,”"' and count_syllables(sentence) <= 16


def _pack(text: str, units: list[_Unit], settings: SplitSettings) -> list[Span]:
    groups: list[list[_Unit]] = []
    for unit in units:
        if groups and _joins(groups[-1], unit, settings):
            groups[-1].append(unit)
        else:
            groups.append(_take_heading(groups, unit))
    groups = [group for group in groups if group]
    if len(groups) > 1 and sum(unit.syllables for unit in groups[-1]) < settings.rest:
        groups[-2:] = [groups[-2] + groups[-1]]
    return [(group[0].span[0], group[-1].span[1]) for group in groups]


def _joins(group: list[_Unit], unit: _Unit, settings: SplitSettings) -> bool:
    size = sum(member.syllables for member in group)
    if size + unit.syllables > settings.most:
        return all(member.wants_next for member in group)
    if size < settings.enough or not group[-1].ends_line:
        return True
    return group[-1].wants_next or unit.is_item


def _take_heading(groups: list[list[_Unit]], unit: _Unit) -> list[_Unit]:
    """Start a group with ``unit``, taking along the headings that the group before it ends with."""
    taken: list[_Unit] = []
    while groups and len(groups[-1]) > 1 and groups[-1][-1].wants_next:
        taken.insert(0, groups[-1].pop())
    return [*taken, unit]
