"""What the page's buttons ask of the server, without a browser."""

from __future__ import annotations

import base64
import html
import json
import re
import time
from contextlib import ExitStack
from dataclasses import replace

import pytest

from index.errors import InputError
from index.library import Library
from index.types import Article, Passage
from qa import Assistant, feedback
from qa.evaluate import read_rows
from qa.question import understand
from qa.read import ExtractiveReader
from qa.settings import Settings, settings
from qa.suggest import follow_ups
from qa.types import Hit
from qa.web.answers import Underway
from qa.web.builder import Builder, Progress
from qa.web.desk import Desk
from qa.web.export import to_markdown
from qa.web.record import record_of
from qa.web.shelf import Shelf
from qa.web.talk import progress_lines, reply
from qa.web.words import words

QUESTION = "thu ngân sách huyện An Bình năm 2023 là bao nhiêu"


@pytest.fixture
def assistant(index_dir):
    return Assistant.open(index_dir)


def desk_of(assistant, folder, *, read_only=False):
    folder.mkdir(exist_ok=True)
    return Desk(assistant, Shelf(assistant, Builder(Library(assistant.store)), folder, read_only=read_only))


@pytest.fixture
def desk(assistant, tmp_path):
    return desk_of(assistant, tmp_path / "received")


def call(desk, name, **request):
    (function,) = [one for one in desk.functions() if one.__name__ == name]
    return function(request)


def finish(desk):
    for _ in range(600):
        now = call(desk, "progress")
        assert "error" not in now, now
        if not now["running"]:
            return now
        time.sleep(0.05)
    raise AssertionError("the update does not end")


def test_a_turn_is_answered_with_what_was_asked_before(desk):
    assert "<strong>120&#44;5 tỷ đồng</strong>" in reply(desk.answers, {"question": QUESTION})
    before = [QUESTION, "một <b>"]
    later = reply(desk.answers, {"question": "huyện Hòa Lộc có bao nhiêu trường?", "history": before})
    record = json.loads(html.unescape(re.search(r'data-record="([^"]*)"', later)[1]))
    assert record["history"] == before
    assert reply(desk.answers, {"question": "  "}) == ""


def test_a_wrong_filter_is_said_in_the_chat(desk):
    said = reply(desk.answers, {"question": QUESTION, "since": "hôm qua"})
    assert "không phải là năm hay ngày" in said


def test_what_to_ask_next_is_put_off_while_others_wait(desk):
    with desk.answers.counted():
        assert call(desk, "suggest", question=QUESTION) == {"later": True}
    assert "questions" in call(desk, "suggest", question=QUESTION)


def progress_while_read(index_dir, folder, question, others=0):
    """What the page is told of a question whose passages are being read, while ``others`` wait as well."""
    told = []

    class Telling(ExtractiveReader):
        def read(self, *asked):
            with ExitStack() as waiting:
                for _ in range(others):
                    waiting.enter_context(desk.answers.counted())
                told.append(call(desk, "looking", question=question))
            return super().read(*asked)

    desk = desk_of(Assistant.open(index_dir, reader=Telling()), folder)
    assert "120" in desk.answers.ask(question).text
    assert call(desk, "looking", question=question) == {"lines": []}
    return told


def test_what_is_looked_for_and_read_is_told_while_one_person_waits(index_dir, tmp_path):
    [told] = progress_while_read(index_dir, tmp_path / "received", QUESTION)
    looked_for, read = told["lines"]
    assert looked_for == "Đang tìm: thu ngân sách huyện An Bình · năm 2023 · số liệu"
    assert re.fullmatch(r"Đang đọc \d+ bài: .+", read)
    assert progress_while_read(index_dir, tmp_path / "again", QUESTION, others=1) == [{"lines": []}]


def test_at_most_three_articles_are_named():
    hits = tuple(
        Hit(
            Passage(f"{n}-0", str(n), 0, 4, "chữ."),
            Article(str(n), f"/{n}.txt", f"Bài {n}", "", "", None, "chữ."),
            0.5,
            n,
        )
        for n in (1, 1, 2, 3, 4)
    )
    underway = Underway(understand("chợ Mới mở năm nào"), hits)
    assert progress_lines(underway, words("vi"))[1] == "Đang đọc 4 bài: Bài 1 · Bài 2 · Bài 3 …"
    assert progress_lines(replace(underway, hits=hits[:2]), words("en"))[1] == "Reading 1 article: Bài 1"


def test_an_answer_is_read_once_until_the_index_changes(desk, assistant):
    first = desk.answers.ask(QUESTION)
    assert desk.answers.ask(QUESTION) is first
    assert desk.answers.ask(QUESTION, ["trước"]) is not first


def test_good_and_broken_uploads_and_undo(desk, assistant, tmp_path):
    good, broken = tmp_path / "received" / "1.txt", tmp_path / "received" / "2.pdf"
    good.write_text("Năm 2024, chợ Mới có 77 sạp hàng.", encoding="utf-8")
    broken.write_bytes(b"%PDF-1.4 hong")
    files = [{"path": str(good), "name": "chợ.txt"}, {"path": str(broken), "name": "hỏng.pdf"}]
    assert call(desk, "add", files=files) == {}
    done = finish(desk)
    assert done["undo"]
    assert "<b>chợ&#46;txt</b>: <span" in done["html"]
    assert "✓ đã vào chỉ mục" in done["html"]
    assert "✗ chưa vào: không đọc được&#58; PDF bị hỏng" in done["html"]
    assert desk.answers.ask("chợ Mới năm 2024 có bao nhiêu sạp hàng").short.startswith("77 sạp")
    assert call(desk, "undo") == {}
    assert assistant.status().articles == 2


