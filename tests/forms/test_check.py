"""A dict is checked: figures, blanks, relations, facts, last year."""

import copy
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govdocs.errors import Place
from govdocs.forms import Finding, Form, form_ids, load_form

FORMS = {name: load_form(name) for name in form_ids()}
SHEET, EARLY, REPORT = FORMS.values()

Data = dict[str, Any]


def zeros(form: Form) -> Data:
    """Make the dict of a form with 0 everywhere."""
    data: Data = {"stats": {}}
    for figure in form.figures:
        put(data, figure.key, 0)
    return data


def put(data: Data, key: str, value: object) -> Data:
    """Set a figure."""
    *sections, name = ["stats", *key.split(".")]
    for section in sections:
        data = data.setdefault(section, {})
    data[name] = value
    return data


def sheet(**figures: object) -> Data:
    """Make a sheet of 2014 with some figures and 0 elsewhere."""
    data = zeros(SHEET)
    data["stats"] |= figures
    return data


def report(**figures: object) -> Data:
    """Make a report of 2021; ``granted__total=3`` is a cell of the third table."""
    data = zeros(REPORT)
    for name, value in figures.items():
        put(data, "t3." + name.replace("__", "."), value)
    return data


def told(findings: list[Finding]) -> list[tuple[str, str, str]]:
    """Tell code, severity and first key of findings."""
    return [(one.code, one.severity, one.key) for one in findings]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_sheet_of_zeros_has_no_findings(form: Form) -> None:
    """An office in which nothing happened reports 0."""
    assert form.check(zeros(form)) == []


# Relations of 2014


@pytest.mark.parametrize(
    ("figures", "code", "severity"),
    [
        ({"requests_received": 1, "requests_closed": 0}, "E1", "error"),
        ({"closed_on_time": 1, "requests_closed": 0}, "E2", "error"),
        ({"replies_total": 1}, "E3", "error"),
        ({"denied_privacy": 1}, "E4", "error"),
        ({"reconsideration_total": 1}, "E5", "error"),
        ({"litigation_other": 2}, "E6", "error"),
        ({"staff_full_time": 2}, "E7", "error"),
        ({"proactive_normative_docs": 1}, "C1", "error"),
        ({"proactive_normative_docs": 1}, "C2", "warning"),
        ({"press_conferences_by_head": 1}, "C3", "error"),
        ({"online_interviews_by_head": 1}, "C4", "error"),
        ({"channel_weibo": 1}, "C5", "warning"),
        ({"proactive_total": 1}, "C6", "warning"),
        ({"requests_closed": 1, "closed_on_time": 1}, "C7", "warning"),
        ({"replies_total": 6, "reply_granted": 6}, "C8", "warning"),
        ({"fees_collected": Decimal("0.01")}, "C9", "warning"),
        ({"trainings": 1}, "C10", "warning"),
        ({"trainees": 30}, "C10", "warning"),
    ],
)
def test_each_relation_of_the_sheet_is_named_when_broken(
    figures: Data, code: str, severity: str
) -> None:
    """E1 to E7 and C1 to C10, each with its severity."""
    found = {(one.code, one.severity) for one in SHEET.check(sheet(**figures))}
    assert (code, severity) in found


def test_total_is_not_asked_to_be_the_sum_of_the_channels() -> None:
    """One item published in two channels counts once."""
    data = sheet(proactive_total=401, channel_website=401, channel_weibo=7, channel_wechat=77)
    assert SHEET.check(data) == []


def test_replies_may_differ_a_little_from_closed_requests() -> None:
    """Close means within five, or a tenth."""
    near: Data = {"requests_received": 100, "requests_online": 100, "requests_closed": 100,
            "closed_on_time": 100}  # fmt: skip
    assert SHEET.check(sheet(**near, replies_total=90, reply_granted=90)) == []
    findings = SHEET.check(sheet(**near, replies_total=89, reply_granted=89))
    assert told(findings) == [("C8", "warning", "stats.replies_total")]


