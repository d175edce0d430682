"""Cells that are one expression: typed, formatted, safe."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill, Protection
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from govdocs.errors import DataError, TemplateError
from tests.xlsx.workbooks import (
    fill,
    fill_cells,
    make_book,
    make_sheet,
    part,
    read_cells,
    texts_of,
    with_part,
)


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        (7, "n", 7),
        (0, "n", 0),
        (-1.5, "n", -1.5),
        (Decimal("0.10"), "n", 0.1),
        (True, "b", True),
        ("文字", "s", "文字"),
        ("=1+1", "s", "=1+1"),
        ("+1", "s", "+1"),
        ("@x", "s", "@x"),
        ("007", "s", "007"),
        ("110101199003070012", "s", "110101199003070012"),
        ("1E5", "s", "1E5"),
        ("TRUE", "s", "TRUE"),
        ("2019-01-24", "s", "2019-01-24"),
        ("{{ 1+1 }}", "s", "{{ 1+1 }}"),
        ('a & b < c > "d" ]]>', "s", 'a & b < c > "d" ]]>'),
        ("𠮷😀", "s", "𠮷😀"),
        ("  两端空格 ", "s", "  两端空格 "),
        ("行一\n行二\t末", "s", "行一\n行二\t末"),
        ("长" * 10_000, "s", "长" * 10_000),
    ],
)
def test_value_keeps_its_type(value: object, kind: str, read: object) -> None:
    """Numbers come out as numbers, text as the text that was given, whatever it looks like."""
    content = bytes(fill(make_sheet({"B2": "{{ x }}"}), {"x": value}))
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["B2"]  # type: ignore[index]
    assert (cell.data_type, cell.value) == (kind, read)


def test_characters_that_xml_cannot_hold_are_escaped() -> None:
    """Control characters, carriage returns and look-alikes of escapes are written as escapes."""
    content = bytes(fill(make_sheet({"A1": "{{ x }}"}), {"x": "a\x01b\rc_x0041_d\ud800"}))
    text = '<t xml:space="preserve">a_x0001_b_x000D_c_x005F_x0041_d_xD800_</t>'
    assert text in part(content)


@pytest.mark.parametrize(
    ("value", "serial", "code"),
    [
        (dt.date(2019, 1, 24), "43489", 'yyyy"年"m"月"d"日"'),
        (dt.datetime(2019, 1, 24, 12, tzinfo=dt.UTC), "43489.5", 'yyyy"年"m"月"d"日" hh:mm:ss'),
        (dt.time(6), "0.25", "hh:mm:ss"),
        (dt.timedelta(days=1, hours=12), "1.5", "[h]:mm:ss"),
    ],
)
def test_date_in_a_general_cell_gets_a_date_format(value: object, serial: str, code: str) -> None:
    """A date is a serial number, shown as a date where the cell had no format of its own."""
    document = fill(make_sheet({"A1": "{{ x }}"}), {"x": value})
    assert f"<v>{serial}</v>" in part(bytes(document))
    assert document.to_openpyxl().active["A1"].number_format == code  # type: ignore[index]


def test_date_keeps_the_format_and_font_of_its_cell() -> None:
    """A cell with a number format keeps it; one without keeps everything else."""

    def style(sheet: object) -> None:
        sheet["A1"].number_format = "yyyy-mm-dd"  # type: ignore[index]
        sheet["A2"].font = Font(bold=True, name="仿宋")  # type: ignore[index]

    source = make_sheet({"A1": "{{ x }}", "A2": "{{ x }}"}, style)
    sheet = fill(source, {"x": dt.date(2019, 1, 24)}).to_openpyxl().active
    assert sheet is not None
    assert sheet["A1"].number_format == "yyyy-mm-dd"
    assert (sheet["A2"].font.b, sheet["A2"].font.name) == (True, "仿宋")
    assert sheet["A2"].number_format == 'yyyy"年"m"月"d"日"'


def test_date_counts_from_1904_where_the_workbook_does() -> None:
    """A workbook of the 1904 calendar gets serials of its own."""

    def change(book: openpyxl.Workbook) -> None:
        book.epoch = CALENDAR_MAC_1904

    source = make_book({"表1": {"A1": "{{ x }}"}}, change)
    document = fill(source, {"x": dt.date(2019, 1, 24)})
    assert "<v>42027</v>" in part(bytes(document))
    assert read_cells(bytes(document)) == {"A1": dt.datetime(2019, 1, 24)}  # noqa: DTZ001


def test_none_leaves_the_cell_empty_and_is_said() -> None:
    """A null keeps the cell's format, writes nothing and leaves a note with its cell."""
    document = fill(make_sheet({"B2": "{{ x }}"}), {"x": None})
    assert read_cells(bytes(document)) == {}
    assert [note.message() for note in document.notes] == [
        (
            "[data.null_cell] cells left empty for a value that is null: 1\n"
            "  where: cell 表1!B2 > {{ x }}\n"
            "  mend: leave it if a blank is meant; else fill it in."
        )
    ]


