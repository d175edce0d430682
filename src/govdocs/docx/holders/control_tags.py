"""Tags of content controls: typed into a control, or into its title or tag.

A control whose title is ``{{ x }}`` shows ``x``, as its kind asks: a check box its sign, a date in
its own pattern. One that holds a tag shows no placeholder any more, and the data that it is bound
to are given the same tag, because Word shows what stands there. In a loop it is cut off from them:
its copies differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from govdocs.docx.holders.controls import Control
from govdocs.docx.holders.holders import Holder, find_holders
from govdocs.docx.holders.sowing import Sower
from govdocs.docx.holders.stores import Stores
from govdocs.docx.tree.dialect import WORD, Dialect
from govdocs.docx.tree.looping import in_loops
from govdocs.docx.tree.parts import may_hold_tag
from govdocs.docx.tree.streams import Element, remove
from govdocs.docx.writing.shelf import read_styles
from govdocs.errors import Place
from govdocs.language import Tag, scan
from govdocs.language.bindings import Binding
from govdocs.opc import Package


@dataclass(slots=True)
class ControlTags:
    """The tags of the content controls of one package.

    Attributes:
        package: the template.
        roots: the parts that were read for it, some of them changed.
        sower: has planted the tags.
    """

    package: Package
    roots: dict[str, Element] = field(default_factory=dict)
    sower: Sower = field(init=False)

    def run(self, kinds: Mapping[str, str]) -> None:
        """Read the controls of all parts and settle those that have to do with tags."""
        self.sower = Sower(Stores(self.package))
        found: list[tuple[Holder, Dialect]] = []
        for part, kind in kinds.items():
            data = self.package.read(part) if kind == "paragraphs" else b""
            if b"sdtContent" in data and (may_hold_tag(data) or b"dataBinding" in data):
                root = self.roots[part] = self.package.parse(part)
                dialect = WORD.get(str(etree.QName(root).namespace))
                if dialect is not None:
                    found += [(one, dialect) for one in _controls(root, part, dialect)]
        self.sower.note_texts(self.roots.values())
        names = [dialect.q("sdt") for dialect in WORD.values()]
        looping = {sdt for root in self.roots.values() for sdt in in_loops(root, names)}
        for holder, dialect in found:
            controls = [Control(one, dialect) for one in (holder.element, *holder.twins)]
            self._settle(holder, controls, in_loop=holder.element in looping)
        self.roots.update(self.sower.stores.roots)

    def _settle(self, holder: Holder, controls: list[Control], *, in_loop: bool) -> None:
        first = controls[0]
        named = next((tag for name in holder.names if (tag := _only_tag(name))), None)
        written = _only_tag(first.texts()) if _is_open_box(first) else None
        has_tags = bool(scan(first.texts())[0])
        if (named or has_tags) and in_loop:
            self._cut_off(controls)
        if (named and not has_tags and not first.unfit()) or written:
            tag = written or named
            assert tag is not None
            place = self._place(holder, tag)
            self.sower.sow(Binding(tag.text, tag.body), holder, first.w, place)
        elif has_tags:
            self._fill(controls)
        else:
            self._take_stored(controls)
        if named:
            self._rename(controls)

    def _fill(self, controls: list[Control]) -> None:
        """Let controls with tags show no placeholder, and their data hold the same tags."""
        found = self.sower.stores.find(controls[0])
        if found is not None:
            _, element, attribute = found
            stored = str(element.get(attribute, "")) if attribute else element.text or ""
            if not scan(stored)[0] and not len(element):
                _put(element, attribute, controls[0].texts())
        for control in controls:
            date = control.property("date")
            if date is not None:
                date.attrib.pop(control.w.q("fullDate"), "")
            self._clear_placeholder(control)

    def _take_stored(self, controls: list[Control]) -> None:
        """Let controls show the tags that stand in their data."""
        found = self.sower.stores.find(controls[0])
        if found is None or controls[0].unfit():
            return
        _, element, attribute = found
        stored = str(element.get(attribute, "")) if attribute else element.text or ""
        if scan(stored)[0]:
            for control in controls:
                control.write(stored)

    def _clear_placeholder(self, control: Control) -> None:
        """Let a control no longer pass for an empty one; the grey of the placeholder goes too."""
        shown = control.property("showingPlcHdr")
        if shown is None:
            return
        remove(shown)
        grey = read_styles(self.package).find("character", "placeholder text")
        w = control.w
        for style in [] if control.content is None else list(control.content.iter(w.q("rStyle"))):
            if style.get(w.q("val")) == grey:
                remove(style)

    def _cut_off(self, controls: list[Control]) -> None:
        for control in controls:
            bound = control.property("dataBinding")
            if bound is not None:
                remove(bound)

    def _rename(self, controls: list[Control]) -> None:
        """Let titles and tags say what they named, without braces."""
        for control in controls:
            for name in ("tag", "alias"):
                written = control.property(name)
                own = None if written is None else _only_tag(written.get(control.w.q("val"), ""))
                if written is not None and own is not None:
                    written.set(control.w.q("val"), own.body)

    def _place(self, holder: Holder, tag: Tag) -> Place:
        spot = (("control", holder.names[0] if holder.names else tag.body),)
        return Place(self.package.name, holder.part, spot, tag.text)


def _controls(root: Element, part: str, w: Dialect) -> Iterator[Holder]:
    """Yield all controls of a part, those that are called nothing too."""
    named = [one for one in find_holders(root, part, w) if one.kind == "control"]
    yield from named
    known = {sdt for one in named for sdt in (one.element, *one.twins)}
    for sdt in root.iter(w.q("sdt")):
        if sdt not in known:
            yield Holder("control", (), part, sdt)


def _is_open_box(control: Control) -> bool:
    """Tell whether a control is a check box whose state no tag sets yet."""
    state = None if control.kind != "checkbox" else control.property("checkbox")
    return state is not None and not any("{" in str(v) for e in state for v in e.attrib.values())


def _only_tag(text: str) -> Tag | None:
    """The expression that a text is, and nothing else."""
    tags, _ = scan(text.strip())
    if len(tags) == 1 and tags[0].text == text.strip() and tags[0].kind == "expr":
        return tags[0]
    return None


def _put(element: Element, attribute: str, text: str) -> None:
    if attribute:
        element.set(attribute, text)
    else:
        element.text = text
