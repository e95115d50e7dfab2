import pytest
from conftest import write

from index import build_index
from qa import Assistant
from qa.evidence import AMOUNT, PERIOD_HERE, PLACE_CARRIED, PLACE_HERE, sureness
from qa.figures import unit_told


def over(folder, *articles):
    """What answers from articles, each its title, day, text and, if it matters, source."""
    (folder / "articles").mkdir()
    for number, article in enumerate(articles):
        write(folder / "articles" / f"{number}.md", *article)
    build_index([folder / "articles"], folder / "index", model="toy")
    return Assistant.open(folder / "index")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    return over(
        tmp_path_factory.mktemp("series"),
        (
            "Huyện An Bình năm 2021", "2022-01-05",
            "Năm 2021, thu ngân sách huyện An Bình đạt 100,5 tỷ đồng. Chi ngân sách là 98 tỷ đồng.",
        ),
        (
            "Huyện An Bình năm 2023", "2024-01-05",
            "Năm 2023, tổng thu NSNN trên địa bàn huyện An Bình là 150,75 tỷ đồng. "
            "Mục tiêu năm 2025 thu ngân sách đạt 200 tỷ đồng.",
            "Báo Khác",
        ),
    )  # fmt: skip


@pytest.mark.parametrize(
    "question",
    ["thu ngân sách của huyện An Bình qua các năm", "thu ngan sach huyen an binh qua cac nam",
     "Thu ngân sách An Bình theo từng năm là bao nhiêu?"],
)  # fmt: skip
def test_a_series_over_the_years(assistant, question):
    answer = assistant.ask(question)
    assert answer.text == (
        "Thu ngân sách của huyện An Bình: năm 2021: 100,5 tỷ đồng [1]; năm 2023: 150,75 tỷ đồng [2]; "
        "năm 2025: 200 tỷ đồng (kế hoạch) [3]."
    )
    assert [figure.text for figure in answer.figures] == ["100,5 tỷ đồng", "150,75 tỷ đồng", "200 tỷ đồng"]
    for citation, figure in zip(answer.citations, answer.figures, strict=True):
        assert figure.text in citation.quote
        assert citation.marks == ((figure.start, figure.end),)


def test_growth_is_computed_from_two_cited_figures_and_says_so(assistant):
    answer = assistant.ask("từ năm 2021 đến năm 2023 thu ngân sách huyện An Bình tăng bao nhiêu")
    assert answer.text == (
        "Thu ngân sách của huyện An Bình: năm 2021: 100,5 tỷ đồng [1]; năm 2023: 150,75 tỷ đồng [2]. "
        "Tính từ hai số liệu trên: tăng 50,25 tỷ đồng, tức 50%."
    )
    assert len(answer.citations) == 2


def test_a_year_that_no_figure_tells_is_not_computed_with(assistant):
    answer = assistant.ask("từ năm 2019 đến năm 2023 thu ngân sách huyện An Bình tăng bao nhiêu")
    assert answer.figures == ()
    assert "Tính từ hai số liệu" not in answer.text


def test_figures_told_with_a_change_or_for_a_head_belong_to_the_series(tmp_path):
    assistant = over(
        tmp_path,
        (
            "Huyện Tân Lễ 9 tháng năm 2021", "2021-10-05",
            "9 tháng đầu năm nay, thu nhập bình quân đầu người của huyện Tân Lễ đạt 60 triệu đồng, tăng 5% so với cùng kỳ.",
        ),
        (
            "Huyện Tân Lễ năm 2023", "2024-01-05",
            "Năm 2023, thu nhập bình quân đầu người của huyện Tân Lễ đạt 75 triệu đồng/người/năm, tăng 6% so với năm trước.",
        ),
    )  # fmt: skip
    answer = assistant.ask("thu nhập bình quân đầu người huyện Tân Lễ qua các năm")
    assert answer.text == (
        "Thu nhập bình quân đầu người của huyện Tân Lễ: 9 tháng đầu năm nay (2021): 60 triệu đồng [1]; "
        "năm 2023: 75 triệu đồng/người/năm [2]."
    )
    assert {unit_told(figure) for figure in answer.figures} == {"đồng"}


def test_one_figure_is_no_series(assistant):
    assert assistant.ask("chi ngân sách huyện An Bình qua các năm").figures == ()


def test_only_the_articles_that_may_speak_are_heard(assistant):
    answer = assistant.ask("thu ngân sách huyện An Bình qua các năm", source="Báo Khác")
    assert [figure.text for figure in answer.figures] == ["150,75 tỷ đồng", "200 tỷ đồng"]


def test_a_question_for_one_year_is_no_series(assistant):
    assert assistant.ask("thu ngân sách huyện An Bình năm 2023").figures == ()


def test_an_answer_is_as_sure_as_its_least_sure_row(assistant):
    series = assistant.ask("thu ngân sách của huyện An Bình qua các năm")
    growth = assistant.ask("từ năm 2021 đến năm 2023 thu ngân sách huyện An Bình tăng bao nhiêu")
    told_here = AMOUNT * PERIOD_HERE * PLACE_HERE
    assert growth.confidence == pytest.approx(told_here)
    assert series.confidence == pytest.approx(AMOUNT * PERIOD_HERE * PLACE_CARRIED)  # the plan names no place


def test_rows_that_agree_are_surer_and_rows_that_differ_less_sure(tmp_path):
    told = [
        "Năm 2021, thu ngân sách huyện An Bình đạt 100,5 tỷ đồng.",
        "Năm 2021, thu ngân sách huyện An Bình đạt hơn 100 tỷ đồng.",
        "Năm 2022, thu ngân sách huyện An Bình đạt 120 tỷ đồng.",
        "Năm 2022, thu ngân sách huyện An Bình đạt 130 tỷ đồng.",
        "Năm 2021, thu ngân sách huyện Tân Lập đạt 90 tỷ đồng. Năm 2022, thu ngân sách huyện Tân Lập đạt 95 tỷ đồng.",
    ]
    articles = [("Tin ngân sách", "2023-01-05", text) for text in told]
    generation = over(tmp_path, *articles).figures("thu ngân sách")
    rows = {figure.text: figure for figure in generation}
    once = AMOUNT * PERIOD_HERE * PLACE_HERE

    def sure(text):
        return sureness("thu ngân sách", [rows[text]], generation, generation.articles)

    assert sure("90 tỷ đồng") == pytest.approx(once)
    assert sure("100,5 tỷ đồng") == pytest.approx(1 - (1 - once) ** 2)
    assert sure("120 tỷ đồng") == pytest.approx(once / 2)
    assert sureness("thu ngân sách huyện", [rows["90 tỷ đồng"]], generation, generation.articles) < once
