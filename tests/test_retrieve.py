"""Retrieval over a toy index: what is found, in which order, with which scores."""

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import write

from index import build_index
from index.errors import InputError
from index.vietnamese import fold
from qa import Assistant
from qa.order import covered
from qa.question import understand
from qa.retrieve import BEST, DEPTH, FURTHER, RetrievalSettings, Retriever, fuse, query_terms
from qa.words import content_words

CLINIC = """Bệnh viện mới khai trương
Bệnh viện đa khoa có 300 giường, khai trương ngày 5/3/2024 với nhiều khoa phòng, phục vụ nhân dân toàn huyện.
Cơ quan chủ quản: Sở Y tế tỉnh An Bình
Địa chỉ: 12 Lê Lợi, thành phố An Bình
Điện thoại: 0299 3821 123
"""


@pytest.fixture
def assistant(articles: Path, tmp_path: Path) -> Assistant:
    """Three articles: a.md and b.md of one paper with their days, c.txt of an office without a day."""
    (articles / "c.txt").write_text(CLINIC, encoding="utf-8")
    build_index([articles], tmp_path / "index", model="toy")
    return Assistant.open(tmp_path / "index")


def names(hits):
    return [Path(hit.article.path).name for hit in hits]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("thu ngân sách huyện An Bình", "a.md"),
        ("trường học huyện Hòa Lộc đạt chuẩn", "b.md"),
        ("bệnh viện có bao nhiêu giường", "c.txt"),
    ],
)
@pytest.mark.parametrize(
    "typed",
    [
        str,
        str.upper,
        fold,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("òa", "oà"),
        lambda text: f"  {text} ?",
    ],
    ids=["as written", "capitals", "no diacritics", "NFD", "other tone placement", "blanks"],
)
def test_however_a_question_is_typed_the_same_passage_comes_first(assistant, query, first, typed):
    assert names(assistant.retrieve(typed(query)))[0] == first


@pytest.mark.parametrize("other", ["NFD", "tone"])
def test_unicode_form_and_tone_placement_change_no_score(assistant, other):
    query = "trường học huyện Hòa Lộc"
    typed = unicodedata.normalize("NFD", query) if other == "NFD" else query.replace("Hòa", "Hoà")
    assert assistant.retrieve(typed) == assistant.retrieve(query)


def test_scores_fall_from_at_most_one_and_ranks_count_from_one(assistant):
    hits = assistant.retrieve("thu ngân sách huyện An Bình", k=10)
    scores = [hit.score for hit in hits]
    assert [hit.rank for hit in hits] == [1, 2, 3, 4]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert scores[-1] >= 0.0


@pytest.mark.parametrize(("k", "count"), [(-1, 0), (0, 0), (1, 1), (3, 3), (4, 4), (1000, 4)])
def test_k_is_clamped_to_what_is_there(assistant, k, count):
    hits = assistant.retrieve("thu ngân sách", k)
    assert len({hit.passage.passage_id for hit in hits}) == len(hits) == count


def test_a_hit_is_verbatim(assistant):
    for hit in assistant.retrieve("huyện", k=10):
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
        assert hit.passage.article_id == hit.article.article_id
        assert assistant.article(hit.article.article_id) == hit.article


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"source": "Báo Thử"}, {"a.md", "b.md"}),
        ({"source": "Sở Y tế"}, {"c.txt"}),
        ({"source": "Báo khác"}, set()),
        ({"since": date(2024, 2, 10)}, {"b.md"}),
        ({"since": date(2024, 2, 11)}, set()),
        ({"until": date(2024, 1, 5)}, {"a.md"}),
        ({"until": date(2024, 1, 4)}, set()),
        ({"since": date(2024, 1, 1), "until": date(2024, 12, 31)}, {"a.md", "b.md"}),
        ({"source": "Báo Thử", "until": date(2024, 2, 1)}, {"a.md"}),
        ({}, {"a.md", "b.md", "c.txt"}),
    ],
)
def test_filters_are_inclusive_and_leave_nothing_else(assistant, filters, expected):
    assert set(names(assistant.retrieve("thu ngân sách", k=10, **filters))) == expected
    assert set(names(assistant.ask("Thu ngân sách là bao nhiêu?", **filters).hits)) == expected


def test_page_furniture_ranks_below_the_article(assistant):
    hits = assistant.retrieve("tỉnh An Bình thành phố An Bình", k=10)
    best = next(hit for hit in hits if hit.passage.furniture)
    assert best.score == RetrievalSettings().furniture == 0.6


