"""Texts into cells of a sheet that may be large: rows that are concerned are written anew.

The sheet is read as a stream and written as a stream; a row that gets no text comes out byte for
byte. A cell keeps its format; one that is not there yet takes that of its row or its column, as
when somebody types there. This module knows neither tags nor keys.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from govdocs.opc import Package
from govdocs.xlsx.grid.address import Area, cell_name, maybe_area
from govdocs.xlsx.planting.texts import write_cell
from govdocs.xlsx.reading.rows import Cell, Row, take_row
from govdocs.xlsx.reading.stream import FormulaCell, Reading, cut_spans, read_sheet
from govdocs.xlsx.reading.strings import SharedStrings
from govdocs.xlsx.reading.texts import plain_text, read_fragment
from govdocs.xlsx.reading.workbook import SheetEntry
from govdocs.xlsx.xml.editing import Edits
from govdocs.xlsx.xml.encoding import as_utf8
from govdocs.xlsx.xml.markup import Element, read_markup, root_tag

Hole = tuple[int, int, bytes]
Texts = Mapping[int, Mapping[int, str]]
"""Row to column to the text of the cell."""


@dataclass(slots=True)
class OpenSheet:
    """A sheet whose cells get texts.

    Attributes:
        frame: the part without its rows, as a tree.
        merges: the merged areas.
        rows: those that were asked for, by number; ``raws`` as they are written.
    """

    package: Package
    entry: SheetEntry
    strings: SharedStrings
    reading: Reading = field(init=False)
    head: bytes = b""
    frame: Element = field(init=False)
    merges: list[Area] = field(default_factory=list)
    rows: dict[int, Row] = field(default_factory=dict)
    raws: dict[int, tuple[Element, bytes]] = field(default_factory=dict)

    def open(self, wanted: Iterable[int]) -> None:
        """Read the sheet and take the rows apart that are wanted and there."""
        place = self.package.place(self.entry.part)
        self.reading = reading = read_sheet(self._chunks(), place, ())
        spans = [(0, reading.data_start), (reading.data_end, reading.size)]
        self.head, tail = cut_spans(self._chunks(), spans)
        self.frame = read_markup(self.head + tail, place)
        found = (maybe_area(one.get("ref")) for one in self.frame.iter("mergeCell"))
        self.merges = [one for one in found if one is not None]
        self._take_rows(sorted(set(wanted)))

    def cell(self, row: int, column: int) -> Cell | None:
        """Return a cell of a row that was wanted; None if it is not there."""
        cells = self.rows[row].cells if row in self.rows else ()
        return next((one for one in cells if one.column == column), None)

    def formula(self, row: int, column: int) -> FormulaCell | None:
        """Return the formula whose result a cell shows, arrays included."""
        for one in self.reading.formulas:
            area = maybe_area(one.attributes.get("ref", "")) if _is_array(one) else None
            if (one.row, one.column) == (row, column) or (area and _covers(area, row, column)):
                return one
        return None

    def merge(self, row: int, column: int) -> Area | None:
        """Return the merged area that a cell lies in."""
        return next((one for one in self.merges if _covers(one, row, column)), None)

    def write(self, texts: Texts) -> Iterator[bytes]:
        """Write the sheet with texts in some of its cells.

        before: <row r="5"><c r="C5" s="4"><v>0</v></c></row>
        after:  <row r="5"><c r="C5" s="4" t="inlineStr"><is><t>text</t></is></c></row>
        """
        holes = [self._dimension(texts), *self._rows(texts)]
        yield from punch_stream(self._chunks(), [one for one in holes if one is not None])

    def _chunks(self) -> Iterator[bytes]:
        return as_utf8(self.package.stream(self.entry.part))

    def _take_rows(self, wanted: list[int]) -> None:
        indices = [index for number in wanted if (index := self._index(number)) is not None]
        spans = [(self.reading.starts[one], self.reading.end_of(one)) for one in indices]
        root, place = root_tag(self.head), self.package.place(self.entry.part)
        for index, raw in zip(indices, cut_spans(self._chunks(), spans), strict=True):
            number = self.reading.numbers[index]
            element = read_fragment(root, raw, place)
            self.raws[number] = element, raw
            self.rows[number] = take_row(element, number, self.strings.texts)

    def _index(self, number: int) -> int | None:
        index = bisect_left(self.reading.numbers, number)
        is_there = index < len(self.reading.numbers) and self.reading.numbers[index] == number
        return index if is_there else None

    def _rows(self, texts: Texts) -> Iterator[Hole]:
        numbers, starts = self.reading.numbers, self.reading.starts
        added: dict[int, str] = {}
        for number, cells in sorted(texts.items()):
            if number in self.rows:
                start = starts[self._index(number) or 0]
                yield start, start + len(self.raws[number][1]), self._write_row(number, cells)
                continue
            index = bisect_left(numbers, number)
            offset = starts[index] if index < len(starts) else self.reading.data_end
            added[offset] = added.get(offset, "") + self._new_row(number, cells)
        for offset, markup in added.items():
            yield self._opened(offset, markup)

    def _opened(self, offset: int, markup: str) -> Hole:
        """Make the hole for new rows; a ``sheetData`` without any may have no end tag."""
        data = self.frame.find("sheetData")
        assert data is not None, "every sheet has one"
        if self.reading.starts or data.content != data.end:
            return offset, offset, markup.encode()
        opening = data.raw.removesuffix("/>").rstrip()
        return data.start, data.end, f"{opening}>{markup}</{data.qname}>".encode()

    def _new_row(self, number: int, cells: Mapping[int, str]) -> str:
        p = self.frame.prefix
        inner = "".join(
            write_cell(p, cell_name(number, column), self._style(column), plain_text(text))
            for column, text in sorted(cells.items())
        )
        return f'<{p}row r="{number}">{inner}</{p}row>'

    def _write_row(self, number: int, cells: Mapping[int, str]) -> bytes:
        element, raw = self.raws[number]
        row, edits = self.rows[number], Edits()
        added: dict[Element | None, str] = {}
        for column, text in sorted(cells.items()):
            cell, said = self.cell(number, column), plain_text(text)
            name = cell_name(number, column)
            if cell is None:
                behind = next((one.element for one in row.cells if one.column > column), None)
                style = _style_of(element.get("s")) if _is_set(element) else self._style(column)
                markup = write_cell(element.prefix, name, style, said)
                added[behind] = added.get(behind, "") + markup
            else:
                kept = _style_of("" if cell.style is None else str(cell.style))
                kept += cell.kept_attributes()
                edits.replace(cell.element, write_cell(cell.element.prefix, name, kept, said))
        for behind, markup in added.items():
            if behind is None:
                _append(edits, element, markup)
            else:
                edits.insert_before(behind, markup)
        return edits.write(element).encode() + raw[element.end - element.start :]

    def _style(self, column: int) -> str:
        """The format of a column, as an attribute."""
        for one in self.frame.iter("col"):
            if int(one.get("min", "0")) <= column <= int(one.get("max", "0")):
                return _style_of(one.get("style"))
        return ""

    def _dimension(self, texts: Texts) -> Hole | None:
        """Let the sheet's used area take in new cells: readers look no further than that."""
        element = self.frame.find("dimension")
        area = maybe_area(element.get("ref")) if element else None
        span = element.span_of("ref") if element else None
        if area is None or span is None or span[0] > self.reading.data_start:
            return None
        rows = [area.first_row, area.last_row, *texts]
        columns = [area.first_column, area.last_column, *(c for row in texts.values() for c in row)]
        whole = Area(min(rows), min(columns), max(rows), max(columns))
        return None if whole == area else (*span, str(whole).encode())


