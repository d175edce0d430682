"""Walk through a reading and gather what it says: values, lengths of lists, what is odd.

Values that cannot be told apart are left out and said so; what was cut by a guess is marked. The
walk is made once for each part of a file; doubtful texts are read again when more is known.
"""

from collections import Counter as Multiset
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from jinja2 import nodes

from govdocs.errors import Place, Problem
from govdocs.language.inversion.automaton import Turn
from govdocs.language.inversion.expressions import Reader
from govdocs.language.inversion.model import (
    UNTYPED,
    Branch,
    Choice,
    Loop,
    Pattern,
    Scope,
    Slot,
    Unit,
)
from govdocs.language.inversion.paths import Path, dotted, locate
from govdocs.language.inversion.readings import (
    EXACT,
    GUESSED,
    IMPLIED,
    ROUNDED,
    Ledger,
    Reading,
    is_mark,
    value_of,
)
from govdocs.language.inversion.texts import Anchored, Cut, Event
from govdocs.language.inversion.units import (
    Covered,
    Extra,
    Lost,
    Match,
    Matcher,
    Step,
    Taken,
    read_again,
    text_of,
)

_SNIPPET = 30
Implied = list[tuple[Path, Any]]


@dataclass(slots=True)
class Run:
    """One run of a loop, from its first pass to its last."""

    loop: Loop
    place: Place
    count: int = 0


@dataclass(frozen=True, slots=True)
class Here:
    """Where a walk is: the passes of the loops around it."""

    runs: Mapping[int, tuple[Run, int]]

    @property
    def passes(self) -> dict[int, int]:
        """The pass of each loop."""
        return {number: index for number, (_, index) in self.runs.items()}

    @property
    def lengths(self) -> dict[int, int]:
        """How often each loop goes round, once that is known."""
        return {number: run.count for number, (run, _) in self.runs.items()}


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands where an expression was printed."""

    slot: Slot
    text: str
    value: Any
    here: Here
    place: Place


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which branch was taken."""

    choice: Choice
    number: int
    here: Here
    place: Place


@dataclass(frozen=True, slots=True)
class _Doubt:
    pattern: Pattern
    unit: Unit
    match: Match
    here: Here
    known: frozenset[Slot] = frozenset()


