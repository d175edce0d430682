"""The cells and strings of a sheet, found by one pattern, or by expat where that is not sure.

A pattern sees a thousand cells in the time in which a parser sees a hundred; but it knows one way
of writing only. So what it found is counted against what there is, and at the least doubt the part
is parsed. This module reads markup and never asks what stands in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape
from typing import Final

from govdocs.errors import Place
from govdocs.opc import Package
from govdocs.xlsx.grid.address import cell_name, column_number
from govdocs.xlsx.xml.encoding import as_utf8, unescape_text
from govdocs.xlsx.xml.parsing import feed, make_parser

RawCell = tuple[str, str, str, str, str]
"""Name, format, type, the text of its ``v`` or of its plain ``is`` where there is nothing else in
it, and what else there is: all as markup."""

SMALL: Final = 8 << 20
"""Parts up to this size, in bytes, are held as one text."""

ALIKE: Final = 1 << 17
"""Shared strings up to this size are remembered from file to file."""

VALUE: Final = re.compile(r"<v(?:\s[^>]*)?>([^<]*)</v>")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: s="([0-9]+)")?(?: t="([a-zA-Z]+)")?'
    r'(?: ?/>|>(?:(?:<v>|<is><t(?: xml:space="preserve")?>)([^<]*)(?:</v>|</t></is>)</c>'
    r"|(.*?)</c>))",
    re.DOTALL,
)
_MERGED = re.compile(r'<mergeCell ref="([A-Z]{1,3}[0-9]{1,7}):([A-Z]{1,3}[0-9]{1,7})"')
_STRING = re.compile(
    r'<si>(?:<t(?: xml:space="preserve")?>([^<]*)</t></si>|(.*?)</si>)|<si/>', re.DOTALL
)
_ROW = re.compile(rb"<(?:[^\s/>:]+:)?row(?:\s[^>]*?)?\sr\s*=\s*[\"'](\d+)")
_GUIDE = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_TEXT = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")


def scan_sheet(package: Package, part: str) -> tuple[list[RawCell], list[tuple[str, str]]]:
    """Find the cells of a sheet, and its merged areas by first and last cell."""
    if package.size(part) <= SMALL:
        found = _scan(package.read(part))
        if found is not None:
            return found
    reader = _Reader(package.place(part))
    reader.read(package, part)
    return reader.cells, reader.merges


def find_last_row(package: Package, part: str) -> int:
    """Find the number of a sheet's last row; 0 where it has none, or does not number it."""
    if package.size(part) > SMALL:
        return 0
    data = package.read(part)
    start, prefixed = data.rfind(b"<row "), data.rfind(b":row ")
    if prefixed > start:
        start = data.rfind(b"<", 0, prefixed)
    found = _ROW.match(data, start) if start >= 0 else None
    return int(found[1]) if found else 0


def _scan(data: bytes) -> tuple[list[RawCell], list[tuple[str, str]]] | None:
    """Find the cells by pattern; None where not every one was seen."""
    markup = _as_text(data)
    if markup is None:
        return None
    head, opening, rest = markup.partition("<sheetData>")
    body, closing, tail = rest.partition("</sheetData>")
    if not closing:
        is_empty = not opening and "<sheetData/>" in head
        return ([], _MERGED.findall(head)) if is_empty else None
    cells = _CELL.findall(body)
    merges = _MERGED.findall(tail)
    if len(cells) != body.count("<c") and len(cells) != _count_cells(body):
        return None
    if len(merges) != tail.count("<mergeCell "):
        return None
    return cells, merges


def _count_cells(body: str) -> int:
    """Count cells where other elements begin with the same letter: the colours of rich texts."""
    return body.count("<c ") + body.count("<c>") + body.count("<c/>")


def scan_strings(package: Package, part: str) -> Sequence[str]:
    """Find the texts of the shared strings."""
    if package.size(part) <= ALIKE:
        found = _recall_strings(package.read(part))
    else:
        found = _find_strings(package.read(part)) if package.size(part) <= SMALL else None
    if found is not None:
        return found
    reader = _Reader(package.place(part))
    reader.read(package, part)
    return reader.strings


