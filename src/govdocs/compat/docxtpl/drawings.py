"""Pictures put into the parts of a python-docx document: their part, relationship and markup."""

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Emu

from govdocs.values.pictures import Image, Picture, placed_size, read_picture

if TYPE_CHECKING:
    from govdocs.compat.docxtpl.inline_image import InlineImage

_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_NAMED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_PYTHON_DOCX_READS = ("png", "jpeg", "gif", "bmp", "tiff")


def picture_run(image: "InlineImage", part: Any) -> str:
    """Write the run of a picture, and relate ``part`` to its media."""
    source = image.image_descriptor
    assert source is not None
    if hasattr(source, "seek"):
        source.seek(0)  # a file that was read for an earlier part
    picture = read_picture(_bytes_of(source))
    wished = Image(picture.data, image.width, image.height)
    width, height = placed_size(wished, picture)
    name = os.fspath(source) if isinstance(source, (str, os.PathLike)) else ""
    media = media_part(part, picture, name)
    rel_id = part.relate_to(media, RELATIONSHIP_TYPE.IMAGE)
    number = int(part.next_id) if hasattr(part, "next_id") else 1
    shown = _shown_name(media, picture, name)
    inline = CT_Inline.new_pic_inline(number, rel_id, shown, Emu(width), Emu(height))
    inline.docPr.set("id", str(_free_id(part, number)))
    return f"<w:r><w:drawing>{_linked(inline, image.anchor, part)}</w:drawing></w:r>"


def _shown_name(media: Any, picture: Picture, path: str) -> str:
    """The name of the file that the media part was made from, as python-docx remembers it."""
    if picture.kind in _PYTHON_DOCX_READS:
        try:
            return str(media.image.filename)
        except UnrecognizedImageError:
            pass
    return Path(path).name or f"image.{_ending(picture)}"


def media_part(part: Any, picture: Picture, path: str = "") -> Any:
    """Return the media part of a picture, one for each content."""
    package = part.package
    if picture.kind in _PYTHON_DOCX_READS:
        try:
            return package.get_or_add_image_part(path or io.BytesIO(picture.data))
        except UnrecognizedImageError:
            pass  # a JPEG without the header that python-docx looks for
    for known in package.image_parts:
        if known.blob == picture.data:
            return known
    number = len(package.image_parts) + 1
    taken = {str(one.partname) for one in package.iter_parts()}
    while (where := f"/word/media/image{number}.{_ending(picture)}") in taken:
        number += 1
    made = ImagePart(PackURI(where), picture.content_type, picture.data)
    package.image_parts.append(made)
    return made


def _bytes_of(source: Any) -> bytes:
    """Read a picture; a missing file raises what docxtpl's programs expect of one."""
    if isinstance(source, bytes):
        return source
    return bytes(source.read()) if hasattr(source, "read") else Path(source).read_bytes()


def _ending(picture: Picture) -> str:
    return {"jpeg": "jpg", "tiff": "tif"}.get(picture.kind, picture.kind)


def _free_id(part: Any, number: int) -> int:
    """Number a drawing; those of the body are numbered anew later, others must not meet."""
    if part.content_type.endswith("main+xml"):
        return number
    given = part.package.__dict__.setdefault("_govdocs_drawings", _known_ids(part))
    while number in given:
        number += 1
    given.add(number)
    return number


def _known_ids(part: Any) -> set[int]:
    """The numbers of drawings in headers, footers and notes, as far as they are trees."""
    trees = [getattr(one, "_element", None) for one in part.package.iter_parts()]
    found = [one.get("id", "") for tree in trees if tree is not None for one in tree.iter(_NAMED)]
    return {int(one) for one in found if one.isdigit()}


def _linked(inline: Any, anchor: str | None, part: Any) -> str:
    if anchor:
        rel_id = part.relate_to(anchor, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        for named in inline.xpath(".//wp:docPr | .//pic:cNvPr"):
            link = named.makeelement(
                "{http://schemas.openxmlformats.org/drawingml/2006/main}hlinkClick",
                {"{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id": rel_id},
            )
            named.insert(0, link)
    return str(inline.xml)
