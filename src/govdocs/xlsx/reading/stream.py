"""Read a sheet once, as a stream: where its rows stand, which of them hold tags, its formulas.

A sheet may have 50 MB, so what is kept is offsets, and the text of what matters. Offsets count in
the bytes of the part in UTF-8. Nothing here changes anything or knows what a tag means.
"""

from array import array
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from govdocs.errors import Place
from govdocs.language import may_hold_tag, scan
from govdocs.xlsx.grid.address import Area, column_number, maybe_area
from govdocs.xlsx.xml.dialect import MAIN
from govdocs.xlsx.xml.parsing import make_parser, malformed

_SEPARATOR = "\n"
_LONGEST_END_TAG = 512


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell with a formula.

    Attributes:
        start: offset of the cell's start tag.
        end: offset past its end tag.
        attributes: of the ``f`` element: ``t``, ``ref``, ``si``, ...
        kind: the cell's ``t``, which tells the type of the cached value.
        value: the cached value as text; None where there is none.
        result_of: for a cell without a formula of its own that shows a result of another: that
            formula's number, or the part of a pivot table.
    """

    row: int
    column: int
    start: int
    end: int
    attributes: dict[str, str]
    text: str
    kind: str
    value: str | None
    result_of: int | str | None = None


Results = Sequence[tuple[Area, str]]
"""Areas in which a part of another kind (a pivot table) puts its results, and that part."""


@dataclass(slots=True)
class Reading:
    """What was seen of a sheet.

    Attributes:
        data_start: offset of the first row, or of the end of ``sheetData``.
        data_end: offset of the end tag of ``sheetData``; 0 if the sheet has none.
        size: of the part.
        numbers: the number of each row, in the order of the part.
        starts: offset of each row.
        heights: of each row in pt; 0 where it does not say.
        marked: the rows that may hold tags, as indices into ``numbers``.
        formulas: in the order of the part; and the cells that show results of others.
        hidden: the numbers of the rows that are not shown.
        numbered: whether every row and cell says where it is.
        bare: whether there are neither comments, CDATA nor instructions among the rows.
    """

    data_start: int = 0
    data_end: int = 0
    size: int = 0
    numbers: "array[int]" = field(default_factory=lambda: array("L"))
    starts: "array[int]" = field(default_factory=lambda: array("Q"))
    heights: "array[float]" = field(default_factory=lambda: array("f"))
    marked: list[int] = field(default_factory=list)
    formulas: list[FormulaCell] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    numbered: bool = True
    bare: bool = True

    def end_of(self, index: int) -> int:
        """Return the offset where the next row starts, or the last one's data end."""
        return self.starts[index + 1] if index + 1 < len(self.starts) else self.data_end


def read_sheet(
    chunks: Iterable[bytes], place: Place, tagged: Container[str], results: Results = ()
) -> Reading:
    """Read a sheet.

    Args:
        chunks: the part in UTF-8.
        place: of the part, for problems.
        tagged: the indices, as text, of shared strings that may hold a tag.
        results: where pivot tables stand.
    """
    reader = _SheetReader(place, tagged)
    reader.results += results
    return reader.read(chunks)


def cut_spans(chunks: Iterable[bytes], spans: Sequence[tuple[int, int]]) -> Iterator[bytes]:
    """Cut pieces out of a stream: (offset, offset past it), ordered and apart."""
    waiting, base = bytearray(), 0
    source = iter(chunks)
    for start, end in spans:
        while base + len(waiting) < end and (chunk := next(source, None)) is not None:
            if base + len(waiting) <= start:
                base += len(waiting)
                waiting.clear()
            waiting += chunk
        yield bytes(waiting[start - base : end - base])
        del waiting[: end - base]
        base = end


