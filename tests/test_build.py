import sqlite3

import numpy as np
import pytest
from conftest import write

import index.build
from index import build_index
from index.build import settings_of_this_version
from index.encode import load_encoder
from index.errors import InputError
from index.store import Generation


def contents(folder):
    """Everything a generation says, free of names, times and rows, in the order of the files."""
    generation = Generation.open_current(folder)
    found = sorted(generation.passages(), key=lambda one: (one[2].path, one[1].passage.start))
    vectors = generation.vectors.rows([row for row, _, _ in found])
    ids = {row: stored.passage.passage_id for row, stored, _ in found}
    terms = {"folded": {"thu": 1.0, "truong": 0.5, "huyen": 0.1}}
    hits = sorted((-score, ids[row]) for row, score in generation.lexical.search(terms, 50))
    files = {path: (record.sha256, record.article_id) for path, record in generation.files().items()}
    return [(stored, article) for _, stored, article in found], vectors.tobytes(), hits, files


def test_the_report_counts_what_was_done(articles, tmp_path):
    folder = tmp_path / "index"
    first = build_index([articles], folder, model="toy")
    assert (first.added, first.changed, first.removed, first.unchanged, first.articles) == (2, 0, 0, 0, 2)
    assert first.encoded == first.passages == 2
    write(articles / "a.md", "Thu ngân sách huyện An Bình", "2024-01-05", "Thu ngân sách đạt 130 tỷ đồng.")
    write(articles / "c.md", "Bài mới", "2024-03-01", "Một dự án mới được khởi công.")
    (articles / "b.md").unlink()
    second = build_index([articles], folder, model="toy")
    assert (second.added, second.changed, second.removed, second.unchanged) == (1, 1, 1, 0)
    assert second.encoded == 2
    third = build_index([articles], folder, model="toy")
    assert (third.unchanged, third.encoded, third.articles) == (2, 0, 2)


def test_an_incremental_index_equals_a_full_rebuild(articles, tmp_path):
    random = np.random.default_rng(3)
    folder = tmp_path / "index"
    for step in range(12):
        name = articles / f"{random.integers(6)}.md"
        if name.exists() and random.random() < 0.4:
            name.unlink()
        else:
            write(
                name,
                f"Bài {random.integers(3)}",
                "2024-05-01",
                f"Huyện có {random.integers(99)} trường. Thu ngân sách tăng.",
            )
        build_index([articles], folder, model="toy")
        build_index([articles], tmp_path / f"full{step}", model="toy")
        assert contents(folder) == contents(tmp_path / f"full{step}")


def test_vectors_are_what_the_encoder_gives_for_title_date_and_passage(index_dir):
    generation = Generation.open_current(index_dir)
    _, stored, article = next(generation.passages())
    text = f"{article.title} ({article.published:%d/%m/%Y})\n{stored.passage.text}"
    assert np.array_equal(generation.vectors.rows([0]), load_encoder("toy").encode_passages([text]))


def test_broken_files_are_listed_and_the_rest_is_built(articles, tmp_path):
    (articles / "empty.txt").write_bytes(b"")
    (articles / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    report = build_index([articles], tmp_path / "index", model="toy")
    assert report.articles == 2
    assert [file.path.rsplit("/", 1)[1] for file in report.skipped] == ["broken.pdf", "empty.txt"]
    assert all(file.reason and "\n" not in file.reason for file in report.skipped)


def test_other_settings_read_everything_again_but_encode_only_what_is_new(index_dir, articles):
    manifest = Generation.open_current(index_dir).folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"splitter": ', '"splitter": 9'))
    report = build_index([articles], index_dir, model="toy")
    assert (report.encoded, report.articles) == (0, 2)
    assert Generation.open_current(index_dir).manifest.settings == settings_of_this_version()


def test_another_model_encodes_everything_anew(index_dir, articles):
    manifest = Generation.open_current(index_dir).folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"fingerprint": "', '"fingerprint": "other '))
    assert build_index([articles], index_dir, model="toy").encoded == 2


def test_two_files_of_one_text_are_two_articles(articles, tmp_path):
    (articles / "copy.md").write_bytes((articles / "a.md").read_bytes())
    report = build_index([articles], tmp_path / "index", model="toy")
    assert (report.articles, report.passages) == (3, 3)


def test_paths_that_cannot_be_used(tmp_path):
    with pytest.raises(InputError, match="no path"):
        build_index([], tmp_path / "index", model="toy")
    with pytest.raises(InputError, match="nowhere"):
        build_index([tmp_path / "nowhere"], tmp_path / "index", model="toy")


def test_an_empty_folder_makes_an_empty_index(tmp_path):
    (tmp_path / "none").mkdir()
    report = build_index([tmp_path / "none"], tmp_path / "index", model="toy")
    assert (report.articles, report.passages) == (0, 0)
    assert Generation.open_current(tmp_path / "index").vectors.search(np.ones(64, np.float32), 3) == []


def test_progress_is_told(articles, tmp_path):
    told = []
    build_index([articles], tmp_path / "index", model="toy", progress=lambda *step: told.append(step))
    assert ("read", 2, 2) in told
    assert ("encode", 2, 2) in told
    assert told[-1] == ("store", 1, 1)


def test_the_database_is_an_ordinary_sqlite_file(index_dir):
    with sqlite3.connect(index_dir / "segments" / "000001" / "articles.sqlite") as database:
        assert database.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_a_file_with_the_size_and_times_of_the_last_build_is_not_read_again(articles, tmp_path, monkeypatch):
    monkeypatch.setattr(index.build, "_YOUNG", -1)  # no file is too young for its times to tell
    folder = tmp_path / "index"
    build_index([articles], folder, model="toy")
    path = (articles / "a.md").as_posix()
    known = Generation.open_current(folder).files()
    assert known[path].stamp
    told = known[path]._replace(sha256="as recorded")
    (file,), _ = index.build._examine([path], {path: told})
    assert file == index.build._File(path, "as recorded", told.stamp, told)
    write(articles / "a.md", "Thu ngân sách huyện An Bình", "2024-01-05", "Thu ngân sách đạt 131 tỷ đồng.")
    assert build_index([articles], folder, model="toy").changed == 1


def test_a_file_that_is_young_is_known_by_its_bytes(index_dir):
    assert {record.stamp for record in Generation.open_current(index_dir).files().values()} == {""}
