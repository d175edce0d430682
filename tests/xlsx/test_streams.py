"""Iterators among the data: their items are written as they come where nothing needs them again."""

import itertools
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from govdocs.errors import DataError
from govdocs.language import environment
from tests.xlsx.workbooks import cached, fill, fill_cells, make_sheet

LOOP = {"A1": "{% for r in rows %}{{ r.n }}", "B1": "{% endfor %}"}


class Item:
    """Data of which it is known whether they are still held."""

    def __init__(self, n: int) -> None:
        self.n = n


def _items(count: int, held: list[int]) -> Iterator[Item]:
    alive: weakref.WeakSet[Item] = weakref.WeakSet()
    for n in range(count):
        item = Item(n)
        alive.add(item)
        held.append(len(alive))
        yield item
        del item


@pytest.mark.parametrize("extra", [{}, {"A2": "=SUM(A1:A1)"}, {"C1": "{{ loop.last }}"}])
def test_items_of_an_iterator_are_let_go_as_they_are_written(extra: dict[str, str]) -> None:
    """Only the item at hand is held, and the next one where the last one has to be known."""
    held: list[int] = []
    cells = {"A1": LOOP["A1"], **extra, "D1": "{% endfor %}"}
    found = fill_cells(cells, {"rows": _items(100, held)})
    assert [found[f"A{row}"] for row in range(1, 101)] == list(range(100))
    assert max(held) <= 3


@pytest.mark.parametrize(
    "cells",
    [
        {**LOOP, "A2": "{{ rows|length }}"},
        {**LOOP, "A2": "{%tr if rows %}", "A3": 3, "A4": "{%tr endif %}"},
        {
            "A1": "{%tr for g in [1, 1] %}",
            **{f"{k[0]}2": v for k, v in LOOP.items()},
            "A3": "{%tr endfor %}",
        },
        {**LOOP, "A2": "{%tr for r in rows %}{{ r.n }}{%tr endfor %}"},
    ],
)
def test_iterator_that_is_asked_for_twice_gives_the_same_items(cells: dict[str, str]) -> None:
    """However it is asked, it is as a list."""
    items = [Item(n) for n in range(3)]
    assert fill_cells(cells, {"rows": iter(items)}) == fill_cells(cells, {"rows": items})


def test_loop_knows_its_length_and_its_end() -> None:
    """What a loop says of itself holds for an iterator, too."""
    tags = "{{ loop.index }}/{{ loop.length }}/{{ loop.revindex }}/{{ loop.first }}/{{ loop.last }}"
    cells = {"A1": "{% for r in rows %}" + tags, "B1": "{% endfor %}"}
    assert fill_cells(cells, {"rows": iter("ab")}) == fill_cells(cells, {"rows": list("ab")})


def test_endless_iterator_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, not waited for."""
    monkeypatch.setattr(environment, "MAX_ITEMS", 100)
    with pytest.raises(DataError) as caught:
        fill(make_sheet(LOOP), {"rows": (Item(n) for n in itertools.count())})
    assert {one.code for one in caught.value} == {"template.too_much"}


def test_iterator_that_fails_is_told_with_its_loop() -> None:
    """The tag of the loop is named, and what the program said."""

    def failing() -> Iterator[Any]:
        yield Item(1)
        raise OSError("the database has gone")

    with pytest.raises(DataError) as caught:
        fill(make_sheet(LOOP), {"rows": failing()})
    (problem,) = caught.value.problems
    assert problem.code == "data.failed"
    assert problem.fields["reason"] == "the database has gone"
    assert problem.places[0].tag == "{% for r in rows %}"


def test_sums_over_an_iterator_are_those_of_its_items() -> None:
    """What formulas read is kept, the items are not."""
    cells = {**LOOP, "A2": "=SUM(A1:A1)"}
    rows = (Item(n) for n in range(1000))
    assert cached(bytes(fill(make_sheet(cells), {"rows": rows})))["A1001"] == 499500
