"""The inverse of a template: filled parts in, data out.

Here the steps are joined: match the parts, walk, settle what was read, build the data, check what
is computed. The same inverse serves any number of files and threads.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from govdocs.errors import DataError, Place, Problem
from govdocs.language.environment import Sandbox
from govdocs.language.inversion.calculator import Calculator
from govdocs.language.inversion.checks import check
from govdocs.language.inversion.expressions import Reader
from govdocs.language.inversion.extracted import Extracted
from govdocs.language.inversion.folding import fold
from govdocs.language.inversion.harvest import Harvest
from govdocs.language.inversion.matches import Extra, Lost, Match, Taken
from govdocs.language.inversion.model import Pattern, Unit
from govdocs.language.inversion.paths import Spot, dotted, spelt
from govdocs.language.inversion.pieces import (
    loops_in,
    paths_in,
    static_text,
    sure_texts,
    text_of,
)
from govdocs.language.inversion.plan import Plan
from govdocs.language.inversion.readable import readable_names
from govdocs.language.inversion.readings import ROUNDED, Reading, assemble
from govdocs.language.inversion.units import Matcher

ENOUGH = 50
"""Percent of the template's own text that a file must have to be one of it."""

_STRANGE = 25
"""Percent of it that must stand there word for word, for a closer look."""
_JUDGED_AT_A_GLANCE = 200
"""Characters of its own from which on a template is judged so."""
_SNIPPET = 40


C = TypeVar("C", Pattern, Unit)


@dataclass(frozen=True, eq=False)  # a generic one cannot have slots before Python 3.12
class Part(Generic[C]):
    """A part of the template, or of a file.

    Attributes:
        group: parts of one group may stand for each other.
        name: parts of one name belong together.
        content: a pattern, or a unit.
        is_named: whether a part of this name is surely meant, even where it was edited.
        is_quiet: whether nothing is said where it is missing or differs.
        view: what makes of a file's part the one that this pattern is for; None: it is the part.
    """

    group: str
    name: str
    content: C
    is_quiet: bool = False
    is_named: bool = False
    view: "Callable[[UnitPart], UnitPart | None] | None" = None


PatternPart = Part[Pattern]
UnitPart = Part[Unit]


class Inverse:
    """A template, seen from its outcome.

    Attributes:
        parts: those of the template that hold tags.
        kinds: of its fields, by their dotted name.
    """

    def __init__(
        self, parts: Sequence[PatternPart], environment: Sandbox, kinds: Mapping[str, str]
    ) -> None:
        self.parts = tuple(parts)
        self.kinds = dict(kinds)
        self.plan = Plan(Calculator(environment))
        self.reader = Reader(environment.globals)

    @cached_property
    def readable(self) -> frozenset[str]:
        """The names that can be read back."""
        return readable_names([one.content for one in self.parts], self.plan, self.reader)

    @cached_property
    def _valued(self) -> frozenset[str]:
        patterns = [one.content for one in self.parts]
        paths = [*paths_in(patterns), *(one.path for one in loops_in(patterns) if one.path)]
        return frozenset(dotted(path[:end]) for path in paths for end in range(1, len(path) + 1))

    @cached_property
    def _objects(self) -> frozenset[str]:
        paths = paths_in(one.content for one in self.parts)
        return frozenset(dotted(path[:-1]) for path in paths if isinstance(path[-1], str))

    def extract(
        self, parts: Sequence[UnitPart], file: Place, texts: Iterable[str] = ()
    ) -> Extracted:
        """Read the data back.

        Args:
            parts: of the file.
            file: its place.
            texts: names, dotted, whose digits stay text.

        Raises:
            DataError: ``extract.other_template``: too little of the template stands in the file.
        """
        matcher = Matcher(self.plan)
        kinds = {**self.kinds, **dict.fromkeys(texts, "text")}
        harvest = Harvest(matcher, kinds, self._valued, self.reader)
        self._refuse_strange(parts, file)
        views = [one.view for one in self.parts if one.view is not None]
        seen = (view(part) for view in views for part in parts)
        parts = [*parts, *(part for part in seen if part is not None)]
        pairs = _pair(self.parts, parts, matcher)
        self._refuse_other(pairs, matcher, file)
        for own, theirs, match in pairs:
            if match is not None and theirs is not None:
                said = len(harvest.notes.problems)
                harvest.walk(match, theirs.content.place)
                if own.is_quiet:
                    del harvest.notes.problems[said:]
            elif not own.is_quiet:
                harvest.notes.problems.append(_no_part(own, file))
        harvest.finish()
        chosen, problems = harvest.ledger.settle()
        data = assemble(chosen, harvest.ledger, self._objects)
        rounded = [_rounded(s, one) for s, one in chosen.items() if one.rank == ROUNDED]
        faults = check(self.plan.calculator, data, harvest.printed, harvest.chosen)
        notes = (*harvest.notes.problems, *problems, *rounded, *faults)
        return Extracted(data, notes, {spelt(spot): one.place for spot, one in chosen.items()})

    def _refuse_strange(self, parts: Sequence[UnitPart], file: Place) -> None:
        """Refuse at a glance a file in which next to nothing of the template's text stands."""
        own = [one.content for one in self.parts if not one.is_quiet]
        wanted = [fold(text) for text in sure_texts(own)]
        total = sum(map(len, wanted))
        if total < _JUDGED_AT_A_GLANCE:
            return
        text = fold("\n".join(text_of(one.content) for one in parts))
        percent = 100 * sum(len(one) for one in wanted if one in text) // total
        if percent < _STRANGE:
            missing = next(one for one in sure_texts(own) if fold(one) not in text)
            fields = {"wanted": missing[:_SNIPPET], "found": "-"}
            other = Problem("extract.other_template", (file,), {"percent": percent})
            raise DataError([other, Problem("extract.differs", (file,), fields)])

    def _refuse_other(self, pairs: "Pairs", matcher: Matcher, file: Place) -> None:
        judged = [(own, match) for own, _, match in pairs if not own.is_quiet]
        total = sum(self.plan.weight(own.content) for own, _ in judged)
        lost = sum(
            self.plan.weight(own.content) if match is None else _lost(match, matcher)
            for own, match in judged
        )
        percent = 100 - 100 * lost // total if total else 100
        is_found = not judged or any(match is not None for _, match in judged)
        if percent >= ENOUGH and is_found:
            return
        problems = [Problem("extract.other_template", (file,), {"percent": percent})]
        differs = next(filter(None, (_first(match, theirs) for _, theirs, match in pairs)), None)
        raise DataError([*problems, *([differs] if differs else [])])


