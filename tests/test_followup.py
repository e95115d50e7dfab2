import pytest

from qa.followup import make_whole

FIRST = "thu ngân sách năm 2020 của thành phố Hòa Lộc là bao nhiêu"
GROWTH = "Giá trị sản xuất công nghiệp huyện Tân Lễ năm 2022 tăng bao nhiêu phần trăm?"
MEETING = "Đại hội Hội Nông dân xã An Bình có bao nhiêu đại biểu?"

SLOTS = [
    ("còn năm 2025 thì sao?", [FIRST], "thu ngân sách năm 2025 của thành phố Hòa Lộc là bao nhiêu"),
    ("còn An Bình?", [FIRST], "thu ngân sách năm 2020 của thành phố An Bình là bao nhiêu"),
    (
        "còn năm 2021?",
        [FIRST, "tăng bao nhiêu phần trăm?"],
        "thu ngân sách năm 2021 của thành phố Hòa Lộc tăng bao nhiêu phần trăm",
    ),
    (
        "còn huyện Tân Lễ năm 2021?",
        [FIRST],
        "thu ngân sách năm 2021 của huyện Tân Lễ là bao nhiêu",
    ),
    (
        "thế 6 tháng đầu năm thì sao?",
        [FIRST],
        "thu ngân sách 6 tháng đầu năm 2020 của thành phố Hòa Lộc là bao nhiêu",
    ),
    (
        "còn quý II?",
        ["Hải Lộc xuất khẩu bao nhiêu tấn gạo trong quý I năm 2019?"],
        "Hải Lộc xuất khẩu bao nhiêu tấn gạo trong quý II năm 2019",
    ),
    ("thế năm trước đó?", [FIRST], "thu ngân sách năm 2019 của thành phố Hòa Lộc là bao nhiêu"),
    ("năm sau thì sao?", [FIRST], "thu ngân sách năm 2021 của thành phố Hòa Lộc là bao nhiêu"),
    ("còn năm 2019?", ["Dân số xã An Bình là bao nhiêu?"], "Dân số xã An Bình năm 2019 là bao nhiêu"),
    ("thế năm 2015?", ["Ai là bí thư xã An Bình?"], "Ai là bí thư xã An Bình năm 2015"),
    (
        "thế Hải Phòng đứng thứ mấy?",
        ["Hà Nội đắt đỏ thứ mấy thế giới năm 2006 theo Mercer?"],
        "Hải Phòng đắt đỏ thứ mấy thế giới năm 2006 theo Mercer",
    ),
    ("còn Hà Nam?", ["dân số tỉnh Hà Giang là bao nhiêu"], "dân số tỉnh Hà Nam là bao nhiêu"),
    (
        "thế ở Tân Lễ thì đại hội lần thứ mấy?",
        ["Đại hội Đảng bộ thành phố Hòa Lộc nhiệm kỳ 2020-2025 là đại hội lần thứ mấy?"],
        "Đại hội Đảng bộ thành phố Tân Lễ nhiệm kỳ 2020-2025 là đại hội lần thứ mấy",
    ),
    (
        "còn huyện Tân Lễ nợ bao nhiêu?",
        ["Huyện Hòa Lộc nợ tiền điện bao nhiêu tính đến tháng 5/2011?"],
        "huyện Tân Lễ nợ tiền điện bao nhiêu tính đến tháng 5/2011",
    ),
    (
        "còn 9 tháng đầu năm 2021 thì tăng mấy phần trăm?",
        [GROWTH],
        "Giá trị sản xuất công nghiệp huyện Tân Lễ 9 tháng đầu năm 2021 tăng bao nhiêu phần trăm",
    ),
    (
        "bên Mỹ thì hết bao nhiêu tiền?",
        ["Máy ảnh Lumo X5 bán ở Nhật giá bao nhiêu?"],
        "Máy ảnh Lumo X5 bán ở Mỹ giá bao nhiêu",
    ),
    (
        "thế còn Thái Lan?",
        ["Năm 2010 Lào cho hàng Việt Nam miễn thuế bao nhiêu mặt hàng?"],
        "Năm 2010 Thái Lan cho hàng Việt Nam miễn thuế bao nhiêu mặt hàng",
    ),
    (
        "còn với Campuchia?",
        ["Năm 2010 Lào miễn thuế bao nhiêu mặt hàng cho Việt Nam?"],
        "Năm 2010 Lào miễn thuế bao nhiêu mặt hàng cho Campuchia",
    ),
    (
        "còn từ Hàn Quốc?",
        ["Năm 2015 Hà Nội thu hút bao nhiêu vốn từ Nhật Bản?"],
        "Năm 2015 Hà Nội thu hút bao nhiêu vốn từ Hàn Quốc",
    ),
    (
        "còn Đà Nẵng?",
        ["Năm 2015 Hà Nội thu hút bao nhiêu vốn từ Nhật Bản?"],
        "Năm 2015 Đà Nẵng thu hút bao nhiêu vốn từ Nhật Bản",
    ),
    (
        "còn xã Vĩnh Tường thì sao?",
        ["Xã An Bình huyện Tân Lễ có bao nhiêu hộ nghèo?"],
        "xã Vĩnh Tường huyện Tân Lễ có bao nhiêu hộ nghèo",
    ),
    ("còn Tân Lễ?", ["Hòa Lộc có mấy trường đạt chuẩn?"], "Tân Lễ có mấy trường đạt chuẩn"),
    (
        "đi từ Vĩnh Tường thì giá sao?",
        ["Giá vé xe buýt tuyến Hòa Lộc - Tân Lễ là bao nhiêu?"],
        "Giá vé xe buýt tuyến Hòa Lộc - Tân Lễ đi từ Vĩnh Tường là bao nhiêu",
    ),
    (
        "còn công ty Minh Phát?",
        ["Năm 2018 công ty Đại Thành lãi bao nhiêu?"],
        "Năm 2018 công ty Minh Phát lãi bao nhiêu",
    ),
    (
        "còn ông Trần Văn Bê thì sao?",
        ["Ông Lê Văn Cờ giữ chức vụ gì ở xã An Bình?"],
        "ông Trần Văn Bê giữ chức vụ gì ở xã An Bình",
    ),
    ("con nam 2025?", ["thu ngan sach nam 2020"], "thu ngan sach nam 2025"),
    (
        "thu ngân sách năm 2021?",
        ["Thu ngân sách xã An Bình năm 2020 là bao nhiêu?"],
        "Thu ngân sách xã An Bình năm 2021 là bao nhiêu",
    ),
    (
        "đến năm 2023 thì sao?",
        ["thu nhập bình quân Hòa Lộc năm 2020", "còn thành phố Tân Lễ?"],
        "thu nhập bình quân thành phố Tân Lễ đến năm 2023",
    ),
]
"""A new period or place in the room of the old one."""

