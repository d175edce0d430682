"""Put the rows of tables side by side together: each was rendered by itself, one after the other.

A row of the output has the cells of all tables that reach down to it, and empty ones, in the format
of the template, where a shorter table has ended. Nothing here knows what a cell holds.
"""

from bisect import bisect_right
from collections.abc import Iterator

from govdocs.xlsx.blocks.columns import ColumnPlaces
from govdocs.xlsx.compiling.row_looks import GAP, RowLooks
from govdocs.xlsx.writing.column_rows import RowOfCells, WriteFormula
from govdocs.xlsx.xml.tokens import Token


class BesideRows:
    """The rows of tables side by side, while they come.

    Args:
        looks: of the template's rows.
        places: says where columns come out.
        write_formula: writes the cell of a formula.
    """

    def __init__(self, looks: RowLooks, places: ColumnPlaces, write_formula: WriteFormula) -> None:
        self.looks, self.places, self.write_formula = looks, places, write_formula
        self.rows: dict[int, RowOfCells] = {}
        self.lanes: dict[int, dict[int, int]] = {}
        self.row = RowOfCells(places, write_formula)

    def take(self, piece: str | Token) -> None:
        """Take a piece of a row, or its beginning."""
        if isinstance(piece, str):
            if self.row.cells:
                self.row.take(piece)
        elif piece.kind == "W":
            lane, _, number = piece.at.partition(".")
            row = int(number)
            if row not in self.rows:
                self.rows[row] = RowOfCells(self.places, self.write_formula)
            self.row = self.rows[row]
            self.lanes.setdefault(row, {})[int(lane)] = piece.number
        elif piece.kind == "C":
            self.row.begin(piece)
        elif piece.kind != "R":
            self.row.take(piece)

    def written(self) -> Iterator[str]:
        """Write all rows in order."""
        for number in sorted(self.rows):
            row, lanes = self.rows[number], self.lanes[number]
            look = self.looks.rows[lanes[min(lanes)]]
            for column, markup in look.blanks:
                if bisect_right(self.looks.starts, column) - 1 not in lanes:
                    row.begin(Token("C", column, ""))
                    row.take(markup.replace(GAP, str(number)))
            yield look.head.replace(GAP, str(number)) + row.end() + look.tail
