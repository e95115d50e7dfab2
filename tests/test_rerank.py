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
from qa import Assistant
from qa.cli import main
from qa.cross_encoder import CrossEncoder
from qa.cross_texts import in_context
from qa.rerank import (
    READ,
    RELEVANCE,
    RERANKED,
    BundledReranker,
    TransformerReranker,
    fitting,
    likeliest,
    rerank,
)
from qa.settings import settings
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
    assert [hit.passage for hit in assistant.ask(QUERY).hits] == fused[::-1][:10]
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
    assert [hit["passage"]["passage_id"] for hit in said("ask", QUERY)["hits"]] == ids
    rows = tmp_path / "questions.jsonl"
    top = found[4]
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


def passage_hits(*texts):
    """One passage an article, each with a title of its own."""
    found = []
    for i, text in enumerate(texts):
        one = replace(article(text), title=f"Tin số {i}")
        passage = Passage(f"{i}", one.article_id, 0, len(text), text)
        found.append(Hit(passage, one, 1 - i / 50, i + 1))
    return found


def test_the_bundled_reranker_adds_the_relevance_of_the_best_sentence():
    texts = [
        "Chợ mới họp mỗi sáng.",
        "Xã có 5 trường học. Thu ngân sách huyện An Bình năm 2023 đạt 240 tỷ đồng.",
    ]
    hits = passage_hits(*texts)
    pairs = [
        in_context("Tin số 0", "", "Chợ mới họp mỗi sáng.")[0],
        in_context("Tin số 1", "", "Xã có 5 trường học.")[0],
        in_context(
            "Tin số 1", "Xã có 5 trường học.", "Thu ngân sách huyện An Bình năm 2023 đạt 240 tỷ đồng."
        )[0],
    ]
    first, *second = [one.relevance for one in CrossEncoder().judge(QUERY, pairs)]
    expected = [1.0 + RELEVANCE * first, 0.98 + RELEVANCE * max(second)]
    assert BundledReranker().scores(QUERY, hits) == pytest.approx(expected)
    assert max(second) > first
    assert [hit.passage.passage_id for hit in rerank(BundledReranker(), QUERY, hits)] == ["1", "0"]


def test_what_the_bundled_reranker_does_not_read_is_the_least_relevant():
    hits = passage_hits(*TEXTS[: READ + 3])
    scores = BundledReranker().scores(QUERY, hits)
    relevance = [(score - hit.score) / RELEVANCE for score, hit in zip(scores, hits, strict=True)]
    assert relevance[READ:] == pytest.approx([min(relevance[:READ])] * 3)


def test_the_sentences_whose_words_weigh_most_are_read():
    [hit] = passage_hits("Một cây cầu. Một ngôi chợ. Một con đường lớn.")
    weights = {"duong": 2.0, "lon": 1.0, "cho": 1.0, "mot": 0.1}
    assert likeliest(weights, hit, 2) == [
        "Tin số 0: Một ngôi chợ. | Một con đường lớn.",
        "Tin số 0: Một cây cầu. | Một ngôi chợ.",
    ]


def test_bundled_names_the_reranker_that_comes_with_the_project(index_dir):
    found = Assistant.open(index_dir, reranker="bundled").retrieve(QUERY, RERANKED)
    fused = Assistant.open(index_dir).retrieve(QUERY, RERANKED)
    assert found == rerank(BundledReranker(), QUERY, fused)
