"""TOML files."""

from datetime import date, time, timedelta

import pytest

from govdocs.errors import DataError
from tests.data.reading import faults, read


def test_values_are_exact_and_dates_are_dates() -> None:
    """With offsets, times and arrays of tables."""
    data = read(
        'a = 12.50\nb = 2019-01-24\nc = 12:30:00\nd = 2019-01-24T15:30:00+08:00\ne = "0771"\n'
        '[[rows]]\n"名称" = "甲"\n[[rows]]\n"名称" = "乙"\n',
        "toml",
    )
    assert data["rows"] == [{"名称": "甲"}, {"名称": "乙"}]
    assert str(data["a"]) == "12.50"
    assert (data["b"], data["c"]) == (date(2019, 1, 24), time(12, 30))
    assert data["d"].utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a = 1\nb = 007\n", ("toml_syntax", 2, 6)),
        ("单位 = 1\n", ("toml_syntax", 1, 1)),
        ("a = 2019-02-30\n", ("toml_syntax", 1, 5)),
        ("a = 1\na = 2\n", ("toml_twice", 2, 6)),
        ("[x]\n[x]\n", ("toml_twice", 2, 3)),
        ("a = inf\n", ("not_finite", 0, 0)),
        ('a = "x\n', ("toml_syntax", 1, 7)),
        ("", ("empty", 0, 0)),
        ("a = " + "9" * 5000, ("number_too_long", 0, 0)),
    ],
)
def test_fault_is_told(text: str, fault: tuple[str, int, int]) -> None:
    """With line and column where the reader says them."""
    assert faults(text, "toml") == [fault]


def test_infinity_is_told_with_its_key() -> None:
    """TOML's own word for it has no line; the key finds it."""
    with pytest.raises(DataError) as caught:
        read("[[rows]]\nx = 1\n[[rows]]\nx = nan\n", "toml")
    assert caught.value.problems[0].place.key == "rows[1].x"
