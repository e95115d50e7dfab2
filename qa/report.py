"""A question set run over an index: the table, the wrong rows, the comparison with an earlier run, the curve."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from index.errors import InputError
from qa.answer import Assistant
from qa.evaluate import Row, Score, Summary, score
from qa.read import Reader
from qa.rerank import Reranker

_COLUMNS = ("questions", "right", "exact", "cited", "found", "false_answers", "false_refusals")
_BINS = 10


def run(
    rows: Sequence[Row],
    index_dir: str | Path | None,
    reader: str | Path | Reader | None = None,
    reranker: str | Path | Reranker | None = None,
) -> list[Score]:
    """Ask every question of the set, each with its own history; arguments as in ``Assistant.open``."""
    assistant = Assistant.open(index_dir, reader=reader, reranker=reranker)
    return [score(row, assistant.ask(row.question, row.history)) for row in rows]


def table(summary: dict[str, Summary]) -> str:
    """The summary as aligned text, shares in percent."""
    lines = [["type", "n", "right", "exact", "cited", "hit@5", "false answers", "false refusals"]]
    for name, row in summary.items():
        lines.append([name, *(_cell(getattr(row, column)) for column in _COLUMNS)])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )


def _cell(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{100 * value:.1f}"


def wrong_rows(scores: Sequence[Score]) -> str:
    """One block for each question that was not answered right (or not exactly, or not cited)."""
    return "\n".join(_block(one) for one in scores if not _good(one))


def _good(one: Score) -> bool:
    return one.right and one.exact is not False and (one.cited or not one.answerable)


def _block(one: Score) -> str:
    marks = f"right={one.right} exact={one.exact} cited={one.cited} hit@5={one.found}"
    return (
        f"{one.row.id} {one.row.type}: {one.row.question}\n  wanted: {' | '.join(one.row.answers) or '(no answer)'}\n"
        f"  said:   [{one.answer.confidence:.2f}] {one.answer.short!r} {one.answer.text}\n  {marks}"
    )


def save(scores: Sequence[Score], path: Path) -> None:
    """Save what ``compare`` needs: for each question whether it was right, exact and cited, and what was said."""
    lines = [
        {
            "id": one.row.id,
            "right": one.right,
            "exact": one.exact,
            "cited": one.cited,
            "short": one.answer.short,
        }
        for one in scores
    ]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


def compare(scores: Sequence[Score], path: Path) -> str:
    """The rows that are better and worse than in a saved run."""
    try:
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        before = {line["id"]: line for line in map(json.loads, lines)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}: not a saved run ({error}); save one with `hoidap eval ... --save FILE`"
        ) from error
    better: list[str] = []
    worse: list[str] = []
    for one in scores:
        old = before.get(one.row.id)
        if old is None:
            continue
        now, then = (one.right, bool(one.exact), one.cited), (old["right"], bool(old["exact"]), old["cited"])
        if now != then:
            (better if now > then else worse).append(f"{one.row.id} {one.row.question}")
    return "\n".join([f"better ({len(better)}):", *better, f"worse ({len(worse)}):", *worse])


def reliability(scores: Sequence[Score]) -> list[tuple[float, float, int]]:
    """(mean confidence, share that is right, how many) for each tenth of the confidence that has answers."""
    bins: list[list[Score]] = [[] for _ in range(_BINS)]
    for one in scores:
        if one.answer.answered:
            bins[min(_BINS - 1, int(one.answer.confidence * _BINS))].append(one)
    return [
        (
            sum(one.answer.confidence for one in group) / len(group),
            sum(one.right for one in group) / len(group),
            len(group),
        )
        for group in bins
        if group
    ]
