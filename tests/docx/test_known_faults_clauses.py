"""Further clauses of the faults known of docxtpl 0.20.2: each document is filled by docxtpl too."""

# ruff: noqa: E501 - markup stands on a line

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import docx
import pytest
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from docxtpl import RichText as TheirRichText
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from govdocs import Image, RichText
from govdocs.errors import DataError
from govdocs.template import Template
from tests.docx.test_control_tags import BINDING, bound_package, control, text_of
from tests.docx.test_known_faults import document, goes_wrong, ours, text, theirs
from tests.docx.test_slots import CHART, CUSTOM
from tests.support.notation import NAMESPACES, write_xml
from tests.support.packages import read_parts, replace_parts
from tests.support.word import part_of, read_body, word_package
from tests.values.pictures import emf, jpeg, png, wmf

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"/>'

W = f"{{{NAMESPACES['w']}}}"
SECTION = "<w:sectPr/>"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"


def with_title(title: str, body: str = 'p"a"') -> bytes:
    """Make a document with a title."""
    made = document(body)
    core = read_parts(made)["docProps/core.xml"].decode()
    titled = core.replace("<dc:title/>", f"<dc:title>{title}</dc:title>")
    assert titled != core
    return replace_parts(made, {"docProps/core.xml": titled})


def title_of(filled: bytes) -> str:
    """Read a document's title."""
    return str(docx.Document(io.BytesIO(filled)).core_properties.title)


def test_06_cells_in_content_controls_count_as_columns() -> None:
    """A static row of a cell and a control around two cells has three columns."""
    control = "<w:sdt><w:sdtContent><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:sdtContent></w:sdt>"
    grid = '<w:gridCol w:w="1"/><w:gridCol w:w="2"/><w:gridCol w:w="3"/>'
    table = f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid><w:tr><w:tc><w:p/></w:tc>{control}</w:tr></w:tbl>"
    template = document(table + write_xml('p"{{ x }}"'))

    def widths(filled: bytes) -> list[str | None]:
        return [one.get(f"{W}w") for one in part_of(filled).iter("{*}gridCol")]

    assert widths(ours(template, {"x": 1})) == ["1", "2", "3"]
    assert widths(theirs(template, {"x": 1})) != ["1", "2", "3"]


def test_07_comment_that_begins_inside_of_a_tag_keeps_its_range() -> None:
    """Both ends stay."""
    start, end = "<w:commentRangeStart w:id='0'/>", "<w:commentRangeEnd w:id='0'/>"
    run = "<w:r><w:t>{}</w:t></w:r>"
    template = document(f"<w:p>{run.format('{{ ')}{start}{run.format('x }}')}{end}</w:p>")

    def ends(filled: bytes) -> int:
        return len(list(part_of(filled).iter("{*}commentRangeStart", "{*}commentRangeEnd")))

    assert (ends(ours(template, {"x": 1})), ends(theirs(template, {"x": 1}))) == (2, 1)


def test_11_new_paragraph_of_a_value_in_a_box_has_the_boxs_format() -> None:
    r"""``\a`` in a text box."""
    template = document(r'p[A](i r"o", box(p[B](b r"{{ x }}")))')
    filled = read_body(ours(template, {"x": "a\ab"}))
    assert filled == r'p[A](i r"o", box(p[B](b r"a"), p[B](b r"b")))'
    assert read_body(theirs(template, {"x": "a\ab"})) != filled


def test_13_fillings_that_overlap_are_not_mixed() -> None:
    """Two threads that both render before either saves; docxtpl saves one of them twice."""
    source = document('p"{{ x }}"')
    template, shared = Template(source), DocxTemplate(io.BytesIO(source))

    def render(value: str, barrier: threading.Barrier) -> bytes:
        shared.render({"x": value})
        barrier.wait(30)
        shared.save(saved := io.BytesIO())
        return saved.getvalue()

    def fill(value: str, barrier: threading.Barrier) -> bytes:
        barrier.wait(30)
        filled = template.fill({"x": value})
        barrier.wait(30)
        return bytes(filled)

    assert _in_two_threads(fill) == ["甲", "乙"]
    assert _in_two_threads(render) != ["甲", "乙"]


def _in_two_threads(act: Callable[[str, threading.Barrier], bytes]) -> list[str]:
    barrier = threading.Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        running = [pool.submit(act, value, barrier) for value in "甲乙"]
        return [text(one.result()) for one in running]


