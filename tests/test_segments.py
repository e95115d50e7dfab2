"""Segments and the generations made of them: an index that grew answers as one that was made at once."""

import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import time
from pathlib import Path

import pytest
from conftest import write

from index import build_index
from index.store import Generation, rollback
from qa import Assistant

SUBJECTS = (
    "thu ngân sách|chi thường xuyên|trồng lúa|nuôi tôm|trường học|hộ nghèo|đường giao thông|khu công nghiệp"
)
PLACES = "An Bình|Hòa Lộc|Phú Mỹ|Tân Thành|Long Sơn|Vĩnh Hưng|Bình Khê"
QUERIES = [f"{subject} huyện {place}" for subject in SUBJECTS.split("|") for place in PLACES.split("|")]


def made(folder, number, draw):
    subject, place = draw.choice(SUBJECTS.split("|")), draw.choice(PLACES.split("|"))
    text = f"Huyện {place} báo cáo về {subject}: đạt {draw.randrange(10, 999)} tỷ đồng trong năm {2000 + number}. "
    write(folder / f"{number:04d}.md", f"Báo cáo {number}", "2024-05-01", text * draw.randrange(1, 4))


@pytest.fixture
def many(tmp_path):
    """A folder of sixty articles and a draw to change it with."""
    folder, draw = tmp_path / "many", random.Random(5)
    folder.mkdir()
    for number in range(60):
        made(folder, number, draw)
    return folder, draw


def names(index_dir):
    return [segment.folder.name for segment in Generation.open_current(index_dir).segments]


def stored(index_dir):
    generation = Generation.open_current(index_dir)
    found = sorted(generation.passages(), key=lambda one: (one[2].path, one[1].passage.start))
    return [(p, a) for _, p, a in found], generation.vectors.rows([row for row, _, _ in found]).tobytes()


def hits(index_dir):
    assistant = Assistant.open(index_dir)
    return [
        [(hit.passage.passage_id, round(hit.score, 5)) for hit in assistant.retrieve(q, 5)] for q in QUERIES
    ]


def test_added_articles_become_a_segment_and_the_answers_those_of_a_full_build(many, tmp_path):
    """Nothing is deleted, so BM25 counts the same passages: same hits, same scores."""
    folder, draw = many
    build_index([folder], tmp_path / "grown", model="toy")
    for number in range(60, 66):
        made(folder, number, draw)
        build_index([folder], tmp_path / "grown", model="toy")
    assert names(tmp_path / "grown") == ["000001", "000007"]  # each update joined the small segment before it
    build_index([folder], tmp_path / "full", model="toy")
    assert names(tmp_path / "full") == ["000001"]
    assert stored(tmp_path / "grown") == stored(tmp_path / "full")
    assert hits(tmp_path / "grown") == hits(tmp_path / "full")


def test_deleted_passages_are_found_no_more_and_shift_scores_a_little(many, tmp_path):
    """They count in BM25 until everything is written anew, at 20%: the first hit stays, scores move by 0.05 at most."""
    folder, draw = many
    build_index([folder], tmp_path / "grown", model="toy")
    for number in (3, 14, 15, 41):
        made(folder, number, draw)
    (folder / "0026.md").unlink()
    report = build_index([folder], tmp_path / "grown", model="toy")
    assert (report.changed, report.removed, report.articles) == (4, 1, 59)
    assert Generation.open_current(tmp_path / "grown").dead.tolist() == [3, 14, 15, 26, 41]
    build_index([folder], tmp_path / "full", model="toy")
    assert stored(tmp_path / "grown") == stored(tmp_path / "full")
    for grown, full in zip(hits(tmp_path / "grown"), hits(tmp_path / "full"), strict=True):
        scores = dict(full)
        assert abs(grown[0][1] - full[0][1]) <= 0.05
        moved = [abs(score - scores[name]) for name, score in grown if name in scores]
        assert max(moved) <= 0.05, moved
        assert len(scores.keys() & dict(grown).keys()) >= 2


