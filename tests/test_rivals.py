"""Several answers to one question: what must be listed side by side, and what is one answer told twice."""

from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import write

from index import build_index
from index.types import Article, Passage
from qa import Assistant
from qa.features import Examiner
from qa.plain import to_plain
from qa.question import understand
from qa.read import Reply
from qa.rivals import _same_noun
from qa.types import Hit
from qa.views import View
from qa.web.reply import bubble
from qa.web.words import words

GROUPS = 6
"""So many indexes hold all cases: cases of one topic lie in different ones."""


class Case(NamedTuple):
    """A question with its articles (day, title, text) and the values that the answer lists."""

    kind: str
    question: str
    articles: list[tuple[str, str, str]]
    values: set[str]


def read_cases():
    """The cases of ``data/rivals.txt`` by name."""
    text = (Path(__file__).parent / "data" / "rivals.txt").read_text(encoding="utf-8")
    cases = {}
    for block in text.split("\n== ")[1:]:
        head, question, *articles, values = block.strip().split("\n")
        kind, _, name = head.partition(": ")
        parts = [tuple(article.split(" | ")) for article in articles]
        cases[name] = Case(
            kind, question.removeprefix("? "), parts, set(values.removeprefix("= ").split("; "))
        )
    return cases


CASES = read_cases()


def names(kind):
    return [name for name, case in CASES.items() if case.kind == kind]


@pytest.fixture(scope="module")
def assistants(tmp_path_factory):
    """The indexes, by group."""
    folder = tmp_path_factory.mktemp("rivals")
    for place, case in enumerate(CASES.values()):
        group = folder / str(place % GROUPS)
        group.mkdir(exist_ok=True)
        for part, (day, title, text) in enumerate(case.articles, 1):
            write(group / f"{place}-{part}.md", title, day, text, f"Báo Số {part}")
    for group in range(GROUPS):
        build_index([folder / str(group)], folder / f"index-{group}", model="toy")
    return [Assistant.open(folder / f"index-{group}") for group in range(GROUPS)]


def asked(assistants, name):
    return assistants[list(CASES).index(name) % GROUPS].ask(CASES[name].question)


def values(answer):
    """The values that the answer lists: its marks, which stand in its text too."""
    found = set()
    for citation in answer.citations:
        [(start, end)] = citation.marks
        value = citation.quote[start - citation.start : end - citation.start]
        assert value.lower() in answer.text.lower()
        assert f"[{citation.number}]" in answer.text
        found.add(value)
    return found


@pytest.mark.parametrize("name", names("disagreement"))
def test_sources_that_disagree_are_shown_side_by_side(assistants, name):
    answer = asked(assistants, name)
    assert (answer.conflict, values(answer)) == ("disagreement", CASES[name].values)
    assert answer.text.startswith("Các nguồn nêu khác nhau: ")
    assert listed_newest_first(answer)


@pytest.mark.parametrize("name", names("ambiguous"))
def test_an_open_question_lists_an_answer_for_each_place_and_time(assistants, name):
    answer = asked(assistants, name)
    assert (answer.conflict, values(answer)) == ("ambiguous", CASES[name].values)
    assert answer.text.startswith("Câu hỏi có nhiều câu trả lời theo ")


@pytest.mark.parametrize("name", names("agreement"))
def test_one_answer_told_twice_is_no_conflict(assistants, name):
    answer = asked(assistants, name)
    assert answer.answered
    assert (answer.conflict, len(answer.citations)) == ("", 1)
    assert values(answer) <= CASES[name].values


def listed_newest_first(answer):
    days = [citation.published for citation in answer.citations]
    return days == sorted(days, reverse=True)


def test_there_are_thirty_and_more_of_each():
    assert len(names("disagreement")) + len(names("ambiguous")) == 35
    assert len(names("agreement")) >= 30


def test_each_value_comes_with_its_scope_its_source_and_its_day(assistants):
    assert asked(assistants, "schools").text == (
        "Các nguồn nêu khác nhau: 21/25 trường (huyện Tà Lương; Báo Số 2, đăng 05/10/2021) [1]; "
        "18/25 trường (huyện Tà Lương; Báo Số 1, đăng 05/09/2021) [2]."
    )
    assert asked(assistants, "budget by place").text == (
        "Câu hỏi có nhiều câu trả lời theo nơi: 77 tỷ đồng (huyện Lũng Pa, năm 2023; Báo Số 2, đăng 08/01/2024) [1]; "
        "98 tỷ đồng (huyện Ea Rốc, năm 2023; Báo Số 1, đăng 05/01/2024) [2]."
    )


def test_the_newest_period_comes_first(assistants):
    text = asked(assistants, "targets by year").text
    places = [text.index(value) for value in ("(huyện Ba Tháp, năm 2023", "9 tháng đầu năm 2021", "năm 2020")]
    assert places == sorted(places)


def test_the_chat_says_so_above_the_answer(assistants):
    shown = {name: bubble(asked(assistants, name), words()) for name in ("schools", "shrimp by year", "plan")}
    assert "Các nguồn nêu khác nhau<" in shown["schools"]
    assert f"{words()['ambiguous']}<" in shown["shrimp by year"]
    assert not any(words()[kind] in shown["plan"] for kind in ("ambiguous", "disagreement"))


def test_clients_are_told_the_kind_of_conflict(assistants):
    kinds = [to_plain(asked(assistants, name))["conflict"] for name in ("schools", "shrimp by year", "plan")]
    assert kinds == ["disagreement", "ambiguous", ""]


def test_one_person_in_two_years_is_named_once(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name, day in (("a", "2022-03-01"), ("b", "2023-03-01")):
        write(
            folder / f"{name}.md",
            f"Tin tỉnh An Lạc {day[:4]}",
            day,
            f"Năm {day[:4]}, Bí thư Tỉnh ủy An Lạc Lê Văn Bình dự hội nghị số {name}.",
        )
    write(
        folder / "c.md",
        "Tin tỉnh An Lạc 2019",
        "2019-03-01",
        "Năm 2019, Bí thư Tỉnh ủy An Lạc Trần Thị Cúc dự lễ.",
    )
    build_index([folder], tmp_path / "index", model="toy")
    answer = Assistant.open(tmp_path / "index").ask("Bí thư Tỉnh ủy An Lạc là ai")
    assert answer.text.count("Lê Văn Bình") <= 1


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Số hộ nghèo còn 318 hộ.", True),
        ("Thị xã còn 318 hộ nghèo.", True),
        ("Số hộ cận nghèo còn 318 hộ.", False),
        ("Thị xã còn 318 hộ cận nghèo.", False),
    ],
)
def test_what_is_counted_may_stand_before_its_number(text, same):
    asked = understand("Còn bao nhiêu hộ nghèo?")
    best, other = (view(asked, one) for one in ("Thành phố còn 437 hộ nghèo.", text))
    assert _same_noun(asked, best, other) == same


def view(asked, text):
    """The first number of a text as its rivals see it."""
    article = Article("a" * 16, "/a.txt", "Tin", "", "", None, text)
    hit = Hit(Passage("p", "a" * 16, 0, len(text), text), article, 1.0, 1)
    found = Examiner(asked, [hit], lambda term: 1, 10).scored()
    return View(asked, Reply(next(one for one in found if one.candidate.quantity), 1.0, 0.5))