WORDS = [
    ("thế chi thì sao?", [FIRST], "chi ngân sách năm 2020 của thành phố Hòa Lộc là bao nhiêu"),
    (
        "còn sản lượng?",
        ["Diện tích lúa xã An Bình năm 2020 là bao nhiêu?"],
        "sản lượng lúa xã An Bình năm 2020 là bao nhiêu",
    ),
    (
        "còn hộ cận nghèo?",
        ["Xã An Bình có bao nhiêu hộ nghèo năm 2020?"],
        "Xã An Bình có bao nhiêu hộ cận nghèo năm 2020",
    ),
    ("còn phó chủ tịch là ai?", ["Ai là chủ tịch huyện Tân Lễ?"], "Ai là phó chủ tịch huyện Tân Lễ"),
    (
        "còn lớp 6?",
        ["Năm học 2020-2021 Hải Lộc có bao nhiêu học sinh lớp 1?"],
        "Năm học 2020-2021 Hải Lộc có bao nhiêu học sinh lớp 6",
    ),
    ("còn nữ?", [MEETING], "Đại hội Hội Nông dân xã An Bình có bao nhiêu đại biểu nữ"),
    (
        "còn hệ vừa làm vừa học?",
        ["Tỷ lệ đỗ tốt nghiệp năm 2010 của Hòa Lộc là bao nhiêu?"],
        "Tỷ lệ đỗ tốt nghiệp năm 2010 của Hòa Lộc hệ vừa làm vừa học là bao nhiêu",
    ),
    (
        "còn hệ bổ túc thì đậu bao nhiêu phần trăm?",
        ["Tỷ lệ đỗ tốt nghiệp năm 2010 của Hòa Lộc là bao nhiêu?"],
        "Tỷ lệ đỗ tốt nghiệp năm 2010 của Hòa Lộc hệ bổ túc thì đậu bao nhiêu phần trăm",
    ),
    (
        "còn dự án cấp nước thì vay mấy triệu?",
        [
            "Tháng 3/2012 ngân hàng An Phú cho vay bao nhiêu cho 3 dự án của tỉnh?",
            "Trong đó dự án phòng chống lũ quét vùng núi cao được bao nhiêu?",
        ],
        "Tháng 3/2012 ngân hàng An Phú cho vay cho 3 dự án của tỉnh trong đó dự án cấp nước thì vay mấy triệu",
    ),
]
"""Another word in the room of one of the earlier question's, or beside it."""

