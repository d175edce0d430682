"""Laws of packages, held against random edits and random damage."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdocs.errors import PackageError
from govdocs.opc import Package, deflate
from tests.opc import samples
from tests.opc.compounds import compound
from tests.opc.samples import Raw, raw_entries, write_raw
from tests.support.packages import read_compressed, read_parts

NAMES = st.sampled_from(
    ["word/header1.xml", "a.bin", "word/media/图片 1.png", "深/层/b.xml", "c", "docProps/app.xml"]
)
CONTENTS = st.binary(max_size=200)
EDITS = st.lists(
    st.tuples(st.sampled_from(["put", "remove", "relate", "retype"]), NAMES, CONTENTS), max_size=12
)


@given(EDITS)
@settings(max_examples=25, deadline=None)
def test_any_edits_give_a_sound_archive_that_holds_them(
    edits: list[tuple[str, str, bytes]],
) -> None:
    """Python's zipfile finds no fault and reads what was put in; all the rest is untouched."""
    package = Package.open(write_raw(raw_entries()))
    draft, expected = package.edit(), dict(read_parts(bytes(package)))
    for action, name, content in edits:
        if action == "put" and name in draft:
            draft.replace(name, deflate(content))
            expected[name] = content
        elif action == "put":
            draft.add(name, "x/y", iter([content]))
            expected[name] = content
        elif name in draft and action == "remove":
            draft.remove(name)
            del expected[name]
        elif name in draft and action == "relate":
            draft.relate(name, f"{samples.RELS}/image", "a.png")
        elif name in draft:
            draft.retype(name, "x/z")
    written = draft.to_bytes()
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        assert archive.testzip() is None
    parts = {
        name: content
        for name, content in read_parts(written).items()
        if not name.endswith(".rels") and name != "[Content_Types].xml"
    }
    assert parts == {name: expected[name] for name in parts}
    untouched = {"word/document.xml", "_rels/.rels", "word/_rels/document.xml.rels"}
    before, after = read_compressed(bytes(package)), read_compressed(written)
    assert {name: after[name] for name in untouched} == {name: before[name] for name in untouched}
    assert Package.open(written).edit().to_bytes() == written
    assert len(set(map(str.lower, after))) == len(after)


@given(
    st.lists(
        st.builds(
            Raw,
            name=st.text("abc/报_-", min_size=1, max_size=9)
            .filter(lambda name: all(name.split("/")))
            .map(str.encode),
            content=CONTENTS,
            method=st.sampled_from([0, 8]),
            descriptor=st.booleans(),
            flags=st.just(0x800),
        ),
        max_size=6,
        unique_by=lambda entry: entry.name,
    ),
    st.booleans(),
    st.binary(max_size=20),
)
@settings(max_examples=25, deadline=None)
def test_unedited_packages_keep_parts_order_and_compressed_bytes(
    entries: list[Raw], zip64: bool, prefix: bytes
) -> None:
    """However an archive was written, its entries come out as they went in."""
    data = write_raw([*raw_entries(), *entries], zip64=zip64, prefix=b"#" + prefix)
    package = Package.open(data)
    written = package.edit().to_bytes()
    assert list(read_parts(written).items()) == list(read_parts(data).items())
    packed = {each.name.decode(): each.packed for each in [*raw_entries(), *entries]}
    assert read_compressed(written) == packed
    assert Package.open(written).edit().to_bytes() == written


@given(st.data(), st.sampled_from([9, 12]))
@settings(max_examples=15, deadline=None)
def test_damaged_compound_file_is_always_refused(data: st.DataObject, shift: int) -> None:
    """No chain or tree of a hostile old binary file leads astray."""
    content = bytearray(compound("A", "WordDocument", "B", nested=("C", "Book"), shift=shift))
    for _ in range(data.draw(st.integers(1, 6))):
        spot = data.draw(st.integers(30, len(content) - 4))
        content[spot : spot + 4] = data.draw(st.integers(0, 2**32 - 1)).to_bytes(4, "little")
    with pytest.raises(PackageError) as caught:
        Package.open(bytes(content))
    (problem,) = caught.value
    assert problem.code.startswith("package.is_")


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_damage_never_escapes_as_another_exception(data: st.DataObject) -> None:
    """Whatever bytes are changed or cut, a file is read or refused with a PackageError."""
    content = bytearray(write_raw(raw_entries(), zip64=data.draw(st.booleans())))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 40))
    try:
        package = Package.open(bytes(content[: len(content) - cut] if cut > 30 else content))
        for name in package.names:
            package.read(name)
            package.relationships(name)
        package.edit().to_bytes()
    except PackageError as error:
        problems = error.problems
    else:
        problems = ()
    assert all(problem.message("zh") and problem.message("en") for problem in problems)