def test_missing_value_is_an_error_with_its_cell() -> None:
    """A name that the data do not have is told with its place."""
    with pytest.raises(DataError) as caught:
        fill(make_sheet({"B2": "{{ 单位.名称 }}"}), {"其他": 1})
    assert [(one.code, one.place.spot) for one in caught.value.problems] == [
        ("data.missing", (("cell", "表1!B2"),))
    ]


def test_missing_value_is_marked_yellow_in_a_draft() -> None:
    """In a draft the cell says what is wanted, on a yellow ground, in its own font."""

    def style(sheet: object) -> None:
        sheet["A1"].font = Font(bold=True)  # type: ignore[index]

    source = make_sheet({"A1": "{{ a.b }}", "A2": "共{{ n }}件"}, style)
    sheet = fill(source, {}, missing="mark").to_openpyxl().active
    assert sheet is not None
    assert (sheet["A1"].value, sheet["A1"].font.b) == ("〔待填：a.b〕", True)
    assert sheet["A1"].fill == PatternFill(
        "solid", fgColor="FFFFFF00", bgColor=sheet["A1"].fill.bgColor
    )
    assert (sheet["A2"].value, sheet["A2"].fill.fgColor.rgb) == ("共〔待填：n〕件", "FFFFFF00")


def test_null_is_marked_in_a_draft_too() -> None:
    """A draft of next year holds nulls where figures are still to come."""
    source = make_sheet({"A1": "{{ stats.total }}"})
    document = fill(source, {"stats": {"total": None}}, missing="mark")
    sheet = document.to_openpyxl().active
    assert sheet is not None
    assert sheet["A1"].value == "〔待填：stats.total〕"
    assert document.notes == ()


def test_missing_value_is_blank_when_asked_for() -> None:
    """With ``blank`` nothing is written and nothing is told."""
    assert fill_cells({"A1": "{{ a }}", "A2": "共{{ n }}件"}, {}, missing="blank") == {"A2": "共件"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("inf"), "xlsx.no_number"),
        (Decimal("-Infinity"), "xlsx.no_number"),
        (110101199003070012, "xlsx.too_many_digits"),
        ("x" * 32_768, "xlsx.text_too_long"),
        ("😀" * 16_384, "xlsx.text_too_long"),
        (dt.date(1800, 1, 1), "value.before_serials"),
    ],
)
def test_value_that_a_cell_cannot_hold_is_a_problem(value: object, code: str) -> None:
    """What a sheet would spoil is told with its cell and its tag."""
    with pytest.raises(DataError) as caught:
        fill(make_sheet({"C3": "{{ x }}"}), {"x": value})
    assert [one.code for one in caught.value.problems] == [code]
    assert caught.value.problems[0].place.spot == (("cell", "表1!C3"),)
    assert caught.value.problems[0].place.tag == "{{ x }}"


def test_longest_text_fits() -> None:
    """32,767 characters are allowed, in a cell of its own and amid text."""
    cells = fill_cells({"A1": "{{ x }}", "A2": "a{{ y }}"}, {"x": "x" * 32_767, "y": "&" * 32_766})
    assert cells == {"A1": "x" * 32_767, "A2": "a" + "&" * 32_766}


