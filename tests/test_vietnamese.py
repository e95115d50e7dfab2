from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.abbreviations import ABBREVIATIONS, expand
from index.errors import UnreadableFile
from index.legacy import decode, repair
from index.vietnamese import fold, has_diacritics, is_syllable, normal_tone, syllables, to_nfc, tokens

SHARED = Path(__file__).parents[2] / "shared"
LETTERS = (
    "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯ 0123459.,/-\n"
    "àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
)
PARAGRAPH = (
    "Năm vừa qua, thành phố thu ngân sách được 459,6 tỷ đồng, vượt 9,43% chỉ tiêu nghị quyết đề ra; "
    "tỷ lệ hộ nghèo giảm còn 0,15%.\n"
    "Đảng bộ đã lãnh đạo, chỉ đạo thực hiện thắng lợi các nhiệm vụ: chỉnh trang đô thị, giữ gìn trật tự, "
    "bảo vệ môi trường, khuyến khích người dân dùng nước sạch, đẩy mạnh chuyển đổi số ở mọi cơ quan."
)

# Independent tables, written from the published code charts.
TCVN3 = dict(
    zip(
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        bytes.fromhex(
            "a1a2a3a4a5a6a7a8a9aaabacadaeb5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4"
            "e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfe"
        ),
        strict=True,
    )
)
VISCII = dict(
    zip(
        "Đđăâêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        bytes.fromhex(
            "d0f0e5e2eaf4bddf"
            "e0e4e3e1d5a2c6c7a1a3a5a6e7a4a7e8eba8e9a9abacadaaaeecefeeedb8f2f6f5f3f7b0b1b2afb5b6b7b3bef"
            "ef9fcfbfaf8d7d8e6d1f1cfd6dbfddc"
        ),
        strict=True,
    )
)
VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_CIRCUMFLEX = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}
VNI_BREVE = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}
VNI_WHOLE = dict(zip("đĐíìỉĩịơưỵ", "ñÑíìæóòôöî", strict=True))


def vni_letter(char: str) -> str:
    if char in VNI_WHOLE:
        return VNI_WHOLE[char]
    base, *marks = unicodedata.normalize("NFD", char)
    tone = "".join(mark for mark in marks if mark in VNI_TONES)
    if "\u0302" in marks:
        return base + VNI_CIRCUMFLEX[tone]
    if "\u0306" in marks:
        return base + VNI_BREVE[tone]
    if "\u031b" in marks:
        base = {"o": "ô", "u": "ö"}[base]
    return base + VNI_TONES.get(tone, "")


def encode_vni(text: str) -> bytes:
    return "".join(map(vni_letter, text)).encode("cp1252")


def encode_table(text: str, table: dict[str, int]) -> bytes:
    return bytes(table[char] if char in table else ord(char) for char in text)


def encode_1258(text: str) -> bytes:
    out = []
    for char in text:
        shapes = [mark for mark in unicodedata.normalize("NFD", char) if mark not in VNI_TONES]
        tones = [mark for mark in unicodedata.normalize("NFD", char) if mark in VNI_TONES]
        out.append(unicodedata.normalize("NFC", "".join(shapes)) + "".join(tones))
    return "".join(out).encode("cp1258")


LEGACY = {
    "tcvn3": encode_table(PARAGRAPH, TCVN3),
    "viscii": encode_table(PARAGRAPH, VISCII),
    "vni": encode_vni(PARAGRAPH),
    "cp1258": encode_1258(PARAGRAPH),
    "utf-8 twice": PARAGRAPH.encode().decode("latin-1").encode(),
}


def passages() -> list[str]:
    files = sorted((SHARED / "train").glob("*.jsonl"))
    if not files:
        pytest.skip("needs the texts of shared/train")
    return [json.loads(line)["text"] for file in files for line in file.read_text("utf-8").splitlines()]


vietnamese_text = st.text(st.sampled_from(LETTERS)).map(lambda text: unicodedata.normalize("NFC", text))


def test_to_nfc_composes_and_repairs_the_wrong_d():
    nfd = unicodedata.normalize("NFD", "Nghị quyết Đại hội")
    assert to_nfc(nfd) == "Nghị quyết Đại hội"
    assert to_nfc("Ðảng, ðường") == "Đảng, đường"


def test_to_nfc_removes_what_nobody_sees():
    assert to_nfc("\ufeffthu\u200b ngân\u00ad sách\u2060") == "thu ngân sách"
    assert to_nfc("thu\u00a0ngân\tsách\n") == "thu\u00a0ngân\tsách\n"


@given(st.text())
def test_to_nfc_twice_is_once(text):
    assert to_nfc(to_nfc(text)) == to_nfc(text)


@given(st.text())
def test_fold_keeps_every_place(text):
    assert len(fold(text)) == len(text)


@given(vietnamese_text)
def test_fold_is_the_slow_way_done_fast(text):
    slow = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    assert fold(text) == slow.replace("đ", "d")
    assert fold(fold(text)) == fold(text)


def test_fold_leaves_letters_that_would_change_length():
    assert fold("Straße ﬁ İ ½") == "straße ﬁ i ½"


