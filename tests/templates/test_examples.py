"""The samples of 2020 and 2021: an invented office whose figures satisfy every relation."""

from pathlib import Path
from typing import Any

import pytest

from govdocs.data import load_data
from govdocs.forms import load_form

FORMS = {"example-2020": "disclosure-2019", "example-2021": "disclosure-2021"}
COLUMNS = ("natural_person", "commercial", "research", "public_welfare", "legal_services")


@pytest.fixture(params=FORMS)
def name(request: pytest.FixtureRequest) -> str:
    """The name of each sample."""
    return str(request.param)


def load(root: Path, name: str) -> dict[str, Any]:
    """Read a sample."""
    return dict(load_data(root / f"samples/{name}.yaml"))


def leaves(value: Any, path: str = "") -> list[str]:
    """The keys of a dict within dicts, dotted, in their order."""
    if not isinstance(value, dict):
        return [path]
    return [leaf for key, one in value.items() for leaf in leaves(one, f"{path}.{key}".strip("."))]


def test_sample_has_every_figure_of_its_form_in_the_printed_order(root: Path, name: str) -> None:
    """No key is missing, misspelt or too many."""
    sample, form = load(root, name), load_form(FORMS[name])
    assert sample["form"] == form.id
    assert leaves(sample["stats"]) == [figure.key for figure in form.figures]


def test_form_finds_nothing_in_its_sample(root: Path, name: str) -> None:
    """Every relation holds, no fact is missing, the deadline is met."""
    assert load_form(FORMS[name]).check(load(root, name)) == []


def test_what_is_carried_over_agrees_from_year_to_year(root: Path) -> None:
    """R5 in all seven columns; R6 cannot be weighed: the form of 2020 asks for other figures."""
    last, this = load(root, "example-2020"), load(root, "example-2021")
    findings = load_form("disclosure-2021").check(this, last_year=last)
    assert [(one.code, one.severity, one.fields["rule"]) for one in findings] == [
        ("form.not_weighed", "note", "R6")
    ]
    assert this["stats"]["t3"]["carried_in"] == last["stats"]["t3"]["carried_out"]


def test_form_finds_a_figure_of_the_sample_that_was_changed(root: Path, name: str) -> None:
    """The check that finds nothing can find something: R2 in its column, R3 in its row."""
    sample = load(root, name)
    sample["stats"]["t3"]["granted"]["research"] += 1
    codes = [finding.code for finding in load_form(FORMS[name]).check(sample)]
    assert codes == ["R2", "R3"]


def test_columns_of_the_sample_are_not_trivial(root: Path, name: str) -> None:
    """Applicants of five kinds, results of all kinds, carried in and out."""
    table = load(root, name)["stats"]["t3"]
    for column in COLUMNS:
        assert sum(row[column] > 0 for row in table.values()) >= 3, column
    heads = ("granted", "partially", "denied", "unable", "refused", "other", "carried")
    for head in heads:
        assert any(row["total"] for key, row in table.items() if key.startswith(head)), head


def test_office_of_the_sample_is_said_to_be_invented(root: Path, name: str) -> None:
    """In a comment at the top, and in the data, where a program sees it."""
    text = (root / f"samples/{name}.yaml").read_text("utf-8")
    assert "# The office is invented" in text[:300]
    assert load(root, name)["unit"]["note"] == "本单位为虚构，仅作示例"


def test_overview_of_the_sample_has_the_five_aspects(root: Path, name: str) -> None:
    """The five headings of 一、总体情况, problems and improvements."""
    sections = load(root, name)["sections"]
    aspects = ["proactive", "on_request", "management", "platforms", "supervision"]
    assert list(sections["overview"]) == aspects
    assert all(sections["overview"].values())
    assert [set(one) for one in sections["problems"]] == [{"lead", "text"}] * 2
    assert [set(one) for one in sections["improvements"]] == [{"lead", "text"}] * 2
