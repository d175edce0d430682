"""What stands around a table: units, people, dates, and the year in the title."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

import govdocs
from govdocs.binding.entries import find_entries, maybe_bare_entry, maybe_title
from govdocs.forms.grids import Cell
from tests.binding.files import make_docx, make_xlsx
from tests.forms.sheets import official_grids

FORM = govdocs.form("disclosure-2014")
ENTRIES: dict[str, list[tuple[str, str]]] = {
    "填报单位（盖章）：示例局": [("unit", "示例局")],
    "填 报 单 位 (盖章):示例局": [("unit", "示例局")],
    "单位负责人：张某　　审核人：李某　　填报人：": [
        ("principal", "张某"),
        ("reviewer", "李某"),
        ("preparer", ""),
    ],
    "填报单位：____________ 填报日期：2019年1月24日": [
        ("unit", ""),
        ("fill_date", "2019年1月24日"),
    ],
    "填报单位：示例局    单位：万元": [("unit", "示例局")],
    "联系人很多": [],
}


@pytest.mark.parametrize("text", ENTRIES)
def test_entries_of_a_line_are_found_with_their_values(text: str) -> None:
    """Several in one line, with blanks and lines that ask for them."""
    assert [(entry.name, entry.value) for entry in find_entries(text)] == ENTRIES[text]


def test_sentence_with_a_phone_is_no_entry() -> None:
    """A line outside of tables must begin with the label."""
    assert find_entries("如有疑问请联系，电话：0000000", is_line=True) == ()


TITLES: dict[str, tuple[int | None, str] | None] = {
    "2018年度政府信息公开情况统计表": (2018, ""),
    "示例市水务局2018年政府信息公开工作年度报告": (2018, "示例市水务局"),
    "二〇一八年度政府信息公开情况统计表": (2018, ""),
    "____年度政府信息公开情况统计表": (None, ""),
    "（    ）年度政府信息公开情况统计表": (None, ""),
    "20  年政府信息公开情况统计表": (None, ""),
    "2018年，园区公开了统计表。": None,
    "政府信息公开情况统计表": None,
}


@pytest.mark.parametrize("text", TITLES)
def test_year_of_a_title_is_found_or_its_gap(text: str) -> None:
    """A sentence is no title, a title without a year has no place for one."""
    title = maybe_title(text)
    assert (None if title is None else (title.year, title.before)) == TITLES[text]


def test_bare_label_tells_whether_it_has_a_colon() -> None:
    """Its value stands in the next cell."""
    assert maybe_bare_entry("联系电话") == ("phone", False)
    assert maybe_bare_entry("审 核 人：") == ("reviewer", True)
    assert maybe_bare_entry("审核人：李某") is None


DATA: dict[str, Any] = {
    "report": {"year": 2019},
    "form_head": {"unit": "示例市水务局"},
    "form_footer": {
        "principal": "张某某",
        "reviewer": "李某某",
        "preparer": "王某某",
        "phone": "0000-0000000",
        "fill_date": date(2020, 1, 6),
    },
    "stats": {figure.key: 1 for figure in FORM.figures},
}
BEFORE = ["    年度政府信息公开情况统计表", "填报单位（盖章）：            单位：件"]
AFTER = ["单位负责人：        审核人：        填报人：", "联系电话：", "填报日期：____年__月__日"]


@pytest.mark.parametrize("make", [make_docx, make_xlsx])
def test_head_and_foot_of_a_blank_are_bound_and_read_back(make: Any) -> None:
    """Several entries in a line, gaps and lines to write on."""
    blank = make(official_grids(FORM.form), BEFORE, AFTER)
    filled = FORM.read(bytes(FORM.bind(blank).fill(DATA)))
    assert {key: value for key, value in filled.items() if key != "form"} == DATA


def test_what_stands_beside_an_entry_stays() -> None:
    """The measure beside the unit is not touched, the gaps between entries are."""
    blank = make_xlsx(official_grids(FORM.form), BEFORE, AFTER)
    book = openpyxl.load_workbook(io.BytesIO(bytes(FORM.bind(blank).fill(DATA))))
    column = [cell.value for cell in book["统计表"]["A"] if cell.value]
    assert column[:2] == [
        "2019年度政府信息公开情况统计表",
        "填报单位（盖章）：示例市水务局  单位：件",
    ]
    assert column[-3:] == [
        "单位负责人：张某某  审核人：李某某  填报人：王某某",
        "联系电话：0000-0000000",
        "填报日期：2020年1月6日",
    ]


@pytest.mark.parametrize("make", [make_docx, make_xlsx])
def test_entry_with_its_value_in_the_next_cell_is_bound_there(make: Any) -> None:
    """A foot that is a table: 审核人 | ___ | 填报人 | ___."""
    grid = official_grids(FORM.form)[0]
    foot = [Cell(0, 0, "审核人："), Cell(0, 1, ""), Cell(0, 2, "填报人："), Cell(0, 3, "")]
    foot += [Cell(1, 0, "联系电话"), Cell(1, 1, ""), Cell(1, 2, ""), Cell(1, 3, "")]
    filled = FORM.read(bytes(FORM.bind(make([grid, foot])).fill(DATA)))
    expected = {"reviewer": "李某某", "preparer": "王某某", "phone": "0000-0000000"}
    assert filled["form_footer"] == expected
