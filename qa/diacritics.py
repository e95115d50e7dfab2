"""A question typed without diacritics, written as the passages found for it write its words."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from index.vietnamese import fold, has_diacritics
from qa.words import ASKING, FUNCTION_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_PAIR = 3.0
"""What a pair of neighbours seen in the passages counts next to 1 for a word."""
_MOST_FORMS = 8

_ASKED = [phrase.split() for phrase in ASKING] + [[word] for word in sorted(FUNCTION_WORDS)]


def restore(question: str, texts: Iterable[str]) -> str:
    """The question with the diacritics and capitals that its words have in ``texts``; unchanged when it has its own.

    The sequence of forms with the most words and pairs of neighbours in the texts is taken (Viterbi); words that
    stand in none of them are left as they are.

    >>> restore("dan so an binh la bao nhieu", ["Dân số An Bình tăng.", "Số dân của An Bình"])
    'Dân số An Bình là bao nhiêu'
    """
    if has_diacritics(question):
        return question
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    pairs: Counter[tuple[str, str]] = Counter()
    for words in itertools.chain(_ASKED, (_WORD.findall(text) for text in texts)):
        for word in words:
            seen[fold(word).lower()][word] += 1
        pairs.update(itertools.pairwise(words))
    found = list(_WORD.finditer(question))
    forms = [_forms(match.group(), seen) for match in found]
    chosen = _best_path(forms, seen, pairs)
    parts, at = [], 0
    for match, form in zip(found, chosen, strict=True):
        parts += [question[at : match.start()], _as_typed(match.group(), form)]
        at = match.end()
    return "".join([*parts, question[at:]])


def _as_typed(word: str, form: str) -> str:
    """The form, with the capital that was typed: names are told by it."""
    return form[0].upper() + form[1:] if word[0].isupper() else form


def _forms(word: str, seen: dict[str, Counter[str]]) -> list[str]:
    """The ways the texts write a folded word, most frequent first; the word itself when they do not."""
    return [form for form, _ in seen[word.lower()].most_common(_MOST_FORMS)] or [word]


def _best_path(
    forms: list[list[str]], seen: dict[str, Counter[str]], pairs: Counter[tuple[str, str]]
) -> list[str]:
    """One form a word, with the highest sum of log counts of words and pairs."""
    if not forms:
        return []
    paths: dict[str, tuple[float, list[str]]] = {form: (_weight(form, seen), [form]) for form in forms[0]}
    for options in forms[1:]:
        paths = {
            form: max(
                (
                    (score + _weight(form, seen) + _PAIR * math.log1p(pairs[path[-1], form]), [*path, form])
                    for score, path in paths.values()
                ),
                key=lambda pair: pair[0],
            )
            for form in options
        }
    return max(paths.values(), key=lambda pair: pair[0])[1]


def _weight(form: str, seen: dict[str, Counter[str]]) -> float:
    return math.log1p(seen[fold(form).lower()][form])
