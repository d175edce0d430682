"""One tag for a whole table: {{ x | table }} writes rows and columns from its cell on."""

import datetime as dt
from typing import Any

import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table as ListObject
from openpyxl.worksheet.worksheet import Worksheet

from govdocs.errors import DataError, TemplateError
from govdocs.template import Template
from tests.support.tables import PandasLike
from tests.support.word import fill_body
from tests.xlsx.workbooks import fill, fill_cells, load, make_sheet, part, read_cells

FRAME = PandasLike(["单位", "数量", "率"], [("甲局", 3, 0.5), ("乙局", 5, float("nan"))])


def test_frame_is_written_from_the_tags_cell_and_rows_below_move() -> None:
    """Rows grow, formulas follow and reach over all of them, their values are known."""
    cells = {
        "A1": "表",
        "B2": "{{ 表 | table }}",
        "E2": "=C2*2",
        "B4": "=SUM(C2)",
        "E4": "=SUM(E2)",
    }
    document = fill(make_sheet(cells), {"表": FRAME})
    assert read_cells(bytes(document)) == {
        "A1": "表",
        "B2": "甲局",
        "C2": 3,
        "D2": 0.5,
        "E2": "=C2*2",
        "B3": "乙局",
        "C3": 5,
        "E3": "=C3*2",
        "B5": "=SUM(C2:C3)",
        "E5": "=SUM(E2:E3)",
    }
    values = load(bytes(document), data_only=True)["表1"]
    assert (values["B5"].value, values["E3"].value, values["E5"].value) == (8, 10, 16)
    assert [one.place.spot for one in document.notes] == [(("cell", "表1!D2"),)]


@pytest.mark.parametrize(
    ("value", "first", "second"),
    [
        ([{"a": 1, "b": "x"}, {"b": "y", "a": 2}], (1, "x"), (2, "y")),
        ([[1, "x"], (2, "y")], (1, "x"), (2, "y")),
        ([1, "y"], (1,), ("y",)),
        ((one for one in [[1, "x"], [2, "y"]]), (1, "x"), (2, "y")),
    ],
)
def test_lists_are_tables_too(value: Any, first: tuple[Any, ...], second: tuple[Any, ...]) -> None:
    """Rows may be mappings, lists or single values."""
    wanted = {f"{'AB'[i]}1": one for i, one in enumerate(first)}
    wanted |= {f"{'AB'[i]}2": one for i, one in enumerate(second)}
    assert fill_cells({"A1": "{{ x|table }}"}, {"x": value}) == wanted


def test_head_is_the_first_row_where_it_is_asked_for() -> None:
    """The names of the columns stand above the rows; an empty table is its head."""
    cells = {"B2": "{{ x | table(head=true) }}"}
    assert fill_cells(cells, {"x": [{"年": 2020, "n": 1}]}) == {
        "B2": "年",
        "C2": "n",
        "B3": 2020,
        "C3": 1,
    }
    assert fill_cells(cells, {"x": PandasLike([2020, "n"], [])}) == {"B2": 2020, "C2": "n"}


def test_filters_and_members_may_stand_before_the_table() -> None:
    """What is written is what the expression gives."""
    data = {"d": {"x": [{"a": 2}, {"a": 1}]}}
    assert fill_cells({"A1": "{{ d.x | sort(attribute='a') | table }}"}, data) == {"A1": 1, "A2": 2}


def test_cells_take_the_formats_of_the_template() -> None:
    """Empty cells of the template give theirs, and stay where the table is narrower."""

    def change(sheet: Worksheet) -> None:
        sheet["A1"].font = Font(bold=True)
        sheet["B1"].number_format = "yyyy-mm-dd"
        sheet["C1"].font = Font(italic=True)

    source = make_sheet({"A1": "{{ x | table }}", "B1": None, "C1": None}, change)
    sheet = fill(
        source, {"x": [[1, dt.date(2019, 1, 24)], [2, dt.date(2019, 1, 25)]]}
    ).to_openpyxl()["表1"]
    assert [sheet[one].font.b for one in ("A1", "A2", "B1", "B2")] == [True, True, False, False]
    assert [sheet[one].number_format for one in ("B1", "B2")] == ["yyyy-mm-dd"] * 2
    assert [sheet[one].font.i for one in ("C1", "C2")] == [True, True]
    wide = fill(source, {"x": [[1, 2, 3, 4]]}).to_openpyxl()["表1"]
    assert (wide["D1"].value, wide["D1"].font.b, wide["D1"].font.i) == (4, True, False)


