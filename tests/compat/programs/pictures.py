# ruff: noqa: E501 - a template's paragraph fits on a line
"""What docxtpl's documentation says of pictures, media, embedded files and parts."""

import io
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Cm, Inches, Mm, Pt

from tests.compat.programs.tags import fill
from tests.compat.samples import make, paragraph, save
from tests.compat.typing_hand import box, grid, lines
from tests.values.pictures import bmp, gif, jfif, jpeg, png, tiff

FILES = {name: make(paragraph(name)) for name in ("one", "two", "wanted")}
"""Documents to embed; made once, because times stand in them."""


def sizes(docxtpl: Any, place: Path) -> None:
    """Own size, width only, height only, both; in millimetres, inches, points, centimetres."""
    (place / "picture.png").write_bytes(png(30, 20))
    (place / "picture.jpg").write_bytes(jpeg(4, 2, jfif(1, 96, 96)))

    def context(template: Any) -> dict[str, Any]:
        image = docxtpl.InlineImage
        return {
            "a": image(template, str(place / "picture.png")),
            "b": image(template, str(place / "picture.png"), width=Mm(20)),
            "c": image(
                template, io.BytesIO((place / "picture.jpg").read_bytes()), height=Inches(1)
            ),
            "d": image(template, str(place / "picture.jpg"), Pt(30), Cm(2)),
            "e": image(template, image_descriptor=io.BytesIO(png(5, 5)), width=Mm(2), height=Mm(9)),
        }

    body = lines(*(f"{{{{ {one} }}}}" for one in "abcde"), "text {{ a }} text {{ b }}")
    (place / "out.docx").write_bytes(fill(docxtpl, body, context))


def kinds(docxtpl: Any, place: Path) -> None:
    """PNG, JPEG, GIF, BMP and TIFF, with the resolution that the file says."""
    files = (png(30, 20, (11811, 5906, 1)), jpeg(30, 20, jfif(1, 300, 150)), gif(30, 20), bmp(30, 20, 3000, 4000), tiff(30, 20, (300, 150, 2)))  # fmt: skip

    def context(template: Any) -> dict[str, Any]:
        return {"l": [docxtpl.InlineImage(template, io.BytesIO(one)) for one in files]}

    body = lines("{%p for i in l %}", "{{ i }}", "{%p endfor %}")
    (place / "out.docx").write_bytes(fill(docxtpl, body, context))


def picture_places(docxtpl: Any, place: Path) -> None:
    """In loops, conditions, cells, the header; one picture more than once."""

    def context(template: Any) -> dict[str, Any]:
        pictures = [
            docxtpl.InlineImage(template, io.BytesIO(png(n, n)), width=Mm(n)) for n in (2, 3, 4)
        ]
        items = [{"image": one, "name": f"n{number}"} for number, one in enumerate(pictures)]
        return {"items": items, "logo": pictures[0]}

    body = (
        lines(
            "{%p for i in items %}",
            "{{ i.name }}: {{ i.image }}",
            "{%p endfor %}",
            "{% if logo %}{{ logo }}{% endif %}",
        )
        + grid(
            ("{%tr for i in items %}", ""),
            ("{{ i.image }}", "{{ i.name }}"),
            ("{%tr endfor %}", ""),
        )
        + grid((box("{%p for i in items %}", "{{ i.image }}", "{%p endfor %}"), "b"))
        + lines("{% for i in items %}{{ i.image }}{% endfor %}")
    )
    (place / "out.docx").write_bytes(fill(docxtpl, body, context, header="{{ logo }}"))


def picture_links(docxtpl: Any, place: Path) -> None:
    """A picture that links to an address, in body and header."""

    def context(template: Any) -> dict[str, Any]:
        return {
            "x": docxtpl.InlineImage(
                template, io.BytesIO(png(9, 9)), width=Mm(5), anchor="https://example.org/a?b=1&c=2"
            )
        }

    (place / "out.docx").write_bytes(
        fill(docxtpl, lines("{{ x }}", "and {{ x }}"), context, header="{{ x }}")
    )


