"""The record that goes with each answer in the browser: what copying, export, history and feedback need of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import TypedDict

from qa.types import Answer
from qa.web.sources import outcome, shown


class SourceRecord(TypedDict):
    """One citation: ``published`` is ISO 8601 or ""; ``file`` the name alone."""

    number: int
    title: str
    source: str
    published: str
    url: str
    file: str
    quote: str


class Record(TypedDict):
    """One answered question; ``history`` holds the earlier questions, ``outcome`` is that of the answer."""

    question: str
    history: list[str]
    text: str
    short: str
    outcome: str
    confidence: float
    scope: str
    understood: str
    sources: list[SourceRecord]


def record_of(answer: Answer, history: Sequence[str] = ()) -> Record:
    """Return the record of an answer."""
    cited: list[SourceRecord] = [
        {
            "number": citation.number,
            "title": citation.title,
            "source": citation.source,
            "published": citation.published.isoformat() if citation.published else "",
            "url": citation.url,
            "file": PurePosixPath(citation.path).name,
            "quote": citation.quote,
        }
        for citation in shown(answer)
    ]
    return {
        "question": answer.question,
        "history": list(history),
        "text": answer.text,
        "short": answer.short or "",
        "outcome": outcome(answer),
        "confidence": round(answer.confidence, 4),
        "scope": answer.scope,
        "understood": answer.understood,
        "sources": cited,
    }
