"""A sheet with a loop of one row and everything that can refer to cells below it."""

import io
import struct
import zlib
from typing import Any

import xlsxwriter

ROWS = [{"name": name, "a": a, "b": b} for name, a, b in [("甲", 3, 2), ("乙", 4, 5)]] + [
    {"name": "丙", "a": 6, "b": 7},
    {"name": "丁", "a": 8, "b": 1},
]
"""Four rows for the loop: what stands below it comes out three rows further down."""

TOTAL, OTHER = "$C$6", "引用"


def quoted(sheet: str) -> str:
    """Write a sheet's name as Excel puts it before a reference."""
    return sheet if sheet.isalnum() and not sheet[0].isdigit() else f"'{sheet}'"


def make_book(sheet: str) -> bytes:
    """Make the workbook; its loop stands in row 5 of ``sheet``."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    page = book.add_worksheet(sheet)
    other = book.add_worksheet(OTHER)
    _write_cells(page)
    other.write_formula("A1", f"={quoted(sheet)}!C6", value=0)
    other.write_formula("A2", f"=SUM({quoted(sheet)}!C5:C5)", value=0)
    other.insert_chart("C3", _make_chart(book, sheet))
    _write_rules(page)
    _write_objects(book, page, sheet)
    _write_print(book, page, sheet)
    book.close()
    return buffer.getvalue()


def _write_cells(page: Any) -> None:
    page.write_row("A4", ["单位", "", "数量", "单价", "金额"])
    page.write_row("A5", ["{%tr for r in rows %}{{ r.name }}", "", "{{ r.a }}"])
    page.write("D5", "{{ r.b }}{%tr endfor %}")
    page.write_formula("E5", "=C5*D5", value=0)
    page.write("A6", "合计")
    page.write_formula("C6", "=SUM(C5:C5)", value=0)
    page.write_formula("C8", "=C6*2", value=0)
    page.write_formula("E8", "=$C$6/2", value=0)
    page.merge_range("A10:C10", "说明")
    page.set_row(8, 33)
    for row in range(11, 14):
        page.write_row(row, 1, [row, row * 2, row * 3, row * 4])
    for row, text in enumerate(["甲", "乙", "丙"], 15):
        page.write(row, 0, text)


def _write_rules(page: Any) -> None:
    page.conditional_format("C12:C14", {"type": "cell", "criteria": ">", "value": "$C$6"})
    page.conditional_format("D12:D14", {"type": "data_bar", "data_bar_2010": True})
    page.data_validation("B12:B14", {"validate": "list", "source": "=$A$16:$A$18"})
    page.data_validation("C5", {"validate": "integer", "criteria": ">=", "value": 0})
    page.add_sparkline("F5", {"range": "C5:E5"})
    page.add_sparkline("F12", {"range": "C12:E12"})
    page.protect("", {"objects": True})
    page.unprotect_range("C12:C14", "可填")
    page.ignore_errors({"number_stored_as_text": "C12:C13", "formula_differs": "E5"})


def _write_objects(book: Any, page: Any, sheet: str) -> None:
    page.write_comment("A15", "批注")
    page.write_url("A19", "https://example.org/", string="网址")
    page.write_url("A20", f"internal:{quoted(sheet)}!A16", string="表内")
    image = io.BytesIO(make_png())
    page.insert_image("B22", "图.png", {"image_data": image, "object_position": 2})
    page.insert_image("A5", "行.png", {"image_data": image, "x_scale": 0.5, "y_scale": 0.5})
    page.insert_chart("B30", _make_chart(book, sheet), {"object_position": 1})
    page.add_table("A46:C49", {"name": "名录", "columns": [{"header": h} for h in "甲乙丙"]})


def _make_chart(book: Any, sheet: str) -> Any:
    chart = book.add_chart({"type": "column"})
    name = quoted(sheet)
    chart.add_series(
        {
            "name": f"={name}!$C$4",
            "categories": f"={name}!$A$5:$A$5",
            "values": f"={name}!$C$5:$C$5",
        }
    )
    chart.add_series({"values": f"={name}!$C$12:$C$14"})
    return chart


def _write_print(book: Any, page: Any, sheet: str) -> None:
    page.print_area("A1:G60")
    page.repeat_rows(3)
    page.set_h_pagebreaks([25, 40])
    page.autofilter("B11:E14")
    book.define_name("合计数", f"={quoted(sheet)}!$C$6")
    book.define_name("明细", f"={quoted(sheet)}!$C$5")


def make_png(width: int = 40, height: int = 20) -> bytes:
    """Make a picture of one colour."""
    rows = b"".join(b"\0" + b"\xc0\x00\x00" * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    sum_ = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + sum_
