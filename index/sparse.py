"""BM25 as sparse vectors, for a server that multiplies sparse vectors: the same scores as ``index.lexical``.

BM25 of a passage is a sum over terms of idf x how often the term stands in it, dampened by its length (Robertson &
Zaragoza 2009, eq. 3.15). The second factor is known when the corpus is, so it becomes the passage's vector; idf x
the weight asked with becomes the query's. The inner product is then the BM25 sum, over all fields at once and with
weights, neither of which the server's own BM25 offers. A term of a field has a number, its place in both vectors.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from index.lexical import FIELDS, LexicalEntry

K1 = 1.2
B = 0.75
"""As in tantivy, ``index.lexical``."""

SparseVector = dict[int, float]
"""Term number (from 1) -> weight (> 0)."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms of a corpus.

    Attributes:
        numbers: term key -> its number, from 1.
        frequencies: term key -> in how many passages it stands.
        lengths: field -> mean number of terms a passage, not rounded.
    """

    numbers: dict[str, int]
    frequencies: Counter[str]
    lengths: dict[str, float]


def term_key(field: str, term: str) -> str:
    """What a term of a field is called in the vocabulary.

    >>> term_key("folded", "ngan_sach")
    'folded ngan_sach'
    """
    return f"{field} {term}"


def vocabulary(entries: Iterable[LexicalEntry]) -> Vocabulary:
    """Count the terms of all passages.

    >>> counted = vocabulary([LexicalEntry(0, "Chi xã", ""), LexicalEntry(1, "xã", "")])
    >>> counted.frequencies["folded xa"], counted.numbers["folded xa"], counted.lengths["folded"]
    (2, 2, 2.0)
    """
    frequencies: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    passages = 0
    for entry in entries:
        passages += 1
        for field, line in entry.terms().items():
            terms = line.split()
            totals[field] += len(terms)
            frequencies.update(dict.fromkeys((term_key(field, term) for term in terms), 1))
    numbers = {key: number for number, key in enumerate(frequencies, 1)}
    return Vocabulary(numbers, frequencies, {field: totals[field] / max(passages, 1) for field in FIELDS})


def passage_vector(entry: LexicalEntry, counted: Vocabulary) -> SparseVector:
    """The passage's side of BM25; empty for a passage without a term."""
    vector: SparseVector = {}
    for field, line in entry.terms().items():
        terms = line.split()
        length = K1 * (1 - B + B * rounded_length(len(terms)) / (counted.lengths[field] or 1.0))
        for term, times in Counter(terms).items():
            vector[counted.numbers[term_key(field, term)]] = (1 + K1) * times / (times + length)
    return vector


def rounded_length(length: int) -> int:
    """A passage's length as tantivy and Lucene keep it, in one byte: exact to 40, then four significant bits.

    The layout is that of Lucene's ``SmallFloat.intToByte4``.

    >>> [rounded_length(n) for n in (0, 7, 39, 40, 41, 42, 57, 300)]
    [0, 7, 39, 40, 40, 42, 56, 280]
    """
    rest = length - 24
    dropped = max(rest.bit_length() - 4, 0) if rest > 0 else 0
    return 24 + (rest >> dropped << dropped) if rest > 0 else length


def idf(passages: int, frequency: int) -> float:
    """Inverse document frequency as tantivy has it: > 0.

    >>> round(idf(9, 1), 3)
    1.897
    """
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))
