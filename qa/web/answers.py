"""Answers kept for a while: a question that is repeated, retried or offered as a follow-up is not read twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from qa.answer import Assistant
from qa.question import Question
from qa.types import Answer, Hit
from qa.web.limits import Limits

_KEPT = 256
_PATIENCE = 0.3
"""Seconds that ``Answers.underway`` waits for the passages: they are found in less on a machine that is not busy."""

_Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Underway:
    """An answer that is being made.

    Attributes:
        asked: the question, understood.
        hits: what is read for it, best first; empty while it is looked for.
    """

    asked: Question
    hits: tuple[Hit, ...] = ()


class Answers:
    """An assistant that remembers its latest answers; safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._kept: OrderedDict[_Key, Answer] = OrderedDict()
        self._underway: dict[_Key, Underway] = {}
        self._lock = threading.Condition()
        self._asked = 0

    def idle(self) -> bool:
        """Whether nobody is waiting for an answer: what can wait is done then."""
        return self._asked == 0

    def ask(self, question: str, history: Sequence[str] = (), limits: Limits | None = None) -> Answer:
        """Answer as ``Assistant.ask`` does; an answer of an earlier generation of the index is not given again."""
        limited = limits or Limits()
        key = self._key(question, history, limited)
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None:
            return kept
        with self.counted(key):
            answer = self.assistant.ask(
                question,
                history,
                source=limited.source,
                since=limited.since,
                until=limited.until,
                notify=lambda asked, hits: self._note(key, asked, hits),
            )
        with self._lock:
            self._kept[key] = answer
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
            self._lock.notify_all()
        return answer

    def underway(
        self, question: str, history: Sequence[str] = (), limits: Limits | None = None
    ) -> Underway | None:
        """How far the answer to a question is; waits a moment until its passages are found.

        None when it is not being made, and when more than one is: what can wait is not said then.
        """
        key = self._key(question, history, limits or Limits())

        def known() -> bool:
            now = self._underway.get(key)
            return self._asked > 1 or key in self._kept or (now is not None and bool(now.hits))

        with self._lock:
            self._lock.wait_for(known, _PATIENCE)
            return self._underway.get(key) if self._asked == 1 else None

    @contextmanager
    def counted(self, key: _Key = ()) -> Iterator[None]:
        """While it is open, somebody waits for an answer; how far it is is forgotten then under its key."""
        with self._lock:
            self._asked += 1
        try:
            yield
        finally:
            with self._lock:
                self._asked -= 1
                self._underway.pop(key, None)

    def _key(self, question: str, history: Sequence[str], limits: Limits) -> _Key:
        return (self.assistant.generation(), question, tuple(history), limits)

    def _note(self, key: _Key, asked: Question, hits: Sequence[Hit]) -> None:
        """Keep how far an answer is; what is read for one side of a comparison does not change what was asked."""
        with self._lock:
            whole = self._underway.get(key) if hits else None
            self._underway[key] = replace(whole or Underway(asked), hits=tuple(hits))
            self._lock.notify_all()
