import json
import shutil
import sqlite3
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from conftest import write

import index.ledger
from index import build_index
from index.errors import IndexMismatch, InputError
from index.figures import figures_of
from index.ledger import LEDGER_FOLDER, FigureQuery, Ledger, ledger_files, merge_ledger, write_ledger
from index.store import Generation
from index.types import Article
from qa import Assistant

TEXT = (
    "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng, tăng 12% so với năm 2022. Chi ngân sách là 98 tỷ đồng."
    "\nNăm 2025, huyện An Bình phấn đấu thu ngân sách đạt 200 tỷ đồng. Có 18/25 trường học đạt chuẩn."
)


def article(text, name="0" * 16):
    return Article(name, f"/{name}.txt", "Huyện An Bình", "", "", date(2024, 1, 5), text)


def written(path, articles):
    write_ledger(path, [(row, figures_of(one)) for row, one in articles.items()])
    return path


@pytest.fixture
def ledger(tmp_path):
    return Ledger([written(tmp_path / "a.sqlite", {0: article(TEXT)})])


def test_what_is_written_is_read_again(ledger):
    assert ledger.of("0" * 16) == figures_of(article(TEXT))
    assert len(ledger) == len(figures_of(article(TEXT))) == 5


def test_comparisons_are_listed_only_when_wanted(ledger):
    texts = [figure.text for figure in ledger.where(FigureQuery())]
    assert texts == ["120,5 tỷ đồng", "98 tỷ đồng", "200 tỷ đồng", "18/25 trường"]
    assert "12%" in [figure.text for figure in ledger.where(FigureQuery(comparisons=True))]


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        (FigureQuery(kind="plan"), ["200 tỷ đồng"]),
        (FigureQuery(unit="trường"), ["18/25 trường"]),
        (FigureQuery(until=date(2023, 6, 1)), ["120,5 tỷ đồng", "98 tỷ đồng", "18/25 trường"]),
        (FigureQuery(since=date(2024, 1, 1)), ["200 tỷ đồng"]),
        (FigureQuery(indicators=["chi ngân sách", "hộ nghèo"]), ["98 tỷ đồng"]),
        (FigureQuery(indicators=[]), []),
    ],
)
def test_filters(ledger, query, texts):
    assert [figure.text for figure in ledger.where(query)] == texts


def test_indicators_and_places_once_each(ledger):
    assert ledger.indicators() == ["chi ngân sách", "thu ngân sách", "trường học đạt chuẩn"]
    assert ledger.places() == ["huyện An Bình"]


def test_several_files_are_read_as_one_without_what_is_dead_and_joined(tmp_path):
    first, other, third = (
        article(TEXT),
        article("Có 44 hộ nghèo.", "1" * 16),
        article("Chi ngân sách là 9 tỷ đồng.", "2" * 16),
    )
    files = [
        written(tmp_path / "a.sqlite", {0: first, 1: other}),
        written(tmp_path / "b.sqlite", {2: third}),
    ]
    both = Ledger(files)
    assert list(both.where(FigureQuery(comparisons=True))) == [
        *figures_of(first),
        *figures_of(other),
        *figures_of(third),
    ]
    living = Ledger(files, dead=[0])
    assert (living.of("0" * 16), living.of("2" * 16)) == ([], figures_of(third))
    assert (living.indicators(), living.places()) == (["chi ngân sách", "hộ nghèo"], ["huyện An Bình"])
    merge_ledger(tmp_path / "c.sqlite", files, dead=[0])
    joined = Ledger([tmp_path / "c.sqlite"])
    assert list(joined.where(FigureQuery())) == list(living.where(FigureQuery()))
    assert (len(joined), joined.version) == (len(living), both.version) == (2, index.ledger.FIGURES_VERSION)


