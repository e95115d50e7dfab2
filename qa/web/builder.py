"""Updates of the index behind the chat: one at a time, in a thread of their own, with their progress."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass, field, replace

from index.errors import HoidapError, InputError
from index.library import Library, Step
from index.types import BuildReport

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is.

    Attributes:
        running: whether one is at work.
        stage: "start", then those of ``index.build.Progress``; "" before the first.
        done: how much of the stage is done.
        total: how much there is; 0 when not known.
        since: when the stage began, seconds of the monotonic clock.
        report: the report of the last update that was finished.
        steps: what people had changed before it.
        error: why the last update failed.
        number: of updates finished or failed.
    """

    running: bool = False
    stage: str = ""
    done: int = 0
    total: int = 0
    since: float = 0.0
    report: BuildReport | None = None
    steps: tuple[Step, ...] = field(default=())
    error: HoidapError | None = None
    number: int = 0

    def left(self, now: float) -> float | None:
        """Seconds until the stage is done at the pace so far; None when it cannot be told."""
        if not self.running or not 0 < self.done <= self.total:
            return None
        return (now - self.since) / self.done * (self.total - self.done)


class Builder:
    """Runs the updates of one library."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._progress = Progress()
        self._again = False
        self._lock = threading.Lock()

    def progress(self) -> Progress:
        """How far the update is, or how the last one ended."""
        return self._progress

    def forget(self) -> None:
        """Say no more of the last update: it was taken back."""
        self._progress = replace(self._progress, report=None, steps=(), error=None)

    def start(self) -> None:
        """Begin an update; when one is at work, another follows it."""
        with self._lock:
            if self._progress.running:
                self._again = True
                return
            self._progress = replace(self._progress, running=True, stage="start", done=0, total=0, error=None)
        threading.Thread(target=self._run, name="hoidap-update", daemon=True).start()

    def _run(self) -> None:
        more = True
        while more:
            self._update()
            with self._lock:
                more, self._again = self._again, False
                if not more:
                    self._progress = replace(self._progress, running=False, number=self._progress.number + 1)

    def _update(self) -> None:
        try:
            report, steps = self.library.update(self._notify)
            self._progress = replace(self._progress, report=report, steps=tuple(steps), error=None)
        except HoidapError as error:
            self._failed(error)
        except Exception as error:  # a full disk, say: whatever it is, the next update must be able to start
            _LOG.exception("the update failed")
            what = f"{type(error).__name__}: {error}"
            self._failed(InputError(f"không cập nhật được ({what}): xem nhật ký của máy chủ rồi thử lại"))

    def _failed(self, error: HoidapError) -> None:
        self._progress = replace(self._progress, report=None, steps=(), error=error)

    def _notify(self, stage: str, done: int, total: int) -> None:
        since = self._progress.since if stage == self._progress.stage else time.monotonic()
        self._progress = replace(self._progress, stage=stage, done=done, total=total, since=since)
