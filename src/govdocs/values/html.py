"""Simple HTML read into blocks and spans by lxml. Nothing is fetched and no script is looked at."""

import re
from dataclasses import dataclass, field, replace

from lxml import etree, html

from govdocs.values.prose import Block, Html, Span

_LEFT_OUT = frozenset(
    ("script", "style", "head", "title", "iframe", "object", "embed", "svg", "form", "template")
)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FORMATS: dict[str, str] = {
    **dict.fromkeys(("b", "strong", "th"), "bold"),
    **dict.fromkeys(("i", "em", "cite", "var"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "del", "strike"), "strike"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
}
_RAISED = {"sub": -1, "sup": 1}
_PARAGRAPHS = frozenset(
    ("p", "div", "section", "article", "header", "footer", "main", "address", "dd", "dt", "center")
)


def read_html(value: Html) -> list[Block]:
    """Read prose in simple HTML."""
    if not value.text.strip():
        return []
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    root = html.document_fromstring(value.text, parser=parser)
    reading = _Reading(value.top)
    reading.walk(root, Span(""))
    reading.end()
    return [one for one in reading.blocks if one.spans or one.rows or one.kind == "rule"]


@dataclass(slots=True)
class _Reading:
    top: int
    blocks: list[Block] = field(default_factory=list)
    lists: list[Block] = field(default_factory=list)
    count: int = 0
    now: Block | None = None
    kind: str = "paragraph"
    fresh: bool = False

    def walk(self, element: etree._Element, span: Span) -> None:
        """Read an element and what it holds."""
        tag = str(element.tag).lower()
        if tag in _LEFT_OUT:
            return
        span = self._enter(tag, element, span)
        if tag == "table":
            self._table(element)
            return
        self.text(element.text, span)
        for child in element:
            if isinstance(child.tag, str):
                self.walk(child, span)
            self.text(child.tail, span)
        self._leave(tag)

    def _enter(self, tag: str, element: etree._Element, span: Span) -> Span:
        if tag in _PARAGRAPHS or tag in ("li", "blockquote", "pre", "ul", "ol", "table", "hr"):
            self.end()
        if re.fullmatch("h[1-6]", tag):
            self.end()
            self.now = Block("heading", level=int(tag[1]) + self.top - 1)
        elif tag in ("ul", "ol"):
            self.count += 1
            start = element.get("start") or "1"
            self.lists.append(
                Block(
                    "item",
                    level=len(self.lists),
                    number=self.count,
                    is_ordered=tag == "ol",
                    start=int(start) if start.isdigit() else 1,
                )
            )
        elif tag in ("blockquote", "pre"):
            self.kind = "quote" if tag == "blockquote" else "code"
        elif tag == "hr":
            self.blocks.append(Block("rule"))
        elif tag == "br":
            self._add(replace(span, text="\n"))
        elif tag == "a" and element.get("href"):
            return replace(span, link=str(element.get("href")))
        self.fresh = self.fresh or tag == "li"
        if tag in _FORMATS:
            return replace(span, **{_FORMATS[tag]: True})  # type: ignore[arg-type]
        return replace(span, raised=_RAISED.get(tag, span.raised))

    def _leave(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            self.end()
            self.lists.pop()
        elif tag in _PARAGRAPHS or tag in ("li", "blockquote", "pre") or tag[:1] == "h":
            self.end()
        if tag in ("blockquote", "pre"):
            self.kind = "paragraph"

    def text(self, text: str | None, span: Span) -> None:
        """Read a text between tags."""
        if not text:
            return
        is_code = self.kind == "code"
        written = text if is_code else _SPACES.sub(" ", text)
        begins = self.now is None or not self.now.spans or self.now.spans[-1].text[-1:] in " \n"
        if begins and not is_code:
            written = written.lstrip(" ")
        if written:
            self._add(replace(span, text=written))

    def _add(self, span: Span) -> None:
        if self.now is None and self.lists:
            number = self.lists[-1].number if self.fresh else 0
            self.now = replace(self.lists[-1], spans=[], number=number, rows=[])
            self.fresh = False
        elif self.now is None:
            self.now = Block(self.kind)
        self.now.spans.append(span)

    def end(self) -> None:
        """End the paragraph that is being read."""
        if self.now is not None:
            while self.now.spans and not self.now.spans[-1].text.strip():
                self.now.spans.pop()
            self.blocks.append(self.now)
        self.now = None

    def _table(self, table: etree._Element) -> None:
        found = Block("table")
        for row in table.iter("tr"):
            cells = list(row.iterchildren("th", "td"))
            found.rows.append([_cell(one) for one in cells])
            if (
                cells
                and all(one.tag == "th" for one in cells)
                and found.heads == len(found.rows) - 1
            ):
                found.heads += 1
        self.blocks.append(found)


def _cell(cell: etree._Element) -> list[Span]:
    """Read a cell as lines of spans."""
    reading = _Reading(1)
    reading.walk(cell, Span(""))
    reading.end()
    spans: list[Span] = []
    for block in reading.blocks:
        spans += [Span("\n")] if spans and block.spans else []
        spans += block.spans
    return spans
