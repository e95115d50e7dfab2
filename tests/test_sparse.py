"""BM25 as sparse vectors: their inner product is the score tantivy gives."""

import random

import pytest

from index.lexical import Lexical, LexicalEntry, write_lexical
from index.sparse import idf, passage_vector, term_key, vocabulary

WORDS = "thu chi ngân sách huyện xã trường học đường cầu UBND tỉnh năm 2020 tỷ đồng Hoà Bình".split()


@pytest.fixture(scope="module")
def entries():
    """Passages of 1 to 400 words: lengths that are kept exactly and lengths that are rounded."""
    chance = random.Random(7)
    lengths = [1, 2, 5, 13, 20, 30, 45, 90, 150, 260, 400]
    texts = [" ".join(chance.choices(WORDS, k=length)) for length in lengths]
    return [LexicalEntry(row, text, f"Bài {WORDS[row]}") for row, text in enumerate(texts)]


@pytest.mark.parametrize(
    "terms",
    [
        {"folded": {"thu": 1.0}},
        {"folded": {"hoa_binh": 2.5, "uy_ban": 0.25}},
        {"accented": {"ngân": 0.5, "ngân_sách": 0.125}},
        {"title": {"bai": 0.3, "cau": 0.3}},
        {"folded": {"thu": 1.0, "nam_2020": 1.0}, "accented": {"thu": 0.5}, "title": {"thu": 0.3}},
        {"folded": {"khong": 1.0}},
    ],
)
def test_the_inner_product_is_the_score_of_tantivy(entries, tmp_path, terms):
    write_lexical(tmp_path / "lexical", entries)
    expected = dict(Lexical(tmp_path / "lexical").search(terms, 50))
    counted = vocabulary(entries)
    query = {
        counted.numbers[key]: weight * idf(len(entries), counted.frequencies[key])
        for field, weights in terms.items()
        for term, weight in weights.items()
        if (key := term_key(field, term)) in counted.numbers
    }
    vectors = {entry.row: passage_vector(entry, counted) for entry in entries}
    scores = {
        row: sum(vector.get(n, 0.0) * weight for n, weight in query.items())
        for row, vector in vectors.items()
    }
    assert {row: score for row, score in scores.items() if score} == pytest.approx(expected, rel=1e-5)


def test_nothing_counted():
    counted = vocabulary([])
    assert (counted.numbers, counted.lengths) == ({}, {"folded": 0.0, "accented": 0.0, "title": 0.0})
    assert passage_vector(LexicalEntry(0, "", ""), counted) == {}
