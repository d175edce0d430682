"""Edits: what changes, and all that does not."""

import io
import zipfile
from collections.abc import Iterator

import docx
import openpyxl
import pytest

from govdocs.errors import PackageError
from govdocs.opc import Package, deflate, records
from tests.opc import samples
from tests.opc.samples import DOCUMENT, RELS, Raw, raw_entries, write_raw
from tests.support.packages import read_compressed, read_parts, write_package

HEADER = "word/header1.xml"
TYPES = "[Content_Types].xml"
IMAGE = f"{RELS}/image"


@pytest.fixture
def package() -> Package:
    """A small document with a header."""
    return Package(samples.document(), "a.docx")


def test_unedited_draft_keeps_every_compressed_byte(package: Package) -> None:
    """Nothing is packed anew, and the order stays."""
    copy = package.edit().to_bytes()
    assert read_compressed(copy) == read_compressed(bytes(package))
    assert list(read_parts(copy)) == list(package.names)


def test_replaced_part_keeps_its_place_and_all_others_their_bytes(package: Package) -> None:
    """F1: a part that is not replaced is the same, compressed too."""
    draft = package.edit()
    draft.replace(HEADER, b"<hdr>new</hdr>")
    before, after = read_compressed(bytes(package)), read_compressed(draft.to_bytes())
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == [HEADER]
    assert read_parts(draft.to_bytes())[HEADER] == b"<hdr>new</hdr>"


def test_content_may_be_bytes_deflated_or_chunks(package: Package) -> None:
    """However content is given, the same file comes out, as often as it is asked for."""
    content = b"<hdr>" + b"x" * 3_000_000 + b"</hdr>"
    files = []
    for data in (
        content,
        bytearray(content),
        deflate(content),
        iter([content[:7], content[7:9], b"", content[9:]]),
    ):
        draft = package.edit()
        draft.replace(HEADER, data)
        assert draft.read(HEADER) == content
        files += [draft.to_bytes(), draft.to_bytes()]
    assert len(set(files)) == 1
    assert read_parts(files[0])[HEADER] == content


def test_chunks_are_taken_only_when_the_file_is_written(package: Package) -> None:
    """A large sheet is rendered while it is packed."""
    taken = []

    def render() -> Iterator[bytes]:
        taken.append("start")
        yield b"<hdr/>"

    draft = package.edit()
    draft.replace(HEADER, render())
    assert taken == []
    assert read_parts(draft.to_bytes())[HEADER] == b"<hdr/>"
    assert taken == ["start"]


def test_nothing_is_written_if_content_fails_to_come(package: Package) -> None:
    """All content is complete before the first byte goes out."""

    def fail() -> Iterator[bytes]:
        yield b"<hdr>"
        raise RuntimeError("no more")

    draft, stream = package.edit(), io.BytesIO()
    draft.replace(HEADER, fail())
    with pytest.raises(RuntimeError, match="no more"):
        draft.write(stream)
    assert stream.getvalue() == b""


def test_written_headers_tell_nothing_of_the_machine() -> None:
    """Times, systems, extra fields and comments are the same everywhere."""
    extra = b"\x55\x54\x05\x00\x01abcd"
    odd = [Raw(each.name, each.content, extra=extra) for each in raw_entries()]
    odd.append(Raw("word/media/图.png".encode(), b"png"))
    draft = Package.open(write_raw(odd, comment=b"made here")).edit()
    with zipfile.ZipFile(io.BytesIO(draft.to_bytes())) as archive:
        assert archive.comment == b""
        for entry in archive.infolist():
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert (entry.extra, entry.comment, entry.create_system) == (b"", b"", 0)
            assert (entry.external_attr, entry.extract_version) == (0, 20)
            assert entry.flag_bits == (0 if entry.filename.isascii() else 0x800)


