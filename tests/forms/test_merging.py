"""Offices are added up, and what makes a sum uncertain is said."""

import copy
from decimal import Decimal
from typing import Any

import pytest

from govdocs.forms import Merged, load_form

SHEET = load_form("disclosure-2014")
REPORT = load_form("disclosure-2021")

Data = dict[str, Any]


def office(name: str, **figures: object) -> Data:
    """Make an office's sheet: some figures, 0 elsewhere."""
    stats = {figure.key: 0 for figure in SHEET.figures} | figures
    return {"form": SHEET.id, "unit": {"name_full": name}, "report": {"year": 2018}, "stats": stats}


def codes(merged: Merged) -> list[tuple[str, str]]:
    """Tell code and severity of what was found."""
    return [(finding.code, finding.severity) for finding in merged.findings]


def test_sums_are_made_cell_by_cell_and_exactly() -> None:
    """万元 are added as decimals, whatever they are given as."""
    children = [
        office("甲局", proactive_total=3, special_funds=0.1),
        office("乙局", proactive_total=4, special_funds=Decimal("0.20")),
    ]
    merged = SHEET.merge(children)
    assert isinstance(merged, dict)
    assert merged["stats"]["proactive_total"] == 7
    assert merged["stats"]["special_funds"] == Decimal("0.3")
    assert merged["form"] == SHEET.id
    assert merged["report"] == {"year": 2018}
    assert merged.findings == []
    assert merged.contributions["proactive_total"] == {"甲局": 3, "乙局": 4}


def test_two_hundred_offices_are_added_up_and_the_one_left_out_is_listed() -> None:
    """The table of contributions has a column for each."""
    children = [office(f"第{number}局", requests_received=number) for number in range(200)]
    expected = [f"第{number}局" for number in range(201)]
    merged = SHEET.merge(children, expected=expected)
    assert merged["stats"]["requests_received"] == sum(range(200))
    assert merged.missing == ["第200局"]
    assert len(merged.contributions["requests_received"]) == 200
    assert [one.tell("zh") for one in merged.findings] == ["有 1 个单位没有报来：第200局"]


def test_figure_that_an_office_lacks_has_no_sum() -> None:
    """A sum without it would be wrong in silence."""
    lacking = office("乙局")
    del lacking["stats"]["meetings"]
    lacking["stats"]["trainings"] = "若干"
    merged = SHEET.merge([office("甲局", meetings=2), lacking])
    assert merged["stats"]["meetings"] is None
    assert merged["stats"]["trainings"] is None
    assert [(one.tell("zh"), one.key) for one in merged.findings] == [
        (
            "召开政府信息公开工作会议或专题会议数：有 1 个单位没有这个数，没有合计：乙局",
            "stats.meetings",
        ),
        ("举办各类培训班数：有 1 个单位没有这个数，没有合计：乙局", "stats.trainings"),
    ]


def test_figures_that_nobody_gives_are_said_together() -> None:
    """Partial sheets of one kind make one finding."""
    merged = SHEET.merge([{"stats": {"meetings": 1}}, {"stats": {"meetings": 2}}])
    assert merged["stats"]["meetings"] == 3
    (finding,) = merged.findings
    assert finding.tell("en").startswith("57 figures are given by no office")
    assert list(merged.contributions["meetings"]) == ["#1", "#2"]


def test_blanks_count_as_nothing_and_stay_blank_if_all_are() -> None:
    """A county of blanks is blank; one number makes it a number."""
    merged = SHEET.merge([office("甲局", meetings="/", trainings=""),
                          office("乙局", meetings="/", trainings=3)])  # fmt: skip
    assert merged["stats"]["meetings"] == "/"
    assert merged["stats"]["trainings"] == 3


def test_office_that_is_there_twice_is_told() -> None:
    """Its figures are in the sums twice."""
    merged = SHEET.merge([office("甲局", meetings=1), office("甲 局", meetings=1)])
    assert codes(merged) == [("form.child_twice", "error")]
    assert list(merged.contributions["meetings"].values()) == [1, 1]


