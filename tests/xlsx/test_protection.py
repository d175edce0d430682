"""Protected sheets: which cells are locked, which may be changed by hand; all are filled."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Protection
from openpyxl.worksheet.worksheet import Worksheet

from govdocs.cli import main
from govdocs.template import Template
from tests.support.word import fill_package
from tests.xlsx.workbooks import fill, make_book, make_sheet, part, with_part

FREE = Protection(locked=False)


def protect(sheet: Any) -> None:
    """Protect a sheet but for B2 and an area."""
    sheet.protection.sheet = True
    for row in sheet["C5:D9"]:
        for cell in row:
            cell.protection = FREE
    sheet["B2"].protection = FREE


def test_places_of_fields_tell_whether_their_cell_is_locked() -> None:
    """On a protected sheet each place says so; elsewhere nothing is said."""
    sheets = {"表1": {"A1": "{{ x }}", "B2": "{{ x }}"}, "表2": {"A1": "{{ x }}"}}
    template = Template(make_book(sheets, lambda book: protect(book["表1"])))
    (field,) = template.fields()
    assert [(place.spot[0][1], locked) for place, locked in field.locks] == [
        ("表1!A1", True),
        ("表1!B2", False),
    ]
    assert [one.get("locked") for one in field.as_dict()["places"]] == [True, False, None]
    assert template.unlocked() == {"表1": ["B2", "C5:D9"]}


def test_locked_cells_are_filled_and_the_protection_stays() -> None:
    """Filling is allowed and said once, with all cells."""
    cells = {"A1": "{{ x }}", "A2": "{{ x }}", "B2": "{{ x }}"}
    document = fill(make_sheet(cells, protect), {"x": 1})
    assert [note.message("zh") for note in document.notes] == [
        (
            "[xlsx.locked_cells] 填写了受保护工作表中的 2 个锁定单元格，保护仍在\n"
            "  位置：单元格表1!A1 > {{ x }}\n"
            "  位置：单元格表1!A2 > {{ x }}\n"
            "  改法：不必改；打开文件后这些单元格不能手工修改。"
        )
    ]
    assert 'sheet="1"' in part(bytes(document))


ROWS = (
    '<row r="2"><c r="B2" s="1"/><c r="C2" s="1"/><c r="D2" s="0"/></row>'
    '<row r="3"><c r="B3" s="1"/><c r="C3" s="1"/></row>'
    '<row r="5" s="1" customFormat="1"><c r="C5"/></row>'
)


@pytest.mark.parametrize(
    ("cols", "rows", "areas"),
    [
        ("", ROWS, ["B2:C3", "A5:B5", "D5:XFD5"]),
        ('<cols><col min="4" max="5" style="1"/></cols>', "", ["D:E"]),
        (
            '<cols><col min="4" max="4" style="1"/></cols>',
            '<row r="1"><c r="D1" s="0"/></row><row r="4"><c r="A4" s="1"/></row>',
            ["D2:D1048576", "A4"],
        ),
        ("", '<row r="7" s="1" customFormat="1"/>', ["7:7"]),
        ("", '<row r="7"><c s="1"/><c s="1"/></row>', ["A7:B7"]),
    ],
)
def test_unlocked_cells_are_areas(cols: str, rows: str, areas: list[str]) -> None:
    """Formats of columns and rows count for cells that are not written."""

    def change(sheet: Worksheet) -> None:
        sheet.protection.sheet = True
        sheet["A1"].protection = FREE

    def put(text: str) -> str:
        data = f"{cols}<sheetData>{rows}</sheetData>"
        return re.sub(r"<sheetData.*</sheetData>|<sheetData */>", data, text)

    template = Template(with_part(make_sheet({"A1": None}, change), put))
    assert template.unlocked() == {"表1": areas}


def test_word_has_no_unlocked_cells() -> None:
    """Only sheets are protected cell by cell."""
    assert Template(bytes(fill_package('p"a"'))).unlocked() == {}


def test_command_line_lists_unlocked_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """For people behind the fields, for programs under ``unlocked``."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(make_sheet({"A1": "{{ x }}", "B2": "{{ x }}"}, protect))
    assert main(["--lang", "zh", "fields", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "x\u3000值",
        "    单元格表1!A1 > {{ x }} (锁定)",
        "    单元格表1!B2 > {{ x }} (未锁定)",
        "工作表表1受保护，可以手工填写的单元格：B2, C5:D9",
    ]
    assert main(["fields", str(path), "--json"]) == 0
    told = json.load(io.StringIO(capsys.readouterr().out))
    assert told["unlocked"] == {"表1": ["B2", "C5:D9"]}
    assert [one["locked"] for one in told["fields"][0]["places"]] == [True, False]
