"""The persons whom a question names in full, and whether an article names them.

Compared with their diacritics: "Phạm Văn Hoa" is not "Phạm Văn Hóa".
"""

from __future__ import annotations

from functools import lru_cache

from index.names import is_surname
from index.vietnamese import has_diacritics, is_syllable, normal_tone
from qa.name_spans import find_names


@lru_cache(maxsize=256)
def persons_named(question: str) -> tuple[str, ...]:
    """The Vietnamese names of three or four syllables, with a family name first, in a question with diacritics.

    >>> persons_named("Ông Phạm Văn Hoa làm ở Công ty An Bình?"), persons_named("pham van hoa")
    (('Phạm Văn Hoa',), ())
    """
    if not has_diacritics(question):
        return ()
    names = [question[start:end] for start, end in find_names(question)]
    return tuple(name for name in names if _in_full(name.split()))


def _in_full(words: list[str]) -> bool:
    return 3 <= len(words) <= 4 and is_surname(words[0]) and all(map(is_syllable, words))


def person_absent(name: str, text: str) -> bool:
    """Whether a text has neither the whole name, nor it without its first or its last syllable ("Nguyễn Huệ Huế").

    >>> [person_absent(name, "Anh Văn Hoa và bà Lê Thị Mai") for name in ("Phạm Văn Hoa", "Phạm Văn Hóa", "Lê Thị Mai")]
    [False, True, False]
    """
    words, low = lowered(name).split(), lowered(text)
    return not any(
        " ".join(part) in low for part in (words, words[1:], words[:-1] if len(words) > 3 else words)
    )


def names(text: str, name: str) -> bool:
    """Whether a text holds a name, whatever its capitals."""
    return lowered(name) in lowered(text)


@lru_cache(maxsize=4096)
def lowered(text: str) -> str:
    """Lower case, with the marks of tones where they are written today."""
    return normal_tone(text.lower())
