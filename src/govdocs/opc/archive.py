"""An archive: the parts of a file by name, inflated when they are asked for.

The layer between the bytes of a file and its meaning as a package: what is read from a package and
what a draft copies both come from here. This module never asks what a part is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from govdocs.errors import PackageError, Place
from govdocs.opc import foreign
from govdocs.opc.directory import maybe_read_entries
from govdocs.opc.entry import Entry, inflate, stream
from govdocs.opc.limits import Limits
from govdocs.opc.names import name_key
from govdocs.opc.records import Record, copy_entry
from govdocs.opc.xml import parse_xml, refuse_large


@dataclass(frozen=True, slots=True)
class Archive:
    """The entries of one file.

    Attributes:
        data: the file as it came.
        file: its name, for problems.
        entries: the parts by name, in the order of the archive.
        keys: names as the archive writes them, by what equal names have in common.
        listed: the entries as they were listed, directories included.
    """

    data: bytes
    file: str
    limits: Limits
    entries: dict[str, Entry]
    keys: dict[str, str]
    listed: tuple[Entry, ...]
    _records: dict[str, Record]

    @property
    def records(self) -> dict[str, Record]:
        """Parts and directories, ready to be copied into a new archive."""
        if not self._records:
            view = memoryview(self.data)
            self._records.update({one.name: copy_entry(one, view) for one in self.listed})
        return self._records

    def maybe_find(self, name: str) -> str | None:
        """Return a part's name as the archive writes it."""
        return name if name in self.entries else self.keys.get(name_key(name))

    def find(self, name: str) -> Entry:
        """Return the entry of a part.

        Raises:
            PackageError: there is no such part.
        """
        found = self.maybe_find(name)
        if found is None:
            raise PackageError.of("package.missing_part", self.place(name), fields={"part": name})
        return self.entries[found]

    def read(self, name: str) -> bytes:
        """Return the content of a part."""
        return inflate(self.data, self.find(name), self.file)

    def stream(self, name: str, chunk_size: int) -> Iterator[bytes]:
        """Yield the content of a part in chunks."""
        return stream(self.data, self.find(name), self.file, chunk_size)

    def parse(self, name: str) -> etree._Element:
        """Parse a part into a tree of the caller's own."""
        refuse_large(self.find(name).size, self.place(name), self.limits)
        return self.parse_bytes(name, self.read(name))

    def parse_bytes(self, name: str, data: bytes) -> etree._Element:
        """Parse content that belongs to a part."""
        return parse_xml(data, self.place(name), self.limits)

    def place(self, name: str = "") -> Place:
        """Make the place of a part, for problems."""
        return Place(self.file, name)


def read_archive(data: bytes, file: str, limits: Limits) -> Archive:
    """Read the directory of a file.

    Raises:
        PackageError: the file is no archive, and what it is instead; or it is damaged or hostile.
    """
    carrier = foreign.name_carrier(data)
    entries = None if carrier else maybe_read_entries(data, file, limits)
    if entries is None:
        raise PackageError.of(carrier or foreign.name_other(data), Place(file))
    parts = {entry.name: entry for entry in entries if not entry.is_folder}
    keys = {name_key(name): name for name in parts}
    return Archive(data, file, limits, parts, keys, tuple(entries), {})
