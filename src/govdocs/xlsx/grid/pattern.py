"""A mapped formula whose rows and columns still hang on the pass it stands in.

One pattern serves every pass of equal shape: to have the text of one copy is to put numbers into
it. This module only writes; what the points are is worked out in ``rewriting``.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from govdocs.xlsx.grid.address import Kind, Marks, column_name
from govdocs.xlsx.grid.formula import Token
from govdocs.xlsx.grid.views import Extent

Starts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MovedRef:
    """A reference after the fill: a rectangle of points on the two axes of ``sheet``.

    ``sheet`` is None where the reference names none; ``prefix`` is the text that names it.
    ``last_sheet`` is the other end of a 3-D reference.
    """

    kind: Kind
    rows: Extent
    columns: Extent
    marks: Marks
    prefix: str = ""
    sheet: str | None = None
    last_sheet: str | None = None

    def template(self) -> tuple[str, list[tuple[bool, int, int]]]:
        """Write the reference as a format and its numbers: (is a row, depth, offset)."""
        row, column, last_row, last_column = ("$" if mark else "" for mark in self.marks)
        first, last = self.rows.first, self.rows.last
        left, right = self.columns.first, self.columns.last
        prefix = self.prefix.replace("%", "%%")
        first_row, last_row_slot = (
            (True, first.depth, first.offset),
            (True, last.depth, last.offset),
        )
        first_column = (False, left.depth, left.offset)
        last_column_slot = (False, right.depth, right.offset)
        if self.kind == "rows":
            return f"{prefix}{row}%s:{last_row}%s", [first_row, last_row_slot]
        if self.kind == "columns":
            return f"{prefix}{column}%s:{last_column}%s", [first_column, last_column_slot]
        if self.kind == "cell":
            return f"{prefix}{column}%s{row}%s", [first_column, first_row]
        return (
            f"{prefix}{column}%s{row}%s:{last_column}%s{last_row}%s",
            [first_column, first_row, last_column_slot, last_row_slot],
        )


Piece = Token | MovedRef


class Pattern:
    """A mapped formula for all passes of one shape: pieces, and their text as a format."""

    __slots__ = ("_format", "_slots", "pieces")

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self.pieces = tuple(pieces)
        texts, slots = [], []
        for piece in self.pieces:
            if isinstance(piece, Token):
                texts.append(piece.text.replace("%", "%%"))
            else:
                text, own = piece.template()
                texts.append(text)
                slots += own
        self._format, self._slots = _fold("".join(texts), slots)

    def text(self, rows: Starts, columns: Starts) -> str:
        """Write the formula for the passes that begin at these lines."""
        return self._format % tuple(
            [
                rows[depth] + offset if is_row else column_name(columns[depth] + offset)
                for is_row, depth, offset in self._slots
            ]
        )


def _fold(
    text: str, slots: list[tuple[bool, int, int]]
) -> tuple[str, tuple[tuple[bool, int, int], ...]]:
    """Write the numbers that hang on no pass into the format."""
    values = [
        "%s" if depth else str(offset) if is_row else column_name(offset)
        for is_row, depth, offset in slots
    ]
    # the first % halves %% and so needs them doubled; %s among the values goes through
    return text.replace("%%", "%%%%") % tuple(values), tuple(slot for slot in slots if slot[1])
