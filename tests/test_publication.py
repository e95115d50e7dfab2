import pytest
from conftest import write

from index import build_index
from qa import Assistant


@pytest.fixture
def assistant(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    write(
        folder / "dam.md",
        "Khánh thành hồ Đầm Vạc",
        "2023-05-17",
        "17-05-2023 08:15\n\nUBND huyện An Bình khánh thành hồ Đầm Vạc ngày 16/5/2023, vốn 80 tỷ đồng.",
    )
    write(
        folder / "cau.md",
        "Thông xe cầu Bến Sỏi",
        "2023-06-02",
        "Cầu Bến Sỏi thông xe sáng 1/6/2023 sau hai năm thi công.",
    )
    build_index([folder], tmp_path / "index", model="toy")
    return Assistant.open(tmp_path / "index")


@pytest.mark.parametrize(
    "question",
    [
        "bài khánh thành hồ Đầm Vạc đăng ngày nào",
        "tin về hồ Đầm Vạc đăng lúc nào",
        "ngày đăng bài viết khánh thành hồ Đầm Vạc",
        "bai viet khanh thanh ho Dam Vac dang khi nao",
    ],
)
def test_the_printed_day_of_the_article(assistant, question):
    answer = assistant.ask(question)
    assert answer.short == "17-05-2023 08:15"
    assert answer.citations[0].quote == "17-05-2023 08:15"
    assert answer.citations[0].path.endswith("dam.md")


def test_an_article_that_prints_no_day_gives_none(assistant):
    assert not assistant.ask("bài thông xe cầu Bến Sỏi đăng ngày nào").answered


def test_another_article_s_day_is_not_taken(assistant):
    assert not assistant.ask("bài về sân bay Phú Lộc đăng ngày nào").answered


def test_registering_is_not_publishing(assistant):
    answer = assistant.ask("ngày đăng ký dự thi là ngày nào")
    assert answer.short != "17-05-2023 08:15"


@pytest.fixture
def signed(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    write(
        folder / "cho.md",
        "Chợ Vàm mở cửa",
        "2023-05-17",
        "Chợ Vàm mở cửa ngày 16/5/2023.\n\nLưu Nhã - Hồ Bích",
    )
    write(folder / "de.md", "Đê Cồn Nổi bị sạt", "2023-05-18", "Đê Cồn Nổi bị sạt 30 m. Tin, ảnh: N.Thu")
    write(
        folder / "cau.md",
        "Cầu Bến Sỏi thông xe",
        "2023-06-02",
        "Cầu Bến Sỏi thông xe sáng 1/6/2023.\n\nTheo TTXVN",
    )
    write(folder / "ao.md", "Ao làng Tró cạn nước", "2023-06-03", "Ao làng Tró cạn nước từ tháng 5.")
    build_index([folder], tmp_path / "index", model="toy")
    return Assistant.open(tmp_path / "index")


@pytest.mark.parametrize(
    ("question", "author"),
    [
        ("Ai viết bài chợ Vàm mở cửa?", "Lưu Nhã - Hồ Bích"),
        ("tác giả bài chợ Vàm mở cửa là ai", "Lưu Nhã - Hồ Bích"),
        ("Bài đê Cồn Nổi bị sạt do ai viết?", "N.Thu"),
        ("bai cau Ben Soi thong xe do ai viet", "Theo TTXVN"),
    ],
)
def test_the_byline_of_the_article(signed, question, author):
    answer = signed.ask(question)
    assert answer.short == author
    assert author in answer.citations[0].quote


def test_an_article_without_a_byline_gives_no_author(signed):
    assert not signed.ask("Ai viết bài ao làng Tró cạn nước?").answered


def test_the_writer_of_a_song_is_no_byline(signed):
    assert signed.ask("Ai là tác giả bài hát chợ Vàm?").short != "Lưu Nhã - Hồ Bích"
