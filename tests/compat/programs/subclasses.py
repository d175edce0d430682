"""Programs that put steps of their own between docxtpl's."""

import io
from pathlib import Path
from typing import Any

from docx.shared import Mm

from tests.compat.programs.tags import fill
from tests.compat.samples import make
from tests.compat.typing_hand import grid, lines
from tests.values.pictures import png


def steps_of_a_rendering(docxtpl: Any, place: Path) -> None:
    """A program puts steps of its own between docxtpl's."""
    seen: list[str] = []

    class Before(docxtpl.DocxTemplate):  # type: ignore[misc]
        def get_xml(self) -> Any:
            return super().get_xml().replace("OLD", "NEW")

        def patch_xml(self, src_xml: str) -> Any:
            seen.append("patch")
            return super().patch_xml(src_xml.replace("$name$", "{{ name }}"))

    class After(docxtpl.DocxTemplate):  # type: ignore[misc]
        def patch_xml(self, src_xml: str) -> Any:
            return super().patch_xml(src_xml).replace("§", "{{ name }}")

        def render_xml_part(
            self, src_xml: str, part: Any, context: Any, jinja_env: Any = None
        ) -> Any:
            seen.append(str(part.partname))
            return (
                super()
                .render_xml_part(src_xml, part, {**context, "extra": "E"}, jinja_env)
                .replace("DRAFT", "FINAL")
            )

        def build_xml(self, context: Any, jinja_env: Any = None) -> Any:
            return super().build_xml({**context, "built": "B"}, jinja_env)

        def resolve_listing(self, xml: str) -> Any:
            return super().resolve_listing(xml)

    body = lines("OLD $name$ {{ name }}", "§ {{ extra }} {{ built }} DRAFT") + grid(
        ("{%tr for i in l %}", ""), ("{{ i }}", "§"), ("{%tr endfor %}", "")
    )
    for kind in (Before, After):
        template = kind(io.BytesIO(make(body, header="{{ name }} §")))
        template.render({"name": "a\nb\tc", "l": [1, "x\ay"]})
        template.save(place / f"{kind.__name__}.docx")
    (place / "seen.txt").write_text(" ".join(seen))


def steps_of_saving(docxtpl: Any, place: Path) -> None:
    """A step before the file is written, one that has the file, and replacements besides."""
    seen: list[Any] = []

    class Own(docxtpl.DocxTemplate):  # type: ignore[misc]
        def pre_processing(self) -> None:
            self.docx.add_paragraph("added while saving")
            super().pre_processing()

        def post_processing(self, docx_file: Any) -> None:
            super().post_processing(docx_file)
            seen.append(Path(docx_file).name if isinstance(docx_file, (str, Path)) else "file")

    def change(document: Any) -> None:
        document.add_picture(io.BytesIO(png(4, 2)))

    template = Own(io.BytesIO(make(lines("{{ a }}"), change=change)))
    template.replace_media(io.BytesIO(png(4, 2)), io.BytesIO(png(7, 2)))
    template.render({"a": 1})
    template.save(place / "path.docx")
    template.save(str(place / "name.docx"))
    with (place / "file.docx").open("wb+") as file:
        template.save(file)
    (place / "seen.txt").write_text(" ".join(seen))


def pictures_with_a_description(docxtpl: Any, place: Path) -> None:
    """A picture class of the program's own that changes docxtpl's markup."""

    class Described(docxtpl.InlineImage):  # type: ignore[misc]
        def _insert_image(self) -> Any:
            return super()._insert_image().replace("<wp:docPr ", '<wp:docPr descr="a seal" ')

    def context(template: Any) -> dict[str, Any]:
        return {"x": Described(template, io.BytesIO(png(4, 4)), width=Mm(4))}

    body = lines("a {{ x }} b") + grid(("{{ x }}", "c"))
    (place / "out.docx").write_bytes(fill(docxtpl, body, context, header="{{ x }}"))


def rich_text_of_ones_own(docxtpl: Any, place: Path) -> None:
    """Classes with a method of their own, or with markup of their own."""

    class Rich(docxtpl.RichText):  # type: ignore[misc]
        def warn(self, text: str) -> None:
            self.add(text, color="ff0000", bold=True)

    class Break:
        def __html__(self) -> str:
            return '</w:t></w:r><w:r><w:br w:type="column"/></w:r><w:r><w:t xml:space="preserve">'

        __str__ = __html__

    rich = Rich("see ")
    rich.warn("this")
    rich.xml += "<w:r><w:tab/></w:r>"
    body = "<w:p><w:r><w:t>{{r rich }}</w:t></w:r></w:p>" + lines("a{{ pause }}b")
    (place / "out.docx").write_bytes(fill(docxtpl, body, {"rich": rich, "pause": Break()}))
