from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import Cleaned, clean
from index.legacy import decode
from index.stamps import bare_stamp, date_in_name, stamp_date, timed_stamp
from index.vietnamese import to_nfc

ARTICLES = Path(__file__).parents[2] / "shared" / "articles"
PROSE = "Thu ngân sách nhà nước trên địa bàn đạt 459,6 tỷ đồng, vượt kế hoạch đề ra."


def furniture(cleaned: Cleaned) -> list[str]:
    return [cleaned.text[start:end] for start, end in cleaned.furniture]


def shared_texts() -> dict[str, str]:
    if not ARTICLES.is_dir():
        pytest.skip("needs shared/articles")
    return {path.name[:3]: to_nfc(decode(path.read_bytes())) for path in sorted(ARTICLES.glob("*.txt"))}


def test_white_space_and_empty_lines():
    assert clean(" Tiêu\u00a0đề \r\n\r\n\tMột  đoạn.\n \n").text == "Tiêu đề\nMột đoạn."
    assert clean("") == Cleaned("", (), ())


@pytest.mark.parametrize(
    "line",
    [
        "Lượt xem: 357",
        "Đang truy cập:4505",
        "Tổng truy cập: 1856545",
        "SỐ LƯỢNG TRUY CẬP",
        "lượt truy cập",
        "Thống kê truy cập",
        "• Đang online: 97",
        "No title... No title... No title...",
        "1 2 3 4 5 ...",
        "Truy cập nội dung luôn",
        "Đăng nhập",
        "Trang chủ",
        "Trang chủ > Tin tức > Kinh tế",
        "Tin tức khác",
        "In bài viết",
        "Chia sẻ",
        "Bình luận",
        "In bài viết | Chia sẻ | Gửi email",
    ],
)
def test_machinery_goes_wherever_it_stands(line):
    for text in (f"{line}\n{PROSE}\n{PROSE}", f"{PROSE}\n{line}\n{PROSE}", f"{PROSE}\n{PROSE}\n{line}"):
        cleaned = clean(text)
        assert cleaned.text == f"{PROSE}\n{PROSE}"
        assert cleaned.removed == (line,)


@pytest.mark.parametrize(
    "line",
    [
        "VIDEO",
        "Videos",
        "Thông báo",
        "Báo cáo - thống kê",
        "Phim tư liệu",
        "Hôm nay: 5943",
        "Tất cả: 2626280",
    ],
)
def test_ambiguous_lines_go_only_after_the_article(line):
    assert clean(f"{PROSE}\n{line}").removed == (line,)
    assert clean(f"{line}\n{PROSE}").removed == ()
    assert clean(f"{PROSE}\n{line}\n{PROSE}").removed == ()


def test_a_menu_takes_its_list_and_pager_along():
    cleaned = clean(f"{PROSE}\nVIDEO\n• Thời sự ngày 4/02/2025 (04/02/2025)\n• Thời sự\n1\nPhương Vy")
    assert cleaned.text == f"{PROSE}\nPhương Vy"


def test_a_list_and_numbers_inside_the_article_stay():
    text = f"{PROSE}\n• Hai công trình mới.\n1 2 3\n7\n- Mục\n{PROSE}"
    assert clean(text).text == text


def test_counter_rows_stand_by_their_counter():
    assert clean(f"Tất cả: 12\nĐang online: 97\nHôm nay: 5\nTrong tuần: 87,540\n{PROSE}").text == PROSE


def test_a_header_glued_to_the_byline_goes_and_the_byline_stays():
    cleaned = clean(f"{PROSE}\nLê VũPhim tư liệu\n• Một phim\n1 2 3 4 5  ...")
    assert cleaned.text == f"{PROSE}\nLê Vũ"
    assert cleaned.removed == ("Phim tư liệu", "• Một phim", "1 2 3 4 5 ...")


def test_owner_lines_stay_and_are_marked():
    footer = [
        "Cơ quan chủ quản: UBND tỉnh A - Điện thoại: 0299.3822339",
        "Đơn vị quản lý: Sở Thông tin",
        "Giấy phép số 01/GP-STTTT cấp ngày 22/9/2021.",
        "Điện thoại/Fax: 02993 822182",
        "Điện thoại Ban biên tập: 02993.626252",
        "Địa chỉ: 93 đường Phú Lợi",
        "Mail: a@b.gov.vn",
        '@ Ghi rõ nguồn "Cổng A" khi phát hành lại thông tin từ Cổng thông tin này.',
    ]
    cleaned = clean("\n".join([PROSE, "Phương Vy", *footer]))
    assert cleaned.removed == ()
    assert furniture(cleaned) == footer


def test_addresses_inside_the_article_are_not_furniture():
    assert clean(f"{PROSE}\nĐịa chỉ: 1 Lê Lợi\n{PROSE}").furniture == ()


def test_the_stamp_stays_and_is_marked():
    cleaned = clean(f"Tiêu đề bài\n02-07-2021 07:49\n{PROSE}\n25-8-2003\n{PROSE}")
    assert furniture(cleaned) == ["02-07-2021 07:49"]


