"""The sheets of a workbook as grids of texts, with the value and the place of each cell.

For reading what somebody filled in, and for finding the cells of a blank form. A sheet as programs
write it is read by one pattern; any other (prefixes, comments, cells that do not say where they
are, great sheets) by expat. Where the pattern is not sure that it saw every cell, expat reads.
Nothing here changes anything, or knows what a label means.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from html import unescape
from typing import Final

from govdocs.errors import FormError, Place
from govdocs.forms.grids import Cell
from govdocs.opc import Package
from govdocs.values.number_format import builtin_code, is_date_format, typed_value
from govdocs.values.numbers import as_number
from govdocs.xlsx.grid.address import cell_name, column_number
from govdocs.xlsx.reading.scanning import (
    ALIKE,
    VALUE,
    RawCell,
    find_last_row,
    scan_sheet,
    scan_strings,
    text_of,
)
from govdocs.xlsx.reading.workbook import read_part, read_workbook
from govdocs.xlsx.xml.encoding import unescape_text

Value = int | Decimal | str | bool | date | time | timedelta | None
"""None is a formula whose value the file does not have."""

MOST_PLACES: Final = 400_000
"""How many places of a sheet are spread out as a grid; a form has some hundreds."""

_SHEET = re.compile(r"<sheet\s([^>]*)>")
_ATTRIBUTE = re.compile(r"(?:\w+:)?(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_SURE_DIGITS = 15
_NUMERIC = frozenset({"", "n"})


@dataclass(frozen=True)
class Book:
    """A workbook that is read."""

    package: Package

    @cached_property
    def sheets(self) -> tuple["SheetGrid", ...]:
        """The sheets that have cells, in the order of their tabs."""
        listed = enumerate(_list_sheets(self.package))
        return tuple(SheetGrid(self, number, *entry) for number, entry in listed)

    @cached_property
    def date1904(self) -> bool:
        """Whether days are counted from 1904."""
        return read_workbook(self.package).date1904

    @cached_property
    def strings(self) -> Sequence[str]:
        """The shared strings."""
        found = self.package.related(self.package.main, "sharedStrings")
        return scan_strings(self.package, found[0]) if found else ()

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The number format codes of those cell formats that show dates."""
        found = self.package.related(self.package.main, "styles")
        return dict(_date_codes(self.package, found[0])) if found else {}


def _date_codes(package: Package, part: str) -> Iterator[tuple[str, str]]:
    root = read_part(package, part)
    table, formats = root.find("numFmts"), root.find("cellXfs")
    own = {one.get("numFmtId"): one.get("formatCode") for one in (table.children if table else ())}
    for index, xf in enumerate(formats.children if formats else ()):
        number = xf.get("numFmtId", "0")
        code = own.get(number) or (builtin_code(int(number)) if number.isdigit() else None)
        if code and is_date_format(code):
            yield str(index), code


@dataclass(frozen=True)
class SheetGrid:
    """One sheet.

    Attributes:
        number: which sheet of the workbook it is, from 0.
        name: on its tab.
        hidden: whether its tab is hidden.
    """

    book: Book = field(repr=False)
    number: int
    name: str
    part: str
    hidden: bool

    @cached_property
    def _scan(self) -> tuple[list[RawCell], list[tuple[str, str]]]:
        return scan_sheet(self.book.package, self.part)

    @cached_property
    def _by_name(self) -> dict[str, RawCell]:
        return {cell[0]: cell for cell in self._scan[0]}

    @property
    def merges(self) -> list[tuple[str, str]]:
        """The merged areas, first and last cell."""
        return self._scan[1]

    @cached_property
    def last_row(self) -> int:
        """The number of the last row that the sheet writes, with cells or without; 0 if none."""
        return find_last_row(self.book.package, self.part)

    def names(self) -> list[str]:
        """List the cells that the sheet writes, empty ones too."""
        return list(self._by_name)

    def texts(self) -> list[tuple[str, str]]:
        """List the cells that hold text: name and text."""
        cells, strings = self._scan[0], self.book.strings
        shared = [(name, strings[int(v)]) for name, _, kind, v, _ in cells if kind == "s" and v]
        return shared + [
            (name, self._text(kind, value, inner))
            for name, _, kind, value, inner in cells
            if kind and kind not in "nbd" and not (kind == "s" and value)
        ]

    def has_formula(self, name: str) -> bool:
        """Tell whether a cell holds a formula."""
        found = self._by_name.get(name)
        return found is not None and "<f" in found[4]

    def values(self, names: Iterable[str]) -> list[Value]:
        """Return what several cells hold, in their order."""
        held, value_of = self._by_name, self.value
        found: list[Value] = []
        for name in names:
            cell = held.get(name)
            value = cell[3] if cell and cell[2] in _NUMERIC else ""
            is_plain = 0 < len(value) < _SURE_DIGITS and value.isdecimal() and value.isascii()
            found.append(int(value) if is_plain else value_of(name))
        return found

    def value(self, name: str) -> Value:
        """Return what a cell holds: an exact number, a text, a truth value; ``""`` if nothing."""
        found = self._by_name.get(name)
        if found is None:
            return ""
        _, _, kind, value, inner = found
        if value and kind in _NUMERIC:
            return _number(value)
        return self._other(kind, value, inner)

    def moment(self, name: str) -> Value:
        """Return what a cell shows: as :meth:`value`, but a date where its format says so."""
        value = self.value(name)
        found = self._by_name.get(name)
        if found is None or isinstance(value, (str, bool)) or not isinstance(value, (int, Decimal)):
            return value
        code = self.book.codes.get(found[1] or "0")
        if code is None:
            return value
        shown = typed_value(value, code, date1904=self.book.date1904)
        return shown if not isinstance(shown, float) else value

    def _other(self, kind: str, value: str, inner: str) -> Value:
        if kind in _NUMERIC:
            value, is_formula = _value_of(inner), "<f" in inner
            return _number(value) if value else None if is_formula else ""
        if kind == "b":
            return (value or _value_of(inner)).strip() in {"1", "true"}
        return self._text(kind, value, inner)

    def _text(self, kind: str, value: str, inner: str) -> str:
        if kind == "inlineStr":
            return text_of(value or inner)
        text = unescape(value or _value_of(inner))
        if kind == "s":
            return self.book.strings[int(text)] if text.strip() else ""
        return unescape_text(text)

    def place(self, name: str, key: str = "") -> Place:
        """Make the place of a cell: ``表1!C5``."""
        spot = (("cell", f"{self.name}!{name}"),)
        return Place(self.book.package.name, self.part, spot, key=key)

    def cells(self) -> list[Cell]:
        """Return the sheet as a grid: every place among its labels, merged areas as one cell."""
        spans = {first: _span(first, last) for first, last in self.merges}
        words = dict(self.texts())
        held = {split_name(raw[0]): raw for raw in self._scan[0]}
        ends = [split_name(last) for _, last in self.merges]
        places = {split_name(name) for name, text in words.items() if text.strip()}
        rows = [row for row, _ in (*places, *ends)]
        cols = [col for _, col in (*places, *ends)]
        if not places:
            return []
        bottom, right = max(rows) + 1, max(cols)
        if bottom * right <= MOST_PLACES:
            everywhere = {(r, c) for r in range(1, bottom + 1) for c in range(1, right + 1)}
            places = everywhere | {at for at in held if at[0] <= bottom or at[1] <= right}
        covered = {at for first, last in self.merges for at in _covered(first, last)}
        return [
            self._cell(at, words, held.get(at), spans.get(cell_name(*at), (1, 1)))
            for at in sorted(places - covered)
        ]

    def _cell(
        self,
        at: tuple[int, int],
        words: Mapping[str, str],
        raw: RawCell | None,
        span: tuple[int, int],
    ) -> Cell:
        text = words.get(raw[0]) if raw else ""
        if text is None and raw is not None:
            text = raw[3] or _value_of(raw[4])
        return Cell(at[0], at[1], text or "", *span)


