"""2019, 2021: the three tables of report and workbook are the form's, label by label."""

import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.workbook import Workbook

from govdocs.forms import Figure, load_form
from tests.templates.printed import Printed, read_report, read_workbook

FORMS = ("disclosure-2019", "disclosure-2021")
READERS = {"report.docx": read_report, "statistics.xlsx": read_workbook}
FOOT = [
    "单位负责人：{{ form_footer.principal }}",
    "审核人：{{ form_footer.reviewer }}",
    "填报人：{{ form_footer.preparer }}",
    "联系电话：{{ form_footer.phone }}",
    "填报日期：{{ form_footer.fill_date }}",
]
SIDES = ("left", "right", "top", "bottom")
BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"


@pytest.fixture(scope="module", params=[(form, name) for form in FORMS for name in READERS])
def printed(root: Path, request: pytest.FixtureRequest) -> tuple[str, list[Printed]]:
    """A form, and the tables of one of its files."""
    form, name = request.param
    return form, READERS[name](root / "templates" / form / name)


@pytest.fixture(params=FORMS)
def book(root: Path, request: pytest.FixtureRequest) -> Workbook:
    """The workbook of a form."""
    return openpyxl.load_workbook(root / "templates" / request.param / "statistics.xlsx")


def tag_of(figure: Figure) -> str:
    """What stands in the cell of a figure."""
    return f"{{{{ stats.{figure.key} }}}}"


def test_tables_hold_every_figure_of_the_form_once_and_nothing_else(
    printed: tuple[str, list[Printed]],
) -> None:
    """198 figures in 2019, 200 in 2021; a value cell is one tag."""
    form, tables = printed
    tags = {text for table in tables for row in table.rows for text in row if "{{" in text}
    figures = load_form(form).figures
    assert len(figures) == {"disclosure-2019": 198, "disclosure-2021": 200}[form]
    assert tags == {tag_of(figure) for figure in figures}


def test_every_figure_stands_beside_its_labels_and_below_its_heads(
    printed: tuple[str, list[Printed]],
) -> None:
    """结果维持 three times, 其他 twice: it is the whole path that must be right."""
    form, tables = printed
    for figure in load_form(form).figures:
        table = tables[("t2", "t3", "t4").index(figure.table)]
        row, column = table.find(tag_of(figure))
        blocks = [label for label in figure.labels if label.startswith("第二十条")]
        labels = [label for label in figure.labels if label not in blocks]
        assert table.left_of(row, column) == labels
        if not blocks:
            assert table.above(row, column) == list(figure.heads)


def test_head_of_a_block_stands_over_its_figures(printed: tuple[str, list[Printed]]) -> None:
    """In 二 each block has a head row and a row of column heads of its own."""
    form, tables = printed
    for figure in load_form(form).figures:
        if figure.table == "t2":
            row, column = tables[0].find(tag_of(figure))
            head = next(
                number for number in range(row, -1, -1) if tables[0].rows[number][0] == "信息内容"
            )
            assert tables[0].rows[head][column] == figure.heads[0]
            assert set(tables[0].rows[head - 1]) == {figure.labels[0]}


def test_tables_have_the_rows_and_columns_of_the_printed_form(
    printed: tuple[str, list[Printed]],
) -> None:
    """Counted in published reports: the head of 三 is 3 × 3, 本年度办理结果 spans 20 or 22 rows."""
    form, tables = printed
    rows = {"disclosure-2019": [18, 26, 4], "disclosure-2021": [14, 28, 4]}
    spans = {"disclosure-2019": 20, "disclosure-2021": 22}
    assert [len(table.rows) for table in tables] == rows[form]
    assert [{len(row) for row in table.rows} for table in tables] == [{4}, {10}, {15}]
    assert [row[:3] for row in tables[1].rows[:3]] == [[BALANCE] * 3] * 3
    assert BALANCE not in tables[1].rows[3]
    first = Counter(row[0] for row in tables[1].rows)
    assert first["三、本年度办理结果"] == spans[form]


def test_blocks_of_the_2019_and_2021_tables_are_the_published_ones(root: Path) -> None:
    """Five blocks in 2019, four in 2021."""
    heads = {}
    for form in FORMS:
        rows = read_report(root / "templates" / form / "report.docx")[0].rows
        heads[form] = [row[0] for row in rows if len(set(row)) == 1]
    items = "第二十条第（{}）项"
    assert heads == {
        "disclosure-2019": [items.format(number) for number in "一五六八九"],
        "disclosure-2021": [items.format(number) for number in "一五六八"],
    }


@pytest.mark.parametrize("form", FORMS)
def test_tables_of_the_report_stay_on_a_page_with_their_headings(root: Path, form: str) -> None:
    """A row that goes with the next one cannot be torn from it; the last one is free."""
    document = docx.Document(str(root / "templates" / form / "report.docx"))
    assert len(document.tables) == 3
    for table in document.tables:
        rows = table._tbl.tr_lst
        kept = [
            len(row.xpath("./w:tc/w:p/w:pPr/w:keepNext")) == len(row.xpath("./w:tc/w:p"))
            for row in rows
        ]
        assert kept == [True] * (len(rows) - 1) + [False]
        assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)
        [before] = table._tbl.xpath("./preceding-sibling::w:p[1]/w:pPr/w:pStyle/@w:val")
        assert before == "Heading1"


