"""The parts that belong to sheets and hold references: who lets each of them follow.

Found once by their relationships; moved in every filling in which anything moves, or, for those
that keep copies of values, in which what they show has changed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from govdocs.opc import Package
from govdocs.xlsx.following.anchors import move_drawing
from govdocs.xlsx.following.charts import WorkOut, move_chart
from govdocs.xlsx.following.comments import move_comments, move_control, move_shapes, move_threads
from govdocs.xlsx.following.moving import Drawn, MovedBook, MovedSheet
from govdocs.xlsx.following.pivots import move_cache, move_pivot, source_texts
from govdocs.xlsx.following.records import (
    move_bindings,
    move_bound_cells,
    move_kept_views,
    move_links,
    move_parameters,
)
from govdocs.xlsx.following.tables import move_table
from govdocs.xlsx.reading.workbook import Workbook, read_part
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.markup import Element

LINKS = "links"
"""The kind of a part of relationships, with links into the workbook."""
_ON_SHEETS: Mapping[str, Callable[[Element, MovedSheet], Edits]] = {
    "drawing": move_drawing,
    "comments": move_comments,
    "threadedComment": move_threads,
    "vmlDrawing": move_shapes,
    "ctrlProp": move_control,
    "table": move_table,
    "pivotTable": move_pivot,
    "tableSingleCells": move_bound_cells,
    "namedSheetView": move_kept_views,
    "chartUserShapes": move_drawing,
    LINKS: move_links,
}
"""By the last word of the relationship that leads from a sheet to the part."""
CHARTS = ("chart", "chartEx")
_DRAWN = (*CHARTS, "chartUserShapes")
_CACHE = "pivotCacheDefinition"
_BESIDE: Mapping[str, Callable[[Element, str, MovedBook], Edits]] = {
    "connections": move_parameters,
    "webextension": move_bindings,
}
"""Parts that belong to no sheet."""


@dataclass(frozen=True, slots=True)
class RelatedPart:
    """A part with references.

    Attributes:
        kind: the last word of the relationship that leads to it.
        sheet: the template's sheet that it belongs to; empty if it belongs to none.
        root: its markup.
    """

    kind: str
    part: str
    sheet: str
    root: Element

    @property
    def reading(self) -> str:
        """A formula that reads what it shows."""
        if self.kind in CHARTS:
            shown = [one.text for one in self.root.iter("f") if one.text.strip()]
        else:
            shown = list(source_texts(self.root)) if self.kind == _CACHE else []
        return f"SUM({','.join(shown)})" if shown else ""


def find_related(package: Package, workbook: Workbook) -> Iterator[RelatedPart]:
    """Find all parts with references."""
    seen: set[str] = set()
    for entry in workbook.sheets:
        for one in package.relationships(entry.part):
            if one.part and one.part in package and one.part not in seen:
                if one.kind in _ON_SHEETS:
                    seen.add(one.part)
                    root = read_part(package, one.part)
                    yield RelatedPart(one.kind, one.part, entry.name, root)
                if one.kind in ("drawing", *CHARTS):
                    yield from _drawn(package, one.part, entry.name, seen)
        yield from _links(package, entry.part, entry.name)
    for kind in (_CACHE, "connections"):
        for part in package.related(workbook.part, kind):
            yield RelatedPart(kind, part, "", read_part(package, part))
    for part in package.names:
        if package.content_type(part).endswith("webextension+xml"):
            yield RelatedPart("webextension", part, "", read_part(package, part))


def _drawn(package: Package, drawing: str, sheet: str, seen: set[str]) -> Iterator[RelatedPart]:
    """Find what a drawing shows, and the links of its shapes."""
    yield from _links(package, drawing, sheet)
    for one in package.relationships(drawing):
        if one.kind not in _DRAWN or not one.part or one.part not in package or one.part in seen:
            continue
        seen.add(one.part)
        yield RelatedPart(one.kind, one.part, sheet, read_part(package, one.part))
        yield from _drawn(package, one.part, sheet, seen)


def _links(package: Package, source: str, sheet: str) -> Iterator[RelatedPart]:
    """Find the relationships of a part, if they lead into the workbook itself."""
    if any(one.target.startswith("#") for one in package.relationships(source)):
        part = package.rels_name(source)
        yield RelatedPart(LINKS, part, sheet, read_part(package, part))


def move_related(
    related: RelatedPart,
    root: Element,
    book: MovedBook | None,
    work_out: WorkOut | None,
    output: str = "",
    seat: Drawn | None = None,
) -> Edits:
    """Let a part follow.

    Args:
        related: as it was found.
        root: its markup, rendered if it holds tags.
        book: where everything has gone; None if nothing moves.
        work_out: gives the value of a cell: sheet, row, column; None if all values still hold.
        output: the sheet that it belongs to in the output; empty if it belongs to none.
        seat: where a chart stands.
    """
    if related.kind in CHARTS:
        return move_chart(root, related.part, book, work_out, output, seat)
    if related.kind == _CACHE:
        return move_cache(root, related.part, book)
    if book is not None and related.kind in _BESIDE:
        return _BESIDE[related.kind](root, related.part, book)
    if book is None or not output:
        return Edits()
    return _ON_SHEETS[related.kind](root, book.sheet(output, related.part))
