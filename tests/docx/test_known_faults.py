"""What goes wrong in docxtpl 0.20.2 comes out right here: a test for each group of faults.

Further clauses of the groups are in ``test_known_faults_clauses``.

Each document is filled by docxtpl too: a test that docxtpl passes would not show anything.
"""

# ruff: noqa: E501 - markup stands on a line

import io
import itertools
import threading
import zipfile
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import docx
import pytest
from docxtpl import DocxTemplate, InlineImage, RichText
from lxml import etree

from govdocs.errors import DataError, TemplateError
from govdocs.template import Template
from tests.support.notation import NAMESPACES, write_xml
from tests.support.packages import read_parts, replace_parts, write_package
from tests.support.soundness import assert_sound
from tests.support.word import part_of, read_body

Data = Mapping[str, Any]


def document(body: str, **parts: bytes | str) -> bytes:
    """Make a python-docx document with this body, in the notation or as XML."""
    made = _empty()
    xml = body if body.lstrip().startswith("<") else write_xml(body)
    root = etree.fromstring(made["word/document.xml"])
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    inner = etree.fromstring(f"<_ {declared}>{xml}</_>")
    holder = root.find("w:body", NAMESPACES)
    assert holder is not None
    for child in reversed(inner):
        holder.insert(0, child)
    return write_package({**made, "word/document.xml": etree.tostring(root), **parts})


@cache
def _empty() -> dict[str, bytes | str]:
    """The parts of an empty document, the large ones without content."""
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    small = {
        "word/styles.xml": "styles",
        "word/stylesWithEffects.xml": "styles",
        "word/numbering.xml": "numbering",
    }
    made = {name: f'<w:{root} xmlns:w="{NAMESPACES["w"]}"/>' for name, root in small.items()}
    return {**read_parts(buffer.getvalue()), **made}


def ours(template: bytes, data: Data | None = None, **options: Any) -> bytes:
    """Fill with govdocs; the outcome is sound."""
    filled = bytes(Template(template, **options).fill(data or {}))
    assert_sound(filled, template)
    return filled


def theirs(template: bytes, data: Data | None = None) -> bytes:
    """Fill with docxtpl."""
    one = DocxTemplate(io.BytesIO(template))
    one.render(dict(data or {}))
    buffer = io.BytesIO()
    one.save(buffer)
    return buffer.getvalue()


def text(filled: bytes, name: str = "word/document.xml") -> str:
    """Read the text of a part."""
    return "".join(map(str, part_of(filled, name).itertext("{*}t")))


def goes_wrong(act: Callable[[], object]) -> bool:
    """Tell whether docxtpl raises."""
    try:
        act()
    except Exception:  # noqa: BLE001 - whatever it is
        return True
    return False


@pytest.mark.parametrize(
    "around",
    [
        "hyperlink({})",
        "ins[id=1]({})",
        "sdt({})",
        "smartTag[element=x]({})",
        "fldSimple[instr=PAGE]({})",
    ],
)
def test_01_tag_that_ends_inside_of_an_element_loses_nothing(around: str) -> None:
    """A tag may end in a link, an insertion, a control, a smart tag or a field."""
    tail = ', p"NEXT", tbl(tr("T")), p"LAST"'
    template = document(
        f'p(r"A {{{{ na", {around.format("r" + chr(34) + "me }} B" + chr(34))}, r"C"){tail}'
    )
    data = {"name": "张三"}
    assert text(ours(template, data)) == "A 张三 BCNEXTTLAST"
    assert (
        goes_wrong(lambda: theirs(template, data))
        or text(theirs(template, data)) != "A 张三 BCNEXTTLAST"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('p(r"{%p if a %}", box(p"box")), p"in", p"{%p endif %}", p"after"', "boxboxinafter"),
        (
            'tbl(tr("{%tr for x in xs %}{{ x }}", tc(tbl(tr("N")), p"{%tr endfor %}"))), p"after"',
            "1N2Nafter",
        ),
    ],
)
def test_02_paragraph_with_a_box_and_row_with_a_table_keep_them(body: str, expected: str) -> None:
    """What a tag's paragraph or row also holds is not thrown away."""
    template, data = document(body), {"a": 1, "xs": [1, 2]}
    assert text(ours(template, data)) == expected
    assert goes_wrong(lambda: theirs(template, data)) or text(theirs(template, data)) != expected


