"""Laws of references: nothing moved, moved and moved back, in order and in the grid."""

from hypothesis import given
from hypothesis import strategies as st

from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.grid.layout import COLUMN_LIMIT, ROW_LIMIT, Layout
from govdocs.xlsx.grid.references import Mapper
from govdocs.xlsx.grid.strips import SheetLayout
from tests.xlsx.grid.cases import repeated
from tests.xlsx.grid.test_formula import FORMULAS

SMALL = st.integers(1, 12)
AREAS = st.builds(
    lambda row, column, height, width: Area(row, column, row + height, column + width),
    SMALL,
    SMALL,
    st.integers(0, 5),
    st.integers(0, 5),
)
LOOPS = st.tuples(SMALL, st.integers(0, 3), st.integers(0, 4)).map(
    lambda loop: (loop[0], loop[0] + loop[1], loop[2])
)


def without(limit: int, first: int, last: int) -> Layout:
    """A layout in which lines were removed."""
    layout = Layout(limit)
    if first <= last:
        layout.begin(first, last)
        layout.end()
    return layout


def cells_of(areas: list[str]) -> set[tuple[int, int]]:
    """All cells of areas; each is in order and in the grid, and no cell is in two."""
    found: set[tuple[int, int]] = set()
    for text in areas:
        area = maybe_area(text)
        assert area is not None
        assert 1 <= area.first_row <= area.last_row <= ROW_LIMIT
        assert 1 <= area.first_column <= area.last_column <= COLUMN_LIMIT
        own = {
            (row, column)
            for row in range(area.first_row, area.last_row + 1)
            for column in range(area.first_column, area.last_column + 1)
        }
        assert not found & own
        found |= own
    return found


@given(FORMULAS)
def test_formula_stays_letter_by_letter_where_nothing_moved(formula: str) -> None:
    """An empty layout changes nothing, whatever the formula."""
    assert Mapper({}).map_formula(formula, "表") == formula


@given(FORMULAS)
def test_formula_stays_where_each_loop_ran_once(formula: str) -> None:
    """One pass of one row and of one column is the template itself."""
    once = SheetLayout(repeated(ROW_LIMIT, (5, 5, 1)), repeated(COLUMN_LIMIT, (3, 3, 1)))
    mapper = Mapper({"表": once, "a b": once, "一": once, "二": once, "三": once})
    for cell in (None, (1, 1), (5, 3), (9, 9)):
        assert mapper.map_formula(formula, "表", cell) == formula


@given(AREAS, LOOPS, LOOPS)
def test_areas_are_all_cells_made_from_the_reference_and_no_other(
    area: Area, down: tuple[int, int, int], across: tuple[int, int, int]
) -> None:
    """Cell by cell: an output cell is in the mapped areas if its template cell was in the area."""
    layout = SheetLayout(repeated(ROW_LIMIT, down), repeated(COLUMN_LIMIT, across))
    areas = Mapper({"表": layout}).map_area(str(area), "表")
    expected = {
        (row, column)
        for row in range(1, 60)
        for column in range(1, 60)
        if area.first_row <= layout.rows.template_line(row) <= area.last_row
        and area.first_column <= layout.columns.template_line(column) <= area.last_column
    }
    assert cells_of(areas) == expected


@given(AREAS, LOOPS.filter(lambda loop: loop[2] > 0))
def test_removing_what_was_inserted_gives_the_reference_back(
    area: Area, loop: tuple[int, int, int]
) -> None:
    """The passes after the first removed again, every reference is the template's."""
    first, last, count = loop
    inserted = Mapper({"表": SheetLayout(rows=repeated(ROW_LIMIT, loop))})
    extra = (last - first + 1) * (count - 1)
    removed = without(ROW_LIMIT, last + 1, last + extra).finish()
    back = Mapper({"表": SheetLayout(rows=removed)})
    areas = [
        again for one in inserted.map_area(str(area), "表") for again in back.map_area(one, "表")
    ]
    assert cells_of(areas) == cells_of([str(area)])


