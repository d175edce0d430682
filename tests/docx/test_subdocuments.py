"""Other documents as values, and many records in one file."""

import io
import re
from pathlib import Path
from typing import Any

import docx
import docxtpl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml

from govdocs import DataError, Image, Subdocument, Template
from tests.compat.samples import NAMESPACES, body_of, make, paragraph, save
from tests.support.auditing import audit_against
from tests.support.packages import read_parts
from tests.values.pictures import png

NOTES = (
    f'<w:footnotes {NAMESPACES}><w:footnote w:id="7"><w:p><w:r><w:t>注文</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def annex() -> Any:
    """Make a document with a heading, a list, a style, a picture, a link and a footnote."""
    document = docx.Document()
    document.add_heading("附件", 1)
    document.add_paragraph("一项", style="List Number")
    document.add_paragraph("二项", style="List Number")
    document.styles.add_style("Annex Text", WD_STYLE_TYPE.PARAGRAPH).font.bold = True
    document.add_paragraph("样式", style="Annex Text")
    document.add_picture(io.BytesIO(png(40, 20)))
    link = document.part.relate_to("http://example.org", f"{RELATION}hyperlink", is_external=True)
    p = document.add_paragraph("见")._p
    p.append(
        parse_xml(f'<w:hyperlink {NAMESPACES} r:id="{link}"><w:r><w:t>链</w:t></w:r></w:hyperlink>')
    )
    p.append(parse_xml(f'<w:r {NAMESPACES}><w:footnoteReference w:id="7"/></w:r>'))
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        NOTES.encode(),
        document.part.package,
    )
    document.part.relate_to(part, f"{RELATION}footnotes")
    document.sections[0].header.paragraphs[0].text = "附件的页眉"
    return document


def sources(folder: Path) -> dict[str, Any]:
    """Write one document in every form that a value may have."""
    path = folder / "annex.docx"
    path.write_bytes(save(annex()))
    data = path.read_bytes()
    return {
        "python-docx": annex(),
        "path": path,
        "bytes": data,
        "ours": Template(data).fill({}),
        "named": Subdocument(str(path)),
        "file": Subdocument(io.BytesIO(data)),
    }


FORMS = [
    "python-docx",
    "path",
    *(pytest.param(form, marks=pytest.mark.slow) for form in ("bytes", "ours", "named", "file")),
]


@pytest.mark.parametrize("form", FORMS)
def test_document_in_every_form_comes_with_what_it_needs(form: str, tmp_path: Path) -> None:
    """Styles, numbering, picture, link and note are there; header and page stay behind."""
    template, filled = tmp_path / "template.docx", tmp_path / "filled.docx"
    template.write_bytes(make(paragraph("前") + paragraph("{{p x }}") + paragraph("后")))
    Template(template).fill({"x": sources(tmp_path)[form]}).save(filled)
    document = docx.Document(str(filled))
    assert [(p.text, p.style.name if p.style else "") for p in document.paragraphs] == [
        ("前", "Normal"),
        ("附件", "Heading 1"),
        ("一项", "List Number"),
        ("二项", "List Number"),
        ("样式", "Annex Text"),
        ("", "Normal"),
        ("见链", "Normal"),
        ("后", "Normal"),
    ]
    parts = read_parts(filled)
    assert "注文" in parts["word/footnotes.xml"].decode()
    assert parts["word/media/image1.png"] == png(40, 20)
    assert "附件的页眉".encode() not in b"".join(parts.values())
    assert "example.org" in parts["word/_rels/document.xml.rels"].decode()
    assert audit_against(filled, template) == []


def test_document_alone_in_a_paragraph_replaces_it() -> None:
    """``{{ x }}`` by itself leaves no empty paragraph before or behind."""
    filled = Template(make(paragraph("{{ x }}") + paragraph("后"))).fill({"x": annex()})
    texts = [p.text for p in filled.to_docx().paragraphs]
    assert texts[0] == "附件"
    assert texts[-2:] == ["见链", "后"]


def test_text_beside_a_document_stays() -> None:
    """What stands before and after the tag stands before and after the document."""
    filled = Template(make(paragraph("前{{ x }}后"))).fill({"x": annex()})
    texts = [p.text for p in filled.to_docx().paragraphs]
    assert (texts[0], texts[-1]) == ("前", "后")


def test_lists_begin_anew_each_time_a_document_is_put_in() -> None:
    """Three placings have three lists, none of them the template's."""
    body = paragraph("甲") + paragraph("{{p x }}") * 3
    filled = body_of(bytes(Template(make(body)).fill({"x": annex()})))
    numbers = re.findall(r'<w:numId w:val="(\d+)"/>', filled)
    assert len(numbers) == 6
    assert len(set(numbers)) == 3


