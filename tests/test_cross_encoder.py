import numpy as np
import pytest

from index.encode import load_encoder
from qa.cross_encoder import SCALE, Judged, load_cross_encoder, merged_layers, shipped

QUESTION = "Mỗi người dân huyện An Bình kiếm được bao nhiêu trong năm 2020?"
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
    assert alone.relevance == pytest.approx(among.relevance, abs=1e-3)
    np.testing.assert_allclose(alone.starts, among.starts, atol=1e-3)


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
    transformer, _ = load_encoder(None).network
    additions = shipped()
    name = "layer.2.attention.self.query"
    before = transformer.encoder.layer[2].attention.self.query.weight.detach().numpy().copy()
    merged = merged_layers(transformer, additions)[2].attention.self.query.weight.detach().numpy()
    product = additions[f"{name}.b"] @ additions[f"{name}.a"]
    np.testing.assert_allclose(merged, before + SCALE * product, atol=1e-5)
    np.testing.assert_array_equal(
        before, transformer.encoder.layer[2].attention.self.query.weight.detach().numpy()
    )


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
