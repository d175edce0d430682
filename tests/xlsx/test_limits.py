"""What a workbook cannot hold is an error with its cell, and nothing is written."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl.worksheet.cell_range import CellRange

from govdocs.errors import GovdocsError
from tests.xlsx.workbooks import fill, make_book, make_sheet, with_part

LOOP = {"A1": "{% for x in xs %}{{ x }}", "B1": "{% endfor %}"}
ACROSS = "{%tc for x in xs %}{{ x }}{%tc endfor %}"
ROWS = "填写后的行数超过工作表的上限 1048576"
DIVIDE_ROWS = "请分成几张工作表或几个文件。"
COLUMNS = "填写后的列数超过工作表的上限 16384"
DIVIDE_COLUMNS = "请分成几张工作表，或改为按行循环。"
LONG = "文字有 32768 个字符，超过一个单元格的上限 32767"


def told(source: bytes, data: Mapping[str, Any]) -> str:
    """Fill and return what is told."""
    with pytest.raises(GovdocsError) as caught:
        fill(source, data)
    return caught.value.message("zh")


def message(code: str, what: str, where: str, mend: str) -> str:
    """Write a message as it is told."""
    return f"[{code}] {what}\n  位置：{where}\n  改法：{mend}"


@pytest.mark.parametrize(
    ("cells", "xs", "where"),
    [
        (
            {"A1048570": LOOP["A1"], "B1048570": LOOP["B1"]},
            range(8),
            "单元格表1!A1048570 > {% for x in xs %} (xs)",
        ),
        ({**LOOP, "C1048576": "末"}, range(2), "单元格表1!A1048576"),
        ({**LOOP, "A1048576": "{{ xs[0] }}"}, range(2), "单元格表1!A1048576"),
        (
            {"A1048575": "{{ xs|table }}"},
            [[1], [2], [3]],
            "单元格表1!A1048575 > {{ xs|table }} (xs)",
        ),
    ],
)
def test_more_rows_than_a_sheet_holds(cells: dict[str, object], xs: Any, where: str) -> None:
    """Rows of a loop, and rows below it that would be pushed off the sheet."""
    wanted = message("xlsx.too_many_rows", ROWS, where, DIVIDE_ROWS)
    assert told(make_sheet(cells), {"xs": xs}) == wanted


@pytest.mark.parametrize(
    ("cells", "xs", "where"),
    [
        ({"XFA1": ACROSS}, range(5), "单元格表1!XFA1 > {%tc for x in xs %} (xs)"),
        ({"A1": ACROSS, "XFD1": "末"}, range(2), "单元格表1!XFD1"),
        ({"A1": ACROSS, "XFD2": "末"}, range(2), "单元格表1!XFD2"),
        ({"XFC1": "{{ xs|table }}"}, [[1, 2, 3]], "单元格表1!XFC1 > {{ xs|table }}"),
    ],
)
def test_more_columns_than_a_sheet_holds(cells: dict[str, object], xs: Any, where: str) -> None:
    """Columns of a loop or a table, and columns that would be pushed off the sheet."""
    wanted = message("xlsx.too_many_columns", COLUMNS, where, DIVIDE_COLUMNS)
    assert told(make_sheet(cells), {"xs": xs}) == wanted


@pytest.mark.parametrize(
    ("tag", "where"),
    [
        ("{{ x }}", "单元格表1!A1 > {{ x }} (x)"),
        ("a{{ y }}", "单元格表1!A1 > {{ y }}"),
    ],
)
def test_text_longer_than_a_cell_holds(tag: str, where: str) -> None:
    """32,768 characters, in a cell of their own and amid text."""
    text = told(make_sheet({"A1": tag}), {"x": "x" * 32_768, "y": "x" * 32_767})
    assert text == message("xlsx.text_too_long", LONG, where, "请缩短，或分到几个单元格。")


@pytest.mark.parametrize(
    ("name", "code", "what", "mend"),
    [
        (
            "长" * 32,
            "xlsx.sheet_name_too_long",
            f"工作表名称“{'长' * 32}”有 32 个字符，超过上限 31",
            "请缩短名称。",
        ),
        (
            "2018/2019",
            "xlsx.sheet_name_forbidden",
            "工作表名称“2018/2019”不可用：/",
            "名称不能为空，不能含 [ ] : * ? / \\，不能以单引号开头或结尾，也不能是 History。",
        ),
    ],
)
def test_name_that_a_sheet_cannot_have(name: str, code: str, what: str, mend: str) -> None:
    """31 characters, none of the forbidden ones."""
    source = make_book({"{{ x }}": {"A1": 1}, "表2": {"A1": 1}})
    first, *_, last = told(source, {"x": name}).splitlines()
    assert (first, last) == (f"[{code}] {what}", f"  改法：{mend}")


def test_names_of_sheets_that_collide() -> None:
    """Two sheets of one name, whatever the case of its letters."""
    source = make_book({"{{ x }}": {"A1": 1}, "Total": {"A1": 1}})
    assert told(source, {"x": "TOTAL"}) == message(
        "xlsx.sheet_name_taken",
        "两张工作表都要叫“Total”",
        "工作表Total",
        "请使名称互不相同；大小写不同不算不同。",
    )


def test_merged_cells_that_overlap() -> None:
    """No program can show them: the template is at fault, before anything is filled."""

    def change(sheet: Any) -> None:
        for area in ("B1:C2", "E1:F9", "C2:D3"):
            sheet.merged_cells.add(CellRange(area))

    assert told(make_sheet({"A1": "{{ x }}"}, change), {"x": 1}) == message(
        "xlsx.merges_overlap",
        "合并单元格 C2:D3 与 B1:C2 重叠",
        "单元格表1!C2",
        "请在模板中取消其中一处合并。",
    )


def test_more_formats_than_a_workbook_holds() -> None:
    """A date in a General cell needs a format of its own; 65,490 are all there may be."""
    xf = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    table = f'<cellXfs count="65490">{xf * 65_490}</cellXfs>'
    source = with_part(
        make_sheet({"B2": "{{ x }}"}),
        lambda text: re.sub("<cellXfs.*</cellXfs>", table, text, flags=re.DOTALL),
        "xl/styles.xml",
    )
    assert told(source, {"x": dt.date(2019, 1, 24)}) == message(
        "xlsx.too_many_styles",
        "单元格格式超过工作簿的上限 65490",
        "单元格表1!B2 > {{ x }} (x)",
        "请减少模板中的格式。",
    )
