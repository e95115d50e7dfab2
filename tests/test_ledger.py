import json
import sqlite3
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from conftest import write

import index.ledger
from index import build_index
from index.errors import IndexMismatch, InputError
from index.figures import figures_of
from index.ledger import LEDGER_FILE, FigureQuery, Ledger, write_ledger
from index.store import Generation
from index.types import Article
from qa import Assistant

TEXT = (
    "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng, tăng 12% so với năm 2022. Chi ngân sách là 98 tỷ đồng."
    "\nNăm 2025, huyện An Bình phấn đấu thu ngân sách đạt 200 tỷ đồng. Có 18/25 trường học đạt chuẩn."
)


def article(text, name="0" * 16):
    return Article(name, f"/{name}.txt", "Huyện An Bình", "", "", date(2024, 1, 5), text)


@pytest.fixture
def ledger(tmp_path):
    write_ledger(tmp_path / LEDGER_FILE, [(article(TEXT), False)])
    return Ledger(tmp_path / LEDGER_FILE)


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
        (FigureQuery(indicators=[2]), ["98 tỷ đồng"]),
        (FigureQuery(indicators=[]), []),
    ],
)
def test_filters(ledger, query, texts):
    assert [figure.text for figure in ledger.where(query)] == texts


def test_indicators_and_places_once_each(ledger):
    assert [text for _, text in ledger.indicators()] == [
        "thu ngân sách",
        "chi ngân sách",
        "trường học đạt chuẩn",
    ]
    assert ledger.places() == ["huyện An Bình"]


def test_an_unchanged_article_is_copied_and_a_changed_one_read_anew(tmp_path, ledger):
    other = article("Có 44 hộ nghèo.", "1" * 16)
    assert write_ledger(tmp_path / "b", [(article(TEXT), True), (other, False)], ledger) == 1
    assert Ledger(tmp_path / "b").of("0" * 16) == ledger.of("0" * 16)


def test_figures_of_another_version_are_made_anew(tmp_path, ledger):
    ledger.version -= 1
    assert write_ledger(tmp_path / "b", [(article(TEXT), True)], ledger) == 1


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
    path = index_dir / "generations" / name / LEDGER_FILE
    database = sqlite3.connect(path)
    database.execute("UPDATE version SET figures = figures - 1")
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
    del manifest["sizes"][LEDGER_FILE]
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (folder / LEDGER_FILE).unlink()
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
