"""Rich values in cells: runs with formats, links, prose; docxtpl's own types."""

import io
import re
from typing import Any

import docx
import docxtpl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

import govdocs
from govdocs.errors import DataError
from govdocs.values.documents import Subdocument
from tests.support.packages import read_parts
from tests.values.pictures import png
from tests.xlsx.workbooks import fill, fill_cells, load, make_sheet, part

RICH = (
    govdocs.RichText("甲", bold=True)
    .add("乙", color="#ff0000", size=32, underline="double")
    .add("2", superscript=True, font="黑体")
)
SONG = '<rPr><sz val="14"/><rFont val="宋体"/></rPr>'


def in_song(sheet: Worksheet) -> None:
    """Let A1 be written in 宋体 四号."""
    sheet["A1"].font = Font(name="宋体", size=14)


def is_of(content: bytes, cell: str = "A1") -> str:
    """Give what a cell of inline text holds."""
    found = re.search(rf'<c r="{cell}"[^>]*t="inlineStr"><is>(.*?)</is>', part(content), re.DOTALL)
    assert found is not None
    return found[1].replace(' xml:space="preserve"', "")


def test_pieces_are_runs_in_the_font_of_their_cell() -> None:
    """What a piece does not ask for is the cell's font, said in full; a Chinese font says so."""
    content = bytes(fill(make_sheet({"A1": "{{ x }}"}, in_song), {"x": RICH}))
    assert is_of(content) == (
        '<r><rPr><b/><sz val="14"/><rFont val="宋体"/></rPr><t>甲</t></r>'
        '<r><rPr><u val="double"/><sz val="16"/><color rgb="FFFF0000"/><rFont val="宋体"/></rPr>'
        "<t>乙</t></r>"
        '<r><rPr><vertAlign val="superscript"/><sz val="14"/><rFont val="黑体"/>'
        '<charset val="134"/></rPr><t>2</t></r>'
    )


@pytest.mark.parametrize("tag", ["前{{ x }}后", "{% if 1 %}前{{ x }}后{% endif %}"])
def test_rich_value_amid_text_makes_runs_of_all_of_it(tag: str) -> None:
    """The text around it keeps the font of the cell."""
    value = govdocs.RichText("甲", bold=True)
    content = bytes(fill(make_sheet({"A1": tag}, in_song), {"x": value}))
    assert is_of(content) == (
        f"<r>{SONG}<t>前</t></r>"
        '<r><rPr><b/><sz val="14"/><rFont val="宋体"/></rPr><t>甲</t></r>'
        f"<r>{SONG}<t>后</t></r>"
    )


def test_rich_value_in_a_run_keeps_that_runs_font() -> None:
    """In a cell of several formats the tag's run lends its own."""
    font = Font(name="楷体", size=9)
    block = TextBlock(docx_font(font), "[{{ x }}]")
    source = make_sheet({"A1": CellRichText("头", block)})
    value = govdocs.RichText("甲", bold=True)
    cell = load(bytes(fill(source, {"x": value})), rich_text=True)["表1"]["A1"].value
    assert [(str(one), getattr(one, "font", None) and one.font.sz) for one in cell] == [
        ("头", None),
        ("[", 9),
        ("甲", 9),
        ("]", 9),
    ]
    assert cell[2].font.b


def docx_font(font: Font) -> Any:
    """Turn a font into one of a run."""
    from openpyxl.cell.text import InlineFont

    return InlineFont(rFont=font.name, sz=font.size)


def test_wishes_may_take_a_format_away() -> None:
    """A piece that asks for no bold in a bold cell is not bold; a theme's font gives way."""

    def change(sheet: Worksheet) -> None:
        sheet["A1"].font = Font(name="宋体", size=14, bold=True, underline="single", scheme="minor")

    value = govdocs.RichText("a", bold=False, underline=False, font="ascii:Arial")
    content = bytes(fill(make_sheet({"A1": "{{ x }}"}, change), {"x": value}))
    assert is_of(content) == '<r><rPr><sz val="14"/><rFont val="Arial"/></rPr><t>a</t></r>'


def test_cell_that_is_a_link_leads_there_and_looks_like_one() -> None:
    """An address becomes a hyperlink of the cell, also in a loop; ``#`` leads into the workbook."""
    links = [govdocs.Link("网页", "https://example.org/a b"), govdocs.Link("表", "#表1!A1")]
    cells = {"A1": "{% for x in xs %}{{ x }}", "B1": "{% endfor %}", "A2": "旧"}

    def change(sheet: Worksheet) -> None:
        sheet["A2"].hyperlink = "https://example.org/old"

    content = bytes(fill(make_sheet(cells, change), {"xs": links}))
    sheet = load(content)["表1"]
    found = [sheet[one].hyperlink for one in ("A1", "A2", "A3")]
    assert [(one.target, one.location) for one in found] == [
        ("https://example.org/a%20b", None),
        (None, "表1!A1"),
        ("https://example.org/old", None),
    ]
    assert "<u/>" in is_of(content)
    assert 'rgb="FF0563C1"' in is_of(content)


