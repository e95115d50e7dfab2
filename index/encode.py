"""Text to vectors; and how any model is found and loaded. The models' libraries are imported when one is."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import threading
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.bundled import file_digest
from index.errors import ModelError
from index.onnx_model import cores
from index.toy import ToyEncoder

FloatArray = NDArray[np.float32]
Progress = Callable[[int], None]
"""Told how many texts are done so far."""

_Loaded = TypeVar("_Loaded")

_BATCH_CHARACTERS = 6_000  # 7 passages of 210 tokens; 2 cores: 21.8 passages/s, 12.5 in batches of 32
_MOST_IN_BATCH = 64
_NETWORK_SECONDS = 5.0
_MODEL_FILES = ("*.json", "*.safetensors", "*.bin", "*.model", "*.txt", "*.py")
_E5 = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])(?!.*instruct)", re.IGNORECASE)


class Encoder(Protocol):
    """Turns texts into unit vectors whose dot product is their likeness.

    Attributes:
        name: what a person calls it.
        dim: numbers in a vector.
        fingerprint: identifies the weights: equal fingerprints, equal vectors.
        query_prefix: put before a query by ``encode_query``.
        passage_prefix: put before a passage by ``encode_passages``.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def dim(self) -> int: ...  # noqa: D102
    @property
    def fingerprint(self) -> str: ...  # noqa: D102
    @property
    def query_prefix(self) -> str: ...  # noqa: D102
    @property
    def passage_prefix(self) -> str: ...  # noqa: D102

    def encode_query(self, text: str) -> FloatArray:
        """``(dim,)`` float32, a unit vector."""
        ...

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """``(n, dim)`` float32, unit rows, in the order given; ``progress`` hears how many are done."""
        ...


def load_encoder(model: str | Path | None = None) -> Encoder:
    """Load a model.

    Args:
        model: None or "" for the bundled model, "toy" for the toy encoder, a SentenceTransformer folder, or a
            name on the Hugging Face hub, which is fetched once and then read from the hub's cache.

    Returns:
        The encoder; it may be used from several threads.

    Raises:
        ModelError: the model is not there, cannot be loaded, or does not return usable vectors.
    """
    if not model:
        from index.bundled_encoder import BundledEncoder

        return BundledEncoder()
    if str(model) == ToyEncoder.name:
        return ToyEncoder()
    folder, name = find_model(model, lambda name: _load_model(name, local=False))
    return SentenceEncoder(folder, name, folder_fingerprint(folder))


class _Model(Protocol):
    """What is used of ``sentence_transformers.SentenceTransformer``."""

    prompts: dict[str, str | None]

    def __getitem__(self, place: int) -> Any: ...  # noqa: ANN401

    def encode(
        self,
        sentences: list[str],
        *,
        prompt: str,
        batch_size: int,
        normalize_embeddings: bool,
        show_progress_bar: bool,
    ) -> FloatArray: ...


class SentenceEncoder:
    """An encoder over any SentenceTransformer folder. Nothing is fetched; see ``Encoder`` for the rest."""

    def __init__(self, folder: Path, name: str, fingerprint: str) -> None:
        self.name = name
        self.fingerprint = fingerprint
        self._model = _load_model(str(folder), local=True)
        self._lock = threading.Lock()  # a tokenizer cannot be used by two threads at once
        self.query_prefix, self.passage_prefix = prefixes(name, self._model.prompts)
        self.dim = self._checked_dim()

    def encode_query(self, text: str) -> FloatArray:
        """``(dim,)`` float32, a unit vector."""
        vector: FloatArray = self._encode([text], self.query_prefix)[0]
        return vector

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """``(n, dim)`` float32, unit rows, in the order given; ``progress`` hears how many are done."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        done = 0
        for batch in batches([len(text) for text in texts]):
            vectors[batch] = self._encode([texts[i] for i in batch], self.passage_prefix)
            done += len(batch)
            if progress:
                progress(done)
        return vectors

    def _encode(self, texts: list[str], prefix: str) -> FloatArray:
        with self._lock:
            vectors = self._model.encode(
                [unicodedata.normalize("NFC", text) for text in texts],
                prompt=prefix,
                batch_size=len(texts),
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        rows: FloatArray = np.asarray(vectors, np.float32)
        return rows

    def _checked_dim(self) -> int:
        """The length of a vector, found by making one."""
        vectors = self._encode(["thử"], self.query_prefix)
        if vectors.ndim != 2 or abs(float(np.linalg.norm(vectors[0])) - 1) > 1e-3:
            raise ModelError(
                f"the model {self.name} does not return unit vectors; choose another with --model"
            )
        return int(vectors.shape[1])


def prefixes(name: str, prompts: dict[str, str | None]) -> tuple[str, str]:
    """What goes before a query and before a passage: the model's own prompts, else those of the e5 family.

    >>> prefixes("some-model", {"query": "q: ", "document": "d: "})
    ('q: ', 'd: ')
    >>> prefixes("intfloat/multilingual-e5-base", {})
    ('query: ', 'passage: ')
    >>> prefixes("bge-m3", {})
    ('', '')
    """
    query = prompts.get("query") or ""
    passage = prompts.get("passage") or prompts.get("document") or ""
    if not query and not passage and _E5.search(name):
        return "query: ", "passage: "
    return query, passage


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Cut texts into batches of like length, longest first, so that little is padded.

    Args:
        lengths: characters in each text.

    Yields:
        Places into ``lengths``; a batch holds at most 6,000 characters (or one text) and 64 texts.

    >>> list(batches([1500, 4000, 1500, 1500]))
    [[1], [0, 2, 3]]
    """
    order = sorted(range(len(lengths)), key=lambda place: -lengths[place])
    while order:
        fitting = _BATCH_CHARACTERS // max(lengths[order[0]], 1)
        size = min(max(fitting, 1), _MOST_IN_BATCH)
        yield order[:size]
        order = order[size:]


