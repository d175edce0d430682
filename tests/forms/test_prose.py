"""Sentences are held against the figures, against each other, and against official writing."""

from typing import Any

import pytest

from govdocs.errors import Place
from govdocs.forms import Finding, Form, form_ids, load_form
from govdocs.forms.prose.brackets import find_unpaired
from govdocs.forms.prose.paragraphs import fold_paragraph
from govdocs.forms.prose.sums import work_out

FORMS = {name: load_form(name) for name in form_ids()}
SHEET, EARLY, REPORT = FORMS.values()

Data = dict[str, Any]


def figures(form: Form, **given: object) -> Data:
    """Make a dict with some figures, 0 elsewhere; ``granted__total`` is of the third table."""
    data: Data = {"stats": {}}
    for key in form.by_key:
        put(data, key, 0)
    for name, value in given.items():
        put(data, name if form is SHEET else f"t3.{name.replace('__', '.')}", value)
    return data


def put(data: Data, key: str, value: object) -> Data:
    """Set a figure."""
    *sections, name = ["stats", *key.split(".")]
    for section in sections:
        data = data.setdefault(section, {})
    data[name] = value
    return data


def told(findings: list[Finding]) -> list[tuple[str, list[object]]]:
    """Tell the code of findings and the numbers of their paragraphs."""
    return [(one.code, [place.spot[0][1] for place in one.places]) for one in findings]


def codes(form: Form, *paragraphs: str, data: Data | None = None, year: int = 2023) -> list[str]:
    """Check paragraphs and tell the codes of what is found."""
    return [one.code for one in form.check_prose(paragraphs, data, year)]


# A report of the old era, with the faults of a real one

