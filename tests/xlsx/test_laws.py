"""Laws of rows: whatever the blocks of a sheet, its rows come out as a person would copy them."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from govdocs.template import Template
from tests.xlsx.workbooks import cached, make_sheet, part, read_cells, row_numbers

Items = list["Row | Block"]


@dataclass
class Row:
    """A row of one label."""

    label: str


@dataclass
class Block:
    """A loop or a condition: its list or flag by name, its rows, where its tags stand."""

    name: str
    is_loop: bool
    own_rows: bool
    items: Items = field(default_factory=list)


def _rows(depth: int) -> st.SearchStrategy[Items]:
    row = st.builds(Row, st.sampled_from(["甲", "乙", "丙"]))
    if depth == 0:
        return st.lists(row, min_size=1, max_size=3)
    block = st.builds(
        Block,
        st.sampled_from(["a", "b", "c"]),
        st.booleans(),
        st.booleans(),
        _rows(depth - 1),
    )
    return st.lists(row | block, min_size=1, max_size=4)


def write(items: Items, cells: dict[str, object], row: int, depth: int = 0) -> int:
    """Write items into a sheet from ``row`` on; return the row behind them."""
    for item in items:
        if isinstance(item, Row):
            cells[f"A{row}"] = item.label
            row += 1
            continue
        word = f"for x{depth} in {item.name}" if item.is_loop else f"if {item.name}"
        end = "endfor" if item.is_loop else "endif"
        if item.own_rows:
            cells[f"A{row}"] = f"{{% {word} %}}"
            row = write(item.items, cells, row + 1, depth + 1)
            cells[f"A{row}"] = f"{{% {end} %}}"
            row += 1
        else:
            first = row
            row = write([Row("始"), *item.items, Row("终")], cells, row, depth + 1)
            cells[f"A{first}"] = f"{{% {word} %}}始"
            cells[f"A{row - 1}"] = f"终{{% {end} %}}"
    return row


def expected(items: Items, data: dict[str, list[int]]) -> list[str]:
    """The labels that come out, from top to bottom."""
    found: list[str] = []
    for item in items:
        if isinstance(item, Row):
            found.append(item.label)
            continue
        values = data[item.name]
        times = len(values) if item.is_loop else int(bool(values))
        inner = item.items if item.own_rows else [Row("始"), *item.items, Row("终")]
        found += expected(inner, data) * times
    return found


lists = st.fixed_dictionaries({name: st.lists(st.integers(0, 9), max_size=3) for name in "abc"})


@settings(max_examples=25, deadline=None)
@given(items=_rows(2), data=lists)
def test_rows_come_out_as_the_blocks_say(items: Items, data: dict[str, list[int]]) -> None:
    """Repeated, left out and static rows stand in order, each once, without gaps."""
    cells: dict[str, object] = {"A1": "头"}
    last = write(items, cells, 2)
    cells[f"A{last}"] = "尾"
    content = bytes(Template(make_sheet(cells)).fill(data))
    labels = ["头", *expected(items, data), "尾"]
    assert read_cells(content) == {f"A{n}": label for n, label in enumerate(labels, 1)}
    assert row_numbers(part(content)) == list(range(1, len(labels) + 1))


@settings(max_examples=15, deadline=None)
@given(groups=st.lists(st.lists(st.integers(-999, 999), max_size=4), max_size=4))
def test_totals_and_subtotals_are_those_of_the_data(groups: list[list[int]]) -> None:
    """A subtotal sums its own group, the grand total all of them, for any number of rows."""
    cells = {
        "A1": "{% for g in groups %}组",
        "A2": "{%tr for n in g %}项",
        "B2": "{{ n }}",
        "C2": "{%tr endfor %}",
        "A3": "小计{% endfor %}",
        "B3": "=SUM(B2:B2)",
        "A4": "总计",
        "B4": "=SUM(B2:B2)",
        "A5": "小计之和",
        "B5": "=SUM(B3:B3)",
    }
    values = cached(bytes(Template(make_sheet(cells)).fill({"groups": groups})))
    by_label = [(str(values[f"A{n}"]), values.get(f"B{n}")) for n in range(1, 1 + _height(groups))]
    assert [value for label, value in by_label if label == "小计"] == [sum(g) for g in groups]
    total = sum(map(sum, groups))
    assert [value for label, value in by_label if label in {"总计", "小计之和"}] == [total, total]


def _height(groups: list[list[int]]) -> int:
    return sum(len(group) + 2 for group in groups) + 2
