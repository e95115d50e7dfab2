"""Articles added and removed in the browser: files, index and undo stay together."""

from __future__ import annotations

import socket

import pytest
from conftest import write

from index import build_index
from index.build import LEFT_OUT
from index.catalog import catalog
from index.errors import InputError
from index.fetch import _PublicConnection, _with_address, public
from index.library import Library, safe_name
from index.store import Generation
from qa.examples import example_questions


@pytest.fixture
def library(index_dir):
    return Library(index_dir)


def titles(folder):
    return sorted(article.title for article in Generation.open_current(folder).articles().values())


OLD = ["Thu ngân sách huyện An Bình", "Trường học huyện Hòa Lộc"]


def test_a_file_is_added_and_taken_back(library, index_dir, tmp_path):
    write(tmp_path / "c.md", "Chợ huyện", "2024-03-01", "Chợ có 40 sạp.")
    place = library.add_file(tmp_path / "c.md", "c.md")
    report, steps = library.update()
    assert (report.added, report.removed, report.encoded) == (1, 0, 1)
    assert [(step.kind, step.path) for step in steps] == [("add", place.as_posix())]
    assert titles(index_dir) == ["Chợ huyện", *OLD]
    assert library.undo() == "000001"
    assert titles(index_dir) == OLD
    assert not place.exists()
    assert library.update()[0].articles == 2  # the next update does not bring it back


def test_an_own_article_is_removed_and_comes_back(library, index_dir):
    place = library.add_data("Chợ có 40 sạp hàng.".encode(), "chợ.txt")
    library.update()
    library.remove(place.as_posix())
    assert not place.exists()
    library.update()
    assert titles(index_dir) == OLD
    library.undo()
    assert place.read_text(encoding="utf-8") == "Chợ có 40 sạp hàng."
    assert len(titles(index_dir)) == 3


def test_a_file_elsewhere_is_left_out_and_stays_on_the_disk(library, index_dir, articles):
    library.remove((articles / "a.md").as_posix())
    report, _ = library.update()
    assert report.removed == 1
    assert titles(index_dir) == OLD[1:]
    assert (articles / "a.md").exists()
    assert [(file.path, file.reason) for file in report.skipped] == [
        ((articles / "a.md").as_posix(), LEFT_OUT)
    ]
    assert build_index([articles], index_dir, model="toy").articles == 1  # the command leaves it out as well
    library.restore((articles / "a.md").as_posix())
    library.update()
    assert titles(index_dir) == OLD


def test_undo_needs_a_change_and_the_index_it_left(library, index_dir, articles):
    with pytest.raises(InputError, match="không có thay đổi nào"):
        library.undo()
    library.add_data(b"Ch\xe1\xbb\xa3.", "c.txt")
    library.update()
    build_index([articles], index_dir, model="toy")
    assert not library.can_undo()


def test_the_same_name_twice_makes_two_files(library):
    first, second = (library.add_data(b"x", "bài.txt") for _ in range(2))
    assert (first.name, second.name) == ("bài.txt", "bài-2.txt")


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../x.txt", "x.txt"),
        ("C:\\a\\b.md", "b.md"),
        (".htaccess", "htaccess"),
        ("///", "bai-viet"),
        ("a<b>.pdf", "ab.pdf"),
    ],
)
def test_names_of_uploads_are_file_names(name, safe):
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "ftp://x/y", "http://", "http://127.0.0.1/x", "http://[::1]/", "http://10.0.0.1/"],
)
def test_only_public_web_addresses_are_fetched(address):
    with pytest.raises(InputError):
        public(address)


def test_a_fetched_page_knows_its_address():
    assert _with_address(b"<html><head><title>", "https://a.vn/?x=1&y") == (
        b'<html><head><link rel="canonical" href="https://a.vn/?x=1&amp;y"><title>'
    )
    bare = b"<!doctype html>\n<title>T</title>"  # the tag of the head may be left out
    assert _with_address(bare, "https://a.vn/") == (
        b'<!doctype html><head><link rel="canonical" href="https://a.vn/"></head>\n<title>T</title>'
    )
    own = b'<head><link rel="canonical" href="https://b.vn">'
    assert _with_address(own, "https://a.vn/") == own


