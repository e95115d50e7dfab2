"""Questions to ask next: only such as the corpus answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from index.periods import find_periods
from qa.question import understand
from qa.types import Answer

Ask = Callable[[str, Sequence[str]], Answer]
"""Answers a question with the questions before it, oldest first."""

_TRIED = 3
MOST = 2


def follow_ups(ask: Ask, question: str, history: Sequence[str] = ()) -> list[str]:
    """Up to two questions about other years that go on from one, each tried and answered.

    Args:
        ask: answers them.
        question: the question just asked.
        history: the questions before it, oldest first.

    Returns:
        Follow-ups whose answers differ; none for a question that has no figure for its answer.
    """
    asked = ask(question, history)
    found: list[str] = []
    said = {asked.short}
    for candidate in _other_years(asked)[:_TRIED]:
        answer = ask(candidate, [*history, question])
        if answer.answered and not answer.conflict and answer.short and answer.short not in said:
            found.append(candidate)
            said.add(answer.short)
        if len(found) == MOST:
            break
    return found


def _other_years(answer: Answer) -> list[str]:
    """Follow-ups for the years the passages name, the most frequent first; none for a question without a figure."""
    asked = understand(answer.searched or answer.question)
    if asked.kind != "number" or not answer.answered:
        return []
    named = {period.first.year for period in asked.periods if period.first}
    years = Counter(
        period.first.year
        for hit in answer.hits[:5]
        for period in find_periods(hit.passage.text, hit.article.published)
        if period.first and period.grain == "year"
    )
    return [f"còn năm {year} thì sao?" for year, _ in years.most_common() if year not in named]
