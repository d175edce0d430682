"""Cached values: worked out where they are sure, UNKNOWN everywhere else."""

from decimal import Decimal

import pytest

from govdocs.xlsx.grid.address import Area
from govdocs.xlsx.grid.calc import Calculator, FormulaCell
from govdocs.xlsx.grid.cellvalues import UNKNOWN, ErrorValue, as_value
from govdocs.xlsx.grid.layout import ROW_LIMIT
from govdocs.xlsx.grid.names import Names, Table
from govdocs.xlsx.grid.references import Mapper
from govdocs.xlsx.grid.strips import SheetLayout
from tests.xlsx.grid.cases import repeated
from tests.xlsx.grid.sums import CELLS, EXCEL_ONLY, VALUES
from tests.xlsx.grid.workbooks import Cells, worked_out


def shown(value: object) -> object:
    """A value as a cell shows it."""
    return value.code if isinstance(value, ErrorValue) else value


@pytest.mark.parametrize(("formula", "value"), VALUES + EXCEL_ONLY)
def test_value_of_a_formula(formula: str, value: object) -> None:
    """The functions of statistics sheets give Excel's values."""
    got = shown(worked_out(formula, CELLS))
    assert (type(got), got) == (type(value), value)


@pytest.mark.parametrize(
    "formula",
    [
        "VLOOKUP(1,A1:A2,1)",
        "SUM(A1:A2)+VLOOKUP(1,A1,1)",
        "A1:A2",
        "A1:A2+1",
        "{1,2}",
        "SUM({1,2})",
        "A1 A2",
        "A1:INDEX(A:A,2)",
        "合计",
        "明细[数量]",
        "[1]表!A1",
        "A1#",
        "LET(x,1,x)",
        "TODAY()",
        "0.3-0.2-0.1",
        '"2019-1-24"+1',
        '"１２"+1',
        '"甲"<"乙"',
        'IF("x",1,2)',
        'COUNTIF(D1:D3,"甲*")',
        'COUNTIF(D1:D3,"<>甲")',
        'COUNTIF(D1:D3,"")',
        'SUMIF(D1:D3,"<b",E1:E3)',
        'COUNTIF(D1:D3,"TRUE")',
        'COUNTIF(D1:D3,"#N/A")',
        'COUNTIF(D1:D3,"<>5")',
        "COUNTIF(D1:D3,TRUE)",
        "COUNTIF(D1:D3)",
        "COUNTIF(1,2)",
        "COUNTIF(H1:H2,5)",
        "COUNTIF(H3:H4,5)",
        'COUNTIF(H3:H4,"x")',
        "SUMIF(D1:D3)",
        'SUMIF(D1:D3,"甲",1)',
        "SUMPRODUCT()",
        "SUMPRODUCT(表:表!E1:E3)",
        "SUMPRODUCT(H3:H4)",
        "SUMPRODUCT(D1:D2&E1:E2)",
        "SUMPRODUCT(1:200)",
        "表:表!A1+1",
        "SIGN(1,2)",
        "IFERROR(1)",
        "ROUND(H3,1)",
        "AND(H3:H4)",
        "H3&1",
        "1+H3",
        "MAX(H3:H4)",
        "明细[@数量]",
        "SUBTOTAL(A1,E1:E3)",
        "SUBTOTAL(14,E1:E3)",
        "SUBTOTAL(9,1)",
        "SUMPRODUCT(E1:E3*C1:C2)",
        "SUMPRODUCT(SUM(E1:E3)*C1:C3)",
        "ROUND(1)",
        "ROUND(28.499999999999996,0)",
        "ROUND(1.5,25)",
        "IF(1)",
        "NOT()",
        "SUM()",
        "SUM(1",
        "1+",
        "",
        "1E300&1",
        "IFERROR(VLOOKUP(1,A1,1),0)",
        "COUNT(VLOOKUP(1,A1,1))",
        "(1,2)",
        "(" * 200 + "1" + ")" * 200,
    ],
)
def test_formula_that_is_beyond_the_evaluator_is_unknown(formula: str) -> None:
    """What is not sure is never guessed, and an error handler does not hide it."""
    assert worked_out(formula, CELLS) is UNKNOWN


