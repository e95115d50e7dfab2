"""A Milvus server and what is asked of it. The only file that imports pymilvus."""

from __future__ import annotations

import json
import logging
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from index.errors import IndexMissing, InputError, StoreError, StoreUnavailable

READ_SECONDS = 10.0
"""How long a question waits for the server before it says so."""
WRITE_SECONDS = 300.0
"""How long a build waits for one batch, flush or load."""
INSERT_ROWS = 500
"""Rows a request: 500 passages of 384 dimensions and 500 terms are 3 MB; the server takes 64 MB."""
QUERY_ROWS = 1000
"""Rows asked for at once; the server's own limit is 16,384."""
MOST_HITS = 16_384
"""The server's limit for the hits of a search."""
TEXT_BYTES = 65_535
"""The longest text a field of the server holds."""

_NOT_FOUND = {100, 1600}
"""Codes of the server: no such collection, no such alias (milvus-lite: 100 for both)."""
_NOT_LOADED = 101
_UNREACHABLE = 2
_SILENT = {"UNAVAILABLE", "DEADLINE_EXCEEDED"}
"""States of gRPC: no connection, no answer in time."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")

Row = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index is: ``milvus://[USER:PASSWORD@]HOST[:PORT]/COLLECTION[?index=KIND]``.

    Attributes:
        uri: of the server, ``http://HOST:PORT``; ``https`` for ``milvus+https://``.
        token: ``USER:PASSWORD``; "" for none.
        collection: the alias the published generation is found by.
        index: the kind of the dense index, "" to choose by size.
    """

    uri: str
    token: str
    collection: str
    index: str

    @property
    def place(self) -> str:
        """The address as a person writes it, without the password."""
        return f"{self.uri.replace('https://', 'milvus+https://').replace('http://', 'milvus://')}/{self.collection}"


def parse_address(text: str) -> Address:
    """Read an address.

    >>> parse_address("milvus://localhost/news")
    Address(uri='http://localhost:19530', token='', collection='news', index='')
    >>> parse_address("milvus+https://ann:secret@example.org:443/news?index=DISKANN").place
    'milvus+https://example.org:443/news'

    Raises:
        InputError: it is none; the message shows the form.
    """
    form = "milvus://HOST:PORT/COLLECTION"
    try:
        parts = urlsplit(text)
        port = parts.port or 19530
    except ValueError as error:
        raise InputError(f"the address of the store cannot be read ({error}); write it as {form}") from error
    collection = parts.path.strip("/")
    if not parts.hostname or not _NAME.fullmatch(collection):
        raise InputError(f"{parts.path!r} names no collection of letters, digits and _; write {form}")
    token = unquote(f"{parts.username}:{parts.password}") if parts.username else ""
    index = re.fullmatch(r"(?:index=([A-Z0-9_]+))?", parts.query)
    if index is None:
        raise InputError(
            f"{parts.query!r} is not understood; an address may end with ?index=KIND, as in ?index=HNSW"
        )
    scheme = "https" if parts.scheme == "milvus+https" else "http"
    return Address(f"{scheme}://{parts.hostname}:{port}", token, collection, index.group(1) or "")


