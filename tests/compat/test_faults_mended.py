"""What docxtpl gets wrong and the layer gets right: each difference of docs/reference/docxtpl.md."""

# ruff: noqa: E501 - a case fits on a line
import io
import itertools
import pickle
import re
import threading
import zipfile
from typing import Any

import docx
import docxtpl
import jinja2
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from jinja2.exceptions import SecurityError

import govdocs
import govdocs.compat.docxtpl as ours
from tests.compat.programs.parts import BOX
from tests.compat.samples import NAMESPACES, body_of, cell, make, paragraph, render, save, table
from tests.support.packages import read_parts
from tests.values.pictures import jpeg, png

ROWS = ("{%tr for i in x %}", ""), ("{{ i }}", "b"), ("{%tr endfor %}", "")
FANGSONG = '<w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr>'


def text_of(content: bytes) -> list[str]:
    """Read the text of each paragraph of a body."""
    return [p.text for p in docx.Document(io.BytesIO(content)).paragraphs]


def filled(body: str, context: Any = None, **options: Any) -> str:
    """Render a body with the layer."""
    return body_of(render(ours, make(body), context or {}, **options))


@pytest.mark.parametrize(
    ("body", "context", "expected"),
    [
        (f'<w:p><w:r><w:t>A {{{{ na</w:t></w:r><w:hyperlink {NAMESPACES} r:id="rId1"><w:r><w:t>me }}}} B</w:t></w:r></w:hyperlink></w:p>' + paragraph("C"), {"name": "张三"}, ["A 张三 B", "C"]),
        (paragraph("研发 {{ a }} 部 {{ b }}"), {"a": "R&D", "b": "<A组>"}, ["研发 R&D 部 <A组>"]),
        (paragraph("a{{ x }}b") + paragraph("c"), {"x": "</w:t></w:r>"}, ["a</w:t></w:r>b", "c"]),
        (paragraph("前 {%p if x %}") + paragraph("中") + paragraph("{%p endif %}"), {"x": 1}, ["前 ", "中"]),
        (paragraph("{") + paragraph("}") + paragraph("a %") + paragraph("} b"), {}, ["{", "}", "a %", "} b"]),
        (paragraph("{{r x }}"), {"x": "文字"}, ["文字"]),
        (paragraph('{% if d == "R&amp;D" %}是{% endif %}'), {"d": "R&D"}, ["是"]),
        (paragraph("{{ '“十三五”' }}"), {}, ["“十三五”"]),
        (paragraph("{{ x }}"), {"x": "{_{ a }_} {{ b }}"}, ["{_{ a }_} {{ b }}"]),
        (paragraph("｛｛ x ｝｝"), {"x": 1}, ["1"]),
        (paragraph("{{ x }}"), {"x": "a\x0bb\x01c"}, ["abc"]),
        (paragraph("{%p if 5 % 2 %}") + paragraph("余") + paragraph("{%p endif %}"), {}, ["余"]),
        (paragraph("{{ “a‘b’” }}"), {}, ["a‘b’"]),
        (paragraph("{{ x }}"), {"x": "a\r\nb"}, ["a\nb"]),
        ('<w:p><w:del w:id="1"><w:r><w:delText>底价{{ x }}</w:delText></w:r></w:del><w:r><w:t>{{ x }}</w:t></w:r></w:p>', {"x": 100}, ["100"]),
    ],
    ids=["a tag that ends in a link", "markup characters", "markup as data", "text beside a paragraph tag", "braces in neighbours", "plain text as run", "ampersand in a tag", "Chinese quotes in a literal", "delimiters in data", "full-width braces", "control characters", "modulo in a paragraph tag", "typed quotes around quotes", "line ends of Windows", "tracked deletion"],
)  # fmt: skip
def test_text_comes_out_whole(body: str, context: dict[str, Any], expected: list[str]) -> None:
    """What the template says and the data say is there, and nothing else."""
    content = render(ours, make(body), context)
    texts = text_of(content)
    assert texts == expected


def test_bookmark_inside_a_tag_survives() -> None:
    """Its beginning is kept with its end."""
    cut = '<w:p><w:r><w:t>{{ a</w:t></w:r><w:bookmarkStart w:id="1" w:name="b"/><w:r><w:t> }}</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>'
    body = filled(cut, {"a": 1})
    assert body.count("bookmarkStart") == body.count("bookmarkEnd") == 1


def test_cells_beside_a_row_tag_stay_in_the_loop() -> None:
    """A cell with text of its own is not lost with the tag."""
    body = filled(table(("{%tr for i in x %}", "留"), ROWS[1], ROWS[2]), {"x": [1, 2]})
    assert body.count("留") == 2


