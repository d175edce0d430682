"""Laws of reading back: what was filled in comes out, in both kinds of file."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from govdocs import Template
from tests.extract.cases import FILTERS, Case, as_sheet, as_word, values, word_cases


@settings(max_examples=15, deadline=None)
@given(word_cases())
def test_random_word_templates_give_back_what_they_were_filled_with(case: Case) -> None:
    """Loops, conditions and texts, nested at random: the data come back as they were."""
    template = Template(as_word(case.lines))
    found = template.extract(template.fill(case.data))
    assert found == case.data
    assert not [note for note in found.notes if note.severity == "warning"]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_each_filter_with_an_inverse_is_undone(data: st.DataObject) -> None:
    """All of them in one document, each amid text of its own."""
    lines = [f"第{number}行：{{{{ x{number}|{name} }}}}。" for number, name in enumerate(FILTERS)]
    given_: dict[str, Any] = {
        f"x{number}": data.draw(strategy) for number, strategy in enumerate(FILTERS.values())
    }
    template = Template(as_word(lines))
    assert template.extract(template.fill(given_)) == given_


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({"a": values, "b": st.one_of(values, st.booleans(), st.none())})
    ),
    values,
)
def test_rows_of_a_sheet_come_back_typed(rows: list[dict[str, Any]], total: Any) -> None:
    """Numbers, dates, truth values, texts and empty cells of a loop over rows."""
    template = Template(
        as_sheet(
            [
                ["名称", "数值"],
                ["{%tr for r in rows %}"],
                ["{{ r.a }}", "{{ r.b }}"],
                ["{%tr endfor %}"],
                ["合计", "{{ total }}"],
            ]
        )
    )
    data = {"rows": rows, "total": total}
    assert template.extract(template.fill(data)) == data


@settings(max_examples=25, deadline=None)
@given(word_cases(), values)
def test_random_sheets_give_back_what_they_were_filled_with(case: Case, total: Any) -> None:
    """The same blocks as rows of a sheet, beside a typed cell in the last row."""
    rows: list[list[Any]] = [[line.replace("{%p", "{%tr")] for line in case.lines]
    template = Template(as_sheet([["表头"], *rows, ["合计", "{{ total }}"]]))
    data = {**case.data, "total": total}
    found = template.extract(template.fill(data))
    assert found == data
    assert not [note for note in found.notes if note.severity == "warning"]
