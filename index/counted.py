"""The phrase behind a number: the counted noun with what restricts it, what a percentage is a share of, what money is for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.figure_sentence import Sentence, Token
from index.figure_words import COMPOUNDS, STOPS_RIGHT, TARGETS
from index.given import WHOM
from index.types import Quantity, Span
from index.units import kind_of, read_unit
from index.vietnamese import normal_tone

_TARGET = re.compile(rf"[ ]*(?:của[ ])?{TARGETS}")
_RIGHT_LONGEST = 8
_CLAUSE_LONGEST = 8
_CLAUSE_ENDS = frozenset(
    "và với để tại ở từ do nên vì nhưng hoặc khi trong vào của là đã sẽ thì mà tăng giảm chiếm".split()
)
_VERBS_OF_SHARES = frozenset(["có", "có thể", "bị", "phải", "được", "là"])


def phrase_behind(sentence: Sentence, quantity: Quantity, spent: bool) -> Span | None:
    """The counted noun with the words that restrict it, what a percentage is a share of, what money is spent on."""
    if _TARGET.match(sentence.scan, quantity.end) or (spent and WHOM.match(sentence.scan, quantity.end)):
        return None
    noun = _noun(quantity)
    tokens = [token for token in sentence.tokens if token.start >= quantity.end]
    if quantity.unit == "%" and tokens and tokens[0].word in _VERBS_OF_SHARES:
        tokens = tokens[1:]
    if (
        tokens
        and tokens[0].word in ("dành", "được")
        and [token.word for token in tokens[1:3]] in (["dành", "cho"], ["cho"], ["cho", "việc"])
    ):
        spent, tokens = True, tokens[1 + (tokens[1].word == "dành") :]
    if spent and tokens and tokens[0].word in ("cho", "vào", "để"):
        tokens = _purpose(tokens[1:])
    kept: list[Token] = []
    # what a share is a share of is told by what it has reached: "phường đạt chuẩn"
    restricted = quantity.total is not None or quantity.unit == "%"
    for token in tokens[:_RIGHT_LONGEST]:
        reached = restricted and (kept or noun) and token.word in ("đã", "đạt")
        reached = reached or (not kept and f"{quantity.unit} {token.word}" in COMPOUNDS)  # "44 chỗ làm"
        if token.sort != "word" or (token.word in STOPS_RIGHT and not reached):
            break
        kept.append(token)
    kept = _with_predicate(tokens, _with_clause(tokens, kept, noun), noun)
    while kept and kept[-1].word in ("đã", "đạt"):
        kept.pop()
    end = kept[-1].end if kept else quantity.end
    if noun is None:
        return (kept[0].start, end) if kept else None
    return noun, end


def _purpose(tokens: list[Token]) -> list[Token]:
    """What money is for, without what only leads to it: "thực hiện một dự án"."""
    if tokens and tokens[0].word == "thực hiện":
        tokens = tokens[1:]
    if not tokens or not tokens[0].word.startswith("một"):
        return tokens
    some = tokens[0]
    noun = [Token(some.word[4:], some.start + 4, some.end, "word")] if some.sort == "number" else []
    return [*noun, *tokens[1:]]


def _with_clause(tokens: Sequence[Token], kept: list[Token], noun: int | None) -> list[Token]:
    """The counted noun with what restricts it: another noun behind a comma, a clause with "có", "bị", "thuộc"."""
    at = len(kept)
    if noun is None and not kept:
        return kept
    if (
        at + 1 < len(tokens)
        and tokens[at].word in (",", "và")
        and [token.word for token in tokens[at + 1 : at + 3]] != ["đồng", "thời"]
        and read_unit(" " + " ".join(token.word for token in tokens[at + 1 : at + 4]), 0, True)
    ):
        end = at + 1
        while end < len(tokens) and tokens[end].sort == "word" and tokens[end].word not in STOPS_RIGHT:
            end += 1
        kept, at = list(tokens[:end]), end
    if at < len(tokens) and tokens[at].word in ("có", "bị", "thuộc", "được") and at <= 3:
        end = at + 1
        while (
            end < min(len(tokens), at + _CLAUSE_LONGEST)
            and tokens[end].sort == "word"
            and tokens[end].word not in _CLAUSE_ENDS
        ):
            end += 1
        if end > at + 1:
            kept = list(tokens[:end])
    return kept


_GOES_ON = frozenset("không chưa để đến vào đã đang phải bị được lên ra".split())
_PREDICATE_ENDS = STOPS_RIGHT - frozenset(["làm", "giúp", "mới", "về", "trở"])
_PREDICATE_LONGEST = 5


def _with_predicate(tokens: Sequence[Token], kept: list[Token], noun: int | None) -> list[Token]:
    """A short counted noun with what is said of it: "người không thoát ra được"."""
    at = len(kept)
    if (
        (noun is None and not kept)
        or at > 1 + (noun is None)
        or at == len(tokens)
        or tokens[at].word not in _GOES_ON
    ):
        return kept
    end = at
    while (
        end < min(len(tokens), at + _PREDICATE_LONGEST)
        and tokens[end].sort == "word"
        and (tokens[end].word in _GOES_ON or tokens[end].word not in _PREDICATE_ENDS)
    ):
        end += 1
    said = [token for token in tokens[at:end] if token.word not in _GOES_ON]
    return list(tokens[:end]) if said else kept


def _noun(quantity: Quantity) -> int | None:
    """Where the counted noun begins inside a number's text."""
    if kind_of(quantity.unit.split("/")[0]) != "noun" or not quantity.unit:
        return None
    at = normal_tone(quantity.text.lower()).rfind(quantity.unit.split("/")[0])
    short = _SHORT_UNIT.search(quantity.text)  # "33 HS"
    if at < 0 and short:
        at = short.start(1)
    return quantity.start + at if at >= 0 else None


_SHORT_UNIT = re.compile(r"\d[ ]?([^\W\d_]+)$")
