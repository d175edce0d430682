"""Opening packages: kinds, parts, types, relationships."""

import io
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from govdocs.errors import PackageError
from govdocs.opc import Limits, Package, Relationship
from tests.opc import samples
from tests.opc.samples import DOCUMENT, EXCEL, RELS, STRICT_RELS, WORD, WORKBOOK
from tests.support.packages import write_package


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        (DOCUMENT, "docx"),
        (f"{WORD}.template.main+xml", "docx"),
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "docx"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "docx"),
        (DOCUMENT.upper(), "docx"),
        (f"{DOCUMENT}; charset=utf-8", "docx"),
    ],
)
def test_kind_of_document_is_told_by_content_type(content_type: str, kind: str) -> None:
    """Documents and templates, with and without macros, are docx."""
    package = Package.open(write_package(samples.document_parts(content_type)))
    assert (package.kind, package.main) == (kind, "word/document.xml")
    assert package.content_type_of_main == content_type.partition(";")[0]


@pytest.mark.parametrize(
    "content_type",
    [
        WORKBOOK,
        f"{EXCEL}.template.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        "application/vnd.ms-excel.template.macroEnabled.main+xml",
    ],
)
@pytest.mark.parametrize("base", [RELS, STRICT_RELS])
def test_kind_of_workbook_is_told_by_content_type(content_type: str, base: str) -> None:
    """Workbooks and templates are xlsx, in the transitional and in the strict form."""
    package = Package.open(samples.workbook(content_type, base))
    assert (package.kind, package.main) == ("xlsx", "xl/workbook.xml")
    assert package.related("xl/workbook.xml", "worksheet") == (
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
    )


def test_kind_is_never_told_by_the_file_name(tmp_path: Path) -> None:
    """A workbook named .docx is a workbook."""
    path = tmp_path / "年报.docx"
    path.write_bytes(samples.workbook())
    package = Package.open(path)
    assert (package.kind, package.name) == ("xlsx", str(path))
    assert Package.open(str(path)).name == str(path)


def test_main_part_may_have_its_type_by_extension_and_any_name() -> None:
    """Some programs declare the main type for all of .xml; the part may be called anything."""
    types = samples.types("other.xml", "application/xml").replace(
        '"application/xml"', f'"{DOCUMENT}"', 1
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": types,
        "_rels/.rels": samples.rels(("officeDocument", "正文/文档%202.xml")),
        "正文/文档 2.xml": "<document/>",
    }
    package = Package.open(write_package(parts))
    assert (package.kind, package.main) == ("docx", "正文/文档 2.xml")


def test_first_main_part_that_is_known_is_taken() -> None:
    """A second officeDocument relationship to something else is not in the way."""
    parts = samples.document_parts()
    targets = (("officeDocument", "word/header1.xml"), ("officeDocument", "word/document.xml"))
    parts["_rels/.rels"] = samples.rels(*targets)
    assert Package.open(write_package(parts)).main == "word/document.xml"


def test_missing_main_part_is_named() -> None:
    """The target that is not there is told, in both languages."""
    rels = samples.rels(("officeDocument", "word/document9.xml"))
    with pytest.raises(PackageError) as caught:
        Package(samples.document(rels=rels), "a.docx")
    assert caught.value.message("en") == (
        "[package.main_part_missing] the file lacks its main part: word/document9.xml is not in "
        "it\n"
        "  where: a.docx\n"
        "  mend: open it in Word or Excel and save it again; if that fails, get it again."
    )
    assert caught.value.message("zh") == (
        "[package.main_part_missing] 文件缺少正文：word/document9.xml 不在其中\n"
        "  位置：a.docx\n"
        "  改法：请用 Word 或 Excel 打开后重新保存；打不开的，请重新取得文件。"
    )


def test_package_without_relationship_to_a_main_part_is_refused() -> None:
    """A package of mere properties has no document."""
    with pytest.raises(PackageError) as caught:
        Package.open(samples.document(rels=samples.rels(("thumbnail", "word/header1.xml"))))
    assert [problem.code for problem in caught.value] == ["package.no_main_part"]


def test_broken_content_types_are_told_with_their_line() -> None:
    """XML that cannot be parsed names part, line and reason."""
    with pytest.raises(PackageError) as caught:
        Package.open(samples.document(types="<Types>\n<Default>\n</Types>"))
    (problem,) = caught.value
    assert problem.code == "package.malformed_xml"
    assert problem.place.describe("en") == "[Content_Types].xml > line 3"


def test_relationships_keep_order_and_are_resolved() -> None:
    """External targets stay texts; internal ones name the part as the archive writes it."""
    parts = samples.document_parts()
    parts["word/_rels/document.xml.rels"] = samples.rels(
        ("header", "HEADER1.xml"), ("image", "media/none.png"), ("hyperlink", "https://example.org")
    ).replace('Target="https', 'TargetMode="External" Target="https')
    package = Package.open(write_package(parts))
    header, image, link = package.relationships("word/document.xml")
    assert header == Relationship(
        "rId1", f"{RELS}/header", "HEADER1.xml", False, "word/header1.xml"
    )
    assert (image.kind, image.part) == ("image", "word/media/none.png")
    assert (link.external, link.part, link.target) == (True, None, "https://example.org")
    assert package.related("word/document.xml", "header") == ("word/header1.xml",)
    assert package.related("word/document.xml", "image") == ()
    assert package.dangling("word/document.xml") == (image,)
    assert package.relationships("word/header1.xml") == ()