def test_conditions_and_products_pass_on_errors() -> None:
    """An error in what is summed up is the result; one in what is compared meets no condition."""
    cells = {"A1": 1, "A2": "=1/0", "A3": 3, "B1": "x", "B2": "x", "B3": "y"}
    for formula, value in [
        ('SUMIF(B1:B3,"x",A1:A3)', "#DIV/0!"),
        ('SUMIF(B1:B3,"y",A1:A3)', 3.0),
        ('COUNTIF(A1:A3,">0")', 2.0),
        ('COUNTIF(B1:B3,"=x")', 2.0),
        ("COUNTIF(A1:B3,3)", 1.0),
        ("SUMPRODUCT(A1:A3,A1:A3)", "#DIV/0!"),
        ("SUMPRODUCT(A1:A3*2)", "#DIV/0!"),
        ("SUMPRODUCT(A3,A2)", "#DIV/0!"),
        ("SUMPRODUCT(A2,A3)", "#DIV/0!"),
        ("AND(A1:A3)", "#DIV/0!"),
        ("ROUND(A2,1)", "#DIV/0!"),
        ("ROUND(1.25,A2)", "#DIV/0!"),
        ("A2&1", "#DIV/0!"),
        ("1&A2", "#DIV/0!"),
        ("1+A2", "#DIV/0!"),
        ("-A2", "#DIV/0!"),
        ("NOT(A2)", "#DIV/0!"),
        ("A2=1", "#DIV/0!"),
        ("Z1:Z1+1", 1.0),
    ]:
        assert shown(worked_out(formula, cells)) == value, formula


def test_decimals_and_whole_numbers_become_doubles() -> None:
    """A Decimal is the double that Excel holds, a long number loses what a double loses."""
    assert as_value(Decimal("0.1")) == 0.1
    assert as_value(12345678901234567890) == 1.2345678901234567e19
    assert as_value(10**400) is UNKNOWN
    assert as_value(float("nan")) is UNKNOWN
    assert as_value(object()) is UNKNOWN
    assert worked_out("SUM(A1:A2)", {"A1": Decimal("0.1"), "A2": Decimal("0.2")}) == 0.1 + 0.2


def test_circle_is_unknown_and_its_neighbours_are_not() -> None:
    """Formulas that read each other have no value; the others have theirs."""
    cells = {"A1": "=A2", "A2": "=A1", "A3": 5, "A4": "=A4+1", "A5": "=SUM(A3:A5)"}
    assert worked_out("A1", cells) is UNKNOWN
    assert worked_out("A4", cells) is UNKNOWN
    assert worked_out("A5", cells) is UNKNOWN
    assert worked_out("A3+1", cells) == 6.0
    assert worked_out("IF(A3>0,A3,A1)", cells) == 5.0


def test_long_chain_does_not_exhaust_the_stack() -> None:
    """Row 4,000 of a running balance waits for 3,999 others."""
    cells: dict[str, object] = {f"E{row}": f"=E{row - 1}+D{row}" for row in range(2, 4_001)}
    cells |= {f"D{row}": 1 for row in range(2, 4_001)} | {"E1": 0}
    calculator = Calculator(Cells({"表": cells}))
    assert calculator.value("表", 4_000, 5) == 3_999.0


def test_running_totals_read_each_row_once() -> None:
    """SUM(A$1:An) in 300 rows reads 300 cells and not 45,000."""
    cells: dict[str, object] = {f"A{row}": 1 for row in range(1, 301)}
    cells |= {f"B{row}": f"=SUM(A$1:A{row})" for row in range(1, 301)}
    calculator = Calculator(Cells({"表": cells}), cells_limit=1500)
    assert [calculator.value("表", row, 2) for row in range(1, 301)] == list(range(1, 301))


def test_workbook_beyond_the_limit_is_unknown() -> None:
    """When too many cells would be read the rest is left to Excel."""
    cells: dict[str, object] = {f"A{row}": 1 for row in range(1, 101)} | {"B1": "=SUM(A1:A100)"}
    assert Calculator(Cells({"表": cells}), cells_limit=50).value("表", 1, 2) is UNKNOWN


def test_subtotal_over_hidden_rows_is_unknown() -> None:
    """What is filtered away counts or not by the number of the function: left to Excel."""
    cells: dict[str, object] = {"A1": 1, "A2": 2, "B1": "=SUBTOTAL(9,A1:A2)", "B2": "=SUM(A1:A2)"}
    calculator = Calculator(Cells({"表": cells}, hidden=[2]))
    assert calculator.value("表", 1, 2) is UNKNOWN
    assert calculator.value("表", 2, 2) == 3.0


def test_formula_reads_other_sheets_and_runs_of_sheets() -> None:
    """Names of sheets are found whatever their case; a 3-D sum takes all sheets between."""
    sheets: dict[str, dict[str, object]] = {
        "一": {"A1": 1},
        "b": {"A1": 2},
        "三": {"A1": 4},
        "总": {"B1": "=SUM(一:三!A1)+b!A1"},
    }
    assert Calculator(Cells(sheets)).value("总", 1, 2) == 9.0


