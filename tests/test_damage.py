from __future__ import annotations

import random
from pathlib import Path

import pytest

from index.articles import read_article
from index.errors import UnreadableFile

SEEDS = Path(__file__).parents[1] / "seeds"
NAMES = sorted(path.name for path in SEEDS.iterdir() if path.is_file() and path.name != "README.md")


def outcome(path: Path) -> str:
    """The article's text, or the one line that says why there is none; anything else would end a build."""
    try:
        return read_article(path).text
    except UnreadableFile as error:
        return str(error) if "\n" not in str(error) else ""


@pytest.mark.parametrize("name", NAMES)
def test_a_file_damaged_anywhere_is_read_or_refused_and_nothing_else(tmp_path: Path, name: str) -> None:
    """Bytes overwritten at many places: zlib, UTF-16 and XML errors of the parsers must not stop a build."""
    data = (SEEDS / name).read_bytes()
    draw = random.Random(11)
    for _ in range(40):
        broken = bytearray(data)
        for _ in range(draw.choice([1, 20, 200])):
            broken[draw.randrange(len(broken))] = draw.randrange(256)
        path = tmp_path / f"broken{Path(name).suffix}"
        path.write_bytes(broken[: draw.choice([len(broken), draw.randrange(1, len(broken))])])
        assert outcome(path)
