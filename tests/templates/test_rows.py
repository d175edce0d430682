"""2014: the table of the report's annex and the sheet have the form's 65 rows, and each other's."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

FOLDER = Path("templates/disclosure-2014")
FOOT = [
    "单位负责人：{{ form_footer.principal }}",
    "审核人：{{ form_footer.reviewer }}",
    "填报人：{{ form_footer.preparer }}",
    "联系电话：{{ form_footer.phone }}",
    "填报日期：{{ form_footer.fill_date }}",
]
Rows = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def sheet(root: Path) -> Worksheet:
    """The only sheet of the workbook."""
    [sheet] = openpyxl.load_workbook(root / FOLDER / "statistics.xlsx").worksheets
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.fixture(scope="module")
def sheet_rows(sheet: Worksheet) -> Rows:
    """Label, unit and figure of the sheet's rows."""
    return [
        (str(row[0] or ""), str(row[1] or ""), str(row[2] or ""))
        for row in sheet.iter_rows(min_row=4, max_row=68, max_col=3, values_only=True)
    ]


@pytest.fixture(scope="module")
def annex_rows(root: Path) -> Rows:
    """Label, unit and figure of the annex's rows."""
    [table] = docx.Document(str(root / FOLDER / "report.docx")).tables
    rows = [tuple(cell.text for cell in row.cells) for row in table.rows]
    assert rows[0] == ("统计指标", "单位", "统计数")
    return [(label, unit, figure) for label, unit, figure in rows[1:]]


@pytest.fixture(scope="module")
def definition(root: Path) -> list[dict[str, Any]]:
    """The rows of the form's definition."""
    path = root / "src/govdocs/forms/definitions/disclosure-2014.toml"
    rows = tomllib.loads(path.read_text("utf-8"))["table"][0]["block"][0]["rows"]
    assert isinstance(rows, list)
    return rows


def test_annex_has_the_rows_of_the_form_in_their_order(
    annex_rows: Rows, definition: list[dict[str, Any]]
) -> None:
    """Label, unit and tag of every row; a head row has —— for its unit and no figure."""
    assert annex_rows == [
        (
            row["label"],
            row.get("unit", "——"),
            f"{{{{ stats.{row['key']} }}}}" if "key" in row else "",
        )
        for row in definition
    ]


def test_sheet_has_the_rows_of_the_annex(annex_rows: Rows, sheet_rows: Rows) -> None:
    """One form, two files."""
    assert sheet_rows == annex_rows


def test_rows_are_65_with_58_figures_and_the_units_of_the_form(sheet_rows: Rows) -> None:
    """Counted by hand in the published form."""
    units = Counter(unit for _, unit, _ in sheet_rows)
    figures = {figure for _, _, figure in sheet_rows if figure}
    assert len(sheet_rows) == 65
    assert len(figures) == 58
    assert units == {
        "——": 7,
        "条": 7,
        "件": 33,
        "次": 9,
        "篇": 1,
        "万元": 2,
        "个": 2,
        "人": 3,
        "人次": 1,
    }


def test_sheet_has_title_unit_head_and_foot_around_its_rows(sheet: Worksheet) -> None:
    """The sheet is a form of its own, to be printed and sealed."""
    assert sheet["A1"].value == "{{ report.year }}年度政府信息公开情况统计表"
    assert sheet["A2"].value == "填报单位（盖章）：{{ form_head.unit }}"
    assert [cell.value for cell in sheet[3]] == ["统计指标", "单位", "统计数"]
    assert [sheet.cell(row, 1).value for row in range(69, 74)] == FOOT
    assert sheet.max_row == 73


def test_annex_has_unit_and_foot_around_its_table(root: Path) -> None:
    """The same labels as in the sheet."""
    lines = [p.text for p in docx.Document(str(root / FOLDER / "report.docx")).paragraphs]
    assert lines[-6] == "填报单位（盖章）：{{ form_head.unit }}"
    assert lines[-5:] == FOOT


def test_sheet_holds_no_formula(sheet: Worksheet) -> None:
    """Totals are given: a total that does not add up is to be found, not overwritten."""
    assert [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"] == []


def test_counts_are_shown_whole_and_amounts_as_they_are(sheet: Worksheet) -> None:
    """A format 0.00 would round what an amount says in thousandths."""
    formats: dict[str, set[str]] = {}
    for row in range(4, 69):
        if sheet.cell(row, 3).value:
            unit = "万元" if sheet.cell(row, 2).value == "万元" else "count"
            formats.setdefault(unit, set()).add(sheet.cell(row, 3).number_format)
    assert formats == {"count": {"0"}, "万元": {"General"}}


def test_value_cells_ask_for_numbers_that_are_not_negative(sheet: Worksheet) -> None:
    """Whole numbers for counts; a warning only, or a clerk could not edit the tag."""
    rules = {
        str(rule.type): (rule.operator, rule.formula1, rule.errorStyle, rule.sqref)
        for rule in sheet.data_validations.dataValidation
    }
    assert {kind: rule[:3] for kind, rule in rules.items()} == {
        "whole": ("greaterThanOrEqual", "0", "warning"),
        "decimal": ("greaterThanOrEqual", "0", "warning"),
    }
    for row in range(4, 69):
        cell, unit = sheet.cell(row, 3), sheet.cell(row, 2).value
        wanted = [] if not cell.value else ["decimal" if unit == "万元" else "whole"]
        assert [kind for kind, rule in rules.items() if cell.coordinate in rule[3]] == wanted


def test_sheet_prints_on_a4_one_page_wide_with_its_head_repeated(sheet: Worksheet) -> None:
    """Also frozen on the screen."""
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.print_area == "'统计表'!$A$1:$C$73"
    assert sheet.freeze_panes == "A4"
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center.text == "— &P —"


def test_every_cell_of_the_table_has_a_border_and_wraps(sheet: Worksheet) -> None:
    """No label is cut off, and no line is missing in print."""
    for row in sheet.iter_rows(min_row=3, max_row=68, max_col=3):
        for cell in row:
            border = cell.border
            sides = (border.left, border.right, border.top, border.bottom)
            assert [side.style for side in sides] == ["thin"] * 4
            assert cell.alignment.wrap_text


def test_rows_with_long_labels_are_two_lines_high(sheet: Worksheet) -> None:
    """Excel does not measure a row when a file is opened."""
    tall = [
        sheet.cell(row, 1).value
        for row in range(4, 69)
        if (sheet.row_dimensions[row].height or 0) > 20
    ]
    assert tall == [
        "（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
        "（一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）",
        "（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）",
    ]
