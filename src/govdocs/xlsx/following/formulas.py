"""Cells with formulas: taken apart at compiling time, written where they have gone.

A formula follows its cells; its cached value stays where nothing that it reads has changed, is
worked out where that is sure, and is left out otherwise. Shared formulas are written out where
rows move. This module asks others where cells are and what they are worth.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from govdocs.errors import GovdocsError, Problem
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.address import cell_name, column_name, maybe_area
from govdocs.xlsx.grid.cellvalues import UNKNOWN, ErrorValue, Value
from govdocs.xlsx.grid.copying import shift_formula
from govdocs.xlsx.grid.references import MovedFormula
from govdocs.xlsx.reading.stream import FormulaCell
from govdocs.xlsx.xml.encoding import escape_attribute, escape_markup, escape_text
from govdocs.xlsx.xml.markup import ATTRIBUTE, START_TAG

if TYPE_CHECKING:
    from govdocs.xlsx.grid.rewriting import Reads

_EXACT: Final = 1e15
_SHARED: Final = ("t", "ref", "si")


@dataclass(frozen=True, slots=True)
class FormulaMarkup:
    """A formula's cell as it is written.

    Attributes:
        prefix: of its elements, with its colon.
        attributes: of the cell but for its place and type, with a space before each.
        formula: its ``f`` element.
        value: its type and ``v`` element, or its ``is``: `` t="str"`` and ``<v>a</v>``.
        rest: what follows the value.
    """

    prefix: str
    attributes: str
    formula: str
    value: tuple[str, str]
    rest: str


def take_formula(raw: bytes) -> FormulaMarkup:
    """Take the cell of a formula apart."""
    head = START_TAG.match(raw)
    assert head is not None, "a cell begins here"
    name = head[1].decode()
    prefix = name.removesuffix("c")
    kept, kind = "", ""
    for one in ATTRIBUTE.finditer(head[2]):
        if one[1] == b"t":
            kind = one[0].decode()
        elif one[1] != b"r":
            kept += one[0].decode()
    inner = raw[head.end() : raw.rindex(b"<")]
    formula, inner = _cut_element(inner, f"{prefix}f".encode())
    value, rest = _cut_element(inner, f"{prefix}v".encode())
    if not value:
        value, rest = _cut_element(rest, f"{prefix}is".encode())
    return FormulaMarkup(prefix, kept, formula.decode(), (kind, value.decode()), rest.decode())


def _cut_element(data: bytes, name: bytes) -> tuple[bytes, bytes]:
    """Cut the first element off, if it has this name."""
    data = data.lstrip()
    head = START_TAG.match(data)
    if head is None or head[1] != name:
        return b"", data
    if head[0].endswith(b"/>"):
        return head[0], data[head.end() :]
    end = data.index(b">", data.index(b"</" + name, head.end())) + 1
    return data[:end], data[end:]


def write_out_shared(formulas: Sequence[FormulaCell]) -> list[str]:
    """Give the text of each formula; those that share another's are written out."""
    masters: dict[str, FormulaCell] = {}
    texts = []
    for one in formulas:
        text = one.text
        if one.attributes.get("t") == "shared":
            index = one.attributes.get("si", "")
            if text and "ref" in one.attributes:
                masters[index] = one
            elif index in masters:
                master = masters[index]
                text = shift_formula(master.text, one.row - master.row, one.column - master.column)
        texts.append(text)
    return texts


