"""Texts into content controls: the format stays, the placeholder goes.

A control keeps its first paragraph and the format of its first run; where it showed a placeholder,
the format that the control itself asks for. A control that holds more than text is left alone.
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from govdocs.docx.tree.dialect import W14, XML_SPACE, Dialect
from govdocs.docx.tree.streams import Element, remove

KINDS = ("checkbox", "date", "dropDownList", "comboBox", "picture")
"""The kinds of control that take their values in a way of their own."""

_UNFIT = frozenset(
    {"docPartObj", "docPartList", "equation", "group", "citation", "bibliography"}
    | {"repeatingSection", "repeatingSectionItem"}
)
_MORE = ("tbl", "sdt")


@dataclass(frozen=True, slots=True)
class Control:
    """A content control (ECMA-376 part 1, 17.5.2)."""

    sdt: Element
    w: Dialect

    @property
    def properties(self) -> Element | None:
        """Its ``w:sdtPr``."""
        return self.sdt.find(self.w.q("sdtPr"))

    @property
    def content(self) -> Element | None:
        """Its ``w:sdtContent``."""
        return self.sdt.find(self.w.q("sdtContent"))

    @property
    def kind(self) -> str:
        """One of :data:`KINDS`, or ``text``."""
        return next((name for name in self._children() if name in KINDS), "text")

    @property
    def shows_placeholder(self) -> bool:
        """Whether it shows what is to be typed, in place of what was."""
        return self.property("showingPlcHdr") is not None

    def property(self, name: str) -> Element | None:
        """Return a property by its local name, whatever its namespace."""
        if self.properties is None:
            return None
        children = self.properties.iterchildren(etree.Element)
        return next((one for one in children if etree.QName(one).localname == name), None)

    def unfit(self) -> list[str]:
        """List what it holds beside text, by the names of the elements."""
        found = [name for name in self._children() if name in _UNFIT]
        content = self.content
        if content is None:
            return ["-"]
        if list(content.iterchildren(self.w.q("tr"))) or len(self._cells()) > 1:
            found.append("tr")
        wanted = [self.w.q(name) for name in _MORE]
        if not self.shows_placeholder:
            wanted += [one for one in self.w.substance if not one.endswith("}sym")]
        found += [etree.QName(one).localname for one in content.iter(*wanted)]
        return list(dict.fromkeys(found))

    def texts(self) -> str:
        """Return all that it shows."""
        content = self.content
        return "" if content is None else "".join(map(str, content.itertext()))

    def write(self, text: str, *, font: str = "") -> None:
        """Put a text in place of all that the control holds.

        before: <sdtPr><showingPlcHdr/></sdtPr><sdtContent><r>click here</r></sdtContent>
        after:  <sdtPr/><sdtContent><r><t>text</t></r></sdtContent>

        Args:
            text: the text.
            font: of signs that stand in no other; empty for that of the text.
        """
        content, holder = self.content, self._holder()
        if content is None:
            return
        first = next(holder.iter(self.w.r), None)
        run = self._make_run(first, text, font)
        for p in list(self._paragraphs()):
            if p is not holder:
                remove(p)
        _write_only(holder, run, self.w)
        placeholder = self.property("showingPlcHdr")
        if placeholder is not None:
            remove(placeholder)

    def _children(self) -> Iterator[str]:
        if self.properties is not None:
            for one in self.properties.iterchildren(etree.Element):
                yield etree.QName(one).localname

    def _cells(self) -> list[Element]:
        return [] if self.content is None else list(self.content.iter(self.w.q("tc")))

    def _paragraphs(self) -> Iterator[Element]:
        content = self.content
        return iter(()) if content is None else content.iter(self.w.p)

    def _holder(self) -> Element:
        """The paragraph that stays, or the content itself where the control stands in a line."""
        content = self.content
        assert content is not None, "asked for only where there is content"
        paragraphs = list(self._paragraphs())
        if not paragraphs and self._stands_in_line():
            return content
        if not paragraphs:
            return etree.SubElement(content, self.w.p)
        said = (p for p in paragraphs if "".join(map(str, p.itertext())).strip())
        return next(said, paragraphs[0])

    def _stands_in_line(self) -> bool:
        for up in self.sdt.iterancestors():
            if up.tag == self.w.p:
                return True
            if up.tag in self.w.containers:
                return False
        return False

    def _make_run(self, first: Element | None, text: str, font: str) -> Element:
        run = self.sdt.makeelement(self.w.r)
        properties = self._format(first)
        if font:
            properties = run.makeelement(self.w.q("rPr")) if properties is None else properties
            _set_font(properties, font, self.w)
        if properties is not None:
            run.append(properties)
        t = etree.SubElement(run, self.w.t)
        t.text = text
        t.set(XML_SPACE, "preserve")
        return run

    def _format(self, first: Element | None) -> Element | None:
        """Copy the format that the text takes."""
        own = self.property("rPr")
        found = None if first is None else first.find(self.w.q("rPr"))
        if (self.shows_placeholder and own is not None) or found is None:
            found = own
        if found is None:
            return None
        copied = deepcopy(found)
        copied.tail = None
        if self.shows_placeholder and own is None:
            for style in copied.findall(self.w.q("rStyle")):
                copied.remove(style)
        return copied if len(copied) else None


def _write_only(holder: Element, run: Element, w: Dialect) -> None:
    """Put a run in place of all others; markers of ranges stay."""
    kept = (w.q("pPr"), *w.ranges)
    gone = [one for one in holder.iterchildren() if one.tag not in kept]
    if gone:
        gone[0].addprevious(run)
    else:
        position = next((i + 1 for i, one in enumerate(holder) if one.tag == w.q("pPr")), 0)
        holder.insert(position, run)
    for one in gone:
        remove(one)


def _set_font(properties: Element, font: str, w: Dialect) -> None:
    fonts = properties.find(w.q("rFonts"))
    if fonts is None:
        fonts = properties.makeelement(w.q("rFonts"))
        style = properties.find(w.q("rStyle"))
        properties.insert(0 if style is None else 1, fonts)
    for name in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(w.q(name), font)


def sign_of(state: Element | None, default: str) -> tuple[str, str]:
    """Read the sign of a check box's state: the character and its font."""
    code = "" if state is None else str(state.get(f"{{{W14}}}val", ""))
    font = "" if state is None else str(state.get(f"{{{W14}}}font", ""))
    try:
        number = int(code, 16)
    except ValueError:
        return default, ""
    # The signs of symbol fonts lie in the private use area.
    is_symbol = font.lower().startswith(("wingdings", "webdings", "symbol"))
    return chr(number + 0xF000 if is_symbol and number <= 0xFF else number), font  # noqa: PLR2004