def test_03_ampersands_and_angles_in_data_are_text() -> None:
    """And a value that is cut off there would be a false report."""
    template = document('p"[{{ a }}] {{ b }} rest"')
    data = {"a": "研发 R&D 部 <A组>", "b": "a<b and c"}
    assert text(ours(template, data)) == "[研发 R&D 部 <A组>] a<b and c rest"
    assert goes_wrong(lambda: theirs(template, data)) or text(theirs(template, data)) != text(
        ours(template, data)
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('p"kept {%p if a %}", p"in", p"{%p endif %} too"', "kept in too"),
        (
            'tbl(tr("{%tr for x in xs %}", "kept"), tr("{{ x }}", ""), tr("{%tr endfor %}", "too"))',
            "kept1kept2too",
        ),
        ('tbl(tr("A", "{%- if a %}B{% endif %}"))', "AB"),
    ],
)
def test_04_what_stands_beside_a_tag_is_not_lost(body: str, expected: str) -> None:
    """Text beside ``{%p``, other cells of a ``{%tr`` row, the cell before ``{%-``."""
    template, data = document(body), {"a": 1, "xs": [1, 2]}
    filled = ours(template, data)
    assert text(filled) == expected
    if "{%-" in body:
        assert read_body(filled) == 'tbl(tr("A", "B"))'
        assert goes_wrong(lambda: theirs(template, data)) or read_body(
            theirs(template, data)
        ) != read_body(filled)
    else:
        assert text(theirs(template, data)) != expected


@pytest.mark.parametrize("body", ['p"}", p"}"', 'tbl(tr("100%", "} b"))', 'p"{", p"{ x"'])
def test_05_braces_of_two_paragraphs_are_not_joined(body: str) -> None:
    """JSON listings stay as they are."""
    template = document(body + ', p"{{ x }}"')
    assert read_body(ours(template, {"x": 1})) == body + ', p"1"'
    assert (
        goes_wrong(lambda: theirs(template, {"x": 1}))
        or read_body(theirs(template, {"x": 1})) != body + ', p"1"'
    )


def test_06_static_tables_keep_their_grids_and_looped_ones_follow() -> None:
    """Nested tables, skipped columns, cells in controls; and ``w:tcW`` where columns loop."""
    nested = write_xml('tbl(tr(tc(tbl(tr("a", "b", "c", "d")), p"")))')
    skipped = '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="1"/><w:gridCol w:w="2"/><w:gridCol w:w="3"/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    cell = '<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>'
    cells = "".join(map(cell.format, ["{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"]))
    looped = f'<w:tbl><w:tblPr/><w:tblGrid>{"<w:gridCol w:w=" + chr(34) + "3000" + chr(34) + "/>" * 1}<w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid><w:tr>{cells}</w:tr></w:tbl>'
    template = document(nested + "<w:p/>" + skipped + "<w:p/>" + looped)
    data = {"xs": [1, 2, 3, 4, 5, 6]}

    def grids(filled: bytes) -> list[int]:
        return [len(one) for one in part_of(filled).iter("{*}tblGrid")]

    filled = ours(template, data)
    assert grids(filled) == [1, 4, 3, 6]
    widths = [one.get(f"{{{NAMESPACES['w']}}}w") for one in part_of(filled).iter("{*}tcW")]
    assert widths == ["1500"] * 6
    assert goes_wrong(lambda: theirs(template, data)) or grids(theirs(template, data)) != [
        1,
        4,
        3,
        6,
    ]


