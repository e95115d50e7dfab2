"""An answer, an error, the state of the index as HTML for the chat: pure functions.

Whatever comes from an article, a question or a file's name passes through ``escape``. The chat
reads a message as Markdown and then as HTML; ``escape`` disarms both, so the only markup a reader
ever gets is written in this package.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
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
from qa.feedback import VERDICTS
from qa.types import Answer, Citation
from qa.web.limits import Limits
from qa.web.markup import escape
from qa.web.record import Record, record_of
from qa.web.sources import outcome, shown, sources
from qa.web.words import counted
from qa.wording import show_day

if TYPE_CHECKING:
    from qa.answer import Status

_MARKER = re.compile(r"\[(\d{1,3})\]")
_ITEM = re.compile(r"(?<=\]); |\.$")

_CONFIDENCE = ((0.7, "high"), (0.5, "fair"), (0.0, "low"))
"""From which confidence on an answer is called what: of 508 answers to questions that were looked at 96% were right from 0.7
on, 86% from 0.5 and 82% below; of 295 to questions nobody had looked at 94%, 86% and 73%."""

_REMEDIES: tuple[tuple[type[HoidapError], str], ...] = (
    (
        IndexMissing,
        "Chưa có chỉ mục để tra cứu. Xin thêm bài ở thẻ Bài viết hoặc chạy lệnh "
        "hoidap index THƯ_MỤC_BÀI_VIẾT rồi hỏi lại.",
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
    (
        StoreUnavailable,
        "Máy chủ chứa chỉ mục chưa trả lời. Xin đợi một lát rồi hỏi lại; nếu vẫn vậy, xin báo người quản trị.",
    ),
    (IndexLocked, "Chỉ mục đang được cập nhật. Xin đợi một lát rồi hỏi lại."),
    (ModelError, "Không nạp được mô hình. Xin chạy hoidap doctor để xem nguyên nhân."),
)


@dataclass(frozen=True, slots=True)
class Extras:
    """What goes with an answer.

    Attributes:
        history: the earlier questions, for the record that goes with the message.
        kind: whether its figure happened or is planned, in words; "" when not known.
        series: the figures it is one of, HTML; "" when there is no series.
    """

    history: Sequence[str] = ()
    kind: str = ""
    series: str = ""


def confidence(probability: float) -> str:
    """Return which word the estimated probability of an answer is given: "high", "fair" or "low".

    Examples:
        >>> [confidence(number) for number in (0.9, 0.6, 0.4)]
        ['high', 'fair', 'low']
    """
    return next(tone for least, tone in _CONFIDENCE if probability >= least or not least)


def bubble(
    answer: Answer,
    words: Mapping[str, str],
    limits: Limits | None = None,
    extras: Extras | None = None,
) -> str:
    """Return an answer as the message of the chat: one HTML block, no blank line in it.

    Args:
        answer: what to show.
        words: the page's words.
        limits: what the search was limited to; said, because the fields may be folded away.
        extras: what goes with the answer.
    """
    more = extras or Extras()
    parts = [
        _heading(answer, words),
        _said(answer, words, _scope(answer, more.kind, words)),
        _nearest_quote(answer),
        _references(answer, words),
        more.series,
        _understood(answer, words),
        _limited(limits, words),
        _confidence(answer, words),
        _actions(answer, words),
        sources(answer, words),
    ]
    kept = _kept(record_of(answer, more.history))
    return f'<div class="hd-reply hd-{outcome(answer)}" data-record="{kept}">{"".join(parts)}</div>'


def problem(error: HoidapError) -> str:
    """Return an error as a message of the chat: what is wrong and what to do, in one sentence or two."""
    return f'<div class="hd-reply hd-problem"><p class="hd-text">{escape(remedy(error))}</p></div>'


def remedy(error: HoidapError) -> str:
    """Return what an error says to people: what is wrong and what to do."""
    said = f"{str(error)[:1].upper()}{str(error)[1:]}"
    return next((told for kind, told in _REMEDIES if isinstance(error, kind)), said)


def status_line(status: Status, words: Mapping[str, str]) -> str:
    """Return what the index holds in one line, with the files that are not in it folded below."""
    newest = f" · {words['newest']} {show_day(status.newest)}" if status.newest else ""
    line = f'<p class="hd-status">{counted(status.articles, "count_articles", words)}{newest}</p>'
    if not status.skipped:
        return line
    items = "".join(
        f"<li><b>{escape(PurePosixPath(file.path).name)}</b>: {escape(file.reason)}</li>"
        for file in status.skipped
    )
    summary = counted(len(status.skipped), "not_indexed", words)
    return f'{line}<details class="hd-skipped"><summary>{summary}</summary><ul>{items}</ul></details>'


def _kept(record: Record) -> str:
    return escape(json.dumps(record, ensure_ascii=False, separators=(",", ":")))


def _heading(answer: Answer, words: Mapping[str, str]) -> str:
    key = {"nearest": "nearest_heading", "none": "none_heading"}.get(outcome(answer), answer.conflict)
    return f'<p class="hd-heading">{words[key]}</p>' if key else ""


def _said(answer: Answer, words: Mapping[str, str], scope: str) -> str:
    """Return what is said: the figure set off from its sentence, or the rivals as a list."""
    if answer.conflict:
        return _rivals(answer, words)
    head = f"{answer.short}: " if answer.short else ""
    text = answer.text
    if head and text.lower().startswith(head.lower()):
        figure = f'<p class="hd-figure"><strong>{escape(text[: len(head) - 2])}</strong></p>'
        return f'{figure}{scope}<p class="hd-text">{_text(text[len(head) :], answer, words)}</p>'
    return f'<p class="hd-text">{_text(text, answer, words)}</p>{scope}'


def _rivals(answer: Answer, words: Mapping[str, str]) -> str:
    """Return the card of an answer that lists several values, one an item."""
    lead, colon, rest = answer.text.partition(": ")
    items = [item for item in _ITEM.split(rest) if item]
    if not colon or len(items) < 2:
        return f'<p class="hd-text">{_text(answer.text, answer, words)}</p>'
    listed = "".join(f"<li>{_rival(item, answer, words)}</li>" for item in items)
    said = "" if lead == words[answer.conflict] else f'<p class="hd-lead">{escape(lead)}:</p>'
    return f'{said}<ul class="hd-rivals">{listed}</ul>'


def _rival(item: str, answer: Answer, words: Mapping[str, str]) -> str:
    value, bracket, told = item.partition(" (")
    return f"<strong>{escape(value)}</strong>{_text(bracket + told, answer, words)}"


def _text(text: str, answer: Answer, words: Mapping[str, str]) -> str:
    """Return a text with its markers as links and the short answer, where it stands, in bold."""
    short = None if answer.conflict else answer.short
    numbers = {citation.number for citation in shown(answer)}
    parts, at = [], 0
    for found in _MARKER.finditer(text):
        if int(found.group(1)) in numbers:
            parts += [_bold(text[at : found.start()], short), _marker(int(found.group(1)), words)]
            at = found.end()
    return "".join([*parts, _bold(text[at:], short)])


def _bold(text: str, short: str | None) -> str:
    """Return the text escaped, with the short answer bold where it first stands as whole words.

    Examples:
        >>> _bold("25 xã, gồm 5 xã", "5 xã")
        '25 xã&#44; gồm <b>5 xã</b>'
    """
    if not short:
        return escape(text)
    whole = rf"(?<![\w.,])({re.escape(short)})(?!\w)"
    pieces = re.split(whole, text, maxsplit=1, flags=re.IGNORECASE)
    return "".join(
        f"<b>{escape(piece)}</b>" if odd % 2 else escape(piece) for odd, piece in enumerate(pieces)
    )


def _marker(number: int, words: Mapping[str, str]) -> str:
    name = f"{words['marker']} {number}"
    return (
        f'<button type="button" class="hd-marker" data-do="source" data-number="{number}"'
        f' title="{name}" aria-label="{name}">{escape(f"[{number}]")}</button>'
    )


def _nearest_quote(answer: Answer) -> str:
    """Return the nearest passage for the message itself, unless the text already says it."""
    if outcome(answer) != "nearest":
        return ""
    quotes = (citation.quote for citation in shown(answer) if citation.quote not in answer.text)
    return "".join(f"<blockquote>{escape(quote)}</blockquote>" for quote in quotes)


def _references(answer: Answer, words: Mapping[str, str]) -> str:
    listed = "".join(
        f"<li>{_marker(citation.number, words)} {escape(', '.join(origin(citation)))}</li>"
        for citation in shown(answer)
    )
    return f'<ul class="hd-references">{listed}</ul>' if listed else ""


def origin(citation: Citation) -> list[str]:
    """Return title, source and day, without those unknown."""
    return [part for part in (citation.title, citation.source, show_day(citation.published)) if part]


def _scope(answer: Answer, kind: str, words: Mapping[str, str]) -> str:
    if not answer.scope:
        return ""
    told = " · ".join(part for part in (answer.scope, kind) if part)
    return f'<p class="hd-scope">{words["scope"]}: {escape(told)}</p>'


def _understood(answer: Answer, words: Mapping[str, str]) -> str:
    if not answer.understood:
        return ""
    return f'<p class="hd-understood">{words["understood"]}: {escape(answer.understood)}</p>'


def limits_said(limits: Limits, words: Mapping[str, str]) -> list[str]:
    """Return what a search was limited to, one phrase a limit."""
    said = (
        f"{words['limit_source']} “{limits.source}”" if limits.source else "",
        f"{words['limit_since']} {show_day(limits.since)}" if limits.since else "",
        f"{words['limit_until']} {show_day(limits.until)}" if limits.until else "",
    )
    return [part for part in said if part]


def _limited(limits: Limits | None, words: Mapping[str, str]) -> str:
    said = limits_said(limits, words) if limits else []
    if not said:
        return ""
    chips = " ".join(f'<span class="hd-chip">{escape(part)}</span>' for part in said)
    return f'<p class="hd-limits">{words["limited"]}: {chips}</p>'


def _confidence(answer: Answer, words: Mapping[str, str]) -> str:
    if not answer.answered or answer.conflict:  # which of several values it is, is for the reader to judge
        return ""
    tone = confidence(answer.confidence)
    return f'<p class="hd-confidence hd-{tone}">{words["confidence"]}: {words[tone]}</p>'


def _actions(answer: Answer, words: Mapping[str, str]) -> str:
    """Return the buttons below an answer: what to do with it, and what the reader thinks of it."""
    doing = "".join(
        f'<button type="button" data-do="{name}"{_title(f"{name}_title", words)}>{words[name]}</button>'
        for name in ("copy", "link", "retry", "edit")
    )
    verdicts = "".join(
        f'<button type="button" data-do="verdict" data-verdict="{name}">{words[f"verdict_{name}"]}</button>'
        for name in VERDICTS
    )
    judged = f'<span class="hd-verdict" role="group" aria-label="{words["verdict"]}">{verdicts}</span>'
    return f'<div class="hd-actions">{doing}{judged}</div>'


def _title(key: str, words: Mapping[str, str]) -> str:
    return f' title="{words[key]}"' if key in words else ""
