"""Shared fixtures: the toy encoder is real code, small enough that every test can build an index."""

from pathlib import Path

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