def test_07_bookmarks_and_history_are_whole() -> None:
    """A bookmark that begins inside of a tag stays; a tag that was deleted is not filled."""
    deleted = '<w:del w:id="9" w:author="a"><w:r><w:delText>{{ x }}</w:delText></w:r></w:del>'
    template = document(
        "<w:p><w:r><w:t>{{ </w:t></w:r><w:bookmarkStart w:id='3' w:name='b'/><w:r><w:t>x }}</w:t></w:r>"
        f"<w:bookmarkEnd w:id='3'/>{deleted}</w:p>"
    )
    filled = ours(template, {"x": "底价100万"})
    assert len(list(part_of(filled).iter("{*}bookmarkStart", "{*}bookmarkEnd"))) == 2
    assert [one.text for one in part_of(filled).iter("{*}delText")] == ["{{ x }}"]
    wrong = part_of(theirs(template, {"x": "底价100万"}))
    assert len(list(wrong.iter("{*}bookmarkStart", "{*}bookmarkEnd"))) == 1
    assert [one.text for one in wrong.iter("{*}delText")] == ["底价100万"]


def test_08_plain_and_rich_texts_fit_either_kind_of_tag() -> None:
    """``{{r x }}`` with a text is visible; ``{{ x }}`` with a rich text is a run."""
    template = document('p"a{{r plain }}b{{ rich }}c"')
    filled = ours(template, {"plain": "P", "rich": RichText("R", bold=True)})
    root = part_of(filled)
    assert "".join(map(str, root.find("{*}body").itertext("{*}t"))) == "aPbRc"  # type: ignore[union-attr]
    assert not root.findall(".//w:t/w:r", NAMESPACES)
    wrong = part_of(theirs(template, {"plain": "P", "rich": RichText("R", bold=True)}))
    assert wrong.findall(".//w:t/w:r", NAMESPACES)


def test_09_comparisons_with_ampersands_and_chinese_quotes_hold() -> None:
    """A literal is compared as it is read."""
    template = document(
        """p"{% if d == 'R&D' %}1{% endif %}{% if q == '“十三五”' %}2{% endif %}" """
    )
    data = {"d": "R&D", "q": "“十三五”"}
    assert text(ours(template, data)) == "12"
    assert text(theirs(template, data)) != "12"


def test_10_rich_text_keeps_the_tags_font_and_sets_chinese_ones() -> None:
    """Without a font of its own a rich text has the tag's."""
    run = "<w:r><w:rPr><w:rFonts w:eastAsia='仿宋_GB2312'/><w:sz w:val='32'/></w:rPr><w:t>{{r x }}</w:t></w:r>"
    template = document(f"<w:p>{run}</w:p>")
    for value, font in ((RichText("a"), "仿宋_GB2312"), (RichText("a", font="黑体"), "黑体")):
        root = part_of(ours(template, {"x": value}))
        fonts = [
            one
            for p in root.iter("{*}rPr")
            if p.find("{*}sz") is not None
            for one in p.iter("{*}rFonts")
        ]
        assert [one.get(f"{{{NAMESPACES['w']}}}eastAsia") for one in fonts] == [font]
    wrong = part_of(theirs(template, {"x": RichText("a")}))
    runs = [run for run in wrong.iter("{*}r") if "".join(map(str, run.itertext())) == "a"]
    assert [run.find(".//w:rFonts", NAMESPACES) for run in runs] == [None]


def test_11_breaks_in_a_box_have_its_format_and_escapes_in_data_stay() -> None:
    r"""``\t`` in a text box, ``{_{`` in a value."""
    template = document(r'p(i r"o", box(p(b r"{{ x }}")))')
    data = {"x": "a\tb {_{ c %_}"}
    filled = ours(template, data)
    assert read_body(filled) == r'p(i r"o", box(p(b r"a", b r"\t", b r"b {_{ c %_}")))'
    assert goes_wrong(lambda: theirs(template, data)) or read_body(
        theirs(template, data)
    ) != read_body(filled)


