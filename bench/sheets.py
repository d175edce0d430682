"""Excel: the statistics sheet of 2018, a workbook of many sheets, long sheets."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl

import govdocs
from bench.clock import Row, median
from govdocs.data import load_data

ROOT = Path(__file__).resolve().parent.parent


def statistics_sheet() -> list[Row]:
    """The official statistics sheet with the sample's figures."""
    source = (ROOT / "templates/disclosure-2014/statistics.xlsx").read_bytes()
    data = load_data(ROOT / "samples/helan-2018.yaml")
    template = govdocs.Template(source)
    cells = _tagged_cells(source)

    def peer() -> None:
        book = openpyxl.load_workbook(io.BytesIO(source))
        sheet = book.worksheets[0]
        for address in cells:
            sheet[address] = 1
        book.save(io.BytesIO())

    return [
        Row("govdocs, compiled: fill to bytes", median(lambda: template.fill(data), repeat=20)),
        Row("openpyxl: load, set, save", median(peer), 60),
        Row("govdocs: open, compile, fill", median(lambda: govdocs.Template(source).fill(data))),
    ]


def _tagged_cells(source: bytes) -> list[str]:
    sheet = openpyxl.load_workbook(io.BytesIO(source)).worksheets[0]
    return [
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and "{{" in cell.value
    ]


WORKLOADS: Mapping[str, Callable[[], list[Row]]] = {"statistics sheet": statistics_sheet}
