"""Names that are places without a word for their kind before them: provinces of Vietnam, countries, capitals.

Provinces are those of 2004-2025 (63) and of July 2025 (34); spellings as in news.
"""

from __future__ import annotations

_PROVINCES = """
An_Giang Bà_Rịa-Vũng_Tàu Bà_Rịa_-_Vũng_Tàu Bà_Rịa_–_Vũng_Tàu Bạc_Liêu Bắc_Giang Bắc_Kạn Bắc_Cạn Bắc_Ninh Bến_Tre Bình_Định
Bình_Dương Bình_Phước Bình_Thuận Cà_Mau Cao_Bằng Cần_Thơ Đà_Nẵng Đắk_Lắk Đắc_Lắc Đăk_Lăk Đắk_Nông Điện_Biên Đồng_Nai Đồng_Tháp
Gia_Lai Hà_Giang Hà_Nam Hà_Nội Hà_Tây Hà_Tĩnh Hải_Dương Hải_Phòng Hậu_Giang Hòa_Bình Hưng_Yên Khánh_Hòa Kiên_Giang Kon_Tum
Lai_Châu Lạng_Sơn Lào_Cai Lâm_Đồng Long_An Nam_Định Nghệ_An Ninh_Bình Ninh_Thuận Phú_Thọ Phú_Yên Quảng_Bình Quảng_Nam Quảng_Ngãi
Quảng_Ninh Quảng_Trị Sóc_Trăng Sơn_La Tây_Ninh Thái_Bình Thái_Nguyên Thanh_Hóa Thừa_Thiên-Huế Thừa_Thiên_-_Huế
Thừa_Thiên_–_Huế Thừa_Thiên_Huế Tiền_Giang Trà_Vinh Tuyên_Quang Vĩnh_Long Vĩnh_Phúc Yên_Bái Huế Sài_Gòn Vũng_Tàu Đà_Lạt Nha_Trang
"""
_COUNTRIES = """
Việt_Nam VN Mỹ Hoa_Kỳ Anh Pháp Đức Ý Nga Trung_Quốc Nhật_Bản Nhật Hàn_Quốc Triều_Tiên Ấn_Độ Thái_Lan Lào Campuchia Malaysia
Indonesia
Philippines Singapore Brunei Myanmar Úc Australia New_Zealand Canada Mexico Brazil Argentina Chile Peru Cuba Venezuela Colombia
Tây_Ban_Nha Bồ_Đào_Nha Hà_Lan Bỉ Thụy_Sĩ Thụy_Điển Na_Uy Đan_Mạch Phần_Lan Ba_Lan Áo Hy_Lạp Thổ_Nhĩ_Kỳ Ukraine Iran Iraq Israel
Palestine Afghanistan Pakistan Bangladesh Nepal Ai_Cập Nam_Phi Nigeria Kenya Đài_Loan Hồng_Kông Hong_Kong EU
Ả_Rập_Saudi Ả_Rập_Xê_Út
Bahrain Oman Yemen UAE Georgia Armenia Azerbaijan Uzbekistan Turkmenistan Kyrgyzstan Tajikistan Mông_Cổ Sri_Lanka Maldives
Bhutan Đông_Timor Papua_New_Guinea Fiji Algeria Tunisia Morocco Ghana Angola Congo Zimbabwe Zambia Uganda Tanzania Rwanda
Burundi Mozambique Madagascar Cameroon Senegal Mali Niger Bờ_Biển_Ngà Liberia Sierra_Leone Guinea Gabon Namibia Botswana Eritrea
Ecuador Bolivia Paraguay Uruguay Panama Costa_Rica Honduras Guatemala Nicaragua El_Salvador Haiti Jamaica Iceland Luxembourg
Monaco Vatican Malta Síp Albania Macedonia Montenegro Serbia Kosovo Croatia Slovenia Slovakia Séc Bosnia Estonia Latvia
Lithuania Belarus Moldova Chechnya Macau CHDCND_Triều_Tiên CHLB_Đức Vương_quốc_Anh Liên_Xô Nam_Tư Tiệp_Khắc
Syria Libya Lebanon Jordan Kuwait Qatar Sudan Ethiopia Somalia Hungary Bulgaria Romania Ireland Scotland Kazakhstan
"""
_CITIES = """
Đài_Bắc Phnom_Penh Vientiane Kuala_Lumpur Manila New_Delhi Mumbai Kabul Tehran Cairo Sydney Melbourne Geneva Brussels Osaka
Los_Angeles San_Francisco Chicago Texas California Florida
Washington New_York London Paris Berlin Tokyo Bắc_Kinh Thượng_Hải Moscow Matxcơva Bangkok Jakarta Seoul Baghdad Gaza
"""
_HCM = "thành phố Hồ Chí Minh"
_SPELLINGS = {
    "Cu Ba": "Cuba", "Ukraina": "Ukraine", "Inđônêxia": "Indonesia", "Malaixia": "Malaysia", "Philippin": "Philippines",
    "Xinhgapo": "Singapore", "Căm-pu-chia": "Campuchia", "Mianma": "Myanmar", "Myanma": "Myanmar", "Ôxtrâylia": "Úc",
    "Nhật bản": "Nhật Bản", "Trung quốc": "Trung Quốc", "Hàn quốc": "Hàn Quốc", "Maroc": "Morocco", "CH Séc": "Séc",
    "Ma Cao": "Macau", "Hồng Công": "Hồng Kông", "TQ": "Trung Quốc", "VN": "Việt Nam",
}  # fmt: skip
_ALIASES = {
    "TP.HCM": _HCM, "TPHCM": _HCM, "TP HCM": _HCM, "TP. HCM": _HCM, "Tp.HCM": _HCM, "Tp HCM": _HCM, "Tp. HCM": _HCM,
    "TP.Hồ Chí Minh": _HCM, "HCM": _HCM, "cả nước": "cả nước", "toàn quốc": "cả nước",
    "Cả nước": "cả nước", "Toàn quốc": "cả nước", "nước ta": "Việt Nam", "Nước ta": "Việt Nam",
    "Đồng bằng sông Cửu Long": "Đồng bằng sông Cửu Long", "ĐBSCL": "Đồng bằng sông Cửu Long",
}  # fmt: skip


def _names(listed: str) -> dict[str, str]:
    return {name: name for name in (word.replace("_", " ") for word in listed.split())}


FOREIGN_CITIES = frozenset(_names(_CITIES))
"""Cities and states of other countries, as written."""
_FOREIGN = _names(_COUNTRIES) | _names(_CITIES)
COUNTRIES = frozenset(_FOREIGN)
"""Countries and some of their cities, as written."""
FOREIGN = COUNTRIES - {"Việt Nam", "VN"}
"""Names of other countries and of places in them."""
BARE_NAMES: dict[str, str] = _names(_PROVINCES) | _FOREIGN | _ALIASES | _SPELLINGS
"""A name as written -> the place it names, with its kind where the name says it."""
