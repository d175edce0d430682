"""Blank dicts and next year's drafts."""

import copy
import datetime as dt
from typing import Any

import pytest

from govdocs.errors import UsageError
from govdocs.forms import Form, form_ids, load_form

FORMS = {name: load_form(name) for name in form_ids()}
SHEET, EARLY, REPORT = FORMS.values()

LAST: dict[str, Any] = {
    "form": "disclosure-2021",
    "unit": {"name_full": "示例市示例局", "level": "部门", "motto": "2023年公开为民"},
    "report": {
        "year": 2023,
        "title": "示例市示例局2023年政府信息公开工作年度报告",
        "period_start": dt.date(2023, 1, 1),
        "period_end": dt.date(2023, 12, 31),
        "plan_year": 2024,
        "sign_date": dt.date(2024, 1, 20),
        "signature": "示例市示例局",
        "doc_number": "示公开〔2024〕1号",
    },
    "contact": {"phone": "0000-0000000"},
    "sections": {
        "overview": [{"heading": "主动公开", "text": "2023年公开信息1280条。"}],
        "plan": {"heading": "2024年工作计划", "text": "加强培训。"},
        "note": "",
    },
    "citations": [
        {"title": "示例市2023年政务公开工作要点", "number": "示政办〔2023〕8号"},
        {"title": "政府信息公开条例", "number": "国务院令第711号"},
    ],
    "热线解决": 27,
    "口号": "公开为民",
    "说明": "本年共办理十二件，其中两件延期。",
    "has_seal": True,
}


def with_figures(form: Form, data: dict[str, Any]) -> dict[str, Any]:
    """Put 0 into every figure."""
    made = form.blank() | copy.deepcopy(data)
    made["stats"] = {}
    for figure in form.figures:
        inner = made["stats"]
        for step in figure.steps[:-1]:
            inner = inner.setdefault(step, {})
        inner[figure.steps[-1]] = 0
    return made


def leaves(value: object) -> list[object]:
    """List the values at the ends of nested dicts and lists."""
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [value]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_blank_dict_has_every_figure_and_nothing_in_it(form: Form) -> None:
    """Only the form is named; all else is None."""
    blank = form.blank()
    assert blank.pop("form") == form.id
    assert len(leaves(blank["stats"])) == len(form.figures)
    assert set(leaves(blank)) == {None}
    missing = next(one for one in form.check(blank) if one.code == "form.missing")
    assert len(missing.keys) == len(form.figures)


def test_blank_dict_of_the_sheet_has_its_head_and_foot() -> None:
    """填报单位 and 审核人 belong to the sheet of 2014 only."""
    assert {"form_head", "form_footer"} <= SHEET.blank().keys()
    assert not {"form_head", "form_footer"} & REPORT.blank().keys()


def test_draft_moves_year_words_keeps_what_lasts_and_opens_the_rest() -> None:
    """Every value of last year's dict is kept, moved on or left open, and said to be."""
    last = with_figures(REPORT, LAST)
    before = copy.deepcopy(last)
    draft = REPORT.draft(last, 2024)
    assert last == before
    assert draft["report"] == {
        "year": 2024,
        "title": "示例市示例局2024年政府信息公开工作年度报告",
        "period_start": dt.date(2024, 1, 1),
        "period_end": dt.date(2024, 12, 31),
        "plan_year": 2025,
        "sign_date": None,
        "signature": "示例市示例局",
        "doc_number": None,
    }
    assert draft["unit"] == LAST["unit"] | {"motto": "2024年公开为民"}
    assert draft["contact"] == {"phone": "0000-0000000"}
    assert draft["sections"] == {
        "overview": [{"heading": "主动公开", "text": None}],
        "plan": {"heading": "2025年工作计划", "text": None},
        "note": "",
    }
    assert draft["citations"] == [
        {"title": None, "number": "示政办〔2023〕8号"},
        {"title": "政府信息公开条例", "number": "国务院令第711号"},
    ]
    assert (draft["热线解决"], draft["口号"], draft["说明"]) == (None, "公开为民", None)
    assert draft["has_seal"] is True
    account = draft["draft"]
    assert account["from"] == 2023
    assert "report.title" in account["moved"]
    assert "contact.phone" in account["kept"]
    assert "sections.overview.0.text" in account["open"]


