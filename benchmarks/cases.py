"""Questions with known answers, and what the reader makes of them: the ground that the fits stand on."""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from index import build_index
from index.encode import Encoder
from qa.answer import Assistant
from qa.evaluate import Row, holds, normal, read_rows
from qa.features import Examiner, Scored
from qa.question import Question, understand
from qa.read import GROUPS

PARTS = 5
PROCESSES = 2
HELD_OUT = 0
"""The part of the passages that no fit sees."""
REAL = -1
"""The part of questions over real articles, on which only the confidence is fitted."""


@dataclass
class Case:
    """One question with its candidates.

    Attributes:
        passage, title: the id of the passage that it was asked of, and its title.
        part: in [0, PARTS): questions of one passage share it.
        type, style, question, answer, sentence: as in the data.
        group: which weights read it.
        scored: the candidates that the reader finds.
        right: (candidates,) which of them are the answer.
        row: of a question over real articles: its accepted answers and articles.
    """

    passage: str
    title: str
    part: int
    type: str
    style: str
    question: str
    answer: str | None
    sentence: str | None
    group: str
    scored: list[Scored]
    right: np.ndarray
    row: Row | None = None


def load_cases(folders: Sequence[Path], work: Path) -> list[Case]:
    """Index the passages of ``folders`` in ``work`` and ask every question of them.

    Args:
        folders: hold JSON lines of passages with questions: id, title, published, text, qas[question, type,
            answer, sentence, style].
        work: kept from one run to the next, the vectors need not be made again.
    """
    passages = write_passages(folders, work / "articles")
    build_index([work / "articles"], work / "index")
    halves = [passages[start::PROCESSES] for start in range(PROCESSES)]
    with get_context("spawn").Pool(PROCESSES) as pool:
        parts = pool.starmap(_cases_of, [(half, work, number) for number, half in enumerate(halves)])
    return [case for part in parts for case in part]


def write_passages(folders: Sequence[Path], articles: Path) -> list[dict]:
    """Write each passage as an article; two files of passages may use the same ids, so each has a folder of its own."""
    passages = []
    for path in (path for folder in folders for path in sorted(folder.glob("*.jsonl"))):
        room = articles / path.parent.name / path.stem
        room.mkdir(parents=True, exist_ok=True)
        for passage in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            head = {"title": passage["title"], "published": passage["published"]}
            lines = f"---\n{yaml.safe_dump(head, allow_unicode=True)}---\n{passage['text']}\n"
            (room / f"{passage['id']}.md").write_text(lines, encoding="utf-8")
            passages.append(passage)
    return passages


def _cases_of(passages: Sequence[dict], work: Path, number: int) -> list[Case]:
    assistant = Assistant.open(work / "index")
    retriever = assistant._current()
    retriever.encoder = QueryCache(retriever.encoder, work / f"queries{number}.npz")
    cases = [case_of(assistant, passage, qa) for passage in passages for qa in passage["qas"]]
    retriever.encoder.save()
    return cases