@pytest.mark.parametrize(
    ("body", "data", "code"),
    [
        ('p"{{ nmae }}"', {"name": 1}, "data.misspelt"),
        ('p"{{ name }}"', {"name": None}, "data.empty"),
        ('p"{ name }}"', {"name": 1}, "template.broken_tag"),
    ],
)
def test_12_nothing_is_blank_none_or_left_in_silence(body: str, data: Data, code: str) -> None:
    """A misspelt name, a null, a brace too few."""
    template = document(body)
    with pytest.raises((DataError, TemplateError)) as caught:
        ours(template, data)
    assert [one.code for one in caught.value.problems] == [code]
    assert text(theirs(template, data)) in ("", "None", "{ name }}")


def test_12_full_width_braces_are_a_tag() -> None:
    """An input method wrote them."""
    template = document('p"｛｛ 名称 ｝｝"')
    assert text(ours(template, {"名称": "甲"})) == "甲"
    assert text(theirs(template, {"名称": "甲"})) == "｛｛ 名称 ｝｝"


def test_13_threads_and_generators_do_not_mix() -> None:
    """One template in sixteen threads; a generator in a text box."""
    template = Template(
        document(
            'p"{% for x in xs %}{{ x }}{% endfor %}", p(box(p"{% for x in xs %}{{ x }}{% endfor %}"))'
        )
    )
    found: dict[int, str] = {}

    def fill(number: int) -> None:
        for _ in range(10):
            found[number] = text(bytes(template.fill({"xs": (number for _ in range(3))})))

    threads = [threading.Thread(target=fill, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: str(number) * 9 for number in range(16)}
    wrong = theirs(document('p(box(p"{% for x in xs %}{{ x }}{% endfor %}"))'), {"xs": iter("abc")})
    assert text(wrong) == "abc"


def test_14_title_is_escaped_once() -> None:
    """With autoescape docxtpl escapes it twice."""
    made = document('p"{{ x }}"')
    core = read_parts(made)["docProps/core.xml"].decode()
    title = core.replace("<dc:title/>", "<dc:title>{{ x }}</dc:title>")
    template = replace_parts(made, {"docProps/core.xml": title})
    assert "{{ x }}" in title
    filled = bytes(Template(template).fill({"x": "R&D"}))
    assert b"<dc:title>R&amp;D</dc:title>" in read_parts(filled)["docProps/core.xml"]
    one = DocxTemplate(io.BytesIO(template))
    one.render({"x": "R&D"}, autoescape=True)
    assert one.docx.core_properties.title == "R&amp;D"


def test_15_every_part_that_shows_text_is_filled() -> None:
    """Application and custom properties, endnotes, comments, charts, SmartArt, bound data."""
    from tests.docx.test_slots import APP, CHART, CUSTOM, SMART, A
    from tests.support.word import word_package

    drawing = f"<r {A}><a:p><a:r><a:t>{{{{ x }}}}</a:t></a:r></a:p></r>"
    extra = {
        APP[0]: (APP[1], "<P><Company>{{ x }}</Company></P>"),
        CUSTOM[0]: (CUSTOM[1], "<P><lpwstr>{{ x }}</lpwstr></P>"),
        CHART[0]: (CHART[1], drawing),
        SMART[0]: (SMART[1], drawing),
    }
    note = "<w:{0} w:id='1'><w:p><w:r><w:t>{{{{ x }}}}</w:t></w:r></w:p></w:{0}>"
    template = word_package(
        'p"{{ x }}"', extra=extra, endnotes=note.format("endnote"), comments=note.format("comment")
    )
    filled = read_parts(ours(template, {"x": "值"}))
    assert not [name for name, data in filled.items() if b"{{" in data]
    assert sum("值".encode() in data for data in filled.values()) == 7


@pytest.mark.parametrize("value", ["R&D", "a\x0bb", "<w:p>"])
def test_17_footnotes_stay_xml(value: str) -> None:
    """Whatever is filled into them."""
    from tests.support.word import word_package

    template = word_package('p"a"', footnotes='footnote[id=1](p"{{ x }}")')
    filled = ours(template, {"x": value})
    read = "".join(
        "\n" if etree.QName(one).localname == "br" else one.text or ""
        for one in part_of(filled, "word/footnotes.xml").iter("{*}t", "{*}br")
    )
    assert read == value.replace("\x0b", "\n")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            'p"a", tbl(tr("{%tr for x in xs %}"), tr("{{ x }}"), tr("{%tr endfor %}")), p"b"',
            'p"a", p"b"',
        ),
        ('tbl(tr("a", tc(p"{%p if no %}", p"b", p"{%p endif %}")))', 'tbl(tr("a", tc(p())))'),
    ],
)
def test_18_empty_lists_and_cells_are_valid(body: str, expected: str) -> None:
    """A table without rows goes, a cell keeps a paragraph."""
    template, data = document(body), {"xs": [], "no": False}
    assert read_body(ours(template, data)) == expected
    with pytest.raises(AssertionError):
        assert_sound(theirs(template, data), template)


