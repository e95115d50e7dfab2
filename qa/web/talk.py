"""A turn of the conversation: from what was typed to the messages the chat shows."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from index.errors import HoidapError
from qa.web.answers import Answers
from qa.web.figures import figure_of, series
from qa.web.limits import read_limits
from qa.web.markup import escape
from qa.web.reply import Extras, bubble, problem
from qa.web.words import words

Message = dict[str, Any]
"""A message of the chat: ``{"role": "user" or "assistant", "content": text or [{"type": "text", "text": text}]}``."""


def reply(answers: Answers, messages: Sequence[Message], options: Mapping[str, str]) -> list[Message]:
    """Answer the question that the page has put at the end of the conversation, with a note that it is being answered.

    Args:
        answers: answers it.
        messages: the conversation; its last two messages are the question and the note.
        options: "question" as typed, "" when there is nothing to answer; "source", "since", "until" as typed into the
            filters, and "lang".

    Returns:
        The conversation with the answer in the place of the note.
    """
    typed = options.get("question", "").strip()
    if not typed:
        return list(messages)
    said = words(options.get("lang", "vi"))
    before = list(messages[:-2])
    asked = {"role": "user", "content": escape(typed)}
    return [
        *before,
        asked,
        {"role": "assistant", "content": _answered(answers, typed, questions(before), options, said)},
    ]


def _answered(
    answers: Answers, typed: str, earlier: list[str], options: Mapping[str, str], said: Mapping[str, str]
) -> str:
    try:
        limits = read_limits(options.get("source"), options.get("since"), options.get("until"))
        answer = answers.ask(typed, earlier, limits)
        own = figure_of(answers.assistant, answer)
        drawn = series(answers.assistant, own, said)
        return bubble(answer, said, limits, Extras(earlier, said[own.kind] if own else "", drawn))
    except HoidapError as error:
        return problem(error)


def questions(messages: Sequence[Message]) -> list[str]:
    """The questions of a conversation, oldest first.

    Examples:
        >>> questions([{"role": "user", "content": "m&#7897;t &#60;hai"}, {"role": "assistant", "content": "x"}])
        ['một <hai']
    """
    return [
        html.unescape(_text(message).replace("<br>", "\n"))
        for message in messages
        if message["role"] == "user"
    ]


def _text(message: Message) -> str:
    content = message["content"]
    if isinstance(content, str):
        return content
    return "".join(part.get("text", "") for part in content)