class QueryCache:
    """An encoder that remembers the queries of earlier runs over the same index."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        self._encoder, self._path = encoder, path
        self._known = dict(np.load(path)) if path.exists() else {}

    def encode_query(self, text: str) -> np.ndarray:
        if text not in self._known:
            self._known[text] = self._encoder.encode_query(text)
        return self._known[text]

    def save(self) -> None:
        np.savez(self._path, **self._known)


def case_of(assistant: Assistant, passage: dict, qa: dict) -> Case:
    question, scored = _examined(assistant, qa["question"])
    part = zlib.crc32(passage["id"].encode()) % PARTS
    right = np.array([is_right(one, passage["id"], qa) for one in scored], dtype=bool)
    return Case(
        passage["id"],
        passage["title"],
        part,
        qa["type"],
        qa["style"],
        qa["question"],
        qa["answer"],
        qa.get("sentence"),
        GROUPS[question.kind],
        scored,
        right,
    )


def add_real(parser: argparse.ArgumentParser, what: str) -> None:
    """The option ``--real INDEX QUESTIONS``, whose values ``load_asked`` takes; ``what`` they are for is its help."""
    parser.add_argument(
        "--real",
        nargs=2,
        type=Path,
        action="append",
        default=[],
        metavar=("INDEX", "QUESTIONS"),
        help=f"questions over real articles, {what}; may be given again",
    )


def load_asked(index: Path, questions: Path) -> list[Case]:
    """Questions over real articles in the layout of ``hoidap eval``, asked of an index that is there.

    Where a line has ``where`` (from, to: offsets into the text of its article), the case has what stands there as sentence.
    """
    assistant = Assistant.open(index)
    lines = (json.loads(line) for line in questions.open(encoding="utf-8"))
    where = {line["id"]: line["where"] for line in lines if "where" in line}
    cases = [_asked(assistant, row) for row in read_rows(questions) if not row.history]
    return [_located(case, where[case.passage]) if case.passage in where else case for case in cases]


def _located(case: Case, where: tuple[int, int]) -> Case:
    """The case with the sentence that answers it and its article's title; as it is when the article was not found."""
    assert case.row is not None
    found = (one.reading.hit.article for one in case.scored)
    article = next((one for one in found if Path(one.path).name in case.row.docs), None)
    if article is None:
        return case
    sentence = article.text[slice(*where)]
    answer = next((answer for answer in case.row.answers if answer in sentence), case.answer)
    return replace(case, title=article.title, sentence=sentence, answer=answer)


def _asked(assistant: Assistant, row: Row) -> Case:
    question, scored = _examined(assistant, row.question)
    answer, group, none = (row.answers[0] if row.answers else None), GROUPS[question.kind], np.zeros(0, bool)
    unread = Case(row.id, "", REAL, row.type, "", row.question, answer, None, group, [], none, row)
    return judged(unread, scored)


def _answers(one: Scored, row: Row) -> bool:
    """Whether the candidate is an accepted answer, read in the right article."""
    if Path(one.reading.hit.article.path).name not in row.docs:
        return False
    fits = holds if one.candidate.form == "sentence" else same_span
    return any(fits(one.candidate.text, answer) for answer in row.answers)


def judged(case: Case, scored: list[Scored]) -> Case:
    """The case with other candidates."""
    qa = {"answer": case.answer, "sentence": case.sentence}
    good = [
        _answers(one, case.row) if case.row is not None else is_right(one, case.passage, qa) for one in scored
    ]
    return replace(case, scored=scored, right=np.array(good, dtype=bool))


def _examined(assistant: Assistant, text: str) -> tuple[Question, list[Scored]]:
    """The question as understood, and the candidates of the first reading."""
    question = understand(text)
    retriever = assistant._current()
    hits = retriever.to_read(question)
    lexical = retriever.generation.lexical
    return question, Examiner(question, hits, lexical.document_frequency, len(lexical)).scored()


def is_right(one: Scored, passage_id: str, qa: dict) -> bool:
    """Whether the candidate is the answer, read in the right sentence."""
    if qa["answer"] is None or Path(one.reading.hit.article.path).stem != passage_id:
        return False
    sentence, text = normal(one.reading.text), one.candidate.text
    if normal(qa["sentence"]) not in sentence and sentence not in normal(qa["sentence"]):
        return False
    if one.candidate.form == "sentence":
        return holds(text, qa["answer"])
    return same_span(text, qa["answer"])


def same_span(text: str, answer: str) -> bool:
    """The span holds the answer with at most three words more, or lacks no more than a unit or qualifier."""
    said, wanted = normal(text).split(), normal(answer).split()
    if holds(text, answer):
        return len(said) - len(wanted) <= 4
    return holds(answer, text) and 2 * len(said) > len(wanted)