def test_mixed_text_too_long_is_a_problem() -> None:
    """The whole text of a cell is measured, not its pieces."""
    with pytest.raises(DataError) as caught:
        fill(make_sheet({"A1": "a{{ y }}"}), {"y": "y" * 32_767})
    assert [one.code for one in caught.value.problems] == ["xlsx.text_too_long"]


def test_values_amid_text_print() -> None:
    """A number prints plain, a date as a date, an empty text as nothing."""
    cells = {"A1": "共{{ n }}件，{{ d }}{{ e }}", "A2": "{{ a }}{{ b }}"}
    data = {"n": 1200, "d": dt.date(2019, 1, 24), "e": "", "a": 1, "b": 2}
    assert fill_cells(cells, data) == {"A1": "共1200件，2019年1月24日", "A2": "12"}


def test_choice_of_one_expression_stays_typed() -> None:
    """A condition inside of a cell that prints one value prints it with its type."""
    cells = {
        "A1": "{% if a %}{{ x }}{% else %}{{ y }}{% endif %}",
        "A2": "{% if a %}{{ x }}{% endif %}",
    }
    assert fill_cells(cells, {"a": True, "x": 1, "y": "z"}) == {"A1": 1, "A2": 1}
    assert fill_cells(cells, {"a": False, "x": 1, "y": "z"}) == {"A1": "z"}


def test_loop_inside_a_cell_stays_inside() -> None:
    """A loop whose tags stand in one cell is a text of that cell."""
    cells = {"A1": "{% for x in xs %}{{ x }}{% if not loop.last %}、{% endif %}{% endfor %}"}
    assert fill_cells(cells, {"xs": ["甲", "乙", 3]}) == {"A1": "甲、乙、3"}


def test_comment_leaves_no_trace() -> None:
    """Comments are not printed; a cell that was only a comment is empty."""
    assert fill_cells({"A1": "{# 注 #}", "A2": "a{# 注 #}{{ x }}"}, {"x": 1}) == {"A2": "a1"}


def test_escaped_braces_are_written_plain() -> None:
    """Escapes of docxtpl become what they stand for, even where there is no tag."""
    assert fill_cells({"A1": "写作 {_{ 名 }_}"}, {}) == {"A1": "写作 {{ 名 }}"}


def test_full_width_braces_are_understood() -> None:
    """Tags typed by an input method work."""
    assert fill_cells({"A1": "｛｛ 单位 ｝｝"}, {"单位": "园区"}) == {"A1": "园区"}


def test_no_tag_text_is_left_in_any_part() -> None:
    """Shared strings are blanked and keep their places."""
    filled = bytes(fill(make_sheet({"A1": "甲", "A2": "{{ x }}", "A3": "乙"}), {"x": "丙"}))
    assert not [text for text in texts_of(filled) if "{{" in text]
    assert read_cells(filled) == {"A1": "甲", "A2": "丙", "A3": "乙"}


def test_formula_text_with_tags_takes_constants() -> None:
    """A value in a formula is a constant: text keeps its quotes, and is no piece of the formula."""
    cells = {"A1": '="{{ x }}年"&1', "A2": '=IF(B1="{{ y }}",1,2)'}
    filled = fill_cells(cells, {"x": 2018, "y": 'a"&CMD()&"'})
    assert filled == {"A1": '="2018年"&1', "A2": '=IF(B1="a""&CMD()&""",1,2)'}


def test_rich_text_keeps_its_runs() -> None:
    """A tag in a run takes that run's format, other runs stay."""
    rich = (
        '<c r="A1" t="inlineStr"><is><r><rPr><b/></rPr><t>共</t></r>'
        "<r><rPr><i/></rPr><t>{{ n</t></r><r><t> }}</t></r><r><rPr><u/></rPr><t>件</t></r></is></c>"
    )
    source = with_part(
        make_sheet({"A1": 1}), lambda xml: xml.replace('<c r="A1" t="n"><v>1</v></c>', rich)
    )
    filled = part(bytes(fill(source, {"n": 5})))
    assert (
        '<is><r><rPr><b/></rPr><t xml:space="preserve">共</t></r>'
        '<r><rPr><i/></rPr><t xml:space="preserve">5</t></r>'
        '<r><rPr><u/></rPr><t xml:space="preserve">件</t></r></is>'
    ) in filled