@given(AREAS, LOOPS.filter(lambda loop: loop[2] > 0), st.data())
def test_reference_inside_a_pass_reads_its_own_pass(
    area: Area, loop: tuple[int, int, int], data: st.DataObject
) -> None:
    """Seen from a copy, an area of the body is one rectangle of its own size in that copy."""
    first, last, count = loop
    row = min(max(area.first_row, first), last)
    own = Area(row, area.first_column, min(row + 1, last), area.last_column)
    turn = data.draw(st.integers(0, count - 1))
    moved = turn * (last - first + 1)
    mapper = Mapper({"表": SheetLayout(rows=repeated(ROW_LIMIT, loop))})
    text = f"A{own.first_row}:B{own.last_row}"
    seen = mapper.map_formula(text, "表", (first + moved, 1))
    assert seen == f"A{own.first_row + moved}:B{own.last_row + moved}"


@given(AREAS, LOOPS)
def test_copies_of_an_object_never_overlap(area: Area, loop: tuple[int, int, int]) -> None:
    """Merges that did not overlap in the template do not after it."""
    mapper = Mapper({"表": SheetLayout(rows=repeated(ROW_LIMIT, loop))})
    cells_of(list(mapper.copies(str(area), "表")))


Turn = tuple[int, bool]
"""One group: how many details, and whether its remark is shown."""


def fill_groups(turns: list[Turn]) -> tuple[SheetLayout, list[tuple[int, int, int]]]:
    """Groups over rows 5..9: head, a loop over 6..7, a condition on 8, subtotal.

    Returns:
        the layout, and for each output row its template row, its group and its detail (-1: none).
    """
    layout = Layout(ROW_LIMIT)
    rows = [(row, -1, -1) for row in range(1, 5)]
    layout.begin(5, 9)
    for group, (count, remark) in enumerate(turns):
        layout.enter(5, 9)
        rows.append((5, group, -1))
        layout.begin(6, 7)
        for detail in range(count):
            layout.step(6, 7)
            rows += [(6, group, detail), (7, group, detail)]
        layout.end()
        layout.begin(8, 8, loop=False)
        if remark:
            layout.step(8, 8)
            rows.append((8, group, 0))
        layout.end()
        layout.leave()
        rows.append((9, group, -1))
    layout.end()
    rows += [(row, -1, -1) for row in range(10, 15)]
    return SheetLayout(rows=layout.finish()), rows


TURNS = st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=4)


@given(TURNS, st.integers(1, 14), st.integers(0, 9), st.data())
def test_reference_among_groups_means_the_rows_that_its_seat_can_see(
    turns: list[Turn], first: int, size: int, data: st.DataObject
) -> None:
    """Seen from a row, an area is the copies of its rows in the innermost body that holds it all.

    Where one end lies in one's own body and the other outside, it reaches from one to the other;
    the innermost such body counts.
    """
    layout, rows = fill_groups(turns)
    last = min(first + size, 14)
    seat = data.draw(st.integers(1, len(rows)))
    own_row, group, detail = rows[seat - 1]
    bodies = [((1, 14), -1, -1)]
    bodies += [((5, 9), group, -1)] if group >= 0 else []
    bodies += [((6, 7) if own_row < 8 else (8, 8), group, detail)] if detail >= 0 else []
    depth = max(n for n, ((low, high), *_) in enumerate(bodies) if low <= first and last <= high)
    _, own_group, own_detail = bodies[depth]
    seen = [
        number
        for number, (row, in_group, in_detail) in enumerate(rows, start=1)
        if first <= row <= last
        and own_group in {-1, in_group}
        and (own_detail == -1 or (row in {6, 7, 8} and own_detail == in_detail))
    ]
    for body in bodies[:depth:-1]:
        cut = crossed(seen, body, rows, (first, last))
        if cut != seen:
            seen = cut
            break
    areas = Mapper({"表": layout}).map_area(f"A{first}:A{last}", "表", (seat, 1))
    assert {row for row, _ in cells_of(areas)} == set(seen)


def crossed(
    seen: list[int],
    body: tuple[tuple[int, int], int, int],
    rows: list[tuple[int, int, int]],
    ends: tuple[int, int],
) -> list[int]:
    """Cut an area at one's own body, if one of its ends lies in there."""
    (low, high), group, detail = body
    own = [
        number
        for number, (row, in_group, in_detail) in enumerate(rows, start=1)
        if low <= row <= high
        and group == in_group
        and detail in {-1, in_detail}
        and ends[0] <= row <= ends[1]
    ]
    if not own or not seen:
        return seen
    if low <= ends[0] <= high:
        return list(range(own[0], seen[-1] + 1))
    if low <= ends[1] <= high:
        return list(range(seen[0], own[-1] + 1))
    return seen
