"""Places that only the ledger reads beside ``index.places``: towns and cities without a word for their kind, "Q.10", the world.

The lists are general: towns that were seats of a province or known to travellers, districts of the two largest cities, capitals
and cities of over a million people abroad, as news of this language spell them.
"""

from __future__ import annotations

import re

from index.gazetteer import BARE_NAMES, FOREIGN, FOREIGN_CITIES
from index.names import is_surname
from index.places import Mention, Place, mentions
from index.vietnamese import UPPER

_TOWNS = """
Biên_Hòa Buôn_Ma_Thuột Ban_Mê_Thuột Bảo_Lộc Cam_Ranh Cao_Lãnh Cẩm_Phả Châu_Đốc Côn_Đảo Cửa_Lò Đông_Hà Đồ_Sơn Đồng_Hới
Đồng_Xoài Hạ_Long Hội_An Long_Khánh Long_Xuyên Móng_Cái Mỹ_Tho Phan_Rang Phan_Thiết Phú_Quốc Pleiku Quy_Nhơn Qui_Nhơn
Rạch_Giá Sa_Đéc Sa_Pa Sapa Sầm_Sơn Tam_Đảo Tam_Kỳ Thủ_Dầu_Một Tuy_Hòa Uông_Bí Việt_Trì Vị_Thanh Điện_Biên_Phủ Hà_Tiên Cát_Bà
Trường_Sa Hoàng_Sa Bình_Thạnh Gò_Vấp Phú_Nhuận Thủ_Đức Tân_Bình Hóc_Môn Củ_Chi Cần_Giờ Nhà_Bè Bình_Chánh Bình_Tân Chợ_Lớn
Hoàn_Kiếm Ba_Đình Cầu_Giấy Thanh_Xuân Long_Biên Từ_Liêm Gia_Lâm Đông_Anh Sóc_Sơn Thanh_Trì Tây_Hồ Hà_Đông
"""
_ABROAD = """
Abidjan Abuja Accra Addis_Ababa Algiers Almaty Amman Amsterdam Ankara Athens Atlanta Auckland Bali Bangalore Barcelona Basra
Beirut Belgrade Birmingham Bogota Boston Brasilia Brisbane Bucharest Budapest Buenos_Aires Cape_Town Caracas Casablanca
Chennai Colombo Copenhagen Dakar Dallas Damascus Delhi Denver Detroit Dhaka Doha Dubai Dublin Fallujah Frankfurt Guangzhou
Hamburg Hannover Harare Havana La_Habana Hawaii Helsinki Hollywood Houston Hyderabad Islamabad Istanbul Jerusalem
Johannesburg Kandahar Karachi Kathmandu Khartoum Kiev Kinshasa Kirkuk Kobe Kolkata Kyoto Lagos Lahore Las_Vegas Leipzig
Liverpool Lisbon Los_Angeles Lyon Madrid Manchester Marseille Mecca Miami Milan Minsk Mogadishu Montreal Mosul Mexico_City
Munich Nagoya Nairobi Najaf Naples New_Jersey New_Orleans Oslo Ottawa Pattaya Perth Philadelphia Phuket Prague Praha Pretoria
Pusan Busan Pyongyang Quebec Quito Rio_de_Janeiro Riyadh Roma Rome Rotterdam Saint_Petersburg Santiago Sao_Paulo Sarajevo
Seattle Siem_Reap Sofia Stockholm Stuttgart Surabaya Tashkent Tbilisi Tel_Aviv Tirana Toronto Tripoli Tunis Turin Ulan_Bator
Vancouver Vienna Warsaw Yangon Rangoon Yokohama Zagreb Zurich Ramallah Bình_Nhưỡng Quảng_Châu Thẩm_Quyến Trùng_Khánh
Thiên_Tân Nam_Kinh Vũ_Hán Thành_Đô Cáp_Nhĩ_Tân Hàng_Châu Tây_An Đại_Liên Côn_Minh Cao_Hùng Nam_Ninh Thẩm_Dương Thanh_Đảo
Quế_Lâm Alabama Alaska Arizona Arkansas Colorado Connecticut Illinois Indiana Iowa Kansas Kentucky Louisiana Maryland
Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada North_Carolina South_Carolina Ohio Oklahoma
Oregon Pennsylvania Tennessee Utah Virginia Wisconsin Aceh Kashmir Sicily Bavaria Okinawa Hokkaido Queensland Victoria
"""
_COUNTRIES = """
Italia Italy Czech Cộng_hòa_Séc Cộng_hòa_Czech Thuỵ_Sĩ Thuỵ_Sỹ Thụy_Sỹ Thuỵ_Điển Ảrập_Saudi Arập_Xêút Ả_Rập_Xêút Saudi_Arabia
Braxin Achentina Inđônêsia Hungari Bungari Rumani Xlôvakia Togo Benin Burkina_Faso Chad Malawi Mauritania Mauritius Lesotho
Swaziland Djibouti Gambia Cape_Verde Comoros Seychelles Guyana Suriname Belize Barbados Bahamas Grenada Trinidad Samoa Tonga
Vanuatu Kiribati Nauru Palau Cyprus Andorra Liechtenstein San_Marino Wales Bắc_Ireland Greenland
"""
TOWNS = frozenset(name.replace("_", " ") for name in _TOWNS.split())
"""Towns and districts of Vietnam, known without their kind."""
CITIES_ABROAD = FOREIGN_CITIES | {name.replace("_", " ") for name in _ABROAD.split()}
"""Cities of other countries; what ``BARE_NAMES`` has not is read only where something is said to be there."""
_MORE_COUNTRIES = frozenset(name.replace("_", " ") for name in _COUNTRIES.split())
ABROAD = FOREIGN | CITIES_ABROAD | _MORE_COUNTRIES
"""Names of other countries and of places in them."""
_OPENINGS = frozenset(
    "Theo Trong Khi Tuy Để Các Những Sau Ngoài Trước Tại Từ Với Cũng Vì Do Nếu Đây Đó Hiện Ngày Năm Tháng Như Riêng Nhưng Mặc"
    " Bên Một Hai Số Có Đến"
    " Ông Bà Đặc Còn Nhiều Mỗi Tất Kết Cụ Được Qua".split()
)
"""Words that open a sentence and no name."""
WORLD = Place("", "thế giới")

