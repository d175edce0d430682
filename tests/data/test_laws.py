"""Laws of data files: what is written reads back, and no file breaks a reader."""

from datetime import timedelta, timezone
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from govdocs.errors import DataError
from tests.data.reading import read, write

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
WORDS = st.sampled_from(
    [
        "no",
        "0771",
        "12:30",
        "2019-01-24",
        "1e5",
        "~",
        "",
        "<<",
        "=",
        "- a",
        "a: b",
        "#x",
        " x ",
        "x\n",
        "\n",
        "\nx",
        "x\n\n",
        "\tx",
        "!x",
        "&a",
        "*a",
        "{",
        "%",
        "'",
        '"',
        "?",
        "|",
        "𠮷😀",
        "\x85",
        "\u2028",
        "1.5",
        ".5",
        "+5",
        "0x1F",
        "2019-02-30",
        ".inf",
        "true",
        "null",
        "\r",
        "\r\n",
        "\ufeff",
        "\x00",
    ]
)
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | st.dates()
    | st.datetimes().map(lambda moment: moment.replace(fold=0))
    | st.datetimes(timezones=ZONES)
    | TEXTS
    | WORDS
)
TOML_SCALARS = SCALARS.filter(lambda value: value is not None) | st.times()
JSON_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False, places=3)
    | TEXTS
    | WORDS
)
KEYS = (TEXTS | WORDS).filter(bool)


def dicts(scalars: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Make nested dicts, never empty at the top."""
    inner = st.recursive(
        scalars,
        lambda deeper: st.lists(deeper, max_size=3) | st.dictionaries(KEYS, deeper, max_size=3),
        max_leaves=8,
    )
    return st.dictionaries(KEYS, inner, min_size=1, max_size=4)


@given(dicts(SCALARS | st.times() | st.timedeltas()))
def test_yaml_reads_back_the_same_dict_in_the_same_order(data: dict[str, Any]) -> None:
    """All values of a dict, dates, times and spans among them."""
    found = read(write(data))
    assert found == data
    assert list(found) == list(data)


@given(dicts(JSON_SCALARS))
def test_json_reads_back_the_same_dict_in_the_same_order(data: dict[str, Any]) -> None:
    """All values that JSON has."""
    found = read(write(data, "json"), "json")
    assert found == data
    assert list(found) == list(data)


@given(dicts(TOML_SCALARS))
def test_toml_reads_back_the_same_dict(data: dict[str, Any]) -> None:
    """All values that TOML has; tables go behind values, so the order may differ."""
    assert read(write(data, "toml"), "toml") == data


@given(dicts(TEXTS | WORDS))
def test_other_readers_of_yaml_read_the_same_texts(data: dict[str, Any]) -> None:
    """What YAML 1.1 would take for a number or an answer is quoted."""
    assert yaml.safe_load(write(data)) == data


@given(st.text(max_size=40) | st.text("ab:：-[]{}&*!|>'\"#%@ \n\t0", max_size=40))
def test_no_file_breaks_a_reader(text: str) -> None:
    """Any text is a dict in a format, or a DataError."""
    for kind in ("yaml", "json", "toml"):
        try:
            found: Any = read(text, kind)
        except DataError:
            found = {}
        assert isinstance(found, dict)


@given(st.binary(max_size=60))
def test_no_bytes_break_a_reader(data: bytes) -> None:
    """Any file is a dict, or a DataError."""
    try:
        found: Any = read(data)
    except DataError:
        found = {}
    assert isinstance(found, dict)
