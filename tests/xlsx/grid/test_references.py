"""References after rows and columns have moved: the tables, and loops, groups and sheets."""

import pytest

from govdocs.errors import TemplateError
from govdocs.xlsx.grid.layout import ROW_LIMIT, Axis, Layout
from govdocs.xlsx.grid.references import Mapper
from govdocs.xlsx.grid.strips import SheetLayout
from tests.xlsx.grid.cases import AS_INSERTED, OF_LOOPS, Case, layout_of, repeated


def nested(*counts: int) -> Axis:
    """Groups over rows 5..7 (head, details, subtotal) with a loop over row 6 in each."""
    layout = Layout(ROW_LIMIT)
    layout.begin(5, 7)
    for count in counts:
        layout.enter(5, 7)
        layout.begin(6, 6)
        for _ in range(count):
            layout.step(6, 6)
        layout.end()
        layout.leave()
    layout.end()
    return layout.finish()


def on_rows(axis: Axis) -> Mapper:
    """A book with one sheet that moved."""
    return Mapper({"表": SheetLayout(rows=axis)})


def loop(count: int) -> Mapper:
    """A loop over row 5."""
    return on_rows(repeated(ROW_LIMIT, (5, 5, count)))


@pytest.mark.parametrize("case", AS_INSERTED, ids=str)
def test_reference_follows_as_on_insertion(case: Case) -> None:
    """A loop's rows move references as Excel does when rows are inserted or removed."""
    mapper = Mapper({case.edited: layout_of(case.edit)})
    assert plain(mapper.map_formula(case.before, case.sheet)) == plain(case.after)


@pytest.mark.parametrize("case", OF_LOOPS, ids=str)
def test_reference_to_a_loop_from_outside(case: Case) -> None:
    """From outside a reference means all copies where an area is read, else the first one."""
    mapper = Mapper({case.edited: layout_of(case.edit)})
    assert mapper.map_formula(case.before, case.sheet) == case.after


def plain(formula: str) -> str:
    """A formula as LibreOffice writes it: numbers in full, no quotes around 表."""
    formula = formula.replace("1E5", "100000").replace("1.5E-3", "0.0015")
    return formula.replace("'表'!", "表!")


def faults(mapper: Mapper, formula: str, sheet: str = "表") -> str:
    """What is told about a formula that cannot follow."""
    with pytest.raises(TemplateError) as caught:
        mapper.map_formula(formula, sheet, (2, 3))
    return str(caught.value)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("C5*D5", "C7*D7"),
        ("$C$5*D$5", "$C$7*D$7"),
        ("SUM(C5:E5)", "SUM(C7:E7)"),
        ("SUM(C5)", "SUM(C7)"),
        ("SUM(5:5)", "SUM(7:7)"),
        ("表!C5", "表!C7"),
        ("C4*C5", "C4*C7"),
        ("C5/C$6", "C7/C$9"),
        ("C5/SUM(C4:C6)", "C7/SUM(C4:C9)"),
        ("SUM(C4:C5)", "SUM(C4:C7)"),
        ("SUM(C$5:C5)", "SUM(C$5:C7)"),
        ("SUM(C5:C$5)", "SUM(C7:C$8)"),
        ("SUM($C$5:C5)", "SUM($C$5:C7)"),
        ("SUM(C5:C6)", "SUM(C7:C9)"),
        ("SUM(C5:C1048576)", "SUM(C7:C1048576)"),
        ("VLOOKUP(C5,$H$2:$I$3,2,0)", "VLOOKUP(C7,$H$2:$I$3,2,0)"),
    ],
)
def test_reference_inside_a_loop_follows_its_own_pass(before: str, after: str) -> None:
    """In the third copy of row 5, row 5 is row 7; what lies outside is where it is for all."""
    assert loop(4).map_formula(before, "表", (7, 6)) == after