def test_added_part_comes_last_and_is_declared(package: Package) -> None:
    """A new extension is declared once; everything else of the types stays as it was."""
    draft = package.edit()
    for number in (1, 2):
        name = draft.unused_name("word/media/image{}.png")
        assert name == f"word/media/image{number}.png"
        draft.add(name, "image/png", b"png")
    draft.add("word/header2.xml", "x/header", b"<hdr/>")
    written = Package.open(draft.to_bytes())
    assert written.names[-3:] == (
        "word/media/image1.png",
        "word/media/image2.png",
        "word/header2.xml",
    )
    more = (
        '<Default Extension="png" ContentType="image/png"/>',
        '<Override PartName="/word/header2.xml" ContentType="x/header"/>',
    )
    before = samples.types("word/document.xml", DOCUMENT)
    types = before.replace("<Override", f"{more[0]}<Override", 1)
    assert written.read(TYPES).decode() == types.replace("</Types>", f"{more[1]}</Types>")


def test_part_whose_type_is_declared_leaves_the_types_alone(package: Package) -> None:
    """Not a byte of [Content_Types].xml changes where nothing must."""
    draft = package.edit()
    draft.add("word/a.xml", "application/xml", b"<a/>")
    draft.relate("word/a.xml", IMAGE, "media/a.png")
    after = read_compressed(draft.to_bytes())
    assert after[TYPES] == read_compressed(bytes(package))[TYPES]
    assert list(after)[-2:] == ["word/a.xml", "word/_rels/a.xml.rels"]


def test_extension_declared_otherwise_is_overridden() -> None:
    """A picture named .xml, or .png declared as something else, gets an override."""
    draft = Package.open(samples.document()).edit()
    draft.add("a.png", "image/png", b"")
    draft.add("b.png", "image/x-other", b"")
    draft.add("c", "x/none", b"")
    written = Package.open(draft.to_bytes())
    assert [written.content_type(name) for name in ("a.png", "b.png", "c")] == [
        "image/png",
        "image/x-other",
        "x/none",
    ]


def test_removed_part_takes_its_declaration_and_relationships_along(package: Package) -> None:
    """Nothing of the part stays but what others say of it."""
    draft = package.edit()
    draft.remove("word/document.xml")
    after = read_parts(draft.to_bytes())
    assert list(after) == [TYPES, "_rels/.rels", HEADER]
    assert b"Override" not in after[TYPES]
    assert "word/document.xml" not in draft
    with pytest.raises(PackageError):
        draft.read("word/document.xml")


def test_removed_part_may_be_added_again(package: Package) -> None:
    """It comes last, with its new type."""
    draft = package.edit()
    draft.remove(HEADER)
    draft.add("word/Header1.xml", "x/new", b"<new/>")
    draft.replace(HEADER, b"<newer/>")
    written = Package.open(draft.to_bytes())
    assert written.names[-1] == "word/Header1.xml"
    assert written.read(HEADER) == b"<newer/>"
    assert written.content_type(HEADER) == "x/new"


def test_added_part_may_be_removed_again(package: Package) -> None:
    """The parts are those of before, and the types declare nothing more than an extension."""
    draft = package.edit()
    draft.add("word/header2.xml", "x/header", b"")
    draft.relate("word/header2.xml", IMAGE, "a.png")
    draft.remove("word/header2.xml")
    assert read_parts(draft.to_bytes()) == read_parts(bytes(package))


def test_retyped_part_changes_one_declaration(package: Package) -> None:
    """A template becomes a document by its declared type."""
    template = f"{samples.WORD}.template.main+xml"
    draft = Package.open(write_package(samples.document_parts(template))).edit()
    draft.retype("word/document.xml", DOCUMENT)
    assert draft.to_bytes() != bytes(package)
    written = Package.open(draft.to_bytes())
    assert written.content_type_of_main == DOCUMENT
    assert written.read(TYPES) == package.read(TYPES)


