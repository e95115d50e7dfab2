"""Words that cannot be the answer: those of the question itself, and common words where a name is asked for."""

from __future__ import annotations

import re

from index.vietnamese import fold, has_diacritics, normal_tone, syllables
from qa.question import Question
from qa.words import FUNCTION_FOLDED

_CHOICE = re.compile(r"\b(?:hay|hoac|giua|trong (?:so|hai|ba)|co phai|phai (?:khong|chang)|dung khong)\b")
"""Says that the answer may stand in the question: "giữa A và B đội nào thắng", "có phải A không"."""
_NAME = r"(?:ten|biet danh|but danh|nghe danh)"
_NO_THIEF = r"(?!lua|cuop|trom|toi|sat|giet|gian)"
_ASKS_NAME = re.compile(
    rf"\b{_NAME} (?:la )?gi\b|\b{_NAME} {_NO_THIEF}[^,?]{{1,60}} la gi\b|^ten {_NO_THIEF}",
)
_MEANING = re.compile(r"\bnghia\b")
_PROPER = re.compile(r"[\d“\"]")


class Echo:
    """What a question says itself, to hold the words of an answer against.

    Args:
        question: what is asked.
    """

    def __init__(self, question: Question) -> None:
        self._form = normal_tone if has_diacritics(question.text) else fold
        self._words = {self._form(word.lower()) for word in syllables(question.text)}
        self._asked = "" if _CHOICE.search(question.folded) else f" {_plain(question.folded)} "
        self._asks_name = asks_name(question.folded)

    def is_no_answer(self, short: str) -> bool:
        """Whether the words stand in the question as they are, unless it offers them, or are no name where one is asked for."""
        named = _PROPER.search(short) is not None or any(character.isupper() for character in short)
        return f" {_plain(fold(short))} " in self._asked or (self._asks_name and not named)

    def share(self, short: str) -> float:
        """The share of the words that the question says, function words aside, in [0, 1].

        Who asks which poison was in the old dyes is not answered with "the old dyes".
        """
        said = [self._form(word.lower()) for word in syllables(short) if fold(word) not in FUNCTION_FOLDED]
        return sum(word in self._words for word in said) / len(said) if said else 0.0


def asks_name(folded: str) -> bool:
    """Whether the folded question asks what something is called.

    >>> asks_name("ten bo cua y thai la gi?"), asks_name("ten cuop dung vu khi gi?")
    (True, False)
    """
    return _ASKS_NAME.search(folded) is not None and _MEANING.search(folded) is None


def _plain(folded: str) -> str:
    return " ".join(re.findall(r"\w+", folded.lower()))