def test_when_a_fifth_is_deleted_everything_is_written_anew_but_not_encoded(many, tmp_path):
    folder, draw = many
    build_index([folder], tmp_path / "grown", model="toy")
    for number in range(20):
        made(folder, number, draw)
    changed = build_index([folder], tmp_path / "grown", model="toy")
    generation = Generation.open_current(tmp_path / "grown")
    assert (names(tmp_path / "grown"), generation.dead.tolist()) == (["000002"], [])
    assert generation.lexical.deleted == 0
    assert 20 <= changed.encoded < changed.passages
    build_index([folder], tmp_path / "full", model="toy")
    assert hits(tmp_path / "grown") == hits(tmp_path / "full")


def test_random_changes_leave_what_a_full_build_holds(many, tmp_path):
    folder, draw = many
    seen = set()
    for step in range(12):
        for number in draw.sample(range(70), 3):
            path = folder / f"{number:04d}.md"
            if path.exists() and draw.random() < 0.3:
                path.unlink()
            else:
                made(folder, number, draw)
        build_index([folder], tmp_path / "grown", model="toy")
        seen.add(len(names(tmp_path / "grown")))
        if step % 4 == 3:
            shutil.rmtree(tmp_path / "full", ignore_errors=True)
            build_index([folder], tmp_path / "full", model="toy")
            assert stored(tmp_path / "grown") == stored(tmp_path / "full")
    assert len(seen) > 1


def test_segments_are_shared_and_swept_when_no_kept_generation_holds_them(many, tmp_path):
    folder, draw = many
    index_dir = tmp_path / "grown"
    build_index([folder], index_dir, model="toy")
    for number in range(60, 64):
        made(folder, number, draw)
        build_index([folder], index_dir, model="toy")
    assert sorted(path.name for path in (index_dir / "segments").iterdir()) == [
        "000001", "000003", "000004", "000005",
    ]  # fmt: skip
    before = [segment.folder / "vectors.f32" for segment in Generation.open_current(index_dir).segments]
    assert [path.parent.name for path in before] == ["000001", "000005"]
    assert rollback(index_dir) == "000004"
    assert Generation.open_current(index_dir).manifest.articles == 63
    assert names(index_dir) == ["000001", "000004"]


def test_a_generation_that_was_built_upon_stays_as_it_was(many, tmp_path):
    """The next one starts from hard links to its lexical index, and deletes in it."""
    folder, draw = many
    build_index([folder], tmp_path / "grown", model="toy")
    first = Generation.open_current(tmp_path / "grown")
    said = first.lexical.search({"folded": {"bao": 1.0}}, 500)
    (folder / "0007.md").unlink()
    made(folder, 60, draw)
    build_index([folder], tmp_path / "grown", model="toy")
    again = Generation(tmp_path / "grown", first.name)
    assert again.lexical.search({"folded": {"bao": 1.0}}, 500) == said
    assert len(again.vectors) == len(list(again.passages())) == first.manifest.passages
    assert Generation.open_current(tmp_path / "grown").lexical.deleted > 0


def test_filters_pass_only_living_rows_of_every_segment(many, tmp_path):
    folder, _ = many
    build_index([folder], tmp_path / "grown", model="toy")
    write(folder / "0001.md", "Một", "2025-01-01", "Huyện An Bình có một trường.", source="Báo Khác")
    write(folder / "0061.md", "Hai", "2025-01-02", "Huyện An Bình có hai trường.", source="Báo Khác")
    build_index([folder], tmp_path / "grown", model="toy")
    generation = Generation.open_current(tmp_path / "grown")
    assert len(generation.segments) == 2
    rows = generation.rows_where(source="Khác")
    assert [article.title for _, _, article in generation.passages(rows.tolist())] == ["Một", "Hai"]
    assert generation.rows_where(source="nowhere").tolist() == []
    assert len(generation.rows_where(source="Báo")) == generation.manifest.passages
    found = generation.vectors.search(generation.vectors.rows(rows[:1])[0], 9, rows)
    assert sorted(row for row, _ in found) == rows.tolist()


