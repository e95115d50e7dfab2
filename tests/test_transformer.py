"""A real, tiny BERT, trained within seconds to answer three questions by heart, as the reader."""

import itertools
import json
import math
import re
import shutil
from dataclasses import replace

import numpy as np
import pytest
from conftest import SEEDS, write

from index import build_index
from index.encode import load_quietly
from index.errors import ModelError
from index.quantities import find_quantities
from index.split import sentences
from index.types import Article, Passage
from qa import Assistant
from qa.cli import main
from qa.question import understand
from qa.read import ExtractiveReader
from qa.surroundings import readings
from qa.transformer import LONGEST_ANSWER, SPANS_PER_WINDOW, TransformerReader, _placed, best_spans
from qa.types import Hit

pytest.importorskip("sentence_transformers", reason="needs the extra `models`")

ARTICLES = {
    "a.md": "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng. Chi ngân sách là 98 tỷ đồng.",
    "b.md": "Toàn huyện Hòa Lộc có 18/25 trường học đạt chuẩn quốc gia. Tỷ lệ hộ nghèo còn 2,1%.",
    "c.md": "Cầu Bến Lội nối hai xã ven sông. "
    + "Người dân trồng lúa, nuôi cá và làm vườn quanh năm trên những cánh đồng rộng hai bên bờ. " * 5
    + "Cầu được khánh thành ngày 14/6/2019 sau ba năm xây dựng.",
}
LEARNT = [
    ("thu ngân sách huyện An Bình năm 2023 là bao nhiêu", "a.md", "120,5 tỷ đồng"),
    ("tỷ lệ hộ nghèo huyện Hòa Lộc", "b.md", "2,1%"),
    ("cầu Bến Lội khánh thành khi nào", "c.md", "ngày 14/6/2019"),
]
UNKNOWN = "giá vàng hôm nay thế nào"
LENGTH = 64  # tokens of the model; c.md takes about twice as many


def new_tokenizer():
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    seeds = [path.read_text(encoding="utf-8") for path in (*SEEDS.glob("*.txt"), *SEEDS.glob("*.md"))]
    texts = [*seeds, *ARTICLES.values(), *(question for question, _, _ in LEARNT), UNKNOWN]
    tokenizer.train_from_iterator(
        texts, trainers.WordPieceTrainer(vocab_size=900, special_tokens=special, show_progress=False)
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=LENGTH, model_input_names=["input_ids", "token_type_ids", "attention_mask"],
    )  # fmt: skip


def lessons(tokenizer):
    """Every question with every article, and which tokens are its answer: (0, 0), the first, for none."""
    questions = [question for question, _, _ in LEARNT] + [UNKNOWN]
    pairs = [(question, name) for question in questions for name in ARTICLES]
    encoded = tokenizer(
        [question for question, _ in pairs], [ARTICLES[name] for _, name in pairs], truncation="only_second",
        max_length=LENGTH, stride=LENGTH // 3, padding=True, return_overflowing_tokens=True, return_offsets_mapping=True,
    )  # fmt: skip
    answers = {(question, name): answer for question, name, answer in LEARNT}
    targets = []
    for row, pair in enumerate(encoded["overflow_to_sample_mapping"]):
        text, answer = ARTICLES[pairs[pair][1]], answers.get(pairs[pair], "\0")
        start = text.find(answer)
        offsets, parts = encoded["offset_mapping"][row], encoded.sequence_ids(row)
        inside = [
            i
            for i, (low, high) in enumerate(offsets)
            if parts[i] == 1 and 0 <= start <= low < high <= start + len(answer)
        ]
        whole = inside and offsets[inside[0]][0] == start and offsets[inside[-1]][1] == start + len(answer)
        targets.append((inside[0], inside[-1]) if whole else (0, 0))
    return encoded, targets


