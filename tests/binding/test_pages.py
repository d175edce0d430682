"""Tables of Word files as grids: merges, what was deleted, what stands in controls, numbers."""

import pytest

from govdocs.docx.reading.grids import Pages
from govdocs.forms.grids import Cell
from govdocs.opc import Package
from tests.binding.files import W, make_docx, package, paragraph

NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def pages(body: str, **parts: str) -> Pages:
    """Read a Word file with this body."""
    return Pages(Package.open(package(body, **parts)))


def cells(body: str) -> list[tuple[int, int, str, int, int]]:
    """Read the only table of a body: row, column, text, height, width."""
    (table,) = pages(f"<w:tbl>{body}</w:tbl>").tables
    return [(c.row, c.col, c.text, c.rowspan, c.colspan) for c in table.cells]


def tc(text: str, properties: str = "") -> str:
    """Write a cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """Write a row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def test_wide_and_high_cells_are_one_cell_with_its_span() -> None:
    """``gridSpan`` counts columns; ``vMerge`` without a value goes on from above."""
    above, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    assert cells(
        tr(tc("甲", above), tc("乙", '<w:gridSpan w:val="2"/>'))
        + tr(tc("", below), tc("丙"), tc("丁"))
    ) == [(1, 1, "甲", 2, 1), (1, 2, "乙", 1, 2), (2, 2, "丙", 1, 1), (2, 3, "丁", 1, 1)]


def test_row_that_begins_further_right_keeps_its_columns() -> None:
    """``gridBefore`` leaves columns out."""
    assert cells(tr(tc("甲"), tc("乙")) + tr(tc("丙"), properties='<w:gridBefore w:val="1"/>')) == [
        (1, 1, "甲", 1, 1),
        (1, 2, "乙", 1, 1),
        (2, 2, "丙", 1, 1),
    ]


def test_old_way_of_joining_cells_side_by_side_is_understood() -> None:
    """``hMerge`` of older programs."""
    restart, goes_on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    assert cells(tr(tc("甲", restart), tc("", goes_on), tc("乙"))) == [
        (1, 1, "甲", 1, 2),
        (1, 3, "乙", 1, 1),
    ]


def test_paragraphs_of_a_cell_are_joined_by_line_breaks() -> None:
    """A label over two paragraphs is one label."""
    assert cells(tr(f"<w:tc>{paragraph('收到')}{paragraph('申请数')}</w:tc>")) == [
        (1, 1, "收到\n申请数", 1, 1)
    ]


def test_what_was_deleted_with_changes_tracked_is_not_there() -> None:
    """Deleted text, deleted rows and deleted cells; inserted text is there."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    deleted = f"<w:del>{run.format('旧').replace('w:t>', 'w:delText>')}</w:del>"
    text = f"<w:tc><w:p>{deleted}<w:ins>{run.format('新')}</w:ins></w:p></w:tc>"
    assert cells(
        tr(text, tc("不在", "<w:cellDel/>")) + tr(tc("没有"), properties="<w:del/>") + tr(tc("有"))
    ) == [(1, 1, "新", 1, 1), (2, 1, "有", 1, 1)]


def test_table_inside_a_cell_is_a_grid_of_its_own() -> None:
    """The cell around it keeps its own text only."""
    inner = f"<w:tbl>{tr(tc('里'))}</w:tbl>"
    around = f"<w:tc>{paragraph('外')}{inner}<w:p/></w:tc>"
    outer = f"<w:tbl>{tr(around)}</w:tbl>"
    tables = pages(outer).tables
    assert [[cell.text for cell in table.cells] for table in tables] == [["外"], ["里"]]


def test_rows_and_cells_in_content_controls_are_read() -> None:
    """A control around a row, around a cell, and one that shows only what it asks for."""
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    asking = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    run = "<w:r><w:t>单击输入</w:t></w:r>"
    assert cells(
        control.format(tr(tc("甲"), control.format(tc("乙"))))
        + tr(f"<w:tc><w:p>{asking.format(run)}</w:p></w:tc>")
    ) == [(1, 1, "甲", 1, 1), (1, 2, "乙", 1, 1), (2, 1, "", 1, 1)]


def test_numbers_that_word_sets_are_part_of_what_is_read() -> None:
    """Automatic 一、 and 1.1: headings and labels are known by them."""
    number = '<w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    line = "<w:p>{}<w:r><w:t>{}</w:t></w:r></w:p>"
    listed = [(0, "总体情况"), (1, "甲"), (1, "乙"), (0, "其他"), (1, "丙")]
    body = "".join(line.format(number.format(depth), text) for depth, text in listed)
    assert [one.text for one in pages(body, numbering=NUMBERING).lines] == [
        "一、总体情况",
        "1.1甲",
        "1.2乙",
        "二、其他",
        "2.1丙",
    ]


def test_lines_of_the_table_of_contents_are_no_headings() -> None:
    """They repeat the headings and would be taken for sections."""
    contents = (
        '<w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>一、总体情况</w:t></w:r></w:p>'
    )
    assert [one.text for one in pages(contents + paragraph("一、总体情况")).lines] == [
        "一、总体情况"
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_place_of_a_cell_names_table_row_and_cell(number: int) -> None:
    """Counted as a reader counts."""
    grids = [[Cell(0, 0, "甲"), Cell(0, 1, "乙")], [Cell(0, 0, "丙"), Cell(0, 1, "丁")]]
    read = Pages(Package.open(make_docx(grids)))
    element = read.tables[number - 1].elements[1, 2]
    assert read.place(element).spot == (("tbl", number), ("tr", 1), ("tc", 2))
