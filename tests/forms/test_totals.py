"""Absent totals are computed; given ones are never overwritten."""

import copy
from decimal import Decimal
from typing import Any

from govdocs.forms import load_form

SHEET = load_form("disclosure-2014")
REPORT = load_form("disclosure-2021")


def test_absent_total_is_computed_and_named() -> None:
    """None, an absent key and a blank cell are no total."""
    data = {"stats": {"staff_full_time": 2, "staff_part_time": 3}}
    completed, computed = SHEET.complete(data)
    assert completed["stats"]["staff_total"] == 5
    assert computed == ["stats.staff_total"]
    assert "staff_total" not in data["stats"]
    for blank in (None, "", " "):
        completed, _ = SHEET.complete({"stats": data["stats"] | {"staff_total": blank}})
        assert completed["stats"]["staff_total"] == 5


def test_given_total_stays_be_it_wrong() -> None:
    """A wrong total is for the check to say; ``/`` and —— are answers."""
    for given in (0, 4, 5, "/", "——", "若干"):
        data = {"stats": {"staff_full_time": 2, "staff_part_time": 3, "staff_total": given}}
        assert SHEET.complete(data) == (data, [])


def test_total_that_lacks_a_part_stays_open() -> None:
    """A sum of what is there would be a guess."""
    for part in (None, "若干", -1, 1.5):
        data = {"stats": {"staff_full_time": 2, "staff_part_time": part}}
        assert SHEET.complete(data) == (data, [])


def test_total_of_blanks_stays_blank() -> None:
    """An office that writes nothing as blank writes no 0 for the total."""
    data = {"stats": {"staff_full_time": "", "staff_part_time": "", "staff_total": ""}}
    assert SHEET.complete(data) == (data, [])


def test_total_of_totals_is_computed_after_them() -> None:
    """不同意公开 is the sum of its reasons, and a part of all replies."""
    stats: dict[str, Any] = {figure.key: 1 for figure in SHEET.figures}
    for key in ("reply_denied", "replies_total"):
        del stats[key]
    completed, computed = SHEET.complete({"stats": stats})
    assert computed == ["stats.reply_denied", "stats.replies_total"]
    assert completed["stats"]["replies_total"] == 7 + 6


def test_totals_of_rows_and_columns_are_computed_in_a_report() -> None:
    """R2, R3 and R4 make totals; R1 has two unknowns and makes none."""
    data = REPORT.blank()
    for figure in REPORT.figures:
        if figure.row != "result_total" and not figure.column.endswith("total"):
            inner = data["stats"]
            for step in figure.steps[:-1]:
                inner = inner[step]
            inner[figure.steps[-1]] = Decimal("1.0") if figure.type == "amount" else 1
    before = copy.deepcopy(data)
    completed, computed = REPORT.complete(data)
    assert data == before
    assert completed["stats"]["t3"]["result_total"]["total"] == 21 * 6
    assert completed["stats"]["t4"]["litigation_direct"]["total"] == 4
    assert len(computed) == 25 + 6 + 3
    assert {one.code for one in REPORT.check({"stats": completed["stats"]})} == {"R1"}