def test_list_object_grows_with_its_table() -> None:
    """A tag in the data row of a ListObject fills and widens nothing but its rows."""

    def change(sheet: Worksheet) -> None:
        sheet.add_table(ListObject(displayName="明细", ref="A1:C2"))

    source = make_sheet({"A1": "单位", "B1": "数量", "C1": "率", "A2": "{{ 表|table }}"}, change)
    document = fill(source, {"表": FRAME})
    assert load(bytes(document))["表1"].tables["明细"].ref == "A1:C3"
    assert "<dimension" not in part(bytes(document))
    with pytest.raises(DataError) as caught:
        fill(source, {"表": [[1, 2, 3, 4]]})
    assert caught.value.message("zh") == (
        "[xlsx.table_too_wide] 这张表有 4 列，而 D2 之前只有 3 列可写\n"
        "  位置：单元格表1!A2 > {{ 表|table }}\n"
        "  改法：请移开 D2 的内容或合并区域，加宽表格（ListObject），或减少列。"
    )


@pytest.mark.parametrize("wall", ["文字", 7, "=1", "{{ y }}", "merged"])
def test_table_never_overwrites_what_stands_beside_it(wall: object) -> None:
    """Text, numbers, formulas, tags and merged cells are walls; the table may end before them."""

    def change(sheet: Worksheet) -> None:
        if wall == "merged":
            sheet["C2"] = None
            sheet.merge_cells("C2:D3")

    source = make_sheet({"A2": "{{ x|table }}", "C2": wall}, change)
    data = {"x": [[1, 2]], "y": 5}
    assert read_cells(bytes(fill(source, data)))["B2"] == 2
    with pytest.raises(DataError) as caught:
        fill(source, {**data, "x": [[1, 2, 3]]})
    assert [(one.code, one.fields["wall"]) for one in caught.value] == [
        ("xlsx.table_too_wide", "C2")
    ]


def test_table_stands_beside_columns_that_repeat() -> None:
    """In a sheet with a loop over columns its cells come out in their own columns."""
    cells = {
        "A1": "{%tc for n in ns %}{{ n }}{%tc endfor %}",
        "B2": "{{ x|table }}",
        "B3": "=SUM(C2)",
    }
    assert fill_cells(cells, {"ns": [7, 8, 9], "x": [[1, 2], [3, 4]]}) == {
        "A1": 7,
        "B1": 8,
        "C1": 9,
        "D2": 1,
        "E2": 2,
        "D3": 3,
        "E3": 4,
        "D4": "=SUM(E2:E3)",
    }


def test_table_inside_a_loop_comes_out_in_each_pass() -> None:
    """Tables of groups follow each other."""
    cells = {"A1": "{% for g in gs %}{{ g.n }}", "A2": "{{ g.x|table }}", "B3": "{% endfor %}合"}
    groups = [{"n": "甲", "x": [[1], [2]]}, {"n": "乙", "x": []}, {"n": "丙", "x": [[3]]}]
    assert list(fill_cells(cells, {"gs": groups}).values()) == ["甲", 1, 2, "乙", "丙", 3, "合"]


@pytest.mark.parametrize(
    ("value", "first_line"),
    [
        (5, '[value.no_table] the value for "table" is a int, which is no table'),
        ({"a": 1}, '[value.no_table] the value for "table" is a dict, which is no table'),
        ("ab", '[value.no_table] the value for "table" is a str, which is no table'),
        (
            [{"a": 1}, {"a": 1, "b": 2}],
            "[value.ragged_table] row 2 of the table has other columns than the first: b",
        ),
        (
            [[1, 2], [3]],
            "[value.ragged_table] row 2 of the table has other columns than the first: 1 ≠ 2",
        ),
        ([[1]], "[value.no_head] the table has no names of columns for its head"),
    ],
)
def test_value_that_is_no_table_is_told(value: object, first_line: str) -> None:
    """Rows that do not agree are no table, and neither is a single value."""
    with pytest.raises(DataError) as caught:
        fill_cells({"C3": "{{ x|table(head=x == [[1]]) }}"}, {"x": value})
    assert caught.value.message("en").splitlines()[0] == first_line
    assert [one.place.spot for one in caught.value] == [(("cell", "表1!C3"),)]


