"""Pictures written where their tag stands, or put in the place of a picture of the template.

The picture's part is added once per content; its relationship starts in the part where the tag
stands, so headers, footers and notes show it too. A picture of the template is swapped where it
stands and nowhere else: its place on the page and its size stay. Source: ECMA-376 part 1, 20.4.
"""

from dataclasses import dataclass

from govdocs.docx.writing.formats import prefix_of, quote
from govdocs.docx.writing.rich import is_word, place_runs
from govdocs.docx.writing.shelf import current_part, shelf
from govdocs.docx.writing.slots import Slot, write_text
from govdocs.errors import Problem
from govdocs.opc.names import write_target
from govdocs.values.lengths import EMU_PER_TWIP
from govdocs.values.pictures import Image, Picture, placed_size, read_picture

_TRANSITIONAL = {
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
_STRICT = {
    "wp": "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing",
    "a": "http://purl.oclc.org/ooxml/drawingml/main",
    "pic": "http://purl.oclc.org/ooxml/drawingml/picture",
    "r": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
# A4 with the margins of GB/T 9704: where a document does not say how wide its text is
_TEXT_WIDTH = 156 * 36_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that is in the package, with what its drawing needs.

    Attributes:
        rel_id: the relationship to the part that readers show.
        svg_id: the relationship to the SVG that it stands in for; empty if it is none.
    """

    rel_id: str
    svg_id: str
    picture: Picture


def write_picture(image: Image, slot: Slot) -> str:
    """Write a picture into the line; where there are no runs its description is printed."""
    if not is_word(slot):
        return write_text(image.alt, slot)
    placed = add_picture(image, slot)
    width, height = _size(image, placed.picture)
    w = prefix_of(slot)
    drawing = inline_markup(placed, width, height, image.alt)
    run = f"<{w}r>{slot.properties}<{w}drawing>{drawing}</{w}drawing></{w}r>"
    return place_runs(run, slot)


def add_picture(image: Image, slot: Slot) -> Placed:
    """Put a picture into the package and relate the part where the tag stands to it."""
    picture = read_picture(image.source)
    rel_id = _relate(picture)
    if picture.kind != "svg":
        return Placed(rel_id, "", picture)
    fallback = image.fallback
    if fallback is None:
        problem = Problem("value.svg_without_fallback", (slot.place,), {}, "warning")
        shelf().notes.append(problem)
        return Placed(rel_id, rel_id, picture)
    return Placed(_relate(read_picture(fallback)), rel_id, picture)


def _relate(picture: Picture) -> str:
    ending = {"jpeg": "jpg", "tiff": "tif"}.get(picture.kind, picture.kind)
    name = shelf().add_media(picture.data, ending, picture.content_type)
    return shelf().relate(current_part(), "image", write_target(current_part(), name))


def _size(image: Image, picture: Picture) -> tuple[int, int]:
    """The size to place: a picture of natural size is not let run out of the page."""
    width, height = placed_size(image, picture)
    limit = _text_width()
    if image.width is None and image.height is None and width > limit:
        return limit, max(round(height * limit / width), 1)
    return width, height


def _text_width() -> int:
    """How wide the text of the narrowest section is, in EMU."""
    kept = shelf().kept
    if "text_width" not in kept:
        kept["text_width"] = _measure_text()
    return int(kept["text_width"])


def _measure_text() -> int:
    package = shelf().package
    found = []
    for section in package.parse(package.main).iter("{*}sectPr"):
        size, margins = section.find("{*}pgSz"), section.find("{*}pgMar")
        if size is None or margins is None:
            continue
        sides = [_twips(size, "w"), _twips(margins, "left"), _twips(margins, "right")]
        if None not in sides:
            width, left, right = (side or 0 for side in sides)
            found.append((width - left - right) * EMU_PER_TWIP)
    return min((one for one in found if one > 0), default=_TEXT_WIDTH)


def _twips(element: object, name: str) -> int | None:
    for key, value in element.attrib.items():  # type: ignore[attr-defined]
        if key.endswith("}" + name):
            return int(value) if str(value).lstrip("-").isdigit() else None
    return None


def inline_markup(placed: Placed, width: int, height: int, alt: str) -> str:
    """Write a picture that stands in the line like a character."""
    names = namespaces()
    return (
        f'<wp:inline xmlns:wp="{names["wp"]}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{width}" cy="{height}"/>'
        f"{properties_markup(alt)}"
        f"{graphic_markup(placed, width, height)}</wp:inline>"
    )


def properties_markup(alt: str, name: str = "图片") -> str:
    """Write a drawing's id, name and description; the id is new to the whole document."""
    number = shelf().next_drawing_id()
    said = f' descr="{quote(alt)}"' if alt else ""
    return (
        f'<wp:docPr id="{number}" name="{name} {number}"{said}/><wp:cNvGraphicFramePr>'
        f'<a:graphicFrameLocks xmlns:a="{namespaces()["a"]}" noChangeAspect="1"/>'
        "</wp:cNvGraphicFramePr>"
    )


def graphic_markup(placed: Placed, width: int, height: int) -> str:
    """Write the picture itself."""
    names = namespaces()
    return (
        f'<a:graphic xmlns:a="{names["a"]}"><a:graphicData uri="{names["pic"]}">'
        f'<pic:pic xmlns:pic="{names["pic"]}"><pic:nvPicPr><pic:cNvPr id="0" name=""/>'
        "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>"
        f'<a:blip xmlns:r="{names["r"]}" r:embed="{placed.rel_id}"{_svg_markup(placed)}'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic>"
    )


def _svg_markup(placed: Placed) -> str:
    if not placed.svg_id:
        return "/>"
    return (
        f'><a:extLst><a:ext uri="{_SVG_URI}"><asvg:svgBlip xmlns:asvg="{_SVG}" '
        f'r:embed="{placed.svg_id}"/></a:ext></a:extLst></a:blip>'
    )


def namespaces() -> dict[str, str]:
    """Return the namespaces of drawings in the template's dialect."""
    return _STRICT if shelf().office == _STRICT["r"] else _TRANSITIONAL
