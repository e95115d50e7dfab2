"""Answers, sources, status and errors as HTML for the chat: pure functions.

Whatever comes from an article, a question or a file's name passes through ``escape``. The chat
reads a message as Markdown and then as HTML; ``escape`` disarms both, so the only markup a reader
ever gets is written here and in ``qa.markup``.

An answer is known by its ``turn``, from 1, in the ids that markers and source cards share:
marker ``[2]`` of the third answer leads to ``#nguon-3-2``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from index.errors import (
    HoidapError,
    IndexDamaged,
    IndexLocked,
    IndexMismatch,
    IndexMissing,
    ModelError,
    StoreUnavailable,
)
from index.types import Article
from qa.cite import quote
from qa.limits import Limits
from qa.markup import article_text, conflict_label, count, escape, mark, original_link
from qa.types import Answer, Citation
from qa.wording import show_day

if TYPE_CHECKING:
    from qa.answer import Status

ArticleOf = Callable[[str], Article | None]
"""Gives the article of an ``article_id``; None when it has left the index."""

_MARKER = re.compile(r"\[(\d{1,3})\]")
_OTHER_HITS = 4
_EARLIER = 5

_CONFIDENCE = ((0.85, "chắc chắn", "high"), (0.6, "khá chắc", "fair"), (0.0, "chưa chắc", "low"))
"""From which estimated probability on an answer is called what, and its colour."""

_HEADINGS = {"nearest": "Chỉ có đoạn gần nhất, chưa phải câu trả lời", "none": "Không có câu trả lời"}

_REMEDIES: tuple[tuple[type[HoidapError], str], ...] = (
    (
        IndexMissing,
        "Chưa có chỉ mục để tra cứu. Xin chạy lệnh hoidap index THƯ_MỤC_BÀI_VIẾT rồi hỏi lại.",
    ),
    (
        IndexDamaged,
        "Chỉ mục bị hỏng nên chưa trả lời được. Xin chạy hoidap doctor để xem, "
        "hoidap rollback để lùi về bản trước, rồi hỏi lại.",
    ),
    (
        IndexMismatch,
        "Chỉ mục được tạo bằng phiên bản hoặc mô hình khác. "
        "Xin chạy lại hoidap index THƯ_MỤC_BÀI_VIẾT rồi hỏi lại.",
    ),
    (IndexLocked, "Chỉ mục đang được cập nhật. Xin đợi một lát rồi hỏi lại."),
    (
        StoreUnavailable,
        "Máy chủ chứa chỉ mục chưa trả lời. Xin đợi một lát rồi hỏi lại; nếu vẫn vậy, xin báo người quản trị.",
    ),
    (ModelError, "Không nạp được mô hình. Xin chạy hoidap doctor để xem nguyên nhân."),
)


@dataclass(frozen=True, slots=True)
class Section:
    """The sources of one answer, as they stand in the panel.

    Attributes:
        turn: from 1: the place of the answer in the conversation.
        question: as typed.
        body: the cards, HTML.
    """

    turn: int
    question: str
    body: str


def confidence_words(confidence: float) -> str:
    """Return the estimated probability in words.

    Examples:
        >>> [confidence_words(number) for number in (0.9, 0.7, 0.2)]
        ['chắc chắn', 'khá chắc', 'chưa chắc']
    """
    return _confidence(confidence)[0]


def _confidence(confidence: float) -> tuple[str, str]:
    return next((words, tone) for least, words, tone in _CONFIDENCE if confidence >= least or not least)


def bubble(answer: Answer, turn: int, limits: Limits | None = None) -> str:
    """Return an answer as the message of the chat: one HTML block, no blank line in it.

    Args:
        answer: what to show.
        turn: from 1: its place in the conversation.
        limits: what the search was limited to; said, because the fields may be folded away.
    """
    parts = [
        _heading(answer),
        f'<p class="hd-text">{_answer_text(answer, turn)}</p>',
        _nearest_quote(answer),
        _references(answer, turn),
        _scope(answer),
        _understood(answer),
        _limited(limits),
        _footer(answer),
    ]
    return f'<div class="hd-reply hd-{_outcome(answer)}">{"".join(parts)}</div>'


def problem(error: HoidapError) -> str:
    """Return an error as a message of the chat: what is wrong and what to do, in one sentence or two."""
    said = f"{str(error)[:1].upper()}{str(error)[1:]}"
    remedy = next((words for kind, words in _REMEDIES if isinstance(error, kind)), said)
    return f'<div class="hd-reply hd-problem"><p class="hd-text">{escape(remedy)}</p></div>'


def sources(answer: Answer, turn: int, article_of: ArticleOf) -> str:
    """Return the cards of an answer's sources, each with its whole article folded below it.

    Args:
        answer: the answer.
        turn: from 1: its place in the conversation.
        article_of: looks an article up; it is called once a card.
    """
    shown = _shown(answer)
    if not shown:
        return '<p class="hd-empty">Không có nguồn nào cho câu hỏi này.</p>' + _other_hits(answer)
    note = ""
    if _outcome(answer) == "nearest":
        note = '<p class="hd-note">Đoạn gần nhất tìm được, không phải câu trả lời.</p>'
    cards = (_card(citation, shown, turn, article_of(citation.article_id)) for citation in shown)
    return note + "".join(cards) + _other_hits(answer)


def with_section(sections: Sequence[Section], section: Section) -> tuple[Section, ...]:
    """Return the sections with the newest first; turns taken back by undo or retry are dropped.

    Examples:
        >>> one, two, again = (Section(turn, "", "") for turn in (1, 2, 2))
        >>> [kept.turn for kept in with_section((two, one), again)]
        [2, 1]
    """
    earlier = [kept for kept in sections if kept.turn < section.turn]
    return (section, *earlier[:_EARLIER])


def panel(sections: Sequence[Section]) -> str:
    """Return the sources beside the chat: the newest answer's open, earlier ones folded."""
    if not sections:
        return _panel('<p class="hd-empty">Nguồn của câu trả lời sẽ hiện ở đây.</p>')
    newest, *earlier = sections
    folded = (
        f'<details class="hd-earlier"><summary>Câu trước: {escape(section.question)}</summary>'
        f"{section.body}</details>"
        for section in earlier
    )
    return _panel(newest.body + "".join(folded))


