"""2014: the report's sentences follow the figures of the table: nought is said in words."""

import copy
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

import govdocs
from govdocs.data import load_data
from govdocs.forms import load_form

Lines = list[str]
Fill = Callable[..., Lines]


@pytest.fixture(scope="module")
def fill(root: Path) -> Fill:
    """Fill the report from the sample with other figures; give back its paragraphs."""
    template = govdocs.Template(root / "templates/disclosure-2014/report.docx")
    sample = load_data(root / "samples/helan-2018.yaml")

    def filled(**changes: Any) -> Lines:
        data = copy.deepcopy(sample)
        data["stats"] |= changes.pop("stats", {})
        data["report"] |= changes.pop("report", {})
        content = bytes(template.fill(data | changes))
        return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]

    return filled


def section(lines: Lines, number: str) -> Lines:
    """The paragraphs below the heading that begins with ``number``, to the next heading."""
    start = next(i for i, line in enumerate(lines) if line.startswith(f"{number}、"))
    numerals = "一二三四五六七八"
    ends = (
        i
        for i, line in enumerate(lines)
        if i > start and ((line[:1] in numerals and line[1:2] == "、") or line.startswith("附件"))
    )
    return lines[start + 1 : next(ends)]


def test_sample_fills_eight_headed_sections_in_order(fill: Fill) -> None:
    """The headings are those of the published report, but for the year they are told."""
    headings = [line for line in fill() if line[1:2] == "、" and line[0] in "一二三四五六七八"]
    assert headings == [
        "一、总体公开工作情况概述",
        "二、政务公开重点工作落实情况",
        "三、政府信息主动公开情况",
        "四、政府信息依申请公开情况",
        "五、因信息公开申请行政复议及提起行政诉讼情况",
        "六、各级人大代表建议办理结果公开情况",
        "七、政务信息公开工作存在的问题和不足",
        "八、2019年政府信息公开工作计划",
    ]


def test_sample_tells_its_figures_in_sentences(fill: Fill) -> None:
    """401 is the table's, 84 the sum of 7 and 77, 27 the prose's own."""
    assert section(fill(), "三") == [
        (
            "2018年，园区共主动公开政府信息401条，其中：园区部门动态200条，部门文件62条，园区管理68条，"
            "公示公告、公开指南和机构职责15条，财政预决算和三公经费10条，重点建设项目12条，园区工作总结17条，"
            "信息公开公共栏目17条。"
        ),
        (
            "从公开渠道看，政府网站401条，政务微博和政务微信合计84条（微博7条，微信77条）；"
            "不同渠道公开相同信息的，总数只计1条。"
        ),
        "办结12345市民热线转来的问题27项。",
    ]


def test_noughts_of_the_sample_are_said_in_words(fill: Fill) -> None:
    """No request, no case, no proposal."""
    lines = fill()
    assert section(lines, "四") == ["2018年，园区未收到政府信息公开申请，也没有因此收取费用。"]
    assert section(lines, "五") == [
        "2018年，园区未收到涉及信息公开的行政复议申请，也未发生行政诉讼。"
    ]
    assert section(lines, "六") == ["2018年，园区没有需要公开办理结果的人大代表建议。"]


@pytest.mark.parametrize(
    ("stats", "sentences"),
    [
        (
            {"requests_received": 3, "requests_online": 3},
            [
                "2018年，园区共收到政府信息公开申请3件，网络申请3件。全年没有收取费用。",
                "收到的申请均在办理之中，年内尚未办结。",
            ],
        ),
        (
            {
                "requests_received": 12,
                "requests_fax": 4,
                "requests_letter": 8,
                "requests_closed": 10,
                "closed_on_time": 9,
                "closed_extended": 1,
                "replies_total": 10,
                "reply_granted": 7,
                "reply_denied": 3,
                "fees_collected": 0.5,
            },
            [
                "2018年，园区共收到政府信息公开申请12件，传真申请4件，信函申请8件。",
                "全年办结申请10件，按时办结9件，延期办结1件；尚有2件在法定期限内办理。",
                "全年答复申请10件，同意公开7件，不同意公开3件。",
                "依申请公开信息收取的费用为0.5万元。",
            ],
        ),
        (
            {"requests_closed": 2, "closed_on_time": 2, "replies_total": 2, "reply_not_exist": 2},
            [
                "2018年，园区未收到政府信息公开申请，也没有因此收取费用。",
                "全年办结申请2件，按时办结2件。",
                "全年答复申请2件，申请信息不存在2件。",
            ],
        ),
    ],
)
def test_requests_are_told_as_far_as_there_are_any(
    fill: Fill, stats: dict[str, Any], sentences: Lines
) -> None:
    """Received, closed and answered requests, each with the kinds that are not nought."""
    assert section(fill(stats=stats), "四") == sentences


