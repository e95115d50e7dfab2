"""The kind of answer: words that only look alike without diacritics are told apart."""

import pytest

from qa.kinds import kind_asked
from qa.question import understand


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Sau khi tu sửa, mái tháp mang kiểu gì?", "text"),  # "sau" is not "sáu"
        ("Đoàn tặng quà nhân dịp gì?", "text"),
        ("vo ong An ten gi", "person"),  # no "vở"
        ("quan chuc ten gi bi bat", "person"),  # no "quán"
        ("Công ty có giám đốc tên gì?", "person"),
        ("Nhóm trưởng nhóm nghiên cứu tên gì?", "person"),
        ("Số điện thoại của UBND xã là bao nhiêu?", "contact"),
        ("Kim ngạch xuất khẩu điện thoại năm 2022", "number"),
        ("Doanh số điện thoại quý một", "text"),
        ("Nghị quyết nào quy định mức hỗ trợ?", "text"),
        ("Học sinh đi xe nào đến trường?", "text"),
        ('Câu hỏi: "Thu ngân sách là bao nhiêu?"', "number"),
        ("nha may duong nao thu mua mia", "number"),
        ("Trường có mấy lớp so với mấy trường khác?", "number"),
        ("Tết dịp nào đông khách nhất?", "date"),
        ("Học sinh mấy tỉnh nào về thi?", "list"),
        ("Nhà số mấy đường nào?", "place"),
        ("Không ai mua nữa thì xã xử lý thế nào?", "text"),
        ("Cán bộ nào nói nước sạch thiếu?", "person"),
        ("Quan chức ấy nói vụ nào nặng nhất?", "text"),
        ("Thứ trưởng Nội vụ nào từ chức?", "person"),
        ("Bài hát ca sĩ An hát với cô Lan tên gì?", "text"),
        ("Bố của cầu thủ An tên gì?", "person"),
        ("Đội viên cứu cụ rùa tên là gì?", "person"),
        ("Ba của ông An trước làm gì?", "text"),
        ("Người mẹ trong truyện “Không phải những con số” làm nghề gì?", "text"),
        ("Truyện “Ai về bến cũ” in năm nào?", "date"),
        ("Những đứa trẻ ở xóm này bị lỗi gì?", "text"),
        ("Những người trong xóm làm những nghề gì?", "list"),
        ("Quán này khác mấy quán khác ở điểm nào?", "text"),
        ("Thiết kế của quán khác gì so với mấy quán khác?", "text"),
        ("Thành viên nào rủ khán giả giơ đèn điện thoại?", "person"),
        ("Điện thoại X5 chạy hệ điều hành nào?", "text"),
        ("số fax của UBND xã", "contact"),
        ("email của phòng là gì", "contact"),
        ("điện thoại của sở là số nào?", "contact"),
        ("Thẻ điện thoại lậu chiếm mấy phần trăm?", "number"),
        ("Bà con đòi trả tiền sạp bằng cách nào?", "text"),  # "bà" is not "ba"
        ("Nước tương được làm từ thứ gì?", "text"),
        ("Chòi canh nằm bên sông nào?", "place"),  # "nằm" is not "năm"
        ("Ba xã nào về đích sớm?", "list"),
        ("Đội xếp thứ 10 là đội gì?", "text"),
        ("Một trong những món ăn của hội là gì?", "text"),
        ("Mô hình xét độ nhạy của tài sản nào?", "text"),  # "sản" is not "sân"
        ("Đại hội họp ở sân nào?", "place"),
        ("Loại gia vị nào được dùng?", "text"),
        ("Con ngựa của chàng tên gì?", "text"),
        ("Chủ trại vịt tên gì?", "person"),
        ("Tên của vị bác sĩ là gì?", "person"),
        ("Tác giả bộ sách là ai?", "person"),
        ("Người nuôi lợn phải bảo đảm điều gì?", "text"),
        ("Vị phó giám đốc nào đưa ra ước tính?", "person"),
        ("Đoạn đường dài mấy cây số?", "number"),
        ("Thành phố đạt đô thị loại mấy?", "number"),
        ("Mỗi năm hợp tác xã lãi bao nhiêu tiền?", "number"),
        ("Mỗi năm mấy phần trăm chi bộ được khen?", "number"),
        ("Bao nhiêu phần trăm phụ nữ giữ chức trưởng phòng?", "number"),
        ("mục đích hội thảo trồng bông", "text"),
        ("Bà chủ hàng khổ vì tin rác trên điện thoại tên gì?", "person"),
        ("muốn hỏi thì gọi số nào", "contact"),
        ("ubnd xã ở đâu, địa chỉ số mấy đường gì?", "place"),
        ("Ngành gỗ năm 2020 ước tạo ra giá trị chừng nào?", "number"),
        ("Chừng nào chợ mới mở cửa?", "date"),
        ("Thợ lặn xuống tới độ sâu nào?", "number"),
        ("Đoàn kiểm tra khen xã ở điểm nào?", "text"),
        ("Giám đốc bị kỷ luật ở mức nào?", "text"),
        ("Lãi suất ở mức nào?", "number"),
        ("Nhà ngoại giao nào hứa đổi phao cho vịnh?", "person"),
        ("Luật sư nào bào chữa cho tài xế?", "person"),
        ("giờ tàu cánh ngầm rời bến", "date"),
        ("Ngôi sao nào khoác áo choàng?", "person"),
        ("Sao mấy hộ ở bãi chưa nhận tiền?", "reason"),
        ("Nguyễn Văn Hai là ai?", "role"),
        ("Jayson Hobbs là ai", "role"),
        ("Chủ tịch Tân Lễ là ai?", "person"),
        ("Ngôi sao lùn đỏ ấy ở chòm sao nào?", "text"),
        ("Làng rau Trà Nhiêu tặng khách quà gì?", "text"),
        ("Thị trấn được trao danh hiệu cao quý gì?", "text"),
        ("Hạng người nào không bao giờ bị phạt?", "person"),
        ("Người ta làm lễ xây cầu ở chỗ nào?", "place"),
        ("Bác sĩ mổ cho mấy người?", "number"),
        ("Ai giải thích vì sao xe không tới được?", "person"),
        ("Tin mặn lấn sâu do ai công bố?", "person"),
    ],
)
def test_the_accented_word_decides(text, kind):
    assert understand(text).kind == kind


