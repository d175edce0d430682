"""Where a formula is worked out: its cell, and what it may ask of the workbook.

A :class:`Summary` is all that SUM, COUNT, AVERAGE, MIN and MAX want to know of an area; it can be
carried on when the area grows, so that running totals are worked out in one go.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from govdocs.xlsx.grid.cellvalues import UNKNOWN, ErrorValue, Unknown, Value
from govdocs.xlsx.grid.pattern import Starts


class Summary:
    """What is known of the values of an area, empty cells apart."""

    __slots__ = ("error", "filled", "least", "most", "numbers", "product", "total", "unknown")

    def __init__(self) -> None:
        self.total = 0.0
        self.product = 1.0
        self.numbers = 0
        self.filled = 0
        self.least = math.inf
        self.most = -math.inf
        self.error: ErrorValue | None = None
        self.unknown = False

    def take(self, values: Iterable[Value]) -> None:
        """Count values in, in order."""
        total, product, numbers = self.total, self.product, self.numbers
        least, most = self.least, self.most
        for value in values:
            if type(value) is float:
                total += value
                product *= value
                numbers += 1
                if value < least:  # noqa: PLR1730  # a call would take longer than all the rest
                    least = value
                if value > most:  # noqa: PLR1730
                    most = value
            elif value is not None:
                self._take_other(value)
        self.filled += numbers - self.numbers
        self.total, self.product, self.numbers = total, product, numbers
        self.least, self.most = least, most

    def _take_other(self, value: Value) -> None:
        if value is UNKNOWN:
            self.unknown = True
            return
        self.filled += 1
        if isinstance(value, ErrorValue) and self.error is None:
            self.error = value

    def join(self, other: "Summary") -> None:
        """Count in what another area holds."""
        self.total += other.total
        self.product *= other.product
        self.numbers += other.numbers
        self.filled += other.filled
        self.least = min(self.least, other.least)
        self.most = max(self.most, other.most)
        self.error = self.error or other.error
        self.unknown = self.unknown or other.unknown


class Lookup(Protocol):
    """What a formula may ask of the workbook; areas are (first row, first column, last ...)."""

    def value(self, sheet: str, row: int, column: int) -> Value:
        """Give the value of a cell."""
        ...

    def cells(
        self, sheet: str, area: tuple[int, int, int, int]
    ) -> Iterator[tuple[int, int, Value]]:
        """List the cells of an area that are not empty, row by row: row, column, value."""
        ...

    def summary(
        self, sheet: str, area: tuple[int, int, int, int], *, skip_subtotals: bool
    ) -> Summary:
        """Sum up an area; cells with a subtotal may be left out."""
        ...

    def shows_all(self, sheet: str, first_row: int, last_row: int) -> bool:
        """Tell whether no row of a stretch is hidden or filtered away."""
        ...

    def sheets_between(self, first: str, last: str) -> Sequence[str]:
        """List the sheets from one tab to another, both included."""
        ...


class Frame:
    """The cell for which a formula is worked out.

    ``rows`` and ``columns`` are where the passes around it begin; the last of them is its own row
    and its own column, for what stands in the same row of a table. ``offset`` is the element that
    is being worked out where an argument is read cell by cell, as SUMPRODUCT does.
    """

    __slots__ = ("columns", "lookup", "offset", "rows", "sheet")

    def __init__(self, lookup: Lookup, sheet: str, rows: Starts, columns: Starts) -> None:
        self.lookup = lookup
        self.sheet = sheet
        self.rows = rows
        self.columns = columns
        self.offset: tuple[int, int] | None = None


def failed(summary: Summary) -> ErrorValue | Unknown | None:
    """Give what a calculation over an area fails with, if anything."""
    return UNKNOWN if summary.unknown else summary.error
