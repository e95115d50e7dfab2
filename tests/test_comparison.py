"""Comparisons: questions taken apart, two figures set against each other, and the guard on what is computed."""

import pytest
from conftest import write

from index import build_index
from index.quantities import find_quantities
from index.vietnamese import fold
from qa import Assistant
from qa.arithmetic import Computed, comparable
from qa.comparison import sides
from qa.question import understand
from qa.verify import unsupported

CHOICES = [
    (
        "Thu ngân sách An Bình 9 tháng năm 2021 so với Hòa Lộc năm 2020 chênh nhau bao nhiêu?",
        "Thu ngân sách An Bình 9 tháng năm 2021 là bao nhiêu?",
        "Thu ngân sách Hòa Lộc năm 2020 là bao nhiêu?",
        "cao hơn",
    ),
    (
        "Tỷ lệ hộ nghèo An Bình năm 2020 và Hòa Lộc năm 2021, nơi nào thấp hơn?",
        "Tỷ lệ hộ nghèo An Bình năm 2020 là bao nhiêu?",
        "Tỷ lệ hộ nghèo Hòa Lộc năm 2021 là bao nhiêu?",
        "thấp hơn",
    ),
    (
        "Giữa An Bình và Hòa Lộc, nơi nào có tỷ lệ hộ nghèo thấp hơn?",
        "An Bình có tỷ lệ hộ nghèo là bao nhiêu?",
        "Hòa Lộc có tỷ lệ hộ nghèo là bao nhiêu?",
        "thấp hơn",
    ),
    (
        "Giữa An Bình và Hòa Lộc, nơi nào có tỷ lệ hộ nghèo giảm nhanh hơn mỗi năm?",
        "An Bình có tỷ lệ hộ nghèo giảm mỗi năm là bao nhiêu?",
        "Hòa Lộc có tỷ lệ hộ nghèo giảm mỗi năm là bao nhiêu?",
        "giảm nhanh hơn",
    ),
    (
        "An Bình hay Hòa Lộc đông dân hơn",
        "An Bình có dân số là bao nhiêu?",
        "Hòa Lộc có dân số là bao nhiêu?",
        "đông dân hơn",
    ),
    (
        "Ban chỉ huy mới của An Bình hay Hòa Lộc đông hơn?",
        "Ban chỉ huy mới của An Bình có bao nhiêu?",
        "Ban chỉ huy mới của Hòa Lộc có bao nhiêu?",
        "đông hơn",
    ),
    (
        "huyện An Bình hay Hòa Lộc có nhiều trường học hơn?",
        "Huyện An Bình có bao nhiêu trường học?",
        "Huyện Hòa Lộc có bao nhiêu trường học?",
        "nhiều trường học hơn",
    ),
    (
        "thu ngân sách năm 2020 và năm 2019 năm nào cao hơn, chênh bao nhiêu",
        "Thu ngân sách năm 2020 là bao nhiêu?",
        "Thu ngân sách năm 2019 là bao nhiêu?",
        "cao hơn",
    ),
    (
        "Giữa năm 2019 và năm 2020, năm nào huyện An Bình thu ngân sách ít hơn?",
        "Năm 2019 huyện An Bình thu ngân sách là bao nhiêu?",
        "Năm 2020 huyện An Bình thu ngân sách là bao nhiêu?",
        "ít hơn",
    ),
    (
        "Kim ngạch xuất khẩu quý I và quý II năm 2020, quý nào cao hơn?",
        "Kim ngạch xuất khẩu quý I năm 2020 là bao nhiêu?",
        "Kim ngạch xuất khẩu quý II năm 2020 là bao nhiêu?",
        "cao hơn",
    ),
    (
        "Huyện nào có tỷ lệ hộ nghèo thấp hơn, An Bình hay Hòa Lộc?",
        "An Bình có tỷ lệ hộ nghèo là bao nhiêu?",
        "Hòa Lộc có tỷ lệ hộ nghèo là bao nhiêu?",
        "thấp hơn",
    ),
    (
        "chênh lệch thu nhập bình quân giữa An Bình và Hòa Lộc",
        "Thu nhập bình quân của An Bình là bao nhiêu?",
        "Thu nhập bình quân của Hòa Lộc là bao nhiêu?",
        "cao hơn",
    ),
    (
        "so sánh An Bình và Hòa Lộc về tỷ lệ hộ nghèo",
        "Tỷ lệ hộ nghèo của An Bình là bao nhiêu?",
        "Tỷ lệ hộ nghèo của Hòa Lộc là bao nhiêu?",
        "cao hơn",
    ),
    (
        "Hội Phụ nữ hay Hội Nông dân có nhiều hội viên hơn?",
        "Hội Phụ nữ có bao nhiêu hội viên?",
        "Hội Nông dân có bao nhiêu hội viên?",
        "nhiều hội viên hơn",
    ),
    (
        "Cầu An Bình hay cầu Hòa Lộc dài hơn?",
        "Cầu An Bình dài bao nhiêu?",
        "Cầu Hòa Lộc dài bao nhiêu?",
        "dài hơn",
    ),
    (
        "Thu ngân sách của quận 10 hay quận 3 cao hơn?",
        "Thu ngân sách của quận 10 là bao nhiêu?",
        "Thu ngân sách của quận 3 là bao nhiêu?",
        "cao hơn",
    ),
    (
        "giua an binh va hoa loc noi nao co ty le ho ngheo thap hon",
        "An binh co ty le ho ngheo la bao nhieu?",
        "Hoa loc co ty le ho ngheo la bao nhieu?",
        "thấp hơn",
    ),
    (
        "nam 2020 thu nhap binh quan an binh hay hoa loc cao hon",
        "Nam 2020 thu nhap binh quan an binh la bao nhieu?",
        "Nam 2020 thu nhap binh quan hoa loc la bao nhieu?",
        "cao hơn",
    ),
    (
        "thu ngan sach nam 2020 va 2019 nam nao cao hon",
        "Thu ngan sach nam 2020 la bao nhieu?",
        "Thu ngan sach nam 2019 la bao nhieu?",
        "cao hơn",
    ),
]
MEASURES = [
    (
        "Thu ngân sách An Bình năm 2020 so với năm 2021 tăng hay giảm?",
        "Thu ngân sách An Bình năm 2020 là bao nhiêu?",
        "Thu ngân sách An Bình năm 2021 là bao nhiêu?",
        ("difference",),
    ),
    (
        "thu ngân sách của An Bình cao hơn của Hòa Lộc bao nhiêu lần",
        "Thu ngân sách của An Bình là bao nhiêu?",
        "Thu ngân sách của Hòa Lộc là bao nhiêu?",
        ("ratio", "difference"),
    ),
    (
        "so với năm 2019 thì thu ngân sách 2020 tăng bao nhiêu",
        "Thu ngân sách năm 2020 là bao nhiêu?",
        "Thu ngân sách năm 2019 là bao nhiêu?",
        ("difference",),
    ),
    (
        "Thu nhập bình quân của An Bình năm 2023 cao hơn năm 2020 bao nhiêu phần trăm?",
        "Thu nhập bình quân của An Bình năm 2023 là bao nhiêu?",
        "Thu nhập bình quân của An Bình năm 2020 là bao nhiêu?",
        ("percent", "difference"),
    ),
    (
        "An Bình có thu nhập bình quân cao hơn Hòa Lộc không?",
        "An Bình có thu nhập bình quân là bao nhiêu?",
        "Hòa Lộc có thu nhập bình quân là bao nhiêu?",
        ("difference",),
    ),
    (
        "Năng suất lúa năm 2023 của An Bình so với Hòa Lộc thế nào?",
        "Năng suất lúa năm 2023 của An Bình là bao nhiêu?",
        "Năng suất lúa năm 2023 của Hòa Lộc là bao nhiêu?",
        ("difference",),
    ),
    (
        "Thu ngân sách của An Bình cao hơn hay thấp hơn Hòa Lộc?",
        "Thu ngân sách của An Bình là bao nhiêu?",
        "Thu ngân sách của Hòa Lộc là bao nhiêu?",
        ("difference",),
    ),
    (
        "thu ngan sach cua an binh gap may lan hoa loc",
        "Thu ngan sach cua an binh la bao nhieu?",
        "Thu ngan sach cua hoa loc la bao nhieu?",
        ("ratio", "difference"),
    ),
    (
        "so voi hoa loc thi ty le ho ngheo cua an binh thap hon bao nhieu",
        "Ty le ho ngheo cua an binh la bao nhieu?",
        "Ty le ho ngheo cua hoa loc la bao nhieu?",
        ("difference",),
    ),
]
ORDINARY = [
    "Tỷ lệ hộ nghèo của An Bình là bao nhiêu?",
    "Thu ngân sách tăng bao nhiêu so với cùng kỳ?",
    "Số vụ cháy ở An Bình năm 2021 nhiều hơn năm trước bao nhiêu phần trăm?",
    "Tuyến đường giữa An Bình và Hòa Lộc dài bao nhiêu km?",
    "Cầu nối giữa An Bình và Hòa Lộc khánh thành ngày nào?",
    "Giữa năm 2020 và cuối năm 2020 huyện nào thu cao hơn?",
    "Huyện nào có nhiều hộ nghèo nhất?",
    "Tỷ lệ hộ nghèo thấp hơn kế hoạch bao nhiêu?",
    "An Bình và Hòa Lộc có tổng cộng bao nhiêu đại biểu?",
    "Ông An là chủ tịch hay bí thư?",
    "Vì sao An Bình có thu nhập cao hơn Hòa Lộc?",
    "Hơn 500 tỷ đồng được thu ở An Bình hay Hòa Lộc?",
    "Đội bóng nào chơi hay hơn cả?",
    "Trong hơn 10 năm huyện xây bao nhiêu cây cầu?",
    "An Bình hay Hòa Lộc?",
    "Tình hình kinh tế An Bình so với năm ngoái thế nào?",
    "chenh lech thu chi nam 2021 cua benh vien la bao nhieu",
]


