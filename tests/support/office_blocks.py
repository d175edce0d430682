"""Word and Excel files as blocks of a Markdown page: written so, and read back the same way.

In a ``word`` block a line is a paragraph, a line between bars a row of a table. In an ``excel``
block a line is a row; a number is a number, what begins with ``=`` a formula, anything else text;
a text that looks like one of these has an apostrophe before it, as one types it in Excel. A header
and more sheets are not shown: a page makes such a file in Python.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.table import Table
from openpyxl.styles.numbers import is_date_format
from openpyxl.worksheet.worksheet import Worksheet

_BAR = re.compile(r"(?<!\\)\|")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def write_office(path: Path, text: str) -> None:
    """Write a Word or an Excel file, as its suffix says."""
    path.parent.mkdir(parents=True, exist_ok=True)
    (_write_word if path.suffix == ".docx" else _write_excel)(path, text)


def read_office(path: Path) -> str:
    """Read a Word or an Excel file as the text of a block."""
    lines = _read_word(path) if path.suffix == ".docx" else _read_excel(path)
    return "".join(f"{line}\n" for line in lines)


def is_same(one: str, other: str) -> bool:
    """Tell whether two texts of blocks mean the same; columns may be aligned by spaces."""
    return _meant(one) == _meant(other)


def _meant(text: str) -> list[list[str]]:
    return [_cells(line) for line in text.splitlines() if line.strip()]


def _cells(line: str) -> list[str]:
    if not line.startswith("|"):
        return [line.strip()]
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())[1:-1]]


def _write_word(path: Path, text: str) -> None:
    document = docx.Document()
    for is_table, lines in groupby(text.splitlines(), key=lambda line: line.startswith("|")):
        if not is_table:
            for line in filter(str.strip, lines):
                document.add_paragraph(line)
            continue
        rows = [_cells(line) for line in lines]
        table = document.add_table(len(rows), max(map(len, rows)))
        for number, row in enumerate(rows):
            for cell, content in zip(table.rows[number].cells, row, strict=True):
                cell.text = content
    document.save(str(path))


def _read_word(path: Path) -> Iterator[str]:
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield _line(cell.text.replace("\n", " / ") for cell in row.cells)
        else:
            yield block.text


def _write_excel(path: Path, text: str) -> None:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row, line in enumerate(filter(str.strip, text.splitlines()), 1):
        for column, content in enumerate(_cells(line), 1):
            if content:
                sheet.cell(row, column, _typed(content))
    book.save(path)


def _typed(content: str) -> str | int | float:
    if _NUMBER.fullmatch(content):
        return float(content) if "." in content else int(content)
    return content.removeprefix("'")


def _read_excel(path: Path) -> Iterator[str]:
    sheet = openpyxl.load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    for row in sheet.iter_rows():
        yield _line(_shown(cell) for cell in row)


def _shown(cell: Any) -> str:
    value = "" if cell.value is None else cell.value
    if isinstance(value, datetime) and is_date_format(cell.number_format):
        return f"{value:%Y}年{value.month}月{value.day}日"
    is_other = cell.data_type == "s" and (_NUMBER.fullmatch(value) or value.startswith("="))
    return f"'{value}" if is_other else str(value).replace("|", "\\|")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
