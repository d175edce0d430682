"""Cells, names and columns of tables that are bound from outside."""

import datetime as dt
import io
import pickle
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font, Protection
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from govdocs import Template, TemplateError
from govdocs.xlsx.planting.insertion import punch_stream
from tests.support.packages import different_parts, read_compressed, read_parts
from tests.xlsx.workbooks import SHEET, faults, load, make_book, make_sheet, read_cells, read_values

Change = Callable[[Worksheet], None]


def make_statistics() -> bytes:
    """An official sheet: a title, a locked and a listed cell, a name, a total."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["表1"]
        sheet["C5"].number_format = "#,##0.00"
        sheet["C5"].font = Font(name="仿宋", size=16)
        sheet["C6"].protection = Protection(locked=False)
        sheet.protection.sheet = True
        rule = DataValidation(type="list", formula1='"有,无"')
        rule.add("C7")
        sheet.add_data_validation(rule)
        book.defined_names["填报单位"] = DefinedName("填报单位", attr_text="'表1'!$B$2")

    cells = {"A1": "统计表", "A2": "填报单位", "B2": "（盖章）", "C5": 0, "C9": "=SUM(C5:C6)"}
    return make_book({"表1": cells, "2018年 统计": {"A1": "另一张"}}, change)


BIND = {
    "表1!C5": "stats.total",
    "填报单位": "unit ~ '（盖章）'",
    "c7": "'有' if stats.total else '无'",
    "2018年 统计!B3": "made",
}
DATA = {"stats": {"total": 1234.5}, "unit": "某市某局", "made": dt.date(2019, 1, 24)}


def test_bound_cells_take_typed_values() -> None:
    """A number stays a number, a date a date, and a name is the cell that it stands for."""
    content = bytes(Template(make_statistics(), BIND).fill(DATA))
    assert read_cells(content, "表1") == {
        "A1": "统计表",
        "A2": "填报单位",
        "B2": "某市某局（盖章）",
        "C5": 1234.5,
        "C7": "有",
        "C9": "=SUM(C5:C6)",
    }
    assert read_cells(content, "2018年 统计") == {
        "A1": "另一张",
        "B3": dt.datetime(2019, 1, 24),  # noqa: DTZ001 - sheets know no time zones
    }


def test_bound_cells_keep_format_validation_and_protection() -> None:
    """The official cell is as it was, but for its value."""
    sheet = load(bytes(Template(make_statistics(), BIND).fill(DATA)))["表1"]
    assert sheet["C5"].number_format == "#,##0.00"
    assert (sheet["C5"].font.name, sheet["C5"].font.size) == ("仿宋", 16)
    assert sheet.protection.sheet
    assert not sheet["C6"].protection.locked
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["C7"]


def test_what_is_not_bound_stays_byte_for_byte() -> None:
    """No other part changes, and none is deflated anew."""
    source = make_statistics()
    content = bytes(Template(source, {"表1!C6": "n"}).fill({"n": 2}))
    assert set(different_parts(content, source)) <= {SHEET, "xl/workbook.xml"}
    ours, theirs = read_compressed(content), read_compressed(source)
    assert ours["xl/styles.xml"] == theirs["xl/styles.xml"]
    assert ours["xl/worksheets/sheet2.xml"] == theirs["xl/worksheets/sheet2.xml"]


def test_a_binding_fills_as_a_tag_in_the_cell_does() -> None:
    """Bound from outside or typed into the cell: the same sheet comes out."""
    bound = Template(make_sheet({"A1": "x", "B2": 0}), {"B2": "n"}).fill({"n": 5})
    typed = Template(make_sheet({"A1": "x", "B2": "{{ n }}"})).fill({"n": 5})
    assert read_parts(bytes(bound))[SHEET] == read_parts(bytes(typed))[SHEET]


def test_fields_show_bound_cells_like_tags() -> None:
    """The place is the cell, the tag is the expression, and the note says where it comes from."""
    fields = {one.name: one for one in Template(make_statistics(), BIND).fields()}
    assert list(fields) == ["unit", "stats.total", "made"]
    place = fields["unit"].places[0]
    assert (place.part, place.spot) == (SHEET, (("cell", "表1!B2"),))
    assert (place.tag, place.key) == ("unit ~ '（盖章）'", "填报单位")
    assert [one.notes for one in fields.values()] == [("bound",)] * 3
    assert len(fields["stats.total"].places) == 2


def test_schema_asks_for_bound_names() -> None:
    """The data that a bound template wants are described like any other's."""
    schema = Template(make_statistics(), {"C5": "stats.total|round"}).schema()
    assert schema["properties"]["stats"]["properties"]["total"] == {"type": "number"}


