"""Things of which there are several with a number: the congress asked about is not the one before, six months are not nine."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from qa.persons import lowered

_KINDS = (
    "lần thứ|khóa|đợt|giai đoạn|vòng|bảng|quận|phường|khu phố|tổ dân phố|tập|lớp|hạng|loại|quốc lộ|tỉnh lộ|bão số|kỳ họp thứ|phiên họp thứ|hội nghị lần thứ|"
    "nghị quyết số|nghị định số|đường số|điều|khoản|tàu số|chương|bài|nhóm|cấp|bước|sea games|thứ"
)
_NUMBERED = re.compile(
    rf"(?<!\w)(?P<kind>{_KINDS}) (?:thứ |số )?(?P<number>\d{{1,3}}|[ivx]{{1,6}})(?![\w/-]|[.,]\d)"
)
_SERIAL = re.compile(r"(?<![\w.,/-])(?!(?:1[89]|20)\d\d\b)\d{3,}(?![\w]|[.,/-]\d)")
_ROMAN = {"i": 1, "v": 5, "x": 10}


def numbered_clash(question: str, sentence: str, article: str) -> float:
    """How much the numbers of things that a question names contradict a sentence, in [0, 1].

    Args:
        question: NFC text.
        sentence: where the answer stands.
        article: the whole text that holds it.

    Returns:
        1 when the sentence names such a thing only by another number; 0.5 when it names none and the article has it
        only by another number; 0 otherwise.

    >>> article = "Đại hội lần thứ XII bầu 41 ủy viên. Phường 2 có 44 hộ."
    >>> numbered_clash("Đại hội lần thứ XIII bầu mấy ủy viên?", "Đại hội lần thứ XII bầu 41 ủy viên.", article)
    1.0
    >>> numbered_clash("Phường 5 bầu mấy ủy viên?", "Đại hội lần thứ XII bầu 41 ủy viên.", article)
    0.5
    """
    clash = float(_other_serial(question, sentence))
    for kind, numbers in _told(question).items():
        near, far = _told(sentence).get(kind), _told(article).get(kind)
        if near:
            clash = max(clash, float(not numbers & near))
        elif far:
            clash = max(clash, 0.5 * (not numbers & far))
    return clash


def _other_serial(question: str, sentence: str) -> bool:
    """Whether a question names a thing by a bare number of three figures or more, and a sentence only others as long.

    >>> [_other_serial("Tàu DNA 90334 có mấy người?", text) for text in ("Tàu DNA 90127 chở 58 người.", "Tàu chở 58 người.")]
    [True, False]
    """
    asked = frozenset(_SERIAL.findall(question))
    told = frozenset(_SERIAL.findall(sentence)) if asked else frozenset[str]()
    return not asked & told and any(len(number) == len(other) for number in asked for other in told)


@lru_cache(maxsize=2048)
def _told(text: str) -> dict[str, frozenset[int]]:
    """Kind of thing -> the numbers that a text gives to it."""
    found = defaultdict(set)
    for match in _NUMBERED.finditer(lowered(text)):
        found[match["kind"]].add(_value(match["number"]))
    return {kind: frozenset(numbers) for kind, numbers in found.items()}


def _value(number: str) -> int:
    """A number in digits or Roman numerals.

    >>> [_value(number) for number in ("12", "xii", "ix", "4")]
    [12, 12, 9, 4]
    """
    if number.isdigit():
        return int(number)
    values = [_ROMAN[letter] for letter in number]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


_MONTHS_ASKED = re.compile(r"(?<!\d)(\d{1,2}) tháng(?= (?:đầu|năm|cuối|\d{4}))")
_MONTHS_TOLD = re.compile(r"(?:\b(?:trong|qua|sau|hết|của) |^)(\d{1,2}) tháng(?! tới)\b")


def other_months(question: str, sentence: str) -> bool:
    """Whether so many months of a year are asked for and a sentence tells another number of them.

    >>> other_months("Thu 6 tháng đầu năm 2021?", "Trong 9 tháng, thu 5 tỷ."), other_months("Thu 9 tháng năm 2021?", "Sau 9 tháng, thu 5 tỷ.")
    (True, False)
    """
    asked = set(map(int, _MONTHS_ASKED.findall(lowered(question))))
    told = set(map(int, _MONTHS_TOLD.findall(lowered(sentence)))) if asked else set[int]()
    return bool(told) and not asked & told