@pytest.mark.parametrize(("text", "first", "second", "degree"), CHOICES, ids=lambda value: value[:30])
def test_a_choice_is_taken_apart(text, first, second, degree):
    found = sides(understand(text))
    assert [side.question for side in found.sides] == [first, second]
    assert (found.degree, found.more, found.measure) == (
        degree,
        degree not in ("thấp hơn", "ít hơn"),
        False,
    )


@pytest.mark.parametrize(("text", "first", "second", "operations"), MEASURES)
def test_a_measure_is_taken_apart(text, first, second, operations):
    found = sides(understand(text))
    assert [side.question for side in found.sides] == [first, second]
    assert (found.operations, found.measure) == (operations, True)


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_question_stays_one(text):
    assert sides(understand(text)) is None
    assert sides(understand(fold(text))) is None


def test_three_sides_share_their_type():
    found = sides(
        understand("Trong ba huyện An Bình, Hòa Lộc và Tân Phú, huyện nào có nhiều trường học nhất?")
    )
    assert [side.name for side in found.sides] == ["huyện An Bình", "huyện Hòa Lộc", "huyện Tân Phú"]
    assert [side.bare for side in found.sides] == ["An Bình", "Hòa Lộc", "Tân Phú"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sông Lam và Hòa Lộc, nơi nào có tỷ lệ giải ngân cao hơn?", ["Sông Lam", "Hòa Lộc"]),
        ("song lam hay hoa loc dong dan hon", ["song lam", "hoa loc"]),
        ("Sông Lam hay sông Hồng dài hơn?", ["Sông Lam", "sông Hồng"]),
        ("thành phố Hồ Chí Minh hay Hà Nội đông dân hơn?", ["thành phố Hồ Chí Minh", "thành phố Hà Nội"]),
        ("Hồ Chí Minh hay Hà Nội đông dân hơn?", ["Hồ Chí Minh", "Hà Nội"]),
        ("xã An Bình hay huyện Hòa Lộc đông dân hơn?", ["xã An Bình", "huyện Hòa Lộc"]),
    ],
)
def test_names_and_their_types(text, names):
    assert [side.name for side in sides(understand(text)).sides] == names