def test_missing_values_of_bound_cells_are_told_with_the_cell() -> None:
    """Strict as for tags: no file, and the cell is named."""
    template = Template(make_statistics(), {"填报单位": "unit", "C5": "total"})
    with pytest.raises(Exception, match="unit") as caught:
        template.fill({"total": 1})
    assert caught.value.message("zh") == (  # type: ignore[attr-defined]
        "[data.missing] 数据中没有“unit”\n"
        "  位置：单元格表1!B2 > unit (unit)\n"
        "  改法：请在数据中补上；草稿可用 --missing mark。"
    )


def test_missing_values_of_bound_cells_can_be_marked_or_left_blank() -> None:
    """As for tags."""
    template = Template(make_sheet({"A1": "x"}), {"B1": "unit"})
    assert read_cells(bytes(template.fill({}, missing="mark")))["B1"] == "〔待填：unit〕"
    assert read_cells(bytes(template.fill({}, missing="blank"))) == {"A1": "x"}


def test_a_cell_that_is_not_there_takes_the_format_of_its_column() -> None:
    """As when somebody types there: the row's own format, else the column's."""

    def change(sheet: Worksheet) -> None:
        sheet.column_dimensions["D"].number_format = "0.0%"

    content = bytes(Template(make_sheet({"A1": "x"}, change), {"D4": "n"}).fill({"n": 0.5}))
    cell = load(content)["表1"]["D4"]
    assert (cell.value, cell.number_format) == (0.5, "0.0%")


def test_the_used_area_takes_in_new_cells() -> None:
    """Readers that trust the dimension see the bound cell."""
    content = bytes(Template(make_sheet({"A1": "x"}), {"D4": "n"}).fill({"n": 5}))
    assert b'<dimension ref="A1:D4"/>' in read_parts(content)[SHEET]
    assert read_values(content)[3][3] == 5


def test_cells_of_an_empty_sheet_can_be_bound() -> None:
    """A sheet without any row gets rows, in order."""
    source = make_book({"表1": {}})
    content = bytes(
        Template(source, {"B3": "b", "A1": "a", "C1": "c"}).fill({"a": 1, "b": 2, "c": 3})
    )
    assert read_cells(content) == {"A1": 1, "C1": 3, "B3": 2}
    rows = re.findall(rb'<row r="(\d+)"', read_parts(content)[SHEET])
    assert rows == [b"1", b"3"]


def test_cells_are_bound_before_behind_and_between_others() -> None:
    """Cells of a row stay in order, whatever is there already."""
    source = make_sheet({"B2": "b", "D2": "d", "A5": "x"})
    bind = {"A2": "n", "C2": "n", "E2": "n", "F2": "n", "A4": "n", "A9": "n"}
    content = bytes(Template(source, bind).fill({"n": 7}))
    names = re.findall(rb'<c r="([A-Z]+\d+)"', read_parts(content)[SHEET])
    assert names == [b"A2", b"B2", b"C2", b"D2", b"E2", b"F2", b"A4", b"A5", b"A9"]


def test_rows_and_cells_without_references_are_bound_where_they_are() -> None:
    """Some programs do not say where a cell stands; it is counted."""
    source = make_sheet({"A1": 1, "B1": 2, "A2": 3, "B2": 4})
    bare = re.sub(rb' r="[A-Z]*\d+"', b"", read_parts(source)[SHEET])
    source = _with_part(source, SHEET, bare)
    content = bytes(Template(source, {"B2": "n", "C1": "n"}).fill({"n": 9}))
    assert read_cells(content) == {"A1": 1, "B1": 2, "C1": 9, "A2": 3, "B2": 9}


def _with_part(source: bytes, name: str, data: bytes) -> bytes:
    parts = {**read_parts(source), name: data}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for one, content in parts.items():
            archive.writestr(one, content)
    return buffer.getvalue()