@given(vietnamese_text)
def test_normal_tone_keeps_every_place_and_the_folded_text_but_for_i_and_y(text):
    assert len(normal_tone(text)) == len(text)
    assert fold(normal_tone(text)).replace("y", "i") == fold(text).replace("y", "i")
    assert normal_tone(normal_tone(text)) == normal_tone(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoà khoẻ thuý uỷ tuỳ HOÀ Uỷ UỶ Hoá", "hòa khỏe thúy ủy tùy HÒA Ủy ỦY Hóa"),
        ("hoàn toán quý giá quỹ ngoài khoáng huýt thuở", "hoàn toán quý giá quỹ ngoài khoáng huýt thuở"),
        ("hòa khỏe thúy ủy", "hòa khỏe thúy ủy"),
        ("5 tỉ đồng, 5 tỷ, nghìn tỉ, tỉ USD, tỉ lệ", "5 tỷ đồng, 5 tỷ, nghìn tỷ, tỷ USD, tỷ lệ"),
        ("tỉ mỉ, tỉ tê", "tỉ mỉ, tỉ tê"),
        ("Kĩ sư, Mĩ, lí do, quí III, bác sỹ, thời kì", "Kỹ sư, Mỹ, lý do, quý III, bác sĩ, thời kỳ"),
        ("tai, tay, hai, hay, lịch, kịch", "tai, tay, hai, hay, lịch, kịch"),
    ],
)
def test_normal_tone(text, expected):
    assert normal_tone(text) == expected


def test_tokens_keep_numbers_whole_and_split_at_hyphens():
    text = "Chỉ thị số 05-CT/TW, ngày 24/6/2020: 13.723 tỷ (9,35%), nhiệm kỳ 2020-2025, 1ha."
    expected = "chỉ thị số 05 ct tw ngày 24/6/2020 13.723 tỷ 9,35 nhiệm kỳ 2020 2025 1 ha"
    assert " ".join(syllables(text)) == expected
    assert tokens("A: 5.210 hộ.") == [("a", 0, 1), ("5.210", 3, 8), ("hộ", 9, 11)]


@given(vietnamese_text)
def test_tokens_and_syllables_agree_with_the_text(text):
    found = tokens(text)
    assert [token for token, _, _ in found] == syllables(text)
    assert all(text[start:end].lower() == token for token, start, end in found)


def test_has_diacritics():
    assert has_diacritics("đ")
    assert has_diacritics("Tỷ")
    assert not has_diacritics("Thu ngan sach – 2020")


def test_abbreviations_are_folded_and_expand_whatever_the_case():
    assert all(fold(key) == key and key.isalnum() for key in ABBREVIATIONS)
    assert all(
        fold(long) == long and len(long.split()) > 1 for longs in ABBREVIATIONS.values() for long in longs
    )
    assert expand("UBND") == expand("ubnd") == ("uy ban nhan dan",)
    assert expand("TP.") == ("thanh pho",)
    assert expand("LĐLĐ") == ("lien doan lao dong",)
    assert (expand("SV"), expand("VN"), expand("hn")) == (("sinh vien",), ("viet nam",), ())
    assert expand("từ") == expand("tư") == ()


def test_syllables_of_real_text_are_well_formed():
    words = {word for text in passages() for word in syllables(to_nfc(text)) if not word.isascii()}
    odd = [word for word in words if word.isalpha() and not is_syllable(word)]
    assert len(odd) < len(words) * 0.06  # loan words, place names of other languages, abbreviations


@pytest.mark.parametrize("name", LEGACY)
def test_old_encodings_come_back_exactly(name):
    assert decode(LEGACY[name]) == PARAGRAPH


@pytest.mark.parametrize("name", LEGACY)
def test_old_encodings_saved_as_unicode_come_back_exactly(name):
    misread = LEGACY[name].decode() if name == "utf-8 twice" else LEGACY[name].decode("latin-1")
    assert decode(misread.encode("utf-8")) == PARAGRAPH
    assert repair(misread) == PARAGRAPH


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_with_and_without_mark(encoding):
    assert decode(PARAGRAPH.encode(encoding)) == PARAGRAPH


def test_ordinary_texts_come_back_unchanged():
    texts = passages()
    assert len(texts) > 200
    for text in texts:
        assert decode(text.encode("utf-8")) == text
        assert decode(text.encode("utf-16")) == text
        assert repair(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Le conseil a été réuni à Besançon; là, les élèves ont reçu le prix, déjà cité près du théâtre. " * 5,
        "El señor Núñez llegó a la montaña; mañana visitará el jardín botánico de Málaga, según él. " * 5,
        "Die Straße führt über schöne Brücken; größer wäre natürlich Zürich, hörte man später. " * 5,
        "Giá vé 5 £, 20 °C, ±3.",
    ],
)
def test_other_languages_are_left_alone(text):
    assert decode(text.encode("utf-8")) == text
    assert decode(text.encode("cp1252")) == text


def test_single_words_are_never_converted():
    assert repair("thµnh phè") == "thµnh phè"


def test_a_cut_utf8_file_keeps_its_text():
    data = PARAGRAPH.encode("utf-8") + "đ".encode()[:1]
    assert decode(data) == PARAGRAPH + "\ufffd"


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", bytes(range(256)) * 4, b"\x01\x02\x03\x04" * 50, b"\xff\xfea"],
)
def test_binary_data_is_refused(data):
    with pytest.raises(UnreadableFile):
        decode(data)


def text_or_reason(data: bytes) -> str:
    try:
        return decode(data)
    except UnreadableFile as error:
        return str(error)


@settings(max_examples=200)
@given(st.binary())
def test_any_bytes_give_text_or_a_reason(data):
    assert isinstance(text_or_reason(data), str)