def test_without_diacritics_both_words_are_taken():
    assert kind_asked("sau xa nao ve dich") == "list"
    assert kind_asked("may xa ve dich") == "number"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Chị sang Mỹ năm bao nhiêu tuổi?", "number"),
        ("Người già đi bộ mấy giờ một tuần?", "number"),
        ("Lương tháng mấy đồng?", "number"),
        ("Đất bị thu hồi mấy năm?", "number"),
        ("Vốn đầu tư công đã giải ngân tới đâu?", "number"),
        ("Ngày mấy đoàn đua xuất phát?", "date"),
        ("Cô làm bí thư xã trong những năm nào?", "date"),
        ("Mỗi tuần chợ họp vào những hôm nào?", "list"),
        ("Tiền vệ Trần Bình sinh ở huyện nào?", "place"),
        ("Họa sĩ Mai Lan là người nước nào?", "place"),
        ("Nạn nhân nằm ở phòng trà nào?", "place"),
        ("Trường hợp nào được miễn phí?", "text"),
        ("Quyết định thay thế văn bản nào?", "text"),
        ("Chuyên gia nào giải thích vì sao dịch bùng phát?", "person"),
        ("Giảng viên nào phản đối việc này?", "person"),
        ("Thí sinh giải Sao Vàng nào hát dân ca?", "person"),  # a name does not ask why
        ("Cán bộ phường 5 bị khởi tố tên gì?", "person"),
        ("Tờ báo Anh nào đưa tin?", "place"),
        ("Tài xế thoát ra bằng cách nào?", "text"),
        ("Sách của ông Bình có tên gì?", "text"),
        ("Mấy người bị phạt vì dùng điện thoại?", "number"),
        ("Bác sĩ Trần Bình học tiếng Anh ở đâu?", "place"),
        ("Chủ tịch huyện giải thích thế nào về việc này?", "text"),
        ("Kỹ sư Mai Lan tốt nghiệp ở trường đại học nào?", "place"),
        ("Thí sinh trường nào đoạt giải Sao mai?", "person"),
        ("Cô bé khuyết tật ấy quê xã nào?", "place"),
        ("Tổng thanh tra Chính phủ năm 2020", "person"),
        ("Ca sĩ Mai Lan hát bài gì ở Sao mai điểm hẹn?", "text"),
        ("Tỉ số trận Bến Sỏi - An Lạc", "number"),
        ("Đầu bếp quán ấy tên gì?", "person"),
        ("Cậu bé ấy mê nhất cuốn sách tên gì?", "text"),
    ],
)
def test_what_stands_beside_the_asking_word_decides(text, kind):
    assert kind_asked(text) == kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Hai phó phòng bị đình chỉ là ai?", "list"),
        ("Ba thủ môn của đội tên là gì?", "list"),
        ("Ba của em An là ai?", "person"),
        ("Phó phòng bị đình chỉ là ai?", "person"),
    ],
)
def test_several_people_are_a_list(question, kind):
    assert kind_asked(question) == kind