def test_an_update_shares_the_figures_of_old_segments(tmp_path):
    folder, index_dir = tmp_path / "texts", tmp_path / "index"
    folder.mkdir()
    for number in range(12):
        write(folder / f"{number:02}.md", "Huyện", "2024-03-01", f"Huyện có {number + 3} trường học.")
    build_index([folder], index_dir, model="toy")
    before = Generation.open_current(index_dir)
    write(folder / "12.md", "Huyện", "2024-03-01", "Huyện có 44 hộ nghèo.")
    build_index([folder], index_dir, model="toy")
    after = Generation.open_current(index_dir)
    (old,) = ledger_files(before.folder, ["000001"])
    shared, _ = ledger_files(after.folder, ["000001", "000002"])
    assert shared.samefile(old)
    assert len(after.ledger) == len(before.ledger) + 1


def test_figures_are_those_of_a_full_build_when_segments_are_joined_or_all_is_written_anew(tmp_path):
    folder, index_dir = tmp_path / "texts", tmp_path / "index"
    folder.mkdir()
    for number in range(9):
        write(folder / f"{number}.md", "Huyện", "2024-03-01", f"Huyện có {number + 3} trường học.")
        if number % 3 == 2:
            (folder / f"{number - 1}.md").unlink()
            build_index([folder], index_dir, model="toy")
    joined = Generation.open_current(index_dir)
    assert [segment.record.name for segment in joined.segments] == [joined.name]
    texts = [figure.text for figure in joined.ledger.where(FigureQuery())]
    assert sorted(texts) == ["11 trường", "3 trường", "5 trường", "6 trường", "8 trường", "9 trường"]
    build_index([folder], index_dir, model="toy", vector_index="sq8")
    anew = Generation.open_current(index_dir)
    build_index([folder], tmp_path / "full", model="toy")
    full = Generation.open_current(tmp_path / "full")
    for other in (anew, full):
        assert list(other.ledger.where(FigureQuery())) == list(joined.ledger.where(FigureQuery()))
    assert len(list((anew.folder / LEDGER_FOLDER).iterdir())) == 1


def test_figures_follow_articles_that_are_changed_and_removed(tmp_path):
    folder, index_dir = tmp_path / "texts", tmp_path / "index"
    folder.mkdir()
    for number in range(12):
        write(
            folder / f"{number:02}.md", f"Huyện {number}", "2024-03-01", f"Huyện có {number + 3} trường học."
        )
    build_index([folder], index_dir, model="toy")
    write(folder / "03.md", "Huyện 3", "2024-03-01", "Huyện có 44 hộ nghèo, 2 chợ.")
    (folder / "05.md").unlink()
    build_index([folder], index_dir, model="toy")
    assert len(Generation.open_current(index_dir).segments) == 2  # it has grown
    build_index([folder], tmp_path / "full", model="toy")
    grown, full = (
        Generation.open_current(place).ledger.where(FigureQuery(comparisons=True))
        for place in (index_dir, tmp_path / "full")
    )
    assert (found := list(grown)) == list(full)
    assert {"44 hộ", "2 chợ", "14 trường"} <= {figure.text for figure in found}
    assert "6 trường" not in {figure.text for figure in found}


def test_an_incremental_build_keeps_the_figures(articles, index_dir):
    before = list(Generation.open_current(index_dir).ledger.where(FigureQuery(comparisons=True)))
    write(articles / "c.md", "Huyện An Bình", "2024-03-01", "Năm 2024, huyện An Bình có 44 hộ nghèo.")
    report = build_index([articles], index_dir, model="toy")
    after = list(Generation.open_current(index_dir).ledger.where(FigureQuery(comparisons=True)))
    assert (report.added, report.unchanged) == (1, 2)
    assert [figure for figure in after if figure.text != "44 hộ"] == before
    full = index_dir.parent / "full"
    build_index([articles], full, model="toy")
    assert list(Generation.open_current(full).ledger.where(FigureQuery(comparisons=True))) == after


