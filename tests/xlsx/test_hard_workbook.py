"""A hard workbook: one cell filled, rows inserted above, inside and below; nothing is lost."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from openpyxl.utils.cell import coordinate_to_tuple

from govdocs.template import Template
from tests.support.auditing import audit_against
from tests.support.libreoffice import LibreOffice
from tests.support.packages import read_compressed, read_parts
from tests.xlsx.hard_parts import MAIN, make_hard_workbook
from tests.xlsx.workbooks import cached, part, read_cells

# openpyxl says what it would lose, which is not asked of it here
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning"),
    pytest.mark.filterwarnings("ignore:.*cannot be loaded:UserWarning"),
]
DATA = {
    "title": "2018年统计",
    "above": ["一", "二", "三"],
    "rows": [{"name": name, "n": n, "p": n * 2} for n, name in enumerate("甲乙丙丁", 1)],
    "below": ["x", "y"],
}
SHEET = "xl/worksheets/sheet1.xml"
CHANGED = {
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/workbook.xml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/sheet3.xml",
    "xl/sharedStrings.xml",
    "xl/charts/chart1.xml",
    "xl/charts/chart2.xml",
    "xl/drawings/drawing1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/comments1.xml",
    "xl/threadedComments/threadedComment1.xml",
    "xl/ctrlProps/ctrlProp1.xml",
    "xl/tables/table1.xml",
    "xl/pivotCache/pivotCacheDefinition1.xml",
}
"""The parts that hold tags or references to what has moved, or figures of a pivot table."""


@cache
def _fill() -> bytes:
    return bytes(Template(make_hard_workbook()).fill(DATA))


def _all(pattern: str, name: str = SHEET) -> list[Any]:
    return re.findall(pattern, part(_fill(), name), re.DOTALL)


def test_parts_without_references_are_the_same_compressed_bytes() -> None:
    """Macros, pictures, themes, printer settings, links, slicers and custom XML are copied."""
    before, after = read_compressed(make_hard_workbook()), read_compressed(_fill())
    assert [name for name in before if name not in after] == ["xl/calcChain.xml"]
    assert [name for name in after if name not in before] == []
    assert {name for name in after if after[name] != before[name]} == CHANGED


def test_calculation_chain_goes_with_its_relationship_and_its_type() -> None:
    """The list of formulas no longer holds, and nothing is left that leads to it."""
    parts = read_parts(_fill())
    assert b"calcChain" not in parts["[Content_Types].xml"]
    assert b"calcChain" not in parts["xl/_rels/workbook.xml.rels"]


def test_values_and_formulas_come_out_where_they_belong() -> None:
    """Three loops, a table's column, totals, arrays, shared formulas, errors, an external link."""
    cells = read_cells(_fill(), MAIN)
    text = {key: getattr(value, "text", value) for key, value in cells.items()}
    assert [text[f"A{row}"] for row in range(1, 5)] == ["2018年统计", "一", "二", "三"]
    assert [text[f"{column}10"] for column in "ABC"] == ["丁", 4, 8]
    product = "=明细[[#This Row],[数量]]*明细[[#This Row],[单价]]"
    assert [text[f"D{row}"] for row in range(7, 11)] == [product] * 4
    assert (text["B11"], text["D11"]) == ("=SUBTOTAL(109,[数量])", "=SUBTOTAL(109,[金额])")
    assert (text["A15"], text["F16"]) == ("=SUM(B18:B20*C18:C20)", "=_xlfn._xlws.SORT(B18:B20)")
    assert [text[f"D{row}"] for row in range(18, 21)] == ["=B18*2", "=B19*2", "=B20*2"]
    assert [text[f"{column}21"] for column in "ABCD"] == [
        *("=1/0", "=[1]上年!A5", "=SUM(明细[数量])", "=SUM(数据!B2:B5)")
    ]
    assert [text[f"A{row}"] for row in (35, 36, 37)] == ["x", "y", "=COUNTA(A35:A36)"]


def test_cached_values_are_those_of_the_new_cells() -> None:
    """Stale results are renewed where that is sure, others stay."""
    values = cached(_fill(), MAIN)
    assert [values[f"D{row}"] for row in range(7, 11)] == [2, 8, 18, 32]
    assert (values["B11"], values["D11"], values["C21"], values["D21"]) == (10, 60, 10, 10)
    assert (values["A21"], values["B21"], values["A37"]) == ("#DIV/0!", "#N/A", 2)


