"""Replies of another town than the one of the question."""

import pytest
from conftest import write

from index.build import build_index
from index.places import Place
from qa.answer import Assistant
from qa.elsewhere import DOUBT, doubted, towns_named
from qa.question import understand
from qa.retrieve import Filters

KNOWN = {"lai vu": frozenset({"thành phố"}), "tan ha": frozenset({"huyện", "thị xã"})}


@pytest.mark.parametrize(
    ("question", "towns"),
    [
        ("Lai Vu thu bao nhiêu?", [Place("thành phố", "Lai Vu")]),
        ("thu ngân sách lai vu", [Place("thành phố", "lai vu")]),
        ("Khách lai vu đến Hà Nội?", []),
        ("Thu ngân sách của Tân Hạ?", [Place("huyện", "Tân Hạ"), Place("thị xã", "Tân Hạ")]),
        ("Thu ngân sách của Hà Tân?", []),
    ],
)
def test_the_towns_that_a_question_names(question, towns):
    assert towns_named(question, KNOWN) == towns


def opened(folder, told, other):
    """An article of each town."""
    (folder / "articles").mkdir()
    write(folder / "articles" / "a.md", "Thành phố Lai Vu", "2024-01-05", told)
    write(folder / "articles" / "b.md", "Thành phố Tân Hạ", "2024-01-05", other)
    build_index([folder / "articles"], folder / "index", model="toy")
    return Assistant.open(folder / "index")


@pytest.fixture
def assistant(tmp_path):
    """One town tells its budget, of the other only the forest is told."""
    told = "Thành phố Lai Vu thu ngân sách đạt 500 tỷ đồng. Thành phố Lai Vu có 3.000 ha rừng."
    other = "Thành phố Tân Hạ trồng 120 ha rừng. Thành phố Tân Hạ chi 7 tỷ đồng trồng rừng."
    return opened(tmp_path, told, other)


@pytest.mark.parametrize(
    ("question", "factor"),
    [
        ("Tân Hạ thu ngân sách bao nhiêu?", DOUBT),
        ("Lai Vu thu ngân sách bao nhiêu?", 1.0),
        ("Thu ngân sách bao nhiêu?", 1.0),
    ],
)
def test_the_figure_of_another_town_is_doubted(assistant, question, factor):
    retriever, asked = assistant._current(), understand(question)
    hits = retriever.to_read(asked, Filters())
    lexical = retriever.generation.lexical
    replies = assistant._reader.read(asked, hits, lexical.document_frequency, len(lexical))
    budget = next(n for n, reply in enumerate(replies) if reply.scored.candidate.text == "500 tỷ đồng")
    after = doubted(asked, replies, retriever.generation.ledger)
    assert after[budget].confidence == pytest.approx(replies[budget].confidence * factor)


def test_without_figures_nothing_is_doubted(assistant):
    retriever, asked = assistant._current(), understand("Tân Hạ thu ngân sách bao nhiêu?")
    lexical = retriever.generation.lexical
    replies = assistant._reader.read(
        asked, retriever.to_read(asked), lexical.document_frequency, len(lexical)
    )
    assert doubted(asked, replies, None) is replies


def test_an_article_that_names_the_town_may_answer(tmp_path):
    """The scene is another town, of the one asked about it tells as well."""
    text = "Thành phố Lai Vu đón đội Tân Hạ. Mỗi cầu thủ được thưởng 5 triệu đồng."
    assistant = opened(tmp_path, text, "Thành phố Tân Hạ chi 7 tỷ đồng trồng 120 ha rừng.")
    retriever, asked = assistant._current(), understand("Cầu thủ Tân Hạ được thưởng bao nhiêu?")
    lexical = retriever.generation.lexical
    replies = assistant._reader.read(
        asked, retriever.to_read(asked), lexical.document_frequency, len(lexical)
    )
    after = doubted(asked, replies, retriever.generation.ledger)
    assert towns_named(asked.text, {"tan ha": frozenset({"thành phố"})}) == [Place("thành phố", "Tân Hạ")]
    assert [one.confidence for one in after] == [one.confidence for one in replies]
