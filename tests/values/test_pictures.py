"""Pictures: kinds told by content, natural sizes held against python-docx, clear faults."""

import pickle
from dataclasses import FrozenInstanceError
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from docx.image.image import Image as DocxImage
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st

from govdocs.errors import DataError
from govdocs.values import pictures
from govdocs.values.pictures import Image, Picture, Seal, placed_size, read_picture
from tests.values import pictures as made

INCH = 914400
RASTERS = [
    made.png(),
    made.png(600, 300, (11811, 11811, 1)),
    made.png(600, 300, (11811, 5906, 1)),
    made.png(600, 300, (300, 300, 0)),
    made.png(600, 300, (0, 0, 1)),
    made.jpeg(640, 480, made.jfif(1, 300, 300)),
    made.jpeg(640, 480, made.jfif(2, 118, 118)),
    made.jpeg(640, 480, made.jfif(0, 1, 1)),
    made.jpeg(640, 480, made.jfif(1, 96, 96), made.quantisation(), frame=0xC2),
    made.jpeg(640, 480, made.exif(made.tiff(1, 1, (240, 240, 2)))),
    made.jpeg(640, 480, made.exif(made.tiff(1, 1, (100, 100, 3), ">"))),
    made.gif(300, 200),
    made.gif(300, 200, b"GIF87a"),
    made.bmp(300, 200),
    made.bmp(300, 200, 3780, 7874),
    made.tiff(300, 200),
    made.tiff(300, 200, (300, 150, 2)),
    made.tiff(300, 200, (118, 118, 3), ">"),
    made.tiff(300, 200, (1, 1, 1)),
]


def faults_of(source: Any) -> DataError:
    """Read what cannot be read."""
    with pytest.raises(DataError) as caught:
        read_picture(source)
    return caught.value


@pytest.mark.parametrize("data", RASTERS, ids=lambda data: data[:10].hex())
def test_raster_has_the_size_that_python_docx_gives_it(data: bytes) -> None:
    """Kind, pixels and resolution: both place a picture alike, to the EMU."""
    theirs = DocxImage.from_blob(data)
    ours = read_picture(data)
    assert (ours.width, ours.height) == (int(theirs.width), int(theirs.height))
    assert ours.content_type == theirs.content_type
    assert ours.data == data


def test_jpeg_without_jfif_and_exif_is_read() -> None:
    """Cameras and scanners write such; python-docx refuses them."""
    picture = read_picture(made.jpeg(720, 360, made.quantisation()))
    assert (picture.kind, picture.width, picture.height) == ("jpeg", 10 * INCH, 5 * INCH)


def test_jpeg_with_fill_bytes_and_broken_exif_is_read() -> None:
    """A broken note about the camera does not make a broken picture."""
    data = made.jpeg(720, 360, made.exif(b"II*\x00\xff\xff\xff\xff"), b"\xff\xff\xff")
    assert read_picture(data).width == 10 * INCH