def test_rich_text_keeps_the_tags_format_and_sets_chinese_fonts() -> None:
    """Font and size of the tag stay under what is not asked for; 黑体 is 黑体."""
    rich = {"x": ours.RichText("字"), "y": ours.RichText("字", font="黑体")}
    body = filled(
        paragraph("{{r x }}", properties=FANGSONG) + paragraph("{{r y }}", properties=FANGSONG),
        rich,
    )
    assert f'{FANGSONG}<w:t xml:space="preserve">字' in body
    assert 'w:eastAsia="黑体"' in body
    assert body.count('<w:sz w:val="32"/><') >= 4


def test_rich_text_of_a_style_takes_nothing_from_the_tag() -> None:
    """A style says all."""
    body = filled(
        paragraph("{{r x }}", properties=FANGSONG), {"x": ours.RichText("字", style="Strong")}
    )
    assert '<w:rPr><w:rStyle w:val="Strong"/></w:rPr>' in body


def test_rich_text_in_a_plain_tag_stands_between_runs() -> None:
    """No run stands inside a text."""
    body = filled(paragraph("前{{ x }}后"), {"x": ours.RichText("中", bold=True)})
    assert body == (
        '<w:p><w:r><w:t xml:space="preserve">前</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>'
        '<w:t xml:space="preserve">中</w:t></w:r><w:r><w:t xml:space="preserve">后</w:t></w:r></w:p>'
    )


def test_cell_marks_stand_in_schema_order() -> None:
    """Background, span and merge stand where ECMA-376 17.4.69 has them; properties are made."""
    styled = cell(
        "{% cellbg c %}{% colspan n %}x",
        properties='<w:tcW w:w="9" w:type="dxa"/><w:vAlign w:val="center"/>',
    )
    body = filled(table((styled, "b")), {"c": "FF0000", "n": 2})
    names = ["<w:tcW ", "<w:gridSpan ", "<w:shd ", "<w:vAlign "]
    assert [body.index(name) for name in names] == sorted(body.index(name) for name in names)
    bare = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc><w:p><w:r><w:t>{% cellbg c %}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    assert "<w:tcPr><w:shd " in filled(bare, {"c": "FF0000"})


def test_static_table_is_left_alone() -> None:
    """A grid that does not fit its rows is the template's own affair."""
    body = table(("a",), grid=(1, 2, 3)) + paragraph("{{ x }}")
    assert filled(body).startswith(filled(body)[: filled(body).index("</w:tblGrid>")])
    assert '<w:gridCol w:w="1"/><w:gridCol w:w="2"/><w:gridCol w:w="3"/>' in filled(body)


def test_table_with_a_column_loop_fits_grid_and_cells() -> None:
    """As wide as before, shared among the columns that are there."""
    body = filled(
        table(("{%tc for i in x %}", "{{ i }}", "{%tc endfor %}"), grid=(1000, 1000, 1000)),
        {"x": [1, 2]},
    )
    assert body.count('<w:gridCol w:w="1500"/>') == 2
    assert body.count('<w:tcW w:w="1500" w:type="dxa"/>') == 2


def test_empty_list_takes_its_table_along() -> None:
    """A table without rows is not valid, so there is none."""
    assert "w:tbl" not in filled(table(*ROWS) + paragraph("e"), {"x": []})


def test_emptied_cell_keeps_a_paragraph() -> None:
    """A cell without a paragraph is not valid."""
    body = filled(table((cell("{%p if x %}", "in", "{%p endif %}"), "b")), {"x": 0})
    assert "</w:tcPr><w:p/></w:tc>" in body


def test_table_without_a_grid_is_rendered() -> None:
    """Docxtpl raises AttributeError."""
    assert "值" in filled(f"<w:tbl><w:tblPr/><w:tr>{cell('{{ x }}')}</w:tr></w:tbl>", {"x": "值"})


def test_link_in_a_header_is_related_there_on_every_rendering() -> None:
    """The header has the relationship, the second time too."""
    template = ours.DocxTemplate(io.BytesIO(make("", header="{{r x }}")))
    rich = ours.RichText("见")
    rich.add("链", url_id=template.build_url_id("http://example.org/"))
    for _ in range(2):
        template.render({"x": rich})
        parts = read_parts(save(template))
        assert "http://example.org/" in parts["word/_rels/header1.xml.rels"].decode()
        assert "w:hyperlink" in parts["word/header1.xml"].decode()


def add_notes(document: Any) -> None:
    """Add footnotes and endnotes that hold a tag."""
    for kind in ("footnotes", "endnotes"):
        xml = f'<w:{kind} {NAMESPACES}><w:{kind[:-1]} w:id="1"><w:p><w:r><w:t>{{{{ a }}}}</w:t></w:r></w:p></w:{kind[:-1]}></w:{kind}>'
        content_type = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
        part = Part(PackURI(f"/word/{kind}.xml"), content_type, xml.encode(), document.part.package)
        base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        document.part.relate_to(part, f"{base}/{kind}")


