"""What every store does, tried on a folder and on a Milvus server; and that both give the same hits."""

import secrets
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from conftest import SEEDS, write
from milvus_lite_server import Server, require

from index import build_index
from index.catalog import catalog
from index.doctor import examine
from index.encode import load_encoder
from index.errors import IndexLocked, IndexMismatch, IndexMissing, InputError, StoreError, StoreUnavailable
from index.lexical import lexical_entries
from index.library import Library
from index.milvus_store import _UNUSED
from index.stores import open_store
from qa import Assistant
from qa.cli import main
from qa.web.reply import problem

QUESTIONS = [
    "thu ngân sách 2020 của thành phố Sóc Trăng là bao nhiêu",
    "thu ngan sach 2020",
    "đại hội bầu bao nhiêu đại biểu",
    "UBND tỉnh",
    "số điện thoại",
    "???",
]


@pytest.fixture
def built(place, articles):
    build_index([articles], place, model="toy")
    return place


def rebuild(articles, place, text):
    write(articles / "a.md", "Thu ngân sách", "2024-01-05", text)
    return build_index([articles], place, model="toy").generation


def first_passage(place):
    return next(open_store(place).open_current().passages())[1].passage.text


def test_three_generations_are_kept_and_rolled_back_to(built, articles):
    store = open_store(built)
    for number in range(4):
        rebuild(articles, built, f"Thu ngân sách đạt {number} tỷ đồng.")
    assert store.generations() == ["000003", "000004", "000005"]
    assert (store.rollback(), store.current()) == ("000004", "000004")
    assert "đạt 2 tỷ" in first_passage(built)
    assert store.rollback() == "000003"
    with pytest.raises(IndexMissing, match="oldest"):
        store.rollback()
    assert rebuild(articles, built, "Mới.") == "000006"
    assert store.generations() == ["000003", "000006"]
    assert store.rollback() == "000003"  # not to one from which people went back


def test_no_index(place):
    with pytest.raises(IndexMissing, match="hoidap index"):
        open_store(place).open_current()
    with pytest.raises(IndexMissing):
        open_store(place).rollback()
    assert (open_store(place).current(), open_store(place).generations()) == (None, [])


def test_an_index_is_brought_to_what_the_folder_holds(built, articles):
    assert build_index([articles], built, model="toy").encoded == 0
    write(articles / "c.md", "Bài mới", "2024-03-01", "Một dự án mới được khởi công.")
    (articles / "b.md").unlink()
    report = build_index([articles], built, model="toy")
    assert (report.added, report.removed, report.unchanged, report.encoded) == (1, 1, 1, 1)
    names = [
        article.path.rpartition("/")[2] for article in open_store(built).open_current().articles().values()
    ]
    assert names == ["a.md", "c.md"]


def test_what_is_stored_is_what_was_written(built, articles):
    generation = open_store(built).open_current()
    stored = list(generation.passages())
    article = stored[1][2]
    assert [row for row, _, _ in stored] == [0, 1]
    assert (article.title, article.published) == ("Trường học huyện Hòa Lộc", date(2024, 2, 10))
    assert (generation.article(article.article_id), generation.article("0" * 16)) == (article, None)
    assert generation.passages_of(article.article_id) == [stored[1][1]]
    assert generation.passages_of("0" * 16) == []
    assert generation.articles([1]) == {1: article}
    hashes = [row.encoded for _, row, _ in stored]
    assert generation.encoded_rows([*hashes, b"0" * 16]) == dict(zip(hashes, [0, 1], strict=True))
    assert dict(generation.walk()) == generation.articles()
    assert {path.rpartition("/")[2]: record.row for path, record in generation.files().items()} == {
        "a.md": 0,
        "b.md": 1,
    }
    assert list(generation.passages([1])) == [stored[1]]
    assert generation.newest() == date(2024, 2, 10)
    assert generation.manifest == open_store(built).manifest(generation.name)


