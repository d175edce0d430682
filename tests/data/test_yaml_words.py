"""What a bare word of YAML means."""

# ruff: noqa: DTZ001 - data files have no zones unless they say so

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from tests.data.reading import faults, read


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("401", 401),
        ("-5", -5),
        ("450721199001011234", 450721199001011234),
        ("12.50", Decimal("12.50")),
        ("-0.5", Decimal("-0.5")),
        (".5", Decimal("0.5")),
        ("1.5e3", Decimal("1.5e3")),
        ("2019-01-24", date(2019, 1, 24)),
        ("2019-01-24 15:30", datetime(2019, 1, 24, 15, 30)),
        ("2019-01-24T15:30:05", datetime(2019, 1, 24, 15, 30, 5)),
        ("2019-01-24 9:30:05.5", datetime(2019, 1, 24, 9, 30, 5, 500000)),
        ("2019-01-24T15:30:00Z", datetime(2019, 1, 24, 15, 30, tzinfo=UTC)),
        (
            "2019-01-24T15:30:00+08:00",
            datetime(2019, 1, 24, 15, 30, tzinfo=timezone(timedelta(hours=8))),
        ),
        ("!time 15:30:00", time(15, 30)),
        ("!duration 36:15:00", timedelta(hours=36, minutes=15)),
        ("!duration -0:00:01.5", timedelta(seconds=-1.5)),
        ("!!str 5", "5"),
        ("!!float 5", 5),
        ("!!int 5", 5),
    ],
)
def test_word_is_a_value(word: str, value: Any) -> None:
    """Numbers are exact, decimals Decimal, dates dates."""
    found = read(f"x: {word}\n")["x"]
    assert found == value
    assert type(found) is type(value)
    assert str(found) == str(value)


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "是",
        "否",
        "0771",
        "007",
        "-01",
        "00.5",
        "12:30",
        "15:30:00",
        "190:20:30",
        "+86",
        "+5",
        "12E3",
        "1e5",
        "0x1F",
        "0o17",
        "1_000",
        "1,280",
        "1.",
        "1.2.3",
        "8060333-1",
        "2019-1-24",
        "2019/01/24",
        "2019年1月24日",
        "9" * 401,
        "=SUM(A1)",
        "tRUE",
        "NaN",
        "inf",
    ],
)
def test_word_that_other_readers_would_change_stays_text(word: str) -> None:
    """Codes, area codes, times, answers: text as typed."""
    assert read(f"x: {word}\n") == {"x": word}


@pytest.mark.parametrize("word", ["5", "0771", "true", "2019-01-24", "", "null", "12.5", "~"])
def test_quoted_word_is_text(word: str) -> None:
    """Quotes mean text, of either kind, and in blocks."""
    assert read(f"x: '{word}'\ny: \"{word}\"\n") == {"x": word, "y": word}
    if word:
        assert read(f"x: |-\n  {word}\n") == {"x": word}


def test_keys_are_text() -> None:
    """A year as a key is a name like any other."""
    assert read("2018: 1\ntrue: 2\n'007': 3\n") == {"2018": 1, "true": 2, "007": 3}


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("2019-02-30", "no_such_day"),
        ("2019-13-01", "no_such_day"),
        ("2019-01-24 25:00", "no_such_day"),
        (".inf", "not_finite"),
        ("-.INF", "not_finite"),
        (".nan", "not_finite"),
        ("!time 25:00", "not_a_time"),
        ("!duration 1:99:00", "not_a_time"),
        ("!duration 99999999999999:00:00", "not_a_time"),
        ("!!int x", "tag_does_not_fit"),
        ("!!binary aGk=", "tag"),
        ("!secret x", "tag"),
        ("!!python/name:os.system x", "tag"),
    ],
)
def test_word_that_would_be_misread_is_refused(word: str, code: str) -> None:
    """A day that never was is neither a date nor, in silence, text."""
    assert faults(f"a: 1\nx: {word}\n") == [(code, 2, 4)]
