"""The scoring rules, each worked by hand."""

import json

import pytest

from index.errors import InputError
from index.types import Article, Passage
from qa.evaluate import Row, Summary, by_type, found, holds, normal, read_rows, score, summarise
from qa.report import compare, reliability, save, table, wrong_rows
from qa.types import Answer, Citation, Hit


def row(type="figure", answers=("120,5 tỷ đồng",), docs=("a.md",), id="1"):
    return Row(id, "Câu hỏi?", type, answers, docs, (), (), "")


def citation(quote, path="/bai/a.md"):
    return Citation(1, "p-1", "p", path, "Tiêu đề", "", "", None, quote, 0, len(quote))


def hit(text, path="/bai/a.md", rank=1):
    article = Article("p", path, "Tiêu đề", "", "", None, text)
    return Hit(Passage(f"p-{rank}", "p", 0, len(text), text), article, 1.0, rank)


def said(text, short=None, answered=True, confidence=0.9, citations=(), hits=()):
    return Answer("Câu hỏi?", text, short, answered, confidence, tuple(citations), tuple(hits))


REFUSAL = said("Không tìm thấy.", answered=False, confidence=0.1)


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("đạt 70 triệu", "70", True),
        ("đạt 170 triệu", "70", False),
        ("đạt 700 triệu", "70", False),
        ("tăng 20,18%", "18%", False),
        ("tăng 18%.", "18%", True),
        ("tăng 18,5%", "18", False),
        ("có 1.800 hộ", "1", False),
        ("có 3.250 hộ", "250", False),
        ("có 3.250 hộ", "3.250", True),
        ("có 18, 19 và 20", "18", True),
        ("18.", "18", True),
        ("25/34 trường", "25/34", True),
        ("ông Trần Văn Anh", "Văn An", False),
        ("Thành phố  Sóc\nTrăng", "thành phố sóc trăng", True),
        ("hòa bình", "hòa bình", True),
    ],
)
def test_holds_at_the_edges_of_tokens_and_numbers(text, answer, expected):
    assert holds(text, answer) is expected


def test_text_is_compared_in_one_form():
    assert normal("Thu  NGÂN\tsách\n") == "thu ngân sách"
    assert holds("thu nga\u0302n sa\u0301ch", "ngân sách")


@pytest.mark.parametrize("type", ["figure", "date", "person", "place", "followup"])
def test_a_short_type_is_right_by_its_text_and_exact_by_its_short_answer(type):
    both = score(row(type), said("Thu 120,5 tỷ đồng [1]", short="120,5 tỷ đồng"))
    assert (both.right, both.exact) == (True, True)
    text_only = score(row(type), said("Thu 120,5 tỷ đồng [1]", short="98 tỷ đồng"))
    assert (text_only.right, text_only.exact) == (True, False)
    assert score(row(type), said("Thu 98 tỷ đồng")).right is False


def test_one_of_several_answers_is_enough_for_a_short_type():
    assert score(row(answers=("120,5 tỷ", "120 tỷ 500 triệu")), said("120 tỷ 500 triệu đồng")).right


@pytest.mark.parametrize("type", ["list", "comparison", "ambiguous"])
def test_a_list_must_hold_every_answer(type):
    wanted = row(type, ("An Bình", "Hòa Lộc"))
    whole, half = score(wanted, said("An Bình và Hòa Lộc")), score(wanted, said("An Bình"))
    assert (whole.right, whole.exact, half.right) == (True, None, False)


@pytest.mark.parametrize(("type", "most"), [("figure", 80), ("text", 160), ("list", 160)])
def test_a_long_text_is_wrong(type, most):
    filler = "từ " * (most - 3)
    assert score(row(type), said(filler + "120,5 tỷ đồng")).right
    assert not score(row(type), said(filler + "thêm 120,5 tỷ đồng")).right


def test_a_short_answer_has_at_most_twelve_words():
    at_most = "120,5 tỷ đồng" + " x" * 9
    assert score(row(), said("120,5 tỷ đồng", short=at_most)).exact
    assert score(row(), said("120,5 tỷ đồng", short=at_most + " x")).exact is False
    assert score(row(), said("120,5 tỷ đồng", short="")).exact is False


def test_unanswerable_is_right_when_refused():
    refused = score(row("unanswerable", (), ()), REFUSAL)
    assert (refused.right, refused.exact, refused.cited, refused.found, refused.answerable) == (
        True, None, False, None, False,
    )  # fmt: skip
    assert score(row("unanswerable", (), ()), said("Có.")).right is False


def test_a_refusal_is_never_right_exact_or_cited():
    text = said("120,5 tỷ đồng", short="120,5 tỷ đồng", answered=False, citations=[citation("120,5 tỷ đồng")])
    scored = score(row(), text)
    assert (scored.right, scored.exact, scored.cited) == (False, False, False)


def test_cited_needs_the_file_and_the_answer_in_the_quote():
    assert score(row(), said("x", citations=[citation("đạt 120,5 tỷ đồng")])).cited
    assert not score(row(), said("x", citations=[citation("đạt 121 tỷ đồng")])).cited
    assert not score(row(), said("x", citations=[citation("đạt 120,5 tỷ đồng", "/bai/b.md")])).cited
    assert not score(row(docs=()), said("x", citations=[citation("đạt 120,5 tỷ đồng")])).cited


def test_several_files_need_one_citation_each():
    wanted = row("comparison", ("120,5 tỷ", "98 tỷ"), ("a.md", "b.md"))
    first, second = citation("120,5 tỷ"), citation("98 tỷ", "/bai/b.md")
    assert score(wanted, said("x", citations=[first, second])).cited
    assert not score(wanted, said("x", citations=[first])).cited