def test_sum_that_differs_is_told_with_all_numbers() -> None:
    """Both sides, every term, the difference and where the rule comes from."""
    (finding,) = SHEET.check(
        sheet(staff_total=1280, staff_full_time=700, staff_part_time=550), places={}
    )
    assert (
        finding.tell("zh")
        == "从事政府信息公开工作人员数 1280 ≠ 1250 = 专职人员数 700 + 兼职人员数 550"
    )
    assert finding.tell("zh", "mend") == "相差 30，逐项核对（依据：八（三）下列1.、2.项）"
    assert finding.tell("en", "mend") == (
        "they differ by 30; check every term (source: 八（三）下列1.、2.项)"
    )
    assert finding.keys == (
        "stats.staff_total",
        "stats.staff_full_time",
        "stats.staff_part_time",
    )
    assert finding.place == Place(key="stats.staff_total")


def test_finding_names_the_cells_when_a_file_was_read() -> None:
    """The caller says where the keys stand."""
    cell = Place("表.xlsx", spot=(("cell", "表1!C52"),), key="stats.staff_total")
    (finding,) = SHEET.check(sheet(staff_total=1), places={"stats.staff_total": cell})
    assert finding.place == cell
    assert finding.places[1] == Place(key="stats.staff_full_time")


def test_long_sum_leaves_its_zeros_out() -> None:
    """Twenty-one terms of which two count are written as two."""
    data = report(
        granted__natural_person=2, other_misc__natural_person=1, result_total__natural_person=4,
        granted__total=2, other_misc__total=1, result_total__total=4,
        carried_in__natural_person=4, carried_in__total=4,
    )  # fmt: skip
    messages = {one.key: one.tell("zh") for one in REPORT.check(data) if one.code == "R2"}
    assert messages == {
        "stats.t3.result_total.natural_person": "自然人：总计 4 ≠ 3 = 予以公开 2 + 其他 1",
        "stats.t3.result_total.total": "总计：总计 4 ≠ 3 = 予以公开 2 + 其他 1",
    }


def test_parts_of_the_prose_are_held_against_the_total() -> None:
    """The list of parts beside the figures adds up to the total of the table."""
    data = sheet(proactive_total=401, channel_website=401)
    data["breakdown"] = [{"label": "甲", "count": 200}, {"label": "乙", "count": 201}]
    assert SHEET.check(data) == []
    data["breakdown"][1]["count"] = 200
    (finding,) = SHEET.check(data)
    assert (finding.code, finding.tell("zh")) == (
        "E8",
        "主动公开政府信息数 401 ≠ 400 = 正文分项之和 400",
    )


def test_money_of_a_float_is_the_decimal_that_it_prints_as(tmp_path: Path) -> None:
    """Tenths that no float holds add up, whatever they are given as."""
    overlay = tmp_path / "money.toml"
    overlay.write_text(
        'extends = "disclosure-2014"\n[[row]]\ntable = "main"\nafter = "special_funds"\n'
        'key = "all_funds"\nlabel = "经费合计"\nlevel = 2\nunit = "万元"\ntype = "amount"\n'
        '[[relation]]\ncode = "M1"\nkind = "equal"\nleft = ["all_funds"]\n'
        'right = ["fees_collected", "special_funds"]\nseverity = "error"\nsource = "本局"\n',
        encoding="utf-8",
    )
    form = load_form("disclosure-2014", [overlay])
    received: Data = {"requests_received": 1, "requests_online": 1, "requests_closed": 1,
                "closed_on_time": 1, "replies_total": 1, "reply_granted": 1}  # fmt: skip
    data = sheet(**received, fees_collected=0.1, special_funds=Decimal("0.2"), all_funds=0.3)
    assert form.check(data) == []
    data["stats"]["all_funds"] = Decimal("0.30000001")
    (finding,) = form.check(data)
    assert finding.tell("zh") == (
        "经费合计 0.30000001 ≠ 0.3 = 依申请公开信息收取的费用 0.1 + 政府信息公开专项经费 0.2"
    )


# Relations of 2019 and 2021


@pytest.mark.parametrize("form", [EARLY, REPORT], ids=["2019", "2021"])
def test_each_column_and_row_of_the_report_is_checked(form: Form) -> None:
    """R1 and R2 for every column, R3 for every row, R4 for every group."""
    data = zeros(form)
    for name in ("new_received", "granted"):
        put(data, f"t3.{name}.research", 5)
    put(data, "t4.litigation_direct.pending", 1)
    assert told(form.check(data)) == [
        ("R1", "error", "stats.t3.new_received.research"),
        ("R2", "error", "stats.t3.result_total.research"),
        ("R3", "error", "stats.t3.new_received.total"),
        ("R3", "error", "stats.t3.granted.total"),
        ("R4", "error", "stats.t4.litigation_direct.total"),
    ]