def test_relationship_gets_a_free_id_and_is_the_last(package: Package) -> None:
    """Ids in use are not given out, order is kept, external targets are marked."""
    draft = package.edit()
    first = draft.relate("word/document.xml", IMAGE, "media/image1.png")
    second = draft.relate(
        "word/document.xml", f"{RELS}/hyperlink", "https://例.cn/?a=1&b=2", external=True
    )
    assert (first, second) == ("rId2", "rId3")
    old, image, link = Package.open(draft.to_bytes()).relationships("word/document.xml")
    assert (old.id, old.part) == ("rId1", HEADER)
    assert (image.id, image.part) == ("rId2", "word/media/image1.png")
    assert (link.target, link.external) == ("https://例.cn/?a=1&b=2", True)


def test_ids_out_of_order_are_passed_over() -> None:
    """A free number is found though ids have gaps."""
    parts = samples.document_parts()
    parts["word/_rels/document.xml.rels"] = samples.rels(("a", "a"), ("b", "b")).replace(
        "rId1", "rId3"
    )
    draft = Package.open(write_package(parts)).edit()
    assert [draft.relate("word/document.xml", IMAGE, "x") for _ in range(2)] == ["rId4", "rId5"]


def test_part_without_relationships_gets_them(package: Package) -> None:
    """The .rels part is made, once."""
    draft = package.edit()
    assert draft.relate(HEADER, IMAGE, "media/a.png") == "rId1"
    assert draft.relate(HEADER, IMAGE, "media/b.png") == "rId2"
    written = Package.open(draft.to_bytes())
    assert [each.target for each in written.relationships(HEADER)] == ["media/a.png", "media/b.png"]
    assert written.names[-1] == "word/_rels/header1.xml.rels"


def test_package_relationships_are_changed_like_a_parts(package: Package) -> None:
    """The empty source is the package."""
    draft = package.edit()
    rel_id = draft.relate("", f"{RELS}/extended-properties", "docProps/app.xml")
    assert Package.open(draft.to_bytes()).relationships()[-1].id == rel_id


def test_unrelated_part_stays(package: Package) -> None:
    """Removing a relationship removes nothing else."""
    draft = package.edit()
    draft.unrelate("word/document.xml", "rId1")
    written = Package.open(draft.to_bytes())
    assert written.relationships("word/document.xml") == ()
    assert HEADER in written
    with pytest.raises(PackageError) as caught:
        draft.unrelate("word/document.xml", "rId1")
    assert caught.value.message("en") == (
        "[package.missing_relationship] word/document.xml has no relationship rId1\n"
        "  where: a.docx > word/document.xml\n"
        "  mend: open it in Word or Excel and save it again."
    )


def test_relationships_replaced_as_bytes_are_built_upon(package: Package) -> None:
    """Edits apply in the order in which they were made."""
    draft = package.edit()
    name = "word/_rels/document.xml.rels"
    draft.relate("word/document.xml", IMAGE, "lost.png")
    draft.replace(name, deflate(samples.rels(("image", "kept.png")).encode()))
    draft.relate("word/document.xml", IMAGE, "new.png")
    targets = [
        each.target for each in Package.open(draft.to_bytes()).relationships("word/document.xml")
    ]
    assert targets == ["kept.png", "new.png"]


def test_types_replaced_as_bytes_are_built_upon(package: Package) -> None:
    """The same for content types."""
    draft = package.edit()
    draft.add("a.one", "x/one", b"")
    draft.replace(TYPES, samples.types("word/document.xml", DOCUMENT).encode())
    draft.add("a.two", "x/two", b"")
    written = Package.open(draft.to_bytes())
    assert [written.content_type(name) for name in ("a.one", "a.two")] == ["", "x/two"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("word/HEADER1.xml", "package.part_exists"),
        ("../a.xml", "package.unsafe_name"),
        ("/word/a.xml", "package.unsafe_name"),
    ],
)
def test_part_cannot_be_added_under_a_bad_name(package: Package, name: str, code: str) -> None:
    """Names in use and unsafe names are refused."""
    with pytest.raises(PackageError) as caught:
        package.edit().add(name, "x/y", b"")
    assert [problem.code for problem in caught.value] == [code]


