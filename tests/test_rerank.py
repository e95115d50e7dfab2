"""A real, tiny BERT with random weights as the reranker: what order it gives is worked out here by itself."""

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from conftest import article, write

from index import build_index
from index.encode import load_quietly
from index.errors import ModelError
from index.types import Passage
from index.vietnamese import fold
from qa import Assistant
from qa.cli import main
from qa.features import Scored
from qa.order import as_read
from qa.read import Reply
from qa.rerank import RERANKED, TransformerReranker, fitting, rerank
from qa.settings import settings
from qa.spans import Candidate
from qa.surroundings import Reading
from qa.types import Hit

QUERY = "thu ngân sách huyện An Bình năm 2023 là bao nhiêu"
NAMES = "An Bình, Hòa Lộc, Bến Lội, Tân Lập, Phú Thọ, Mỹ Xuyên, Kế Sách, Long Phú".split(", ")
TEXTS = [
    f"Năm {2016 + i % 8}, thu ngân sách huyện {name} đạt {100 + 7 * i} tỷ đồng, chi {what} là {i + 3} tỷ đồng."
    for i, (name, what) in enumerate(
        (name, what) for name in NAMES for what in ("trường học", "cầu đường", "y tế", "đê kè")
    )
]
LENGTH = 64


def toy_hits(n, score=lambda i: 1 - i / 50):
    one = article("Một câu.")
    return [Hit(Passage(f"{i}", one.article_id, 0, 8, one.text), one, score(i), i + 1) for i in range(n)]


class Given:
    """A reranker of one's own: the scores are given."""

    def __init__(self, *scores):
        self.given = scores
        self.seen = []

    def scores(self, query, hits):
        self.seen.append((query, len(hits)))
        return self.given[: len(hits)]


def test_the_scores_are_brought_to_the_range_that_was_there():
    found = rerank(Given(-3.0, 5.0, 1.0), "q", toy_hits(3, lambda i: 1 - i / 4))
    assert [(hit.passage.passage_id, hit.rank, hit.score) for hit in found] == [
        ("1", 1, 1.0), ("2", 2, 0.5 + 0.5 * 4 / 8), ("0", 3, 0.5),
    ]  # fmt: skip


def test_what_is_found_alike_keeps_its_order():
    hits = toy_hits(3)
    assert rerank(Given(2.0, 2.0, 2.0), "q", hits) == [replace(hit, score=1.0) for hit in hits]
    assert [hit.passage.passage_id for hit in rerank(Given(0.0, 7.0, 7.0), "q", hits)] == ["1", "2", "0"]
    assert rerank(Given(4.0), "q", hits[:1]) == hits[:1]
    assert rerank(Given(), "q", []) == []


def test_what_is_behind_the_best_stays_as_it_was():
    given = Given(*range(100))
    hits = toy_hits(RERANKED + 5)
    found = rerank(given, "q", hits)
    assert given.seen == [("q", RERANKED)]
    assert [hit.passage.passage_id for hit in found[:RERANKED]] == [f"{i}" for i in reversed(range(RERANKED))]
    assert found[RERANKED:] == hits[RERANKED:]
    assert [hit.rank for hit in found] == list(range(1, RERANKED + 6))
    assert sorted((hit.score for hit in found), reverse=True) == [hit.score for hit in found]


@pytest.mark.parametrize("shape", [(2, 3), (2, 0), (2,)])
def test_three_classes_are_no_cross_encoder(shape):
    with pytest.raises(ValueError, match="classes apart"):
        fitting(np.zeros(shape))


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for i, text in enumerate(TEXTS):
        write(folder / f"{i:02}.md", f"Bài {i}", "2024-01-05", text)
    build_index([folder], folder / "index", model="toy")
    return folder / "index"


def test_it_is_off_by_default(index_dir):
    plain = Assistant.open(index_dir)
    assert plain._reranker is None
    assert Assistant.open(index_dir, reranker="")._reranker is None
    given = Given(*range(0, -100, -1))
    same = Assistant.open(index_dir, reranker=given)
    ids = [hit.passage for hit in plain.retrieve(QUERY, 5)]
    assert [hit.passage for hit in same.retrieve(QUERY, 5)] == ids
    assert given.seen == [(QUERY, RERANKED)]


