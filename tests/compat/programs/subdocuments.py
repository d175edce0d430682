# ruff: noqa: E501 - a template's paragraph fits on a line

"""What docxtpl's documentation says of subdocuments, built here or taken from files."""

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor

from tests.compat.programs.tags import fill
from tests.compat.samples import make, paragraph, save
from tests.compat.typing_hand import box, grid, lines
from tests.values.pictures import png

SUB = "<w:p><w:r><w:t>{{p x }}</w:t></w:r></w:p>"


def built(docxtpl: Any, place: Path) -> None:
    """Paragraphs, runs, headings, lists, tables, pictures, breaks by python-docx."""

    def context(template: Any) -> dict[str, Any]:
        sub = template.new_subdoc()
        paragraph = sub.add_paragraph("This is a sub-document inserted into a bigger one")
        run = paragraph.add_run(" bold & <big>\nline\ttab")
        run.bold, run.font.size, run.font.color.rgb = True, Pt(20), RGBColor(255, 0, 0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        sub.add_heading("Heading, level 1", level=1)
        sub.add_paragraph("Intense quote", style="Intense Quote")
        sub.add_paragraph("first item", style="List Bullet")
        sub.add_paragraph("ordered item", style="List Number")
        sub.add_picture(io.BytesIO(png(30, 20)), width=Mm(20))
        table = sub.add_table(rows=1, cols=3)
        table.rows[0].cells[0].text = "Qty"
        for quantity in (1, 2):
            table.add_row().cells[1].text = str(quantity)
        table.style = "Table Grid"
        sub.add_page_break()
        return {"x": sub, "y": "z"}

    body = lines("before {{ y }}") + SUB + lines("after {{ y }}") + SUB
    (place / "out.docx").write_bytes(fill(docxtpl, body, context))


def several(docxtpl: Any, place: Path) -> None:
    """A subdocument for each item of a loop, one in a cell, an empty one."""

    def context(template: Any) -> dict[str, Any]:
        subs = []
        for number in range(3):
            sub = template.new_subdoc()
            sub.add_paragraph(f"sub {number}")
            sub.add_picture(io.BytesIO(png(3 + number % 2, 3)))
            subs.append(sub)
        return {"subs": subs, "x": subs[0], "empty": template.new_subdoc()}

    body = (
        lines("{%p for s in subs %}", "{{ loop.index }}")
        + paragraph("{{p s }}")
        + lines("{%p endfor %}")
    )
    body += grid((box(SUB, "z"), "b")) + paragraph("{{p empty }}") + lines("end")
    (place / "out.docx").write_bytes(fill(docxtpl, body, context))


def _report(place: Path) -> str:
    document = docx.Document()
    document.add_heading("Part", 1)
    style = document.styles.add_style("House Style", WD_STYLE_TYPE.PARAGRAPH)
    style.font.bold = True
    document.add_paragraph("in house style", style=style)
    for text in ("one", "two"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("bullet", style="List Bullet 2")
    document.add_picture(io.BytesIO(png(7, 7)), width=Mm(7))
    table = document.add_table(2, 2, style="Light Grid Accent 1")
    table.cell(0, 0).text = "cell"
    document.sections[0].header.paragraphs[0].text = "header of the part"
    document.add_section().footer.paragraphs[0].text = "footer"
    document.add_paragraph("last {{ not_filled }}")
    document.save(str(place / "part.docx"))
    return str(place / "part.docx")


def merged(docxtpl: Any, place: Path) -> None:
    """An existing file, with styles, lists, a picture, a table, a header, a further section."""
    path = _report(place)
    body = lines("before") + SUB + lines("after {{ y }}")

    def context(template: Any) -> dict[str, Any]:
        return {"x": template.new_subdoc(path), "y": 1}

    (place / "out.docx").write_bytes(fill(docxtpl, body, context))
    (place / "path.docx").write_bytes(
        fill(
            docxtpl,
            body,
            lambda template: {
                "x": template.new_subdoc(docpath=io.BytesIO(Path(path).read_bytes()))
            },
        )
    )


def merged_twice(docxtpl: Any, place: Path) -> None:
    """Two files that share styles and lists; one of them was made by docxtpl itself."""
    path = _report(place)
    (place / "second.docx").write_bytes(
        fill(docxtpl, lines("{{ a }}") + grid(("{{ a }}", "b")), {"a": "filled"})
    )
    body = paragraph("{{p x }}") + lines("between") + paragraph("{{p y }}")

    def context(template: Any) -> dict[str, Any]:
        return {
            "x": template.new_subdoc(path),
            "y": template.new_subdoc(str(place / "second.docx")),
        }

    (place / "out.docx").write_bytes(fill(docxtpl, body, context))


def changed_after(docxtpl: Any, place: Path) -> None:
    """A file as a subdocument that the program goes on writing in."""
    (place / "part.docx").write_bytes(make(paragraph("part")))

    def context(template: Any) -> dict[str, Any]:
        sub = template.new_subdoc(str(place / "part.docx"))
        sub.add_paragraph("added")
        sub.paragraphs[0].add_run(" changed").italic = True
        return {"x": sub}

    (place / "out.docx").write_bytes(fill(docxtpl, SUB, context))


def markup_of_a_subdocument(docxtpl: Any, place: Path) -> None:
    """What a subdocument is as a string: paragraphs without the body around."""
    template = docxtpl.DocxTemplate(io.BytesIO(make(paragraph("x"))))
    sub = template.new_subdoc()
    sub.add_paragraph("text")
    text = str(sub)
    (place / "out.txt").write_text(
        f"{'<w:body' in text} {'<w:sectPr' in text} {text.count('<w:p')} {sub.subdocx is not None} {sub.docx is template.docx} {sub.tpl is template}"
    )
    assert save(template)
