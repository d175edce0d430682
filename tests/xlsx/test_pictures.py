"""Pictures as values of cells: drawn over the cell, in a drawing made where there is none."""

import io
import re
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl.chart import BarChart
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from govdocs import Image
from govdocs.errors import DataError
from govdocs.template import Template
from govdocs.values.lengths import EMU_PER_MM
from govdocs.values.pictures import Seal
from tests.support.auditing import audit_against
from tests.support.packages import read_parts
from tests.xlsx.below import make_png
from tests.xlsx.workbooks import fill, make_sheet, part, read_cells, with_part

DRAWING = "xl/drawings/drawing1.xml"
ANCHOR = (
    r"<xdr:col>(\d+)</xdr:col><xdr:colOff>(\d+)</xdr:colOff><xdr:row>(\d+)</xdr:row>"
    r'<xdr:rowOff>(\d+)</xdr:rowOff></xdr:from><xdr:ext cx="(\d+)" cy="(\d+)"/>'
)


def _anchors(content: bytes) -> list[tuple[int, ...]]:
    """List the pictures: column, offset, row, offset, width, height."""
    found = re.findall(ANCHOR, part(content, DRAWING))
    return [tuple(map(int, one)) for one in found]


def _merged(sheet: Worksheet) -> None:
    sheet.merge_cells("B2:C3")
    for row in (2, 3):
        sheet.row_dimensions[row].height = 60


def test_picture_of_no_given_size_is_shrunk_to_its_merged_cells_and_centred() -> None:
    """A photo of 400 × 300 pixels fits the 128 × 160 pixels of its frame."""
    template = make_sheet({"B2": "{{ photo }}"}, _merged)
    anchor = _anchors(bytes(fill(template, {"photo": Image(make_png(400, 300))})))
    # 128 pixels wide, 96 high, in a frame of 2 × 80 pixels: 32 pixels from its upper edge
    assert anchor == [(1, 0, 1, 32 * 9525, 128 * 9525, 96 * 9525)]


def test_picture_smaller_than_its_cell_keeps_its_size() -> None:
    """A small picture is centred, never blown up."""
    template = make_sheet({"A1": "{{ photo }}"})
    anchor = _anchors(bytes(fill(template, {"photo": Image(make_png(40, 10))})))
    assert anchor == [(0, 50800, 0, 31750, 508000, 127000)]


def test_picture_of_given_size_keeps_it_and_begins_with_its_cell() -> None:
    """What does not fit begins at the edge of the cell."""
    template = make_sheet({"A1": "{{ photo }}"})
    image = Image(make_png(40, 10), width="100mm", height="50mm")
    assert _anchors(bytes(fill(template, {"photo": image}))) == [
        (0, 0, 0, 0, 100 * EMU_PER_MM, 50 * EMU_PER_MM)
    ]


def test_pictures_of_a_loop_stand_over_their_own_rows() -> None:
    """Each copy of a row has its picture; equal pictures are stored once."""
    cells = {"A1": "头", "A3": "{%tr for x in xs %}{{ x.n }}", "B3": "{{ x.p }}{%tr endfor %}"}
    one, other = Image(make_png(10, 10)), Image(make_png(20, 10))
    filled = bytes(fill(make_sheet(cells), {"xs": [{"n": 1, "p": one}, {"n": 2, "p": other}] * 2}))
    assert [(anchor[0], anchor[2]) for anchor in _anchors(filled)] == [
        *((1, 2), (1, 3), (1, 4), (1, 5)),
    ]
    media = [name for name in read_parts(filled) if name.startswith("xl/media/")]
    assert media == ["xl/media/image1.png", "xl/media/image2.png"]
    assert read_cells(filled) == {"A1": "头", "A3": 1, "A4": 2, "A5": 1, "A6": 2}


def test_picture_joins_the_drawing_that_the_sheet_has() -> None:
    """The template's own chart stays, and ids do not meet."""

    def draw(sheet: Worksheet) -> None:
        sheet.add_chart(BarChart(), "E5")

    template = make_sheet({"A1": "{{ photo }}", "A2": "{% if no %}", "A3": "x{% endif %}"}, draw)
    filled = bytes(fill(template, {"photo": Image(make_png(7, 7), alt="像"), "no": 0}))
    drawing = part(filled, DRAWING)
    ids = re.findall(r'cNvPr id="(\d+)"', drawing)
    assert len(ids) == len(set(ids)) == 2
    assert 'descr="像"' in drawing
    assert re.findall("<(?:xdr:)?(pic|graphicFrame)>", drawing) == ["graphicFrame", "pic"]


def test_drawing_stands_where_the_schema_wants_it() -> None:
    """The new element goes before a table's; the audit finds nothing new."""
    template = make_sheet(
        {"A1": "头", "A2": "甲", "C1": "{{ photo }}"},
        lambda sheet: sheet.add_table(Table(displayName="t", ref="A1:A2")),
    )
    filled = bytes(fill(template, {"photo": Image(make_png(7, 7))}))
    assert re.search(r'<drawing [^>]*r:id="rId\d+"/><tableParts', part(filled))


