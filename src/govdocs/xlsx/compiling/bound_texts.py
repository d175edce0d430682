"""Texts beside the cells that belong to a row of a loop: comments, links, shapes, titles of charts.

They are kept in other parts than the row, but their tags mean its item. So they are taken out of
their parts and rendered with each pass of the row; whoever lets them follow puts them in. What does
not lie wholly in a loop or a condition stays where it is, and its part is rendered once.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from govdocs.errors import Spot
from govdocs.language import Sandbox, Source
from govdocs.opc import Package
from govdocs.opc.names import rels_name
from govdocs.xlsx.compiling.part_texts import PartTexts
from govdocs.xlsx.following.anchors import area_of_anchor
from govdocs.xlsx.following.comments import cell_of_shape
from govdocs.xlsx.following.moving import ANCHORS, LINKS, WHOLE
from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.reading.measures import Measures
from govdocs.xlsx.reading.workbook import read_part
from govdocs.xlsx.xml.encoding import escape_attribute
from govdocs.xlsx.xml.markup import Element, read_markup

_SIGNS = (b"{", "｛".encode())
_TARGET_SIGNS = (*_SIGNS, b"%7B", b"%7b")
_ENCODED = re.compile(rb'(\sTarget=")([^"]*%7B%7B[^"]*)"', re.IGNORECASE)
Inside = Callable[[Area], bool]
"""Tells whether cells lie wholly in one pass of a block."""
_NAMES = {
    "comments": ("comment",),
    "threadedComment": ("threadedComment",),
    "vmlDrawing": ("shape",),
    "drawing": ANCHORS,
}
"""The elements that stand on cells, by the kind of their part."""


@dataclass(frozen=True, slots=True)
class BoundText:
    """An element with tags that stands on a row of a loop; or the target of a link.

    Attributes:
        part: that it stands in; empty for the sheet's own.
        name: what elements are counted with it; ``number`` which of them it is.
        row: of its first cell; ``column`` of it.
        texts: its tags.
        span: the bytes of the part that are rendered.
        is_link: whether it is the target of a link, and no element.
    """

    part: str
    name: str
    number: int
    row: int
    column: int
    texts: PartTexts
    span: tuple[int, int]
    is_link: bool = False

    @property
    def start(self) -> int:
        """The offset of the element that is rendered."""
        return self.texts.root.start

    def write(self, source: Source) -> None:
        """Write it into a source."""
        self.texts.write(source, *self.span)


@dataclass(slots=True)
class BoundFinder:
    """Finds the texts that are bound to the rows of one sheet.

    Attributes:
        part: of the sheet; ``sheet`` its name, ``root`` its markup without rows.
        inside: tells what lies in a block.
        measures: of its rows and columns.
    """

    package: Package
    part: str
    sheet: str
    root: Element
    inside: Inside
    environment: Sandbox
    measures: Measures

    def run(self) -> Iterator[BoundText]:
        """Look through the sheet's own part and through those that belong to it."""
        for holder in self.root.children:
            if holder.name == "hyperlinks":
                yield from self._bound("", "hyperlink", holder.children, self.part)
        for one in self.package.relationships(self.part):
            if one.kind in _NAMES and one.part and one.part in self.package:
                root = read_part(self.package, one.part)
                names = _NAMES[one.kind]
                yield from self._bound(one.part, names[0], list(root.iter(*names)), one.part)
                if one.kind == "drawing":
                    yield from self._charts(one.part, root)
                    yield from self._shape_links(one.part, root)

    def links(self) -> Iterator[tuple[str, BoundText]]:
        """List the links whose targets hold tags: the ids of their relationships, and the texts."""
        rels = self.package.maybe_find(self.package.rels_name(self.part))
        if rels is None or not self._holds_tag(rels):
            return
        root = read_targets(self.package, rels)
        targets = {one.get("Id"): one for one in root.children}
        for holder in self.root.children if targets else ():
            for number, link in enumerate(holder.children if holder.name == "hyperlinks" else ()):
                target, area = targets.get(link.get("id")), maybe_area(link.get("ref"))
                span = target.span_of("Target") if target is not None else None
                if target is None or area is None or span is None:
                    continue
                texts = PartTexts(target, rels, self._spot(area))
                if texts.find(self.environment) or texts.problems:
                    cell = (area.first_row, area.first_column)
                    bound = BoundText("", "target", number, *cell, texts, span, is_link=True)
                    yield target.get("Id"), bound

    def _bound(
        self, part: str, name: str, elements: list[Element], place: str
    ) -> Iterator[BoundText]:
        for number, element in enumerate(elements):
            area = _area_of(element, self.measures)
            if area is None or not any(sign in element.raw.encode() for sign in _SIGNS):
                continue
            cell = (area.first_row, area.first_column)
            texts = PartTexts(element, place, self._spot(area))
            if self.inside(area) and (texts.find(self.environment) or texts.problems):
                yield BoundText(part, name, number, *cell, texts, (element.start, element.end))

    def _shape_links(self, drawing: str, root: Element) -> Iterator[BoundText]:
        """The targets of the links of objects: each anchor leads to its own."""
        rels = self.package.maybe_find(rels_name(drawing))
        if rels is None or not self._holds_tag(rels):
            return
        targets = {one.get("Id"): one for one in read_targets(self.package, rels).children}
        for position, anchor in enumerate(root.iter(*ANCHORS)):
            area = _area_of(anchor, self.measures)
            for link in anchor.iter(*LINKS) if area and self.inside(area) else ():
                target = targets.get(link.get("id"))
                span = target.span_of("Target") if target is not None else None
                if area is None or target is None or span is None:
                    continue
                texts = PartTexts(target, rels, self._spot(area))
                if texts.find(self.environment) or texts.problems:
                    cell = (area.first_row, area.first_column)
                    yield BoundText(
                        rels_name(drawing), link.get("id"), position, *cell, texts, span
                    )

    def _holds_tag(self, rels: str) -> bool:
        return any(sign in self.package.read(rels) for sign in _TARGET_SIGNS)

    def _spot(self, area: Area) -> Spot:
        return (("cell", f"{self.sheet}!{area}"),)

    def _charts(self, drawing: str, root: Element) -> Iterator[BoundText]:
        """The charts that stand on rows of loops: each is rendered whole."""
        leads = {one.id: one.part for one in self.package.relationships(drawing)}
        for anchor in root.iter(*ANCHORS):
            area = _area_of(anchor, self.measures)
            for chart in anchor.iter("chart") if area and self.inside(area) else ():
                part = leads.get(chart.get("id"))
                if area is None or not part or part not in self.package:
                    continue
                whole = read_part(self.package, part)
                texts = PartTexts(whole, part)
                if texts.find(self.environment) or texts.problems:
                    cell = (area.first_row, area.first_column)
                    yield BoundText(part, WHOLE, 0, *cell, texts, (0, len(whole.data)))


def read_targets(package: Package, rels: str) -> Element:
    """Read relationships; braces in targets that Excel has encoded are braces again.

    before: Target="https://example.org/%7B%7B%20id%20%7D%7D"
    after:  Target="https://example.org/{{ id }}"
    """

    def decoded(found: "re.Match[bytes]") -> bytes:
        text = unquote(found[2].decode().replace("&amp;", "&"))
        return found[1] + escape_attribute(text).encode() + b'"'

    return read_markup(_ENCODED.sub(decoded, package.read(rels)), package.place(rels))


def _area_of(element: Element, measures: Measures) -> Area | None:
    """The cells on which an element stands."""
    if element.name in ANCHORS:
        is_free = element.get("editAs") == "absolute"
        return None if is_free else area_of_anchor(element, measures)
    if element.name == "shape":
        return cell_of_shape(element)
    return maybe_area(element.get("ref"))
