"""Rows written the common way: every row and cell says where it is, nothing but elements between.

Most programs write sheets so; one that does not is written over once, at compiling time, where its
rows may move. Canonical XML stays the same but for the numbers and what is no element.
"""

from collections.abc import Iterable, Iterator
from xml.parsers import expat

from govdocs.errors import Place
from govdocs.xlsx.grid.address import column_name, column_number
from govdocs.xlsx.xml.parsing import malformed

_HELD_BACK = 1 << 16
_BLANKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_VALUES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


def write_common(chunks: Iterable[bytes], place: Place) -> Iterator[bytes]:
    """Write a sheet with its rows numbered, and without comments among them.

    Args:
        chunks: the part in UTF-8.
        place: of the part, for problems.
    """
    writer = _Writer()
    try:
        for chunk in chunks:
            writer.take(chunk)
            yield writer.give()
        writer.finish()
    except expat.ExpatError as error:
        raise malformed(error, place) from None
    yield writer.give()


class _Writer:
    """Copies a sheet, and writes what stands between the tags of ``sheetData`` from its events.

    The parser knows no namespaces, so that names come as they are written.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.row = self.column = 0
        self.path: list[str] = []
        self.data = ""
        self.waiting = b""
        self.copied = 0
        self.size = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._open
        self.parser.EndElementHandler = self._close

    def take(self, chunk: bytes) -> None:
        self.waiting += chunk
        self.size += len(chunk)
        self.parser.Parse(chunk, False)
        # a tag that is cut in two by the chunk's end has its event still to come
        sure = max(self.copied, self.size - _HELD_BACK)
        if self.data:
            self._skip_to(sure)
        else:
            self._copy_to(sure)

    def finish(self) -> None:
        self.parser.Parse(b"", True)
        self._copy_to(self.size)

    def give(self) -> bytes:
        given = "".join(self.pieces).encode("utf-8", "surrogateescape")
        self.pieces.clear()
        return given

    def _copy_to(self, offset: int) -> None:
        """Copy bytes as they are up to ``offset``."""
        length = offset - self.copied
        if length > 0:
            self.pieces.append(self.waiting[:length].decode("utf-8", "surrogateescape"))
        self._skip_to(offset)

    def _skip_to(self, offset: int) -> None:
        if offset > self.copied:
            self.waiting = self.waiting[offset - self.copied :]
            self.copied = offset

    def _open(self, name: str, attributes: list[str]) -> None:
        self.path.append(name)
        if self.data:
            self._open_inside(name, attributes)
        elif len(self.path) == 2 and _local(name) == "sheetData":  # noqa: PLR2004 - of the root
            self._copy_to(self.parser.CurrentByteIndex)
            self.pieces.append(_start_tag(name, attributes))
            self.data = name
            self.parser.CharacterDataHandler = self._text

    def _open_inside(self, name: str, attributes: list[str]) -> None:
        pairs = dict(zip(attributes[::2], attributes[1::2], strict=True))
        depth, local = len(self.path), _local(name)
        if depth == 3 and local == "row":  # noqa: PLR2004
            self.row = int(pairs.get("r", self.row + 1))
            self.column = 0
            pairs = {"r": str(self.row), **pairs}
        elif depth == 4 and local == "c":  # noqa: PLR2004
            known = pairs.get("r", "").rstrip("0123456789")
            self.column = column_number(known) if known else self.column + 1
            pairs = {"r": f"{column_name(self.column)}{self.row}", **pairs}
        self.pieces.append(_start_tag(name, [one for pair in pairs.items() for one in pair]))

    def _text(self, text: str) -> None:
        self.pieces.append(text.translate(_BLANKS))

    def _close(self, name: str) -> None:
        self.path.pop()
        if not self.data:
            return
        self.pieces.append(f"</{name}>")
        if name == self.data and len(self.path) == 1:
            self.data = ""
            self.parser.CharacterDataHandler = None
            end = self.parser.CurrentByteIndex
            start = end - self.copied
            if self.waiting[start : start + 2] == b"</":
                end += self.waiting[start:].index(b">") + 1
            self._skip_to(end)


def _start_tag(name: str, attributes: list[str]) -> str:
    written = "".join(
        f' {key}="{value.translate(_IN_VALUES)}"'
        for key, value in zip(attributes[::2], attributes[1::2], strict=True)
    )
    return f"<{name}{written}>"


def _local(name: str) -> str:
    return name.rpartition(":")[2]
