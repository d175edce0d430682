"""Objects over the rows of a loop: what is repeated with them, and what is not."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.worksheet.worksheet import Worksheet

from govdocs.errors import DataError
from govdocs.template import Template
from tests.support.auditing import audit_against
from tests.support.packages import read_parts
from tests.xlsx.below import make_png
from tests.xlsx.hard_parts import make_hard_workbook
from tests.xlsx.test_hard_workbook import DATA
from tests.xlsx.workbooks import fill, make_sheet, part, with_part

DRAWING = "xl/drawings/drawing1.xml"
CORNERS = r"<xdr:row>(\d+)</xdr:row><xdr:rowOff>(\d+)</xdr:rowOff>"


def _fill(draw: Any, rows: int, *, whole: bool = False) -> bytes:
    """Fill a sheet whose row 3 repeats; with ``whole`` rows 3 to 5 do."""
    return bytes(Template(_template(draw, whole=whole)).fill({"xs": list(range(rows))}))


def _template(draw: Any, *, whole: bool = False) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("表1")
    page.write("A1", "头")
    page.write("A3", "{%tr for x in xs %}{{ x }}" + ("" if whole else "{%tr endfor %}"))
    page.write("A5", "尾{%tr endfor %}" if whole else "尾")
    draw(book, page)
    book.close()
    return buffer.getvalue()


def _image(height: int, position: int = 2) -> dict[str, Any]:
    """A picture of 40 pixels by ``height``; a row is 20 pixels high."""
    image = io.BytesIO(make_png(40, height))
    return {"image_data": image, "x_dpi": 96, "y_dpi": 96, "object_position": position}


def _corners(content: bytes) -> list[tuple[int, ...]]:
    """List the objects: first row, offset, last row, offset; rows count from 0."""
    found = re.findall(f"{CORNERS}.*?{CORNERS}", part(content, DRAWING), re.DOTALL)
    return [tuple(map(int, one)) for one in found]


def _insert(cell: str, options: dict[str, Any]) -> Any:
    return lambda _, page: page.insert_image(cell, "图.png", options)


def test_picture_that_ends_with_the_loops_row_is_on_every_copy() -> None:
    """An object whose lower edge is the row's edge does not reach into the next row."""
    inside = _corners(_fill(_insert("B3", _image(15)), 3))
    assert [(one[0], one[2]) for one in inside] == [(2, 2), (3, 3), (4, 4)]
    on_edge = _corners(_fill(_insert("B3", _image(20)), 3))
    assert on_edge == [(2, 0, 3, 0), (3, 0, 4, 0), (4, 0, 5, 0)]
    three_rows = _corners(_fill(_insert("B3", _image(60)), 2, whole=True))
    assert three_rows == [(2, 0, 5, 0), (5, 0, 8, 0)]


def test_picture_over_the_loop_and_more_is_there_once() -> None:
    """One that begins above the loop stays one, and grows if it moves and sizes with cells."""
    grown = _corners(_fill(_insert("B2", _image(70, 1)), 4))
    kept = _corners(_fill(_insert("B2", _image(70, 2)), 4))
    assert [(one[0], one[2]) for one in grown] == [(1, 7)]
    assert [(one[0], one[2]) for one in kept] == [(1, 4)]


def test_picture_that_keeps_its_size_ends_where_it_is_as_high() -> None:
    """Over rows of other heights one that only moves with cells ends in another row."""

    def draw(_: Any, page: Any) -> None:
        page.set_row(2, 30)
        page.insert_image("B2", "图.png", _image(70, 2))

    # 70 pixels from row 2 on: 20 of row 2, 40 of row 3, 10 of row 4
    assert _corners(_fill(draw, 1)) == [(1, 0, 3, 10 * 9525)]
    assert _corners(_fill(draw, 3)) == [(1, 0, 3, 10 * 9525)]
    assert _corners(_fill(draw, 0)) == [(1, 0, 4, 10 * 9525)]


def test_picture_that_does_not_move_stays_on_its_place_of_the_page() -> None:
    """Neither moving nor sizing with cells, it is as far from the sheet's edge as before."""

    def draw(_: Any, page: Any) -> None:
        page.set_row(2, 30)
        page.insert_image("B6", "图.png", _image(15, 3))

    # row 6 begins 120 pixels below the edge: 20, 20, 40, 20 and 20 are above it
    assert _corners(_fill(draw, 1)) == [(5, 0, 5, 15 * 9525)]
    assert _corners(_fill(draw, 3)) == [(4, 0, 4, 15 * 9525)]


def test_picture_that_does_not_move_stays_where_it_is() -> None:
    """Neither moving nor sizing with cells: its place on the page stays."""
    assert [(one[0], one[2]) for one in _corners(_fill(_insert("B5", _image(15, 3)), 4))] == [
        (4, 4)
    ]


def test_picture_on_a_row_that_vanishes_goes_with_it() -> None:
    """Without passes there is no row and no picture."""
    assert _corners(_fill(_insert("B3", _image(15)), 0)) == []


