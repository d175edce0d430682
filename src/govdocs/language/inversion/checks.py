"""Hold what is printed by sums, shares and conditions against the data that were read.

What cannot be computed from the data is passed over. Nothing here changes the data.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from jinja2 import nodes

from govdocs.errors import Problem
from govdocs.language.inversion.calculator import Calculator, UnknownError, counter
from govdocs.language.inversion.model import UNTYPED, Bound, Counter, Made, Scope
from govdocs.language.inversion.paths import Path, locate
from govdocs.language.inversion.traces import Chosen, Here, Printed
from govdocs.values.numbers import is_number
from govdocs.values.printing import print_value

_SNIPPET = 40
_NEAR = Decimal("1e-9")
"""How far a number of a sheet may be off: sheets keep 15 digits."""


def check(
    calculator: Calculator,
    data: Mapping[str, Any],
    printed: Iterable[Printed],
    chosen: Iterable[Chosen],
) -> list[Problem]:
    """List every computed text and every taken branch that the data contradict."""
    checker = _Checker(calculator, data)
    return [*checker.printed(printed), *checker.chosen(chosen)]


class _Checker:
    def __init__(self, calculator: Calculator, data: Mapping[str, Any]) -> None:
        self.calculator = calculator
        self.data = data

    def printed(self, printed: Iterable[Printed]) -> Iterator[Problem]:
        for one in printed:
            try:
                value = self.value(one.slot.node, one.slot.scope, one.here)
            except UnknownError:
                continue
            if not _agrees(value, one):
                fields = {
                    "tag": one.place.tag,
                    "computed": _shown(value),
                    "found": one.text[:_SNIPPET],
                }
                yield Problem("extract.mismatch", (one.place,), fields, "warning")

    def chosen(self, chosen: Iterable[Chosen]) -> Iterator[Problem]:
        for one in chosen:
            try:
                should = self._branch(one)
            except UnknownError:
                continue
            if should != one.number:
                placed = one.choice.placed
                tag = placed.tag.text if placed else ""
                place = replace(one.place, tag=tag)
                yield Problem("extract.condition", (place,), {"tag": tag}, "warning")

    def _branch(self, one: Chosen) -> int:
        for number, branch in enumerate(one.choice.branches):
            if branch.test is None or self.value(branch.test, one.choice.scope, one.here):
                return number
        raise UnknownError

    def value(self, node: nodes.Node, scope: Scope, here: Here) -> Any:
        names = dict(self.data)
        for name in _names(node) & set(scope):
            names[name] = self._meant(name, scope, here)
        return self.calculator.compute(node, names)

    def _meant(self, name: str, scope: Scope, here: Here) -> Any:
        meaning = scope[name]
        if isinstance(meaning, Bound):
            return self._at(meaning.path, here)
        if isinstance(meaning, Made):
            return self.value(meaning.node, meaning.scope, here)
        if isinstance(meaning, Counter) and meaning.loop in here.runs:
            run, index = here.runs[meaning.loop]
            return counter(index + 1, run.count)
        raise UnknownError

    def _at(self, path: Path, here: Here) -> Any:
        spot = locate(path, here.passes)
        if spot is None:
            raise UnknownError
        value: Any = self.data
        for step in spot:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                raise UnknownError from None
        return value


def _names(node: nodes.Node) -> set[str]:
    own = {node.name} if isinstance(node, nodes.Name) else set()
    return own | {one.name for one in node.find_all(nodes.Name)}


def _agrees(value: Any, one: Printed) -> bool:
    if one.value is not UNTYPED and is_number(value) and is_number(one.value):
        wanted, found = Decimal(str(value)), Decimal(str(one.value))
        return abs(wanted - found) <= _NEAR * max(Decimal(1), abs(wanted))
    return print_value("" if value is None else value) == one.text


def _shown(value: Any) -> str:
    return print_value(value)[:_SNIPPET]
