"""The answer to a comparison: each side's figure with its sentence, then the conclusion and what is computed.

``sides`` takes the question apart; each side is asked through the ordinary path; ``compare`` puts the replies
together. What is computed is marked as such, and the number guard works it out again from the cited figures.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from index.periods import compatible
from index.quantities import approximately
from index.types import Quantity
from index.vietnamese import fold, has_diacritics, normal_tone
from qa import wording
from qa.arithmetic import Computed, comparable
from qa.cite import cite
from qa.compose import ANSWER_FROM, NEAREST_FROM
from qa.question import Question
from qa.read import Reply
from qa.scope import Scope
from qa.side_figures import Figure, choose, covers, topic_of
from qa.side_questions import Side, Sides
from qa.sides import sides
from qa.types import Answer, Hit
from qa.verify import unsupported

__all__ = ["Read", "Side", "Sides", "compare", "sides", "states"]

Read = tuple[Sequence[Hit], Sequence[Reply]]
"""What was read for one question: the hits and the replies, best first."""

_CLAUSE_WORDS = 32
_BESIDE = 60
_EXACT = ("", "ước", "ước tính")
"""Qualifiers that leave a figure as it is."""
_MARKED = {
    "nam": "năm", "thang": "tháng", "quy": "quý", "dau": "đầu", "cuoi": "cuối", "ngay": "ngày",
    "giai doan": "giai đoạn", "nhiem ky": "nhiệm kỳ", "nua": "nửa",
}  # fmt: skip
_DIFFERS = re.compile(r"\b(?:tang|giam|hon|gap|chenh|vuot|hut)\b")


class _Conclusion(NamedTuple):
    """What follows from the figures, and what of it is computed."""

    text: str
    computed: Sequence[Computed] = ()


def states(compared: Sides, replies: Sequence[Reply]) -> bool:
    """Whether the best reply itself says by how much the sides differ ("tăng 3,28 lần so với năm 2015")."""
    if not replies or replies[0].confidence < ANSWER_FROM:
        return False
    reading, candidate = replies[0].scored.reading, replies[0].scored.candidate
    beside = reading.folded[max(0, candidate.start - _BESIDE) : candidate.end + _BESIDE]
    other = compared.sides[-1]
    year = re.findall(r"\d+", other.name)[-1:]
    named = (
        (f"so voi nam {year[0]}" in beside or f"hon nam {year[0]}" in beside)
        if other.period and year
        else (fold(other.bare) in beside)
    )
    differs = _DIFFERS.search(beside) is not None
    return named and differs and covers(topic_of(other), reading, candidate.start, candidate.end)


def compare(typed: str, asked: Question, compared: Sides, read: Sequence[Read]) -> Answer:
    """The answer to a comparison.

    Args:
        typed: the question as typed.
        asked: the same, understood.
        compared: its sides.
        read: what was read for each side's question, in the order of the sides.

    Returns:
        An answer with one citation a side; not answered, and "nearest" where there is anything to show, when a
        side has no figure or the figures count different things.
    """
    found = choose(compared, [replies for _, replies in read])
    whole = [one for one in found if one]
    names = [_shown(side, one) for side, one in zip(compared.sides, found, strict=True)]
    citations = tuple(cite(number, one.reply.scored) for number, one in enumerate(whole, 1))
    told = [*(citation.quote for citation in citations), *names, *map(_when, whole), asked.text]
    conclusion = _conclude(compared, whole, names) if len(whole) == len(found) else None
    text = _said(compared, found, names, conclusion)
    if conclusion and unsupported(text, told, conclusion.computed):
        conclusion, text = None, _said(compared, found, names, None)
    hits = _merged(read, found)
    return Answer(
        typed,
        text,
        None,
        conclusion is not None,
        _confidence(whole) if conclusion else 0.0,
        citations,
        hits,
        "answer" if conclusion else _outcome(whole, hits, read),
        wording.understood(replace(asked, kind="comparison")),
        asked.text,
    )


def _confidence(found: Sequence[Figure]) -> float:
    """That of the least sure figure; one taken for matching the other counts as just sure enough."""
    return min(max(one.reply.confidence, ANSWER_FROM) for one in found)


def _outcome(found: Sequence[Figure], hits: Sequence[Hit], read: Sequence[Read]) -> str:
    near = any(replies and replies[0].confidence >= NEAREST_FROM for _, replies in read)
    return "nearest" if hits and (found or near) else "none"


def _merged(read: Sequence[Read], found: Sequence[Figure | None]) -> tuple[Hit, ...]:
    """The hits of all sides in turn, those of a side with a figure first; each passage once, ranked anew."""
    lists = [hits for one, (hits, _) in zip(found, read, strict=True) if one]
    lists += [hits for one, (hits, _) in zip(found, read, strict=True) if one is None]
    turns = [hit for hits in itertools.zip_longest(*lists) for hit in hits if hit]
    once = {hit.passage.passage_id: hit for hit in reversed(turns)}
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(reversed(once.values()), 1))


# --- what follows from the figures --------------------------------------------------------------------------


def _conclude(compared: Sides, found: Sequence[Figure], names: Sequence[str]) -> _Conclusion | None:
    """Which side it is and by how much; None when the figures count different things."""
    shared = [comparable(found[0].quantity, one.quantity) for one in found]
    values = [pair[1] for pair in shared if pair]
    if len(values) < len(found):
        return None
    order = sorted(range(len(found)), key=lambda place: values[place], reverse=compared.more)
    first, second = order[:2]
    if values[first] == values[second]:
        return _Conclusion(_level([names[place] for place in order if values[place] == values[first]]))
    if _unsure(found[first].quantity, found[second].quantity):
        return _Conclusion("Hai số liệu chỉ nêu gần đúng và sát nhau nên chưa đủ để kết luận.")
    winner = f"Kết luận: {_capital(names[first])} {_degree(compared)}"
    if len(found) > 2:
        return _Conclusion(f"{winner}.")
    computed = _computed(compared, found[0].quantity, found[1].quantity)
    results = ", ".join(map(_result, computed))
    return _Conclusion(f"{winner}; tính từ hai số liệu trên: {results}.", computed)


def _level(names: Sequence[str]) -> str:
    return f"Kết luận: {_capital(', '.join(names[:-1]))} và {names[-1]} bằng nhau."


def _degree(compared: Sides) -> str:
    """The comparing words: "nhất" among three sides, "hơn" between two."""
    return re.sub(r"(?:hơn|nhất)$", "nhất" if len(compared.sides) > 2 else "hơn", compared.degree)


def _unsure(first: Quantity, second: Quantity) -> bool:
    """Whether a figure said with "hơn" or "khoảng" may hide which of the two is the greater."""
    pairs = ((first, replace(second, qualifier="")), (second, replace(first, qualifier="")))
    return any(one.qualifier not in _EXACT and approximately(one, plain) for one, plain in pairs)


def _computed(compared: Sides, a: Quantity, b: Quantity) -> list[Computed]:
    """What is asked for and can be had: no share of a share, no division by zero."""
    divisible = a.value != 0 and b.value != 0
    kept = {"difference"} | ({"ratio"} if divisible else set())
    kept |= {"percent"} if divisible and not a.unit.startswith("%") else set()
    return [Computed(operation, a, b) for operation in compared.operations if operation in kept]


def _result(computed: Computed) -> str:
    inexact = any(quantity.qualifier not in _EXACT for quantity in (computed.a, computed.b))
    verb = "gấp" if computed.operation == "ratio" else "chênh"
    return f"{verb} {'khoảng ' if inexact else ''}{computed.said()}"


# --- what is said -------------------------------------------------------------------------------------------


def _said(
    compared: Sides, found: Sequence[Figure | None], names: Sequence[str], conclusion: _Conclusion | None
) -> str:
    """Each side's figure with its clause and marker, a word on their times, the conclusion or what is missing."""
    numbers = itertools.count(1)
    named = zip(compared.sides, names, found, strict=True)
    lines = [
        _line(f"{_capital(name)}{_scope(side, one)}", one, next(numbers)) for side, name, one in named if one
    ]
    missing = [name for name, one in zip(names, found, strict=True) if one is None]
    if missing:
        end = " nên không so sánh được" if lines else ""
        lines.append(f"Không tìm thấy số liệu của {' và '.join(missing)} trong các bài viết hiện có{end}.")
    elif conclusion is None:
        lines.append("Các số liệu này không cùng đơn vị nên không so sánh được.")
    else:
        lines += [_times(compared, [one for one in found if one]), conclusion.text]
    return " ".join(line for line in lines if line)


