"""KEY=VALUE pairs."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdocs.data import set_values
from govdocs.errors import UsageError

DATA: dict[str, Any] = {"stats": {"total": 1, "other": 2}, "rows": [{"x": 1}, {"x": 2}]}


@pytest.mark.parametrize(
    ("setting", "path", "value"),
    [
        ("stats.total=5", ("stats", "total"), 5),
        ("stats.fees=12.50", ("stats", "fees"), Decimal("12.50")),
        ("单位.名称=某局", ("单位", "名称"), "某局"),
        ("rows[0].x=9", ("rows", 0, "x"), 9),
        ("rows[2].x=9", ("rows", 2, "x"), 9),
        ("new.list[0]=甲", ("new", "list", 0), "甲"),
        ("phone=0771", ("phone",), "0771"),
        ('phone="5"', ("phone",), "5"),
        ("phone='it''s'", ("phone",), "it's"),
        ('text="一\\n二"', ("text",), "一\n二"),
        ("date=2019-01-24", ("date",), date(2019, 1, 24)),
        ("flag=true", ("flag",), True),
        ("answer=no", ("answer",), "no"),
        ("empty=", ("empty",), None),
        ("formula=a=b", ("formula",), "a=b"),
        ("list=[1, 2]", ("list",), "[1, 2]"),
        (" stats.total = 5 ", ("stats", "total"), 5),
        ("two words=1", ("two words",), 1),
    ],
)
def test_setting_is_laid_over_the_dict(
    setting: str, path: tuple[str | int, ...], value: Any
) -> None:
    """A value means what it would mean in YAML; what is not there is made."""
    found: Any = set_values(DATA, [setting])
    for step in path:
        found = found[step]
    assert found == value
    assert type(found) is type(value)


def test_dict_that_comes_in_is_left_as_it_is() -> None:
    """Later settings count more; the rest of the dict stays."""
    found = set_values(DATA, ["stats.total=5", "rows[1].y=3", "stats.total=6"])
    assert found == {"stats": {"total": 6, "other": 2}, "rows": [{"x": 1}, {"x": 2, "y": 3}]}
    assert DATA == {"stats": {"total": 1, "other": 2}, "rows": [{"x": 1}, {"x": 2}]}
    assert set_values(DATA, []) == DATA


def test_all_faulty_settings_are_told_at_once() -> None:
    """Whole text: no equals sign, a name below a number, a list past its end, open quotes."""
    with pytest.raises(UsageError) as caught:
        set_values(DATA, ["stats", "stats.total.x=1", "rows[7]=1", 'a="5', "ok=1"])
    assert caught.value.message("en") == (
        "[data_file.set_form] “stats” is not of the form KEY=VALUE\n"
        "  mend: write it like stats.total=5 or rows[0].name=x\n"
        "[data_file.set_through] “stats.total.x=1”: what stands before x cannot hold it\n"
        "  where: stats.total\n"
        "  mend: look at the path again; [0] goes into lists, .name into mappings\n"
        "[data_file.set_past_end] “rows[7]=1”: the list has 2 items, so there is no [7]\n"
        "  where: rows\n"
        "  mend: places count from 0; [2] appends one\n"
        '[data_file.set_value] the value of “a="5” cannot be read\n'
        "  where: a\n"
        "  mend: close its quotes, or put it in quotes to have it as text"
    )


@pytest.mark.parametrize(
    "setting",
    [
        "",
        "=1",
        "a..b=1",
        "a.=1",
        "[0]=1",
        "a[x]=1",
        "a[-1]=1",
        "a＝1",
        "rows.x=1",
        "stats[0]=1",
        'a="1" b',
        "a=2019-02-30",
        "a=.nan",
        '"',
        "a='1'\nb: 2",
    ],
)
def test_faulty_setting_is_refused(setting: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(UsageError) as caught:
        set_values(DATA, [setting])
    assert caught.value.problems[0].code.startswith("data_file.set_")


@given(st.text(max_size=20))
def test_no_setting_breaks_the_reader(setting: str) -> None:
    """A new dict, or a fault."""
    try:
        assert isinstance(set_values(DATA, [setting]), dict)
    except UsageError as error:
        faults = [problem.code for problem in error]
    else:
        faults = []
    assert all(code.startswith("data_file.set_") for code in faults)
