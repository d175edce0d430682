"""Put the cells of rows in their columns, where columns repeat or vanish.

A cell comes with its column in the template and the passes that it stands in; a cell that stands in
no pass is repeated with its column. Nothing here knows what a cell holds.
"""

from collections.abc import Callable

from govdocs.xlsx.blocks.columns import ColumnPlaces, Path
from govdocs.xlsx.grid.address import column_name
from govdocs.xlsx.xml.tokens import COLUMN, Token

WriteFormula = Callable[[int, int, int], str]


class RowOfCells:
    """The cells of the row that is being put together.

    Args:
        places: says where columns come out.
        write_formula: writes the cell of a formula: its number, row and column.
    """

    def __init__(self, places: ColumnPlaces, write_formula: WriteFormula) -> None:
        self.places, self.write_formula = places, write_formula
        self.cells: list[tuple[int, Path, list[str | Token]]] = []

    def begin(self, token: Token) -> None:
        """Begin a cell."""
        path = tuple(map(int, token.at.split("."))) if token.at else ()
        self.cells.append((token.number, path, []))

    def take(self, piece: str | Token) -> None:
        """Take a piece of the last cell."""
        self.cells[-1][2].append(piece)

    def end(self) -> str:
        """Write all cells in the order of their columns."""
        found = [
            (column, "".join(self._written(piece, column) for piece in pieces))
            for template, path, pieces in self.cells
            for column in self.places.columns(template, path)
        ]
        self.cells.clear()
        return "".join(markup for _, markup in sorted(found, key=lambda one: one[0]))

    def _written(self, piece: str | Token, column: int) -> str:
        if isinstance(piece, str):
            return piece.replace(COLUMN, column_name(column))
        return self.write_formula(piece.number, int(piece.at), column)