@dataclass(slots=True)
class Harvest:
    """What one file gives.

    Attributes:
        kinds: of the fields, by their dotted name.
        ledger: all readings.
        printed: what was printed by expressions that cannot be read back.
        chosen: the branches taken.
        notes: what is odd.
        lost: how many characters of the template nothing in the file stands for.
    """

    matcher: Matcher
    kinds: Mapping[str, str]
    reader: Reader
    ledger: Ledger = field(default_factory=Ledger)
    printed: list[Printed] = field(default_factory=list)
    chosen: list[Chosen] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    lost: int = 0
    _changes: dict[tuple[str, str], int] = field(default_factory=dict)
    _doubts: list[_Doubt] = field(default_factory=list)
    _runs: dict[int, tuple[Run, int]] = field(default_factory=dict)

    def walk(self, match: Match, place: Place) -> None:
        """Walk through the reading of a part."""
        self._steps(match, place)

    def finish(self) -> None:
        """Read doubtful texts again with what is known by now, then take what is left as it is."""
        for _ in range(3):
            waiting, self._doubts = self._doubts, []
            for doubt in waiting:
                self._read_again(doubt)
            if len(self._doubts) == len(waiting):
                break
        for doubt in self._doubts:
            self._take(doubt.pattern, doubt.unit, doubt.match, doubt.here, doubt.known)
        self._doubts = []

    def _here(self) -> Here:
        return Here(dict(self._runs))

    def _turn(self, turn: Turn, place: Place, unsure: "_Unsure") -> None:
        piece = turn.piece
        if isinstance(piece, Choice):
            if piece not in unsure.choices:
                self.chosen.append(Chosen(piece, turn.number, self._here(), place))
                self._imply(piece, turn.number, place)
            return
        if turn.kind == "pass":
            run, _ = self._runs.get(piece.number, (Run(piece, place), -1))
            self._runs[piece.number] = run, run.count
            run.count += 1
            return
        run, _ = self._runs.pop(piece.number, (Run(piece, place), -1))
        if piece.path is not None and piece not in unsure.loops:
            spot = locate(piece.path, self._here().passes)
            if spot is not None:
                self.ledger.add_length(spot, run.count, run.place, optional=piece.optional)

    def _steps(self, match: Match, place: Place) -> None:
        unsure = _compare(match.steps, match.other_steps)
        self._tell_unsure(unsure, place, "")
        covered: list[Covered] = []
        for step in match.steps:
            if isinstance(step, Covered):
                covered.append(step)
                continue
            self._flush(covered)
            match step:
                case Turn():
                    self._turn(step, place, unsure)
                case Taken():
                    self._taken(step, place, unsure)
                case Extra():
                    self._extra(step.unit)
                case Lost():
                    self._lost(step.pattern)
        self._flush(covered)

    def _flush(self, covered: list[Covered]) -> None:
        """A value made of whole units: read where it is one paragraph."""
        if len(covered) == 1 and not covered[0].unit.children:
            unit, slot = covered[0].unit, covered[0].slot
            self._slot(slot, unit.text, UNTYPED, unit.place, self._here(), EXACT)
        covered.clear()

    def _taken(self, step: Taken, place: Place, unsure: "_Unsure") -> None:
        del place
        pattern, unit = step.pattern, step.unit
        if step in unsure.steps:
            return
        match = self.matcher.best(pattern, unit)
        if match is None or pattern.is_open:
            return
        if pattern.is_keyed:
            self._cells(pattern, unit)
        elif pattern.is_leaf:
            self._leaf(pattern, unit, match)
        else:
            self._steps(match, unit.place)

    def _cells(self, pattern: Pattern, row: Unit) -> None:
        for column, own in pattern.cells.items():
            cell = self.matcher.cell(row, column)
            match = self.matcher.best(own, cell)
            if match is None:
                self._lost(own)
            elif not own.is_open:
                self._leaf(own, cell, match)
        for cell in self.matcher.extra_cells(pattern, row):
            self._extra(cell)

    def _leaf(self, pattern: Pattern, unit: Unit, match: Match) -> None:
        is_doubtful = bool(match.others) or bool(_guesses(match.events))
        if is_doubtful or match.reading == "edited":
            self._doubts.append(_Doubt(pattern, unit, match, self._here()))
            # the loops inside of the text are counted when it is taken
            return
        self._take(pattern, unit, match, self._here())

    def _read_again(self, doubt: _Doubt) -> None:
        known: dict[Slot, str] = {}
        for event in doubt.match.events:
            if isinstance(event, Cut) and event.slot.path and event.slot.form.name == "plain":
                spot = locate(event.slot.path, doubt.here.passes)
                text = None if spot is None else self.ledger.sure_text(spot)
                if text is not None:
                    known[event.slot] = text
        text, reading = doubt.unit.text, doubt.match.reading
        for attempt in _attempts(known):
            found = read_again(self.matcher.plan, doubt.pattern, text, reading, attempt)
            if found is None:
                continue
            doubt = replace(doubt, match=found, known=frozenset(attempt))
            if not found.others and not _guesses(found.events, attempt):
                self._take(doubt.pattern, doubt.unit, found, doubt.here, doubt.known)
                return
            break
        self._doubts.append(doubt)

    def _take(
        self,
        pattern: Pattern,
        unit: Unit,
        match: Match,
        here: Here,
        known: frozenset[Slot] = frozenset(),
    ) -> None:
        outer, self._runs = self._runs, dict(here.runs)
        unsure = _compare(match.events, match.others)
        self._tell_unsure(unsure, unit.place, unit.text)
        guesses = [one for one in _guesses(match.events, known) if one.slot not in unsure.slots]
        self._tell("extract.cut", guesses, unit.place)
        self._tell("extract.first", _repeats(match.events, unit.text, known), unit.place)
        for event in match.events:
            if isinstance(event, Turn):
                self._turn(event, unit.place, unsure)
            elif isinstance(event, Anchored):
                self._anchor(event, unit)
            elif event.slot not in unsure.slots:
                self._cut(event, pattern, unit, GUESSED if event in guesses else EXACT)
        self._runs = outer

    def _cut(self, cut: Cut, pattern: Pattern, unit: Unit, rank: int) -> None:
        text = unit.text[cut.start : cut.end]
        is_whole = cut.start == 0 and cut.end == len(unit.text)
        value = unit.value if is_whole else UNTYPED
        if not text and unit.pictures > pattern.pictures:
            fields = {"tag": _tag(cut.slot)}
            self.notes.append(Problem("extract.picture", (unit.place,), fields, "note"))
            return
        self._slot(cut.slot, text, value, unit.place, self._here(), rank, fits=cut.fits)

    def _slot(
        self, slot: Slot, text: str, value: Any, place: Place, here: Here, rank: int, *,
        fits: bool = True,
    ) -> None:  # fmt: skip
        place = replace(place, tag=_tag(slot))
        if is_mark(text):
            return
        if slot.path is None or not slot.form.is_exact:
            self.printed.append(Printed(slot, text, value, here, place))
        spot = None if slot.path is None else locate(slot.path, here.passes)
        if spot is None or (slot.fallback is not None and text == slot.fallback):
            return
        name = dotted(spot)
        if slot.form.name == "plain":
            kind = self.kinds.get(name, "value")
            taken = value if value is not UNTYPED else value_of(text, kind, str(spot[-1]))
            self.ledger.add(Reading(spot, taken, rank, place, text))
            return
        taken = slot.form.read(text) if fits else None
        if taken is None:
            fields = {"name": name, "text": text[:_SNIPPET], "form": slot.form.name}
            self.notes.append(Problem("extract.misfit", (place,), fields, "warning"))
            taken, rank = text, GUESSED
        elif not slot.form.is_exact:
            rank = ROUNDED
        elif slot.form.name == "join":
            kind = self.kinds.get(f"{name}[]", "value")
            taken = [value_of(one, kind, str(spot[-1])) for one in taken]
        self.ledger.add(Reading(spot, taken, rank, place))

    def _anchor(self, anchor: Anchored, unit: Unit) -> None:
        found = unit.text[anchor.start : anchor.end]
        if found != anchor.lit.text:
            self._changed(anchor.lit.text[:_SNIPPET], found[:_SNIPPET], unit.place)

    def _changed(self, wanted: str, found: str, place: Place) -> None:
        """Say once of each change where it was made."""
        fields = {"wanted": wanted, "found": found}
        said = self._changes.get((wanted, found))
        if said is None:
            self._changes[wanted, found] = len(self.notes)
            self.notes.append(Problem("extract.changed", (place,), fields, "note"))
        elif place not in self.notes[said].places:
            places = (*self.notes[said].places, place)
            self.notes[said] = replace(self.notes[said], places=places)

    def _extra(self, unit: Unit) -> None:
        text = text_of(unit).strip()
        if text:
            fields = {"found": text[:_SNIPPET]}
            self.notes.append(Problem("extract.added", (unit.place,), fields, "note"))

    def _lost(self, pattern: Pattern) -> None:
        weight = self.matcher.plan.weight(pattern)
        self.lost += weight
        names = tuple(dict.fromkeys(dotted(one) for one in paths_in([pattern])))
        wanted = static_text([pattern])
        if wanted.strip() or names:
            fields = {"wanted": wanted[:_SNIPPET], "names": names or ("-",)}
            self.notes.append(Problem("extract.lost", (pattern.place,), fields, "warning"))

    def _tell_unsure(self, unsure: "_Unsure", place: Place, text: str) -> None:
        names = [dotted(one.path) for one in unsure.slots if one.path]
        names += [dotted(one.path) for one in unsure.loops if one.path]
        if names:
            fields = {"names": tuple(dict.fromkeys(names)), "text": text[:_SNIPPET]}
            self.notes.append(Problem("extract.ambiguous", (place,), fields, "warning"))

    def _tell(self, code: str, cuts: "Sequence[Cut]", place: Place) -> None:
        """Say once of some values how they were told apart."""
        names = tuple(dict.fromkeys(dotted(one.slot.path) for one in cuts if one.slot.path))
        said = {(note.code, note.fields.get("names")) for note in self.notes}
        if names and (code, names) not in said:
            self.notes.append(Problem(code, (place,), {"names": names}, "note"))

    def _imply(self, choice: Choice, taken: int, place: Place) -> None:
        passes = self._here().passes
        for number, branch in enumerate(choice.branches[: taken + 1]):
            if branch.test is None:
                continue
            for path, value in implied(self.reader, branch, choice.scope, number == taken):
                spot = locate(path, passes)
                if spot is None:
                    continue
                is_flag = self.kinds.get(dotted(spot), "flag") == "flag"
                if is_flag or not isinstance(value, bool):
                    self.ledger.add(Reading(spot, value, IMPLIED, place))


