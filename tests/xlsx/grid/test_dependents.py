"""Which formulas are stale: those that read what changed, however far away, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.grid.dependents import FormulaAt, find_stale
from govdocs.xlsx.grid.formula import scan
from govdocs.xlsx.grid.names import Names, Table


def at(address: str, text: str, sheet: str = "表") -> FormulaAt:
    """A formula in a cell, or over an area."""
    area = maybe_area(address)
    assert area is not None
    return FormulaAt(sheet, area, text)


def stale(formulas: list[FormulaAt], changed: str, names: Names | None = None) -> list[str]:
    """Addresses of the formulas that are stale after cells of 表 changed."""
    area = maybe_area(changed)
    assert area is not None
    found = find_stale(formulas, [("表", area)], names, ["一", "表", "三"])
    return [f"{formula.sheet}!{formula.area}" for formula in found]


@pytest.mark.parametrize(
    ("text", "is_stale"),
    [
        ("A1", True),
        ("A2", False),
        ("$A$1*2", True),
        ("SUM(A1:A9)", True),
        ("SUM(B1:B9)", False),
        ("SUM(A:A)", True),
        ("SUM(1:1)", True),
        ("SUM(2:2)+SUM(B:B)", False),
        ("表!A1", True),
        ("'表'!A1", True),
        ("一!A1", False),
        ("SUM(一:三!A1)", True),
        ("SUM(一:三!A2)", False),
        ("SUM(一:四!A2)", True),
        ("[1]表!A1", False),
        ('"A1"', False),
        ('INDIRECT("B5")', True),
        ("OFFSET(B1,1,1)", True),
        ("TODAY()", True),
        ("_xlfn.RANDARRAY(2)", True),
        ("B1:INDEX(B:B,3)", True),
        ("B1", False),
        ("合计", True),
        ("双", True),
        ("别的", False),
        ("环", False),
        ("相对", True),
        ("现在", True),
        ("没有", False),
        ("加(B1)", True),
        ("明细[数量]", True),
        ("明细[单价]", False),
        ("SUM(明细)", True),
        ("明细[[#This Row],[数量]]", False),
        ("明细[没有]", True),
        ("别的表[数量]", True),
        ("1+1", False),
    ],
)
def test_formula_is_stale_if_it_reads_what_changed(text: str, is_stale: bool) -> None:
    """A1 of 表 changed; Z50 of 表 reads it, or does not, or it cannot be told."""
    names = Names(
        {
            "合计": "表!$A$1:$A$3",
            "双": "合计*2",
            "别的": "表!$B$1",
            "环": "环+1",
            "相对": "表!B1",
            "现在": "NOW()",
            "加": "LAMBDA(x,x+表!$A$1)",
        },
        [Table("明细", "表", Area(1, 1, 60, 2), ("数量", "单价"), 0)],
    )
    assert stale([at("Z50", text)], "A1", names) == (["表!Z50"] if is_stale else [])


def test_stale_formula_makes_its_readers_stale() -> None:
    """Along chains, over sheets, and out of every cell of an array formula."""
    formulas = [
        at("B1", "A1*2"),
        at("C1", "SUM(B1:B3)"),
        at("D1", "表!C1", "三"),
        at("E1:E5", "C1:C5*2"),
        at("F1", "E4"),
        at("G1", "C2"),
        at("H1", "G1"),
    ]
    assert stale(formulas, "A1") == ["表!B1", "表!C1", "三!D1", "表!E1:E5", "表!F1"]


def test_formula_in_cells_that_changed_is_stale_itself() -> None:
    """A formula on a loop's row is written anew, and so are its readers."""
    formulas = [at("C5", "A5*B5"), at("C9", "SUM(C5:C5)"), at("D5:D7", "1"), at("E1", "D7")]
    assert stale(formulas, "A5:D5") == ["表!C5", "表!C9", "表!D5:D7", "表!E1"]


CELLS = st.tuples(st.integers(1, 6), st.integers(1, 6))
TEXTS = st.lists(
    st.tuples(CELLS, CELLS).map(
        lambda pair: str(
            Area(
                min(pair[0][0], pair[1][0]),
                min(pair[0][1], pair[1][1]),
                max(pair[0][0], pair[1][0]),
                max(pair[0][1], pair[1][1]),
            )
        )
    ),
    min_size=1,
    max_size=2,
).map("+".join)


@given(st.dictionaries(CELLS, TEXTS, max_size=20), CELLS)
def test_stale_formulas_are_those_that_a_plain_search_finds(
    texts: dict[tuple[int, int], str], changed: tuple[int, int]
) -> None:
    """The same as going over all formulas until none is added."""
    formulas = [FormulaAt("表", Area(*cell, *cell), text) for cell, text in texts.items()]
    dirty = {changed}
    while more := {
        cell for cell, text in texts.items() if cell not in dirty and reads(text, dirty)
    }:
        dirty |= more
    found = find_stale(formulas, [("表", Area(*changed, *changed))])
    assert {(formula.area.first_row, formula.area.first_column) for formula in found} == (
        dirty & set(texts)
    )


def reads(text: str, dirty: set[tuple[int, int]]) -> bool:
    """Whether a formula reads one of the cells."""
    areas = [token.ref.area for token in scan(text) if token.ref]
    return any(
        area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column
        for area in areas
        for row, column in dirty
    )


def test_many_formulas_over_one_table_are_searched_in_no_time() -> None:
    """4,000 lookups into one area: each is asked once, not once for each other."""
    formulas = [at(f"B{row}", f"VLOOKUP(A{row},$D$1:$Z$900,2,0)") for row in range(1, 4_001)]
    assert len(stale(formulas, "A1:A4000")) == 4_000
