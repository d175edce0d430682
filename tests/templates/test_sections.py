"""2019, 2021: six sections whose sentences follow the figures of the tables."""

import copy
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest

import govdocs
from govdocs.data import load_data
from govdocs.forms import Form, load_form
from tests.support.libreoffice import LibreOffice

SAMPLES = {"disclosure-2019": "example-2020", "disclosure-2021": "example-2021"}
NOTHING_ASKED = "本局未收到政府信息公开申请，也没有上年结转的申请。"
NO_DISPUTE = "未发生因政府信息公开工作被申请行政复议、提起行政诉讼的情况。"

Lines = list[str]
Fill = Callable[..., Lines]


@pytest.fixture(params=SAMPLES)
def form(request: pytest.FixtureRequest) -> Form:
    """Each of the two forms."""
    return load_form(request.param)


@cache
def report_of(path: Path) -> govdocs.Template:
    """Compile a report once for all tests; filling never changes it."""
    return govdocs.Template(path)


def fill(root: Path, form: str, data: dict[str, Any], missing: Any = "error") -> Lines:
    """Fill the report of a form; give back its paragraphs."""
    template = report_of(root / "templates" / form / "report.docx")
    content = bytes(template.fill(data, missing=missing))
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]


def sample_of(root: Path, form: str, stats: dict[str, Any] | None = None) -> dict[str, Any]:
    """The sample of a form, with other figures under their dotted keys."""
    data = copy.deepcopy(dict(load_data(root / f"samples/{SAMPLES[form]}.yaml")))
    for key, value in (stats or {}).items():
        *steps, last = key.split(".")
        place = data["stats"]
        for step in steps:
            place = place[step]
        place[last] = value
    return data


def between(lines: Lines, start: str, end: str) -> Lines:
    """The paragraphs between two headings."""
    return lines[lines.index(start) + 1 : lines.index(end)]


def test_report_has_the_six_sections_and_five_aspects_of_the_form(root: Path, form: Form) -> None:
    """In their order; tables stand in 二, 三 and 四, so that nothing stands between them here."""
    lines = fill(root, form.id, sample_of(root, form.id))
    numbered = [f"{n}、{title}" for n, title in zip("一二三四五六", form.sections, strict=True)]
    assert [line for line in lines if line[:2] in {f"{n}、" for n in "一二三四五六"}] == numbered
    assert [line for line in lines if line.startswith("（")] == [
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）政府信息公开平台建设",
        "（五）监督保障",
    ]
    at = lines.index(numbered[1])
    assert lines[at : at + 4] == numbered[1:5]


def test_2021_sample_tells_its_figures_in_sentences(root: Path) -> None:
    """16 is 2 + 1 + 5 + 1 + 3 + 3 + 1, 20 is 14 + 4 + 2; 32 of 106 asked as organisations."""
    sample = sample_of(root, "disclosure-2021")
    lines = fill(root, "disclosure-2021", sample)
    assert between(lines, "（一）主动公开", "（二）依申请公开") == [
        "本年没有制发规章，现行有效的规章1件。",
        "本年制发行政规范性文件4件，废止行政规范性文件2件，现行有效的行政规范性文件19件。",
        (
            "作出行政许可处理决定452件，行政处罚处理决定237件，行政强制处理决定11件；"
            "收取行政事业性收费86.35万元。"
        ),
        sample["sections"]["overview"]["proactive"],
    ]
    assert between(lines, "（二）依申请公开", "（三）政府信息管理") == [
        "2021年，本局新收政府信息公开申请106件（自然人74件，法人或其他组织32件），上年结转7件。",
        (
            "全年办结105件，予以公开45件，部分公开11件，不予公开16件，无法提供20件，不予处理8件，"
            "其他处理5件；结转下年度继续办理8件。"
        ),
        (
            "因政府信息公开工作被申请行政复议4件，结果维持3件，结果纠正1件；"
            "被提起行政诉讼2件，未经复议直接起诉1件，复议后起诉1件。"
        ),
        sample["sections"]["overview"]["on_request"],
    ]