def test_name_is_followed_through_its_definition() -> None:
    """A name is worked out where all of its references are fixed; circles of names are not."""
    names = Names(
        {
            "合计": "表!$A$1:$A$2",
            "税率": "0.5",
            "双": "SUM(合计)*2",
            "环": "环+1",
            "相对": "表!A1",
            "表!局部": "表!$A$1",
        }
    )
    cells = {"A1": 1, "A2": 2}
    assert worked_out("SUM(合计)*税率", cells, names) == 1.5
    assert worked_out("双", cells, names) == 6.0
    assert worked_out("局部+表!局部", cells, names) == 2.0
    assert worked_out("环", cells, names) is UNKNOWN
    assert worked_out("相对", cells, names) is UNKNOWN


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("SUM(明细[数量])", 6.0),
        ("SUM(明细)", 606.0),
        ("SUM(明细[])", 606.0),
        ("SUBTOTAL(109,明细[数量])", 6.0),
        ("SUM(明细[[数量]:[单价]])", 606.0),
        ("SUM(明细[[#Data],[单价]])", 600.0),
        ("SUM(明细[[#Data],[#Totals],[数量]])", 106.0),
        ("明细[[#Totals],[数量]]", 100.0),
        ("明细[[#Headers],[单价]]", "单价"),
        ("COUNTA(明细[#All])", 9.0),
        ("SUM(明细[没有])", UNKNOWN),
        ("明细[[#This Row],[#Totals],[数量]]", UNKNOWN),
        ("SUM([数量])", UNKNOWN),
        ("SUM(别的[数量])", UNKNOWN),
        ("SUM(明细[[数量],[单价],[数量]])", UNKNOWN),
    ],
)
def test_structured_reference_reads_its_part_of_the_table(formula: str, value: object) -> None:
    """Columns by name, heads, totals: as the table lies after the fill."""
    table = Table("明细", "表", Area(1, 1, 5, 2), ("数量", "单价"), 1, 1)
    cells = {"A1": "数量", "B1": "单价", "A5": 100}
    cells |= {
        f"{'AB'[column]}{row}": (row - 1) * 100**column for row in (2, 3, 4) for column in (0, 1)
    }
    assert worked_out(formula, cells, Names({}, [table])) == value


def test_this_row_of_a_table_is_the_formulas_own_row() -> None:
    """``[#This Row]`` reads the row in which the formula stands."""
    table = Table("明细", "表", Area(1, 1, 3, 3), ("数量", "单价", "金额"))
    cells: dict[str, object] = {"A2": 2, "B2": 10, "A3": 3, "B3": 10}
    cells |= {f"C{row}": "=明细[[#This Row],[数量]]*明细[[#This Row],[单价]]" for row in (2, 3)}
    calculator = Calculator(Cells({"表": cells}), Names({}, [table]))
    assert [calculator.value("表", row, 3) for row in (2, 3)] == [20.0, 30.0]


def test_reference_without_its_tables_name_is_of_the_table_around() -> None:
    """``[数量]`` in a cell of a table means that table."""
    table = Table("明细", "表", Area(1, 1, 4, 2), ("数量", "合计"), 1, 1)
    cells: dict[str, object] = {"A2": 2, "A3": 3, "B4": "=SUM([数量])", "B5": "=SUM([数量])"}
    calculator = Calculator(Cells({"表": cells}), Names({}, [table]))
    assert calculator.value("表", 4, 2) == 5.0
    assert calculator.value("表", 5, 2) is UNKNOWN


def test_name_of_whole_rows_or_columns_is_fixed_by_their_own_marks() -> None:
    """``$A:$A`` and ``$1:$2`` are fixed, ``A:$A`` is not."""
    names = Names({"列": "表!$A:$A", "行": "表!$1:$2", "动": "表!A:$A"})
    cells = {"A1": 1, "A2": 2, "B2": 4}
    assert worked_out("SUM(列)", cells, names) == 3.0
    assert worked_out("SUM(行)", cells, names) == 7.0
    assert worked_out("SUM(动)", cells, names) is UNKNOWN


def test_copies_of_a_loops_formula_share_one_program() -> None:
    """A mapper's pattern is worked out for each copy, and its total for 0, 1, 2, 1,000 rows."""
    for count in (0, 1, 2, 1000):
        mapper = Mapper({"表": SheetLayout(rows=repeated(ROW_LIMIT, (5, 5, count)))})
        amount, total = mapper.formula("C5*D5", "表"), mapper.formula("SUM(E5:E5)", "表")
        cells = {f"{column}{row}": row for column in "CD" for row in range(5, 5 + count)}
        book = Cells({"表": cells})
        for row in range(5, 5 + count):
            book.sheets["表"][row, 5] = FormulaCell(*amount.pattern(row, 5))
        book.sheets["表"][5 + count, 5] = FormulaCell(*total.pattern(5 + count, 5))
        calculator = Calculator(book)
        assert calculator.value("表", 5 + count, 5) == sum(row**2 for row in range(5, 5 + count))
        assert all(calculator.value("表", row, 5) == row**2 for row in range(5, 5 + count))
