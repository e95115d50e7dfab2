"""Places that an article names with their kind once, and without it elsewhere."""

import pytest

from index.places import Place
from index.types import Article
from qa.bare_places import bare, paragraph_place
from qa.scope import _LEVEL

TEXT = (
    "Thành phố An Bình và thị xã Long Sơn họp tổng kết.\n"
    "An Bình thu 612 tỷ đồng. Dân số là 116.500 người.\n"
    "Long Sơn thu 361 tỷ đồng, An Bình cao hơn. Có 44 hộ."
)
ARTICLE = Article("0" * 16, "/a.txt", "Tổng kết năm 2023", "", "", None, TEXT)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Năm 2023, An Bình thu 612 tỷ đồng.", ["thành phố An Bình"]),
        ("Long Sơn kém An Bình.", ["thành phố An Bình", "thị xã Long Sơn"]),
        ("Khu công nghiệp An Bình có 5 nhà máy.", []),
        ("Ông Nguyễn An Bình phát biểu.", []),
        ("Tân Long thu 5 tỷ đồng.", []),
        ("Thành phố An Bình thu 612 tỷ đồng.", []),
    ],
)
def test_a_name_alone_is_the_place_that_the_article_tells(text, names):
    assert sorted(place.text for _, place in bare(text, ARTICLE)) == names


def test_a_name_with_two_kinds_has_none():
    both = Article("1" * 16, "/b.txt", "", "", "", None, "Thị xã An Bình lên thành phố An Bình.")
    assert [place for _, place in bare("An Bình vui.", both)] == [Place("", "An Bình")]


@pytest.mark.parametrize(
    ("sentence", "place"),
    [("Dân số", Place("thành phố", "An Bình")), ("Có 44 hộ", None), ("An Bình thu", None)],
)
def test_a_paragraph_that_names_one_place_is_of_it(sentence, place):
    assert paragraph_place(ARTICLE, TEXT.index(sentence)) == place


def test_an_article_of_one_place_needs_no_paragraph():
    one = Article("2" * 16, "/c.txt", "", "", "", None, "Thành phố An Bình vui. Có 44 hộ.")
    assert paragraph_place(one, len(one.text) - 5) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Toàn tỉnh năm 2023 có", True),
        ("toàn huyện, có", True),
        ("Toàn tỉnh An Bình", False),
        ("tỉnh ta", True),
    ],
)
def test_the_whole_of_a_level_in_any_case(text, found):
    assert (_LEVEL.search(text) is not None) == found