def test_carry_over_is_held_against_last_year_in_every_column() -> None:
    """R5: what last year left over is what this year began with."""
    last, this = report(carried_out__total=3, carried_out__other_org=3), report()
    findings = [one for one in REPORT.check(this, last) if one.code == "R5"]
    assert [one.tell("zh") for one in findings] == [
        "其他：上年结转政府信息公开申请数量 0 ≠ 上年结转下年度继续办理 3",
        "总计：上年结转政府信息公开申请数量 0 ≠ 上年结转下年度继续办理 3",
    ]
    assert findings[0].keys == ("stats.t3.carried_in.other_org",)


def test_carry_over_goes_across_the_forms_of_2019_and_2021() -> None:
    """The third table has the same keys in both."""
    last = zeros(EARLY)
    put(last, "t3.carried_out.total", 2)
    codes = [one.code for one in REPORT.check(report(), last)]
    assert codes == ["R5", "form.not_weighed"]


def test_documents_in_force_follow_from_last_year() -> None:
    """R6 is a warning: expiry breaks it."""
    last, this = zeros(REPORT), zeros(REPORT)
    put(last, "t2.normative_docs_in_force", 40)
    for name, value in (("issued", 5), ("repealed", 2), ("in_force", 44)):
        put(this, f"t2.normative_docs_{name}", value)
    (finding,) = REPORT.check(this, last)
    assert (finding.code, finding.severity) == ("R6", "warning")
    assert finding.tell("zh") == (
        "行政规范性文件（现行有效件数） 44 ≠ 43 = 上年行政规范性文件（现行有效件数） 40"
        " + 行政规范性文件（本年制发件数） 5 - 行政规范性文件（本年废止件数） 2"
        "（文件到期失效或合并时可以不等）"
    )


def test_items_of_2019_follow_from_last_year() -> None:
    """上一年项目数量 is last year's with last year's change, which may be negative."""
    last, this = zeros(EARLY), zeros(EARLY)
    put(last, "t2.licensing_prev_items", 10)
    put(last, "t2.licensing_delta", -2)
    put(this, "t2.licensing_prev_items", 9)
    assert told(EARLY.check(this, last)) == [("R10", "warning", "stats.t2.licensing_prev_items")]


def test_newly_published_of_2019_is_within_the_published() -> None:
    """R9 of the second table."""
    data = zeros(EARLY)
    put(data, "t2.regulations_newly_public", 1)
    assert told(EARLY.check(data)) == [("R9", "warning", "stats.t2.regulations_newly_public")]


# Figures by themselves


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        (-1, "form.negative", "政策解读稿件发布数是负数 -1"),
        (1.5, "form.fraction", "政策解读稿件发布数是 1.5，不是整数"),
        ("若干", "form.unreadable", "政策解读稿件发布数的值 “若干” 不是数"),
        (True, "form.unreadable", "政策解读稿件发布数的值 True 不是数"),
        (float("nan"), "form.unreadable", "政策解读稿件发布数的值 nan 不是数"),
        ([3], "form.unreadable", "政策解读稿件发布数的值 [3] 不是数"),
        (10**16, "form.unreadable", "政策解读稿件发布数的值 10000000000000000 不是数"),
        ("12", "form.text", "政策解读稿件发布数是文字 “12”，不是数"),
        ("１，２８０", "form.text", "政策解读稿件发布数是文字 “１，２８０”，不是数"),
        (None, "form.missing", "缺 1 个数：政策解读稿件发布数"),
    ],
)
def test_value_that_is_no_figure_is_told(value: object, code: str, message: str) -> None:
    """What stands in the cell is quoted."""
    findings = SHEET.check(sheet(policy_interpretations=value))
    assert [(one.code, one.tell("zh")) for one in findings] == [(code, message)]
    assert findings[0].key == "stats.policy_interpretations"


@pytest.mark.parametrize("value", [3, 3.0, Decimal(3), Decimal("3.0")])
def test_whole_number_of_any_kind_is_a_count(value: object) -> None:
    """A sheet hands over 3.0 for 3."""
    assert SHEET.check(sheet(policy_interpretations=value)) == []


