"""What a number measures: the noun phrase, found in the sentence, and its canonical form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.counted import phrase_behind
from index.figure_sentence import Sentence, Token
from index.figure_words import (
    AGAINST,
    AMOUNT_HEADS,
    CUTS,
    EMPTY,
    EMPTY_PAIRS,
    HEADS,
    LINKS,
    NOT_HEADS,
    NUMBER_HEADS,
    OWNER_LONGEST,
    PREDICATES,
    PROPERTIES,
)
from index.given import PERSON, SPENT, is_given_to, is_shared_out
from index.types import Quantity, Span
from index.units import kind_of
from index.vietnamese import UPPER

_LONGEST = 12
"""Words of an indicator, at most; a longer one is cut at its end."""
_NOTABLE = re.compile(r"\W*(?:đáng kể|đáng chú ý|nổi bật|đặc biệt|điều đáng \w+)(?: nhất)?(?: là)?(?!\w)")


def measured(sentence: Sentence, place: int) -> Span | None:
    """Where the thing stands that the sentence's number ``place`` measures; None when the sentence does not say.

    >>> s = Sentence("Năm 2020, thu ngân sách của huyện đạt hơn 459 tỷ đồng, có 44 hộ nghèo.", 0, None)
    >>> [s.text[slice(*measured(s, place))] for place in (0, 1)]
    ['thu ngân sách', 'hộ nghèo']
    """
    quantity = sentence.quantities[place]
    if quantity.text.isdigit() and sentence.scan[quantity.start - 1 : quantity.start] == "(":
        return _before(sentence, quantity)
    segment = _segment(sentence, quantity.start)
    told = quantity.unit == "%" or sentence.scan.endswith((" là ", " đạt "), 0, quantity.start)
    rate = _rate(sentence, quantity) if told else None
    left, headed = (rate, True) if rate else _left(segment)
    if left and PERSON.match(sentence.text[left[0] :]):
        left = None  # who was given it
    if left and not headed and kind_of(quantity.unit) == "money" and is_given_to(sentence, left):
        left = None
    spent = SPENT.search(sentence.scan[: quantity.start]) is not None
    if is_shared_out(sentence, quantity):
        return phrase_behind(sentence, quantity, True) or left
    right = phrase_behind(sentence, quantity, spent)
    counted = kind_of(quantity.unit.split("/")[0]) == "noun" and quantity.unit != ""
    if counted:
        if left and headed and _is_told_before(sentence, left, right):
            return left
        if sentence.scan.endswith(":", 0, quantity.start - 1) and left is None:
            left = _label(sentence, quantity)
        return left if left and _is_unit_alone(sentence, quantity, right, headed) else right or left
    if quantity.unit == "tuổi":
        segment = segment[1 + max((n for n, token in enumerate(segment) if token.word in CUTS), default=-1) :]
        return _trimmed(segment) or size_before(sentence, quantity)
    if left and headed:
        return left
    if right and sentence.scan.startswith("tiền ", right[0]):
        return right
    amount_of = kind_of(quantity.unit) in ("time", "measure") and quantity.unit not in ("", "lần")
    if right and (spent or amount_of):
        return right
    alone = _told_alone(sentence, quantity, right) if left is None else None
    before = alone or _before(sentence, quantity)
    if before and left and sentence.text[slice(*left)].istitle():  # the name of what was begun to be told of
        return before
    if left and not (before and " " not in sentence.text[slice(*left)]):
        return left
    return before or left or right or _price(segment)


def _price(segment: Sequence[Token]) -> Span | None:
    """The "giá" right before a number, when nothing says of what."""
    head = _head(segment)
    return (
        _trimmed(segment[head : head + 1])
        if head is not None and segment[head].word in ("giá", "tiền")
        else None
    )


def size_before(sentence: Sentence, quantity: Quantity) -> Span | None:
    """The "cao" right before a size or the "tuổi" before an age, for when nothing says of what: "Cao 1m75"."""
    word = _SIZE_WORD.search(sentence.scan, 0, quantity.start)
    size = kind_of(quantity.unit) == "measure" and quantity.unit not in ("%", "lần", "")
    return word.span(1) if word and (size if word[1] != "tuổi" else quantity.unit == "tuổi") else None


def _is_told_before(sentence: Sentence, left: Span, right: Span | None) -> bool:
    """Whether a counted word only is the unit: "số hộ nghèo là 44 hộ", "điểm chuẩn ngành y là 25 điểm"."""
    words = sentence.scan[slice(*left)].split()
    unit = sentence.scan[slice(*right)] if right else ""
    amount = any(" ".join(words[:count]) in AMOUNT_HEADS for count in (3, 2, 1))
    return (
        amount
        or (len(words) > 1 and unit in words[:1] + words[1:2] * (words[0] == "mức"))
        or _is_number_head(sentence, left)
    )


def _label(sentence: Sentence, quantity: Quantity) -> Span | None:
    """What a line of a list names before its colon; None for a name or a class: "Hà Bình: 27 người"."""
    clauses = _clauses([token for token in sentence.tokens if token.end <= quantity.start])
    if len(clauses) < 2 or any(token.sort == "number" for token in clauses[-2]):
        return None
    found = _trimmed(clauses[-2])
    words = sentence.text[slice(*found)].split() if found else []
    told = found is not None and found[1] - found[0] > _NAMES_TILL and any(word.islower() for word in words)
    return found if told else None


def _is_unit_alone(sentence: Sentence, quantity: Quantity, right: Span | None, headed: bool) -> bool:
    """Whether what is counted stands before, and its unit alone behind: "nhu cầu tăng lên 46 người", "táo 12 quả"."""
    unit = quantity.unit.split("/")[0]
    if right is None or sentence.scan[slice(*right)] != unit:
        return False
    if not _ENDS_THERE.match(sentence.scan, quantity.end):
        return False
    before = sentence.scan[: quantity.start - len(quantity.qualifier) - bool(quantity.qualifier)]
    if before.rstrip().endswith(":") or (headed and _LED_TO.search(before)):
        return True
    last = before.split()[-1:]
    linked = not last or last[0] in LINKS or last[0] in CUTS or not last[0].isalpha()
    return unit in _CLASSIFIERS and not linked


def _is_number_head(sentence: Sentence, span: Span) -> bool:
    words = sentence.scan[span[0] : span[1]].split()
    if words[:2] == ["dân", "số"]:
        return True
    if words[:2] in (["số", "tiền"], ["số", "vốn"], ["số", "dư"], ["lượng", "tiền"]):
        return False
    count = next((count for count in (2, 1) if " ".join(words[:count]) in NUMBER_HEADS), 0)
    return 0 < count < len(words)


def _rate(sentence: Sentence, quantity: Quantity) -> Span | None:
    """The rate that a clause opens with, of a bounded group: "tỷ lệ hộ có thu nhập trên 3 triệu tăng từ 36%"."""
    clause = _clauses([token for token in sentence.tokens if token.end <= quantity.start])[-1]
    numbers = [place for place, token in enumerate(clause) if token.sort == "number"]
    if len(numbers) != 1 or clause[numbers[0] - 1].word not in _BOUNDS:
        return None
    bound, head = numbers[0], _head(clause[: numbers[0]])
    first = next((place for place in range(bound) if _opens(clause, place)), None)
    if (
        first is None
        or head is None
        or (quantity.unit == "%" and clause[first].word not in _RATES)
        or _head(clause[bound + 1 :]) is not None
    ):
        return None
    return _trimmed(clause[first:bound])


def _told_alone(sentence: Sentence, quantity: Quantity, right: Span | None) -> Span | None:
    """A size behind another ("diện tích 721 m2, cao 53 m"), and what happened so often ("hai lần thắng")."""
    if quantity.unit == "lần":
        return right if not _TIMES_AS_MUCH.search(sentence.scan[: quantity.start]) else None
    tokens = sentence.tokens
    place = next((n for n, token in enumerate(tokens) if token.start <= quantity.start < token.end), 0)
    size = kind_of(quantity.unit) == "measure" and place > 0 and tokens[place - 1].word in _SIZES
    if size and _PROPERTY.search(sentence.scan[: tokens[place - 1].start]):
        return tokens[place - 1].start, tokens[place - 1].end
    return None


# --- to the left ------------------------------------------------------------------------------------------------


def _segment(sentence: Sentence, stop: int) -> list[Token]:
    """The tokens before a number that can hold its subject: back to a mark or another number, without links."""
    before = _without_parentheses([token for token in sentence.tokens if token.end <= stop])
    while before and (links := _links(before)):
        del before[-links:]
    floor = _told_until(sentence, stop)
    first = len(before)
    while (
        first
        and before[first - 1].start >= floor
        and (before[first - 1].sort in ("word", "period", "place") or _joins(sentence, before[first - 1]))
    ):
        first -= 1
    segment = before[first:]
    if (
        floor
        and segment
        and _head(segment) is None
        and segment[0].word in _MODIFYING
        and segment[0].start <= floor + 1
    ):
        return []  # "22.800 euro với người mới và 41.500 euro": the same thing goes on
    return segment


def _joins(sentence: Sentence, mark: Token) -> bool:
    """Whether a dash stands inside a name: "Trung Hòa - Nhân Chính"."""
    return (
        mark.word in "-–"
        and _IN_A_NAME.search(sentence.text, max(0, mark.start - 12), mark.end + 2) is not None
    )


def _links(tokens: Sequence[Token]) -> int:
    """How many of the last tokens only link a measured thing to its number."""
    last = tokens[-1]
    if len(tokens) > 1 and tokens[-2].word in ("chiều", "bề", "độ") and last.word in _SIZES:
        return 0
    if last.word in LINKS or last.sort in ("period", "place") or last.word in _QUOTES:
        return 1
    pair = " ".join(token.word for token in tokens[-2:])
    averaged = pair in ("bình quân", "trung bình") and len(tokens) > 2 and tokens[-3].word in LINKS
    return 2 if pair == "tổng cộng" or averaged else 0


def _without_parentheses(tokens: list[Token]) -> list[Token]:
    """The tokens without what stands in closed parentheses."""
    kept: list[Token] = []
    for token in tokens:
        kept.append(token)
        if token.word == ")":
            opened = [place for place, other in enumerate(kept) if other.word == "("]
            kept = kept[: opened[-1]] if opened else kept[:-1]
    return kept


def _told_until(sentence: Sentence, stop: int) -> int:
    """Where the number before ends, with what it is compared with: "bằng 101,2% chỉ tiêu nghị quyết"."""
    earlier = [quantity.end for quantity in sentence.quantities if quantity.end <= stop]
    if not earlier:
        return 0
    against = AGAINST.match(sentence.scan, earlier[-1], stop)
    return against.end() if against else earlier[-1]


def _left(segment: Sequence[Token]) -> tuple[Span | None, bool]:
    """The measured thing of a segment, and whether one of ``HEADS`` opens it."""
    head = _head(segment)
    if head is not None:
        if " ".join(token.word for token in segment[head:]) in PROPERTIES:
            return _trimmed(segment[_owner(segment, head) :]), True
        found = _trimmed(segment[head:])
        verb = len(segment[head:]) == 1 and segment[head].word in _VERBS
        return (None, False) if verb else (found, True)
    cuts = [place for place, token in enumerate(segment) if token.word in CUTS]
    if cuts and segment[cuts[-1]].word in ("tại", "ở"):  # "căn hộ tại khu Trung Hòa cũng giảm"
        thing = _trimmed(segment[(cuts[-2] + 1 if len(cuts) > 1 else 0) : cuts[-1]])
        if thing:
            return thing, False
    return _trimmed(segment[cuts[-1] + 1 if cuts else 0 :]), False


def _owner(segment: Sequence[Token], head: int) -> int:
    """Where the thing begins whose property stands right before the number: "heroin trị giá 74 triệu USD"."""
    first = head
    while first and head - first < OWNER_LONGEST and segment[first - 1].sort == "word":
        if segment[first - 1].word in CUTS or segment[first - 1].word in _PREPOSITIONS:
            break
        first -= 1
    return first


def _head(segment: Sequence[Token]) -> int | None:
    """The place of the first head, or of the one right behind the last "có" or "nên"."""
    heads = [place for place in range(len(segment)) if _opens(segment, place)]
    if not heads:
        return None
    owned = [place for place in heads if place and segment[place - 1].word in _BEFORE_HEADS]
    return owned[-1] if owned else heads[0]


def _opens(segment: Sequence[Token], place: int) -> bool:
    words = [token.word for token in segment[place : place + 3]]
    if segment[place].sort != "word" or " ".join(words[:2]) in NOT_HEADS:
        return False
    if place and f"{segment[place - 1].word} {words[0]}" in NOT_HEADS:
        return False
    if words[0] == "số":  # "số hộ"; not "các tỉnh số"
        return len(words) > 1 and segment[place + 1].sort == "word"
    return any(" ".join(words[:count]) in HEADS for count in (3, 2, 1) if len(words) >= count)


def _trimmed(tokens: Sequence[Token]) -> Span | None:
    """The span of some tokens without places, times and empty words at its ends; None when nothing is left."""
    kept = list(tokens)
    while kept and (kept[0].sort != "word" or kept[0].word in EMPTY) and len(kept) > 0:
        kept.pop(0)
    while len(kept) > 1 and f"{kept[0].word} {kept[1].word}" in EMPTY_PAIRS:
        del kept[:2]
    while len(kept) > 1 and f"{kept[-2].word} {kept[-1].word}" in EMPTY_PAIRS:
        del kept[-2:]
    kept = kept[:_LONGEST]
    while kept and (kept[-1].sort != "word" or kept[-1].word in EMPTY or kept[-1].word in _PREPOSITIONS):
        kept.pop()
    return (kept[0].start, kept[-1].end) if kept else None


_BEFORE_HEADS = frozenset("có thì mà với cho nên khiến nhưng song khi vì do".split())
_IN_A_NAME = re.compile(rf"(?<!\w)[{UPPER}][^\W\d_]* ?[-–] ?[{UPPER}]$")
_PROPERTY = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(PROPERTIES))}) [^;]{{0,30}}, $")
_TIMES_AS_MUCH = re.compile(r"(?<!\w)(?:gấp|tăng|giảm|hơn|cao|bằng|đắt|lớn|nhiều|rẻ|kém)(?!\w)[^,;]{0,25}$")
_BOUNDS = frozenset(["trên", "dưới", "từ", "hơn", "quá", "đến", "khoảng"])
_NAMES_TILL = 8
"""Characters up to which what stands before a colon is a name: "khối A-B: 15 điểm"."""
_ENDS_THERE = re.compile(r"[ ]*(?:[,.;()]|$|(?:và|cùng|trong khi|so với|vào|trong|năm) )")
_LED_TO = re.compile(
    r"(?<!\w)(?:là|đạt|lên|xuống|còn|tới|đến|thành)(?: (?:chỉ|khoảng|mức|còn|tới|đến|con số))* $"
)
_CLASSIFIERS = frozenset(
    "quả con chiếc cái củ cây bộ tấm viên bao hộp chai gói cặp đôi khẩu trái lát miếng muỗng thìa bát chén ly tờ cuốn"
    " quyển gốc".split()
)
"""Units that tell nothing of what is counted, and stand behind it in lists."""
_RATES = frozenset(["tỷ", "tỉ", "số", "tổng"])
_SIZES = frozenset(["dài", "rộng", "cao", "nặng", "dày", "sâu", "tuổi", "ngang"])
_SIZE_WORD = re.compile(
    r"(?<!\w)(dài|rộng|cao|nặng|dày|sâu|tuổi):? (?:(?:từ|tới|đến|khoảng|gần|hơn|trên|chừng|chỉ) )*$"
)
_QUOTES = frozenset("\"“”'….=")
_MODIFYING = frozenset(["với", "cho", "vào", "trong", "ở", "tại", "từ", "của", "mỗi", "trên", "dưới"])
_VERBS = frozenset(["thu", "chi", "giá", "tổng", "bình quân", "điểm", "tiền"])
"""Heads that measure nothing alone."""
_PREPOSITIONS = frozenset(
    "của trên tại ở trong cho và với từ đến tới theo vào địa bàn đã sẽ đang được toàn thì đều cũng này lên".split()
)


def _before(sentence: Sentence, quantity: Quantity) -> Span | None:
    """The subject of an earlier clause of the sentence, or what it announces: "Về thu ngân sách, ..."."""
    tokens = _without_parentheses([token for token in sentence.tokens if token.end <= quantity.start])
    clauses = _clauses(tokens)
    opened = [token.word for token in tokens if token.word in ("(", ")")][-1:] == ["("]
    if opened and len(clauses) > 1 and not any(token.sort == "number" for token in clauses[-1]):
        found, _ = _left(clauses[-2])  # "máy in Lexmark E230 (giá 159 USD)"
        if found and not any(token.sort == "number" for token in clauses[-2]):
            return found
    if any(token.sort == "number" for token in clauses[-1]):
        return None
    for clause in reversed(clauses[:-1]):
        if any(token.sort == "number" for token in clause):
            return None
        found = _subject(clause)
        if found:
            return found
    return None


def opening(sentence: Sentence, quantity: Quantity) -> Span | None:
    """The subject that the sentence of a number opens with: "Giá căn hộ, diện tích 74 m2, còn 6,5 triệu đồng"."""
    clause = _clauses([token for token in sentence.tokens if token.end <= quantity.start])[0]
    return None if any(token.sort == "number" for token in clause) else _subject(clause)


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.sort == "mark" and token.word in ",;:()–":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _subject(clause: Sequence[Token]) -> Span | None:
    """The measured thing that a clause opens with, up to its predicate."""
    if clause and _NOTABLE.match(" ".join(token.word for token in clause)):
        clause = clause[next((n for n, token in enumerate(clause) if token.word == "là"), 1) + 1 :]
    head = _head(clause)
    if head is None and clause and clause[0].word in _ADVERBIAL:
        return None
    tokens = list(clause[head:] if head is not None else clause)
    while (
        tokens
        and (tokens[0].sort != "word" or tokens[0].word in LINKS or tokens[0].word in CUTS)
        and head is None
    ):
        tokens.pop(0)
    stop = next(
        (place for place, token in enumerate(tokens) if place and token.word in PREDICATES), len(tokens)
    )
    return _trimmed(tokens[:stop])


_ADVERBIAL = frozenset(
    "theo vào trong khi sau trước tại ở do nhờ để từ đến tính qua ngoài ngay cùng nếu tuy dù vì mặc nhằm bởi"
    " chẳng ví nửa hôm lúc lần".split()
)
"""What a clause begins with that only says when, where or why."""