def test_vectors_are_those_of_the_encoder(built):
    generation = open_store(built).open_current()
    toy = load_encoder("toy")
    texts = [f"{a.title} ({a.published:%d/%m/%Y})\n{s.passage.text}" for _, s, a in generation.passages()]
    assert np.array_equal(generation.vectors.rows([1, 0]), toy.encode_passages(texts)[[1, 0]])
    query = toy.encode_query("thu ngân sách")
    cosines = generation.vectors.cosines(query, [0, 1])
    assert cosines == pytest.approx(list(toy.encode_passages(texts) @ query), abs=1e-6)
    assert generation.vectors.search(query, 9) == [
        (0, pytest.approx(cosines[0])),
        (1, pytest.approx(cosines[1])),
    ]
    assert generation.vectors.search(query, 1, [1]) == [(1, pytest.approx(cosines[1]))]
    assert generation.vectors.search(query, 0) == generation.vectors.search(query, 3, []) == []


def test_terms(built):
    lexical = open_store(built).open_current().lexical
    assert [lexical.document_frequency(term) for term in ("huyen", "ngan_sach", "khong")] == [2, 1, 0]
    assert lexical.document_frequency("hoa_loc", "title") == 1
    assert lexical.search({"folded": {}}, 5) == lexical.search({"folded": {"huyen": 1.0}}, 0) == []
    assert [row for row, _ in lexical.search({"folded": {"huyen": 1.0, "truong": 1.0}}, 5)] == [1, 0]
    assert [row for row, _ in lexical.search({"folded": {"huyen": 1.0}}, 5, [0])] == [0]
    single = lexical.search({"folded": {"chi": 1.0}}, 5)[0][1]
    assert lexical.search({"folded": {"chi": 2.5}}, 5)[0][1] == pytest.approx(2.5 * single)


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        ({"source": "Báo Thử"}, {0, 1}),
        ({"source": 'Báo "khác'}, set()),
        ({"since": date(2024, 2, 10)}, {1}),
        ({"until": date(2024, 1, 5)}, {0}),
        ({"until": date(2024, 1, 4)}, set()),
        ({"source": "nghiệm", "until": date(2024, 2, 1)}, {0}),
    ],
)
def test_rows_by_source_and_day(built, filters, rows):
    generation = open_store(built).open_current()
    allowed = generation.rows_where(**filters)
    assert (set(allowed), len(allowed)) == (rows, len(rows))
    query = load_encoder("toy").encode_query("huyện")
    assert {row for row, _ in generation.vectors.search(query, 5, allowed)} == rows
    assert {row for row, _ in generation.lexical.search({"folded": {"huyen": 1.0}}, 5, allowed)} == rows
    assert generation.rows_where() is None


def test_articles_without_a_day_pass_no_date(place, articles):
    (articles / "c.txt").write_text("Chợ nổi\nChợ nổi đón 12.345 lượt khách.", encoding="utf-8")
    build_index([articles], place, model="toy")
    hits = Assistant.open(place).retrieve("chợ nổi", until=date(2030, 1, 1))
    assert {hit.article.title for hit in hits} == {"Thu ngân sách huyện An Bình", "Trường học huyện Hòa Lộc"}


def test_a_long_article_comes_back_whole(place, tmp_path):
    (tmp_path / "long").mkdir()
    sentences = "\n".join(
        f"Câu số {n}: huyện có {n} trường học “đạt chuẩn” và {n} trạm y tế." for n in range(3000)
    )
    write(tmp_path / "long" / "a.md", "Một bài dài", "2024-01-05", sentences)
    build_index([tmp_path / "long"], place, model="toy")
    generation = open_store(place).open_current()
    (article,) = generation.articles().values()
    assert article.text.endswith("và 2999 trạm y tế.")
    stored = generation.passages_of(article.article_id)
    assert len(stored) == generation.manifest.passages > 300
    assert all(article.text[row.passage.start : row.passage.end] == row.passage.text for row in stored)


def test_an_empty_index_finds_nothing(place, tmp_path):
    (tmp_path / "none").mkdir()
    build_index([tmp_path / "none"], place, model="toy")
    generation = open_store(place).open_current()
    assert generation.vectors.search(np.ones(64, np.float32), 3) == list(generation.passages()) == []
    assert Assistant.open(place).retrieve("thu ngân sách") == []


def test_an_open_assistant_sees_the_next_generation(built, articles):
    assistant = Assistant.open(built)
    assert assistant.retrieve("chợ nổi", 1)[0].article.title != "Chợ nổi"
    write(articles / "d.md", "Chợ nổi", "2025-01-02", "Chợ nổi đón 12.345 lượt khách.")
    name = build_index([articles], built, model="toy").generation
    assert assistant.retrieve("chợ nổi", 1)[0].article.title == "Chợ nổi"
    assert (assistant.status().generation, assistant.status().folder) == (name, built)