def test_a_question_for_an_address_wants_the_furniture(assistant):
    first = assistant.retrieve("số điện thoại của Sở Y tế")[0]
    assert (first.passage.furniture, first.score) == (True, pytest.approx(1))


def test_an_open_assistant_sees_the_next_generation(assistant, articles, tmp_path):
    folder = tmp_path / "index"
    before = assistant.status()
    write(articles / "d.md", "Chợ nổi", "2025-01-02", "Chợ nổi đón 12.345 lượt khách.")
    (articles / "a.md").unlink()
    report = build_index([articles], folder, model="toy")
    assert names(assistant.retrieve("chợ nổi đón khách"))[0] == "d.md"
    assert "a.md" not in names(assistant.retrieve("thu ngân sách", k=10))
    after = assistant.status()
    assert (before.generation, after.generation) == ("000001", report.generation)
    assert (before.newest, after.newest) == (date(2024, 2, 10), date(2025, 1, 2))


def test_an_empty_index_finds_nothing(tmp_path):
    (tmp_path / "none").mkdir()
    build_index([tmp_path / "none"], tmp_path / "index", model="toy")
    assistant = Assistant.open(tmp_path / "index")
    assert assistant.retrieve("thu ngân sách") == []
    assert assistant.ask("Thu ngân sách là bao nhiêu?").outcome == "none"


@pytest.mark.parametrize("query", ["", " \n", "x" * 2001])
def test_an_empty_or_endless_query_is_refused(assistant, query):
    with pytest.raises(InputError):
        assistant.retrieve(query)


def test_a_query_of_nothing_but_signs_does_not_fail(assistant):
    assert len(assistant.retrieve("???", k=2)) == 2


def test_words_that_only_ask_are_left_out():
    assert content_words("thu ngân sách là bao nhiêu") == [
        ("thu", 1.0),
        ("ngân", 1.0),
        ("sách", 1.0),
        ("là", 0.25),
    ]
    assert content_words("thu ngan sach la bao nhieu") == [
        ("thu", 1.0),
        ("ngan", 1.0),
        ("sach", 1.0),
        ("la", 0.25),
    ]
    assert content_words("ai là gì ở đâu") == [("ở", 0.25)]
    assert content_words("") == content_words("?!") == []
    assert content_words("Hoà") == content_words("hòa") == [("hòa", 1.0)]


def test_query_terms_by_hand():
    settings = RetrievalSettings(pair=2.0, accented=0.5, title=0.25)
    terms = query_terms("thu của huyện", settings)
    assert terms["folded"] == {"thu": 1.0, "cua": 0.25, "huyen": 1.0, "thu_cua": 0.5, "cua_huyen": 0.5}
    assert terms["title"] == {term: weight * 0.25 for term, weight in terms["folded"].items()}
    assert terms["accented"] == {"thu": 0.5, "của": 0.125, "huyện": 0.5, "thu_của": 0.25, "của_huyện": 0.25}
    assert "accented" not in query_terms("thu cua huyen", settings)


def test_abbreviations_are_searched_written_out_too():
    terms = query_terms("UBND", RetrievalSettings())["folded"]
    assert terms.keys() == {"ubnd", "uy", "ban", "nhan", "dan", "uy_ban", "ban_nhan", "nhan_dan"}


def test_a_leg_with_a_clear_favourite_outvotes_one_without():
    dense = {row: 0.85 + row / 1e4 for row in range(20)}  # cosines that lie close together favour row 19
    lexical = {0: 12.0} | dict.fromkeys(range(1, 20), 3.0)
    scores = fuse(dense, lexical, 0.5)
    assert max(scores, key=scores.get) == 0
    assert (min(scores.values()), max(scores.values()) <= 1.0) == (0.0, True)


def test_without_a_shared_term_the_dense_leg_decides_alone():
    assert fuse({1: 0.9, 2: 0.8, 3: 0.7}, {}, 1.0) == pytest.approx({1: 1.0, 2: 0.5, 3: 0.0})


