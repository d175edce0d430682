"""Blocks of rows: which rows repeat, vanish and stay."""

from collections.abc import Iterator

import openpyxl
import pytest

from govdocs.errors import TemplateError
from govdocs.template import Template
from tests.xlsx.workbooks import fill, fill_cells, make_sheet, part, read_cells, row_numbers

ROWS = [{"n": 1, "t": "甲"}, {"n": 2, "t": "乙"}, {"n": 3, "t": "丙"}]


def test_loop_in_one_row_repeats_the_row() -> None:
    """Tags in the first and last cell of a row repeat it; what is below moves down."""
    cells = {
        "A1": "头",
        "A2": "{% for r in rows %}{{ r.n }}",
        "B2": "{{ r.t }}{% endfor %}",
        "A3": "尾",
    }
    assert fill_cells(cells, {"rows": ROWS}) == {
        "A1": "头",
        "A2": 1,
        "B2": "甲",
        "A3": 2,
        "B3": "乙",
        "A4": 3,
        "B4": "丙",
        "A5": "尾",
    }


def test_rows_of_tags_only_vanish() -> None:
    """A row that holds nothing but tags is taken out, one with more stays."""
    cells = {
        "A1": "头",
        "A2": "{% for r in rows %}",
        "A3": "{{ r.n }}",
        "A4": "固定",
        "A5": "{% endfor %}",
        "A6": "尾",
    }
    filled = fill_cells(cells, {"rows": ROWS[:2]})
    assert filled == {"A1": "头", "A2": 1, "A3": "固定", "A4": 2, "A5": "固定", "A6": "尾"}


def test_empty_list_takes_its_rows_away() -> None:
    """With no items the loop's rows are gone and what follows moves up."""
    cells = {"A1": "头", "A2": "{%tr for r in rows %}{{ r.n }}{%tr endfor %}", "A3": "尾"}
    assert fill_cells(cells, {"rows": []}) == {"A1": "头", "A2": "尾"}


def test_loop_takes_a_generator_once() -> None:
    """A list may come as a generator."""

    def items() -> Iterator[dict[str, object]]:
        yield from ROWS

    cells = {"A1": "{%tr for r in rows %}{{ r.n }}{%tr endfor %}"}
    assert fill_cells(cells, {"rows": items()}) == {"A1": 1, "A2": 2, "A3": 3}


def test_condition_over_rows_chooses_a_branch() -> None:
    """``if``, ``elif`` and ``else`` in rows of their own choose rows."""
    cells = {
        "A1": "{% if n == 0 %}",
        "A2": "无",
        "A3": "{% elif n < 5 %}",
        "A4": "少",
        "A5": "些",
        "A6": "{% else %}",
        "A7": "多",
        "A8": "{% endif %}",
        "A9": "尾",
    }
    assert fill_cells(cells, {"n": 0}) == {"A1": "无", "A2": "尾"}
    assert fill_cells(cells, {"n": 2}) == {"A1": "少", "A2": "些", "A3": "尾"}
    assert fill_cells(cells, {"n": 9}) == {"A1": "多", "A2": "尾"}


def test_nested_loops_repeat_inside_each_other() -> None:
    """Groups with items and a subtotal row."""
    cells = {
        "A1": "{% for g in groups %}{{ g.name }}",
        "A2": "{% for x in g.xs %}",
        "B3": "{{ x }}",
        "A4": "{% endfor %}",
        "A5": "小计{% endfor %}",
        "A6": "总计",
    }
    groups = [{"name": "甲", "xs": [1, 2]}, {"name": "乙", "xs": []}, {"name": "丙", "xs": [3]}]
    assert fill_cells(cells, {"groups": groups}) == {
        "A1": "甲",
        "B2": 1,
        "B3": 2,
        "A4": "小计",
        "A5": "乙",
        "A6": "小计",
        "A7": "丙",
        "B8": 3,
        "A9": "小计",
        "A10": "总计",
    }


def test_closing_tag_before_content_leaves_its_row_outside() -> None:
    """``{% endfor %}`` at the start of the next row ends the block above that row."""
    cells = {"A1": "{% for r in rows %}{{ r.n }}", "A2": "{% endfor %}合计", "B2": "=SUM(A1:A1)"}
    assert fill_cells(cells, {"rows": ROWS}) == {
        "A1": 1,
        "A2": 2,
        "A3": 3,
        "A4": "合计",
        "B4": "=SUM(A1:A3)",
    }


def test_opening_tag_behind_content_leaves_its_row_outside() -> None:
    """A title that carries the opening tag at its end is not repeated."""
    cells = {"A1": "名单{% for r in rows %}", "A2": "{{ r.t }}", "A3": "{% endfor %}"}
    assert fill_cells(cells, {"rows": ROWS[:2]}) == {"A1": "名单", "A2": "甲", "A3": "乙"}


def test_two_loops_below_each_other_share_a_row_of_tags() -> None:
    """``{% endfor %}{% for %}`` in one row: it vanishes once."""
    cells = {
        "A1": "{% for r in rows %}",
        "A2": "{{ r.n }}",
        "A3": "{% endfor %}{% for r in rows %}",
        "A4": "{{ r.t }}",
        "A5": "{% endfor %}",
        "A6": "尾",
    }
    assert fill_cells(cells, {"rows": ROWS[:2]}) == {
        "A1": 1,
        "A2": 2,
        "A3": "甲",
        "A4": "乙",
        "A5": "尾",
    }