def test_13_counter_in_a_box_prints_the_same_in_both_copies() -> None:
    """Docxtpl counts on in the copy for older readers."""
    template = document(
        'p(r"{% set n = namespace(i=0) %}", box(p"{% set n.i = n.i + 1 %}{{ n.i }}"))'
    )
    assert text(ours(template)) == "11"
    assert goes_wrong(lambda: theirs(template)) or text(theirs(template)) == "12"


def test_15_bound_controls_and_prompts_show_the_value() -> None:
    """The data of the control say the same, and it is no prompt any more."""
    binding = f"{BINDING}<w:showingPlcHdr/>"
    template = bound_package(control(binding, "{{ x }}") + "<w:sectPr/>", "old")

    def state(filled: bytes) -> tuple[str, bool]:
        prompts = list(part_of(filled).iter("{*}showingPlcHdr"))
        return text_of(filled, "customXml/item1.xml"), bool(prompts)

    assert state(ours(template, {"x": "值"})) == ("值", False)
    assert state(theirs(template, {"x": "值"})) == ("old", True)


def test_16_picture_is_found_by_its_alt_text_and_swapped_there_only() -> None:
    """Two drawings show one media part; a JPEG is stored as one."""
    made = docx.Document()
    for _ in range(2):
        made.add_picture(io.BytesIO(png(4, 2)), width=Mm(10))
    made.inline_shapes[0]._inline.docPr.set("descr", "照片")
    buffer = io.BytesIO()
    made.save(buffer)
    template = buffer.getvalue()

    def shown(filled: bytes) -> list[tuple[bytes, str]]:
        read = docx.Document(io.BytesIO(filled))
        parts = [
            read.part.related_parts[one] for one in read.element.body.xpath("//a:blip/@r:embed")
        ]
        return [(part.blob, str(part.partname).rpartition(".")[2]) for part in parts]

    filled = bytes(Template(template, {"照片": "photo"}).fill({"photo": Image(jpeg())}))
    assert shown(filled) == [(jpeg(), "jpg"), (png(4, 2), "png")]
    one = DocxTemplate(io.BytesIO(template))
    one.replace_pic("照片", io.BytesIO(jpeg()))
    one.render({})
    with pytest.raises(ValueError, match="照片"):
        one.save(io.BytesIO())


@pytest.mark.parametrize("value", ["R&D", "a\x0bb"])
def test_17_docxtpl_breaks_the_footnotes(value: str) -> None:
    """Its part is no XML any more; here it is."""
    template = word_package(f"<w:p/>{SECTION}", footnotes='footnote[id=1](p"{{ x }}")')
    ours(template, {"x": value})
    broken = read_parts(theirs(template, {"x": value}))["word/footnotes.xml"]
    assert goes_wrong(lambda: etree.fromstring(broken))


def test_19_link_in_a_header_and_on_the_second_filling_has_its_relationship() -> None:
    """The header relates to the address itself, each time."""
    template = word_package('p"a"', header='p"{{ x }}"')
    compiled = Template(template)
    for _ in range(2):
        filled = bytes(compiled.fill({"x": RichText("见", link="http://example.org/")}))
        [link] = part_of(filled, "word/header.xml").iter("{*}hyperlink")
        rels = read_parts(filled)["word/_rels/header.xml.rels"].decode()
        assert f'Id="{link.get("{" + NAMESPACES["r"] + "}id")}"' in rels
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "{{r x }}"
    buffer = io.BytesIO()
    made.save(buffer)
    one = DocxTemplate(buffer)
    rich = TheirRichText("见", url_id=one.build_url_id("http://example.org/"))
    one.render({"x": rich})
    one.save(saved := io.BytesIO())
    assert "word/_rels/header1.xml.rels" not in read_parts(saved.getvalue())


def test_21_properties_of_runs_stand_in_order_and_shading_has_a_pattern() -> None:
    """As CT_RPr and CT_Shd want them; out of order Word passes over them, or repairs."""
    template = document('p"{{r x }}"')
    wishes: dict[str, Any] = dict.fromkeys(("bold", "italic", "strike", "underline"), True)
    wishes |= {"highlight": "#00FF00", "font": "黑体", "size": 30}
    order = [
        "rStyle",
        "rFonts",
        "b",
        "bCs",
        "i",
        "iCs",
        "strike",
        "sz",
        "szCs",
        "highlight",
        "u",
        "shd",
    ]

    def state(filled: bytes) -> tuple[bool, bool]:
        root = part_of(filled)
        names = [etree.QName(one).localname for p in root.iter("{*}rPr") for one in p]
        patterns = [one.get(f"{W}val") for one in root.iter("{*}shd")]
        return names == sorted(names, key=order.index), patterns == ["clear"]

    assert state(ours(template, {"x": RichText("a", **wishes)})) == (
        True,
        True,
    )
    assert state(theirs(template, {"x": TheirRichText("a", **wishes)})) == (
        False,
        False,
    )