def test_20_core_properties_of_libreoffice_are_not_doubled() -> None:
    """LibreOffice 24.2 types them by the part's ending; one part goes in, one comes out."""
    parts = read_parts(document('p"{{ x }}"'))
    kind = b"application/vnd.openxmlformats-package.core-properties+xml"
    override = b'<Override PartName="/docProps/core.xml" ContentType="' + kind + b'"/>'
    types = parts["[Content_Types].xml"].replace(override, b"")
    rels = parts["_rels/.rels"].replace(
        b"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",
    )
    template = replace_parts(
        document('p"{{ x }}"'),
        {
            "[Content_Types].xml": types.replace(b"</Types>", override + b"</Types>"),
            "_rels/.rels": rels,
        },
    )
    with zipfile.ZipFile(io.BytesIO(ours(template, {"x": 1}))) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names))
    with pytest.warns(UserWarning, match="Duplicate name"):
        theirs(template, {"x": 1})


def test_21_children_stand_in_schema_order_and_ids_are_unique() -> None:
    """Shading, merging, spans; bookmarks of a loop."""
    row = (
        "<w:tr><w:tc><w:tcPr><w:tcW w:w='9' w:type='dxa'/><w:vAlign w:val='top'/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r>"
        "<w:bookmarkStart w:id='5' w:name='b'/><w:bookmarkEnd w:id='5'/></w:p></w:tc></w:tr>"
    )
    rows = "".join(
        map(
            row.format,
            ["{%tr for x in xs %}", "{% cellbg 'EEEEEE' %}{% vm %}{{ x }}", "{%tr endfor %}"],
        )
    )
    # the rows of the tags hold a bookmark too: of three, each is one thing
    rows = rows.replace("w:name='b'", "w:name='b1'", 1).replace("w:id='5'", "w:id='6'", 2)
    rows = rows[: rows.rindex("<w:tr>")] + rows[rows.rindex("<w:tr>") :].replace(
        "'5'", "'7'"
    ).replace("'b'", "'b3'")
    template = document(
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='9'/></w:tblGrid>{rows}</w:tbl>"
    )
    filled = part_of(ours(template, {"xs": [1, 2]}))
    for properties in filled.iter("{*}tcPr"):
        assert [etree.QName(one).localname for one in properties] == [
            "tcW",
            "vMerge",
            "shd",
            "vAlign",
        ]
    wrong = part_of(theirs(template, {"xs": [1, 2]}))
    assert [etree.QName(one).localname for one in next(wrong.iter("{*}tcPr"))] != [
        "tcW",
        "vMerge",
        "shd",
        "vAlign",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            'tbl(tr("{%tr for x in xs %}"), tr("{{ x }}"), tr("{%tr if loop.index % 2 %}"), tr("odd"), tr("{%tr endif %}"), tr("{%tr endfor %}"))',
            "1odd2",
        ),
        (
            'tbl(tr("{%tr for x in xs %}"), tr("{% cellbg \'AAAAAA\' if loop.index % 2 else \'BBBBBB\' %}{{ x }}"), tr("{%tr endfor %}"))',
            "12",
        ),
        ('p"{%p if d == \'}\' %}", p"a", p"{%p endif %}"', "a"),
        ("p\"{% if q == '他说“好”' %}a{% endif %}\"", "a"),
    ],
)
def test_22_percent_braces_and_quotes_in_tags(body: str, expected: str) -> None:
    """Zebra rows, literals with braces or Chinese quotes."""
    template, data = document(body), {"xs": [1, 2], "d": "}", "q": "他说“好”"}
    assert text(ours(template, data)) == expected
    assert goes_wrong(lambda: theirs(template, data)) or text(theirs(template, data)) != expected