def test_glued_sentences_stay_as_they_are():
    assert clean(f"còn 44 hộ nghèo.Công tác đạt 41,% kế hoạch\n{PROSE}").text.startswith(
        "còn 44 hộ nghèo.Công tác đạt 41,% kế hoạch"
    )


lines = st.lists(
    st.sampled_from(
        [
            PROSE,
            "Lượt xem: 3",
            "VIDEO",
            "• a",
            "1 2 ...",
            "Tất cả: 5",
            "Địa chỉ: 1",
            "02-07-2021 07:49",
            "Lê Vũ",
            "",
            " ",
        ]
    )
)


@given(lines)
def test_furniture_is_whole_lines_and_no_line_is_lost(given_lines):
    cleaned = clean("\n".join(given_lines))
    kept = [line for line in cleaned.text.split("\n") if line]
    assert sorted(kept + list(cleaned.removed)) == sorted(
        line.strip() for line in given_lines if line.strip()
    )
    assert all(line in kept for line in furniture(cleaned))
    assert list(cleaned.furniture) == sorted(set(cleaned.furniture))


def test_the_shared_articles_lose_their_machinery_only():
    removed = {name: clean(text).removed for name, text in shared_texts().items()}
    assert [line for line in removed["000"] if not line.startswith("•")] == [
        "Lượt xem: 357",
        "VIDEO",
        "1",
        "SỐ LƯỢNG TRUY CẬP",
    ]
    assert removed["001"] == (
        "Thông báo",
        "Báo cáo - thống kê",
        "Videos",
        "lượt truy cập",
        "• Tất cả: 86037575",
    )
    assert removed["002"] == ("Tin tức khác",)
    assert [line for line in removed["003"] if not line.startswith("•")] == [
        "Lượt xem: 520",
        "Phim tư liệu",
        "1 2 3 4 5 ...",
        "No title... No title... No title...",
        "Thống kê truy cập",
    ]
    assert removed["004"] == (
        "Truy cập nội dung luôn",
        "Đăng nhập",
        "Thống kê truy cập",
        "Đang truy cập:4505",
        "Tổng truy cập: 1856545",
    )


def test_every_other_word_of_the_shared_articles_survives_in_its_order():
    for text in shared_texts().values():
        cleaned = clean(text)
        source = iter(" ".join(text.split()))
        gone = "".join("".join(line.split()) for line in cleaned.removed)
        assert sorted("".join(text.split())) == sorted("".join(cleaned.text.split()) + gone)
        assert all(char in source for char in " ".join(cleaned.text.split()))
        assert clean(cleaned.text).text == cleaned.text


def test_bylines_and_footers_of_the_shared_articles_survive():
    texts = {name: clean(text) for name, text in shared_texts().items()}
    assert "\nPhương Vy - ĐTT TPST\n" in texts["000"].text
    assert "\nQUỐC KIÊN\n" in texts["001"].text
    assert texts["003"].text.endswith("\nLê Vũ")
    assert texts["004"].text.endswith("\nCD")
    assert "Địa chỉ: 93 đường Phú Lợi, phường 2, Tp Sóc Trăng" in furniture(texts["000"])
    assert len(furniture(texts["000"])) == 5
    assert len(furniture(texts["001"])) == 6
    assert furniture(texts["004"]) == ["02-07-2021 07:49"]


@pytest.mark.parametrize(
    "line",
    [
        "02-07-2021 07:49",
        "Thứ sáu, 02/07/2021 | 07:49",
        "Cập nhật: 2/7/2021 07:49 GMT+7",
        "Cập nhật lúc 07:49, Thứ Sáu, 02/07/2021",
        "2021-07-02T07:49:00+07:00",
        "07:49 02/07/2021",
        "Thứ 6, 02/07/2021, 07:49 (GMT+7)",
        "Đăng ngày: 02-07-2021 07h49 | Lượt xem: 12",
    ],
)
def test_stamps_with_a_time(line):
    assert stamp_date(line) == date(2021, 7, 2)
    assert timed_stamp(["Tiêu đề", line]) == date(2021, 7, 2)


@pytest.mark.parametrize(
    "line", ["02/07/2021", "2021-07-02", "Hà Nội, ngày 2 tháng 7 năm 2021", "(2.7.2021)"]
)
def test_dates_alone_count_at_the_top_only(line):
    assert timed_stamp([line]) is None
    assert bare_stamp(["Tiêu đề", line]) == date(2021, 7, 2)
    assert bare_stamp(["a", "b", "c", "d", line]) is None


@pytest.mark.parametrize(
    "line", ["ngày 24/6", "24/6", "Ngày 24/6/2020, đại hội bế mạc.", "31/02/2021", "2020", ""]
)
def test_other_dates_are_no_stamps(line):
    assert stamp_date(line) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2021-07-02_bai.txt", date(2021, 7, 2)),
        ("20210702.html", date(2021, 7, 2)),
        ("bai-02-07-2021.md", date(2021, 7, 2)),
        ("TTO_060408_0839!.txt", date(2006, 4, 8)),
        ("DTR_060518_2416.txt", date(2006, 5, 18)),
        ("000_6383577a1c0f5603.txt", None),
        ("NHV_0000001.txt", None),
        ("20211302.txt", None),
    ],
)
def test_dates_in_file_names(name, expected):
    assert date_in_name(name) == expected