def test_notes_take_any_text_and_pictures() -> None:
    """Footnotes and endnotes are filled, whatever the value holds."""
    template = make(paragraph("q"), change=add_notes)
    parts = read_parts(render(ours, template, {"a": "R&D\x0b<x>"}))
    for kind in ("footnotes", "endnotes"):
        assert "R&amp;D&lt;x&gt;" in parts[f"word/{kind}.xml"].decode()
    shown = render(ours, template, lambda m, t: {"a": m.InlineImage(t, io.BytesIO(png()))})
    assert b"media/image1.png" in read_parts(shown)["word/_rels/footnotes.xml.rels"]


def test_properties_are_escaped_once() -> None:
    """autoescape=True does not show in a title."""

    def change(document: Any) -> None:
        document.core_properties.title = "{{ x }}"

    content = render(ours, make("", change=change), {"x": "R&D\x0b"}, autoescape=True)
    assert docx.Document(io.BytesIO(content)).core_properties.title == "R&D"


def test_callers_environment_stays_as_it_is() -> None:
    """Rendering sets nothing in it, not even a filter."""
    environment = jinja2.Environment()
    before = dict(vars(environment)), dict(environment.filters)
    render(ours, make(paragraph("{{ x }}")), {"x": 1}, jinja_env=environment, autoescape=True)
    assert (dict(vars(environment)), dict(environment.filters)) == before


def test_strict_environment_names_the_tag() -> None:
    """The error is Jinja's own, with the place as a note."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    with pytest.raises(jinja2.UndefinedError) as caught:
        render(ours, make(paragraph("a") + paragraph("{{ x }}")), {}, jinja_env=environment)
    assert caught.value.__notes__ == ["body (word/document.xml) > paragraph 2 > {{ x }}"]


def test_error_in_a_tag_keeps_its_kind_and_says_where() -> None:
    """A division by zero is one, in row 1, cell 2."""
    with pytest.raises(ZeroDivisionError) as caught:
        render(ours, make(table(("a", "{{ 1 / 0 }}"))), {})
    assert caught.value.__notes__ == [
        "body (word/document.xml) > table 1 row 1 cell 2 paragraph 1 > {{ 1 / 0 }}"
    ]
    with pytest.raises(FileNotFoundError):
        render(ours, make(paragraph("{{ x }}")), lambda m, t: {"x": m.InlineImage(t, "none.png")})


def test_syntax_error_is_jinjas_and_ours_with_all_places() -> None:
    """One except clause of either kind catches it; it knows every fault, and docxtpl's context."""
    body = paragraph("前") + paragraph("{{ a | }}") + paragraph("{% if %}x{% endif %}")
    with pytest.raises(ours.TemplateSyntaxError) as caught:
        render(ours, make(body), {})
    error = caught.value
    assert issubclass(ours.TemplateSyntaxError, jinja2.TemplateSyntaxError)
    assert issubclass(ours.TemplateSyntaxError, govdocs.TemplateError)
    assert [one.place.tag for one in error.problems] == ["{{ a | }}", "{% if %}"]
    assert error.docx_context == ["前", "{{ a | }}", "{% if %}x{% endif %}"]
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_unclosed_block_names_its_tag() -> None:
    """Not the end of the file, but the tag that has no end."""
    with pytest.raises(ours.TemplateSyntaxError) as caught:
        render(ours, make(paragraph("{% if x %}") + paragraph("b")), {})
    assert [(one.code, one.place.tag) for one in caught.value.problems] == [
        ("template.unclosed_block", "{% if x %}")
    ]


def test_default_environment_is_a_sandbox() -> None:
    """A template cannot reach Python through a value, in the body or in the title."""
    attack = "{{ ''.__class__.__mro__[1].__subclasses__() }}"

    def change(document: Any) -> None:
        document.core_properties.title = attack

    with pytest.raises(SecurityError):
        render(ours, make(paragraph(attack)), {})
    with pytest.raises(SecurityError):
        render(ours, make("", change=change), {})
    assert text_of(render(ours, make(paragraph("{{ f() }}")), {"f": lambda: "可"})) == ["可"]


def test_counter_in_a_text_box_says_the_same_to_older_readers() -> None:
    """The box's second content is a copy of what the first shows, in each pass of a loop."""
    box = BOX.replace("§", paragraph("{{ c() }}{% for i in once %}{{ i }}{% endfor %}"))
    counter = itertools.count()
    body = paragraph("{%p for i in 'xy' %}") + box + paragraph("{%p endfor %}")
    found = filled(body, {"c": lambda: next(counter), "once": iter("ab")})
    assert re.findall(r"<w:t [^>]*>(\w+)<", found) == ["0ab", "0ab", "1", "1"]


