"""Chinese numerals and numbering marks, held against cn2an where it is right."""

import re
from decimal import Decimal
from typing import Any

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.errors import DataError
from govdocs.values.numerals import (
    LIMIT,
    chinese_digits,
    chinese_number,
    item_mark,
    level_mark,
    maybe_chinese_number,
    parse_chinese_number,
)

SPARSE = st.text("0015", min_size=1, max_size=15).map(int)
"""Numbers with many noughts: where 零 goes wrong."""
NUMBERS = SPARSE | st.integers(0, 10**15 - 1)

WRITTEN = [
    (0, "零", "零"),
    (1, "一", "壹"),
    (10, "十", "壹拾"),
    (12, "十二", "壹拾贰"),
    (20, "二十", "贰拾"),
    (100, "一百", "壹佰"),
    (108, "一百零八", "壹佰零捌"),
    (110, "一百一十", "壹佰壹拾"),
    (1001, "一千零一", "壹仟零壹"),
    (10010, "一万零一十", "壹万零壹拾"),
    (100500, "十万零五百", "壹拾万零伍佰"),
    (103453, "十万三千四百五十三", "壹拾万叁仟肆佰伍拾叁"),
    (100002000, "一亿零二千", "壹亿零贰仟"),
    (100010000, "一亿零一万", "壹亿零壹万"),
    (10**12, "一万亿", "壹万亿"),
    (3_400_000_000_000, "三万四千亿", "叁万肆仟亿"),
    (10**12 + 1, "一万亿零一", "壹万亿零壹"),
]


@pytest.mark.parametrize(("number", "small", "formal"), WRITTEN)
def test_number_is_written_as_it_is_read_aloud(number: int, small: str, formal: str) -> None:
    """Small numerals drop the 一 before a leading 十, 大写 keeps its 壹; 零 stands for gaps."""
    assert chinese_number(number) == small
    assert chinese_number(number, formal=True) == formal


def test_negative_and_decimal_numbers_are_written() -> None:
    """负 goes before, decimals are spelt behind 点."""
    assert chinese_number(-12) == "负十二"
    assert chinese_number(Decimal("-2.50")) == "负二点五零"
    assert chinese_number(33.9) == "三十三点九"
    assert chinese_number(0.05, formal=True) == "零点零伍"


@given(NUMBERS, st.booleans())
def test_written_number_reads_back(number: int, formal: bool) -> None:
    """Writing loses nothing, in either set of numerals."""
    assert parse_chinese_number(chinese_number(number, formal=formal)) == number


@given(NUMBERS)
def test_writing_agrees_with_cn2an_where_its_own_reader_does(number: int) -> None:
    """A second opinion; cn2an drops 零 between 亿 or 万亿 and thousands, and is not asked there."""
    theirs = cn2an.an2cn(number)
    if not re.search("[亿万]零.千", chinese_number(number)):
        assert chinese_number(number) == theirs


@given(NUMBERS)
def test_cn2an_reads_what_is_written(number: int) -> None:
    """Its reader knows the rule that its writer breaks."""
    assert cn2an.cn2an(chinese_number(number), "smart") == number


@pytest.mark.parametrize("number", [LIMIT, -LIMIT, 10**20, Decimal("1E+16")])
def test_number_without_settled_reading_is_refused(number: Any) -> None:
    """京 and 万亿亿 are read differently; nothing is guessed."""
    with pytest.raises(DataError) as caught:
        chinese_number(number)
    assert caught.value.problems[0].code == "value.numeral_too_large"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("二〇一九", 2019),
        ("二○一九", 2019),
        ("一百〇八", 108),
        ("两千", 2000),
        ("一十二", 12),
        ("十万零三千", 103000),
        ("壹佰零捌", 108),
        ("负五", -5),
        (" 三 百 ", 300),
        ("三千万亿", 3 * 10**15),
        ("零", 0),
    ],
)
def test_other_writings_of_a_number_are_read(text: str, number: int) -> None:
    """Spelt and counted, 〇 and its look-alikes, 两, the 零 too many that many write."""
    assert parse_chinese_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "百",
        "万",
        "一百八",
        "五亿五千",
        "二十三十",
        "十十",
        "零一",
        "千一",
        "一百零",
        "一万万",
        "12",
        "一点五",
    ],
)
def test_numeral_that_means_two_things_or_none_is_refused(text: str) -> None:
    """一百八 is 108 to some and 180 to others: neither is believed."""
    assert maybe_chinese_number(text) is None
    with pytest.raises(DataError) as caught:
        parse_chinese_number(text)
    assert caught.value.problems[0].code == "value.not_a_numeral"


def test_digits_are_spelt_with_round_nought() -> None:
    """〇, not 零, where a number is spelt (GB/T 15835)."""
    assert chinese_digits(2010) == "二〇一〇"
    assert chinese_digits("8060333") == "八〇六〇三三三"


def test_items_of_running_text_are_numbered() -> None:
    """一是 to 十二是."""
    assert [item_mark(number) for number in (1, 2, 10, 11, 12)] == [
        "一是",
        "二是",
        "十是",
        "十一是",
        "十二是",
    ]


def test_headings_have_the_four_marks_of_the_standard() -> None:
    """GB/T 9704 7.3.3: 一、 （一） 1. （1）."""
    assert [level_mark(level, 12) for level in (1, 2, 3, 4)] == [
        "十二、",
        "（十二）",
        "12.",
        "（12）",
    ]


@pytest.mark.parametrize(("level", "number"), [(0, 1), (5, 1)])
def test_fifth_level_is_refused(level: int, number: int) -> None:
    """The standard has four."""
    with pytest.raises(DataError) as caught:
        level_mark(level, number)
    assert caught.value.problems[0].code == "value.no_such_level"


@pytest.mark.parametrize("number", [0, -1, 1.5, Decimal("2.5")])
def test_ordinals_begin_with_one(number: Any) -> None:
    """There is no 零是."""
    with pytest.raises(DataError) as caught:
        item_mark(number)
    assert caught.value.problems[0].code == "value.not_an_ordinal"