def test_an_object_orders_what_is_retrieved_and_what_is_read(index_dir):
    given = Given(*range(100))
    assistant = Assistant.open(index_dir, reranker=given)
    fused = [hit.passage for hit in Assistant.open(index_dir).retrieve(QUERY, RERANKED)]
    assert [hit.passage for hit in assistant.retrieve(QUERY, 3)] == fused[::-1][:3]
    read = [hit.passage for hit in assistant.ask(QUERY).hits]
    assert sorted(read, key=fused.index, reverse=True) == fused[::-1][:10]
    assert assistant.retrieve(QUERY, 0) == []
    assert len(given.seen) == 2
    assert len(assistant.retrieve(QUERY, 31)) == 31


def test_it_works_on_every_store(place, articles):
    build_index([articles], place, model="toy")
    plain = Assistant.open(place).retrieve("thu ngân sách", 2)
    turned = Assistant.open(place, reranker=Given(0.0, 1.0)).retrieve("thu ngân sách", 2)
    assert [hit.passage for hit in turned] == [hit.passage for hit in reversed(plain)]
    assert [(hit.rank, hit.score) for hit in turned] == [(hit.rank, hit.score) for hit in plain]


def test_the_setting_comes_from_the_environment():
    found = settings({"reranker": None}, {"HOIDAP_RERANKER": "./model"})
    assert found.reranker == "./model"
    assert "reader built-in, reranker ./model, auth none" in found.lines()[0]


def save(folder, classes):
    """A classifier with random weights, large enough that passages differ, and a tokenizer of the texts."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    tokenizer.train_from_iterator(
        [*TEXTS, QUERY],
        trainers.WordPieceTrainer(vocab_size=400, special_tokens=special, show_progress=False),
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=LENGTH, model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    ).save_pretrained(folder)  # fmt: skip
    torch.manual_seed(11)
    config = BertConfig(
        vocab_size=400, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=LENGTH + 2, initializer_range=0.4, num_labels=classes,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)


@pytest.fixture(scope="module")
def models(tmp_path_factory):
    """The folders of a model with one class, with two and with three."""
    pytest.importorskip("sentence_transformers", reason="needs the extra `models`")
    folders = {classes: tmp_path_factory.mktemp(f"classes{classes}") for classes in (1, 2, 3)}
    for classes, folder in folders.items():
        load_quietly(str(folder), lambda classes=classes, folder=folder: save(folder, classes))
    return folders


def expected(folder, query, hits):
    """The model's scores, one pair at a time, padded by nothing."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    def load():
        return AutoTokenizer.from_pretrained(folder), AutoModelForSequenceClassification.from_pretrained(
            folder
        )

    tokenizer, model = load_quietly(str(folder), load)
    scores = []
    for hit in hits:
        text = f"{hit.article.title}: {hit.passage.text}"
        pair = tokenizer(query, text, truncation=True, max_length=LENGTH, return_tensors="pt")
        with torch.inference_mode():
            logits = model.eval()(**pair).logits[0].tolist()
        scores.append(logits[0] if len(logits) == 1 else logits[1] - logits[0])
    return scores


@pytest.mark.parametrize("classes", [1, 2])
def test_the_order_is_that_of_the_model(models, index_dir, classes):
    fused = Assistant.open(index_dir).retrieve(QUERY, RERANKED)
    scores = expected(models[classes], QUERY, fused)
    assert TransformerReranker(models[classes]).scores(QUERY, fused) == pytest.approx(scores, abs=1e-4)
    order = np.argsort(-np.array(scores))
    assert order.tolist() != list(range(RERANKED))
    found = Assistant.open(index_dir, reranker=models[classes]).retrieve(QUERY, RERANKED)
    assert [hit.passage for hit in found] == [fused[i].passage for i in order]
    assert [hit.rank for hit in found] == list(range(1, RERANKED + 1))
    low, high = fused[-1].score, fused[0].score
    share = (np.array(scores) - min(scores)) / (max(scores) - min(scores))
    assert [hit.score for hit in found] == pytest.approx(
        [low + (high - low) * share[i] for i in order], abs=1e-4
    )


def test_what_is_too_long_is_cut_at_the_end(models):
    """The beginning of passage and question is read, whichever is the longer one."""
    reranker, [hit] = TransformerReranker(models[1]), toy_hits(1)
    start = " ".join(TEXTS[:3])

    def score(query, text):
        return reranker.scores(query, [replace(hit, passage=replace(hit.passage, text=text))])[0]

    assert score(QUERY, start) == score(QUERY, start + " Thêm một câu nữa.")
    assert score(QUERY, "Một câu.") != score(QUERY, "Hai câu.")
    assert score(start, "Một câu.") == score(start + " Thêm một câu nữa.", "Một câu.")
    assert score(start, "Một câu.") != score(start, "Hai câu.")


