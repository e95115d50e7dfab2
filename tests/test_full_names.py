import pytest

from index import build_index
from index.types import Article, Passage
from qa.answer import Assistant
from qa.compose import compose
from qa.features import Scored
from qa.full_names import full_name, sentence_around
from qa.question import understand
from qa.read import Reply
from qa.spans import Candidate
from qa.surroundings import Reading
from qa.types import Hit

TEXT = (
    "Sáng 3-4, ông Trần Văn Hưởng chủ trì cuộc họp. Bà Lê Thị Mai và chị Ngô Mai cùng dự.\n"
    "Ông Hưởng nói sẽ xây cầu. Hưởng ứng lời kêu gọi, xã góp 5 triệu đồng."
)


@pytest.fixture
def article():
    return Article("a" * 16, "/a.txt", "Họp xã", "", "", None, TEXT)


def test_the_full_name_before_a_given_name(article):
    span = full_name(article, "Hưởng", TEXT.index("Hưởng nói"))
    assert TEXT[slice(*span)] == "Trần Văn Hưởng"
    assert TEXT[slice(*sentence_around(article, span))] == "Sáng 3-4, ông Trần Văn Hưởng chủ trì cuộc họp."


@pytest.mark.parametrize("name", ["Mai", "Lan", "Trần Văn Hưởng", ""])
def test_none_when_there_is_none_or_several_or_it_is_whole(article, name):
    assert full_name(article, name, len(TEXT)) is None


def test_an_answer_gives_the_full_name_and_where_it_stands(tmp_path):
    text = (
        "Xã Tân Lập xây cầu\n\n02/05/2023\n\nÔng Trần Văn Hưởng là người làng Hạ, xã Tân Lập, làm nghề mộc đã ba mươi năm.\n\n"
        "Cây cầu gỗ qua suối Cát ở xã Tân Lập do ông Hưởng thiết kế năm 2019.\n"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    build_index([tmp_path / "a.txt"], tmp_path / "index")
    answer = Assistant.open(tmp_path / "index").ask("Ai thiết kế cây cầu gỗ qua suối Cát ở xã Tân Lập?")
    assert answer.short == "Trần Văn Hưởng"
    assert answer.text == (
        "Trần Văn Hưởng: “Cây cầu gỗ qua suối Cát ở xã Tân Lập do ông Hưởng thiết kế năm 2019.” [1] Tên đầy đủ: “Ông Trần Văn "
        "Hưởng là người làng Hạ, xã Tân Lập, làm nghề mộc đã ba mươi năm.” [2]"
    )
    assert [citation.number for citation in answer.citations] == [1, 2]
    assert [len(citation.marks) for citation in answer.citations] == [1, 1]


def test_a_sentence_that_says_the_full_name_is_not_quoted_twice():
    text = "Ông Trần Văn Hưởng làm nghề mộc. Năm 2019, Trần Văn Hưởng thiết kế cây cầu gỗ qua suối."
    article = Article("a" * 16, "/a.txt", "Họp xã", "", "", None, text)
    hit = Hit(Passage("p", "a" * 16, 0, len(text), text), article, 1.0, 1)
    start = text.index("Năm 2019")
    reading = Reading(hit, start, len(text), text[start:], "", (), None)
    at = reading.text.index("Hưởng")
    given = Scored(reading, Candidate(at, at + len("Hưởng"), "Hưởng", "name"), {})
    answer = compose("", understand("Ai thiết kế cây cầu gỗ?"), [hit], [Reply(given, 1.0, 0.9)])
    assert answer.short == "Trần Văn Hưởng"
    assert answer.text == "Trần Văn Hưởng: “Năm 2019, Trần Văn Hưởng thiết kế cây cầu gỗ qua suối.” [1]"
    (citation,) = answer.citations
    assert [text[slice(*mark)] for mark in citation.marks] == ["Trần Văn Hưởng"]


def test_a_long_sentence_is_quoted_from_the_full_name_to_what_answers():
    text = (
        f"Trước đó, ông Trần Văn Hưởng làm nghề mộc, {'đi khắp các làng dựng nhà, ' * 9}"
        "năm 2019 chính ông Hưởng thiết kế cầu."
    )
    article = Article("a" * 16, "/a.txt", "Họp xã", "", "", None, text)
    hit = Hit(Passage("p", "a" * 16, 0, len(text), text), article, 1.0, 1)
    at = text.rindex("Hưởng")
    given = Scored(
        Reading(hit, 0, len(text), text, "", (), None), Candidate(at, at + len("Hưởng"), "Hưởng", "name"), {}
    )
    answer = compose("", understand("Ai thiết kế cầu?"), [hit], [Reply(given, 1.0, 0.9)])
    assert answer.short == "Trần Văn Hưởng"
    assert "Trần Văn Hưởng làm nghề mộc" in answer.text.partition(": ")[2]
    assert "chính ông Hưởng thiết kế" in answer.text
    assert [text[slice(*mark)] for mark in answer.citations[0].marks] == ["Trần Văn Hưởng", "Hưởng"]