def test_offices_of_another_form_or_year_are_told() -> None:
    """Only like is added to like."""
    other = office("乙局") | {"form": "disclosure-2021", "report": {"year": 2017}}
    merged = SHEET.merge([office("甲局"), other])
    assert codes(merged) == [("form.child_form", "error"), ("form.child_year", "error")]
    assert merged.findings[1].tell("zh") == "各单位的报告年度不同：2017（乙局）、2018（甲局）"
    assert "report" not in merged


def test_joint_release_that_two_offices_count_is_told_once() -> None:
    """The sum is left as it is."""
    first = office("甲局", proactive_total=1)
    first["joint_releases"] = [{"title": "关于 甲乙事项的通告", "with": ["乙局", "丁局"]}]
    second = office("乙局", proactive_total=1)
    second["joint_releases"] = ["关于甲乙事项的通告", "只有乙局的通告"]
    merged = SHEET.merge([first, second, office("丙局")])
    (finding,) = merged.findings
    assert (finding.code, finding.severity, finding.key) == (
        "form.joint",
        "warning",
        "stats.proactive_total",
    )
    assert finding.tell("zh") == (
        "联合发布“关于 甲乙事项的通告”由 甲局、乙局 各计一次，主动公开政府信息数的合计里多计 1"
    )
    assert merged["stats"]["proactive_total"] == 2


def test_partner_that_only_the_other_names_is_told_too() -> None:
    """One of two offices may have forgotten to name the release."""
    first = office("甲局") | {"joint_releases": [{"title": "通告", "with": "乙局"}]}
    assert codes(SHEET.merge([first, office("乙局")])) == [("form.joint", "warning")]
    assert codes(SHEET.merge([first, office("丙局")])) == []


def test_given_parent_is_held_against_its_children() -> None:
    """R8: each cell is the own figure and the children's; the given figures stay."""
    parent = office("示例县", meetings=6, trainings=2)
    children = [office("甲局", meetings=2, trainings=1), office("乙局", meetings=3, trainings=1)]
    merged = SHEET.merge(children, parent)
    (finding,) = merged.findings
    assert (finding.code, finding.severity, finding.key) == ("R8", "error", "stats.meetings")
    assert finding.tell("zh") == (
        "召开政府信息公开工作会议或专题会议数：报来的合计 6 ≠ 各单位之和 5，相差 1"
    )
    assert merged["stats"]["meetings"] == 6
    assert merged["unit"] == {"name_full": "示例县"}
    own = office("示例县政府办公室", meetings=1)
    assert SHEET.merge(children, parent, own=own).findings == []


def test_parent_is_uncertain_while_children_are_missing() -> None:
    """More than the sum may be right then; less cannot be."""
    parent = office("示例县", meetings=6, trainings=0)
    before = copy.deepcopy(parent)
    merged = SHEET.merge([office("甲局", meetings=2, trainings=1)], parent, ["甲局", "乙局"])
    assert codes(merged) == [
        ("form.child_missing", "warning"),
        ("R8", "note"),
        ("R8", "error"),
    ]
    assert parent == before


def test_totals_that_the_parent_left_open_are_filled() -> None:
    """What is given is never overwritten, what is not is summed."""
    parent = office("示例县", meetings=None)
    merged = SHEET.merge([office("甲局", meetings=2)], parent)
    assert merged["stats"]["meetings"] == 2
    assert merged.findings == []
    assert parent["stats"]["meetings"] is None


def test_no_children_make_no_sums() -> None:
    """The sum of no offices is not 0 but unknown."""
    merged = REPORT.merge([], expected=["甲局"])
    assert merged.missing == ["甲局"]
    assert merged["stats"]["t3"]["granted"]["total"] is None


@pytest.mark.parametrize("name", ["name_title", "name_short"])
def test_expected_office_is_known_by_any_of_its_names(name: str) -> None:
    """The list may use short names."""
    child = office("示例市甲局")
    child["unit"][name] = "甲局"
    assert SHEET.merge([child], expected=["甲局"]).missing == []