@dataclass(slots=True)
class _Unsure:
    """What differs between readings that are as good as each other."""

    slots: dict[Slot, None] = field(default_factory=dict)
    loops: dict[Loop, None] = field(default_factory=dict)
    choices: dict[Choice, None] = field(default_factory=dict)
    steps: set[Step] = field(default_factory=set)


def _compare(events: Sequence[Event | Step], others: Iterable[Sequence[Event | Step]]) -> _Unsure:
    unsure = _Unsure()
    own = Multiset(events) if others else Multiset()
    for other in others:
        theirs = Multiset(other)
        for event in [*(own - theirs), *(theirs - own)]:
            match event:
                case Cut():
                    unsure.slots[event.slot] = None
                case Turn(piece=Loop() as loop):
                    unsure.loops[loop] = None
                case Turn(piece=Choice() as choice):
                    unsure.choices[choice] = None
                case Taken():
                    unsure.steps.add(event)
                    for slot in slots_in([event.pattern]):
                        unsure.slots[slot] = None
    return unsure


def _attempts(known: Mapping[Slot, str]) -> Iterator[Mapping[Slot, str]]:
    """All that is known; then without each value in turn: one may be another in this text."""
    if known:
        yield known
    for path in dict.fromkeys(slot.path for slot in known):
        rest = {slot: text for slot, text in known.items() if slot.path != path}
        if rest:
            yield rest


