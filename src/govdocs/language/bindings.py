"""Tags from outside: expressions for places of a file that hold none themselves.

A binding is read and checked here, and turned into the text of a tag; an engine plants it into a
copy of its package. Afterwards those tags are called by the key that bound them. This module knows
neither cells nor content controls.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from govdocs.errors import Place, Problem, TemplateError
from govdocs.language.environment import Sandbox
from govdocs.language.program import Placed, Program, check_tag, nearest
from govdocs.language.tags import scan
from govdocs.opc import Package

MOST_KNOWN = 12
"""How many of the names that there are a message lists."""

_FOR = re.compile(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[([{]|[)\]}]|\bfor\b""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Binding:
    """One entry of ``bind=``.

    Attributes:
        key: what it names in the file.
        expression: of the language.
        loop: ``for row in rows``; empty for none.
    """

    key: str
    expression: str
    loop: str = ""

    @property
    def tag(self) -> str:
        """The expression as a tag."""
        return f"{{{{ {self.expression} }}}}"

    @property
    def text(self) -> str:
        """What was given, as it is shown."""
        return f"{self.expression} {self.loop}".rstrip()

    @property
    def place(self) -> Place:
        """Where the binding stands: in the call."""
        return Place(tag=self.text, key=self.key)

    def problem(self, code: str, **fields: object) -> Problem:
        """Make a problem of this binding."""
        return Problem(code, (self.place,), {"key": self.key, "tag": self.text, **fields})


@dataclass(frozen=True, slots=True)
class Planted:
    """A package with the tags of its bindings.

    Attributes:
        package: the copy that holds them.
        places: what tells a planted tag, its part and its text or spot, to the place that it is
            called by.
        filters: those that its tags need.
        problems: bindings that could not be planted.
    """

    package: Package
    places: Mapping[tuple[str, object], Place] = field(default_factory=dict)
    filters: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()

    def place_of(self, place: Place) -> Place | None:
        """Return what a planted tag's place is called by; None for the template's own tags."""
        return self.places.get((place.part, place.tag)) or self.places.get((place.part, place.spot))


class _Compiled(Protocol):
    @property
    def programs(self) -> tuple[Program, ...]: ...


_Engine = TypeVar("_Engine", bound=_Compiled)


def read_bindings(
    bind: Mapping[str, str], environment: Sandbox
) -> tuple[list[Binding], list[Problem]]:
    """Read the entries of ``bind=`` and check their syntax.

    Args:
        bind: key to an expression, or to an expression with a loop: ``row.a for row in rows``.
        environment: of the template, for its filters.
    """
    bindings: list[Binding] = []
    problems: list[Problem] = []
    for key, value in bind.items():
        binding = _read(str(key), str(value))
        faults = list(_check(binding, environment))
        problems += faults[:1]
        bindings += [] if faults else [binding]
    return bindings, problems


def compile_planted(planted: Planted, compile_package: Callable[[Package], _Engine]) -> _Engine:
    """Compile a package with planted tags, and call them by what bound them.

    Raises:
        TemplateError: every fault of the bindings and of the template.
    """
    problems = list(planted.problems)
    try:
        engine = compile_package(planted.package)
    except TemplateError as error:
        raise TemplateError([*problems, *(_rename(one, planted) for one in error)]) from None
    if problems:
        raise TemplateError(problems)
    for program in engine.programs:
        program.placed = {
            line: _rename_placed(one, planted) for line, one in program.placed.items()
        }
    return engine


def explain_unknown(binding: Binding, known: Sequence[str]) -> Problem:
    """Make the problem of a key that names nothing: what is like it, or what there is."""
    near = nearest(binding.key, known)
    if near:
        return binding.problem("bind.misspelt", guess=near)
    return binding.problem("bind.unknown", known=list_known(known))


def list_known(known: Sequence[str]) -> list[str]:
    """List the first of some names, each once."""
    listed = list(dict.fromkeys(known))
    return [*listed[:MOST_KNOWN], *(["…"] if len(listed) > MOST_KNOWN else [])] or ["-"]


def _read(key: str, value: str) -> Binding:
    """Read one entry; braces around it are superfluous."""
    text = value.strip()
    tags, _ = scan(text)
    if len(tags) == 1 and tags[0].kind == "expr" and tags[0].text == text:
        text = text[2:-2].strip()
    at = _loop_at(text)
    if at < 0:
        return Binding(key, text)
    return Binding(key, text[:at].strip(), " ".join(text[at:].split()))


def _loop_at(text: str) -> int:
    """Offset of the ``for`` that stands outside of literals and brackets; -1 if there is none."""
    depth = 0
    for found in _FOR.finditer(text):
        if found[0] == "for" and depth == 0:
            return found.start()
        depth += (found[0] in "([{") - (found[0] in ")]}")
    return -1


def _check(binding: Binding, environment: Sandbox) -> Iterator[Problem]:
    for text, kind in ((binding.tag, "expr"), (f"{{% {binding.loop} %}}", "stmt")):
        if kind == "stmt" and not binding.loop:
            continue
        tags, broken = scan(text)
        if broken or len(tags) != 1 or tags[0].text != text or tags[0].prefix:
            yield binding.problem("bind.not_an_expression")
            return
        found = check_tag(environment, Placed(tags[0], binding.place))
        if found is not None:
            yield replace(found, fields={**found.fields, "tag": binding.text})


def _rename_placed(placed: Placed, planted: Planted) -> Placed:
    place = planted.place_of(placed.place)
    if place is None:
        return placed
    notes = tuple(dict.fromkeys((*placed.tag.notes, "bound")))
    return Placed(replace(placed.tag, text=place.tag, notes=notes), place)


def _rename(problem: Problem, planted: Planted) -> Problem:
    """Call the planted tags of a problem by what bound them."""
    found = [planted.place_of(one) for one in problem.places]
    places = tuple(
        one if new is None else replace(new, spot=new.spot or one.spot)
        for one, new in zip(problem.places, found, strict=True)
    )
    fields = dict(problem.fields)
    if found and found[0] is not None and "tag" in fields:
        fields["tag"] = found[0].tag
    return replace(problem, places=places, fields=fields)
