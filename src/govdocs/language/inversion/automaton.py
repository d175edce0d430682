"""A row of pieces as an automaton: states that take text or units, and turns between them.

Loops whose choices hang on ``loop.first`` or ``loop.last`` are written out as first, middle and
last pass, so that the counter decides there and not a guess. Nothing here looks at a file.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from govdocs.language.inversion import costs
from govdocs.language.inversion.calculator import Calculator, UnknownError, counter
from govdocs.language.inversion.model import Choice, Lit, Loop, Pattern, Piece, Slot

_ENDLESS = 1 << 40


@dataclass(frozen=True, slots=True)
class Turn:
    """What is decided on the way from one state to the next.

    Attributes:
        kind: ``pass`` (a loop goes round once), ``done``, ``none`` (it never went round),
            ``branch``.
        piece: the loop or the choice.
        number: of the branch.
    """

    kind: Literal["pass", "done", "none", "branch"]
    piece: Loop | Choice
    number: int = 0

    @property
    def price(self) -> int:
        """What it costs to turn that way."""
        return costs.PASS if self.kind == "pass" else 0


@dataclass(slots=True, eq=False)
class State:
    """One state: it takes ``piece``, or it turns to one of ``turns``."""

    number: int
    piece: Lit | Slot | Pattern | None = None
    next: int = -1
    turns: list[tuple[Turn, int]] = field(default_factory=list)
    in_loop: bool = False
    first: tuple["State", ...] = ()
    """The states that take something and may come next, for a state with a piece."""


@dataclass(frozen=True, slots=True)
class Automaton:
    """The states of a row of pieces; the last one is its end."""

    states: tuple[State, ...]
    start: int
    end: int
    reach: tuple[int, ...]
    """How much text of the template can follow at most, from each state on."""


Facts = Mapping[int, tuple[bool, bool]]
"""Loop -> whether this is its first and its last pass."""


def build(pieces: Sequence[Piece], calculator: Calculator) -> Automaton:
    """Turn pieces into an automaton."""
    return _Builder(calculator).run(pieces)


class _Builder:
    """Builds from the end to the beginning."""

    def __init__(self, calculator: Calculator) -> None:
        self.calculator = calculator
        self.states: list[State] = []
        self.depth = 0

    def run(self, pieces: Sequence[Piece]) -> Automaton:
        end = self._state()
        start = self._row(pieces, end.number, {})
        order = _order(self.states, start, end.number)
        states = _renumber(self.states, order)
        for state in states:
            if state.piece is not None:
                state.first = _closure(states, state.next)
        return Automaton(states, order[start], order[end.number], _reach(states))

    def _state(self) -> State:
        state = State(len(self.states), in_loop=self.depth > 0)
        self.states.append(state)
        return state

    def _row(self, pieces: Sequence[Piece], after: int, facts: Facts) -> int:
        for piece in reversed(_merge(pieces)):
            after = self._piece(piece, after, facts)
        return after

    def _piece(self, piece: Piece, after: int, facts: Facts) -> int:
        if isinstance(piece, Loop):
            return (
                self._counted(piece, after, facts)
                if piece.counts
                else self._loop(piece, after, facts)
            )
        if isinstance(piece, Choice):
            return self._choice(piece, after, facts)
        if isinstance(piece, Lit) and not piece.text:
            return after
        state = self._state()
        state.piece, state.next = piece, after
        return state.number

    def _loop(self, loop: Loop, after: int, facts: Facts) -> int:
        self.depth += 1
        back = self._state()
        body = self._row(loop.body, back.number, facts)
        self.depth -= 1
        back.turns = [(Turn("pass", loop), body), (Turn("done", loop), after)]
        entry = self._state()
        otherwise = self._row(loop.otherwise, after, facts)
        entry.turns = [(Turn("pass", loop), body), (Turn("none", loop), otherwise)]
        return entry.number

    def _counted(self, loop: Loop, after: int, facts: Facts) -> int:
        """First, middle and last pass, or the only one."""
        done = self._state()
        done.turns = [(Turn("done", loop), after)]
        self.depth += 1
        back = self._state()

        def body(is_first: bool, is_last: bool) -> int:
            known = {**facts, loop.number: (is_first, is_last)}
            return self._row(loop.body, done.number if is_last else back.number, known)

        last, middle = body(False, True), body(False, False)
        back.turns = [(Turn("pass", loop), middle), (Turn("pass", loop), last)]
        first, only = body(True, False), body(True, True)
        self.depth -= 1
        entry = self._state()
        otherwise = self._row(loop.otherwise, after, facts)
        passing = Turn("pass", loop)
        entry.turns = [(passing, first), (passing, only), (Turn("none", loop), otherwise)]
        return entry.number

    def _choice(self, choice: Choice, after: int, facts: Facts) -> int:
        numbers = range(len(choice.branches))
        if choice.loop is not None and choice.loop in facts:
            taken = _decided(choice, facts[choice.loop], self.calculator)
            if taken is not None:
                numbers = range(taken, taken + 1)
        state = self._state()
        state.turns = [
            (Turn("branch", choice, number), self._row(choice.branches[number].items, after, facts))
            for number in numbers
        ]
        return state.number


def _merge(pieces: Sequence[Piece]) -> list[Piece]:
    """Join neighbouring texts: longer anchors are surer ones."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, Lit) and isinstance(last, Lit):
            merged[-1] = Lit(last.text + piece.text)
        else:
            merged.append(piece)
    return merged


