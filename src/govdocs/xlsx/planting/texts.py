"""Planting: texts into cells of a sheet that has no tags yet, each in the format of its cell.

A blank form is small, so a sheet is read into elements that know their bytes, and only the cells
concerned are written anew: as inline strings, with the format that they had. What lies between
stays as it was. This module knows neither labels nor tags.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from govdocs.errors import FormError
from govdocs.opc import Package
from govdocs.xlsx.grid.address import cell_name, column_number
from govdocs.xlsx.reading.texts import CellText, Run, plain_text, read_text
from govdocs.xlsx.reading.workbook import read_part
from govdocs.xlsx.xml.encoding import as_utf8, escape_text
from govdocs.xlsx.xml.markup import Element, punch, read_markup

LARGEST: Final = 16 << 20
"""A sheet of more bytes than this is no blank form."""

_DROPPED: Final = frozenset({"r", "s", "t", "cm", "vm"})
"""Attributes that are written anew, or that speak of the value that goes."""

Hole = tuple[int, int, str]


def read_cell_texts(package: Package, part: str, names: frozenset[str]) -> dict[str, CellText]:
    """Read the texts of some cells with the formats of their runs."""
    sheet = _Sheet(package, part)
    found = package.related(package.main, "sharedStrings")
    strings = read_part(package, found[0]) if found else None
    items = [one for one in strings.children if one.name == "si"] if strings else []
    texts: dict[str, CellText] = {}
    for name in names & sheet.cells.keys():
        text = _text(sheet.cells[name], items)
        if text is not None:
            texts[name] = text
    return texts


def _text(cell: Element, strings: list[Element]) -> CellText | None:
    inline, value = cell.find("is"), cell.find("v")
    if inline is not None:
        return read_text(inline)
    if value is None or cell.get("t") not in {"s", "str"}:
        return None
    return read_text(strings[int(value.text)]) if cell.get("t") == "s" else plain_text(value.text)


def change_text(text: CellText, start: int, end: int, replacement: str) -> CellText:
    """Replace a stretch of a text; what comes in takes the format of where the stretch begins."""
    first = text.run_at(min(start, max(len(text.text) - 1, 0)))
    runs: list[Run] = []
    position = 0
    for number, run in enumerate(text.runs):
        own = len(run.text)
        before = run.text[: max(start - position, 0)]
        behind = run.text[max(end - position, 0) :] if end < position + own else ""
        said = before + (replacement if number == first else "") + behind
        runs.append(Run(0, said, run.properties, run.rich))
        position += own
    return CellText("".join(run.text for run in runs), tuple(runs))


def plant(package: Package, part: str, texts: Mapping[str, CellText]) -> bytes:
    """Write a sheet with texts in some of its cells.

    before: <c r="C5" s="4"><v>0</v></c>
    after:  <c r="C5" s="4" t="inlineStr"><is><t>text</t></is></c>

    Args:
        package: the workbook.
        part: of the sheet.
        texts: name of a cell to its text.

    Raises:
        FormError: the sheet is too large for a blank form.
    """
    sheet = _Sheet(package, part)
    holes = [
        *(sheet.replace(name, text) for name, text in texts.items() if name in sheet.cells),
        *sheet.insert({name: text for name, text in texts.items() if name not in sheet.cells}),
    ]
    return "".join(punch(sheet.root.data, holes)).encode()


@dataclass(slots=True)
class _Row:
    """A row and the columns of its cells, in order."""

    element: Element
    cells: list[tuple[int, Element]] = field(default_factory=list)


class _Sheet:
    """The rows and cells of a sheet, by where they stand."""

    def __init__(self, package: Package, part: str) -> None:
        if package.size(part) > LARGEST:
            fields = {"limit": LARGEST}
            raise FormError.of("binding.sheet_too_large", package.place(part), fields=fields)
        data = b"".join(as_utf8(package.stream(part)))
        self.root = read_markup(data, package.place(part))
        found = self.root.find("sheetData")
        assert found is not None, "a sheet in which labels were found has rows"
        self.data = found
        self.rows: dict[int, _Row] = {}
        self.cells: dict[str, Element] = {}
        self._read()

    def _read(self) -> None:
        number = 0
        for row in self.data.children:
            number = int(row.get("r") or number + 1)
            self.rows[number] = _Row(row)
            column = 0
            for cell in row.children:
                if cell.name == "c":
                    letters = cell.get("r").rstrip("0123456789")
                    column = column_number(letters) if letters else column + 1
                    self.rows[number].cells.append((column, cell))
                    self.cells[cell_name(number, column)] = cell

    def replace(self, name: str, text: CellText) -> Hole:
        """Write a cell anew, with its format and its other attributes."""
        cell = self.cells[name]
        kept = "".join(
            f' {key}="{value}"'
            for key, value, _, _ in cell.written_attributes()
            if key not in _DROPPED
        )
        style = f' s="{cell.get("s")}"' if cell.get("s") else ""
        return cell.start, cell.end, write_cell(cell.prefix, name, style + kept, text)

    def insert(self, texts: Mapping[str, CellText]) -> Iterator[Hole]:
        """Write cells that are not there, and their rows where those are not there either."""
        by_row: dict[int, dict[int, CellText]] = {}
        for name, text in texts.items():
            letters = name.rstrip("0123456789")
            row = by_row.setdefault(int(name[len(letters) :]), {})
            row[column_number(letters)] = text
        for number, cells in by_row.items():
            if number in self.rows:
                yield from self._insert_cells(number, cells)
        yield from self._insert_rows({n: c for n, c in by_row.items() if n not in self.rows})

    def _insert_cells(self, number: int, cells: Mapping[int, CellText]) -> Iterator[Hole]:
        row = self.rows[number]
        prefix = row.element.prefix
        if row.element.content == row.element.end:  # an empty-element tag
            opened = row.element.raw.removesuffix("/>").rstrip() + ">"
            inner = self._write_all(prefix, number, cells)
            yield row.element.start, row.element.end, f"{opened}{inner}</{row.element.qname}>"
            return
        for column, text in sorted(cells.items()):
            behind = next((one for at, one in row.cells if at > column), None)
            offset = row.element.close if behind is None else behind.start
            yield offset, offset, self._write_all(prefix, number, {column: text})

    def _insert_rows(self, rows: Mapping[int, Mapping[int, CellText]]) -> Iterator[Hole]:
        prefix = self.data.prefix
        for number, cells in sorted(rows.items()):
            behind = next((self.rows[at] for at in sorted(self.rows) if at > number), None)
            offset = self.data.close if behind is None else behind.element.start
            inner = self._write_all(prefix, number, cells)
            yield offset, offset, f'<{prefix}row r="{number}">{inner}</{prefix}row>'

    @staticmethod
    def _write_all(prefix: str, number: int, cells: Mapping[int, CellText]) -> str:
        return "".join(
            write_cell(prefix, cell_name(number, column), "", text)
            for column, text in sorted(cells.items())
        )


def write_cell(prefix: str, name: str, attributes: str, text: CellText) -> str:
    """Write a cell that holds a text of its own."""
    p = prefix
    said = "".join(_write_run(p, run) for run in text.runs if run.text or not run.rich)
    inner = f"<{p}is>{said or f'<{p}t/>'}</{p}is>"
    return f'<{p}c r="{name}"{attributes} t="inlineStr">{inner}</{p}c>'


def _write_run(p: str, run: Run) -> str:
    said = f'<{p}t xml:space="preserve">{escape_text(run.text)}</{p}t>'
    if not run.rich:
        return said
    fits = run.properties.startswith(f"<{p}rPr")
    return f"<{p}r>{run.properties if fits else ''}{said}</{p}r>"
