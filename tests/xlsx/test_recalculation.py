"""Results of formulas taken over from a copy that LibreOffice has worked out."""

import io
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from govdocs.errors import UsageError
from govdocs.libreoffice import convert
from govdocs.xlsx.recalculation import take_results
from tests.support.libreoffice import LibreOffice
from tests.support.packages import read_parts
from tests.xlsx.workbooks import fill, load, make_book, make_sheet, part, with_part


def worked_out(cells: dict[str, tuple[str, Any]]) -> bytes:
    """Make a workbook as another program would: formulas with their results."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("表1")
        for address, (formula, value) in cells.items():
            if formula:
                sheet.write_formula(address, formula, None, value)
            else:
                sheet.write(address, value)
    return buffer.getvalue()


def results(cells: Mapping[str, object], copy: dict[str, tuple[str, Any]]) -> dict[str, object]:
    """Take results over from a copy, and read those that formulas have."""
    taken, _ = take_results(make_sheet(cells), lambda: worked_out(copy))
    rows = load(taken, data_only=True)["表1"].iter_rows()
    return {one.coordinate: one.value for row in rows for one in row if one.value is not None}


def test_results_of_every_type_are_taken() -> None:
    """Numbers, texts, truth values and the errors that mean the same everywhere."""
    cells = {f"A{row}": "=B9" for row in range(1, 7)}
    copy = {
        "A1": ("=B9", 2.5),
        "A2": ("=B9", "文字 & <"),
        "A3": ("=B9", True),
        "A4": ("=B9", "#DIV/0!"),
        "A5": ("=B9", "#N/A"),
        "A6": ("=B9", 40_000_000_000),
    }
    assert results(cells, copy) == {
        "A1": 2.5,
        "A2": "文字 & <",
        "A3": True,
        "A4": "#DIV/0!",
        "A5": "#N/A",
        "A6": 40_000_000_000,
    }


def test_only_cells_without_a_result_change() -> None:
    """A result that is there stays, and so does every other byte of the workbook."""
    cells = {"A1": "=B1*2", "A2": "{{ x }}", "B1": 3}
    before = make_book({"表1": cells, "表2": {"A1": "=1+1"}})
    after, notes = take_results(before, lambda: worked_out({"A1": ("=B1*2", 6)}))
    assert part(after) == re.sub(r"(<f>B1\*2</f>)<v */?>(</v>)?", r"\1<v>6</v>", part(before))
    changed = {name for name, data in read_parts(before).items() if read_parts(after)[name] != data}
    assert changed == {"xl/worksheets/sheet1.xml"}
    assert [one.spot for one in notes[0].places] == [(("cell", "表2!A1"),)]
    again, _ = take_results(after, lambda: worked_out({"A1": ("=B1*2", 7)}))
    assert "<v>6</v>" in part(again)


def test_cells_of_an_array_that_hold_nothing_get_its_results() -> None:
    """Also where their element is empty and others stand close behind."""
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:B2">D1:E2*2</f></c><c r="B1" s="0"/></row>'
        '<row r="2"><c r="A2"/><c r="B2"></c><c r="C2"/></row>'
    )
    source = with_part(
        make_sheet({"A1": 1}),
        lambda text: re.sub("<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", text),
    )
    copy = {"A1": ("=1", 1), "B1": ("", 2), "A2": ("", "文"), "B2": ("=4", 4), "C2": ("", 9)}
    after, notes = take_results(source, lambda: worked_out(copy))
    assert notes == []
    assert part(after) == with_cells(
        part(source),
        {
            '<f t="array" ref="A1:B2">D1:E2*2</f></c><c r="B1" s="0"/>': (
                '<f t="array" ref="A1:B2">D1:E2*2</f><v>1</v></c><c r="B1" s="0"><v>2</v></c>'
            ),
            '<c r="A2"/><c r="B2"></c>': ('<c r="A2" t="str"><v>文</v></c><c r="B2"><v>4</v></c>'),
        },
    )


def with_cells(text: str, changes: Mapping[str, str]) -> str:
    """Change some cells of a sheet."""
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after)
    return text


def test_workbook_with_all_results_is_not_handed_to_anybody() -> None:
    """Where nothing is missing nothing is asked for, and no byte changes."""

    def fail() -> bytes:
        raise AssertionError

    content = worked_out({"A1": ("=1+1", 2)})
    assert take_results(content, fail) == (content, [])


@pytest.mark.parametrize(
    ("formula", "copied", "value"),
    [
        ("=XLOOKUP(1,B1:B2,C1:C2)", "=xlookup(1,B1:B2,C1:C2)", "#NAME?"),
        ("=IFERROR(FOO(1),0)", "=IFERROR(foo(1),0)", 0),
        ("=SQRT(-1)", "=SQRT(-1)", "#VALUE!"),
        ("=[1]Sheet1!A1", "=[1]sheet1!a1", 5),
        ('=CELL("filename")', '=CELL("filename")', "x"),
        ('=_xlfn.WEBSERVICE("http://a.b")', '=_xlfn.WEBSERVICE("http://a.b")', "#N/A"),
    ],
)
def test_what_libreoffice_cannot_know_has_no_result(
    formula: str, copied: str, value: object
) -> None:
    """Nor has what hangs on it, though IFERROR makes a number of it."""
    cells: dict[str, object] = {"A1": formula, "A2": "=IFERROR(A1,7)", "A3": "=A2+1", "A4": "=B1+1"}
    copy = {
        "A1": (copied, value),
        "A2": ("=IFERROR(A1,7)", 7),
        "A3": ("=A2+1", 8),
        "A4": ("=B1+1", 1),
    }
    assert results(cells, copy) == {"A4": 1}
    _, notes = take_results(make_sheet(cells), lambda: worked_out(copy))
    assert [note.message("zh") for note in notes] == [
        (
            "[libreoffice.not_worked_out] 有 3 个单元格的公式 LibreOffice 算不准，没有写入结果\n"
            "  位置：单元格表1!A1\n  位置：单元格表1!A2\n  位置：单元格表1!A3\n"
            "  改法：不必改；Excel 打开时会计算。只读结果的程序会把它们看作空白。"
        )
    ]


def test_reference_that_is_gone_is_sure() -> None:
    """A formula that says #REF! is that error, whoever works it out."""
    assert results({"A1": "=#REF!+1"}, {"A1": ("=#REF!+1", "#REF!")}) == {"A1": "#REF!"}


