"""From tags to a program: the source of a part, compiled once, rendered many times.

A source is static markup with tags in between. Every tag begins on a line of its own, so that a
line of the source names a tag: in syntax errors, in failures and for missing values alike.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError

from govdocs.errors import GovdocsError, Place, Problem, TemplateError
from govdocs.language.environment import (
    EXPRESSION,
    STATEMENT,
    Sandbox,
    one_filling,
    replayable,
)
from govdocs.language.names import Reference, references
from govdocs.language.paths import is_there
from govdocs.language.rendering import Rendering, rendering
from govdocs.language.streams import count_mentions, find_looped
from govdocs.language.tags import Tag

_WHOLE = frozenset({"if", "elif", "for", "with", "filter", "call", "macro", "autoescape"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A tag and the place where it stands."""

    tag: Tag
    place: Place


@dataclass(frozen=True, slots=True)
class Variable:
    """An argument of a slot that is a variable of the program, such as ``_r``; not a constant."""

    name: str

    def __repr__(self) -> str:
        return self.name


@dataclass(slots=True)
class Source:
    """The source of a part while it is written: static text and tags, in order."""

    pieces: list[str] = field(default_factory=list)
    placed: dict[int, Placed] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)
    line: int = 1

    def text(self, text: str) -> None:
        """Append markup that stays as it is. It must be XML: it holds no control characters."""
        self.pieces.append(text)
        self.line += text.count("\n")

    def statement(self, placed: Placed, body: str | None = None, *, level: str = "") -> None:
        """Append a statement: the tag's own body, or ``body`` in its stead.

        Args:
            placed: the tag.
            body: what to write instead of the tag's own body.
            level: what a block that begins here prints, in the engine's words; a block without one
                gives plain text.
        """
        self._open(placed)
        if level:
            self.levels[self.line] = level
        inner = (placed.tag.body if body is None else body).replace("\n", " ")
        self.pieces.append(f"{STATEMENT[0]}\n{inner} {STATEMENT[1]}")

    def value(self, placed: Placed, slot: str, *arguments: object, body: str | None = None) -> None:
        """Append an expression whose value is written by the filter ``slot``."""
        self._open(placed)
        inner = (placed.tag.body if body is None else body).replace("\n", " ")
        listed = f"({', '.join(map(repr, arguments))})" if arguments else ""
        self.pieces.append(f"{EXPRESSION[0]}\n({inner})|{slot}{listed}{EXPRESSION[1]}")

    def hidden(self, body: str) -> None:
        """Append a statement of the engine's own, that no tag stands for."""
        self.pieces.append(f"{STATEMENT[0]} {body} {STATEMENT[1]}")

    def hidden_value(self, body: str) -> None:
        """Append an expression of the engine's own, that no tag stands for."""
        self.pieces.append(f"{EXPRESSION[0]} {body} {EXPRESSION[1]}")

    def append(self, other: "Source") -> None:
        """Append another source: its tags see the names that are known here."""
        shift = self.line - 1
        self.pieces += other.pieces
        self.placed.update((line + shift, one) for line, one in other.placed.items())
        self.levels.update((line + shift, one) for line, one in other.levels.items())
        self.line += other.line - 1

    def _open(self, placed: Placed) -> None:
        self.line += 1
        self.placed[self.line] = placed

    def __str__(self) -> str:
        return "".join(self.pieces)


_PLAIN = re.compile(
    r"(?!(?:and|or|not|if|elif|else|for|in|is|import)\b)[^\W\d]\w*(?:\.(?!(?:_|\d))\w+)*"
)
"""A dotted path of names."""


def check_tag(environment: Sandbox, placed: Placed) -> Problem | None:
    """Parse one tag by itself: its syntax, and the names of its filters and tests."""
    tag = placed.tag
    if tag.kind == "comment" or (
        tag.kind == "stmt" and tag.word not in _WHOLE and tag.word != "set"
    ):
        return None
    if not tag.body:
        return _fault("template.empty_tag", placed, {})
    if tag.kind == "expr" and _PLAIN.fullmatch(tag.body):
        return None  # most tags are a path of names, which cannot be wrong
    try:
        tree = environment.parse(alone(tag))
    except TemplateSyntaxError as error:
        reason = re.sub(r" at \d+$", "", str(error.message))  # counted in our source, not the tag
        return _fault("template.syntax", placed, {"reason": reason})
    return _check_names(environment, tree, placed)


def alone(tag: Tag) -> str:
    """Write a tag as a source of its own, that can be parsed."""
    begin, end = STATEMENT if tag.kind == "stmt" else EXPRESSION
    if tag.kind == "expr":
        return f"{begin}{tag.body}{end}"
    rest = tag.body[len(tag.word) :]
    if tag.word == "set":
        closing = "" if "=" in rest else f"{begin}endset{end}"
        return f"{begin}set {rest}{end}{closing}"
    word = "if" if tag.word == "elif" else tag.word
    return f"{begin}{word} {rest}{end}{begin}end{word}{end}"


def _check_names(environment: Sandbox, tree: nodes.Template, placed: Placed) -> Problem | None:
    for node_type, known, code, usual in (
        (nodes.Filter, environment.filters, "template.unknown_filter", ["date", "fixed", "join"]),
        (nodes.Test, environment.tests, "template.unknown_test", ["defined", "none"]),
    ):
        for node in tree.find_all(node_type):
            if node.name not in known:
                offered = [one for one in known if not one.startswith("_")]  # engines' own
                near = nearest(node.name, offered)
                return _fault(code, placed, {"name": node.name, "guess": near or usual})
    return None