def test_sides_that_are_periods_have_days():
    found = sides(understand("thu ngan sach 6 thang dau nam 2020 hay 6 thang dau nam 2021 cao hon"))
    assert [(str(side.period.first), str(side.period.last)) for side in found.sides] == [
        ("2020-01-01", "2020-06-30"),
        ("2021-01-01", "2021-06-30"),
    ]


# --- answers ------------------------------------------------------------------------------------------------

AN_BINH = (
    "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng. Tỷ lệ hộ nghèo huyện An Bình năm 2023 còn 3,4%.\n\n"
    "Thu nhập bình quân đầu người huyện An Bình năm 2023 đạt 88,9 triệu đồng.\n\n"
    "Dân số huyện An Bình là 145.200 người. Huyện An Bình có 41 trường học."
)
HOA_LOC = (
    "Năm 2023, thu ngân sách huyện Hòa Lộc đạt 98 tỷ 250 triệu đồng. Tỷ lệ hộ nghèo huyện Hòa Lộc năm 2023 còn 2,1%.\n\n"
    "Thu nhập bình quân đầu người huyện Hòa Lộc năm 2023 đạt 70 triệu đồng.\n\n"
    "Dân số huyện Hòa Lộc là 98.700 người. Huyện Hòa Lộc có 41 trường học."
)
EARLIER = (
    "Năm 2019, thu ngân sách huyện An Bình đạt 80 tỷ đồng. Thu nhập bình quân đầu người huyện An Bình năm 2019 đạt "
    "61,4 triệu đồng.\n\n"
    "Năm 2019, huyện An Bình trồng được 300 ha rừng."
)
OTHERS = (
    "Diện tích lúa của xã Tân Phú là 420 ha. Sản lượng chè xã Tân Phú năm 2022 đạt 35 tấn.\n\n"
    "Sản lượng chè xã Vĩnh Hà năm 2023 đạt gần 36 tấn. Diện tích lúa của xã Vĩnh Hà là 4,5 km².\n\n"
    "Xã Tân Phú được hỗ trợ 5 tỷ đồng xây chợ. Xã Vĩnh Hà được hỗ trợ 30% kinh phí xây chợ."
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("compared")
    write(folder / "a.md", "Kinh tế huyện An Bình năm 2023", "2024-01-05", AN_BINH)
    write(folder / "b.md", "Kinh tế huyện Hòa Lộc năm 2023", "2024-01-10", HOA_LOC)
    write(folder / "c.md", "Kinh tế huyện An Bình năm 2019", "2020-01-08", EARLIER)
    write(folder / "d.md", "Nông nghiệp hai xã Tân Phú và Vĩnh Hà", "2024-02-01", OTHERS)
    build_index([folder], folder / "index", model="toy")
    return Assistant.open(folder / "index")


# question -> both figures, the conclusion; the differences are worked out by hand
ANSWERS = [
    # 3.4 - 2.1 = 1.3
    ("Giữa An Bình và Hòa Lộc, nơi nào có tỷ lệ hộ nghèo thấp hơn?", "3,4%", "2,1%",
     "Hòa Lộc thấp hơn; tính từ hai số liệu trên: chênh 1,3 điểm phần trăm."),
    ("giua an binh va hoa loc noi nao co ty le ho ngheo cao hon", "3,4%", "2,1%",
     "An Bình cao hơn; tính từ hai số liệu trên: chênh 1,3 điểm phần trăm."),
    # 145,200 - 98,700 = 46,500
    ("An Bình hay Hòa Lộc đông dân hơn?", "145.200 người", "98.700 người",
     "An Bình đông dân hơn; tính từ hai số liệu trên: chênh 46.500 người."),
    ("huyen an binh hay huyen hoa loc dong dan hon", "145.200 người", "98.700 người",
     "Huyện An Bình đông hơn; tính từ hai số liệu trên: chênh 46.500 người."),
    # 88.9 - 70 = 18.9 million
    ("chênh lệch thu nhập bình quân đầu người năm 2023 giữa huyện An Bình và huyện Hòa Lộc", "88,9 triệu đồng",
     "70 triệu đồng", "Huyện An Bình cao hơn; tính từ hai số liệu trên: chênh 18,9 triệu đồng."),
    # 88.9 / 70 = 1.27
    ("Thu nhập bình quân đầu người năm 2023 của An Bình gấp mấy lần Hòa Lộc?", "88,9 triệu đồng", "70 triệu đồng",
     "An Bình cao hơn; tính từ hai số liệu trên: gấp 1,27 lần, chênh 18,9 triệu đồng."),
    # 120.5 - 98.25 = 22.25 billion
    ("Năm 2023 thu ngân sách huyện An Bình cao hơn huyện Hòa Lộc bao nhiêu?", "120,5 tỷ đồng",
     "98 tỷ 250 triệu đồng", "Huyện An Bình cao hơn; tính từ hai số liệu trên: chênh 22,25 tỷ đồng."),
    # 120.5 - 80 = 40.5 billion
    ("thu ngân sách huyện An Bình năm 2023 và năm 2019 năm nào cao hơn, chênh bao nhiêu", "120,5 tỷ đồng",
     "80 tỷ đồng", "Năm 2023 cao hơn; tính từ hai số liệu trên: chênh 40,5 tỷ đồng."),
    ("thu ngan sach huyen an binh nam 2023 va nam 2019 nam nao it hon", "120,5 tỷ đồng", "80 tỷ đồng",
     "Năm 2019 ít hơn; tính từ hai số liệu trên: chênh 40,5 tỷ đồng."),
    # 88.9 - 61.4 = 27.5 million; 27.5 / 61.4 = 44.79 %
    ("Thu nhập bình quân đầu người huyện An Bình năm 2023 cao hơn năm 2019 bao nhiêu phần trăm?",
     "88,9 triệu đồng", "61,4 triệu đồng",
     "Năm 2023 cao hơn; tính từ hai số liệu trên: chênh 44,79%, chênh 27,5 triệu đồng."),
    ("So với năm 2019 thì thu ngân sách huyện An Bình năm 2023 tăng bao nhiêu?", "120,5 tỷ đồng", "80 tỷ đồng",
     "Năm 2023 cao hơn; tính từ hai số liệu trên: chênh 40,5 tỷ đồng."),
    ("huyện An Bình hay huyện Hòa Lộc có nhiều trường học hơn?", "41 trường", "41 trường",
     "Huyện An Bình và huyện Hòa Lộc bằng nhau."),
    # 4.5 km² = 4,500,000 m², 420 ha = 4,200,000 m²
    ("Diện tích lúa của xã Tân Phú hay xã Vĩnh Hà lớn hơn?", "420 ha", "4,5 km²",
     "xã Vĩnh Hà lớn hơn; tính từ hai số liệu trên: chênh 300.000 m²."),
]  # fmt: skip


@pytest.mark.parametrize(("question", "first", "second", "conclusion"), ANSWERS, ids=lambda value: value[:40])
def test_both_figures_and_what_follows(assistant, question, first, second, conclusion):
    answer = assistant.ask(question)
    assert (answer.answered, answer.outcome, answer.short) == (True, "answer", None), answer.text
    assert fold(answer.text).endswith(fold(f"Kết luận: {conclusion}"))
    quotes = [citation.quote for citation in answer.citations]
    for number, (figure, quote) in enumerate(zip((first, second), quotes, strict=True), 1):
        assert f": {figure}" in answer.text
        assert f"[{number}]" in answer.text
        assert figure in quote
    assert len(answer.text.split()) <= 160
    assert [hit.rank for hit in answer.hits] == list(range(1, len(answer.hits) + 1))
    assert answer.understood.endswith("so sánh")


def test_citations_stand_in_their_articles(assistant):
    for citation in assistant.ask("An Bình hay Hòa Lộc đông dân hơn?").citations:
        article = assistant.article(citation.article_id)
        assert article.text[citation.start : citation.end] == citation.quote
        assert next(article.text[start:end] for start, end in citation.marks).endswith("người")


def test_a_side_that_is_not_found_is_named(assistant):
    answer = assistant.ask("An Bình hay Vạn Phúc có tỷ lệ hộ nghèo năm 2023 thấp hơn?")
    assert (answer.answered, answer.outcome) == (False, "nearest")
    assert "An Bình, năm 2023: 3,4%" in answer.text
    assert "Không tìm thấy số liệu của Vạn Phúc" in answer.text
    [citation] = answer.citations
    assert "3,4%" in citation.quote
    assert answer.hits[0].article.title == "Kinh tế huyện An Bình năm 2023"


def test_a_year_that_is_not_told_gets_no_figure_of_another_year(assistant):
    answer = assistant.ask("thu ngân sách huyện An Bình năm 2023 hay năm 2015 cao hơn?")
    assert not answer.answered
    assert "năm 2015" in answer.text
    assert "80 tỷ" not in answer.text


def test_a_figure_of_the_time_the_article_is_about_is_of_no_other_time(assistant):
    answer = assistant.ask("Thu ngân sách năm 2019 của An Bình hay Hòa Lộc cao hơn?")
    assert not answer.answered
    assert "80 tỷ đồng" in answer.text
    assert "98 tỷ" not in answer.text


def test_nothing_found_on_either_side(assistant):
    answer = assistant.ask("Vạn Phúc hay Lạc Thổ có sản lượng cá cao hơn?")
    assert (answer.answered, answer.citations) == (False, ())
    assert "Không tìm thấy số liệu của Vạn Phúc và Lạc Thổ" in answer.text


def test_figures_that_count_different_things_are_not_compared(assistant):
    answer = assistant.ask("Xã Tân Phú hay xã Vĩnh Hà được hỗ trợ xây chợ nhiều hơn?")
    assert not answer.answered
    assert "Kết luận" not in answer.text


def test_figures_said_roughly_and_of_different_years(assistant):
    answer = assistant.ask("Sản lượng chè của xã Tân Phú hay xã Vĩnh Hà cao hơn?")
    assert "35 tấn" in answer.text
    assert "gần 36 tấn" in answer.text
    assert "thời gian khác nhau" in answer.text
    assert "chưa đủ để kết luận" in answer.text
    assert "chênh" not in answer.text


def test_a_difference_the_text_states_is_quoted(tmp_path):
    text = "Năm 2023, thu ngân sách huyện An Bình đạt 120,5 tỷ đồng, tăng 1,5 lần so với năm 2019."
    write(tmp_path / "a.md", "Kinh tế huyện An Bình", "2024-01-05", text)
    build_index([tmp_path / "a.md"], tmp_path / "index", model="toy")
    answer = Assistant.open(tmp_path / "index").ask(
        "Thu ngân sách huyện An Bình năm 2023 tăng bao nhiêu lần so với năm 2019?"
    )
    assert (answer.answered, answer.short) == (True, "1,5 lần")


def test_an_ordinary_question_is_answered_as_before(assistant):
    assert assistant.ask("tỷ lệ hộ nghèo huyện Hòa Lộc năm 2023 là bao nhiêu").short == "2,1%"


# --- what is computed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b", "difference", "ratio"),
    [
        ("1,96%/năm", "0,66%", "1,3 điểm phần trăm", "2,97 lần"),
        ("459,6 tỷ đồng", "743 tỷ đồng", "283,4 tỷ đồng", "1,62 lần"),
        ("240 tỷ 697 triệu đồng", "240 tỷ đồng", "697 triệu đồng", "1 lần"),
        ("12.000 đồng/kg", "8.500 đồng/kg", "3.500 đồng/kg", "1,41 lần"),
        ("41 ủy viên", "39 đồng chí", "2 người", "1,05 lần"),
        ("48,3 triệu USD", "3 triệu USD", "45,3 triệu USD", "16,1 lần"),
        ("2 km", "500 m", "1.500 m", "4 lần"),
        ("5 dự án", "3 dự án FDI", "2 dự án", "1,67 lần"),
    ],
)
def test_differences_and_ratios(a, b, difference, ratio):
    [first], [second] = find_quantities(f"đạt {a}"), find_quantities(f"đạt {b}")
    for pair in ((first, second), (second, first)):
        assert Computed("difference", *pair).said() == difference
        assert Computed("ratio", *pair).said() == ratio


