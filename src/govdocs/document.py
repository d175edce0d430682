"""A filled document: its bytes, and what was done that the caller should know. Never changed."""

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from govdocs.errors import Problem
from govdocs.opc import save_atomically

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from openpyxl import Workbook


@dataclass(frozen=True, slots=True)
class Document:
    """A filled document.

    Attributes:
        kind: ``"docx"`` or ``"xlsx"``.
        notes: what was done that the caller should know: a null left blank, a locked cell filled.
    """

    kind: str
    content: bytes = field(repr=False)
    notes: tuple[Problem, ...] = ()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the document; a crash leaves the old file or the new one, never half of it."""
        save_atomically(path, self.content)

    def __bytes__(self) -> bytes:
        return self.content

    def to_docx(self) -> "WordDocument":
        """Open the document with python-docx."""
        import io

        import docx

        return docx.Document(io.BytesIO(self.content))

    def to_openpyxl(self) -> "Workbook":
        """Open the document with openpyxl."""
        import io

        import openpyxl

        return openpyxl.load_workbook(io.BytesIO(self.content), rich_text=True)