def test_2019_sample_tells_its_figures_in_sentences(root: Path) -> None:
    """The amount of 政府集中采购 has its unit beside it."""
    sample = sample_of(root, "disclosure-2019")
    lines = fill(root, "disclosure-2019", sample)
    assert between(lines, "（一）主动公开", "（二）依申请公开") == [
        "本年新制作规范性文件3件，新公开规范性文件3件，对外公开的规范性文件共17件。",
        (
            "作出行政许可处理决定436件，其他对外管理服务事项处理决定158件，行政处罚处理决定213件，"
            "行政强制处理决定8件；实施政府集中采购项目14项，采购总金额3862500元。"
        ),
        sample["sections"]["overview"]["proactive"],
    ]
    assert between(lines, "（二）依申请公开", "（三）政府信息管理")[:3] == [
        "2020年，本局新收政府信息公开申请78件（自然人55件，法人或其他组织23件），上年结转4件。",
        (
            "全年办结75件，予以公开33件，部分公开8件，不予公开11件，无法提供15件，不予处理5件，"
            "其他处理3件；结转下年度继续办理7件。"
        ),
        (
            "因政府信息公开工作被申请行政复议4件，结果维持2件，结果纠正1件，尚未审结1件；"
            "被提起行政诉讼3件，未经复议直接起诉1件，复议后起诉2件。"
        ),
    ]


@pytest.mark.parametrize("mark", [0, "/", "——", ""])
def test_table_of_noughts_is_said_in_words(root: Path, form: Form, mark: Any) -> None:
    """However nothing is written in the table: no sentence counts / or ——."""
    figures = {figure.key: mark for figure in form.figures}
    data = sample_of(root, form.id, figures)
    data["sections"]["overview"] |= {"proactive": "", "on_request": ""}
    lines = fill(root, form.id, data)
    year = data["report"]["year"]
    proactive = between(lines, "（一）主动公开", "（二）依申请公开")
    assert between(lines, "（二）依申请公开", "（三）政府信息管理") == [
        f"{year}年，{NOTHING_ASKED}",
        NO_DISPUTE,
    ]
    assert [line[:7] for line in proactive] == [
        f"本年没有{'新制作' if form.id == 'disclosure-2019' else '制发行'}",
        "没有作出行政许",
    ]


@pytest.mark.parametrize(
    ("stats", "sentences"),
    [
        (
            {"t3.new_received.natural_person": 0, "t3.new_received.total": 32},
            ["2021年，本局新收政府信息公开申请32件，均由法人或其他组织提出，上年结转7件。"],
        ),
        (
            {
                **{f"t3.new_received.{one}": 0 for one in ("commercial", "research")},
                **{f"t3.new_received.{one}": 0 for one in ("public_welfare", "legal_services")},
                "t3.new_received.other_org": 0,
                "t3.new_received.total": 74,
                "t3.carried_in.total": 0,
            },
            ["2021年，本局新收政府信息公开申请74件，均由自然人提出，没有上年结转的申请。"],
        ),
        (
            {"t3.new_received.total": 0, "t3.result_total.total": 0, "t3.carried_out.total": 7},
            [
                "2021年，本局未收到新的政府信息公开申请，上年结转7件。",
                "年内尚未办结；结转下年度继续办理7件。",
            ],
        ),
        (
            {
                "t3.result_total.total": 113,
                "t3.carried_out.total": 0,
                "t3.partially_granted.total": 0,
                **{f"t3.{row}.total": 0 for row in ("unable_not_held", "unable_needs_creation")},
                "t3.unable_still_unclear.total": 0,
            },
            [
                (
                    "2021年，本局新收政府信息公开申请106件（自然人74件，法人或其他组织32件），"
                    "上年结转7件。"
                ),
                (
                    "全年办结113件，予以公开45件，不予公开16件，不予处理8件，其他处理5件；"
                    "没有结转下年度继续办理的申请。"
                ),
            ],
        ),
    ],
)
def test_requests_are_told_as_far_as_there_are_any(
    root: Path, stats: dict[str, Any], sentences: Lines
) -> None:
    """Who asked, what was answered, what was carried over."""
    lines = fill(root, "disclosure-2021", sample_of(root, "disclosure-2021", stats))
    told = between(lines, "（二）依申请公开", "（三）政府信息管理")
    assert told[: len(sentences)] == sentences


