"""How high rows and how wide columns are, before and after: for objects that keep their size.

Where an object ends is written as a cell and an offset into it, so what keeps its size may end in
another cell when other rows come to lie under it. Sizes are those that the sheet says, in EMU.
"""

from dataclasses import dataclass
from typing import Literal

from govdocs.xlsx.grid.layout import Axis
from govdocs.xlsx.grid.strips import SheetLayout
from govdocs.xlsx.reading.measures import Measures

Lines = Literal["row", "col"]
Spot = tuple[int, int]
"""A row or a column, and an offset into it."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The rows and columns of one output sheet.

    Attributes:
        measures: of the template's.
        hidden: the template's rows that are not shown.
        layout: where they have come out.
    """

    measures: Measures
    hidden: frozenset[int]
    layout: SheetLayout

    def kept_end(self, lines: Lines, begun: Spot, end: Spot, first: Spot) -> Spot | None:
        """Find where an object ends that keeps its size; None if in as many lines as before.

        Args:
            lines: rows or columns.
            begun: where it begins in the template.
            end: where it ends there.
            first: where it begins in the output.
        """
        count = end[0] - begun[0]
        old = range(begun[0], begun[0] + count + 1)
        if begun[1] == first[1] and all(
            self._origin(lines, first[0] + step) == line for step, line in enumerate(old)
        ):
            return None
        size = sum(self._size(lines, line) for line in old[:-1]) + end[1] - begun[1]
        return self._walk(lines, first[0], first[1] + max(size, 0))

    def kept_place(self, lines: Lines, spot: Spot) -> Spot | None:
        """Find what is as far from the sheet's edge as a spot of the template; None if the same."""
        if all(self._origin(lines, line) == line for line in range(1, spot[0] + 1)):
            return None
        distance = sum(self._size(lines, line) for line in range(1, spot[0])) + spot[1]
        return self._walk(lines, 1, distance)

    def _walk(self, lines: Lines, line: int, distance: int) -> Spot:
        limit = self._axis(lines).limit
        while line < limit:
            size = self._size(lines, self._origin(lines, line))
            if distance < size:
                break
            distance -= size
            line += 1
        return line, distance

    def _axis(self, lines: Lines) -> Axis:
        return self.layout.rows if lines == "row" else self.layout.columns

    def _origin(self, lines: Lines, line: int) -> int:
        """Give the line of the template that a line of the output looks like."""
        if lines == "col":
            return self.layout.columns.template_line(line)
        return max(strip.rows.template_line(line) for strip in self.layout.strips)

    def _size(self, lines: Lines, line: int) -> int:
        if lines == "col":
            return self.measures.width_of(line)
        return 0 if line in self.hidden else self.measures.height_of(line)
