"""The report of 2018, in the shape of a published one: its figures are read, its slips found.

Figures and labels are those of the published table; the sentences are short ones of our own that
hold the same deviations.
"""

import copy
from datetime import date
from typing import Any

import pytest

import govdocs
from govdocs import Finding
from govdocs.forms.grids import Cell
from tests.binding.files import make_docx, make_xlsx
from tests.forms.sheets import official_grids, rewrite, split_at

FORM = govdocs.form("disclosure-2014")
FIGURES = {
    "proactive_total": 401,
    "channel_website": 401,
    "channel_weibo": 7,
    "channel_wechat": 77,
    "dedicated_offices": 1,
    "reading_points": 1,
    "staff_total": 4,
    "staff_full_time": 2,
    "staff_part_time": 2,
}
"""The figures above 0; the other 49 are 0."""

LINES = [
    "某某工业园区 2018 年政府信息公开工作年度报告",
    "数据自 2018 年 1 月 1 日起，至 2018 年 12 月 31 日止（电话：0000000，邮箱：a@b.cn",  # F2
    "一、总体情况",
    "设置政府信息公开查阅点数 1 个，专职人员数 2 人，兼职人员数 2 人。",
    "园区制定了《某某工作实施方案》、《某某指南》，明确了责任。",  # F3
    "全年组织开展了业务培训和研讨交流。",  # W1
    "设置 LED 电子屏、公告栏等设施，及时发布信息。",  # W2
    "落实有关通知（宁党办【2016】54号）要求。",  # F1
    "二、政府信息主动公开情况",
    "2018 年度主动公开政府信息 401 项，其中部门动态 339 项，部门文件 62 项。",  # W3
    "通过门户网站公布 2018 财政预决算。",  # F7
    "通过 12345 市民热线解决问题 27 项。",  # W4
    "通过政务微信和政务微博公开政府信息数共 84 项。",
    "三、政府信息依申请公开情况",
    "2018 年度未收到政府信息公开申请。",
    "四、复议诉讼情况",
    "2018 年度未收到行政复议及提起行政诉讼情况。",
    "附件：政府信息公开情况统计表",
    "某某工业园区管理委员会（代章）",
    "2019年1月24日",
    "附件：",  # F5
    "2018 年度政府信息公开情况统计表",  # F4: not the name above
    "填报单位（盖章）：",  # F6: empty
]
FOOT = [
    "单位负责人：张某",
    "审核人：李某",
    "填报人：王某",
    "联系电话：0000000",
    "填报日期：2019年1月24日",
]


def write(key: str) -> str:
    """Write a figure as the published table does."""
    return str(FIGURES.get(key, 0))


def table() -> list[Cell]:
    """Make the published table: labels with spaces behind their marks."""
    grid = official_grids(FORM.form, write)[0]
    return rewrite(grid, lambda text: text.replace("（不同", " （不同"))


def pages() -> list[list[Cell]]:
    """Cut the table where the pages end; the middle piece has half-width brackets."""
    first, rest = split_at(table(), 27)
    middle, last = split_at(rest, 35)
    half = rewrite(middle, lambda text: text.replace("（", "(").replace("）", ") "))
    return [first, half, last]


@pytest.fixture(scope="module")
def report() -> bytes:
    """The report as a Word file."""
    return make_docx(pages(), LINES, FOOT)


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """The statistics sheet as an Excel file."""
    return make_xlsx([table()], LINES[-2:], FOOT)


def expected_stats() -> dict[str, int]:
    """The 58 figures."""
    return {figure.key: FIGURES.get(figure.key, 0) for figure in FORM.figures}


def test_report_gives_all_58_figures_with_their_places(report: bytes) -> None:
    """Three tables on three pages, half-width brackets in the middle one."""
    data = FORM.read(report)
    assert data["stats"] == expected_stats()
    assert data.places["stats.channel_weibo"].spot == (("tbl", 1), ("tr", 9), ("tc", 3))
    assert data.places["stats.trainees"].spot == (("tbl", 3), ("tr", 4), ("tc", 3))
    assert len([key for key in data.places if key.startswith("stats.")]) == 58