def test_reference_inside_a_conditional_row_of_a_loop_runs_from_the_loops_first_pass() -> None:
    """``C$5:C5`` runs over the loop even where the formula stands in an ``if`` inside it."""
    layout = Layout(ROW_LIMIT)
    layout.begin(5, 6)
    for _ in range(3):
        layout.enter(5, 6)
        layout.begin(6, 6, loop=False)
        layout.step(6, 6)
        layout.end()
        layout.leave()
    layout.end()
    mapper = on_rows(layout.finish())
    assert mapper.map_formula("SUM(C$6:C6)", "表", (10, 3)) == "SUM(C$6:C10)"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(C6:C6)", "SUM(C6:C7,C10:C10,C13:C15)"),
        ("SUM(C6)", "SUM(C6:C7,C10,C13:C15)"),
        ("SUM(C7)", "SUM(C8,C11,C16)"),
        ("SUM(C5:C7)", "SUM(C5:C16)"),
        ("SUM(C5:C6)", "SUM(C5:C7,C9:C10,C12:C15)"),
        ("SUBTOTAL(9,C6)", "SUBTOTAL(9,C6:C7,C10,C13:C15)"),
        ("SUM((C6:C6,E9))", "SUM((C6:C7,C10:C10,C13:C15,E18))"),
        (
            'SUMIF(B6,"x",C6)',
            '(SUMIF(B6:B7,"x",C6:C7)+SUMIF(B10,"x",C10)+SUMIF(B13:B15,"x",C13:C15))',
        ),
        (
            "SUMPRODUCT(C6*D6)",
            "(SUMPRODUCT(C6:C7*D6:D7)+SUMPRODUCT(C10*D10)+SUMPRODUCT(C13:C15*D13:D15))",
        ),
        (
            "COUNTIF(C6,SUM(C6))",
            "(COUNTIF(C6:C7,SUM(C6:C7,C10,C13:C15))+COUNTIF(C10,SUM(C6:C7,C10,C13:C15))+COUNTIF(C13:C15,SUM(C6:C7,C10,C13:C15)))",
        ),
        ("C6+C7", "C6+C8"),
        ("C9", "C18"),
    ],
)
def test_reference_into_groups_from_outside_lists_the_areas(before: str, after: str) -> None:
    """Copies that are not neighbours are listed one by one: exactly the cells that are meant."""
    assert on_rows(nested(2, 1, 3)).map_formula(before, "表") == after


@pytest.mark.parametrize(
    ("cell", "before", "after"),
    [
        ((16, 3), "SUM(C6:C6)", "SUM(C13:C15)"),
        ((16, 3), "SUBTOTAL(9,C6)", "SUBTOTAL(9,C13:C15)"),
        ((16, 3), "SUM(C5:C6)", "SUM(C12:C15)"),
        ((11, 3), "SUM(C6)", "SUM(C10)"),
        ((14, 3), "C6*C5", "C14*C12"),
        ((14, 3), "C6/C7", "C14/C16"),
        ((14, 3), "C6/C9", "C14/C18"),
        ((14, 3), "SUM(C$6:C6)", "SUM(C$13:C14)"),
        ((14, 3), "SUM(C5:C6)", "SUM(C12:C14)"),
    ],
)
def test_reference_inside_a_group_sees_only_its_own_group(
    cell: tuple[int, int], before: str, after: str
) -> None:
    """A subtotal counts the details of its own pass of the outer loop."""
    assert on_rows(nested(2, 1, 3)).map_formula(before, "表", cell) == after


def test_group_without_details_has_subtotal_zero() -> None:
    """In a group whose inner loop is empty a subtotal is 0, in the others it counts."""
    mapper = on_rows(nested(2, 0, 1))
    formula = mapper.formula("SUM(C6:C6)", "表")
    assert [formula.at(row, 3) for row in (8, 10, 13)] == ["SUM(C6:C7)", "0", "SUM(C12:C12)"]


def test_more_areas_than_arguments_become_one_union() -> None:
    """300 subtotals are one argument in parentheses, as Excel takes 255 arguments."""
    got = on_rows(nested(*[2] * 300)).map_formula("SUM(C7)", "表")
    areas = ",".join(f"C{row}" for row in range(8, 8 + 4 * 300, 4))
    assert got == f"SUM(({areas}))"


