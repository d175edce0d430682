"""Measure deflate libraries on a Word part, a sheet and a sheet of equal cells.

Run ``python bench/deflate.py``; the figures are quoted in docs/decisions/0002-deflate.md.
zlib-ng is measured where it is installed. Times are the best of several runs.
"""

import random
import time
import zlib
from collections.abc import Callable
from importlib import import_module
from typing import Any

LEVELS = {"isal.isal_zlib": (0, 1, 2, 3), "zlib_ng.zlib_ng": (1, 2, 6), "zlib": (1, 6)}
MIB = 1 << 20


def make_document(size: int) -> bytes:
    """Make paragraphs of Chinese prose as Word writes them."""
    words = "政府信息公开工作年度报告主动依申请复议诉讼收费办理数量单位负责人"
    paragraphs: list[str] = []
    chance = random.Random(2018)
    while len(paragraphs) * 270 < size:  # bytes of a paragraph
        text = "".join(chance.choices(words, k=30))
        paragraphs.append(
            f'<w:p w:rsidR="00{chance.randrange(1 << 24):06X}"><w:pPr><w:jc w:val="both"/></w:pPr>'
            '<w:r><w:rPr><w:rFonts w:eastAsia="仿宋_GB2312" w:hint="eastAsia"/><w:sz w:val="32"/>'
            f"</w:rPr><w:t>{text}</w:t></w:r></w:p>"
        )
    return "".join(paragraphs).encode()


def make_sheet(size: int, value: Callable[[], int]) -> bytes:
    """Make rows of twenty cells."""
    rows, length, number = [], 0, 0
    while length < size:
        number += 1
        cells = "".join(
            f'<c r="{chr(65 + n)}{number}" s="3"><v>{value()}</v></c>' for n in range(20)
        )
        rows.append(f'<row r="{number}" spans="1:20">{cells}</row>')
        length += len(rows[-1])
    return "".join(rows).encode()


def best_time(act: Callable[[], object], runs: int) -> float:
    """Return the shortest of several runs, in milliseconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        act()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def deflate(library: Any, level: int, data: bytes) -> int:
    """Compress as a package does, and return the packed size."""
    packer = library.compressobj(level, zlib.DEFLATED, -15)
    return len(packer.compress(data)) + len(packer.flush())


def report(name: str, data: bytes, runs: int) -> None:
    """Print a line for each library and level."""
    print(f"\n{name}: {len(data):,} bytes")
    for library_name, levels in LEVELS.items():
        try:
            library = import_module(library_name)
        except ImportError:
            print(f"  {library_name}: not installed")
            continue
        for level in levels:
            packed = deflate(library, level, data)
            spent = best_time(lambda x=library, y=level: deflate(x, y, data), runs)  # type: ignore[misc]
            print(f"  {library_name:16} {level}  {spent:9.2f} ms  {packed:10,} bytes")
        crc = best_time(lambda x=library: x.crc32(data), runs)  # type: ignore[misc]
        print(f"  {library_name:16} crc32 {crc:6.3f} ms")


def main() -> None:
    """Measure three kinds of part."""
    chance = random.Random(2018)
    report("document.xml", make_document(200_000), 20)
    report("sheet", make_sheet(47 * MIB, lambda: chance.randrange(100_000)), 2)
    report("sheet of equal cells", make_sheet(10 * MIB, lambda: 0), 2)


if __name__ == "__main__":
    main()