def test_content_types_go_by_override_then_extension_in_any_case() -> None:
    """Part names and extensions compare without regard to case."""
    more = (
        '<Default Extension="PNG" ContentType="image/png"/>',
        '<Override PartName="/WORD/header1.xml" ContentType="x/header"/>',
    )
    parts = samples.document_parts()
    parts["[Content_Types].xml"] = samples.types("word/document.xml", DOCUMENT, *more)
    package = Package.open(write_package({**parts, "a.PnG": "", "noextension": "", "a.b/c": ""}))
    assert package.content_type("word/header1.xml") == "x/header"
    assert package.content_type("a.PnG") == "image/png"
    assert package.content_type("word/other.xml") == "application/xml"
    assert package.content_type("noextension") == ""
    assert package.content_type("a.b/c") == ""


def test_parts_are_found_by_any_equal_name() -> None:
    """Case and percent-encoding do not count."""
    package = Package.open(samples.document())
    assert package.read("Word/Document%2Exml") == package.read("word/document.xml")
    assert package.size("word/header1.xml") == len(package.read("word/header1.xml")) == 6
    assert "word/HEADER1.xml" in package
    assert "word/header2.xml" not in package
    assert package.rels_name(package.main) == "word/_rels/document.xml.rels"


def test_missing_part_is_told() -> None:
    """Asking for a part that is not there is the file's fault, with its place."""
    package = Package(samples.document(), "a.docx")
    for ask in (package.read, package.size, package.parse, package.stream):
        with pytest.raises(PackageError) as caught:
            ask("word/none.xml")
        assert caught.value.message("en") == (
            "[package.missing_part] the file has no part word/none.xml\n"
            "  where: a.docx > word/none.xml\n"
            "  mend: open it in Word or Excel and save it again."
        )


def test_binary_file_is_read_from_its_beginning() -> None:
    """A buffer that was just written to stands at its end."""
    buffer = io.BytesIO()
    buffer.write(samples.document())
    assert Package.open(buffer).kind == "docx"
    with pytest.raises(TypeError, match="mode 'rb'"):
        Package.open(io.StringIO("text"))  # type: ignore[arg-type]


def test_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """A missing file, a folder and a broken path are told apart."""
    missing = str(tmp_path / "没有.docx")
    with pytest.raises(PackageError) as caught:
        Package.open(missing)
    assert caught.value.message("zh") == (
        f"[package.not_found] 找不到文件 {missing}\n  位置：{missing}\n  改法：请检查路径和文件名。"
    )
    codes = {str(tmp_path): "package.is_folder", "a\0b": "package.not_found"}
    for path, code in codes.items():
        with pytest.raises(PackageError) as caught:
            Package.open(path)
        assert [problem.code for problem in caught.value] == [code]
    through_file = tmp_path / "file" / "a.docx"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(PackageError) as caught:
        Package.open(through_file)
    assert [problem.code for problem in caught.value] == ["package.unreadable"]


def test_package_is_pickled_as_its_bytes() -> None:
    """A package travels to other processes with its name and limits."""
    package = Package(samples.document(), "a.docx", Limits(max_entries=9))
    twin = pickle.loads(pickle.dumps(package))
    assert bytes(twin) == bytes(package) == samples.document()
    assert (twin.name, twin.limits, twin.names) == (package.name, package.limits, package.names)
    assert repr(twin) == "<Package a.docx (docx, 5 parts)>"


def test_package_is_read_by_many_threads() -> None:
    """Nothing in a package changes for its readers."""
    package = Package.open(samples.document())

    def look(_: int) -> tuple[bytes, tuple[Relationship, ...], bytes]:
        draft = package.edit()
        draft.replace("word/header1.xml", b"<hdr>new</hdr>")
        return package.read(package.main), package.relationships(package.main), draft.to_bytes()

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(look, range(200)))) == 1


@pytest.mark.parametrize(
    "extra",
    [
        {"_xmlsignatures/sig1.xml": "<Signature/>"},
        {
            "_rels/.rels": samples.rels(
                ("officeDocument", "word/document.xml"), ("x", "y")
            ).replace(
                f"{RELS}/x",
                "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
            )
        },
    ],
)
def test_signed_package_is_known_and_not_changed_unasked(extra: dict[str, bytes | str]) -> None:
    """A change breaks a signature: it is refused unless it is allowed."""
    package = Package(write_package({**samples.document_parts(), **extra}), "签名.docx")
    assert package.is_signed
    assert Package.open(package.edit().to_bytes()).is_signed
    draft = package.edit()
    draft.replace(package.main, b"<document/>")
    with pytest.raises(PackageError) as caught:
        draft.to_bytes()
    assert caught.value.message("zh") == (
        "[package.signed] 文件带有数字签名，一经填写签名即失效\n"
        "  位置：签名.docx\n"
        "  改法：请在 Word 或 Excel 中删除签名并另存，填写后重新签名。"
    )
    draft = package.edit(allow_signed=True)
    draft.replace(package.main, b"<document/>")
    assert Package.open(draft.to_bytes()).read(package.main) == b"<document/>"


def test_unsigned_package_is_not_signed() -> None:
    """An ordinary file carries no signature."""
    assert not Package.open(samples.document()).is_signed