def test_change_may_be_negative_and_amount_may_hold_its_unit() -> None:
    """本年增/减 has a sign; 采购总金额 is written 251000元 in its cell."""
    data = zeros(EARLY)
    put(data, "t2.punishment_delta", -3)
    put(data, "t2.procurement_amount", "25.1万元")
    assert EARLY.check(data) == []


def test_missing_figures_are_told_together_and_what_they_hinder() -> None:
    """A relation with a figure that is not there is said to be unchecked."""
    data = sheet()
    del data["stats"]["requests_fax"]
    data["stats"]["staff_total"] = None
    assert [(one.code, one.severity, one.tell("zh")) for one in SHEET.check(data)] == [
        ("form.missing", "error", "缺 2 个数：传真申请数、从事政府信息公开工作人员数"),
        ("form.not_weighed", "note", "E1 无法核对，缺 1 个数：传真申请数"),
        ("form.not_weighed", "note", "E7 无法核对，缺 1 个数：从事政府信息公开工作人员数"),
    ]


@pytest.mark.parametrize("data", [{}, {"stats": None}, {"stats": []}, {"stats": {}}])
def test_dict_without_figures_misses_all_of_them(data: Data) -> None:
    """No shape of a dict is refused."""
    first = SHEET.check(data)[0]
    assert first.code == "form.missing"
    assert len(first.keys) == 58
    assert first.tell("en").endswith(" and 52 more")


def test_misspelt_key_is_told_with_the_nearest() -> None:
    """A key that the form does not know is most likely a slip."""
    data = report()
    data["stats"]["t3"]["grantde"] = data["stats"]["t3"].pop("granted")
    findings = [one for one in REPORT.check(data) if one.code == "form.stranger"]
    assert [one.tell("en") for one in findings] == ["the form has no figure “stats.t3.grantde”"]
    assert "t3.granted" in findings[0].tell("en", "mend")


def test_blanks_and_zeros_are_not_mixed() -> None:
    """0, blank, / and —— are four things; a sheet uses one of them."""
    data = sheet(channel_gazette="", channel_other="/", meetings="——", fees_collected=" ")
    (finding,) = SHEET.check(data)
    assert (finding.code, finding.severity) == ("form.mixed", "warning")
    assert finding.tell("zh") == (
        "没有的写法不一：填“0”的54格、填“空白”的2格、填“/”的1格、填“——”的1格；"
        "例如 政府公报公开政府信息数、依申请公开信息收取的费用、其他方式公开政府信息数、"
        "召开政府信息公开工作会议或专题会议数"
    )
    assert set(finding.keys) == {
        "stats.channel_gazette",
        "stats.channel_other",
        "stats.meetings",
        "stats.fees_collected",
    }


@pytest.mark.parametrize("blank", ["", "/", "——", "－"])
def test_sheet_that_writes_nothing_in_one_way_is_not_mixed(blank: str) -> None:
    """All blank is a way to write it, and blanks count as 0."""
    data: Data = {"stats": {figure.key: blank for figure in SHEET.figures}}
    assert SHEET.check(data) == []
    data["stats"] |= {"staff_total": 4, "staff_full_time": 2, "staff_part_time": 2}
    assert SHEET.check(data) == []
    data["stats"]["staff_part_time"] = blank
    (finding,) = SHEET.check(data)
    shown = {"": "空白", "/": "/"}.get(blank, "——")
    assert finding.tell("zh").endswith(f"≠ 2 = 专职人员数 2 + 兼职人员数 {shown}")


# Last year


def test_great_jump_is_told_and_small_ones_are_not() -> None:
    """Five times as many and fifty apart."""
    last = sheet(policy_interpretations=10, response_total=2, complaints_total=100)
    this = sheet(policy_interpretations=310, response_total=20, complaints_total=300)
    (finding,) = SHEET.check(this, last)
    assert finding.code == "form.jump"
    assert finding.tell("zh") == "政策解读稿件发布数由上年的 10 变为 310，变动很大"


def test_last_year_that_is_another_year_is_told() -> None:
    """Figures of two years ago prove nothing."""
    last = report() | {"report": {"year": 2021}}
    this = report() | {"report": {"year": 2023}}
    assert told(REPORT.check(this, last)) == [("form.not_last_year", "error", "report.year")]


def test_last_year_that_a_draft_keeps_is_used() -> None:
    """A draft carries last year's figures along."""
    this = report() | {"last_year": report(carried_out__total=1)}
    assert [one.code for one in REPORT.check(this)] == ["R5"]


# Facts


