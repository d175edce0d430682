"""Put a sheet together: what was rendered, with every token turned into what it stands for."""

import re
from collections.abc import Callable, Iterable, Iterator

from govdocs.errors import GovdocsError
from govdocs.opc import Package
from govdocs.xlsx.following.formulas import KEEP, Kept
from govdocs.xlsx.following.frame import write_holder
from govdocs.xlsx.following.moving import MovedSheet
from govdocs.xlsx.grid.cellvalues import Value
from govdocs.xlsx.reading.texts import read_fragment
from govdocs.xlsx.writing.beside_rows import BesideRows
from govdocs.xlsx.writing.cached import FilledSheet
from govdocs.xlsx.writing.column_rows import RowOfCells
from govdocs.xlsx.xml.encoding import as_utf8
from govdocs.xlsx.xml.markup import root_tag
from govdocs.xlsx.xml.tokens import OPEN, Token, split_tokens

_ROW = re.compile(
    rb"(<(?:[^\s/>:]+:)?(?:row|c)(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*?"
    rb"\s+r\s*=\s*[\"'][A-Za-z]*)(\d+)"
)
_ROW_START = re.compile(rb"<(?:[^\s/>:]+:)?row[\s/>]")
_CHUNK = 1 << 18
Work = Callable[[str, int, int], Value]


def is_untouched(filled: FilledSheet) -> bool:
    """Tell whether a sheet without tags comes out as it stands in the template."""
    sheet, moved = filled.sheet, filled.writer.moved
    if sheet.program is not None or sheet.stale or moved is None:
        return False
    told = len(moved.book.problems)
    try:
        untouched = all(write_holder(one, moved) == one.raw for one in sheet.holders) and all(
            filled.writer.prepare(number).at(one.row, one.column) == text
            for number, (one, text) in enumerate(zip(sheet.formulas, sheet.texts, strict=True))
            if "!" in text  # others read this sheet alone, where nothing moves
        )
    except GovdocsError:
        return False
    if len(moved.book.problems) > told:
        del moved.book.problems[told:]  # told again where the sheet is written
        return False
    return untouched


class Assembly:
    """The putting together of one output sheet.

    Args:
        package: of the template.
        filled: the sheet.
        moved: where its cells are; None if nothing moves in the whole workbook.
        work_out: gives the value of a cell: sheet, row, column.
    """

    def __init__(
        self, package: Package, filled: FilledSheet, moved: MovedSheet | None, work_out: Work
    ) -> None:
        self.filled, self.sheet, self.moved = filled, filled.sheet, moved
        self.work_out = work_out
        data = self.sheet.data
        self.rest = b"" if data is None else data
        self.base = 0
        self.rendered: list[str] = []
        self.row = RowOfCells(filled.places, self.formula_text)
        self.beside: BesideRows | None = None
        part = self.sheet.entry.part
        self.source = as_utf8(package.stream(part)) if data is None else iter(())

    def chunks(self, texts: Iterable[str]) -> Iterator[bytes]:
        """Yield the part, piece by piece."""
        for text in texts:
            if OPEN not in text and not (self.rendered or self.row.cells or self.beside):
                yield text.encode()
                continue
            for piece in split_tokens(text):
                yield from self.take(piece)

    def take(self, piece: str | Token) -> Iterator[bytes]:
        """Write a piece; what stands in a rendered holder is gathered first."""
        if isinstance(piece, Token) and piece.kind == "E":
            raw, self.rendered = "".join(self.rendered[1:]), []
            yield self.holder(raw).encode()
        elif self.rendered:
            self.rendered.append(str(piece))
        elif isinstance(piece, Token) and piece.kind in "BM":
            yield from self.side_by_side(piece)
        elif self.beside is not None:
            self.beside.take(piece)
        elif isinstance(piece, Token) and piece.kind == "C":
            self.row.begin(piece)
        elif isinstance(piece, Token) and piece.kind == "R":
            yield self.row.end().encode()
        elif self.row.cells:
            self.row.take(piece)
        elif isinstance(piece, str):
            yield piece.encode()
        elif piece.kind == "H":
            self.rendered = [""]
        else:
            yield from self.resolve(piece)

    def side_by_side(self, token: Token) -> Iterator[bytes]:
        """Begin to gather the rows of tables side by side, or write them."""
        if self.beside is None:
            looks = self.sheet.beside[token.number]
            self.beside = BesideRows(looks, self.filled.places, self.formula_text)
            return
        for row in self.beside.written():
            yield row.encode()
        self.beside = None

    def holder(self, raw: str) -> str:
        """Let an element that was rendered follow the rows."""
        if self.moved is None:
            return raw
        place = self.moved.place("")
        root = root_tag(self.sheet.frame.root.data)
        return write_holder(read_fragment(root, raw.encode(), place), self.moved)

    def resolve(self, token: Token) -> Iterator[bytes]:
        """Write what a token stands for."""
        if token.kind == "S":
            yield from self.stretch(token.number, int(token.at))
        elif token.kind == "F":
            yield self.formula(token.number, int(token.at))
        elif self.moved is not None:
            yield write_holder(self.sheet.holders[token.number], self.moved).encode()
        else:
            yield self.sheet.holders[token.number].raw.encode()

    def stretch(self, number: int, delta: int) -> Iterator[bytes]:
        """Copy rows, moved by ``delta``, with their formulas written anew."""
        for piece in self.sheet.stretches[number]:
            if isinstance(piece, int):
                yield self.formula(piece, self.sheet.formulas[piece].row + delta)
            elif delta:
                yield from _moved_rows(self.copy(*piece), delta)
            else:
                yield from self.copy(*piece)

    def formula(self, number: int, row: int) -> bytes:
        """Write a formula's cell in the column that it has in the template."""
        return self.formula_text(number, row, self.sheet.formulas[number].column).encode()

    def formula_text(self, number: int, row: int, column: int) -> str:
        """Write a formula's cell."""
        filled = self.filled
        value: Value | Kept = KEEP
        if number in self.sheet.stale:
            value = self.work_out(filled.name, row, column)
        return filled.writer.write(number, (row, column), value, filled.formulas.get((row, column)))

    def copy(self, start: int, end: int) -> Iterator[bytes]:
        """Copy bytes of the part; offsets never go back."""
        while start < end:
            if start < self.base + len(self.rest):
                piece = self.rest[start - self.base : min(end - self.base, len(self.rest))]
                start += len(piece)
                yield piece
            else:
                self.base += len(self.rest)
                self.rest = next(self.source)


def _moved_rows(chunks: Iterable[bytes], delta: int) -> Iterator[bytes]:
    """Number rows and cells anew; a chunk is held back from its last row on."""
    waiting = b""
    for chunk in chunks:
        waiting += chunk
        if len(waiting) < _CHUNK:
            continue
        starts = [found.start() for found in _ROW_START.finditer(waiting, 1)]
        cut = starts[-1] if starts else 0
        yield _renumbered(waiting[:cut], delta)
        waiting = waiting[cut:]
    yield _renumbered(waiting, delta)


def _renumbered(data: bytes, delta: int) -> bytes:
    return _ROW.sub(lambda found: found[1] + b"%d" % (int(found[2]) + delta), data)