def test_subtotal_over_too_many_areas_spans_them_if_nothing_else_counts() -> None:
    """SUBTOTAL may read from first to last copy where only subtotals lie between; it is asked."""
    asked = []

    def may_span(sheet: str, area: object) -> bool:
        asked.append((sheet, str(area)))
        return True

    rows = SheetLayout(rows=nested(*[2] * 300))
    mapper = Mapper({"表": rows}, may_span=may_span)
    assert mapper.map_formula("SUBTOTAL(9,C6)", "表") == "SUBTOTAL(9,C6:C1203)"
    assert asked == [("表", "C5:C7")]


def test_subtotal_over_too_many_areas_is_a_problem_if_others_count() -> None:
    """Where something else lies between the copies nothing is written."""
    told = faults(on_rows(nested(*[2] * 300)), "SUBTOTAL(9,C6)")
    assert told == (
        "[reference.scattered] C6 in the formula SUBTOTAL(9,C6) came out in several pieces, where "
        "only one rectangle can stand\n"
        "  where: cell 表!C2\n"
        "  mend: refer to all rows of the outer loop, or sum up with SUM, COUNT or another "
        "function that takes several areas, and refer to that cell."
    )


def test_formula_too_long_for_excel_is_a_problem() -> None:
    """3,000 areas do not fit into 8,192 characters."""
    told = faults(on_rows(nested(*[2] * 3000)), "SUM(C7)")
    assert told == (
        "[reference.too_long] with all of its rows listed the formula SUM(C7) has 18236 characters"
        "; Excel takes 8192\n"
        "  where: cell 表!C2\n"
        "  mend: sum over all rows of the outer loop (SUBTOTAL leaves subtotals out), not over one "
        "row of an inner loop."
    )


def test_cell_that_vanished_is_a_problem_with_its_place() -> None:
    """A formula that reads one cell of an empty loop cannot be right."""
    assert faults(loop(0), "C5*2+C5") == (
        "[reference.vanished] the formula C5*2+C5 refers to C5, which vanished with an empty loop "
        "or a condition that does not hold\n"
        "  where: cell 表!C2\n"
        "  mend: refer to it through a function of areas (SUM(C5) is 0 when there are no rows), or "
        "put the formula into the same condition."
    )


@pytest.mark.parametrize(
    "formula",
    [
        "C5",
        "C5:C5",
        "IF(C9>0,C5,0)",
        "ABS(C5)",
        "SUMIF(A9:A10,C5,B9:B10)",
        "INDEX(C5:C5,1)",
        "SUM(INDEX(C5:C5,1)+5)",
        "SUM(C5*2)",
        "SUBTOTAL(C9,C5:C5)",
        "CHOOSE(1,C5:C5)",
        "C5#",
        "C5:INDEX(C:C,9)",
        "SUM(XYZ(C5:C5))",
        "AREAS((C5,D5))",
        "COLUMNS(C5:C5)",
        "TEXTJOIN(C5,TRUE,C9)",
    ],
)
def test_vanished_cell_where_no_empty_set_is_known_is_a_problem(formula: str) -> None:
    """What has no value over nothing is never given one."""
    assert "[reference.vanished]" in faults(loop(0), formula)


@pytest.mark.parametrize(
    "formula",
    ["VLOOKUP(1,C6:D6,2)", "C6:C6", "INDEX(C6:C6,2)", "SUM(C6:C6*2)", "SUMPRODUCT(C6:C6,D5:D7)"],
)
def test_area_that_came_apart_where_one_is_wanted_is_a_problem(formula: str) -> None:
    """A lookup over the details of several groups has no single table to look into."""
    assert "[reference.scattered]" in faults(on_rows(nested(2, 1)), formula)