_LONGEST = 3
_ANYWHERE = TOWNS | _MORE_COUNTRIES
_NEAR = 12
_CAP = rf"[{UPPER}][\w’']*"
_RUN = re.compile(rf"(?<![\w.-]){_CAP}(?: (?:{_CAP}|de(?= [{UPPER}])))*(?![\w-])")
_TAILS = frozenset(
    name.rsplit(" ", 1)[-1] for name in (TOWNS | CITIES_ABROAD | _MORE_COUNTRIES) - BARE_NAMES.keys()
)
_THERE = re.compile(
    r"(?<!\w)(?:tại|ở|đến|tới|sang|về|từ|rời|khỏi|vào|trong|thành phố|tp|thủ đô|bang|gần|quanh|khắp|cảng|miền|đảo"
    r"|ngoại ô|trung tâm|sân bay|nam|bắc|đông|tây|đi) $",
    re.IGNORECASE,
)
"""What stands before a city where something is, rather than a club named after it."""
_DISTRICT = re.compile(
    rf"(?<![\w.])Q\. ?(?P<name>\d{{1,2}}(?!\w)|{_CAP}(?: {_CAP}){{1,2}})"
    rf"|(?<![\w.])Q(?P<bare>\d{{1,2}})(?=[,.] ?TP)"
)
_WORLD = re.compile(
    r"(?<!nhất )(?<!đầu )(?<!\w)(?:trên |khắp |toàn |cả )+(?P<a>thế giới|toàn cầu)(?!\w)"
    r"|(?<!\w)(?:giá|thị trường)(?: [^\W\d_]+){0,3} (?P<b>thế giới)(?!\w)"
)


def all_mentions(text: str, scan: str | None = None) -> list[Mention]:
    """The mentions of ``index.places`` with the towns, cities, districts and the world that only the ledger reads, in order.

    Args:
        text: as written.
        scan: the same in lower case; without it the world is not looked for.

    >>> [m.place.text for m in all_mentions("Ở Hội An (Quảng Nam), tại Basra và Q.10.")]
    ['Hội An', 'Quảng Nam', 'Basra', 'quận 10']
    >>> [m.place.text for m in all_mentions("Barcelona thắng; giá vàng thế giới.", "barcelona thắng; giá vàng thế giới.")]
    ['thế giới']
    """
    found = [_without_opening(text, one) for one in mentions(text)]
    more = _more(text)
    if scan is not None and ("thế giới" in scan or "toàn cầu" in scan):
        more += [Mention(*match.span(match.lastgroup or 0), WORLD) for match in _WORLD.finditer(scan)]
    free = [one for one in more if all(one.end <= other.start or other.end <= one.start for other in found)]
    return sorted((*found, *free), key=lambda one: one.start) if free else found


def _without_opening(text: str, mention: Mention) -> Mention:
    """The kind alone where its name only opens the next sentence: "vào TP. Theo quy định"."""
    if mention.place.name.split(" ", 1)[0] not in _OPENINGS or not mention.place.type:
        return mention
    end = text.index(mention.place.name.split(" ", 1)[0], mention.start)
    return Mention(mention.start, len(text[:end].rstrip(" .")), Place(mention.place.type, ""))


def _more(text: str) -> list[Mention]:
    found = [
        Mention(*match.span(), Place("quận", match["name"] or match["bare"]))
        for match in (_DISTRICT.finditer(text) if "Q" in text else ())
    ]
    ends = {one.end for one in found}
    for run in _RUN.finditer(text):
        words = run[0].split(" ")
        if words[-1] in _TAILS and run.end() not in ends:
            found += _town(text, run, words)
    return found


def _town(text: str, run: re.Match[str], words: list[str]) -> list[Mention]:
    """The town that a run of capitalised words ends with; none behind a family name."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        name = " ".join(words[-count:])
        start = run.end() - len(name)
        alone = count == len(words) or not is_surname(words[-count - 1])
        there = name in _ANYWHERE or (
            name in CITIES_ABROAD and _THERE.search(text[max(0, start - _NEAR) : start]) is not None
        )
        if alone and there and name not in BARE_NAMES:
            return [Mention(start, run.end(), Place("", name))]
    return []