def nearest(name: str, known: Any) -> str:
    """Return the known name that ``name`` was probably meant to be, or an empty text."""
    found = difflib.get_close_matches(name, [str(one) for one in known], 1, 0.6)
    return found[0] if found else ""


def _fault(code: str, placed: Placed, fields: Mapping[str, object]) -> Problem:
    return Problem(code, (placed.place,), {"tag": placed.tag.text, **fields})


class Program:
    """One part, compiled.

    Attributes:
        part: the part's name.
        source: the Jinja source, with tags between control characters.
        placed: line of the source -> the tag that stands on it.
    """

    def __init__(self, environment: Sandbox, part: str, source: Source) -> None:
        self.part = part
        self.source = str(source)
        self.placed: Mapping[int, Placed] = dict(source.placed)
        self._levels: Mapping[int, str] = dict(source.levels)
        self._environment = environment
        try:
            code = environment.compile(self.source, part, f"<{part}>")
        except TemplateSyntaxError as error:  # tags that are right alone, but not together
            raise TemplateError([self._torn(error)]) from None
        self._template = environment.template_class.from_code(
            environment, code, environment.make_globals(None)
        )
        namespace = self._template.root_render_func.__globals__
        namespace["__govdocs_program__"] = self

    def _torn(self, error: TemplateSyntaxError) -> Problem:
        """Make the problem of the tag on, or before, the line of a syntax error."""
        line = max((one for one in self.placed if one <= error.lineno), default=0)
        if not line:
            fields = {"tag": "?", "reason": str(error.message)}
            return Problem("template.syntax", (Place(part=self.part),), fields)
        return _fault("template.syntax", self.placed[line], {"reason": str(error.message)})

    @property
    def environment(self) -> Sandbox:
        """The environment that it was compiled for."""
        return self._environment

    def pieces(self, data: Mapping[str, Any], state: Rendering) -> Iterator[str]:
        """Render, piece by piece. Faults are noted in ``state``, none is raised."""
        with one_filling(), rendering(state):
            context = self._template.new_context(
                {name: replayable(value) for name, value in data.items()}
            )
            try:
                yield from self._template.root_render_func(context)
            except Exception as error:  # noqa: BLE001 - whatever a template does is told with its place
                state.caught(error, self.line_of_error(error))

    def render(self, data: Mapping[str, Any], state: Rendering) -> str:
        """Render into one text."""
        return "".join(self.pieces(data, state))

    def line_of(self, generated_line: int) -> int:
        """Turn a line of the generated Python code into one of the source."""
        return self._template.get_corresponding_lineno(generated_line)

    @cached_property
    def mentions(self) -> Mapping[str, int]:
        """How often each name stands in the program."""
        return count_mentions(self._environment.parse(self.source, self.part))

    @cached_property
    def looped(self) -> frozenset[str]:
        """The names that are looped over where a loop is reached once."""
        return find_looped(self._environment.parse(self.source, self.part))

    @cached_property
    def references(self) -> Sequence[Reference]:
        """Every use of a name of the data, in document order."""
        tree = self._environment.parse(self.source, self.part)
        return references(tree, self._environment.globals)

    def path_at(self, line: int, name: str, data: Any = None) -> str:
        """Tell the dotted path that was meant by ``name`` in the tag on ``line``.

        Args:
            line: of the source.
            name: dotted from where the finding stopped; empty for a null.
            data: what was filled in: of several paths that fit, the one that is not there is meant.
        """
        paths = self.paths_on(line)
        if head := name.partition(".")[0].removesuffix("[]"):
            paths = [path for path in paths if head in path.replace("[]", "").split(".")]
        missing = [path for path in paths if not is_there(path, data, filled=True)]
        return (missing or paths or [name or "?"])[0]

    def paths_on(self, line: int) -> list[str]:
        """List the paths that the tag on ``line`` uses."""
        return list(dict.fromkeys(one.path for one in self.references if one.line == line))

    def level_at(self, line: int) -> str:
        """Tell, in the engine's words, what the block that begins on ``line`` is made of."""
        return self._levels.get(line, "")

    def failure(self, error: Exception, line: int) -> Problem:
        """Make the problem of a tag that failed."""
        placed = self.placed.get(line)
        if placed is None:
            place, tag = Place(part=self.part), "?"
        else:
            place, tag = replace(placed.place, key=", ".join(self.paths_on(line))), placed.tag.text
        if isinstance(error, GovdocsError):
            inner = error.problems[0]
            return Problem(inner.code, (place, *inner.places), inner.fields)
        if isinstance(error, SecurityError):
            return Problem("template.forbidden", (place,), {"tag": tag})
        if isinstance(error, ZeroDivisionError):
            return Problem("data.division_by_zero", (place,), {"tag": tag})
        if isinstance(error, OverflowError | RecursionError | MemoryError):
            return Problem("template.too_much", (place,), {"tag": tag, "reason": str(error)})
        fields = {"tag": tag, "error": type(error).__name__, "reason": str(error)}
        return Problem("data.failed", (place,), fields)

    def line_of_error(self, error: Exception) -> int:
        """Tell on which line of the source ``error`` was raised; 0 if on none."""
        line = 0
        step = error.__traceback__
        while step is not None:
            if step.tb_frame.f_globals.get("__govdocs_program__") is self:
                line = self.line_of(step.tb_lineno)
            step = step.tb_next
        return line
