import pytest
from conftest import write

from index import build_index
from index.places import mentions, places, read_place, said_kinds, typed_names
from qa import Assistant
from qa.fits import elsewhere, places_absent
from qa.surroundings import words_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("thu ngân sách tỉnh An Lạc và TP. An Lạc", [("an lac", "tỉnh"), ("an lac", "thành phố")]),
        ("thu ngan sach tinh an lac", [("an lac", "tỉnh")]),
        ("Bí thư Thành uỷ An Lạc", [("an lac", "thành phố")]),
        ("Cục Hải quan An Lạc tính An Lạc phải đóng", []),
        ("thị xã Bến Sỏi, xã Bến Sỏi", [("ben soi", "thị xã"), ("ben soi", "xã")]),
    ],
)
def test_the_kind_of_place_before_a_name(text, names):
    assert typed_names(text) == tuple(names)


@pytest.mark.parametrize("text", ["thành phố Hồ Chí Minh", "TP. Hồ Chí Minh", "TP.HCM", "TPHCM", "TP HCM"])
def test_a_city_that_bears_the_name_of_a_person(text):
    assert [(one.place.text, one.start) for one in mentions(f"ở {text}")] == [("thành phố Hồ Chí Minh", 2)]


@pytest.mark.parametrize("told", ["Thừa Thiên- Huế", "Thừa Thiên-Huế", "Thừa Thiên Huế"])
def test_marks_in_a_name_make_no_other_place(told):
    asked = read_place("Thừa Thiên - Huế")
    assert asked.matches(read_place(told))
    assert places_absent(f"Trường của tỉnh {asked.name}", words_of(f"Sở ở {told} họp.")) == 0.0
    assert not elsewhere([asked], f"Trường ở {told} có 9 lớp, hơn Cần Thơ.", "")


def test_how_often_a_name_is_of_which_kind():
    text = "UBND tỉnh An Lạc họp. Tỉnh An Lạc giao thành phố An Lạc."
    assert said_kinds(typed_names(text), "an lac") == {"tỉnh": 2, "thành phố": 1}


@pytest.fixture
def assistant(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    text = "Năm 2023, thu ngân sách thành phố An Lạc đạt 120,5 tỷ đồng. Thành phố An Lạc có 12 phường."
    write(folder / "a.md", "Thành phố An Lạc tổng kết năm 2023", "2024-01-05", text)
    build_index([folder], tmp_path / "index", model="toy")
    return Assistant.open(tmp_path / "index")


def test_the_city_s_figure_does_not_answer_for_the_province(assistant):
    city = assistant.ask("thu ngân sách thành phố An Lạc năm 2023 là bao nhiêu")
    province = assistant.ask("thu ngân sách tỉnh An Lạc năm 2023 là bao nhiêu")
    assert city.short == "120,5 tỷ đồng"
    assert province.confidence < 0.5 * city.confidence


@pytest.fixture
def offices(tmp_path):
    """A city and the province of the same name, each with its footer."""
    folder = tmp_path / "offices"
    folder.mkdir()
    for name, owner, street, number in (
        ("city", "UBND thành phố An Lạc", "93 đường Phú Lợi, phường 2", "02993 822182"),
        ("province", "UBND tỉnh An Lạc", "56 Lê Duẩn, phường 3, thành phố An Lạc", "0299.3822339"),
    ):
        write(
            folder / f"{name}.md",
            f"Tin của {owner}",
            "2024-01-05",
            f"Hội nghị tổng kết năm đã diễn ra sáng nay.\n\nCơ quan chủ quản: {owner}\nĐịa chỉ: {street}\n"
            f"Điện thoại/Fax: {number}\nMail: {name}@anlac.gov.vn",
            f"Cổng thông tin điện tử {owner}",
        )
    build_index([folder], tmp_path / "index", model="toy")
    return Assistant.open(tmp_path / "index")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("số điện thoại UBND thành phố An Lạc", "02993 822182"),
        ("số điện thoại UBND tỉnh An Lạc", "0299.3822339"),
        ("địa chỉ UBND thành phố An Lạc", "93 đường Phú Lợi, phường 2"),
        ("địa chỉ UBND tỉnh An Lạc", "56 Lê Duẩn, phường 3, thành phố An Lạc"),
    ],
)
def test_a_footer_is_of_the_office_that_owns_it(offices, question, answer):
    assert offices.ask(question).short == answer


def test_a_mail_address_is_said_as_it_is_written(offices):
    assert offices.ask("email của UBND thành phố An Lạc").text.startswith("city@anlac.gov.vn: ")


def test_an_office_s_number_is_not_somebody_s_mobile_number(offices):
    office = offices.ask("số điện thoại của chủ tịch UBND thành phố An Lạc")
    mobile = offices.ask("số điện thoại di động của chủ tịch UBND thành phố An Lạc")
    assert mobile.confidence < 0.5 * office.confidence


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Chủ tịch UBND xã Lâm Hoàng Khang chủ trì", ["xã"]),
        ("Bí thư Đảng ủy xã Cao Văn Lâm, ông", ["xã"]),
        ("Chủ tịch UBND thành phố Uông Thị Thùy Trang cho biết", ["thành phố"]),
        ("Chủ tịch UBND xã Lâm Thượng nói", ["xã Lâm Thượng"]),
        ("UBND xã Mai Văn Bình", ["xã Mai Văn Bình"]),
    ],
)
def test_who_holds_an_office_is_no_place(text, told):
    assert [one.place.text for one in mentions(text)] == told
    assert [place.text for _, place in places(text)] == told


@pytest.mark.parametrize("kind", ["thành phố", "xã"])
def test_the_place_of_an_office_is_named_for_the_office(kind):
    (mention,) = mentions(f"Chủ tịch UBND {kind} Lâm Hoàng Khang chủ trì")
    assert mention.body