@pytest.mark.parametrize(
    ("totals", "sentence"),
    [
        ((0, 0, 0), NO_DISPUTE),
        ((0, 2, 0), "未被申请行政复议；被提起行政诉讼2件，未经复议直接起诉2件。"),
        ((0, 0, 3), "未被申请行政复议；被提起行政诉讼3件，复议后起诉3件。"),
        ((4, 0, 0), "被申请行政复议4件，结果维持3件，结果纠正1件；未被提起行政诉讼。"),
    ],
)
def test_disputes_are_told_one_by_one(
    root: Path, totals: tuple[int, int, int], sentence: str
) -> None:
    """Where only one kind happened, the other is said not to have."""
    groups = ("reconsideration", "litigation_direct", "litigation_after_reconsideration")
    stats = {f"t4.{group}.total": n for group, n in zip(groups, totals, strict=True)}
    lines = fill(root, "disclosure-2021", sample_of(root, "disclosure-2021", stats))
    told = between(lines, "（二）依申请公开", "（三）政府信息管理")
    assert told[2].removeprefix("因政府信息公开工作") == sentence


@pytest.mark.parametrize(
    ("fee", "sentence"),
    [
        (0, "2021年，本局没有收取政府信息公开信息处理费。"),
        (400.5, "2021年，本局共收取政府信息公开信息处理费400.5元。"),
    ],
)
def test_processing_fee_is_told_in_the_last_section(root: Path, fee: float, sentence: str) -> None:
    """政府信息公开信息处理费: whether there was any or not."""
    data = sample_of(root, "disclosure-2021") | {"processing_fee": fee}
    lines = fill(root, "disclosure-2021", data)
    assert lines[lines.index("六、其他需要报告的事项") + 1] == sentence


def test_processing_fee_that_is_not_given_is_an_error(root: Path) -> None:
    """The report would say nothing of it, and nobody would notice."""
    data = sample_of(root, "disclosure-2021")
    del data["processing_fee"]
    with pytest.raises(govdocs.DataError, match="processing_fee"):
        fill(root, "disclosure-2021", data)


def test_sections_of_problems_and_improvements_are_numbered_in_words(
    root: Path, form: Form
) -> None:
    """Each in one paragraph; without any of them, 无 is said."""
    data = sample_of(root, form.id)
    data["sections"]["problems"] = [{"lead": "甲", "text": "子。"}, {"lead": "乙", "text": "丑。"}]
    data["sections"]["improvements"] = [{"lead": "丙", "text": "寅。"}]
    five, six = "五、存在的主要问题及改进情况", "六、其他需要报告的事项"
    assert between(fill(root, form.id, data), five, six) == [
        "存在的主要问题：一是甲。子。二是乙。丑。",
        "改进情况：一是丙。寅。",
    ]
    data["sections"] |= {"problems": [], "improvements": []}
    assert between(fill(root, form.id, data), five, six) == ["无。"]


def test_draft_says_no_nought_that_nobody_has_counted(root: Path, form: Form) -> None:
    """Next year's draft: figures of the prose are marked, what was carried over is told."""
    last = sample_of(root, form.id)
    year = last["report"]["year"] + 1
    lines = fill(root, form.id, form.draft(last, year), missing="mark")
    told = between(lines, "一、总体情况", "二、主动公开政府信息情况")
    carried = last["stats"]["t3"]["carried_out"]["total"]
    assert [line for line in told if "没有" in line or "未收到" in line or "未被" in line] == []
    assert (
        f"{year}年，本局新收政府信息公开申请〔待填：stats.t3.new_received.total〕件，"
        f"上年结转{carried}件。"
    ) in told


def test_longest_table_is_printed_on_one_page_with_its_heading(
    root: Path, form: Form, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """Figures of six digits included: none is broken over two lines."""
    big = {figure.key: 123456 for figure in form.figures}
    template = govdocs.Template(root / "templates" / form.id / "report.docx")
    template.fill(sample_of(root, form.id, big)).save(tmp_path / "report.docx")
    pages = libreoffice.pages(tmp_path / "report.docx", tmp_path)
    [page] = [page for page in pages if "三、收到和处理政府信息公开申请情况" in page]
    rows = len(list(form.tables[1].rows()))
    assert page.count("123456") == rows * 7
    assert "四、结转下年度继续办理" in page
