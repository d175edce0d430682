"""Edits of a small part: attributes and texts are put into its bytes, the rest stays as it is.

before: <hyperlink r:id="rId1" ref="C5"/>        after: <hyperlink r:id="rId1" ref="C8"/>
"""

from collections.abc import Iterable

from govdocs.xlsx.xml.encoding import escape_attribute, escape_markup
from govdocs.xlsx.xml.markup import Element


class Edits:
    """Edits of elements of one part; each place may be edited once."""

    __slots__ = ("_changes",)

    def __init__(self) -> None:
        self._changes: list[tuple[int, int, str]] = []

    def __bool__(self) -> bool:
        return bool(self._changes)

    def set(self, element: Element, attribute: str, value: str) -> None:
        """Give an attribute a value; one that is not there is added."""
        if element.get(attribute, "\0") == value:
            return
        span = element.span_of(attribute)
        if span is not None:
            written = escape_attribute(value)
            if element.data[span[1] : span[1] + 1] == b'"':
                written = written.replace("&apos;", "'")
            self._changes.append((*span, written))
            return
        behind_name = element.start + 1 + len(element.qname.encode())
        text = f' {attribute}="{escape_attribute(value)}"'
        self._changes.append((behind_name, behind_name, text))

    def set_text(self, element: Element, text: str) -> None:
        """Give an element, which is not empty, another text."""
        if element.text != text:
            self._changes.append((element.content, element.close, escape_markup(text)))

    def replace(self, element: Element, markup: str) -> None:
        """Put markup in the place of an element."""
        if markup == element.raw:
            return
        self._changes.append((element.start, element.end, markup))

    def append(self, element: Element, markup: str) -> None:
        """Put markup behind an element's last child."""
        if element.content == element.end:  # an empty-element tag
            name = element.qname
            opening = element.raw[:-2].rstrip()
            self.replace(element, f"{opening}>{markup}</{name}>")
        else:
            self._changes.append((element.close, element.close, markup))

    def insert_before(self, element: Element, markup: str) -> None:
        """Put markup before an element."""
        self._changes.append((element.start, element.start, markup))

    def insert_after(self, element: Element, markup: str) -> None:
        """Put markup behind an element."""
        self._changes.append((element.end, element.end, markup))

    def write(self, element: Element) -> str:
        """Write an element with its edits."""
        return self._bytes(element.data, element.start, element.end).decode()

    def write_part(self, root: Element) -> bytes:
        """Write the whole part with its edits."""
        return self._bytes(root.data, 0, len(root.data))

    def _bytes(self, data: bytes, start: int, end: int) -> bytes:
        pieces = []
        for first, last, text in sorted(self._changes, key=lambda change: change[:2]):
            if start <= first and last <= end:
                pieces += [data[start:first], text.encode()]
                start = last
        return b"".join([*pieces, data[start:end]])


def with_children(element: Element, children: Iterable[str], **attributes: str) -> str:
    """Write an element with other children; without any it goes. ``count`` follows.

    Args:
        element: a list of things, such as ``mergeCells``.
        children: as markup.
        attributes: further attributes that change, where the element has them.
    """
    written = list(children)
    if not written:
        return ""
    edits = Edits()
    for name, value in {"count": str(len(written)), **attributes}.items():
        if name in element.attributes:
            edits.set(element, name, value)
    head = edits._bytes(element.data, element.start, element.content).decode()  # noqa: SLF001
    return f"{head}{''.join(written)}</{element.qname}>"
