"""A conversation typed without diacritics, asked of an index that has the words with them."""

import unicodedata
from pathlib import Path

import pytest

from index.vietnamese import fold
from qa import Assistant
from qa.followup import make_whole
from qa.restored import conversation
from qa.retrieve import Filters
from qa.typed import MOST_TURNS

NOBODY = Filters(None, None, None)


@pytest.fixture
def assistant(index_dir: Path) -> Assistant:
    return Assistant.open(index_dir)


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        (
            ["Thu ngân sách huyện An Bình năm 2023 là bao nhiêu?"],
            "còn Hòa Lộc?",
            "thu ngân sách huyện Hòa Lộc năm 2023 là bao nhiêu",
        ),
        (
            ["Thu ngân sách huyện An Bình năm 2023 là bao nhiêu?", "còn Hòa Lộc?"],
            "thế còn năm 2024?",
            "thu ngân sách huyện Hòa Lộc năm 2024 là bao nhiêu",
        ),
        (
            [("Huyện Hòa Lộc có bao nhiêu trường đạt chuẩn?", "12 trường")],
            "ở đó có bao nhiêu trường mới?",
            "ở huyện Hòa Lộc có bao nhiêu trường mới?",
        ),
    ],
)
def test_a_follow_up_is_made_whole_as_if_both_had_been_typed_with_diacritics(
    assistant, history, question, whole
):
    plain = [fold(turn) if isinstance(turn, str) else (fold(turn[0]), turn[1]) for turn in history]
    typed, turns = conversation(fold(question), plain, assistant._current(), NOBODY)
    assert make_whole(typed, turns) == whole


def test_ask_understands_a_conversation_without_diacritics(assistant):
    answer = assistant.ask("con hoa loc?", ["thu ngan sach nam 2023 cua an binh la bao nhieu?"])
    assert answer.question == "con hoa loc?"
    assert "Hòa Lộc" in answer.understood
    assert "An Bình" not in answer.understood


def test_only_the_questions_without_diacritics_are_written_anew(assistant):
    history = ["Thu ngân sách của huyện an bình năm 2023 là bao nhiêu?"]
    assert conversation("con hoa loc", history, assistant._current(), NOBODY) == ("còn Hòa Lộc", history)
    assert conversation("Còn hòa lộc", history, assistant._current(), NOBODY) == ("Còn hòa lộc", history)


def test_usual_phrases_tell_diacritics_and_no_capitals(assistant):
    history = ["Huyện Hòa Lộc có bao nhiêu trường học?"]
    assert conversation("con an binh?", history, assistant._current(), NOBODY)[0] == "còn An Bình?"


def test_decomposed_letters_are_put_together_first(assistant):
    history, question = ["Thu ngân sách huyện An Bình năm 2023?"], "còn Hòa Lộc?"
    apart = [unicodedata.normalize("NFD", text) for text in (question, *history)]
    typed, turns = conversation(apart[0], apart[1:], assistant._current(), NOBODY)
    assert (typed, turns) == (question, history)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("con so nay tang may phan tram?", "con số"),
        ("con duong nay dai bao nhieu", "con đường"),
        ("con hoa loc", "còn Hòa Lộc"),
        ("the con hoa loc", "thế còn Hòa Lộc"),
    ],
)
def test_con_at_the_beginning_is_and_unless_it_counts(assistant, typed, written):
    history = ["Thu ngân sách huyện An Bình năm 2023 là bao nhiêu?"]
    assert conversation(typed, history, assistant._current(), NOBODY)[0].startswith(written)


def test_what_has_no_diacritics_to_get_leaves_the_conversation_its_own(assistant):
    history = ["Thu ngân sách huyện Hòa Lộc năm 2023 là bao nhiêu?"]
    answer = assistant.ask("ok 2024?", history)
    assert "Hòa Lộc" in answer.searched
    assert conversation("2024?", history, assistant._current(), NOBODY) == ("2024?", history)


def test_a_first_question_is_left_to_the_search_for_it(assistant):
    assert conversation("thu ngan sach", [], assistant._current(), NOBODY) == ("thu ngan sach", [])


def test_only_the_latest_turns_of_a_conversation_are_read(assistant):
    history = [f"Câu hỏi số {number}?" for number in range(200)]
    question, turns = conversation("còn Hòa Lộc?", history, assistant._current(), NOBODY)
    assert (question, turns) == ("còn Hòa Lộc?", history[-MOST_TURNS:])
