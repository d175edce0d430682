"""What stands around the rows of a sheet, and how each piece of it follows the rows.

The children of ``worksheet`` that hold references are kept as elements, all else as text. One table
says who writes which child; a child that is not in it holds no reference.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from govdocs.errors import Problem
from govdocs.xlsx.following.breaks import write_breaks, write_column_breaks
from govdocs.xlsx.following.column_frame import write_columns
from govdocs.xlsx.following.controls import write_controls
from govdocs.xlsx.following.extensions import write_extensions
from govdocs.xlsx.following.filters import write_filter
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.following.pointers import (
    write_consolidation,
    write_properties,
    write_published,
    write_scenarios,
)
from govdocs.xlsx.following.rules import write_rules, write_validations
from govdocs.xlsx.following.views import write_views
from govdocs.xlsx.grid.address import maybe_area
from govdocs.xlsx.xml.editing import Edits, with_children
from govdocs.xlsx.xml.markup import Element

Writer = Callable[[Element, MovedSheet], str]


Piece = tuple[int, int] | Element
"""Bytes of the frame (offset, offset past them), or an element that holds references."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A sheet without its rows.

    Attributes:
        root: of the part, from which the bytes of the rows were taken out.
        before: the pieces before the rows; ``after``: those behind them.
    """

    root: Element
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def holders(self) -> Iterator[Element]:
        """The elements that hold references."""
        return (one for one in (*self.before, *self.after) if isinstance(one, Element))


def read_frame(root: Element, data_start: int) -> Frame:
    """Cut a sheet without its rows into pieces.

    Args:
        root: of the part, from which the bytes of the rows were taken out.
        data_start: offset where they stood.
    """
    before = _pieces(root, 0, data_start)
    return Frame(root, before, _pieces(root, data_start, len(root.data)))


def _pieces(root: Element, start: int, end: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for child in root.children:
        if child.name in WRITERS and start <= child.start and child.end <= end:
            pieces += [(start, child.start), child]
            start = child.end
    return (*pieces, (start, end))


def without_dimension(frame: Frame) -> Frame:
    """Leave out what says how far the cells reach, where that is known only when they are written.

    Programs that read a sheet as a stream trust it; it may be missing (ECMA-376 part 1, 18.3.1.35).
    """
    kept = (
        one for one in frame.before if not (isinstance(one, Element) and one.name == "dimension")
    )
    return Frame(frame.root, tuple(kept), frame.after)


def write_holder(element: Element, sheet: MovedSheet) -> str:
    """Write an element of the frame for where the rows have gone."""
    return WRITERS[element.name](element, sheet)


def _write_dimension(element: Element, sheet: MovedSheet) -> str:
    return write_filter(element, sheet) or element.raw


def _write_merges(element: Element, sheet: MovedSheet) -> str:
    return with_children(element, _merges(element, sheet))


def _merges(element: Element, sheet: MovedSheet) -> Iterator[str]:
    for child in element.children:
        reference = child.get("ref")
        if maybe_area(reference) is not None and sheet.is_cut(reference):
            place, fields = sheet.place(reference), {"reference": reference}
            sheet.book.problems.append(Problem("xlsx.merge_beside", (place,), fields))
        for area in _copies(child, "ref", sheet):
            if ":" in area:
                yield _with(child, ref=area)


def _write_copies(attribute: str) -> Writer:
    """Make the writer of a list whose entries stand on one cell or area each."""

    def write(element: Element, sheet: MovedSheet) -> str:
        return with_children(
            element,
            (
                _with(child, **{attribute: area})
                for child in element.children
                for area in _copies(child, attribute, sheet)
            ),
        )

    return write


def _write_links(element: Element, sheet: MovedSheet) -> str:
    return with_children(element, _links(element, sheet))


def _links(element: Element, sheet: MovedSheet) -> Iterator[str]:
    for position, template in enumerate(element.children):
        # with a target of its own a link leads to a place in another file
        location = "" if template.get("id") else template.get("location")
        for area in _copies(template, "ref", sheet):
            changed = {"ref": area}
            child = sheet.rendered(template, "hyperlink", position, maybe_area(area), own=True)
            if "!" in location or maybe_area(location) is not None:
                seen = sheet.place(child.get("ref"))
                changed["location"] = sheet.formula(location, seen, origin=maybe_area(area))
            yield _with(child, **changed)


def _write_lists(element: Element, sheet: MovedSheet) -> str:
    """Write a list whose entries have a list of areas each."""
    return with_children(element, _lists(element, sheet))


def _lists(element: Element, sheet: MovedSheet) -> Iterator[str]:
    for child in element.children:
        if "sqref" not in child.attributes:
            yield child.raw
            continue
        areas = sheet.sqref(child.get("sqref"))
        if areas:
            yield _with(child, sqref=areas)


def _copies(element: Element, attribute: str, sheet: MovedSheet) -> Iterator[str]:
    reference = element.get(attribute)
    if maybe_area(reference) is None:
        yield reference
    else:
        yield from sheet.copies(reference)


def _with(element: Element, **attributes: str) -> str:
    edits = Edits()
    for name, value in attributes.items():
        edits.set(element, name, value)
    return edits.write(element)


def _write_alternatives(element: Element, sheet: MovedSheet) -> str:
    """Write what chooses between two forms of something: each form as it is written alone."""
    edits = Edits()
    for child in (one for form in element.children for one in form.children):
        if child.name in WRITERS:
            edits.replace(child, write_holder(child, sheet))
    return edits.write(element)


WRITERS: Mapping[str, Writer] = {
    "dimension": _write_dimension,
    "cols": write_columns,
    "sheetViews": write_views,
    "customSheetViews": write_views,
    "protectedRanges": _write_lists,
    "sheetPr": write_properties,
    "scenarios": write_scenarios,
    "autoFilter": write_filter,
    "sortState": write_filter,
    "mergeCells": _write_merges,
    "conditionalFormatting": write_rules,
    "dataValidations": write_validations,
    "hyperlinks": _write_links,
    "rowBreaks": write_breaks,
    "colBreaks": write_column_breaks,
    "cellWatches": _write_copies("r"),
    "smartTags": _write_copies("r"),
    "dataConsolidate": write_consolidation,
    "webPublishItems": write_published,
    "ignoredErrors": _write_lists,
    "oleObjects": write_controls,
    "controls": write_controls,
    "AlternateContent": _write_alternatives,
    "extLst": write_extensions,
}
"""Who writes which child of ``worksheet`` that holds references."""

__all__ = ["WRITERS", "Frame", "read_frame", "write_holder"]
