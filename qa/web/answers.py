"""Answers kept for a while: a question that is repeated, retried or offered as a follow-up is not read twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from qa.answer import Assistant
from qa.types import Answer
from qa.web.limits import Limits

_KEPT = 256


class Answers:
    """An assistant that remembers its latest answers; safe to share between threads."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._kept: OrderedDict[tuple[object, ...], Answer] = OrderedDict()
        self._lock = threading.Lock()
        self._asked = 0

    def idle(self) -> bool:
        """Whether nobody is waiting for an answer: what can wait is done then."""
        return self._asked == 0

    def ask(self, question: str, history: Sequence[str] = (), limits: Limits | None = None) -> Answer:
        """Answer as ``Assistant.ask`` does; an answer of an earlier generation of the index is not given again."""
        limited = limits or Limits()
        key = (self.assistant.generation(), question, tuple(history), limited)
        with self._lock:
            kept = self._kept.get(key)
        if kept is not None:
            return kept
        with self.counted():
            answer = self.assistant.ask(
                question, history, source=limited.source, since=limited.since, until=limited.until
            )
        with self._lock:
            self._kept[key] = answer
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return answer

    @contextmanager
    def counted(self) -> Iterator[None]:
        """While it is open, somebody waits for an answer."""
        with self._lock:
            self._asked += 1
        try:
            yield
        finally:
            with self._lock:
                self._asked -= 1
