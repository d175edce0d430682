"""The structure of YAML files, and its faults."""

from pathlib import Path

import pytest

from govdocs.data import load_data
from govdocs.errors import DataError
from tests.data.reading import faults, read, write


def test_lists_mappings_and_blocks_are_read() -> None:
    """As any reader of YAML reads them."""
    text = (
        "单位:\n  名称: 示例局\n  层级: 部门\n"
        "rows:\n- {name: 甲, count: 1}\n- name: 乙\n  count: 2\n"
        "空: []\n无: {}\n文: |\n  第一行\n  第二行\n折: >-\n  一\n  二\n"
    )
    assert read(text) == {
        "单位": {"名称": "示例局", "层级": "部门"},
        "rows": [{"name": "甲", "count": 1}, {"name": "乙", "count": 2}],
        "空": [],
        "无": {},
        "文": "第一行\n第二行\n",
        "折": "一 二",
    }


def test_anchors_and_merge_keys_are_followed() -> None:
    """What is written here counts more than what is merged in; aliases are copies."""
    found = read(
        "a: &a {x: 1, y: 2}\nb: &b {y: 5, z: 6}\nc:\n  <<: [*a, *b]\n  x: 9\nd: *a\n"
        "e:\n  x: 7\n  <<: *a\nf: &f 甲\ng: *f\n"
    )
    assert found["c"] == {"x": 9, "y": 2, "z": 6}
    assert found["d"] == {"x": 1, "y": 2}
    assert found["d"] is not found["a"]
    assert found["e"] == {"x": 7, "y": 2}
    assert found["g"] == "甲"


def test_all_faults_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    """Whole text: two duplicates, a day that never was, a tag; file, line, column and key."""
    path = tmp_path / "data.yaml"
    path.write_text(
        "a: 1\nstats:\n  total: 5\n  day: 2019-02-30\n  total: 6\na: 2\nx: !!python/none\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        load_data(path)
    assert caught.value.message("en") == (
        "[data_file.no_such_day] the calendar has no “2019-02-30”\n"
        f"  where: {path} > line 4 column 8 (stats.day)\n"
        "  mend: look at the date again; if it is meant as text, put it in quotes\n"
        "[data_file.duplicate_key] the name “total” is given twice, first in line 3\n"
        f"  where: {path} > line 3 (stats.total)\n"
        f"  where: {path} > line 5 column 3 (stats.total)\n"
        "  mend: take one away, or rename it\n"
        "[data_file.duplicate_key] the name “a” is given twice, first in line 1\n"
        f"  where: {path} > line 1 (a)\n"
        f"  where: {path} > line 6 column 1 (a)\n"
        "  mend: take one away, or rename it\n"
        "[data_file.tag] the tag !!python/none has no place in a data file\n"
        f"  where: {path} > line 7 column 4 (x)\n"
        "  mend: take it away; put a text that begins with an exclamation mark in quotes"
    )


def test_full_width_colon_is_told_in_the_clerks_language() -> None:
    """The usual slip of an input method."""
    with pytest.raises(DataError) as caught:
        read("unit:\n  name: 某局\n单位：某局\nyear: 2018\n")
    assert caught.value.message("zh") == (
        "[data_file.wide_colon] 名称后用了全角冒号“：”\n"
        "  位置：- > 第3行 第3列\n"
        "  改法：请改成半角冒号，后面空一格，如 单位: 某局"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a:\n\tb: 1\n", ("tab", 2, 1)),
        ("a: 1\n\tb: 1\n", ("tab", 2, 1)),
        ("单位：某局\n", ("wide_colon", 1, 0)),
        ("单位：某局\n年: 5\n", ("wide_colon", 1, 3)),
        ("a: b: c\n", ("colon_in_text", 1, 5)),
        ("a: 1\n  b: 2\n", ("colon_in_text", 2, 4)),
        ("a: 1\nb: 'x\nc: 2\n", ("open_quote", 2, 4)),
        ('a: "x\n', ("open_quote", 1, 4)),
        ("a: [1, 2\nb: 3\n", ("open_bracket", 1, 4)),
        ("a: {b: 1\n", ("open_bracket", 1, 4)),
        ("a: %x\n", ("special_character", 1, 4)),
        ("a: @x\n", ("special_character", 1, 4)),
        ("a: 1\nb\nc: 2\n", ("no_colon", 3, 1)),
        ("a:\n  b: 1\n c: 2\n", ("yaml_syntax", 3, 2)),
        ("a: *x\n", ("unknown_alias", 1, 4)),
        ("a: &x [*x]\n", ("unknown_alias", 1, 8)),
        ("a: 1\n---\nb: 2\n", ("many_documents", 2, 1)),
        ("[a]: 1\n", ("key_not_text", 1, 1)),
        ("? {a: 1}\n: 2\n", ("key_not_text", 1, 3)),
        ('"": 1\n', ("empty_key", 1, 1)),
        ("a: x\x01\n", ("control_character", 1, 5)),
        ("a: 1\n<<: 5\n", ("merge", 2, 5)),
        ("- a\n", ("not_a_mapping", 1, 0)),
        ("只有文字\n", ("not_a_mapping", 1, 0)),
        ("a: !!set {x, y}\n", ("tag", 1, 4)),
    ],
)
def test_fault_of_the_file_is_told_with_line_and_column(
    text: str, fault: tuple[str, int, int]
) -> None:
    """Where a person would look for it, not where the parser gave up."""
    assert faults(text) == [fault]


@pytest.mark.parametrize("text", ["", "\n\n", "# 只有注释\n", "---\n", "~\n"])
def test_empty_file_is_said_to_be(text: str) -> None:
    """Nothing to fill from is a fault, not an empty dict."""
    assert [code for code, _, _ in faults(text)] == ["empty"]


def test_aliases_cannot_multiply_a_small_file() -> None:
    """Ten lines that would be a hundred million values."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefg", "bcdefgh", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    assert [code for code, _, _ in faults("\n".join(lines))] == ["alias_bomb"]


def test_merge_keys_cannot_multiply_a_small_file() -> None:
    """The same by mappings."""
    lines = ["a: &a {k: [x, x, x, x, x, x, x, x, x, x]}"]
    for before, name in zip("abcdefg", "bcdefgh", strict=True):
        body = ", ".join(f"k{n}: *{before}" for n in range(10))
        lines.append(f"{name}: &{name} {{<<: *{before}, {body}}}")
    assert [code for code, _, _ in faults("\n".join(lines))] == ["alias_bomb"]


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_quickly(bracket: str) -> None:
    """The C library would bring the process down."""
    assert [code for code, _, _ in faults(f"x:\n  {bracket * 5000}")] == ["too_deep"]


def test_hundred_levels_are_read() -> None:
    """Up to the limit all is well, and can be written again."""
    data = read("x: " + "[" * 99 + "]" * 99)
    assert read(write(data)) == data


def test_not_more_than_fifty_faults_are_told() -> None:
    """A file of another kind is not worth ten thousand lines."""
    assert len(faults("".join(f"k{n}: 2019-02-30\n" for n in range(200)))) == 50