MEASURES = [
    (
        "tăng bao nhiêu phần trăm?",
        [FIRST],
        "thu ngân sách năm 2020 của thành phố Hòa Lộc tăng bao nhiêu phần trăm",
    ),
    (
        "thế so với cùng kỳ tăng bao nhiêu?",
        ["Giá trị sản xuất công nghiệp Tân Lễ 6 tháng đầu năm 2021 là bao nhiêu?"],
        "Giá trị sản xuất công nghiệp Tân Lễ 6 tháng đầu năm 2021 so với cùng kỳ tăng bao nhiêu",
    ),
    (
        "gấp mấy lần so với 2015?",
        ["Thu nhập bình quân đầu người của Tân Lễ năm 2020 là bao nhiêu?"],
        "Thu nhập bình quân đầu người của Tân Lễ năm 2020 gấp mấy lần so với 2015",
    ),
    (
        "mỗi năm tăng bình quân bao nhiêu",
        ["Giá trị sản xuất trên 1 ha đất của Tân Lễ năm 2020 là bao nhiêu?"],
        "Giá trị sản xuất trên 1 ha đất của Tân Lễ mỗi năm tăng bình quân bao nhiêu",
    ),
    (
        "đạt bao nhiêu phần trăm kế hoạch?",
        [GROWTH],
        "Giá trị sản xuất công nghiệp huyện Tân Lễ năm 2022 đạt bao nhiêu phần trăm kế hoạch",
    ),
    (
        "chiếm bao nhiêu phần trăm của tỉnh?",
        [FIRST, "tăng bao nhiêu phần trăm so với cùng kỳ?"],
        "thu ngân sách năm 2020 của thành phố Hòa Lộc chiếm bao nhiêu phần trăm của tỉnh",
    ),
    (
        "cả năm 2023 thì tăng bao nhiêu?",
        ["tổng mức bán lẻ 9 tháng năm 2021 của Hòa Lộc là bao nhiêu", "tăng bao nhiêu phần trăm so cùng kỳ?"],
        "tổng mức bán lẻ cả năm 2023 của Hòa Lộc tăng bao nhiêu phần trăm so cùng kỳ",
    ),
    (
        "tăng bao nhiêu phần trăm so với năm trước?",
        ["Năm 2015 Nga sản xuất bao nhiêu chiếc quần áo may sẵn?"],
        "Năm 2015 Nga sản xuất quần áo may sẵn tăng bao nhiêu phần trăm so với năm trước",
    ),
    (
        "đến 2019 dự báo là bao nhiêu?",
        ["Năm 2014 mua hàng qua mạng ở Nga đạt bao nhiêu tỉ đô la?"],
        "đến 2019 mua hàng qua mạng ở Nga dự báo là bao nhiêu",
    ),
    (
        "trong đó công ty bao bì góp mấy triệu?",
        ["Hai căn nhà trao ở Tân Lễ tháng 1/2016 trị giá bao nhiêu?"],
        "Hai căn nhà trao ở Tân Lễ tháng 1/2016 trị giá trong đó công ty bao bì góp mấy triệu",
    ),
    (
        "trong đó có mấy dự án FDI?",
        ["6 tháng đầu năm 2021 Tân Lễ thu hút được bao nhiêu dự án vào khu công nghiệp?"],
        "6 tháng đầu năm 2021 Tân Lễ thu hút dự án vào khu công nghiệp trong đó có mấy dự án FDI",
    ),
    (
        "tiền thưởng cả giải là bao nhiêu?",
        ["Cúp xe đạp Hòa Lộc 2016 có mấy chặng đua?"],
        "Cúp xe đạp Hòa Lộc 2016 tiền thưởng cả giải là bao nhiêu",
    ),
    (
        "nếu hút thuốc thì sao?",
        ["Theo nghiên cứu của Anh năm 2015, người béo phì có nguy cơ đau tim cao hơn bao nhiêu?"],
        "Theo nghiên cứu của Anh năm 2015, người béo phì có nguy cơ đau tim nếu hút thuốc cao hơn bao nhiêu",
    ),
]
"""A new measure over the earlier subject."""

