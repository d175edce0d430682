"""An area that lies over tables side by side: whether it is still one rectangle.

It is, where its rows went the same way in all strips, and where one strip only has room left beside
the rows of another: empty cells that no total is changed by. This module never writes a reference.
"""

from collections.abc import Sequence

from govdocs.xlsx.grid.layout import Path
from govdocs.xlsx.grid.views import Extent, View

Side = tuple[View, Path]
"""The rows of a strip, and the passes from which one looks at them."""


def agree(sides: Sequence[Side], lines: tuple[int, int], fixed: tuple[bool, bool]) -> bool:
    """Tell whether template lines went the same way in all strips."""
    seen = {view.extents(path, *lines, fixed=fixed) for view, path in sides}
    return len(seen) == 1


def maybe_united(
    sides: Sequence[Side], lines: tuple[int, int], fixed: tuple[bool, bool]
) -> Extent | None:
    """Give the rows of the one rectangle that an area has become; None if it came apart."""
    seen = [(side, side[0].extents(side[1], *lines, fixed=fixed)) for side in sides]
    firsts = {one.first for _, found in seen for one in found}
    if len(firsts) != 1 or any(len(found) > 1 for _, found in seen):
        return None
    ends = [(found[0].last.at(path.starts), found[0]) for (_, path), found in seen if found]
    last, whole = max(ends, key=lambda one: one[0])
    for (view, path), found in seen:
        begun = found[0].last.at(path.starts) + 1 if found else whole.first.at(path.starts)
        if begun <= last and not _is_room(view, begun, last):
            return None
    return whole


def _is_room(view: View, first: int, last: int) -> bool:
    """Whether lines of the output are room that one loop left beside another."""
    return all(view.axis.template_line(line) == 0 for line in (first, last))