def test_21_ids_of_copies_are_new() -> None:
    """Paragraphs, controls and bookmarks of a loop: docxtpl repeats them all."""
    marked = (
        f'<w:p xmlns:w14="{W14}" w14:paraId="00000001"><w:bookmarkStart w:id="5" w:name="b"/>'
        '<w:bookmarkEnd w:id="5"/></w:p><w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr>'
        "<w:sdtContent><w:p/></w:sdtContent></w:sdt>"
    )
    tag = "<w:p><w:r><w:t>{{%p {} %}}</w:t></w:r></w:p>"
    template = document(tag.format("for i in x") + marked + tag.format("endfor"))

    def ids(filled: bytes) -> list[set[str]]:
        root = part_of(filled)
        return [
            set(
                map(str, cast("list[str]", root.xpath(path, namespaces={**NAMESPACES, "w14": W14})))
            )
            for path in (
                "//@w14:paraId",
                "//w:sdtPr/w:id/@w:val",
                "//w:bookmarkStart/@w:id",
                "//w:bookmarkStart/@w:name",
            )
        ]

    assert [len(one) for one in ids(ours(template, {"x": [1, 2, 3]}))] == [3, 3, 3, 3]
    assert [len(one) for one in ids(theirs(template, {"x": [1, 2, 3]}))] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            'tbl(tr("{%tc for x in xs %}", "{{ x }}", "{%tc if x % 2 %}", "o", "{%tc endif %}", "{%tc endfor %}"))',
            "1o2",
        ),
        ('p(r"{%r if d == \'}\' %}", r"a", r"{%r endif %}")', "a"),
        ('p"{% if q == “他说‘好’” %}a{% endif %}"', "a"),
    ],
)
def test_22_percent_braces_and_quotes_in_further_tags(body: str, expected: str) -> None:
    """Of cells and runs; between quotes as an input method types them."""
    template, data = document(body), {"xs": [1, 2], "d": "}", "q": "他说‘好’"}
    assert text(ours(template, data)) == expected
    assert goes_wrong(lambda: theirs(template, data)) or text(theirs(template, data)) != expected


@pytest.mark.parametrize("prose", ["{{", "a {% b", "{# c"])
def test_23_braces_in_the_title_do_not_stop_the_filling(prose: str) -> None:
    """It stays as it is."""
    template = with_title(prose, 'p"{{ x }}"')
    assert title_of(ours(template, {"x": 1})) == prose
    assert goes_wrong(lambda: theirs(template, {"x": 1}))


@pytest.mark.parametrize("value", ["R&D", "a\x0bb"])
def test_23_header_takes_any_value(value: str) -> None:
    """Docxtpl raises XMLSyntaxError."""
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rId1"/></w:sectPr>'
    template = word_package(f"<w:p/>{section}", header='p"{{ x }}"')
    header = docx.Document(io.BytesIO(ours(template, {"x": value}))).sections[0].header
    assert header.paragraphs[0].text == value.replace("\x0b", "\n")
    assert goes_wrong(lambda: theirs(template, {"x": value}))


def test_23_title_takes_any_value() -> None:
    """A character that XML cannot hold is left out, and said so; docxtpl raises ValueError."""
    template = with_title("{{ x }}")
    assert title_of(ours(template, {"x": "a\x0bb"})) in ("a b", "ab")
    assert goes_wrong(lambda: theirs(template, {"x": "a\x0bb"}))


@pytest.mark.parametrize(("data", "kind"), [(SVG, "svg"), (emf(), "emf"), (wmf(), "wmf")])
def test_24_vector_pictures_are_placed(data: bytes, kind: str) -> None:
    """In the body, a header and a footnote: as they are, typed as what they are."""
    template = word_package(
        'p"{{ x }}"', header='p"{{ x }}"', footnotes='footnote[id=1](p"{{ x }}")'
    )
    value = Image(data, Mm(20), Mm(10))
    filled = read_parts(ours(template, {"x": value}))
    assert filled[f"word/media/image1.{kind}"] == data
    types = {"svg": "image/svg+xml", "emf": "image/x-emf", "wmf": "image/x-wmf"}
    assert (
        f'Extension="{kind}" ContentType="{types[kind]}"'.encode() in filled["[Content_Types].xml"]
    )
    for name in ("document", "header", "footnotes"):
        assert f"image1.{kind}".encode() in filled[f"word/_rels/{name}.xml.rels"]
    one = DocxTemplate(io.BytesIO(document('p"{{ x }}"')))
    assert goes_wrong(lambda: one.render({"x": InlineImage(one, io.BytesIO(data), Mm(20), Mm(10))}))