CHAT = [
    (
        "ok, thế 6 tháng đầu năm 2021 vậy bạn?",
        [FIRST],
        "thu ngân sách 6 tháng đầu năm 2021 của thành phố Hòa Lộc là bao nhiêu",
    ),
    (
        "thế chi thì được bao nhiêu rồi?",
        [FIRST],
        "chi ngân sách năm 2020 của thành phố Hòa Lộc là bao nhiêu",
    ),
    (
        "Tân Lễ nữa?",
        ["Ngân hàng góp cho Hòa Lộc bao nhiêu tiền?", "còn An Bình?"],
        "Ngân hàng góp cho Tân Lễ bao nhiêu tiền",
    ),
    (
        "gấp mấy lần năm 2015?",
        [FIRST],
        "thu ngân sách năm 2020 của thành phố Hòa Lộc gấp mấy lần năm 2015",
    ),
    (
        "ít hơn năm 2019 bao nhiêu?",
        ["Năm 2020 tỉnh Hải Lộc có bao nhiêu vụ cháy?"],
        "Năm 2020 tỉnh Hải Lộc vụ cháy ít hơn năm 2019 bao nhiêu",
    ),
    ("2021 thì sao?", ["Năm 2020 Hải Lộc lỗ bao nhiêu?"], "Năm 2021 Hải Lộc lỗ bao nhiêu"),
    (
        "mấy cái là của nước ngoài?",
        ["Năm 2021 Tân Lễ thu hút được bao nhiêu dự án?"],
        "Năm 2021 Tân Lễ thu hút dự án mấy cái là của nước ngoài",
    ),
    (
        "cấp xã thì mấy người?",
        ["Hải Lộc bầu bao nhiêu đại biểu?"],
        "Hải Lộc bầu đại biểu cấp xã thì mấy người",
    ),
    (
        "các tỉnh xin bao nhiêu?",
        ["Chương trình nước sạch cần bao nhiêu vốn?"],
        "Chương trình nước sạch cần vốn các tỉnh xin bao nhiêu",
    ),
    (
        "kéo dài bao lâu?",
        ["Hội chợ An Bình khai mạc ngày nào?"],
        "Hội chợ An Bình kéo dài bao lâu",
    ),
    (
        "được gia hạn không?",
        ["Giấy phép X10 có giá trị bao lâu?"],
        "Giấy phép X10 có giá trị được gia hạn không",
    ),
    (
        "bầu mấy người vào Ban Chấp hành?",
        ["Đại hội Đảng bộ Tân Lễ lần thứ XII có bao nhiêu đại biểu?"],
        "Đại hội Đảng bộ Tân Lễ lần thứ XII bầu mấy người vào Ban Chấp hành",
    ),
]
"""Worded as people type in a chat: words to somebody, no subject, a short phrase before what is asked."""

SCOPES = [
    ("riêng Lào?", ["Năm 2005 thế giới có bao nhiêu vụ cháy?"], "Năm 2005 Lào có bao nhiêu vụ cháy"),
    (
        "riêng đi Lào thì sao?",
        ["Cả nước có bao nhiêu người đi làm ở nước ngoài?"],
        "Cả nước có bao nhiêu người đi làm ở Lào",
    ),
    ("thế TLHB?", ["Sau vòng 3 V-Cup, Hòa Lộc được mấy điểm?"], "Sau vòng 3 V-Cup, TLHB được mấy điểm"),
    (
        "thế còn bên Tân Lễ là ai?",
        ["Ai là bí thư Thành ủy Hòa Lộc?"],
        "Ai là bí thư Thành ủy Tân Lễ",
    ),
    (
        "số điện thoại?",
        ["Địa chỉ của Ủy ban nhân dân xã An Bình ở đâu?"],
        "số điện thoại của Ủy ban nhân dân xã An Bình",
    ),
    (
        "công suất thì sao?",
        ["Nhà máy xi măng Hải Lộc đặt ở đâu?"],
        "Nhà máy xi măng Hải Lộc công suất là bao nhiêu",
    ),
    (
        "vốn bao nhiêu?",
        ["Năm 2020 có bao nhiêu doanh nghiệp mới ở huyện Tân Lễ?"],
        "Năm 2020 doanh nghiệp mới ở huyện Tân Lễ vốn bao nhiêu",
    ),
    ("ở đâu?", ["Công ty Minh Phát có mấy nhà máy?"], "Công ty Minh Phát nhà máy ở đâu"),
    (
        "ai ra quyết định đó?",
        ["Sở Xây dựng Hải Lộc thanh tra bao nhiêu công ty?"],
        "Sở Xây dựng Hải Lộc thanh tra công ty ai ra quyết định?",
    ),
    (
        "bao giờ xong?",
        ["Bệnh viện An Bình do công ty nào thiết kế?"],
        "Bệnh viện An Bình bao giờ xong",
    ),
    (
        "vì sao?",
        [FIRST, "tăng bao nhiêu phần trăm?"],
        "thu ngân sách năm 2020 của thành phố Hòa Lộc tăng vì sao",
    ),
    (
        "tổng cộng 3 năm lỗ bao nhiêu?",
        ["Hải Lộc lỗ bao nhiêu năm 2003?", "còn năm 2004?"],
        "Hải Lộc lỗ tổng cộng 3 năm lỗ bao nhiêu",
    ),
]
"""A whole scope narrowed, abbreviations, other measures, questions of what was counted or asked last."""

