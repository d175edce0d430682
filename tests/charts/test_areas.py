"""Areas as the formulas of charts name them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.charts.areas import MAX_COLUMN, MAX_ROW, Area, parse_area, quote_sheet


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Sheet1!$A$2:$A$5", Area("Sheet1", 2, 1, 5, 1)),
        ("Sheet1!B1", Area("Sheet1", 1, 2, 1, 2)),
        ("'统计 ''表'''!$AA$10:$A$1", Area("统计 '表'", 1, 1, 10, 27)),
        ("统计!$A$1", Area("统计", 1, 1, 1, 1)),
    ],
)
def test_area_of_one_sheet_is_read(text: str, area: Area) -> None:
    """Corners come in any order, names of sheets in quotes or none."""
    assert parse_area(text) == area


@pytest.mark.parametrize(
    "text",
    [None, "", "数据", "(Sheet1!$A$1,Sheet1!$A$3)", "[1]Sheet1!$A$1", "'[a.xlsx]S'!$A$1", "S!$A$0"],
)
def test_what_is_no_area_of_the_workbook_is_none(text: str | None) -> None:
    """Names, unions and other files are left to whoever can work them out."""
    assert parse_area(text) is None


ROWS, COLUMNS = st.integers(1, MAX_ROW), st.integers(1, MAX_COLUMN)


@given(st.text("A1 'b表!-.", min_size=1, max_size=8), ROWS, COLUMNS, ROWS, COLUMNS)
def test_law_area_is_read_as_it_is_written(
    name: str, top: int, left: int, bottom: int, right: int
) -> None:
    """Any name of a sheet is quoted as it must be."""
    rows, columns = sorted((top, bottom)), sorted((left, right))
    area = Area(name, rows[0], columns[0], rows[1], columns[1])
    assert parse_area(str(area)) == area
    assert quote_sheet("R1") == "'R1'"
