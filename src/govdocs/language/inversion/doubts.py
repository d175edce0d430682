"""Where a text can be read in more than one way: what differs, and what was parted by a guess."""

from collections import Counter as Multiset
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from govdocs.language.inversion.automaton import Turn
from govdocs.language.inversion.matches import Step, Taken
from govdocs.language.inversion.model import Choice, Loop, Slot
from govdocs.language.inversion.paths import Path
from govdocs.language.inversion.pieces import slots_in
from govdocs.language.inversion.texts import Anchored, Cut, Event, depths_of


@dataclass(slots=True)
class Unsure:
    """What differs between readings that are as good as each other."""

    slots: dict[Slot, None] = field(default_factory=dict)
    loops: dict[Loop, None] = field(default_factory=dict)
    choices: dict[Choice, None] = field(default_factory=dict)
    steps: set[Step] = field(default_factory=set)

    @property
    def paths(self) -> list[Path | None]:
        """The paths whose values or lengths differ."""
        return [*(one.path for one in self.slots), *(one.path for one in self.loops)]


def compare(events: Sequence[Event | Step], others: Iterable[Sequence[Event | Step]]) -> Unsure:
    """List what differs between a reading and others."""
    unsure = Unsure()
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


def attempts(known: Mapping[Slot, str]) -> Iterator[Mapping[Slot, str]]:
    """All that is known; then without each value in turn: one may be another in this text."""
    if known:
        yield known
    for path in dict.fromkeys(slot.path for slot in known):
        rest = {slot: text for slot, text in known.items() if slot.path != path}
        if rest:
            yield rest


def guesses(events: Sequence[Event], known: Iterable[Slot] = ()) -> list[Cut]:
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


def repeats(events: Sequence[Event], text: str, known: Iterable[Slot]) -> list[Cut]:
    """The values that were parted at the first of several texts that may part them."""
    sure = set(known)
    steps = [one for one in events if not isinstance(one, Turn)]
    found: list[Cut] = []
    for one, between, following in zip(steps, steps[1:], steps[2:], strict=False):
        if isinstance(one, Cut) and isinstance(between, Anchored) and isinstance(following, Cut):
            free = one.slot.form.pattern is None and following.slot.form.pattern is None
            if (
                free
                and _stands_again(between, following, text)
                and not {one.slot, following.slot} & sure
            ):
                found += [two for two in (one, following) if two not in found]
    return found


def _stands_again(anchor: Anchored, value: Cut, text: str) -> bool:
    """Whether a value holds the text before it again, not inside of brackets."""
    depths = depths_of(text)
    place = text.find(anchor.lit.text, value.start, value.end)
    while place >= 0 and depths[place] != depths[value.start]:
        place = text.find(anchor.lit.text, place + 1, value.end)
    return place >= 0
