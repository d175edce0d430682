"""Archives that are damaged, ambiguous or hostile are refused; odd but honest ones are read."""

import io
import struct
import zipfile
import zlib
from dataclasses import replace

import pytest

from govdocs.errors import PackageError
from govdocs.opc import Limits, Package
from tests.opc import samples
from tests.opc.samples import Raw, raw_entries, tamper, write_raw


def codes_of(data: bytes, limits: Limits | None = None) -> list[str]:
    """Return the codes of all problems of a file that must be refused."""
    with pytest.raises(PackageError) as caught:
        Package.open(data, limits)
    return [problem.code for problem in caught.value]


# --- honest, if odd ---


def test_archive_with_prefix_comment_and_trailing_bytes_is_read() -> None:
    """What stands before and behind an archive does no harm."""
    plain = write_raw(raw_entries())
    for data in (
        write_raw(raw_entries(), prefix=b"#!/bin/sh\n", comment="说明".encode()),
        b"junk" + plain,
        plain + b"\0\0\0",
    ):
        package = Package.open(data)
        assert package.read("word/document.xml") == "<document>报告</document>".encode()
        assert package.edit().to_bytes() == Package.open(plain).edit().to_bytes()


def test_comment_that_looks_like_an_end_does_not_hide_the_end() -> None:
    """The end of the archive is one whose directory is there."""
    fake = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 9, 9, 99, 99, 0)
    assert Package.open(write_raw(raw_entries(), comment=fake)).kind == "docx"


def test_data_descriptors_and_extra_fields_are_read_and_not_written() -> None:
    """Archives made as a stream open; what is written has its sizes in the local headers."""
    extra = struct.pack("<2HLL", 0x5455, 8, 1, 2)
    odd = write_raw([replace(each, descriptor=True, extra=extra) for each in raw_entries()])
    assert (
        Package.open(odd).edit().to_bytes()
        == Package.open(write_raw(raw_entries())).edit().to_bytes()
    )


def test_zip64_archive_is_read() -> None:
    """Sizes, offsets and counts are taken from their zip64 forms, with a prefix too."""
    for prefix in (b"", b"prefix"):
        package = Package.open(write_raw(raw_entries(), zip64=True, prefix=prefix))
        assert package.read("word/header1.xml") == b"<hdr/>"


def test_zip64_end_without_need_is_passed_over() -> None:
    """Some programs write the longer end though the shorter one tells everything."""
    assert Package.open(write_raw(raw_entries(), zip64_end=True)).kind == "docx"


def test_stored_entry_is_read() -> None:
    """An entry need not be compressed."""
    package = Package.open(tamper("word/header1.xml", method=0))
    assert package.read("word/header1.xml") == b"<hdr/>"
    assert b"".join(package.stream("word/header1.xml", 2)) == b"<hdr/>"


def test_directory_entries_are_kept_and_are_no_parts() -> None:
    """Some programs write entries for folders."""
    folder = Raw(b"word/", method=0)
    package = Package.open(write_raw([folder, *raw_entries()]))
    assert "word/" not in package.names
    with zipfile.ZipFile(io.BytesIO(package.edit().to_bytes())) as archive:
        assert archive.namelist() == ["word/", *package.names]


def test_backslashes_and_leading_dots_are_mended_where_that_is_unambiguous() -> None:
    r"""Names such as ``word\document.xml`` and ``./word/document.xml`` mean one thing."""
    entries = [
        replace(each, name=each.name.replace(b"/", b"\\"), local_name=None)
        for each in raw_entries()
    ]
    package = Package.open(write_raw(entries))
    assert package.names == tuple(samples.document_parts())
    dotted = [replace(each, name=b"./" + each.name) for each in raw_entries()]
    assert Package.open(write_raw(dotted)).names == tuple(samples.document_parts())


def test_chinese_names_are_read_with_and_without_the_flag() -> None:
    """Names in UTF-8 are understood though the flag may be missing; others are CP437."""
    picture = "word/media/图片1.png"
    for flags in (0, 0x800):
        entry = Raw(picture.encode(), b"png", flags=flags)
        package = Package.open(write_raw([*raw_entries(), entry]))
        assert package.read(picture) == b"png"
    old = Package.open(write_raw([*raw_entries(), Raw(b"caf\x82.bin", b"x")]))
    assert old.read("café.bin") == b"x"


def test_identical_duplicates_count_once() -> None:
    """Two entries of one name and one content leave no doubt; the copy is not written."""
    twice = [*raw_entries(), Raw(b"word/header1.xml", b"<hdr/>", method=0)]
    package = Package.open(write_raw(twice))
    assert package.names == tuple(samples.document_parts())
    assert package.edit().to_bytes().count(b"PK\3\4") == len(package.names)


