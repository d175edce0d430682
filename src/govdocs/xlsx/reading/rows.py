"""Rows as the compiler takes them apart: cells, their texts and what else stands in them.

Only rows that hold tags, or lie inside a block, are ever taken apart. A cell keeps the markup that
it was written in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from govdocs.xlsx.grid.address import cell_name, column_name, column_number
from govdocs.xlsx.reading.texts import CellText, plain_text, read_text
from govdocs.xlsx.xml.encoding import unescape_text
from govdocs.xlsx.xml.markup import Element
from govdocs.xlsx.xml.tokens import COLUMN

Kind = Literal["text", "formula", "other", "empty", "result"]


@dataclass(slots=True)
class Cell:
    """One cell of a row.

    Attributes:
        element: as it is written.
        kind: ``text`` may hold tags; ``other`` is a number, a truth value or an error; ``result``
            is what another's formula, or a pivot table, shows there.
        text: what is read in a cell of kind ``text``; the formula in one of kind ``formula``.
        shared: the index of its shared string; empty if it is none.
    """

    element: Element
    row: int
    column: int
    kind: Kind
    text: CellText
    shared: str = ""

    @property
    def address(self) -> str:
        """Its address: ``C5``."""
        return cell_name(self.row, self.column)

    @property
    def style(self) -> int | None:
        """Its format; None if it names none."""
        style = self.element.attributes.get("s")
        return None if style is None else int(style)

    @property
    def is_blank(self) -> bool:
        """Whether it shows nothing."""
        return self.kind == "empty" or (self.kind == "text" and not self.text.text.strip())

    def kept_attributes(self) -> str:
        """Write the attributes that a filled cell keeps: all but place, format, type, metadata."""
        return "".join(
            f' {name}="{value}"'
            for name, value, _, _ in self.element.written_attributes()
            if name not in ("r", "s", "t", "cm", "vm") and '"' not in value
        )

    def around_row(self, moves: bool = False) -> tuple[str, str]:
        """Write the cell with a gap where the number of its row goes.

        Args:
            moves: write :data:`COLUMN` for its column, which is not known yet.
        """
        element = self.element
        rest = "".join(
            f" {name}={_quoted(value)}"
            for name, value, _, _ in element.written_attributes()
            if name != "r"
        )
        name = element.qname
        head = f'<{name} r="{COLUMN if moves else column_name(self.column)}'
        if not element.inner:
            return head, f'"{rest}/>'
        return head, f'"{rest}>{element.inner}</{name}>'


@dataclass(slots=True)
class Row:
    """One row.

    Attributes:
        number: in the template.
        head: its start tag up to its number, ``<row r="``.
        rest: behind the number, ``" ht="20">``.
        tail: what follows the last cell.
    """

    number: int
    head: str
    rest: str
    cells: list[Cell]
    tail: str


def take_row(element: Element, number: int, shared: Mapping[str, CellText]) -> Row:
    """Take a row apart.

    Args:
        element: the row.
        number: its number; rows need not say it.
        shared: the shared strings that may hold tags.
    """
    attributes = "".join(
        f" {name}={_quoted(value)}"
        for name, value, _, _ in element.written_attributes()
        if name not in ("r", "spans")
    )
    cells: list[Cell] = []
    column = 0
    for child in element.children:
        if child.name == "c":
            reference = child.attributes.get("r")
            column = column_number(reference.rstrip("0123456789")) if reference else column + 1
            cells.append(_take_cell(child, number, column, shared))
    name = element.qname
    tail = "".join(child.raw for child in element.children if child.name != "c")
    return Row(number, f'<{name} r="', f'"{attributes}>', cells, f"{tail}</{name}>")


def _quoted(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'


def _take_cell(element: Element, row: int, column: int, shared: Mapping[str, CellText]) -> Cell:
    kind = element.attributes.get("t", "n")
    v, inline, formula = element.find("v"), element.find("is"), element.find("f")
    nothing = plain_text("")
    if formula is not None:
        return Cell(element, row, column, "formula", plain_text(formula.text))
    if kind == "inlineStr" and inline is not None:
        return Cell(element, row, column, "text", read_text(inline))
    if v is None or not v.text.strip():
        return Cell(element, row, column, "empty", nothing)
    if kind == "s" and v.text.strip() in shared:
        index = v.text.strip()
        return Cell(element, row, column, "text", shared[index], index)
    if kind == "str":
        return Cell(element, row, column, "text", plain_text(unescape_text(v.text)))
    return Cell(element, row, column, "other", nothing)