def test_array_and_dynamic_array_formulas_keep_their_areas() -> None:
    """The area of an array moves with its cell, and its metadata stays."""
    assert _all(r'<c r="A15"><f t="array" ref="([^"]*)"') == ["A15"]
    assert _all(r'<c r="F16" cm="1"><f t="array" ref="([^"]*)"') == ["F16:F18"]


def test_table_grows_around_the_loop_and_keeps_its_totals() -> None:
    """Table, filter and calculated column cover the new rows; the totals row stays the last."""
    table = "xl/tables/table1.xml"
    assert _all(r'\bref="([^"]*)"', table) == ["A6:D11", "A6:D10"]
    assert _all('totalsRowCount="([^"]*)"', table) == ["1"]
    assert _all("<calculatedColumnFormula>(.*?)<", table) == [
        "明细[[#This Row],[数量]]*明细[[#This Row],[单价]]"
    ]


def test_rules_of_both_forms_follow() -> None:
    """Conditional formats, data bars, validations and sparklines move with their formulas."""
    assert _all(r'<conditionalFormatting sqref="([^"]*)"') == ["B18:B20", "A18:D20"]
    assert _all(r"<formula>(.*?)</formula>") == ["$B18&gt;$B$11"]
    assert _all(r'<dataValidation [^>]*sqref="([^"]*)"') == ["A18:A20"]
    assert _all(r"<xm:f>(.*?)<") == ["统计!B18:D18", "参数!$A$1:$A$3"]
    assert _all(r"<xm:sqref>(.*?)<") == ["B18:B20", "G18", "C18:C20"]


def test_chart_chart_sheet_and_title_show_the_moved_cells() -> None:
    """Series, categories and titles follow in the sheet's chart and in the chart sheet."""
    series = ["统计!$A$18", "统计!$A$18:$A$20", "统计!$B$18:$B$20"]
    loop = ["统计!$B$6", "统计!$B$7:$B$10"]
    assert _all("<c:f>(.*?)<", "xl/charts/chart1.xml") == [*series, *loop]
    assert _all("<c:f>(.*?)<", "xl/charts/chart2.xml") == series
    cache = _all("<c:v>(.*?)<", "xl/charts/chart1.xml")
    assert cache[-5:] == ["数量", "1", "2", "3", "4"]


def test_drawn_objects_follow_and_the_text_box_reads_its_cell() -> None:
    """Picture, chart and text box are over the same cells; the box shows the same cell."""
    drawing = "xl/drawings/drawing1.xml"
    found = _all(r"<xdr:from>.*?<xdr:row>(\d+)<.*?<xdr:to>.*?<xdr:row>(\d+)<", drawing)
    assert found == [("24", "25"), ("1", "20"), ("29", "36")]
    assert _all(r'textlink="([^"]*)"', drawing) == ["统计!$B$18"]
    assert _all(r'descr="([^"]*)"', drawing) == ["徽标"]


def test_comments_threads_and_their_boxes_follow() -> None:
    """Both kinds of comments move, with the boxes in the legacy drawing."""
    assert _all(r'<comment ref="([^"]*)"', "xl/comments1.xml") == ["A19", "A20"]
    threads = "xl/threadedComments/threadedComment1.xml"
    assert _all(r'<threadedComment ref="([^"]*)"', threads) == ["A20"]
    assert _all(r"<x:Row>(\d+)<", "xl/drawings/vmlDrawing1.vml") == ["18", "19"]


def test_form_controls_follow_in_all_three_parts() -> None:
    """A drop-down's anchors, its linked cell and its list move; so does a button."""
    drawing = "xl/drawings/vmlDrawing1.vml"
    assert _all(r'fmla\w+="([^"]*)"', "xl/ctrlProps/ctrlProp1.xml") == ["$B$20", "$A$18:$A$20"]
    assert _all(r"<controls>.*?<xdr:row>(\d+)<.*?<xdr:row>(\d+)<") == [("18", "19")]
    assert _all(r"<x:Fmla(?:Range|Link)>(.*?)<", drawing) == ["$A$18:$A$20", "$B$20"]
    assert _all(r'"(?:Button|Drop)"><x:Anchor>(.*?)<', drawing) == [
        "7, 0, 32, 0, 8, 0, 33, 0",
        "8, 0, 18, 0, 9, 0, 19, 0",
    ]