def test_threads_may_share_it(models, index_dir):
    assistant = Assistant.open(index_dir, reranker=models[1])
    queries = [f"thu ngân sách huyện {name}" for name in NAMES]
    alone = [assistant.retrieve(query, 5) for query in queries]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda query: assistant.retrieve(query, 5), queries)) == alone


def test_the_command_line_takes_a_reranker(models, index_dir, tmp_path, capsys):
    common = ["--index", str(index_dir), "--reranker", str(models[1]), "--json"]
    found = Assistant.open(index_dir, reranker=models[1]).retrieve(QUERY, 10)
    ids = [hit.passage.passage_id for hit in found]

    def said(*arguments):
        assert main([*arguments, *common]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return json.loads(out)

    assert [hit["passage"]["passage_id"] for hit in said("search", QUERY)] == ids[:5]
    read = [hit["passage"]["passage_id"] for hit in said("ask", QUERY)["hits"]]
    assert sorted(read) == sorted(ids)
    rows = tmp_path / "questions.jsonl"
    plain = [hit.passage.passage_id for hit in Assistant.open(index_dir).ask(QUERY).hits]
    new = next(one for one in read[:5] if one not in plain[:5])
    top = next(hit for hit in found if hit.passage.passage_id == new)
    row = {
        "id": "1",
        "question": QUERY,
        "type": "text",
        "answers": [top.passage.text],
        "doc": top.article.path[-5:],
    }
    rows.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    assert said("eval", str(rows))["all"]["found"] == 1


def plain_encoder(folder):
    """Leave the body of the model only, as an encoder has it."""
    from safetensors.numpy import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    body = {name: value for name, value in weights.items() if not name.startswith("classifier")}
    save_file(body, folder / "model.safetensors", metadata={"format": "pt"})


DAMAGE = [
    (lambda folder: (folder / "config.json").unlink(), "cannot load the model in "),
    (lambda folder: (folder / "model.safetensors").write_bytes(b"weights"), "cannot load the model in "),
    (
        plain_encoder,
        "is not a cross-encoder: classifier.bias is missing; choose a sequence-classification model",
    ),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGE, ids=range(len(DAMAGE)))
def test_what_is_no_such_model_is_refused_in_one_line(models, tmp_path, damage, message):
    folder = tmp_path / "damaged"
    shutil.copytree(models[1], folder)
    damage(folder)
    with pytest.raises(ModelError, match=re.escape(message)) as caught:
        TransformerReranker(folder)
    assert "\n" not in str(caught.value)


def test_the_command_line_says_what_is_wrong_in_one_line(models, index_dir, capsys):
    assert main(["search", QUERY, "--index", str(index_dir), "--reranker", str(models[3])]) == 1
    assert capsys.readouterr() == (
        "",
        f"hoidap: the model {models[3].name} cannot read a question with its passage (it tells 3 classes apart); "
        "choose a sequence-classification model with one or two classes\n",
    )


@pytest.mark.parametrize("name", ["/no/such/folder", "a/b/c", "hai từ"])
def test_a_folder_that_is_not_there(name):
    with pytest.raises(ModelError, match=r"no model at .*: name the folder of a model"):
        TransformerReranker(name)


LEAD = "Thu ngân sách huyện An Bình: thu ngân sách huyện An Bình năm 2023 được bàn ở huyện An Bình. "
REST = "Đại biểu góp nhiều ý kiến về trường học, cầu đường, y tế, đê kè và chợ của các xã. " * 5
TOLD = "Báo cáo của huyện An Bình cho biết năm 2023 huyện thu ngân sách được 240,5 tỷ đồng, cao nhất từ trước đến nay."


@pytest.fixture(scope="module")
def told_later(tmp_path_factory):
    """An article whose first passage says most of the question and whose last one answers it, among others."""
    folder = tmp_path_factory.mktemp("told")
    write(folder / "a.md", "Hội nghị huyện An Bình", "2024-01-05", f"{LEAD}{REST}\n\n{REST}\n\n{TOLD}")
    for i, text in enumerate(TEXTS[4:]):
        write(folder / f"{i:02}.md", f"Bài {i}", "2024-01-05", text)
    build_index([folder], folder / "index", model="toy")
    return folder / "index"


def test_bundled_lists_first_what_answers(told_later):
    searched = Assistant.open(told_later).retrieve(QUERY, 3)
    listed = Assistant.open(told_later, reranker="bundled").retrieve(QUERY, 3)
    assert searched[0].passage.text.startswith(LEAD.strip())
    assert TOLD in listed[0].passage.text
    assert [(hit.rank, hit.score) for hit in listed] == [(hit.rank, hit.score) for hit in searched]


def test_the_scores_of_the_search_stay_and_fewer_hits_are_the_first_of_many(told_later):
    assistant = Assistant.open(told_later, reranker="bundled")
    searched, listed = Assistant.open(told_later).retrieve(QUERY, 40), assistant.retrieve(QUERY, 40)
    assert [hit.passage for hit in listed[RERANKED:]] == [hit.passage for hit in searched[RERANKED:]]
    assert {hit.passage.passage_id for hit in listed} == {hit.passage.passage_id for hit in searched}
    assert [(hit.rank, hit.score) for hit in listed] == [(hit.rank, hit.score) for hit in searched]
    assert assistant.retrieve(QUERY, 4) == listed[:4]
    assert assistant.retrieve(QUERY, 0) == assistant.retrieve(QUERY, -1) == []


def test_an_answer_shows_its_passages_in_the_order_of_the_replies(told_later):
    """With or without the name; what is answered does not depend on it."""
    plain = Assistant.open(told_later).ask(QUERY)
    assert plain.short == "240,5 tỷ đồng"
    assert TOLD in plain.hits[0].passage.text
    assert Assistant.open(told_later, reranker="bundled").ask(QUERY) == plain


@pytest.mark.parametrize(("sure", "leads"), [(0.0, True), (1.1, False)])
def test_what_was_read_leads_only_where_it_answers(told_later, monkeypatch, sure, leads):
    """No reply is surer than 1."""

    class Listing:
        def ordered(self, asked, hits, read, lexical):
            listed.append(bool(read))
            return list(hits)

    listed = []
    monkeypatch.setattr("qa.answer.ANSWER_FROM", sure)
    assistant = Assistant.open(told_later, reranker="bundled")
    assistant._relevance = Listing()
    assert len(assistant.retrieve(QUERY, 3)) == 3
    assert listed == [leads]


def test_bundled_reads_a_query_without_diacritics_with_them(told_later):
    assistant = Assistant.open(told_later, reranker="bundled")
    [first] = assistant.retrieve(fold(QUERY), 1)
    assert TOLD in first.passage.text


def passages_of(*articles):
    """Hits with these (article, score) pairs, in this order."""
    found = []
    for number, (name, score) in enumerate(articles):
        one = replace(article("Một câu."), article_id=name)
        found.append(Hit(Passage(f"{number}", name, 0, 8, one.text), one, score, number + 1))
    return found


def reply(hit, score):
    reading = Reading(hit, 0, 8, hit.passage.text, "", (), None)
    return Reply(Scored(reading, Candidate(0, 8, hit.passage.text, "sentence"), {}), score, 0.5)


def read_order(hits, *scores):
    """The order of the hits when these (place, score) replies were found."""
    found = as_read(hits, [reply(hits[place], score) for place, score in scores])
    assert [hit.score for hit in found] == sorted((hit.score for hit in hits), reverse=True)
    assert [hit.rank for hit in found] == list(range(1, len(hits) + 1))
    return "".join(hit.passage.passage_id for hit in found)


def test_reading_tells_passages_of_an_article_apart():
    """0.8 of the article's best score count for all of its passages, a point of the reader's 0.12, at most two points."""
    hits = passages_of(("a", 1.0), ("a", 0.2), ("b", 0.9), ("b", 0.1))
    assert read_order(hits) == "0123"
    assert read_order(hits, (0, 5.0)) == "0213"  # 1.0; 0.84 - 0.24; 0.9 - 0.24; 0.74 - 0.24
    assert read_order(hits, (1, 5.0), (0, 3.5)) == "1023"  # 0.84; 1.0 - 0.18; 0.9 - 0.24; 0.74 - 0.24
    assert read_order(hits, (1, 5.0), (0, 4.0)) == "0123"  # 1.0 - 0.12; 0.84
    assert read_order(hits, (3, 5.0), (0, 4.5), (3, 4.9)) == "0321"  # 0.74; 1.0 - 0.06; 0.66; 0.60
    assert read_order(hits, (3, 5.0), (0, -90.0), (2, -91.0)) == "0321"  # 0.74; 0.76; 0.66; 0.60


def test_hits_without_replies_stay_as_they_stood():
    hits = toy_hits(4)
    assert as_read(hits, []) == hits
    assert as_read([], []) == []