def test_a_failed_build_leaves_the_published_generation(built, articles):
    store = open_store(built)
    generation = store.open_current()
    draft = store.draft(None, [], 64, "auto")
    for one in generation.articles().values():
        draft.add(one, generation.passages_of(one.article_id), "0" * 64, "")
    draft.write_vectors([generation.vectors.rows([0, 1])])
    assert [article for _, _, article in draft.passages()] == list(generation.articles().values())
    assert len(draft) == 2
    with pytest.raises(TypeError, match="not JSON serializable"):
        draft.publish(replace(generation.manifest, settings={"cleaner": object()}))
    draft.discard()
    assert (store.current(), store.generations()) == ("000001", ["000001"])
    assert rebuild(articles, built, "Mới.") == "000002"


def test_furniture_is_known_by_row(place, tmp_path):
    (tmp_path / "texts").mkdir()
    footer = "Cơ quan chủ quản: Ủy ban nhân dân tỉnh\nGiấy phép số 01/GP-STTTT\nĐiện thoại: 0299 3822 345"
    write(tmp_path / "texts" / "a.md", "Chợ nổi", "2024-01-05", f"Chợ nổi đón 12.345 lượt khách.\n{footer}")
    build_index([tmp_path / "texts"], place, model="toy")
    generation = open_store(place).open_current()
    expected = {row for row, stored, _ in generation.passages() if stored.passage.furniture}
    assert expected == {1}
    assert generation.furniture([0, 1]) == {1}
    assert generation.furniture([0]) == generation.furniture([]) == set()


def test_articles_are_added_and_taken_back_in_the_browser(built, articles, monkeypatch, tmp_path):
    monkeypatch.setenv("HOIDAP_CACHE", str(tmp_path / "cache"))
    library = Library(built)
    library.add_data("Chợ nổi đón 12.345 lượt khách.".encode(), "chợ.txt")
    library.remove((articles / "a.md").as_posix())
    report, _ = library.update()
    assert (report.added, report.removed, report.unchanged) == (1, 1, 1)
    assert len(catalog(open_store(built).open_current()).articles) == 2
    assert library.undo() == "000001"
    assert library.update()[0].articles == 2


def test_two_readers_while_a_third_builds(built, articles):
    """Every reader always sees one whole generation: its manifest, passages and vectors belong together."""
    wrong, seen, done = [], set(), threading.Event()

    def read():
        assistant = Assistant.open(built)
        while not done.is_set():
            hits = assistant.retrieve("thu ngân sách đạt", 5)
            numbers = {
                hit.article.text.split()[-1] for hit in hits if hit.article.path.endswith(("a.md", "b.md"))
            }
            seen.update(numbers)
            if len(hits) != 2 or len(numbers) != 1:
                wrong.append((len(hits), numbers))

    for name in ("a", "b"):
        write(articles / f"{name}.md", f"Bài {name}", "2024-01-05", "Thu ngân sách đạt 0")
    build_index([articles], built, model="toy")
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(1, 4):
        for name in ("a", "b"):
            write(articles / f"{name}.md", f"Bài {name}", "2024-01-05", f"Thu ngân sách đạt {number}")
        build_index([articles], built, model="toy")
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []
    assert seen <= {"0", "1", "2", "3"}
    assert seen
    assert Assistant.open(built).retrieve("thu ngân sách đạt", 1)[0].article.text.endswith("3")


def test_the_doctor_finds_it_whole(built):
    checks = examine(open_store(built))
    assert [check.passed for check in checks] == [True] * len(checks)
    assert checks[0].detail.startswith("generation 000001")


def test_the_command_takes_either(built, capsys):
    assert main(["ask", "Năm 2023 thu ngân sách huyện An Bình là bao nhiêu?", "--store", built]) == 0
    assert "120,5 tỷ đồng" in capsys.readouterr().out
    assert main(["search", "trường học", "-k", "1", "--index", built]) == 0
    assert "18/25" in capsys.readouterr().out
    assert main(["status", "--index", built]) == 0
    assert f"index: {built}" in capsys.readouterr().out
    assert main(["index", "--store", built, "--model", "toy"]) == 0
    assert "2 unchanged" in capsys.readouterr().out
    assert main(["rollback", "--index", built]) == 0
    assert open_store(built).current() == "000001"