OLD_REPORT = [
    "宁夏某园区 2018 年政府信息公开工作年度报告",
    (
        "内容包括工作总体情况及 2019 年工作计划。统计期限自 2018 年 1 月 1 日起，"
        "至 2018 年 12 月 31 日止。请与办公室联系（地址：某路 1 号，电话：0000000，"
        "电子邮箱：gongkai@example.com"
    ),
    "一、总体公开工作情况概述",
    "设置政府信息公开查阅点数 1 个，从事政府信息公开工作专职人员数 2 人，兼职人员数 2 人。",
    "制定了《园区 2018 年实施方案》、《信息公开指南》和《公开目录》、《考核办法》。",
    "组织开展了业务培训和研讨交流，鼓励工作人员参加培训。",
    "设置 LED 电子屏、公告栏等设施，及时发布信息。",
    "还通过招商手册将优惠政策面向全社会公开。",
    "认真贯彻《关于深入推进预决算公开的通知》（宁党办【2016】54号）要求。",
    "（二）主动回应社会关切",
    "严格落实规范性文件统一登记、统一编号制度。",
    "三、政府信息主动公开情况",
    (
        "2018 年度主动公开政府信息的数量及通过门户网站平台更新部门动态等信息 401 项，其中部门动态"
        " 200 项，部门文件 62 项，园区管理 68 项，领导分工 15 项，公布 2018 财政预决算 10 项，"
        "重点建设项目 12 项，工作总结 17 项，公共栏目共 17 项。通过 12345 市民热线解决问题 27 项，"
        "通过政务微信和政务微博公开政府信息数共 84 项。"
    ),
    "四、政府信息依申请公开情况",
    "2018 年度园区未收到政府信息公开的申请情况。",
    "五、因信息公开申请行政复议及提起行政诉讼情况",
    "2018 年度未收到政府信息公开申请行政复议及提起行政诉讼情况。",
    "八、2019 年政府信息公开工作计划",
    "一是**加强领导**。将举办培训班3期，制发规范性文件5件。",
    "附件：政府信息公开情况统计表",
    "某园区管理委员会（代章）",
    "2019年1月24日",
    "附件：",
    "2018 年度政府信息公开情况统计表",
    "填报单位（盖章）：",
    "审核人：李某某",
]
OLD_FIGURES = {
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


def test_report_of_2018_shows_its_contradictions_and_deviations_and_no_error() -> None:
    """W1 to W4, F1 to F7, each with its paragraphs, and nothing of error severity."""
    findings = SHEET.check_prose(OLD_REPORT, figures(SHEET, **OLD_FIGURES), 2018)
    assert told(findings) == [
        ("F2", [2]),
        ("F3", [5]),
        ("W1", [6]),
        ("W2", [7, 8]),
        ("F1", [9]),
        ("W4", [10, 13]),
        ("W3", [11, 13]),
        ("F7", [13]),
        ("F4", [20, 24]),
        ("F5", [23]),
        ("F6", [25]),
    ]
    assert {finding.severity for finding in findings} == {"warning"}
    assert findings[8].tell("zh") == (
        "附件说明“政府信息公开情况统计表”与附件标题“2018年度政府信息公开情况统计表”不一致"
    )
    assert findings[0].tell("en") == "（ has no partner: “（地址：某路1号，电话：”"


@pytest.mark.parametrize(
    ("changed", "code", "message"),
    [
        (
            {"proactive_total": 402},
            "T1",
            (
                "正文“主动公开政府信息的数量及通过门户网站平台更新部门动态等信息401项”，"
                "表内是 主动公开政府信息数 402"
            ),
        ),
        (
            {"channel_weibo": 8},
            "T3",
            (
                "正文“政务微信和政务微博公开政府信息数共84项”，"
                "表内是 85 = 政务微博公开政府信息数 8 + 政务微信公开政府信息数 77"
            ),
        ),
        ({"reading_points": 2}, "T6", "正文“查阅点数1个”，表内是 设置政府信息公开查阅点数 2"),
        ({"staff_part_time": 0}, "T6", "正文“兼职人员数2人”，表内是 兼职人员数 0"),
        (
            {"requests_received": 1},
            "T8",
            "正文说没有（“未收到政府信息公开的申请”），表内是 收到申请数 1",
        ),
        (
            {"reconsideration_total": 1},
            "T8",
            "正文说没有（“未收到政府信息公开申请行政复议”），表内是 行政复议数量 1",
        ),
    ],
)
def test_figure_of_a_sentence_that_differs_from_the_sheet_is_told(
    changed: Data, code: str, message: str
) -> None:
    """Each sentence with a twin in the sheet is held against it."""
    findings = SHEET.check_prose(OLD_REPORT, figures(SHEET, **(OLD_FIGURES | changed)), 2018)
    assert [(one.code, one.tell("zh")) for one in findings if one.code[0] == "T"] == [
        (code, message)
    ]


def test_what_the_text_tells_of_is_not_asked_for_where_the_sheet_has_it() -> None:
    """W1 to W4 are silent once a figure is above 0."""
    more = {"trainings": 1, "trainees": 9, "channel_other": 3, "normative_docs_issued": 2}
    data = figures(SHEET, **(OLD_FIGURES | more | {"response_total": 1}))
    findings = SHEET.check_prose(OLD_REPORT, data, 2018)
    assert not [one for one in findings if one.code.startswith("W")]


# Reports of the new era

NEW_REPORT = [
    "示例市示例局2023年政府信息公开工作年度报告",
    (
        "根据《中华人民共和国政府信息公开条例》（国务院令第711号）和《国务院办公厅关于印发〈年度报告格式〉"
        "的通知》（国办公开办函〔2021〕30号）编制。统计期限自2023年1月1日起至2023年12月31日止。"
    ),
    "一、总体情况",
    "（一）主动公开。2023年通过政府网站公开信息1280条，较2022年增长12.5%。",
    (
        "（二）依申请公开。全年新收政府信息公开申请12件，上年结转1件，共办结11件，其中予以公开5件，"
        "部分公开2件，不予公开1件，无法提供3件，结转下年度继续办理2件。未发生因政府信息公开引起的"
        "行政复议和行政诉讼。"
    ),
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "一是主动性不够。2024年将加强培训，计划举办培训班3期。",
    "六、其他需要报告的事项",
    "本年度没有收取信息处理费。",
    "示例市示例局",
    "2024年1月20日",
]
NEW_FIGURES = {
    "new_received__total": 12,
    "carried_in__total": 1,
    "result_total__total": 11,
    "carried_out__total": 2,
    "granted__total": 5,
    "partially_granted__total": 2,
    "denied_third_party__total": 1,
    "unable_not_held__total": 3,
}


def test_report_that_agrees_with_its_table_has_no_findings() -> None:
    """Comparisons, plans, cited documents and titles are no faults."""
    assert told(REPORT.check_prose(NEW_REPORT, figures(REPORT, **NEW_FIGURES))) == []


@pytest.mark.parametrize(
    "key",
    [
        "new_received__total",
        "carried_in__total",
        "result_total__total",
        "carried_out__total",
        "granted__total",
        "partially_granted__total",
        "denied_state_secret__total",
        "unable_still_unclear__total",
    ],
)
def test_each_figure_of_the_sentences_is_held_against_the_table(key: str) -> None:
    """One cell changed by one is told, and nothing else is."""
    data = figures(REPORT, **(NEW_FIGURES | {key: NEW_FIGURES.get(key, 0) + 1}))
    findings = REPORT.check_prose(NEW_REPORT, data)
    assert len(findings) == 1
    assert findings[0].place.spot == (("p", 5),)
    address = f"stats.t3.{key.replace('__', '.')}"
    assert address in findings[0].keys


def test_published_share_and_sum_that_do_not_come_out_are_told() -> None:
    """275 in the table against 258 in the text, and a share of nothing known."""
    data = figures(
        EARLY,
        new_received__total=859, carried_in__total=18, result_total__total=805,
        carried_out__total=72, granted__total=272, partially_granted__total=3,
        unable_not_held__total=337,
    )  # fmt: skip
    text = (
        "答复805件，其中：予以公开及部分公开258件，占33.9%；无法提供265件，结转下年度继续办理72件。"
    )
    findings = EARLY.check_prose([text], data, 2019)
    assert [one.tell("zh") for one in findings] == [
        "正文“予以公开及部分公开258件”，表内是 275 = 予以公开（总计） 272 + 部分公开（总计） 3",
        "正文“无法提供265件”，表内是 本机关不掌握相关政府信息（总计） 337",
        "占比 33.9% 与表内、段内的任何总数都算不出：“258件，占33.9%”",
    ]


def test_share_that_comes_out_is_right() -> None:
    """275 of 805 are 34.2 %, of 859 they are 32.0 %."""
    data = figures(EARLY, result_total__total=805, granted__total=275)
    assert codes(EARLY, "予以公开275件，占34.2%。", data=data) == []
    assert codes(EARLY, "予以公开275件，占34.16%。", data=data) == []
    assert codes(EARLY, "予以公开275件，占34.1%。", data=data) == ["form.share"]


def test_sentence_that_does_not_balance_is_told_without_a_table() -> None:
    """78 + 3 is not 75 + 3."""
    text = "新收到政府信息公开申请78件，结转上年度办理3件，答复75件，结转下年度继续办理3件。"
    (finding,) = REPORT.check_prose([text], year=2025)
    assert (finding.code, finding.severity) == ("R1", "warning")
    assert finding.tell("zh") == (
        "正文：本年新收政府信息公开申请数量 78 + 上年结转政府信息公开申请数量 3 = 81"
        " ≠ 78 = 总计 75 + 结转下年度继续办理 3"
    )
    assert codes(REPORT, text.replace("答复75件", "答复78件")) == []


def test_equation_written_out_is_worked_out() -> None:
    """An equation in the text holds or not."""
    (finding,) = REPORT.check_prose(["收支为78 + 3 = 75 + 3件。"])
    assert finding.tell("zh") == "等式两边不等，81 ≠ 78：“78+3=75+3”"
    assert codes(REPORT, "收支为78+3=75+6件。") == []
    assert [work_out(one) for one in ("1,280+20-1", "7", "1+", "x")] == [1299, 7, None, None]


def test_two_sentences_that_contradict_each_other_are_told() -> None:
    """Without a table the text is held against itself."""
    texts = ["全年收到申请12件。", "共收到政府信息公开申请13件。"]
    (finding,) = REPORT.check_prose(texts)
    assert finding.tell("zh") == "正文前后不一：本年新收政府信息公开申请数量（总计）写作 12、13"
    assert told([finding]) == [("form.prose_differs", [1, 2])]


@pytest.mark.parametrize(
    "text",
    [
        "通过网络收到申请5件。",
        "收到自然人申请5件。",
        "其中收到信函申请5件。",
        "上年收到申请5件。",
        "收到投诉举报5件，均不属于申请。",
        "收到人大代表建议5件。",
    ],
)
def test_figure_of_something_else_is_not_taken_for_the_total(text: str) -> None:
    """Parts, other years and other matters are no twins of the total."""
    assert codes(REPORT, text, data=figures(REPORT, new_received__total=12)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共主动公开400条，其中甲200条，乙150条，丙51条。", ["form.parts"]),
        ("共主动公开400条，其中甲200条，乙150条，丙49条。", ["form.parts"]),
        ("共主动公开400条，其中甲200条，乙150条，丙50条。", []),
        ("共主动公开400条，其中甲200条，乙150条。", []),
        ("共主动公开400条，其中甲200条，乙150条，丙9条等。", []),
        ("共主动公开400条，其中甲200条，乙250条。", ["form.parts"]),
        ("共主动公开400条，其中甲200条，占50%，乙200条，占50%。", []),
    ],
)
def test_parts_after_the_total_are_added_up(text: str, expected: list[str]) -> None:
    """Two parts may be examples, more are a list; too much is always wrong."""
    assert codes(REPORT, text) == expected


