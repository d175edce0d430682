"""The three forms are what the notices print: rows, cells, labels, units, keys."""

import tomllib
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from govdocs.errors import UsageError
from govdocs.forms import form_ids, form_of_year, load_form


def definition(name: str) -> dict[str, Any]:
    """Read a form file as plain TOML."""
    text = (files("govdocs.forms") / "definitions" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_three_forms_come_with_the_package() -> None:
    """The forms of 2014, 2019 and 2021, oldest first."""
    assert form_ids() == ("disclosure-2014", "disclosure-2019", "disclosure-2021")


@pytest.mark.parametrize(
    ("name", "count", "years"),
    [
        ("disclosure-2014", 58, (2014, 2018)),
        ("disclosure-2019", 198, (2019, 2020)),
        ("disclosure-2021", 200, (2021, None)),
    ],
)
def test_each_form_has_its_figures_and_years(
    name: str, count: int, years: tuple[int, int | None]
) -> None:
    """58, 198 and 200 figures, each with a key of its own."""
    form = load_form(name)
    assert len(form.figures) == len({figure.key for figure in form.figures}) == count
    assert (form.first_year, form.last_year) == years
    assert form.id == name


def test_sheet_of_2014_has_65_rows_and_its_units() -> None:
    """Seven heads and 58 figures: 条 7, 件 33, 次 9, 篇 1, 万元 2, 个 2, 人 3, 人次 1."""
    (block,) = definition("disclosure-2014")["table"][0]["block"]
    rows = block["rows"]
    assert len(rows) == 65
    assert sum("key" not in row for row in rows) == 7
    units = Counter(row["unit"] for row in rows if "key" in row)
    assert units == {
        "条": 7, "件": 33, "次": 9, "篇": 1, "万元": 2, "个": 2, "人": 3, "人次": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("disclosure-2019", {"t2": 22, "t3": 161, "t4": 15}),
        ("disclosure-2021", {"t2": 10, "t3": 175, "t4": 15}),
    ],
)
def test_report_forms_have_their_cells_table_by_table(name: str, sizes: dict[str, int]) -> None:
    """The third table has 23 rows of 7 columns in 2019 and 25 in 2021."""
    assert Counter(figure.table for figure in load_form(name).figures) == sizes


def test_labels_that_repeat_have_paths_of_their_own() -> None:
    """被依法纠错数 stands under 行政复议 and under 行政诉讼."""
    form = load_form("disclosure-2014")
    assert form.by_key["reconsideration_corrected"].labels == (
        "四、行政复议数量",
        "（二）被依法纠错数",
    )
    assert form.by_key["litigation_corrected"].labels == (
        "五、行政诉讼数量",
        "（二）被依法纠错数",
    )


def test_figure_of_a_cross_table_has_the_paths_of_its_row_and_column() -> None:
    """其他 is a column; its path tells it from the row 其他."""
    form = load_form("disclosure-2021")
    figure = form.by_key["t3.other_misc.other_org"]
    assert figure.labels == ("三、本年度办理结果", "（六）其他处理", "3.其他")
    assert figure.heads == ("申请人情况", "法人或其他组织", "其他")
    assert (figure.unit, figure.type, figure.address) == (
        "件",
        "count",
        "stats.t3.other_misc.other_org",
    )


def test_types_of_figures_are_those_of_the_forms() -> None:
    """Money is decimal, 本年增/减 has a sign, all else is counted."""
    kinds = {name: Counter(one.type for one in load_form(name).figures) for name in form_ids()}
    assert kinds == {
        "disclosure-2014": {"count": 56, "amount": 2},
        "disclosure-2019": {"count": 192, "change": 5, "amount": 1},
        "disclosure-2021": {"count": 199, "amount": 1},
    }


def test_no_two_figures_of_a_form_have_one_name() -> None:
    """A sentence that names a figure names one only."""
    for name in form_ids():
        names = load_form(name).names
        assert len(set(names.values())) == len(names)


@pytest.mark.parametrize(
    ("year", "name"),
    [
        (2014, "disclosure-2014"),
        (2018, "disclosure-2014"),
        (2019, "disclosure-2019"),
        (2020, "disclosure-2019"),
        (2021, "disclosure-2021"),
        (2031, "disclosure-2021"),
    ],
)
def test_year_chooses_the_form(year: int, name: str) -> None:
    """The form in force takes every year to come."""
    assert form_of_year(year) == name


def test_year_before_all_forms_has_none() -> None:
    """Reports before 2014 had no national sheet."""
    with pytest.raises(UsageError) as raised:
        form_of_year(2013)
    assert raised.value.message("en") == (
        "[form.no_form_of_year] there is no form for a report on 2013\n"
        "  mend: known forms: disclosure-2014, disclosure-2019, disclosure-2021"
    )