@pytest.mark.parametrize("prose", ["{{", "a {% b", "{# c", "{{ a, b }", "if {x} then {{y"])
def test_23_braces_in_prose_do_not_stop_the_filling(prose: str) -> None:
    """They are text."""
    template = document(f'p"{prose}", p"{{{{ x }}}}"')
    assert text(ours(template, {"x": "R&D\x0b"})) == f"{prose}R&D"
    assert (
        goes_wrong(lambda: theirs(template, {"x": "R&D\x0b"}))
        or text(theirs(template, {"x": 1})) != f"{prose}1"
    )


def test_24_tables_without_grids_or_widths_and_templates_of_word_are_taken() -> None:
    """No grid, no widths; ``.dotx`` and ``.docm``."""
    cell = "<w:tc><w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p></w:tc>"
    bare = f"<w:tbl><w:tr>{cell}</w:tr></w:tbl><w:p/>"
    widthless = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>{cell}</w:tr></w:tbl><w:p/>"
    for body in (bare, widthless):
        template = document(body)
        assert set(text(ours(template, {"x": 1}))) == {"1"}
        assert goes_wrong(partial(theirs, template, {"x": 1}))
    types = read_parts(document("<w:p/>"))["[Content_Types].xml"]
    for kind in (b"template.main+xml",):
        dotx = replace_parts(
            document('p"{{ x }}"'),
            {"[Content_Types].xml": types.replace(b"document.main+xml", kind)},
        )
        assert text(bytes(Template(dotx).fill({"x": 1}))) == "1"
        assert goes_wrong(partial(theirs, dotx, {"x": 1}))


def test_25_failures_have_their_place_and_all_are_told() -> None:
    """Part, table, row, cell, tag and data."""
    template = document(
        'p"{{ 1 / n }}", tbl(tr("a", "{{ s + 1 }}")), p"{{ gone.x }}", p"{{ s|date }}"'
    )
    with pytest.raises(DataError) as caught:
        ours(template, {"n": 0, "s": "x"})
    lines = caught.value.message("zh").splitlines()
    assert [line for line in lines if "位置" in line] == [
        "  位置：正文（word/document.xml） > 第2段 > {{ gone.x }} (gone.x)",
        "  位置：正文（word/document.xml） > 第1段 > {{ 1 / n }} (n)",
        "  位置：正文（word/document.xml） > 表格1 第1行 第2格 第1段 > {{ s + 1 }} (s)",
        "  位置：正文（word/document.xml） > 第3段 > {{ s|date }} (s)",
    ]
    assert goes_wrong(lambda: theirs(template, {"n": 0, "s": "x"}))


class Office:
    """An object that a program hands in."""

    name = "贺兰"

    def close(self) -> str:
        """Not for templates."""
        return "closed"


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__()|length }}",
        "{{ cycler.__init__.__globals__.os.getcwd() }}",
        "{{ office.close() }}",
        "{% for a in range(99999) %}{% for b in range(99999) %}"
        + "long" * 500
        + "{% endfor %}{% endfor %}",
    ],
)
@pytest.mark.parametrize("place", ["body", "title"])
def test_26_tags_run_no_code(tag: str, place: str) -> None:
    """In the body and in the document's title: no shell, no method of objects, no endless loop."""
    made = document(f'p"{tag}"' if place == "body" else 'p"a"')
    if place == "title":
        core = read_parts(made)["docProps/core.xml"].decode()
        escaped = tag.replace("&", "&amp;").replace("<", "&lt;")
        made = replace_parts(
            made,
            {"docProps/core.xml": core.replace("<dc:title/>", f"<dc:title>{escaped}</dc:title>")},
        )
    with pytest.raises(DataError) as caught:
        ours(made, {"office": Office()})
    assert {one.code for one in caught.value.problems} <= {
        "template.forbidden",
        "template.too_much",
        "data.missing",
    }


