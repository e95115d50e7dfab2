import json
from pathlib import Path

import numpy as np
import pytest

from qa.indicators import SAME, apart, content, cosines, fits, groups, same, word_fit

PAIRS = Path(__file__).parent / "data" / "indicator_pairs.jsonl"


@pytest.mark.parametrize(
    "other", ["thu NSNN", "tổng thu ngân sách", "thu ngan sach nha nuoc", "Thu ngân sách trên địa bàn"]
)
def test_other_words_for_one_indicator(other):
    assert same("thu ngân sách", other)


@pytest.mark.parametrize(
    "other",
    [
        "chi ngân sách",
        "thu nhập",
        "thu nhập bình quân đầu người",
        "tỷ lệ giải ngân",
        "tỷ lệ thu ngân sách",
        "doanh thu",
    ],
)
def test_what_is_never_the_same_as_thu_ngan_sach(other):
    assert not same("thu ngân sách", other)
    assert word_fit("thu ngân sách", other) < SAME


def test_one_word_tells_apart():
    assert apart(content("kim ngạch xuất khẩu"), content("kim ngạch nhập khẩu"))
    assert apart(content("học sinh lớp 10"), content("học sinh lớp 12"))
    assert not apart(content("thu ngân sách"), content("thu ngân sách trong cân đối"))


def test_a_narrower_indicator_fits_less():
    assert (
        1.0
        == word_fit("thu ngân sách", "thu NSNN")
        > word_fit("thu ngân sách", "thu ngân sách trong cân đối")
        > SAME
    )


def test_the_encoder_is_asked_only_where_words_leave_it_open():
    asked = []

    def embed(texts):
        asked.append(list(texts))
        return np.eye(len(texts), dtype=np.float32)

    words = [
        "chết",
        "bị thương",
        "mắc bệnh",
        "nhiễm bệnh",
        "đi bầu",
        "thiệt mạng",
        "tử vong",
        "sơ tán",
        "mất tích",
        "ngộ độc",
        "nhập viện",
    ]
    fit = fits("số người chết", [f"số người {word}" for word in words] + ["thu ngân sách"], embed)
    assert fit[0] == 1.0
    assert [text for text in asked[0] if "thu ngân sách" in text or text == "số người bị thương"] == []
    assert all(value < SAME for value in fit[1:])


def test_cosines_without_the_common_direction():
    rows = np.array([[1, 1, 0], [1, 1, 0], [1, -1, 0], [1, -1, 0]], dtype=np.float32)
    assert cosines(rows).tolist() == [1.0, -1.0, -1.0]


def test_groups_are_named_by_their_commonest_member():
    found = groups([("tổng thu NSNN", 1), ("thu ngân sách", 3), ("chi ngân sách", 2)])
    assert found == [
        ("thu ngân sách", ["thu ngân sách", "tổng thu NSNN"], 4),
        ("chi ngân sách", ["chi ngân sách"], 2),
    ]


def test_precision_and_recall_on_labelled_pairs():
    pairs = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
    said = [same(pair["a"], pair["b"]) for pair in pairs]
    right = sum(one and pair["same"] for one, pair in zip(said, pairs, strict=True))
    assert right / sum(said) >= 0.94
    assert right / sum(pair["same"] for pair in pairs) >= 0.96