class _SheetReader:
    def __init__(self, place: Place, tagged: Container[str]) -> None:
        self.place, self.tagged = place, tagged
        self.reading = Reading()
        self.depth = 0
        self.row = self.column = 0
        self.kind, self.start = "", 0
        self.is_marked = False
        self.window = b""
        self.results: list[tuple[Area, int | str]] = []
        self.parts: dict[str, list[str]] = {}
        self.formula: dict[str, str] | None = None
        self.names: dict[str, str] = {}
        self.parser = make_parser(place)
        self.parser.StartElementHandler = self._open_root

    def read(self, chunks: Iterable[bytes]) -> Reading:
        reading = self.reading
        try:
            for chunk in chunks:
                self.window = self.window[-_LONGEST_END_TAG:] + chunk
                reading.size += len(chunk)
                self.parser.Parse(chunk, False)
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise malformed(error, self.place) from None
        return reading

    def _open_root(self, name: str, _: dict[str, str]) -> None:
        space = name.rpartition(_SEPARATOR)[0]
        space = space if space in MAIN else ""
        locals_ = ("sheetData", "row", "c", "v", "f", "is", "t", "rPh")
        self.names = {local: f"{space}{_SEPARATOR}{local}" for local in locals_}
        self.parser.StartElementHandler = self._open_child
        self.parser.EndElementHandler = self._close_child

    def _open_child(self, name: str, _: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 1 and name == self.names["sheetData"]:
            self._enter_data()

    def _close_child(self, _: str) -> None:
        self.depth -= 1

    def _enter_data(self) -> None:
        names, parser = self.names, self.parser
        self.c, self.v, self.f = names["c"], names["v"], names["f"]
        self.t, self.inline, self.phonetic = names["t"], names["is"], names["rPh"]
        self.row_name, self.data = names["row"], names["sheetData"]
        parser.StartElementHandler, parser.EndElementHandler = self._open, self._close
        parser.CommentHandler = parser.ProcessingInstructionHandler = self._note_extra
        parser.StartCdataSectionHandler = self._note_extra

    def _leave_data(self) -> None:
        reading, parser = self.reading, self.parser
        reading.data_end = parser.CurrentByteIndex
        reading.data_start = reading.starts[0] if reading.starts else reading.data_end
        parser.StartElementHandler, parser.EndElementHandler = self._open_child, self._close_child
        parser.CommentHandler = parser.ProcessingInstructionHandler = None
        parser.StartCdataSectionHandler = None
        self.depth = 0

    def _note_extra(self, *_: str) -> None:
        self.reading.bare = False

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.c:
            self._open_cell(attributes)
        elif name == self.v:
            if self.kind in ("s", "str") or self.formula is not None or self.results:
                self._collect("v")
        elif name == self.row_name:
            self._open_row(attributes)
        elif name == self.f:
            self.formula = attributes
            self._collect("f")
        elif name == self.t and self.kind == "inlineStr":
            self._collect("t")

    def _open_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        if number is None:
            self.reading.numbered = False
        self.row = self.row + 1 if number is None else int(number)
        self.column = 0
        self.is_marked = False
        if self.results:
            self.results = [one for one in self.results if one[0].last_row >= self.row]
        if attributes.get("hidden") in ("1", "true"):
            self.reading.hidden.add(self.row)
        self.reading.numbers.append(self.row)
        self.reading.starts.append(self.parser.CurrentByteIndex)
        self.reading.heights.append(_read_height(attributes))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self.reading.numbered = False
            self.column += 1
        else:
            self.column = column_number(reference.rstrip("0123456789"))
        self.kind = attributes.get("t", "n")
        self.start = self.parser.CurrentByteIndex

    def _collect(self, what: str) -> None:
        self.parser.CharacterDataHandler = self.parts.setdefault(what, []).append

    def _close(self, name: str) -> None:
        if name == self.c:
            if self.parts:
                self._close_cell()
        elif name == self.row_name:
            if self.is_marked:
                self.reading.marked.append(len(self.reading.numbers) - 1)
        elif name == self.data:
            self._leave_data()
        elif self.parts:
            self.parser.CharacterDataHandler = None

    def _close_cell(self) -> None:
        texts = {what: "".join(parts) for what, parts in self.parts.items()}
        value = texts.get("v")
        if self.formula is not None:
            self._take_formula(texts.get("f", ""), value)
        elif self.results and (owner := self._owner()) is not None:
            self._take({}, "", texts.get("t") if value is None else value, owner)
        elif self.kind == "s":
            self.is_marked |= (value or "").strip() in self.tagged
        else:
            self.is_marked |= may_hold_tag(value or texts.get("t", ""))
        self.parts = {}

    def _owner(self) -> int | str | None:
        """Find whose result the cell shows."""
        for area, owner in self.results:
            rows = area.first_row <= self.row <= area.last_row
            if rows and area.first_column <= self.column <= area.last_column:
                return owner
        return None

    def _take_formula(self, text: str, value: str | None) -> None:
        self.is_marked |= may_hold_tag(text) and bool(scan(text)[0])
        assert self.formula is not None
        area = maybe_area(self.formula.get("ref", ""))
        if self.formula.get("t") in ("array", "dataTable") and area is not None:
            number = len(self.reading.formulas)
            if (area.first_row, area.first_column) != (area.last_row, area.last_column):
                self.results.append((area, number))
        self._take(self.formula, text, value, None)
        self.formula = None

    def _take(
        self, attributes: dict[str, str], text: str, value: str | None, owner: int | str | None
    ) -> None:
        base = self.reading.size - len(self.window)
        end = base + self.window.index(b">", self.parser.CurrentByteIndex - base) + 1
        place = (self.row, self.column, self.start, end)
        cell = FormulaCell(*place, attributes, text, self.kind, value, owner)
        self.reading.formulas.append(cell)


def _read_height(attributes: dict[str, str]) -> float:
    """Read how high a row is; a hidden one is no less than that in a file."""
    try:
        return float(attributes.get("ht", 0))
    except ValueError:
        return 0.0