def test_draft_carries_last_years_rest_over_and_opens_every_other_figure() -> None:
    """R5: 上年结转 is known; nothing else is."""
    last = with_figures(REPORT, LAST)
    last["stats"]["t3"]["carried_out"] |= {"natural_person": 2, "total": 2}
    draft = REPORT.draft(last, 2024)
    assert draft["stats"]["t3"]["carried_in"]["natural_person"] == 2
    assert draft["stats"]["t3"]["carried_in"]["total"] == 2
    assert draft["stats"]["t3"]["carried_in"]["research"] == 0
    assert draft["draft"]["carried"]["stats.t3.carried_in.total"] == 2
    assert len(draft["draft"]["carried"]) == 7
    assert leaves(draft["stats"]).count(None) == 193
    assert draft["last_year"] == {
        "form": "disclosure-2021",
        "report": {"year": 2023},
        "stats": last["stats"],
    }


def test_blank_is_carried_over_as_it_is_written() -> None:
    """A sheet that writes / goes on writing /."""
    last = with_figures(REPORT, LAST)
    last["stats"]["t3"]["carried_out"]["total"] = "/"
    del last["stats"]["t3"]["carried_out"]["research"]
    draft = REPORT.draft(last, 2024)
    assert draft["stats"]["t3"]["carried_in"]["total"] == "/"
    assert draft["stats"]["t3"]["carried_in"]["research"] is None


def test_items_of_2019_are_carried_over_with_their_change() -> None:
    """上一年项目数量 is last year's with its 增/减."""
    last = with_figures(EARLY, {"report": {"year": 2019}})
    last["stats"]["t2"] |= {"licensing_prev_items": 10, "licensing_delta": -2}
    assert EARLY.draft(last, 2020)["stats"]["t2"]["licensing_prev_items"] == 8


def test_draft_over_a_change_of_forms_says_what_is_lost() -> None:
    """The sheet of 2014 has no row that goes on into the form of 2019."""
    last = with_figures(SHEET, {"form": "disclosure-2014", "report": {"year": 2018}})
    draft = EARLY.draft(last, 2019)
    assert draft["form"] == "disclosure-2019"
    assert draft["draft"]["carried"] == {}
    assert len(draft["draft"]["lost"]) == 58
    assert set(leaves(draft["stats"])) == {None}
    assert draft["last_year"]["stats"] == last["stats"]
    between = REPORT.draft(with_figures(EARLY, {"report": {"year": 2020}}), 2021)
    assert len(between["draft"]["carried"]) == 7
    assert "stats.t2.procurement_count" in between["draft"]["lost"]


def test_draft_is_checked_against_the_year_that_it_was_made_from() -> None:
    """A carry-over that is overwritten by hand is found."""
    last = with_figures(REPORT, LAST)
    last["stats"]["t3"]["carried_out"] |= {"natural_person": 2, "total": 2}
    draft = REPORT.draft(last, 2024)
    draft["stats"]["t3"]["carried_in"]["total"] = 3
    assert [one.key for one in REPORT.check(draft) if one.code == "R5"] == [
        "stats.t3.carried_in.total"
    ]


@pytest.mark.parametrize(
    ("report", "year", "code"),
    [
        ({}, 2024, "form.draft_without_year"),
        ({"year": "去年"}, 2024, "form.draft_without_year"),
        ({"year": 2024}, 2024, "form.draft_backwards"),
        ({"year": 2025}, 2024, "form.draft_backwards"),
    ],
)
def test_draft_without_a_year_before_it_is_refused(
    report: dict[str, Any], year: int, code: str
) -> None:
    """There is nothing to move on from."""
    with pytest.raises(UsageError) as raised:
        REPORT.draft({"report": report, "stats": {}}, year)
    assert [problem.code for problem in raised.value.problems] == [code]
