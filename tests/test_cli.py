"""The ``hoidap`` command, run for real over a toy index."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, write

from index.database import DATABASE
from index.lock import lock
from index.store import Generation, generations
from qa.cli import main

QUESTION = "thu ngân sách huyện An Bình năm 2023 là bao nhiêu"
QUOTE = "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng."


@pytest.fixture
def run(capsys, index_dir, monkeypatch):
    """Run a command over the toy index: (exit code, standard output, standard error)."""
    monkeypatch.setenv("HOIDAP_INDEX", str(index_dir))

    def command(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


@pytest.fixture
def questions(tmp_path):
    path = tmp_path / "questions.jsonl"
    rows = [
        {"id": "1", "question": QUESTION, "type": "figure", "answers": ["120,5 tỷ đồng"], "doc": "a.md"},
        {"id": "2", "question": "Giá vàng hôm nay thế nào?", "type": "unanswerable", "note": "off-topic"},
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_index_reports_what_was_done(run, articles):
    write(articles / "c.md", "Chợ nổi", "2024-03-01", "Chợ nổi đón 12.345 lượt khách.")
    (articles / "old.doc").write_bytes(b"x")
    code, out, err = run("index", articles, "--model", "toy")
    first, second = out.splitlines()
    assert (code, err) == (0, "")
    assert first.startswith("3 articles, 3 passages (1 added, 0 changed, 0 removed, 2 unchanged) in ")
    assert first.endswith("; generation 000002")
    assert re.fullmatch(r"  not indexed: .*/old\.doc: .*\.docx", second)


def test_index_without_a_path_takes_those_of_the_last_build(run, articles):
    (articles / "b.md").unlink()
    code, out, _ = run("index", "--model", "toy", "--json")
    report = json.loads(out)
    assert (code, report["removed"], report["unchanged"], report["skipped"]) == (0, 1, 1, [])


def test_index_with_add_keeps_the_earlier_paths(run, articles, tmp_path):
    more = tmp_path / "more"
    more.mkdir()
    write(more / "d.md", "Chợ nổi", "2024-03-01", "Chợ nổi đón 12.345 lượt khách.")
    assert json.loads(run("index", "--add", more, "--model", "toy", "--json")[1])["articles"] == 3
    paths = json.loads(run("status", "--json")[1])["manifest"]["roots"]
    assert paths == [articles.as_posix(), more.as_posix()]
    assert json.loads(run("index", more, "--model", "toy", "--json")[1])["removed"] == 2


def test_ask_prints_the_answer_and_where_it_stands(run, articles):
    code, out, err = run("ask", QUESTION)
    answer, origin, place = out.splitlines()
    assert (code, err) == (0, "")
    assert "120,5 tỷ đồng" in answer
    assert "[1]" in answer
    assert origin == "  [1] Thu ngân sách huyện An Bình · Báo Thử nghiệm · 05/01/2024"
    assert place == f"      {articles.as_posix()}/a.md, characters 0-{len(QUOTE)}"


def test_ask_as_json_is_the_whole_answer(run):
    answer = json.loads(run("ask", QUESTION, "--json")[1])
    (citation,) = answer["citations"]
    assert (answer["question"], answer["answered"], answer["short"]) == (QUESTION, True, "120,5 tỷ đồng")
    assert (citation["quote"], citation["published"]) == (QUOTE, "2024-01-05")
    assert "text" not in answer["hits"][0]["article"]


def test_ask_with_history_and_filters(run):
    whole = json.loads(run("ask", "còn Hòa Lộc?", "--history", QUESTION, "--json")[1])
    assert "ngân sách" in whole["searched"]
    assert "Hòa Lộc" in whole["searched"]
    hits = json.loads(run("ask", QUESTION, "--since", "2024-02-01", "--json")[1])["hits"]
    assert [Path(hit["article"]["path"]).name for hit in hits] == ["b.md"]


def test_what_is_not_there_is_not_answered(run):
    code, out, _ = run("ask", "Giá vàng hôm nay thế nào?", "--json")
    answer = json.loads(out)
    assert (code, answer["answered"], answer["short"], answer["citations"]) == (0, False, None, [])
    assert run("ask", "Giá vàng hôm nay thế nào?")[1].startswith("Không tìm thấy")


def test_search_lists_passages_by_rank(run):
    code, out, _ = run("search", "thu ngân sách huyện An Bình", "-k", "2")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "1. (1.00) Thu ngân sách huyện An Bình · Báo Thử nghiệm · 05/01/2024"
    assert lines[1].strip().startswith(QUOTE)
    hits = json.loads(run("search", "ngân sách", "--source", "Báo", "--until", "2024-01-31", "--json")[1])
    assert [(hit["rank"], Path(hit["article"]["path"]).name) for hit in hits] == [(1, "a.md")]
    assert run("search", "ngân sách", "-k", "0") == (0, "", "")


def test_status(run, index_dir, articles):
    code, out, _ = run("status")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].startswith(f"index: {index_dir}/generations/000001, built 20")
    assert lines[1:] == [
        "articles: 2, passages: 2, newest: 2024-02-10",
        "model: toy, dimension 64",
        f"paths: {articles.as_posix()}",
        "chat: 127.0.0.1:7860, reader built-in, reranker none, auth none, articles may be added, MCP off",
        "added articles: in the index folder",
    ]
    told = json.loads(run("status", "--json")[1])
    assert (told["generation"], told["newest"], told["manifest"]["dim"]) == ("000001", "2024-02-10", 64)


def test_rollback(run, articles, index_dir):
    (articles / "b.md").unlink()
    run("index", "--model", "toy")
    assert json.loads(run("rollback", "--json")[1]) == {"generation": "000001"}
    assert Generation.open_current(index_dir).manifest.articles == 2
    code, out, err = run("rollback")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "000001 is the oldest generation kept" in err
    assert generations(index_dir) == ["000001", "000002"]


def test_the_doctor_tells_of_a_damaged_database(run, index_dir):
    path = index_dir / "segments" / "000001" / DATABASE
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)
    code, out, err = run("doctor")
    assert (code, err) == (1, "")
    assert [line.split()[0] for line in out.splitlines()] == ["ok", "FAIL", "FAIL"]


def test_doctor(run, index_dir):
    code, out, _ = run("doctor")
    assert (code, [line.split()[0] for line in out.splitlines()]) == (0, ["ok"] * 4)
    path = index_dir / "segments" / "000001" / "vectors.f32"
    path.write_bytes(path.read_bytes()[:-1])
    code, out, _ = run("doctor", "--json")
    (check,) = json.loads(out)
    assert (code, check["name"], check["passed"]) == (1, "open", False)
    assert re.search(r"vectors\.f32: \d+ bytes, \d+ expected; run `hoidap rollback`", check["detail"])


def test_eval_scores_saves_and_compares(run, questions, tmp_path):
    code, out, _ = run("eval", questions, "--save", tmp_path / "run.jsonl")
    assert (code, out.split()[0]) == (0, "type")
    assert out.splitlines()[-1].split()[:3] == ["all", "2", "100.0"]
    code, out, err = run("eval", questions, "--compare", tmp_path / "run.jsonl", "--json")
    summary = json.loads(out)
    assert code == 0
    assert err.splitlines() == ["better (0):", "worse (0):"]
    assert summary["all"] == {
        "questions": 2,
        "right": 1.0,
        "exact": 1.0,
        "cited": 1.0,
        "found": 1.0,
        "false_answers": 0.0,
        "false_refusals": 0.0,
    }


def test_eval_shows_the_wrong_rows(run, tmp_path):
    path = tmp_path / "wrong.jsonl"
    row = {"id": "w1", "question": QUESTION, "type": "figure", "answers": ["7 tỷ đồng"], "doc": "a.md"}
    path.write_text(json.dumps(row), encoding="utf-8")
    out = run("eval", path, "-v")[1]
    assert f"w1 figure: {QUESTION}\n  wanted: 7 tỷ đồng" in out
    assert "right=False exact=False cited=False" in out


def test_eval_draws_the_reliability_curve(run, questions, tmp_path):
    pytest.importorskip("matplotlib", reason="needs matplotlib (pip install hoidap[dev])")
    assert run("eval", questions, "--plot", tmp_path / "curve.png")[0] == 0
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.model
def test_eval_indexes_the_articles_first(run, questions, articles):
    code, out, err = run("eval", questions, "--articles", articles, "--index", articles.parent / "new")
    assert (code, err) == (0, "")
    assert out.startswith("2 articles, 2 passages (2 added,")
    assert Generation.open_current(articles.parent / "new").manifest.dim == 384


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask", "Ai?", "--index", "{tmp}/none"], "no index yet; make one with `hoidap index PATH --index "),
        (["search", "Ai?", "--index", "{tmp}/none"], "no index yet"),
        (["status", "--index", "{tmp}/none"], "no index yet"),
        (["rollback", "--index", "{tmp}/none"], "nothing to roll back"),
        (["eval", "{tmp}/questions.jsonl", "--index", "{tmp}/none"], "no index yet"),
        (["serve", "--index", "{tmp}/none"], "no index yet"),
        (["status", "--index", "{tmp}/bad.jsonl"], "bad.jsonl"),
        (["index", "--index", "{tmp}/none"], "no path given and no earlier build to repeat"),
        (["index", "{tmp}/nowhere", "--model", "toy"], "{tmp}/nowhere"),
        (["index", "{tmp}", "--model", "{tmp}/no model"], "no model at {tmp}/no model"),
        (["ask", ""], "câu hỏi trống"),
        (["ask", "  "], "câu hỏi trống"),
        (["search", ""], "câu hỏi trống"),
        (["ask", "x" * 2001], "câu hỏi dài 2001 ký tự"),
        (["eval", "{tmp}/nowhere.jsonl"], "nowhere.jsonl: cannot be read"),
        (["eval", "{tmp}/bad.jsonl"], "bad.jsonl, line 1: not a question"),
        (["eval", "{tmp}/questions.jsonl", "--compare", "{tmp}/bad.jsonl"], "bad.jsonl: not a saved run"),
    ],
)
def test_an_error_is_one_line_and_exit_code_1(run, questions, tmp_path, arguments, message):
    (tmp_path / "bad.jsonl").write_text("no json\n", encoding="utf-8")
    code, out, err = run(*(argument.replace("{tmp}", str(tmp_path)) for argument in arguments))
    assert (code, err.count("\n"), err.startswith("hoidap: ")) == (1, 1, True)
    assert message.replace("{tmp}", str(tmp_path)) in err
    assert "Traceback" not in out + err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["search", "x", "--since", "2021-13-01"], "'2021-13-01' is no day; write it like 2021-07-02"),
        (["ask", "x", "--until", "hôm qua"], "'hôm qua' is no day"),
        (["search", "x", "-k", "ba"], "invalid int value"),
        (["ask"], "the following arguments are required: question"),
        (["fly"], "invalid choice"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_wrong_usage_is_exit_code_2(run, arguments, message):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert message in err.splitlines()[-1]


def test_a_second_builder_is_told_to_wait(run, articles, index_dir, monkeypatch):
    monkeypatch.setattr("index.build.LOCK_WAIT", 0.0)
    with lock(index_dir):
        code, _, err = run("index", articles, "--model", "toy")
    assert code == 1
    assert "being built by process" in err
    assert err.endswith("try again later\n")


@pytest.mark.parametrize("arguments", [["status"], ["status", "--json"]])
def test_a_reader_that_stops_reading_is_no_error(index_dir, arguments):
    """As ``hoidap status | head -0``: the pipe is closed before anything is written."""
    program = "from qa.cli import main; raise SystemExit(main())"
    command = [sys.executable, "-c", program, *arguments, "--index", str(index_dir)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