def train(tokenizer, folder):
    import torch
    from transformers import BertConfig, BertForQuestionAnswering

    torch.set_num_threads(1)  # two wait for each other; loading the reader sets all cores again
    torch.manual_seed(7)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=LENGTH + 2,
        hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        initializer_range=0.2,  # ten times the usual: three times fewer steps for so small a model
    )  # fmt: skip
    model = BertForQuestionAnswering(config)
    encoded, targets = lessons(tokenizer)
    assert len(targets) > 12  # c.md is more than one window
    batch = {name: torch.tensor(encoded[name]) for name in tokenizer.model_input_names}
    firsts, lasts = torch.tensor(targets).T
    optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(300):
        loss = model(**batch, start_positions=firsts, end_positions=lasts).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if loss.item() < 0.005:
            break
    assert loss.item() < 0.01
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """The folder of the trained model."""
    folder = tmp_path_factory.mktemp("reader")
    load_quietly(str(folder), lambda: train(new_tokenizer(), folder))
    return folder


@pytest.fixture(scope="module")
def index_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in ARTICLES.items():
        write(folder / name, f"Bài {name}", "2024-01-05", text)
    build_index([folder], folder / "index", model="toy")
    return folder / "index"


@pytest.fixture(scope="module")
def assistant(index_dir, model):
    return Assistant.open(index_dir, reader=model)


@pytest.mark.parametrize(("question", "name", "answer"), LEARNT)
def test_the_answer_is_the_span_the_model_learnt(assistant, question, name, answer):
    given = assistant.ask(question)
    assert (given.answered, given.outcome, given.short) == (True, "answer", answer)
    assert given.confidence > 0.9
    [citation] = given.citations
    text = assistant.article(citation.article_id).text
    assert citation.path.endswith(f"/{name}")
    assert citation.quote in [text[start:end] for start, end in sentences(text)]
    assert text[citation.start : citation.end] == citation.quote
    assert [text[start:end] for start, end in citation.marks] == [answer]
    assert given.text.endswith("[1]")


def test_what_the_model_finds_nowhere_is_refused(assistant):
    given = assistant.ask(UNKNOWN)
    assert (given.answered, given.short, given.citations) == (False, None, ())
    assert given.confidence < 0.05


def hit(text, start=0, end=None):
    article = Article("0" * 16, "/a.txt", "Tiêu đề", "", "", None, text)
    end = len(text) if end is None else end
    return Hit(Passage("0" * 16 + "-0", "0" * 16, start, end, text[start:end]), article, 1.0, 1)


@pytest.fixture(scope="module")
def reader(model):
    return TransformerReader(model)


def ask(reader, question, *hits):
    return reader.read(understand(question), hits, lambda term: 1, 1)


def test_a_passage_longer_than_the_model_reads_is_read_to_its_end(reader):
    windows = list(reader._network.windows(LEARNT[2][0], [ARTICLES["c.md"]]))
    text = ARTICLES["c.md"]
    assert reader._network.length == LENGTH
    assert len(windows) > 2
    assert (windows[0].offsets[0][0], windows[-1].offsets[-1][1]) == (0, len(text))
    for before, after in itertools.pairwise(windows):
        assert len(set(before.offsets) & set(after.offsets)) == LENGTH // 3
    assert ask(reader, LEARNT[2][0], hit(text))[0].scored.candidate.text == "ngày 14/6/2019"


def test_offsets_are_those_of_the_article(reader):
    """A passage that begins in the middle of its article, sentences that begin in the middle of the passage."""
    before = "Một câu đứng trước đoạn này.\n"
    replies = ask(reader, LEARNT[1][0], hit(before + ARTICLES["b.md"], len(before)))
    assert replies[0].scored.candidate.text == "2,1%"
    for reply in replies:
        reading, candidate = reply.scored.reading, reply.scored.candidate
        text = reading.hit.article.text
        assert text[reading.start : reading.end] == reading.text
        assert reading.text[candidate.start : candidate.end] == candidate.text
        assert reading.start >= len(before)