# --- damaged ---


def test_archive_cut_off_is_said_to_be_truncated() -> None:
    """Without its end an archive is truncated, wherever it was cut."""
    data = write_raw(raw_entries())
    for length in (4, 100, len(data) // 2, len(data) - 23):
        assert codes_of(data[:length]) == ["package.truncated"]


def test_archive_whose_directory_is_gone_is_damaged() -> None:
    """An end that leads nowhere is damage."""
    data = write_raw(raw_entries())
    spot = data.index(b"PK\1\2")
    assert codes_of(data[:spot] + b"\0\0\0\0" + data[spot + 4 :]) == ["package.damaged"]
    second = data.index(b"PK\1\2", spot + 4)
    assert codes_of(data[:second] + b"\0\0\0\0" + data[second + 4 :]) == ["package.damaged"]


def test_directory_with_more_or_fewer_entries_than_it_says_is_damaged() -> None:
    """Readers that count and readers that go by the length must see the same entries."""
    assert codes_of(write_raw(raw_entries(), count=4)) == ["package.damaged"]
    assert codes_of(write_raw(raw_entries(), count=6)) == ["package.damaged"]


@pytest.mark.parametrize(
    "changes",
    [
        {"header": 7},
        {"header": 1 << 30},
        {"local_name": b"word/header2.xml"},
        {"method": 0, "size": 99},
    ],
)
def test_entry_that_contradicts_its_local_header_is_damaged(changes: dict[str, object]) -> None:
    """Directory and local header must tell the same."""
    assert codes_of(tamper("word/header1.xml", **changes)) == ["package.damaged_entry"]


@pytest.mark.parametrize(
    "changes",
    [
        {"crc": 1},
        {"size": 5},
        {"size": 7},
        {"data": b"\xff\xff\xff"},
        {"data": zlib.compress(b"<hdr/>")},
        {"data": Raw(b"", b"<hdr/>").packed[:-1]},
        {"method": 0, "crc": 1},
    ],
)
def test_damaged_content_is_found_when_it_is_read(changes: dict[str, object]) -> None:
    """Checksum, length and the end of the compressed data are checked, whole and as a stream."""
    package = Package.open(tamper("word/header1.xml", **changes))
    with pytest.raises(PackageError) as caught:
        package.read("word/header1.xml")
    with pytest.raises(PackageError) as streamed:
        list(package.stream("word/header1.xml", 2))
    assert caught.value.problems == streamed.value.problems
    assert caught.value.message("en") == (
        "[package.damaged_entry] the file is damaged: word/header1.xml in it cannot be read\n"
        "  where: word/header1.xml\n"
        "  mend: get it again, or let Word or Excel open and repair it, and save it."
    )


# --- ambiguous or hostile ---


@pytest.mark.parametrize(
    "name",
    [
        b"../evil.xml",
        b"word/../../evil.xml",
        b"/etc/passwd",
        b"\\\\server\\share",
        b"..\\evil.xml",
        b"C:/evil.xml",
        b"c:evil.xml",
        b"word//document2.xml",
        b"word/./document2.xml",
        b"word/a\0.xml",
        b"word/a\n.xml",
        b"word/%2e%2e/evil.xml",
        b"word%2fevil.xml",
        b"word%5Cevil.xml",
        b"word/%00.xml",
        b"",
        b"/",
    ],
)
def test_name_that_leads_out_of_the_package_is_refused(name: bytes) -> None:
    """Tricks with paths are refused, though nothing is ever unpacked to disk."""
    assert codes_of(write_raw([*raw_entries(), Raw(name, b"x")])) == ["package.unsafe_name"]


def test_unsafe_names_are_told_readably() -> None:
    """Control characters are shown, Chinese stays Chinese, the file is named."""
    data = write_raw([*raw_entries(), Raw("../坏\n.xml".encode())])
    with pytest.raises(PackageError) as caught:
        Package(data, "年报.docx")
    assert caught.value.message("zh") == (
        "[package.unsafe_name] 部件名称 ../坏\\n.xml 不安全：它指向文件之外，或含有不允许的字符\n"
        "  位置：年报.docx > ../坏\\n.xml\n"
        "  改法：文件可能是恶意构造的，请勿使用；如来源可信，请用 Word 或 Excel 重新保存。"
    )


@pytest.mark.parametrize(
    "name",
    [b"word/header1.xml", b"WORD/HEADER1.XML", b"word\\header1.xml", b"word/header%31.xml"],
)
def test_two_different_entries_of_one_name_are_refused(name: bytes) -> None:
    """Names are equal regardless of case, separators and percent-encoding."""
    data = write_raw([*raw_entries(), Raw(name, b"<hdr>other</hdr>")])
    assert codes_of(data) == ["package.duplicate"]


def test_duplicates_of_the_same_checksum_are_compared_as_they_are() -> None:
    """A forged checksum does not make two contents one."""
    forged = Raw(b"word/header1.xml", b"<evil>", crc=zlib.crc32(b"<hdr/>"))
    assert codes_of(write_raw([*raw_entries(), forged])) == ["package.damaged_entry"]


def test_encrypted_entry_is_refused() -> None:
    """Entries encrypted the zip way cannot be read."""
    assert codes_of(tamper("word/header1.xml", flags=1)) == ["package.encrypted_entry"]


def test_method_other_than_stored_and_deflated_is_refused() -> None:
    """Office reads two methods."""
    with pytest.raises(PackageError) as caught:
        Package.open(tamper("word/header1.xml", method=12, content=b"bz"))
    assert caught.value.message("en") == (
        "[package.unknown_method] word/header1.xml is packed by a method (12) that Office files "
        "do not use\n"
        "  where: word/header1.xml\n"
        "  mend: open it in Word or Excel and save it again."
    )


def test_all_faults_of_an_archive_are_told_at_once() -> None:
    """One bundle has them all, in the order of the archive."""
    entries = [*raw_entries(), Raw(b"../a"), Raw(b"b", flags=1), Raw(b"c", b"", method=99)]
    assert codes_of(write_raw(entries)) == [
        "package.unsafe_name",
        "package.encrypted_entry",
        "package.unknown_method",
    ]


def test_overlapping_entries_are_refused() -> None:
    """Many entries that share one set of data are a bomb of the newer kind."""
    entries = [*raw_entries(), Raw(b"a.bin", b"x" * 100, method=0)]
    offset = write_raw(entries).index(b"a.bin") - 30
    inner = replace(entries[-1], content=write_raw([Raw(b"b.bin", b"y", method=0)])[:36])
    sharing = [*entries[:-1], inner, Raw(b"b.bin", b"y", method=0, header=offset + 35)]
    with pytest.raises(PackageError) as caught:
        Package.open(write_raw(sharing))
    assert caught.value.message("en") == (
        "[package.overlap] b.bin and a.bin overlap in the file\n"
        "  where: b.bin\n"
        "  mend: the file may be hostile: do not use it; if you trust its source, get it again."
    )


def test_bomb_of_one_part_is_refused_without_inflating_it() -> None:
    """A large part that shrinks to nothing is judged by what the directory says."""
    packed = b"\0" * 1000
    bomb = Raw(b"word/media/a.bin", data=packed, size=300 << 20, crc=0)
    assert codes_of(write_raw([*raw_entries(), bomb])) == ["package.bomb", "package.bomb"]


def test_bomb_of_many_parts_is_refused() -> None:
    """Parts that are each below the threshold are judged together."""
    bombs = [Raw(b"%d.bin" % n, data=b"\0" * 1000, size=90 << 20, crc=0) for n in range(4)]
    assert codes_of(write_raw([*raw_entries(), *bombs])) == ["package.bomb"]


def test_honest_sheet_of_equal_cells_is_no_bomb() -> None:
    """Below the threshold no ratio is suspicious."""
    sheet = Raw(b"word/a.xml", b"<c><v>1</v></c>" * 1_000_000)
    assert len(sheet.packed) * 250 < len(sheet.content)
    assert Package.open(write_raw([*raw_entries(), sheet])).size("word/a.xml") == 15_000_000


def test_part_that_holds_more_than_it_says_is_not_inflated_further() -> None:
    """A size that lies does not open the door: reading stops one byte behind it."""
    lying = Raw(b"a.bin", b"\0" * 50_000_000, size=10)
    package = Package.open(write_raw([*raw_entries(), lying]))
    with pytest.raises(PackageError):
        package.read("a.bin")
    chunks = package.stream("a.bin", 1 << 10)
    with pytest.raises(PackageError):
        next(chunks)


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(max_entries=4), "package.too_many_entries"),
        (Limits(max_part=100), "package.part_too_large"),
        (Limits(max_total=1000), "package.too_large_inflated"),
        (Limits(max_file=500), "package.too_large"),
        (Limits(max_tree=50), "package.part_too_large"),
        (Limits(max_depth=1), "package.too_deep"),
    ],
)
def test_limits_are_the_callers(limits: Limits, code: str) -> None:
    """Each limit can be lowered, and says so by its code."""
    assert set(codes_of(write_raw(raw_entries()), limits)) == {code}
