"""Terms of a text: folded and accented syllables, and their pairs.

What stands between two blanks is looked up: its terms are found when it is first met. A text is then a few joins, a
third of the time that finding, folding and pairing its syllables one by one takes (docs/scale.md).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from index.abbreviations import expand, joined
from index.vietnamese import fold, normal_tone, syllables

_MOST_KNOWN = 2**17  # written words kept at a time, some 65 MB; 22,563 news passages have 76,000


class _Known(NamedTuple):
    """What a written word, all that stands between two blanks, gives; "" for what it does not have."""

    folded: str  # its syllables
    folded_twice: str  # each of them twice, ready to be paired: "thu thu_ngan ngan"
    expanded: str  # what its abbreviations stand for
    accented: str
    accented_twice: str
    leans: str  # something, if ``normal_tone`` looks at the words beside it too: "hi vọng", "5 tỉ"


class _Words(dict[str, _Known]):
    """A table that learns each written word when it is first met."""

    def __missing__(self, written: str) -> _Known:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        plain, accented = syllables(written) or [""], syllables(normal_tone(written))
        folded = [fold(word) for word in plain]
        together = [fold(word) for word in syllables(joined(written))] if len(plain) > 1 else []
        phrases = [phrase.split() for word in dict.fromkeys(folded + together) for phrase in expand(word)]
        expanded = " ".join(term for phrase in phrases for term in with_pairs(phrase))
        leans = plain[0] in ("ti", "tỉ") or plain[-1] in ("hi", "tỉ")
        found = self[written] = _Known(
            " ".join(folded), _twice(folded), expanded, " ".join(accented), _twice(accented), "?" * leans
        )
        return found


_WORDS = _Words()
_NOTHING = _Known("", "", "", "", "", "")


def _twice(words: Sequence[str]) -> str:
    return "_".join(f"{word} {word}" for word in words if word)


def with_pairs(words: Sequence[str]) -> list[str]:
    """The words and their neighbouring pairs.

    >>> with_pairs(["thu", "ngan", "sach"])
    ['thu', 'ngan', 'sach', 'thu_ngan', 'ngan_sach']
    """
    return [*words, *map("_".join, itertools.pairwise(words))]


def passage_terms(text: str) -> tuple[str, str]:
    """The terms of a text, a blank between them: syllables, then pairs.

    Args:
        text: NFC text.

    Returns:
        Folded ones, with abbreviations written out behind them; and accented ones in one tone placement.

    >>> passage_terms("UBND xã Hoà")
    ('ubnd xa hoa ubnd_xa xa_hoa uy ban nhan dan uy_ban ban_nhan nhan_dan', 'ubnd xã hòa ubnd_xã xã_hòa')
    """
    known = map(_WORDS.__getitem__, text.split())
    folded, folded_twice, expanded, accented, accented_twice, leans = zip(_NOTHING, *known, strict=True)
    if any(leans):
        return _line(folded, folded_twice, *expanded), " ".join(with_pairs(syllables(normal_tone(text))))
    return _line(folded, folded_twice, *expanded), _line(accented, accented_twice)


@lru_cache(maxsize=64)
def title_terms(title: str) -> str:
    """The folded terms of a title, kept for the passages of one article, which come one after the other."""
    return passage_terms(title)[0]


def _line(words: Iterable[str], twice: Iterable[str], *more: str) -> str:
    """Words, the pairs they make, and more terms, with blanks between all of them."""
    paired = "_".join(filter(None, twice))  # "thu thu_ngan ngan_sach sach"
    pairs = paired[paired.find(" ") + 1 : max(0, paired.rfind(" "))]
    return " ".join(filter(None, (*words, pairs, *more)))
