"""A turn of the conversation: from what was typed to the messages the chat shows, in steps."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.errors import HoidapError
from qa.web.answers import Answers
from qa.web.figures import figure_of, series
from qa.web.limits import read_limits
from qa.web.markup import escape
from qa.web.reply import Extras, bubble, pending, problem
from qa.web.words import words

Message = dict[str, Any]
"""A message of the chat: ``{"role": "user" or "assistant", "content": text or [{"type": "text", "text": text}]}``."""


def reply(
    answers: Answers, typed: str, messages: Sequence[Message], options: Mapping[str, str]
) -> Iterator[list[Message]]:
    """Answer a question step by step: the question at once, then its answer.

    Args:
        answers: answers it.
        typed: the question as typed; nothing happens when it is empty.
        messages: the conversation so far.
        options: "source", "since", "until" as typed into the filters, and "lang".

    Yields:
        The whole conversation as it is to be shown.
    """
    if not typed.strip():
        return
    said = words(options.get("lang", "vi"))
    earlier = questions(messages)
    begun = [*messages, {"role": "user", "content": escape(typed.strip())}]
    yield [*begun, _bot(pending(said))]
    try:
        limits = read_limits(options.get("source"), options.get("since"), options.get("until"))
        answer = answers.ask(typed, earlier, limits)
        own = figure_of(answers.assistant, answer)
        drawn = series(answers.assistant, own, said)
        kind = said[own.kind] if own else ""
        yield [*begun, _bot(bubble(answer, said, limits, Extras(earlier, kind, drawn)))]
    except HoidapError as error:
        yield [*begun, _bot(problem(error))]


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


def _bot(content: str) -> Message:
    return {"role": "assistant", "content": content}