class FormulaWriter:
    """Writes the formulas of one output sheet.

    Args:
        formulas: all of the sheet.
        texts: what they say, shared ones written out.
        markups: of those that are written anew, by number.
        moved: where cells have gone; None if nothing moves in the whole workbook.
    """

    def __init__(
        self,
        formulas: Sequence[FormulaCell],
        texts: Sequence[str],
        markups: dict[int, FormulaMarkup],
        moved: MovedSheet | None,
    ) -> None:
        self.formulas, self.texts, self.markups = formulas, texts, markups
        self.moved = moved
        self.prepared: dict[int, MovedFormula] = {}
        self.problems: list[Problem] = []

    def prepare(self, number: int, text: str | None = None) -> MovedFormula:
        """Prepare a formula that may stand in many copies."""
        found = self.prepared.get(number) if text is None else None
        if found is None:
            assert self.moved is not None
            one = self.formulas[number]
            reads: Reads = "array" if one.attributes.get("t") == "array" else "value"
            place = self.moved.place(cell_name(one.row, one.column))
            own = self.texts[number] if text is None else text
            found = self.moved.prepare(own, place, reads=reads, cell=(one.row, one.column))
            if text is None:
                self.prepared[number] = found
        return found

    def write(
        self, number: int, cell: tuple[int, int], value: "Value | Kept", text: str | None = None
    ) -> str:
        """Write a formula's cell.

        Args:
            number: of the formula.
            cell: row and column of the output.
            value: the value to cache; :data:`KEEP` for the template's, ``UNKNOWN`` for none.
            text: the formula where it was rendered.
        """
        markup = self.markups[number]
        p = markup.prefix
        row, column = cell
        if text is not None and not text.strip():  # a condition left nothing of it
            return f'<{p}c r="{column_name(column)}{row}"{markup.attributes}/>'
        kind, cached = markup.value if isinstance(value, Kept) else write_cached(value, p)
        formula = markup.formula
        is_own = self.formulas[number].result_of is None
        if is_own and (self.moved is not None or text is not None):
            formula = self._moved(number, row, column, text)
        head = f'<{p}c r="{column_name(column)}{row}"{markup.attributes}{kind}>'
        return f"{head}{formula}{cached}{markup.rest}</{p}c>"

    def _moved(self, number: int, row: int, column: int, text: str | None) -> str:
        one, p = self.formulas[number], self.markups[number].prefix
        formula = self.texts[number] if text is None else text
        attributes = {k: v for k, v in one.attributes.items() if "\n" not in k}
        kind = attributes.get("t")
        if kind == "shared":
            attributes = {k: v for k, v in attributes.items() if k not in _SHARED}
        if self.moved is not None:
            formula = self._text(number, row, column, text)
            if attributes:
                self._move_attributes(attributes, row, column)
        written = "".join(f' {k}="{escape_attribute(v)}"' for k, v in attributes.items())
        if not formula:
            return f"<{p}f{written}/>"
        return f"<{p}f{written}>{escape_markup(formula)}</{p}f>"

    def _text(self, number: int, row: int, column: int, text: str | None) -> str:
        try:
            return self.prepare(number, text).at(row, column)
        except GovdocsError as error:
            self.problems += error.problems
            return "#REF!"

    def _move_attributes(self, attributes: dict[str, str], row: int, column: int) -> None:
        """Let the area of an array formula follow, and the inputs of a data table."""
        assert self.moved is not None
        sheet = self.moved
        reference = attributes.get("ref", "")
        if maybe_area(reference) is not None:
            areas = sheet.book.mapper.map_area(reference, sheet.name, (row, column))
            if len(areas) != 1:
                fields = {"reference": reference}
                problem = Problem("xlsx.array_scattered", (sheet.place(reference),), fields)
                self.problems.append(problem)
            attributes["ref"] = areas[0] if areas else cell_name(row, column)
        for name in ("r1", "r2"):
            if maybe_area(attributes.get(name, "")) is not None:
                attributes[name] = self._input(attributes[name], row, column)

    def _input(self, reference: str, row: int, column: int) -> str:
        """Give where a cell is that a data table puts its inputs in."""
        assert self.moved is not None
        sheet = self.moved
        place = sheet.place(reference)
        try:
            return sheet.prepare(reference, place).at(row, column)
        except GovdocsError as error:
            self.problems += error.problems
            return reference


class Kept:
    """The kind of :data:`KEEP`."""


KEEP: Final = Kept()
"""Says that a cached value still holds."""


def write_cached(value: Value, p: str) -> tuple[str, str]:
    """Write a value as a cell's type and its ``v``; nothing for one that is not known."""
    if value is UNKNOWN or value is None:
        return "", ""
    if isinstance(value, bool):
        return ' t="b"', f"<{p}v>{int(value)}</{p}v>"
    if isinstance(value, ErrorValue):
        return ' t="e"', f"<{p}v>{value.code}</{p}v>"
    if isinstance(value, str):
        return ' t="str"', f"<{p}v>{escape_text(value)}</{p}v>"
    number = float(value)
    text = str(int(number)) if number.is_integer() and abs(number) < _EXACT else repr(number)
    return "", f"<{p}v>{text}</{p}v>"


def spread(formulas: Iterable[FormulaCell]) -> dict[tuple[int, int], int]:
    """Number formulas by row and column."""
    return {(one.row, one.column): number for number, one in enumerate(formulas)}