PLAIN = [
    (
        "so tien cho vay la bao nhieu",
        ["Xã An Bình cho bao nhiêu hộ nghèo vay vốn năm 2021?"],
        "Xã An Bình cho hộ nghèo vay vốn năm 2021 số tiền cho vay là bao nhiêu",
    ),
    (
        "lai suat cho vay la bao nhieu",
        ["Xã An Bình cho bao nhiêu hộ nghèo vay vốn năm 2021?"],
        "Xa An Binh cho ho ngheo vay von nam 2021 lai suat cho vay la bao nhieu",
    ),
    ("con nam 2021?", [FIRST], "thu ngân sách năm 2021 của thành phố Hòa Lộc là bao nhiêu"),
    (
        "tang bao nhieu phan tram",
        [FIRST],
        "thu ngân sách năm 2020 của thành phố Hòa Lộc tăng bao nhiêu phần trăm",
    ),
    (
        "tăng bao nhiêu phần trăm?",
        ["thu ngan sach nam 2020 cua thanh pho hoa loc la bao nhieu"],
        "thu ngan sach nam 2020 cua thanh pho hoa loc tang bao nhieu phan tram",
    ),
    (
        "moi nam giam bao nhieu",
        ["ty le ho ngheo thanh pho hoa loc nam 2020 con bao nhieu"],
        "ty le ho ngheo thanh pho hoa loc moi nam giam bao nhieu",
    ),
    (
        "dat bao nhieu phan tram du toan",
        ["thu ngan sach tan le 6 thang dau nam 2021"],
        "thu ngan sach tan le 6 thang dau nam 2021 dat bao nhieu phan tram du toan",
    ),
    (
        "den thang 9/2021 thi bao nhieu",
        ["ty le nguoi dan tp hoa loc co bao hiem y te nam 2020"],
        "ty le nguoi dan tp hoa loc co bao hiem y te den thang 9/2021",
    ),
    ("con tan le?", [FIRST], "thu ngan sach nam 2020 cua thanh pho tan le la bao nhieu"),
    ("ong ay sinh nam nao", ["chu tich xa an binh la ai"], "chu tich xa an binh sinh nam nao"),
]
"""Typed without diacritics, in a part or the whole of the conversation."""

PEOPLE = [
    ("ông ấy sinh năm nào?", ["Chủ tịch xã An Bình là ai?"], "Chủ tịch xã An Bình sinh năm nào?"),
    ("bà ấy quê ở đâu?", ["Ai là chủ tịch xã An Bình?"], "chủ tịch xã An Bình quê ở đâu?"),
    (
        "ông ấy nói gì?",
        ["Ai phát biểu tại lễ khởi công cầu Bến Lội?"],
        "người phát biểu tại lễ khởi công cầu Bến Lội nói gì?",
    ),
    (
        "ông ấy gợi ý làm gì?",
        ["Bí thư Huyện ủy nào tới chỉ đạo đại hội xã An Bình?"],
        "Bí thư Huyện ủy tới chỉ đạo đại hội xã An Bình gợi ý làm gì?",
    ),
    (
        "ông mong xã ngày càng như thế nào?",
        ["Ai phát biểu tại lễ khởi công cầu Bến Lội?", "ông ấy đánh giá thế nào?"],
        "người phát biểu tại lễ khởi công cầu Bến Lội mong xã ngày càng như thế nào?",
    ),
    (
        "ông ấy bao nhiêu tuổi?",
        ["Đại hội xã An Bình bầu ai làm bí thư?"],
        "người Đại hội xã An Bình bầu làm bí thư bao nhiêu tuổi?",
    ),
    (
        "người đó là ai?",
        ["Cuộc họp Ban Thường vụ xã An Bình năm 2020 do ai chủ trì?"],
        "người chủ trì Cuộc họp Ban Thường vụ xã An Bình năm 2020 là ai?",
    ),
    (
        "bà ấy sinh năm bao nhiêu?",
        ["Bà Lê Thị Đào giữ chức vụ gì?"],
        "Bà Lê Thị Đào sinh năm bao nhiêu?",
    ),
    (
        "họ đại diện cho bao nhiêu hội viên?",
        [MEETING],
        "đại biểu Đại hội Hội Nông dân xã An Bình đại diện cho bao nhiêu hội viên?",
    ),
    (
        "tổng vốn của họ là bao nhiêu?",
        ["Nhiệm kỳ 2015-2020 huyện Tân Lễ có bao nhiêu doanh nghiệp mới?"],
        "tổng vốn của doanh nghiệp mới Nhiệm kỳ 2015-2020 huyện Tân Lễ là bao nhiêu?",
    ),
    (
        "email của họ là gì?",
        ["Số điện thoại phòng Văn hóa huyện Tân Lễ là gì?"],
        "email của phòng Văn hóa huyện Tân Lễ là gì?",
    ),
]
"""Somebody of the earlier question, or its answer."""

THERE = [
    (
        "Ban chấp hành ở đó có mấy người?",
        ["Ai là bí thư xã An Bình?"],
        "Ban chấp hành ở xã An Bình có mấy người?",
    ),
    (
        "tỉnh này có bao nhiêu huyện?",
        ["Dân số tỉnh Hải Lộc năm 2019 là bao nhiêu?"],
        "tỉnh Hải Lộc có bao nhiêu huyện?",
    ),
    (
        "đại hội đó đặt ra mấy chỉ tiêu?",
        ["Đại hội lần thứ IX Đảng bộ Tân Lễ bầu bao nhiêu người vào BCH?"],
        "Đại hội lần thứ IX Đảng bộ Tân Lễ đặt ra mấy chỉ tiêu?",
    ),
    (
        "cuộc họp ấy tổ chức ở đâu?",
        ["Cuộc họp Ban Thường vụ xã An Bình năm 2020 do ai chủ trì?"],
        "Cuộc họp Ban Thường vụ xã An Bình năm 2020 tổ chức ở đâu?",
    ),
    (
        "nhà máy này thuê bao nhiêu công nhân?",
        ["Nhà máy xi măng Hải Lộc năm 2020 sản xuất được bao nhiêu tấn?"],
        "Nhà máy xi măng Hải Lộc năm 2020 thuê bao nhiêu công nhân?",
    ),
]
"""A body or place of the earlier question."""