def test_part_that_is_not_there_cannot_be_changed(package: Package) -> None:
    """Each edit names the part that is missing."""
    draft = package.edit()
    for edit in (
        lambda: draft.replace("none.xml", b""),
        lambda: draft.remove("none.xml"),
        lambda: draft.retype("none.xml", "x/y"),
        lambda: draft.relate("none.xml", IMAGE, "a"),
    ):
        with pytest.raises(PackageError) as caught:
            edit()
        assert [problem.code for problem in caught.value] == ["package.missing_part"]
    assert draft.to_bytes() == package.edit().to_bytes()


def test_unused_name_passes_over_names_in_any_case(package: Package) -> None:
    """A name is free only if no equal name is there, in the package or in the draft."""
    draft = package.edit()
    assert draft.unused_name("Word/Header{}.XML") == "Word/Header2.XML"
    assert draft.unused_name("Word/Header{}.XML") == "Word/Header2.XML"


def test_long_archive_is_written_in_zip64_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the thresholds lowered, sizes, offsets and counts go into zip64 fields, and are read."""
    picture = b"\x89PNG" * 100
    draft = Package.open(write_raw([*raw_entries(), Raw(b"a.png", picture, method=0)])).edit()
    monkeypatch.setattr(records, "_LONG", 300)
    monkeypatch.setattr(records, "_MANY", 3)
    draft.replace(HEADER, picture)
    long = Package.open(bytes(package_with_long_records(draft.to_bytes()))).edit()
    with zipfile.ZipFile(io.BytesIO(long.to_bytes())) as archive:
        assert archive.testzip() is None
        assert archive.read("a.png") == archive.read(HEADER) == picture
        assert archive.getinfo("a.png").extract_version == 45
    assert Package.open(long.to_bytes()).read("a.png") == picture


def package_with_long_records(data: bytes) -> Package:
    """Open an archive anew, so that its records are made under the lowered thresholds."""
    return Package.open(data)


def test_python_docx_and_openpyxl_open_what_is_written() -> None:
    """Other readers see the edited parts."""
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("统计表")
    document.save(buffer)
    package = Package.open(buffer)
    draft = package.edit()
    draft.replace(
        package.main, package.read(package.main).replace("统计表".encode(), "年报".encode())
    )
    draft.relate(package.main, IMAGE, "media/image1.png")
    draft.add("word/media/image1.png", "image/png", b"\x89PNG\r\n\x1a\n")
    filled = docx.Document(io.BytesIO(draft.to_bytes()))
    assert [paragraph.text for paragraph in filled.paragraphs] == ["年报"]

    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = 401
    book.save(buffer)
    sheets = Package.open(buffer)
    (sheet,) = sheets.related(sheets.main, "worksheet")
    draft = sheets.edit()
    draft.replace(sheet, iter([sheets.read(sheet).replace(b"401", b"84")]))
    assert openpyxl.load_workbook(io.BytesIO(draft.to_bytes())).worksheets[0]["A1"].value == 84


def test_first_default_goes_before_all_overrides() -> None:
    """Types without any extension get one, at the start."""
    namespace = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    overrides = (
        f'<Override PartName="/word/document.xml" ContentType="{DOCUMENT}"/>'
        f'<Override PartName="/_rels/.rels" ContentType="{rels}"/></Types>'
    )
    draft = Package.open(samples.document(types=f"<Types {namespace}>{overrides}")).edit()
    draft.add("a.png", "image/png", b"")
    assert draft.read(TYPES).decode() == (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Types {namespace}>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}'
    )


def test_finished_draft_gives_the_same_archive(package: Package) -> None:
    """It lets its content go while it writes it; what may be asked for again is the same."""
    draft, other = package.edit(), package.edit()
    for one in (draft, other):
        one.replace(HEADER, iter([b"<hdr>", b"x" * 3_000_000, b"</hdr>"]))
        one.add("word/new.xml", "application/xml", b"<new/>")
    assert draft.finish() == other.to_bytes() == other.to_bytes()