def _line(label: str, one: Figure, number: int) -> str:
    """The figure as it stands with its clause: "An Bình, năm 2023: 2,1% – “...” [1]."."""
    reading, candidate = one.reply.scored.reading, one.reply.scored.candidate
    clause = wording.window(reading.text, candidate.start, candidate.end, _CLAUSE_WORDS)
    return f"{label}: {one.text} – “{clause.rstrip('. ')}” [{number}]."


def _scope(side: Side, one: Figure) -> str:
    """The period of the figure behind the side's name; where the side is a period, only one that is not quite it."""
    when = _when(one)
    if side.period is None or one.period is None:
        said = not when or fold(when) in fold(side.name)
        return "" if said else f", {when}"
    return "" if compatible(side.period, one.period) else f" (bài viết nêu {when})"


def _when(one: Figure) -> str:
    """The period that the sentence gives the figure; "" for none."""
    return wording.scope_texts(Scope(None, False, one.period, None))[1]


def _times(compared: Sides, found: Sequence[Figure]) -> str:
    """That the figures are of different times, when the question did not ask for different times."""
    days = {(one.period.first, one.period.last) for one in found if one.period and one.period.first}
    differ = len(days) > 1 and not compared.sides[0].period
    return "Lưu ý: các số liệu thuộc những thời gian khác nhau." if differ else ""


def _shown(side: Side, one: Figure | None) -> str:
    """The side's name as its article writes it; else as typed, with diacritics on the words of a period."""
    if one:
        reading = one.reply.scored.reading
        for text in (reading.text, reading.hit.article.title, reading.hit.article.text):
            written = _written(side.name, text)
            if written:
                return written
    if side.period is None or has_diacritics(side.name):
        return side.name
    words = rf"\b(?:{'|'.join(_MARKED)})\b"
    return re.sub(words, lambda match: _MARKED[match.group()], side.name.lower())


def _written(name: str, text: str) -> str:
    """A name as a text writes it; "" when it does not hold it. Without diacritics any diacritics will do."""
    for match in re.finditer(rf"(?<!\w){re.escape(fold(name))}(?!\w)", fold(text)):
        written = text[match.start() : match.end()]
        if not has_diacritics(name) or normal_tone(written.lower()) == normal_tone(name.lower()):
            return written
    return ""


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
