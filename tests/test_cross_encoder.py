import numpy as np
import pytest

from index import build_index
from index.bundled import bundled_model_folder
from index.encode import load_encoder
from index.onnx_model import open_model
from qa.answer import Assistant
from qa.cross_encoder import (
    MOST_TOKENS,
    SCALE,
    CrossEncoder,
    Judged,
    load_cross_encoder,
    merged,
    shipped,
)

QUESTION = "Mỗi người dân huyện An Bình kiếm được bao nhiêu trong năm 2020?"
TOLERANCE = 0.5
"""Of log-odds and logits in 8 bits, for which ``docs/speed.md`` has the distribution."""
SENTENCES = [
    "Toàn huyện có 12 trường học đạt chuẩn quốc gia.",
    "Năm 2020, thu nhập bình quân đầu người của huyện An Bình đạt 45 triệu đồng.",
    "Đại hội bầu 26 đại biểu đi dự đại hội cấp trên.",
]


@pytest.fixture(scope="module")
def cross():
    found = load_cross_encoder(load_encoder(None))
    assert found is not None
    return found


def test_the_sentence_that_answers_is_the_most_relevant(cross):
    judged = cross.judge(QUESTION, SENTENCES)
    assert int(np.argmax([one.relevance for one in judged])) == 1


def test_a_sentence_is_judged_alike_alone_and_among_others(cross):
    alone = cross.judge(QUESTION, SENTENCES[1:2])[0]
    among = cross.judge(QUESTION, SENTENCES)[1]
    assert alone.relevance == among.relevance
    np.testing.assert_array_equal(alone.starts, among.starts)


def test_tokens_cover_the_sentence(cross):
    judged = cross.judge(QUESTION, SENTENCES)[1]
    assert judged.offsets[0, 0] == 0
    assert judged.offsets[-1, 1] == len(SENTENCES[1])
    start, end = judged.best_span()
    assert "45 triệu" in SENTENCES[1][start:end]


def test_no_sentence_no_judgement(cross):
    assert cross.judge(QUESTION, []) == []


def test_the_toy_encoder_has_none():
    assert load_cross_encoder(load_encoder("toy")) is None


def test_additions_are_added_to_copies():
    weights = open_model(bundled_model_folder()).weights
    additions = shipped()
    name = "layer.2.attention.self.query"
    before = weights[f"encoder.{name}.weight"].copy()
    product = additions[f"{name}.b"] @ additions[f"{name}.a"]
    changed = merged(weights, additions)
    np.testing.assert_allclose(changed[f"encoder.{name}.weight"], before + SCALE * product, atol=1e-5)
    np.testing.assert_array_equal(weights[f"encoder.{name}.weight"], before)
    assert changed["encoder.layer.1.output.dense.weight"] is weights["encoder.layer.1.output.dense.weight"]


