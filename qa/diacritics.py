"""A question typed without diacritics, written as Vietnamese and the passages found for it write its words.

Each syllable may be written in several ways ("ho": hộ, hồ, họ, ...). The likeliest sequence is taken: the product of the
chances of each syllable behind the one before, found by the Viterbi algorithm. The chances come from two counts of pairs:
``syllables.npz``, which ``benchmarks/count_syllables.py`` makes of the texts and questions that the reader is fitted on, and
the passages found, which know the names and count ``FOUND`` times as much.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from index.vietnamese import fold, has_diacritics, normal_tone, to_nfc

FOUND = 10
"""What a pair in the passages found counts, next to 1 for one in the background. With 20 passages and this, 98.3 and 95.5
syllables of a hundred are right on the development sets of five articles and of news; 3 to 20 differ by 0.5."""
PAIRED = 0.8
"""Share of the pair in a syllable's chance; the rest goes by the syllable alone (Jelinek and Mercer, 1980)."""
_ALONE = (1 - PAIRED) * 0.01
"""What the chance of a syllable alone, among those that are folded alike, is multiplied with beside that of a pair."""
_MOST_FORMS = 10
_WORD = re.compile(r"[^\W\d_]+")
_STRETCH = re.compile(r"[.!?;:,()\"“”\n]")
START, END = "<", ">"
"""Before the first and behind the last syllable of a stretch between marks."""

Pairs = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Counts:
    """How often syllables (lower case, tone marks where the new spelling puts them) and pairs of neighbours stand in texts."""

    syllables: Mapping[str, int]
    pairs: Pairs
    forms: Mapping[str, Mapping[str, int]]
    """Folded syllable -> the ways to write it, and how often."""


def restore(question: str, texts: Iterable[str]) -> str:
    """The question with diacritics, and with the capitals that its words have in ``texts``; unchanged when it has its own.

    >>> restore("dan so an binh la bao nhieu", ["Dân số An Bình tăng.", "Số dân của xã An Bình"])
    'dân số An Bình là bao nhiêu'
    """
    if has_diacritics(question):
        return question
    found = list(_WORD.finditer(question))
    known = [to_nfc(text) for text in texts]
    chosen = likeliest([match.group().lower() for match in found], background(), counted(known))
    parts, at = [], 0
    for match, form in zip(found, _with_capitals(chosen, known), strict=True):
        parts += [question[at : match.start()], _as_typed(form, match.group())]
        at = match.end()
    return "".join([*parts, question[at:]])


def counted(texts: Iterable[str]) -> Counts:
    """Count syllables and pairs.

    >>> counted(["Hộ nghèo, hộ khá"]).forms["ho"]["hộ"]
    2
    """
    syllables: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for stretch in _stretches(texts):
        words = [START, *(normal_tone(word.lower()) for word in stretch), END]
        syllables.update(words)
        pairs.update(itertools.pairwise(words))
    return Counts(syllables, pairs, _by_fold(syllables))


def likeliest(words: list[str], base: Counts, found: Counts) -> list[str]:
    """One way to write each of the folded words; a word that neither count knows stays as it is."""
    paths: dict[str, tuple[float, list[str]]] = {START: (0.0, [])}
    for word in [*words, END]:
        options = _options(word, base, found)
        total = sum(options.values()) + 1
        paths = {
            form: max(
                (
                    (
                        score + math.log(_chance(before, form, base, found) + _ALONE * count / total),
                        [*path, form],
                    )
                    for before, (score, path) in paths.items()
                ),
                key=lambda pair: pair[0],
            )
            for form, count in options.items()
        }
    return paths[END][1][:-1]


def _chance(before: str, form: str, base: Counts, found: Counts) -> float:
    """The part of a syllable's chance that the one before tells."""
    pairs = base.pairs.get((before, form), 0) + FOUND * found.pairs.get((before, form), 0)
    return PAIRED * pairs / (base.syllables.get(before, 0) + FOUND * found.syllables.get(before, 0) + 1)


def _options(word: str, base: Counts, found: Counts) -> dict[str, int]:
    """The ways to write a word that stand in the texts, the most frequent of them, and how often."""
    if word == END:
        return {END: 1}
    options = Counter(base.forms.get(word, {}))
    for form, count in found.forms.get(word, {}).items():
        options[form] += FOUND * count
    return dict(options.most_common(_MOST_FORMS)) or {word: 1}


def _with_capitals(words: list[str], texts: Iterable[str]) -> list[str]:
    """The words, with a capital those that the texts mostly write so behind another word, alone or beside a neighbour.

    >>> _with_capitals(["chỉ", "số", "pci", "an", "bình"], ["Về chỉ số PCI", "ở xã An Bình, chỉ số PCI"])
    ['chỉ', 'số', 'PCI', 'An', 'Bình']
    """
    alone: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    for stretch in _stretches(texts):
        typed = [(normal_tone(word.lower()), word) for word in stretch]
        for word, written in typed[1:]:
            alone[word][written] += 1
        for (left, first), (right, second) in itertools.pairwise(typed):
            pairs[left, right][first[0].isupper() and second[0].isupper()] += 1
    capitals = {at for at, word in enumerate(words) if 2 * _capital(alone[word]) > alone[word].total()}
    for at, pair in enumerate(itertools.pairwise(words)):
        if pairs[pair][True] > pairs[pair][False]:
            capitals |= {at, at + 1}
    return [
        word if at not in capitals else _initials_or_name(word, alone[word]) for at, word in enumerate(words)
    ]


def _capital(forms: Counter[str]) -> int:
    return sum(count for form, count in forms.items() if form[0].isupper())


def _initials_or_name(word: str, forms: Counter[str]) -> str:
    """In capitals when the texts mostly write it so ("PCI"), else with one."""
    capitals = sum(count for form, count in forms.items() if form.isupper())
    if len(word) > 1 and 2 * capitals > forms.total():
        return word.upper()
    return word[0].upper() + word[1:]


def _as_typed(form: str, typed: str) -> str:
    """The form with the capitals that were typed, a word in capitals ("UBND") as a whole, beside its own."""
    if len(typed) > 1 and typed.isupper():
        return form.upper()
    return form[0].upper() + form[1:] if typed[0].isupper() else form


def _stretches(texts: Iterable[str]) -> Iterator[list[str]]:
    """The words between marks, as they are written."""
    return (words for text in texts for part in _STRETCH.split(text) if (words := _WORD.findall(part)))


def _by_fold(syllables: Mapping[str, int]) -> dict[str, dict[str, int]]:
    forms: dict[str, dict[str, int]] = defaultdict(dict)
    for word, count in syllables.items():
        forms[fold(word)][word] = count
    return dict(forms)


@cache
def background() -> Counts:
    """The counts that come with the project."""
    with files("qa").joinpath("syllables.npz").open("rb") as file, np.load(file) as data:
        words = str(data["words"]).split()
        syllables = dict(zip(words, data["counts"].tolist(), strict=True))
        pairs = {(words[a], words[b]): count for a, b, count in data["pairs"].tolist()}
    return Counts(syllables, pairs, _by_fold(syllables))
