"""Texts beside the cells on the rows of a loop: each pass has its own, with its own item."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from govdocs.template import Template
from tests.support.auditing import audit_against
from tests.support.packages import read_parts
from tests.xlsx.below import make_png
from tests.xlsx.test_anchors import thread_in_the_loop
from tests.xlsx.test_hard_workbook import DATA
from tests.xlsx.workbooks import SHEET, load, part, texts_of, with_part

ITEMS = [{"n": "甲", "v": 3, "id": "a&b"}, {"n": "乙", "v": 4, "id": "丙 1"}]
DRAWING = "xl/drawings/drawing1.xml"
RELS = "xl/worksheets/_rels/sheet1.xml.rels"


def _template(draw: Any) -> bytes:
    """A sheet whose row 3 repeats."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet("表1")
    page.write("A1", "头{{ title }}")
    page.write("A3", "{%tr for r in rows %}{{ r.n }}")
    page.write("B3", "{{ r.v }}{%tr endfor %}")
    page.write("A4", "尾")
    draw(book, page)
    book.close()
    return buffer.getvalue()


def _fill(source: bytes, count: int = 2) -> bytes:
    filled = bytes(Template(source).fill({"rows": ITEMS[:count], "title": "报表"}))
    assert not [text for text in texts_of(filled) if re.search("{{|%7B%7B", text)]
    return filled


def _comment(_: Any, page: Any) -> None:
    page.write_comment("B3", "{{ r.n }}的数是{{ r.v }}", {"author": "科"})
    page.write_comment("A1", "说明{{ title }}", {"author": "科"})


def _comments(filled: bytes) -> dict[str, str]:
    """Read the comments of the sheet."""
    cells = (cell for row in load(filled).worksheets[0].iter_rows() for cell in row)
    return {cell.coordinate: cell.comment.text for cell in cells if cell.comment}


def _attributes(tag: str) -> dict[str, str]:
    return dict(re.findall(r'([\w:]+)="([^"]*)"', tag))


def test_comments_name_the_item_of_their_own_row() -> None:
    """A comment on the row of a loop says something else on each copy."""
    found = _comments(_fill(_template(_comment)))
    assert found == {"A1": "说明报表", "B3": "甲的数是3", "B4": "乙的数是4"}


def test_comment_of_no_pass_asks_for_nothing() -> None:
    """Without items there is no comment, and nothing is missing."""
    assert list(_comments(_fill(_template(_comment), 0))) == ["A1"]


def _link(_: Any, page: Any) -> None:
    url = "https://example.org/q?id={{ r.id }}&x=1"
    page.write_url("A3", url, None, "{%tr for r in rows %}{{ r.n }}", "看{{ r.n }}")
    page.write_url("A4", "https://example.org/{{ title }}", None, "尾")
    page.write_url("C3", "internal:'表1'!A1", None, "回", "回到{{ r.n }}的头")


@pytest.mark.parametrize("encoded", [False, True])
def test_links_lead_where_their_own_row_says(encoded: bool) -> None:
    """Each pass has a relationship of its own; what is filled in is written as an address."""
    source = _template(_link)
    if encoded:  # as Excel writes them
        source = with_part(
            source,
            lambda xml: xml.replace("{{ ", "%7B%7B%20").replace(" }}", "%20%7D%7D"),
            RELS,
        )
    filled = _fill(source)
    rels = [_attributes(one) for one in re.findall("<Relationship [^>]*>", part(filled, RELS))]
    targets = {one["Id"]: one["Target"] for one in rels}
    links = [_attributes(one) for one in re.findall("<hyperlink [^>]*>", part(filled, SHEET))]
    led = {one["ref"]: targets.get(one.get("r:id", "")) for one in links}
    assert led == {
        "A3": "https://example.org/q?id=a&amp;b&amp;x=1",
        "A4": "https://example.org/q?id=%E4%B8%99%201&amp;x=1",
        "A5": "https://example.org/%E6%8A%A5%E8%A1%A8",
        "C3": None,
        "C4": None,
    }
    tips = {one["ref"]: one["tooltip"] for one in links if "tooltip" in one}
    assert tips == {"A3": "看甲", "A4": "看乙", "C3": "回到甲的头", "C4": "回到乙的头"}


