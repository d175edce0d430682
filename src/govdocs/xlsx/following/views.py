"""How a sheet is looked at: what is frozen, scrolled to, selected; also in views that were kept.

Nothing here changes what a sheet holds.
"""

from collections.abc import Callable, Mapping

from govdocs.xlsx.following.breaks import write_breaks, write_column_breaks
from govdocs.xlsx.following.column_frame import frozen_columns
from govdocs.xlsx.following.filters import write_filter
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.address import Area, maybe_area
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.markup import Element


def _forget_selection(element: Element, sheet: MovedSheet) -> str:
    """Forget which part of a pivot table was selected, where its cells may have moved."""
    return "" if sheet.layout.moves else element.raw


_INSIDE: Mapping[str, Callable[[Element, MovedSheet], str]] = {
    "rowBreaks": write_breaks,
    "colBreaks": write_column_breaks,
    "autoFilter": write_filter,
    "pivotSelection": _forget_selection,
}
"""What may stand in a view."""


def write_views(element: Element, sheet: MovedSheet) -> str:
    """Write ``sheetViews`` or ``customSheetViews``."""
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
        elif one.name in _INSIDE:
            edits.replace(one, _INSIDE[one.name](one, sheet))
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
        if int(selection.get("activeCellId", "0")) >= max(len(areas), 1):
            edits.set(selection, "activeCellId", "0")
