"""Rich text, listings and docxtpl's own types as values."""

import docxtpl
import pytest

from govdocs import Link, Listing, RichText, RichTextParagraph, Template
from tests.compat.samples import body_of, cell, make, paragraph, table

TAG = (
    '<w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:color w:val="112233"/>'
    '<w:sz w:val="32"/></w:rPr>'
)


def fill(body: str, **values: object) -> str:
    """Fill a body and return it."""
    return body_of(bytes(Template(make(body)).fill(values)))


@pytest.mark.parametrize("tag", ["{{ x }}", "{{r x }}"])
def test_rich_text_keeps_the_tags_format_under_its_own(tag: str) -> None:
    """Font, size and colour of the tag stay; bold is added, in schema order; no empty runs."""
    assert fill(paragraph(tag, properties=TAG), x=RichText("字", bold=True)) == (
        '<w:p><w:r><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:b/><w:bCs/>'
        '<w:color w:val="112233"/><w:sz w:val="32"/></w:rPr>'
        '<w:t xml:space="preserve">字</w:t></w:r></w:p>'
    )


def test_font_is_set_for_every_script() -> None:
    """A font that is asked for shows Chinese text too."""
    filled = fill(paragraph("{{ x }}", properties=TAG), x=RichText("字", font="黑体"))
    assert '<w:rFonts w:ascii="黑体" w:eastAsia="黑体" w:hAnsi="黑体" w:cs="黑体"/>' in filled


def test_font_of_one_script_leaves_the_others() -> None:
    """``ascii:Arial`` changes Latin letters only."""
    filled = fill(paragraph("{{ x }}", properties=TAG), x=RichText("a", font="ascii:Arial"))
    assert '<w:rFonts w:ascii="Arial" w:eastAsia="仿宋_GB2312"/>' in filled


def test_theme_font_of_the_tag_yields_to_the_font_asked_for() -> None:
    """A theme's font would win over a named one; it is taken out."""
    themed = '<w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia" w:asciiTheme="minorHAnsi"/></w:rPr>'
    filled = fill(paragraph("{{ x }}", properties=themed), x=RichText("字", font="黑体"))
    assert "Theme" not in filled


def test_text_around_the_tag_stays_in_its_runs() -> None:
    """What stands before and after the tag keeps its run and its format."""
    filled = fill(paragraph("前{{ x }}后", properties=TAG), x=RichText("中", italic=True))
    assert filled.count("112233") == 3
    assert [piece.split("<")[0] for piece in filled.split('preserve">')[1:]] == ["前", "中", "后"]


def test_empty_runs_of_the_template_stay() -> None:
    """Only what the value itself leaves empty goes."""
    own = '<w:r><w:t xml:space="preserve"></w:t></w:r>'
    filled = fill(f"<w:p>{own}</w:p>" + paragraph("{{ x }}") + "<w:p/>", x=RichText("中"))
    assert filled == (
        '<w:p><w:r><w:t xml:space="preserve"/></w:r></w:p><w:p><w:r>'
        '<w:t xml:space="preserve">中</w:t></w:r></w:p><w:p/>'
    )


def test_many_values_in_one_paragraph_leave_no_empty_runs() -> None:
    """A loop inside a paragraph leaves one run for each value."""
    body = paragraph("{% for x in xs %}{{ x }}{% endfor %}")
    filled = fill(body, xs=[RichText(str(number), bold=True) for number in range(300)])
    assert filled.count("<w:r>") == 300


def test_nested_rich_text_takes_formats_where_it_has_none() -> None:
    """An inner text keeps its own wishes and takes the outer ones beside them."""
    inner = RichText("内", italic=True, color="#00ff00")
    filled = fill(paragraph("{{ x }}"), x=RichText().add(inner, bold=True, color="#ff0000"))
    assert '<w:b/><w:bCs/><w:i/><w:iCs/><w:color w:val="00FF00"/>' in filled