def _order(states: Sequence[State], start: int, end: int) -> dict[int, int]:
    """Number the states so that turns lead up, but for the way back of a loop."""
    found: list[int] = []
    seen: set[int] = set()
    waiting: list[tuple[int, bool]] = [(start, False)]
    while waiting:
        number, is_done = waiting.pop()
        if is_done:
            found.append(number)
            continue
        if number in seen:
            continue
        seen.add(number)
        waiting.append((number, True))
        state = states[number]
        targets = [state.next] if state.piece is not None else [to for _, to in state.turns]
        waiting += [(to, False) for to in reversed(targets) if to not in seen]
    if end not in seen:
        found.insert(0, end)
    return {number: place for place, number in enumerate(reversed(found))}


def _renumber(states: Sequence[State], order: Mapping[int, int]) -> tuple[State, ...]:
    kept = [state for state in states if state.number in order]
    kept.sort(key=lambda state: order[state.number])
    for state in kept:
        state.next = order.get(state.next, -1)
        state.turns = [(turn, order[to]) for turn, to in state.turns]
    return tuple(replace(state, number=place) for place, state in enumerate(kept))


def _reach(states: Sequence[State]) -> tuple[int, ...]:
    found = [0] * len(states)
    for state in reversed(states):
        own = len(state.piece.text) if isinstance(state.piece, Lit) else 0
        targets = [state.next] if state.piece is not None else [to for _, to in state.turns]
        if any(to <= state.number for to in targets):
            found[state.number] = _ENDLESS
        else:
            found[state.number] = own + max((found[to] for to in targets), default=0)
    return tuple(found)


def _closure(states: Sequence[State], start: int) -> tuple[State, ...]:
    """The states that may be next to take something; one without piece or turns is the end."""
    found: dict[int, State] = {}
    waiting = [start]
    while waiting:
        number = waiting.pop()
        if number in found:
            continue
        found[number] = states[number]
        if states[number].piece is None:
            waiting += [to for _, to in states[number].turns]
    return tuple(one for one in found.values() if one.piece is not None or not one.turns)


def _decided(choice: Choice, fact: tuple[bool, bool], calculator: Calculator) -> int | None:
    """The branch that a loop's counter chooses; None where it takes more than first or last."""
    found = {_chosen(choice, one, calculator) for one in _counters(*fact)}
    return found.pop() if len(found) == 1 else None


def _counters(is_first: bool, is_last: bool) -> list[dict[str, Any]]:
    """Counters of loops of several lengths at such a pass."""
    indices = [1] if is_first else [2, 3, 4, 5]
    return [
        counter(index, index + rest)
        for index in indices
        for rest in ([0] if is_last else [1, 2, 3])
    ]


def _chosen(choice: Choice, loop: Mapping[str, Any], calculator: Calculator) -> int | None:
    for number, branch in enumerate(choice.branches):
        if branch.test is None:
            return number
        try:
            if calculator.compute(branch.test, {"loop": loop}):
                return number
        except UnknownError:
            return None
    return None