def status_line(status: Status) -> str:
    """Return what the index holds in one line, with the files that are not in it folded below."""
    newest = f" · mới nhất {show_day(status.newest)}" if status.newest else ""
    line = f'<p class="hd-status">{count(status.articles)} bài viết{newest}</p>'
    if not status.skipped:
        return line
    items = "".join(
        f"<li><b>{escape(PurePosixPath(file.path).name)}</b>: {escape(file.reason)}</li>"
        for file in status.skipped
    )
    summary = f"{count(len(status.skipped))} tệp chưa có trong chỉ mục"
    return f'{line}<details class="hd-skipped"><summary>{summary}</summary><ul>{items}</ul></details>'


def _outcome(answer: Answer) -> str:
    """Return "answer", "nearest" or "none": only an answered question may look answered."""
    if answer.answered:
        return "answer"
    return "nearest" if answer.outcome == "nearest" else "none"


def _shown(answer: Answer) -> tuple[Citation, ...]:
    """Return what gets a card: the citations, or the nearest passage in their place."""
    if answer.citations or _outcome(answer) != "nearest":
        return answer.citations
    return tuple(quote(1, hit, hit.passage.start, hit.passage.end) for hit in answer.hits[:1])


def _heading(answer: Answer) -> str:
    words = {"nearest": "Chỉ có đoạn gần nhất, chưa phải câu trả lời", "none": "Không có câu trả lời"}.get(
        _outcome(answer)
    )
    return f'<p class="hd-heading">{words}</p>' if words else conflict_label(answer.conflict)


def _answer_text(answer: Answer, turn: int) -> str:
    """Return the answer's text with its markers as links; one short answer is bold, of several none is."""
    short = None if answer.conflict else answer.short
    numbers = {citation.number for citation in _shown(answer)}
    parts, at = [], 0
    for found in _MARKER.finditer(answer.text):
        if int(found.group(1)) in numbers:
            parts += [
                _bold(answer.text[at : found.start()], short),
                _marker(int(found.group(1)), turn),
            ]
            at = found.end()
    return "".join([*parts, _bold(answer.text[at:], short)])


def _bold(text: str, short: str | None) -> str:
    """Return the text escaped, with the short answer bold where it first stands as whole words.

    Examples:
        >>> _bold("25 xã, gồm 5 xã", "5 xã")
        '25 xã&#44; gồm <strong>5 xã</strong>'
    """
    if not short:
        return escape(text)
    whole = rf"(?<![\w.,])({re.escape(short)})(?!\w)"
    pieces = re.split(whole, text, maxsplit=1, flags=re.IGNORECASE)
    return "".join(
        f"<strong>{escape(piece)}</strong>" if odd % 2 else escape(piece) for odd, piece in enumerate(pieces)
    )


def _marker(number: int, turn: int) -> str:
    shown = escape(f"[{number}]")
    return f'<a class="hd-marker" href="#nguon-{turn}-{number}" title="Xem nguồn {number}">{shown}</a>'


