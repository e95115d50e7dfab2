"""The words of a question: which of them say what is searched, and how much each one counts."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from index.vietnamese import fold, has_diacritics, normal_tone, syllables

_ASKING = """
bao nhiêu|bao lâu|bao giờ|bao xa|là gì|là ai|cái gì|tên gì|những gì|những ai|điều gì|vì sao|tại sao|do đâu|nhờ đâu
thế nào|như thế nào|ra sao|làm sao|thì sao|khi nào|lúc nào|ngày nào|năm nào|tháng nào|hôm nào|chỗ nào|nơi nào|nào|gì|ai|đâu
mấy|sao|bn|bnhiêu|bao nhiu|nhiu|không|chưa|hả|hở|vậy|nhỉ|ạ|nhé|ơi|thế|j
giữ chức vụ gì|giữ chức vụ|chức vụ gì|chức danh gì|làm chức gì|chức gì|cho hỏi|cho tôi hỏi|cho tui hỏi|cho mình hỏi|cho xin|cho biết|hãy|xin|hỏi|kể tên|liệt kê|nêu|giúp|với|muốn biết|em|mình|tôi
"""
_FUNCTION = """
là của và các những cho được đc bị có ở tại trong trên dưới từ đến tới với về vào ra thì mà này đó kia ấy nọ đã đang sẽ vừa mới
cũng rồi hay hoặc như theo để do vì bởi nên một cả tất lại còn nữa thôi chỉ ngay khi lúc hồi tính hết riêng trước sau qua lên
xuống đi việc sự cuộc con cái chiếc người họ nó ông bà anh chị khoảng cỡ chừng hơn gần tổng cộng số lượng
"""
_COMPOUNDS = """
thế giới|thế hệ|thế kỷ|thế kỉ|thế mạnh|thế vận|thế nhưng|vị thế|ưu thế|lợi thế|tư thế|xu thế|tình thế|thay thế|không khí|không gian|không quân|không phận
hàng không|trẻ em|thiếu em|anh em|chị em|giúp việc|giúp đỡ|trợ giúp|xin lỗi|xin việc|ngôi sao|sao hỏa|sao chép|sao băng|vì sao băng|ai cập|câu hỏi|thăm hỏi|học hỏi
đòi hỏi|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tỷ giá|tỉ giá|tỷ phú|tỉ phú|tỷ số|tỉ số|tỷ suất|chỉ tiêu|chỉ đạo|chỉ số|chỉ thị|chỉ huy|lãnh đạo|địa chỉ|xảy ra|diễn ra|đề ra
việc làm|công việc|con đường|người dân|người lao|số lượng|cuộc thi|cuộc họp|đi lại|trước mắt|dưới nước|ra mắt|ra đời|đồng bằng|đồng tháp|hội đồng|hợp đồng|cộng đồng
"""
_WEAK = 0.25
"""Weight of a function word in a query, next to 1 for a content word."""


def _phrases(table: str) -> tuple[str, ...]:
    found = {phrase for line in table.split("\n") for phrase in line.split("|") if phrase}
    return tuple(sorted(found, key=lambda phrase: -len(phrase.split())))


COMPOUNDS = frozenset(_phrases(_COMPOUNDS))
"""Pairs of syllables that are one word, though one of them alone asks, counts or says little."""
ASKING = _phrases(_ASKING)
"""The phrases that ask, longest first."""
_ASKING_PHRASES = tuple(tuple(phrase.split()) for phrase in ASKING)
FUNCTION_WORDS = frozenset(_FUNCTION.split())
"""Words that say little of what is searched."""
_ASKING_FOLDED = tuple(tuple(fold(word) for word in phrase) for phrase in _ASKING_PHRASES if len(phrase) > 1) + tuple(
    (fold(phrase[0]),) for phrase in _ASKING_PHRASES if len(phrase) == 1 and phrase[0] not in ("sao", "thế", "đâu", "em", "hả", "hở", "ơi", "không", "mình", "với", "xin", "nêu", "ạ", "nhé")
)  # fmt: skip
FUNCTION_FOLDED = frozenset(fold(word) for word in FUNCTION_WORDS) - {
    "con",
    "ban",
    "dan",
    "tinh",
    "hay",
    "so",
    "cu",
}


def content_words(text: str) -> list[tuple[str, float]]:
    """The words of a question in order, without the asking ones: (lower-case word, weight in (0, 1]).

    >>> content_words("thu ngân sách 2020 là bao nhiêu")
    [('thu', 1.0), ('ngân', 1.0), ('sách', 1.0), ('2020', 1.0), ('là', 0.25)]
    """
    words = syllables(normal_tone(text))
    accented = has_diacritics(text)
    phrases = _ASKING_PHRASES if accented else _ASKING_FOLDED
    weak = FUNCTION_WORDS if accented else FUNCTION_FOLDED
    kept: list[tuple[str, float]] = []
    at = 0
    while at < len(words):
        whole = accented and in_compound(words, at)
        length = next((len(p) for p in phrases if tuple(words[at : at + len(p)]) == p), 0)
        if length > whole:
            at += length
            continue
        kept.append((words[at], _WEAK if words[at] in weak and not whole else 1.0))
        at += 1
    return kept


def in_compound(words: Sequence[str], at: int) -> bool:
    """Whether a syllable makes one word with the one before or behind it: "thế" in "thế giới".

    >>> in_compound("cả thế giới".split(), 1), in_compound("thế thì sao".split(), 0)
    (True, False)
    """
    return any(
        " ".join(words[start : start + 2]) in COMPOUNDS
        for start in (at - 1, at)
        if 0 <= start < len(words) - 1
    )


def idf(documents: int, frequency: int) -> float:
    """Inverse document frequency as in BM25 (Robertson & Zaragoza 2009, eq. 3.3 with + 1): > 0.

    >>> round(idf(9, 1), 3)
    1.897
    """
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


def term_weights(
    words: list[tuple[str, float]], frequency: Callable[[str], int], documents: int
) -> dict[str, float]:
    """Folded term -> weight: what the word weighs in the question times its idf in the corpus."""
    weights: dict[str, float] = {}
    for word, weight in words:
        term = fold(word)
        weights[term] = max(weights.get(term, 0.0), weight * idf(documents, frequency(term)))
    return weights
