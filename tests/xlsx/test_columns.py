"""Blocks of columns: which columns repeat and vanish, and what follows them."""

from collections.abc import Mapping
from typing import Any

import pytest

from govdocs.errors import DataError, TemplateError
from govdocs.template import Template
from tests.xlsx.workbooks import cached, fill, fill_cells, make_sheet, part, read_cells

MONTHS = ["一月", "二月", "三月"]
GRID = {
    "A1": "标题",
    "A2": "名称",
    "B2": "{%tc for m in months %}{{ m }}{%tc endfor %}",
    "C2": "合计",
    "A3": "{%tr for r in rows %}{{ r.name }}",
    "B3": "{%tc for m in months %}{{ r.v[loop.index0] }}{%tc endfor %}",
    "C3": "=SUM(B3:B3)",
    "D3": "{%tr endfor %}",
    "A4": "合计",
    "B4": "=SUM(B3:B3)",
    "C4": "=SUM(C3:C3)",
}


def data_of(months: int, rows: int) -> Mapping[str, Any]:
    """So many months, and so many rows of numbers."""
    names = [MONTHS[n % 3] for n in range(months)]
    values = [{"name": f"行{r}", "v": [r * 10 + m for m in range(months)]} for r in range(rows)]
    return {"months": names, "rows": values}


def test_columns_repeat_in_all_rows() -> None:
    """Rows with tags and rows without them repeat the column alike; what is right of it moves."""
    filled = bytes(fill(make_sheet(GRID), data_of(3, 2)))
    assert read_cells(filled) == {
        "A1": "标题",
        "A2": "名称",
        "B2": "一月",
        "C2": "二月",
        "D2": "三月",
        "E2": "合计",
        "A3": "行0",
        "B3": 0,
        "C3": 1,
        "D3": 2,
        "E3": "=SUM(B3:D3)",
        "A4": "行1",
        "B4": 10,
        "C4": 11,
        "D4": 12,
        "E4": "=SUM(B4:D4)",
        "A5": "合计",
        "B5": "=SUM(B3:B4)",
        "C5": "=SUM(C3:C4)",
        "D5": "=SUM(D3:D4)",
        "E5": "=SUM(E3:E4)",
    }


@pytest.mark.parametrize(("months", "rows"), [(1, 1), (3, 2), (12, 20)])
def test_totals_of_rows_and_columns_are_worked_out(months: int, rows: int) -> None:
    """Sums across and down are those of the numbers written."""
    from govdocs.xlsx.grid.address import cell_name

    values = cached(bytes(fill(make_sheet(GRID), data_of(months, rows))))
    grid = [[r * 10 + m for m in range(months)] for r in range(rows)]
    for index, row in enumerate(grid):
        assert values[cell_name(3 + index, 2 + months)] == sum(row)
    for index in range(months):
        assert values[cell_name(3 + rows, 2 + index)] == sum(row[index] for row in grid)
    assert values[cell_name(3 + rows, 2 + months)] == sum(map(sum, grid))


def test_columns_of_tags_only_vanish() -> None:
    """Tags in cells of their own mean the columns between them, without a prefix."""
    cells = {
        "A1": "头",
        "B1": "{% for x in xs %}",
        "C1": "{{ x }}",
        "D1": "{% endfor %}",
        "E1": "尾",
        "A2": "甲",
        "C2": "乙",
        "E2": "丙",
    }
    assert fill_cells(cells, {"xs": [1, 2]}) == {
        "A1": "头",
        "B1": 1,
        "C1": 2,
        "D1": "尾",
        "A2": "甲",
        "B2": "乙",
        "C2": "乙",
        "D2": "丙",
    }


def test_condition_over_a_column_takes_it_away() -> None:
    """``{%tc if %}`` leaves a column out, in every row."""
    cells = {"A1": "甲", "B1": "{%tc if show %}乙{%tc endif %}", "C1": "丙", "B2": 2, "C2": "=A1"}
    assert fill_cells(cells, {"show": False}) == {"A1": "甲", "B1": "丙", "B2": "=A1"}
    shown = {"A1": "甲", "B1": "乙", "C1": "丙", "B2": 2, "C2": "=A1"}
    assert fill_cells(cells, {"show": True}) == shown


