"""The values of cells that a filling leaves alone, for formulas that read them.

Read from the stream of a sheet, and only where a stale formula looks. Too many of them are not
kept: then what reads them cannot be worked out, and its cache goes.
"""

from collections.abc import Iterable, Mapping
from xml.parsers import expat

from govdocs.errors import Place
from govdocs.xlsx.compiling.watched import Columns, Watched
from govdocs.xlsx.grid.address import column_number
from govdocs.xlsx.grid.cellvalues import UNKNOWN, ErrorValue, Value
from govdocs.xlsx.xml.encoding import unescape_text
from govdocs.xlsx.xml.parsing import malformed

_LIMIT = 400_000
Values = dict[tuple[int, int], "Value | int"]
"""By row and column; an ``int`` is the index of a shared string."""


def read_values(chunks: Iterable[bytes], watched: Watched, place: Place) -> Values | None:
    """Read the values of some cells of a sheet; None if there are too many of them."""
    reader = _ValueReader(watched)
    try:
        for chunk in chunks:
            reader.parser.Parse(chunk, False)
            if len(reader.found) > _LIMIT:
                return None
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise malformed(error, place) from None
    return reader.found


def with_texts(values: Values, texts: Mapping[int, str]) -> dict[tuple[int, int], Value]:
    """Put texts in the place of the indices of shared strings."""
    return {
        place: texts.get(value, UNKNOWN) if type(value) is int else value
        for place, value in values.items()
    }


class _ValueReader:
    def __init__(self, watched: Watched) -> None:
        self.watched = watched
        self.found: Values = {}
        self.row = self.column = 0
        self.kind = ""
        self.in_row: list[Columns] = []
        self.texts: list[str] = []
        self.parser = expat.ParserCreate("utf-8", "\n")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("\n")[2]
        if local == "row":
            number = attributes.get("r")
            self.row = self.row + 1 if number is None else int(number)
            self.column = 0
            self.in_row = list(self.watched.columns_of(self.row))
        elif local == "c":
            reference = attributes.get("r")
            self.column += 1
            if reference is not None:
                self.column = column_number(reference.rstrip("0123456789"))
            self.kind = attributes.get("t", "n")
            self.texts.clear()
        elif local in ("v", "t") and self._is_wanted():
            self.parser.CharacterDataHandler = self.texts.append

    def _is_wanted(self) -> bool:
        return any(first <= self.column <= last for first, last in self.in_row)

    def _close(self, name: str) -> None:
        local = name.rpartition("\n")[2]
        if local in ("v", "t"):
            self.parser.CharacterDataHandler = None
        elif local == "c" and self.texts:
            self.found[self.row, self.column] = read_value(self.kind, "".join(self.texts))


def read_value(kind: str, text: str) -> "Value | int":
    """Read what stands in a cell of type ``kind``; a shared string gives its index."""
    if kind in ("str", "inlineStr"):
        return unescape_text(text)
    text = text.strip()
    if kind == "b":
        return text in ("1", "true")
    if kind == "e":
        return ErrorValue(text)
    try:
        return int(text) if kind == "s" else float(text)
    except ValueError:
        return UNKNOWN
