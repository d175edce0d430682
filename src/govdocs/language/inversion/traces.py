"""What a walk through a reading leaves behind: runs of loops, printed texts, taken branches."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govdocs.errors import Place
from govdocs.language.inversion.model import Choice, Loop, Slot


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
