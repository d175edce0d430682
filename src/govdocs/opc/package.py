"""A package: the file as it came, its parts, their types and relationships.

A package never changes, may be used by many threads, and is pickled as the bytes that it is. Parts
are inflated when they are asked for. Changes are made in a :class:`~govdocs.opc.draft.Draft`. This
module never asks what a part means.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import BinaryIO

from lxml import etree

from govdocs.errors import PackageError, Place
from govdocs.opc import foreign
from govdocs.opc.archive import Archive, read_archive
from govdocs.opc.content_types import KINDS, ContentTypes, Kind, read_types
from govdocs.opc.draft import Draft
from govdocs.opc.limits import Limits
from govdocs.opc.names import CONTENT_TYPES, rels_name
from govdocs.opc.relationships import Relationship, read_relationships
from govdocs.opc.source import read_source
from govdocs.opc.xml import parse_xml

Source = str | os.PathLike[str] | bytes | BinaryIO
_CHUNK = 1 << 18
_SMALL = 1 << 14
_DEFAULT = Limits()


class Package:
    """A Word or Excel file, open for reading.

    Attributes:
        name: the file name as it was given, or ``""``.
        limits: what parts are measured by when they are inflated and parsed.
        kind: ``"docx"`` or ``"xlsx"``, as the content type of the main part says.
        main: the name of the main part.
        content_type_of_main: its content type.
        names: all parts in the order of the archive, ``[Content_Types].xml`` and ``.rels`` too.
        is_signed: whether the package has a digital signature, which any change would break.
    """

    __slots__ = (
        "_archive",
        "_relationships",
        "_types",
        "content_type_of_main",
        "is_signed",
        "kind",
        "limits",
        "main",
        "name",
        "names",
    )

    def __init__(self, data: bytes, name: str = "", limits: Limits | None = None) -> None:
        self.name, self.limits = name, limits or Limits()
        self._archive: Archive = read_archive(data, name, self.limits)
        self.names: tuple[str, ...] = tuple(self._archive.entries)
        self._relationships: dict[str, tuple[Relationship, ...]] = {}
        self._types: ContentTypes = self._read_types()
        self.main: str = self._find_main()
        self.content_type_of_main: str = self.content_type(self.main)
        self.kind: Kind = self._tell_kind()
        self.is_signed: bool = self._find_signature()

    @classmethod
    def open(cls, source: Source, limits: Limits | None = None) -> "Package":
        """Open a file by its path, its bytes, or as a binary file, which is read whole.

        Raises:
            PackageError: the file is missing, no Word or Excel file, protected, damaged or hostile.
        """
        limits = limits or Limits()
        data, name = read_source(source, limits)
        return cls(data, name, limits)

    def __reduce__(self) -> tuple[type["Package"], tuple[bytes, str, Limits]]:
        return Package, (self._archive.data, self.name, self.limits)

    def __bytes__(self) -> bytes:
        return self._archive.data

    def __repr__(self) -> str:
        return f"<Package {self.name or '-'} ({self.kind}, {len(self.names)} parts)>"

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.maybe_find(name) is not None

    def maybe_find(self, name: str) -> str | None:
        """Return a part's name as the archive writes it; case and percent-encoding do not count."""
        return self._archive.maybe_find(name)

    def read(self, name: str) -> bytes:
        """Return the content of a part."""
        return self._archive.read(name)

    def stream(self, name: str, chunk_size: int = _CHUNK) -> Iterator[bytes]:
        """Yield the content of a part in chunks of at most ``chunk_size`` bytes."""
        return self._archive.stream(name, chunk_size)

    def size(self, name: str) -> int:
        """Return the inflated size of a part, without inflating it."""
        return self._archive.find(name).size

    def parse(self, name: str) -> etree._Element:
        """Parse a part; returns a root element of the caller's own."""
        return self._archive.parse(name)

    def place(self, name: str) -> Place:
        """Make the place of a part, for problems."""
        return self._archive.place(name)

    def content_type(self, name: str) -> str:
        """Return the content type of a part, ``""`` if none is declared."""
        return self._types.of(name)

    def rels_name(self, name: str = "") -> str:
        """Name the part that holds the relationships of ``name``; ``""`` is the package."""
        return rels_name(name)

    def relationships(self, name: str = "") -> tuple[Relationship, ...]:
        """Return the relationships of a part, or of the package, in their order."""
        if name not in self._relationships:
            self._relationships[name] = tuple(self._read_relationships(name))
        return self._relationships[name]

    def related(self, name: str, kind: str) -> tuple[str, ...]:
        """Name the parts that ``name`` leads to by relationships of a kind, if they are there.

        Args:
            name: the source; ``""`` is the package.
            kind: the last word of the type: ``"worksheet"``, ``"header"``, ``"sharedStrings"``.
        """
        found = (each.part for each in self.relationships(name) if each.kind == kind)
        return tuple(dict.fromkeys(part for part in found if part and part in self))

    def dangling(self, name: str = "") -> tuple[Relationship, ...]:
        """Return the internal relationships whose part is not in the package."""
        return tuple(
            each for each in self.relationships(name) if each.part and each.part not in self
        )

    def edit(self, *, allow_signed: bool = False) -> Draft:
        """Start a draft: the edits of one fill.

        Args:
            allow_signed: write a changed package although that breaks its signature.
        """
        return Draft(self._archive, may_change=allow_signed or not self.is_signed)

    def _read_relationships(self, name: str) -> Iterator[Relationship]:
        rels = self.maybe_find(rels_name(name))
        if rels is None:
            return
        for each in self._parse_relationships(rels, name):
            found = self.maybe_find(each.part) if each.part else None
            yield replace(each, part=found) if found and found != each.part else each

    def _read_types(self) -> ContentTypes:
        if CONTENT_TYPES not in self:
            mimetype = self.read("mimetype") if "mimetype" in self else b""
            raise self._refuse(foreign.name_archive(self.names, mimetype))
        found = _recall_types(self.read(CONTENT_TYPES)) if self._is_small(CONTENT_TYPES) else None
        return found or read_types(self.parse(CONTENT_TYPES))

    def _parse_relationships(self, rels: str, source: str) -> Iterable[Relationship]:
        found = _recall_relationships(self.read(rels), source) if self._is_small(rels) else None
        return read_relationships(self.parse(rels), source) if found is None else found

    def _is_small(self, name: str) -> bool:
        """Tell whether a part is to be remembered: the small ones are alike in many files."""
        return self.limits == _DEFAULT and self.size(name) <= _SMALL

    def _find_main(self) -> str:
        targets = [each for each in self.relationships() if each.kind == "officeDocument"]
        parts = self.related("", "officeDocument")
        if targets and not parts:
            raise self._refuse("package.main_part_missing", part=targets[0].target)
        if not parts:
            raise self._refuse("package.no_main_part")
        known = [part for part in parts if self.content_type(part).lower() in KINDS]
        return (known or parts)[0]

    def _tell_kind(self) -> Kind:
        kind = KINDS.get(self.content_type_of_main.lower())
        if kind is None:
            code = foreign.name_main_part(self.content_type_of_main)
            raise self._refuse(code, content_type=self.content_type_of_main or "-")
        return kind

    def _find_signature(self) -> bool:
        if any("/digital-signature/" in each.type for each in self.relationships()):
            return True
        return any(name.lower().startswith("_xmlsignatures/") for name in self.names)

    def _refuse(self, code: str, **fields: object) -> PackageError:
        return PackageError.of(code, Place(self.name), fields=fields)


@lru_cache(maxsize=64)
def _recall_types(data: bytes) -> ContentTypes | None:
    """Read declarations that may have been read before; None where they are at fault."""
    try:
        return read_types(parse_xml(data))
    except PackageError:
        return None


@lru_cache(maxsize=256)
def _recall_relationships(data: bytes, source: str) -> tuple[Relationship, ...] | None:
    """Read relationships that may have been read before; None where they are at fault."""
    try:
        return tuple(read_relationships(parse_xml(data), source))
    except PackageError:
        return None
