"""Which cached values a filling makes stale, and which cells have to be known to renew them.

Worked out once, at compiling time, from the template alone: which cells hold tags and which rows
repeat does not hang on the data.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from govdocs.language import may_hold_tag
from govdocs.language import scan as scan_tags
from govdocs.xlsx.compiling.watched import Watched
from govdocs.xlsx.grid.address import Area, maybe_area, same_name
from govdocs.xlsx.grid.dependents import FormulaAt, find_stale
from govdocs.xlsx.grid.formula import Token, scan
from govdocs.xlsx.grid.functions import function_name
from govdocs.xlsx.grid.layout import COLUMN_LIMIT, ROW_LIMIT
from govdocs.xlsx.grid.names import Names, Table
from govdocs.xlsx.reading.stream import FormulaCell

_NO_SHEET: Final = "\0"
_OF_PLACE: Final = frozenset(
    {"ADDRESS", "COLUMN", "COLUMNS", "FORMULATEXT", "ROW", "ROWS", "SHEET", "SHEETS"}
)
"""Functions whose value hangs on where a cell stands, not on what it holds."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What is known of a sheet of the template.

    Attributes:
        texts: of its formulas, shared ones written out.
        changed: the cells that a filling writes, and the rows that it repeats or takes away.
    """

    name: str
    formulas: Sequence[FormulaCell]
    texts: Sequence[str]
    changed: Sequence[Area]


@dataclass(slots=True)
class Staleness:
    """What a filling makes stale.

    Attributes:
        stale: sheet -> numbers of its formulas.
        watched: sheet -> areas that stale formulas read, by the name as Excel compares it.
        readers: the others that show what has changed, by number.
        pivots: the parts of the pivot tables whose results no longer hold.
    """

    stale: dict[str, set[int]] = field(default_factory=dict)
    watched: dict[str, set[Area]] = field(default_factory=dict)
    readers: set[int] = field(default_factory=set)
    pivots: frozenset[str] = frozenset()

    def watched_on(self, sheet: str) -> Watched:
        """Give the cells of a sheet that stale formulas read; those of 3-D references on all."""
        return Watched((*self.watched.get(same_name(sheet), ()), *self.watched.get("", ())))

    def __bool__(self) -> bool:
        return bool(self.stale)


def find_staleness(
    sheets: Sequence[SheetFacts],
    definitions: Mapping[str, str],
    tables: Sequence[Table],
    readers: Sequence[str] = (),
    pivots: Mapping[str, Sequence[FormulaAt]] = MappingProxyType({}),
    *,
    moves: bool,
) -> Staleness:
    """Find the formulas that a filling makes stale.

    Args:
        sheets: all sheets, in the order of their tabs.
        definitions: name -> formula; a name of one sheet only as ``表1!合计``.
        tables: all tables.
        readers: what others read who keep copies of cells (charts, pivot tables), as formulas.
        pivots: the cells of pivot tables, as formulas that read what they read, by part.
        moves: whether rows may come out elsewhere than they stand.
    """
    names = Names(definitions, tables)
    numbers: dict[tuple[str, Area], int] = {}
    formulas, changed = [], []
    for sheet in sheets:
        changed += [(sheet.name, area) for area in sheet.changed]
        for number, (one, text) in enumerate(zip(sheet.formulas, sheet.texts, strict=True)):
            if one.result_of is None:
                area = _area_of(one)
                formulas.append(FormulaAt(sheet.name, area, _reading_of(one, area) or text))
                numbers[sheet.name, area] = number
                if _shows_tag(one.value or "") or (moves and _hangs_on_place(text)):
                    changed.append((sheet.name, area))
    formulas += [
        FormulaAt(_NO_SHEET, Area(number, 1, number, 1), text)
        for number, text in enumerate(readers, 1)
    ]
    formulas += [one for own in pivots.values() for one in own]
    stale = find_stale(formulas, changed, names, [sheet.name for sheet in sheets])
    found = _sorted_out(stale, numbers)
    gone = {part for part, own in pivots.items() if not set(own).isdisjoint(stale)}
    found.pivots = frozenset(gone)
    for sheet in sheets:
        _add_results(sheet, found)
    reads_names = _watch(found, stale)
    if reads_names:
        for text in definitions.values():
            _add(found.watched, _areas(scan(text), ""))
        _add(found.watched, ((table.sheet, table.area) for table in tables))
    return found


def _sorted_out(stale: Iterable[FormulaAt], numbers: Mapping[tuple[str, Area], int]) -> Staleness:
    """Tell formulas of cells from the others that read what has changed."""
    found = Staleness()
    for formula in stale:
        if formula.sheet == _NO_SHEET:
            found.readers.add(formula.area.first_row - 1)
        elif (formula.sheet, formula.area) in numbers:
            number = numbers[formula.sheet, formula.area]
            found.stale.setdefault(formula.sheet, set()).add(number)
    return found


def _add_results(sheet: SheetFacts, found: Staleness) -> None:
    """Count the cells that show a stale formula's results, or a pivot table's, as stale."""
    own = found.stale.get(sheet.name, set())
    shown = {
        number
        for number, one in enumerate(sheet.formulas)
        if one.result_of in own or (one.result_of in found.pivots and not _is_label(one))
    }
    if shown:
        found.stale[sheet.name] = own | shown


def _shows_tag(text: str) -> bool:
    return may_hold_tag(text) and bool(scan_tags(text)[0])


def _is_label(cell: FormulaCell) -> bool:
    """Whether a cell of a pivot table shows a text, which is no figure that might be wrong."""
    if cell.kind not in ("s", "str", "inlineStr"):
        return False
    text = "" if cell.kind == "s" else cell.value or ""  # shared strings with tags are blanked
    return not _shows_tag(text)


def _reading_of(formula: FormulaCell, area: Area) -> str:
    """What a data table reads, as a formula: the row above it and the column left of it.

    The formulas to be worked out stand there, and the inputs to be put in.
    """
    top, left = area.first_row - 1, area.first_column - 1
    if formula.attributes.get("t") != "dataTable" or not (top and left):
        return ""
    return f"SUM({Area(top, left, top, area.last_column)},{Area(top, left, area.last_row, left)})"


def _area_of(formula: FormulaCell) -> Area:
    own = Area(formula.row, formula.column, formula.row, formula.column)
    if formula.attributes.get("t") in ("array", "dataTable"):
        return maybe_area(formula.attributes.get("ref", "")) or own
    return own


def _hangs_on_place(text: str) -> bool:
    return any(
        token.kind == "call" and function_name(token.text) in _OF_PLACE for token in scan(text)
    )


def _watch(found: Staleness, stale: Iterable[FormulaAt]) -> bool:
    """Note what formulas read; tell whether any reads names or tables."""
    reads_names = False
    for formula in stale:
        tokens = scan(formula.text)
        reads_names = reads_names or any(one.kind in ("name", "table") for one in tokens)
        _add(found.watched, _areas(tokens, formula.sheet))
    return reads_names


def _areas(tokens: Iterable[Token], sheet: str) -> Iterator[tuple[str, Area]]:
    for token in tokens:
        ref, scope = token.ref, token.scope
        if ref is not None and not (scope and scope.external):
            yield (scope.sheet if scope else sheet), ref.area
            if scope and scope.last_sheet is not None:
                yield "", ref.area


def _add(watched: dict[str, set[Area]], areas: Iterable[tuple[str, Area]]) -> None:
    for sheet, area in areas:
        watched.setdefault(same_name(sheet), set()).add(area)


def columns_area(first: int, last: int) -> Area:
    """Give the area of whole columns."""
    return Area(1, first, ROW_LIMIT, last)


def rows_area(first: int, last: int) -> Area:
    """Give the area of whole rows."""
    return Area(first, 1, last, COLUMN_LIMIT)
