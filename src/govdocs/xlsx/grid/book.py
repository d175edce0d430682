"""The sheets of a workbook, before and after the fill.

A template sheet comes out as one sheet, as several (a sheet per item) or not at all; each output
sheet has its own layout. This module answers which and where; it knows no formula.
"""

from collections.abc import Mapping, Sequence

from govdocs.xlsx.grid.address import Area, same_name
from govdocs.xlsx.grid.layout import SheetLayout
from govdocs.xlsx.grid.views import View


class Sheet:
    """One output sheet: its name, the template sheet it was made from, and its two axes."""

    __slots__ = ("columns", "moves", "name", "rows", "template")

    def __init__(self, name: str, template: str, layout: SheetLayout) -> None:
        self.name = name
        self.template = template
        self.rows = View(layout.rows)
        self.columns = View(layout.columns)
        self.moves = layout.moves

    def hull(self, area: Area) -> Area | None:
        """Find the rectangle from the first to the last cell that an area became."""
        rows = self.rows.hull(area.first_row, area.last_row)
        columns = self.columns.hull(area.first_column, area.last_column)
        if rows is None or columns is None:
            return None
        return Area(rows[0], columns[0], rows[1], columns[1])


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