def test_all_faults_of_a_formula_are_told_at_once() -> None:
    """Two cells that vanished are two problems."""
    with pytest.raises(TemplateError) as caught:
        loop(0).map_formula("C5+D5+C5", "表")
    assert [problem.fields["reference"] for problem in caught.value] == ["C5", "D5"]


def test_cell_pushed_off_the_grid_is_a_problem() -> None:
    """Row 1,048,576 cannot move down."""
    assert "[reference.off_grid] A1048576" in faults(loop(2), "A1048576")


def test_area_that_holds_areas_takes_all_copies_of_a_cell() -> None:
    """A chart over one point of the loop's row gets all of its points, in areas if need be."""
    mapper = Mapper({"表": SheetLayout(rows=nested(2, 1))})
    assert mapper.map_formula("表!$C$6", None, reads="area") == "(表!$C$6:$C$7,表!$C$10)"
    assert mapper.map_formula("表!$C$5:$C$7", None, reads="area") == "表!$C$5:$C$11"
    assert (
        mapper.map_formula("(表!$C$6,表!$C$9)", None, reads="area")
        == "(表!$C$6:$C$7,表!$C$10,表!$C$13)"
    )
    assert (
        mapper.map_formula("表!$5:$5,表!$A:$A", None, reads="area") == "表!$5:$5,表!$9:$9,表!$A:$A"
    )


def test_area_holder_without_cells_or_with_a_call_is_a_problem() -> None:
    """A chart over rows that are gone, or over a lookup that came apart, is told of."""
    with pytest.raises(TemplateError, match=r"\[reference\.vanished\]"):
        loop(0).map_formula("表!$C$5:$D$5", None, reads="area")
    with pytest.raises(TemplateError, match=r"\[reference\.scattered\]"):
        on_rows(nested(2, 1)).map_formula("INDEX(表!C6:C6,1)", None, reads="area")


@pytest.mark.parametrize("formula", ["AND(C7)", "TEXTJOIN(1,1,C7)", "SUM(C7*1,C7)"])
def test_too_many_areas_where_no_union_can_stand_are_a_problem(formula: str) -> None:
    """Functions of texts and of logical values take no union of 300 cells."""
    assert "[reference.scattered]" in faults(on_rows(nested(*[2] * 300)), formula, "表")


@pytest.mark.parametrize("formula", ["SUBTOTAL(9,C6,(D6,E6))", "SUBTOTAL(9,模板!C6:C6)"])
def test_subtotal_is_not_spanned_over_unions_and_several_sheets(formula: str) -> None:
    """What is no single area of one sheet is not read from first to last."""
    many = SheetLayout(rows=nested(*[2] * 300))
    sheets = {"表": ["表"], "模板": ["甲", "乙"]}
    mapper = Mapper({"表": many, "甲": many, "乙": many}, sheets, may_span=lambda *_: True)
    assert "[reference.scattered]" in faults(mapper, formula)


def test_array_formula_reads_cells_of_a_loop_as_all_copies() -> None:
    """``{=SUM(C5*D5)}`` multiplies row by row, so it means all rows."""
    assert loop(4).map_formula("SUM(C5*D5)", "表", reads="array") == "SUM(C5:C8*D5:D8)"


def test_loop_over_rows_and_columns_moves_a_cell_both_ways() -> None:
    """In the copy in row 6, column D a reference to C5 is D6; the row's sum spans the columns."""
    layout = layout_of("rows 5 x3; cols C x2")
    mapper = Mapper({"表": layout})
    assert mapper.map_formula("C5*C$4*$B5", "表", (6, 4)) == "D6*D$4*$B6"
    assert mapper.map_formula("SUM(C5:C5)", "表", (6, 5)) == "SUM(C6:D6)"
    assert mapper.map_formula("SUM(C5:C5)", "表", (8, 5)) == "SUM(C5:D7)"


