"""Rich text as docxtpl's programs build it: markup that grows by ``add``.

Differs from docxtpl's in what Word reads: properties stand in schema order, a font is set for
Chinese characters too, a shading says that it is one.
"""

from collections.abc import Iterable
from typing import Any

from markupsafe import escape

from govdocs.docx.writing.formats import Property, make_fonts, merge_properties, quote

_W = "w:"
_UNDERLINES = frozenset(
    (
        *("single", "words", "double", "thick", "dotted", "dottedHeavy", "dash", "dashedHeavy"),
        *("dashLong", "dashLongHeavy", "dotDash", "dashDotHeavy", "dotDotDash"),
        *("dashDotDotHeavy", "wave", "wavyHeavy", "wavyDouble", "none"),
    )
)


class RichText:
    """Runs with formats of their own, for ``{{r x }}``.

    Args:
        text: the first run's text, or another rich text.
        text_prop: its formats, as of :meth:`add`.
    """

    def __init__(self, text: Any = None, **text_prop: Any) -> None:
        self.xml = ""
        if text:
            self.add(text, **text_prop)

    def add(  # noqa: PLR0913, PLR0917 - docxtpl's own signature
        self,
        text: Any,
        style: str | None = None,
        color: str | None = None,
        highlight: str | None = None,
        size: int | None = None,
        subscript: bool | None = None,
        superscript: bool | None = None,
        bold: bool = False,
        italic: bool = False,
        underline: bool | str = False,
        strike: bool = False,
        font: str | None = None,
        url_id: str | None = None,
        rtl: bool = False,
        lang: str | None = None,
    ) -> None:
        """Append a run; a rich text that is added keeps its own formats."""
        if _is_rich(text):
            self.xml += text.xml
            return
        found = [
            *_named(style, color, highlight, size),
            *_switches(bold=bold, italic=italic, strike=strike, rtl=rtl),
            *_raised(subscript, superscript),
        ]
        if underline:
            kind = underline if underline in _UNDERLINES else "single"
            found.append(("u", f'<w:u w:val="{quote(kind)}"/>'))
        if font:
            found.append(("rFonts", _fonts(font)))
        if lang:
            found.append(("lang", f'<w:lang w:val="{quote(lang)}"/>'))
        self.xml += _link(_run(text, found), url_id)

    def __str__(self) -> str:
        return self.xml

    __unicode__ = __html__ = __str__


class RichTextParagraph:
    """Paragraphs of rich text, for ``{{p x }}``.

    Args:
        text: the first paragraph's text or rich text.
        text_prop: ``parastyle``, the id of its style.
    """

    def __init__(self, text: Any = None, **text_prop: Any) -> None:
        self.xml = ""
        if text:
            self.add(text, **text_prop)

    def add(self, text: Any, parastyle: str | None = None) -> None:
        """Append a paragraph; paragraphs that are added keep their own styles."""
        if isinstance(text, RichTextParagraph):
            self.xml += text.xml
            return
        rich = text if _is_rich(text) else RichText(text)
        named = f'<w:pPr><w:pStyle w:val="{quote(parastyle)}"/></w:pPr>' if parastyle else ""
        self.xml += f"<w:p>{named}{rich.xml}</w:p>"

    def __str__(self) -> str:
        return self.xml

    __unicode__ = __html__ = __str__


def _is_rich(text: Any) -> bool:
    """Whether a text is a rich one, docxtpl's own included."""
    return isinstance(text, RichText) or (hasattr(text, "xml") and hasattr(text, "__html__"))


def _named(
    style: str | None, color: str | None, highlight: str | None, size: int | None
) -> Iterable[Property]:
    if style:
        yield "rStyle", f'<w:rStyle w:val="{quote(style)}"/>'
    if color:
        yield "color", f'<w:color w:val="{quote(color.removeprefix("#"))}"/>'
    if highlight:
        fill = quote(highlight.removeprefix("#"))
        yield "shd", f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    if size:
        for name in ("sz", "szCs"):
            yield name, f'<w:{name} w:val="{quote(size)}"/>'


def _switches(*, bold: bool, italic: bool, strike: bool, rtl: bool) -> Iterable[Property]:
    wanted = (
        (bold, ("b",)),
        (bold and rtl, ("bCs",)),
        (italic, ("i",)),
        (italic and rtl, ("iCs",)),
        (strike, ("strike",)),
    )
    for switch, names in wanted:
        for name in names if switch else ():
            yield name, f"<w:{name}/>"
    if rtl:
        yield "rtl", '<w:rtl w:val="true"/>'


def _raised(subscript: bool | None, superscript: bool | None) -> Iterable[Property]:
    if subscript:
        yield "vertAlign", '<w:vertAlign w:val="subscript"/>'
    if superscript:
        yield "vertAlign", '<w:vertAlign w:val="superscript"/>'


def _fonts(font: str) -> str:
    """Write a font for every script: one that is set for Latin letters only shows no 黑体."""
    script, colon, name = font.partition(":")
    if colon and script in ("ascii", "hAnsi", "cs"):
        return make_fonts(f"eastAsia:{name}", _W)
    return make_fonts(font, _W)


def _run(text: Any, found: list[Property]) -> str:
    properties = merge_properties("", found, _W)
    if isinstance(text, bytes):
        text = text.decode("utf-8", errors="ignore")
    written = escape(str(text))
    return f'<w:r>{properties}<w:t xml:space="preserve">{written}</w:t></w:r>'


def _link(run: str, url_id: str | None) -> str:
    if not url_id:
        return run
    return f'<w:hyperlink r:id="{quote(url_id)}" w:tgtFrame="_blank">{run}</w:hyperlink>'


R = RichText
RP = RichTextParagraph
