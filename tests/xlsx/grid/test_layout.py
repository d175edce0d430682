"""Where lines come out: passes, blocks in blocks, gaps, and the questions asked afterwards."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.xlsx.grid.layout import ROW_LIMIT, ROWS_UNMOVED, Axis, Layout, unmoved
from govdocs.xlsx.grid.views import View
from tests.xlsx.grid.cases import repeated


def test_lines_below_a_loop_move_by_what_it_grew() -> None:
    """A loop with tag rows 4 and 6 around row 5: four passes put row 7 where 8 was."""
    layout = Layout(ROW_LIMIT)
    assert layout.line(3) == 3
    layout.begin(4, 6)
    assert [layout.step(5, 5) for _ in range(4)] == [4, 5, 6, 7]
    layout.end()
    assert (layout.line(7), layout.delta) == (8, 1)
    axis = layout.finish()
    assert [axis.template_line(line) for line in range(1, 10)] == [1, 2, 3, 5, 5, 5, 5, 7, 8]


def test_loop_without_passes_vanishes_with_its_tags() -> None:
    """Rows 4..6 are gone, row 7 is row 4."""
    layout = Layout(ROW_LIMIT)
    layout.begin(4, 6)
    layout.end()
    assert layout.line(7) == 4
    view = View(layout.finish())
    assert view.hull(4, 6) is None
    assert view.boundary(5) == 4


def test_passes_may_be_of_different_branches_and_heights() -> None:
    """An if-else in a loop: each pass takes lines 5..6 or line 8; blank lines keep their room."""
    layout = Layout(ROW_LIMIT)
    layout.begin(4, 9)
    starts = [layout.step(5, 6), layout.step(8, 8), layout.step(8, 8), layout.step(5, 6)]
    assert starts == [4, 6, 7, 8]
    assert layout.line(6) == 9
    layout.end()
    assert layout.line(10) == 10
    axis = layout.finish()
    assert [axis.template_line(line) for line in range(4, 11)] == [5, 6, 8, 8, 5, 6, 10]


def test_blocks_in_blocks_know_their_lines() -> None:
    """Groups of head, details, blank line and subtotal, with 2, 0 and 1 details."""
    layout = Layout(ROW_LIMIT)
    layout.begin(5, 8)
    seen = []
    for count in (2, 0, 1):
        seen.append(layout.enter(5, 8))
        layout.begin(6, 6)
        seen += [layout.step(6, 6) for _ in range(count)]
        layout.end()
        seen.append(layout.line(8))
        layout.leave()
    layout.end()
    assert seen == [5, 6, 7, 9, 10, 12, 13, 14, 16]
    axis = layout.finish()
    assert [axis.template_line(line) for line in range(4, 19)] == [
        4, 5, 6, 6, 7, 8, 5, 7, 8, 5, 6, 7, 8, 9, 10,
    ]  # fmt: skip


def test_fifty_thousand_passes_are_one_entry() -> None:
    """A uniform loop is kept as one shape and a count, groups of equal size too."""
    block = repeated(ROW_LIMIT, (5, 5, 50_000)).root.blocks[0]
    assert (len(block.shapes), block.counts, block.height) == (1, (50_000,), 50_000)
    layout = Layout(ROW_LIMIT)
    layout.begin(5, 7)
    for _ in range(1000):
        layout.enter(5, 7)
        layout.begin(6, 6)
        layout.step(6, 6)
        layout.step(6, 6)
        layout.end()
        layout.leave()
    layout.end()
    block = layout.finish().root.blocks[0]
    assert (len(block.shapes), block.counts, block.height) == (1, (1000,), 4000)


def test_body_without_lines_takes_no_room() -> None:
    """A loop whose tag rows follow each other has passes of no height."""
    layout = Layout(ROW_LIMIT)
    layout.begin(4, 5)
    for _ in range(3):
        layout.step(5, 4)
    layout.end()
    assert layout.line(6) == 4
    assert layout.finish().template_line(4) == 6


def test_two_layouts_are_the_same_if_every_line_is() -> None:
    """Columns written row by row must agree: the second row's layout is compared to the first's."""
    one, other = repeated(100, (5, 5, 3), (8, 9, 2)), repeated(100, (5, 5, 3), (8, 9, 2))
    assert one.same_as(other)
    assert not one.same_as(repeated(100, (5, 5, 3), (8, 9, 1)))
    assert not one.same_as(repeated(100, (5, 5, 3)))


def test_calls_out_of_order_are_refused() -> None:
    """A pass needs its block, a block its turn; what is open cannot be finished."""
    layout = Layout(ROW_LIMIT)
    for call in (lambda: layout.step(5, 5), lambda: layout.enter(5, 5), layout.leave, layout.end):
        with pytest.raises(ValueError, match=r"block|pass"):
            call()
    layout.begin(5, 6)
    with pytest.raises(ValueError, match="a block is still open"):
        layout.finish()
    with pytest.raises(ValueError, match=r"block 7\.\.8 begins where none can"):
        layout.begin(7, 8)
    layout.end()
    with pytest.raises(ValueError, match=r"block 6\.\.7 begins where none can"):
        layout.begin(6, 7)


LOOPS = st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), st.integers(0, 4)), max_size=4)


def axis_of(loops: list[tuple[int, int, int]]) -> Axis:
    """Loops one below the other: (lines before, lines of the body, passes)."""
    line, placed = 0, []
    for before, size, count in loops:
        placed.append((line + before, line + before + size - 1, count))
        line += before + size - 1
    return repeated(60, *placed)


@given(LOOPS)
def test_lines_come_out_once_each_and_in_order(loops: list[tuple[int, int, int]]) -> None:
    """What the layout tells of output lines is what a list of template lines would tell."""
    axis = axis_of(loops)
    written: list[int] = []
    line = 1
    for block in axis.root.blocks:
        written += range(line, block.first)
        for count in block.counts:
            written += list(range(block.first, block.last + 1)) * count
        line = block.last + 1
    written += range(line, 61)
    assert [axis.template_line(number) for number in range(1, len(written) + 1)] == written


@given(LOOPS, st.integers(1, 60), st.integers(0, 10))
def test_stretches_are_the_lines_made_from_an_area(
    loops: list[tuple[int, int, int]], first: int, size: int
) -> None:
    """All copies of an area's lines, none else, joined where they meet, in order."""
    axis, last = axis_of(loops), min(first + size, 60)
    height = axis.root.height - 1
    made = [n for n in range(1, height + 1) if first <= axis.template_line(n) <= last]
    seen = View(axis).stretches(axis.root, first, last)
    assert [line for low, high in seen for line in range(low, high + 1)] == made
    assert all(one[1] + 1 < other[0] for one, other in pairwise(seen))


def test_sheet_in_which_nothing_moved_says_so() -> None:
    """Each line is itself."""
    assert not ROWS_UNMOVED.moves
    assert unmoved(10).template_line(7) == 7
    assert ROWS_UNMOVED.path(7) == ROWS_UNMOVED.top