# Sections


def test_missing_section_and_wrong_order_are_told() -> None:
    """Six sections, in their order, under their numbers."""
    left_out = [text for text in NEW_REPORT if not text.startswith("四、")]
    (finding,) = REPORT.check_prose(left_out)
    assert finding.tell("zh") == "缺 1 个部分：政府信息公开行政复议、行政诉讼情况"
    swapped = [*NEW_REPORT[:5], NEW_REPORT[6], NEW_REPORT[5], *NEW_REPORT[7:]]
    assert codes(REPORT, *swapped) == ["form.section_order"]
    numbered = [text.replace("四、", "五、") for text in NEW_REPORT]
    (finding,) = REPORT.check_prose(numbered)
    assert finding.tell("zh") == ("“五、政府信息公开行政复议、行政诉讼情况”的序号应当是“四、”")


def test_longer_title_of_a_section_is_the_same_section() -> None:
    """政府信息公开工作存在的主要问题及改进情况 is written by some."""
    longer = [text.replace("五、", "五、政府信息公开工作") for text in NEW_REPORT]
    assert codes(REPORT, *longer) == []


def test_sheet_of_2014_has_no_prescribed_sections() -> None:
    """Titles of that era were free."""
    assert codes(SHEET, "一、甲", "二、乙", year=2018) == []