class MilvusServer:
    """A connection, made when first needed and again when it was lost; safe to share between threads."""

    def __init__(self, address: Address) -> None:
        _pymilvus()
        self.address = address
        self._lock = threading.Lock()
        self._client: Any = None

    def query(self, collection: str, where: str, fields: Sequence[str], limit: int = QUERY_ROWS) -> list[Row]:
        """The rows for which ``where`` holds, in no order."""
        found = self._read(collection, "query", filter=where, output_fields=list(fields), limit=limit)
        return [dict(row) for row in found]

    def count(self, collection: str, where: str) -> int:
        """How many rows there are for which ``where`` holds."""
        found = self._read(collection, "query", filter=where, output_fields=["count(*)"])
        return int(found[0]["count(*)"])

    def search(
        self, collection: str, field: str, vector: object, k: int, where: str
    ) -> list[tuple[int, float]]:
        """The ``row`` and inner product of the ``k`` best, best first, equal ones by row."""
        found = self._read(
            collection, "search", data=[vector], anns_field=field, limit=min(k, MOST_HITS), filter=where,
            output_fields=["row"], search_params=_search_params(k, field),
        )  # fmt: skip
        pairs = [(int(hit["row"]), float(hit["distance"])) for hit in found[0]]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def insert(self, collection: str, rows: Iterable[Row]) -> None:
        """Insert rows in batches."""
        for batch in batches(rows, INSERT_ROWS):
            self.write("insert", collection, [dict(row) for row in batch])

    def create(self, collection: str, fields: Mapping[str, Mapping[str, Any]]) -> None:
        """Create a collection; the first field is its key; an ``index`` in a field's settings is its index."""
        from pymilvus import DataType, MilvusClient

        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        indexes = MilvusClient.prepare_index_params()
        for place, (name, settings) in enumerate(fields.items()):
            known = {key: value for key, value in settings.items() if key not in ("type", "index")}
            schema.add_field(name, DataType[settings["type"]], is_primary=place == 0, **known)
            if "index" in settings:
                indexes.add_index(name, **settings["index"])
        self.write("create_collection", collection, schema=schema, consistency_level="Strong")
        self.write("create_index", collection, indexes, sync=False)  # waiting would take half a second each

    def collections(self) -> list[str]:
        """The names of all collections."""
        return sorted(self._call("list_collections", timeout=READ_SECONDS))

    def target(self, alias: str) -> str | None:
        """The collection an alias stands for; None when there is no such alias."""
        try:
            found = self._call("describe_alias", alias, timeout=READ_SECONDS)
        except IndexMissing:
            return None
        return str(found["collection_name"])

    def write(self, method: str, *arguments: object, **named: object) -> None:
        """Call a method of ``MilvusClient`` that changes something."""
        self._call(method, *arguments, timeout=WRITE_SECONDS, **named)

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _read(self, collection: str, method: str, **named: object) -> Any:
        """Read from a collection, which is loaded when the server has it only on disk, as after a restart."""
        try:
            return self._call(method, collection, timeout=READ_SECONDS, **named)
        except _NotLoaded:
            self.write("load_collection", collection)
            return self._call(method, collection, timeout=READ_SECONDS, **named)

    def _call(self, method: str, *arguments: object, **named: object) -> Any:
        """Call the client; a lost connection is made anew once, errors become those of ``index.errors``."""
        for last in (False, True):
            try:
                return getattr(self._connected(), method)(*arguments, **named)
            except _errors() as error:
                refusal = _refusal(self.address.place, method, error)
                if not isinstance(refusal, StoreUnavailable):
                    raise refusal from error
                self.close()
                # Who did not answer in time is not waited for twice; who is gone may be back, or was never asked.
                if last or _code(error) != _UNREACHABLE:
                    raise refusal from error
        raise AssertionError("the loop returns or raises")

    def _connected(self) -> Any:
        with self._lock:
            if self._client is None:
                # A shared connection to a server that went away would wait longer and longer before it tries again.
                self._client = _pymilvus().MilvusClient(
                    uri=self.address.uri,
                    token=self.address.token,
                    timeout=READ_SECONDS,
                    dedicated=True,
                    grpc_options={"grpc.use_local_subchannel_pool": 1},
                )
            return self._client


class _NotLoaded(StoreError):
    """The server has the collection on disk only."""


def quoted(text: str) -> str:
    r"""A text as it stands in a filter.

    >>> print(quoted('Báo "Mới"'))
    "Báo \"Mới\""
    """
    return json.dumps(text, ensure_ascii=False)


def one_of(field: str, values: Iterable[int | str]) -> str:
    """A filter: the field is one of these.

    >>> one_of("row", [3, 5])
    'row in [3, 5]'
    """
    return f"{field} in {json.dumps(list(values), ensure_ascii=False)}"


def batches(values: Iterable[T], size: int) -> Iterable[list[T]]:
    """The values in lists of ``size``, the last one shorter.

    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch


def _pymilvus() -> Any:
    try:
        import pymilvus
    except ImportError as error:
        raise InputError(
            "an address milvus://... needs the package pymilvus; run `pip install 'hoidap[milvus]'`"
        ) from error
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # it logs a traceback for what is raised as well
    return pymilvus


def _search_params(k: int, field: str) -> dict[str, Any]:
    """Exact for flat indexes; others look at four times as many candidates as are wanted."""
    return {} if field != "dense" else {"params": {"ef": max(4 * k, 200), "nprobe": 64}}


def _errors() -> tuple[type[Exception], ...]:
    """What a call of the client may raise."""
    import grpc

    return (_pymilvus().MilvusException, grpc.RpcError, grpc.FutureTimeoutError)


def _code(error: Any) -> Any:
    """The server's code, a number; a member of ``grpc.StatusCode`` when the call itself failed; None for neither."""
    code = getattr(error, "code", None)
    return code() if callable(code) else code


def _refusal(place: str, method: str, error: Any) -> StoreError:
    """The error to raise for one of the client."""
    code = _code(error)
    said = " ".join(str(getattr(error, "message", "") or error).split())[:200]
    if code == _UNREACHABLE or code is None or getattr(code, "name", "") in _SILENT:
        return StoreUnavailable(
            f"{place}: the Milvus server does not answer; start it, or check host and port"
        )
    if code in _NOT_FOUND:
        return IndexMissing(f"{place}: {said}; ask again, or build the index with `hoidap index`")
    kind = _NotLoaded if code == _NOT_LOADED else StoreError
    return kind(f"{place}: the Milvus server refused {method}: {said}")