def test_loop_and_condition_open_in_one_row_of_tags() -> None:
    """Nested blocks may share the rows of their tags."""
    cells = {
        "A1": "{% for r in rows %}{% if r.n != 2 %}",
        "A2": "{{ r.n }}",
        "A3": "{% endif %}{% endfor %}",
        "A4": "尾",
    }
    assert fill_cells(cells, {"rows": ROWS}) == {"A1": 1, "A2": 3, "A3": "尾"}


def test_set_in_a_row_of_its_own_vanishes_with_tr() -> None:
    """``{%tr set %}`` takes its row away and is seen below."""
    cells = {"A1": "头", "A2": "{%tr set k = 5 %}", "A3": "{{ k }}", "B3": "=A1"}
    assert fill_cells(cells, {}) == {"A1": "头", "A2": 5, "B2": "=A1"}


def test_set_without_prefix_leaves_an_empty_cell() -> None:
    """A sheet's row is not taken away without being asked to."""
    cells = {"A1": "{% set k = 5 %}", "A2": "{{ k }}"}
    assert fill_cells(cells, {}) == {"A2": 5}


def test_row_heights_and_formats_are_repeated_and_move() -> None:
    """Copies have the height and the styles of their row; rows below take theirs along."""

    def style(sheet: object) -> None:
        sheet.row_dimensions[2].height = 33  # type: ignore[attr-defined]
        sheet.row_dimensions[3].height = 44  # type: ignore[attr-defined]
        sheet["A2"].number_format = "0.00"  # type: ignore[index]

    source = make_sheet({"A2": "{%tr for r in rows %}{{ r.n }}{%tr endfor %}", "A3": "尾"}, style)
    sheet = fill(source, {"rows": ROWS}).to_openpyxl().active
    assert sheet is not None
    assert [sheet.row_dimensions[n].height for n in range(2, 6)] == [33, 33, 33, 44]
    assert [sheet.cell(n, 1).number_format for n in range(2, 6)] == ["0.00"] * 3 + ["General"]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_rows_come_out_in_order(count: int) -> None:
    """No row is written twice, and all are in order."""
    cells = {
        "A1": "头",
        "A3": "{% for r in rows %}",
        "A4": "{{ loop.index }}",
        "A6": "{{ r }}",
        "A7": "{% endfor %}",
        "A9": "尾",
        "A10": "{% if n %}a",
        "A11": "b{% endif %}",
        "A12": 1,
    }
    filled = bytes(fill(make_sheet(cells), {"rows": range(count), "n": count > 1}))
    numbers = row_numbers(part(filled))
    assert numbers == sorted(set(numbers))
    assert read_cells(filled)[f"A{4 + 3 * count}"] == "尾"


def test_cell_text_after_a_lifted_tag_is_typed() -> None:
    """Blanks beside a tag that was lifted do not turn a number into text."""
    cells = {"A1": "{% for r in rows %} {{ r.n }} ", "B1": "{{ r.t }}{% endfor %}"}
    assert fill_cells(cells, {"rows": ROWS[:1]}) == {"A1": 1, "B1": "甲"}


def test_faults_of_a_template_are_told_all_at_once() -> None:
    """Every fault of every cell, with its address and the tag's text."""
    cells = {
        "A1": "{% for r in rows %}",
        "B2": "{{ x|nofilter }}",
        "C3": "{{ 1 + }}",
        "D4": "{{ y }",
        "E5": "{% endif %}",
    }
    with pytest.raises(TemplateError) as caught:
        Template(make_sheet(cells))
    found = {(one.code, one.place.spot[0][1]) for one in caught.value.problems}
    assert found == {
        ("template.unclosed_block", "表1!A1"),
        ("template.unknown_filter", "表1!B2"),
        ("template.syntax", "表1!C3"),
        ("template.broken_tag", "表1!D4"),
        ("template.unexpected_close", "表1!E5"),
    }


def test_break_in_a_loop_over_rows_is_refused() -> None:
    """Leaving a loop amid a row would leave the row half written."""
    source = make_sheet({"A1": "{% for r in rows %}{% break %}", "B1": "{{ r }}{% endfor %}"})
    with pytest.raises(TemplateError) as caught:
        Template(source)
    assert [one.code for one in caught.value.problems] == ["xlsx.leaves_row"]


def test_template_is_filled_by_several_threads() -> None:
    """Filling never changes the template."""
    from concurrent.futures import ThreadPoolExecutor

    template = Template(
        make_sheet({"A1": "{%tr for x in xs %}{{ x }}{%tr endfor %}", "A2": "=SUM(A1:A1)"})
    )
    with ThreadPoolExecutor(4) as pool:
        filled = pool.map(lambda n: bytes(template.fill({"xs": range(n)})), range(1, 30))
    for count, content in enumerate(filled, 1):
        assert read_cells(content)[f"A{count + 1}"] == f"=SUM(A1:A{count})"


def test_sheet_without_tags_is_untouched() -> None:
    """A workbook without tags comes out with the parts that it had."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "{1,2}"
    from tests.support.packages import different_parts
    from tests.xlsx.workbooks import make_book

    source = make_book({"表1": {"A1": "文", "A2": "=A1", "A3": "{不是标签"}})
    assert different_parts(bytes(fill(source, {})), source) == []
