"""Laws of the forms: what keeps to the relations passes, and no single change goes unseen."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govdocs.forms import Finding, Form, form_ids, load_form
from tests.forms.figures import Broken, broken_relations, valid_stats

FORMS = {name: load_form(name) for name in form_ids()}
CODES = {"E1", "E2", "E3", "E4", "E5", "E6", "E7", "C1", "C3", "C4", "R1", "R2", "R3", "R4"}

few = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
        HealthCheck.large_base_example,
    ],
)


def errors(findings: list[Finding]) -> list[Finding]:
    """Keep the findings of error severity."""
    return [finding for finding in findings if finding.severity == "error"]


def found_relations(form: Form, stats: dict[str, Any]) -> Broken:
    """Tell which relations the check finds broken, and where, as the oracle tells it."""
    found = set()
    for finding in errors(form.check({"stats": stats})):
        steps = finding.key.removeprefix("stats.").split(".")
        where = {"R1": 2, "R2": 2, "R3": 1, "R4": 1}.get(finding.code)
        found.add((finding.code, "" if where is None else steps[where]))
    return found


def set_in(stats: dict[str, Any], key: str, change: int) -> dict[str, Any]:
    """Copy figures with one of them changed, the other way about where it would go below 0."""
    changed = copy.deepcopy(stats)
    *sections, name = key.split(".")
    inner = changed
    for section in sections:
        inner = inner[section]
    inner[name] += change if inner[name] + change >= 0 else -change
    return changed


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@few
def test_figures_that_keep_to_every_relation_have_no_error(name: str, data: st.DataObject) -> None:
    """Random valid figures of each form pass."""
    stats = data.draw(valid_stats(name))
    assert errors(FORMS[name].check({"stats": stats})) == []


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@few
def test_every_changed_figure_breaks_exactly_the_relations_it_is_in(
    name: str, data: st.DataObject
) -> None:
    """Each cell in turn, changed by itself: none is missed, and the right relations are named."""
    form = FORMS[name]
    stats = data.draw(valid_stats(name))
    change = data.draw(st.integers(1, 50)) * data.draw(st.sampled_from([1, -1]))
    for figure in form.figures:
        changed = set_in(stats, figure.key, change)
        assert found_relations(form, changed) == broken_relations(name, changed), figure.key


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@few
def test_totals_are_computed_as_they_were(name: str, data: st.DataObject) -> None:
    """With every total taken out, ``complete`` puts them back exactly."""
    form = FORMS[name]
    stats = data.draw(valid_stats(name))
    totals = {
        one.left[0].key
        for one in form.relations
        if one.code in CODES and len(one.left) == 1 and one.kind == "equal"
    }
    bare = copy.deepcopy(stats)
    for key in totals:
        *sections, last = key.split(".")
        inner = bare
        for section in sections:
            inner = inner[section]
        inner[last] = None
    completed, computed = form.complete({"stats": bare})
    assert completed["stats"] == stats
    assert set(computed) == {f"stats.{key}" for key in totals}
    assert bare != stats


@pytest.mark.parametrize("name", FORMS)
@given(data=st.data())
@few
def test_merge_equals_the_sums(name: str, data: st.DataObject) -> None:
    """Every cell of the parent is the sum of its children's, exactly, and keeps the relations."""
    form = FORMS[name]
    children = [
        {"stats": stats} for stats in data.draw(st.lists(valid_stats(name), min_size=1, max_size=3))
    ]
    merged = form.merge(children)
    assert errors(form.check(merged)) == []
    for figure in form.figures:
        total = merged["stats"]
        parts: list[Any] = [child["stats"] for child in children]
        for step in figure.steps:
            total = total[step]
            parts = [part[step] for part in parts]
        assert total == sum(parts)


@given(
    value=st.one_of(
        st.none(),
        st.booleans(),
        st.floats(),
        st.decimals(),
        st.integers(),
        st.text(max_size=20),
        st.binary(max_size=4),
        st.lists(st.integers(), max_size=2),
    )
)
@settings(max_examples=15, deadline=None)
def test_no_value_makes_the_check_fail(value: object) -> None:
    """Whatever stands in a cell, a check has findings and no exception."""
    form = FORMS["disclosure-2014"]
    stats = {figure.key: 0 for figure in form.figures} | {"staff_total": value}
    for finding in form.check({"stats": stats}):
        assert finding.tell("zh")
        assert finding.tell("en")
        assert finding.tell("en", "mend")
