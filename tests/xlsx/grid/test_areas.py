"""Areas that stand in no formula: merges, rules, names, print areas, anchors."""

import pytest

from govdocs.errors import TemplateError
from govdocs.xlsx.grid.layout import ROW_LIMIT, Layout
from govdocs.xlsx.grid.references import Mapper
from govdocs.xlsx.grid.strips import SheetLayout
from tests.xlsx.grid.cases import layout_of


def grouped() -> Mapper:
    """Groups over rows 5..7 with 2, 0 and 3 details in row 6."""
    layout = Layout(ROW_LIMIT)
    layout.begin(5, 7)
    for count in (2, 0, 3):
        layout.enter(5, 7)
        layout.begin(6, 6)
        for _ in range(count):
            layout.step(6, 6)
        layout.end()
        layout.leave()
    layout.end()
    return Mapper({"表": SheetLayout(rows=layout.finish())})


@pytest.mark.parametrize(
    ("area", "after"),
    [
        ("A5:C5", ["A5:C5", "A9:C9", "A11:C11"]),
        ("A6:C6", ["A6:C6", "A7:C7", "A12:C12", "A13:C13", "A14:C14"]),
        ("A5:A7", ["A5:A8", "A9:A10", "A11:A15"]),
        ("A4:A7", ["A4:A15"]),
        ("A4:A6", ["A4:A14"]),
        ("A7:A8", ["A8:A16"]),
        ("A9", ["A17"]),
        ("A2:C3", ["A2:C3"]),
    ],
)
def test_object_in_a_loop_has_a_copy_in_each_pass(area: str, after: list[str]) -> None:
    """A merge inside the body is repeated; one that spans more is stretched once."""
    assert list(grouped().copies(area, "表")) == after


def test_object_on_rows_that_vanished_is_gone() -> None:
    """Without passes there is no merge; one over head and loop shrinks to the head."""
    mapper = Mapper({"表": layout_of("rows 5 x0")})
    assert list(mapper.copies("A5:C5", "表")) == []
    assert list(mapper.copies("A4:C5", "表")) == ["A4:C4"]


def test_object_in_rows_and_columns_that_repeat_is_copied_both_ways() -> None:
    """Two passes down and two across are four copies."""
    mapper = Mapper({"表": layout_of("rows 5 x2; cols C:D x2")})
    assert list(mapper.copies("C5:D5", "表")) == ["C5:D5", "E5:F5", "C6:D6", "E6:F6"]


def test_object_in_one_branch_has_copies_only_there() -> None:
    """A merge of the if-branch is not repeated in passes that took the other one."""
    layout = Layout(ROW_LIMIT)
    layout.begin(5, 9)
    for first, last in ((6, 6), (8, 8), (6, 6)):
        layout.step(first, last)
    layout.end()
    mapper = Mapper({"表": SheetLayout(rows=layout.finish())})
    assert list(mapper.copies("A6:B6", "表")) == ["A5:B5", "A7:B7"]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("C6", "C6:C7 C12:C14"),
        ("C5:D7", "C5:D15"),
        ("A1 C6 D9", "A1 C6:C7 C12:C14 D17"),
        ("$C$6:$D$6", "$C$6:$D$7 $C$12:$D$14"),
        ("6:6", "6:7 12:14"),
        ("C:C", "C:C"),
    ],
)
def test_list_of_areas_holds_all_copies(text: str, after: str) -> None:
    """A rule on a loop's row applies to all of its copies, and to nothing else."""
    assert grouped().map_sqref(text, "表") == after


def test_list_of_areas_without_passes_is_empty() -> None:
    """What has vanished is left out."""
    mapper = Mapper({"表": layout_of("rows 5 x0")})
    assert mapper.map_sqref("C5 C9", "表") == "C8"
    assert mapper.map_sqref("C5", "表") == ""


def test_area_seen_from_inside_a_loop_is_its_own() -> None:
    """An anchor asked for in the second group leads to that group."""
    assert grouped().map_area("C5:C7", "表", (9, 1)) == ["C9:C10"]
    assert grouped().map_area("C6", "表", (13, 1)) == ["C13"]


@pytest.mark.parametrize(
    ("area", "after"),
    [("A1:F9", "A1:F17"), ("A6:C6", "A6:C14"), ("C6", "C6:C14"), ("A9", "A17"), ("4:9", "4:17")],
)
def test_hull_is_one_rectangle(area: str, after: str) -> None:
    """Print areas, filters and tables are stretched from first to last copy."""
    assert grouped().maybe_hull(area, "表") == after


def test_hull_of_what_vanished_is_none() -> None:
    """A print area on rows that are gone is gone."""
    assert Mapper({"表": layout_of("rows 5:6 x0")}).maybe_hull("A5:F6", "表") is None


def test_boundary_is_where_a_line_begins_now() -> None:
    """Anchors and breaks follow the line; on one that vanished, the next that has not."""
    mapper = Mapper({"表": layout_of("rows 5 x0; cols C x3")})
    assert mapper.boundary("表", row=9, column=4) == (8, 6)
    assert mapper.boundary("表", row=5) == (5, 0)


def test_area_pushed_off_the_grid_is_a_problem() -> None:
    """A validation on the last row cannot move down."""
    with pytest.raises(TemplateError) as caught:
        Mapper({"表": layout_of("rows 5 x2")}).map_sqref("A1048576", "表")
    assert str(caught.value) == (
        "[reference.off_grid] A1048576 in the formula A1048576 was pushed off the sheet "
        "(1,048,576 rows, 16,384 columns)\n"
        "  where: cell 表!A1048576\n"
        "  mend: let the loop have fewer rows or columns, or move the cell above or to the left of "
        "it."
    )


def test_text_that_is_no_area_is_refused() -> None:
    """A name is no area."""
    with pytest.raises(ValueError, match="'合计' is no address"):
        grouped().map_area("合计", "表")
