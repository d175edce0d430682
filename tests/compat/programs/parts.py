# ruff: noqa: E501 - a template's paragraph fits on a line

"""Headers, footers, notes, properties, text boxes, controls: what else of a file is filled."""

import io
from pathlib import Path
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Mm

from tests.compat.samples import NAMESPACES, make, paragraph, save
from tests.compat.typing_hand import box, grid, lines, typed
from tests.values.pictures import png

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
BOX = (
    '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="9" cy="9"/><wp:docPr id="5" name="box"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:txbx><w:txbxContent>§</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    '<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>§</w:txbxContent></v:textbox></v:shape>'
    "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)


def _filled(docxtpl: Any, content: bytes, context: Any) -> bytes:
    template = docxtpl.DocxTemplate(io.BytesIO(content))
    template.render(context(template) if callable(context) else context)
    return save(template)


def headers_and_footers(docxtpl: Any, place: Path) -> None:
    """First, even and usual ones, of two sections; with tables, loops and conditions."""

    def change(document: Any) -> None:
        document.settings.odd_and_even_pages_header_footer = True
        document.add_section()
        for number, section in enumerate(document.sections):
            section.different_first_page_header_footer = True
            for name in ("header", "footer", "first_page_header", "even_page_footer"):
                part = getattr(section, name)
                part.is_linked_to_previous = False
                part.paragraphs[0].text = f"{name} {number}: {{{{ title }}}}"
                for element in parse_xml(
                    f"<w:hdr {NAMESPACES}>{lines('{%p for i in l %}', '{{ i }}', '{%p endfor %}')}{grid(('{%tr for i in l %}', ''), ('{{ i }}', 'x'), ('{%tr endfor %}', ''))}</w:hdr>"
                ):
                    part._element.append(element)

    content = make(lines("{{ title }}"), change=change)
    (place / "out.docx").write_bytes(
        _filled(docxtpl, content, {"title": "题目", "l": ["甲", "乙"]})
    )


def characters_in_headers(docxtpl: Any, place: Path) -> None:
    """Chinese, accents, symbols, characters of markup in the header's own text."""
    content = make(paragraph("été"), header="标题 é € “q” < & > {{ a }} {{ b|e }}")
    (place / "out.docx").write_bytes(_filled(docxtpl, content, {"a": "值 ü", "b": "<&>"}))


def pictures_in_headers(docxtpl: Any, place: Path) -> None:
    """Header and footer show pictures from data, beside one of the template's."""

    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png(3, 3)))
        document.sections[0].footer.paragraphs[0].text = "{{ logo }} {{ a }}"

    def context(template: Any) -> dict[str, Any]:
        return {"logo": docxtpl.InlineImage(template, io.BytesIO(png(6, 6)), height=Mm(4)), "a": 1}

    content = make(lines("{{ logo }}"), header="{{ logo }}h", change=change)
    (place / "out.docx").write_bytes(_filled(docxtpl, content, context))


