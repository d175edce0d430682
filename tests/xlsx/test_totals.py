"""What a filled sheet caches below its loops: as Python works it out, and as LibreOffice does."""

import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import mean
from typing import Any

from tests.support.libreoffice import LibreOffice
from tests.xlsx.workbooks import cached, fill, make_book, without_results

COUNTS: Mapping[str, list[int]] = {
    "无": [],
    "空": [0],
    "一": [1],
    "二": [1, 1],
    "多": [400, 0, 1, 599],
}
"""How many rows each group of a sheet has; a thousand in the last."""

FIRST = date(2018, 1, 1)
ZERO = date(1899, 12, 30)
Rows = list[dict[str, Any]]


def _sum(rows: Rows) -> float:
    return float(sum(one["n"] for one in rows))


def _rounded(value: float) -> float:
    return math.floor(value * 10 + 0.5) / 10


TOTALS: Mapping[str, Callable[[Rows], object]] = {
    "SUM(C3:C3)": _sum,
    "SUBTOTAL(9,C2:C4)": _sum,
    "SUBTOTAL(109,C2:C4)": _sum,
    "SUM(C4:C4)": _sum,
    "SUM(D3:D3)": lambda rows: 2 * _sum(rows),
    "AVERAGE(C3:C3)": lambda rows: mean(one["n"] for one in rows) if rows else "#DIV/0!",
    "IFERROR(AVERAGE(C3:C3),-1)": lambda rows: mean(one["n"] for one in rows) if rows else -1,
    "MIN(C3:C3)": lambda rows: min((one["n"] for one in rows), default=0),
    "MAX(C3:C3)": lambda rows: max((one["n"] for one in rows), default=0),
    "COUNT(C3:C3)": len,
    "COUNTA(B3:B3)": len,
    "ROUND(SUM(C3:C3)/8,1)": lambda rows: _rounded(_sum(rows) / 8),
    "ROUND(-SUM(C3:C3)/8,1)": lambda rows: -_rounded(_sum(rows) / 8),
    "AND(SUM(C3:C3)>0,COUNT(C3:C3)<2)": lambda rows: _sum(rows) > 0 and len(rows) < 2,
    "OR(SUM(C3:C3)>9,COUNT(C3:C3)=0)": lambda rows: _sum(rows) > 9 or not rows,
    '"共"&COUNT(C3:C3)&"件"': lambda rows: f"共{len(rows)}件",
    'IF("a"="A",SUM(C3:C3)*10%,0)': lambda rows: _sum(rows) / 10,
    "-COUNT(C3:C3)^2": lambda rows: len(rows) ** 2,
    "MAX(E3:E3)": lambda rows: (max(one["day"] for one in rows) - ZERO).days if rows else 0,
    "MAX(E3:E3)-MIN(E3:E3)+1": lambda rows: len(rows) or 1,
}


def _cells(name: str) -> dict[str, object]:
    cells: dict[str, object] = {
        "A2": f"{{%tr for g in {name} %}}",
        "B2": "组",
        "A3": "{% for r in g %}{{ r.name }}",
        "B3": "{{ r.name }}",
        "C3": "{{ r.n }}",
        "D3": "=C3*2",
        "E3": "{{ r.day }}{% endfor %}",
        "C4": "=SUBTOTAL(9,C3:C3)",
        "A4": "小计",
        "A5": "{%tr endfor %}",
    }
    return cells | {f"C{row}": f"={formula}" for row, formula in enumerate(TOTALS, 7)}


def _data() -> dict[str, list[Rows]]:
    data: dict[str, list[Rows]] = {}
    for name, counts in COUNTS.items():
        numbers = iter(range(sum(counts)))
        data[name] = [
            [
                {"name": f"第{n}", "n": n + 1.25, "day": FIRST + timedelta(n)}
                for _, n in zip(range(count), numbers, strict=False)
            ]
            for count in counts
        ]
    return data


@cache
def _fill() -> bytes:
    return bytes(fill(make_book({name: _cells(name) for name in COUNTS}), _data()))


def _totals(content: bytes, name: str) -> list[object]:
    """The last cells of column C: one for each total."""
    values = cached(content, name)
    rows = sorted(int(cell[1:]) for cell in values if cell.startswith("C"))
    return [values[f"C{row}"] for row in rows[-len(TOTALS) :]]


def _is_same(found: object, wanted: object) -> bool:
    if isinstance(found, (int, float)) and isinstance(wanted, (int, float)):
        return math.isclose(found, wanted, rel_tol=1e-13)
    return found == wanted


def test_cached_totals_are_those_of_python() -> None:
    """For groups without rows, with one, two and a thousand; every function is known to us."""
    data = _data()
    wrong = [
        (name, formula, found, work(rows))
        for name, groups in data.items()
        for rows in [[row for group in groups for row in group]]
        for found, (formula, work) in zip(_totals(_fill(), name), TOTALS.items(), strict=True)
        if not _is_same(found, work(rows))
    ]
    assert wrong == []


def test_cached_totals_are_those_of_libreoffice(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """The cached values taken away, another program works out the same."""
    path = tmp_path / "filled.xlsx"
    path.write_bytes(without_results(_fill()))
    theirs = libreoffice.convert(path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "again")
    for name in COUNTS:
        pairs = zip(_totals(_fill(), name), _totals(theirs.read_bytes(), name), strict=True)
        assert [one for one in pairs if not _is_same(*one)] == []
