"""Results of formulas, taken over from a copy of the workbook that another program has worked out.

Only cells that have no result get one: those whose inputs a filling has changed and that could not
be worked out here. All else stays byte for byte. What the program did not understand, and whatever
hangs on it, is left without a result. Nothing is computed here, and no sheet is held as a tree.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.parsers import expat

from govdocs.errors import Place, Problem
from govdocs.opc import Package, deflate_chunks
from govdocs.xlsx.compiling.staleness import SheetFacts, find_staleness
from govdocs.xlsx.compiling.static_values import read_value
from govdocs.xlsx.following.formulas import take_formula, write_cached, write_out_shared
from govdocs.xlsx.grid.address import Area, cell_name, column_number, maybe_area
from govdocs.xlsx.grid.cellvalues import UNKNOWN, ErrorValue, Value
from govdocs.xlsx.grid.formula import scan
from govdocs.xlsx.grid.functions import function_name
from govdocs.xlsx.reading.definitions import read_definitions, read_tables
from govdocs.xlsx.reading.stream import read_sheet
from govdocs.xlsx.reading.strings import read_texts
from govdocs.xlsx.reading.workbook import SheetEntry, Workbook, read_workbook
from govdocs.xlsx.xml.encoding import as_utf8
from govdocs.xlsx.xml.markup import ATTRIBUTE, START_TAG
from govdocs.xlsx.xml.parsing import malformed

_SURE_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NUM!"})
"""Errors that mean the same to both programs."""
_OF_THE_FILE = frozenset({"CELL", "INFO", "RTD", "WEBSERVICE"})
"""Functions that tell of the program, the file or the net, not of the cells."""
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a stream; ``value`` is None where it has none, ``formula`` likewise."""

    row: int
    column: int
    start: int
    end: int
    kind: str
    value: str | None
    formula: str | None
    area: Area | None


def take_results(content: bytes, work_out: Callable[[], bytes]) -> tuple[bytes, list[Problem]]:
    """Write results into a workbook.

    Args:
        content: the workbook.
        work_out: gives the same, as another program saved it with all formulas worked out; asked
            only where a result is missing.

    Returns:
        The workbook, and a note on the cells that are still without a result.
    """
    package = Package(content)
    workbook = read_workbook(package)
    sheets = [one for one in workbook.sheets if one.kind == "worksheet"]
    blanks = {one.name: list(_find_blanks(package, one.part)) for one in sheets}
    if not any(blanks.values()):
        return content, []
    values = _read_results(Package(work_out()), blanks)
    _drop_unsure(package, workbook, blanks, values)
    draft = package.edit()
    for sheet in sheets:
        found = [
            (one, values[sheet.name].get((one.row, one.column), UNKNOWN))
            for one in blanks[sheet.name]
        ]
        sure = [(one, value) for one, value in found if value is not UNKNOWN]
        if sure:
            chunks = as_utf8(package.stream(sheet.part))
            draft.replace(sheet.part, deflate_chunks(_spliced(chunks, sure)))
    return draft.to_bytes(), _note(sheets, blanks, values)


def _note(
    sheets: Iterable[SheetEntry],
    blanks: Mapping[str, Sequence[_Cell]],
    values: Mapping[str, Mapping[Position, Value]],
) -> list[Problem]:
    places = tuple(
        Place(part=sheet.part, spot=(("cell", f"{sheet.name}!{cell_name(one.row, one.column)}"),))
        for sheet in sheets
        for one in blanks[sheet.name]
        if values[sheet.name].get((one.row, one.column), UNKNOWN) is UNKNOWN
    )
    return [Problem("libreoffice.not_worked_out", places, {}, "note")] if places else []


def _find_blanks(package: Package, part: str) -> Iterator[_Cell]:
    """Find the cells that show a result and have none."""
    arrays: list[Area] = []
    for cell in _read_cells(as_utf8(package.stream(part)), package.place(part)):
        if cell.area is not None:
            arrays.append(cell.area)
        if cell.value is not None:
            continue
        is_member = any(
            one.first_row <= cell.row <= one.last_row
            and one.first_column <= cell.column <= one.last_column
            for one in arrays
        )
        if cell.formula is not None or is_member:
            yield cell