def test_only_what_was_just_uploaded_is_taken(desk, index_dir):
    said = call(desk, "add", files=[{"path": str(index_dir / "CURRENT"), "name": "a.txt"}])
    assert "không phải tệp vừa tải lên" in said["error"]
    assert "không có trong chỉ mục" in call(desk, "remove", path="/etc/passwd")["error"]


def test_pasted_text_becomes_an_article(desk, assistant):
    text = {"title": 'Tin "mới" nhất', "source": "Báo A", "day": "5/1/2024", "body": "Xã Tân có 12 ấp."}
    assert call(desk, "add", text=text) == {}
    finish(desk)
    (found,) = assistant.catalog().search("tin moi")[0]
    assert (found.title, found.source, str(found.published)) == ('Tin "mới" nhất', "Báo A", "2024-01-05")
    assert "Hãy ghi tên bài" in call(desk, "add", text={**text, "body": " "})["error"]


def test_read_only_offers_nothing_that_changes(assistant, tmp_path):
    closed = desk_of(assistant, tmp_path / "r", read_only=True)
    names = {function.__name__ for function in closed.functions()}
    assert names & {"add", "remove", "restore", "rebuild", "undo"} == set()
    assert {"article", "articles", "figures", "progress"} <= names
    assert "data-do" not in closed.shelf_tab("vi")
    assert 'data-do="remove"' not in call(closed, "articles")["html"]


def test_the_list_of_articles(desk):
    html = call(desk, "articles")["html"]
    assert html.count("<tr>") == 3
    assert 'data-do="remove"' in html
    assert call(desk, "articles", search="hoa loc")["html"].count("<tr>") == 2
    assert "Không có bài nào" in call(desk, "articles", search="xyz")["html"]


def test_figures_are_listed_and_exported(desk):
    html = call(desk, "figures", indicator="thu ngân sách")["html"]
    assert "120&#44;5 tỷ đồng" in html
    assert 'data-do="open"' in html
    csv = call(desk, "csv", place="An Bình")["csv"]
    assert csv.startswith("\ufeffindicator,value,unit,")
    assert "Không có số liệu nào" in call(desk, "figures", year="1950")["html"]


def test_feedback_becomes_a_question_set(desk, assistant, tmp_path):
    answer = desk.answers.ask(QUESTION)
    record = record_of(answer)
    for verdict in ("topic", "right"):
        assert call(desk, "feedback", verdict=verdict, record=record) == {}
    assert "error" in call(desk, "feedback", verdict="so-so", record=record)
    kept = feedback.read(assistant.store.folder)
    assert [one.verdict for one in kept] == ["topic", "right"]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in feedback.question_set(kept)), encoding="utf-8")
    (row,) = read_rows(path)
    assert (row.question, row.answers, row.docs) == (QUESTION, ("120,5 tỷ đồng",), ("a.md",))


def test_an_article_opens_at_its_sentence(desk):
    citation = desk.answers.ask(QUESTION).citations[0]
    asked = {
        "id": citation.article_id,
        "quote": citation.quote,
        "start": citation.start,
        "marks": citation.marks,
    }
    assert '<mark class="hd-key hd-here">120&#44;5 tỷ đồng</mark>' in call(desk, "article", **asked)["html"]
    assert "đã thay đổi" in call(desk, "article", **{**asked, "id": "x"})["html"]
    assert call(desk, "article") == {"error": "yêu cầu không hợp lệ (KeyError)"}


def test_export(desk, tmp_path):
    from index.articles import read_article

    record = record_of(desk.answers.ask(QUESTION))
    said = call(desk, "export", records=[record], format="docx")
    (tmp_path / "a.docx").write_bytes(base64.b64decode(said["base64"]))
    assert QUESTION in read_article(tmp_path / "a.docx").text
    markdown = to_markdown([record], words())
    assert f"## 1. {QUESTION}" in markdown
    assert "> Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng." in markdown
    assert "error" in call(desk, "export", records=[], format="exe")


def test_follow_ups_are_tried(desk):
    assert follow_ups(desk.answers.ask, QUESTION) == []
    offered = call(desk, "suggest", question="tỷ lệ hộ nghèo huyện Hòa Lộc", history=[])["questions"]
    assert all(desk.answers.ask(one).answered for one in offered)


def test_time_left():
    assert Progress(True, "encode", 25, 100, 10.0).left(20.0) == 30.0
    assert Progress(True, "encode", 0, 100, 10.0).left(20.0) is None
    assert Progress(False, "encode", 25, 100, 10.0).left(20.0) is None


def test_settings_come_from_the_command_then_the_environment():
    environment = {"HOIDAP_PORT": "8000", "HOIDAP_AUTH": "nam:bí mật", "HOIDAP_READ_ONLY": "1"}
    found = settings({"port": 9000, "auth": None, "read_only": False}, environment)
    assert (found.port, found.auth, found.read_only) == (9000, "nam:bí mật", True)
    assert found.credentials() == ("nam", "bí mật")
    assert "bí mật" not in "".join(found.lines())
    assert settings({}, {}) == Settings()
    with pytest.raises(InputError, match="HOIDAP_PORT"):
        settings({}, {"HOIDAP_PORT": "x"})
    with pytest.raises(InputError, match="USER:PASSWORD"):
        settings({"auth": "nam"}, {}).credentials()


def test_an_update_that_fails_for_any_reason_ends(monkeypatch, index_dir):
    library = Library(index_dir)

    def full(notify):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(library, "update", full)
    builder = Builder(library)
    builder._run()
    assert builder.progress().running is False
    assert "No space left" in str(builder.progress().error)
