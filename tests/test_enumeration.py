"""All items of an enumeration of which one was pointed at."""

import pytest

from qa.enumeration import MOST_WORDS, whole_enumeration


@pytest.mark.parametrize(
    ("sentence", "pointed", "whole"),
    [
        ("Bệnh gặp ở vật nuôi như: trâu, bò, lợn và dê, theo Sở.", "trâu", "trâu, bò, lợn và dê"),
        ("Bệnh gặp ở vật nuôi như: trâu, bò, lợn và dê, theo Sở.", "lợn", "trâu, bò, lợn và dê"),
        ("Ba xã Tân Hạ, Vĩnh Lai và Vĩnh Vu của huyện.", "Tân Hạ", "Tân Hạ, Vĩnh Lai và Vĩnh Vu"),
        ("Ba xã Tân Hạ, Vĩnh Lai và Vĩnh Vu của huyện.", "Vĩnh Vu", "Tân Hạ, Vĩnh Lai và Vĩnh Vu"),
        ("Gồm Bỉ, Canada, Cộng đồng châu Âu, và Anh.", "Bỉ", "Bỉ, Canada, Cộng đồng châu Âu, và Anh"),
        (
            "Nhiệm vụ về kinh tế; về xây dựng, đô thị; về văn hóa - xã hội.",
            "kinh tế",
            "kinh tế; về xây dựng, đô thị; về văn hóa - xã hội",
        ),
        ("Khen 1 tập thể, 30 cá nhân; 10 người khác nhận giấy khen.", "1 tập thể", "1 tập thể, 30 cá nhân"),
        ("Xã bán 10 xe, để thu hồi vốn và trả nợ.", "10 xe", "10 xe"),
        (
            "Nguyên nhân là chất lượng thuốc, cách dùng, cơ địa.",
            "cách dùng",
            "chất lượng thuốc, cách dùng, cơ địa",
        ),
        ("Tàu ghé các cảng (Sài Gòn, Vũng Tàu) rồi về.", "Sài Gòn", "Sài Gòn, Vũng Tàu"),
        ("Ông An nói: xã nghèo.", "xã nghèo", "xã nghèo"),
    ],
)
def test_the_items_before_and_behind(sentence, pointed, whole):
    start = sentence.index(pointed)
    assert sentence[slice(*whole_enumeration(sentence, (start, start + len(pointed))))] == whole


def test_an_enumeration_without_end_is_not_said():
    sentence = ", ".join(["cam"] * MOST_WORDS)
    assert whole_enumeration(sentence, (0, 3)) == (0, len(sentence))
    assert whole_enumeration(f"{sentence}, cam", (0, 3)) == (0, 3)