def test_blocks_of_several_columns_and_nested_ones() -> None:
    """Two columns for each group, and a column for each item inside."""
    cells = {
        "A1": "{%tc for g in gs %}{{ g.n }}",
        "B1": "{%tc for x in g.xs %}{{ x }}{%tc endfor %}",
        "C1": "|{%tc endfor %}",
        "D1": "末",
    }
    groups = [{"n": "甲", "xs": [1, 2]}, {"n": "乙", "xs": []}, {"n": "丙", "xs": [3]}]
    assert fill_cells(cells, {"gs": groups}) == {
        "A1": "甲",
        "B1": 1,
        "C1": 2,
        "D1": "|",
        "E1": "乙",
        "F1": "|",
        "G1": "丙",
        "H1": 3,
        "I1": "|",
        "J1": "末",
    }


def test_widths_breaks_panes_and_merges_follow_columns() -> None:
    """What the sheet says of its columns is repeated and moves."""

    def change(sheet: Any) -> None:
        from openpyxl.worksheet.pagebreak import Break, ColBreak

        sheet.column_dimensions["B"].width = 33
        sheet.column_dimensions["C"].width = 11
        sheet.merge_cells("A1:C1")
        sheet.freeze_panes = "C3"
        sheet.col_breaks = ColBreak(brk=(Break(id=2),))
        sheet.auto_filter.ref = "A2:C3"
        sheet.auto_filter.add_filter_column(2, ["x"])

    xml = part(bytes(fill(make_sheet(GRID, change), data_of(3, 1))))
    assert 'width="33" customWidth="1" min="2" max="4"' in xml
    assert 'width="11" customWidth="1" min="5" max="5"' in xml
    assert '<mergeCell ref="A1:E1"/>' in xml
    assert 'xSplit="4" ySplit="2" topLeftCell="E3"' in xml
    assert '<brk id="4" ' in xml
    assert '<autoFilter ref="A2:E3"><filterColumn colId="4"' in xml


def test_rows_that_disagree_on_columns_are_told() -> None:
    """A sheet has one set of columns: rows of different length are a fault of the data."""
    cells = {
        "A1": "{%tr for r in rows %}",
        "B1": "{%tc for x in r %}{{ x }}{%tc endfor %}{%tr endfor %}",
    }
    assert fill_cells(cells, {"rows": [[1, 2], [3, 4]]}) == {"B1": 1, "C1": 2, "B2": 3, "C2": 4}
    with pytest.raises(DataError) as caught:
        fill(make_sheet(cells), {"rows": [[1, 2], [3]]})
    assert [one.code for one in caught.value.problems] == ["xlsx.columns_differ"]


def test_content_in_a_column_that_vanishes_is_told() -> None:
    """What stands in the columns of the tags in other rows would be lost."""
    cells = {"A1": "{% for x in xs %}", "B1": "{{ x }}", "C1": "{% endfor %}", "C2": "留"}
    with pytest.raises(TemplateError) as caught:
        Template(make_sheet(cells))
    assert [(one.code, one.place.spot) for one in caught.value.problems] == [
        ("xlsx.column_in_use", (("cell", "表1!C2"),))
    ]


def test_blocks_of_columns_that_overlap_are_told() -> None:
    """Two rows may not divide the same columns differently."""
    cells = {
        "A1": "{%tc for x in xs %}{{ x }}",
        "B1": "b{%tc endfor %}",
        "B2": "{%tc for x in xs %}{{ x }}",
        "C2": "c{%tc endfor %}",
    }
    with pytest.raises(TemplateError) as caught:
        Template(make_sheet(cells))
    assert [one.code for one in caught.value.problems] == ["xlsx.columns_overlap"]