def test_26_docxtpl_runs_code() -> None:
    """What the test above refuses."""
    made = document(
        'p"{{ cycler.__init__.__globals__.os.getcwd()|length > 0 }}{{ office.close() }}"'
    )
    assert text(theirs(made, {"office": Office()})) == "Trueclosed"


def test_27_a_value_is_never_evaluated() -> None:
    """In every part, however often a part is visited."""
    from tests.support.word import word_package

    body = 'p(r"{{ x }}", box(p"{{ x }}"), sdt(r"{{ x }}"))'
    template = word_package(body, header='p"{{ x }}"', footnotes='footnote[id=1](p"{{ x }}")')
    value = "{{ 1+1 }}{% for a in b %}{#"
    filled = bytes(Template(template).fill({"x": value}))
    assert text(filled) == value * 4
    again = bytes(Template(template).fill({"x": text(filled)}))
    assert text(again) == value * 16
    assert text(filled, "word/header.xml") == text(filled, "word/footnotes.xml") == value


def test_28_data_bring_no_markup() -> None:
    """A field that starts a program stays text."""
    dde = "</w:t></w:r><w:r><w:instrText>DDEAUTO c:\\\\cmd.exe</w:instrText></w:r><w:r><w:t>"
    template = document('p"{{ x }}"')
    filled = ours(template, {"x": dde})
    assert text(filled) == dde
    assert not list(part_of(filled).iter("{*}instrText"))
    assert list(part_of(theirs(template, {"x": dde})).iter("{*}instrText"))


def test_29_template_without_tags_is_not_changed() -> None:
    """Docxtpl writes a dozen parts anew."""
    template = document('p"a"')
    assert read_parts(bytes(Template(template).fill({}))) == read_parts(template)
    assert list(read_parts(theirs(template))) != list(read_parts(template)) or (
        read_parts(theirs(template)) != read_parts(template)
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('p(r"{{", b r" x ", i r"}}")', 'p"1"'),
        ('p"{{x}}{{ 单位.名称 }}"', 'p"1甲"'),
        (r'p(r" {{ x }} ", r"a")', 'p(r" 1 ", r"a")'),
        (
            'p"{% for a in xs %}{% for b in xs %}{{ a }}{{ b }},{% endfor %}{% endfor %}"',
            'p"11,12,21,22,"',
        ),
        ('p"{% if c == “甲” %}a{% endif %}"', 'p"a"'),
    ],
)
def test_30_what_works_in_docxtpl_works_here(body: str, expected: str) -> None:
    """Splits, mixed formats, Chinese names, spaces, nested loops, curly quotes."""
    template, data = document(body), {"x": 1, "单位": {"名称": "甲"}, "xs": [1, 2], "c": "甲"}
    assert read_body(ours(template, data)) == expected
    assert text(theirs(template, data)) == text(ours(template, data))


def test_30_inline_image_of_docxtpl_in_a_header_is_taken() -> None:
    """Docxtpl's value types are values here."""
    from tests.support.word import word_package

    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
    )
    template = word_package('p"a"', header='p"{{ logo }}"')
    image = InlineImage(DocxTemplate(io.BytesIO(document("<w:p/>"))), io.BytesIO(png))
    filled = bytes(Template(template).fill({"logo": image}))
    assert len(list(part_of(filled, "word/header.xml").iter("{*}blip"))) == 1
    assert next(itertools.count()) == 0
