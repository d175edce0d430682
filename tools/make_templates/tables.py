"""The statistics tables of a report: every row written out, so that each can be restyled."""

from collections.abc import Mapping, Sequence

from govdocs.forms import Table
from tools.make_templates.grids import Cell, Grid, lay_out
from tools.make_templates.lines import paragraph
from tools.make_templates.markup import Element, w
from tools.make_templates.page import TEXT_WIDTH
from tools.make_templates.styles import GRID, TABLE

_ROW_HEIGHTS = {"list": 400, "nested": 330}
"""At least 20 and 16.5 pt, so that a line of 小四 or of 10 pt stands freely."""

_WIDTHS: Mapping[
    str, Sequence[int]
] = {  # twips by the table's key; 0 takes an even share of the rest
    "main": (0, 1000, 1400),
    "t2": (0, 2000, 2000, 2000),
    "t3": (480, 1080, 0, *[670] * 7),  # figures of six digits; （三）不予 stands on one line
    "t4": (0,) * 15,
}


def statistics_table(table: Table) -> Element:
    """Write a table of a form; its head rows again on every page."""
    grid = lay_out(table)
    widths = _share_out(_WIDTHS[table.key])
    cover = _cover(grid)
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=TABLE if grid.layout == "list" else GRID),
            w("tblW", w=TEXT_WIDTH, type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="04A0", firstRow=1, noVBand=1),
            w("tblCaption", val=table.title),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        *(_row(grid, cover, number, widths) for number in range(grid.height)),
    )


def _share_out(widths: Sequence[int]) -> list[int]:
    """Share what the page leaves among the columns of width 0, to the last twip."""
    share, left_over = divmod(TEXT_WIDTH - sum(widths), max(1, widths.count(0)))
    shares = (share + (number < left_over) for number in range(widths.count(0)))
    return [width or next(shares) for width in widths]


def _cover(grid: Grid) -> dict[tuple[int, int], Cell]:
    """Say for each row and column in which a cell begins which cell it is; its later rows too."""
    return {
        (row, cell.column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.rows)
    }


def _row(
    grid: Grid, cover: Mapping[tuple[int, int], Cell], number: int, widths: Sequence[int]
) -> Element:
    """Write a row that never breaks across pages; that of a nested table stays with the next one.

    A head that reaches over many rows would be torn, its words on two pages.
    """
    cells = [cover[spot] for spot in sorted(cover) if spot[0] == number]
    keep_next = grid.layout == "nested" and number < grid.height - 1
    return w(
        "tr",
        w(
            "trPr",
            w("cantSplit"),
            w("trHeight", val=_ROW_HEIGHTS[grid.layout], hRule="atLeast"),
            w("tblHeader") if number < grid.heads else None,
        ),
        *(_cell(cell, _paragraph(grid, cell, number, keep_next), number, widths) for cell in cells),
    )


def _style(grid: Grid, cell: Cell) -> str:
    if grid.layout == "nested":
        return f"GwGrid{cell.kind.title()}"
    names = {"head": "GwTableHead", "label": f"GwTable{cell.level}"}
    return names.get(cell.kind, "GwTableFigure")


def _paragraph(grid: Grid, cell: Cell, row: int, keep_next: bool) -> Element:
    """Write a cell's text; where the cell goes on in a later row, an empty paragraph."""
    text = cell.text if row == cell.row else ""
    return paragraph(_style(grid, cell), text, keep_next=keep_next)


def _cell(cell: Cell, content: Element, row: int, widths: Sequence[int]) -> Element:
    """Write a cell, or its continuation in a later row."""
    width = sum(widths[cell.column : cell.column + cell.columns])
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=cell.columns) if cell.columns > 1 else None,
        _merge(row == cell.row) if cell.rows > 1 else None,
        w("vAlign", val="center"),
    )
    return w("tc", properties, content)


def _merge(begins: bool) -> Element:
    return w("vMerge", val="restart") if begins else w("vMerge")
