"""Question in, cited answer out: understand -> retrieve -> read -> verify -> cite."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from index.catalog import Catalog, catalog
from index.encode import Encoder, load_encoder
from index.store_protocol import Store
from index.stores import open_store
from index.types import Article, Figure, SkippedFile
from qa.alternatives import better_told
from qa.antecedent import is_person
from qa.comparison import compare, states
from qa.compose import ANSWER_FROM, compose
from qa.cross_encoder import load_cross_encoder
from qa.diacritics import lacks_marks
from qa.elsewhere import doubted
from qa.examples import example_questions
from qa.figures import FigureFilters, FigureList, find_figures, known_indicators
from qa.followup import Turn, make_whole
from qa.match import check_match
from qa.order import as_read
from qa.publication import asks_author, asks_publication, publication_replies
from qa.question import Question, understand
from qa.read import ExtractiveReader, Reader, Reply
from qa.relevance import load_relevance
from qa.rerank import BUNDLED, RERANKED, Reranker, load_reranker, rerank
from qa.restored import conversation, restored
from qa.retrieve import BEST, Filters, Retriever
from qa.series import series
from qa.settle import looked_up, settle
from qa.siblings import settled_by_form
from qa.side_questions import Sides
from qa.sides import sides
from qa.transformer import TransformerReader
from qa.typed import checked
from qa.types import Answer, Hit

Notify = Callable[[Question, Sequence[Hit]], None]
"""Told how far an answer is: with the question once it is understood and no hits, then with what is read for it."""


def _untold(asked: Question, hits: Sequence[Hit]) -> None:
    """Nobody wants to be told how far an answer is."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the index holds.

    Attributes:
        articles: number of articles.
        passages: number of passages.
        newest: the newest day of publication, None when no article has one.
        generation: the published generation.
        created: when it was built, UTC, ISO 8601.
        skipped: the files that are not in it, with reasons.
        folder: the index folder, or the address of the store.
        model: the model it was built with; "" for the bundled one.
    """

    articles: int
    passages: int
    newest: date | None
    generation: str
    created: str
    skipped: tuple[SkippedFile, ...]
    folder: str
    model: str


class Assistant:
    """Answers questions over one index; safe to share between threads."""

    def __init__(
        self,
        store: Store,
        reader: str | Path | Reader | None = None,
        reranker: str | Path | Reranker | None = None,
    ) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._encoder: Encoder | None = None
        self._catalog: Catalog | None = None
        self._retriever = self._open()
        self._reader = load_reader(reader, self._retriever.encoder)
        self._relevance = (
            load_relevance(self._reader, self._retriever.encoder) if reranker == BUNDLED else None
        )
        self._reranker = load_reranker(reranker)

    @property
    def store(self) -> Store:
        """The store it reads."""
        return self._store

    @classmethod
    def open(
        cls,
        index_dir: str | Path | None = None,
        *,
        reader: str | Path | Reader | None = None,
        reranker: str | Path | Reranker | None = None,
    ) -> Assistant:
        """Open an index.

        Args:
            index_dir: the index folder or ``milvus://HOST:PORT/COLLECTION``; None for ``$HOIDAP_INDEX`` or ``./.hoidap``.
            reader: what finds the answer in the passages: the folder or the hub name of an extractive
                question-answering model, or a ``Reader``; None for the built-in one.
            reranker: what orders the passages found anew: the folder or the hub name of a cross-encoder, or a ``Reranker``;
                "bundled" lists them as the reader would answer from them; None for the order of the search.

        Raises:
            IndexMissing: there is none.
            IndexMismatch: it was built with another format, model or setting.
            IndexDamaged: a file of it is missing or broken.
            StoreUnavailable: its server does not answer.
            ModelError: its model, the reader's or the reranker's cannot be loaded.
        """
        return cls(open_store(index_dir), reader, reranker)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        source: str | None = None,
        since: date | None = None,
        until: date | None = None,
        notify: Notify = _untold,
    ) -> Answer:
        """Answer a question, or say that the corpus holds no answer.

        Args:
            question: as typed, with or without diacritics.
            history: the earlier questions, oldest first; strings or (question, answer) pairs; the latest 50 are read.
            source: only articles whose source holds this.
            since: only articles published on this day or later.
            until: only articles published on this day or earlier.
            notify: told, in this thread, what was understood and then what is read; several times when several
                questions are asked for one answer, not at all with hits when nothing has to be read.

        Raises:
            InputError: the question is empty or longer than 2,000 characters.
        """
        filters = Filters(source, since, until)
        retriever = self._current()
        question = checked(question)
        typed, turns = conversation(question, history, retriever, filters)

        def answered(whole: str) -> Answer:
            fresh = typed if history and whole != typed else ""
            return self._answer(question, understand(whole, fresh), fresh, retriever, filters, notify)

        named = make_whole(typed, turns, written=True, who=lambda one: self._person(one, retriever, filters))
        answer = answered(named)
        if answer.answered or not turns:
            return answer
        whole = make_whole(typed, turns, written=True)
        return answer if whole == named else answered(whole)

    def _answer(
        self, typed: str, asked: Question, fresh: str, retriever: Retriever, filters: Filters, notify: Notify
    ) -> Answer:
        """Answer a whole question; ``typed`` is what was typed, ``fresh`` the same behind others, "" without any."""
        notify(asked, ())
        told = series(typed, asked, retriever, filters)
        if told is not None:
            return told
        compared = sides(asked)
        if compared:
            return self._compare(typed, asked, compared, retriever, filters, notify)
        if lacks_marks(asked.text):
            asked = understand(restored(asked, retriever, filters), fresh)
            notify(asked, ())
        return compose(typed, asked, *self._read(asked, retriever, filters, notify))

    def _person(self, question: str, retriever: Retriever, filters: Filters) -> str:
        """The name that answers a question; "" when it asks for no person or no one person is sure."""
        asked = understand(question)
        known = (
            asked.kind == "person" and compose(question, asked, *self._read(asked, retriever, filters)).short
        )
        return known if known and is_person(known) else ""

    def _read(
        self, asked: Question, retriever: Retriever, filters: Filters, notify: Notify = _untold
    ) -> tuple[list[Hit], list[Reply]]:
        """Retrieve for one question and read what was found; the hits as they answer."""
        hits = self._to_read(asked, retriever, filters)
        notify(asked, hits)
        if asks_publication(asked) or asks_author(asked):
            replies = publication_replies(asked, hits)
        else:
            lexical = retriever.generation.lexical
            replies = self._reader.read(asked, hits, lexical.document_frequency, len(lexical))
            ledger = retriever.generation.ledger
            replies = settled_by_form(asked, settle(asked, doubted(asked, replies, ledger), ledger))
            replies = better_told(asked, replies)
        return as_read(hits, replies), replies

    def _to_read(self, asked: Question, retriever: Retriever, filters: Filters) -> list[Hit]:
        """The passages that are read for an answer; the best ten of a reranker when there is one."""
        if self._reranker is None:
            return looked_up(asked, retriever.to_read(asked, filters), retriever.generation)
        return self._found(asked, BEST, retriever, filters)

    def _found(self, asked: Question, k: int, retriever: Retriever, filters: Filters) -> list[Hit]:
        """The best ``k`` passages, best first, in the reranker's order when there is one."""
        furniture = asked.kind in ("contact", "place")
        if self._reranker is None or k <= 0:
            return retriever.retrieve(asked.text, k, filters, furniture)
        hits = retriever.retrieve(asked.text, max(k, RERANKED), filters, furniture)
        return rerank(self._reranker, asked.text, hits)[:k]

    def _listed(self, asked: Question, k: int, retriever: Retriever, filters: Filters) -> list[Hit]:
        """The best ``k`` passages; when that was asked for, those first that answer."""
        if self._relevance is None:
            return self._found(asked, k, retriever, filters)
        if lacks_marks(asked.text):
            asked = understand(restored(asked, retriever, filters))
        hits = self._found(asked, max(k, RERANKED), retriever, filters)
        read, replies = self._read(asked, retriever, filters)
        sure = bool(replies) and replies[0].confidence >= ANSWER_FROM
        lexical = retriever.generation.lexical
        return self._relevance.ordered(asked, hits, read if sure else (), lexical)[: max(k, 0)]

    def _compare(
        self,
        question: str,
        asked: Question,
        compared: Sides,
        retriever: Retriever,
        filters: Filters,
        notify: Notify,
    ) -> Answer:
        """Ask for each side, unless the difference was asked for and a sentence states it."""
        whole = self._read(asked, retriever, filters, notify) if compared.measure else ([], [])
        if states(compared, whole[1]):
            return compose(question, asked, *whole)
        read = [self._read(understand(side.question), retriever, filters, notify) for side in compared.sides]
        answer = compare(question, asked, compared, read)
        if answer.answered or not (compared.measure or compared.things):
            return answer
        if not compared.measure:
            whole = self._read(asked, retriever, filters, notify)
        return compose(question, asked, *whole)

    def retrieve(
        self,
        query: str,
        k: int = 5,
        *,
        source: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> list[Hit]:
        """The best ``k`` passages for a query, best first; fewer when the corpus holds fewer. Filters as in ``ask``."""
        asked, filters = understand(checked(query)), Filters(source, since, until)
        return self._listed(asked, k, self._current(), filters)

    def figures(
        self,
        indicator: str = "",
        *,
        place: str = "",
        since: date | None = None,
        until: date | None = None,
        kind: str = "",
        unit: str = "",
    ) -> FigureList:
        """The figures of an indicator, best fit first; the list has ``to_dataframe()``.

        Args:
            indicator: what was measured: "thu ngân sách"; "" for every figure.
            place: the place it is said of, with or without its kind: "Sóc Trăng", "thành phố Sóc Trăng".
            since: only figures of a period that ends on this day or later.
            until: only figures of a period that begins on this day or earlier.
            kind: "actual", "estimate" or "plan"; "" for any.
            unit: the base unit: "đồng", "%", "hộ"; "" for any. Figures that only compare another one ("tăng 12,8%")
                are listed when a unit is asked for; otherwise they are in the ``change`` of that figure.

        Raises:
            InputError: a kind that does not exist.
            IndexMismatch: the index was built before figures were kept.
        """
        retriever = self._current()
        filters = FigureFilters(place, since, until, kind, unit)
        return find_figures(indicator, filters, retriever.generation, retriever.encoder.encode_passages)

    def indicators(self, n: int = 50) -> list[tuple[str, list[str], int]]:
        """What is measured in the corpus: (name, all its wordings, how many figures), most figures first, up to ``n``."""
        return known_indicators(self._current().generation)[:n]

    def figure_at(self, article_id: str, start: int, end: int) -> Figure | None:
        """The figure of an article that touches ``[start, end)`` of its text; None when there is none."""
        ledger = self._current().generation.ledger
        return next(iter(ledger.touching(article_id, start, end)), None) if ledger else None

    def article(self, article_id: str) -> Article | None:
        """The article with this id; None when the index has none."""
        return self._current().generation.article(article_id)

    def passages_of(self, article_id: str) -> int:
        """Number of passages of an article; 0 when the index has none by this id."""
        return len(self._current().generation.passages_of(article_id))

    def generation(self) -> str:
        """The name of the published generation."""
        return self._current().generation.name

    def catalog(self) -> Catalog:
        """What articles the index holds now, without their text."""
        generation = self._current().generation
        if self._catalog is None or self._catalog.generation != generation.name:
            self._catalog = catalog(generation)
        return self._catalog

    def examples(self, n: int = 5) -> list[str]:
        """Up to ``n`` questions that the index can answer."""
        return example_questions(self._current().generation, n)

    def status(self) -> Status:
        """What the index holds now."""
        generation = self._current().generation
        manifest = generation.manifest
        return Status(
            manifest.articles,
            manifest.passages,
            generation.newest(),
            generation.name,
            manifest.created,
            manifest.skipped,
            self._store.place,
            manifest.model,
        )

    def _current(self) -> Retriever:
        """The retriever of the published generation; a new generation is opened when there is one."""
        with self._lock:
            if self._store.current() != self._retriever.generation.name:
                self._retriever = self._open()
            return self._retriever

    def _open(self) -> Retriever:
        generation = self._store.open_current()
        if self._encoder is None or self._encoder.fingerprint != generation.manifest.fingerprint:
            self._encoder = load_encoder(generation.manifest.model or None)
        check_match(generation, self._encoder)
        return Retriever(generation, self._encoder)


def ask(question: str, history: Sequence[Turn] = ()) -> Answer:
    """Ask the default index; see ``Assistant.ask``."""
    return _default().ask(question, history)


def retrieve(query: str, k: int = 5) -> list[Hit]:
    """Search the default index; see ``Assistant.retrieve``."""
    return _default().retrieve(query, k)


_assistants: dict[str, Assistant] = {}


def _default() -> Assistant:
    store = open_store()
    if store.place not in _assistants:
        _assistants[store.place] = Assistant(store)
    return _assistants[store.place]


def load_reader(reader: str | Path | Reader | None, encoder: Encoder) -> Reader:
    """The reader meant: the built-in one for None or "", a model's for its folder or name, else itself.

    The built-in one reads with the weights of ``encoder`` where it can.

    Raises:
        ModelError: the model cannot be loaded or is not one that answers questions.
    """
    if reader is None or reader == "":
        return ExtractiveReader(load_cross_encoder(encoder))
    return TransformerReader(reader) if isinstance(reader, str | Path) else reader