KINDS = [
    ("ai chủ trì?", [MEETING], "Đại hội Hội Nông dân xã An Bình ai chủ trì"),
    ("tổ chức ở đâu?", [MEETING], "Đại hội Hội Nông dân xã An Bình tổ chức ở đâu"),
    ("khi nào?", [MEETING], "Đại hội Hội Nông dân xã An Bình khi nào"),
    (
        "vay ở ngân hàng nào?",
        ["Xã An Bình cho bao nhiêu hộ nghèo vay vốn năm 2021?"],
        "Xã An Bình cho hộ nghèo vay vốn năm 2021 vay ở ngân hàng nào",
    ),
    ("hết bao nhiêu tiền?", ["Cầu Bến Lội khởi công khi nào?"], "Cầu Bến Lội hết bao nhiêu tiền"),
    ("ai thiết kế?", ["Cầu Bến Lội khởi công khi nào?"], "Cầu Bến Lội ai thiết kế"),
    (
        "vì sao giảm?",
        ["Sản lượng lúa huyện Tân Lễ năm 2016 là bao nhiêu tấn?"],
        "Sản lượng lúa huyện Tân Lễ năm 2016 vì sao giảm",
    ),
    (
        "hồ sơ nộp tới khi nào thì hết hạn?",
        ["Hải Lộc hỗ trợ đào tạo bao nhiêu thạc sĩ năm 2015?"],
        "Hải Lộc hỗ trợ đào tạo thạc sĩ năm 2015 hồ sơ nộp tới khi nào thì hết hạn",
    ),
]
"""Another kind of answer about the same subject."""

TURNS = [
    (
        "còn huyện Tân Lễ?",
        ["thu ngân sách năm 2020 của huyện Hòa Lộc là bao nhiêu", "còn năm 2021?"],
        "thu ngân sách năm 2021 của huyện Tân Lễ là bao nhiêu",
    ),
    (
        "thế năm 2022?",
        [FIRST, "tăng bao nhiêu phần trăm?", "còn Tân Lễ?"],
        "thu ngân sách năm 2022 của thành phố Tân Lễ tăng bao nhiêu phần trăm",
    ),
    (
        "còn năm 2020?",
        [FIRST, "Dân số huyện Tân Lễ năm 2024 là bao nhiêu người?"],
        "Dân số huyện Tân Lễ năm 2020 là bao nhiêu người",
    ),
    (
        "bà ấy sinh năm nào?",
        [FIRST, "Ai là chủ tịch huyện Tân Lễ?"],
        "chủ tịch huyện Tân Lễ sinh năm nào?",
    ),
]
"""Several turns."""

PENALTY = "Bị cáo Lê Duy Hai bị phạt mấy năm tù?"
SONG = "Phim Trăng Quê tốn bao nhiêu tiền?"
WHO_AND_WHAT = [
    ("về tội gì vậy?", [PENALTY], "Bị cáo Lê Duy Hai bị phạt năm tù về tội gì"),
    ("bị bắt khi nào?", [PENALTY, "anh ta quê ở đâu?"], "Bị cáo Lê Duy Hai bị bắt khi nào"),
    (
        "làm nghề gì?",
        ["Nguyễn Văn Hai vận chuyển bao nhiêu hàng?", "ông này bao nhiêu tuổi?"],
        "Nguyễn Văn Hai làm nghề gì",
    ),
    (
        "cô ấy bao nhiêu tuổi?",
        ["Đôi giày của Jelinkova ở giải Wimbledon giá bao nhiêu?"],
        "Jelinkova bao nhiêu tuổi?",
    ),
    ("hắn bao nhiêu tuổi?", ["Jayson Hobbs bị tuyên bao nhiêu tháng tù?"], "Jayson Hobbs bao nhiêu tuổi?"),
    (
        "phải bồi thường bao nhiêu?",
        ["Jayson Hobbs bị tuyên bao nhiêu tháng tù?"],
        "Jayson Hobbs phải bồi thường bao nhiêu",
    ),
    (
        "ông ấy từng dẫn dắt đội nào?",
        ["HLV Lê Duy Hải sinh năm nào?"],
        "HLV Lê Duy Hải từng dẫn dắt đội nào?",
    ),
    ("ở đâu?", ["Paul Grey và Jane cưới năm nào?"], "Paul Grey và Jane cưới ở đâu"),
    (
        "vì sao chia tay?",
        ["Paul Grey và Jane cưới năm nào?", "họ có con không?"],
        "Paul Grey và Jane vì sao chia tay",
    ),
    ("đạo diễn là ai?", [SONG], "Phim Trăng Quê đạo diễn là ai"),
    (
        "được thưởng bao nhiêu?",
        ["Đội nào vô địch Cúp Sông Mây 2005?"],
        "Đội vô địch Cúp Sông Mây 2005 được thưởng bao nhiêu",
    ),
    (
        "trị giá bao nhiêu?",
        ["Quỹ An Sinh tặng bao nhiêu xe ở Quảng Trị?"],
        "Quỹ An Sinh tặng xe ở Quảng Trị trị giá bao nhiêu",
    ),
    ("từ ngày nào?", ["Giá vé xe về Tân Lễ tăng bao nhiêu?"], "Giá vé xe về Tân Lễ tăng từ ngày nào"),
    (
        "tỉnh nào nhiều nhất?",
        ["4 tháng đầu năm 2006 cả nước có bao nhiêu ca sốt?"],
        "4 tháng đầu năm 2006 cả nước ca sốt tỉnh nào nhiều nhất",
    ),
]
"""Who it is stays, what was asked of them goes, unless it is asked when, where, why or of what."""