def _nearest_quote(answer: Answer) -> str:
    """Return the nearest passage for the message itself, unless the text already says it."""
    if _outcome(answer) != "nearest":
        return ""
    quotes = (citation.quote for citation in _shown(answer) if citation.quote not in answer.text)
    return "".join(f"<blockquote>{escape(quote)}</blockquote>" for quote in quotes)


def _references(answer: Answer, turn: int) -> str:
    items = (
        f"<li>{_marker(citation.number, turn)} {escape(', '.join(_origin(citation)))}</li>"
        for citation in _shown(answer)
    )
    listed = "".join(items)
    return f'<ul class="hd-references">{listed}</ul>' if listed else ""


def _origin(citation: Citation) -> list[str]:
    """Return title, source and day, without those unknown."""
    return [part for part in (citation.title, citation.source, show_day(citation.published)) if part]


def _scope(answer: Answer) -> str:
    return f'<p class="hd-scope">Số liệu của: {escape(answer.scope)}</p>' if answer.scope else ""


def _understood(answer: Answer) -> str:
    if not answer.understood:
        return ""
    return f'<p class="hd-understood">Đã hiểu là: {escape(answer.understood)}</p>'


def _limited(limits: Limits | None) -> str:
    if limits is None:
        return ""
    said = [
        f"nguồn “{limits.source}”" if limits.source else "",
        f"từ {show_day(limits.since)}" if limits.since else "",
        f"đến {show_day(limits.until)}" if limits.until else "",
    ]
    joined = ", ".join(part for part in said if part)
    return f'<p class="hd-understood">Chỉ tìm trong: {escape(joined)}</p>' if joined else ""


def _footer(answer: Answer) -> str:
    """Return how sure the answer is, and the link that copies it."""
    copy = '<a class="hd-copy" href="#chep" title="Chép câu trả lời kèm nguồn">Chép</a>'
    if not answer.answered:
        return f'<p class="hd-footer">{copy}</p>'
    words, tone = _confidence(answer.confidence)
    return f'<p class="hd-footer"><span class="hd-confidence hd-{tone}">Độ tin cậy: {words}</span> {copy}</p>'


def _panel(body: str) -> str:
    return f'<section class="hd-panel" aria-label="Nguồn"><h2>Nguồn</h2>{body}</section>'


def _card(own: Citation, citations: Sequence[Citation], turn: int, article: Article | None) -> str:
    meta = [own.source, show_day(own.published), PurePosixPath(own.path).name]
    return (
        f'<article class="hd-card" id="nguon-{turn}-{own.number}" tabindex="-1">'
        f'<h3><span class="hd-number">{own.number}</span> {escape(own.title)}</h3>'
        f'<p class="hd-meta">{escape(" · ".join(part for part in meta if part))}</p>'
        f"<blockquote>{_quote(own)}</blockquote>"
        f"{_whole_article(own, citations, article)}{_original(own)}</article>"
    )


def _quote(citation: Citation) -> str:
    marks = [(start - citation.start, end - citation.start) for start, end in citation.marks]
    return mark(citation.quote, (0, len(citation.quote)), (), marks)


def _whole_article(own: Citation, citations: Sequence[Citation], article: Article | None) -> str:
    """Return the folded article; a note when it has changed since, so that no wrong line is marked."""
    if article is None or article.text[own.start : own.end] != own.quote:
        return '<p class="hd-note">Bài này đã thay đổi sau khi được trích dẫn.</p>'
    return (
        '<details class="hd-article"><summary>Xem trong bài</summary>'
        f'<div class="hd-body" tabindex="0" role="region" aria-label="Toàn văn bài viết">'
        f"{article_text(article, own, citations)}</div></details>"
    )


def _original(citation: Citation) -> str:
    link = original_link(citation)
    if link is None:
        return ""
    target = 'target="_blank" rel="noopener noreferrer"'
    return f'<a class="hd-original" href="{escape(link)}" {target}>Mở bài gốc ↗</a>'


def _other_hits(answer: Answer) -> str:
    """Return the passages that were read and not cited, folded."""
    used = {citation.passage_id for citation in _shown(answer)}
    others = [hit for hit in answer.hits if hit.passage.passage_id not in used][:_OTHER_HITS]
    items = "".join(
        f"<li><b>{escape(hit.article.title)}</b><blockquote>{escape(hit.passage.text)}</blockquote></li>"
        for hit in others
    )
    if not items:
        return ""
    return f'<details class="hd-others"><summary>Các đoạn khác đã đọc</summary><ul>{items}</ul></details>'
