"""What readers say of answers, kept in SQLite: readable, and usable as a question set."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.errors import InputError

VERDICTS = ("right", "figure", "source", "topic")
"""Right, wrong figure, wrong source, off topic."""

FILE = "feedback.sqlite"
_MOST_CHARACTERS = 20_000
_TABLE = """CREATE TABLE IF NOT EXISTS feedback (
    number INTEGER PRIMARY KEY, said TEXT NOT NULL, verdict TEXT NOT NULL, question TEXT NOT NULL,
    history TEXT NOT NULL, short TEXT NOT NULL, text TEXT NOT NULL, file TEXT NOT NULL, quote TEXT NOT NULL
)"""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's word on one answer.

    Attributes:
        said: when, UTC, ISO 8601.
        verdict: one of ``VERDICTS``.
        question: as typed.
        history: the earlier questions, oldest first.
        short: the short answer that was given; "" without one.
        text: the answer's text.
        file: the name of the first cited file; "" without one.
        quote: the first cited sentence; "" without one.
    """

    said: str
    verdict: str
    question: str
    history: tuple[str, ...]
    short: str
    text: str
    file: str
    quote: str


def now() -> str:
    """The present moment as ``Feedback.said`` has it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def add(folder: Path, feedback: Feedback) -> None:
    """Keep one more in the index folder; the same question judged twice is kept twice, the later one counts.

    Raises:
        InputError: the verdict is none, the question is empty or the whole is absurdly long.
    """
    if feedback.verdict not in VERDICTS or not feedback.question.strip():
        raise InputError(f"no feedback without a question and one of {', '.join(VERDICTS)}")
    values = (
        feedback.said, feedback.verdict, feedback.question, json.dumps(feedback.history, ensure_ascii=False),
        feedback.short, feedback.text, feedback.file, feedback.quote,
    )  # fmt: skip
    if sum(map(len, values)) > _MOST_CHARACTERS:
        raise InputError(f"feedback of more than {_MOST_CHARACTERS} characters is not kept")
    with _database(folder) as database, database:
        database.execute(
            "INSERT INTO feedback (said, verdict, question, history, short, text, file, quote)"
            " VALUES (?,?,?,?,?,?,?,?)",
            values,
        )


def read(folder: Path) -> list[Feedback]:
    """Everything that was said, oldest first."""
    if not (folder / FILE).exists():
        return []
    with _database(folder) as database:
        rows = database.execute(
            "SELECT said, verdict, question, history, short, text, file, quote FROM feedback ORDER BY number"
        ).fetchall()
    return [Feedback(row[0], row[1], row[2], tuple(json.loads(row[3])), *row[4:]) for row in rows]


def question_set(feedback: Sequence[Feedback]) -> list[dict[str, object]]:
    """What was judged right, as rows that ``hoidap eval`` reads; the last verdict on a question counts.

    Answers that were judged wrong have no known right one, so they are no rows.
    """
    last = {(one.question, one.history): one for one in feedback}
    right = [one for one in last.values() if one.verdict == "right"]
    return [_row(number, one) for number, one in enumerate(right, 1)]


def _row(number: int, one: Feedback) -> dict[str, object]:
    kind = "followup" if one.history else "figure" if one.short else "text"
    if not one.quote:
        kind = "unanswerable"
    row: dict[str, object] = {
        "id": f"feedback-{number:04d}",
        "question": one.question,
        "type": kind,
        "answers": [one.short or one.quote] if one.quote else [],
        "doc": one.file,
        "evidence": one.quote,
        "note": f"judged right {one.said}",
    }
    return row | ({"history": list(one.history)} if one.history else {})


@contextmanager
def _database(folder: Path) -> Iterator[sqlite3.Connection]:
    folder.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(folder / FILE, timeout=10)) as database:
        database.execute(_TABLE)
        yield database
