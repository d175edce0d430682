r"""Text with formats of its own, as a value: what it says, not how a document writes it.

A :class:`RichText` is pieces of text, each with the formats that it asks for; whatever a piece does
not ask for it takes from the tag that it is printed by. In a text, ``\n`` is a line break, ``\t``
a tab, ``\a`` a new paragraph, ``\f`` a new page. This module knows no markup.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Format:
    """What a piece of text asks for; ``None`` leaves a thing as the tag has it.

    Attributes:
        style: id of a character style.
        color: hexadecimal, with or without ``#``.
        highlight: a colour name of Word's markers (``yellow``), or hexadecimal for a shading.
        size: in half points: 三号 is 32.
        underline: True for a single line, or Word's name of another (``double``, ``wave``).
        font: family; set for all scripts. ``"eastAsia:黑体"`` is the same, ``"ascii:Arial"``,
            ``"hAnsi:Arial"`` and ``"cs:Arial"`` set theirs only.
        lang: such as ``zh-CN``; of the script that the text is in.
    """

    style: str | None = None
    color: str | None = None
    highlight: str | None = None
    size: int | None = None
    subscript: bool | None = None
    superscript: bool | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | str | None = None
    strike: bool | None = None
    font: str | None = None
    rtl: bool | None = None
    lang: str | None = None

    def over(self, other: "Format") -> "Format":
        """Return these wishes, and those of ``other`` where there are none."""
        own = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(other, **{name: value for name, value in own.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one format; with a link if it leads somewhere.

    Attributes:
        content: text, or another value that can stand in a line, such as a picture.
        link: an address; ``#name`` leads to a bookmark of the document.
        url_id: a relationship that is already in the part, as docxtpl's programs give it.
    """

    content: Any
    format: Format = Format()
    link: str | None = None
    url_id: str | None = None


class RichText:
    """Text whose pieces have formats of their own.

    Args:
        text: the first piece: text, another rich text, a picture; nothing if ``None``.
        wishes: its formats, as of :meth:`add`.
    """

    __slots__ = ("pieces",)

    def __init__(self, text: Any = None, **wishes: Any) -> None:
        self.pieces: list[Piece] = []
        if text is not None:
            self.add(text, **wishes)

    def add(  # noqa: PLR0913, PLR0917 - the order that docxtpl's programs know
        self,
        text: Any,
        style: str | None = None,
        color: str | None = None,
        highlight: str | None = None,
        size: int | None = None,
        subscript: bool | None = None,
        superscript: bool | None = None,
        bold: bool | None = None,
        italic: bool | None = None,
        underline: bool | str | None = None,
        strike: bool | None = None,
        font: str | None = None,
        url_id: str | None = None,
        rtl: bool | None = None,
        lang: str | None = None,
        link: str | None = None,
    ) -> "RichText":
        """Append a piece and return the whole; the formats are those of :class:`Format`.

        A rich text that is added keeps its own formats and takes the given ones where it has none.
        """
        wishes = Format(
            style=style,
            color=color,
            highlight=highlight,
            size=size,
            subscript=subscript,
            superscript=superscript,
            bold=bold,
            italic=italic,
            underline=underline,
            strike=strike,
            font=font,
            rtl=rtl,
            lang=lang,
        )
        if isinstance(text, RichText):
            self.pieces += [
                replace(
                    one,
                    format=one.format.over(wishes),
                    link=one.link or link,
                    url_id=one.url_id or url_id,
                )
                for one in text.pieces
            ]
        else:
            self.pieces.append(Piece(text, wishes, link, url_id))
        return self

    def __str__(self) -> str:
        return "".join(str(one.content) for one in self.pieces)

    def __repr__(self) -> str:
        return f"RichText({str(self)!r})"

    def __bool__(self) -> bool:
        return bool(str(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RichText) and self.pieces == other.pieces

    __hash__ = None  # type: ignore[assignment]  # it can be added to


class RichTextParagraph:
    """Paragraphs of rich text, each with a style of the document or that of its tag.

    Args:
        text: the first paragraph: text or a rich text; nothing if ``None``.
        parastyle: id of its paragraph style.
    """

    __slots__ = ("paragraphs",)

    def __init__(self, text: Any = None, parastyle: str | None = None) -> None:
        self.paragraphs: list[tuple[RichText, str | None]] = []
        if text is not None:
            self.add(text, parastyle)

    def add(self, text: Any, parastyle: str | None = None) -> "RichTextParagraph":
        """Append a paragraph and return the whole."""
        rich = text if isinstance(text, RichText) else RichText(text)
        self.paragraphs.append((rich, parastyle))
        return self

    def __iter__(self) -> Iterator[tuple[RichText, str | None]]:
        return iter(self.paragraphs)

    def __str__(self) -> str:
        return "\a".join(str(rich) for rich, _ in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Listing:
    """Text with lines and paragraphs, printed as it is; kept for programs that know docxtpl.

    Every text is printed so here: line breaks kept, markup escaped.
    """

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink from data.

    Attributes:
        text: what the reader sees; the address if empty.
        url: the address; ``#name`` leads to a bookmark of the document.
    """

    text: str
    url: str = field(default="")

    def __str__(self) -> str:
        return self.text or self.url


@dataclass(frozen=True, slots=True)
class Break:
    """A new page or column, or a new section with the page, headers and footers of the last one.

    Attributes:
        kind: ``page``, ``column`` or ``section``.
    """

    kind: str = "page"

    def __post_init__(self) -> None:
        if self.kind not in ("page", "column", "section"):
            raise ValueError(f"no such break: {self.kind!r}")

    def __str__(self) -> str:
        return ""
