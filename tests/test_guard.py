"""The number guard on the sample articles: 200 true answers pass, 200 with one thing altered are caught."""

import re
from decimal import Decimal
from functools import cache
from itertools import islice, zip_longest

import pytest
from conftest import SEEDS

from index.articles import find_files, read_article
from index.quantities import find_quantities
from index.split import sentences
from index.types import Article, Passage
from qa.features import Examiner
from qa.guards import denied, little_told, scope_guard
from qa.question import understand
from qa.types import Hit
from qa.verify import unsupported

MONEY = {"triệu đồng": 10**6, "tỷ đồng": 10**9, "nghìn tỷ đồng": 10**12}
OTHER_UNITS = (
    ("nghìn tỷ", "nghìn triệu"), ("tỷ", "triệu"), ("triệu", "tỷ"), ("đồng", "USD"), ("USD", "đồng"), ("%", " người"),
    ("hộ", "người"), ("người", "hộ"), ("đại biểu", "đảng viên"), ("doanh nghiệp", "hợp tác xã"), ("trường", "xã"),
    ("ha", "km"), ("km", "ha"), ("lần", "%"), ("chỉ tiêu", "nhiệm vụ"), ("cuộc", "người"), ("lượt", "vụ"), ("vụ", "lượt"),
)  # fmt: skip
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
YEAR = re.compile(r"(?<![\d.,/])(?:19|20)\d\d(?![\d.,])")
DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(/\d{4})?(?![\d/])")


@cache
def quotes():
    """The sentences of the sample articles, in order."""
    files, _ = find_files([SEEDS])
    texts = [read_article(path).text for path in sorted(files) if path.name != "README.md"]
    return [text[start:end] for text in texts for start, end in sentences(text, 0, len(text))]


def written(value):
    """A number as Vietnamese writes it: 13.723,5."""
    whole, _, rest = f"{Decimal(value):f}".partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")


def other_forms(quantity):
    """The same quantity spelled otherwise: in another magnitude, in two parts, without separators."""
    if quantity.unit == "đồng" and quantity.total is None:
        yield from (
            f"{written(quantity.value / factor)} {unit}"
            for unit, factor in MONEY.items()
            if Decimal("0.001") <= quantity.value / factor < 10**6
        )
        billions, millions = divmod(quantity.value, 10**9)
        if billions and millions >= 10**6 and millions % 10**6 == 0:
            yield f"{written(billions)} tỷ {written(millions / 10**6)} triệu đồng"
    if quantity.unit == "%":
        yield quantity.text.replace("%", " %")
        yield quantity.text.replace("%", " phần trăm")
    if re.match(r"\d+\.\d{3}(?![.,\d])", quantity.text):
        yield quantity.text.replace(".", "", 1)


def true_of(quote):
    """What may be said of a sentence: each quantity alone, beside the sentence, and in its other forms."""
    for quantity in find_quantities(quote):
        if quantity.text[-1:] in ")":
            continue
        yield f"{quantity.text}: “{quote}” [1]"
        for form in other_forms(quantity):
            yield f"{form} [1]"
            yield f"{quote[: quantity.start]}{form}{quote[quantity.end :]} [1]"


def with_digit(quantity, number):
    """One digit changed, each in turn."""
    for place, digit in enumerate(number):
        if digit.isdigit():
            changed = "1" if digit == "9" else str(int(digit) + 1)
            yield quantity.text.replace(number, number[:place] + changed + number[place + 1 :], 1)


def with_comma(quantity, number):
    """The decimal comma moved by one place."""
    whole, comma, rest = number.partition(",")
    if comma and "." not in whole:
        yield quantity.text.replace(
            number, f"{whole}{rest[0]},{rest[1:]}" if rest[1:] else f"{whole}{rest}", 1
        )
        yield quantity.text.replace(number, f"{whole[:-1] or 0},{whole[-1]}{rest}", 1)


def with_unit(quantity):
    """Another magnitude or another unit."""
    for unit, other in OTHER_UNITS:
        if re.search(rf"(?<!\w){unit}(?!\w)", quantity.text):
            yield re.sub(
                rf"\s?(?<!\w){unit}(?!\w)",
                other if other == "%" else f" {other.strip()}",
                quantity.text,
                count=1,
            )


def altered_of(quote):
    """One thing of a sentence altered, by kind of alteration; nothing that the sentence says elsewhere."""
    elsewhere = set(NUMBER.findall(quote))
    found = {"digit": [], "unit": [], "comma": [], "year": [], "date": []}
    for quantity in find_quantities(quote):
        number = NUMBER.search(quantity.text)
        if number is None:
            continue
        changed = {
            "digit": with_digit(quantity, number[0]),
            "comma": with_comma(quantity, number[0]),
            "unit": with_unit(quantity),
        }
        for kind, forms in changed.items():
            found[kind] += [
                f"{quote[: quantity.start]}{form}{quote[quantity.end :]} [1]"
                for form in forms
                if kind == "unit" or not set(NUMBER.findall(form)) <= elsewhere
            ]
    for kind, pattern in (("year", YEAR), ("date", DATE)):
        for match in pattern.finditer(quote):
            new = (
                str(int(match[0]) + 1)
                if kind == "year"
                else f"{int(match[1]) % 28 + 1}/{match[2]}{match[3] or ''}"
            )
            if new not in quote:
                found[kind].append(f"{quote[: match.start()]}{new}{quote[match.end() :]} [1]")
    return found


def spread(rows, n):
    """The first ``n`` when one is taken from each row in turn, so that every row is heard."""
    turns = (item for turn in zip_longest(*rows) for item in turn if item is not None)
    return list(islice(dict.fromkeys(turns), n))


def true_answers():
    return spread([[(said, quote) for said in true_of(quote)] for quote in quotes()], 200)