def test_found_looks_at_the_first_five_hits():
    others = [hit("không có gì", rank=rank) for rank in range(1, 6)]
    right = hit("đạt 120,5 tỷ đồng", rank=5)
    assert found(row(), [*others[:4], right])
    assert not found(row(), [*others, right])
    assert not found(row(), [hit("đạt 120,5 tỷ đồng", "/bai/b.md")])
    assert found(row(), [*others, right], depth=6)


SCORES = [
    score(row(id="1"), said("120,5 tỷ đồng", "120,5 tỷ đồng", citations=[citation("120,5 tỷ đồng")])),
    score(row(id="2"), said("98 tỷ đồng", "98 tỷ đồng", confidence=0.96, hits=[hit("120,5 tỷ đồng")])),
    score(row("list", id="3"), REFUSAL),
    score(row("list", id="4"), said("120,5 tỷ đồng", confidence=0.65)),
    score(row("unanswerable", (), (), id="5"), said("Có.", confidence=0.61)),
    score(row("unanswerable", (), (), id="6"), REFUSAL),
    score(row("unanswerable", (), (), id="7"), REFUSAL),
]


def test_shares_are_over_the_questions_they_concern():
    assert summarise(SCORES) == Summary(
        questions=7,
        right=2 / 4,
        exact=1 / 2,
        cited=1 / 4,
        found=1 / 4,
        false_answers=1 / 3,
        false_refusals=1 / 4,
    )


def test_a_type_that_is_absent_has_no_share():
    summary = by_type(SCORES)
    assert list(summary) == ["figure", "list", "unanswerable", "all"]
    assert summary["all"] == summarise(SCORES)
    assert summary["unanswerable"] == Summary(3, None, None, None, None, 1 / 3, None)
    assert (summary["list"].exact, summary["list"].false_answers) == (None, None)
    assert summarise([]) == Summary(0, None, None, None, None, None, None)


def test_the_table_shows_percent_and_a_dash():
    head, *lines = [line.split() for line in table(by_type(SCORES)).splitlines()]
    assert head == ["type", "n", "right", "exact", "cited", "hit@5", "false", "answers", "false", "refusals"]
    assert lines[0] == ["figure", "2", "50.0", "50.0", "50.0", "50.0", "-", "0.0"]
    assert lines[2] == ["unanswerable", "3", "-", "-", "-", "-", "33.3", "-"]


def test_wrong_rows_are_shown_and_right_ones_not():
    blocks = [line.split()[0] for line in wrong_rows(SCORES).splitlines() if not line.startswith(" ")]
    assert blocks == ["2", "3", "4", "5"]


def test_reliability_bins_the_answered_questions_by_confidence():
    assert reliability(SCORES) == [((0.65 + 0.61) / 2, 1 / 2, 2), ((0.9 + 0.96) / 2, 1 / 2, 2)]


def test_a_saved_run_is_compared_row_by_row(tmp_path):
    path = tmp_path / "run.jsonl"
    save(SCORES, path)
    assert compare(SCORES, path).splitlines() == ["better (0):", "worse (0):"]
    changed = [score(row(id="1"), REFUSAL), score(row(id="2"), said("120,5 tỷ đồng", "120,5 tỷ đồng"))]
    assert compare(changed, path).splitlines() == ["better (1):", "2 Câu hỏi?", "worse (1):", "1 Câu hỏi?"]


def test_rows_are_read_with_single_values_as_lists(tmp_path):
    path = tmp_path / "set.jsonl"
    line = {
        "id": 7,
        "question": "Ai?",
        "type": "person",
        "answers": "An",
        "doc": "a.md",
        "history": ["Trước?"],
    }
    path.write_text(json.dumps(line) + "\n\n" + '{"id": "8", "question": "?", "type": "unanswerable"}\n')
    assert read_rows(path) == [
        Row("7", "Ai?", "person", ("An",), ("a.md",), (), ("Trước?",), ""),
        Row("8", "?", "unanswerable", (), (), (), (), ""),
    ]


@pytest.mark.parametrize("line", ["no json", '{"id": 1}', "[1, 2]", "5"])
def test_a_line_that_is_no_question_is_named(tmp_path, line):
    path = tmp_path / "set.jsonl"
    path.write_text(f'{{"id": 1, "question": "?", "type": "text"}}\n{line}\n')
    with pytest.raises(InputError, match=r"set\.jsonl, line 2: not a question .*docs/evaluation\.md"):
        read_rows(path)


def test_the_set_of_the_seeds_can_be_read(request):
    rows = read_rows(request.config.rootpath / "tests" / "data" / "seeds_questions.jsonl")
    assert len({one.id for one in rows}) == len(rows) > 100
    assert all(one.answers and one.docs for one in rows if one.type != "unanswerable")


def test_a_line_separator_in_a_question_ends_no_line(tmp_path):
    row = {"id": "1", "question": "Thu\u2028ngân sách?", "type": "figure", "answers": "3", "doc": "a.md"}
    (tmp_path / "q.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert [one.question for one in read_rows(tmp_path / "q.jsonl")] == ["Thu\u2028ngân sách?"]


def test_a_set_that_is_not_utf_8_is_named(tmp_path):
    (tmp_path / "q.jsonl").write_bytes("Thu ngân sách".encode("utf-16"))
    with pytest.raises(InputError, match=r"q\.jsonl: not UTF-8"):
        read_rows(tmp_path / "q.jsonl")


def test_a_file_that_is_no_saved_run_is_named(tmp_path):
    (tmp_path / "run.jsonl").write_text('"abc"\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"run\.jsonl: not a saved run"):
        compare([], tmp_path / "run.jsonl")