def test_24_docxtpls_image_in_a_footnote_is_placed() -> None:
    """Docxtpl raises AttributeError."""
    template = word_package(f"<w:p/>{SECTION}", footnotes='footnote[id=1](p"{{ x }}")')
    one = DocxTemplate(io.BytesIO(template))
    image = InlineImage(one, io.BytesIO(png()))
    filled = ours(template, {"x": image})
    assert len(list(part_of(filled, "word/footnotes.xml").iter("{*}blip"))) == 1
    assert goes_wrong(lambda: one.render({"x": image}))


@pytest.mark.parametrize(
    "main",
    [
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_24_documents_with_macros_are_taken(main: str) -> None:
    """Docxtpl refuses them."""
    made = document('p"{{ x }}"')
    types = read_parts(made)["[Content_Types].xml"].decode()
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    template = replace_parts(made, {"[Content_Types].xml": types.replace(plain, main)})
    assert text(bytes(Template(template).fill({"x": 1}))) == "1"
    assert goes_wrong(lambda: theirs(template, {"x": 1}))


def test_25_missing_picture_is_told_with_its_place_beside_the_others() -> None:
    """Docxtpl says what Python says, of the first one only."""
    template = document('p"{{ x }}", tbl(tr("a", "{{ 1 / n }}"))')
    with pytest.raises(DataError) as caught:
        ours(template, {"x": Image("none.png"), "n": 0})
    spots = [one.place.spot for one in caught.value.problems]
    assert spots == [(("p", 1),), (("tbl", 1), ("tr", 1), ("tc", 2), ("p", 1))]
    one = DocxTemplate(io.BytesIO(template))
    with pytest.raises(FileNotFoundError) as raised:
        one.render({"x": InlineImage(one, "none.png"), "n": 0})
    assert "{{" not in str(raised.value)


def test_26_sandbox_of_jinja_leaves_methods_open_and_this_does_not() -> None:
    """A caller's SandboxedEnvironment stops the shell only."""

    class Office:
        def close(self) -> str:
            return "closed"

    template = document('p"{{ office.close() }}"')
    one = DocxTemplate(io.BytesIO(template))
    one.render({"office": Office()}, SandboxedEnvironment())
    one.save(saved := io.BytesIO())
    assert text(saved.getvalue()) == "closed"
    with pytest.raises(DataError) as caught:
        ours(template, {"office": Office()})
    assert [one.code for one in caught.value.problems] == ["template.forbidden"]


def test_27_docxtpl_evaluates_a_value_where_a_part_is_visited_twice() -> None:
    """Two sections, so it renders the footnotes twice; here a value is printed in every part."""
    note = "<w:footnote w:id='1'><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p></w:footnote>"
    drawing = "<r xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:p><a:r><a:t>{{ x }}</a:t></a:r></a:p></r>"
    template = word_package(
        f"<w:p><w:pPr>{SECTION}</w:pPr></w:p>{SECTION}",
        footnotes=note,
        endnotes=note.replace("footnote", "endnote"),
        comments=note.replace("footnote", "comment"),
        header='p"{{ x }}"',
        extra={
            CUSTOM[0]: (CUSTOM[1], "<P><lpwstr>{{ x }}</lpwstr></P>"),
            CHART[0]: (CHART[1], drawing),
        },
    )
    value = "{{ 6 * 7 }}{% set a = 1 %}｛｛ 6 ｝｝"
    filled = read_parts(bytes(Template(template).fill({"x": value})))
    for name in (
        "word/footnotes.xml",
        "word/endnotes.xml",
        "word/comments.xml",
        "word/header.xml",
        CUSTOM[0],
        CHART[0],
    ):
        assert value in filled[name].decode(), name
    wrong = read_parts(theirs(template, {"x": "{{ 6 * 7 }}"}))["word/footnotes.xml"]
    assert b"42" in wrong