@pytest.mark.parametrize(("a", "b"), [("5 tỷ đồng", "5%"), ("5 triệu USD", "5 triệu đồng"), ("3 ha", "3 hộ")])
def test_what_cannot_be_compared(a, b):
    [first], [second] = find_quantities(f"đạt {a}"), find_quantities(f"đạt {b}")
    assert comparable(first, second) is None
    with pytest.raises(ValueError, match="no difference of"):
        Computed("difference", first, second).said()


def test_the_guard_works_out_what_is_computed():
    quotes = ["An Bình giảm 1,96%/năm", "mỗi năm giảm 0,66%"]
    computed = [Computed("difference", find_quantities(quotes[0])[0], find_quantities(quotes[1])[0])]
    assert unsupported("chênh 1,3 điểm phần trăm", quotes, computed) == []
    assert unsupported("chênh 1,4 điểm phần trăm", quotes, computed) == ["1,4 điểm phần trăm"]
    assert unsupported("chênh 1,3 điểm phần trăm", quotes) == ["1,3 điểm phần trăm"]


def test_the_guard_takes_no_figure_that_is_not_cited():
    [first], [other] = find_quantities("giảm 1,96%/năm"), find_quantities("giảm 0,76%")
    computed = [Computed("difference", first, other)]
    said = "chênh 1,2 điểm phần trăm"
    assert unsupported(said, ["giảm 1,96%/năm", "giảm 0,66%"], computed) == ["1,2 điểm phần trăm"]
    assert unsupported(said, ["giảm 1,96%/năm", "giảm 0,76%"], computed) == []


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "Vụ đông xuân hay vụ hè thu ở An Bình có năng suất lúa cao hơn?",
            "Vụ đông xuân ở An Bình có năng suất lúa là bao nhiêu?",
            "Vụ hè thu ở An Bình có năng suất lúa là bao nhiêu?",
        ),
        (
            "Tỷ lệ đậu khối A hay khối C cao hơn?",
            "Tỷ lệ đậu khối A là bao nhiêu?",
            "Tỷ lệ đậu khối C là bao nhiêu?",
        ),
        (
            "Năm 2023, xã An Bình trồng lúa hay ngô nhiều hơn?",
            "Năm 2023, xã An Bình trồng lúa là bao nhiêu?",
            "Năm 2023, xã An Bình trồng ngô là bao nhiêu?",
        ),
    ],
)
def test_things_that_are_no_places_are_sides_too(question, first, second):
    found = sides(understand(question))
    assert found is not None
    assert [side.question for side in found.sides] == [first, second]
    assert found.things


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("so sánh thu ngân sách quý I năm 2012 và năm 2013", ["quý I năm 2012", "quý I năm 2013"]),
        ("so sánh thu ngân sách năm 2012 và quý I năm 2013", ["năm 2012", "quý I năm 2013"]),
        ("so sánh thu ngân sách năm 2012 và năm 2013", ["năm 2012", "năm 2013"]),
    ],
)
def test_a_year_beside_a_part_of_another_is_the_same_part(question, names):
    assert [side.name for side in sides(understand(question)).sides] == names


