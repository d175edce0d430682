"""The table that Word lays around the data of a chart: it follows them.

A table begins where it did. It ends with the data, and its columns are called what its first row
says, as the schema wants it; where that gives two columns one name, the table goes and its cells
stay. Source: ECMA-376 part 1, 18.5.
"""

from collections.abc import Mapping

from lxml import etree

from govdocs.charts.areas import Area, parse_reference, write_reference
from govdocs.charts.fitting import CellValue
from govdocs.charts.layout import Layout
from govdocs.charts.parts import Element

_NEW_LINE = "_x000a_"
"""How a line break is written in the name of a column."""


def follow(root: Element, sheet: str, layout: Layout) -> bool:
    """Let a table follow the data of a chart; tell whether it has to do with them.

    Args:
        root: of the table's part.
        sheet: that it stands on.
        layout: of the chart's data.
    """
    area = parse_reference(root.get("ref", ""))
    own = [spot for spot in layout.own if spot[0] == sheet and area and _is_in(area, *spot[1:])]
    if area is None or not own:
        return False
    new = _new_area(area, sheet, layout)
    root.set("ref", write_reference(new))
    for filter_ in root.iterchildren("{*}autoFilter"):
        filter_.set("ref", write_reference(new))
        for chosen in list(filter_):
            filter_.remove(chosen)  # by values of the old data
    names = {spot[2]: value for spot, value in layout.cells.items() if spot[:2] == (sheet, new.top)}
    _name_columns(root, area, new, names)
    return True


def header_spots(root: Element, sheet: str) -> set[tuple[str, int, int]]:
    """List the cells of a table's first row, which must say something."""
    area = parse_reference(root.get("ref", ""))
    if area is None:
        return set()
    return {(sheet, area.top, column) for column in range(area.left, area.right + 1)}


def _is_in(area: Area, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right


def _new_area(area: Area, sheet: str, layout: Layout) -> Area:
    """Tell how far a table reaches now: over what stays of it, and data that join it."""
    cells = {spot[1:] for spot in layout.cells if spot[0] == sheet}
    own = {spot[1:] for spot in layout.own if spot[0] == sheet}
    rows = [row for row, column in cells if area.left <= column <= area.right and row >= area.top]
    bottom = area.bottom
    if any(row == area.bottom for row, _ in own) and rows:
        bottom = max(*rows, area.top + 1)
    right = area.right
    columns = {column for row, column in cells if area.top <= row <= bottom}
    if any(column == area.right for _, column in own):
        while right > area.left and right not in columns and (area.top, right) in own:
            right -= 1
        while right + 1 in columns and (area.top, right + 1) in cells:
            right += 1
    return Area("", area.top, area.left, bottom, right)


def _name_columns(root: Element, old: Area, new: Area, names: Mapping[int, CellValue]) -> None:
    holder = root.find("{*}tableColumns")
    if holder is None:
        return
    columns = list(holder.iterchildren("{*}tableColumn"))
    for gone in columns[new.width :]:
        holder.remove(gone)
    tag = f"{{{etree.QName(holder).namespace}}}tableColumn"
    highest = max((int(one.get("id", "0")) for one in columns), default=0)
    for number in range(new.width):
        if number >= len(columns):
            highest += 1
            columns.append(etree.SubElement(holder, tag))
            columns[-1].set("id", str(highest))
        name = names.get(old.left + number)
        if name is not None:
            columns[number].set("name", str(name).replace("\n", _NEW_LINE))
    holder.set("count", str(new.width))


def is_sound(root: Element) -> bool:
    """Tell whether every column has a name of its own, as a table must have."""
    names = [one.get("name", "").casefold() for one in root.iter("{*}tableColumn")]
    return all(names) and len(set(names)) == len(names)


def take_off(sheet: Element, rel_id: str) -> None:
    """Let a sheet no longer refer to a table; its cells stay as they are."""
    for holder in list(sheet.iterchildren("{*}tableParts")):
        for one in list(holder):
            if rel_id in one.attrib.values():
                holder.remove(one)
        holder.set("count", str(len(holder)))
        if not len(holder):
            sheet.remove(holder)