Pairs = Sequence[tuple[PatternPart, UnitPart | None, Match | None]]


def _pair(own: Sequence[PatternPart], theirs: Sequence[UnitPart], matcher: Matcher) -> Pairs:
    """Find each part of the template in the file: by name if it fits, else the best one."""
    pairs: list[tuple[PatternPart, UnitPart | None, Match | None]] = []
    left = list(theirs)
    for one in own:
        named = [two for two in left if (two.group, two.name) == (one.group, one.name)]
        others = [two for two in left if two.group == one.group and two not in named]
        rounds = [(named, False), (others, False), ([*named, *others], True)]
        if one.is_named:
            rounds = [(named, False), (named, True), (others, False), (others, True)]
        found = (_best(one, them, matcher, edits) for them, edits in rounds)
        best = next(filter(None, found), None)
        if best is None:
            pairs.append((one, None, None))
        else:
            left.remove(best[0])
            pairs.append((one, *best))
    return pairs


def _best(
    one: PatternPart, candidates: Sequence[UnitPart], matcher: Matcher, edits: bool
) -> tuple[UnitPart, Match] | None:
    found = [(two, matcher.match(one.content, two.content, edits=edits)) for two in candidates]
    sure = [(two, match) for two, match in found if match is not None]
    return min(sure, key=lambda pair: pair[1].cost) if sure else None


def _lost(match: Match, matcher: Matcher) -> int:
    """Count the characters of the template that a reading does without."""
    lost = 0
    for step in match.steps:
        if isinstance(step, Lost):
            lost += matcher.plan.weight(step.pattern)
        elif isinstance(step, Taken) and not step.pattern.is_leaf:
            inner = matcher.best(step.pattern, step.unit)
            lost += 0 if inner is None else _lost(inner, matcher)
    return lost


def _first(match: Match | None, part: UnitPart | None) -> Problem | None:
    """Where a reading first differs from the template."""
    if match is None or part is None:
        return None
    wanted = found = ""
    place = part.content.place
    for step in match.steps:
        if isinstance(step, Lost):
            wanted = wanted or static_text([step.pattern])[:_SNIPPET]
        elif isinstance(step, Extra):
            found = found or text_of(step.unit).strip()[:_SNIPPET]
            place = step.unit.place
        if wanted and found:
            break
    if not wanted and not found:
        return None
    return Problem("extract.differs", (place,), {"wanted": wanted or "-", "found": found or "-"})


def _no_part(part: PatternPart, file: Place) -> Problem:
    names = tuple(dict.fromkeys(dotted(one) for one in paths_in([part.content])))
    place = Place(file.file, part.name)
    fields = {"part": part.name, "names": names or ("-",)}
    return Problem("extract.no_part", (place,), fields, "warning")


def _rounded(spot: Spot, one: Reading) -> Problem:
    return Problem("extract.rounded", (one.place,), {"name": spelt(spot)}, "note")