def test_sole_expression_in_one_run_is_typed() -> None:
    """A formatted tag that is all of its cell still gives a number; text keeps the run's format."""
    rich = '<c r="{}" t="inlineStr"><is><r><rPr><b/></rPr><t>{{{{ {} }}}}</t></r></is></c>'
    cells = rich.format("A1", "n") + rich.format("B1", "t")
    source = with_part(
        make_sheet({"A1": 1}), lambda xml: xml.replace('<c r="A1" t="n"><v>1</v></c>', cells)
    )
    filled = part(bytes(fill(source, {"n": 5, "t": "文"})))
    assert '<c r="A1"><v>5</v></c>' in filled
    assert "<is><r><rPr><b/></rPr><t>文</t></r></is>" in filled


def test_locked_cells_are_filled_and_said() -> None:
    """A protected sheet is filled; its locked cells are told, its protection stays."""

    def change(sheet: Any) -> None:
        sheet.protection.sheet = True
        sheet["B2"].protection = Protection(locked=False)

    document = fill(make_sheet({"A1": "{{ x }}", "B2": "{{ x }}"}, change), {"x": 1})
    assert [(note.code, note.places[0].spot) for note in document.notes] == [
        ("xlsx.locked_cells", (("cell", "表1!A1"),))
    ]
    assert document.to_openpyxl()["表1"].protection.sheet


def test_blank_between_two_expressions_stays() -> None:
    """A cell of two expressions keeps what stands between them."""
    assert fill_cells({"A1": "{{ a }} {{ b }}"}, {"a": "甲", "b": 2}) == {"A1": "甲 2"}


def test_number_beside_another_branch_of_text_stays_a_number() -> None:
    """What a condition prints is typed if it is all that the cell shows."""
    cells = {"A1": "{% if n %}{{ n }}{% else %}无{% endif %}"}
    assert fill_cells(cells, {"n": 5}) == {"A1": 5}
    assert fill_cells(cells, {"n": 0}) == {"A1": "无"}


def test_text_around_a_chosen_number_makes_it_text() -> None:
    """Text of the template that is shown with a number makes a text of both."""
    cells = {"A1": "{% if n %}共{{ n }}{% endif %} 件", "B1": "{% if n %}{{ n }}{% endif %}&件"}
    assert fill_cells(cells, {"n": 5}) == {"A1": "共5 件", "B1": "5&件"}


def test_missing_value_beside_another_is_marked() -> None:
    """With ``mark`` each missing value of a cell has its mark, wherever it stands."""
    cells = {"A1": "{{ a }}{{ b }}", "A2": "{{ b }}"}
    filled = fill_cells(cells, {"b": "乙"}, missing="mark")
    assert filled == {"A1": "〔待填：a〕乙", "A2": "乙"}


@pytest.mark.parametrize(
    "cells",
    [
        {"A1": "{% for r in rows %}{{ r }}", "B1": "=A1{% endfor %}"},
        {"A1": "={%tr for r in rows %}1", "B1": "{%tr endfor %}"},
        {"A1": "={%tr for r in rows %}1{%tr endfor %}"},
    ],
)
def test_block_that_is_not_whole_within_its_formula_is_a_fault(cells: dict[str, str]) -> None:
    """A formula may hold a whole block; the tags of rows have no room in it."""
    with pytest.raises(TemplateError) as caught:
        fill_cells(cells, {"rows": [1, 2]})
    assert {one.code for one in caught.value} == {"xlsx.block_in_formula"}
    assert caught.value.problems[0].places[0].spot[0][0] == "cell"


def test_formula_of_which_a_condition_left_nothing_is_an_empty_cell() -> None:
    """A formula without text would be no formula to Excel."""
    cells = {"A1": "{% for r in rows %}{{ r }}", "B1": "={% if r > 1 %}A1*2{% endif %}"}
    found = fill_cells({**cells, "C1": "{% endfor %}"}, {"rows": [1, 2]})
    assert found == {"A1": 1, "A2": 2, "B2": "=A2*2"}
