"""Numbers printed in documents, and read back."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.errors import DataError
from govdocs.values.numbers import (
    as_number,
    fixed,
    is_number,
    maybe_number,
    parse_number,
    plain_number,
    round_half_up,
    thousands,
)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (-7, "-7"),
        (11398889, "11398889"),
        (450721199001011234, "450721199001011234"),
        (Decimal("12.50"), "12.50"),
        (Decimal("1E+2"), "100"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("-0.00"), "0.00"),
        (12.0, "12"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (1e22, "10000000000000000000000"),
        (1e-7, "0.0000001"),
        (1 / 3, "0.333333333333333"),
        (123456789.12, "123456789.12"),
        (9007199254740993.0, "9007199254740992"),
    ],
)
def test_number_prints_undivided_and_without_exponent(value: Any, printed: str) -> None:
    """Ints as they are, Decimals with their zeros, floats as Excel shows their digits."""
    assert plain_number(value) == printed


@pytest.mark.parametrize(
    "value",
    [
        True,
        "12",
        None,
        float("nan"),
        float("inf"),
        Decimal("NaN"),
        Decimal("Infinity"),
        b"1",
        1 + 2j,
        [],
        10**5000,
        Decimal("1E+999999999"),
        Decimal("1E-999999999"),
    ],
    ids=lambda value: f"{type(value).__name__} {str(value)[:12]}" if value != 10**5000 else "huge",
)
def test_what_is_no_plain_number_is_refused(value: Any) -> None:
    """A bool is no number, nor is text, NaN, infinity, or what would fill pages with digits."""
    assert not is_number(value)
    with pytest.raises(DataError) as caught:
        as_number(value)
    assert caught.value.problems[0].code == "value.not_a_number"


def test_refused_number_names_value_and_kind() -> None:
    """The whole sentence, as a clerk reads it."""
    with pytest.raises(DataError) as caught:
        plain_number("十二")  # type: ignore[arg-type]
    assert caught.value.message("zh") == (
        "[value.not_a_number] “十二”（str）不是数字\n"
        "  改法：请填写数字，如 12 或 12.5，不带单位和文字"
    )
    assert caught.value.message("en") == (
        "[value.not_a_number] “十二” (str) is not a number\n"
        "  mend: give a number such as 12 or 12.5, without unit or words"
    )


class _Int64:
    """An integer of another library."""

    def __index__(self) -> int:
        return 41


class _Float64(float):
    """A float of another library, whose repr names its type."""

    def __repr__(self) -> str:
        return f"np.float64({float.__repr__(self)})"


def test_numbers_of_other_libraries_are_taken() -> None:
    """Integers by __index__, floats by their value, whatever their repr says."""
    assert as_number(_Int64()) == 41
    assert plain_number(_Float64(2.5)) == "2.5"


def test_bool_of_another_library_is_no_number() -> None:
    """The bool of numpy has an __index__ in some versions; it is a bool all the same."""
    foreign = type("bool_", (), {"__index__": lambda _: 1})
    assert not is_number(foreign())


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.integers())
def test_printed_number_reads_back_equal(value: Decimal | int) -> None:
    """What is printed of an int or a Decimal loses nothing."""
    assert parse_number(plain_number(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False, min_value=-1e300, max_value=1e300))
def test_printed_float_is_within_its_last_digits(value: float) -> None:
    """A float keeps 15 significant digits, and never shows an exponent."""
    printed = plain_number(value)
    assert "e" not in printed.lower()
    assert float(printed) == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("401", 401),
        (" １，２８０ ", 1280),
        ("1 280", 1280),
        ("1\u00a0280\u00a0000", 1280000),
        ("12.50", Decimal("12.50")),
        ("－5", -5),
        ("−5.5", Decimal("-5.5")),
        ("+3", 3),
        ("0", 0),
        ("0.50", Decimal("0.50")),
    ],
)
def test_number_is_read_as_documents_write_it(text: str, number: int | Decimal) -> None:
    """Width, minus signs and separators are folded; zeros behind the point stay."""
    read = maybe_number(text)
    assert read == number
    assert type(read) is type(number)
    assert str(read) == str(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "/",
        "——",
        "0771",
        "007",
        "1,28",
        "12,34,567",
        "1 28",
        "1.",
        ".5",
        "1e5",
        "12件",
        "٣",
    ],
)
def test_what_is_no_written_number_is_not_read(text: str) -> None:
    """Codes with a leading nought, broken groups, units, other scripts: None, and an error."""
    assert maybe_number(text) is None
    with pytest.raises(DataError):
        parse_number(text)


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1.01"),
        (Decimal("0.045"), 2, "0.05"),
        (7, 2, "7.00"),
        (-0.001, 2, "0.00"),
        (Decimal("9.995"), 2, "10.00"),
        (1234, -2, "1200"),
    ],
)
def test_rounding_takes_halves_away_from_nought(value: Any, places: int, printed: str) -> None:
    """四舍五入, on the decimal that is printed, not on the binary float."""
    assert fixed(value, places) == printed


@given(st.decimals(allow_nan=False, allow_infinity=False, places=5), st.integers(0, 4))
def test_rounded_number_is_at_most_half_a_step_away(value: Decimal, places: int) -> None:
    """The nearest number with so many places, whatever the size of the number."""
    step = Decimal(1).scaleb(-places)
    assert abs(round_half_up(value, places) - value) <= step / 2


def test_thousands_are_set_only_where_asked() -> None:
    """The separator is a comma for every three digits; decimals stay as they are."""
    assert thousands(11398889) == "11,398,889"
    assert thousands(Decimal("-1234.50")) == "-1,234.50"
    assert thousands(999) == "999"
