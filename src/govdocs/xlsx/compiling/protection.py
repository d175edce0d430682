"""Protected sheets: filling one is allowed and said, the protection stays.

A cell is locked where its format does not say otherwise. Nothing here takes a protection away.
"""

from collections.abc import Iterable

from govdocs.errors import Problem
from govdocs.xlsx.compiling.cell_source import TaggedCell
from govdocs.xlsx.reading.styles import Styles
from govdocs.xlsx.reading.unlocked import is_protected
from govdocs.xlsx.xml.markup import Element


def note_locked(root: Element, cells: Iterable[TaggedCell], styles: Styles) -> list[Problem]:
    """Say which locked cells of a protected sheet are filled.

    Args:
        root: of the sheet, its rows apart.
        cells: those with tags.
        styles: of the workbook.
    """
    if not is_protected(root):
        return []
    places = tuple(one.slot.place for one in cells if styles.is_locked(one.cell.style or 0))
    return [Problem("xlsx.locked_cells", places, {}, "note")] if places else []
