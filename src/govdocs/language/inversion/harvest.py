"""Walk through a reading and gather what it says: values, lengths of lists, what is odd.

Values that cannot be told apart are left out and said so; what was cut by a guess is marked. The
walk is made once for each part of a file; doubtful texts are read again when more is known.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from govdocs.errors import Place
from govdocs.language.inversion.automaton import Turn
from govdocs.language.inversion.doubts import Unsure, attempts, compare, guesses, repeats
from govdocs.language.inversion.expressions import Reader
from govdocs.language.inversion.implications import implied
from govdocs.language.inversion.matches import Covered, Extra, Lost, Match, Taken
from govdocs.language.inversion.model import UNTYPED, Choice, Pattern, Slot, Unit
from govdocs.language.inversion.notes import Notes
from govdocs.language.inversion.paths import dotted, locate
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
from govdocs.language.inversion.texts import Anchored, Cut
from govdocs.language.inversion.traces import Chosen, Here, Printed, Run
from govdocs.language.inversion.units import Matcher, read_again


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
        valued: the names that are printed or looped over, or hold such names: a test says only
            that they are not empty.
        ledger: all readings.
        printed: what was printed by expressions that cannot be read back.
        chosen: the branches taken.
        notes: what is odd.
    """

    matcher: Matcher
    kinds: Mapping[str, str]
    valued: Container[str]
    reader: Reader
    ledger: Ledger = field(default_factory=Ledger)
    printed: list[Printed] = field(default_factory=list)
    chosen: list[Chosen] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
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

    def _turn(self, turn: Turn, place: Place, unsure: Unsure) -> None:
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
                if piece.is_mapping:
                    self.ledger.mappings.add(spot)

    def _steps(self, match: Match, place: Place) -> None:
        unsure = compare(match.steps, match.other_steps)
        if match.other_steps:
            self.notes.ambiguous(unsure.paths, place)
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
                    self._taken(step, unsure)
                case Extra():
                    self.notes.added(step.unit)
                case Lost():
                    self.notes.lost(step.pattern)
        self._flush(covered)

    def _flush(self, covered: list[Covered]) -> None:
        """A value made of whole units: read where it is one paragraph."""
        if len(covered) == 1 and not covered[0].unit.children:
            unit, slot = covered[0].unit, covered[0].slot
            self._slot(slot, unit.text, UNTYPED, unit.place, self._here(), EXACT)
        covered.clear()

    def _taken(self, step: Taken, unsure: Unsure) -> None:
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
                self.notes.lost(own)
            elif not own.is_open:
                self._leaf(own, cell, match)
        for cell in self.matcher.extra_cells(pattern, row):
            self.notes.added(cell)

    def _leaf(self, pattern: Pattern, unit: Unit, match: Match) -> None:
        is_doubtful = bool(match.others) or bool(guesses(match.events))
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
        for attempt in attempts(known):
            found = read_again(self.matcher.plan, doubt.pattern, text, reading, attempt)
            if found is None:
                continue
            doubt = replace(doubt, match=found, known=frozenset(attempt))
            if not found.others and not guesses(found.events, attempt):
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
        unsure = compare(match.events, match.others)
        if match.others:
            self.notes.ambiguous(unsure.paths, unit.place)
        guessed = [one for one in guesses(match.events, known) if one.slot not in unsure.slots]
        parted = [one.slot for one in repeats(match.events, unit.text, known)]
        self.notes.parted("extract.cut", [one.slot for one in guessed], unit.place)
        self.notes.parted("extract.first", parted, unit.place)
        for event in match.events:
            if isinstance(event, Turn):
                self._turn(event, unit.place, unsure)
            elif isinstance(event, Anchored):
                found = unit.text[event.start : event.end]
                if found != event.lit.text:
                    self.notes.changed(event.lit.text, found, unit.place)
            elif event.slot not in unsure.slots:
                self._cut(event, pattern, unit, GUESSED if event in guessed else EXACT)
        self._runs = outer

    def _cut(self, cut: Cut, pattern: Pattern, unit: Unit, rank: int) -> None:
        text = unit.text[cut.start : cut.end]
        is_whole = cut.start == 0 and cut.end == len(unit.text)
        value = unit.value if is_whole else UNTYPED
        if not text and unit.pictures > pattern.pictures:
            self.notes.picture(_tag(cut.slot), unit.place)
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
            self.notes.misfit(name, text, slot.form.name, place)
            taken, rank = text, GUESSED
        elif not slot.form.is_exact:
            rank = ROUNDED
        elif slot.form.name == "join":
            kind = self.kinds.get(f"{name}[]", "value")
            taken = [value_of(one, kind, str(spot[-1])) for one in taken]
        self.ledger.add(Reading(spot, taken, rank, place))

    def _imply(self, choice: Choice, taken: int, place: Place) -> None:
        passes = self._here().passes
        for number, branch in enumerate(choice.branches[: taken + 1]):
            if branch.test is None:
                continue
            for path, value in implied(self.reader, branch, choice.scope, number == taken):
                spot = locate(path, passes)
                if spot is None:
                    continue
                if not isinstance(value, bool) or dotted(spot) not in self.valued:
                    self.ledger.add(Reading(spot, value, IMPLIED, place))


def _tag(slot: Slot) -> str:
    return slot.placed.tag.text if slot.placed is not None else ""
