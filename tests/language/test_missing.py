"""What the data do not have: asked for in silence, used with a note."""

import math
from decimal import Decimal
from typing import Any

import pytest
from jinja2 import UndefinedError

from govdocs.language.missing import NULL, Absent, as_missing
from tests.support.texts import Outcome, fill_text


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("{{ a }}", "a"),
        ("{{ a.b.c }}", "a.b.c"),
        ("{{ d.b }}", "d.b"),
        ("{{ d['b'] }}", "d.b"),
        ("{{ xs[5] }}", "xs[]"),
        ("{{ a + 1 }}", "a"),
        ("{{ 1 - a * 2 }}", "a"),
        ("{{ a|round }}", "a"),
        ("{{ a|upper|trim }}", "a"),
        ("{{ 'x' ~ a }}", "a"),
        ("{% if a %}{% endif %}", "a"),
        ("{% if not a %}{% endif %}", "a"),
        ("{% if a > 3 %}{% endif %}", "a"),
        ("{% if 3 == a %}{% endif %}", "a"),
        ("{% if a is even %}{% endif %}", "a"),
        ("{% if a is none %}{% endif %}", "a"),
        ("{% if a in [1] %}{% endif %}", "a"),
        ("{% if 1 in a %}{% endif %}", "a"),
        ("{% for x in a %}{% endfor %}", "a"),
        ("{% for x in a.b if x %}{% endfor %}", "a.b"),
        ("{% for x in rows %}{{ x.b }}{% endfor %}", "rows[].b"),
        ("{% for x in rows %}{% if x.b %}{% endif %}{% endfor %}", "rows[].b"),
        ("{% for i, x in rows|dictsort %}{% endfor %}", ""),
        ("{{ rows|sum(attribute='b') }}", "rows[].b"),
        ("{{ rows|map(attribute='b')|join }}", "rows[].b"),
        ("{% set x = a.b %}{{ x.c }}", "a.b.c"),
        ("{% with x = a %}{{ x.c }}{% endwith %}", "a.c"),
        ("{% macro m(x) %}{{ x.c }}{% endmacro %}{{ m(a) }}", "a.c"),
        ("{{ a() }}", "a"),
        ("{{ a.b() }}", "a"),
        ("{{ d.a }}{{ e.a }}", "d.a"),
        ("{{ e.a + d.a }}", "d.a"),
        ("{{ a[0].b }}", "a[].b"),
    ],
)
def test_use_of_a_missing_name_is_noted_with_its_path(text: str, missing: str) -> None:
    """Printing, computing, comparing, testing and looping use a value."""
    data = {"d": {}, "e": {"a": 1}, "xs": [1], "rows": [{"a": 1}]}
    outcome = fill_text(text, data)
    if missing:
        assert outcome.missing == (missing,)
        assert outcome.failed == ()
    else:
        assert outcome.failed


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ a|default('-') }}", "-"),
        ("{{ a.b.c|d('-') }}", "-"),
        ("{% if a is defined %}yes{% else %}no{% endif %}", "no"),
        ("{% if a.b is undefined %}no{% endif %}", "no"),
        ("{{ a if a is defined else '-' }}", "-"),
        ("{% set x = a %}", ""),
    ],
)
def test_asking_is_no_use(text: str, printed: str) -> None:
    """``defined`` and ``default`` are how a template says that a value may be missing."""
    assert fill_text(text) == Outcome(printed)


@pytest.mark.parametrize(
    ("text", "missing"),
    [("{% for x in n %}{% endfor %}", "n"), ("{{ n.a }}", "n.a"), ("{{ d.n.a }}", "d.n.a")],
)
def test_null_has_no_items_and_no_members(text: str, missing: str) -> None:
    """A null where a list or an object is wanted is told like a missing one."""
    assert fill_text(text, {"n": None, "d": {"n": None}}).missing == (missing,)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ a }}", "<a>"),
        ("{% for x in rows %}{{ x.a }}{% endfor %}", "<rows[].a>"),
        ("{% if a > 1 %}x{% else %}y{% endif %}", "y"),
        ("{{ a + b }}", "<a>"),
    ],
)
def test_drafts_go_on_with_a_mark(text: str, printed: str) -> None:
    """In a draft a missing list has one item, so that its columns can be seen."""
    assert fill_text(text, mode="mark").text == printed


@pytest.mark.parametrize("value", [None, math.nan, Decimal("NaN"), NULL])
def test_what_is_empty_in_data_frames_is_missing(value: Any) -> None:
    """NaN printed as nan would be a false report."""
    assert as_missing(value) is NULL


@pytest.mark.parametrize("value", ["", 0, False, [], 0.0, Decimal(0), math.inf])
def test_what_is_there_is_not_missing(value: Any) -> None:
    """Zero and the empty text are values."""
    assert as_missing(value) is None


def test_missing_value_outside_of_a_filling_raises() -> None:
    """There is nobody to note it."""
    with pytest.raises(UndefinedError):
        str(Absent(name="a"))


def test_failed_assignment_is_told_once() -> None:
    """What was made of a failure is not told again wherever it is used."""
    outcome = fill_text("{% set x = 1/0 %}{{ x }}{{ x + 1 }}{% if x %}{% endif %}")
    assert outcome.failed == ("data.division_by_zero",)
    assert outcome.missing == ()