def facts(**report_facts: object) -> Data:
    """Make a report of 2023 of a department."""
    return report() | {
        "form": "disclosure-2021",
        "unit": {"name_full": "示例市示例局", "level": "部门"},
        "report": {"year": 2023, "signature": "示例市示例局"} | report_facts,
    }


@pytest.mark.parametrize(
    ("facts_of_report", "expected"),
    [
        ({"sign_date": dt.date(2024, 1, 31)}, None),
        ({"sign_date": "2024年2月1日"}, "成文日期 2024年2月1日 晚于截止期 2024年1月31日"),
        ({"sign_date": "2023-12-31"}, "成文日期 2023年12月31日 在 2023 年结束之前"),
        ({"sign_date": "年初"}, "成文日期“年初”不是日期"),
        ({"title": "示例市示例局2023年政府信息公开工作年度报告"}, None),
        ({"title": "示例局2022年年度报告"}, "标题里的年份是 2022，报告年度是 2023"),
        ({"plan_year": 2024}, None),
        ({"plan_year": 2023}, "计划年度是 2023，应当是 2024"),
        ({"period_start": "2023年1月1日"}, None),
        ({"period_end": "2022-12-31"}, "统计期限是 2022年12月31日，应当是 2023年12月31日"),
        ({"year": 2020}, "2020 年的报告不用 disclosure-2021，这个表式用于 2021– 年"),
        ({"year": "2023年度"}, None),
        ({"year": "二三"}, "报告年度 '二三' 不是年份"),
        ({"year": None}, "没有报告年度，表式、日期和截止期没有核对"),
        ({"signature": "示例市示例局（盖章）"}, None),
        (
            {"signature": "示例局"},
            "单位名称不同：示例市示例局，示例局（unit.name_full、report.signature）",
        ),
        ({"signature": ""}, "report.signature 空着"),
    ],
)
def test_facts_of_the_report_are_checked(facts_of_report: Data, expected: str | None) -> None:
    """Year, era, title, period, plan, date, deadline, name."""
    found = [one.tell("zh") for one in REPORT.check(facts(**facts_of_report))]
    assert found == ([] if expected is None else [expected])


def test_government_has_until_the_end_of_march() -> None:
    """条例第四十九条 gives governments two months more."""
    data = facts(sign_date="2024-03-31")
    data["unit"]["level"] = "政府"
    assert REPORT.check(data) == []
    data["report"]["sign_date"] = "2024-04-01"
    assert told(REPORT.check(data)) == [("form.deadline", "warning", "report.sign_date")]


def test_report_without_date_is_late_once_the_deadline_has_passed() -> None:
    """Whoever drafts in February is told."""
    data = facts(sign_date=None)
    assert REPORT.check(data, today=dt.date(2024, 1, 31)) == []
    late = REPORT.check(data, today=dt.date(2024, 2, 1))
    assert told(late) == [("form.deadline_passed", "warning", "report.sign_date")]


def test_dict_of_another_form_is_told() -> None:
    """A dict names its form."""
    data = sheet() | {"form": "disclosure-2021"}
    assert told(SHEET.check(data)) == [("form.other_form", "error", "form")]


def test_two_dates_and_two_phones_are_told() -> None:
    """The report and its sheet agree."""
    data = facts(sign_date="2024-01-24") | {
        "contact": {"phone": "0000-1234567"},
        "form_footer": {"phone": "0000-7654321", "fill_date": "2024年1月25日"},
    }
    assert [one.code for one in REPORT.check(data)] == ["form.date_differs", "form.phone_differs"]


def test_texts_of_the_dict_are_searched_for_what_must_not_be_published() -> None:
    """Mobile numbers, placeholders, wrong brackets: told with the key of the text."""
    data = facts() | {
        "contact": {"phone": "13800000000"},
        "sections": {"overview": [{"text": "按照示办发【2023】5号文件，共××件。"}]},
    }
    assert told(REPORT.check(data)) == [
        ("form.mobile", "error", "contact.phone"),
        ("F1", "warning", "sections.overview.0.text"),
        ("form.placeholder", "error", "sections.overview.0.text"),
    ]


def test_check_never_changes_the_dict() -> None:
    """What is checked stays as it is."""
    data = facts(sign_date="2024-03-31")
    before = copy.deepcopy(data)
    REPORT.check(data, report(carried_out__total=1))
    assert data == before
