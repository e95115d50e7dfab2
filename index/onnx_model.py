"""The bundled model without PyTorch: tokens, rows of the embedding, and layers run by ONNX Runtime.

Each text runs alone, and as many texts at a time as there are cores: nothing is padded, no core waits for another in
the middle of a text, and a text's states do not depend on its neighbours.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import platform
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

FloatArray = NDArray[np.float32]
Precision = Literal["int8", "float32"]

_LAYOUT = 1  # counts up whenever another graph is written for the same weights
_EXACT_IN_PAIRS = ("output.dense",)  # halves the error of the judgements for a third more time: docs/speed.md
_LOG = logging.getLogger(__name__)


class BundledModel:
    """The unpacked folder: tokenizer, embeddings, weights. Opened once in a process; threads may share it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._tokenizer = _load_tokenizer(folder)
        self._tensors = _map_tensors(folder / "model.safetensors")
        self._words = self._tensors["embeddings.word_embeddings.weight"]
        places = self._tensors["embeddings.position_embeddings.weight"]
        self._places: FloatArray = places + self._tensors["embeddings.token_type_embeddings.weight"][0]

    @property
    def most_tokens(self) -> int:
        """Tokens the model reads at most."""
        return len(self._places)

    @property
    def weights(self) -> Mapping[str, FloatArray]:
        """All tensors by their Hugging Face names, mapped from the disk, read-only."""
        return self._tensors

    def tokens(self, text: str) -> tuple[list[int], NDArray[np.int64]]:
        """Ids of the tokens between ``<s>`` and ``</s>``, and ``(tokens, 2)`` where they stand in the text."""
        found = self._tokenizer.encode(text)
        return found.ids, np.array(found.offsets, np.int64).reshape(-1, 2)

    def embeddings(self, ids: Sequence[int]) -> FloatArray:
        """``(1, tokens, hidden)``: word, place and type, before their normalisation."""
        rows: FloatArray = self._words[list(ids)] + self._places[: len(ids)]
        return rows[None]


class Network:
    """Some layers of the bundled model, with its own weights or changed ones.

    Args:
        model: the tokenizer's and the embeddings' owner.
        name: tells this network's file in the cache from others; another name for other weights.
        layers: how many layers.
        weights: tensors by their Hugging Face names; None for the model's own.
        precision: of the matrices; None for what this machine multiplies fastest.
        pairs: whether it reads pairs of texts.
    """

    def __init__(
        self,
        model: BundledModel,
        name: str,
        layers: int,
        weights: Mapping[str, FloatArray] | None = None,
        precision: Precision | None = None,
        *,
        pairs: bool = False,
    ) -> None:
        self.precision: Precision = precision or best_precision()
        self._model = model
        self._session = self._open(name, layers, weights or model.weights, pairs)
        self._workers = ThreadPoolExecutor(cores(), thread_name_prefix="hoidap-model")

    def states(self, texts: Sequence[Sequence[int]]) -> list[FloatArray]:
        """The last layer's ``(tokens, hidden)`` for the token ids of each text."""
        if len(texts) == 1:
            return [self._run(texts[0])]
        return list(self._workers.map(self._run, texts))

    def _run(self, ids: Sequence[int]) -> FloatArray:
        (states,) = self._session.run(None, {"words": self._model.embeddings(ids)})
        found: FloatArray = states[0]
        return found

    def _open(self, name: str, layers: int, weights: Mapping[str, FloatArray], pairs: bool) -> Any:  # noqa: ANN401
        """The network from the cache; written there when it is not there or cannot be read."""
        folder = self._model.folder
        path = folder.parent / f"{folder.name}-{name}-{self.precision}-{_LAYOUT}.onnx"
        if path.is_file():
            try:
                return _session(str(path))
            except _runtime_errors() as error:
                _LOG.warning("%s cannot be read and is written anew: %s", path, error)
        graph = self._graph(layers, weights, pairs)
        _keep(graph, path)
        return _session(graph)

    def _graph(self, layers: int, weights: Mapping[str, FloatArray], pairs: bool) -> bytes:
        from index.onnx_graph import tail_of, write_graph

        heads = int(self._model.settings["num_attention_heads"])
        if self.precision == "float32":
            return write_graph(weights, layers, heads)[0]
        probe, names = write_graph(weights, layers, heads, probe=True)
        texts = _calibration_pairs(self._model) if pairs else _calibration_texts(self._model)
        ranges = _find_ranges(_session(probe), names, [self._model.embeddings(ids) for ids in texts])
        if pairs:
            ranges = {
                matrix: held for matrix, held in ranges.items() if tail_of(matrix) not in _EXACT_IN_PAIRS
            }
        return write_graph(weights, layers, heads, ranges)[0]