@pytest.mark.parametrize(
    "question", ["có bao nhiêu học sinh hay sinh viên đạt giải?", "Phim này hay hơn phim kia bao nhiêu?"]
)
def test_an_either_without_a_comparison_has_no_sides(question):
    assert sides(understand(question)) is None


def test_two_years_of_one_sentence_each_have_their_figure(tmp_path):
    write(
        tmp_path / "a.md",
        "Lao động nữ",
        "2006-05-13",
        "Tỷ lệ lao động nữ có việc làm ở huyện An Bình tăng từ 74,37% năm 2001 lên 80,2% năm 2005.",
    )
    build_index([tmp_path], tmp_path / "index", model="toy")
    answer = Assistant.open(tmp_path / "index").ask(
        "Tỷ lệ lao động nữ có việc làm ở huyện An Bình năm 2001 và năm 2005, năm nào cao hơn?"
    )
    assert "Năm 2001: 74,37% –" in answer.text
    assert "Năm 2005: 80,2% –" in answer.text
    assert answer.text.endswith(
        "Kết luận: Năm 2005 cao hơn; tính từ hai số liệu trên: chênh 5,83 điểm phần trăm."
    )


@pytest.mark.parametrize(
    ("published", "answered"), [("2020-06-24", True), ("2021-02-20", True), ("2022-05-03", False)]
)
def test_what_holds_to_this_day_is_of_the_year_in_which_it_was_published(tmp_path, published, answered):
    write(
        tmp_path / "a.md",
        "Y tế huyện An Bình",
        published,
        "Tỷ lệ dân huyện An Bình có bảo hiểm y tế đến nay đạt 96,9%.",
    )
    write(
        tmp_path / "b.md",
        "Huyện An Bình năm 2023",
        "2023-12-20",
        "Năm 2023, tỷ lệ dân huyện An Bình có bảo hiểm y tế là 94,12%.",
    )
    build_index([tmp_path], tmp_path / "index", model="toy")
    answer = Assistant.open(tmp_path / "index").ask(
        "Tỷ lệ dân huyện An Bình có bảo hiểm y tế năm 2020 hay năm 2023 cao hơn?"
    )
    assert answer.answered is answered
    assert ("96,9%" in answer.text) is answered


