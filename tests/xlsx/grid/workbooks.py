"""A workbook in memory for the evaluator: cells by address, formulas as texts that begin with =."""

from collections.abc import Iterator, Mapping, Sequence

from govdocs.xlsx.grid.address import maybe_area
from govdocs.xlsx.grid.calc import Calculator, Content, Corners, formula_cell
from govdocs.xlsx.grid.names import Names


class Cells:
    """A source of cells: sheet -> address -> value."""

    def __init__(
        self, sheets: Mapping[str, Mapping[str, object]], hidden: Sequence[int] = ()
    ) -> None:
        self.hidden = hidden
        self.sheets: dict[str, dict[tuple[int, int], Content]] = {}
        for name, cells in sheets.items():
            own = self.sheets[name] = {}
            for address, value in sorted(cells.items(), key=lambda item: spot(item[0])):
                own[spot(address)] = read(value)

    def content(self, sheet: str, row: int, column: int) -> Content:
        """A cell's content."""
        return self.sheets[sheet].get((row, column))

    def contents(self, sheet: str, area: Corners) -> Iterator[tuple[int, int, Content]]:
        """All cells of an area."""
        first_row, first_column, last_row, last_column = area
        for (row, column), content in self.sheets[sheet].items():
            if first_row <= row <= last_row and first_column <= column <= last_column:
                yield row, column, content

    def numbers(self, sheet: str, area: tuple[int, int, int, int]) -> None:
        """Cells are listed one by one."""

    def may_hold_formulas(self, sheet: str, area: tuple[int, int, int, int]) -> bool:
        """Nobody knows without looking."""
        del sheet, area
        return True

    def shows_all(self, sheet: str, first_row: int, last_row: int) -> bool:
        """Whether no row in between is hidden."""
        assert sheet in self.sheets
        return not any(first_row <= row <= last_row for row in self.hidden)

    def sheets_between(self, first: str, last: str) -> Sequence[str]:
        """The sheets in their order."""
        names = list(self.sheets)
        return names[names.index(first) : names.index(last) + 1]


def spot(address: str) -> tuple[int, int]:
    """Row and column of an address."""
    area = maybe_area(address)
    assert area is not None
    return area.first_row, area.first_column


def read(value: object) -> Content:
    """A value, or a formula."""
    if isinstance(value, str) and value.startswith("="):
        return formula_cell(value[1:])
    return value


def worked_out(
    formula: str, cells: Mapping[str, object] | None = None, names: Names | None = None
) -> object:
    """The value of a formula in Z99 of a sheet that holds ``cells``."""
    book = Cells({"表": {**(cells or {}), "Z99": "=" + formula}})
    return Calculator(book, names).value("表", 99, 26)
