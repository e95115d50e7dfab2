"""Which store a place means: a folder, or ``milvus://HOST:PORT/COLLECTION``."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from index import store
from index.draft import Draft
from index.lock import lock
from index.store_protocol import OpenGeneration, Store
from index.types import Manifest


def open_store(place: str | Path | Store | None = None) -> Store:
    """The store at a place: the argument, else ``$HOIDAP_INDEX``, else ``./.hoidap``; nothing is made yet.

    A store is given back as it is.

    >>> type(open_store("my-index")).__name__, type(open_store("milvus://localhost:19530/news")).__name__
    ('FolderStore', 'MilvusStore')

    Raises:
        InputError: an address that is not of the form ``milvus://HOST:PORT/COLLECTION``, or pymilvus is not installed.
    """
    if not isinstance(place, str | Path | None):
        return place
    named = place or os.environ.get("HOIDAP_INDEX")
    if isinstance(named, str) and named.startswith(("milvus://", "milvus+https://")):
        from index.milvus_store import MilvusStore

        return MilvusStore(named)
    return FolderStore(store.index_folder(named))


class FolderStore:
    """The generations of one folder, as ``index.store`` lays them out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def place(self) -> str:
        """The folder."""
        return str(self.folder)

    def current(self) -> str | None:
        """The name of the published generation; None when nothing was published yet."""
        return store.current_generation(self.folder)

    def generations(self) -> list[str]:
        """The names of the generations kept, oldest first."""
        return store.generations(self.folder)

    def manifest(self, name: str) -> Manifest:
        """The manifest of a generation."""
        return store.read_manifest(self.folder / "generations" / name)

    def open_current(self) -> store.Generation:
        """Open the published generation; IndexMissing when there is none."""
        return store.Generation.open_current(self.folder)

    def draft(self, base: OpenGeneration | None, dead: Iterable[int], dim: int, kind: str) -> Draft:
        """Begin a generation."""
        continued = base if isinstance(base, store.Generation) else None
        return Draft(self.folder, continued, dead, dim, kind)

    def lock(self, wait: float = 0.0) -> AbstractContextManager[None]:
        """Hold the builder's lock; wait up to ``wait`` seconds, then IndexLocked."""
        return lock(self.folder, wait)

    def rollback(self, to: str | None = None) -> str:
        """Publish an earlier generation again, the one before the current one unless told which, and return its name."""
        return store.rollback(self.folder, to)
