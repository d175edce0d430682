"""How a unit is read: the steps through a container, the events of a text. Nothing but data."""

from dataclasses import dataclass

from govdocs.language.inversion.automaton import Turn
from govdocs.language.inversion.model import Pattern, Slot, Unit
from govdocs.language.inversion.search import Way
from govdocs.language.inversion.texts import Event, Reading, read_events


@dataclass(frozen=True, slots=True)
class Taken:
    """A unit that is what a pattern says, more or less."""

    pattern: Pattern
    unit: Unit


@dataclass(frozen=True, slots=True)
class Extra:
    """A unit that the template does not know."""

    unit: Unit


@dataclass(frozen=True, slots=True)
class Lost:
    """A pattern that nothing in the file stands for."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Covered:
    """A unit that a value made of whole units covers."""

    slot: Slot
    unit: Unit


Step = Taken | Extra | Lost | Covered | Turn


@dataclass(frozen=True, slots=True)
class Match:
    """How a unit is read.

    Attributes:
        events: of a leaf.
        others: the events of further readings that are as good.
        steps: of a container.
        other_steps: of further readings of it.
        reading: of a leaf: how exactly the template's text stands there.
    """

    cost: int
    events: tuple[Event, ...] = ()
    others: tuple[tuple[Event, ...], ...] = ()
    steps: tuple[Step, ...] = ()
    other_steps: tuple[tuple[Step, ...], ...] = ()
    reading: Reading = "exact"


def as_match(way: Way | None, reading: Reading) -> Match | None:
    """Turn the way through a text into a match."""
    if way is None:
        return None
    others = tuple(tuple(read_events(one)) for one in way.others)
    return Match(way.cost, tuple(read_events(way.labels)), others, reading=reading)