def test_sheet_gives_all_58_figures_with_their_cells(sheet: bytes) -> None:
    """The sheet's own head and foot are read too."""
    data = FORM.read(sheet)
    assert data["stats"] == expected_stats()
    assert data.places["stats.channel_weibo"].spot == (("cell", "统计表!C11"),)
    assert data["report"] == {"year": 2018}
    assert data["form_head"] == {"unit": ""}
    assert data["form_footer"] == {
        "principal": "张某",
        "reviewer": "李某",
        "preparer": "王某",
        "phone": "0000000",
        "fill_date": date(2019, 1, 24),
    }


def codes(findings: list[Finding]) -> list[str]:
    """List the codes of findings, in order."""
    return sorted(finding.code for finding in findings)


def test_report_has_exactly_the_known_deviations(report: bytes) -> None:
    """F1 to F7 and W1 to W4, each with its paragraph; no relation is broken."""
    findings = FORM.check(report)
    assert codes(findings) == ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "W1", "W2", "W3", "W4"]
    assert {finding.severity for finding in findings} == {"warning"}
    spots = {finding.code: finding.place.spot for finding in findings}
    assert spots["F1"] == (("p", 8),)
    assert spots["F2"] == (("p", 2),)
    assert spots["W1"] == (("p", 6),)


def test_sheet_has_only_its_empty_head(sheet: bytes) -> None:
    """A sheet has no sentences; what is empty is said with its cell."""
    findings = FORM.check(sheet)
    assert codes(findings) == ["form.empty"]
    assert findings[0].place.spot == (("cell", "统计表!A2"),)


def test_report_and_sheet_agree(report: bytes, sheet: bytes) -> None:
    """Two files with the same figures add no finding of their own."""
    both = codes(FORM.check([report, sheet]))
    assert both == codes(FORM.check(report))


def test_figure_that_differs_between_files_is_told_with_both_places(report: bytes) -> None:
    """The sheet says 402 where the report says 401."""
    grid = [
        Cell(c.row, c.col, "402" if c.text == "401" else c.text, c.rowspan, c.colspan)
        for c in table()
    ]
    findings = FORM.check([report, make_xlsx([grid], ["2018年度政府信息公开情况统计表"])])
    found = [one for one in findings if one.code == "binding.files_differ"]
    assert [one.key for one in found] == ["stats.proactive_total", "stats.channel_website"]
    assert found[0].tell("en") == "主动公开政府信息数 is “401” in one place and “402” in another"
    assert [place.spot[-1] for place in found[0].places] == [("tc", 3), ("cell", "统计表!C4")]


def test_broken_sum_is_told_with_its_cells(sheet: bytes) -> None:
    """One part of the staff changed in the file: E7 names the total and both parts."""
    data = FORM.read(sheet)
    changed = make_xlsx([with_text(table(), "兼职人员数", "3")], ["2018年度统计表"])
    findings = [one for one in FORM.check(changed) if one.severity == "error"]
    assert [one.code for one in findings] == ["E7"]
    assert {place.spot[0][1] for place in findings[0].places} == {
        "统计表!C60",
        "统计表!C61",
        "统计表!C62",
    }
    assert data["stats"]["staff_part_time"] == 2


def with_text(grid: list[Cell], label: str, text: str) -> list[Cell]:
    """Write another figure into the row of a label."""
    row = next(cell.row for cell in grid if label in cell.text)
    return [
        Cell(c.row, c.col, text if (c.row, c.col) == (row, 2) else c.text, c.rowspan, c.colspan)
        for c in grid
    ]


# What a cell may hold


CELLS: list[tuple[str, Any]] = [
    ("0", 0),
    ("", ""),
    ("/", "/"),
    ("——", "——"),
    ("１２８０", 1280),
    ("1 280", 1280),
    ("11,398,889", 11398889),
    (" 7 ", 7),
    ("约7", "约7"),
]


@pytest.mark.parametrize(("text", "value"), CELLS)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_what_is_written_in_a_cell_is_read_as_it_is_meant(kind: str, text: str, value: Any) -> None:
    """0, a blank, / and —— are four things; digits of any width are exact numbers."""
    make = make_docx if kind == "docx" else make_xlsx
    found = FORM.read(make([with_text(table(), "兼职人员数", text)]))
    assert found["stats"]["staff_part_time"] == value
    assert type(found["stats"]["staff_part_time"]) is type(value)


def test_what_was_read_may_be_copied_and_changed(sheet: bytes) -> None:
    """A copy is a plain dict, and forgets the file."""
    copied = copy.deepcopy(FORM.read(sheet))
    assert type(copied) is dict
    assert copied["stats"] == expected_stats()
