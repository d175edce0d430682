"""Dumping: what is written reads back."""

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govdocs.data import dump_data, load_data
from govdocs.data.texts import Format
from govdocs.errors import DataError, GovdocsError
from tests.data.reading import read, write


def test_yaml_is_written_for_people() -> None:
    """Chinese as it is, keys in order, decimals with their zeros, long texts as blocks."""
    data = {
        "form": "disclosure-2014",
        "单位": {"名称": "示例局", "联系人": "𠮷田"},
        "stats": {"total": 401, "fees": Decimal("12.50"), "big": Decimal("1E+2")},
        "date": date(2019, 1, 24),
        "phone": "0771",
        "yes": "是",
        "no": "no",
        "text": "第一段\n第二段\n",
        "rows": [{"a": 1}, {"a": None}],
        "empty": [],
        "at": time(15, 30),
        "span": timedelta(hours=36),
    }
    assert write(data) == (
        "form: disclosure-2014\n"
        "单位:\n  名称: 示例局\n  联系人: 𠮷田\n"
        "stats:\n  total: 401\n  fees: 12.50\n  big: 100\n"
        "date: 2019-01-24\n"
        "phone: '0771'\n"
        "'yes': 是\n"
        "'no': 'no'\n"
        "text: |\n  第一段\n  第二段\n"
        "rows:\n- a: 1\n- a: null\n"
        "empty: []\n"
        "at: !time '15:30:00'\n"
        "span: !duration '36:00:00'\n"
    )


def test_json_and_toml_are_written_for_people() -> None:
    """Dates of JSON are ISO text."""
    data = {"甲": Decimal("12.50"), "日期": date(2019, 1, 24), "rows": [{"a": 1}], "e": {}}
    assert write(data, "json") == (
        '{\n  "甲": 12.50,\n  "日期": "2019-01-24",\n  "rows": [\n    {\n      "a": 1\n    }\n'
        '  ],\n  "e": {}\n}\n'
    )
    assert write(data, "toml") == (
        '"甲" = 12.50\n"日期" = 2019-01-24\nrows = [\n    { a = 1 },\n]\n\n[e]\n'
    )


def test_floats_are_written_as_the_decimals_that_they_print_as() -> None:
    """And come back as Decimals, which is the price of being exact."""
    for kind in ("yaml", "json"):
        assert read(write({"a": 0.1, "b": 1e-7, "c": 2.0}, kind), kind) == {
            "a": Decimal("0.1"),
            "b": Decimal("0.0000001"),
            "c": 2,
        }


@pytest.mark.parametrize("kind", ["yaml", "json", "toml"])
def test_all_values_that_have_no_place_are_told_at_once(tmp_path: Path, kind: Format) -> None:
    """By their keys; no file is written."""
    path = tmp_path / f"out.{kind}"
    data = {"a": {1, 2}, "b": [float("nan"), {"c": object()}], 5: 1, "d": "\ud800", "e": 1j}
    with pytest.raises(DataError) as caught:
        dump_data(data, path)  # type: ignore[arg-type]
    assert [problem.place.key for problem in caught.value] == [
        "a",
        "b[0]",
        "b[1].c",
        "5",
        "d",
        "e",
    ]
    assert {problem.code for problem in caught.value} == {"data_file.cannot_write"}
    assert not path.exists()


def test_null_and_span_have_no_place_in_toml() -> None:
    """Said with the key and the format."""
    with pytest.raises(DataError) as caught:
        write({"a": {"b": None}, "c": timedelta(1)}, "toml")
    assert caught.value.message("en").startswith(
        "[data_file.cannot_write] a value (or name) of kind NoneType has no place in a TOML data"
        " file\n  where: - (a.b)\n"
    )


def test_dict_that_holds_itself_is_refused() -> None:
    """Not written without end."""
    data: dict[str, Any] = {}
    data["x"] = data
    with pytest.raises(DataError):
        write(data)


def test_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    """The old file stays where the new one cannot be written."""
    path = tmp_path / "data.yaml"
    dump_data({"a": 1}, path)
    with pytest.raises(DataError):
        dump_data({"a": object()}, path)
    assert load_data(path) == {"a": 1}
    dump_data({"a": "某"}, path)
    assert path.read_bytes() == "a: 某\n".encode()
    assert [one.name for one in tmp_path.iterdir()] == ["data.yaml"]


def test_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As a fault, with the path."""
    with pytest.raises(GovdocsError) as caught:
        dump_data({"a": 1}, tmp_path / "no" / "data.yaml")
    assert str(tmp_path / "no" / "data.yaml") in caught.value.message("en")


def test_subclasses_of_text_and_numbers_are_written_plain() -> None:
    """Markup, enums of text and numpy's floats are texts and numbers."""

    class Name(str):
        __slots__ = ()

    class Float(float):
        def __repr__(self) -> str:
            return "Float(2.5)"

    assert write({Name("a"): Name("是"), "b": Float(2.5)}) == "a: 是\nb: 2.5\n"