def test_a_merged_cell_is_bound_by_its_first_cell_or_as_a_whole() -> None:
    """An area that is one merged cell is one cell."""

    def change(sheet: Worksheet) -> None:
        sheet.merge_cells("B2:C4")
        sheet.merge_cells("E2:E3")

    content = bytes(
        Template(make_sheet({}, change), {"B2": "a", "E2:E3": "b"}).fill({"a": 1, "b": 2})
    )
    assert read_cells(content) == {"B2": 1, "E2": 2}


def test_a_name_of_one_sheet_is_found_by_itself_or_with_its_sheet() -> None:
    """A name that only one sheet has needs no sheet before it."""

    def change(book: openpyxl.Workbook) -> None:
        for number, sheet in enumerate(book.worksheets):
            text = f"'{sheet.title}'!$B${number + 1}"
            sheet.defined_names["合计"] = DefinedName("合计", attr_text=text)
        book["甲"].defined_names["单独"] = DefinedName("单独", attr_text="甲!$C$1")

    source = make_book({"甲": {"A1": 1}, "乙 表": {"A1": 2}}, change)
    content = bytes(Template(source, {"'乙 表'!合计": "a", "单独": "b"}).fill({"a": 8, "b": 9}))
    assert read_cells(content, "甲") == {"A1": 1, "C1": 9}
    assert read_cells(content, "乙 表") == {"A1": 2, "B2": 8}
    assert faults(source, {"合计": "a"}) == ["[bind.found_twice] “合计”在文件中不止一处"]


def test_an_address_without_a_sheet_is_on_the_first_sheet_that_is_shown() -> None:
    """A hidden sheet in front, or another tab left open, does not count."""

    def change(book: openpyxl.Workbook) -> None:
        book["藏"].sheet_state = "hidden"
        book.active = 2

    source = make_book({"藏": {"A1": 1}, "表": {"A1": 2}, "后": {"A1": 3}}, change)
    content = bytes(Template(source, {"$A$1": "n"}).fill({"n": 9}))
    assert [read_cells(content, name)["A1"] for name in ("藏", "表", "后")] == [1, 9, 3]


def test_all_faults_are_told_at_once() -> None:
    """What is wrong with the keys, with the expressions and with the template's own tags."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["表1"]
        sheet.merge_cells("D5:D7")
        sheet["E5"], sheet["F1"], sheet["G1"] = "=C5", "{{ old }}", "{% if x %}"
        book.defined_names["填报单位"] = DefinedName("填报单位", attr_text="表1!$B$1")
        book.defined_names["两格"] = DefinedName("两格", attr_text="表1!$B$1:$B$2")
        book.defined_names["税率"] = DefinedName("税率", attr_text="0.13")
        book["表2"].add_table(Table(displayName="明细", ref="A1:B2"))

    source = make_book({"表1": {"A1": 1}, "表2": {"A1": "名称", "B1": "数量"}}, change)
    bind = {
        "A9": "a b",
        "A8": "{% if x %}",
        "A7": "x|roundd",
        "表3!A1": "x",
        "填报单为": "x",
        "明细[数]": "x",
        "明细": "x",
        "税率": "x",
        "两格": "x",
        "D6": "x",
        "E5": "x",
        "F1": "x",
        "C5:C9": "x",
        "B1": "x",
        "填报单位": "y",
    }
    assert faults(source, bind) == [
        "[template.syntax] 标签 a b 的写法有误：expected token 'end of print statement', got 'b'",
        "[bind.not_an_expression] A8 绑定的“{% if x %}”不是一个表达式",
        "[template.unknown_filter] x|roundd 中的过滤器“roundd”不存在",
        "[bind.no_sheet] 表3!A1：工作簿中没有工作表“表3”",
        "[bind.misspelt] 文件中没有“填报单为”",
        "[bind.no_column] 明细[数]：表格“明细”没有“数”列",
        "[bind.column_missing] 明细 是表格，绑定时要写明哪一列",
        "[bind.no_cell] 名称 税率 代表的不是单元格：0.13",
        "[bind.range] 两格 是一片区域（B1:B2），一个绑定只填一格",
        "[bind.merged] D6 被合并进 表1!D5，自己不显示内容",
        "[bind.formula] E5 处有公式，绑定会把它换掉",
        "[bind.tagged] F1 处已有标签",
        "[bind.range] C5:C9 是一片区域（C5:C9），一个绑定只填一格",
        "[bind.same_place] 填报单位 与 B1 绑定的是同一处",
        "[template.unclosed_block] {% if x %} 没有对应的 endif",
    ]


def test_a_fault_of_a_binding_says_key_expression_and_mending() -> None:
    """The whole message, in both languages."""
    with pytest.raises(TemplateError) as caught:
        Template(make_statistics(), {"填报单为": "unit"})
    assert caught.value.message("zh") == (
        "[bind.misspelt] 文件中没有“填报单为”\n"
        "  位置：unit (填报单为)\n"
        "  改法：是否要写“填报单位”？"
    )
    assert caught.value.message("en") == (
        '[bind.misspelt] the file has no "填报单为"\n'
        "  where: unit (填报单为)\n"
        '  mend: did you mean "填报单位"?'
    )


def test_a_cell_inside_of_an_array_formula_counts_as_a_formula() -> None:
    """Part of an array cannot be changed."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("表1")
        sheet.write_array_formula("B1:B3", "{=A1:A3*2}")
    assert faults(buffer.getvalue(), {"B2": "x"}) == ["[bind.formula] B2 处有公式，绑定会把它换掉"]


