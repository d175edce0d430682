"""Hold a filled file's units against a template's patterns: which is which, and what was edited.

The cheapest reading of the whole wins: a paragraph that somebody added, took out or changed costs,
what stands as the template has it costs nothing. Nothing here turns texts into data.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from govdocs.language.inversion import costs
from govdocs.language.inversion.automaton import Automaton, State
from govdocs.language.inversion.folding import fold
from govdocs.language.inversion.matches import Covered, Extra, Lost, Match, Taken, as_match
from govdocs.language.inversion.model import Lit, Pattern, Slot, Unit
from govdocs.language.inversion.pieces import asks, text_of
from govdocs.language.inversion.plan import Plan
from govdocs.language.inversion.search import Edge, Node, find_way
from govdocs.language.inversion.texts import Cut, Reading, TextSearch

_MAX_NODES = 2_000_000
_FAR = 1 << 62


@dataclass(slots=True)
class Matcher:
    """One reading of one file: every comparison is made once."""

    plan: Plan
    _known: dict[tuple[int, int, bool], Match | None] = field(default_factory=dict)
    _empty: dict[tuple[int, int | str], Unit] = field(default_factory=dict)
    _characters: dict[int, frozenset[str]] = field(default_factory=dict)

    def match(self, pattern: Pattern, unit: Unit, *, edits: bool) -> Match | None:
        """Read a unit by a pattern; None if it cannot be that.

        Args:
            pattern: of the template.
            unit: of the file.
            edits: whether a person may have edited it.
        """
        if pattern.kind != unit.kind:
            return None
        key = id(pattern), id(unit), edits
        if key not in self._known:
            self._known[key] = self._match(pattern, unit, edits)
        return self._known[key]

    def best(self, pattern: Pattern, unit: Unit) -> Match | None:
        """Read a unit as it is, or else with edits."""
        found = self.match(pattern, unit, edits=False)
        return found or self.match(pattern, unit, edits=True)

    def _match(self, pattern: Pattern, unit: Unit, edits: bool) -> Match | None:
        if pattern.is_open:
            return Match(0)
        if edits and self._is_hopeless(pattern, unit):
            return None
        if pattern.is_keyed:
            return self._cells(pattern, unit, edits)
        if pattern.is_leaf:
            return self._leaf(pattern, unit, edits)
        if not edits and all(isinstance(one, Pattern) for one in pattern.items):
            return self._straight(pattern, unit)
        return self.row(self.plan.automaton(pattern), unit.children, edits=edits)

    def _straight(self, pattern: Pattern, unit: Unit) -> Match | None:
        """Read a container without loops and choices: there is but one way."""
        if len(pattern.items) != len(unit.children):
            return None
        steps, cost = [], 0
        for own, child in zip(pattern.items, unit.children, strict=True):
            assert isinstance(own, Pattern)
            found = self.match(own, child, edits=False)
            if found is None:
                return None
            steps.append(Taken(own, child))
            cost += found.cost
        return Match(cost, steps=tuple(steps))

    def _leaf(self, pattern: Pattern, unit: Unit, edits: bool) -> Match | None:
        items, text = pattern.items, unit.text
        if not edits and len(items) <= 1:
            only = items[0] if items else None
            if only is None:
                return None if text.strip() else Match(0)
            if isinstance(only, Slot) and only.form.pattern is None:
                price = len(text) * costs.FREE or costs.EMPTY
                return Match(price, (Cut(only, 0, len(text)),))
            if isinstance(only, Lit):
                return Match(0) if only.text == text else None
        if not edits:
            return self._read(pattern, text, "exact", costs.EDIT - 1)
        folded = self._read(pattern, text, "folded", costs.EDIT - 1)
        if folded is not None:
            return replace(folded, cost=folded.cost + costs.EDIT)
        slack = costs.PER_CHARACTER * (len(text) + 10)
        return self._read(pattern, text, "edited", self._tolerance(pattern, unit) + slack)

    def _read(self, pattern: Pattern, text: str, reading: Reading, limit: int) -> Match | None:
        search = TextSearch(self.plan.automaton(pattern), text, reading)
        return as_match(search.run(limit), reading)

    def _tolerance(self, pattern: Pattern, unit: Unit) -> int:
        """What edits of a unit may cost: less than to take it for another one altogether."""
        other = self.lost(pattern) + extra_cost(unit)
        return min(costs.tolerance(self.plan.weight(pattern)), other)

    def _is_hopeless(self, pattern: Pattern, unit: Unit) -> bool:
        """Whether too few characters of the template stand in the unit at all."""
        have = self._characters.get(id(unit))
        if have is None:
            have = self._characters[id(unit)] = frozenset(fold(text_of(unit)))
        lost = sum(char not in have for char in self.plan.text(pattern))
        return lost * costs.CHANGED > costs.tolerance(self.plan.weight(pattern))

    def _cells(self, pattern: Pattern, unit: Unit, edits: bool) -> Match | None:
        total = 0
        for column, own in pattern.cells.items():
            found = self.match(own, self.cell(unit, column), edits=False)
            if found is None and edits:
                found = self.match(own, self.cell(unit, column), edits=True)
            if found is None:
                if not edits:
                    return None
                total += self.lost(own) + costs.EXTRA_CELL
            else:
                total += found.cost
        for _ in self.extra_cells(pattern, unit):
            if not edits:
                return None
            total += costs.EXTRA_CELL
        if edits and total > costs.tolerance(self.plan.weight(pattern)) * 2:
            return None
        return Match(total)

    def cell(self, row: Unit, column: int | str) -> Unit:
        """Return a cell of a row; an empty one where it has none."""
        found = row.cells.get(column)
        if found is None:
            found = self._empty.setdefault((id(row), column), Unit("cell", row.place, value=None))
        return found

    def extra_cells(self, pattern: Pattern, row: Unit) -> Iterator[Unit]:
        """Yield the cells of a row that the template leaves empty and the file does not."""
        for column, cell in row.cells.items():
            if column not in pattern.cells and cell.text.strip() and not pattern.is_partial:
                yield cell

    def lost(self, pattern: Pattern) -> int:
        """What it costs that nothing in the file stands for a pattern."""
        weight = self.plan.weight(pattern)
        holds_value = asks([*pattern.items, *pattern.cells.values()])
        if not weight and not pattern.cells and not holds_value:
            return costs.BLANK_UNIT
        return (
            costs.LOST_VALUE if holds_value else costs.LOST_UNIT
        ) + weight * costs.LOST_CHARACTER

    def row(self, automaton: Automaton, units: Sequence[Unit], *, edits: bool) -> Match | None:
        """Read neighbouring units by an automaton."""
        search = _RowSearch(self, automaton, units, edits)
        start, end = (0, automaton.start, 0), (len(units), automaton.end, 0)
        way = find_way(start, end, search.expand, _FAR if edits else costs.EDIT - 1, _MAX_NODES)
        if way is None:
            return None
        return Match(way.cost, steps=way.labels, other_steps=way.others)


@dataclass(slots=True)
class _RowSearch:
    matcher: Matcher
    automaton: Automaton
    units: Sequence[Unit]
    edits: bool

    def expand(self, node: Node) -> Iterator[Edge]:
        position, number, step = node
        state = self.automaton.states[number]
        piece = state.piece
        unit = self.units[position] if position < len(self.units) else None
        if step:
            yield from self._edited(state, position)
            return
        if piece is None:
            for turn, to in state.turns:
                yield turn.price, (position, to, 0), turn
        elif isinstance(piece, Slot):
            yield 0, (position, state.next, 0), None
            if unit is not None:
                yield costs.SHORTER, (position + 1, number, 0), Covered(piece, unit)
        elif isinstance(piece, Pattern):
            yield from self._pattern(state, piece, position, unit)
        elif isinstance(piece, Lit):
            yield 0, (position, state.next, 0), None
        if self.edits and unit is not None and (piece is not None or not state.turns):
            yield extra_cost(unit), (position + 1, number, 0), Extra(unit)

    def _pattern(
        self, state: State, pattern: Pattern, position: int, unit: Unit | None
    ) -> Iterator[Edge]:
        if self.edits:
            yield self.matcher.lost(pattern), (position, state.next, 0), Lost(pattern)
        if unit is None:
            return
        found = self.matcher.match(pattern, unit, edits=False)
        if found is not None:
            price = found.cost
            if (
                self.edits
                and pattern.is_leaf
                and unit.text
                and not self.matcher.plan.weight(pattern)
            ):
                price += costs.UNANCHORED
            yield price, (position + 1, state.next, 0), Taken(pattern, unit)
        elif self.edits and pattern.kind == unit.kind:
            yield costs.EDIT, (position, state.number, 1), None

    def _edited(self, state: State, position: int) -> Iterator[Edge]:
        pattern, unit = state.piece, self.units[position]
        assert isinstance(pattern, Pattern)
        found = self.matcher.match(pattern, unit, edits=True)
        if found is not None:
            price = max(found.cost - costs.EDIT, 0)
            yield price, (position + 1, state.next, 0), Taken(pattern, unit)


def extra_cost(unit: Unit) -> int:
    """What it costs that a unit is none of the template's."""
    size = _size(unit)
    if not size:
        return costs.LIGHT
    return costs.EXTRA_UNIT + min(size, 1000) * costs.EXTRA_CHARACTER


def _size(unit: Unit) -> int:
    return len(text_of(unit).replace(" ", ""))


def read_again(
    plan: Plan, pattern: Pattern, text: str, reading: Reading, known: Mapping[Slot, str]
) -> Match | None:
    """Read a leaf with what is known of its values from elsewhere."""
    search = TextSearch(plan.automaton(pattern), text, reading, known=known)
    slack = costs.PER_CHARACTER * (len(text) + 10)
    limit = costs.tolerance(plan.weight(pattern)) + slack
    return as_match(search.run(limit if reading == "edited" else costs.EDIT - 1), reading)
