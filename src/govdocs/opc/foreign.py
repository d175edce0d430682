"""What a file is that is no Word or Excel package: told by its first bytes, never by its name.

Everything here returns the code of a problem; the sentences say how to make the file usable. This
module never raises and never reads beyond what it is given.
"""

from collections.abc import Collection
from itertools import chain

from govdocs.opc import ole

_CARRIERS = (
    (b"%PDF-", "package.is_pdf"),
    (b"{\\rtf", "package.is_rtf"),
)
"""Formats that may carry a whole package inside, even at their end."""
_MAGIC = (
    (b"\x89PNG", "package.is_picture"),
    (b"\xff\xd8\xff", "package.is_picture"),
    (b"GIF8", "package.is_picture"),
    (b"Rar!", "package.is_packed"),
    (b"7z\xbc\xaf\x27\x1c", "package.is_packed"),
    (b"\x1f\x8b", "package.is_packed"),
)
_STREAMS = (
    ("EncryptedPackage", "package.has_password"),
    ("WordDocument", "package.is_doc"),
    ("Workbook", "package.is_xls"),
    ("Book", "package.is_xls"),
    ("PowerPoint Document", "package.is_presentation"),
)
_WORDS = (
    ("schemas.microsoft.com/office/2006/xmlpackage", "package.is_flat_xml"),
    ("schemas.microsoft.com/office/word/2003", "package.is_flat_xml"),
    ('progid="word.document"', "package.is_flat_xml"),
    ('progid="excel.sheet"', "package.is_flat_xml"),
    ("urn:schemas-microsoft-com:office:spreadsheet", "package.is_flat_xml"),
    ("urn:oasis:names:tc:opendocument", "package.is_opendocument"),
    ("schemas.uof.org", "package.is_uof"),
    ("mime-version:", "package.is_html"),
    ("<html", "package.is_html"),
    ("<!doctype html", "package.is_html"),
    ("<table", "package.is_html"),
)
_MAIN_PARTS = (
    ("presentationml.", "package.is_presentation"),
    ("ms-powerpoint.", "package.is_presentation"),
    ("ms-excel.sheet.binary.", "package.is_xlsb"),
    ("ms-excel.addin.", "package.is_addin"),
    ("ms-visio.", "package.is_drawing"),
)
_HEAD = 4096


def name_carrier(data: bytes) -> str | None:
    """Tell a format that is what its first bytes say, though a package may be packed inside."""
    if data.startswith(ole.MAGIC):
        return _name_compound(data)
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return next((code for magic, code in _CARRIERS if start.startswith(magic)), None)


def _name_compound(data: bytes) -> str:
    names = ole.read_stream_names(data)
    if not names:  # cut off or damaged: names may still stand somewhere
        names = {name for name, _ in _STREAMS if name.encode("utf-16-le") in data}
    unknown = "package.is_other_ole" if names else "package.is_old_binary"
    return next((code for name, code in _STREAMS if name in names), unknown)


def name_other(data: bytes) -> str:
    """Tell what a file is that is not a zip archive either."""
    if not data:
        return "package.empty"
    if data.startswith(b"PK\3\4"):
        return "package.damaged" if b"PK\5\6" in data[-66_000:] else "package.truncated"
    text = _head_text(data)
    by_magic = (code for magic, code in _MAGIC if data.startswith(magic))
    by_word = (code for word, code in _WORDS if word in text)
    return next(chain(by_magic, by_word), "package.not_office")


def name_archive(names: Collection[str], mimetype: bytes) -> str:
    """Tell what a zip archive without content types is, by its entries."""
    known = {name.lower() for name in names}
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return "package.is_opendocument"
    if "ofd.xml" in known:
        return "package.is_ofd"
    if "uof.xml" in known or "uof/uof.xml" in known:
        return "package.is_uof"
    if any(name.endswith((".docx", ".xlsx", ".doc", ".xls", ".docm", ".xlsm")) for name in known):
        return "package.is_packed"
    return "package.no_content_types"


def name_main_part(content_type: str) -> str:
    """Tell what a package is whose main part is neither a document nor a workbook."""
    small = content_type.lower()
    return next((code for word, code in _MAIN_PARTS if word in small), "package.unknown_main_part")


def _head_text(data: bytes) -> str:
    head = data[:_HEAD]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16" if wide else "latin-1", "replace").lower()