def test_confidences_are_a_distribution_over_the_spans_and_no_answer(reader):
    [window] = reader._network.windows(LEARNT[0][0], [ARTICLES["a.md"]])
    spans = best_spans(window.starts, window.ends, SPANS_PER_WINDOW)
    leads = [total - window.null for _, _, total in spans]
    odds = [math.exp(lead) for lead in leads]
    expected = [one / (1 + sum(odds)) for one in odds if one > 1]
    replies = ask(reader, LEARNT[0][0], hit(ARTICLES["a.md"]))
    assert [reply.confidence for reply in replies] == pytest.approx(expected)
    assert [reply.score for reply in replies] == pytest.approx(leads[: len(replies)])


def test_the_best_span_that_the_model_rejects_is_given_alone(reader):
    [reply] = ask(reader, UNKNOWN, *(hit(text) for text in ARTICLES.values()))
    assert reply.scored.features["lead"] == reply.score < 0
    assert reply.confidence < 0.05


def test_spans_that_say_the_same_are_evidence_for_one_reply(reader):
    """Once more in another article: the mass is shared out and added up again."""
    one, other = hit(ARTICLES["a.md"]), hit(ARTICLES["a.md"])
    other = replace(other, article=replace(other.article, article_id="1" * 16))
    first, second = ask(reader, LEARNT[0][0], one, other)[:2]
    assert (first.scored.candidate.text, second.scored.candidate.text) == ("120,5 tỷ đồng",) * 2
    assert first.confidence == second.confidence > 0.9
    [alone, *_] = ask(reader, LEARNT[0][0], one)
    assert first.score == pytest.approx(alone.score + math.log(2))
    assert len(ask(reader, LEARNT[0][0], one, one)) == len(ask(reader, LEARNT[0][0], one))


def test_nothing_to_read_gives_no_reply(reader):
    assert ask(reader, LEARNT[0][0]) == []


def test_the_end_of_a_question_that_is_too_long_is_read(reader):
    question = "xin cho biết thêm " * 100 + LEARNT[0][0]
    short = reader._network._short(question)
    assert question.endswith(short)
    assert len(reader._network.tokenizer(short, add_special_tokens=False)["input_ids"]) == LENGTH // 4
    assert reader._network._short(LEARNT[0][0]) == LEARNT[0][0]
    assert ask(reader, question, hit(ARTICLES["a.md"]))


def placed(text, span):
    start = text.index(span)
    scored = _placed(start, start + len(span), readings(hit(text)))
    return scored and scored.candidate


@pytest.mark.parametrize(
    ("span", "text"),
    [
        ("An Bình đạt 120,5 tỷ đồng. Chi", "An Bình đạt 120,5 tỷ đồng"),
        ("đồng. Chi ngân sách", "Chi ngân sách"),
        ("0,5 tỷ", "120,5 tỷ"),
        (" là", "là"),
        ("ân sách huy", "ngân sách huyện"),
    ],
)
def test_a_span_is_cut_to_its_sentence_and_grown_to_whole_words(span, text):
    candidate = placed(ARTICLES["a.md"], span)
    assert (candidate.text, candidate.form) == (text, "span")


@pytest.mark.parametrize(("text", "span"), [("Một câu. Hai câu.", "."), ("Một.\n\nHai.", "\n\n")])
def test_a_span_without_a_word_is_none(text, span):
    assert placed(text, span) is None


def test_a_quantity_or_a_period_is_known_when_it_is_the_whole_span():
    text = "Đến quý I năm 2021, huyện thu gần 4.600 tỷ đồng."
    [quantity] = find_quantities(text)
    assert placed(text, "4.600 tỷ đồng").quantity == quantity
    assert placed(text, "gần 4.600 tỷ đồng").quantity == quantity
    assert placed(text, "thu gần 4.600 tỷ đồng").quantity is None
    assert placed(text, "4.600 tỷ").quantity is None
    period = placed(text, "quý I năm 2021").period
    assert (period.text, period.grain) == ("quý I năm 2021", "quarter")
    assert placed(text, "năm 2021").period is None
    forms = [placed(text, span).form for span in ("4.600 tỷ đồng", "quý I năm 2021", "năm 2021")]
    assert forms == ["quantity", "period", "span"]