def test_names_print_setup_and_breaks_follow() -> None:
    """Names, print area and titles, page breaks, the frozen pane and the filter's name."""
    found = dict(_all(r'<definedName name="([^"]*)"[^>]*>(.*?)<', "xl/workbook.xml"))
    assert found == {
        "_xlnm._FilterDatabase": "数据!$A$1:$B$6",
        "_xlnm.Print_Area": "统计!$A$1:$G$37",
        "_xlnm.Print_Titles": "统计!$6:$6",
        "比率": "0.25",
        "首行": "统计!$B$18",
    }
    assert _all(r'<brk id="(\d+)"') == ["25", "8"]
    assert _all(r'<pane [^>]*ySplit="(\d+)" topLeftCell="(\w+)"') == [("6", "B7")]


def test_outline_hidden_rows_merges_and_protection_stay() -> None:
    """Row levels, a hidden row, merged cells, protected ranges and ignored errors move."""
    assert _all(r'<row r="(\d+)"[^>]* outlineLevel="1"') == ["18", "19", "20"]
    assert _all(r'<row r="(\d+)"[^>]* hidden="1"') == ["24"]
    assert _all(r'<mergeCell ref="([^"]*)"') == ["A1:F1"]
    assert _all(r'<sheetProtection password="(\w+)"') == ["DAA7"]
    assert _all(r'<protectedRange sqref="([^"]*)"') == ["B18:B20"]
    assert _all(r'<ignoredError sqref="([^"]*)"') == ["A18:A20"]


def test_pivot_table_reads_the_grown_list_and_is_renewed_on_opening() -> None:
    """The cache's source covers the new rows; what it holds is old, so it is read anew."""
    cache_ = "xl/pivotCache/pivotCacheDefinition1.xml"
    assert _all(r'<worksheetSource ref="([^"]*)" sheet="([^"]*)"', cache_) == [("A1:B6", "数据")]
    assert _all('refreshOnLoad="([^"]*)"', cache_) == ["1"]


def test_rich_text_and_phonetic_text_stay() -> None:
    """Runs of a cell and the reading aids of another are in the strings as before."""
    before = part(make_hard_workbook(), "xl/sharedStrings.xml")
    after = part(_fill(), "xl/sharedStrings.xml")
    strings = re.findall("<si>(.*?)</si>", before, re.DOTALL)
    kept = [one for one in strings if "<r>" in one or "rPh" in one]
    assert len(kept) == 2
    assert [one for one in kept if one not in after] == []


def test_sheets_keep_their_order_and_stay_hidden() -> None:
    """Chart sheet, very hidden sheet and the macros' names are where they were."""
    found = _all(r'<sheet name="([^"]*)" sheetId="\d+"(?: state="(\w+)")?', "xl/workbook.xml")
    names = [("统计", ""), ("数据", ""), ("透视", ""), ("参数", "veryHidden"), ("图表", "")]
    assert found == names


def test_nothing_new_is_found_by_an_audit(tmp_path: Path) -> None:
    """openxml-audit finds nothing that it did not find in the template."""
    template, filled = tmp_path / "t.xlsm", tmp_path / "f.xlsm"
    template.write_bytes(make_hard_workbook())
    filled.write_bytes(_fill())
    assert audit_against(filled, template) == []


@pytest.mark.slow
def test_three_readers_read_the_same_values(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """openpyxl, calamine and LibreOffice, which recalculates, see the same numbers and texts."""
    filled = tmp_path / "filled.xlsm"
    filled.write_bytes(_fill())
    converted = libreoffice.convert(filled, "xlsx:Calc MS Excel 2007 XML", tmp_path / "out")
    ours, theirs = _grid(filled), _grid(converted)
    beyond = {"A15", "F16", "F17", "F18", "A21", "B21"}  # arrays kept as they were, errors, links
    assert {k: v for k, v in ours.items() if k not in beyond} == {
        k: v for k, v in theirs.items() if k not in beyond
    }
    rows = python_calamine.load_workbook(filled).get_sheet_by_name(MAIN)
    read = rows.to_python(skip_empty_area=False)
    for name, value in ours.items():
        cell = coordinate_to_tuple(name)
        if name not in beyond:
            assert read[cell[0] - 1][cell[1] - 1] == value


def _grid(path: Path) -> dict[str, Any]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        cell.coordinate: cell.value
        for row in book[MAIN].iter_rows()
        for cell in row
        if cell.value is not None
    }