def test_link_amid_text_looks_like_one_and_leads_nowhere() -> None:
    """A cell has one link or none."""
    content = bytes(fill(make_sheet({"A1": "见{{ x }}"}), {"x": govdocs.Link("甲", "https://a.b")}))
    assert "<u/>" in is_of(content)
    assert "<hyperlink" not in part(content)


def test_prose_is_lines() -> None:
    """Headings are bold, lists have their marks, a table's cells stand behind tabs."""
    prose = "# 头\n\n正**文**\n\n- 甲\n- 乙\n\n3. 丙\n4. 丁\n\n|a|b|\n|-|-|\n|1|2|"
    data = {"x": govdocs.Markdown(prose), "y": govdocs.Html("<p>a<b>b</b><br>c</p><p>d</p>")}
    content = bytes(fill(make_sheet({"A1": "{{ x }}", "A2": "{{ y }}"}), data))
    sheet = load(content, rich_text=True)["表1"]
    assert str(sheet["A1"].value) == "头\n正文\n• 甲\n• 乙\n3. 丙\n4. 丁\na\tb\n1\t2"
    assert str(sheet["A2"].value) == "ab\nc\nd"
    bold = [str(one) for one in sheet["A1"].value if isinstance(one, TextBlock) and one.font.b]
    assert bold == ["头", "文", "a", "b"]


def test_values_of_docxtpl_are_taken() -> None:
    """Its rich text, listings and pictures stand in cells as they do in Word."""
    rich = docxtpl.RichText("x", bold=True)
    rich.add("y & z\n末", color="00FF00", font="黑体")
    tpl: Any = None
    data = {
        "rich": rich,
        "listing": docxtpl.Listing("a\nb & c\ad"),
        "picture": docxtpl.InlineImage(tpl, io.BytesIO(png(10, 10)), width=docx.shared.Mm(10)),
    }
    cells = {"A1": "{{ rich }}", "A2": "{{ listing }}", "A3": "{{ picture }}", "A4": "[{{ rich }}]"}
    content = bytes(fill(make_sheet(cells), data))
    sheet = load(content, rich_text=True)["表1"]
    assert [str(sheet[f"A{n}"].value) for n in (1, 2, 4)] == [
        "xy & z\n末",
        "a\nb & c\nd",
        "[xy & z\n末]",
    ]
    assert sheet["A1"].value[0].font.b
    assert sheet["A1"].value[1].font.rFont == "黑体"
    assert 'cx="360000"' in read_parts(content)["xl/drawings/drawing1.xml"].decode()


def test_rich_value_without_formats_is_plain_text() -> None:
    """A listing, or rich text that asks for nothing, needs no runs."""
    values = {"x": govdocs.RichText("a").add("b"), "y": govdocs.RichTextParagraph("a").add("b")}
    content = bytes(fill(make_sheet({"A1": "{{ x }}", "A2": "{{ y }}"}), values))
    assert (is_of(content), is_of(content, "A2")) == ("<t>ab</t>", "<t>a\nb</t>")


def test_rich_value_is_its_text_where_no_runs_can_stand() -> None:
    """In a header, the name of a sheet and a formula it is read as text; so is it by formulas."""

    def change(sheet: Any) -> None:
        sheet.oddHeader.center.text = "{{ x }}"
        sheet.title = "{{ x }}"

    source = make_sheet({"A1": "{{ x }}", "B1": '=A1&"{{ x }}"'}, change)
    sheet: Any = load(bytes(fill(source, {"x": RICH}))).active
    assert sheet.title == "甲乙2"
    assert sheet.oddHeader.center.text == "甲乙2"
    assert sheet["B1"].value == '=A1&"甲乙2"'


def test_rich_value_survives_a_block_that_captures() -> None:
    """What ``set`` and a macro capture is its text, escaped once."""
    cells = {
        "A1": "{% set y %}<{{ x }}>&{% endset %}{{ y }}",
        "A2": "{% macro m(z) %}<{{ z }}>&{% endmacro %}甲{{ m(x) }}",
        "A3": "{% filter upper %}<{{ x }}a>{% endfilter %}",
    }
    assert fill_cells(cells, {"x": RICH}) == {
        "A1": "<甲乙2>&",
        "A2": "甲<甲乙2>&",
        "A3": "<甲乙2A>",
    }


def test_longest_text_counts_in_runs_too() -> None:
    """A rich text that is longer than a cell may hold is told."""
    with pytest.raises(DataError) as caught:
        fill_cells({"A1": "{{ x }}"}, {"x": govdocs.RichText("x" * 32_768, bold=True)})
    assert [one.code for one in caught.value] == ["xlsx.text_too_long"]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (Subdocument(b""), "xlsx.word_only"),
        (govdocs.Break("page"), "xlsx.word_only"),
        (docx.Document(), "xlsx.word_only"),
        (govdocs.RichText(govdocs.Image(png(1, 1))), "xlsx.picture_in_text"),
    ],
)
def test_what_only_word_can_hold_is_refused_with_its_cell(value: object, code: str) -> None:
    """A document or a page break in a cell is an error, never the text of a Python object."""
    with pytest.raises(DataError) as caught:
        fill_cells({"B2": "{{ x }}"}, {"x": value})
    assert [(one.code, one.place.spot) for one in caught.value] == [(code, (("cell", "表1!B2"),))]