def _read_results(
    copy: Package, blanks: Mapping[str, Sequence[_Cell]]
) -> dict[str, dict[Position, Value]]:
    """Read what the other program found for the cells without a result."""
    parts = {one.name: one.part for one in read_workbook(copy).sheets if one.kind == "worksheet"}
    strings = copy.related(copy.main, "sharedStrings")
    found: dict[str, dict[Position, Value | int]] = {}
    for name, cells in blanks.items():
        own = found.setdefault(name, {})
        wanted = {(one.row, one.column): one.formula or "" for one in cells}
        if not wanted or name not in parts:
            continue
        stream = as_utf8(copy.stream(parts[name]))
        for cell in _read_cells(stream, copy.place(parts[name])):
            formula = wanted.get((cell.row, cell.column))
            if formula is not None:
                own[cell.row, cell.column] = _result(cell, formula)
    indices = {one for own in found.values() for one in own.values() if type(one) is int}
    texts = read_texts(copy, strings[0] if strings else "", indices)
    return {
        name: {
            place: texts.get(value, UNKNOWN) if type(value) is int else value
            for place, value in own.items()
        }
        for name, own in found.items()
    }


def _result(cell: _Cell, formula: str) -> Value | int:
    if cell.value is None or not _is_understood(cell.formula or "") or not _is_of_cells(formula):
        return UNKNOWN
    value = read_value(cell.kind, cell.value)
    if isinstance(value, ErrorValue) and value.code not in _SURE_ERRORS:
        return value if value.code == "#REF!" and "#REF!" in formula else UNKNOWN
    return value


def _is_understood(formula: str) -> bool:
    """Whether LibreOffice knows all functions: others it writes in small letters."""
    calls = (token.text for token in scan(formula) if token.kind == "call")
    return not any(any(char.islower() for char in call.removeprefix("_xlfn.")) for call in calls)


def _is_of_cells(formula: str) -> bool:
    """Whether a formula reads cells of this workbook only."""
    tokens = scan(formula)
    if any(token.scope is not None and "[" in token.text for token in tokens):
        return False
    calls = (function_name(token.text) for token in tokens if token.kind == "call")
    return not any(call in _OF_THE_FILE for call in calls)


def _drop_unsure(
    package: Package,
    workbook: Workbook,
    blanks: Mapping[str, Sequence[_Cell]],
    values: dict[str, dict[Position, Value]],
) -> None:
    """Drop what hangs on a cell whose result is not known, however far: IFERROR would hide it."""
    unsure = {
        name: [
            Area(one.row, one.column, one.row, one.column)
            for one in cells
            if values[name].get((one.row, one.column), UNKNOWN) is UNKNOWN
        ]
        for name, cells in blanks.items()
    }
    if not any(unsure.values()):
        return
    facts = []
    for sheet in (one for one in workbook.sheets if one.kind == "worksheet"):
        chunks = as_utf8(package.stream(sheet.part))
        formulas = read_sheet(chunks, package.place(sheet.part), ()).formulas
        changed = unsure.get(sheet.name, [])
        facts.append(SheetFacts(sheet.name, formulas, write_out_shared(formulas), changed))
    tables = [one.table for one in read_tables(package, workbook)]
    stale = find_staleness(facts, read_definitions(workbook), tables, moves=False).stale
    for one in facts:
        for number in stale.get(one.name, ()):
            cell = one.formulas[number]
            values[one.name].pop((cell.row, cell.column), None)


