"""Markdown read into blocks and spans by markdown-it-py. Raw HTML in it is text, as typed."""

from dataclasses import dataclass, field, replace
from typing import Any

from govdocs.errors import UsageError
from govdocs.values.prose import Block, Markdown, Span


def read_markdown(value: Markdown) -> list[Block]:
    """Read prose in Markdown.

    Raises:
        UsageError: markdown-it-py is not installed.
    """
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        fields = {"what": "markdown-it-py", "extra": "markdown"}
        raise UsageError.of("value.extra_missing", fields=fields) from None
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    reading = _Reading(value.top)
    for token in parser.parse(value.text):
        reading.take(token)
    return reading.blocks


@dataclass(slots=True)
class _Reading:
    top: int
    blocks: list[Block] = field(default_factory=list)
    lists: list[Block] = field(default_factory=list)
    count: int = 0
    kind: str = "paragraph"
    level: int = 0
    quotes: int = 0
    fresh: bool = False

    def take(self, token: Any) -> None:
        """Take the next token of the parser."""
        handler = getattr(self, f"_{token.type}", None)
        if handler is not None:
            handler(token)

    def _heading_open(self, token: Any) -> None:
        self.kind, self.level = "heading", int(token.tag[1]) + self.top - 1

    def _heading_close(self, _token: Any) -> None:
        self.kind = "paragraph"

    def _bullet_list_open(self, token: Any) -> None:
        self.count += 1
        is_ordered = token.type == "ordered_list_open"
        start = int(token.attrGet("start") or 1)
        level = len(self.lists)
        self.lists.append(
            Block("item", level=level, number=self.count, is_ordered=is_ordered, start=start)
        )

    _ordered_list_open = _bullet_list_open

    def _bullet_list_close(self, _token: Any) -> None:
        self.lists.pop()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, _token: Any) -> None:
        self.fresh = True

    def _blockquote_open(self, _token: Any) -> None:
        self.quotes += 1

    def _blockquote_close(self, _token: Any) -> None:
        self.quotes -= 1

    def _hr(self, _token: Any) -> None:
        self.blocks.append(Block("rule"))

    def _fence(self, token: Any) -> None:
        text = token.content.removesuffix("\n")
        self.blocks.append(Block("code", [Span(text, code=True)]))

    _code_block = _fence

    def _table_open(self, _token: Any) -> None:
        self.blocks.append(Block("table"))
        self.kind = "table"

    def _table_close(self, _token: Any) -> None:
        self.kind = "paragraph"

    def _thead_close(self, _token: Any) -> None:
        self.blocks[-1].heads = len(self.blocks[-1].rows)

    def _tr_open(self, _token: Any) -> None:
        self.blocks[-1].rows.append([])

    def _inline(self, token: Any) -> None:
        spans = read_spans(token.children or [])
        if self.kind == "table":
            self.blocks[-1].rows[-1].append(spans)
        elif self.kind == "heading":
            self.blocks.append(Block("heading", spans, self.level))
        elif self.lists:
            number = self.lists[-1].number if self.fresh else 0
            self.blocks.append(replace(self.lists[-1], spans=spans, number=number, rows=[]))
        else:
            self.blocks.append(Block("quote" if self.quotes else "paragraph", spans))
        self.fresh = False


def read_spans(tokens: list[Any]) -> list[Span]:
    """Read the tokens of a line."""
    spans: list[Span] = []
    now = Span("")
    for token in tokens:
        opens = token.type.endswith("_open")
        match token.type.removesuffix("_open").removesuffix("_close"):
            case "strong":
                now = replace(now, bold=opens)
            case "em":
                now = replace(now, italic=opens)
            case "s":
                now = replace(now, strike=opens)
            case "link":
                now = replace(now, link=str(token.attrGet("href") or "") if opens else "")
            case "softbreak":
                spans.append(replace(now, text=" "))
            case "hardbreak":
                spans.append(replace(now, text="\n"))
            case "code_inline":
                spans.append(replace(now, text=token.content, code=True))
            case "image":
                spans.append(replace(now, text=token.content))
            case _:
                spans.append(replace(now, text=token.content))
    return _without_false_spaces(spans)


def _without_false_spaces(spans: list[Span]) -> list[Span]:
    """Drop the space that a line end leaves between two Chinese characters."""
    found = list(spans)
    for index in range(1, len(spans) - 1):
        before, after = spans[index - 1].text[-1:], spans[index + 1].text[:1]
        if spans[index].text == " " and before >= "\u2e80" and after >= "\u2e80":
            found[index] = replace(spans[index], text="")
    return [one for one in found if one.text]
