"""Which kind of place a name is said to be: "tỉnh X" and "thành phố X" are two places of one name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from index.vietnamese import fold, has_diacritics, normal_tone

_KINDS = {
    "tỉnh": "tỉnh",
    "thành phố": "thành phố",
    "tp": "thành phố",
    "huyện": "huyện",
    "quận": "quận",
    "thị xã": "thị xã",
    "tx": "thị xã",
    "thị trấn": "thị trấn",
    "xã": "xã",
    "phường": "phường",
    "tỉnh ủy": "tỉnh",
    "tỉnh đoàn": "tỉnh",
    "thành ủy": "thành phố",
    "thành đoàn": "thành phố",
    "huyện ủy": "huyện",
    "huyện đoàn": "huyện",
    "quận ủy": "quận",
    "thị ủy": "thị xã",
}
"""What stands before a place's name -> the kind of place it then is."""
_FOLDED_KINDS = {fold(word): kind for word, kind in _KINDS.items()}


def _typed(words: dict[str, str]) -> re.Pattern[str]:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?P<kind>{'|'.join(longest)})\.?\s+(?P<name>[^\W\d_]+\s[^\W\d_]+)")


_ACCENTED, _FOLDED = _typed(_KINDS), _typed(_FOLDED_KINDS)


@lru_cache(maxsize=2048)
def typed_names(text: str) -> tuple[tuple[str, str], ...]:
    """The two-syllable names that follow the word for a kind of place: (folded name, kind), in order.

    >>> typed_names("dân số tỉnh Hà Nam năm 2020, cuc hai quan Hai Phong")
    (('ha nam', 'tỉnh'),)
    >>> typed_names("bi thu tinh uy ha nam")
    (('ha nam', 'tỉnh'),)
    """
    plain = normal_tone(text.lower())
    pattern, kinds = (_ACCENTED, _KINDS) if has_diacritics(text) else (_FOLDED, _FOLDED_KINDS)
    found, at = [], 0
    while match := pattern.search(plain, at):
        found.append((" ".join(fold(match.group("name")).split()), kinds[match.group("kind")]))
        at = match.start("name")
    return tuple(found)


def said_kinds(names: Sequence[tuple[str, str]], name: str) -> Counter[str]:
    """How often a folded name is said to be of which kind, among ``typed_names`` of a text.

    >>> sorted(said_kinds(typed_names("UBND tỉnh Hà Nam và thành phố Hà Nam"), "ha nam"))
    ['thành phố', 'tỉnh']
    """
    return Counter(kind for said, kind in names if said == name)


def says_bare(text: str, kind: str) -> bool:
    """Whether a text says a kind of place without a name behind it.

    >>> says_bare("Chủ tịch HĐND tỉnh, trưởng đoàn", "tỉnh"), says_bare("tỉnh Hà Nam", "tỉnh")
    (True, False)
    """
    plain = normal_tone(text.lower())
    words = "|".join(word for word, said in _KINDS.items() if said == kind)
    return any(
        not text[match.end() :].lstrip()[:1].isupper() for match in re.finditer(rf"\b(?:{words})\b", plain)
    )
