# ruff: noqa: E501 - a case fits on a line
"""More differences of docs/reference/docxtpl.md: what is right here, and how docxtpl has it."""

import io
from typing import Any

import docx
import docxtpl
import jinja2
import pytest
from docx.image.exceptions import UnrecognizedImageError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm
from lxml import etree
from markupsafe import Markup

import govdocs.compat.docxtpl as ours
from tests.compat.programs.parts import BOX
from tests.compat.samples import NAMESPACES, body_of, make, paragraph, render, save, table
from tests.support.packages import read_parts, write_package
from tests.values.pictures import png


def texts(content: bytes) -> list[str]:
    """Read the text of each paragraph of a body."""
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]


@pytest.mark.parametrize(
    ("body", "context", "mine", "theirs"),
    [
        (paragraph("a{{ x }}b"), {"x": "<w:br/>"}, ["a<w:br/>b"], ["a"]),
        (paragraph("{{ x|safe }}"), {"x": "a & b < c"}, ["a & b < c"], ["a  b  c"]),
        (paragraph("{{ x }}"), {"x": Markup("a & b")}, ["a & b"], ["a  b"]),
        ("<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>_{ x }_}</w:t></w:r></w:p>", {}, ["{{ x }}"], ["{_{ x }}"]),
        (paragraph("{% if y %}{{ x|nofilter }}{% endif %}z"), {}, ["z"], ["z"]),
    ],
    ids=["markup as text", "loose characters in safe text", "loose characters in Markup", "escapes cut by runs", "an unknown filter that is not reached"],
)  # fmt: skip
def test_texts_that_differ(body: str, context: dict[str, Any], mine: list[str], theirs: list[str]) -> None:  # fmt: skip
    """What is shown here, and what docxtpl shows."""
    assert texts(render(ours, make(body), context)) == mine
    assert texts(render(docxtpl, make(body), context)) == theirs


def test_markup_that_says_so_is_markup() -> None:
    """A line break that a program hands in as Markup, amid the text as docxtpl has it."""
    markup = Markup("</w:t><w:br/><w:t>")
    for module in (ours, docxtpl):
        assert texts(render(module, make(paragraph("a{{ x }}b")), {"x": markup})) == ["a\nb"]


def test_underlines_are_those_of_word() -> None:
    """A kind that docxtpl does not know is a single line there."""
    assert 'w:val="dashLong"' in ours.RichText("x", underline="dashLong").xml
    assert 'w:val="single"' in docxtpl.RichText("x", underline="dashLong").xml


def test_listing_takes_bytes() -> None:
    """As rich text does in both."""
    assert str(ours.Listing("值&".encode())) == "值&amp;"
    with pytest.raises(TypeError):
        docxtpl.Listing(b"x")


def test_paragraph_tag_does_not_take_a_sections_end_along() -> None:
    """The paragraph that ends a section stays, without the tag."""
    end = '<w:p><w:pPr><w:sectPr><w:pgSz w:w="9" w:h="9"/></w:sectPr></w:pPr><w:r><w:t>{%p endif %}</w:t></w:r></w:p>'
    template = make(paragraph("{%p if 1 %}") + paragraph("a") + end)
    assert len(docx.Document(io.BytesIO(render(ours, template, {}))).sections) == 2
    assert len(docx.Document(io.BytesIO(render(docxtpl, template, {}))).sections) == 1


def test_edits_are_saved_without_a_rendering() -> None:
    """With docxtpl the template is opened anew and they are lost."""
    for module, expected in ((ours, ["a", "added"]), (docxtpl, ["a"])):
        template = module.DocxTemplate(io.BytesIO(make(paragraph("a"))))
        template.get_docx().add_paragraph("added")
        assert texts(save(template)) == expected


def test_header_is_the_rendered_one_for_python_docx() -> None:
    """It shows what was rendered, and can be written in."""
    template = ours.DocxTemplate(io.BytesIO(make("", header="{{ x }}")))
    template.render({"x": "值"})
    header = template.docx.sections[0].header
    assert [p.text for p in header.paragraphs] == ["值"]
    header.add_paragraph("behind")
    header.paragraphs[0].add_run().add_picture(io.BytesIO(png()))
    parts = read_parts(save(template))
    assert "behind" in parts["word/header1.xml"].decode()
    assert b"media/image1.png" in parts["word/_rels/header1.xml.rels"]


def test_picture_is_replaced_without_a_rendering() -> None:
    """With docxtpl it is an AttributeError."""
    content = make("", change=lambda document: document.add_picture(io.BytesIO(png())))
    for module in (ours, docxtpl):
        template = module.DocxTemplate(io.BytesIO(content))
        template.replace_pic("image.png", io.BytesIO(png(9, 9)))
        if module is ours:
            assert read_parts(save(template))["word/media/image1.png"] == png(9, 9)
        else:
            with pytest.raises(AttributeError):
                save(template)


