"""Question sets and how an answer is scored.

A set is JSON lines with ``id``, ``question``, ``type``, ``answers``, ``doc`` (a file name or a list) and, for
a follow-up, ``history``. Matching is on NFC, case-folded, white-space-collapsed text, at the edges of tokens
and numbers: "70" is not in "170", "18%" not in "20,18%".
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import InputError
from qa.types import Answer, Hit

SHORT_TYPES = frozenset({"figure", "date", "person", "place", "followup"})
ALL_TYPES = frozenset({"list", "comparison", "ambiguous"})
_MOST_WORDS = {**dict.fromkeys(SHORT_TYPES, 80), **dict.fromkeys(ALL_TYPES, 160), "text": 160}
_MOST_WORDS_SHORT = 12
HIT_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a set; ``docs`` are file names, empty when the corpus holds no answer."""

    id: str
    question: str
    type: str
    answers: tuple[str, ...]
    docs: tuple[str, ...]
    evidence: tuple[str, ...]
    history: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Score:
    """How one answer did.

    Attributes:
        row: the question.
        answer: what was said.
        right: the answer's text holds what it must (unanswerable: nothing was answered).
        exact: ``short`` holds it, in at most 12 words; None for types that have no short answer.
        cited: the citations hold it, in the right file.
        found: a passage of the right file that holds an answer is among the first five hits; None for
            unanswerable questions.
    """

    row: Row
    answer: Answer
    right: bool
    exact: bool | None
    cited: bool
    found: bool | None

    @property
    def answerable(self) -> bool:
        """Whether the corpus holds an answer."""
        return self.row.type != "unanswerable"


def read_rows(path: Path) -> list[Row]:
    """The questions of a JSON-lines file; InputError names the line that cannot be read."""
    rows = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")  # a line separator inside a string ends no line
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text ({error.reason} at byte {error.start})") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            rows.append(_row(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{path}, line {number}: not a question ({error!r}); see docs/evaluation.md"
            ) from error
    return rows


def _row(data: dict[str, object]) -> Row:
    def strings(key: str) -> tuple[str, ...]:
        value = data.get(key) or []
        return (value,) if isinstance(value, str) else tuple(str(item) for item in value)  # type: ignore[attr-defined]

    return Row(
        str(data["id"]),
        str(data["question"]),
        str(data["type"]),
        strings("answers"),
        strings("doc"),
        strings("evidence"),
        strings("history"),
        str(data.get("note") or ""),
    )


def normal(text: str) -> str:
    r"""NFC, case folded, white space collapsed.

    >>> normal("Thu  NGÂN sách")
    'thu ngân sách'
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def holds(text: str, answer: str) -> bool:
    """Whether the answer stands in the text, at token and number edges.

    >>> holds("đạt 170 triệu", "70"), holds("tăng 20,18%", "18%"), holds("giảm 18%.", "18%")
    (False, False, True)
    """
    wanted = normal(answer)
    if not wanted:
        return False
    before = r"(?<!\w)(?<!\d[.,])" if wanted[:1].isalnum() else ""
    after = r"(?!\w)(?![.,]\d)" if wanted[-1:].isalnum() else ""
    return re.search(before + re.escape(wanted) + after, normal(text)) is not None


def score(row: Row, answer: Answer) -> Score:
    """Score one answer by the rules of the set's type."""
    if row.type == "unanswerable":
        return Score(row, answer, not answer.answered, None, False, None)
    quantify: Callable[[Iterable[bool]], bool] = all if row.type in ALL_TYPES else any
    within = len(answer.text.split()) <= _MOST_WORDS.get(row.type, 160)
    right = answer.answered and within and quantify(holds(answer.text, wanted) for wanted in row.answers)
    return Score(row, answer, right, _exact(row, answer), _cited(row, answer), found(row, answer.hits))


def _exact(row: Row, answer: Answer) -> bool | None:
    if row.type not in SHORT_TYPES:
        return None
    short = answer.short or ""
    brief = 0 < len(short.split()) <= _MOST_WORDS_SHORT
    return answer.answered and brief and any(holds(short, wanted) for wanted in row.answers)


def _cited(row: Row, answer: Answer) -> bool:
    def cites(doc: str) -> bool:
        return any(
            Path(citation.path).name == doc and any(holds(citation.quote, wanted) for wanted in row.answers)
            for citation in answer.citations
        )

    return answer.answered and bool(row.docs) and all(cites(doc) for doc in row.docs)


def found(row: Row, hits: Sequence[Hit], depth: int = HIT_DEPTH) -> bool:
    """Whether one of the first ``depth`` hits is of the right file and holds an answer."""
    return any(
        Path(hit.article.path).name in row.docs
        and any(holds(hit.passage.text, wanted) for wanted in row.answers)
        for hit in hits[:depth]
    )


@dataclass(frozen=True, slots=True)
class Summary:
    """Shares in [0, 1] over some questions; None where no question of the kind is there.

    Attributes:
        questions: how many.
        right: answerable ones answered right.
        exact: those with a short answer whose ``short`` is right.
        cited: answerable ones cited right.
        found: answerable ones with the right passage among the first five hits.
        false_answers: unanswerable ones that were answered.
        false_refusals: answerable ones that were refused.
    """

    questions: int
    right: float | None
    exact: float | None
    cited: float | None
    found: float | None
    false_answers: float | None
    false_refusals: float | None


def summarise(scores: Sequence[Score]) -> Summary:
    """The figures over all of these scores."""
    answerable = [one for one in scores if one.answerable]
    refusable = [one for one in scores if not one.answerable]
    return Summary(
        len(scores),
        _share(one.right for one in answerable),
        _share(one.exact for one in answerable if one.exact is not None),
        _share(one.cited for one in answerable),
        _share(bool(one.found) for one in answerable),
        _share(one.answer.answered for one in refusable),
        _share(not one.answer.answered for one in answerable),
    )


def by_type(scores: Sequence[Score]) -> dict[str, Summary]:
    """A summary for each type, in the order the types first appear, and "all" last."""
    types = list(dict.fromkeys(one.row.type for one in scores))
    table = {name: summarise([one for one in scores if one.row.type == name]) for name in types}
    return {**table, "all": summarise(scores)}


def _share(values: Iterable[bool]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None
