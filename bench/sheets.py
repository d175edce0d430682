"""Excel: the statistics sheet of 2018, a workbook of many sheets, long sheets, long loops."""

import io
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

import govdocs
from bench.clock import Row, median, memory_above, peak_memory
from govdocs.data import load_data

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = 20
LONG = 50_000
_ROWS = "({{f'c{{c}}': r * c if c % 4 else f'文字{{r}}' for c in range({1})}} for r in range({0}))"


def statistics_sheet() -> list[Row]:
    """The official statistics sheet with the sample's figures."""
    source = (ROOT / "templates/disclosure-2014/statistics.xlsx").read_bytes()
    data = load_data(ROOT / "samples/helan-2018.yaml")
    return _against_openpyxl(source, data, wanted=60, repeat=20)


def many_sheets() -> list[Row]:
    """60 cells in a workbook of 100 sheets."""
    book = xlsxwriter.Workbook(stream := io.BytesIO())
    for number in range(100):
        sheet = book.add_worksheet()
        for row in range(60):
            sheet.write_row(row, 0, [f"第{row}行", row, row * 2, row * 3])
        if number == 0:
            for row in range(60):
                sheet.write(row, 5, f"{{{{ v{row} }}}}")
    book.close()
    data = {f"v{row}": row for row in range(60)}
    return _against_openpyxl(stream.getvalue(), data, wanted=100, repeat=3)


def long_sheet() -> list[Row]:
    """60 cells in a sheet of 50,000 rows and 20 columns."""
    rows = _against_openpyxl(_long_sheet(), _sixty(), wanted=30, runs=1)
    peak = peak_memory(ROOT / "out" / "bench-long.xlsx", _sixty())
    print(
        f"\n(peak memory of a process that compiles and fills it: {peak:.0f} MB; wanted: under 60)"
    )
    return rows


def long_loop() -> list[Row]:
    """A loop of 50,000 rows and 20 columns."""
    from xltpl.writerx import BookWriter

    source, rows = _loop_template(), _loop_rows(LONG)
    template = govdocs.Template(source)
    theirs = ROOT / "out" / "bench-loop.xlsx"
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_bytes(_peer_template())

    def peer() -> None:
        writer = BookWriter(str(theirs))
        writer.render_book([{"rows": rows, "sheet_name": "1", "tpl_name": "Sheet1"}])
        writer.save(str(theirs.with_name("bench-loop-out.xlsx")))

    for formula in (False, True):
        path = theirs.with_name(f"bench-loop-{formula}.xlsx")
        path.write_bytes(_loop_template(with_formula=formula))
        own = f"{'with' if formula else 'without'} a formula in each row"
        for maker, name in (("list", "a list"), ("iter", "a generator")):
            peak = memory_above(path, f"{{'rows': {maker}({_ROWS.format(LONG, COLUMNS)})}}")
            print(f"(memory above the data, {own}, from {name}: {peak:.0f} MB; wanted: under 100)")
    return [
        Row("govdocs, compiled: fill to bytes", median(lambda: template.fill({"rows": rows}), 3)),
        Row("xltpl: open, render, save", median(peer, 1, warm=False), 8),
        Row("XlsxWriter, constant memory", median(lambda: _write(rows), 1, warm=False), 2),
    ]


def loop_growth() -> list[Row]:
    """Ours only: 50,000 rows with a formula against 25,000; linear growth is twofold."""
    template = govdocs.Template(_loop_template(with_formula=True))
    return [
        Row(f"govdocs, {count} rows", median(partial(_fill_rows, template, count), 3))
        for count in (LONG // 2, LONG)
    ]


def _fill_rows(template: govdocs.Template, count: int) -> None:
    template.fill({"rows": _loop_rows(count)})


@cache
def _long_sheet() -> bytes:
    book = xlsxwriter.Workbook(stream := io.BytesIO(), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(LONG):
        sheet.write_row(row, 0, [f"文字{row}", *(row * column for column in range(1, COLUMNS))])
        if row % 833 == 0 and row // 833 < 60:
            sheet.write(row, COLUMNS, f"{{{{ v{row // 833} }}}}")
    book.close()
    (ROOT / "out").mkdir(exist_ok=True)
    (ROOT / "out" / "bench-long.xlsx").write_bytes(stream.getvalue())
    return stream.getvalue()


def _sixty() -> dict[str, int]:
    return {f"v{row}": row for row in range(60)}


def _loop_template(*, with_formula: bool = False) -> bytes:
    cells = [f"{{{{ r.c{column} }}}}" for column in range(COLUMNS)]
    cells[0] = "{% for r in rows %}" + cells[0]
    return _book([*cells, *(["=SUM(B2:T2)"] if with_formula else []), "{% endfor %}"])


def _peer_template() -> bytes:
    """The same loop in xltpl's way: its end stands in the next row."""
    cells = [f"{{{{ r.c{column} }}}}" for column in range(COLUMNS)]
    cells[0] = "{% for r in rows %}" + cells[0]
    return _book(cells, ["{% endfor %}"])


def _book(*rows: list[str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sheet1"
    sheet.append([f"列{column}" for column in range(COLUMNS)])
    for row in rows:
        sheet.append(row)
    book.save(stream := io.BytesIO())
    return stream.getvalue()


def _loop_rows(count: int) -> list[dict[str, Any]]:
    return [
        {f"c{column}": row * column if column % 4 else f"文字{row}" for column in range(COLUMNS)}
        for row in range(count)
    ]


def _write(rows: list[dict[str, Any]]) -> None:
    book = xlsxwriter.Workbook(io.BytesIO(), {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, list(row.values()))
    book.close()


def _against_openpyxl(
    source: bytes, data: Mapping[str, Any], wanted: float, repeat: int = 1, runs: int = 5
) -> list[Row]:
    template = govdocs.Template(source)
    cells = _tagged_cells(source)

    def peer() -> None:
        book = openpyxl.load_workbook(io.BytesIO(source))
        sheet = book.worksheets[0]
        for address in cells:
            sheet[address] = 1
        book.save(io.BytesIO())

    return [
        Row("govdocs, compiled: fill to bytes", median(lambda: template.fill(data), repeat=repeat)),
        Row("openpyxl: load, set, save", median(peer, runs, warm=runs > 1), wanted),
        Row(
            "govdocs: open, compile, fill",
            median(lambda: govdocs.Template(source).fill(data), runs),
        ),
    ]


def _tagged_cells(source: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(source), read_only=True)
    return [
        cell.coordinate
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if isinstance(cell.value, str) and "{{" in cell.value
    ]


WORKLOADS: Mapping[str, Callable[[], list[Row]]] = {
    "statistics sheet": statistics_sheet,
    "60 cells in 100 sheets": many_sheets,
    "60 cells in 50,000 rows": long_sheet,
    "loop of 50,000 rows": long_loop,
    "growth of a loop": loop_growth,
}
