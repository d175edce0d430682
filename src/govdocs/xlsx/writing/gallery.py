"""Hang pictures over the cells that have printed them, or over their merged cells.

A picture of no given size is shrunk to fit its cell; one with a size keeps it. It moves with its
cell and keeps its size. The sheet's drawing is made where it has none. Source: ECMA-376 part 1,
20.5.2.24 (oneCellAnchor).
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from govdocs.errors import DataError, Place
from govdocs.opc import Draft, Package
from govdocs.opc.names import write_target
from govdocs.values.pictures import Picture, placed_size
from govdocs.xlsx.blocks.columns import ColumnPlaces
from govdocs.xlsx.compiling.compiled import CompiledSheet
from govdocs.xlsx.following.hanging import hang_drawing
from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.grid.strips import SheetLayout
from govdocs.xlsx.slots.pictures import SWAP, CellPicture
from govdocs.xlsx.writing.output_sheets import OutputSheet
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.encoding import escape_attribute
from govdocs.xlsx.xml.markup import Element, read_markup

_DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.drawing+xml"
_FORMAT = "http://schemas.openxmlformats.org"
_STRICT = "http://purl.oclc.org/ooxml"
_SVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_URI = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
_SWAPPED = re.compile(f"{SWAP}([0-9]+){SWAP}")
_ENDINGS = {"jpeg": "jpg", "tiff": "tif"}


@dataclass(slots=True)
class Gallery:
    """Hangs the pictures of one filling: each content is stored once."""

    package: Package
    draft: Draft
    _media: dict[str, str] = field(default_factory=dict)
    _drawings: dict[str, str] = field(default_factory=dict)

    def hang(self, output: OutputSheet, chunks: Iterable[bytes]) -> Iterable[bytes]:
        """Give a sheet without a drawing an empty one; return its part, which then shows it."""
        name = self.draft.unused_name("xl/drawings/drawing{}.xml")
        spaces = self._spaces
        empty = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<xdr:wsDr xmlns:xdr="{spaces["xdr"]}" xmlns:a="{spaces["a"]}"></xdr:wsDr>'
        )
        self.draft.add(name, _DRAWING_TYPE, empty.encode())
        self._drawings[output.part] = name
        target = write_target(output.part, name)
        rel_id = self.draft.relate(output.part, f"{spaces['r']}/drawing", target)
        return hang_drawing(chunks, output.sheet.frame.root, spaces["r"], rel_id)

    def drawing_of(self, output: OutputSheet) -> str:
        """Name the drawing of a sheet; empty if it has none."""
        found = self.package.related(output.sheet.entry.part, "drawing")
        return self._drawings.get(output.part) or (output.part_of(found[0]) if found else "")

    def draw(
        self, output: OutputSheet, layout: SheetLayout, pictures: Sequence[CellPicture]
    ) -> None:
        """Add pictures behind the objects that the drawing of a sheet has.

        Args:
            output: the sheet.
            layout: where its rows and columns have come out.
            pictures: by rows of the output.
        """
        drawing = self.drawing_of(output)
        root = read_markup(self.draft.read(drawing), Place(part=drawing))
        ids = [int(one.get("id")) for one in root.iter("cNvPr") if one.get("id").isdigit()]
        places = ColumnPlaces(layout.columns)
        placed = [
            replace(one, column=column)
            for one in pictures
            for column in places.columns(one.column, one.path)
        ]
        anchors = "".join(
            self._anchor(one, output.sheet, layout, drawing, number)
            for number, one in enumerate(placed, max(ids, default=1) + 1)
        )
        edits = Edits()
        edits.append(root, anchors)
        self.draft.replace(drawing, edits.write_part(root))

    def swap(self, part: str, pictures: Sequence[CellPicture]) -> None:
        """Put pictures in the place of those whose description names them; size and place stay."""
        data = self.draft.read(part)
        if SWAP.encode() not in data:
            return
        root, edits = read_markup(data, Place(part=part)), Edits()
        for said in root.iter("cNvPr", "imagedata"):
            for name, text in said.attributes.items():
                found = _SWAPPED.search(text)
                if found is not None:
                    one = pictures[int(found[1])]
                    said_now = _SWAPPED.sub(lambda _, one=one: one.image.alt, text)  # type: ignore[misc]
                    edits.set(said, name.rpartition("\n")[2], said_now)
                    self._show(one, said, part, edits)
        self.draft.replace(part, edits.write_part(root))

    def _show(self, one: CellPicture, said: Element, part: str, edits: Edits) -> None:
        """Let a picture show another file: one of a drawing, or one of a header (VML)."""
        shown = self._relate(one.fallback or one.picture, part)
        if said.name == "imagedata":
            edits.set(said, "relid", shown)
            return
        owner = said.parent.parent if said.parent is not None else None
        blip = next(owner.iter("blip"), None) if owner is not None and owner.name == "pic" else None
        if blip is None:
            raise DataError.of("xlsx.picture_in_text", Place(part=part))
        edits.set(blip, "embed", shown)

    def _anchor(
        self,
        one: CellPicture,
        sheet: CompiledSheet,
        layout: SheetLayout,
        drawing: str,
        number: int,
    ) -> str:
        x, y, width, height = _fit(one, sheet, layout)
        col, col_off = x
        row, row_off = y
        spaces = self._spaces
        said = f' descr="{escape_attribute(one.image.alt)}"' if one.image.alt else ""
        return (
            f'<xdr:oneCellAnchor xmlns:xdr="{spaces["xdr"]}" xmlns:a="{spaces["a"]}"><xdr:from>'
            f"<xdr:col>{col - 1}</xdr:col><xdr:colOff>{col_off}</xdr:colOff>"
            f"<xdr:row>{row - 1}</xdr:row><xdr:rowOff>{row_off}</xdr:rowOff></xdr:from>"
            f'<xdr:ext cx="{width}" cy="{height}"/><xdr:pic><xdr:nvPicPr>'
            f'<xdr:cNvPr id="{number}" name="图片 {number}"{said}/><xdr:cNvPicPr>'
            '<a:picLocks noChangeAspect="1"/></xdr:cNvPicPr></xdr:nvPicPr><xdr:blipFill>'
            f"{self._blip(one, drawing)}<a:stretch><a:fillRect/></a:stretch></xdr:blipFill>"
            f'<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:pic>'
            "<xdr:clientData/></xdr:oneCellAnchor>"
        )

    def _blip(self, one: CellPicture, drawing: str) -> str:
        """Write what is shown: the picture, or for an SVG what older programs show."""
        own = self._relate(one.picture, drawing)
        shown = own if one.fallback is None else self._relate(one.fallback, drawing)
        head = f'<a:blip xmlns:r="{self._spaces["r"]}" r:embed="{shown}"'
        if one.picture.kind != "svg":
            return f"{head}/>"
        return (
            f'{head}><a:extLst><a:ext uri="{_SVG_URI}"><asvg:svgBlip xmlns:asvg="{_SVG}" '
            f'r:embed="{own}"/></a:ext></a:extLst></a:blip>'
        )

    def _relate(self, picture: Picture, drawing: str) -> str:
        key = hashlib.sha256(picture.data).hexdigest()
        if key not in self._media:
            ending = _ENDINGS.get(picture.kind, picture.kind)
            self._media[key] = self.draft.unused_name(f"xl/media/image{{}}.{ending}")
            self.draft.add(self._media[key], picture.content_type, picture.data)
        own = f"{drawing}\n{key}"
        if own not in self._media:
            target = write_target(drawing, self._media[key])
            self._media[own] = self.draft.relate(drawing, f"{self._spaces['r']}/image", target)
        return self._media[own]

    @property
    def _spaces(self) -> dict[str, str]:
        """The namespaces of drawings in the template's dialect."""
        types = (one.type for one in self.package.relationships())
        base = _STRICT if any("purl.oclc.org" in one for one in types) else _FORMAT
        year = "" if base == _STRICT else "2006/"
        return {
            "xdr": f"{base}/drawingml/{year}spreadsheetDrawing",
            "a": f"{base}/drawingml/{year}main",
            "r": f"{base}/officeDocument/{year}relationships",
        }


