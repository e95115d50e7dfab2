"""All items of an enumeration of which one was pointed at: "trâu" of "như: trâu, bò, lợn và dê"."""

from __future__ import annotations

import re

from index.types import Span
from index.vietnamese import UPPER

MOST_WORDS = 90
"""Words of all items together; a longer enumeration stays as it was pointed at."""
_LONGEST_TAIL, _LONGEST_ITEM, _LONGEST_NAMED = 4, 14, 6
"""Words that still belong to an item behind what was pointed at; of an item between commas; of one that begins with a name."""
_BETWEEN = re.compile(r"\s*[,;]\s*(?:(?:và|cùng|hay|hoặc)\s+)?|\s+(?:và|cùng(?: với)?|hay|hoặc|lẫn)\s+")
_STOP = re.compile(r"[.!?…](?=\s|$)|[)\]”\"]")
_NAME = re.compile(rf"[{UPPER}\d][\w.&’'-]*(?: (?:[{UPPER}\d][\w.&’'-]*))*")
_CLAUSE = re.compile(
    r"(?:để|nhằm|trong đó|trong khi|với|tại|do|vì|nên|đã|theo|khi|nếu|nhưng|mà|đây|đó|từ|sau|trước|ngoài|góp phần|qua đó|"
    r"đồng thời|hiện|năm|ngày|là|cho|còn|riêng|ông|bà|anh|chị|tuy|song|bên cạnh|kể cả|thì|sẽ|được|bị|đang)\b",
    re.IGNORECASE,
)
"""What begins another part of the sentence, not an item."""
_OPENS = re.compile(r":|\b(?:gồm|bao gồm|gồm có|như|đó là|là)\b(?= )")


def whole_enumeration(sentence: str, span: Span) -> Span:
    """The span grown over the items before and behind it that are parted by commas, semicolons and "và".

    >>> text = "Bệnh gặp ở vật nuôi như: trâu, bò, lợn và dê, theo Sở."
    >>> text[slice(*whole_enumeration(text, (text.index("bò"), text.index("bò") + 2)))]
    'trâu, bò, lợn và dê'
    """
    start, end = span
    named = _NAME.fullmatch(sentence[start:end]) is not None
    grown = _first_item(sentence, start, named), _last_item(sentence, end, named)
    return grown if len(sentence[slice(*grown)].split()) <= MOST_WORDS else span


def _last_item(sentence: str, end: int, named: bool) -> int:
    """Where the last item ends."""
    stop = _STOP.search(sentence, end)
    limit = stop.start() if stop else len(sentence)
    parting = _BETWEEN.search(sentence, end, limit)
    if parting is None or len(sentence[end : parting.start()].split()) > (0 if named else _LONGEST_TAIL):
        return end
    semicolons = ";" in parting.group()
    at = end
    while parting:
        following = _BETWEEN.search(sentence, parting.end(), limit)
        item_end = following.start() if following else limit
        item = sentence[parting.end() : item_end]
        if not semicolons and ";" in parting.group():
            break
        if semicolons:
            at = limit if ";" not in sentence[parting.end() : limit] else item_end
        elif named:
            name = _NAME.match(item)
            if name is None:
                break
            whole = following is not None and len(item.split()) <= _LONGEST_NAMED
            at = item_end if whole else parting.end() + name.end()
            if not whole and name.end() < len(item.rstrip()):
                break
        elif not item.strip() or _CLAUSE.match(item) or len(item.split()) > _LONGEST_ITEM:
            break
        else:
            at = item_end
        if not semicolons and ("và" in parting.group() or "lẫn" in parting.group()):
            break
        parting = following
    return len(sentence[:at].rstrip(" ,;."))


def _first_item(sentence: str, start: int, named: bool) -> int:
    """Where the first item starts; ``start`` when what stands before is no part of an enumeration."""
    before = sentence[:start]
    parted = re.search(r"(?:[,;]\s*(?:và\s+|cùng\s+)?|\s+(?:và|cùng|hay|hoặc)\s+)$", before)
    if parted is None:
        return start
    if named:
        run = re.search(rf"(?:{_NAME.pattern}(?:, | và | cùng ))+$", before)
        return run.start() if run else start
    opens = [one.end() for one in _OPENS.finditer(before) if not _STOP.search(before, one.end())]
    if not opens:
        return start
    first = opens[-1] + len(sentence[opens[-1] :]) - len(sentence[opens[-1] :].lstrip())
    items = _BETWEEN.split(sentence[first:start])
    longest = max((len(item.split()) for item in items), default=0)
    return first if longest <= _LONGEST_ITEM and not any(map(_CLAUSE.match, items)) else start
