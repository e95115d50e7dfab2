"""A question typed without diacritics or capitals, written as Vietnamese and the passages found for it write its words.

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

FOUND = 40
"""What a pair in the passages found counts, next to 1 for one in the background. With 20 passages and this, 98.6 and 96.6
syllables of a hundred are right on the development sets of five articles and of news; 10 to 40 differ by 0.4."""
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


def restore(question: str, texts: Iterable[str], beside: Iterable[str] = ()) -> str:
    """The question with diacritics, and with the capitals that its words have in ``texts``; what it has of both stays.

    Texts ``beside`` those tell diacritics only, no capitals.

    >>> restore("dan so an binh la bao nhieu", ["Dân số An Bình tăng.", "Số dân của xã An Bình"])
    'dân số An Bình là bao nhiêu'
    >>> restore("dân số an bình", ["Dân số An Bình tăng.", "Số dân của xã An Bình"])
    'dân số An Bình'
    """
    if not lacks_marks(question):
        return question
    found = list(_WORD.finditer(question))
    known = [to_nfc(text) for text in texts]
    chosen = [match.group().lower() for match in found]
    if not has_diacritics(question):
        chosen = likeliest(chosen, background(), counted([*known, *beside]))
    parts, at = [], 0
    for match, form in zip(found, _with_capitals(chosen, known), strict=True):
        parts += [question[at : match.start()], _as_typed(form, match.group())]
        at = match.end()
    return "".join([*parts, question[at:]])


def lacks_marks(question: str) -> bool:
    """Whether a question was typed without diacritics, or without capitals but for the first letter.

    >>> [lacks_marks(text) for text in ("dan so An Binh", "Dân số an bình", "dân số An Bình")]
    [True, True, False]
    """
    return not has_diacritics(question) or question[1:] == question[1:].lower()


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
    """The words, with a capital those that the texts mostly write so beside the same neighbour, else anywhere.

    >>> _with_capitals(["chỉ", "số", "pci", "an", "bình"], ["Về chỉ số PCI", "ở xã An Bình, chỉ số PCI"])
    ['chỉ', 'số', 'PCI', 'An', 'Bình']
    """
    written: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for stretch in _stretches(texts):
        keys = _neighbours([normal_tone(word.lower()) for word in stretch])
        for place, (word, (before, behind, alone)) in enumerate(zip(stretch, keys, strict=True)):
            named = place + 1 < len(stretch) and stretch[place + 1][0].isupper()
            if place or named:  # the first word has a capital anyhow
                written[behind][word] += 1
            if place:
                written[before][word] += 1
                written[alone][word] += 1
    return [
        _as_written(word, written[before] + written[behind] or written[alone])
        for word, (before, behind, alone) in zip(words, _neighbours(words), strict=True)
    ]


def _neighbours(words: list[str]) -> list[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
    """Each word behind the one before it, before the one behind it, and alone."""
    padded = [START, *words, END]
    return [
        ((START, a, b), (END, b, c), (b,)) for a, b, c in zip(padded, padded[1:], padded[2:], strict=False)
    ]


def _as_written(word: str, forms: Counter[str]) -> str:
    """With a capital when most of its forms have one, in capitals when most are so ("PCI")."""
    if 2 * sum(count for form, count in forms.items() if form[0].isupper()) <= forms.total():
        return word
    whole = sum(count for form, count in forms.items() if len(form) > 1 and form.isupper())
    return word.upper() if 2 * whole > forms.total() else _with_capital(word)


def _as_typed(form: str, typed: str) -> str:
    """The form with the capitals that were typed, a word in capitals ("UBND") as a whole, beside its own."""
    if len(typed) > 1 and typed.isupper():
        return form.upper()
    return _with_capital(form) if typed[0].isupper() else form


def _with_capital(word: str) -> str:
    return word[0].upper() + word[1:]


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
