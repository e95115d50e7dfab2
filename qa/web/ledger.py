"""What the tab of figures asks of the server."""

from __future__ import annotations

from typing import Any

from qa.answer import Assistant
from qa.figures import FigureList
from qa.web.figures import listing
from qa.web.limits import parse_day
from qa.web.words import words

Request = dict[str, Any]


class LedgerTab:
    """The figures of one assistant, as the page lists them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def figures(self, request: Request) -> Request:
        """A page of figures: ``{indicator, place, year, unit, kind, page}`` -> ``{html}``."""
        said = words(str(request.get("lang", "vi")))
        return {"html": listing(self._found(request), int(request.get("page", 0)), said)}

    def csv(self, request: Request) -> Request:
        """The same figures, all of them, as CSV: -> ``{csv}``; with the mark by which spreadsheets know UTF-8."""
        return {"csv": "\ufeff" + self._found(request).to_csv()}

    def _found(self, request: Request) -> FigureList:
        typed = {
            name: str(request.get(name, "")).strip()
            for name in ("indicator", "place", "year", "unit", "kind")
        }
        return self._assistant.figures(
            typed["indicator"],
            place=typed["place"],
            since=parse_day(typed["year"], "Năm"),
            until=parse_day(typed["year"], "Năm", last=True),
            kind=typed["kind"],
            unit=typed["unit"],
        )
