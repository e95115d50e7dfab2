"""A toy encoder, for tests and demonstrations: real code, no model, exact and instant."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.vietnamese import fold, to_nfc


class ToyEncoder:
    """Counts folded syllables in 64 buckets; texts that share words are near, whatever they mean.

    Two syllables may share a bucket. A text without any syllable is the first unit vector.

    >>> toy = ToyEncoder()
    >>> bool((toy.encode_query("Thu ngân sách") == toy.encode_query("THU NGAN SACH")).all())
    True
    >>> toy.encode_passages([]).shape
    (0, 64)
    """

    name = "toy"
    dim = 64
    fingerprint = "toy-1"
    query_prefix = ""
    passage_prefix = ""

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """``(64,)`` float32, a unit vector."""
        vector = np.zeros(self.dim, np.float32)
        for syllable in re.findall(r"\w+", fold(to_nfc(text))):
            vector[zlib.crc32(syllable.encode()) % self.dim] += 1
        if not vector.any():
            vector[0] = 1
        unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
        return unit

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> NDArray[np.float32]:
        """``(n, 64)`` float32, unit rows, in the order given; ``progress`` is told when all are done."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self.encode_query(text)
        if progress and texts:
            progress(len(texts))
        return vectors
