"""When an article was published and by whom: answered from the day and the byline that its page prints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.periods import find_periods
from index.split import sentences
from index.types import Article
from index.vietnamese import UPPER, fold
from qa.features import Scored
from qa.question import Question
from qa.read import Reply
from qa.spans import Candidate
from qa.surroundings import ArticleWords, Reading, reference_day, with_neighbours
from qa.types import Hit
from qa.words import content_words

_ASKS = re.compile(
    r"\b(?:ngay|thoi diem|thoi gian|gio) (?:dang|xuat ban)(?: (?:bai|tin|tai))?(?: (?:viet|bao))?\b(?! ky| bo| vien| uy)"
    r"|\b(?:bai|tin|bai viet|bai bao|ban tin)\b.*\b(?:dang|xuat ban|dua|len trang)(?: tai| len)? (?:\w+ )?"
    r"(?:ngay|khi|luc|hom|bao gio|thang|nam|tu) ?(?:nao|may|gi|bao gio)?"
)
_ASKS_AUTHOR = re.compile(
    r"\b(?:tac gia|nguoi viet|phong vien|cong tac vien|nha bao|nguoi (?:chap but|thuc hien))\b.*\b(?:bai(?! hat| tho| ca\b| hoc| toan)|tin|phong van|trao doi|phong su)\b"
    r"|\bai (?:la nguoi )?(?:da )?(?:viet|chap but|dua tin|thuc hien (?:bai|cuoc (?:phong van|trao doi)))\b"
    r"|\b(?:bai|tin)\b.*\b(?:do ai|cua ai|ai|nguoi nao) (?:viet|dua|thuc hien|chap but)\b"
)  # fmt: skip
_PEOPLE = re.compile(r"\bngười việt\b", re.IGNORECASE)
"""Looks like "người viết" without diacritics."""
_BYLINE = re.compile(
    rf"(?:(?:Bài|Tin|Ảnh|Thực hiện|Tác giả)(?:, ảnh)?\s*:\s*)?(?P<name>[{UPPER}][\w.]*(?:(?:\s|\s?[-–,&]\s?| và )[{UPPER}][\w.]*){{0,7}})\s*(?:\(?Theo .{{2,60}})?$"
)
"""A line of nothing but names, the part before "Theo ..." being those of the article's own authors."""
_FRAME = re.compile(
    r"\b(?:tac gia|nguoi viet|phong vien|cong tac vien|nha bao|ai viet|do ai viet|cuoc trao doi|trao doi|bai viet|bai bao|ban tin|bai|tin|ve viec|noi ve|ve|ngay|dang tai|dang|xuat ban|duoc|khi|luc|hom|nao|bao gio)\b"
)
_SURE, _UNSURE = 0.85, 0.05
_ENOUGH = 0.6
"""Share of the question's words and pairs that an article must hold to be the one that is meant."""


def asks_publication(question: Question) -> bool:
    """Whether the day an article was published is asked for."""
    return question.kind == "date" and _ASKS.search(question.folded) is not None


def asks_author(question: Question) -> bool:
    """Whether the writer of an article is asked for."""
    people = question.kind in ("person", "text") and not _PEOPLE.search(question.text)
    return people and _ASKS_AUTHOR.search(question.folded) is not None


def publication_replies(question: Question, hits: Sequence[Hit]) -> list[Reply]:
    """The printed day, or the byline, of the article that the question tells of; empty when no hit's article prints it."""
    words = [fold(word) for word, weight in content_words(_FRAME.sub(" ", question.folded)) if weight == 1.0]
    terms = with_neighbours(words)
    if not hits:
        return []
    hit = max(hits, key=lambda hit: (_cover(terms, hit.article) + _in_title(terms, hit.article), -hit.rank))
    cover = _cover(terms, hit.article)
    stamp = _byline(hit.article) if asks_author(question) else _stamp(hit.article)
    if stamp is None:
        return []
    start, end, candidate = stamp
    reading = Reading(hit, start, end, hit.article.text[start:end], "", (), reference_day(hit.article))
    sure = _SURE if cover >= _ENOUGH else _UNSURE
    return [Reply(Scored(reading, candidate, {"cover_article": cover}), 10 * cover, sure)]


def _cover(terms: frozenset[str], article: Article) -> float:
    """The share of the words and pairs that the article holds."""
    held = ArticleWords.of(article)
    return len(terms & (held.words | held.title)) / len(terms) if terms else 0.0


def _in_title(terms: frozenset[str], article: Article) -> float:
    """The share of the words and pairs that the article's title holds: people name an article by it."""
    return len(terms & ArticleWords.of(article).title) / len(terms) if terms else 0.0


def _stamp(article: Article) -> tuple[int, int, Candidate] | None:
    """The first sentence that prints the day of publication, and the day in it."""
    if article.published is None:
        return None
    for start, end in sentences(article.text, 0, len(article.text)):
        text = article.text[start:end]
        for period in find_periods(text, article.published):
            if period.grain == "day" and period.first == article.published:
                stop = _with_hour(text, period.end)
                found = Candidate(period.start, stop, text[period.start : stop], "period", period=period)
                return start, end, found
    return None


def _byline(article: Article) -> tuple[int, int, Candidate] | None:
    """The last line above the page's furniture that is nothing but names, and the names in it."""
    stop = min(
        [start for start, _ in article.furniture if start > len(article.text) / 2], default=len(article.text)
    )
    for line in reversed(list(re.finditer(r"[^\n]+", article.text[:stop]))):
        text = line.group().rstrip()
        behind = max(text.rfind(mark) for mark in (". ", "! ", "? ", "” ", '" ')) + 1
        start = behind + len(text[behind:]) - len(text[behind:].lstrip())
        found = _BYLINE.fullmatch(text, start)
        if found and line.start() + start > 0:
            name = Candidate(found.start("name") - start, found.end("name") - start, found["name"], "name")
            return line.start() + start, line.start() + len(text), name
    return None


def _with_hour(text: str, end: int) -> int:
    hour = re.match(r"[ ,|-]{0,3}\d{1,2}[:hg]\d\d\b", text[end:])
    return end + hour.end() if hour else end
