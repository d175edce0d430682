"""One loop of four rows over a sheet with everything below it: every reference follows."""

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from govdocs.template import Template
from tests.support.auditing import audit_against
from tests.support.libreoffice import LibreOffice
from tests.xlsx.below import OTHER, ROWS, make_book, quoted
from tests.xlsx.workbooks import cached, part, read_cells

SHEETS = ("表", "2018年 统计")
SHEET_PART = "xl/worksheets/sheet1.xml"
pytestmark = [
    pytest.mark.parametrize("sheet", SHEETS),
    # openpyxl says of each sheet that it would lose the extensions, which is not asked of it here
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
]


@cache
def _fill(sheet: str) -> bytes:
    return bytes(Template(make_book(sheet)).fill({"rows": ROWS}))


def _all(sheet: str, pattern: str, name: str = SHEET_PART) -> list[Any]:
    """List what a pattern finds in a part of the filled workbook."""
    return re.findall(pattern, part(_fill(sheet), name))


def test_formula_on_the_loop_row_follows_its_own_copy(sheet: str) -> None:
    """``=C5*D5`` reads its own row in each copy, and shows its own product."""
    cells, values = read_cells(_fill(sheet), sheet), cached(_fill(sheet), sheet)
    found = [(cells[f"E{row}"], values[f"E{row}"]) for row in range(5, 9)]
    assert found == [("=C5*D5", 6), ("=C6*D6", 20), ("=C7*D7", 42), ("=C8*D8", 8)]


def test_total_over_the_loop_row_becomes_the_total_of_all_copies(sheet: str) -> None:
    """``=SUM(C5:C5)`` is the sum of four rows, and shows it."""
    assert read_cells(_fill(sheet), sheet)["C9"] == "=SUM(C5:C8)"
    assert cached(_fill(sheet), sheet)["C9"] == 21


def test_formulas_below_follow_the_total(sheet: str) -> None:
    """References below the loop follow, with and without ``$``, and show new values."""
    cells, values = read_cells(_fill(sheet), sheet), cached(_fill(sheet), sheet)
    assert (cells["C11"], cells["E11"]) == ("=C9*2", "=$C$9/2")
    assert (values["C11"], values["E11"]) == (42, 10.5)


def test_formulas_of_another_sheet_follow(sheet: str) -> None:
    """References from another sheet follow, whatever the sheet is called."""
    name = quoted(sheet)
    assert read_cells(_fill(sheet), OTHER) == {"A1": f"={name}!C9", "A2": f"=SUM({name}!C5:C8)"}
    assert cached(_fill(sheet), OTHER) == {"A1": 21, "A2": 21}


def test_conditional_format_below_moves_with_its_formula(sheet: str) -> None:
    """The area and the formula of a conditional format follow."""
    pattern = r'<conditionalFormatting sqref="([^"]*)"><cfRule type="cellIs".*?<formula>(.*?)<'
    assert _all(sheet, pattern) == [("C15:C17", "$C$9")]


def test_validations_move_below_and_grow_on_the_loop_row(sheet: str) -> None:
    """A list below moves with its source; a rule of the loop row covers all copies."""
    found = _all(sheet, r'<dataValidation [^>]*sqref="([^"]*)"[^>]*><formula1>(.*?)<')
    assert found == [("B15:B17", "$A$19:$A$21"), ("C5:C8", "0")]


def test_names_print_areas_and_titles_follow(sheet: str) -> None:
    """Names below move, a name of the loop's cell becomes its copies, the print area grows."""
    found = dict(_all(sheet, r'<definedName name="([^"]*)"[^>]*>(.*?)<', "xl/workbook.xml"))
    name = quoted(sheet)
    assert found == {
        "_xlnm._FilterDatabase": f"{name}!$B$14:$E$17",
        "_xlnm.Print_Area": f"{name}!$A$1:$G$63",
        "_xlnm.Print_Titles": f"{name}!$4:$4",
        "合计数": f"{name}!$C$9",
        "明细": f"{name}!$C$5:$C$8",
    }


def test_comment_moves_with_its_box(sheet: str) -> None:
    """A comment below moves, in its own part and in the drawing that shows it."""
    drawing = "xl/drawings/vmlDrawing1.vml"
    assert _all(sheet, r'<comment ref="([^"]*)"', "xl/comments1.xml") == ["A18"]
    assert _all(sheet, r"<x:Row>(\d+)</x:Row><x:Column>(\d+)<", drawing) == [("17", "0")]
    assert _all(sheet, r"<x:Anchor>(.*?)<", drawing) == ["1, 15, 16, 10, 3, 15, 20, 4"]


