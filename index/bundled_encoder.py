"""The encoder of the bundled model, without PyTorch."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.bundled import NAME, bundled_fingerprint, bundled_model_folder
from index.onnx_model import Network, Precision, cut, open_model

FloatArray = NDArray[np.float32]

_AT_ONCE = 64
"""Texts between two reports of progress."""


class BundledEncoder:
    """See ``index.encode.Encoder``; threads may share it.

    The fingerprint is that of the weights, whatever the precision: the vectors of 8-bit matrices have a cosine of at
    least 0.999 with those of float32 (tested), so an index made by one is searched by the other.

    Args:
        precision: of the matrices; None for what this machine multiplies fastest.

    Raises:
        ModelError: the package with the weights is missing or damaged, or the cache cannot be written.
    """

    name = NAME
    query_prefix = "query: "
    passage_prefix = "passage: "

    def __init__(self, precision: Precision | None = None) -> None:
        self.fingerprint = bundled_fingerprint()
        self._model = open_model(bundled_model_folder())
        self.dim = int(self._model.settings["hidden_size"])
        layers = int(self._model.settings["num_hidden_layers"])
        self._network = Network(self._model, "encoder", layers, precision=precision)

    def encode_query(self, text: str) -> FloatArray:
        """``(dim,)`` float32, a unit vector."""
        vector: FloatArray = self._encode([self.query_prefix + text])[0]
        return vector

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> FloatArray:
        """``(n, dim)`` float32, unit rows, in the order given; ``progress`` hears how many are done."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            some = texts[start : start + _AT_ONCE]
            vectors[start : start + len(some)] = self._encode([self.passage_prefix + text for text in some])
            if progress:
                progress(start + len(some))
        return vectors

    def _encode(self, texts: Sequence[str]) -> FloatArray:
        """Mean over the tokens, then unit length."""
        ids = [self._ids(text) for text in texts]
        vectors = np.stack([states.mean(0) for states in self._network.states(ids)])
        rows: FloatArray = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return rows

    def _ids(self, text: str) -> list[int]:
        ids, _ = self._model.tokens(unicodedata.normalize("NFC", text))
        return cut(ids, self._model.most_tokens)