def folder_fingerprint(folder: Path) -> str:
    """The sha256 over names and contents of a model folder's settings and weights, 64 hexadecimal digits."""
    files = {
        path.relative_to(folder).as_posix(): path for glob in _MODEL_FILES for path in folder.rglob(glob)
    }
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{file_digest(files[name])}\n".encode())
    return total.hexdigest()


def find_model(model: str | Path, download: Callable[[str], object]) -> tuple[Path, str]:
    """Where a model lies and what a person calls it.

    Args:
        model: a folder, or a name on the Hugging Face hub.
        download: loads a model by its name on the hub, which puts its files into the hub's cache; called only
            when they are not there yet.

    Raises:
        ModelError: there is no such folder or name, the hub cannot be reached, or the libraries that run models
            other than the bundled one are not installed.
    """
    folder = _local_folder(model)
    _check_libraries(model)
    if folder is None:
        return _hub_folder(str(model), download), str(model)
    return folder, folder.name


def _check_libraries(model: str | Path) -> None:
    """That the extra ``models`` is installed; found without importing it."""
    missing = [name for name in ("torch", "sentence_transformers") if find_spec(name) is None]
    if missing:
        raise ModelError(
            f"{' and '.join(missing)} not installed, which the model {model} needs: pip install 'hoidap[models]'"
        )


def _local_folder(model: str | Path) -> Path | None:
    """The folder meant, None when ``model`` can only be a name on the hub."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder.resolve()
    if isinstance(model, Path) or not re.fullmatch(r"[\w-][\w.-]*(/[\w-][\w.-]*)?", model):
        raise ModelError(f"no model at {model}: name the folder of a model or a model of the hub")
    return None


def _hub_folder(name: str, download: Callable[[str], object]) -> Path:
    """The folder of a hub model in the hub's own cache, fetched now if it is not there."""
    folder = _cached_folder(name)
    if folder is None:
        _check_hub(name)
        download(name)
        folder = _cached_folder(name)
    if folder is None:
        raise ModelError(f"the hub's {name} holds no weights this program can read; choose another model")
    return folder


def _cached_folder(name: str) -> Path | None:
    """Where the hub's cache keeps a model, None when its settings or weights are not there."""
    from huggingface_hub import try_to_load_from_cache

    for file in ("modules.json", "config.json"):
        path = try_to_load_from_cache(name, file)
        if isinstance(path, str):
            folder = Path(path).parent
            found = any(next(folder.rglob(weights), None) for weights in ("*.safetensors", "*.bin"))
            return folder if found else None
    return None


def _check_hub(name: str) -> None:
    """Ask once whether the hub has the model: a download would ask for minutes when nobody answers."""
    from huggingface_hub import HfApi, errors

    # the base of all errors of whichever library this release of the hub's client speaks HTTP with
    network_error: type[Exception] = errors.HTTPError  # type: ignore[attr-defined]
    try:
        HfApi().model_info(name, timeout=_NETWORK_SECONDS)
    except errors.HfHubHTTPError as error:
        raise ModelError(f"the hub gives no model {name} ({first_line(error)}); check the name") from error
    except (network_error, OSError) as error:
        raise ModelError(
            f"the model {name} is not on this machine and cannot be fetched ({first_line(error)}): "
            "connect once, name a folder, or leave the model out for the bundled one"
        ) from error


def _load_model(path: str, *, local: bool) -> _Model:
    """A ``SentenceTransformer`` on the processor."""

    def load() -> _Model:
        from sentence_transformers import SentenceTransformer

        model: _Model = SentenceTransformer(path, device="cpu", local_files_only=local)
        return model

    return load_quietly(path, load)


def load_quietly(path: str, load: Callable[[], _Loaded]) -> _Loaded:
    """What ``load`` returns, loaded without a word on the terminal; it may use all cores of this process.

    Args:
        path: the folder or name that ``load`` loads, for the message.
        load: imports the model's library and loads the model.

    Raises:
        ModelError: the model cannot be loaded.
    """
    with _silence():
        from safetensors import SafetensorError
        from torch import set_num_threads

        set_num_threads(cores())
        try:
            return load()
        except (
            OSError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            ArithmeticError,
            RuntimeError,
            ImportError,
            SafetensorError,
        ) as error:
            raise ModelError(
                f"cannot load the model in {path} ({first_line(error)}); "
                "if its files are damaged, remove the folder and try again"
            ) from error


@contextmanager
def _silence() -> Iterator[None]:
    """Keep the libraries from writing to the terminal while they are imported and while they load."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # else it warns at every later fork
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from huggingface_hub.utils import disable_progress_bars  # type: ignore[attr-defined]
        from transformers.utils import logging as transformers_logging

        disable_progress_bars()
        transformers_logging.disable_progress_bar()
        for library in ("transformers", "sentence_transformers", "huggingface_hub"):
            logging.getLogger(library).setLevel(logging.ERROR)
        yield


def first_line(error: BaseException) -> str:
    """The first line of an error's message; its kind when it has none."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
