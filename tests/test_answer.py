import unicodedata

import pytest
from conftest import write

from index import build_index
from index.errors import IndexMismatch, IndexMissing, InputError
from index.store import Generation
from qa import Assistant
from qa.verify import unsupported


@pytest.fixture
def assistant(index_dir):
    return Assistant.open(index_dir)


def test_the_figure_with_its_sentence_source_and_place(assistant):
    answer = assistant.ask("thu ngân sách huyện An Bình năm 2023 là bao nhiêu")
    assert (answer.answered, answer.outcome, answer.short) == (True, "answer", "120,5 tỷ đồng")
    [citation] = answer.citations
    article = assistant.article(citation.article_id)
    assert citation.quote == "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng."
    assert article.text[citation.start : citation.end] == citation.quote
    assert [article.text[start:end] for start, end in citation.marks] == ["120,5 tỷ đồng"]
    assert (citation.source, citation.published.isoformat()) == ("Báo Thử nghiệm", "2024-01-05")
    assert "[1]" in answer.text
    assert unsupported(answer.text, [citation.quote]) == []
    assert answer.hits[0].passage.passage_id == citation.passage_id


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("chi ngân sách huyện An Bình là bao nhiêu", "98 tỷ đồng"),
        ("chi ngan sach huyen an binh la bao nhieu", "98 tỷ đồng"),
        ("huyện Hòa Lộc có bao nhiêu trường học đạt chuẩn quốc gia", "18/25 trường"),
        ("tỷ lệ hộ nghèo huyện Hoà Lộc", "2,1%"),
    ],
)
def test_the_fitting_figure_of_the_article_is_taken(assistant, question, short):
    assert short in assistant.ask(question).short


def test_a_follow_up(assistant):
    answer = assistant.ask("còn chi ngân sách?", history=["thu ngân sách huyện An Bình là bao nhiêu"])
    assert answer.short == "98 tỷ đồng"
    assert answer.question == "còn chi ngân sách?"


@pytest.mark.parametrize(
    "question",
    ["thủ đô nước Pháp là gì", "thu ngân sách huyện Vạn Phúc năm 2023 là bao nhiêu", "công thức nấu phở bò"],
)
def test_what_the_corpus_does_not_hold_is_not_answered(assistant, question):
    answer = assistant.ask(question)
    assert (answer.answered, answer.short, answer.citations) == (False, None, ())
    assert answer.outcome in ("nearest", "none")
    assert question in answer.text


def test_filters_leave_nothing_to_answer_from(assistant):
    answer = assistant.ask("thu ngân sách huyện An Bình năm 2023 là bao nhiêu", source="Báo khác")
    assert (answer.answered, answer.hits) == (False, ())


def test_articles_that_differ_on_an_open_question_are_both_shown(tmp_path):
    for name, place, figure in (("a", "An Bình", "120"), ("b", "Hòa Lộc", "95")):
        text = f"Năm 2023, thu ngân sách huyện {place} đạt {figure} tỷ đồng."
        write(tmp_path / f"{name}.md", f"Ngân sách huyện {place}", "2024-01-05", text)
    build_index([tmp_path / "a.md", tmp_path / "b.md"], tmp_path / "index", model="toy")
    answer = Assistant.open(tmp_path / "index").ask("thu ngân sách năm 2023 là bao nhiêu")
    assert {citation.title for citation in answer.citations} == {
        "Ngân sách huyện An Bình",
        "Ngân sách huyện Hòa Lộc",
    }
    assert "120 tỷ đồng" in answer.text
    assert "95 tỷ đồng" in answer.text


def test_questions_that_cannot_be_asked(assistant):
    with pytest.raises(InputError, match="trống"):
        assistant.ask("  ")
    with pytest.raises(InputError, match="2001 ký tự"):
        assistant.ask("a" * 2001)


def test_a_missing_or_mismatched_index(tmp_path, index_dir):
    with pytest.raises(IndexMissing, match="hoidap index"):
        Assistant.open(tmp_path / "nothing")
    manifest = Generation.open_current(index_dir).folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"splitter": ', '"splitter": 7'))
    with pytest.raises(IndexMismatch, match=r"splitter is 71 in the index, 1 here.*hoidap index"):
        Assistant.open(index_dir)


def test_examples_can_be_answered(assistant):
    for question in assistant.examples(3):
        assert assistant.ask(question).answered


def test_a_figure_names_what_it_is_said_of(assistant):
    answer = assistant.ask("thu ngân sách huyện An Bình năm 2023 là bao nhiêu")
    assert answer.scope == "huyện An Bình · năm 2023"
    assert assistant.ask("xyz abc là bao nhiêu").scope == ""


def test_half_a_character_is_no_part_of_a_question(assistant):
    answer = assistant.ask("Thu ngân sách\ud83d huyện An Bình?")
    assert answer.question == "Thu ngân sách huyện An Bình?"


def test_a_source_in_another_unicode_form(assistant):
    source = unicodedata.normalize("NFD", "Thử nghiệm")
    assert assistant.retrieve("thu ngân sách", source=source)