def test_pictures_move_below_and_repeat_on_the_loop_row(sheet: str) -> None:
    """A picture below moves; one that stands on the loop's row is on each copy, with its own id."""
    drawing = "xl/drawings/drawing1.xml"
    rows = r'<xdr:from>.*?<xdr:row>(\d+)<.*?<xdr:to>.*?<xdr:row>(\d+)<.*?id="(\d+)" name="(\w+)'
    assert _all(sheet, rows, drawing) == [
        ("24", "25", "2", "Picture"),
        *(("4", "4", "3", "Picture"), ("5", "5", "5", "Picture")),
        *(("6", "6", "6", "Picture"), ("7", "7", "7", "Picture")),
        ("32", "46", "4", "Chart"),
    ]


def test_x14_rules_and_sparklines_follow(sheet: str) -> None:
    """A data bar of Excel 2010 moves; sparklines move below and repeat on the loop row."""
    lines = [(f"C{row}:E{row}", f"F{row}") for row in (15, 5, 6, 7, 8)]
    assert _all(sheet, r"</x14:cfRule><xm:sqref>(.*?)<") == ["D15:D17"]
    found = _all(sheet, r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)<")
    assert found == [(f"{quoted(sheet)}!{source}", cell) for source, cell in lines]


def test_table_and_filter_below_move(sheet: str) -> None:
    """A table moves with its filter, and so does the filter of the sheet."""
    assert _all(sheet, r'\bref="([^"]*)"', "xl/tables/table1.xml") == ["A49:C52", "A49:C52"]
    assert _all(sheet, r'<autoFilter ref="([^"]*)"') == ["B14:E17"]


def test_page_breaks_below_move(sheet: str) -> None:
    """A page break stays below the row that it was set under."""
    assert _all(sheet, r'<brk id="(\d+)"') == ["28", "43"]


def test_merged_cells_row_heights_and_links_move(sheet: str) -> None:
    """Merged cells, a row's own height, links and where they lead to follow."""
    assert _all(sheet, r'<mergeCell ref="([^"]*)"') == ["A13:C13"]
    assert _all(sheet, r'<row r="(\d+)"[^>]* ht="33"') == ["12"]
    links = _all(sheet, r'<hyperlink ref="([^"]*)"(?: location="([^"]*)")?')
    found = [(cell, unescape(location)) for cell, location in links]
    assert found == [("A22", ""), ("A23", f"{quoted(sheet)}!A19")]


def test_protected_ranges_and_ignored_errors_follow(sheet: str) -> None:
    """Cells that may be filled move, and so do cells whose warnings are off."""
    assert _all(sheet, r'<protectedRange sqref="([^"]*)"') == ["C15:C17"]
    assert _all(sheet, r'<ignoredError sqref="([^"]*)"') == ["C15:C16", "E5:E8"]


@pytest.mark.parametrize("chart", ["chart1", "chart2"])
def test_charts_show_all_copies_and_their_values(sheet: str, chart: str) -> None:
    """Series grow and move, on the sheet itself and on another; the copies of values are new."""
    name, xml = quoted(sheet), part(_fill(sheet), f"xl/charts/{chart}.xml")
    areas = ("$C$4", "$A$5:$A$8", "$C$5:$C$8", "$C$15:$C$17")
    assert re.findall("<c:f>(.*?)</c:f>", xml) == [f"{name}!{area}" for area in areas]
    assert re.findall("<c:v>(.*?)</c:v>", xml) == [
        *("数量", "甲", "乙", "丙", "丁"),
        *("3", "4", "6", "8"),
        *("22", "24", "26"),
    ]


def test_nothing_new_is_found_by_an_audit(sheet: str, tmp_path: Path) -> None:
    """openxml-audit finds nothing in the filled workbook that the template does not have."""
    template, filled = tmp_path / "t.xlsx", tmp_path / "f.xlsx"
    template.write_bytes(make_book(sheet))
    filled.write_bytes(_fill(sheet))
    assert audit_against(filled, template) == []


@pytest.mark.slow
def test_workbook_saved_by_libreoffice_is_filled_alike(
    sheet: str, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """The same template, saved by LibreOffice: formulas, rules, breaks and charts follow."""
    template = tmp_path / "t.xlsx"
    template.write_bytes(make_book(sheet))
    saved = libreoffice.convert(template, "xlsx:Calc MS Excel 2007 XML", tmp_path / "saved")
    filled = tmp_path / "f.xlsx"
    Template(saved).fill({"rows": ROWS}).save(filled)
    cells = read_cells(filled.read_bytes(), sheet)
    xml = part(filled.read_bytes())
    found = [cells[name] for name in ("E6", "C9", "C11", "E11")]
    assert found == ["=C6*D6", "=SUM(C5:C8)", "=C9*2", "=$C$9/2"]
    assert re.findall(r'<brk id="(\d+)"', xml) == ["28", "43"]
    assert re.findall(r'<mergeCell ref="(.*?)"', xml) == ["A13:C13"]
    assert f"{quoted(sheet)}!$C$5:$C$8" in part(filled.read_bytes(), "xl/charts/chart1.xml")
    assert audit_against(filled, saved) == []