def test_subdocument_brings_its_prefixes_along() -> None:
    """With docxtpl the document is no XML."""
    parts: dict[str, bytes | str] = dict(read_parts(make(paragraph("part"))))
    xml = str(parts["word/document.xml"], "utf-8")  # type: ignore[arg-type]
    xml = xml.replace("<w:document ", '<w:document xmlns:own="urn:own" ')
    parts["word/document.xml"] = xml.replace("part</w:t></w:r>", "part</w:t></w:r><own:mark/>")
    part = write_package(parts)

    def read(module: Any) -> str:
        template = module.DocxTemplate(io.BytesIO(make(paragraph("x"))))
        markup = str(template.new_subdoc(io.BytesIO(part)))
        return str(etree.fromstring(f"<w:body {NAMESPACES}>{markup}</w:body>").xpath("string()"))

    assert read(ours) == "part"
    with pytest.raises(etree.XMLSyntaxError):
        read(docxtpl)


def test_pictures_of_headers_and_footers_have_numbers_of_their_own() -> None:
    """No two drawings outside of the body have one number; with docxtpl both have the first."""

    def change(document: Any) -> None:
        document.sections[0].footer.paragraphs[0].text = "{{ x }}"

    def context(module: Any, template: Any) -> dict[str, Any]:
        return {"x": module.InlineImage(template, io.BytesIO(png()))}

    numbers = {}
    for module in (ours, docxtpl):
        parts = read_parts(render(module, make("", "{{ x }}", change), context))
        found = [parts[f"word/{name}1.xml"].decode() for name in ("header", "footer")]
        numbers[module] = {one.partition("<wp:docPr id=")[2][:3] for one in found}
    assert (len(numbers[ours]), len(numbers[docxtpl])) == (2, 1)


def test_block_that_cuts_a_cell_is_told_with_both_places() -> None:
    """Where it prints nothing there is no document; where it prints all is well, as in docxtpl."""
    template = make(table(("{% if x %}in", "b")) + paragraph("c {% endif %} d"))
    assert texts(render(ours, template, {"x": 1})) == texts(render(docxtpl, template, {"x": 1}))
    with pytest.raises(ours.TemplateSyntaxError) as caught:
        render(ours, template, {"x": 0})
    assert [(one.code, [place.tag for place in one.places]) for one in caught.value.problems] == [
        ("template.block_crosses", ["{% if x %}", "{% endif %}"])
    ]


@pytest.mark.parametrize("text", ["{ x }}", "{{ x }", "{% if x", "{%p endif }"])
def test_tag_that_lacks_a_brace_is_told(text: str) -> None:
    """What a person meant as a tag is not printed as it is typed."""
    with pytest.raises(ours.TemplateSyntaxError) as caught:
        render(ours, make(paragraph(f"a {text} b")), {})
    assert "word/document.xml" in {one.place.part for one in caught.value.problems}


def test_unknown_filter_is_a_syntax_error_with_its_place() -> None:
    """A program that catches Jinja's syntax errors catches it."""
    with pytest.raises(jinja2.TemplateSyntaxError) as caught:
        render(ours, make(paragraph("{{ x|nofilter }}")), {})
    assert [one.code for one in caught.value.problems] == ["template.unknown_filter"]  # type: ignore[attr-defined]


def test_brackets_of_a_tag_are_its_own() -> None:
    """``{{ a) + (b }}`` is no expression, whatever it is put into."""
    with pytest.raises(ours.TemplateSyntaxError) as caught:
        render(ours, make(paragraph("{{ a) + (b }}") + paragraph("{{ }}")), {"a": 1, "b": 1})
    assert [one.place.tag for one in caught.value.problems] == ["{{ a) + (b }}", "{{ }}"]


def test_template_rendered_again_takes_a_changed_environment() -> None:
    """What is kept of a template holds for the filters that it was read with."""
    template = ours.DocxTemplate(io.BytesIO(make(paragraph("{{ x|mark }}"))))
    environment = jinja2.Environment()
    for sign in "!?":
        environment.filters["mark"] = lambda value, sign=sign: f"{value}{sign}"
        template.render({"x": 1}, environment)
        assert texts(save(template)) == [f"1{sign}"]
    assert body_of(save(template)).count("<w:p>") == 1


def test_text_behind_a_tag_keeps_its_own_format() -> None:
    """Whether rich text stands before it, or a tag that began in another format."""
    bold, italic = "<w:rPr><w:b/></w:rPr>", "<w:rPr><w:i/></w:rPr>"
    behind = paragraph("{{r x }}tail", properties=bold)
    cut = f"<w:p><w:r>{bold}<w:t>{{{{ y</w:t></w:r><w:r>{italic}<w:t> }}}}tail</w:t></w:r></w:p>"
    body = body_of(render(ours, make(behind + cut), {"x": ours.R("r"), "y": 1}))
    assert f'{bold}<w:t xml:space="preserve">tail' in body
    assert f'{italic}<w:t xml:space="preserve">tail' in body