def test_sheet_per_item_keeps_references_to_itself_and_is_summed_from_outside() -> None:
    """Each copy of a sheet has its own name and rows; outside, SUM takes all, a cell the first."""
    layouts = {
        "甲": SheetLayout(rows=repeated(ROW_LIMIT, (5, 5, 2))),
        "乙 二": layout_of("rows 5 x3"),
    }
    mapper = Mapper(layouts, {"汇总": ["汇总"], "模板": ["甲", "乙 二"]})
    assert mapper.map_formula("模板!C6+C6", "乙 二") == "'乙 二'!C8+C8"
    assert mapper.map_formula("SUM(模板!C5:C5)", "汇总") == "SUM(甲!C5:C6,'乙 二'!C5:C7)"
    assert mapper.map_formula("模板!C6", "汇总") == "甲!C7"
    assert mapper.map_formula("模板!合计", "汇总") == "甲!合计"
    assert mapper.map_formula("模板!#REF!", "汇总") == "甲!#REF!"
    assert "[reference.scattered]" in faults(mapper, "VLOOKUP(1,模板!A1:B3,2)", "汇总")


def test_sheet_that_came_out_not_at_all_is_gone_for_others() -> None:
    """SUM over a sheet without items is 0; a single cell of it is a problem."""
    mapper = Mapper({}, {"汇总": ["汇总"], "模板": []})
    assert mapper.map_formula("SUM(模板!C5:C9)", "汇总") == "0"
    assert "[reference.vanished]" in faults(mapper, "模板!C5", "汇总")


def test_run_of_sheets_that_came_out_not_at_all_is_gone() -> None:
    """SUM over no sheets is 0; a run of several sheets is that of those that are left."""
    mapper = Mapper({}, {"首": ["首"], "一": [], "二": [], "三": ["三"]})
    assert mapper.map_formula("SUM(一:二!A1)", "首") == "0"
    assert mapper.map_formula("SUM(一:三!A1)", "首") == "SUM(三:三!A1)"


def test_renamed_sheet_is_followed_in_its_quotes() -> None:
    """Names that need quotes get them; those that were quoted without need may lose them."""
    mapper = Mapper({}, {"表": ["2019年 统计"], "a b": ["总表"], "S": ["O'Brien"], "T": ["R1"]})
    assert mapper.map_formula("表!C5+'a b'!C6", "首") == "'2019年 统计'!C5+总表!C6"
    assert mapper.map_formula('S!A1&T!A1&"表!C5"', "首") == "'O''Brien'!A1&'R1'!A1&\"表!C5\""


def test_run_of_sheets_follows_where_all_moved_alike() -> None:
    """A 3-D reference follows its ends; if one sheet moved otherwise it is a problem."""
    alike = {"二": layout_of("rows 5 x3"), "三": layout_of("rows 5 x3")}
    order = {"首": ["首"], "一": ["二"], "三": ["三"], "尾": ["尾"]}
    mapper = Mapper(alike, order)
    assert mapper.map_formula("SUM(一:三!C6)", "首") == "SUM(二:三!C8)"
    assert mapper.map_formula("SUM(一:三!C5:C5)", "首") == "SUM(二:三!C5:C7)"
    assert mapper.map_formula("SUM(首:尾!C4)", "首") == "SUM(首:尾!C4)"
    assert "[reference.sheets_differ] the sheets that 首:尾!C6" in faults(mapper, "SUM(首:尾!C6)")


def test_table_with_a_new_name_is_followed() -> None:
    """Structured references and bare table names take the new name."""
    mapper = Mapper({}, tables={"明细": {"表": "明细2"}})
    assert mapper.map_formula("SUM(明细[数量])+ROWS(明细)", "表") == "SUM(明细2[数量])+ROWS(明细2)"


def test_fault_on_no_sheet_or_outside_of_cells_names_what_is_known() -> None:
    """A name's formula has no cell; a rule has a sheet only."""
    with pytest.raises(TemplateError) as of_name:
        loop(0).map_formula("表!C5", None)
    assert of_name.value.problems[0].places[0].describe() == ""
    with pytest.raises(TemplateError) as of_rule:
        loop(0).map_formula("C5", "表")
    assert of_rule.value.problems[0].places[0].describe() == "sheet 表"
