import math

import numpy as np
import pytest

from index.errors import IndexDamaged
from index.lexical import Lexical, LexicalEntry, write_lexical
from index.terms import passage_terms, with_pairs
from index.vietnamese import normal_tone, syllables

TEXTS = ["Thu ngân sách huyện", "Chi ngân sách xã", "Trường học xã", "UBND xã họp"]


@pytest.fixture
def lexical(tmp_path):
    write_lexical(
        tmp_path / "lexical", [LexicalEntry(row, text, f"Bài {row}") for row, text in enumerate(TEXTS)]
    )
    return Lexical(tmp_path / "lexical")


def test_bm25_by_hand(lexical):
    """One term, document frequency 1 of 4, lengths 7 7 5 12 (syllables, pairs and written-out words)."""
    lengths = [len(passage_terms(text)[0].split()) for text in TEXTS]
    assert lengths == [7, 7, 5, 12]
    idf = math.log(1 + (4 - 1 + 0.5) / (1 + 0.5))
    norm = 1.2 * (1 - 0.75 + 0.75 * 7 / (sum(lengths) / 4))
    [(row, score)] = lexical.search({"folded": {"chi": 1.0}}, 5)
    assert row == 1
    assert score == pytest.approx(idf * 2.2 / (1 + norm), rel=0.01)


def test_weights_multiply(lexical):
    single = lexical.search({"folded": {"chi": 1.0}}, 5)[0][1]
    assert lexical.search({"folded": {"chi": 2.5}}, 5)[0][1] == pytest.approx(2.5 * single)


def test_abbreviations_are_found_by_their_long_form(lexical):
    assert [row for row, _ in lexical.search({"folded": {"uy_ban": 1.0}}, 5)] == [3]


def test_only_allowed_rows_even_when_others_rank_higher(lexical):
    terms = {"folded": {"xa": 1.0}}
    assert {row for row, _ in lexical.search(terms, 5)} == {1, 2, 3}
    assert [row for row, _ in lexical.search(terms, 1, {3})] == [3]


def test_document_frequency(lexical):
    assert [lexical.document_frequency(term) for term in ("xa", "ngan_sach", "khong")] == [3, 2, 0]
    assert lexical.document_frequency("bai", "title") == 4


def test_nothing_asked_nothing_found(lexical):
    assert lexical.search({"folded": {}}, 5) == []
    assert lexical.search({"folded": {"xa": 1.0}}, 0) == []


def test_accents_and_tone_places():
    assert passage_terms("Hoà") == passage_terms("Hòa") == passage_terms("HÒA") == ("hoa", "hòa")


@pytest.mark.parametrize(
    "text",
    [
        "Thu 5 tỉ đồng, 5tỉ, hàng nghìn tỉ; tỉ lệ 3,5%",
        "(hi vọng) khi công ti hi\tsinh, công ti",
        "UỶ BAN hoà2 hoà_ thuỷ-lợi quí/lí kĩ.sư 1.234,5/2020",
        " –  \n … ",
        "thu",
        "",
    ],
)
def test_terms_are_those_of_the_whole_text(text):
    """Though words are looked up one by one, and spelling leans on the words beside them."""
    assert passage_terms(text)[1].split() == with_pairs(syllables(normal_tone(text)))


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(IndexDamaged, match="nowhere"):
        Lexical(tmp_path / "nowhere")


def test_more_than_there_is_may_be_asked_for(lexical):
    """The engine makes room for as many as are asked for: 10**12 of them end the process."""
    assert len(lexical.search({"folded": {"ngan": 1.0}}, 10**12)) == 2
    assert len(lexical.search({"folded": {"ngan": 1.0}}, 10**20, np.array([1]))) == 1