@pytest.mark.parametrize(
    ("stats", "sentences"),
    [
        (
            {"reconsideration_total": 2, "reconsideration_upheld": 2},
            [
                "2018年，因信息公开申请行政复议的共2件，维持具体行政行为2件。未发生行政诉讼。",
            ],
        ),
        (
            {"litigation_total": 1, "litigation_corrected": 1, "complaints_total": 5},
            [
                "2018年，因信息公开提起行政诉讼的共1件，被依法纠错1件。未收到行政复议申请。",
                "全年收到与信息公开有关的举报投诉5件。",
            ],
        ),
        (
            {
                "reconsideration_total": 1,
                "reconsideration_other": 1,
                "litigation_total": 1,
                "litigation_upheld": 1,
            },
            [
                "2018年，因信息公开申请行政复议的共1件，其他情形1件。",
                "2018年，因信息公开提起行政诉讼的共1件，维持具体行政行为或者驳回原告诉讼请求1件。",
            ],
        ),
    ],
)
def test_disputes_are_told_one_by_one(fill: Fill, stats: dict[str, Any], sentences: Lines) -> None:
    """Where only one kind happened, the other is said not to have."""
    assert section(fill(stats=stats), "五") == sentences


@pytest.mark.parametrize("mark", [0, "/", "——", ""])
def test_marks_of_the_table_for_nothing_are_said_as_nought(fill: Fill, mark: Any) -> None:
    """A cell may hold / where there is nothing to count; no sentence says that / were received."""
    keys = ("requests_received", "reconsideration_total", "litigation_total", "fees_collected")
    nought = dict.fromkeys((*keys, "reading_points", "dedicated_offices", "meetings"), mark)
    lines = fill(stats=nought)
    assert section(lines, "四") == ["2018年，园区未收到政府信息公开申请，也没有因此收取费用。"]
    assert section(lines, "五") == [
        "2018年，园区未收到涉及信息公开的行政复议申请，也未发生行政诉讼。"
    ]
    assert "未设政府信息公开工作专门机构，未设政府信息公开查阅点；" in section(lines, "一")[0]


def test_draft_says_no_nought_that_nobody_has_counted(root: Path) -> None:
    """Next year's draft marks every figure of the prose; only the year itself is moved on."""
    sample = load_data(root / "samples/helan-2018.yaml")
    draft = load_form("disclosure-2014").draft(sample, 2019)
    template = govdocs.Template(root / "templates/disclosure-2014/report.docx")
    filled = docx.Document(io.BytesIO(bytes(template.fill(draft, missing="mark"))))
    text = "\n".join(paragraph.text for paragraph in filled.paragraphs)
    assert [word for word in ("没有", "未收到", "未设", "未发生", "2018") if word in text] == []
    assert "共收到政府信息公开申请〔待填：stats.requests_received〕件" in text


@pytest.mark.parametrize(
    ("weibo", "wechat", "words"),
    [
        (0, 0, "政府网站401条，政务微博和政务微信没有公开政府信息；"),
        (5, 0, "政府网站401条，政务微博5条；"),
        (0, 6, "政府网站401条，政务微信6条；"),
        (5, 6, "政府网站401条，政务微博和政务微信合计11条（微博5条，微信6条）；"),
    ],
)
def test_channels_are_told_as_far_as_they_were_used(
    fill: Fill, weibo: int, wechat: int, words: str
) -> None:
    """The sum of two channels is computed, never typed."""
    lines = fill(stats={"channel_weibo": weibo, "channel_wechat": wechat})
    assert words in section(lines, "三")[1]


def test_proposals_are_counted_where_there_are_any(fill: Fill) -> None:
    """The opposite of the sample's case."""
    lines = fill(proposals_disclosed=4)
    assert section(lines, "六") == ["2018年，园区公开人大代表建议办理结果4件。"]


def test_section_without_problems_is_not_an_empty_heading(fill: Fill) -> None:
    """Problems stand in one paragraph, numbered in words; without any, 无 is said."""
    plan = {"intro": "略。", "items": []}
    problems = [{"lead": "甲", "text": "子。"}, {"lead": "乙", "text": "丑。"}]
    shared = {"overview": [], "implementation": [], "plan": plan}
    assert section(fill(sections={**shared, "problems": problems}), "七") == [
        "一是甲。子。二是乙。丑。"
    ]
    assert section(fill(sections={**shared, "problems": []}), "七") == ["无。"]


@pytest.mark.parametrize(
    ("seal", "signature"),
    [
        ("代章", "贺兰工业园区管理委员会（代章）"),
        ("盖章", "贺兰工业园区管理委员会（盖章）"),
        ("", "贺兰工业园区管理委员会"),
    ],
)
def test_signature_keeps_the_note_of_its_seal_and_stands_above_the_date(
    fill: Fill, seal: str, signature: str
) -> None:
    """7.3.5: signature, then date; the note is text of the form."""
    lines = fill(report={"seal_note": seal})
    assert lines[lines.index("附件") - 2 : lines.index("附件")] == [signature, "2019年1月24日"]


def test_one_attachment_is_named_as_its_title_without_a_number(fill: Fill) -> None:
    """7.3.4 and 7.3.7: the note and the title are the same words."""
    lines = fill()
    annex = lines.index("附件")
    assert lines[annex - 3] == "附件：2018年度政府信息公开情况统计表"
    assert lines[annex + 1] == "2018年度政府信息公开情况统计表"


def test_several_attachments_are_numbered_in_note_and_annex(fill: Fill) -> None:
    """7.3.4 and 7.3.7: the number stands in both places."""
    lines = fill(attachments=[{"title": "统计表"}, {"title": "名单"}, {"title": "说明"}])
    annex = lines.index("附件1")
    assert lines[annex - 5 : annex - 2] == ["附件：1.统计表", "2.名单", "3.说明"]
    assert lines[annex + 1] == "统计表"
