"""The statistics table of an annex: every row written out, so that each can be restyled."""

from collections.abc import Sequence

from tools.make_templates.forms import Form, Row
from tools.make_templates.lines import paragraph
from tools.make_templates.markup import Element, w
from tools.make_templates.page import TEXT_WIDTH
from tools.make_templates.styles import TABLE

ROW_HEIGHT = 400
"""At least 20 pt, so that a line of 小四 stands freely."""


def statistics_table(form: Form) -> Element:
    """Write the table of a form: label, unit, figure; its head row again on every page."""
    widths = (TEXT_WIDTH - 1000 - 1400, 1000, 1400)
    return w(
        "tbl",
        w(
            "tblPr",
            w("tblStyle", val=TABLE),
            w("tblW", w=TEXT_WIDTH, type="dxa"),
            w("jc", val="center"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="04A0", firstRow=1, noVBand=1),
            w("tblCaption", val=form.title),
        ),
        w("tblGrid", *(w("gridCol", w=width) for width in widths)),
        table_row(form.heads, ["GwTableHead"] * 3, widths, head=True),
        *(table_row(_cells(row), _styles(row), widths) for row in form.rows),
    )


def table_row(
    cells: Sequence[str], styles: Sequence[str], widths: Sequence[int], *, head: bool = False
) -> Element:
    """Write a row that never breaks across pages."""
    return w(
        "tr",
        w(
            "trPr",
            w("cantSplit"),
            w("trHeight", val=ROW_HEIGHT, hRule="atLeast"),
            w("tblHeader") if head else None,
        ),
        *map(_cell, cells, styles, widths),
    )


def _cells(row: Row) -> tuple[str, str, str]:
    return row.label, row.unit, row.tag


def _styles(row: Row) -> tuple[str, str, str]:
    return f"GwTable{row.level}", "GwTableFigure", "GwTableFigure"


def _cell(content: str, style: str, width: int) -> Element:
    properties = w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="center"))
    return w("tc", properties, paragraph(style, content))