def test_new_paragraph_in_a_link_ends_the_link() -> None:
    """No paragraph stands in a link: the next one has a link of its own."""
    link = '<w:p><w:hyperlink w:anchor="b"><w:r><w:t>{{ x }}</w:t></w:r></w:hyperlink></w:p>'
    body = body_of(render(ours, make(link), {"x": "1\a2"}))
    assert body.count('<w:p><w:hyperlink w:anchor="b">') == body.count("</w:hyperlink></w:p>") == 2


def test_breaks_in_a_text_box_take_its_own_format() -> None:
    """Not that of the run and the paragraph that hold the box."""
    held = '<w:p><w:pPr><w:jc w:val="end"/></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>{{ x }}</w:t></w:r></w:p>'
    body = body_of(render(ours, make(BOX.replace("§", held)), {"x": "1\t2\a3"}))
    assert body.count("<w:rPr><w:i/></w:rPr><w:tab/></w:r>") == 2
    assert body.count('<w:pPr><w:jc w:val="end"/></w:pPr>') == 4


@pytest.mark.parametrize("prefix", ["tc", "tr"])
def test_value_that_is_no_cell_stands_in_the_tags_own(prefix: str) -> None:
    """A text, rich text: in the cell or row of the tag; with docxtpl between cells or rows."""
    template = make(table((f"{{{{{prefix} x }}}}", "b")))
    for value in ("R&D", ours.R("R&D", bold=True)):
        document = docx.Document(io.BytesIO(render(ours, template, {"x": value})))
        assert [cell.text for cell in document.tables[0].rows[0].cells] == ["R&D", "b"]


def test_joined_lines_stay_in_their_cell() -> None:
    """A ``{%-`` at the beginning of a cell joins nothing of the cell before."""
    template = make(table(("a", "{%- if x %}b{% endif %}")))
    document = docx.Document(io.BytesIO(render(ours, template, {"x": 1})))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["a", "b"]


def test_column_without_a_width_is_no_error() -> None:
    """With docxtpl it is a TypeError."""
    tag = ("{%tc for i in x %}", "{{ i }}", "{%tc endfor %}")
    template = make(table(tag, grid=(1, 2)).replace('<w:gridCol w:w="2"/>', "<w:gridCol/>"))
    assert "<w:gridCol" in body_of(render(ours, template, {"x": [1, 2, 3]}))
    with pytest.raises(TypeError):
        render(docxtpl, template, {"x": [1, 2, 3]})


def test_every_part_that_shows_text_is_filled() -> None:
    """Comments, properties of the program and of the user, a chart's title."""
    office = "http://schemas.openxmlformats.org"
    kinds = {
        "word/comments.xml": f'<w:comments {NAMESPACES}><w:comment w:id="0">{paragraph("{{ x }}")}</w:comment></w:comments>',
        "docProps/app.xml": f'<Properties xmlns="{office}/officeDocument/2006/extended-properties"><Company>{{{{ x }}}}</Company></Properties>',
        "docProps/custom.xml": f'<Properties xmlns="{office}/officeDocument/2006/custom-properties"><property><v>{{{{ x }}}}</v></property></Properties>',
        "word/charts/chart1.xml": f'<c:chartSpace xmlns:c="{office}/drawingml/2006/chart" xmlns:a="{office}/drawingml/2006/main"><a:p><a:r><a:t>{{{{ x }}}}</a:t></a:r></a:p></c:chartSpace>',
    }
    types = {
        "word/comments.xml": "wordprocessingml.comments+xml",
        "docProps/app.xml": "extended-properties+xml",
        "docProps/custom.xml": "custom-properties+xml",
        "word/charts/chart1.xml": "drawingml.chart+xml",
    }

    def change(document: Any) -> None:
        for name, xml in kinds.items():
            kind = f"application/vnd.openxmlformats-officedocument.{types[name]}"
            part = Part(PackURI(f"/{name}x.xml"), kind, xml.encode(), document.part.package)
            document.part.relate_to(part, f"urn:{name}")

    parts = read_parts(render(ours, make("", change=change), {"x": "R&D"}))
    for name in kinds:
        assert b">R&amp;D<" in parts[f"{name}x.xml"], name


def test_drawings_of_other_kinds_are_placed() -> None:
    """Those that python-docx refuses."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'

    def context(module: Any, template: Any) -> dict[str, Any]:
        return {"x": module.InlineImage(template, io.BytesIO(svg), width=Mm(20))}

    parts = read_parts(render(ours, make(paragraph("{{ x }}")), context))
    assert svg in parts.values()
    assert 'cx="720000" cy="360000"' in parts["word/document.xml"].decode()
    with pytest.raises(UnrecognizedImageError):
        render(docxtpl, make(paragraph("{{ x }}")), context)