def test_bmp_stored_from_the_top_has_a_height() -> None:
    """Its header says minus; OS/2's header is shorter."""
    assert read_picture(made.bmp(96, -96)).height == INCH
    core = b"BM" + b"\x00" * 12 + b"\x0c\x00\x00\x00\x60\x00\x30\x00\x01\x00\x18\x00"
    assert (read_picture(core).width, read_picture(core).height) == (INCH, INCH // 2)


@pytest.mark.parametrize(
    ("markup", "size"),
    [
        ('<svg xmlns="http://www.w3.org/2000/svg" width="96" height="48"/>', (INCH, INCH // 2)),
        ('<svg width="96px" height="0.5in"/>', (INCH, INCH // 2)),
        ('<svg width="72pt" height="12.7mm"/>', (INCH, 457200)),
        ('<svg width="2.54cm" height="6pc"/>', (INCH, INCH)),
        ('<svg viewBox="0 0 96 48"/>', (INCH, INCH // 2)),
        ('<svg width="96" viewBox="0,0,10,5"/>', (INCH, INCH // 2)),
        ('<svg height="48" viewBox="0 0 10 5"/>', (INCH, INCH // 2)),
        ('<svg width="100%" height="100%" viewBox="0 0 96 48"/>', (INCH, INCH // 2)),
        ('<?xml version="1.0"?><!-- 图 --><svg width="96" height="96"/>', (INCH, INCH)),
        (
            '<!DOCTYPE svg PUBLIC "x" "http://example.org/x.dtd"><svg width="1in" height="1in"/>',
            (INCH, INCH),
        ),
        ('<s:svg xmlns:s="http://www.w3.org/2000/svg" width="96" height="96"/>', (INCH, INCH)),
        ('<svg width="100%" height="100%"/>', (None, None)),
        ('<svg viewBox="0 0 0 5"/>', (None, None)),
    ],
)
def test_svg_has_the_size_of_its_root(markup: str, size: tuple[int | None, int | None]) -> None:
    """Units of CSS at 96 pixels an inch; the viewBox where sizes are missing; percents are none."""
    for data in (markup.encode(), b"\xef\xbb\xbf" + markup.encode()):
        picture = read_picture(data)
        assert picture.kind == "svg"
        assert (picture.width, picture.height) == size


def test_svg_in_utf16_is_read() -> None:
    """The encoding is told by its mark."""
    markup = '<?xml version="1.0" encoding="utf-16"?><svg width="96" height="96"/>'
    assert read_picture(markup.encode("utf-16")).width == INCH


def test_svg_whose_entities_multiply_is_no_picture() -> None:
    """The reader stops them; nothing is expanded, nothing is fetched."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "{"x" * 999}">{entities}]><svg id="&e8;" width="1in"/>'
    assert faults_of(bomb.encode()).problems[0].code == "value.picture_unknown"


def test_metafiles_say_their_size() -> None:
    """EMF in hundredths of a millimetre, placeable WMF in units of its own."""
    picture = read_picture(made.emf(2000, 1000))
    assert (picture.kind, picture.width, picture.height) == ("emf", 720000, 360000)
    picture = read_picture(made.wmf(1440, 720, 1440))
    assert (picture.kind, picture.width, picture.height) == ("wmf", INCH, INCH // 2)


def test_bare_wmf_needs_a_size() -> None:
    """Its size is asked for, with the file's name."""
    picture = read_picture(made.bare_wmf())
    assert (picture.kind, picture.width) == ("wmf", None)
    assert placed_size(Image(b"", width=Mm(20), height=Mm(10)), picture) == (720000, 360000)
    with pytest.raises(DataError) as caught:
        placed_size(Image("图/章.wmf", width=Mm(20)), picture)
    assert caught.value.message("zh") == (
        "[value.picture_without_size] 图片（wmf）没有写明自己的尺寸\n"
        "  位置：图/章.wmf\n"
        "  改法：请同时给出 width 和 height，如 Mm(60)"
    )


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        (None, None, (INCH, INCH // 2)),
        (2 * INCH, None, (2 * INCH, INCH)),
        (None, INCH, (2 * INCH, INCH)),
        (INCH, INCH, (INCH, INCH)),
        ("25.4mm", None, (INCH, INCH // 2)),
    ],
)
def test_side_that_is_not_given_follows(width: Any, height: Any, size: tuple[int, int]) -> None:
    """The proportion is the picture's; both sides given may stretch it."""
    picture = Picture("png", b"", INCH, INCH // 2)
    assert placed_size(Image(b"", width=width, height=height), picture) == size


def test_missing_picture_is_named() -> None:
    """The whole sentence, with the path as given."""
    assert faults_of("no/such.png").message("en") == (
        "[value.picture_missing] the picture file is not there\n"
        "  where: no/such.png\n"
        "  mend: look at the path again; a relative one starts where the command runs"
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC / AVIF / MP4"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04....", "ZIP / Office"),
        (b"\x1f\x8b\x08", "gzip / SVGZ"),
        (b"<!doctype HTML><html><svg/></html>", "HTML"),
        (b"<html><svg/></html>", "HTML"),
        (b"plain text", "70 6c 61 69 6e 20 74 65"),
    ],
)
def test_file_that_office_cannot_place_is_told_by_its_content(data: bytes, found: str) -> None:
    """A WebP named .png is the usual case."""
    assert faults_of(data).message("zh") == (
        f"[value.picture_unknown] 这不是 Word 和 Excel 能放置的图片（内容像是 {found}）\n"
        "  改法：请另存为 PNG 或 JPEG；也可用 GIF、BMP、TIFF、SVG、EMF、WMF"
    )


@pytest.mark.parametrize(
    "data",
    [
        made.png()[:20],
        made.png(0, 5),
        made.jpeg()[:6],
        made.jpeg(0, 0),
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xd9",
        made.gif()[:7],
        made.bmp()[:20],
        made.tiff()[:12],
        b"II*\x00\xff\xff\xff\xff",
        made.emf(0, 0),
        made.emf(-5, 5),
        made.wmf(inch=0),
    ],
    ids=lambda data: f"{data[:4].hex()}-{len(data)}",
)
def test_damaged_picture_is_said_to_be(data: bytes) -> None:
    """Cut short, or of no extent."""
    assert [fault.code for fault in faults_of(data)] == ["value.picture_damaged"]


@given(st.sampled_from([*RASTERS, made.emf(), made.wmf()]), st.data())
def test_no_change_of_a_header_breaks_the_reader(picture: bytes, data: st.DataObject) -> None:
    """Damaged or odd: a picture comes out, or a DataError."""
    place = data.draw(st.integers(0, min(len(picture) - 1, 200)))
    byte = data.draw(st.integers(0, 255))
    broken = picture[:place] + bytes([byte]) + picture[place + 1 :]
    try:
        assert read_picture(broken).kind in pictures.CONTENT_TYPES
    except DataError as error:
        faults = [problem.code for problem in error]
    else:
        faults = []
    assert set(faults) <= {"value.picture_damaged", "value.picture_unknown"}


def test_empty_file_and_folder_are_told_apart(tmp_path: Path) -> None:
    """Nothing in it; not a file at all."""
    (tmp_path / "empty.png").touch()
    assert [one.code for one in faults_of(tmp_path / "empty.png")] == ["value.picture_empty"]
    assert [one.code for one in faults_of(tmp_path)] == ["value.picture_unreadable"]
    assert faults_of(tmp_path).problems[0].place.file == str(tmp_path)


def test_picture_beyond_all_measure_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more than the limit is ever read."""
    monkeypatch.setattr(pictures, "MAX_BYTES", 50)
    (tmp_path / "large.png").write_bytes(made.png(600, 300))
    assert [one.code for one in faults_of(tmp_path / "large.png")] == ["value.picture_too_large"]


@pytest.mark.parametrize("source", [12, StringIO("x"), object(), ["a.png"]])
def test_source_of_another_kind_is_refused(source: Any) -> None:
    """A text file gives no bytes."""
    with pytest.raises(DataError) as caught:
        Image(source)
    assert caught.value.problems[0].code == "value.not_a_picture"


def test_image_takes_an_open_file_at_once() -> None:
    """It may be closed when its turn comes, and filling twice gives the picture twice."""
    with BytesIO(made.png()) as file:
        image = Image(file, width=Mm(60), alt="图示")
    assert image.source == made.png()
    assert (image.width, image.height, image.alt) == (Mm(60), None, "图示")


def test_images_and_seals_are_plain_frozen_values(tmp_path: Path) -> None:
    """Equal, hashable, picklable, and not to be changed."""
    image = Image(tmp_path / "a.png", width="60mm")
    assert image == Image(tmp_path / "a.png", Mm(60))
    assert pickle.loads(pickle.dumps(image)) == image
    assert len({image, Image(tmp_path / "a.png", width=Mm(60))}) == 1
    with pytest.raises(FrozenInstanceError):
        image.alt = "x"  # type: ignore[misc]


def test_seal_measures_42_millimetres_unless_said() -> None:
    """Without an image the placeholder stays."""
    assert Seal() == Seal(None, Mm(42))
    assert Seal(made.png(), "40mm").diameter == Mm(40)
    assert Seal(BytesIO(made.png())).source == made.png()


@pytest.mark.parametrize("width", [60, 0, -5])
def test_width_whose_unit_was_forgotten_is_refused(width: int) -> None:
    """Sixty EMU are no picture."""
    with pytest.raises(DataError) as caught:
        Image(b"", width=width)
    assert caught.value.problems[0].code == "value.length_out_of_range"
