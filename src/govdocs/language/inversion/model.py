"""The two sides of reading back: the grammar of a template and the outline of a filled file.

A grammar is made of items in order: text that must stand there, slots where values stand, loops,
choices, and patterns for whole units (paragraphs, tables, rows, cells). A filled file is a tree of
units. Nothing here knows Word or Excel, or how the one is held against the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes

from govdocs.errors import Place
from govdocs.language.inversion.forms import Form
from govdocs.language.inversion.paths import Path
from govdocs.language.program import Placed

UNTYPED = object()
"""The value of a unit that is text and nothing else."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A piece of a filled file: a paragraph, a table, a row, a cell.

    Attributes:
        kind: in the engine's words; units are compared with patterns of the same kind.
        text: of a leaf.
        value: of a typed cell; :data:`UNTYPED` elsewhere.
        children: of a container, in order.
        cells: of a row whose cells have columns.
        pictures: how many pictures stand in a leaf.
    """

    kind: str
    place: Place
    text: str = ""
    value: Any = UNTYPED
    children: tuple["Unit", ...] = ()
    cells: Mapping[int | str, "Unit"] = field(default_factory=dict)
    pictures: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """A name of the template that stands for a path of the data."""

    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A name of the template that stands for an expression."""

    node: nodes.Expr
    scope: Mapping[str, "Meaning"]


@dataclass(frozen=True, slots=True, eq=False)
class Counter:
    """The name ``loop``."""

    loop: int


Meaning = Bound | Made | Counter | None
"""What a name stands for; None for what cannot be followed (macros, captured blocks)."""
Scope = Mapping[str, Meaning]


@dataclass(frozen=True, slots=True, eq=False)
class Lit:
    """Text of the template."""

    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A place where a value stands.

    Attributes:
        form: how it is printed.
        path: what is read there; None for what is only computed.
        node: the expression, to be checked where it is computed.
        scope: what the names in it stand for.
        fallback: what is printed where the value is missing (``default``).
    """

    form: Form
    path: Path | None
    node: nodes.Expr
    scope: Scope
    placed: Placed | None
    fallback: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Branch:
    """One way of a choice; ``test`` is None for the last one."""

    test: nodes.Node | None
    items: tuple["Piece", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """``if``, ``elif``, ``else``.

    Attributes:
        loop: the loop whose counter alone decides; None where the data decide.
    """

    branches: tuple[Branch, ...]
    scope: Scope
    placed: Placed | None
    loop: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Loop:
    """``for``.

    Attributes:
        number: of the loop in its grammar.
        path: the list; None where it is computed.
        optional: whether the list may be missing.
        is_mapping: whether it goes through the keys and values of a mapping, as pairs.
        counts: whether a choice of its body hangs on ``loop.first``, ``loop.last``, ...
    """

    number: int
    path: Path | None
    body: tuple["Piece", ...]
    otherwise: tuple["Piece", ...]
    placed: Placed | None
    optional: bool = False
    counts: bool = False
    is_mapping: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A unit of the template.

    Attributes:
        items: what stands in it, texts for a leaf, patterns for a container.
        cells: of a row whose cells have columns.
        is_keyed: whether its cells have columns.
        is_partial: whether such a row may have other cells too, of which nothing is said.
        is_open: whether anything may stand in it: a formula's outcome.
    """

    kind: str
    place: Place
    items: tuple["Piece", ...] = ()
    cells: Mapping[int | str, "Pattern"] = field(default_factory=dict)
    is_leaf: bool = True
    is_open: bool = False
    is_keyed: bool = False
    is_partial: bool = False
    pictures: int = 0


Piece = Lit | Slot | Choice | Loop | Pattern
Pieces = Sequence[Piece]
