"""What stands around the rows of a sheet, and how each piece of it follows the rows.

The children of ``worksheet`` that hold references are kept as elements, all else as text. One table
says who writes which child; a child that is not in it holds no reference.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from govdocs.errors import DataError, Problem
from govdocs.xlsx.following.column_frame import (
    frozen_columns,
    move_filter_columns,
    write_column_breaks,
    write_columns,
)
from govdocs.xlsx.following.controls import write_controls
from govdocs.xlsx.following.extensions import write_extensions
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.following.rules import write_rules, write_validations
from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.xml.editing import Edits, with_children
from govdocs.xlsx.xml.markup import Element

_BREAK_LIMIT = 1_026
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


def write_holder(element: Element, sheet: MovedSheet) -> str:
    """Write an element of the frame for where the rows have gone."""
    return WRITERS[element.name](element, sheet)


def _write_dimension(element: Element, sheet: MovedSheet) -> str:
    return _with_hull(element, sheet) or element.raw


def _with_hull(element: Element, sheet: MovedSheet) -> str:
    """Write an element with one rectangle, and those inside; it goes with its cells."""
    edits = Edits()
    for one in element.iter():
        reference = one.attributes.get("ref", "")
        if maybe_area(reference) is None:
            continue
        hull = sheet.maybe_hull(reference)
        if hull is None and one is element:
            return ""
        if hull is None:
            edits.replace(one, "")
        else:
            edits.set(one, "ref", hull)
        if one.name == "autoFilter":
            move_filter_columns(one, edits, sheet)
    return edits.write(element)


def _write_merges(element: Element, sheet: MovedSheet) -> str:
    return with_children(element, _merges(element, sheet))


def _merges(element: Element, sheet: MovedSheet) -> Iterator[str]:
    for child in element.children:
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
    for child in element.children:
        location = child.get("location")
        for area in _copies(child, "ref", sheet):
            changed = {"ref": area}
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


def _write_breaks(element: Element, sheet: MovedSheet) -> str:
    """Let page breaks follow: one behind the row of a loop is there behind each copy."""
    found: dict[int, str] = {}
    for child in element.children:
        row = int(child.get("id", "0"))
        rows = [int(area.rpartition(":")[2]) for area in sheet.copies(f"{row}:{row}")]
        for last in rows or [sheet.boundary(row + 1, 1)[0] - 1]:
            if last > 0:
                found.setdefault(last, _with(child, id=str(last)))
    if len(found) > _BREAK_LIMIT:
        fields = {"count": len(found), "limit": _BREAK_LIMIT}
        sheet.book.problems.append(
            Problem("xlsx.too_many_breaks", (sheet.place(f"{min(found)}"),), fields)
        )
    manual = str(sum(' man="' in one for one in found.values()))
    return with_children(element, (found[one] for one in sorted(found)), manualBreakCount=manual)


def _write_views(element: Element, sheet: MovedSheet) -> str:
    edits = Edits()
    for one in element.iter():
        if one.name in ("sheetView", "customSheetView"):
            top = maybe_area(one.get("topLeftCell", "A1"))
            if "topLeftCell" in one.attributes:
                edits.set(one, "topLeftCell", sheet.cell(one.get("topLeftCell")))
            pane = one.find("pane")
            if pane is not None and top is not None:
                _move_pane(pane, top, edits, sheet)
        elif one.name == "selection":
            _move_selection(one, edits, sheet)
        elif one.name in ("rowBreaks", "autoFilter") and one is not element:
            edits.replace(one, WRITERS[one.name](one, sheet))
    return edits.write(element)


def _move_pane(pane: Element, top: Area, edits: Edits, sheet: MovedSheet) -> None:
    """Let frozen rows and columns stay the frozen ones: their count follows."""
    if pane.get("state") in ("frozen", "frozenSplit"):
        if pane.get("ySplit"):
            rows = int(float(pane.get("ySplit")))
            first = sheet.boundary(top.first_row, 1)[0]
            _set_count(edits, pane, "ySplit", sheet.boundary(top.first_row + rows, 1)[0] - first)
        if pane.get("xSplit"):
            columns = frozen_columns(top.first_column, int(float(pane.get("xSplit"))), sheet)
            _set_count(edits, pane, "xSplit", columns)
    if pane.get("topLeftCell"):
        edits.set(pane, "topLeftCell", sheet.cell(pane.get("topLeftCell")))


def _set_count(edits: Edits, pane: Element, name: str, count: int) -> None:
    """Write how many are frozen; ``1.0`` stays so."""
    if float(pane.get(name)) != count:
        edits.set(pane, name, str(count))


def _move_selection(selection: Element, edits: Edits, sheet: MovedSheet) -> None:
    active = sheet.cell(selection.get("activeCell", "A1"))
    if "activeCell" in selection.attributes:
        edits.set(selection, "activeCell", active)
    if "sqref" in selection.attributes:
        hulls = [sheet.maybe_hull(one) for one in selection.get("sqref").split()]
        single = len(hulls) == 1 and ":" not in selection.get("sqref")
        areas = [active] if single else [one for one in hulls if one]
        edits.set(selection, "sqref", " ".join(areas) or active)


def _write_scenarios(element: Element, sheet: MovedSheet) -> str:
    edits = Edits()
    for one in element.iter("scenarios", "inputCells"):
        if "sqref" in one.attributes:
            edits.set(one, "sqref", sheet.sqref(one.get("sqref")))
        if one.name == "inputCells":
            edits.set(one, "r", sheet.cell(one.get("r")))
    return edits.write(element)


WRITERS: Mapping[str, Writer] = {
    "dimension": _write_dimension,
    "cols": write_columns,
    "sheetViews": _write_views,
    "customSheetViews": _write_views,
    "protectedRanges": _write_lists,
    "scenarios": _write_scenarios,
    "autoFilter": _with_hull,
    "sortState": _with_hull,
    "mergeCells": _write_merges,
    "conditionalFormatting": write_rules,
    "dataValidations": write_validations,
    "hyperlinks": _write_links,
    "rowBreaks": _write_breaks,
    "colBreaks": write_column_breaks,
    "cellWatches": _write_copies("r"),
    "ignoredErrors": _write_lists,
    "oleObjects": write_controls,
    "controls": write_controls,
    "AlternateContent": write_controls,
    "extLst": write_extensions,
}
"""Who writes which child of ``worksheet`` that holds references."""

__all__ = ["WRITERS", "DataError", "Frame", "read_frame", "write_holder"]
