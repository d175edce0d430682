"""Amounts, shares and changes."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.errors import DataError
from govdocs.values.amounts import (
    amount_in_words,
    change,
    from_wan,
    share,
    to_wan,
    to_yi,
    wan,
    yi,
)


@pytest.mark.parametrize(
    ("yuan", "words"),
    [
        ("1234.56", "壹仟贰佰叁拾肆元伍角陆分"),
        ("100", "壹佰元整"),
        ("100.00", "壹佰元整"),
        ("0", "零元整"),
        ("0.5", "伍角整"),
        ("0.05", "伍分"),
        ("0.56", "伍角陆分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("-3.10", "负叁元壹角整"),
        ("100002000", "壹亿零贰仟元整"),
    ],
)
def test_amount_is_written_by_the_rules_for_vouchers(yuan: str, words: str) -> None:
    """整 after 元 and 角, none after 分, 零 for gaps; the bank's own examples among them."""
    assert amount_in_words(Decimal(yuan)) == words


def test_float_amount_is_the_decimal_that_it_prints_as() -> None:
    """1234.56 as a float is no hair less."""
    assert amount_in_words(1234.56) == "壹仟贰佰叁拾肆元伍角陆分"


def test_amount_finer_than_fen_is_refused_unless_rounding_is_asked_for() -> None:
    """Cutting would change the sum in silence."""
    with pytest.raises(DataError) as caught:
        amount_in_words(Decimal("1234.567"))
    assert caught.value.message("zh") == (
        "[value.finer_than_fen] 金额 1234.567 元不足一分的部分无法写成大写\n"
        "  改法：请先四舍五入到分，或在调用时指定 rounding"
    )
    assert amount_in_words(Decimal("1234.565"), rounding=True) == "壹仟贰佰叁拾肆元伍角柒分"
    assert amount_in_words(Decimal("0.995"), rounding=True) == "壹元整"


@given(st.integers(1, 10**14))
def test_amount_is_what_cn2an_reads_back(cents: int) -> None:
    """An independent reader finds the same sum."""
    yuan = Decimal(cents) / 100
    words = amount_in_words(yuan).removesuffix("整")
    whole, _, rest = words.rpartition("元")
    jiao, fen = (rest[0] if "角" in rest else "零"), (rest[-2] if "分" in rest else "零")
    read = Decimal(cn2an.cn2an(whole, "strict") if whole else 0)
    assert read + Decimal(f"0.{cn2an.cn2an(jiao)}{cn2an.cn2an(fen)}") == yuan


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2))
def test_wan_and_yuan_convert_exactly(yuan: Decimal) -> None:
    """Nothing is rounded on the way, whatever the size."""
    assert from_wan(to_wan(yuan)) == yuan
    assert to_wan(to_wan(yuan)) == to_yi(yuan)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        (wan(12345678), "1234.5678"),
        (wan(12345678, 2), "1234.57"),
        (wan(10000), "1"),
        (wan(1_000_000), "100"),
        (wan(0), "0"),
        (wan(Decimal("0.01")), "0.000001"),
        (wan(12.5, 4), "0.0013"),
        (yi(1_234_567_890, 2), "12.35"),
        (yi(10**12), "10000"),
    ],
)
def test_amount_prints_in_wan_and_yi(printed: str, expected: str) -> None:
    """All digits unless places are named; no exponent, no separators."""
    assert printed == expected


@pytest.mark.parametrize(
    ("part", "whole", "places", "printed"),
    [
        (19, 56, 1, "33.9%"),
        (1, 3, 0, "33%"),
        (1, 8, 1, "12.5%"),
        (125, 1000, 0, "13%"),
        (0, 5, 1, "0.0%"),
        (7, 7, 1, "100.0%"),
        (-1, 3, 1, "-33.3%"),
        (-1, 10**6, 1, "0.0%"),
        (Decimal("0.1"), Decimal("0.3"), 2, "33.33%"),
    ],
)
def test_share_is_rounded_half_up(part: Any, whole: Any, places: int, printed: str) -> None:
    """四舍五入, on exact decimals."""
    assert share(part, whole, places) == printed


def test_share_of_nothing_is_an_error() -> None:
    """A percent of nought is no number; the sentence says what to do."""
    with pytest.raises(DataError) as caught:
        share(3, 0)
    assert caught.value.message("en") == (
        "[value.share_of_nothing] the whole is 0, so 3 has no share in it\n"
        "  mend: look at the whole again; where it is rightly 0, say so in the template with an if"
    )


@pytest.mark.parametrize(
    ("now", "before", "printed"),
    [
        (401, 356, "增长12.6%"),
        (97, 100, "下降3.0%"),
        (5, 5, "持平"),
        (0, 0, "持平"),
        (0, 8, "下降100.0%"),
        (100001, 100000, "基本持平"),
        (99999, 100000, "基本持平"),
        (30, 10, "增长200.0%"),
    ],
)
def test_change_says_direction_and_percent(now: int, before: int, printed: str) -> None:
    """增长, 下降, 持平; what rounds to nought is 基本持平."""
    assert change(now, before) == printed


@pytest.mark.parametrize(
    ("now", "before", "code"),
    [(5, 0, "value.change_from_nothing"), (5, -2, "value.change_from_debt")],
)
def test_change_without_a_base_is_an_error(now: int, before: int, code: str) -> None:
    """From nought, or from less, there is no percent."""
    with pytest.raises(DataError) as caught:
        change(now, before)
    assert caught.value.problems[0].code == code
    assert str(now) in caught.value.message("zh")


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 4))
def test_share_is_the_nearest_percent(part: int, whole: int, places: int) -> None:
    """Rounded once, from the exact quotient: at most half a step away."""
    printed = Fraction(share(part, whole, places).removesuffix("%"))
    assert abs(printed - Fraction(100 * part, whole)) <= Fraction(1, 2 * 10**places)
