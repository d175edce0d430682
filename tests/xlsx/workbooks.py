"""Templates made in memory, and filled workbooks read back by other programs."""

import io
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.worksheet import Worksheet

from govdocs.errors import TemplateError
from govdocs.template import Document, Template
from tests.support.packages import read_parts, replace_parts

Cells = Mapping[str, object]
SHEET = "xl/worksheets/sheet1.xml"


def make_book(sheets: Mapping[str, Cells], change: Callable[..., None] | None = None) -> bytes:
    """Make a workbook: sheet -> address -> value; ``change`` may add what it likes."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, cells in sheets.items():
        sheet = book.create_sheet(name)
        for address, value in cells.items():
            sheet[address] = value
    if change is not None:
        change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def make_sheet(cells: Cells, change: Callable[[Worksheet], None] | None = None) -> bytes:
    """Make a workbook of one sheet called 表1."""
    return make_book({"表1": cells}, change and (lambda book: change(book["表1"])))


def fill(source: bytes, data: Mapping[str, Any], **options: Any) -> Document:
    """Compile and fill in one go."""
    return Template(source).fill(data, **options)


def faults(source: bytes, bind: Mapping[str, str]) -> list[str]:
    """Compile and return what is said of each fault, without its places and its mending."""
    with pytest.raises(TemplateError) as caught:
        Template(source, bind)
    return [one.message("zh").splitlines()[0] for one in caught.value]


def fill_cells(cells: Cells, data: Mapping[str, Any], **options: Any) -> dict[str, object]:
    """Fill a sheet and read it back by openpyxl: address -> value, empty ones left out."""
    return read_cells(bytes(fill(make_sheet(cells), data, **options)))


def load(content: bytes, **options: bool) -> openpyxl.Workbook:
    """Open by openpyxl, which says of each extension that it drops it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return openpyxl.load_workbook(io.BytesIO(content), **options)


def read_cells(content: bytes, sheet: str | None = None) -> dict[str, object]:
    """Read a sheet by openpyxl, formulas as formulas."""
    book = load(content)
    found = book[sheet] if sheet else book.worksheets[0]
    return {
        cell.coordinate: cell.value
        for row in found.iter_rows()
        for cell in row
        if cell.value is not None
    }


def read_values(content: bytes, sheet: str | None = None) -> list[list[object]]:
    """Read a sheet by calamine: rows of values, formulas as their cached values."""
    book = python_calamine.load_workbook(io.BytesIO(content))
    name = sheet or book.sheet_names[0]
    return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def cached(content: bytes, sheet: str | None = None) -> dict[str, object]:
    """Read the cached values of a sheet: address -> value, empty ones left out."""
    book = load(content, data_only=True)
    found = book[sheet] if sheet else book.worksheets[0]
    return {
        cell.coordinate: cell.value
        for row in found.iter_rows()
        for cell in row
        if cell.value is not None
    }


def part(content: bytes, name: str = SHEET) -> str:
    """Read one part as text."""
    return read_parts(content)[name].decode()


def with_part(source: bytes, change: Callable[[str], str], name: str = SHEET) -> bytes:
    """Change one part of a workbook as text."""
    return replace_parts(source, {name: change(part(source, name))})


def without_results(source: bytes) -> bytes:
    """Take away what formulas have shown, so that whoever opens the workbook works them out."""
    sheets = [name for name in read_parts(source) if name.startswith("xl/worksheets/sheet")]
    changed: dict[str, str | bytes] = {
        name: re.sub(r"(<f[ >][^<]*</f>)<v>[^<]*</v>", r"\1", part(source, name)) for name in sheets
    }
    return replace_parts(source, changed)


def texts_of(content: bytes) -> Iterable[str]:
    """All parts as text, to look for what must not be there."""
    return [data.decode(errors="replace") for data in read_parts(content).values()]


def row_numbers(xml: str) -> list[int]:
    """The numbers of the rows of a sheet."""
    return [int(number) for number in re.findall(r'<row [^>]*?r="(\d+)"', xml)]