def test_a_query_without_diacritics_leans_on_its_words(tmp_path):
    build_index([Path(__file__).parents[1] / "seeds"], tmp_path / "index", model="toy")
    current = Assistant.open(tmp_path / "index")._current()

    def scores(**shares: float) -> list[float]:
        retriever = Retriever(current.generation, current.encoder, RetrievalSettings(**shares))
        return [hit.score for hit in retriever.retrieve("truong hoc dat chuan", 5)]

    lexical = scores(dense=0.0, dense_plain=0.0)
    assert scores(dense=0.9, dense_plain=0.0) == lexical
    assert scores(dense=0.0, dense_plain=0.9) != lexical


def test_the_best_sentence_counts_with_its_title_and_year(assistant):
    """The words weigh alike here: every one stands in as many passages."""
    hits = {Path(hit.article.path).name: hit for hit in assistant.retrieve("huyện", k=10)}

    def share(query, name):
        [found] = covered(query, [hits[name]], lambda term: 1, 9)
        return found

    said = hits["b.md"].passage.text.split(". ")[0].split()[0]
    assert share(said, "b.md") == share(hits["b.md"].article.title, "b.md") == share("2024", "b.md") == 1.0
    assert share("zzz", "b.md") == 0.0
    assert share(f"zzz {said}", "b.md") == pytest.approx(0.5)


def test_a_sentence_with_the_words_in_pairs_says_more(assistant):
    """Of "thu ngân sách" the sentence that has both pairs says all; words apart say three of five."""
    (hit,) = assistant.retrieve("bệnh viện giường", 1)
    text = "Thu hoạch lúa nộp ngân khố, mua sách."
    apart = replace(hit, passage=replace(hit.passage, text=text))
    beside = replace(hit, passage=replace(hit.passage, text="Xã thu ngân sách."))
    assert covered("thu ngân sách", [apart, beside], lambda term: 1, 9, pairs=True) == [0.6, 1.0]


def test_a_passage_of_many_subjects_is_read_for_its_one_sentence(tmp_path):
    """It lies far behind, for the others hold every pair of the words more often, but not in one sentence."""
    (tmp_path / "articles").mkdir()
    for number in range(30):
        text = "Sách huyện tặng các trường. Thu ngân sách khá. " * 3
        write(tmp_path / "articles" / f"{number:02}.md", f"Tin số {number}", "2024-01-05", text)
    subjects = "Trồng trọt, chăn nuôi, thủy sản đều khá. Trường lớp khang trang. Giao thông thuận lợi. " * 3
    text = f"{subjects}Thu ngân sách huyện đạt 5 tỷ đồng."
    write(tmp_path / "articles" / "many.md", "Tin chung", "2024-01-05", text)
    build_index([tmp_path / "articles"], tmp_path / "index", model="toy")
    retriever = Assistant.open(tmp_path / "index")._current()
    asked = understand("thu ngân sách huyện")
    found = names(retriever.retrieve(asked.text, DEPTH))
    read = names(retriever.to_read(asked))
    assert found.index("many.md") >= BEST + FURTHER
    assert read[:BEST] == found[:BEST]
    assert read[BEST] == "many.md"
    assert len(read) == BEST + FURTHER


def test_of_further_passages_those_of_the_first_hits_articles_are_read_first(tmp_path):
    """One passage tells whose report it is, a later one the figure; others hold the same figure of elsewhere."""
    (tmp_path / "articles").mkdir()
    for number in range(30):
        text = "Sách huyện tặng các trường. Thu ngân sách khá. " * 3
        write(tmp_path / "articles" / f"{number:02}.md", f"Tin số {number}", "2024-01-05", text)
    subjects = "Trồng trọt, chăn nuôi, thủy sản đều khá. Trường lớp khang trang. Giao thông thuận lợi. " * 3
    figure = f"{subjects}Thu ngân sách đạt 5 tỷ đồng."
    for number in range(FURTHER + 1):
        write(tmp_path / "articles" / f"far{number}.md", "Tin chung", "2024-01-05", figure)
    head = "Huyện Lai Vu họp bàn thu ngân sách huyện Lai Vu. " * 12
    write(tmp_path / "articles" / "zz.md", "Tin họp", "2024-01-05", f"{head}\n\n{figure}")
    build_index([tmp_path / "articles"], tmp_path / "index", model="toy")
    retriever = Assistant.open(tmp_path / "index")._current()
    asked = understand("thu ngân sách huyện Lai Vu")
    read = retriever.to_read(asked)
    assert names(read[:1]) == names(read[BEST : BEST + 1]) == ["zz.md"]
    assert read[BEST].passage.text.endswith("5 tỷ đồng.")
