"""Chat shorthand in a question written out: "9T 2022 xã có bn hs" asks for "9 tháng 2022 xã có bao nhiêu học sinh".

Only what has one reading stands here; abbreviations of articles (UBND, BHYT) are ``index.abbreviations.expand``'s.
"""

from __future__ import annotations

import re

from index.abbreviations import joined
from index.vietnamese import UPPER, fold, has_diacritics

_WORDS = {
    "bn": "bao nhiêu", "bnh": "bao nhiêu", "bnhieu": "bao nhiêu", "bnhiu": "bao nhiêu", "nhiu": "nhiêu",
    "bq": "bình quân", "bs": "bác sĩ", "bv": "bệnh viện", "cty": "công ty", "dc": "được", "đc": "được",
    "đg": "đường", "đp": "địa phương", "dsố": "dân số", "dso": "dân số", "dtts": "dân tộc thiểu số", "đv": "đơn vị",
    "gđ": "giám đốc", "pgđ": "phó giám đốc", "tgđ": "tổng giám đốc", "gv": "giáo viên", "hs": "học sinh", "sv": "sinh viên",
    "hk": "hành khách", "kv": "khu vực", "ko": "không", "hok": "không", "lđ": "lao động", "nc": "nước", "ng": "người",
    "nk": "nhập khẩu", "ntn": "như thế nào", "sx": "sản xuất", "tl": "tỷ lệ", "tnbq": "thu nhập bình quân",
    "tngt": "tai nạn giao thông", "trc": "trước", "vn": "Việt Nam", "xd": "xây dựng", "xk": "xuất khẩu",
    "kh": "kế hoạch", "ns": "ngân sách", "nq": "nghị quyết", "cđt": "chủ đầu tư", "nđt": "nhà đầu tư",
    "tccsđ": "tổ chức cơ sở đảng",
    "thág": "tháng", "thag": "tháng", "thg": "tháng", "thnag": "tháng", "j": "gì",
}  # fmt: skip
"""A token as people type it -> what it stands for."""
_ALSO_CAPITAL = frozenset("vn tngt gđ pgđ tgđ dtts tnbq kh ns nq cđt nđt tccsđ".split())
"""Those that are meant when they are typed in capitals as well; others are then taken for names."""
_PATTERNS = (
    (r"\b(\d{1,2}) ?T(?=[ /]\d{4}\b| đầu| dau| cuối| cuoi)(?:/(?=\d{4}))?", r"\1 tháng "),
    (r"\b[tT](\d{1,2}) ?/ ?(?=\d{4}\b)", r"tháng \1/"),
    (r"\bBT(?= (?:\w+ ){0,2}[uủỦU][yỷ]\b)|\bbt(?= (?:\w+ ){0,2}[uủ][yỷ]\b)", "bí thư"),
    (rf"(?<!\w)(?:[đĐ]ồng chí|[đĐ]/c) (?=[{UPPER}])", ""),
    (r"(?<!\w)[qQ]\. ?(?=[A-ZĐ\d])", "quận "),
    (r"(?<!\w)(?:h\. ?)(?=[^\W\d])", "huyện "),
    (r"(?<!\w)[pP]\. ?(?=[A-ZĐ\d])", "phường "),
)
_TOKEN = re.compile(r"(?<![\w/&.-])[^\W\d_]{1,7}(?![\w/&-])(?!\.\w)")


def write_out(text: str) -> str:
    """The question with its shorthand written out, without diacritics when the question has none.

    >>> write_out("9T 2022 xã có bn hs")
    '9 tháng 2022 xã có bao nhiêu học sinh'
    >>> write_out("bn ng chet vi tngt t2/2006")
    'bao nhieu nguoi chet vi tai nan giao thong thang 2/2006'
    """
    plain = not has_diacritics(text)
    text = joined(text)
    for pattern, full in _PATTERNS:
        text = re.sub(pattern, fold(full) if plain else full, text)
    text = _TOKEN.sub(lambda match: _written(match.group(), plain), text)
    return " ".join(text.split())


def _written(token: str, plain: bool) -> str:
    """What a token stands for; the token itself when it is no shorthand or written in capitals like a name."""
    full = _WORDS.get(token.lower())
    if full is None or (token.isupper() and token.lower() not in _ALSO_CAPITAL):
        return token
    return fold(full) if plain else full