def test_two_threads_at_one_template_are_told() -> None:
    """A second thread is refused while the first renders; afterwards the template is free again."""
    template = ours.DocxTemplate(io.BytesIO(make(paragraph("{{ wait() }}{{ x }}"))))
    begun, told = threading.Event(), threading.Event()

    def wait() -> str:
        begun.set()
        return "" if told.wait(10) else "late"

    first = threading.Thread(target=template.render, args=({"wait": wait, "x": 1},))
    first.start()
    begun.wait(10)
    with pytest.raises(govdocs.UsageError) as rendered:
        template.render({"x": 2})
    with pytest.raises(govdocs.UsageError) as saved:
        template.save(io.BytesIO())
    assert {caught.value.problems[0].code for caught in (rendered, saved)} == {"compat.in_use"}
    told.set()
    first.join()
    assert text_of(save(template)) == ["1"]


def two_pictures(document: Any) -> None:
    """Show one media file twice, named differently, and once by alt text only."""
    document.add_picture(io.BytesIO(png(4, 2)))
    document.add_picture(io.BytesIO(png(4, 2)))
    document.inline_shapes[0]._inline.docPr.set("descr", "照片")


def test_picture_is_replaced_where_it_is_named_only() -> None:
    """Found by the alt text of its drawing; the other one that shows the same media keeps it."""
    template = ours.DocxTemplate(io.BytesIO(make("", change=two_pictures)))
    template.replace_pic("照片", io.BytesIO(jpeg()))
    template.render({})
    content = save(template)
    document = docx.Document(io.BytesIO(content))
    shown = [
        shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        for shape in document.inline_shapes
    ]
    blobs = [document.part.related_parts[one].blob for one in shown]
    assert blobs == [jpeg(), png(4, 2)]
    assert str(document.part.related_parts[shown[0]].partname).endswith(".jpg")


def test_missing_picture_is_told_unless_allowed() -> None:
    """As docxtpl does."""
    for module in (ours, docxtpl):
        template = module.DocxTemplate(io.BytesIO(make(paragraph("x"))))
        template.replace_pic("none.png", io.BytesIO(png()))
        template.render({})
        with pytest.raises(ValueError, match=r"Picture none\.png not found"):
            save(template)
        template.allow_missing_pics = True
        assert save(template)


@pytest.mark.parametrize(
    ("found", "becomes"),
    [
        (
            "application/vnd.ms-word.document.macroEnabled.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        ),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        ),
    ],
)
def test_templates_of_word_and_macro_documents_are_opened(found: str, becomes: str) -> None:
    """A .dotx makes a document, a .docm stays what it is."""
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    parts = read_parts(make(paragraph("{{ x }}")))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(plain.encode(), found.encode()))
    content = render(ours, buffer.getvalue(), {"x": "值"})
    assert f'ContentType="{becomes}"'.encode() in read_parts(content)["[Content_Types].xml"]
    assert "值" in body_of(content)


def test_subdocument_pictures_are_there_on_a_second_rendering() -> None:
    """The picture is related in the document that is rendered now."""
    template = ours.DocxTemplate(io.BytesIO(make(paragraph("{{p x }}"))))
    made = template.new_subdoc()
    made.add_picture(io.BytesIO(png()))
    for _ in range(2):
        template.render({"x": made})
        document = docx.Document(io.BytesIO(save(template)))
        embed = document.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip.embed
        assert document.part.related_parts[embed].blob == png()


def test_copies_that_a_loop_makes_have_ids_of_their_own() -> None:
    """Bookmarks, both ends together, and ids of paragraphs and controls are there once."""
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    marked = (
        f'<w:p xmlns:w14="{w14}" w14:paraId="00000001"><w:bookmarkStart w:id="5" w:name="b"/><w:r>'
        "<w:t>{{ i }}</w:t></w:r><w:bookmarkEnd w:id="
        '"5"/></w:p><w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>'
    )
    body = filled(
        paragraph("{%p for i in x %}") + marked + paragraph("{%p endfor %}"), {"x": [1, 2, 3]}
    )
    assert re.findall(r'w:name="(\w+)"', body) == ["b", "b_2", "b_3"]
    starts = re.findall(r'<w:bookmarkStart w:id="(\d+)"', body)
    assert starts == re.findall(r'<w:bookmarkEnd w:id="(\d+)"', body) == ["5", "6", "7"]
    assert body.count("paraId") == body.count('<w:id w:val="7"/>') == 1
