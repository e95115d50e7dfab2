"""What is said to people, in Vietnamese."""

from __future__ import annotations

import itertools
import re
from datetime import date

from index.vietnamese import normal_tone, tokens
from qa.features import Scored
from qa.question import Question
from qa.read import Reply
from qa.rivals import Rivals
from qa.scope import Scope
from qa.types import Citation

MOST_WORDS = 55
"""A quoted sentence longer than this is cut to the clauses around the answer."""

_KINDS = {
    "number": "số liệu",
    "date": "thời gian",
    "person": "tên người",
    "role": "chức vụ",
    "place": "địa điểm",
    "contact": "thông tin liên hệ",
    "list": "danh sách",
    "reason": "nguyên nhân",
    "comparison": "so sánh",
    "text": "",
}
_CUT = re.compile(r"(?<=[;,])\s+")


def answer(short: str | None, scored: Scored, number: int) -> str:
    """The line of an answer: the short answer, the clause it stands in, and its marker."""
    candidate, sentence = scored.candidate, scored.reading.text
    if short is None:
        return f"{window(sentence, 0, 0, most=140)} [{number}]"
    clause = window(sentence, candidate.start, candidate.end)
    head = short if candidate.form == "mail" else f"{short[:1].upper()}{short[1:]}"
    return f"{head}: “{clause}” [{number}]"


def named(name: str, where: Citation) -> str:
    """The line of an answer that is a name, with what is marked of the sentence that says it."""
    return f"{name}: {_marked(where)}"


def _marked(where: Citation) -> str:
    """What is quoted around the marks of a citation, and its marker."""
    start, end = min(start for start, _ in where.marks), max(end for _, end in where.marks)
    return f"“{window(where.quote, start - where.start, end - where.start)}” [{where.number}]"


def full_name(whole: str, told: str, where: Citation) -> str:
    """An answer that gives a person's given name, led by the full name and where that stands."""
    return f"{whole}: {told.partition(': ')[2]} Tên đầy đủ: {_marked(where)}"


def several(rivals: Rivals) -> str:
    """Several answers fit the question: each with its place, its time, its source and its day."""
    plans = {number for number, planned in enumerate(rivals.plans, 1) if planned}
    items = [
        f"{reply.scored.candidate.text} ({'chỉ tiêu; ' if number in plans else ''}{_of(reply, scope)}) [{number}]"
        for number, (reply, scope) in enumerate(zip(rivals.replies, rivals.scopes, strict=True), 1)
    ]
    return f"{_OPENINGS[rivals.kind, rivals.by]}: {'; '.join(items)}."


_OPENINGS = {
    ("disagreement", ()): "Các nguồn nêu khác nhau",
    ("ambiguous", ("place",)): "Câu hỏi có nhiều câu trả lời theo nơi",
    ("ambiguous", ("time",)): "Câu hỏi có nhiều câu trả lời theo thời gian",
    ("ambiguous", ("place", "time")): "Câu hỏi có nhiều câu trả lời theo nơi và thời gian",
}


def _of(reply: Reply, scope: Scope) -> str:
    """What a reply is said of and by whom: "huyện A, năm 2023; Báo B, đăng 05/01/2024"."""
    article = reply.scored.reading.hit.article
    said = ", ".join(part for part in scope_texts(scope) if part)
    day = f"đăng {show_day(scope.published)}" if scope.published else ""
    told = ", ".join(part for part in (article.source or article.title, day) if part)
    return "; ".join(part for part in (said, told) if part)


def scope_texts(scope: Scope) -> tuple[str, str]:
    """The place and the period for people, "" for what is not told; "năm 2023" where a text has "2023" alone."""
    place = scope.place.text if scope.place and scope.place.name else ""
    period = scope.period
    if period is None or period.first is None:
        return place, ""
    text = f"năm {period.text}" if period.grain == "year" and period.text.isdigit() else period.text
    year = str(period.first.year)
    dated = year in text or str(period.last and period.last.year) in text
    text = text[:1].lower() + text[1:]
    return place, text if dated else f"{text} ({year})"


def window(sentence: str, start: int, end: int, most: int = MOST_WORDS) -> str:
    """The sentence, or its clauses around ``[start, end)`` that fit in ``most`` words, "…" where it was cut.

    >>> window("một hai, ba bốn, năm sáu", 9, 12, most=4)
    'một hai, ba bốn, …'
    """
    if len(sentence.split()) <= most:
        return sentence
    edges = [0, *(match.end() for match in _CUT.finditer(sentence)), len(sentence)]
    low = max(i for i, edge in enumerate(edges[:-1]) if edge <= start)
    high = next((i for i, edge in enumerate(edges) if edge >= max(end, 1)), len(edges) - 1)
    while True:
        grown = [(low - 1, high), (low, high + 1)]
        fits = [
            (a, b) for a, b in grown
            if a >= 0 and b < len(edges) and len(sentence[edges[a] : edges[b]].split()) <= most
        ]  # fmt: skip
        if not fits:
            break
        low, high = fits[0]
    cut = sentence[edges[low] : edges[high]].rstrip()
    return ("… " if low > 0 else "") + cut + (" …" if high < len(edges) - 1 else "")


def understood(question: Question) -> str:
    """What was understood, for people: the kind, the topic and the periods."""
    kind = _KINDS[question.kind]
    periods = dict.fromkeys(period.text for period in question.periods)
    return " · ".join(part for part in (topic(question), *periods, kind) if part)


def topic(question: Question) -> str:
    """The question as typed from its first content word to its last, without what asks and without its periods.

    >>> from qa.question import understand
    >>> topic(understand("Tỷ lệ hộ nghèo của xã Tân Lập năm 2020 là bao nhiêu?"))
    'Tỷ lệ hộ nghèo của xã Tân Lập'
    """
    wanted = {word for word, weight in question.topic if weight >= 1.0 and not word[0].isdigit()}
    said = {word for word, _ in question.topic}
    spots = [
        (normal_tone(word.lower()), start, end)
        for word, start, end in tokens(question.text)
        if not any(period.start <= start < period.end for period in question.periods)
    ]
    spots = [spot for spot in spots if spot[0] in said]
    full = [place for place, (word, _, _) in enumerate(spots) if word in wanted]
    if not full:
        return ""
    kept = spots[full[0] : full[-1] + 1]
    parts = [question.text[start:end] for _, start, end in kept]
    for place, (before, after) in enumerate(itertools.pairwise(kept), 1):
        between = question.text[before[2] : after[1]]
        parts[place] = (" " if re.search(r"\w", between) else between) + parts[place]
    return "".join(parts)


def show_day(day: date | None) -> str:
    """A day as Vietnamese readers write it, "" when unknown.

    >>> show_day(date(2020, 6, 24))
    '24/06/2020'
    """
    return day.strftime("%d/%m/%Y") if day else ""


def not_found(question: Question) -> str:
    """Nothing in the corpus answers the question."""
    return f"Không tìm thấy trong các bài viết hiện có câu trả lời cho: {_looked_for(question)}."


def nearest(question: Question) -> str:
    """Something close was found, and it is not the answer."""
    return (
        f"Không tìm thấy câu trả lời chắc chắn cho: {_looked_for(question)}. "
        "Đoạn gần nhất được nêu bên cạnh, nhưng có thể không phải điều bạn hỏi."
    )


def _looked_for(question: Question) -> str:
    return f"“{question.text.rstrip(' ?.!')}”"
