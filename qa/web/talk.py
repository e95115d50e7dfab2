"""A turn of the conversation: from what was typed to the message the chat shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from index.errors import HoidapError
from qa.web.answers import Answers, Underway
from qa.web.figures import figure_of, series
from qa.web.limits import read_limits
from qa.web.reply import Extras, bubble, problem
from qa.web.words import counted, words
from qa.wording import understood

_TITLES = 3
"""How many of the articles that are read are named."""


def reply(answers: Answers, options: Mapping[str, Any]) -> str:
    """Answer a question; only the question and those before it travel, not the conversation's HTML.

    Args:
        answers: answers it.
        options: "question" as typed, "" when there is nothing to answer; "history", the questions before it, oldest
            first; "source", "since", "until" as typed into the filters; and "lang".

    Returns:
        The message with the answer, HTML; "" for no question.
    """
    typed = str(options.get("question", "")).strip()
    if not typed:
        return ""
    earlier = [str(one) for one in options.get("history", [])]
    return _answered(answers, typed, earlier, options, words(options.get("lang", "vi")))


def progress_lines(underway: Underway, said: Mapping[str, str]) -> list[str]:
    """Return what is said while an answer is made, as text: what is looked for, and the articles that are read for it."""
    lines = [f"{said['looking_for']}: {understood(underway.asked) or underway.asked.text}"]
    titles = {hit.article.article_id: hit.article.title for hit in underway.hits}
    if titles:
        named = " · ".join([title for title in titles.values() if title][:_TITLES])
        more = " …" if len(titles) > _TITLES else ""
        lines.append(f"{said['reading']} {counted(len(titles), 'reading_articles', said)}: {named}{more}")
    return lines


def _answered(
    answers: Answers, typed: str, earlier: Sequence[str], options: Mapping[str, Any], said: Mapping[str, str]
) -> str:
    try:
        limits = read_limits(options.get("source"), options.get("since"), options.get("until"))
        answer = answers.ask(typed, earlier, limits)
        own = figure_of(answers.assistant, answer)
        drawn = series(answers.assistant, own, said)
        return bubble(answer, said, limits, Extras(earlier, said[own.kind] if own else "", drawn))
    except HoidapError as error:
        return problem(error)