def test_of_several_years_those_are_compared_that_both_sides_have(tmp_path):
    """The latest figure of one town beside an older one of the other says little."""
    told = {
        (
            "Hòa Lộc",
            2020,
        ): "Thu nhập bình quân đầu người tăng nhanh ở Hòa Lộc, năm 2020 ước đạt 41,5 triệu đồng.",
        ("Hòa Lộc", 2023): "Thu nhập bình quân đầu người của xã Hòa Lộc năm 2023 đạt 58,2 triệu đồng.",
        ("Bến Lội", 2020): "Thu nhập bình quân đầu người của xã Bến Lội năm 2020 đạt 36,5 triệu đồng.",
    }
    for (name, year), text in told.items():
        write(tmp_path / f"{fold(name)}-{year}.md", f"Xã {name} năm {year}", f"{year}-12-20", text)
    build_index([tmp_path], tmp_path / "index", model="toy")
    answer = Assistant.open(tmp_path / "index").ask(
        "Giữa xã Hòa Lộc và xã Bến Lội nơi nào thu nhập bình quân đầu người cao hơn?"
    )
    assert "41,5 triệu đồng" in answer.text
    assert "chênh 5 triệu đồng" in answer.text
    assert "thời gian khác nhau" not in answer.text


def test_a_time_that_a_side_says_is_said_once(assistant):
    answer = assistant.ask("Thu ngân sách huyện An Bình năm 2023 và huyện Hòa Lộc năm 2023, nơi nào cao hơn?")
    assert answer.answered
    assert answer.text.startswith("Huyện An Bình năm 2023: 120,5 tỷ đồng"), answer.text
    assert answer.understood.count("năm 2023") == 1