Offset = tuple[int, int]
"""A row or a column of the output, and an offset into it in EMU."""


def _fit(
    one: CellPicture, sheet: CompiledSheet, layout: SheetLayout
) -> tuple[Offset, Offset, int, int]:
    """Centre a picture over its cells; one of no given size is shrunk until it fits."""
    row, column = layout.template_cell(one.row, one.column)
    area = _merged(sheet, row, column)
    measures = sheet.measures
    wide = [measures.width_of(number) for number in range(area.first_column, area.last_column + 1)]
    high = [measures.height_of(number) for number in range(area.first_row, area.last_row + 1)]
    width, height = placed_size(one.image, one.picture)
    if one.image.width is None and one.image.height is None:
        scale = min(1.0, sum(wide) / width, sum(high) / height)
        width, height = max(round(width * scale), 1), max(round(height * scale), 1)
    x = _locate((sum(wide) - width) // 2, one.column, wide)
    y = _locate((sum(high) - height) // 2, one.row, high)
    return x, y, width, height


def _locate(offset: int, first: int, sizes: Sequence[int]) -> Offset:
    """Find the line in which an offset lies; what does not fit begins with the first."""
    rest = max(offset, 0)
    for number, size in enumerate(sizes):
        if rest < size:
            return first + number, rest
        rest -= size
    return first, 0


def _merged(sheet: CompiledSheet, row: int, column: int) -> Area:
    """The merged cells that begin with a cell, or the cell alone."""
    for holder in sheet.holders:
        for one in holder.iter("mergeCell"):
            area = maybe_area(one.get("ref"))
            if area is not None and (area.first_row, area.first_column) == (row, column):
                return area
    return Area(row, column, row, column)
