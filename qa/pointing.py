"""The words of a sentence that the cross-encoder points at: phrases that are no candidate by rule, the heart of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.gazetteer import BARE_NAMES
from index.quantities import find_quantities
from index.types import Span
from index.vietnamese import fold
from qa.cross_encoder import Judged
from qa.features import Scored
from qa.fits import unit_class
from qa.offices import asked_office
from qa.question import Question
from qa.role_spans import ASKS_RANK
from qa.span_features import Features
from qa.spans import ASKS_ORDER, ORDINAL, PHRASED, Candidate, is_named_after, whole_words

MOST_FOCUS = 25
"""Words of a phrase that is pointed at in a sentence; a longer one is the sentence."""
POINTED = {*PHRASED, "role"}
"""Kinds of answers that are also looked for where no rule sees one: bare numbers, "mồng 4 Tết", "cuối giờ sáng"."""
_ENUMERATES = re.compile(r"[,;:]|\b(?:và|cùng|hoặc|lẫn|với)\b", re.IGNORECASE)
_EDGES = " ,;:.–-"
_PAIRED = (("“", "”"), ("‘", "’"), ('"', '"'), ("(", ")"), ("[", "]"), ("«", "»"))
"""Marks that open and close; one that stands at an edge without the other is cut off, what is not closed as well."""


def phrases(question: Question, known: Sequence[Scored], sentence: Judged) -> Iterator[Scored]:
    """The words that the cross-encoder takes for the answer, when they are none of a sentence's candidates.

    They are no part of a candidate; they count as the one candidate that stands in them, else as the sentence's best.
    """
    text = known[0].reading.text
    start, end = _trimmed(text, sentence.best_span())
    words = text[start:end]
    said = {fold(one.candidate.text) for one in known}
    if not _may_answer(question, words) or fold(words) in said or not 1 <= len(words.split()) <= MOST_FOCUS:
        return
    if any(_holds(one.candidate, start, end) for one in known):
        return
    if question.kind == "person" and is_named_after(question, text, start):
        return
    inside = [one for one in known if start <= one.candidate.start and one.candidate.end <= end]
    one = inside[0] if len(inside) == 1 else max(known, key=lambda one: one.features["first"])
    like = one.candidate if len(inside) == 1 else Candidate(start, end, words, "phrase")
    spans = {
        "span": 0.0,
        "span_gap": 0.0,
        "span_best": 1.0,
        "span_sure": max(-1.0, sentence.sureness(start, end) / 10),
        "phrase": 1.0,
        "phrase_bare": float(not any(character.isupper() for character in words[1:])),
    }
    candidate = replace(like, start=start, end=end, text=words, form="phrase")
    yield replace(one, candidate=candidate, features={**one.features, **spans})


_OFFICE = re.compile(
    r"trưởng|phó|chủ|bí thư|giám|ủy viên|thư ký|đại biểu|chánh|chỉ huy|tư lệnh|đại sứ|bộ trưởng|thủ|tổng|viên|quyền|hlv|"
    r"huấn luyện|phụ trách|điều hành|trợ lý|cố vấn|lãnh đạo|phán|sư|sĩ|đứng đầu|cán bộ|tá\b|úy\b|tướng",
    re.IGNORECASE,
)
_OFFICE_WORDS = re.compile(
    r"(?:nguyên |cựu )?(?:phó |tổng )?(?:chủ tịch|bí thư|giám đốc|tỉnh ủy viên|thành ủy viên|ủy viên|hiệu trưởng|bộ trưởng)\b"
)
_ASKS_OFFICE = re.compile(r"\bchuc\b")


def _may_answer(question: Question, words: str) -> bool:
    """Whether a phrase holds what an answer of a kind has to: a numeral, a time, for an office more than names."""
    kind = question.kind
    if kind == "role":
        office = _ASKS_OFFICE.search(question.folded) is None or _OFFICE.search(words) is not None
        return office and any(map(str.islower, words.split())) and not ASKS_RANK.search(question.folded)
    if kind == "person" and asked_office(question):  # "chủ tịch kiêm", "Hà Nội" hold none
        return not (words.islower() and _OFFICE.match(words)) and words not in BARE_NAMES
    if kind == "place" and words.islower() and _OFFICE_WORDS.match(words):
        return False  # "tỉnh ủy viên" is nowhere
    needed = PHRASED.get(kind)
    if needed is not None and not needed.search(_SOME.sub("", words)):
        return False
    if kind == "number" and ASKS_ORDER.search(question.folded):
        return ORDINAL.search(words) is not None
    return kind != "number" or _says_unit(question, words)


_SOME = re.compile(r"\bmột (?:số|vài|ít|phần)\b", re.IGNORECASE)
"""Words with a numeral that are no number."""
_MEASURES = frozenset({"money", "measure", "time", "%"})
_AMOUNTS = frozenset("nghìn ngàn triệu tỷ tỉ đô đ".split())


def _says_unit(question: Question, words: str) -> bool:
    """Whether a phrase says a unit where only figures with one answer: "10" is no sum of money, "một lần" is a number of times.

    Examples:
        >>> from qa.question import understand
        >>> [_says_unit(understand("Nợ bao nhiêu tiền?"), words) for words in ("10", "10 triệu đồng")]
        [False, True]
    """
    asked = {unit_class(unit) for unit in question.units}
    if not asked & _MEASURES:
        return True
    units = question.units | (_AMOUNTS if "money" in asked else set())
    return not units.isdisjoint(words.lower().split()) or any(
        unit_class(found.unit) in asked for found in find_quantities(words)
    )


def _holds(candidate: Candidate, start: int, end: int) -> bool:
    """Whether a span is a part of what is one: "2,70" of "2,70 cân", "trụ sở" of "trụ sở xã Tân Lập"."""
    return candidate.form != "sentence" and candidate.start <= start and end <= candidate.end


def focus(question: Question, scored: Scored, sentence: Judged) -> Span | None:
    """The words of a sentence that answer, for questions that are answered by a phrase."""
    if scored.candidate.form != "sentence" or question.kind not in ("text", "reason", "list"):
        return None
    start, end = _trimmed(scored.reading.text, sentence.best_span())
    return (start, end) if 1 <= len(scored.reading.text[start:end].split()) <= MOST_FOCUS else None


def focus_features(question: Question, scored: Scored, at: Span | None, sentence: Judged) -> Features:
    """How sure the words are that answer in a sentence, and whether they enumerate where a list is asked for."""
    if scored.candidate.form != "sentence" or question.kind in PHRASED:
        return {}
    if at is None:
        return {"focus_none": 1.0}
    words = scored.reading.text[slice(*at)]
    return {
        "focus_sure": max(-1.0, sentence.sureness(*at) / 10),
        "focus_single": float(question.kind == "list" and _ENUMERATES.search(words) is None),
    }


def _trimmed(text: str, span: Span) -> Span:
    """The span in whole words, without the marks and spaces at its edges.

    >>> _trimmed("Vợ chồng ông An, (xã Lâm) đi vắng.", (1, 16))
    (0, 15)
    >>> _trimmed("Vợ chồng ông An, (xã Lâm) đi vắng.", (17, 24))
    (18, 24)
    >>> _trimmed("Núi cao 1.120 mét (3.670 ft), dốc.", (8, 26))
    (8, 17)
    """
    start, end = whole_words(text, *span)
    inside, before = text[start:end], ""
    while inside != before:
        before = inside
        inside = inside.strip(_EDGES)
        for opening, closing in _PAIRED:
            if inside.startswith(opening) and closing not in inside[1:]:
                inside = inside[1:]
            if inside.endswith(closing) and opening not in inside[:-1]:
                inside = inside[:-1]
            if opening != closing and inside.rfind(opening) > inside.rfind(closing):
                inside = inside[: inside.rfind(opening)]
    start += text[start:end].find(inside)
    return start, start + len(inside)
