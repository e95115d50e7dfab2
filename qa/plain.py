"""Dataclasses as plain JSON values: what the chat's endpoints and ``--json`` hand out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from numbers import Integral, Real
from pathlib import Path

from qa.types import Hit

JSON = dict[str, "JSON"] | list["JSON"] | str | int | float | bool | None
"""A value that ``json.dumps`` writes as it is."""

_BULKY = frozenset({"text", "furniture"})
"""What of an article a hit leaves out: its passage is there, the whole text would bury it."""


def to_plain(value: object) -> JSON:
    """Turn a value of this project into JSON types.

    Dataclasses become objects with the fields' names, days ISO 8601 strings, tuples lists, decimals
    numbers. The article inside a hit comes without its text.

    Args:
        value: a dataclass, a mapping or sequence of such, or a single value.

    Returns:
        The same content in ``dict``, ``list``, ``str``, ``int``, ``float``, ``bool`` and ``None``.

    Raises:
        TypeError: a value has no plain form.

    Examples:
        >>> to_plain((date(2021, 9, 30), Decimal("459.6"), Decimal("317E9")))
        ['2021-09-30', 459.6, 317000000000]
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, Real | Decimal):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Path):
        return value.as_posix()
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_plain(item) for item in value]
    return _record(value)


def for_clients(plain: JSON) -> JSON:
    """The same JSON with every key "path" called "file".

    gradio_client takes any object with a "path" for a file that the server offers, tries to download it, and
    fails the whole call when it may not.

    >>> for_clients([{"path": "a.txt", "title": "A"}])
    [{'file': 'a.txt', 'title': 'A'}]
    """
    if isinstance(plain, dict):
        return {"file" if key == "path" else key: for_clients(item) for key, item in plain.items()}
    return [for_clients(item) for item in plain] if isinstance(plain, list) else plain


def _number(value: Real | Decimal) -> int | float:
    """Return the number as the built-in type: NumPy's are not JSON.

    Examples:
        >>> _number(Decimal("9.35")), _number(Decimal("13000.0"))
        (9.35, 13000)
    """
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    return float(value)


def _record(value: object) -> JSON:
    """Return a dataclass as an object; a hit's article without its bulk."""
    plain = _fields(value)
    if isinstance(value, Hit):
        plain["article"] = _fields(value.article, leave_out=_BULKY)
    return plain


def _fields(value: object, leave_out: frozenset[str] = frozenset()) -> dict[str, JSON]:
    """Return the fields of a dataclass by name."""
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{type(value).__name__} has no plain form: give a dataclass or JSON types")
    names = (field.name for field in fields(value) if field.name not in leave_out)
    return {name: to_plain(getattr(value, name)) for name in names}
