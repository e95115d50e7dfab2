"""What the page asks of the server beside a question: functions from a JSON object to a JSON object."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from index.errors import HoidapError, InputError
from qa import feedback
from qa.answer import Assistant
from qa.suggest import MOST, follow_ups
from qa.web import articles, figures, page
from qa.web.answers import Answers
from qa.web.export import to_docx, to_markdown
from qa.web.ledger import LedgerTab
from qa.web.limits import read_limits
from qa.web.markup import escape
from qa.web.reply import remedy, status_line
from qa.web.shelf import Shelf
from qa.web.sources import article_view
from qa.web.talk import progress_lines
from qa.web.words import counted, words

Request = dict[str, Any]
PageFunction = Callable[[Request], Request]

_MOST_RECORDS = 500
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown",
}


class Desk:
    """Serves the page of one assistant; its public methods are what the page may call."""

    def __init__(self, assistant: Assistant, shelf: Shelf) -> None:
        self._assistant = assistant
        self._shelf = shelf
        self._ledger = LedgerTab(assistant)
        self._examples: tuple[str, list[str]] = ("", [])
        self.answers = Answers(assistant)

    def heading(self, language: str) -> str:
        """The head of the page, with what the index holds now."""
        try:
            status = self._assistant.status()
        except HoidapError as error:
            return page.heading(f'<p class="hd-status">{escape(remedy(error))}</p>', "", language)
        return page.heading(status_line(status, words(language)), status.generation, language)

    def hello(self, language: str) -> str:
        """What stands in the chat before the first question."""
        try:
            return page.hello(self.examples(), language, empty=self._assistant.status().articles == 0)
        except HoidapError:
            return page.hello((), language)  # the head says what is wrong

    def examples(self) -> list[str]:
        """Questions the index can answer, looked for once in a generation."""
        generation = self._assistant.generation()
        if self._examples[0] != generation:
            self._examples = (generation, self._assistant.examples())
        return self._examples[1]

    def filters(self, language: str) -> str:
        """The fields that limit a search."""
        try:
            known = self._assistant.catalog()
        except HoidapError:
            return page.filters({}, (), language)
        return page.filters(known.sources(), known.years(), language)

    def article(self, request: Request) -> Request:
        """An article as HTML, opened at a sentence: ``{id, quote, start, marks}`` -> ``{html}``."""
        marks = [(int(left), int(right)) for left, right in request.get("marks", [])]
        html = article_view(
            self._assistant.article(str(request["id"])),
            str(request.get("quote", "")),
            int(request.get("start", 0)),
            marks,
        )
        return {"html": html or f'<p class="hd-note">{_words(request)["changed"]}</p>'}

    def suggest(self, request: Request) -> Request:
        """What to ask next: ``{question, history, source, since, until}`` -> ``{questions}``, or ``{later}`` when busy."""
        if not self.answers.idle():
            return {"later": True}
        limits = read_limits(request.get("source"), request.get("since"), request.get("until"))
        history = [str(one) for one in request.get("history", [])]
        question = str(request["question"])
        questions = follow_ups(
            lambda typed, before: self.answers.ask(typed, before, limits), question, history
        )
        if not questions:
            questions = [example for example in self.examples() if example != question][:MOST]
        return {"questions": questions}

    def looking(self, request: Request) -> Request:
        """What is done for a question that is not answered yet: ``{question, history, source, since, until}`` -> ``{lines}``.

        The lines are text; none when there is nothing to say or several people wait.
        """
        limits = read_limits(request.get("source"), request.get("since"), request.get("until"))
        history = [str(one) for one in request.get("history", [])]
        underway = self.answers.underway(str(request["question"]), history, limits)
        return {"lines": progress_lines(underway, _words(request)) if underway else []}

    def feedback(self, request: Request) -> Request:
        """Keep a reader's word: ``{verdict, record}`` -> ``{}``."""
        record = request["record"]
        cited = record["sources"][0] if record["sources"] else {"file": "", "quote": ""}
        feedback.add(
            self._assistant.store.folder,
            feedback.Feedback(
                feedback.now(),
                str(request["verdict"]),
                str(record["question"]),
                tuple(str(one) for one in record["history"]),
                str(record["short"]),
                str(record["text"]),
                str(cited["file"]) if record["outcome"] == "answer" else "",
                str(cited["quote"]) if record["outcome"] == "answer" else "",
            ),
        )
        return {}

    def news(self, request: Request) -> Request:
        """What the index holds now: ``{}`` -> ``{html, status}``."""
        said = _words(request)
        status = self._assistant.status()
        line = counted(status.articles, "count_articles", said)
        return {"html": f"<h1>{said['title']}</h1>{status_line(status, said)}", "status": line}

    def shelf_tab(self, language: str) -> str:
        """The tab of articles."""
        return articles.tab(words(language), read_only=self._shelf.read_only)

    def figures_tab(self, language: str) -> str:
        """The tab of figures."""
        return figures.tab(words(language))

    def export(self, request: Request) -> Request:
        """A conversation as a file: ``{records, format}`` -> ``{name, type, base64}``."""
        records, form = request["records"], str(request["format"])
        if form not in _TYPES or len(records) > _MOST_RECORDS:
            raise InputError(f"không xuất được: {form}, {len(records)} câu hỏi")
        said = _words(request)
        data = to_docx(records, said) if form == "docx" else to_markdown(records, said).encode()
        name = f"hoi-dap-{date.today().isoformat()}.{form}"
        return {"name": name, "type": _TYPES[form], "base64": base64.b64encode(data).decode()}

    def functions(self) -> list[PageFunction]:
        """What the page may call."""
        return list(map(_guarded, self._allowed()))

    def _allowed(self) -> Iterable[PageFunction]:
        shelf = self._shelf
        yield from (self.looking, self.article, self.suggest, self.feedback, self.export, self.news)
        yield from (shelf.articles, shelf.progress, self._ledger.figures, self._ledger.csv)
        if not shelf.read_only:
            yield from (shelf.add, shelf.remove, shelf.restore, shelf.rebuild, shelf.undo)


def _words(request: Request) -> dict[str, str]:
    return words(str(request.get("lang", "vi")))


def _guarded(method: PageFunction) -> PageFunction:
    """The method with errors as ``{error}``, in words for people."""

    def call(request: Request) -> Request:
        try:
            return method(request)
        except HoidapError as error:
            return {"error": remedy(error)}
        except (KeyError, TypeError, ValueError) as error:
            return {"error": f"yêu cầu không hợp lệ ({type(error).__name__})"}

    call.__name__ = method.__name__
    return call