def test_another_version_of_the_grammar_needs_no_encoding(articles, index_dir):
    name = Generation.open_current(index_dir).name
    (path,) = ledger_files(index_dir / "generations" / name, [name])
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA user_version = {index.ledger.FIGURES_VERSION - 1}")
    database.execute("DELETE FROM figures")
    database.commit()
    database.close()
    report = build_index([articles], index_dir, model="toy")
    generation = Generation.open_current(index_dir)
    assert report.encoded == 0
    assert generation.ledger.version == index.ledger.FIGURES_VERSION
    assert len(generation.ledger) > 0


@pytest.fixture
def assistant(index_dir):
    return Assistant.open(index_dir)


def test_figures_of_an_indicator(assistant):
    (figure,) = assistant.figures("thu NSNN")
    assert (figure.value, figure.unit, figure.place) == (Decimal("120500000000"), "đồng", "huyện An Bình")
    assert assistant.figures("thu ngan sach", place="An Bình") == [figure]
    assert assistant.figures("thu ngân sách", place="tỉnh An Bình") == []
    assert assistant.figures("thu ngân sách", kind="plan") == []
    assert [one.text for one in assistant.figures("tỷ lệ hộ nghèo")] == ["2,1%"]
    assert len(assistant.figures()) == 4


def test_a_kind_that_does_not_exist_is_refused(assistant):
    with pytest.raises(InputError, match="actual, estimate, plan"):
        assistant.figures("thu ngân sách", kind="done")


def test_an_index_without_figures_says_what_to_do(index_dir):
    folder = index_dir / "generations" / Generation.open_current(index_dir).name
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    del manifest["sizes"][f"{LEDGER_FOLDER}/{folder.name}.sqlite"]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    shutil.rmtree(folder / LEDGER_FOLDER)
    assistant = Assistant.open(index_dir)
    with pytest.raises(IndexMismatch, match="run `hoidap index` again"):
        assistant.figures("thu ngân sách")
    assert assistant.ask("thu ngân sách qua các năm").figures == ()


def test_rows_hold_the_sentence_and_the_article(assistant):
    (row,) = assistant.figures("thu ngân sách").rows()
    assert row["sentence"] == "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng."
    assert (row["title"], row["first"], row["kind"]) == (
        "Thu ngân sách huyện An Bình",
        date(2023, 1, 1),
        "actual",
    )


def test_csv_has_a_header_and_a_line_a_figure(assistant):
    lines = assistant.figures("thu ngân sách").to_csv().splitlines()
    assert lines[0].startswith("indicator,value,unit,text")
    assert lines[1].startswith('thu ngân sách,120500000000,đồng,"120,5 tỷ đồng"')
    assert len(lines) == 2


def test_a_cell_of_the_csv_is_no_formula(assistant):
    figures = assistant.figures("thu ngân sách")
    (article,) = figures.articles.values()
    figures.articles = {article.article_id: replace(article, title='=HYPERLINK("http://x.vn")')}
    assert "'=HYPERLINK" in figures.to_csv()


def test_a_unit_in_another_unicode_form(assistant):
    assert len(assistant.figures("thu ngân sách", unit=unicodedata.normalize("NFD", "đồng"))) == 1


def test_a_table(assistant):
    pytest.importorskip("pandas")
    frame = assistant.figures().to_dataframe()
    assert list(frame["value"])[:1] == [120_500_000_000.0]
    assert frame.loc[0, "first"].year == 2023
    assert len(frame) == 4


def test_a_picture(assistant, tmp_path):
    pytest.importorskip("matplotlib")
    from qa.draw import plot_figures

    figures = assistant.figures("thu ngân sách")
    assert plot_figures(figures, "thu ngân sách", tmp_path / "a.png") == 1
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InputError, match="vẽ"):
        plot_figures([replace(figures[0], period=None)], "", tmp_path / "b.png")


def test_indicators_are_grouped(assistant):
    names = [name for name, _, _ in assistant.indicators()]
    assert {"thu ngân sách", "chi ngân sách", "tỷ lệ hộ nghèo"} <= set(names)
