"""Encoding in shards: their union is the plain build, any of them can be done again alone."""

import json
import shutil

import numpy as np
import pytest
from conftest import SEEDS, write

pytest.importorskip("pyarrow", reason="needs pyarrow: pip install 'hoidap[shards]'")
import pyarrow as pa
from pyarrow import parquet

from index import build_index
from index.encode_shard import encode_shard
from index.errors import IndexMismatch, InputError
from index.stores import open_store
from qa.cli import main


def contents(place):
    generation = open_store(place).open_current()
    stored = list(generation.passages())
    lexical = generation.lexical.search({"folded": {"ngan_sach": 1.0, "thanh": 0.3}}, 50)
    return stored, generation.vectors.rows(range(len(stored))).tobytes(), lexical


def encode_all(articles, folder, count):
    return [encode_shard([articles], folder, number=n, count=count, model="toy") for n in range(1, count + 1)]


@pytest.mark.parametrize("count", [1, 3, 7])
def test_the_union_of_the_shards_is_a_plain_build(tmp_path, count):
    reports = encode_all(SEEDS, tmp_path / "vectors", count)
    sharded = build_index([SEEDS], tmp_path / "sharded", model="toy", vectors=tmp_path / "vectors")
    plain = build_index([SEEDS], tmp_path / "plain", model="toy")
    assert (sharded.encoded, plain.encoded) == (0, plain.passages)
    assert sum(report.passages for report in reports) == plain.passages
    assert sum(report.files for report in reports) == plain.articles
    assert contents(tmp_path / "sharded") == contents(tmp_path / "plain")


def test_a_shard_is_done_again_alone(articles, tmp_path):
    for number in range(12):
        write(articles / f"{number}.md", f"Bài {number}", "2024-01-05", f"Huyện có {number} trường học.")
    whole = encode_all(articles, tmp_path / "vectors", 3)
    first = {path.name: path.read_bytes() for path in (tmp_path / "vectors").iterdir()}
    assert len(first) == 3
    assert min(report.files for report in whole) > 0
    (tmp_path / "vectors" / "shard-0002-of-0003.parquet").unlink()
    part = build_index([articles], tmp_path / "part", model="toy", vectors=tmp_path / "vectors")
    assert part.encoded == whole[1].passages
    encode_shard([articles], tmp_path / "vectors", number=2, count=3, model="toy")
    assert {path.name: path.read_bytes() for path in (tmp_path / "vectors").iterdir()} == first


def test_shards_fit_wherever_the_articles_lie(articles, tmp_path):
    first = encode_all(articles, tmp_path / "vectors", 2)
    shutil.copytree(articles, tmp_path / "mount" / "elsewhere")
    again = encode_all(tmp_path / "mount" / "elsewhere", tmp_path / "again", 2)
    assert [report.passages for report in again] == [report.passages for report in first]
    moved = build_index([tmp_path / "mount"], tmp_path / "index", model="toy", vectors=tmp_path / "vectors")
    assert (moved.encoded, moved.passages) == (0, 2)


def test_a_changed_article_is_encoded_and_the_rest_is_not(articles, tmp_path):
    encode_all(articles, tmp_path / "vectors", 2)
    write(articles / "a.md", "Thu ngân sách", "2024-01-05", "Một câu khác hẳn.")
    assert build_index([articles], tmp_path / "index", model="toy", vectors=tmp_path / "vectors").encoded == 1


def test_any_tool_can_read_a_shard(articles, tmp_path):
    report = encode_shard([articles], tmp_path / "vectors", model="toy")
    table = parquet.read_table(report.path)
    assert table.column_names == ["passage_id", "encoded", "vector"]
    assert json.loads(table.schema.metadata[b"hoidap"]) == {
        "fingerprint": "toy-1",
        "passage_prefix": "",
        "dim": 64,
    }
    lengths = np.linalg.norm(np.array(table["vector"].to_pylist()), axis=1)
    assert lengths == pytest.approx([1, 1], abs=1e-6)


def test_a_shard_without_a_file_is_an_empty_shard(articles, tmp_path):
    reports = encode_all(articles, tmp_path / "vectors", 9)
    passages = [report.passages for report in reports]
    assert (min(passages), sum(passages)) == (0, 2)
    assert build_index([articles], tmp_path / "index", model="toy", vectors=tmp_path / "vectors").encoded == 0


def test_a_broken_article_is_listed(articles, tmp_path):
    (articles / "empty.txt").write_bytes(b"")
    report = encode_shard([articles], tmp_path / "vectors", model="toy")
    assert [file.path.rpartition("/")[2] for file in report.skipped] == ["empty.txt"]
    assert (report.files, report.passages) == (3, 2)


def test_shards_of_another_model_are_refused(articles, tmp_path):
    report = encode_shard([articles], tmp_path / "vectors", model="toy")
    table = parquet.read_table(report.path)
    other = {"fingerprint": "other", "passage_prefix": "", "dim": 64}
    parquet.write_table(table.replace_schema_metadata({"hoidap": json.dumps(other)}), report.path)
    with pytest.raises(IndexMismatch, match=r"shard-0001-of-0001.*fingerprint is 'other'.*'toy-1' here"):
        build_index([articles], tmp_path / "index", model="toy", vectors=tmp_path / "vectors")


def test_what_is_no_shard_is_named(articles, tmp_path):
    with pytest.raises(InputError, match="no Parquet file"):
        build_index([articles], tmp_path / "index", model="toy", vectors=tmp_path / "nowhere")
    folder = tmp_path / "vectors"
    folder.mkdir()
    (folder / "a.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(InputError, match=r"a\.parquet: not a file of `hoidap encode`"):
        build_index([articles], tmp_path / "index", model="toy", vectors=folder)
    parquet.write_table(pa.table({"a": [1]}), folder / "a.parquet")
    with pytest.raises(InputError, match=r"a\.parquet: not a file of `hoidap encode`"):
        build_index([articles], tmp_path / "index", model="toy", vectors=folder)


@pytest.mark.parametrize("number", [0, 3])
def test_there_is_no_such_shard(articles, tmp_path, number):
    with pytest.raises(InputError, match=f"no shard {number} of 2"):
        encode_shard([articles], tmp_path, number=number, count=2, model="toy")


def test_the_command(articles, tmp_path, capsys):
    folder = tmp_path / "vectors"
    for shard in ("1/2", "2/2"):
        assert main(["encode", str(articles), "--shard", shard, "--out", str(folder), "--model", "toy"]) == 0
    assert capsys.readouterr().out.startswith(f"{folder}/shard-0001-of-0002.parquet: ")
    place = str(tmp_path / "index")
    command = ["index", str(articles), "--index", place, "--model", "toy", "--vectors", str(folder), "--json"]
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["encoded"] == 0
    with pytest.raises(SystemExit):
        main(["encode", str(articles), "--shard", "3/2", "--out", str(folder)])
    assert "3/2' is no share" in capsys.readouterr().err
