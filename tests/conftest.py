"""Shared fixtures: the toy encoder is real code, small enough that every test can build an index."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import milvus_lite_server as milvus_lite
import pytest

from index import build_index
from index.types import Article

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data beside the project."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared, which is not part of the project")
    return SHARED


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder of two small articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    write(
        folder / "a.md",
        "Thu ngân sách huyện An Bình",
        "2024-01-05",
        "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng. Chi ngân sách là 98 tỷ đồng.",
    )
    write(
        folder / "b.md",
        "Trường học huyện Hòa Lộc",
        "2024-02-10",
        "Toàn huyện Hòa Lộc có 18/25 trường học đạt chuẩn quốc gia. Tỷ lệ hộ nghèo còn 2,1%.",
    )
    return folder


def write(path: Path, title: str, published: str, text: str, source: str = "Báo Thử nghiệm") -> None:
    """Write one Markdown article with front matter."""
    path.write_text(
        f"---\ntitle: {title}\npublished: {published}\nsource: {source}\n---\n{text}\n", encoding="utf-8"
    )


@pytest.fixture
def index_dir(articles: Path, tmp_path: Path) -> Path:
    """An index of the two articles, encoded by the toy encoder."""
    folder = tmp_path / "index"
    build_index([articles], folder, model="toy")
    return folder


def article(text: str, furniture: tuple[tuple[int, int], ...] = ()) -> Article:
    """An article that is nothing but its text."""
    return Article("0" * 16, "/a.txt", "Tiêu đề", "", "", None, text, furniture)


@pytest.fixture(scope="session")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[milvus_lite.Server]:
    """A milvus-lite server for the whole run; every test takes a collection of its own."""
    milvus_lite.require()
    server = milvus_lite.Server(tmp_path_factory.mktemp("milvus"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(params=["folder", "milvus"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an index may be: a folder, and an alias of a Milvus server."""
    if request.param == "folder":
        return str(tmp_path / "store")
    return request.getfixturevalue("milvus").address(f"t{secrets.token_hex(6)}")
