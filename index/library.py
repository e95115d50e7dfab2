"""Articles added and removed by people who have no folder of their own: kept beside the index, with one step back.

<index>/articles/           what was uploaded; a root of every build once it exists
<index>/removed/            what was taken out of it, until the next undo
<index>/removed.txt         files elsewhere that are left out of the index, one path a line
<index>/last-change.json    what the last change did, for undo
"""

from __future__ import annotations

import json
import re
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.build import REMOVED, Progress, build_index, left_out
from index.errors import InputError
from index.store import write_whole
from index.store_protocol import Store
from index.stores import open_store
from index.types import BuildReport
from index.vietnamese import to_nfc

_NAME = re.compile(r"[^\w.\- ]+")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done: ``kind`` is "add", "trash" (``moved`` says where to) or "leave_out"."""

    kind: str
    path: str
    moved: str = ""


class Library:
    """The articles of one index, as people change them; safe to share between threads."""

    def __init__(self, index: str | Path | Store, uploads: Path | None = None) -> None:
        self.store = open_store(index)
        self.folder = self.store.folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self.uploads = (uploads or self.folder / "articles").absolute()
        self._steps: list[Step] = []
        self._lock = threading.Lock()

    def add_file(self, source: Path, name: str) -> Path:
        """Copy a file into the library under its own name, or one like it when that is taken.

        Raises:
            InputError: it cannot be copied.
        """
        return self._keep(name, lambda place: shutil.copyfile(source, place))

    def add_data(self, data: bytes, name: str) -> Path:
        """Keep bytes as a file of the library, under that name or one like it.

        Raises:
            InputError: it cannot be written.
        """
        return self._keep(name, lambda place: place.write_bytes(data))

    def _keep(self, name: str, write: Callable[[Path], object]) -> Path:
        """Have a file written to a free place under that name, and remember it for undo."""
        self.uploads.mkdir(parents=True, exist_ok=True)
        with self._lock:
            place = _free(self.uploads, name)
            try:
                write(place)
            except OSError as error:
                raise InputError(f"không lưu được tệp {name}: {error.strerror or error}") from error
            self._steps.append(Step("add", place.as_posix()))
        return place

    def remove(self, path: str) -> None:
        """Take a file out of the index at the next update; a file that is not the library's own stays on the disk."""
        file = Path(path)
        with self._lock:
            if not file.is_relative_to(self.uploads):
                self._leave_out([*left_out(self.folder), path])
                self._steps.append(Step("leave_out", path))
                return
            trash = self.folder / "removed"
            trash.mkdir(exist_ok=True)
            moved = _free(trash, file.name)
            try:
                file.replace(moved)
            except OSError as error:
                raise InputError(f"không gỡ được {file.name}: {error.strerror or error}") from error
            self._steps.append(Step("trash", path, moved.as_posix()))

    def restore(self, path: str) -> None:
        """Let a file that was left out into the index again at the next update."""
        with self._lock:
            self._leave_out([one for one in left_out(self.folder) if one != path])

    def update(self, progress: Progress | None = None) -> tuple[BuildReport, list[Step]]:
        """Build the index from the paths of the last build and the library.

        Returns:
            The report, and the steps since the last update.

        Raises:
            HoidapError: as ``build_index``.
        """
        with self._lock:
            steps, self._steps = self._steps, []
        before = self.store.current()
        try:
            report = build_index(
                self._roots(before), self.store, model=self._model(before), progress=progress
            )
        except BaseException:
            with self._lock:  # the update that works can still be taken back with all that came before it
                self._steps[:0] = steps
            raise
        change = {"before": before, "after": report.generation, "steps": [asdict(step) for step in steps]}
        write_whole(self.folder / "last-change.json", json.dumps(change, ensure_ascii=False))
        return report, steps

    def can_undo(self) -> bool:
        """Whether the index is as the last update left it, and the one before is still there."""
        change = self._last()
        return bool(
            change
            and change["after"] == self.store.current()
            and change["before"] in self.store.generations()
        )

    def undo(self) -> str:
        """Take the last update back, files and index; return the name of the generation now published.

        Raises:
            InputError: there is none, or the index was changed since.
        """
        if not self.can_undo():
            raise InputError("không có thay đổi nào để hoàn tác")
        change = self._last() or {}
        with self._lock:
            for step in reversed([Step(**step) for step in change["steps"]]):
                self._take_back(step)
        name = self.store.rollback(change["before"])
        (self.folder / "last-change.json").unlink(missing_ok=True)
        return name

    def _take_back(self, step: Step) -> None:
        if step.kind == "leave_out":
            self._leave_out([one for one in left_out(self.folder) if one != step.path])
        elif step.kind == "trash":
            Path(step.moved).replace(step.path)
        elif Path(step.path).exists():
            trash = self.folder / "removed"
            trash.mkdir(exist_ok=True)
            Path(step.path).replace(_free(trash, Path(step.path).name))

    def _roots(self, generation: str | None) -> list[str]:
        known = list(self.store.manifest(generation).roots) if generation else []
        own = self.uploads.as_posix()
        return [*known, own] if self.uploads.is_dir() and own not in known else known

    def _model(self, generation: str | None) -> str | None:
        return (self.store.manifest(generation).model or None) if generation else None

    def _last(self) -> dict[str, Any] | None:
        path = self.folder / "last-change.json"
        if not path.exists():
            return None
        change: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return change

    def _leave_out(self, paths: Sequence[str]) -> None:
        write_whole(self.folder / REMOVED, "".join(f"{path}\n" for path in sorted(set(paths))))


def safe_name(name: str) -> str:
    """A file name that is one, and visible, for whatever a browser sent.

    Examples:
        >>> safe_name("../../etc/Báo cáo (1).txt"), safe_name(".ẩn.md")
        ('Báo cáo 1.txt', 'ẩn.md')
    """
    last = to_nfc(name).replace("\\", "/").rpartition("/")[2]
    stem, dot, suffix = _NAME.sub("", last).strip(" .").rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{suffix[:10]}" or "bai-viet"


def _free(folder: Path, name: str) -> Path:
    """A place in a folder that no file has yet."""
    place = folder / safe_name(name)
    number = 1
    while place.exists():
        number += 1
        place = folder / f"{Path(safe_name(name)).stem}-{number}{Path(safe_name(name)).suffix}"
    return place