def _spliced(chunks: Iterable[bytes], cells: Sequence[tuple[_Cell, Value]]) -> Iterator[bytes]:
    """Yield a sheet with results put into some of its cells."""
    source, waiting, position = iter(chunks), bytearray(), 0
    for cell, value in cells:
        while position + len(waiting) < cell.end:
            if position + len(waiting) <= cell.start:
                yield bytes(waiting)
                position += len(waiting)
                waiting.clear()
            waiting += next(source)
        yield bytes(waiting[: cell.start - position])
        raw = bytes(waiting[cell.start - position : cell.end - position])
        yield _with_value(raw, value)
        del waiting[: cell.end - position]
        position = cell.end
    yield bytes(waiting)
    yield from source


def _with_value(raw: bytes, value: Value) -> bytes:
    """Put a result into a cell.

    before: <c r="B3" s="2"><f>FOO(A1)</f></c>
    after:  <c r="B3" s="2" t="str"><f>FOO(A1)</f><v>a</v></c>
    """
    markup = take_formula(raw)
    head = START_TAG.match(raw)
    assert head is not None, "expat found a cell here"
    own = (one for one in ATTRIBUTE.finditer(head[2]) if one[1] == b"r")
    at = "".join(one[0].decode() for one in own)
    kind, cached = write_cached(value, markup.prefix)
    p = markup.prefix
    written = f"<{p}c{at}{markup.attributes}{kind}>{markup.formula}{cached}{markup.rest}</{p}c>"
    return written.encode()


def _read_cells(chunks: Iterable[bytes], place: Place) -> Iterator[_Cell]:
    """Read the cells of a sheet, as a stream; offsets count in its bytes."""
    reader = _CellReader()
    try:
        for chunk in chunks:
            reader.window = reader.window[-_LONGEST:] + chunk
            reader.size += len(chunk)
            reader.parser.Parse(chunk, False)
            yield from reader.take()
        reader.parser.Parse(b"", True)
        yield from reader.take()
    except expat.ExpatError as error:
        raise malformed(error, place) from None


_LONGEST = 512


class _CellReader:
    def __init__(self) -> None:
        self.cells: list[_Cell] = []
        self.row = self.column = self.start = self.size = 0
        self.window = b""
        self.kind = ""
        self.area: Area | None = None
        self.texts: dict[str, list[str]] = {}
        self.parser = expat.ParserCreate("utf-8", "\n")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close

    def take(self) -> list[_Cell]:
        """Give the cells that were read since the last time."""
        cells, self.cells = self.cells, []
        return cells

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("\n")[2]
        act: Callable[[dict[str, str]], None] | None = {
            "row": self._open_row,
            "c": self._open_cell,
            "f": self._open_formula,
        }.get(local)
        if act is not None:
            act(attributes)
        if local in ("f", "v", "t"):
            self.parser.CharacterDataHandler = self.texts.setdefault(local, []).append

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self.row = self.row + 1 if number is None else int(number)
        self.column = 0

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self.column += 1
        if reference is not None:
            self.column = column_number(reference.rstrip("0123456789"))
        self.kind = attributes.get("t", "n")
        self.start = self.parser.CurrentByteIndex
        self.texts, self.area = {}, None

    def _open_formula(self, attributes: dict[str, str]) -> None:
        if attributes.get("t") in ("array", "dataTable"):
            self.area = maybe_area(attributes.get("ref", ""))

    def _close(self, name: str) -> None:
        local = name.rpartition("\n")[2]
        if local in ("f", "v", "t"):
            self.parser.CharacterDataHandler = None
        elif local == "c":
            texts = {one: "".join(found) for one, found in self.texts.items()}
            value = texts.get("v", texts.get("t"))
            if not value and self.kind != "str":
                value = None  # an empty v, as some programs write it
            place = (self.row, self.column, self.start, self._end())
            self.cells.append(_Cell(*place, self.kind, value, texts.get("f"), self.area))

    def _end(self) -> int:
        """Find where the cell that closes ends: expat says it of an empty-element tag only."""
        base, here = self.size - len(self.window), self.parser.CurrentByteIndex
        head = START_TAG.match(self.window, self.start - base) if self.start >= base else None
        if head is not None and head[0].endswith(b"/>") and base + head.end() == here:
            return here
        return base + self.window.index(b">", here - base) + 1
