"""One filling: its mode, its budget, and the faults that it meets on the way.

A fault does not stop the filling; it is noted with the tag it was met in, and told at the end with
all the others. The tag is found by its line: the source of a program has one tag on each line.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal

from govdocs.errors import Problem

Missing = Literal["error", "mark", "blank"]

MAX_COST = 1 << 31
"""What the loops of one part may cost: a pass costs the characters that stand in its body."""

MAX_FAULTS = 20
"""How many different failures of one tag are told; a loop may meet a new one at each pass."""

_current: ContextVar["Rendering"] = ContextVar("rendering")


@dataclass(slots=True)
class Rendering:
    """The state of one filling of one part; never shared between threads.

    Attributes:
        mode: what to do with a missing value: ``error`` notes it, ``mark`` prints a visible mark,
            ``blank`` prints nothing.
        program: the program that is being rendered; tells tags and paths by line.
        data: the names that the caller gave, for near misses.
        engine: whatever the engine's slots need to find (new parts, relationships, notes).
        problems: the faults met so far.
        missing: dotted path -> lines of the tags where it was missing.
        budget: what loops may still cost.
        depth: how deep macros and recursive loops are nested at the moment.
    """

    mode: Missing
    program: Any
    data: Any = None
    engine: Any = None
    problems: list[Problem] = field(default_factory=list)
    missing: dict[str, set[int]] = field(default_factory=dict)
    budget: int = MAX_COST
    depth: int = 0
    _failures: dict[int, set[str]] = field(default_factory=dict)

    def note_missing(self, name: str) -> str:
        """Note that ``name`` is missing in the tag being rendered; return its dotted path."""
        line = current_line(self.program)
        path = self.program.path_at(line, name, self.data)
        self.missing.setdefault(path, set()).add(line)
        return str(path)

    def caught(self, error: Exception, line: int) -> None:
        """Note that a tag failed with ``error``, on ``line`` or where its traceback says; once."""
        line = self.program.line_of_error(error) or line
        known = self._failures.setdefault(line, set())
        failure = f"{type(error).__name__}: {error}"
        if failure not in known and len(known) < MAX_FAULTS:
            self.problems.append(self.program.failure(error, line))
            known.add(failure)

    def spend(self, cost: int) -> bool:
        """Take ``cost`` from the budget; tell whether it was there."""
        self.budget -= cost
        return self.budget >= 0


def current() -> Rendering | None:
    """Return the filling that this thread is at, if any."""
    return _current.get(None)


@contextmanager
def rendering(state: Rendering) -> Iterator[Rendering]:
    """Make ``state`` the current filling."""
    token = _current.set(state)
    try:
        yield state
    finally:
        _current.reset(token)


def current_line(program: Any, getframe: Callable[[int], Any] = sys._getframe) -> int:  # noqa: SLF001 - the only way to the line that is running
    """Return the line of the program's source that is being rendered; 0 if none is."""
    frame = getframe(1)
    while frame is not None:
        if frame.f_globals.get("__govdocs_program__") is program:
            return int(program.line_of(frame.f_lineno))
        frame = frame.f_back
    return 0