def test_notes_of_several_documents_have_numbers_of_their_own() -> None:
    """Each reference leads to the note that came with it."""
    content = bytes(Template(make(paragraph("{{p x }}") * 2)).fill({"x": annex()}))
    references = re.findall(r'<w:footnoteReference w:id="(\d+)"/>', body_of(content))
    notes = read_parts(content)["word/footnotes.xml"].decode()
    assert len(set(references)) == 2
    assert all(f'w:id="{one}"' in notes for one in references)


def test_picture_that_a_reader_would_fetch_stays_behind() -> None:
    """A linked picture of a document that came by mail is not linked in ours."""
    document = annex()
    link = document.part.relate_to("http://example.org/x.png", f"{RELATION}image", is_external=True)
    blip = document.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip
    blip.set(f"{{{RELATION.rstrip('/')}}}link", link)
    content = bytes(Template(make(paragraph("{{p x }}"))).fill({"x": document}))
    assert "x.png" not in read_parts(content)["word/_rels/document.xml.rels"].decode()
    assert "r:link" not in body_of(content)


def test_docxtpls_subdocument_is_accepted() -> None:
    """What a program built with docxtpl is put in."""
    tpl = docxtpl.DocxTemplate(io.BytesIO(make(paragraph("x"))))
    made = tpl.new_subdoc()
    made.add_paragraph("子文档")
    filled = Template(make(paragraph("{{p x }}"))).fill({"x": made})
    assert "子文档" in body_of(bytes(filled))


def test_document_where_only_text_can_stand_is_told() -> None:
    """An attribute takes no paragraphs."""
    body = '<w:p><w:bookmarkStart w:id="1" w:name="{{ x }}"/></w:p>'
    with pytest.raises(DataError) as caught:
        Template(make(body)).fill({"x": annex()})
    assert [one.code for one in caught.value.problems] == ["value.document_in_line"]


def report() -> bytes:
    """Make a template with a header, a list and a picture."""

    def change(document: Any) -> None:
        document.add_heading("{{ name }}", 1)
        document.add_paragraph("一", style="List Number")
        document.add_paragraph("{{ picture }}")

    return make("", header="页眉 {{ name }}", change=change)


def records(*names: str) -> list[dict[str, Any]]:
    """Make a record for each name."""
    return [{"name": name, "picture": Image(png(4, 4))} for name in names]


def test_records_have_sections_headers_and_page_numbers_of_their_own(tmp_path: Path) -> None:
    """Three records: three sections with three headers; from the second on pages begin at 1."""
    template, filled = tmp_path / "template.docx", tmp_path / "filled.docx"
    template.write_bytes(report())
    Template(template).fill_all(records("甲", "乙", "丙")).save(filled)
    document = docx.Document(str(filled))
    headers = [section.header.paragraphs[0].text for section in document.sections]
    assert headers == ["页眉 甲", "页眉 乙", "页眉 丙"]
    assert [p.text for p in document.paragraphs if p.text not in ("", "一")] == ["甲", "乙", "丙"]
    body = read_parts(filled)["word/document.xml"].decode()
    assert body.count('<w:pgNumType w:start="1"/>') == 2
    assert body.count('<w:type w:val="nextPage"/>') == 2
    assert [name for name in read_parts(filled) if "media/" in name] == ["word/media/image1.png"]
    assert audit_against(filled, template) == []


def test_break_may_be_named_as_in_data_files() -> None:
    """``break`` is a word of Python's, and may be handed in as a keyword all the same."""
    template = Template(report())
    named = template.fill_all(records("甲", "乙"), **{"break": "section"})  # type: ignore[arg-type]
    assert bytes(named) == bytes(template.fill_all(records("甲", "乙"), break_="section"))
    assert '<w:type w:val="continuous"/>' in read_parts(bytes(named))["word/document.xml"].decode()


def test_one_record_is_the_template_filled() -> None:
    """With nothing to join the parts are those of ``fill``."""
    template = Template(report())
    joined = read_parts(bytes(template.fill_all(records("甲"))))
    assert joined["word/header1.xml"] == read_parts(bytes(template.fill(records("甲")[0])))["word/header1.xml"]  # fmt: skip # noqa: E501


def test_faults_of_all_records_are_told_together() -> None:
    """Each fault says of which record it is."""
    with pytest.raises(DataError) as caught:
        Template(report()).fill_all([{"name": "甲"}, *records("乙"), {"picture": ""}])
    keys = {place.key for one in caught.value.problems for place in one.places}
    assert keys == {"[0].picture", "[2].name"}


def test_no_records_are_a_fault() -> None:
    """An empty list makes no document."""
    with pytest.raises(DataError) as caught:
        Template(report()).fill_all([])
    assert [one.code for one in caught.value.problems] == ["data.no_records"]
