"""Another document as a value: what it is, not how it is put in. This module opens no file."""

import os
from dataclasses import dataclass
from typing import Any, BinaryIO


@dataclass(frozen=True, slots=True)
class Subdocument:
    """A Word document to be put in place of a tag's paragraph.

    Its text comes with styles, numbering, pictures, notes and links; its page, headers and footers
    stay behind.

    Attributes:
        source: a path, the bytes, a binary file, a filled document, or a python-docx document.
    """

    source: str | os.PathLike[str] | bytes | BinaryIO | Any
