"""The shared strings: which of them hold tags, and the part without those.

The table may be large and is read as a stream. Filled cells hold their text themselves, so a string
that held a tag has no readers left; it is blanked, and keeps its place, because others count on
their own. Nothing here knows which cells there are.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from govdocs.errors import Place
from govdocs.language import may_hold_tag
from govdocs.opc import Deflated, Package, deflate_chunks
from govdocs.xlsx.reading.stream import cut_spans
from govdocs.xlsx.reading.texts import CellText, read_fragment, read_text
from govdocs.xlsx.xml.encoding import as_utf8, unescape_text
from govdocs.xlsx.xml.markup import root_tag
from govdocs.xlsx.xml.parsing import feed, make_parser

_COUNT = re.compile(rb"(\scount\s*=\s*[\"'])(\d+)")
_STRING = re.compile(rb"\A<((?:[^\s/>:]+:)?)si\b.*\Z", re.DOTALL)


@dataclass(slots=True)
class SharedStrings:
    """The strings that may hold a tag.

    Attributes:
        part: the part's name; empty if the workbook has none.
        texts: by index, as text.
        spans: the bytes of their ``si``, from start to end, by index.
        head: offset past the start tag of the root.
    """

    part: str = ""
    texts: dict[str, CellText] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    head: int = 0


def read_strings(package: Package, part: str) -> SharedStrings:
    """Read the table of ``package``; an empty ``part`` gives an empty table."""
    if not part:
        return SharedStrings()
    place = package.place(part)
    finder = _Finder(place)
    finder.read(as_utf8(package.stream(part)))
    strings = SharedStrings(part, spans=finder.found, head=finder.head)
    if not finder.found:
        return strings
    spans = [(0, finder.head), *finder.found.values()]
    head, *items = cut_spans(as_utf8(package.stream(part)), spans)
    root = root_tag(head)
    for index, raw in zip(finder.found, items, strict=True):
        strings.texts[index] = read_text(read_fragment(root, raw, place))
    return strings


def read_texts(package: Package, part: str, wanted: set[int]) -> dict[int, str]:
    """Read the texts of some shared strings by their index."""
    if not wanted or not part:
        return {}
    reader = _TextReader(wanted)
    for chunk in as_utf8(package.stream(part)):
        reader.parser.Parse(chunk, False)
    reader.parser.Parse(b"", True)
    return reader.found


def blank_strings(package: Package, strings: SharedStrings, used: dict[str, int]) -> Deflated:
    """Write the table without the strings that are filled.

    Args:
        package: of the template.
        strings: of the template.
        used: index -> how many cells showed it.
    """
    chunks = as_utf8(package.stream(strings.part))
    return deflate_chunks(_blanked(chunks, strings, used))


def _blanked(
    chunks: Iterable[bytes], strings: SharedStrings, used: dict[str, int]
) -> Iterator[bytes]:
    position = 0
    source = _Splitter(chunks)
    head = source.take(strings.head)
    gone = sum(used.values())
    yield _COUNT.sub(lambda found: found[1] + b"%d" % max(int(found[2]) - gone, 0), head, count=1)
    position = strings.head
    for index, (start, end) in strings.spans.items():
        if index in used:
            yield from source.pass_on(start - position)
            name = source.take(end - start)
            yield _STRING.sub(rb"<\1si><\1t/></\1si>", name)
            position = end
    yield from source.rest()


class _Splitter:
    """A stream that is taken in pieces."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.chunks = iter(chunks)
        self.waiting = b""

    def take(self, length: int) -> bytes:
        return b"".join(self.pass_on(length))

    def pass_on(self, length: int) -> Iterator[bytes]:
        while length > 0:
            if not self.waiting:
                self.waiting = next(self.chunks, b"")
                if not self.waiting:
                    return
            piece, self.waiting = self.waiting[:length], self.waiting[length:]
            length -= len(piece)
            yield piece

    def rest(self) -> Iterator[bytes]:
        yield self.waiting
        yield from self.chunks


class _Finder:
    """Finds the strings that may hold a tag."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.found: dict[str, tuple[int, int]] = {}
        self.head = 0
        self.index = -1
        self.depth = 0
        self.start = 0
        self.texts: list[str] = []
        self.unfinished = ""
        self.parser = make_parser(self.place)
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self.texts.append

    def read(self, chunks: Iterable[bytes]) -> None:
        feed(self.parser, chunks, self.place)

    def _open(self, name: str, _: dict[str, str]) -> None:
        self.depth += 1
        if self.depth == 2:  # noqa: PLR2004 - a child of the root
            self._end_last()
            self.head = self.head or self.parser.CurrentByteIndex
            self.index += name.endswith("\nsi")
            self.start = self.parser.CurrentByteIndex
            self.texts.clear()

    def _close(self, _: str) -> None:
        self.depth -= 1
        if self.depth == 1:
            if may_hold_tag("".join(self.texts)):
                self.unfinished = str(self.index)
        elif self.depth == 0:
            self._end_last()

    def _end_last(self) -> None:
        """Note where a string ends: where the next thing begins."""
        if self.unfinished:
            self.found[self.unfinished] = (self.start, self.parser.CurrentByteIndex)
            self.unfinished = ""


class _TextReader:
    """Reads some strings, without their phonetic guides."""

    def __init__(self, wanted: set[int]) -> None:
        self.wanted = wanted
        self.found: dict[int, str] = {}
        self.index = -1
        self.texts: list[str] = []
        self.in_guide = False
        self.parser = expat.ParserCreate("utf-8", "\n")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close

    def _open(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition("\n")[2]
        if local == "si":
            self.index += 1
            self.texts.clear()
        elif local == "rPh":
            self.in_guide = True
        elif local == "t" and self.index in self.wanted and not self.in_guide:
            self.parser.CharacterDataHandler = self.texts.append

    def _close(self, name: str) -> None:
        local = name.rpartition("\n")[2]
        if local == "t":
            self.parser.CharacterDataHandler = None
        elif local == "rPh":
            self.in_guide = False
        elif local == "si" and self.index in self.wanted:
            self.found[self.index] = unescape_text("".join(self.texts))
