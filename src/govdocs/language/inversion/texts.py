"""Hold a text against the pieces of a leaf: which part of it is which value.

First as it is; where that fails, with the edits that a person makes: a space, another width of a
mark, a changed word. A value may be anything between its anchors; a form may say more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from govdocs.language.inversion import costs
from govdocs.language.inversion.automaton import Automaton, State, Turn
from govdocs.language.inversion.folding import fold, is_light
from govdocs.language.inversion.model import Lit, Slot
from govdocs.language.inversion.search import Edge, Node, Way, find_way

_MAX_NODES = 200_000
_LONGEST = 64
"""How many ends of a value are tried where its form allows several."""
_SENTENCE_ENDS = "。；！？;!?\n"
_OPENING = "《（(〔“‘「『【"
_CLOSING = "》）)〕”’」』】"


@dataclass(frozen=True, slots=True)
class Cut:
    """The text of a slot: from ``start`` to ``end``."""

    slot: Slot
    start: int
    end: int
    fits: bool = True


@dataclass(frozen=True, slots=True)
class Anchored:
    """A text of the template, and where it stands in the file."""

    lit: Lit
    start: int
    end: int


Event = Cut | Anchored | Turn
Reading = Literal["exact", "folded", "edited"]
"""As it is; with other widths of marks and letters; with any small edit."""
Follower = Literal["held", "formed", "free"]
"""What ends a value: text, or the end; a value of a known form; a value that may be anything."""


@dataclass(slots=True)
class TextSearch:
    """One text against one automaton.

    Attributes:
        known: what slots are known to print, from elsewhere.
        reading: how exactly the template's text must stand there.
    """

    automaton: Automaton
    text: str
    reading: Reading
    known: Mapping[Slot, str] = field(default_factory=dict)
    plain: str = ""
    depths: Sequence[int] = ()
    _absent: dict[int, int] = field(default_factory=dict)

    def run(self, limit: int) -> Way | None:
        """Find the way through; its labels are steps of it."""
        self.plain = self.text if self.reading == "exact" else fold(self.text)
        self.depths = depths_of(self.text)
        automaton = self.automaton
        start, end = (0, automaton.start, 0), (len(self.text), automaton.end, 0)
        if self.reading == "edited":
            return find_way(start, end, self._expand, limit, _MAX_NODES, self._ahead)
        return find_way(start, end, self._expand, limit, _MAX_NODES)

    def _ahead(self, node: Node) -> int:
        """The characters that no text of the template can account for are values, at least."""
        position, number, step = node
        state = self.automaton.states[number]
        used = step if isinstance(state.piece, Lit) else 0
        rest = len(self.text) - position - (self.automaton.reach[number] - used)
        return max(rest, 0) * costs.PER_CHARACTER

    def _expand(self, node: Node) -> Iterator[Edge]:
        position, number, step = node
        state = self.automaton.states[number]
        piece = state.piece
        if piece is None:
            for turn, to in state.turns:
                yield turn.price, (position, to, 0), turn
        elif isinstance(piece, Lit):
            if self.reading == "edited":
                yield from self._edited(state, piece.text, position, step)
            elif self.plain.startswith(self._wanted(piece), position):
                end = position + len(piece.text)
                yield 0, (end, state.next, 0), Anchored(piece, position, end)
        elif isinstance(piece, Slot):
            if step:
                yield from self._inside(state, piece, position, step)
            else:
                yield from self._enter(state, piece, position)

    def _wanted(self, lit: Lit) -> str:
        return lit.text if self.reading == "exact" else fold(lit.text)

    def _edited(self, state: State, wanted: str, position: int, step: int) -> Iterator[Edge]:
        """The text of the template, character by character."""
        text, number = self.text, state.number
        while step < len(wanted) and position < len(text) and wanted[step] == text[position]:
            step, position = step + 1, position + 1
        if step == len(wanted):
            yield 0, (position, state.next, 0), ("end", state.piece, position)
            return
        here = position < len(text)
        if here:
            same = fold(wanted[step]) == self.plain[position]
            both = is_light(wanted[step]) and is_light(text[position])
            price = costs.EDIT if same else costs.LIGHT if both else costs.CHANGED
            yield price, (position + 1, number, step + 1), None
            price = costs.LIGHT if is_light(text[position]) else costs.ADDED
            yield price, (position + 1, number, step), None
        price = costs.LIGHT if is_light(wanted[step]) else costs.REMOVED
        after = (position, number, step + 1)
        if step + 1 == len(wanted):
            yield price, (position, state.next, 0), ("end", state.piece, position)
        else:
            yield price, after, None

    def _enter(self, state: State, slot: Slot, position: int) -> Iterator[Edge]:
        known = self.known.get(slot)
        if known is not None:
            if self.text.startswith(known, position):
                end = position + len(known)
                yield 0, (end, state.next, 0), ("known", slot, position, end)
                return
            if self.reading != "edited":
                return
        pattern = slot.form.pattern
        if pattern is None:
            price = costs.EMPTY + (0 if self._is_held(state) else costs.UNNATURAL)
            yield price, (position, state.next, 0), ("cut", slot, position)
            if position < len(self.text):
                step = 1 + self.depths[position]
                yield costs.FREE, (position + 1, state.number, step), ("enter", slot, position)
            return
        found = pattern.match(self.text, position)
        if found is not None:
            yield from self._formed(state, slot, position, found.end())
        if self.reading == "edited" and position < len(self.text):
            price = costs.MISFIT
            yield (
                price,
                (position + 1, state.number, 1 + self.depths[position]),
                ("misfit", slot, position),
            )

    def _formed(self, state: State, slot: Slot, position: int, longest: int) -> Iterator[Edge]:
        pattern = slot.form.pattern
        assert pattern is not None
        for end in range(longest, max(position, longest - _LONGEST), -1):
            if end == longest or pattern.fullmatch(self.text, position, end):
                price = (longest - end) * costs.SHORTER
                yield price, (end, state.next, 0), ("known", slot, position, end)

    def _is_held(self, state: State) -> bool:
        """Whether text, an end or a form ends the value, not another value that may be anything."""
        return not any(
            isinstance(one.piece, Slot)
            and one.piece.form.pattern is None
            and one.piece not in self.known
            for one in state.first
        )

    def _inside(self, state: State, slot: Slot, position: int, step: int) -> Iterator[Edge]:
        """Leave a value where what follows may begin, or go on to the next such place."""
        text, size = self.text, len(self.text)
        if self.reading == "edited":
            price = costs.PER_CHARACTER
            if self.depths[position] != step - 1:
                price += costs.UNBALANCED
            if not (self._is_held(state) or _is_natural(text, position, "free")):
                price += costs.UNNATURAL
            yield price, (position, state.next, 0), ("cut", slot, position)
            if position < size:
                yield costs.PER_CHARACTER, (position + 1, state.number, step), None
            return
        place, follower = self._exit(state, position)
        if place < 0:
            return
        is_level = self.depths[place] == step - 1
        passed = (place - position) * costs.FREE
        price = 0 if is_level else costs.UNBALANCED
        if follower != "held" and not _is_natural(text, place, follower):
            price += costs.UNNATURAL
        yield passed + price, (place, state.next, 0), ("cut", slot, place)
        if place < size:
            passed += costs.FREE
            if follower == "held" and is_level:
                passed += costs.SWALLOWED
            elif state.in_loop and follower == "free" and _is_natural(text, place, follower):
                passed += costs.UNNATURAL
            yield passed, (place + 1, state.number, step), None

    def _exit(self, state: State, position: int) -> tuple[int, Follower]:
        """The next position where what follows may begin; and what follows there."""
        text = self.text
        best: tuple[int, Follower] = -1, "held"
        for following in state.first:
            piece = following.piece
            if piece is None:
                found: tuple[int, Follower] = len(text), "held"
            elif isinstance(piece, Lit):
                found = self._find(piece, position), "held"
            elif isinstance(piece, Slot):
                found = self._where(piece, position)
            else:
                continue
            is_nearer = best[0] < 0 or found[0] < best[0]
            if found[0] >= 0 and (is_nearer or (found[0] == best[0] and found[1] == "held")):
                best = found
        return best

    def _find(self, lit: Lit, position: int) -> int:
        if position >= self._absent.get(id(lit), len(self.text) + 1):
            return -1
        place = self.plain.find(self._wanted(lit), position)
        if place < 0:
            self._absent[id(lit)] = position
        return place

    def _where(self, slot: Slot, position: int) -> "tuple[int, Follower]":
        known = self.known.get(slot)
        if known:
            return self.text.find(known, position), "held"
        if slot.form.pattern is not None:
            found = slot.form.pattern.search(self.text, position)
            return found.start() if found else -1, "formed"
        return position, "free"


def _is_natural(text: str, position: int, follower: Follower) -> bool:
    """Whether a cut here is what a reader would make: before a number, between brackets."""
    if not 0 < position < len(text):
        return False
    before, after = text[position - 1], text[position]
    if follower == "formed" and before in _SENTENCE_ENDS:
        return True
    if after.isdigit():
        return not (before.isdigit() or before in ".,-")
    return before in _CLOSING and after in _OPENING


def depths_of(text: str) -> Sequence[int]:
    """How many brackets are open at each position; all nought where they do not pair."""
    depths, depth = [0] * (len(text) + 1), 0
    if not any(char in text for char in _OPENING):
        return depths
    for position, char in enumerate(text):
        depth += (char in _OPENING) - (char in _CLOSING)
        if depth < 0:
            return [0] * (len(text) + 1)
        depths[position + 1] = depth
    return depths if depth == 0 else [0] * (len(text) + 1)


def read_events(labels: tuple[object, ...]) -> list[Event]:
    """Turn the labels of a way into events."""
    events: list[Event] = []
    opened: tuple[Slot, int, bool] | None = None
    at = 0
    for label in labels:
        if isinstance(label, Turn | Anchored):
            events.append(label)
            at = label.end if isinstance(label, Anchored) else at
            continue
        assert isinstance(label, tuple)
        match label:
            case ("enter", slot, start):
                opened = slot, start, True
            case ("misfit", slot, start):
                opened = slot, start, False
            case ("cut", slot, end):
                _, start, fits = opened or (slot, end, True)
                events.append(Cut(slot, start, end, fits))
                opened, at = None, end
            case ("known", slot, start, end):
                events.append(Cut(slot, start, end))
                at = end
            case ("end", lit, end):
                events.append(Anchored(lit, at, end))
                at = end
    return events