@pytest.mark.parametrize("form", FORMS)
def test_tables_with_one_head_repeat_it(root: Path, form: str) -> None:
    """Three rows in 三 and 四; the blocks of 二 have heads of their own."""
    document = docx.Document(str(root / "templates" / form / "report.docx"))
    heads = [
        [bool(row._tr.xpath("./w:trPr/w:tblHeader")) for row in table.rows].count(True)
        for table in document.tables
    ]
    assert heads == [0, 3, 3]


@pytest.mark.parametrize("form", FORMS)
def test_columns_of_each_table_fill_the_width_of_the_text(root: Path, form: str) -> None:
    """156 mm are 8844 twips; the cells of a row add up to them, merged or not."""
    document = docx.Document(str(root / "templates" / form / "report.docx"))
    for table in document.tables:
        assert sum(int(width) for width in table._tbl.xpath("./w:tblGrid/w:gridCol/@w:w")) == 8844
        for row in table._tbl.tr_lst:
            assert sum(int(width) for width in row.xpath("./w:tc/w:tcPr/w:tcW/@w:w")) == 8844


def test_workbook_has_a_sheet_for_each_table(book: Workbook) -> None:
    """Each is a form of its own: title, unit, what is counted, foot."""
    assert book.sheetnames == ["表二", "表三", "表四"]
    assert [sheet["A1"].value for sheet in book.worksheets] == [
        "{{ report.year }}年度主动公开政府信息情况",
        "{{ report.year }}年度收到和处理政府信息公开申请情况",
        "{{ report.year }}年度政府信息公开行政复议、行政诉讼情况",
    ]
    for sheet, units in zip(book.worksheets, ([], ["单位：件"], ["单位：件"]), strict=True):
        second = [cell.value for cell in sheet[2] if cell.value]
        assert second == ["填报单位（盖章）：{{ form_head.unit }}", *units]
        last = sheet.max_row
        assert [sheet.cell(row, 1).value for row in range(last - 4, last + 1)] == FOOT


def test_sheets_print_on_a4_with_their_heads_repeated(book: Workbook) -> None:
    """One page each; 四 with its fifteen columns lies on its side."""
    for sheet, titles, area, side in zip(
        book.worksheets,
        (None, "$3:$5", "$3:$5"),
        ("$A$1:$D$", "$A$1:$J$", "$A$1:$O$"),
        ("portrait", "portrait", "landscape"),
        strict=True,
    ):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, side)
        assert sheet.sheet_properties.pageSetUpPr is not None
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == titles
        assert sheet.print_area == f"'{sheet.title}'!{area}{sheet.max_row}"


def test_every_cell_of_the_tables_has_a_border_and_wraps(book: Workbook) -> None:
    """Merged ones all around, or a line would be missing in print."""
    for sheet in book.worksheets:
        inner = {
            (*place, side)
            for merged in sheet.merged_cells.ranges
            for place in merged.cells
            for side in SIDES
            if place not in getattr(merged, side)
        }
        for row in sheet.iter_rows(min_row=3, max_row=sheet.max_row - 5):
            for cell in row:
                for side in SIDES:
                    if (cell.row, cell.column, side) not in inner:
                        assert getattr(cell.border, side).style == "thin", (cell, side)
                assert cell.alignment.wrap_text or not cell.value


def test_sheets_hold_no_formula(book: Workbook) -> None:
    """Totals are given: a total that does not add up is to be found, not overwritten."""
    cells = [cell for sheet in book.worksheets for row in sheet for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []


@pytest.mark.parametrize("form", FORMS)
def test_cells_are_shown_and_asked_for_as_the_type_of_their_figure(root: Path, form: str) -> None:
    """Whole numbers from 0 up, decimals from 0 up, whole numbers of either sign; warnings only."""
    book = openpyxl.load_workbook(root / "templates" / form / "statistics.xlsx")
    wanted = {
        "count": ("0", "whole", "greaterThanOrEqual"),
        "amount": ("General", "decimal", "greaterThanOrEqual"),
        "change": ("0", "whole", None),  # between, which is not written
    }
    for figure in load_form(form).figures:
        sheet = book.worksheets[("t2", "t3", "t4").index(figure.table)]
        [cell] = [cell for row in sheet for cell in row if cell.value == tag_of(figure)]
        shown, kind, operator = wanted[figure.type]
        rules = [
            rule for rule in sheet.data_validations.dataValidation if cell.coordinate in rule.sqref
        ]
        assert cell.number_format == shown + ('"元"' if figure.unit_in_cell else "")
        assert [(rule.type, rule.operator, rule.errorStyle) for rule in rules] == [
            (kind, operator, "warning")
        ]


@pytest.mark.parametrize("form", FORMS)
def test_labels_come_from_the_definition_alone(root: Path, form: str) -> None:
    """Every label of the form's file is printed, and no other text is."""
    path = root / "src/govdocs/forms/definitions" / f"{form}.toml"
    definition = tomllib.loads(path.read_text("utf-8"))
    tables = read_report(root / "templates" / form / "report.docx")
    for table, printed in zip(definition["table"], tables, strict=True):
        texts = {text for row in printed.rows for text in row if "{{" not in text}
        assert texts == set(labels_of(table))


def labels_of(table: dict[str, Any]) -> list[str]:
    """The labels of a table in a form's file."""
    headings = [
        heading
        for block in table["block"]
        for heading in (*block["rows"], *block["columns"], {"label": block.get("head", "")})
    ]
    labels = [heading["label"] for heading in headings] + [table.get("row_head", "")]
    return [label for label in labels if label]
