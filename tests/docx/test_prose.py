"""Markdown and HTML for prose sections; links and breaks from data."""

import re
from pathlib import Path

import pytest

from govdocs import Break, DataError, Html, Link, Markdown, RichText, Template
from tests.compat.samples import body_of, make, paragraph
from tests.support.auditing import audit_against
from tests.support.packages import read_parts

TEXT = """# 总体情况

主动公开**重点**信息，见
[网站](http://example.org/?a=1&b=2)。

1. 甲
2. 乙
   - 丙
3. 丁

| 项目 | 数量 |
|---|---|
| 条 | 5 |

5. 从五
"""
WEB = (
    '<h1>总体情况</h1><p>主动公开<b>重点</b>信息，见<a href="http://example.org/?a=1&amp;b=2">网站</a>。'
    "</p><ol><li>甲</li><li>乙<ul><li>丙</li></ul></li><li>丁</li></ol><table><tr><th>项目</th>"
    '<th>数量</th></tr><tr><td>条</td><td>5</td></tr></table><ol start="5"><li>从五</li></ol>'
)


@pytest.mark.parametrize("value", [Markdown(TEXT), Html(WEB)], ids=["markdown", "html"])
def test_prose_becomes_paragraphs_of_the_document(value: object, tmp_path: Path) -> None:
    """Headings take the template's style, lists are numbered, tables are tables; all valid."""
    template, filled = tmp_path / "template.docx", tmp_path / "filled.docx"
    template.write_bytes(make(paragraph("{{ x }}") + paragraph("后")))
    document = Template(template).fill({"x": value})
    document.save(filled)
    made = document.to_docx()
    assert [(p.text, p.style.name if p.style else "") for p in made.paragraphs] == [
        ("总体情况", "Heading 1"),
        ("主动公开重点信息，见网站。", "Normal"),
        ("甲", "List Paragraph"),
        ("乙", "List Paragraph"),
        ("丙", "List Paragraph"),
        ("丁", "List Paragraph"),
        ("从五", "List Paragraph"),
        ("后", "Normal"),
    ]
    assert [[c.text for c in row.cells] for row in made.tables[0].rows] == [
        ["项目", "数量"],
        ["条", "5"],
    ]
    body = body_of(filled.read_bytes())
    numbers = re.findall(r'<w:numId w:val="(\d+)"/>', body)
    assert [numbers.index(one) for one in numbers] == [0, 0, 2, 0, 4]
    assert '<w:start w:val="5"/>' in read_parts(filled)["word/numbering.xml"].decode()
    assert audit_against(filled, template) == []


def test_prose_keeps_the_tags_format() -> None:
    """A paragraph of prose looks as the tag does."""
    size = '<w:rPr><w:sz w:val="32"/></w:rPr>'
    filled = body_of(bytes(Template(make(paragraph("{{ x }}", properties=size))).fill({"x": Markdown("甲**乙**")})))  # fmt: skip # noqa: E501
    assert filled.count('<w:sz w:val="32"/>') == 2
    assert filled.count("<w:b/>") == 1


def test_line_ends_between_chinese_characters_are_no_spaces() -> None:
    """Markdown joins lines with a space; Chinese text has none."""
    filled = Template(make(paragraph("{{ x }}"))).fill(
        {"x": Markdown("前一行\n后一行\nword\nnext")}
    )
    assert filled.to_docx().paragraphs[0].text == "前一行后一行 word next"


def test_html_that_does_something_is_left_out() -> None:
    """Scripts, styles and their links are not text and not links."""
    web = '<p>a<script>b()</script><a href="javascript:x()">c</a></p><style>p{}</style>'
    content = bytes(Template(make(paragraph("{{ x }}"))).fill({"x": Html(web)}))
    assert "javascript" not in read_parts(content)["word/_rels/document.xml.rels"].decode()
    assert re.findall(r">([^<]+)</w:t>", body_of(content)) == ["a", "c"]


def test_markup_in_markdown_is_text() -> None:
    """HTML in Markdown is shown as typed."""
    filled = body_of(
        bytes(Template(make(paragraph("{{ x }}"))).fill({"x": Markdown("<b>x</b> & y")}))
    )
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in filled


def test_links_are_related_where_they_land_and_fillings_share_nothing() -> None:
    """Header and body each relate to the address; a second filling has only its own."""
    template = Template(make(paragraph("{{ x }}{{ x }}"), header="{{ x }}"))
    for address in ("http://example.org/1", "http://example.org/2"):
        parts = read_parts(bytes(template.fill({"x": Link("链", address)})))
        for name in ("document", "header1"):
            rels = parts[f"word/_rels/{name}.xml.rels"].decode()
            assert re.findall(r"http://example\.org/\d", rels) == [address]
            used = re.search(r'<w:hyperlink [^>]*r:id="(\w+)"', parts[f"word/{name}.xml"].decode())
            assert used is not None
            assert f'Id="{used[1]}"' in rels


def test_link_to_a_bookmark_needs_no_relationship() -> None:
    """``#name`` leads to a place in the document."""
    rich = RichText("见").add("附表", link="#附表一")
    content = bytes(Template(make(paragraph("{{ x }}"))).fill({"x": rich}))
    assert '<w:hyperlink w:anchor="附表一"' in body_of(content)


def test_breaks_are_values() -> None:
    """A page break stands in the line; a section ends with the page of the document's last."""
    content = bytes(Template(make(paragraph("a{{ x }}b"))).fill({"x": Break()}))
    assert '<w:br w:type="page"/>' in body_of(content)
    filled = Template(make(paragraph("a{{ x }}b"))).fill({"x": Break("section")}).to_docx()
    assert filled.sections[0].page_width == filled.sections[1].page_width
    assert [p.text for p in filled.paragraphs] == ["a", "", "b"]


def test_section_in_a_header_is_told() -> None:
    """A header has no sections."""
    with pytest.raises(DataError) as caught:
        Template(make("", header="{{ x }}")).fill({"x": Break("section")})
    assert [one.code for one in caught.value.problems] == ["value.section_outside_body"]