def test_a_table_beside_articles_and_passages_is_seen_over_all_segments(many, tmp_path):
    """What else is kept of an article goes into its segment's database, by article row."""
    folder, draw = many
    index_dir = tmp_path / "grown"
    build_index([folder], index_dir, model="toy")
    made(folder, 61, draw)
    (folder / "0002.md").unlink()
    build_index([folder], index_dir, model="toy")
    from index.joined import open_together

    paths = [segment.folder / "articles.sqlite" for segment in Generation.open_current(index_dir).segments]
    for path, rows in zip(paths, ([1, 2, 3], [60]), strict=True):
        with sqlite3.connect(path) as database:
            database.execute("CREATE TABLE notes (article_row INTEGER, note TEXT)")
            database.executemany("INSERT INTO notes VALUES (?, 'x')", [(row,) for row in rows])
        database.close()
    together = open_together(paths, [2])
    assert together.execute("SELECT article_row FROM notes ORDER BY 1").fetchall() == [(1,), (3,), (60,)]
    together.close()


def test_the_kind_of_vector_index_is_kept_and_another_one_writes_everything_anew(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    line = "Huyện {} có {} trường học đạt chuẩn quốc gia trong năm học vừa qua. "
    for number in range(4):
        text = "\n\n".join(line.format(n, n * number) * 6 for n in range(300))
        write(folder / f"{number}.md", f"Bài {number}", "2024-01-01", text)
    first = build_index([folder], tmp_path / "index", model="toy", vector_index="sq8")
    assert first.passages > 1000
    assert [s.record.kind for s in Generation.open_current(tmp_path / "index").segments] == ["sq8"]
    write(folder / "5.md", "Bài 5", "2024-01-01", "Thêm một bài.")
    build_index([folder], tmp_path / "index", model="toy")
    assert [s.record.kind for s in Generation.open_current(tmp_path / "index").segments] == ["sq8", "flat"]
    report = build_index([folder], tmp_path / "index", model="toy", vector_index="rabitq")
    generation = Generation.open_current(tmp_path / "index")
    assert ([s.record.kind for s in generation.segments], report.encoded) == (["rabitq"], 0)
    row = next(generation.passages())[0]
    assert generation.vectors.search(generation.vectors.rows([row])[0], 1)[0][1] == pytest.approx(1.0)


def _add_for_ever(folder, index_dir):
    draw = random.Random(9)
    for number in range(100, 10_000):
        made(Path(folder), number, draw)
        build_index([folder], index_dir, model="toy")


def test_kill_at_any_moment_while_segments_are_added_and_joined(many, tmp_path):
    """SIGKILL while a process adds article after article: what CURRENT names is always whole and goes on growing."""
    folder, _ = many
    index_dir = tmp_path / "grown"
    build_index([folder], index_dir, model="toy")
    context, articles = multiprocessing.get_context("spawn"), 60
    for delay in (1.6, 1.67, 1.75, 1.82):
        process = context.Process(target=_add_for_ever, args=(str(folder), str(index_dir)))
        process.start()
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        generation = Generation.open_current(index_dir)
        found = list(generation.passages())
        assert (
            len(generation.vectors) == generation.manifest.passages == len(found) == len(generation.lexical)
        )
        assert generation.manifest.articles == len(generation.files()) >= articles
        articles = generation.manifest.articles
    build_index([folder], index_dir, model="toy")
    build_index([folder], tmp_path / "full", model="toy")
    assert stored(index_dir) == stored(tmp_path / "full")
    left = {path.name for room in ("generations", "segments") for path in (index_dir / room).iterdir()}
    assert not [name for name in left if name.startswith(".")]