def _list_sheets(package: Package) -> Iterator[tuple[str, str, bool]]:
    """List name, part and whether it is hidden of every sheet that has cells."""
    targets = {one.id: one for one in package.relationships(package.main)}
    for name, identity, state in _sheet_entries(package):
        target = targets.get(identity)
        if target and target.kind == "worksheet" and target.part and target.part in package:
            yield name, target.part, state not in {"", "visible"}


def _sheet_entries(package: Package) -> tuple[tuple[str, str, str], ...]:
    """Read name, relationship and state of every sheet."""
    data = package.read(package.main)
    known = _recall_entries(data) if len(data) <= ALIKE else None
    if known is not None:
        return known
    return tuple(
        (one.name, _plain(one.element.attributes, "id"), _plain(one.element.attributes, "state"))
        for one in read_workbook(package).sheets
    )


@lru_cache(maxsize=64)
def _recall_entries(data: bytes) -> tuple[tuple[str, str, str], ...] | None:
    """Read the list of sheets of a workbook part that may have been read before."""
    markup = data.decode("utf-8", "replace")
    listed = [_attributes(one) for one in _SHEET.findall(markup)]
    if not listed or "<!" in markup:
        return None
    return tuple((one.get("name", ""), one.get("id", ""), one.get("state", "")) for one in listed)


def _plain(attributes: Mapping[str, str], name: str) -> str:
    """Return an attribute, whatever its namespace."""
    return next((v for key, v in attributes.items() if key.rpartition("\n")[2] == name), "")


def _attributes(text: str) -> dict[str, str]:
    return {name: unescape(one or other) for name, one, other in _ATTRIBUTE.findall(text)}


# Names of cells


@lru_cache(maxsize=4096)
def split_name(name: str) -> tuple[int, int]:
    """Split the name of a cell into row and column, counted from 1: ``C5`` is 5, 3."""
    letters = name.rstrip("0123456789")
    return int(name[len(letters) :]), column_number(letters)


def _span(first: str, last: str) -> tuple[int, int]:
    (top, left), (bottom, right) = split_name(first), split_name(last)
    return bottom - top + 1, right - left + 1


def _covered(first: str, last: str) -> Iterator[tuple[int, int]]:
    """Go through the places that a merged area hides."""
    (top, left), (bottom, right) = split_name(first), split_name(last)
    if (bottom - top + 1) * (right - left + 1) > MOST_PLACES:
        raise FormError.of("binding.sheet_too_large", fields={"limit": MOST_PLACES})
    for row in range(top, bottom + 1):
        for col in range(left, right + 1):
            if (row, col) != (top, left):
                yield row, col


# Values


def _value_of(inner: str) -> str:
    found = VALUE.search(inner)
    return found[1] if found else ""


def _number(text: str) -> int | Decimal | str:
    """Read a number exactly; of more than 15 digits the sheet means the 15 that it shows."""
    text = text.strip()
    try:
        exact = Decimal(text)
    except ArithmeticError:
        return unescape(text)
    if not exact.is_finite():
        return text
    if len(exact.as_tuple().digits) > _SURE_DIGITS and exact != exact.to_integral_value():
        return as_number(float(text))
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 10**40 else exact