@pytest.mark.parametrize("cell", ["共{{ x|table }}", '="{{ x|table }}"'])
def test_table_amid_text_is_refused(cell: str) -> None:
    """A whole table needs a cell of its own."""
    with pytest.raises(DataError) as caught:
        fill_cells({"A1": cell}, {"x": [[1]]})
    assert [one.code for one in caught.value] == ["xlsx.table_in_text"]


def test_missing_table_is_missing_as_a_list_is() -> None:
    """A name that the data do not have is told; a draft shows nothing."""
    with pytest.raises(DataError) as caught:
        fill_cells({"A1": "{{ d.x|table }}"}, {"d": {}})
    assert [(one.code, one.place.key) for one in caught.value] == [("data.missing", "d.x")]
    cells = {"A1": "{{ d.x|table }}", "A2": 1}
    assert fill_cells(cells, {"d": {}}, missing="blank") == {"A1": 1}
    assert fill_cells(cells, {"d": {}}, missing="mark") == {"A1": "〔待填：d.x〕", "A2": 1}


def test_table_is_a_list_among_the_fields_and_is_not_read_back() -> None:
    """``fields`` names it; what stands beside it is still read back."""
    template = Template(make_sheet({"A1": "{{ n }}", "A2": "{{ x|table }}", "A4": "{{ m }}"}))
    assert [(one.name, one.kind, one.notes) for one in template.fields()] == [
        ("n", "value", ()),
        ("x", "list", ("not_extractable",)),
        ("m", "value", ()),
    ]
    filled = template.fill({"n": 1, "x": [[1, 2], [3, 4]], "m": 2})
    assert template.extract(filled) == {"n": 1, "m": 2}


def test_table_may_be_bound_from_outside() -> None:
    """A cell without a tag takes one by its address."""
    template = Template(make_sheet({"A1": "头", "A3": "=SUM(B2)"}), {"表1!A2": "表 | table"})
    assert read_cells(bytes(template.fill({"表": [[1, 2], [3, 4]]}))) == {
        "A1": "头",
        "A2": 1,
        "B2": 2,
        "A3": 3,
        "B3": 4,
        "A4": "=SUM(B2:B3)",
    }


def test_filter_of_the_programs_own_stays_its_own() -> None:
    """A program that hands in a filter of this name keeps it."""
    template = Template(make_sheet({"A1": "{{ x|table }}"}), filters={"table": len})
    assert read_cells(bytes(template.fill({"x": [1, 2, 3]}))) == {"A1": 3}


def test_word_has_loops_for_tables() -> None:
    """The filter belongs to sheets; in Word it is told as unknown where it stands."""
    with pytest.raises(TemplateError) as caught:
        fill_body('p"{{ x|table }}"', {"x": [[1]]})
    assert [one.code for one in caught.value] == ["template.unknown_filter"]


def test_tables_side_by_side_have_their_own_rows() -> None:
    """Two of them in one row are as long as their data; the sums below know their own."""
    cells = {"A1": "{{ x|table }}", "D1": "{{ y|table }}", "A3": "=SUM(A1)", "D3": "=SUM(E1)"}
    data = {"x": [[1, 2]], "y": [[5, 6], [7, 8], [9, 10]]}
    assert fill_cells(cells, data) == {
        "A1": 1,
        "B1": 2,
        "D1": 5,
        "E1": 6,
        "D2": 7,
        "E2": 8,
        "D3": 9,
        "E3": 10,
        "A5": "=SUM(A1)",
        "D5": "=SUM(E1:E3)",
    }
    with pytest.raises(DataError) as caught:
        fill_cells(cells, {"x": [[1, 2, 3, 4]], "y": []})
    assert [one.fields["wall"] for one in caught.value] == ["D1"]
