"""Copied formulas, as shared formulas are made of, and sheets with new names."""

import pytest

from govdocs.xlsx.grid.copying import rename_sheets, shift_formula


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "after"),
    [
        ("A1+$B$2+C$3+$D4", 2, 1, "B3+$B$2+D$3+$D6"),
        ("SUM(A1:B2)", 3, 0, "SUM(A4:B5)"),
        ("SUM(A$1:A1)", 3, 0, "SUM(A$1:A4)"),
        ("SUM(A$5:A1)", 10, 0, "SUM(A$5:A11)"),
        ("SUM(5:5)+SUM($6:6)", 2, 9, "SUM(7:7)+SUM($6:8)"),
        ("SUM(C:C)+SUM($D:E)", 9, 2, "SUM(E:E)+SUM($D:G)"),
        ("表!A1+'a b'!A1+一:三!A1", 1, 1, "表!B2+'a b'!B2+一:三!B2"),
        ("[1]表!A1", 1, 1, "[1]表!B2"),
        ('明细[数量]+合计+"A1"+LOG10(A1)', 1, 0, '明细[数量]+合计+"A1"+LOG10(A2)'),
        ("A2", -1, 0, "A1"),
        ("A1", -1, 0, "#REF!"),
        ("B1:C1", 0, -2, "#REF!"),
        ("Sheet1!A1+A9", -1, 0, "Sheet1!#REF!+A8"),
        ("XFD1+A1048576", 1, 0, "XFD2+#REF!"),
        ("XFD1", 0, 1, "#REF!"),
        ("$A$1", -5, -5, "$A$1"),
        ("Sheet1!#REF!", 1, 0, "Sheet1!#REF!"),
        ("a1+b2", 0, 0, "a1+b2"),
        ("A1#+@B1", 1, 0, "A2#+@B2"),
    ],
)
def test_copied_formula_moves_what_is_not_marked(
    formula: str, rows: int, columns: int, after: str
) -> None:
    """``$`` stays, the rest moves along; what leaves the grid is ``#REF!`` and keeps its sheet."""
    assert shift_formula(formula, rows, columns) == after


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "after"),
    [
        ("A1", -1, 0, "A1048576"),
        ("XFD1", 0, 1, "A1"),
        ("A1048576:A1048576", 2, 0, "A2:A2"),
        ("表!$A1", -1, -1, "表!$A1048576"),
    ],
)
def test_copied_name_comes_in_again_on_the_other_side(
    formula: str, rows: int, columns: int, after: str
) -> None:
    """References of names and rules wrap around the grid."""
    assert shift_formula(formula, rows, columns, wrap=True) == after


@pytest.mark.parametrize(
    ("formula", "after"),
    [
        ("表!A1+表!$B$2", "'2018年 统计'!A1+'2018年 统计'!$B$2"),
        ("'表'!A1&\"表!A1\"", "'2018年 统计'!A1&\"表!A1\""),
        ("'a b'!C:C", "总!C:C"),
        ("SUM(表:'x'!A1)", "SUM(表:'x'!A1)"),
        ("SUM(表:三!A1)", "SUM('2018年 统计:三'!A1)"),
        ("SUM('一:A B'!A1)", "SUM(一:总!A1)"),
        ("[1]表!A1+表!合计", "[1]表!A1+'2018年 统计'!合计"),
        ("表!#REF!", "'2018年 统计'!#REF!"),
        ("表2!A1", "表2!A1"),
    ],
)
def test_renamed_sheet_is_followed(formula: str, after: str) -> None:
    """Everything that names the sheet takes the new name, quoted where it must be."""
    assert rename_sheets(formula, {"表": "2018年 统计", "a b": "总"}) == after


def test_sheets_may_swap_their_names() -> None:
    """All names change at once."""
    assert rename_sheets("甲!A1-乙!A1", {"甲": "乙", "乙": "甲"}) == "乙!A1-甲!A1"