# Both stores, side by side


@pytest.fixture(scope="module")
def both(tmp_path_factory, milvus):
    """The sample articles in a folder and on a server."""
    places = [str(tmp_path_factory.mktemp("both") / "index"), milvus.address(f"both_{secrets.token_hex(4)}")]
    for where in places:
        build_index([SEEDS], where, model="toy")
    return [Assistant.open(where) for where in places]


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("filters", [{}, {"since": date(2020, 1, 1)}, {"source": "TTXVN"}], ids=str)
def test_both_stores_give_the_same_hits(both, question, filters):
    folder, server = (assistant.retrieve(question, 10, **filters) for assistant in both)
    assert [hit.passage.passage_id for hit in server] == [hit.passage.passage_id for hit in folder]
    assert [hit.score for hit in server] == pytest.approx([hit.score for hit in folder], abs=1e-5)
    assert [hit.article for hit in server] == [hit.article for hit in folder]


@pytest.mark.parametrize("question", QUESTIONS[:4])
def test_both_stores_give_the_same_answer(both, question):
    folder, server = (assistant.ask(question) for assistant in both)
    assert server.text == folder.text
    assert server.citations == folder.citations


def test_both_stores_score_terms_alike(both):
    """Sparse vectors multiplied by the server are the BM25 of tantivy, rounded lengths and all."""
    folder, server = (assistant._retriever.generation for assistant in both)
    (entry, *_) = lexical_entries(
        [(article, folder.passages_of(article.article_id)) for article in folder.articles().values()]
    )
    terms = {field: dict.fromkeys(line.split()[:60], 0.7) for field, line in entry.terms().items()}
    expected, found = (dict(generation.lexical.search(terms, 50)) for generation in (folder, server))
    assert len(expected) > 20
    assert found == {row: pytest.approx(score, rel=1e-4) for row, score in expected.items()}


# What only a server can do


def test_a_server_keeps_no_figures_and_says_so(milvus, articles):
    place = milvus.address(f"t{secrets.token_hex(6)}")
    build_index([articles], place, model="toy")
    with pytest.raises(IndexMismatch, match="holds no figures; run `hoidap index` again"):
        Assistant.open(place).figures("thu ngân sách")
    assert Assistant.open(place).ask("thu ngân sách qua các năm").figures == ()


def test_the_address_names_the_kind_of_index(milvus, articles):
    place = milvus.address(f"t{secrets.token_hex(6)}")
    with pytest.raises(InputError, match=r"the address names the kind of index.*\?index=HNSW"):
        build_index([articles], place, model="toy", vector_index="flat")


def test_a_graph_finds_what_the_exact_search_finds(milvus, articles):
    place = milvus.address(f"t{secrets.token_hex(6)}")
    build_index([articles], f"{place}?index=HNSW", model="toy")
    assert Assistant.open(place).retrieve("trường học", 1)[0].article.title == "Trường học huyện Hòa Lộc"


class Meanwhile(list):
    """Articles that, when they are first read, let something else happen."""

    def __init__(self, articles, event):
        super().__init__(articles)
        self.event = event

    def __iter__(self):
        event, self.event = self.event, lambda: None
        event()
        return super().__iter__()


@pytest.mark.parametrize(("method", "published"), [("build", "000003"), ("rollback", "000001")])
def test_a_second_machine_that_publishes_meanwhile_wins(milvus, articles, method, published):
    place = milvus.address(f"t{secrets.token_hex(6)}")
    for text in ("Một.", "Hai."):
        rebuild(articles, place, text)
    here, there = open_store(place), open_store(place)
    generation = here.open_current()
    pairs = [
        (article, generation.passages_of(article.article_id)) for article in generation.articles().values()
    ]
    event = there.rollback if method == "rollback" else lambda: rebuild(articles, place, "Ba.")
    with pytest.raises(IndexLocked, match=f"another machine published generation {published} meanwhile"):
        here.write(generation.manifest, Meanwhile(pairs, event), [], generation.vectors.rows([0, 1]))
    assert there.current() == published
    assert len(there._names()) == 4 * len(there.generations())  # nothing of the loser is left