def altered_answers(kind, n):
    return spread([[(said, quote) for said in altered_of(quote)[kind]] for quote in quotes()], n)


def test_no_true_answer_is_struck():
    answers = true_answers()
    assert len(answers) == 200
    assert [(said, unsupported(said, [quote])) for said, quote in answers if unsupported(said, [quote])] == []


@pytest.mark.parametrize(
    ("kind", "n"), [("digit", 80), ("unit", 60), ("comma", 30), ("year", 25), ("date", 5)]
)
def test_every_altered_answer_is_caught(kind, n):
    answers = altered_answers(kind, n)
    assert len(answers) == n
    assert [(said, quote) for said, quote in answers if not unsupported(said, [quote])] == []


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("ngày 3 tháng 5 năm 2020", "ngày 5 tháng 3 năm 2020"),
        ("ngày 3 tháng 5", "ngày 5 tháng 3"),
        ("đạt 9,43", "vượt 9,43%"),
        ("năm 2019", "giao 2019 hộ chăm sóc"),
        ("quý 5", "có 5 xã"),
        ("tháng 6/2020", "ngày 24/6/2021"),
        ("24/6", "24,6%"),
        ("2016-2020", "2015-2020"),
        ("459 tỷ", "459 triệu"),
    ],
)
def test_a_number_used_for_another_thing_is_caught(said, quote):
    assert unsupported(said, [quote]) != []


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        ("ngày 24/6", "bế mạc ngày 24/6/2020"),
        ("ngày 5 tháng 3", "ngày 5 tháng 3 năm 2020"),
        ("9 tháng", "suốt 9 tháng qua"),
        ("ngày 07/01/2021", "họp ngày 7/1/2021"),
        ("tháng 6/2020", "bế mạc ngày 24/6/2020"),
        ("năm 2020", "bế mạc ngày 24/6/2020"),
        ("năm 2020", "nhiệm kỳ 2015-2020"),
        ("3.250 tỷ", "3,25 nghìn tỷ đồng"),
        ("240 tỷ 697 triệu", "240,697 tỷ đồng"),
    ],
)
def test_a_part_of_a_date_and_another_spelling_pass(said, quote):
    assert unsupported(said, [quote]) == []


def test_contradictions_that_the_fit_hardly_saw_count_in_full():
    assert scope_guard({}) == scope_guard({}, fitted=True) == 1.0
    assert scope_guard({"mobile_absent": 1.0}) == scope_guard({"mobile_absent": 1.0}, fitted=True) == 0.3
    assert scope_guard({"elsewhere": 1.0}) == 0.5
    assert scope_guard({"elsewhere": 1.0}, fitted=True) == pytest.approx(0.5**0.5)


@pytest.mark.parametrize(
    ("question", "footer", "told"),
    [
        ("Số điện thoại của ông Lê An là gì?", True, 1.0),
        ("sđt phó chủ tịch xã Tân Lập", True, 1.0),
        ("Số điện thoại của xã Tân Lập?", True, 0.0),
        ("Số điện thoại của ông Lê An là gì?", False, 0.0),
    ],
)
def test_a_footer_tells_nobodys_own_number(question, footer, told):
    text = "Điện thoại xã Tân Lập: 02993 822182."
    article = Article("a" * 16, "/a.txt", "Xã Tân Lập", "UBND xã Tân Lập", "", None, text)
    hit = Hit(Passage("p", "a" * 16, 0, len(text), text, furniture=footer), article, 1.0, 1)
    asked = understand(question)
    (phone,) = (
        one for one in Examiner(asked, [hit], lambda term: 1, 10).scored() if one.candidate.form == "phone"
    )
    assert phone.features["person_of_body"] == told
    assert scope_guard({"person_of_body": 1.0}, fitted=True) == 0.3


@pytest.mark.parametrize(("cover", "told"), [(1.0, 0.0), (0.4, 0.0), (0.325, 0.5), (0.25, 1.0), (0.0, 1.0)])
def test_a_passage_about_something_else_tells_little(cover, told):
    assert little_told({"cover_passage": cover}) == pytest.approx(told)
    assert scope_guard({"cover_passage": cover}, fitted=True) == pytest.approx(0.4**told)
    assert scope_guard({"cover_passage": cover}) == 1.0


FEW = "Có 3 chợ, người mua kẻ bán đông vui từ sáng sớm đến tối mịt mới thôi."
ROW = (
    f"{FEW[:-1]}, rồi nào là 4 cầu, nào là 5 xã, nào là 6 phường, mỗi nơi một vẻ, đi mãi không hết, "
    "xem mãi không chán, nhớ mãi không quên, ai tới cũng vui."
)


@pytest.mark.parametrize(
    ("question", "text", "relevance", "told"),
    [
        ("Có mấy chợ?", FEW, -2.0, 0.0),
        ("Có mấy chợ?", FEW, -3.0, 0.5),
        ("Có mấy chợ?", FEW, -9.0, 1.0),
        ("Có mấy chợ?", "Có 3 chợ.", -9.0, 0.0),
        ("Có mấy chợ?", ROW, -9.0, 0.0),
        ("Số điện thoại của chợ?", "Điện thoại chợ: 02993 822182.", -9.0, 0.0),
    ],
)
def test_what_the_second_reading_denies(question, text, relevance, told):
    article = Article("a" * 16, "/a.txt", "Chợ", "", "", None, text)
    hit = Hit(Passage("p", "a" * 16, 0, len(text), text), article, 1.0, 1)
    asked = understand(question)
    one = Examiner(asked, [hit], lambda term: 1, 10).scored()[0]
    assert denied(asked, one, relevance) == told
    assert scope_guard({"denied": 1.0}, fitted=True) == 0.4
