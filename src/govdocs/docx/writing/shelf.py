"""What the values of one filling have in common: media, ids, styles, the parts they were put into.

A shelf belongs to one filling, so two fillings share nothing. It adds parts and relationships to
the filling's draft; it writes no runs.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from govdocs.docx.writing.additions import Additions
from govdocs.errors import Problem
from govdocs.language import current
from govdocs.opc import Draft, Package, parse_xml

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_DOCPR = re.compile(rb'<(?:\w+:)?docPr\b[^>]*?\bid="(\d+)"')


@dataclass(slots=True)
class Shelf:
    """The state of one filling.

    Attributes:
        draft: what parts are added to.
        package: the template.
        untidy: a value has left marks for :func:`govdocs.docx.writing.tidying.tidy`.
        part: where values go that are printed for another part than the one being rendered.
    """

    draft: Draft
    package: Package
    untidy: bool = False
    part: str = ""
    notes: list[Problem] = field(default_factory=list)
    _media: dict[str, str] = field(default_factory=dict)
    _relations: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _next_id: int = 0
    _styles: "Styles | None" = None
    _additions: Additions | None = None
    kept: dict[Any, Any] = field(default_factory=dict)

    @property
    def office(self) -> str:
        """The beginning of relationship types, as the template's dialect has it."""
        strict = any("purl.oclc.org" in one.type for one in self.package.relationships())
        return _STRICT if strict else _OFFICE

    @property
    def styles(self) -> "Styles":
        """The template's styles."""
        if self._styles is None:
            self._styles = read_styles(self.package)
        return self._styles

    @property
    def additions(self) -> Additions:
        """What is added to the document's shared parts."""
        if self._additions is None:
            self._additions = Additions(self, dict(self.styles.ids))
        return self._additions

    def settle(self) -> None:
        """Write what was gathered into the draft, when all parts are rendered."""
        if self._additions is not None:
            self._additions.settle()

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """Relate ``part`` to a target, once for all values that lead there; return the id."""
        key = (part, kind, target)
        if key not in self._relations:
            self._relations[key] = self.draft.relate(
                part, f"{self.office}/{kind}", target, external=external
            )
        return self._relations[key]

    def add_media(self, data: bytes, ending: str, content_type: str) -> str:
        """Add a picture's part, once per content; return its name."""
        key = hashlib.sha256(data).hexdigest()
        if key not in self._media and (found := self._find_media(data)):
            self._media[key] = found
        if key not in self._media:
            name = self.draft.unused_name(f"word/media/image{{}}.{ending}")
            self.draft.add(name, content_type, data)
            self._media[key] = name
        return self._media[key]

    def _find_media(self, data: bytes) -> str:
        """Name the template's own part with this content, or nothing."""
        for name in self.package.names:
            alike = name.startswith("word/media/") and self.package.size(name) == len(data)
            if alike and self.package.read(name) == data:
                return name
        return ""

    def next_drawing_id(self) -> int:
        """Return an id that no drawing of the document has."""
        if not self._next_id:
            self._next_id = max(_drawing_ids(self.package), default=0)
        self._next_id += 1
        return self._next_id


def _drawing_ids(package: Package) -> Iterator[int]:
    for name in package.names:
        if name.endswith(".xml") and name.startswith("word/"):
            for found in _DOCPR.findall(package.read(name)):
                if int(found) < 1 << 30:
                    yield int(found)


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document.

    Attributes:
        ids: style id by kind and name in small letters: ``("paragraph", "heading 1")``.
        part: name of the part, or empty.
    """

    ids: dict[tuple[str, str], str]
    part: str = ""

    def find(self, kind: str, *names: str) -> str | None:
        """Return the id of the first style that is there under one of ``names``."""
        return next((self.ids[kind, one] for one in names if (kind, one) in self.ids), None)


def read_styles(package: Package) -> Styles:
    """Read which styles a document has."""
    parts = package.related(package.main, "styles")
    if not parts:
        return Styles({})
    ids: dict[tuple[str, str], str] = {}
    for style in parse_xml(package.read(parts[0]), parts[0]).iterchildren("{*}style"):
        name = style.find("{*}name")
        values = {etree.QName(key).localname: str(value) for key, value in style.attrib.items()}
        written = "" if name is None else next((str(v) for v in name.attrib.values()), "")
        key = (values.get("type", "paragraph"), written.lower())
        ids.setdefault(key, values.get("styleId", ""))
    return Styles(ids, parts[0])


def shelf() -> Shelf:
    """Return the shelf of the filling that this thread is at."""
    state = current()
    assert state is not None
    return state.engine.shelf  # type: ignore[no-any-return]


def current_part() -> str:
    """Return the name of the part that values go to: the one that is being rendered, mostly."""
    state = current()
    assert state is not None
    return state.engine.shelf.part or str(state.program.part)