def test_braces_around_an_expression_are_superfluous() -> None:
    """Who writes a tag means its expression."""
    content = bytes(Template(make_sheet({}), {"A1": "{{ n + 1 }}"}).fill({"n": 1}))
    assert read_cells(content) == {"A1": 2}


def test_a_for_inside_of_a_literal_is_no_loop() -> None:
    """Only a ``for`` that stands by itself begins a loop."""
    bind = {"A1": "'x for y in z' ~ n", "A2": "form ~ (n)", "A3": "{'for': n}['for']"}
    content = bytes(Template(make_sheet({}), bind).fill({"n": 1, "form": "f"}))
    assert read_cells(content) == {"A1": "x for y in z1", "A2": "f1", "A3": 1}


def test_a_bound_template_is_pickled_with_its_bindings() -> None:
    """Another process gives the same bytes."""
    template = Template(make_statistics(), BIND)
    again = pickle.loads(pickle.dumps(template))
    assert bytes(again.fill(DATA)) == bytes(template.fill(DATA))
    assert again.fields() == template.fields()


def test_binding_changes_neither_the_file_nor_the_template_that_is_saved(tmp_path: Path) -> None:
    """The official file is never edited; a saved template is what it was."""
    source = make_statistics()
    path = tmp_path / "a.xlsx"
    path.write_bytes(source)
    template = Template(path, BIND)
    template.fill(DATA)
    template.save(tmp_path / "b.xlsx")
    assert path.read_bytes() == source
    assert (tmp_path / "b.xlsx").read_bytes() == source


@pytest.mark.slow
def test_a_sheet_by_xlsxwriter_is_bound_in_constant_memory_style() -> None:
    """Inline strings, rows with formats and a large sheet: read and written as streams."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("大表")
        bold = book.add_format({"bold": True, "num_format": "0.0"})
        for row in range(20_000):
            sheet.set_row(row, 20, bold if row % 1000 == 0 else None)
            sheet.write_row(row, 0, [f"第{row}行", row, row / 2])
    bind = {"大表!B15001": "n", "大表!F1001": "n", "大表!A30000": "n"}
    content = bytes(Template(buffer.getvalue(), bind).fill({"n": 5}))
    found = load(content)["大表"]
    assert [found[name].value for name in ("B15001", "F1001", "A30000")] == [5, 5, 5]
    assert found["F1001"].font.bold
    assert found["A20000"].value == "第19999行"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_a_punched_stream_is_the_same_whatever_its_chunks(size: int) -> None:
    """Holes may begin in one chunk and end in another, touch, or be empty."""
    data = bytes(range(65, 91))
    chunks = [data[start : start + size] for start in range(0, len(data), size)]
    holes = [(20, 20, b"-"), (3, 9, b"_"), (9, 9, b"+"), (0, 0, b"<"), (10, 12, b"")]
    assert b"".join(punch_stream(chunks, holes)) == b"<ABC_+JMNOPQRST-UVWXYZ"


def test_what_is_filled_in_can_be_read_back() -> None:
    """Bound cells are read like tags."""
    template = Template(make_statistics(), {"C5": "stats.total", "填报单位": "unit"})
    data = {"stats": {"total": 12}, "unit": "某市某局"}
    assert template.extract(template.fill(data)) == data