def test_filled_pictures_pass_an_audit(tmp_path: Path) -> None:
    """Parts, types, relationships and markup of a new drawing are as the standard has them."""
    template, filled = tmp_path / "t.xlsx", tmp_path / "f.xlsx"
    template.write_bytes(make_sheet({"A1": "{{ photo }}"}))
    Template(template).fill({"photo": Image(make_png(7, 7))}).save(filled)
    assert audit_against(filled, template) == []


def test_condition_may_print_a_picture() -> None:
    """A cell that is one condition is a picture where the chosen branch is one."""
    template = make_sheet({"A1": "{% if signed %}{{ photo }}{% else %}{{ name }}{% endif %}"})
    data = {"signed": True, "photo": Image(make_png(7, 7)), "name": "甲"}
    assert len(_anchors(bytes(fill(template, data)))) == 1
    assert read_cells(bytes(fill(template, {**data, "signed": False}))) == {"A1": "甲"}


def test_seal_is_as_large_as_it_says_and_none_leaves_the_cell_empty() -> None:
    """A seal has its diameter; without an image nothing is drawn."""
    template = make_sheet({"A1": "{{ seal }}"})
    anchor = _anchors(bytes(fill(template, {"seal": Seal(make_png(9, 9))})))[0]
    assert anchor[4:] == (42 * EMU_PER_MM, 42 * EMU_PER_MM)
    assert DRAWING not in read_parts(bytes(fill(template, {"seal": Seal()})))


@pytest.mark.parametrize("text", ["像：{{ photo }}", "{{ photo }}{{ photo }}"])
def test_picture_amid_text_is_refused(text: str) -> None:
    """A picture cannot stand in a text; the error names the cell."""
    with pytest.raises(DataError) as caught:
        fill(make_sheet({"A1": text}), {"photo": Image(make_png())})
    assert {problem.code for problem in caught.value.problems} == {"xlsx.picture_in_text"}
    assert caught.value.problems[0].places[0].spot == (("cell", "表1!A1"),)


def test_pictures_of_a_loop_of_columns_stand_over_their_own_columns() -> None:
    """Each copy of a column has its picture, and what stands right of the loop moves."""
    cells = {"A1": "头", "B1": "{%tc for p in ps %}{{ p }}{%tc endfor %}", "C1": "{{ last }}"}
    images = [Image(make_png(5, 5)), Image(make_png(6, 5)), Image(make_png(7, 5))]
    filled = bytes(fill(make_sheet(cells), {"ps": images, "last": Image(make_png(8, 5))}))
    assert [(anchor[0], anchor[2]) for anchor in _anchors(filled)] == [
        *((1, 0), (2, 0), (3, 0), (4, 0)),
    ]


def test_picture_of_the_template_is_swapped_by_its_description() -> None:
    """A tag in its alt text names the new picture; place and size stay, others keep theirs."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("表1")
    old = {"image_data": io.BytesIO(make_png(40, 20))}
    page.insert_image("B2", "a.png", {**old, "description": "{{ logo }}"})
    page.insert_image("B9", "a.png", {**old, "description": "旧"})
    page.write("A1", "{{ x }}")
    book.close()
    logo = Image(make_png(80, 80), alt="新徽标")
    before, filled = buffer.getvalue(), bytes(fill(buffer.getvalue(), {"x": 1, "logo": logo}))
    pictures = r'descr="([^"]*)".*?r:embed="(rId\d+)".*?<a:ext ([^/]*)/>'
    old_ones, new_ones = (re.findall(pictures, part(one, DRAWING)) for one in (before, filled))
    assert [(one[0], one[2]) for one in new_ones] == [
        ("新徽标", old_ones[0][2]),
        ("旧", old_ones[1][2]),
    ]
    assert new_ones[1][1] == old_ones[1][1] != new_ones[0][1]
    assert read_parts(filled)["xl/media/image2.png"] == make_png(80, 80)


def test_description_may_still_be_a_text() -> None:
    """A tag in an alt text that is no picture prints."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    image = {"image_data": io.BytesIO(make_png()), "description": "{{ unit }}徽标"}
    book.add_worksheet("表1").insert_image("B2", "a.png", image)
    book.close()
    assert 'descr="某局徽标"' in part(bytes(fill(buffer.getvalue(), {"unit": "某局"})), DRAWING)


def test_picture_of_a_header_is_swapped_by_its_title() -> None:
    """A tag as the title of a header's picture names the new one."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("表1")
    logo = {"image_center": "logo.png", "image_data_center": io.BytesIO(make_png())}
    page.set_header("&C&G", logo)
    book.close()
    drawing = "xl/drawings/vmlDrawing1.vml"
    template = with_part(
        buffer.getvalue(),
        lambda xml: xml.replace('o:title="logo"', 'o:title="{{ logo }}"'),
        drawing,
    )
    filled = bytes(fill(template, {"logo": Image(make_png(80, 80), alt="新徽标")}))
    found = re.findall(r'o:relid="(\w+)" o:title="(.*?)"', part(filled, drawing))
    rels = part(filled, "xl/drawings/_rels/vmlDrawing1.vml.rels")
    assert found[0][1] == "新徽标"
    assert f'Id="{found[0][0]}"' in rels
    assert read_parts(filled)["xl/media/image2.png"] == make_png(80, 80)