@lru_cache(maxsize=2)
def open_model(folder: Path) -> BundledModel:
    """The model in an unpacked folder, opened once.

    Raises:
        ModelError: a file of it is missing or damaged.
    """
    try:
        return BundledModel(folder)
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(
            f"cannot load the model in {folder} ({error}); remove the folder and try again"
        ) from error


def digest(arrays: Mapping[str, FloatArray]) -> str:
    """Twelve hexadecimal digits that change with any name or number."""
    total = hashlib.sha256()
    for name in sorted(arrays):
        total.update(f"{name}{arrays[name].shape}".encode())
        total.update(np.ascontiguousarray(arrays[name]).tobytes())
    return total.hexdigest()[:12]


def best_precision() -> Precision:
    """8 bits where the processor multiplies these with exact sums (VNNI; ARM), else float32.

    Older x86 processors add pairs of products in 16 bits, which overflow.
    """
    if platform.machine().lower() in ("arm64", "aarch64"):
        return "int8"
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    except OSError:
        return "float32"
    return "int8" if {"avx512_vnni", "avx_vnni"} & set(flags) else "float32"


def cores() -> int:
    """Threads for a model: ``$OMP_NUM_THREADS``, else the cores this process may use."""
    chosen = os.environ.get("OMP_NUM_THREADS", "")
    if chosen.isdecimal() and int(chosen):
        return int(chosen)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cut(ids: Sequence[int], most: int) -> list[int]:
    """Token ids without those before the last that are too many.

    >>> cut([0, 7, 8, 9, 2], 4)
    [0, 7, 8, 2]
    """
    return list(ids) if len(ids) <= most else [*ids[: most - 1], ids[-1]]


def _load_tokenizer(folder: Path) -> Any:  # noqa: ANN401
    from tokenizers import Tokenizer

    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def _map_tensors(path: Path) -> dict[str, FloatArray]:
    """The float32 tensors of a safetensors file, mapped: only what is used is read.

    The layout is at https://huggingface.co/docs/safetensors: u64 length, a JSON directory, the tensors.
    """
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        directory = json.loads(file.read(length))
    data = np.memmap(path, np.uint8, "r", offset=8 + length)
    return {
        name: data[entry["data_offsets"][0] : entry["data_offsets"][1]].view("<f4").reshape(entry["shape"])
        for name, entry in directory.items()
        if name != "__metadata__"
    }


def _session(model: str | bytes) -> Any:  # noqa: ANN401
    """A session that runs on the thread that calls it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def _runtime_errors() -> tuple[type[Exception], ...]:
    """What ONNX Runtime raises for a file that it cannot read."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    return (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NoSuchFile)


def _keep(graph: bytes, path: Path) -> None:
    """Write a graph, whole or not at all; without room it is made again at the next start."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
            file.write(graph)
            file.flush()
            os.fsync(file.fileno())
        Path(file.name).chmod(0o644)
        Path(file.name).replace(path)
    except OSError as error:
        _LOG.warning("%s cannot be written (%s): the model is prepared anew at each start", path, error)


def _find_ranges(
    session: Any,  # noqa: ANN401
    names: Sequence[str],
    texts: Sequence[FloatArray],
) -> dict[str, tuple[FloatArray, FloatArray]]:
    """The least and the greatest value of each channel of what goes into each matrix."""
    low: dict[str, FloatArray] = {}
    high: dict[str, FloatArray] = {}
    for words in texts:
        _, *inputs = session.run(None, {"words": words})
        for name, value in zip(names, inputs, strict=True):
            least, greatest = value[0].min(0), value[0].max(0)
            low[name] = np.minimum(low.get(name, least), least)
            high[name] = np.maximum(high.get(name, greatest), greatest)
    return {name: (low[name], high[name]) for name in names}


def _calibration() -> list[dict[str, str]]:
    """Invented texts with questions, some of those of ``benchmarks/questions``."""
    lines = files("index").joinpath("calibration.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _calibration_texts(model: BundledModel) -> list[list[int]]:
    rows = _calibration()
    texts = [f"passage: {row['text']}" for row in rows] + [f"query: {row['question']}" for row in rows]
    return [cut(model.tokens(text)[0], model.most_tokens) for text in texts]


def _calibration_pairs(model: BundledModel) -> list[list[int]]:
    """Each question with every third sentence of its text."""
    return [
        pair(model.tokens(row["question"])[0], model.tokens(sentence)[0])
        for row in _calibration()
        for sentence in row["text"].split(". ")[::3]
    ]


def pair(first: Sequence[int], second: Sequence[int]) -> list[int]:
    """Two texts as one, in the way of XLM-R: ``<s> first </s> </s> second </s>``.

    >>> pair([0, 7, 2], [0, 8, 2])
    [0, 7, 2, 2, 8, 2]
    """
    return [*first, first[-1], *second[1:]]
