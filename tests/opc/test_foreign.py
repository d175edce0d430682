"""Files that are no Word or Excel packages are refused by what they are."""

import io
import zipfile

import pytest

from govdocs.errors import PackageError
from govdocs.opc import Package
from tests.opc import samples
from tests.opc.compounds import compound
from tests.support.packages import write_package

EMPTY_TYPES = samples.document_parts()["[Content_Types].xml"]


def refusal(data: bytes) -> PackageError:
    """Open a file that must be refused."""
    with pytest.raises(PackageError) as caught:
        Package.open(data)
    return caught.value


def code_of(data: bytes) -> str:
    """Return the code of the only problem of a file that must be refused."""
    (problem,) = refusal(data)
    return problem.code


def other_main(content_type: str) -> bytes:
    """Make a package whose main part has another content type."""
    return write_package(samples.document_parts(content_type))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "package.empty"),
        (b"hello", "package.not_office"),
        (b"\x00" * 2000, "package.not_office"),
        (b"%PDF-1.7\n%...", "package.is_pdf"),
        (b"{\\rtf1\\ansi ...}", "package.is_rtf"),
        (b"<html><body>...", "package.is_html"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE HTML PUBLIC>", "package.is_html"),
        ("<HTML xmlns:o='urn:x'>".encode("utf-16"), "package.is_html"),
        (b"<meta charset=gbk><table><tr>", "package.is_html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "package.is_html"),
        (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?>', "package.is_flat_xml"),
        (
            b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "package.is_flat_xml",
        ),
        (
            b'<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">',
            "package.is_flat_xml",
        ),
        (
            b'<office:document xmlns:office="urn:oasis:names:tc:opendocument:x">',
            "package.is_opendocument",
        ),
        (b'<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof">', "package.is_uof"),
        (b"\x89PNG\r\n\x1a\n", "package.is_picture"),
        (b"\xff\xd8\xff\xe0", "package.is_picture"),
        (b"Rar!\x1a\x07", "package.is_packed"),
        (b"7z\xbc\xaf\x27\x1c", "package.is_packed"),
    ],
)
def test_file_that_is_no_archive_is_told_by_its_first_bytes(data: bytes, code: str) -> None:
    """Each foreign format has a code of its own, so that the sentence can say how to convert it."""
    assert code_of(data) == code


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("WordDocument", "1Table"), "package.is_doc"),
        (("Workbook",), "package.is_xls"),
        (("Book",), "package.is_xls"),
        (("EncryptionInfo", "EncryptedPackage"), "package.has_password"),
        (("PowerPoint Document",), "package.is_presentation"),
        (("Contents",), "package.is_other_ole"),
    ],
)
@pytest.mark.parametrize("shift", [9, 12])
def test_compound_file_is_told_by_its_top_streams(
    names: tuple[str, ...], code: str, shift: int
) -> None:
    """Old Office files and files with a password are told apart, in both sizes of sectors."""
    assert code_of(compound(*names, shift=shift)) == code


def test_compound_file_with_an_embedded_workbook_is_still_a_document() -> None:
    """Streams inside a storage say nothing about the file itself."""
    assert code_of(compound("WordDocument", nested=("Workbook",))) == "package.is_doc"
    assert code_of(compound("Workbook", nested=("WordDocument",))) == "package.is_xls"


def test_large_compound_file_is_told_through_its_outer_tables() -> None:
    """A directory behind 8 MB of content is found: its allocation table is not in the header."""
    names = ("A", "B", "C", "D", "E", "EncryptedPackage")
    assert code_of(compound(*names, padding=16_000)) == "package.has_password"


@pytest.mark.parametrize("length", [8, 30, 76, 512, 600, 1100])
def test_compound_file_cut_off_is_still_refused_as_old_binary(length: int) -> None:
    """A cut or hostile compound file never escapes with another exception."""
    assert code_of(compound("WordDocument")[:length]) in {"package.is_old_binary", "package.is_doc"}


def test_compound_file_whose_directory_runs_in_a_circle_is_refused() -> None:
    """Chains and trees that lead back into themselves end."""
    data = bytearray(compound("WordDocument"))
    directory = data.index("Root Entry".encode("utf-16-le"))
    data[directory + 128 + 68 : directory + 128 + 76] = b"\1\0\0\0\1\0\0\0"
    assert code_of(bytes(data)) == "package.is_doc"


@pytest.mark.parametrize(
    ("content_type", "code"),
    [
        (
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            "package.is_presentation",
        ),
        (
            "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
            "package.is_presentation",
        ),
        ("application/vnd.ms-excel.sheet.binary.macroEnabled.main", "package.is_xlsb"),
        ("application/vnd.ms-excel.addin.macroEnabled.main+xml", "package.is_addin"),
        ("application/vnd.ms-visio.drawing.main+xml", "package.is_drawing"),
        ("application/xml", "package.unknown_main_part"),
    ],
)
def test_package_of_another_program_is_refused_by_its_main_part(
    content_type: str, code: str
) -> None:
    """Other Office packages are told by the content type of their main part."""
    assert code_of(other_main(content_type)) == code


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "package.is_opendocument"),
        ({"OFD.xml": "<OFD/>"}, "package.is_ofd"),
        ({"uof.xml": "<UOF/>"}, "package.is_uof"),
        ({"报告.docx": "..."}, "package.is_packed"),
        ({"a.txt": "..."}, "package.no_content_types"),
        ({"docx/[Content_Types].xml": "..."}, "package.no_content_types"),
        ({"[Content_Types].xml": EMPTY_TYPES}, "package.no_main_part"),
    ],
)
def test_archive_that_is_no_package_is_told_by_its_entries(
    parts: dict[str, bytes | str], code: str
) -> None:
    """A zip archive without content types or without a main part says what it is."""
    assert code_of(write_package(parts)) == code


def test_empty_archive_has_no_content_types() -> None:
    """An archive of no entries is readable, and no package."""
    buffer = io.BytesIO()
    zipfile.ZipFile(buffer, "w").close()
    assert code_of(buffer.getvalue()) == "package.no_content_types"


def test_refusals_are_whole_sentences_in_both_languages() -> None:
    """What a clerk reads: what the file is, and how to make it usable."""
    doc = refusal(compound("WordDocument"))
    assert doc.message("en") == (
        "[package.is_doc] this is an old Word file (.doc or .wps), whatever its name says\n"
        '  mend: open it in Word or WPS and save it as "Word Document (*.docx)".'
    )
    assert doc.message("zh") == (
        "[package.is_doc] 这是旧版 Word 文件（.doc 或 .wps 格式），只是扩展名可能不同\n"
        "  改法：请用 Word 或 WPS 打开，另存为“Word 文档 (*.docx)”。"
    )
    password = refusal(compound("EncryptedPackage"))
    assert password.message("zh") == (
        "[package.has_password] 文件已加密：设有打开密码（或受权限管理保护）\n"
        "  改法：请用密码打开，取消密码（或权限限制）后另存。"
    )
    other = refusal(other_main("application/xml"))
    assert other.message("en") == (
        "[package.unknown_main_part] the file's main part is neither a Word document nor an Excel "
        "workbook (its type: application/xml)\n"
        "  mend: open it in Word or Excel and save it as .docx or .xlsx."
    )
