"""The questions that the reader is fitted on."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from cases import write_passages

from index.articles import read_article


def test_passages_of_two_files_with_one_id_are_two_articles(tmp_path):
    for folder, text in (("mine", "Xã thu 3 tỷ đồng."), ("theirs", "Xã chi 5 tỷ đồng.")):
        (tmp_path / folder).mkdir()
        row = {"id": "t1-001", "title": "Xã A", "published": "2020-01-05", "text": text, "qas": []}
        (tmp_path / folder / "t1.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    passages = write_passages([tmp_path / "mine", tmp_path / "theirs"], tmp_path / "articles")
    texts = [read_article(path).text for path in sorted((tmp_path / "articles").rglob("*.md"))]
    assert [passage["text"] for passage in passages] == ["Xã thu 3 tỷ đồng.", "Xã chi 5 tỷ đồng."]
    assert texts == ["Xã thu 3 tỷ đồng.", "Xã chi 5 tỷ đồng."]