def test_copies_have_ids_of_their_own() -> None:
    """No two objects of a drawing have one id."""
    ids = re.findall(r'cNvPr id="(\d+)"', part(_fill(_insert("B3", _image(15)), 5), DRAWING))
    assert len(ids) == len(set(ids)) == 5


def _draw_chart(book: Any, page: Any) -> None:
    page.write("C3", "{{ x }}")
    page.write("D3", 5)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=表1!$C$3:$D$3", "name": "=表1!$A$3"})
    page.insert_chart("B3", chart, {"x_scale": 0.1, "y_scale": 0.05})


@pytest.mark.parametrize("count", [1, 3])
def test_chart_on_the_rows_of_a_loop_is_drawn_in_each_pass(count: int) -> None:
    """Each copy has a part, an id and a name of its own, and shows the rows of its own pass."""
    filled = _fill(_draw_chart, count)
    drawing, rels = part(filled, DRAWING), part(filled, "xl/drawings/_rels/drawing1.xml.rels")
    targets = dict(re.findall(r'Id="(\w+)"[^>]*Target="([^"]*)"', rels))
    targets |= {rel: name for name, rel in re.findall(r'Target="([^"]*)"[^>]*Id="(\w+)"', rels)}
    ids = re.findall(r'<c:chart [^>]*r:id="(\w+)"', drawing)
    charts = [part(filled, "xl/charts/" + targets[one].rpartition("/")[2]) for one in ids]
    rows = range(3, 3 + count)
    assert [re.findall("<c:f>(.*?)</c:f>", chart) for chart in charts] == [
        [f"表1!$A${row}", f"表1!$C${row}:$D${row}"] for row in rows
    ]
    values = [re.findall(r"<c:v>(\d+)</c:v>", chart)[-2:] for chart in charts]
    assert values == [[str(number), "5"] for number in range(count)]
    for pattern in (r'cNvPr id="(\d+)"', r'cNvPr [^>]*name="([^"]*)"'):
        assert len(set(re.findall(pattern, drawing))) == count


def test_chart_over_columns_that_repeat_is_drawn_in_each_of_them() -> None:
    """A chart on the column of a loop shows the cells of its own column."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("表1")
    page.write_column("A1", ["项", "数"])
    page.write_column("B1", ["{%tc for m in ms %}{{ m }}{%tc endfor %}", 5])
    page.set_column("B:B", 30)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=表1!$B$2:$B$2", "name": "=表1!$B$1"})
    page.insert_chart("B1", chart, {"x_scale": 0.2, "y_scale": 0.1})
    book.close()
    filled = bytes(Template(buffer.getvalue()).fill({"ms": ["一月", "二月"]}))
    charts = [text for name, text in read_parts(filled).items() if "charts/chart" in name]
    assert [re.findall("<c:v>(.*?)</c:v>", chart.decode()) for chart in charts] == [
        ["一月", "5"],
        ["二月", "5"],
    ]


def test_copies_of_a_chart_pass_an_audit(tmp_path: Path) -> None:
    """Nothing is found in the filled workbook that was not found in the template."""
    template, filled = tmp_path / "t.xlsx", tmp_path / "f.xlsx"
    template.write_bytes(_template(_draw_chart))
    filled.write_bytes(_fill(_draw_chart, 3))
    assert audit_against(filled, template) == []


def test_chart_of_no_pass_goes_with_its_rows() -> None:
    """Without passes there is neither the chart nor its part, nor what leads to it."""
    parts = read_parts(_fill(_draw_chart, 0))
    assert not any("chart" in name for name in parts)
    assert b"chart" not in parts["xl/drawings/_rels/drawing1.xml.rels"]
    assert b"/charts/" not in parts["[Content_Types].xml"]


def test_chart_of_a_group_shows_the_rows_of_its_group() -> None:
    """Over the rows of an inner loop it shows all of them in its own pass, and no others."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("表1")
    for row, text in enumerate(
        ["{%tr for g in gs %}", "组", "{% for x in g %}{{ x }}", "{%tr endfor %}"]
    ):
        page.write(row, 0, text)
    page.write("B3", "{% endfor %}")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=表1!$A$3:$A$3"})
    page.insert_chart("C2", chart, {"x_scale": 0.1, "y_scale": 0.1})
    book.close()
    filled = bytes(Template(buffer.getvalue()).fill({"gs": [[1, 2], [3]]}))
    charts = [text for name, text in read_parts(filled).items() if "charts/chart" in name]
    found = [re.findall("<c:f>(.*?)</c:f>", chart.decode()) for chart in charts]
    assert found == [["表1!$A$2:$A$3"], ["表1!$A$5:$A$5"]]


