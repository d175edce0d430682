"""The grid follows column loops and spans, and nothing else."""

# ruff: noqa: E501 - a case stands on a line

import pytest
from lxml import etree

from govdocs.docx.compiling.columns import fit_grid
from tests.support.notation import NAMESPACES
from tests.support.word import fill_package, part_of


def table(widths: list[int], *rows: str) -> str:
    """Write a table; a row is its cells, separated by bars, all as wide as the first column."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cell = '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'
    written = "".join(
        "<w:tr>" + "".join(cell.format(widths[0], one) for one in row.split("|")) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>"


def widths(root: etree._Element) -> tuple[list[str], list[str]]:
    """Read the widths of the grid, and of the cells."""
    w = f"{{{NAMESPACES['w']}}}w"
    grid = [str(one.get(w)) for one in root.findall(".//w:gridCol", NAMESPACES)]
    return grid, [str(one.get(w)) for one in root.findall(".//w:tcW", NAMESPACES)]


@pytest.mark.parametrize(
    ("count", "grid"),
    [(0, ["4000"]), (1, ["2000", "2000"]), (3, ["1000"] * 4), (7, ["500"] * 8)],
)
def test_grid_has_a_column_for_each_cell_and_the_table_keeps_its_width(
    count: int, grid: list[str]
) -> None:
    """Columns that a loop adds or takes share the width of the table; cells follow."""
    body = table([1000] * 4, "h|{%tc for x in xs %}|{{ x }}|{%tc endfor %}")
    root = part_of(fill_package(body, {"xs": list(range(count))}))
    assert widths(root) == (grid, grid)


def test_cells_that_span_are_as_wide_as_their_columns() -> None:
    """A heading over the looped columns spans them all."""
    body = table(
        [900] * 4,
        "h|{%tc for x in xs %}|{% hm %}head|{%tc endfor %}",
        "h|{%tc for x in xs %}|{{ x }}|{%tc endfor %}",
    )
    root = part_of(fill_package(body, {"xs": [1, 2]}))
    assert widths(root) == (["1200"] * 3, ["1200", "2400", "1200", "1200", "1200"])


def test_span_from_data_widens_the_grid() -> None:
    """A cell that spans three columns of a grid of one needs two more."""
    root = part_of(fill_package(table([900], "{% colspan 3 %}a"), {}))
    assert widths(root) == (["300"] * 3, ["900"])


def test_static_tables_and_nested_ones_stay_as_they_are() -> None:
    """Only a table with a column loop is fitted: not its neighbours, not one inside of it."""
    odd = table([5, 6, 7], "one cell")
    inner = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='70'/><w:gridCol w:w='80'/></w:tblGrid><w:tr><w:tc>{odd}<w:p/></w:tc><w:tc><w:p><w:r><w:t>{{%tc for x in xs %}}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc><w:tc><w:p><w:r><w:t>{{%tc endfor %}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    root = part_of(fill_package(odd + inner, {"xs": [1, 2, 3]}))
    grids = [
        [one.get(f"{{{NAMESPACES['w']}}}w") for one in grid] for grid in root.iter("{*}tblGrid")
    ]
    assert grids == [["5", "6", "7"], ["35", "40", "37", "37"], ["5", "6", "7"]]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "<w:tbl><w:tr><w:tc/><w:tc/></w:tr></w:tbl>",
            "<w:tbl><w:tr><w:tc/><w:tc/></w:tr></w:tbl>",
        ),
        (
            "<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc></w:tc><w:tc></w:tc></w:tr></w:tbl>",
            "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc></w:tc><w:tc></w:tc></w:tr></w:tbl>",
        ),
        (
            '<w:tbl><w:tblGrid><w:gridCol w:w="8"/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc></w:tc></w:tr></w:tbl>',
            '<w:tbl><w:tblGrid><w:gridCol w:w="4"/><w:gridCol w:w="4"/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc></w:tc></w:tr></w:tbl>',
        ),
        (
            '<tbl><tblGrid><gridCol v:w="8"/></tblGrid><tr><tc></tc><tc></tc></tr></tbl>',
            '<tbl><tblGrid><gridCol v:w="4"/><gridCol v:w="4"/></tblGrid><tr><tc></tc><tc></tc></tr></tbl>',
        ),
    ],
)
def test_grids_as_they_come(before: str, after: str) -> None:
    """Without a grid, without widths, with columns skipped, without a prefix."""
    w = "" if before.startswith("<tbl") else "w:"
    assert fit_grid(before, w) == after
