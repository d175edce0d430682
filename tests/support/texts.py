"""Fill a text by the language alone, without Word or Excel: a case fits on a line."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from govdocs.errors import Place, Problem
from govdocs.language import (
    Absent,
    Missing,
    Placed,
    Program,
    Rendering,
    Source,
    make_environment,
    scan,
)
from govdocs.language.faults import gather_problems
from govdocs.language.filters import OWN
from govdocs.language.values import Captured

OUTSIDE = "<{}>"


def make_program(
    *texts: str, filters: Mapping[str, Any] | None = None, level: str = "", **functions: Any
) -> Program:
    """Compile texts, one after the other; the place of a tag is the number of its text."""
    slots = {"_t": _write}
    environment = make_environment({**OWN, **(filters or {})}, functions, slots=slots)
    source = Source()
    for number, text in enumerate(texts, 1):
        position = 0
        for tag in scan(text)[0]:
            source.text(text[position : tag.start])
            position = tag.end
            placed = Placed(tag, Place(part="text", spot=(("p", number),), tag=tag.text))
            if tag.kind == "expr":
                source.value(placed, "_t")
            elif tag.kind == "stmt":
                source.statement(placed, level=level)
        source.text(text[position:])
    return Program(environment, "text", source)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a filling gave: the text, the paths that were missing, the codes of what failed."""

    text: str
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def fill_text(text: str, data: Mapping[str, Any] | None = None, **options: Any) -> Outcome:
    """Fill one text; ``mode`` is how missing values are treated, other options are functions."""
    mode: Missing = options.pop("mode", "error")
    budget = options.pop("budget", 1 << 31)
    program = make_program(text, **options)
    state = Rendering(mode, program, data or {}, budget=budget)
    printed = program.render(data or {}, state)
    failed = tuple(problem.code for problem in state.problems)
    return Outcome(printed, tuple(state.missing), failed)


def problems_of(
    *texts: str, data: Mapping[str, Any], asked_for: tuple[str, ...] = ()
) -> list[Problem]:
    """Fill texts and gather all faults as a person is told them."""
    program = make_program(*texts)
    state = Rendering("error", program, data)
    program.render(data, state)
    return gather_problems([state], data, asked_for)


def _write(value: Any) -> str:
    if isinstance(value, Absent):
        return OUTSIDE.format(value.use())
    return value if isinstance(value, Captured) else html.escape(str(value), quote=False)
