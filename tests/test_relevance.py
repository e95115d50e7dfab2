"""Passages in the order of how one sentence of each answers."""

from dataclasses import replace

import pytest
from conftest import article

from index.encode import load_encoder
from index.types import Passage
from qa.cross_encoder import load_cross_encoder
from qa.question import understand
from qa.read import ExtractiveReader
from qa.relevance import Relevance, load_relevance
from qa.types import Hit

QUESTION = understand("Ai đánh trống khai hội ở làng Sét?")
TEXTS = (
    "Làng Sét có hội từ lâu. Ở làng Sét, hội làng được nhắc đến nhiều.",
    "Trường làng Sét khai giảng hôm thứ hai.",
    "Cụ Trần Văn Bảy đánh hồi trống mở đầu lễ hội làng Sét.",
)


class Corpus:
    """Every word is as rare as any other."""

    def document_frequency(self, term):
        return 1

    def __len__(self):
        return 10


class Told(Relevance):
    """The relevance of the passages is given."""

    def _told(self, question, best):
        return {"0": 0.0, "1": 4.0, "2": -90.0}


def hits(*scores):
    found = []
    for number, (text, score) in enumerate(zip(TEXTS, scores, strict=True)):
        one = replace(article(text), article_id=f"{number}")
        found.append(Hit(Passage(f"{number}", one.article_id, 0, len(text), text), one, score, number + 1))
    return found


@pytest.mark.parametrize(
    ("scores", "order"),
    [
        ((1.00, 0.85, 0.70), "102"),  # 1.00 - 0.16 = 0.84; 0.85; 0.70 - 0.40
        ((1.00, 0.83, 0.70), "012"),  # 0.84; 0.83; 0.30
        ((1.00, 0.45, 0.90), "021"),  # 0.84; 0.45; 0.90 - 0.40 = 0.50: at most ten points count
    ],
)
def test_a_point_of_relevance_weighs_a_twenty_fifth_of_a_score(scores, order):
    listed = Told(None).ordered(QUESTION, hits(*scores), [], Corpus())
    assert "".join(hit.passage.passage_id for hit in listed) == order
    assert [hit.score for hit in listed] == sorted(scores, reverse=True)
    assert [hit.rank for hit in listed] == [1, 2, 3]


def test_passages_of_an_article_share_two_fifths_of_its_best_score():
    """0.4 x 1.0 + 0.6 x 0.5 - 0.40 = 0.30 for the third beside 0.25 for the second; alone it had 0.5 - 0.40."""
    first, second, third = hits(1.0, 0.25, 0.5)
    together = replace(third, article=replace(third.article, article_id="0"))
    for last, order in ((together, "021"), (third, "012")):
        listed = Told(None).ordered(QUESTION, [first, second, last], [], Corpus())
        assert "".join(hit.passage.passage_id for hit in listed) == order


def test_what_was_read_stands_first():
    found = hits(1.0, 0.9, 0.8)
    listed = Told(None).ordered(QUESTION, found, [found[2], found[0]], Corpus())
    assert [(hit.passage.passage_id, hit.score) for hit in listed] == [("2", 1.0), ("0", 0.9), ("1", 0.8)]


def test_the_passage_that_answers_in_other_words_comes_first():
    encoder = load_encoder(None)
    relevance = load_relevance(ExtractiveReader(load_cross_encoder(encoder)), encoder)
    listed = relevance.ordered(QUESTION, hits(1.0, 0.95, 0.9), [], Corpus())
    assert listed[0].passage.passage_id == "2"


def test_beside_another_reader_it_has_a_cross_encoder_of_its_own():
    encoder = load_encoder(None)
    assert load_relevance(object(), encoder).cross is not None
    assert load_relevance(object(), load_encoder("toy")).cross is None


def test_no_hits():
    assert Relevance(None).ordered(QUESTION, [], [], Corpus()) == []
