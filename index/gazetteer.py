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
Syria Libya Lebanon Jordan Kuwait Qatar Sudan Ethiopia Somalia Hungary Bulgaria Romania Ireland Scotland Kazakhstan
Washington New_York London Paris Berlin Tokyo Bắc_Kinh Thượng_Hải Moscow Matxcơva Bangkok Jakarta Seoul Baghdad Gaza
"""
_HCM = "thành phố Hồ Chí Minh"
_ALIASES = {
    "TP.HCM": _HCM, "TPHCM": _HCM, "TP HCM": _HCM, "TP. HCM": _HCM, "Tp.HCM": _HCM, "Tp HCM": _HCM, "Tp. HCM": _HCM,
    "TP.Hồ Chí Minh": _HCM, "HCM": _HCM, "cả nước": "cả nước", "toàn quốc": "cả nước",
    "Cả nước": "cả nước", "Toàn quốc": "cả nước", "nước ta": "Việt Nam", "Nước ta": "Việt Nam",
    "Đồng bằng sông Cửu Long": "Đồng bằng sông Cửu Long", "ĐBSCL": "Đồng bằng sông Cửu Long",
}  # fmt: skip


def _names(listed: str) -> dict[str, str]:
    return {name: name for name in (word.replace("_", " ") for word in listed.split())}


COUNTRIES = frozenset(_names(_COUNTRIES))
"""Countries and capitals, as written."""
BARE_NAMES: dict[str, str] = _names(_PROVINCES) | _names(_COUNTRIES) | _ALIASES | {"VN": "Việt Nam"}
"""A name as written -> the place it names, with its kind where the name says it."""
