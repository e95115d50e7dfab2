"""What speaks against a reply whatever its score: contradictions of scope, another subject, a sentence that is denied."""

from __future__ import annotations

import re
from functools import lru_cache

from index.quantities import find_quantities
from qa.features import Scored
from qa.question import Question
from qa.span_features import Features

_GUARDS = {
    "names_absent": 0.3,
    "places_absent": 0.3,
    "pairs_absent": 0.3,
    "unit_clashes": 0.4,
    "class_clashes": 0.5,
    "own_period_clashes": 0.35,
    "period_clashes": 0.6,
    "place_clashes": 0.3,
    "rate_unasked": 0.4,
    "bodies_absent": 0.3,
    "mobile_absent": 0.3,
    "elsewhere": 0.5,
    "office_other": 0.3,
    "office_untold": 0.5,
    "person_absent": 0.3,
    "person_of_body": 0.3,
    "holder_other": 0.3,
    "months_clash": 0.2,
    "year_clashes": 0.3,
    "life_unasked": 0.2,
    "opposed": 0.15,
    "years_clash": 0.35,
    "not_yet": 0.2,
    "of_all_together": 0.3,
    "day_apart": 0.35,
    "numbered_clashes": 0.3,
    "little_told": 0.4,
    "denied": 0.4,
}
"""What the confidence is multiplied with when the reply's scope contradicts the question's, set by hand on the development
sets: among the invented passages few questions name what is nowhere told."""
_FITTED = frozenset(
    {
        "names_absent",
        "pairs_absent",
        "unit_clashes",
        "class_clashes",
        "period_clashes",
        "rate_unasked",
        "elsewhere",
    }
)
"""What the second reading's fit knows from examples enough; there these guards count half. The others are too rare in them."""


def scope_guard(features: Features, fitted: bool = False) -> float:
    """In (0, 1]: lower, the more of the reply's scope (names, unit, period) contradicts the question.

    Args:
        features: of the reply.
        fitted: the confidence knows most contradictions itself, so that these lower it to the square root only.
    """
    flags = {**features, "names_absent": 1.0 - features.get("names_whole", 1.0)}
    if fitted:
        flags["little_told"] = little_told(features)
    guard = 1.0
    for name, factor in _GUARDS.items():
        guard *= factor ** (flags.get(name, 0.0) * (0.5 if fitted and name in _FITTED else 1.0))
    return guard


_TOLD, _UNTOLD = 0.4, 0.25
"""The shares of a question's words (by weight) from which a passage speaks of it, and up to which it speaks of something
else: of the replies that ``denied`` leaves this strikes 17 false ones (13 of them on other subjects), 10 wrong, 5 right."""


def little_told(features: Features) -> float:
    """In [0, 1]: how little of the question the reply's passage says, whatever its sentence looks like."""
    return max(0.0, min(1.0, (_TOLD - features.get("cover_passage", 1.0)) / (_TOLD - _UNTOLD)))


_DENIED_FROM, _DENIED = -2.0, -4.0
"""The relevance below which the cross-encoder takes a sentence for no answer, and from which it is sure of that. Of
4,271 replies that would have been answers it refuses 91 of 445 false, 19 of 348 wrong and 22 of 3,478 right ones."""
_MANY = 4
"""Figures from which a sentence is a row of them, of which the cross-encoder learned little."""
_DENSE = 0.08
"""Numbers a word from which an article is a report, of which it learned no more: real reports of towns have 0.03 to 0.06."""
_NUMBER = re.compile(r"\d[\d.,]*")
_TERSE = frozenset({"role", "contact", "list"})
"""Kinds of questions whose answers stand in no sentence that says so: an apposition, a footer, a row."""


def denied(question: Question, scored: Scored, relevance: float) -> float:
    """In [0, 1]: how sure the cross-encoder is that a sentence does not answer."""
    doubt = max(0.0, min(1.0, (_DENIED_FROM - relevance) / (_DENIED_FROM - _DENIED)))
    if not doubt or question.kind in _TERSE or scored.features.get("credit"):
        return 0.0
    reading = scored.reading
    return 0.0 if _is_row(reading.text) or _is_report(reading.hit.article.text) else doubt


@lru_cache(maxsize=512)
def _is_row(sentence: str) -> bool:
    """Whether a sentence, which has many candidates, is a row of figures."""
    return len(find_quantities(sentence)) >= _MANY


@lru_cache(maxsize=512)
def _is_report(text: str) -> bool:
    """Whether an article is a report full of figures."""
    return len(_NUMBER.findall(text)) >= _DENSE * len(text.split())