def punch_stream(chunks: Iterable[bytes], holes: list[Hole]) -> Iterator[bytes]:
    """Put bytes in the place of stretches of a stream, holding one chunk at a time."""
    waiting = sorted(holes, key=lambda one: one[:2])
    position = done = 0
    for chunk in chunks:
        end = position + len(chunk)
        while waiting and waiting[0][0] < end:
            first, last, content = waiting.pop(0)
            yield chunk[max(done - position, 0) : first - position]
            yield content
            done = last
        yield chunk[max(done - position, 0) :]
        done, position = max(done, end), end


def _append(edits: Edits, row: Element, markup: str) -> None:
    """Put cells behind a row's last one: an extension list stays at the end."""
    last = next((one for one in reversed(row.children) if one.name == "c"), None)
    if last is not None:
        edits.insert_after(last, markup)
    elif row.children:
        edits.insert_before(row.children[0], markup)
    else:
        edits.append(row, markup)


def _style_of(number: str) -> str:
    return f' s="{number}"' if number else ""


def _is_set(row: Element) -> bool:
    return row.get("customFormat") in ("1", "true") and bool(row.get("s"))


def _is_array(formula: FormulaCell) -> bool:
    return formula.attributes.get("t") in ("array", "dataTable")


def _covers(area: Area, row: int, column: int) -> bool:
    rows = area.first_row <= row <= area.last_row
    return rows and area.first_column <= column <= area.last_column
