"""The official forms read back: every figure, in both kinds of file, whatever the figures are."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdocs import Template, load_data
from tests.forms.figures import valid_stats

_ROOT = Path(__file__).parents[2]
SAMPLES = {
    "disclosure-2014": "helan-2018.yaml",
    "disclosure-2019": "example-2020.yaml",
    "disclosure-2021": "example-2021.yaml",
}
CASES = [(form, file) for form in SAMPLES for file in ("report.docx", "statistics.xlsx")]


@cache
def template_of(form: str, file: str) -> Template:
    """Compile a template of the package once."""
    return Template(_ROOT / "templates" / form / file)


@cache
def sample_of(form: str) -> dict[str, Any]:
    """Read the sample of a form once."""
    return load_data(_ROOT / "samples" / SAMPLES[form])


def leaves(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Go through all values with their dotted names, as ``fields`` writes them."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list):
        for value in data:
            yield from leaves(value, f"{path}[]")
    else:
        yield path, data


@pytest.mark.parametrize(("form", "file"), CASES)
def test_sample_comes_back(form: str, file: str) -> None:
    """Every value that the template can give back is the sample's; the rest is said by fields."""
    template, sample = template_of(form, file), sample_of(form)
    found = template.extract(template.fill(sample))
    asked = {one.name for one in template.fields() if "not_extractable" not in one.notes}
    hidden = {None, "", 0}  # a sentence that says "none" does not say which nothing it is
    wanted = [(name, value) for name, value in leaves(sample) if name in asked]
    got = [(name, value) for name, value in leaves(found) if name in asked]
    assert [one for one in wanted if one not in got and one[1] not in hidden] == []
    assert [one for one in got if one not in wanted] == []


@pytest.mark.parametrize(("form", "file"), CASES)
@settings(max_examples=5, deadline=None)
@given(data=st.data())
def test_figures_that_keep_to_every_relation_come_back(
    form: str, file: str, data: st.DataObject
) -> None:
    """All 58, 198 and 200 figures of random valid data, and no warning of sums or conditions."""
    stats = data.draw(valid_stats(form))
    template = template_of(form, file)
    found = template.extract(template.fill({**sample_of(form), "stats": stats}))
    assert found["stats"] == stats
    warned = {one.code for one in found.notes if one.severity == "warning"}
    assert warned <= {"extract.ambiguous"}


@pytest.mark.parametrize("form", SAMPLES)
def test_what_cannot_be_told_apart_is_said_by_fields(form: str) -> None:
    """Values with no text of the template between them are the only ones that do not come back."""
    fields = template_of(form, "report.docx").fields()
    unread = {one.name for one in fields if "not_extractable" in one.notes}
    lists = {"report.legal_basis", "report.legal_basis[]"}
    people = {
        f"leading_group.{who}.{what}" for who in ("head", "deputy") for what in ("name", "post")
    }
    parts = {"breakdown[].label", "breakdown[].count"}
    assert unread == (lists | people | parts if form == "disclosure-2014" else lists)
