"""A small part as elements that know where they stand in its bytes.

Nothing is ever serialised from these elements: what is to be changed is punched out of the bytes,
and what lies between stays as it was written, prefixes, quotes and order of attributes included.
For parts and fragments that are small; a whole sheet is read by ``reading``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from govdocs.errors import PackageError, Place
from govdocs.xlsx.xml.parsing import feed, make_parser

START_TAG = re.compile(
    rb"<([^\s/>]+)((?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>", re.DOTALL
)
ATTRIBUTE = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.DOTALL)
_BEFORE_ROOT = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)
_SEPARATOR = "\n"
_DEPTH_LIMIT = 256
_Hole = TypeVar("_Hole")


@dataclass(slots=True, eq=False)
class Element:
    r"""One element.

    Attributes:
        data: the bytes in which the offsets count.
        space: its namespace.
        name: its local name.
        start: offset of its start tag.
        content: offset past its start tag.
        close: offset of its end tag; that of its end where it is an empty-element tag.
        end: offset past it.
        attributes: by local name; those of a foreign namespace as ``namespace\nname``.
        text: its own text, without that of its children.
    """

    data: bytes
    space: str
    name: str
    start: int
    attributes: dict[str, str]
    parent: "Element | None"
    content: int = 0
    close: int = 0
    end: int = 0
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    @property
    def raw(self) -> str:
        """The element as it is written."""
        return self.data[self.start : self.end].decode()

    @property
    def inner(self) -> str:
        """What stands between its tags, as it is written."""
        return self.data[self.content : self.close].decode()

    @property
    def qname(self) -> str:
        """Its name as it is written, with its prefix."""
        return _match(self.data, self.start)[1].decode()

    @property
    def prefix(self) -> str:
        """Its prefix with its colon, or nothing."""
        head, colon, _ = self.qname.partition(":")
        return head + colon if colon else ""

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute, whatever its namespace."""
        found = self.attributes.get(name)
        if found is not None:
            return found
        ending = _SEPARATOR + name
        return next(
            (value for key, value in self.attributes.items() if key.endswith(ending)), default
        )

    def iter(self, *names: str) -> Iterator["Element"]:
        """Yield the element and all below it, those with one of ``names`` if any are given."""
        if not names or self.name in names:
            yield self
        for child in self.children:
            yield from child.iter(*names)

    def find(self, name: str) -> "Element | None":
        """Return the first child with this name."""
        return next((child for child in self.children if child.name == name), None)

    def written_attributes(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield its attributes as written: qualified name, raw value, offsets of the value."""
        found = _match(self.data, self.start)
        for one in ATTRIBUTE.finditer(self.data, found.start(2), found.end(2)):
            group = 2 if one[2] is not None else 3
            yield one[1].decode(), one[group].decode(), one.start(group), one.end(group)

    def span_of(self, attribute: str) -> tuple[int, int] | None:
        """Return the offsets of an attribute's value."""
        for name, _, start, end in self.written_attributes():
            if name.rpartition(":")[2] == attribute:
                return start, end
        return None


def read_markup(data: bytes, place: Place) -> Element:
    """Read a part, or a fragment that was wrapped into one, and return its root.

    Args:
        data: UTF-8.
        place: of the part, for problems.

    Raises:
        PackageError: it is no XML, or has a DTD.
    """
    return _Reader(data, place).read()


def root_tag(head: bytes) -> bytes:
    """Return the root's start tag out of a part's beginning."""
    found = START_TAG.search(_BEFORE_ROOT.sub(b"", head))
    assert found is not None, "expat found a root here"
    return found[0]


def punch(
    data: bytes, holes: Sequence[tuple[int, int, _Hole]], start: int = 0, end: int | None = None
) -> list["str | _Hole"]:
    """Cut ``data`` at holes: (offset, offset past it, what stands for it), in any order."""
    pieces: list[str | _Hole] = []
    position = start
    for first, last, hole in sorted(holes, key=lambda one: one[:2]):
        if first > position:
            pieces.append(data[position:first].decode())
        pieces.append(hole)
        position = last
    rest = data[position : len(data) if end is None else end]
    return [*pieces, rest.decode()] if rest else pieces


def _match(data: bytes, start: int) -> re.Match[bytes]:
    found = START_TAG.match(data, start)
    assert found is not None, "expat found a start tag here"
    return found


class _Reader:
    def __init__(self, data: bytes, place: Place) -> None:
        self.data, self.place = data, place
        self.root: Element | None = None
        self.open: list[Element] = []
        self.parser = make_parser(place)
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def read(self) -> Element:
        feed(self.parser, (self.data,), self.place)
        assert self.root is not None
        return self.root

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition(_SEPARATOR)
        parent = self.open[-1] if self.open else None
        if len(self.open) >= _DEPTH_LIMIT:
            fields = {"part": self.place.part}
            raise PackageError.of("package.too_deep", self.place, fields=fields)
        start = self.parser.CurrentByteIndex
        element = Element(self.data, space, local, start, attributes, parent)
        element.content = _match(self.data, start).end()
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
        self.open.append(element)

    def _end(self, _: str) -> None:
        element = self.open.pop()
        if self.data[element.content - 2 : element.content] == b"/>":
            element.close = element.end = element.content
        else:
            element.close = self.parser.CurrentByteIndex
            element.end = self.data.index(b">", element.close) + 1

    def _text(self, text: str) -> None:
        if self.open:
            self.open[-1].text += text