def _template(docxtpl: Any, change: Any, body: str = "") -> Any:
    return docxtpl.DocxTemplate(io.BytesIO(make(body, "head", change)))


def _pictures(document: Any) -> None:
    document.add_picture(io.BytesIO(png(4, 2)))
    document.add_picture(io.BytesIO(png(6, 2)))
    header = document.sections[0].header.paragraphs[0]
    header.add_run().add_picture(io.BytesIO(png(8, 2)))
    for shape, name in zip(document.inline_shapes, ("first.png", "second.png"), strict=True):
        shape._inline.graphic.graphicData.pic.nvPicPr.cNvPr.set("name", name)
    picture = header._p.xpath(".//pic:cNvPr")[0]
    picture.set("name", "head.png")
    picture.set("descr", "the office's logo")


def replaced_pictures(docxtpl: Any, place: Path) -> None:
    """By name, by description; in body and header; before and after rendering; not found."""
    (place / "new.png").write_bytes(png(11, 7))
    template = _template(docxtpl, _pictures, lines("{{ x }}"))
    template.replace_pic("first.png", str(place / "new.png"))
    template.render({"x": 1})
    template.replace_pic("the office's logo", io.BytesIO(png(12, 7)))
    (place / "out.docx").write_bytes(save(template))
    again = _template(docxtpl, _pictures)
    with (place / "new.png").open("rb") as file:
        again.replace_pic("second.png", file)
    again.render({})
    again.save(str(place / "again.docx"))
    shown = {name: reference for name, (reference, _) in again.get_pic_map().items()}
    (place / "map.txt").write_text(repr(sorted(shown.items())))
    missing = _template(docxtpl, _pictures)
    missing.replace_pic("none.png", str(place / "new.png"))
    missing.render({})
    try:
        save(missing)
    except ValueError as error:
        (place / "error.txt").write_text(str(error))
    missing.allow_missing_pics = True
    (place / "allowed.docx").write_bytes(save(missing))


def replaced_media(docxtpl: Any, place: Path) -> None:
    """By the file that was put into the template: paths and open files, body and header."""
    (place / "old.png").write_bytes(png(4, 2))
    (place / "new.png").write_bytes(png(11, 7))
    template = _template(docxtpl, _pictures, lines("{{ x }}"))
    template.replace_media(str(place / "old.png"), str(place / "new.png"))
    template.replace_media(io.BytesIO(png(8, 2)), io.BytesIO(png(12, 7)))
    template.render({"x": 1})
    template.save(str(place / "path.docx"))
    with (place / "file.docx").open("wb+") as file:
        template.save(file)
    (place / "bytes.docx").write_bytes(save(template))


def _embedded(document: Any) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    for name in ("one", "two"):
        uri = PackURI(f"/word/embeddings/{name}.docx")
        part = Part(uri, kind, FILES[name], document.part.package)
        document.part.relate_to(part, RELATIONSHIP_TYPE.PACKAGE)


def replaced_files(docxtpl: Any, place: Path) -> None:
    """Embedded documents by their content, anything by its name in the package."""
    (place / "dummy.docx").write_bytes(FILES["one"])
    (place / "wanted.docx").write_bytes(FILES["wanted"])
    template = _template(docxtpl, _embedded)
    template.replace_embedded(str(place / "dummy.docx"), str(place / "wanted.docx"))
    template.replace_zipname("word/embeddings/two.docx", str(place / "wanted.docx"))
    template.render({})
    template.save(place / "out.docx")


def replaced_in_turn(docxtpl: Any, place: Path) -> None:
    """One template, another picture for each rendering."""
    template = _template(docxtpl, _pictures, lines("{{ x }}"))
    for number in (1, 2):
        template.reset_replacements()
        template.replace_media(io.BytesIO(png(4, 2)), io.BytesIO(png(20, number)))
        template.replace_pic("second.png", io.BytesIO(png(21, number)))
        template.render({"x": number})
        template.save(place / f"{number}.docx")