def thread_in_the_loop() -> bytes:
    """The hard workbook with its thread, and the note that stands in for it, on the loop's row."""
    source = with_part(
        make_hard_workbook(),
        lambda xml: xml.replace('ref="A15"', 'ref="A5"'),
        "xl/threadedComments/threadedComment1.xml",
    )
    source = with_part(source, lambda xml: xml.replace('ref="A15"', 'ref="A5"'), "xl/comments1.xml")
    row = "<x:Row>{}</x:Row>"
    drawing = "xl/drawings/vmlDrawing1.vml"
    return with_part(source, lambda xml: xml.replace(row.format(14), row.format(4)), drawing)


def test_thread_on_the_loops_row_is_a_thread_of_its_own_on_each_copy() -> None:
    """Ids differ, and each copy's note names the id of its own thread."""
    filled = bytes(Template(thread_in_the_loop()).fill(DATA))
    threads = part(filled, "xl/threadedComments/threadedComment1.xml")
    found = re.findall(r'<threadedComment ref="(\w+)".*? id="({[^"]*})"', threads)
    assert [cell for cell, _ in found] == ["A7", "A8", "A9", "A10"]
    notes = part(filled, "xl/comments1.xml")
    authors = re.findall("<author>(.*?)</author>", notes)
    by_cell = dict(re.findall(r'<comment ref="(\w+)" authorId="(\d+)"', notes))
    assert {cell: authors[int(by_cell[cell])] for cell, _ in found} == {
        cell: f"tc={guid}" for cell, guid in found
    }
    assert len({guid for _, guid in found}) == 4


def test_control_on_the_loops_row_is_a_problem() -> None:
    """A button cannot be repeated: the error names its cell."""
    with pytest.raises(DataError) as caught:
        _fill(lambda _, page: page.insert_button("D3", {"macro": "x"}), 2)
    assert [problem.code for problem in caught.value.problems] == ["xlsx.control_in_loop"]
    assert caught.value.problems[0].places[0].spot == (("cell", "表1!D3"),)


def test_note_right_of_a_loop_of_columns_moves_with_its_box() -> None:
    """The box of a note moves as far to the right as its cell."""

    def draw(_: Any, page: Any) -> None:
        page.write("B1", "{%tc for x in xs %}{{ x }}{%tc endfor %}")
        page.write("A3", "")
        page.write_comment("C1", "批注")

    filled = _fill(draw, 3)
    drawing = part(filled, "xl/drawings/vmlDrawing1.vml")
    assert re.findall('<comment ref="(.*?)"', part(filled, "xl/comments1.xml")) == ["E1"]
    assert re.findall("<x:Anchor>(.*?)<", drawing) == ["5, 15, 0, 2, 7, 15, 3, 16"]
    assert re.findall("<x:Column>(.*?)<", drawing) == ["4"]


def test_line_break_that_excel_leaves_open_in_a_legacy_drawing_is_read() -> None:
    """Excel writes ``<br>`` into captions of buttons; the drawing follows all the same."""
    source = with_part(
        make_hard_workbook(),
        lambda xml: xml.replace("运行", "运<br>行"),
        "xl/drawings/vmlDrawing1.vml",
    )
    drawing = part(bytes(Template(source).fill(DATA)), "xl/drawings/vmlDrawing1.vml")
    assert "运<br/>行" in drawing
    assert re.findall("<x:Row>(.*?)<", drawing) == ["18", "19"]


def test_table_inside_of_a_loop_is_a_problem() -> None:
    """A table whose head repeats cannot be one table; with one pass it stays as it is."""

    def draw(_: Any, page: Any) -> None:
        page.add_table("C3:D5", {"columns": [{"header": "甲"}, {"header": "乙"}]})

    assert 'ref="C3:D5"' in part(_fill(draw, 1, whole=True), "xl/tables/table1.xml")
    with pytest.raises(DataError) as caught:
        _fill(draw, 2, whole=True)
    assert [problem.code for problem in caught.value.problems] == ["xlsx.not_repeated"]
    assert caught.value.problems[0].places[0].spot == (("cell", "表1!C3:D5"),)


@pytest.mark.parametrize(
    ("height", "rows"), [(15, ["1", "2", "3"]), (15.5, ["1", "2", "3"]), (40, ["1"])]
)
def test_object_without_a_second_corner_is_measured(height: float, rows: list[str]) -> None:
    """What is no higher than the loop's row is on each copy; what reaches below it is once."""

    def change(sheet: Worksheet) -> None:
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=2, min_row=2, max_row=2))
        chart.width, chart.height = 1, height / 72 * 2.54
        sheet.add_chart(chart, "E2")

    loop = {"A1": "头", "A2": "{%tr for x in xs %}{{ x }}{%tr endfor %}", "B2": 5}
    content = bytes(fill(make_sheet(loop, change), {"xs": [1, 2, 3]}))
    drawing = part(content, "xl/drawings/drawing1.xml")
    assert re.findall(r"<from>.*?<row>(\d+)", drawing) == rows
    shown = "'表1'!$B$2:$B$4" if rows == ["1"] else "'表1'!$B$2"
    assert re.findall(r"<f>([^<]*)</f>", part(content, "xl/charts/chart1.xml")) == [shown]
