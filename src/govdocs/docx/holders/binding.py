"""Bind content controls, bookmarks, pictures and charts from outside: tags go into a copy.

A control takes its value as its kind asks: the date in its own pattern, the item of its list, the
sign of its check box; the data that it is bound to say the same. Every binding that cannot be
planted is told, and the others are planted all the same, so that one run tells of all faults.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from govdocs.docx.holders.bookmarks import BookmarkError, read_bookmark
from govdocs.docx.holders.controls import Control
from govdocs.docx.holders.holders import Holder, find_holders
from govdocs.docx.holders.sowing import Sower
from govdocs.docx.holders.stores import Stores, bound_to
from govdocs.docx.tree.dialect import WORD, Dialect
from govdocs.docx.tree.parts import count_elements, spot_of, text_kinds
from govdocs.docx.tree.streams import Element
from govdocs.errors import Place, Problem
from govdocs.language import Sandbox, scan
from govdocs.language.bindings import Binding, Planted, explain_unknown, list_known, read_bindings
from govdocs.opc import Package
from govdocs.opc.xml import serialise_xml

_NUMBERED = re.compile(r"(.+)#([1-9][0-9]*)", re.DOTALL)
_GLOSSARY = "document.glossary+xml"


def bind_docx(package: Package, bind: Mapping[str, str], environment: Sandbox) -> Planted:
    """Plant the tags of ``bind`` into a copy of a document.

    Args:
        package: the template; it stays as it is.
        bind: tag or title of a content control, name of a bookmark, alt text of a picture or of a
            chart, to an
            expression; ``名称#2`` is the second of several that are called alike.
        environment: of the template.
    """
    bindings, problems = read_bindings(bind, environment)
    binder = _Binder(package)
    binder.read()
    for one in bindings:
        problem = binder.bind(one)
        if problem is not None:
            problems.append(problem)
    sower = binder.sower
    if not sower.places:
        return Planted(package, problems=problems)
    draft = package.edit(allow_signed=True)
    for part, root in {**binder.roots, **sower.stores.roots}.items():
        if any(part == planted for planted, _ in sower.places):
            draft.replace(part, serialise_xml(root))
    copy = Package(draft.to_bytes(), package.name, package.limits)
    return Planted(copy, sower.places, sower.filters, problems)


@dataclass(slots=True)
class _Binder:
    """The bindings of one document.

    Attributes:
        roots: the parts with paragraphs, by name.
        holders: all that has a name in them.
        taken: what is bound already, with the key that did.
    """

    package: Package
    roots: dict[str, Element] = field(default_factory=dict)
    dialects: dict[str, Dialect] = field(default_factory=dict)
    holders: list[Holder] = field(default_factory=list)
    taken: dict[Element, str] = field(default_factory=dict)
    sower: Sower = field(init=False)

    def read(self) -> None:
        """Read the parts and find what has a name."""
        self.sower = Sower(Stores(self.package))
        for part, kind in text_kinds(self.package).items():
            is_glossary = self.package.content_type(part).lower().endswith(_GLOSSARY)
            if kind != "paragraphs" or is_glossary:
                continue
            root = self.package.parse(part)
            dialect = WORD.get(etree.QName(root).namespace or "")
            if dialect is not None:
                self.roots[part], self.dialects[part] = root, dialect
                self.holders += find_holders(root, part, dialect)
        self.sower.note_texts(self.roots.values())

    def bind(self, binding: Binding) -> Problem | None:
        """Plant one binding; return what is wrong with it."""
        if binding.loop:
            return binding.problem("bind.loop_in_text")
        found = self._find(binding)
        if isinstance(found, Problem):
            return found
        problem = next((p for one in found if (p := self._check(binding, one))), None)
        if problem is not None:
            return problem
        place = self._place(binding, found[0])
        for one in found:
            self.sower.sow(binding, one, self.dialects[one.part], place)
            self.taken[one.element] = binding.key
        return None

    def _find(self, binding: Binding) -> Sequence[Holder] | Problem:
        """Find what a key names: one thing, or all controls that show the same data."""
        groups = self._groups(binding.key)
        numbered = _NUMBERED.fullmatch(binding.key)
        if not groups and numbered:
            groups = self._groups(numbered[1])
            chosen = int(numbered[2])
            groups = groups[chosen - 1 : chosen]
        if len(groups) > 1:
            ways = [f"{binding.key}#{number}" for number in range(1, len(groups) + 1)]
            return binding.problem("bind.found_twice", found=list_known(ways))
        if groups:
            return groups[0]
        known = [name for one in self.holders for name in one.names if not name.startswith("_")]
        return explain_unknown(binding, known)

    def _groups(self, name: str) -> list[list[Holder]]:
        groups: list[list[Holder]] = []
        for one in self.holders:
            if name in one.names and not any(one in group for group in groups):
                groups.append(self._with_same_data(one))
        return groups

    def _with_same_data(self, holder: Holder) -> list[Holder]:
        """List the controls that show the same data, whatever they are called."""
        data = self._data_of(holder)
        same = [one for one in self.holders if data is not None and self._data_of(one) == data]
        return same or [holder]

    def _data_of(self, holder: Holder) -> tuple[str, str] | None:
        if holder.kind != "control":
            return None
        return bound_to(Control(holder.element, self.dialects[holder.part]))

    def _check(self, binding: Binding, holder: Holder) -> Problem | None:
        """Say why a thing cannot take a text."""
        other = self.taken.get(holder.element)
        if other is not None:
            return binding.problem("bind.same_place", other=other)
        w = self.dialects[holder.part]
        try:
            said = "\n".join(_read(one, holder.kind, w) for one in _all(holder))
        except BookmarkError as error:
            if error.held:
                return binding.problem("bind.unfit", kind=error.held)
            return binding.problem("bind.bookmark_spans")
        if holder.kind == "control":
            held = _unfit(Control(holder.element, w))
            if held:
                return binding.problem("bind.unfit", kind=held)
        return binding.problem("bind.tagged") if scan(said)[0] else None

    def _place(self, binding: Binding, holder: Holder) -> Place:
        counts = count_elements(self.roots[holder.part])
        above = next((one for one in _around(holder.element) if one in counts), holder.element)
        spot = spot_of(above, counts) if above in counts else ()
        named = (*spot, (holder.kind, holder.names[0]))
        return replace(binding.place, file=self.package.name, part=holder.part, spot=named)


def _all(holder: Holder) -> Iterator[Element]:
    yield holder.element
    yield from holder.twins


def _around(element: Element) -> Iterator[Element]:
    """Yield the paragraphs and cells that an element holds or stands in, the nearest first."""
    yield from element.iterancestors()
    yield from element.iterdescendants(etree.Element)


def _read(element: Element, kind: str, w: Dialect) -> str:
    if kind == "bookmark":
        return read_bookmark(element, w)
    if kind == "control":
        return Control(element, w).texts()
    return ""


def _unfit(control: Control) -> list[str]:
    """List what a control would lose; one for a picture holds it, and nothing is lost."""
    if control.kind == "picture":
        return []
    return control.unfit()