OWN = [
    "Tỷ lệ hộ nghèo của huyện An Bình năm 2023 là bao nhiêu?",
    "Vì sao cầu Bến Lội phải đóng cửa trong tháng 5 vừa rồi?",
    "Mỗi năm tỷ lệ hộ nghèo ở Vĩnh Tường giảm bao nhiêu?",
    "vay von ho ngheo vinh tuong o ngan hang nao",
    "so fax cua ubnd huyen tan le",
    "nam 2020 toan huyen tan le con bao nhieu ho ngheo",
    "số hộ Tân Lễ thoát nghèo năm 2006",
    "Chủ tịch huyện Tân Lễ là ai?",
    "Hộ nghèo ở Tân Lễ được vay bao nhiêu?",
    "Dân số tỉnh Hải Lộc?",
    "Cảm ơn",
]


@pytest.mark.parametrize(
    ("question", "history", "whole"),
    [*SLOTS, *WORDS, *MEASURES, *CHAT, *SCOPES, *PLAIN, *PEOPLE, *THERE, *KINDS, *TURNS, *WHO_AND_WHAT],
)
def test_what_is_left_out_comes_from_the_earlier_questions(question, history, whole):
    assert make_whole(question, history) == whole


@pytest.mark.parametrize("question", OWN)
@pytest.mark.parametrize("history", [[FIRST], [MEETING]])
def test_a_new_topic_starts_afresh(question, history):
    assert make_whole(question, history) == question


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("còn xã Hòa Lộc?", "Chủ tịch HĐND xã An Bình khóa VI là ai", "Chủ tịch HĐND xã Hòa Lộc là ai"),
        (
            "con xa Hoa Loc?",
            "Dai hoi xa An Binh lan thu XXII co bao nhieu dai bieu",
            "Dai hoi xa Hoa Loc co bao nhieu dai bieu",
        ),
        ("còn đền Trúc?", "Lễ hội đền Mai vào ngày nào?", "Lễ hội đền Trúc vào ngày nào"),
        (
            "còn khu vực dịch vụ?",
            "nông lâm thủy sản tỉnh An Bình năm 2024 tăng bao nhiêu",
            "khu vực dịch vụ tỉnh An Bình năm 2024 tăng bao nhiêu",
        ),
        (
            "còn ngành xây dựng?",
            "thu ngân sách An Bình tăng bao nhiêu",
            "thu ngân sách An Bình ngành xây dựng tăng bao nhiêu",
        ),
    ],
)
def test_another_body_counts_its_own_terms_and_another_branch_grows_itself(question, before, whole):
    assert make_whole(question, [before]) == whole


def test_the_history_may_hold_the_answers():
    assert make_whole("còn năm 2025?", [(FIRST, "459 tỷ đồng")]) == make_whole("còn năm 2025?", [FIRST])


def test_without_history_nothing_changes():
    assert make_whole("còn năm 2025 thì sao?") == "còn năm 2025 thì sao?"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("không, ý tôi là Sông Công", "thu ngân sách năm 2020 của thành phố Sông Công là bao nhiêu"),
        ("ý mình là năm 2021 cơ", "thu ngân sách năm 2021 của thành phố Sóc Trăng là bao nhiêu"),
        ("nhầm, năm 2025", "thu ngân sách năm 2025 của thành phố Sóc Trăng là bao nhiêu"),
        ("không phải năm 2020, năm 2021 cơ", "thu ngân sách năm 2021 của thành phố Sóc Trăng là bao nhiêu"),
        ("đạt mấy phần trăm?", "thu ngân sách năm 2020 của thành phố Sóc Trăng đạt mấy phần trăm"),
    ],
)
def test_a_correction_exchanges_what_was_meant_otherwise(text, whole):
    assert make_whole(text, ["thu ngân sách năm 2020 của thành phố Sóc Trăng là bao nhiêu"]) == whole


