"""The sheets of a workbook, before and after the fill.

A template sheet comes out as one sheet, as several (a sheet per item) or not at all; each output
sheet has its own layout. This module answers which and where; it knows no formula.
"""

from collections.abc import Mapping, Sequence
from itertools import product

from govdocs.xlsx.grid.address import Area, same_name
from govdocs.xlsx.grid.strips import SheetLayout
from govdocs.xlsx.grid.views import View


class Sheet:
    """One output sheet: its name, the template sheet it was made from, and its two axes.

    Attributes:
        rows: the rows where no tables stand side by side, and outside of such anyway.
        strips: a view of the rows for each strip of columns of ``layout``.
    """

    __slots__ = ("columns", "layout", "moves", "name", "rows", "strips", "template")

    def __init__(self, name: str, template: str, layout: SheetLayout) -> None:
        self.name = name
        self.template = template
        self.layout = layout
        self.strips = tuple(View(strip.rows) for strip in layout.strips)
        self.rows = self.strips[0]
        self.columns = View(layout.columns)
        self.moves = layout.moves

    def rows_at(self, column: int) -> View:
        """Give the rows as a column of the template sees them."""
        return self.strips[self.layout.strip_at(column)]

    def strip_of(self, column: int) -> int:
        """Tell in which strip a column of the output lies."""
        if len(self.strips) == 1:
            return 0
        return self.layout.strip_at(self.columns.axis.template_line(column))

    def strips_of(self, first: int, last: int) -> list[tuple[View, int, int]]:
        """Cut columns of the template where strips meet: the rows, the first and last column."""
        cut = zip(self.layout.strips, self.strips, strict=True)
        return [
            (view, max(first, strip.first), min(last, strip.last))
            for strip, view in cut
            if strip.first <= last and first <= strip.last
        ]

    def copies(self, area: Area) -> list[tuple[int, int, int, int]]:
        """List where an object that stands on an area stands now: rows, then columns.

        One over tables side by side is cut where they meet, if their rows went different ways.
        """
        return [
            (*row, *column)
            for rows, first, last in self._cut(area)
            for row, column in product(rows, tuple(self.columns.copies(first, last)))
        ]

    def is_cut(self, area: Area) -> bool:
        """Tell whether an object lies over tables side by side whose rows went different ways."""
        return len(self.strips) > 1 and len(self._cut(area)) > 1

    def _cut(self, area: Area) -> list[tuple[tuple[tuple[int, int], ...], int, int]]:
        cut = [
            (tuple(view.copies(area.first_row, area.last_row)), first, last)
            for view, first, last in self.strips_of(area.first_column, area.last_column)
        ]
        if all(rows == cut[0][0] for rows, _, _ in cut):
            return [(cut[0][0], area.first_column, area.last_column)]
        return cut

    def hull(self, area: Area) -> Area | None:
        """Find the rectangle from the first to the last cell that an area became."""
        strips = self.strips_of(area.first_column, area.last_column)
        found = [view.hull(area.first_row, area.last_row) for view, _, _ in strips]
        rows = [one for one in found if one is not None]
        columns = self.columns.hull(area.first_column, area.last_column)
        if not rows or columns is None:
            return None
        return Area(min(rows)[0], columns[0], max(last for _, last in rows), columns[1])


class Book:
    """All sheets of the workbook."""

    __slots__ = ("_order", "_outputs", "_sheets")

    def __init__(
        self, layouts: Mapping[str, SheetLayout], sheets: Mapping[str, Sequence[str]]
    ) -> None:
        """Take the layouts by output sheet, and the template sheets in the order of their tabs.

        Args:
            layouts: what moved, by output sheet; in sheets left out nothing moved.
            sheets: template sheet -> the names it came out under. A sheet left out kept its name;
                for 3-D references all sheets must be given.
        """
        self._order = [same_name(name) for name in sheets]
        self._outputs: dict[str, tuple[Sheet, ...]] = {}
        self._sheets: dict[str, Sheet] = {}
        by_name = {same_name(name): layout for name, layout in layouts.items()}
        for template, names in sheets.items():
            self._add(template, names, by_name)
        for name in layouts:
            if same_name(name) not in self._sheets:
                self._add(name, [name], by_name)

    def sheet(self, name: str) -> Sheet:
        """Find an output sheet by its name."""
        known = self._sheets.get(same_name(name))
        return known or self._add(name, [name], {})[0]

    def outputs(self, template: str) -> tuple[Sheet, ...]:
        """List the sheets that a template sheet came out as."""
        known = self._outputs.get(same_name(template))
        return self._add(template, [template], {}) if known is None else known

    def is_renamed(self, template: str) -> bool:
        """Tell whether a template sheet came out under any other name, or not exactly once."""
        outputs = self.outputs(template)
        return len(outputs) != 1 or outputs[0].name != outputs[0].template

    def between(self, first: str, last: str) -> list[tuple[Sheet, ...]]:
        """List what the template sheets from one tab to another came out as."""
        try:
            start, stop = self._order.index(same_name(first)), self._order.index(same_name(last))
        except ValueError:
            return [self.outputs(first), self.outputs(last)]
        tabs = self._order[min(start, stop) : max(start, stop) + 1]
        return [self._outputs[tab] for tab in tabs]

    def _add(
        self, template: str, names: Sequence[str], layouts: Mapping[str, SheetLayout]
    ) -> tuple[Sheet, ...]:
        made = tuple(
            Sheet(name, template, layouts.get(same_name(name), SheetLayout())) for name in names
        )
        self._outputs[same_name(template)] = made
        self._sheets.update((same_name(sheet.name), sheet) for sheet in made)
        return made