def footnotes(docxtpl: Any, place: Path) -> None:
    """Notes are filled, with their loops and line breaks."""
    notes = "".join(
        f'<w:footnote w:id="{number}">{typed(text)}</w:footnote>'
        for number, text in enumerate(
            ("note {{ a }}", "{% for i in l %}{{ i }} {% endfor %}", "{{ x|e }}"), 1
        )
    )

    def change(document: Any) -> None:
        part = Part(
            PackURI("/word/footnotes.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
            f"<w:footnotes {NAMESPACES}>{notes}</w:footnotes>".encode(),
            document.part.package,
        )
        document.part.relate_to(
            part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        )

    body = typed("text {{ a }}") + '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
    (place / "out.docx").write_bytes(
        _filled(docxtpl, make(body, change=change), {"a": "v\nw", "l": [1, 2], "x": "<&>"})
    )


def properties(docxtpl: Any, place: Path) -> None:
    """Title, author, subject, comments, identifier, language; others stay."""

    def change(document: Any) -> None:
        for name in (
            "title",
            "author",
            "subject",
            "comments",
            "identifier",
            "language",
            "keywords",
            "category",
        ):
            setattr(document.core_properties, name, f"{name} {{{{ x }}}}")

    (place / "out.docx").write_bytes(
        _filled(docxtpl, make(lines("{{ x }}"), change=change), {"x": "值"})
    )


def text_boxes(docxtpl: Any, place: Path) -> None:
    """Text boxes are filled in both of their forms, in body, cell and loop."""
    inner = paragraph("box {{ a }}") + paragraph("{% for i in l %}{{ i }}{% endfor %}")
    one = BOX.replace("§", inner)
    repeated = (
        lines("{%p for i in l %}") + BOX.replace("§", paragraph("{{ i }}")) + lines("{%p endfor %}")
    )
    body = one + grid((box(one), "b")) + repeated
    (place / "out.docx").write_bytes(_filled(docxtpl, make(body), {"a": "v", "l": [1, 2]}))


def content_controls(docxtpl: Any, place: Path) -> None:
    """Tags in controls of a block, a run, a cell; check boxes stay as they are."""
    properties = '<w:sdtPr><w:alias w:val="Name"/><w:tag w:val="name"/></w:sdtPr>'
    checkbox = f'<w:sdt><w:sdtPr><w14:checkbox {W14}><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>'
    run = f'<w:sdt>{properties}<w:sdtContent><w:r><w:t xml:space="preserve">{{{{ a }}}} in</w:t></w:r></w:sdtContent></w:sdt>'
    body = (
        f"<w:sdt>{properties}<w:sdtContent>{typed('block {{ a }}')}</w:sdtContent></w:sdt>"
        f'<w:p><w:r><w:t xml:space="preserve">x </w:t></w:r>{run}{checkbox}<w:r><w:t> {{{{ a }}}}</w:t></w:r></w:p>'
        f"<w:sdt>{properties}<w:sdtContent>{lines('{%p for i in l %}', '{{ i }}', '{%p endfor %}')}</w:sdtContent></w:sdt>"
    )
    (place / "out.docx").write_bytes(_filled(docxtpl, make(body), {"a": "v", "l": [1, 2]}))


def fields(docxtpl: Any, place: Path) -> None:
    """Tags in the code and in the shown text of fields, and beside them."""

    def field(code: str, shown: str) -> str:
        kinds = [
            f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("begin", "separate", "end")
        ]
        return f'{kinds[0]}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{kinds[1]}<w:r><w:t>{shown}</w:t></w:r>{kinds[2]}'

    body = (
        f"<w:p>{field('HYPERLINK &quot;{{ u }}&quot;', '{{ t }}')}<w:r><w:t>{{{{ t }}}}</w:t></w:r></w:p>"
        f'<w:p>{field("PAGE", "1")}</w:p><w:p><w:fldSimple w:instr=" DATE "><w:r><w:t>today</w:t></w:r></w:fldSimple></w:p>'
    )
    (place / "out.docx").write_bytes(
        _filled(docxtpl, make(body, header="{{ t }}"), {"u": "http://example.org/", "t": "T"})
    )


def as_word_2016_saves(docxtpl: Any, place: Path) -> None:
    """Paragraphs with w14 ids, section breaks, tabs and breaks as elements, page breaks as rendered."""
    head = f'<w:p {W14} w14:paraId="0A0B0C0D" w14:textId="77777777" w:rsidR="00A1" w:rsidRDefault="00A1">'
    body = (
        f'{head}<w:pPr><w:tabs><w:tab w:val="left" w:pos="2000"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>{{{{ x }}}}</w:t></w:r><w:r><w:tab/><w:t>{{{{ y }}}}</w:t></w:r></w:p>'
        '<w:p><w:r><w:lastRenderedPageBreak/><w:t>{{ x }}</w:t></w:r><w:r><w:br w:type="page"/></w:r></w:p>'
        '<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr></w:p>'
        '<w:p><w:r><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:lang w:val="en-US"/></w:rPr><w:t>{{ test_</w:t></w:r><w:r><w:rPr><w:lang w:val="en-US"/></w:rPr><w:t>space }}</w:t></w:r></w:p>'
        '<w:p><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/><w:r><w:t>{{ y }}</w:t></w:r></w:p>'
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r><w:r><w:t xml:space="preserve"> {{ x }}</w:t><w:noBreakHyphen/><w:t>{{ y }}</w:t></w:r></w:p>'
    )
    (place / "out.docx").write_bytes(
        _filled(docxtpl, make(body), {"x": "值", "y": "a\tb", "test_space": "     "})
    )
