"""The lock of an index folder, held by the process that builds and freed by the system when it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexLocked


@contextmanager
def lock(folder: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the builder's lock; wait up to ``wait`` seconds, then IndexLocked says who holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "lock"
    with path.open("a+", encoding="ascii") as stream:
        deadline = time.monotonic() + wait
        while not _try_lock(stream.fileno()):
            if time.monotonic() >= deadline:
                stream.seek(0)
                raise IndexLocked(
                    f"{folder}: being built by {stream.read().strip() or 'another process'}; try again later"
                )
            time.sleep(0.1)
        stream.truncate(0)
        stream.write(f"process {os.getpid()} since {time.strftime('%Y-%m-%d %H:%M:%S')}")
        stream.flush()
        yield


def _try_lock(descriptor: int) -> bool:
    """Lock the open file for this process alone; freed by the system when the process ends."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        return _try_lock_windows(msvcrt, descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _try_lock_windows(msvcrt: object, descriptor: int) -> bool:
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
