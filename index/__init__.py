"""Articles in, searchable passages out. Knows nothing of questions."""

from __future__ import annotations

from index.build import build_index
from index.errors import HoidapError
from index.types import Article, BuildReport, Passage

__all__ = ["Article", "BuildReport", "HoidapError", "Passage", "build_index"]