def test_only_one_builder_gets_a_name(milvus, articles):
    place = milvus.address(f"t{secrets.token_hex(6)}")
    build_index([articles], place, model="toy")
    store = open_store(place)
    prefix = store._alias + "_000001_00000000"
    generation = store.open_current()
    store._write_collections(prefix, generation.manifest, [], [], np.zeros((0, 64), np.float32))
    with pytest.raises(IndexLocked, match="generation 000001"):
        store._rename(prefix, "000001")
    assert build_index([articles], place, model="toy").generation == "000002"
    assert [name for name in store._names() if name.startswith(prefix)] == []  # what a crash left is swept


def test_the_second_builder_of_a_machine_waits(milvus):
    store = open_store(milvus.address(f"t{secrets.token_hex(6)}"))
    with store.lock(), pytest.raises(IndexLocked, match="being built by process"), store.lock():
        pass


def test_a_build_that_is_killed_leaves_the_old_index(milvus, articles):
    place = milvus.address(f"t{secrets.token_hex(6)}")
    build_index([articles], place, model="toy")
    program = f"""
import os, index.milvus_store as m
m.MilvusStore._publish = lambda self, name, before: os.kill(os.getpid(), 9)
from index import build_index
build_index([{str(articles)!r}], {place!r}, model="toy")
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    assert open_store(place).current() == "000001"
    assert len(Assistant.open(place).retrieve("huyện")) == 2
    assert rebuild(articles, place, "Sau đó.") == "000003"


@pytest.fixture
def own_server(tmp_path):
    require()
    server = Server(tmp_path / "own")
    server.start()
    yield server
    server.kill()


def test_a_server_that_goes_away_and_comes_back(articles, own_server, capsys):
    """The open assistant says what is wrong in one line, and answers again once the server is back."""
    server = own_server
    place = server.address("news")
    build_index([articles], place, model="toy")
    assistant = Assistant.open(place)
    server.kill()
    with pytest.raises(StoreUnavailable, match="does not answer") as raised:
        assistant.ask("Thu ngân sách là bao nhiêu?")
    assert "\n" not in str(raised.value)
    assert "Máy chủ chứa chỉ mục chưa trả lời" in problem(raised.value)
    assert main(["ask", "Thu ngân sách?", "--index", place]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(StoreUnavailable):
        build_index([articles], place, model="toy")
    server.start()
    assert assistant.retrieve("trường học", 1)[0].article.title == "Trường học huyện Hòa Lộc"


def test_a_server_that_hangs(articles, own_server, monkeypatch):
    monkeypatch.setattr("index.milvus.READ_SECONDS", 1.0)
    place = own_server.address("news")
    build_index([articles], place, model="toy")
    assistant = Assistant.open(place)
    own_server.process.send_signal(signal.SIGSTOP)
    with pytest.raises(StoreUnavailable, match="does not answer"):
        assistant.retrieve("trường học")
    own_server.process.send_signal(signal.SIGCONT)
    assert len(assistant.retrieve("trường học")) == 2


def test_nobody_there():
    with pytest.raises(
        StoreUnavailable, match=r"milvus://127\.0\.0\.1:9/x: the Milvus server does not answer"
    ):
        open_store("milvus://ann:secret@127.0.0.1:9/x").current()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("milvus://localhost:19530", "names no collection"),
        ("milvus://localhost:19530/a/b", "names no collection"),
        ("milvus://localhost:many/a", "cannot be read"),
        ("milvus://localhost/tin tức", "names no collection"),
        ("milvus://localhost/news?kind=HNSW", r"\?index=HNSW"),
    ],
)
def test_an_address_that_is_none(address, said):
    with pytest.raises(InputError, match=said):
        open_store(address)


def test_a_missing_package_is_named(articles):
    program = """
import sys
sys.modules["pymilvus"] = None
from qa.cli import main
sys.exit(main(["status", "--index", "milvus://localhost/news"]))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "hoidap: an address milvus://... needs the package pymilvus; run `pip install 'hoidap[milvus]'`\n",
    )


def test_every_refusal_of_the_server_is_an_error_of_ours(milvus):
    server = open_store(milvus.address("any"))._server
    server.create("refused", {"row": {"type": "INT64"}, "unused": _UNUSED})
    with pytest.raises(StoreError, match=r"any: the Milvus server refused query: .*row ==="):
        server.query("refused", "row ===", ["row"])
