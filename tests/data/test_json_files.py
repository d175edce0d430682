"""JSON files."""

from decimal import Decimal

import pytest

from tests.data.reading import faults, read


def test_values_are_exact() -> None:
    """Decimals are Decimal, long numbers ints, texts texts."""
    text = (
        '{"a": 1.50, "b": 450721199001011234, "c": "2019-01-24", '
        '"d": [true, null], "𠮷": "\\ud83d\\ude00"}'
    )
    data = read(text, "json")
    assert data == {
        "a": Decimal("1.50"),
        "b": 450721199001011234,
        "c": "2019-01-24",
        "d": [True, None],
        "𠮷": "😀",
    }
    assert str(data["a"]) == "1.50"


def test_faults_that_python_lets_pass_are_told_with_their_places() -> None:
    """Equal keys, also across lines and levels, NaN and its kin, names that are empty."""
    text = '{\n "a": 1, "b": {"a": 2, "x": NaN,\n  "x": [-Infinity]},\n "a": "NaN {",\n "": 1\n}'
    assert faults(text, "json") == [
        ("not_finite", 2, 29),
        ("duplicate_key", 3, 3),
        ("not_finite", 3, 9),
        ("duplicate_key", 4, 2),
        ("empty_key", 5, 2),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"a": 01}', ("leading_zero", 1, 8)),
        ('{"a": -01}', ("leading_zero", 1, 9)),
        ('{"a": 1,}', ("json_syntax", 1, 9)),
        ('{"a": 1\n"b": 2}', ("json_syntax", 2, 1)),
        ("{'a': 1}", ("json_syntax", 1, 2)),
        ("{“a”: 1}", ("json_syntax", 1, 2)),
        ('{"a": 1} x', ("json_syntax", 1, 10)),
        ("[1]", ("not_a_mapping", 1, 1)),
        ("", ("empty", 0, 0)),
        ('{"a": ' + "9" * 5000 + "}", ("number_too_long", 1, 7)),
        ('{"a": ' + "[" * 100000, ("too_deep", 0, 0)),
    ],
)
def test_fault_is_told_with_line_and_column(text: str, fault: tuple[str, int, int]) -> None:
    """Strict JSON: nothing is guessed."""
    assert faults(text, "json") == [fault]


def test_same_key_in_different_mappings_is_fine() -> None:
    """Rows repeat their names."""
    text = '{"rows": [{"a": 1}, {"a": 2}], "a": {"a": 3}}'
    assert read(text, "json") == {"rows": [{"a": 1}, {"a": 2}], "a": {"a": 3}}