def test_section_six_that_says_nothing_while_fees_were_taken_is_told() -> None:
    """R7: the fee of the second table belongs into section six."""
    data = figures(REPORT, **NEW_FIGURES)
    put(data, "t2.admin_fees_amount", 3)
    nothing = [*NEW_REPORT[:11], "无。", *NEW_REPORT[14:]]
    assert [one.code for one in REPORT.check_prose(nothing, data)] == ["R7"]
    put(data, "t2.admin_fees_amount", 0)
    assert REPORT.check_prose(nothing, data) == []


def test_section_five_that_says_nothing_is_told() -> None:
    """Every report has problems to tell of."""
    for nothing in ([], ["无。"], ["暂无"]):
        texts = NEW_REPORT[:9] + nothing + NEW_REPORT[10:]
        assert codes(REPORT, *texts) == ["form.section_empty"]


# Years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（二）依申请公开：2022年，镇政府未收到申请。", ["form.stale_year"]),
        ("2022年度举办活动。", ["form.stale_year"]),
        ("较2022年增长5%。", []),
        ("印发《示例市2022年工作要点》。", []),
        ("自2022年5月起施行。", []),
        ("2024年将继续努力。", []),
        ("2018年建成大厅。", ["form.other_year"]),
        ("根据国办发〔2022〕8号文件。", []),
        ("统计期限自2022年1月1日起至2022年12月31日止。", ["form.period_in_text"]),
        ("统计期限为2023年1月1日至2023年12月31日。", []),
        ("示例局2022年政府信息公开工作年度报告", ["form.title_year_in_text"]),
        ("2022年度政府信息公开情况统计表", ["form.title_year_in_text"]),
        ("2023年12月20日", ["form.date_year_in_text"]),
        ("2024年2月20日", []),
        ("七、2023年工作计划", ["form.plan_year_in_text", "form.section_missing"]),
        ("编号20221234。", []),
    ],
)
def test_years_of_the_text_are_held_against_the_report_year(text: str, expected: list[str]) -> None:
    """A report on 2023: last year in a sentence is stale unless it compares."""
    assert codes(REPORT, text) == expected


def test_report_year_is_taken_from_dict_or_title() -> None:
    """The caller need not give it."""
    stale = "2022年，未收到申请。"
    assert [one.code for one in REPORT.check_prose([stale], {"report": {"year": 2023}})] == [
        "form.stale_year"
    ]
    assert told(REPORT.check_prose([NEW_REPORT[0], stale])) == [("form.stale_year", [2])]
    assert REPORT.check_prose([stale]) == []