def test_catalog(index_dir):
    listed = catalog(Generation.open_current(index_dir))
    assert [one.title for one in listed.articles] == [
        "Trường học huyện Hòa Lộc",
        "Thu ngân sách huyện An Bình",
    ]
    assert listed.sources() == {"Báo Thử nghiệm": 2}
    assert listed.years() == [2024]
    assert [one.title for one in listed.search("hoa loc")[0]] == ["Trường học huyện Hòa Lộc"]
    assert listed.search("không có") == ([], [])


def test_a_catalog_holds_what_lives_in_every_segment(tmp_path):
    """Rows have gaps once an index has grown; the catalog and the examples go by what is there."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(9):
        write(
            folder / f"{number}.md", f"Bài {number}", "2024-01-01", f"Số trường của huyện là {number} trường."
        )
    build_index([folder], tmp_path / "index", model="toy")
    (folder / "0.md").unlink()
    write(folder / "9.md", "Bài 9", "2024-01-01", "Số chợ của huyện An Bình là 40 chợ.")
    build_index([folder], tmp_path / "index", model="toy")
    generation = Generation.open_current(tmp_path / "index")
    assert len(generation.segments) == 2
    assert sorted(one.title for one in catalog(generation).articles) == [f"Bài {n}" for n in range(1, 10)]
    assert example_questions(generation, 9)[-1] == "Số chợ của huyện An Bình là bao nhiêu?"


def test_examples_are_natural_questions(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, text in enumerate(
        (
            "Về dự Đại hội có 242 đại biểu.",
            "Về phần thu nhập là 42 triệu đồng. Tỷ lệ hộ nghèo còn 2,1%.",
            "Nhưng xã này cũng có 12 ấp.",
            "Huyện Hòa Lộc cũng có hơn 12 xã.",
        )
    ):
        write(folder / f"{number}.md", f"Bài {number}", "2024-01-01", text)
    build_index([folder], tmp_path / "index", model="toy")
    assert example_questions(Generation.open_current(tmp_path / "index"), 9) == [
        "Về dự Đại hội có bao nhiêu đại biểu?",
        "Tỷ lệ hộ nghèo là bao nhiêu?",
        "Huyện Hòa Lộc có bao nhiêu xã?",
    ]


def test_undo_behind_an_undo_goes_back_to_what_was_before(library, index_dir):
    first = library.store.current()
    for name in ("mot", "hai"):
        library.add_data(f"Bài {name}: thu ngân sách đạt 5 tỷ đồng năm 2020.".encode(), f"{name}.txt")
        library.update()
        assert library.undo() == first
    assert library.store.current() == first


def test_an_update_that_failed_keeps_its_steps_for_the_next_one(library, index_dir):
    place = library.add_data("Chợ có 40 sạp hàng.".encode(), "chợ.txt")

    def full(stage, done, total):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        library.update(full)
    report, steps = library.update()
    assert (report.added, [step.path for step in steps]) == (1, [place.as_posix()])
    library.undo()
    assert not place.exists()
    assert titles(index_dir) == OLD


def test_what_cannot_be_written_is_said(library):
    library.uploads.parent.mkdir(exist_ok=True)
    library.uploads.symlink_to("/proc/self")
    with pytest.raises(InputError, match=r"không lưu được tệp chợ\.txt"):
        library.add_data(b"x", "chợ.txt")


def test_a_name_that_leads_elsewhere_later_is_not_read():
    """What was checked may be another address by the time it is connected to."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        connection = _PublicConnection("127.0.0.1", server.getsockname()[1], timeout=5)
        with pytest.raises(InputError, match=r"không từ 127\.0\.0\.1"):
            connection.connect()
        assert connection.sock is None


def test_the_index_is_no_article_of_the_folder_that_holds_it(articles):
    index = articles / "chỉ mục"
    build_index([articles], index, model="toy")
    library = Library(index)
    library.remove(library.add_data(b"Ch\xe1\xbb\xa3.", "chợ.txt").as_posix())
    report, _ = library.update()
    assert (report.articles, report.skipped) == (2, ())
    assert titles(index) == OLD
