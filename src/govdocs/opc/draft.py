"""A draft: the edits of one fill, and the file that comes of them.

What is not edited is copied as the compressed bytes that it already is, in the same order; new
entries follow. ``[Content_Types].xml`` and ``.rels`` parts change only where something was added,
removed or related. A draft belongs to one thread; the package it comes from is never touched.
"""

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from govdocs.errors import PackageError
from govdocs.opc.archive import Archive
from govdocs.opc.content_types import TypeTree
from govdocs.opc.deflate import Deflated, deflate, deflate_chunks
from govdocs.opc.names import CONTENT_TYPES, is_safe_name, name_key, rels_name
from govdocs.opc.records import Record, assemble, write_entry
from govdocs.opc.relationships import CONTENT_TYPE, EMPTY, RelationshipTree
from govdocs.opc.xml import serialise_xml

Content = bytes | bytearray | memoryview | Deflated | Iterable[bytes]
_Own = bytes | Deflated | Iterable[bytes]


class Draft:
    """The edits of one fill, not to be shared between threads."""

    __slots__ = (
        "_added",
        "_archive",
        "_contents",
        "_may_change",
        "_numbers",
        "_relationships",
        "_removed",
        "_types",
    )

    def __init__(self, archive: Archive, *, may_change: bool = True) -> None:
        self._archive, self._may_change = archive, may_change
        self._contents: dict[str, _Own] = {}
        self._added: dict[str, str] = {}  # name by key
        self._removed: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._types: TypeTree | None = None
        self._relationships: dict[str, RelationshipTree] = {}

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._maybe_find(name) is not None

    def read(self, name: str) -> bytes:
        """Return the content of a part as it stands in the draft."""
        found = self._find(name)
        self._flush()
        content = self._contents.get(found)
        if content is None:
            return self._archive.read(found)
        if isinstance(content, Deflated):
            return zlib.decompress(b"".join(content.pieces), -zlib.MAX_WBITS)
        if not isinstance(content, bytes):
            self._contents[found] = content = b"".join(content)
        return content

    def replace(self, name: str, data: Content) -> None:
        """Give a part new content.

        Args:
            name: a part of the package, or one added before.
            data: bytes; content deflated before; or chunks, taken and deflated only when the
                package is written.
        """
        found = self._find(name)
        self._relationships.pop(found, None)
        if name_key(found) == name_key(CONTENT_TYPES):
            self._types = None
        self._contents[found] = _own(data)

    def add(self, name: str, content_type: str, data: Content) -> None:
        """Add a part behind all others."""
        if not is_safe_name(name):
            raise self._refuse("package.unsafe_name", name, entry=name)
        if name in self:
            raise self._refuse("package.part_exists", name)
        self._added[name_key(name)] = name
        self._contents[name] = _own(data)
        self._type_tree().declare(name, content_type)

    def remove(self, name: str) -> None:
        """Remove a part, with the declaration of its type and its own relationships.

        Relationships of other parts that lead to it are the caller's to remove.
        """
        found = self._find(name)
        self._drop(found)
        rels = self._maybe_find(rels_name(found))
        if rels is not None:
            self._drop(rels)

    def retype(self, name: str, content_type: str) -> None:
        """Declare another content type for a part; what a ``.dotx`` makes is no template."""
        self._type_tree().declare(self._find(name), content_type)

    def relate(self, source: str, rel_type: str, target: str, *, external: bool = False) -> str:
        """Add a relationship and return its id.

        Args:
            source: the part it starts from; ``""`` is the package.
            rel_type: the whole address of the type.
            target: as it is to be written: relative to the source's folder, or with a slash from
                the root.
            external: whether the target is outside the package.
        """
        return self._relationship_tree(source).relate(rel_type, target, external=external)

    def unrelate(self, source: str, rel_id: str) -> None:
        """Remove a relationship of ``source``."""
        if not self._relationship_tree(source).unrelate(rel_id):
            raise self._refuse("package.missing_relationship", source, id=rel_id)

    def unused_name(self, pattern: str) -> str:
        """Return the first free part name of a pattern such as ``word/media/image{}.png``."""
        number = self._numbers.get(pattern, 1)
        while (name := pattern.format(number)) in self:
            number += 1
        self._numbers[pattern] = number
        return name

    def chunks(self, waiting: dict[str, _Own] | None = None) -> Iterator[bytes | memoryview]:
        """Return the archive piece by piece. All content is taken and deflated before the first.

        Args:
            waiting: the contents that are taken out while they are written; a copy by default.

        Raises:
            PackageError: the package is signed and was changed.
        """
        self._flush()
        if (self._contents or self._removed) and not self._may_change:
            raise self._refuse("package.signed", "")
        for name, content in self._contents.items():
            self._contents[name] = _finish(content)
        return assemble(self._all_records(dict(self._contents) if waiting is None else waiting))

    def write(self, stream: BinaryIO) -> None:
        """Write the archive; nothing is written if any content fails to come."""
        stream.writelines(self.chunks())

    def to_bytes(self) -> bytes:
        """Return the archive."""
        return b"".join(self.chunks())

    def finish(self) -> bytes:
        """Return the archive and give away all content while it is written: the draft is done.

        No content is held twice, packed and in the archive, as long as nobody else has it.
        """
        file = io.BytesIO()
        file.writelines(self.chunks(self._contents))
        return file.getvalue()

    def _all_records(self, waiting: dict[str, _Own]) -> Iterator[Record]:
        for name, record in self._archive.records.items():
            if name in self._removed:
                continue
            content = waiting.pop(name, None)
            own = record if content is None else write_entry(name, _finish(content))
            del content
            yield own
        while waiting:
            name = next(iter(waiting))
            yield write_entry(name, _finish(waiting.pop(name)))

    def _flush(self) -> None:
        """Write the trees that were changed into the contents."""
        for name, relationships in self._relationships.items():
            if relationships.is_changed:
                self._contents[name] = serialise_xml(relationships.root)
                relationships.is_changed = False
        if self._types is not None and self._types.is_changed:
            self._contents[self._find(CONTENT_TYPES)] = serialise_xml(self._types.root)
            self._types.is_changed = False

    def _type_tree(self) -> TypeTree:
        if self._types is None:
            root = self._archive.parse_bytes(CONTENT_TYPES, self.read(CONTENT_TYPES))
            self._types = TypeTree(root)
        return self._types

    def _relationship_tree(self, source: str) -> RelationshipTree:
        wanted = rels_name(self._find(source) if source else "")
        name = self._maybe_find(wanted)
        if name is None:
            name = wanted
            self.add(name, CONTENT_TYPE, EMPTY)
        if name not in self._relationships:
            root = self._archive.parse_bytes(name, self.read(name))
            self._relationships[name] = RelationshipTree(root)
        return self._relationships[name]

    def _maybe_find(self, name: str) -> str | None:
        found = self._archive.maybe_find(name)
        if found is None or found in self._removed:
            found = self._added.get(name_key(name))
        return found

    def _find(self, name: str) -> str:
        found = self._maybe_find(name)
        if found is None:
            raise self._refuse("package.missing_part", name)
        return found

    def _drop(self, name: str) -> None:
        self._contents.pop(name, None)
        self._relationships.pop(name, None)
        if self._added.pop(name_key(name), None) is None:
            self._removed.add(name)
        self._type_tree().retract(name)

    def _refuse(self, code: str, part: str, **fields: object) -> PackageError:
        return PackageError.of(code, self._archive.place(part), fields={"part": part, **fields})


def _own(data: Content) -> _Own:
    """Copy what its giver could still change."""
    return bytes(data) if isinstance(data, (bytearray, memoryview)) else data


def _finish(content: _Own) -> Deflated:
    if isinstance(content, Deflated):
        return content
    return deflate(content) if isinstance(content, bytes) else deflate_chunks(content)