def test_not_every_no_corrects():
    asked = "Không phải thành phố nào cũng có trường chuyên đúng không?"
    assert make_whole(asked, ["thu ngân sách năm 2020 là bao nhiêu"]) == asked


def test_another_thing_counted_is_new():
    assert (
        make_whole("có mấy dự án?", ["Năm 2022 Sóc Trăng có bao nhiêu hộ nghèo?"])
        == "Năm 2022 Sóc Trăng có mấy dự án"
    )


CHANGES = [
    (
        "tăng hay giảm?",
        ["Xuất khẩu của xã An Bình năm 2023?"],
        "Xuất khẩu của xã An Bình năm 2023 tăng hay giảm bao nhiêu",
    ),
    (
        "kế hoạch năm 2024 thì sao?",
        ["Thu ngân sách xã An Bình năm 2023?", "tăng mấy phần trăm?"],
        "Thu ngân sách xã An Bình năm 2024 kế hoạch là bao nhiêu",
    ),
    (
        "so với cùng kỳ?",
        ["Thu ngân sách xã An Bình?"],
        "Thu ngân sách xã An Bình tăng hay giảm bao nhiêu so với cùng kỳ",
    ),
    (
        "quý I thu được bao nhiêu?",
        ["Thu ngân sách xã An Bình 6 tháng đầu năm 2024?", "so với cùng kỳ?"],
        "Thu ngân sách xã An Bình quý I năm 2024 là bao nhiêu",
    ),
    ("so voi cung ky?", ["thu ngan sach"], "thu ngan sach tang hay giam bao nhieu so voi cung ky"),
    (
        "còn nuôi trồng?",
        ["Sản lượng thủy sản xã An Bình?", "trong đó khai thác bao nhiêu?"],
        "Sản lượng thủy sản xã An Bình trong đó nuôi trồng bao nhiêu",
    ),
    (
        "không, ý tôi là hộ nghèo",
        ["Xã An Bình còn bao nhiêu hộ cận nghèo?"],
        "Xã An Bình còn bao nhiêu hộ nghèo",
    ),
    ("diện tích?", ["Xã An Bình có bao nhiêu hộ dân?"], "Xã An Bình diện tích là bao nhiêu"),
    ("diện tích?", ["Dân số xã An Bình là bao nhiêu người?"], "diện tích xã An Bình là bao nhiêu"),
    ("diện tích?", ["Thu ngân sách xã An Bình là bao nhiêu tỷ đồng?"], "diện tích xã An Bình là bao nhiêu"),
    ("chi ngân sách?", ["Xã An Bình thu ngân sách bao nhiêu?"], "Xã An Bình chi ngân sách bao nhiêu"),
    (
        "toàn đảng bộ có bao nhiêu đảng viên?",
        ["Đảng bộ xã An Bình năm 2022 kết nạp mấy đảng viên?"],
        "xã An Bình năm 2022 toàn đảng bộ có bao nhiêu đảng viên",
    ),
]
"""Changes, other measures and gatherings behind an earlier question."""


@pytest.mark.parametrize(("text", "history", "whole"), CHANGES)
def test_a_change_or_another_measure_is_of_what_was_asked(text: str, history: list[str], whole: str) -> None:
    assert make_whole(text, history).rstrip("?") == whole


def test_a_pronoun_stands_for_the_person_who_answers_the_question_before() -> None:
    def who(question: str) -> str:
        return {"Ai là bí thư xã An Bình?": "Lê Văn Hai"}.get(question, "")

    asked = ["Ai là bí thư xã An Bình?"]
    assert make_whole("ông ấy sinh năm nào?", asked, who=who) == "Lê Văn Hai sinh năm nào?"
    assert (
        make_whole("ông ấy còn giữ chức gì?", asked, who=who)
        == "Lê Văn Hai, bí thư xã An Bình, còn giữ chức gì?"
    )
    assert make_whole("ông ấy nói gì?", [*asked, "ông ấy sinh năm nào?"], who=who) == "Lê Văn Hai nói gì?"
    assert (
        make_whole("ông ấy sinh năm nào?", ["Ai là bí thư xã Tân Lễ?"], who=who)
        == "bí thư xã Tân Lễ sinh năm nào?"
    )


def test_a_person_named_with_a_title_is_whom_a_pronoun_means() -> None:
    whole = make_whole("ông ấy nói gì?", ["Ông Lê Văn Hai gặp ai?"], who=lambda question: "Trần Ba")
    assert whole == "Ông Lê Văn Hai nói gì?"