@lru_cache(maxsize=8)
def _recall_strings(data: bytes) -> tuple[str, ...] | None:
    """Find strings that may have been found before: files of one template share their labels."""
    return _find_strings(data)


def _find_strings(data: bytes) -> tuple[str, ...] | None:
    markup = _as_text(data)
    if markup is None or "<sst" not in markup:  # other prefixes need a parser
        return None
    found = _STRING.findall(markup)
    if len(found) != markup.count("<si>") + markup.count("<si/>") + markup.count("<si "):
        return None
    return tuple(text_of(plain or rich) for plain, rich in found)


def _as_text(data: bytes) -> str | None:
    """Return a part as text; None where it needs a parser: other encodings, comments, a DTD."""
    head = data[:200]
    if not head.lstrip().startswith(b"<") or b"<!" in data:
        return None
    if b"encoding" in head.lower() and b"utf-8" not in head.lower():
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def text_of(markup: str) -> str:
    """Read the text of a string as its reader sees it: runs joined, without phonetic guides."""
    return _recall_text(markup) if len(markup) <= _LABEL else _read_text(markup)


_LABEL = 1 << 10


@lru_cache(maxsize=4096)
def _recall_text(markup: str) -> str:
    """Read a short text that may have been read before: labels are alike in many sheets."""
    return _read_text(markup)


def _read_text(markup: str) -> str:
    if "<" in markup:
        if "<rPh" in markup:
            markup = _GUIDE.sub("", markup)
        markup = "".join(_TEXT.findall(markup))
    return unescape_text(unescape(markup) if "&" in markup else markup)


@dataclass(slots=True)
class _Cell:
    """The cell that is open."""

    name: str
    style: str
    kind: str
    has_formula: bool = False
    value: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)

    def as_raw(self) -> RawCell:
        """Write the cell as the pattern would have found it."""
        formula = "<f/>" if self.has_formula else ""
        kind, value = self.kind, "".join(self.value)
        if kind == "inlineStr":
            kind, value = "str", "".join(self.text)
        value = escape(value, quote=False)
        if formula:
            return self.name, self.style, kind, "", f"{formula}<v>{value}</v>" if value else formula
        return self.name, self.style, kind, value, ""


class _Reader:
    """Reads a sheet or the shared strings with expat, whatever the prefixes."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.cells: list[RawCell] = []
        self.merges: list[tuple[str, str]] = []
        self.strings: list[str] = []
        self.row = self.column = 0
        self.cell: _Cell | None = None
        self.pieces: list[str] = []
        self.is_guide = False
        self.parser = make_parser(self.place)
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close

    def read(self, package: Package, part: str) -> None:
        feed(self.parser, as_utf8(package.stream(part)), self.place)

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition("\n")[2]:
            case "row":
                self.row = int(attributes.get("r", self.row + 1))
                self.column = 0
            case "c":
                self._open_cell(attributes)
            case "f" if self.cell is not None:
                self.cell.has_formula = True
            case "v" if self.cell is not None:
                self.parser.CharacterDataHandler = self.cell.value.append
            case "t" if not self.is_guide:
                into = self.pieces if self.cell is None else self.cell.text
                self.parser.CharacterDataHandler = into.append
            case "rPh":
                self.is_guide = True
            case "si":
                self.pieces = []
            case "mergeCell":
                first, _, last = attributes.get("ref", "").partition(":")
                self.merges.append((first, last or first))

    def _open_cell(self, attributes: dict[str, str]) -> None:
        name = attributes.get("r") or cell_name(self.row, self.column + 1)
        self.column = column_number(name.rstrip("0123456789"))
        self.cell = _Cell(name, attributes.get("s", ""), attributes.get("t", ""))

    def _close(self, name: str) -> None:
        self.parser.CharacterDataHandler = None
        match name.rpartition("\n")[2]:
            case "c" if self.cell is not None:
                self.cells.append(self.cell.as_raw())
                self.cell = None
            case "rPh":
                self.is_guide = False
            case "si":
                self.strings.append("".join(self.pieces))