def _shape(book: Any, page: Any) -> None:
    page.insert_textbox("C3", "{{ r.n }}：{{ r.v }}", {"width": 40, "height": 15})
    page.insert_textbox("C6", "{{ title }}", {"width": 40, "height": 15})
    image = io.BytesIO(make_png(10, 10))
    page.insert_image("D3", "图.png", {"image_data": image, "description": "{{ r.n }}的章"})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=表1!$B$3:$B$3"})
    chart.set_title({"name": "{{ r.n }}的图"})
    page.insert_chart("E3", chart, {"x_scale": 0.1, "y_scale": 0.05})


def test_shapes_and_charts_name_the_item_of_their_own_row() -> None:
    """Text boxes, descriptions of pictures and titles of charts are those of their pass."""
    filled = _fill(_template(_shape))
    drawing = part(filled, DRAWING)
    assert re.findall("<a:t>(.*?)</a:t>", drawing) == ["甲：3", "乙：4", "报表"]
    assert re.findall('descr="(.*?)"', drawing) == ["甲的章", "乙的章"]
    charts = [text.decode() for name, text in read_parts(filled).items() if "charts/chart" in name]
    assert [re.findall("<a:t>(.*?)</a:t>", one) for one in charts] == [["甲的图"], ["乙的图"]]


def test_link_of_no_pass_leaves_nothing() -> None:
    """Without items neither the link is left nor what it would have led to."""
    filled = _fill(_template(_link), 0)
    links = [_attributes(one) for one in re.findall("<hyperlink [^>]*>", part(filled, SHEET))]
    assert [one["ref"] for one in links] == ["A3"]
    assert part(filled, RELS).count("<Relationship ") == 1


def test_link_of_a_shape_is_filled() -> None:
    """The target of a drawn object's link has tags, too."""

    def draw(_: Any, page: Any) -> None:
        url = "https://example.org/{{ title }}"
        page.insert_textbox("C6", "到", {"width": 40, "height": 15, "url": url})

    rels = part(_fill(_template(draw)), "xl/drawings/_rels/drawing1.xml.rels")
    assert 'Target="https://example.org/%E6%8A%A5%E8%A1%A8"' in rels


@pytest.mark.parametrize("count", [0, 1, 2])
def test_links_of_shapes_lead_where_their_own_row_says(count: int) -> None:
    """Each copy of a picture or a text box has a relationship of its own."""

    def draw(_: Any, page: Any) -> None:
        size = {"width": 40, "height": 15}
        page.insert_textbox("C3", "到", {**size, "url": "https://example.org/{{ r.v }}"})
        page.insert_textbox("C6", "到", {**size, "url": "https://example.org/{{ title }}"})

    filled = _fill(_template(draw), count)
    rels = part(filled, "xl/drawings/_rels/drawing1.xml.rels")
    found = [_attributes(one) for one in re.findall("<Relationship [^>]*>", rels)]
    targets = {one["Id"]: one["Target"].rpartition("/")[2] for one in found}
    ids = re.findall('<a:hlinkClick [^>]*r:id="(.*?)"', part(filled, DRAWING))
    expected = [*["3", "4"][:count], "%E6%8A%A5%E8%A1%A8"]
    assert [targets[one] for one in ids] == expected
    assert len(targets) == len(expected)


def test_texts_of_columns_that_repeat_are_those_of_their_column() -> None:
    """A comment in a loop of columns says something else in each of them."""

    def draw(_: Any, page: Any) -> None:
        page.write("C2", "{%tc for r in rows %}{{ r.n }}{%tc endfor %}")
        page.write_comment("C2", "{{ r.v }}")

    assert _comments(_fill(_template(draw))) == {"C2": "3", "D2": "4"}


def test_threads_name_the_item_of_their_own_row() -> None:
    """Threaded comments and the notes that stand in for them have tags, too."""
    name = "xl/threadedComments/threadedComment1.xml"
    source = with_part(
        thread_in_the_loop(),
        lambda xml: re.sub("<text>.*?</text>", "<text>{{ r.name }}？</text>", xml, count=1),
        name,
    )
    filled = bytes(Template(source).fill(DATA))
    found = re.findall("<text>(.*?)？</text>", part(filled, name))
    assert found == list("甲乙丙丁")


@pytest.mark.parametrize("draw", [_comment, _link, _shape])
def test_texts_of_loops_pass_an_audit(draw: Any, tmp_path: Path) -> None:
    """Nothing is found in the filled workbook that was not found in the template."""
    template, filled = tmp_path / "t.xlsx", tmp_path / "f.xlsx"
    template.write_bytes(_template(draw))
    filled.write_bytes(_fill(_template(draw)))
    assert audit_against(filled, template) == []