def test_readers_of_results_see_what_libreoffice_found(libreoffice: LibreOffice) -> None:
    """Filled and worked out: pandas' readers find values where Excel would show them."""
    assert libreoffice.program

    def change(sheet: Worksheet) -> None:
        sheet["D1"] = ArrayFormula("D1:D2", "=A1:A2*2")
        sheet["D2"] = 1

    cells = {
        "A1": "{{ x }}",
        "A2": 2,
        "B1": "=STDEV(A1:A2)",
        "B2": '=TEXT(A1,"0.00")',
        "B3": "=1/(A1-A1)*MEDIAN(A1)",
        "B4": "=FOO(A1)",
        "B5": "=IFERROR(B4,0)",
        "B6": "=MEDIAN(A1,3)>1",
        "B7": '=IF(MEDIAN(A1)>0,"","x")',
        "B8": "=A1+1",
    }
    document = fill(make_sheet(cells, change), {"x": 5}, recalculate="libreoffice")
    sheet = load(bytes(document), data_only=True)["表1"]
    assert sheet["B1"].value == pytest.approx(2.1213203)
    found = [sheet[f"B{row}"].value for row in range(2, 9)]
    assert found == ["5.00", "#DIV/0!", None, None, True, None, 6]
    assert (sheet["D1"].value, sheet["D2"].value) == (10, 4)
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(bytes(document)))
    assert rows.get_sheet_by_index(0).to_python()[1][:2] == [2, "5.00"]
    assert b"fullCalcOnLoad" in read_parts(bytes(document))["xl/workbook.xml"]
    assert [len(one.places) for one in document.notes] == [2]


def test_libreoffice_that_is_not_there_is_told_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The message says what to install and that it can be done without."""
    monkeypatch.setenv("GOVDOCS_SOFFICE", "/nowhere/soffice")
    with pytest.raises(UsageError) as caught:
        fill(make_sheet({"A1": "{{ x }}"}), {}, recalculate="libreoffice")
    assert caught.value.message("en") == (
        "[libreoffice.missing] LibreOffice (/nowhere/soffice) was not found\n"
        "  mend: install it, or name its soffice in GOVDOCS_SOFFICE; or leave recalculate out:"
        " Excel works the file out when it opens it."
    )


def test_word_has_nothing_to_work_out() -> None:
    """Only names of programs are taken."""
    with pytest.raises(ValueError, match="must be 'libreoffice' or None, not 'excel'"):
        fill(make_sheet({"A1": "{{ x }}"}), {"x": 1}, recalculate="excel")


@pytest.mark.parametrize(
    ("script", "seconds", "message"),
    [
        ("echo no such filter", 20, "LibreOffice could not convert the file: no such filter"),
        ("sleep 30", 0.2, "LibreOffice was stopped after 0.2 seconds"),
    ],
)
def test_libreoffice_that_fails_or_hangs_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, seconds: float, message: str
) -> None:
    """A program that makes nothing, or does not end, is an error and leaves nothing behind."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("GOVDOCS_SOFFICE", str(program))
    with pytest.raises(UsageError) as caught:
        convert(b"", "xlsx", "xlsx", seconds)
    assert caught.value.message("en").splitlines()[0].partition("] ")[2] == message
