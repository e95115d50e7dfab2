import json
import multiprocessing
import os
import shutil
import signal
import time

import pytest
from conftest import write

from index import build_index
from index.errors import IndexDamaged, IndexLocked, IndexMismatch, IndexMissing
from index.lock import lock
from index.store import Generation, current_generation, generations, index_folder, rollback


def rebuild(articles, index_dir, text):
    write(articles / "a.md", "Thu ngân sách", "2024-01-05", text)
    return build_index([articles], index_dir, model="toy").generation


def test_three_generations_are_kept_and_rolled_back_to(articles, index_dir):
    for number in range(4):
        rebuild(articles, index_dir, f"Thu ngân sách đạt {number} tỷ đồng.")
    assert generations(index_dir) == ["000003", "000004", "000005"]
    assert rollback(index_dir) == "000004"
    assert "đạt 2 tỷ" in next(Generation.open_current(index_dir).passages())[1].passage.text
    assert rollback(index_dir) == "000003"
    with pytest.raises(IndexMissing, match="oldest"):
        rollback(index_dir)
    assert rebuild(articles, index_dir, "Mới.") == "000006"
    assert rollback(index_dir) == "000003"  # not to one from which people went back


def test_an_open_generation_goes_on_working_after_it_was_dropped(articles, index_dir):
    generation = Generation.open_current(index_dir)
    for number in range(4):
        rebuild(articles, index_dir, f"Số {number}.")
    assert not generation.folder.exists()
    assert len(list(generation.passages())) == 2
    assert generation.lexical.search({"folded": {"thu": 1.0}}, 3)


def test_no_index(tmp_path):
    with pytest.raises(IndexMissing, match="hoidap index"):
        Generation.open_current(tmp_path)
    with pytest.raises(IndexMissing):
        rollback(tmp_path)


def test_another_format_is_named_with_its_remedy(index_dir):
    path = Generation.open_current(index_dir).folder / "manifest.json"
    path.write_text(path.read_text().replace('"format_version": 2', '"format_version": 0'))
    with pytest.raises(IndexMismatch, match=r"format_version is 0.*hoidap index"):
        Generation.open_current(index_dir)


@pytest.mark.parametrize("name", ["vectors.f32", "articles.sqlite", "rows.npy"])
def test_a_missing_or_short_file_is_named(index_dir, name):
    path = index_dir / "segments" / "000001" / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match=f"{name}.*bytes"):
        Generation.open_current(index_dir)
    path.unlink()
    with pytest.raises(IndexDamaged, match=f"{name}.*missing"):
        Generation.open_current(index_dir)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("rows.npy", r"rows\.npy: 2 passages, 3 expected"),
        ("vectors.f32", r"vectors\.f32: 2 passages, 3 expected"),
    ],
)
def test_files_of_another_generation_are_refused(articles, index_dir, tmp_path, file, said):
    write(articles / "c.md", "Ba", "2024-01-05", "Bài thứ ba.")
    build_index([articles], tmp_path / "other", model="toy")
    target = tmp_path / "other" / "segments" / "000001" / file
    shutil.copy(index_dir / "segments" / "000001" / file, target)
    manifest = tmp_path / "other" / "generations" / "000001" / "manifest.json"
    data = json.loads(manifest.read_text())
    data["segments"][0]["sizes"][file] = target.stat().st_size
    manifest.write_text(json.dumps(data))
    with pytest.raises(IndexDamaged, match=said):
        Generation.open_current(tmp_path / "other")


def test_the_second_builder_is_told_who_holds_the_lock(tmp_path):
    with lock(tmp_path), pytest.raises(IndexLocked, match=f"process {os.getpid()} since"), lock(tmp_path):
        pass
    with lock(tmp_path):
        pass


def _build_for_ever(articles, index_dir):
    while True:
        for path in articles.iterdir():
            path.write_text(path.read_text() + "Thêm một câu nữa.\n")
        build_index([articles], index_dir, model="toy")


def test_kill_at_any_moment_leaves_an_index_that_opens(articles, index_dir):
    """SIGKILL while a process builds without pause: what CURRENT names is always whole."""
    context = multiprocessing.get_context("spawn")
    for delay in (1.5, 1.57, 1.63):
        process = context.Process(target=_build_for_ever, args=(articles, index_dir))
        process.start()
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        generation = Generation.open_current(index_dir)
        assert len(generation.vectors) == generation.manifest.passages == len(list(generation.passages()))
    build_index([articles], index_dir, model="toy")
    for room in ("generations", "segments"):
        assert not [path for path in (index_dir / room).iterdir() if path.name.startswith(".")]


def test_the_default_folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HOIDAP_INDEX", raising=False)
    assert index_folder() == tmp_path / ".hoidap"
    monkeypatch.setenv("HOIDAP_INDEX", str(tmp_path / "elsewhere"))
    assert index_folder() == tmp_path / "elsewhere"
    assert index_folder("x") == tmp_path / "x"
    assert current_generation(tmp_path / "x") is None