def test_every_property_stands_in_schema_order() -> None:
    """All wishes together come out as ECMA-376 17.3.2 orders them."""
    rich = RichText(
        "x",
        style="Strong",
        color="#FF0000",
        highlight="yellow",
        size=20,
        superscript=True,
        bold=True,
        italic=False,
        underline="wave",
        strike=True,
        font="黑体",
        rtl=True,
        lang="zh-CN",
    )
    filled = fill(paragraph("{{ x }}"), x=rich)
    names = ["rStyle", "rFonts", "b", "bCs", "i", "iCs", "strike", "color", "sz", "szCs"]
    names += ["highlight", "u", "vertAlign", "rtl", "lang"]
    positions = [filled.index(f"<w:{name} " if f"<w:{name} " in filled else f"<w:{name}/>") for name in names]  # fmt: skip # noqa: E501
    assert positions == sorted(positions)
    assert '<w:i w:val="0"/>' in filled


def test_control_characters_become_words_own() -> None:
    """Line, tab, paragraph and page break inside a formatted run keep its format."""
    filled = fill(paragraph("{{ x }}"), x=RichText("a\nb\tc\ad\fe", bold=True))
    assert filled.count("<w:b/>") == 5
    assert filled.count("<w:br/>") == 1
    assert filled.count("<w:tab/>") == 1
    assert filled.count('<w:br w:type="page"/>') == 1
    assert filled.count("<w:p>") == 4


def test_markup_in_rich_text_is_text() -> None:
    """Nothing that a text holds is taken for markup."""
    filled = fill(paragraph("{{ x }}"), x=RichText("<w:br/>&", font='"><w:br/>'))
    assert "&lt;w:br/&gt;&amp;" in filled
    assert "<w:br/>" not in filled


def test_rich_text_prints_plainly_in_an_attribute() -> None:
    """Where no runs can stand the text alone is printed."""
    filled = fill('<w:p><w:bookmarkStart w:id="1" w:name="{{ x }}"/></w:p>', x=RichText("n"))
    assert 'w:name="n"' in filled


def test_rich_paragraphs_replace_the_tags_paragraph() -> None:
    """Paragraphs with styles stand in the place of the tag's; it leaves no empty one."""
    rich = RichTextParagraph("题", parastyle="Heading1").add(RichText("文", bold=True))
    for tag in ("{{ x }}", "{{p x }}"):
        filled = fill(paragraph(tag) + paragraph("尾"), x=rich)
        assert filled.count("<w:p>") == 3
        assert filled.startswith('<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>')


def test_blocks_alone_in_a_cell_leave_a_valid_cell() -> None:
    """A cell whose only paragraph was replaced ends in a paragraph."""
    filled = fill(table((cell("{{ x }}"), "b")), x=RichTextParagraph("题"))
    assert "题</w:t></w:r></w:p></w:tc>" in filled


def test_listing_is_printed_as_it_is() -> None:
    """Markup is text, lines are lines."""
    filled = fill(paragraph("{{ x }}"), x=Listing("a & <\nb"))
    assert 'a &amp; &lt;</w:t><w:br/><w:t xml:space="preserve">b' in filled


def test_docxtpls_own_types_are_accepted() -> None:
    """Runs of docxtpl come in schema order, with Chinese fonts set and the tag's format beneath."""
    rich = docxtpl.RichText("字\n行\a段", font="黑体", bold=True, highlight="#ff0000")
    filled = fill(paragraph("{{r x }}", properties=TAG), x=rich)
    assert filled.count('w:eastAsia="黑体"') == 2
    assert filled.count('<w:sz w:val="32"/>') == 2
    assert filled.index("<w:b/>") < filled.index("<w:sz ") < filled.index("<w:shd ")
    assert 'w:val="clear"' in filled
    assert "<w:br/>" in filled
    assert "a &amp; b" in fill(paragraph("{{ x }}"), x=docxtpl.Listing("a & b"))
    made = fill(paragraph("{{p x }}"), x=docxtpl.RichTextParagraph("p", parastyle="Title"))
    assert made.startswith('<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>')


def test_link_text_is_the_address_where_there_is_none() -> None:
    """A link without text shows where it leads."""
    filled = fill(paragraph("{{ x }}"), x=Link("", "http://example.org/"))
    assert ">http://example.org/</w:t>" in filled