def test_best_spans_are_those_of_trying_all():
    draw = np.random.default_rng(3)
    starts, ends = draw.normal(size=(2, 80))
    spans = [(i, j, starts[i] + ends[j]) for i in range(80) for j in range(i, min(80, i + LONGEST_ANSWER))]
    expected = []
    for span in sorted(spans, key=lambda span: -span[2]):
        if all(span[1] < first or last < span[0] for first, last, _ in expected):
            expected.append(span)
    assert list(best_spans(starts, ends, 4)) == expected[:4]
    assert list(best_spans(np.array([]), np.array([]), 4)) == []


def test_the_command_line_takes_a_reader(index_dir, model, capsys, tmp_path):
    question, _, answer = LEARNT[1]
    common = ["--reader", str(model), "--index", str(index_dir), "--json"]
    assert main(["ask", question, *common]) == 0
    assert json.loads(capsys.readouterr().out)["short"] == answer
    rows = tmp_path / "questions.jsonl"
    row = {"id": "1", "question": question, "type": "figure", "answers": [answer], "doc": "b.md"}
    rows.write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")
    assert main(["eval", str(rows), *common]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["all"]["exact"] == 1
    assert said.err == ""


def test_a_reader_may_be_an_object(index_dir, reader):
    assert Assistant.open(index_dir, reader=reader).ask(LEARNT[0][0]).short == LEARNT[0][2]
    assert isinstance(Assistant.open(index_dir, reader="")._reader, ExtractiveReader)


def change(folder, name, **values):
    """Change a JSON file of a model's folder."""
    data = json.loads((folder / name).read_text(encoding="utf-8"))
    (folder / name).write_text(json.dumps({**data, **values}), encoding="utf-8")


def plain_encoder(folder):
    """Leave the body of the model only, as an encoder has it."""
    from safetensors.numpy import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    body = {name: value for name, value in weights.items() if not name.startswith("qa_outputs")}
    save_file(body, folder / "model.safetensors", metadata={"format": "pt"})


def broken_numbers(folder):
    from safetensors.numpy import load_file, save_file

    weights = {name: value * np.nan for name, value in load_file(folder / "model.safetensors").items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


DAMAGE = [
    (lambda folder: (folder / "config.json").unlink(), "cannot load the model in "),
    (lambda folder: (folder / "config.json").write_text("{"), "cannot load the model in "),
    (lambda folder: (folder / "config.json").write_text("[]"), "cannot load the model in "),
    (lambda folder: change(folder, "config.json", model_type="vit"), "cannot load the model in "),
    (lambda folder: change(folder, "config.json", hidden_size=64), "cannot load the model in "),
    (lambda folder: change(folder, "config.json", num_attention_heads=0), "cannot load the model in "),
    (lambda folder: (folder / "model.safetensors").write_bytes(b"weights"), "cannot load the model in "),
    (lambda folder: (folder / "tokenizer.json").write_text("{}"), "cannot load the model in "),
    (lambda folder: change(folder, "tokenizer_config.json", pad_token=None), "cannot read a question"),
    (plain_encoder, "is not one that answers questions: qa_outputs.bias is missing"),
    (broken_numbers, "returns no finite numbers"),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGE, ids=range(len(DAMAGE)))
def test_what_is_no_such_model_is_refused_in_one_line(model, tmp_path, damage, message):
    folder = tmp_path / "damaged"
    shutil.copytree(model, folder)
    damage(folder)
    with pytest.raises(ModelError, match=re.escape(message)) as caught:
        TransformerReader(folder)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["/no/such/folder", "a/b/c", "hai từ"])
def test_a_folder_that_is_not_there(name):
    with pytest.raises(ModelError, match=r"no model at .*: name the folder of a model"):
        TransformerReader(name)


def test_the_command_line_says_what_is_wrong_in_one_line(index_dir, tmp_path, capsys):
    assert main(["ask", "Ai?", "--index", str(index_dir), "--reader", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"hoidap: cannot load the model in {tmp_path} (")
    assert said.err.count("\n") == 1
