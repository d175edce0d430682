"""The cells of a protected sheet that may be changed by hand, as areas; read as a stream.

A cell says by its format whether it is locked; one that is not written takes the format of its row,
else of its column (ECMA-376 part 1, 18.3.1.13 and 18.3.1.73). Nothing here takes a lock away.
"""

from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from govdocs.errors import Place
from govdocs.xlsx.grid.address import cell_name, column_name, column_number
from govdocs.xlsx.grid.layout import COLUMN_LIMIT, ROW_LIMIT
from govdocs.xlsx.xml.markup import Element
from govdocs.xlsx.xml.parsing import malformed

Spans = tuple[tuple[int, int], ...]
"""Columns, from one to another, in order and apart."""
_TRUE = frozenset({"1", "true"})


def is_protected(root: Element) -> bool:
    """Tell whether a sheet, given without its rows, is protected."""
    protection = root.find("sheetProtection")
    return protection is not None and protection.get("sheet").lower() in ("1", "true", "on")


def find_unlocked(
    chunks: Iterable[bytes], place: Place, is_locked: Callable[[int], bool]
) -> list[str]:
    """List the areas of a sheet that are not locked, from above.

    Args:
        chunks: the part in UTF-8.
        place: of the part.
        is_locked: tells it of a cell format.
    """
    found = sorted(_areas(_bands(_Reader(is_locked).read(chunks, place))))
    return [_written(*area) for area in found]


def _bands(rows: Iterable[tuple[int, Spans, Spans]]) -> Iterator[tuple[int, Spans]]:
    """Give, from above, each row with which other columns are unlocked than before."""
    last = 0
    default: Spans = ()
    for number, spans, others in rows:
        default = others
        if number > last + 1:
            yield last + 1, default
        yield number, spans
        last = number
    if last < ROW_LIMIT:
        yield last + 1, default


def _areas(bands: Iterable[tuple[int, Spans]]) -> Iterator[tuple[int, int, int, int]]:
    """Put bands of the same columns together: first row and column, last row and column."""
    opened: dict[tuple[int, int], int] = {}
    for row, spans in bands:
        for span in [one for one in opened if one not in spans]:
            yield opened.pop(span), span[0], row - 1, span[1]
        for span in spans:
            opened.setdefault(span, row)
    for span, row in opened.items():
        yield row, span[0], ROW_LIMIT, span[1]


def _written(first_row: int, first: int, last_row: int, last: int) -> str:
    if (first_row, last_row) == (1, ROW_LIMIT):
        return f"{column_name(first)}:{column_name(last)}"
    if (first, last) == (1, COLUMN_LIMIT):
        return f"{first_row}:{last_row}"
    start, end = cell_name(first_row, first), cell_name(last_row, last)
    return start if start == end else f"{start}:{end}"


class _Reader:
    def __init__(self, is_locked: Callable[[int], bool]) -> None:
        self.is_locked = is_locked
        self.rows: list[tuple[int, Spans, Spans]] = []
        self.columns: list[tuple[int, int]] = []
        self.default: Spans = ()
        self.row = self.column = 0
        self.cells: dict[int, bool] = {}
        self.others: Spans = ()
        self.parser = expat.ParserCreate("utf-8", "\n")
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close

    def read(self, chunks: Iterable[bytes], place: Place) -> Iterator[tuple[int, Spans, Spans]]:
        """Yield each row's number, its unlocked columns, and those of rows that are not written."""
        try:
            for chunk in chunks:
                self.parser.Parse(chunk, False)
                yield from self.rows
                self.rows.clear()
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise malformed(error, place) from None
        yield from self.rows
        if not self.row:
            yield 1, self.default, self.default

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("\n")[2]
        if local == "c":
            reference = attributes.get("r")
            self.column += 1
            if reference is not None:
                self.column = column_number(reference.rstrip("0123456789"))
            self.cells[self.column] = self.is_locked(int(attributes.get("s", 0)))
        elif local == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column, self.cells, self.others = 0, {}, self.default
            if attributes.get("customFormat") in _TRUE:
                locked = self.is_locked(int(attributes.get("s", 0)))
                self.others = () if locked else ((1, COLUMN_LIMIT),)
        elif local == "col" and not self.is_locked(int(attributes.get("style", 0))):
            self.columns.append((int(attributes["min"]), int(attributes["max"])))

    def _close(self, name: str) -> None:
        local = name.rpartition("\n")[2]
        if local == "cols":
            self.default = _joined(self.columns)
        elif local == "row":
            self.rows.append((self.row, _with_cells(self.others, self.cells), self.default))


def _with_cells(others: Spans, cells: dict[int, bool]) -> Spans:
    """Take the locked cells out of some columns, and put the others in."""
    spans: list[tuple[int, int]] = [(one, one) for one, locked in cells.items() if not locked]
    for first, last in others:
        start = first
        for column in sorted(one for one in cells if first <= one <= last):
            if start < column:
                spans.append((start, column - 1))
            start = column + 1
        if start <= last:
            spans.append((start, last))
    return _joined(spans)


def _joined(spans: Iterable[tuple[int, int]]) -> Spans:
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)