def _guesses(events: Sequence[Event], known: Iterable[Slot] = ()) -> list[Cut]:
    """The values that stand against another one, with nothing of the template in between."""
    sure = set(known)
    cuts = [one for one in events if not isinstance(one, Turn)]
    found: list[Cut] = []
    for one, following in pairwise(cuts):
        if isinstance(one, Cut) and isinstance(following, Cut):
            free = one.slot.form.pattern is None and following.slot.form.pattern is None
            if free and one.slot not in sure and following.slot not in sure:
                found += [two for two in (one, following) if two not in found]
    return found


def _repeats(events: Sequence[Event], text: str, known: Iterable[Slot]) -> list[Cut]:
    """The values that were parted at the first of several texts that may part them."""
    sure = set(known)
    steps = [one for one in events if not isinstance(one, Turn)]
    found: list[Cut] = []
    for one, between, following in zip(steps, steps[1:], steps[2:], strict=False):
        if isinstance(one, Cut) and isinstance(between, Anchored) and isinstance(following, Cut):
            rest = text[following.start : following.end]
            free = one.slot.form.pattern is None and following.slot.form.pattern is None
            if free and between.lit.text in rest and not {one.slot, following.slot} & sure:
                found += [two for two in (one, following) if two not in found]
    return found


def implied(reader: Reader, branch: Branch, scope: Scope, truth: bool) -> Implied:
    """List what a test says of the data when it holds, or when it does not."""
    return [] if branch.test is None else list(_implied(reader, branch.test, scope, truth))


def _implied(reader: Reader, node: nodes.Node, scope: Scope, truth: bool) -> Implied:
    path = reader.path(node, scope)
    if path:
        return [(path, truth)]
    match node:
        case nodes.Not():
            return _implied(reader, node.node, scope, not truth)
        case nodes.And() | nodes.Or() if isinstance(node, nodes.And) is truth:
            left = _implied(reader, node.left, scope, truth)
            return left + _implied(reader, node.right, scope, truth)
        case nodes.Compare(ops=[nodes.Operand(op=op, expr=nodes.Const(value=value))]):
            path = reader.path(node.expr, scope)
            settles = (op == "eq" and truth) or (op == "ne" and not truth)
            return [(path, value)] if path and settles else []
        case nodes.Test(name="none") if truth:
            path = reader.path(node.node, scope)
            return [(path, None)] if path else []
    return []


def _tag(slot: Slot) -> str:
    return slot.placed.tag.text if slot.placed is not None else ""


def slots_in(pieces: Iterable[Any]) -> list[Slot]:
    """All slots of pieces, in order."""
    found: list[Slot] = []
    for piece in pieces:
        if isinstance(piece, Slot):
            found.append(piece)
        elif isinstance(piece, Loop):
            found += slots_in([*piece.body, *piece.otherwise])
        elif isinstance(piece, Choice):
            found += slots_in(one for branch in piece.branches for one in branch.items)
        elif isinstance(piece, Pattern):
            found += slots_in([*piece.items, *piece.cells.values()])
    return found


def paths_in(pieces: Iterable[Any]) -> list[Path]:
    """The paths that are read in pieces."""
    return [slot.path for slot in slots_in(pieces) if slot.path]


def static_text(pieces: Iterable[Any]) -> str:
    """The texts of pieces that stand in every filling, with dots for the rest."""
    text = ""
    for piece in pieces:
        if isinstance(piece, Pattern):
            text += static_text([*piece.items, *piece.cells.values()])
        else:
            text += piece.text if hasattr(piece, "text") else "…"
    return text