# Official writing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（示办发【2016】54号）", ["F1"]),
        ("（示办发[2016]54号）", ["F1"]),
        ("示办发（2016）54号", ["F1"]),
        ("示办发﹝2016﹞54号", ["F1"]),
        ("示办发〔2016〕54号", []),
        ("示办发〔2016〕第54号", ["F1"]),
        ("示办发〔2016〕05号", ["F1"]),
        ("《甲》、《乙》", ["F3"]),
        ("“甲”、“乙”", ["F3"]),
        ("《甲》《乙》和《丙》", []),
        ("《关于<甲>的通知》", ["Q2"]),
        ("《关于〈甲〉的通知》", []),
        ("2024年01月24日发布。", ["D5"]),
        ("2024年1月04日发布。", ["D5"]),
        ("2024年10月20日发布。", []),
        ("公布 2023 财政预决算。", ["F7"]),
        ("共 2019 件，第2020号，邮编2023012。", []),
        ("附件：1.统计表。", ["A1"]),
        ("附件：统计表", []),
        ("附件1：", ["F5"]),
        ("填报单位（盖章）：", ["F6"]),
        ("填报单位（盖章）：示例局", []),
        ("（地址：某路1号", ["F2"]),
        ("《甲、乙", ["F2"]),
        ("甲）乙", ["F2"]),
        ("1）甲；2）乙", []),
        ("“甲（乙）丙”", []),
        ("（甲)", []),
    ],
)
def test_rules_of_official_writing_are_kept(text: str, expected: list[str]) -> None:
    """GB/T 9704, GB/T 15834 and GB/T 15835 as far as a machine can see."""
    assert codes(REPORT, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联系人：13800000000", ["form.mobile"]),
        ("联系人：138 0000 0000", ["form.mobile"]),
        ("联系人：138****0000", []),
        ("电话：0000-8060333", []),
        ("身份证号110101199003070000", ["form.identity"]),
        ("身份证号11010119900307000X", ["form.identity"]),
        ("信用代码91110000000000000X", []),
        ("卡号6222020000000000000", ["form.bank_card"]),
        ("共{{ n }}件", ["form.placeholder"]),
        ("{% if x %}", ["form.placeholder"]),
        ("共××件", ["form.placeholder"]),
        ("某XX局", ["form.placeholder"]),
        ("共____件", ["form.placeholder"]),
        ("【待填：收到申请数】", ["form.placeholder"]),
        ("此处填写说明", ["form.placeholder"]),
        ("12345热线", []),
        ("见 Excel 2016 与 MAXX 系统", []),
    ],
)
def test_what_must_not_be_published_is_an_error(text: str, expected: list[str]) -> None:
    """Personal numbers and placeholders that were left."""
    findings = REPORT.check_prose([text])
    assert [one.code for one in findings] == expected
    assert {one.severity for one in findings} <= {"error"}


def test_attachments_are_held_against_their_announcement() -> None:
    """Several attachments are told apart by their numbers."""
    texts = ["附件：1.统计表", "2. 名单", "示例局", "附件1", "统计表", "附件2", "名录"]
    (finding,) = REPORT.check_prose(texts)
    assert told([finding]) == [("F4", [2, 7])]
    (finding,) = REPORT.check_prose(texts[:5])
    assert finding.tell("zh") == "附件说明里的“名单”没有附上"
    assert REPORT.check_prose(texts[:3]) == []


# Paragraphs


def test_spaces_beside_chinese_are_folded_and_others_kept() -> None:
    """Extractors leave spaces between digits and words."""
    assert fold_paragraph(" 收到 申请 12 件，见 Excel 2016 表 ") == "收到申请12件，见Excel2016表"
    assert fold_paragraph("１２３％　完成") == "123%完成"
    assert fold_paragraph("1 280 条") == "1 280条"


def test_brackets_pair_across_kinds_in_their_order() -> None:
    """Where two kinds cross, the inner one is at fault."""
    assert list(find_unpaired("（甲《乙）丙》")) == [("《", 2), ("》", 6)]
    assert list(find_unpaired("“甲（乙”丙）")) == [("（", 2), ("）", 6)]


def test_places_of_paragraphs_are_those_of_the_file() -> None:
    """The engine says where each paragraph is; empty ones count."""
    places = [Place(part="正文", spot=(("p", number),)) for number in (1, 2, 3)]
    (finding,) = REPORT.check_prose(["", "甲）", ""], places=places)
    assert finding.place == places[1]


def test_office_may_add_rules_and_lower_others(tmp_path: Any) -> None:
    """Prose rules are data, in overlays too."""
    overlay = tmp_path / "office.toml"
    overlay.write_text(
        'extends = "disclosure-2021"\n[severity]\nF3 = "note"\n'
        '[[prose]]\ncode = "L1"\nkind = "pattern"\npattern = "一把手"\nseverity = "warning"\n'
        'source = "本局用语"\nsays.zh = "写“主要负责人”"\nsays.en = "say 主要负责人"\n',
        encoding="utf-8",
    )
    form = load_form("disclosure-2021", [overlay])
    findings = form.check_prose(["一把手负责《甲》、《乙》。"])
    assert [(one.code, one.severity, one.tell("zh")) for one in findings] == [
        ("F3", "note", "书名号之间、引号之间通常不用顿号：“》、《”"),
        ("L1", "warning", "写“主要负责人”：“一把手”"),
    ]