def torch_judgements(question, sentences):
    """The same network written down once more, with PyTorch and transformers: the reference."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    additions = shipped()
    folder = bundled_model_folder()
    layers = 1 + max(int(name.split(".")[1]) for name in additions if name.startswith("layer."))
    with torch.inference_mode():
        body = transformers.BertModel.from_pretrained(folder, num_hidden_layers=layers)
        for name in additions:
            if name.startswith("layer.") and name.endswith(".a"):
                product = additions[f"{name[:-2]}.b"] @ additions[name]
                body.encoder.get_submodule(name[:-2]).weight += SCALE * torch.from_numpy(product)
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        for sentence in sentences:
            tokens = tokenizer(
                question,
                sentence,
                truncation="only_second",
                max_length=MOST_TOKENS,
                return_offsets_mapping=True,
                return_tensors="pt",
            )
            states = body(input_ids=tokens["input_ids"]).last_hidden_state[0].numpy()
            inside = np.array([part == 1 for part in tokens.sequence_ids(0)])
            spans = states[inside] @ additions["span.weight"].T + additions["span.bias"]
            relevance = float(states[0] @ additions["rel.weight"][0] + additions["rel.bias"][0])
            offsets = tokens["offset_mapping"][0].numpy()[inside]
            yield Judged(relevance, spans[:, 0], spans[:, 1], offsets)


@pytest.mark.model
@pytest.mark.filterwarnings("ignore")
def test_judges_as_the_network_in_pytorch():
    sentences = [*SENTENCES, " ".join(SENTENCES * 6)]
    wanted = list(torch_judgements(QUESTION, sentences))
    for precision, near in (("float32", 1e-3), ("int8", TOLERANCE)):
        found = CrossEncoder(precision=precision).judge(QUESTION, sentences)
        for ours, theirs in zip(found, wanted, strict=True):
            np.testing.assert_array_equal(ours.offsets, theirs.offsets)
            assert ours.relevance == pytest.approx(theirs.relevance, abs=near)
            assert np.abs(ours.starts - theirs.starts).mean() < near
            assert np.abs(ours.ends - theirs.ends).mean() < near
        for ours, theirs in zip(found[:3], wanted, strict=False):
            assert theirs.span(*ours.best_span()) > -4 * near  # 8 bits may choose another of two alike
            assert precision == "int8" or ours.best_span() == theirs.best_span()


def test_a_very_long_question_leaves_room_for_the_sentence(cross):
    (judged,) = cross.judge(QUESTION * 30, SENTENCES[1:2])
    assert len(judged.starts) == len(judged.offsets)
    assert judged.offsets[-1, 1] == len(SENTENCES[1])


def test_sureness_by_hand():
    starts, ends = np.log(np.array([[0.7, 0.2, 0.1], [0.1, 0.4, 0.5]], np.float32))
    judged = Judged(0.0, starts, ends, np.array([[0, 2], [3, 5], [6, 8]]))
    assert judged.sureness(0, 5) == pytest.approx(np.log(0.7 * 0.4), abs=1e-6)
    assert judged.sureness(20, 22) == -20.0


def test_span_scores_by_hand():
    judged = Judged(
        0.0,
        np.array([3.0, 0.0, 1.0], np.float32),
        np.array([0.0, 1.0, 4.0], np.float32),
        np.array([[0, 2], [3, 6], [7, 9]]),
    )
    assert judged.best_span() == (0, 9)
    assert judged.best_span(most_tokens=1) == (7, 9)
    assert judged.span(0, 9) == 0.0
    assert judged.span(3, 9) == -3.0  # 0 + 4 against 3 + 4
    assert judged.span(20, 30) == -20.0


def test_a_figure_at_the_end_of_a_very_long_sentence_is_found(tmp_path):
    """The pair of question and sentence is cut at 176 tokens; what stood behind was never read."""
    clauses = [
        f"xã Tân Phú {number} trồng được {number * 13} ha rừng, đạt {60 + number}% kế hoạch"
        for number in range(1, 16)
    ]
    text = f"Báo cáo năm 2020\n\n{'; '.join(clauses)}; thu ngân sách huyện An Bình được hơn 317 tỷ đồng, giảm 8% so cùng kỳ.\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    build_index([tmp_path / "a.txt"], tmp_path / "index")
    answer = Assistant.open(tmp_path / "index").ask("Huyện An Bình thu ngân sách được bao nhiêu?")
    assert answer.short == "hơn 317 tỷ đồng"
    assert answer.confidence > 0.7


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("Đội Bến Sỏi thắng đội An Lạc tỉ số mấy?", "2-1"),
        ("Bà con nên gieo mạ ở độ tuổi trăng nào?", None),
        ("Hợp tác xã Tân Lập khai trương hôm nào?", "mồng 4 Tết"),
        ("Đội Bến Sỏi được thưởng bao nhiêu tiền?", None),
    ],
)
def test_figures_and_times_that_no_rule_sees_are_found(tmp_path, question, short):
    text = (
        "Chiều qua trên sân huyện, đội Bến Sỏi đã thắng đội An Lạc 2-1 và vào chung kết giải phong trào.\n"
        "Sau nhiều lần lùi lại, Hợp tác xã Tân Lập khai trương mồng 4 Tết, có đông đủ bà con xã viên đến dự.\n"
    )
    (tmp_path / "a.txt").write_text(f"Tin trong huyện\n{text}", encoding="utf-8")
    build_index([tmp_path / "a.txt"], tmp_path / "index")
    assert Assistant.open(tmp_path / "index").ask(question).short == short
